/*
 * test_rules_lines.c - what an edit added and removed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "office/rules_lines.h"

static const struct {
	const char *what, *old, *new, *want;
} cases[] = {
	{"nothing", "", "", ""},
	{"the same", "[甲]\n一\n二\n", "[甲]\n一\n二\n", ""},
	{"a line more", "[甲]\n一\n", "[甲]\n一\n二", "+3 二\n"},
	{"a line less", "[甲]\n一\n二\n", "[甲]\n二\n", "-2 一\n"},
	{"changed", "[甲]\n一 3分\n", "[甲]\n一 2分\n", "-2 一 3分\n+2 一 2分\n"},
	{"moved within its section", "[甲]\n一\n二\n", "[甲]\n二\n\n一\n", ""},
	{"moved to another topic", "[甲]\n一\n[乙]\n二\n", "[甲]\n[乙]\n一\n二\n",
		"-2 一\n+3 一\n"},
	{"blanks and line ends", "[甲]\r\n  一\r\n", "\n[甲]\n一  \n\n", ""},
	{"a byte order mark", "[甲]\n一\n", "\xEF\xBB\xBF[甲]\r\n一\r\n二\r\n", "+3 二\n"},
	{"another encoding", "[甲]\n一\n二\n", "[\xBC\xD7]\n\xD2\xBB\n", "-3 二\n"},
	{"characters that nobody sees", "[甲]\n一 3分\n", "[甲]\n一 3\xE2\x80\x8B分\n", ""},
	{"twice", "[甲]\n一\n一\n", "[甲]\n一\n", "-3 一\n"},
	{"all new", "", "［甲］\n一\n", "+1 ［甲］\n+2 一\n"},
	{"order of telling", "[甲]\n乙\n甲\n", "[甲]\n丁\n丙\n", "-2 乙\n-3 甲\n+2 丁\n+3 丙\n"},
};

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *a = arena_new((size_t)1 << 20);
		struct rules_lines l;
		struct buf got;
		size_t added = 0;
		buf_init(&got, 65536);
		assert_int_equal(rules_lines_compare(
					 str_of(cases[i].old), str_of(cases[i].new), a, &l, NULL),
			ERR_OK);
		for (size_t k = 0; k < l.count; k++) {
			buf_addf(&got, "%c%d %.*s\n", l.change[k].added ? '+' : '-',
				l.change[k].number, (int)l.change[k].text.n, l.change[k].text.p);
			added += l.change[k].added;
		}
		if (strcmp(buf_str(&got), cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].what, buf_str(&got));
		assert_int_equal(l.added, added);
		assert_int_equal(l.added + l.removed, l.count);
		buf_fini(&got);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
