/* Which units a matter goes to: topics, places, 垂直管理, reforms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "office/route.h"

static const char text[] = "[人社局]\nleads = 欠薪欠资\n"
			   "[府办]\ncoordinates = yes\n"
			   "[环境分局]\nleads = environment\nlevel = 州\nvertical = yes\n"
			   "superior = 州局\n"
			   "[旧局]\nleads = 老题\nuntil = 2024-03-31\nsuccessor = 新局\n"
			   "[新局]\n"
			   "[河镇]\nfull = 某市河镇人民政府\nlevel = 镇街\nplaces = 青石村\n"
			   "[山镇]\nfull = 某市山镇人民政府\nlevel = 镇街\n";

struct fixture {
	struct units *units;
	struct arena *arena;
	struct route out;
	struct err e;
};

static struct fixture begin(void)
{
	struct fixture f = {.arena = arena_new(1 << 20)};

	assert_int_equal(units_parse("units.conf", text, sizeof text - 1, &f.units, &f.e), ERR_OK);
	return f;
}

static void end(struct fixture *f)
{
	units_free(f->units);
	arena_free(f->arena);
}

static void ask(struct fixture *f, const char *topic, const char *place, const char *words)
{
	struct route_topic topics[] = {{topic, topic, NULL}, {"欠薪欠资", "wage", NULL}};
	struct route_ask a = {.topics = topics,
		.topic_count = topic ? 2 : 0,
		.place = place,
		.text = words,
		.date = "2026-09-28"};

	assert_int_equal(route_suggest(f->units, &a, f->arena, &f->out, &f->e), ERR_OK);
}

static const char *lead(const struct fixture *f)
{
	return f->out.lead ? f->out.lead->name : "";
}

static bool helps(const struct fixture *f, const char *unit)
{
	for (size_t i = 0; i < f->out.co_count; i++)
		if (strcmp(f->out.co[i]->name, unit) == 0)
			return true;
	return false;
}

static void test_topics(void **state)
{
	struct fixture f = begin();

	(void)state;
	ask(&f, "environment", NULL, "");
	assert_string_equal(lead(&f), "环境分局"); /* the gravest first */
	assert_true(helps(&f, "人社局"));
	assert_string_equal(f.out.coordinator, "州局"); /* 垂直管理 */
	ask(&f, "老题", NULL, "");
	assert_string_equal(lead(&f), "新局");
	assert_string_equal(f.out.coordinator, "府办");
	ask(&f, "没有人管的", NULL, "");
	assert_string_equal(lead(&f), "人社局");
	assert_string_equal(f.out.coordinator, "");
	end(&f);
}

static void test_places(void **state)
{
	static const struct {
		const char *words;
		bool river, hill;
	} rows[] = {
		{"河镇有人反映", true, false},
		{"某市河镇和山镇", true, true},
		{"外县河镇", false, false},
		{"外县河镇，本地的河镇也有", true, false},
		{"青石村路灯不亮", true, false},
		{"别市青石村", false, false},
		{"", false, false},
	};
	struct fixture f = begin();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ask(&f, "欠薪欠资", NULL, rows[i].words);
		assert_string_equal(lead(&f), "人社局");
		assert_int_equal(helps(&f, "河镇"), rows[i].river);
		assert_int_equal(helps(&f, "山镇"), rows[i].hill);
	}
	ask(&f, "欠薪欠资", "山镇", "河镇");
	assert_true(helps(&f, "山镇"));
	assert_false(helps(&f, "河镇"));
	end(&f);
}

static void test_no_topic(void **state)
{
	struct fixture f = begin();

	(void)state;
	ask(&f, NULL, NULL, "河镇");
	assert_string_equal(lead(&f), "河镇");
	ask(&f, NULL, NULL, "河镇、山镇");
	assert_string_equal(lead(&f), "");
	assert_string_equal(f.out.why[f.out.why_count - 1].rule, "places");
	ask(&f, NULL, NULL, "别处");
	assert_string_equal(lead(&f), "");
	assert_int_equal(f.out.why_count, 0);
	end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_topics),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_no_topic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
