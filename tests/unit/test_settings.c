/*
 * huiying.conf: what is read, what is refused and where.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/path.h"
#include "office/settings.h"

static enum err_code load(const char *text, struct settings *out, struct err *e)
{
	char dir[] = "/tmp/huiying-settings.XXXXXX", path[64];
	struct path_home home;
	enum err_code rc;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/huiying.conf", dir);
	assert_int_equal(path_write_atomic(path, text, strlen(text), 0600, e), ERR_OK);
	assert_int_equal(path_home_init(&home, dir, e), ERR_OK);
	rc = settings_load(&home, out, e);
	path_home_fini(&home);
	unlink(path);
	rmdir(dir);
	return rc;
}

static void test_whole(void **state)
{
	struct settings s;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(load("[office]\nname = 某办\nlanguage = en\nzone = UTC\n"
			      "contact = mailto:a@example.gov.cn\n[people]\nwatch = w1 w2\n"
			      "shared = zhiban\n[fetch]\nfree_mib = 5\nconcurrency = 3\n"
			      "[stories]\ntext_days = 2\ncopies_an_hour = 7\n",
				 &s, &e),
		ERR_OK);
	assert_string_equal(s.name, "某办");
	assert_string_equal(s.watch, "w1 w2");
	assert_null(s.supervisor);
	assert_int_equal(s.free_floor, 5 << 20);
	assert_int_equal(s.text_window, 2 * 86400);
	assert_int_equal(s.copies_an_hour, 7);
	assert_string_equal(time_zone_name(s.zone), "UTC");
	settings_fini(&s);
}

static void test_defaults(void **state)
{
	struct settings s;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(load("", &s, &e), ERR_OK);
	assert_string_equal(time_zone_name(s.zone), "Asia/Shanghai");
	assert_int_equal(s.text_window, 30 * 86400);
	assert_int_equal(s.copies_an_hour, 10);
	assert_null(s.watch);
	settings_fini(&s);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *place;
	} rows[] = {
		{"[office]\nnmae = x\n", ":2:"},
		{"[offices]\n", ":1:"},
		{"[office]\nname = a\nname = b\n", ":3:"},
		{"[office]\n[office]\n", ":2:"},
		{"name = x\n", ":1:"},
		{"[office]\nzone = Nowhere/City\n", ":2:"},
		{"[office]\nzone = ../../etc/passwd\n", ":2:"},
		{"[fetch]\nfree_mib = many\n", ":2:"},
		{"[stories]\ntext_days = 0\n", ":2:"},
		{"[stories]\ncopies_an_hour = 0\n", ":2:"},
		{"[stories]\nhours = 1\n", ":2:"},
	};
	struct settings s;
	struct err e = {ERR_OK, ""};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (load(rows[i].text, &s, &e) != ERR_CONFIG)
			fail_msg("taken: %s (%s)", rows[i].text, e.text);
		if (!strstr(e.text, rows[i].place))
			fail_msg("%s: %s", rows[i].text, e.text);
	}
}

static void test_lists(void **state)
{
	(void)state;
	assert_true(settings_list_has("a bc  d", "bc"));
	assert_true(settings_list_has("a bc  d", "d"));
	assert_false(settings_list_has("a bc  d", "b"));
	assert_false(settings_list_has(NULL, "b"));
	assert_false(settings_list_has("", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
