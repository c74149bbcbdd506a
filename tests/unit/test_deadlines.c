/* deadlines.conf: which limit holds, and what is refused with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/path.h"
#include "office/deadlines.h"

#define RULE(name, clock, limit, start)                                                            \
	"[" name "]\nclock = " clock "\nlimit = " limit "\nstart = " start "\nbasis = 某文\n"

static struct deadlines *parse(const char *s, struct err *e)
{
	struct deadlines *d = NULL;

	deadlines_parse("deadlines.conf", s, strlen(s), &d, e);
	return d;
}

static void test_find(void **state)
{
	struct err e = {0};
	struct deadlines *d =
		parse(RULE("any", "response", "48 hours", "discovered") RULE("major", "response",
			      "5 小时", "discovered") "grades = 重大、特别重大\n",
			&e);

	(void)state;
	assert_non_null(d);
	assert_string_equal(deadlines_find(d, DEADLINE_RESPONSE, "重大")->rule, "major");
	assert_int_equal(deadlines_find(d, DEADLINE_RESPONSE, "重大")->limit.amount, 5);
	assert_string_equal(deadlines_find(d, DEADLINE_RESPONSE, "一般")->rule, "any");
	assert_string_equal(deadlines_find(d, DEADLINE_RESPONSE, NULL)->rule, "any");
	assert_null(deadlines_find(d, DEADLINE_PRESS, "重大"));
	deadlines_free(d);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{RULE("a", "triage", "20 working days", "raised"),
			"deadlines.conf:3:9: this clock runs in natural time"},
		{RULE("a", "undated", "30 days", "published") "roll = next-workday\n",
			"deadlines.conf:6:8: this clock runs in natural time"},
		{RULE("a", "response", "48 hours", "discovered") "roll = next-workday\n",
			"deadlines.conf:6:8: next-workday holds for limits in days"},
		{RULE("a", "response", "48 hours", "discovered") "roll = later\n",
			"deadlines.conf:6:8: expected none or next-workday"},
		{RULE("a", "response", "48 hours", "raised"), "deadlines.conf:4:"},
		{RULE("a", "triage", "1 hours", "published"), "deadlines.conf:4:"},
		{RULE("a", "answer", "1 hours", "raised"), "deadlines.conf:2:"},
		{RULE("a", "triage", "soon", "raised"), "deadlines.conf:3:"},
		{RULE("A b", "triage", "1 hours", "raised"), "deadlines.conf:1:"},
		{RULE("a", "triage", "1 hours", "raised") "grades = 大\n", "deadlines.conf:6:"},
		{RULE("a", "triage", "1 hours", "raised") RULE("b", "triage", "2 hours", "raised"),
			"deadlines.conf:6:"},
		{"[a]\nclock = triage\nlimit = 1 hours\nstart = raised\n", "deadlines.conf:1:"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err e = {0};
		assert_null(parse(rows[i].text, &e));
		assert_int_equal(e.code, ERR_CONFIG);
		assert_memory_equal(e.text, rows[i].says, strlen(rows[i].says));
	}
}

/* Every grade has its triage and response limit in the file we ship. */
static void test_shipped(void **state)
{
	static const char *const grades[] = {"一般", "较大", "重大", "特别重大"};
	static const int triage[] = {4, 1, 15, 15}, response[] = {48, 48, 5, 5};
	struct deadlines *d = NULL;
	struct buf b;
	struct err e = {0};

	(void)state;
	buf_init(&b, 1 << 20);
	assert_int_equal(path_read("rules/deadlines.conf", &b, &e), ERR_OK);
	assert_int_equal(deadlines_parse("deadlines.conf", b.data, b.len, &d, &e), ERR_OK);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(
			deadlines_find(d, DEADLINE_TRIAGE, grades[i])->limit.amount, triage[i]);
		assert_int_equal(
			deadlines_find(d, DEADLINE_RESPONSE, grades[i])->limit.amount, response[i]);
	}
	assert_int_equal(deadlines_find(d, DEADLINE_PRESS, "重大")->limit.amount, 24);
	assert_null(deadlines_find(d, DEADLINE_PRESS, "较大"));
	assert_non_null(deadlines_find(d, DEADLINE_UNDATED, "一般"));
	deadlines_free(d);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_shipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
