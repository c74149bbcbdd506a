/*
 * Which orders concern one matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <string.h>

#include "base/time.h"
#include "office/import_matter.h"

#define DAY 86400

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	return !(arena = arena_new(ARENA_MAX_DEFAULT));
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct matter make(int64_t at, const char *title, const char *place, const char *codes)
{
	struct buf b;
	struct matter m = {.at = at, .codes = codes};

	buf_init(&b, 1 << 16);
	assert_int_equal(matter_title_key(&b, title, NULL, NULL), ERR_OK);
	m.title_key = arena_strdup(arena, buf_str(&b));
	buf_clear(&b);
	assert_int_equal(matter_place_key(&b, place, NULL), ERR_OK);
	m.place_key = arena_strdup(arena, buf_str(&b));
	buf_fini(&b);
	return m;
}

static bool same(struct matter a, struct matter b)
{
	struct matter_view x, y;

	assert_true(matter_view_make(&a, arena, &x) && matter_view_make(&b, arena, &y));
	assert_int_equal(matter_is_same(&x, &y), matter_is_same(&y, &x));
	return matter_is_same(&x, &y);
}

static void test_titles(void **state)
{
	struct matter a = make(0, "某小区电梯多次停运请求更换", NULL, "");

	(void)state;
	assert_true(same(a, make(DAY, "某小区电梯多次停运，请求更换！", NULL, "")));
	assert_true(same(a, make(DAY, "某小区电梯多次停运请求尽快更换", NULL, "")));
	assert_false(same(a, make(8 * DAY, "某小区电梯多次停运请求更换", NULL, "")));
	assert_false(same(a, make(DAY, "某校门口交通拥堵请求整治", NULL, "")));
	/* short titles say too little */
	assert_false(same(make(0, "停水", NULL, ""), make(0, "停水", NULL, "")));
}

static void test_topic_and_place(void **state)
{
	struct matter a = make(0, "甲", "凯里市大十字街道北京路3号", "|water|");

	(void)state;
	assert_true(same(a, make(0, "乙", "大十字街道北京路3号", "|roads|water|")));
	assert_true(same(a, make(0, "乙", "贵州省凯里市大十字街道", "|water|")));
	assert_false(same(a, make(0, "乙", "大十字街道北京路3号", "|roads|")));
	assert_false(same(a, make(0, "乙", "湾溪街道某路9号", "|water|")));
	assert_false(same(a, make(0, "乙", NULL, "|water|")));
	/* the town alone is no place */
	assert_false(same(make(0, "甲", "凯里市", "|water|"), make(0, "乙", "凯里市", "|water|")));
	/* a code is not part of another one */
	assert_false(same(a, make(0, "乙", "大十字街道北京路3号", "|waterworks|")));
}

static void expect_place(const char *place, const char *want)
{
	struct buf b;

	buf_init(&b, 4096);
	assert_int_equal(matter_place_key(&b, place, NULL), ERR_OK);
	assert_string_equal(buf_str(&b), want);
	buf_fini(&b);
}

static void test_place_key(void **state)
{
	(void)state;
	expect_place("贵州省黔东南苗族侗族自治州凯里市大十字街道", "大十字街道");
	expect_place("黔东南州 凯里市 湾溪街道 某路", "湾溪街道某路");
	expect_place("某市某镇某村", "某镇某村");
	expect_place("某菜市场旁边", "某菜市场旁边");
	expect_place("超市旁小区", "超市旁小区");
	expect_place("某县医院门口", "某县医院门口");
	expect_place("凯里市", "");
	expect_place("", "");
}

/* A matter reaches as far as its first order does, not from one to the next. */
static void test_groups(void **state)
{
	struct matter m[] = {
		make(5 * DAY, "某小区电梯多次停运请求更换", NULL, ""),
		make(DAY, "某校门口交通拥堵需要整治", NULL, ""),
		make(0, "某小区电梯多次停运请求更换", NULL, ""),
		make(10 * DAY, "某小区电梯多次停运请求更换", NULL, ""),
		make(12 * DAY, "某小区电梯多次停运请求更换", NULL, ""),
	};
	size_t group[5];

	(void)state;
	assert_int_equal(matter_group(m, 5, arena, group, NULL), ERR_OK);
	assert_int_equal(group[0], 2);
	assert_int_equal(group[1], 1);
	assert_int_equal(group[2], 2);
	assert_int_equal(group[3], 3);
	assert_int_equal(group[4], 3);
	assert_int_equal(matter_group(m, 0, arena, group, NULL), ERR_OK);
}

/* Set phrases make long contents alike: other places and topics keep them apart. */
static void test_set_phrases(void **state)
{
	struct matter a = make(0,
		"市民反映某街道某路131号停水，情况持续多天，多次向物业反映未果，请求相关部门尽快核"
		"实处理",
		"西门街道某路131号", "");
	struct matter b = make(0,
		"市民反映某街道某路672号停水，情况持续多天，多次向物业反映未果，请求相关部门尽快核"
		"实处理",
		"湾溪街道某路672号", "");

	(void)state;
	assert_false(same(a, b));
	b.place_key = a.place_key;
	assert_true(same(a, b));
	a.codes = "|water|";
	b.codes = "|lift|";
	assert_false(same(a, b));
}

/* Far more than MATTER_NEAR orders lie between two of one title: the title joins them.
 * And the time stays bounded. */
static void test_many(void **state)
{
	enum { N = 20000 };
	struct matter *m = arena_array(arena, N, sizeof *m);
	size_t *group = arena_array(arena, N, sizeof *group);
	int64_t started = time_monotonic_ms();

	(void)state;
	for (int i = 0; i < N; i++) {
		char title[64], place[64];
		snprintf(title, sizeof title, "%d号线路第%d处%d问题%d", i, i * 7919 % N, i * 31,
			i * 17);
		snprintf(place, sizeof place, "某街道%d路%d号", i * 7 % N, i * 13 % N);
		bool twin = i == 1 || i == N - 1;
		m[i] = make(
			i, twin ? "某小区电梯多次停运请求更换" : title, twin ? NULL : place, "");
	}
	assert_int_equal(matter_group(m, N, arena, group, NULL), ERR_OK);
	assert_int_equal(group[N - 1], 1);
	assert_true(time_monotonic_ms() - started < 60000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_topic_and_place),
		cmocka_unit_test(test_place_key),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_set_phrases),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
