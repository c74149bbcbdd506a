/* units.conf: names over time, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/path.h"
#include "office/units.h"

static const char text[] = "[市人社局]\n"
			   "full = 某市人力资源和社会保障局\n"
			   "also = 人社局、社保局\n"
			   "formerly = 市劳动局 until 2010-06-30\n"
			   "groups = 市直各部门\n"
			   "leads = 欠薪欠资 | wage-arrears\n"
			   "[旧局]\n"
			   "until = 2024-03-31\n"
			   "successor = 市人社局\n"
			   "[分局]\n"
			   "vertical = yes\n"
			   "coordinates = yes\n"
			   "places = 下司古镇、南站\n"
			   "level = 州\n";

static struct units *parse(const char *s, struct err *e)
{
	struct units *u = NULL;

	units_parse("units.conf", s, strlen(s), &u, e);
	return u;
}

static void test_names(void **state)
{
	struct err e = {0};
	struct units *u = parse(text, &e);
	const struct unit *x;

	(void)state;
	assert_non_null(u);
	assert_int_equal(units_count(u), 3);
	assert_int_equal(units_resolve(u, "社保局", "2026-09-01", &x, &e), ERR_OK);
	assert_string_equal(x->name, "市人社局");
	assert_int_equal(
		units_resolve(u, "某市人力资源和社会保障局", "2026-09-01", &x, &e), ERR_OK);
	assert_int_equal(units_resolve(u, "市劳动局", "2010-06-30", &x, &e), ERR_OK);
	assert_int_equal(units_resolve(u, "市劳动局", "2010-07-01", &x, &e), ERR_REFUSED);
	assert_non_null(strstr(e.text, "市人社局"));
	assert_int_equal(units_resolve(u, "旧局", "2024-03-31", &x, &e), ERR_OK);
	assert_int_equal(units_resolve(u, "旧局", "2024-04-01", &x, &e), ERR_REFUSED);
	assert_non_null(strstr(e.text, "市人社局"));
	assert_int_equal(units_resolve(u, "市人社居", "2026-09-01", &x, &e), ERR_USAGE);
	assert_non_null(strstr(e.text, "did you mean 市人社局"));
	assert_int_equal(units_resolve(u, "\xff", "2026-09-01", &x, &e), ERR_USAGE);
	assert_ptr_equal(units_leading(u, "wage-arrears"), units_at(u, 0));
	assert_null(units_leading(u, "safety"));
	assert_true(units_at(u, 2)->vertical);
	assert_true(units_at(u, 2)->coordinates);
	assert_false(units_at(u, 0)->coordinates);
	assert_int_equal(units_at(u, 2)->places.count, 2);
	assert_true(namelist_has(&units_at(u, 2)->places, "下司古镇"));
	units_free(u);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *where;
	} rows[] = {
		{"[a]\nfull = x\nfulll = y\n", "units.conf:3:"},
		{"[a]\nlevel = 县\n", "units.conf:2:9:"},
		{"[a]\nuntil = 2024-13-01\n", "units.conf:2:"},
		{"[a]\nformerly = b\n", "units.conf:2:"},
		{"[a]\nsuccessor = b\n", "units.conf:2:"},
		{"[a]\nalso = c\n[b]\nalso = c\n", "units.conf:2:"},
		{"[a]\n[a]\n", "units.conf:2:"},
		{"full = x\n", "units.conf:1:"},
		{"[a]\nvertical = maybe\n", "units.conf:2:"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err e = {0};
		assert_null(parse(rows[i].text, &e));
		assert_int_equal(e.code, ERR_CONFIG);
		assert_memory_equal(e.text, rows[i].where, strlen(rows[i].where));
	}
}

/* The file we ship can be read and names all that the rules' topics need. */
static void test_shipped(void **state)
{
	struct units *u = NULL;
	struct buf b;
	struct err e = {0};
	const struct unit *x;

	(void)state;
	buf_init(&b, 1 << 20);
	assert_int_equal(path_read("rules/units.conf", &b, &e), ERR_OK);
	assert_int_equal(units_parse("units.conf", b.data, b.len, &u, &e), ERR_OK);
	assert_int_equal(units_resolve(u, "龙场镇政府", "2026-09-01", &x, &e), ERR_OK);
	assert_string_equal(x->level, "镇街");
	units_free(u);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_shipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
