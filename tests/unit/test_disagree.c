/*
 * Where two answers to one matter say different things.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "matcher/disagree.h"

/* "what here/there" of each, joined. */
static void find(struct arena *a, const char *here, const char *there, char *out, size_t size)
{
	struct disagreement *list = NULL;
	size_t count = 0, used = 0;
	struct err e = {ERR_OK, ""};

	out[0] = '\0';
	arena_reset(a);
	if (disagree_find(NULL, str_of(here), str_of(there), a, &list, &count, &e) != ERR_OK)
		fail_msg("%s", e.text);
	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s %s/%s", i ? "; " : "",
			list[i].what, list[i].here, list[i].there);
}

static void test_disagree(void **state)
{
	static const struct {
		const char *here, *there, *want;
	} rows[] = {
		{"涉及工人34名。", "共拖欠43名工人工资。", "工人 34名/43名"},
		{"涉及工人34名。", "共拖欠34名工人工资。", ""},
		{"涉及工人三十四人。", "工人34位。", ""},
		{"拖欠工资86万元。", "拖欠工资90.5万元。", "拖欠工资 86万元/90.5万元"},
		{"拖欠工资86万元。", "拖欠工资860000元。", ""},
		{"拖欠工资86万元。", "已发放工资50万元。", ""},
		{"已发放工资86万元。", "已发放工资50万元。", "已发放工资 86万元/50万元"},
		{"剩余工资20万元。", "拖欠工资86万元。", ""},
		{"事故造成3人死亡、5人受伤。", "事故致2人遇难，5人受伤。", "死亡 3人/2人"},
		{"造成3人死亡。", "无人员死亡。", ""},
		{"涉及工人34名。", "已于9月30日发放到位。", ""},
		{"涉及34名。", "涉及43名。", ""},
		{"共计34户。", "共计43户。", ""},
		{"停水影响居民1200户。", "影响居民1,300户。", "影响居民 1200户/1,300户"},
		{"涉及3个项目。", "涉及项目4个。", "项目 3个/4个"},
		{"3个月内完成整改项目。", "4个月内完成整改项目。", ""},
		{"20个工作日内处理项目。", "30个工作日内处理项目。", ""},
		{"接访群众34人次。", "接访群众40人次。", ""},
		{"其中女工12名，工人34名。", "工人34名，其中女工12名。", ""},
		{"工人34名，管理人员5名。", "工人34名。", ""},
		{"拖欠 ８６ 万元工资", "拖欠90万元工资", "拖欠 86 万元/90万元"},
		{"", "工人34名", ""},
		{"房屋12.5亩、12.25亩土地", "房屋13亩", "房屋 12.5亩/13亩"},
	};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	char got[1024];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		find(a, rows[i].here, rows[i].there, got, sizeof got);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("“%s” | “%s”: “%s”, wanted “%s”", rows[i].here, rows[i].there, got,
				rows[i].want);
	}
	arena_free(a);
}

static void test_dates(void **state)
{
	static const struct {
		struct disagree_promise here, there[2];
		const char *want;
	} rows[] = {
#define P(sentence, phrase, due) {{sentence, sizeof(sentence) - 1}, phrase, due}
		{P("将于9月30日前督促全部发放到位", "9月30日前", "2026-09-30"),
			{P("将于10月15日前督促发放到位", "10月15日前", "2026-10-15"),
				P("将于11月底前公布名单", "11月底前", "2026-11-30")},
			""},
		{P("将于9月30日前督促发放到位", "9月30日前", "2026-09-30"),
			{P("将于10月15日前督促发放到位", "10月15日前", "2026-10-15"),
				P("将于11月底前公布名单", "11月底前", "2026-11-30")},
			"督促发放到位 9月30日前/10月15日前"},
		{P("将于9月30日前督促发放到位", "9月30日前", "2026-09-30"),
			{P("将于10月15日前督促发放到位", "10月15日前", "2026-10-15"),
				P("本月底前督促发放到位", "本月底前", "2026-09-30")},
			""},
	};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct disagreement *list = NULL;
	struct err e = {ERR_OK, ""};
	size_t count = 0;
	char got[256];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(disagree_find_dates(NULL, &rows[i].here, 1, rows[i].there, 2, a,
					 &list, &count, &e),
			ERR_OK);
		got[0] = '\0';
		if (count)
			snprintf(got, sizeof got, "%s %s/%s", list[0].what, list[0].here,
				list[0].there);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("row %zu: “%s”, wanted “%s”", i, got, rows[i].want);
	}
	arena_free(a);
}

/* Whatever is in them, nothing breaks, and nothing contradicts itself. */
static void test_any_text(void **state)
{
	static const char *const pieces[] = {"34", "名", "工人", "万", "元", "，", "。", "拖欠",
		"已", "剩余", "三十四", ".", "9", "999999999", "亿", "个", "项目", "人次", "\n",
		"\xff"};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	unsigned seed = 7;
	char text[512], got[65536];

	(void)state;
	for (int round = 0; round < 3000; round++) {
		text[0] = '\0';
		for (int i = 0; i < 24; i++) {
			seed = seed * 1103515245u + 12345u;
			strcat(text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		find(a, text, text, got, sizeof got);
		assert_string_equal(got, "");
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_disagree),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_any_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
