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

static const char *picked(const struct deadlines *d, struct deadline_query q)
{
	const struct deadline *found = deadlines_pick(d, &q);

	return found ? found->rule : "-";
}

static const char rules_to_pick[] =
	"[urgent]\nclock = instruct\nlimit = 5 days\nstart = instructed\nbasis = 某文\nkinds = "
	"急件\nat_least = 1 days\n"
	"[plain]\nclock = instruct\nlimit = 15 days\nstart = instructed\nbasis = 某文\n"
	"[request]\nclock = order\nlimit = 20 working days\nstart = accepted\nbasis = 某文\ntypes "
	"= 依申请公开、公开申请\npauses = yes\nextension = 20 working days\n"
	"[other]\nclock = response\nlimit = 48 hours\nstart = discovered\nbasis = 某文\ngrades = "
	"一般、较大\n"
	"[rumour]\nclock = response\nlimit = 24 hours\nstart = discovered\nbasis = 某文\ngrades = "
	"一般\ncategories = a\n"
	"[undated-task]\nclock = task\nlimit = year end\nstart = made\nbasis = 某文\n"
	"[trigger-task]\nclock = task\nlimit = 3 working days\nstart = trigger\nbasis = 某文\n"
	"[remind]\nshare = 20\n";

static void test_pick(void **state)
{
	struct err e = {0};
	struct deadlines *d = parse(rules_to_pick, &e);

	(void)state;
	if (!d)
		fail_msg("%s", e.text);
	assert_string_equal(
		picked(d, (struct deadline_query){.clock = DEADLINE_INSTRUCT, .kind = "急件"}),
		"urgent");
	assert_string_equal(
		picked(d, (struct deadline_query){.clock = DEADLINE_INSTRUCT, .kind = "难件"}),
		"plain");
	assert_string_equal(
		picked(d, (struct deadline_query){.clock = DEADLINE_INSTRUCT}), "plain");
	assert_string_equal(
		picked(d, (struct deadline_query){.clock = DEADLINE_ORDER, .type = "公开申请"}),
		"request");
	assert_string_equal(
		picked(d, (struct deadline_query){.clock = DEADLINE_ORDER, .type = "求助"}), "-");
	assert_string_equal(picked(d, (struct deadline_query){.clock = DEADLINE_RESPONSE,
					      .grade = "一般",
					      .category = "b,a"}),
		"rumour");
	assert_string_equal(picked(d, (struct deadline_query){.clock = DEADLINE_RESPONSE,
					      .grade = "较大",
					      .category = "a"}),
		"other");
	assert_string_equal(picked(d, (struct deadline_query){.clock = DEADLINE_RESPONSE,
					      .grade = "重大",
					      .category = "a"}),
		"-");
	assert_string_equal(
		picked(d, (struct deadline_query){.clock = DEADLINE_TASK, .start = "trigger"}),
		"trigger-task");
	assert_int_equal(deadlines_named(d, "request")->extension.amount, 20);
	assert_true(deadlines_named(d, "request")->pauses);
	assert_int_equal(deadlines_named(d, "urgent")->at_least.amount, 1);
	assert_int_equal(deadlines_named(d, "undated-task")->limit.unit, CALENDAR_YEAR_END);
	assert_null(deadlines_named(d, "remind"));
	assert_int_equal(deadlines_remind(d), 20);
	deadlines_free(d);
}

/* Look-backs stand beside each other; two answers to one question do not. */
#define LOOKBACK(name, limit) RULE(name, "lookback", limit, "closed")
#define ORDER(name, types) RULE(name, "order", "3 days", "accepted") "types = " types "\n"

static void test_many(void **state)
{
	static const char several[] = LOOKBACK("lookback-30", "30 days") LOOKBACK("b", "90 days");
	static const char twice[] = LOOKBACK("lookback-30", "30 days") LOOKBACK("b", "30 days");
	static const char both[] = ORDER("a", "咨询、求助") ORDER("b", "求助");
	struct err e = {0};
	struct deadlines *d = parse(several, &e);

	(void)state;
	assert_non_null(d);
	assert_int_equal(deadlines_count(d), 2);
	assert_int_equal(deadlines_remind(d), 0);
	deadlines_free(d);
	assert_null(parse(twice, &e));
	assert_null(parse(both, &e));
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
		{RULE("a", "response", "48 hours", "raised"),
			"deadlines.conf:4:9: this clock starts at: discovered published"},
		{RULE("a", "instruct", "5 days", "instructed") "at_least = 6 days\n",
			"deadlines.conf:6:12: expected the unit of the limit"},
		{RULE("a", "instruct", "5 days", "instructed") "at_least = 6 hours\n",
			"deadlines.conf:6:12: expected the unit of the limit"},
		{RULE("a", "order", "5 days", "accepted") "extension = 5 working days\n",
			"deadlines.conf:6:13: expected the unit of the limit"},
		{RULE("a", "order", "5 days", "accepted") "pauses = perhaps\n",
			"deadlines.conf:6:10: "},
		{RULE("a", "response", "5 days", "discovered") "categories = g\n",
			"deadlines.conf:6:14: expected codes a to f"},
		{"[remind]\nshare = 95\n", "deadlines.conf:2:9: "},
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
	for (int clock = DEADLINE_SIGN; clock <= DEADLINE_RETURN; clock++)
		assert_non_null(deadlines_find(d, (enum deadline_clock)clock, NULL));
	assert_int_equal(deadlines_named(d, "request")->limit.unit, CALENDAR_WORKING_DAYS);
	assert_int_equal(deadlines_named(d, "task-undated")->limit.unit, CALENDAR_YEAR_END);
	deadlines_free(d);
	buf_fini(&b);
}

/* The limits that papers name, one by one: what is asked, the rule that answers, its limit and
 * how far it may be extended (0: not at all). */
#define ASK(...) ((struct deadline_query){__VA_ARGS__})
#define H CALENDAR_HOURS
#define D CALENDAR_DAYS
#define WD CALENDAR_WORKING_DAYS

static void test_papers(void **state)
{
	static const struct {
		enum deadline_clock clock;
		const char *grade, *category, *type, *kind, *start, *rule;
		struct calendar_limit limit;
		int more;
	} rows[] = {
		{DEADLINE_RESPONSE, "特别重大", NULL, NULL, NULL, NULL, "response-major", {5, H},
			0},
		{DEADLINE_RESPONSE, "重大", "a", NULL, NULL, NULL, "response-major", {5, H}, 0},
		{DEADLINE_PRESS, "重大", NULL, NULL, NULL, NULL, "press-major", {24, H}, 0},
		{DEADLINE_RESPONSE, "一般", "b", NULL, NULL, NULL, "response-other", {48, H}, 0},
		{DEADLINE_RESPONSE, "一般", "a", NULL, NULL, NULL, "clarify-misread", {24, H}, 0},
		{DEADLINE_RESPONSE, "较大", "b,a", NULL, NULL, NULL, "clarify-misread", {24, H}, 0},
		{DEADLINE_ORDER, NULL, NULL, "依申请公开", NULL, NULL, "request", {20, WD}, 20},
		{DEADLINE_ORDER, NULL, NULL, "信访事项", NULL, NULL, "petition", {60, D}, 30},
		{DEADLINE_ORDER, NULL, NULL, "咨询", NULL, NULL, "order-consult", {3, WD}, 0},
		{DEADLINE_ORDER, NULL, NULL, "求助", NULL, NULL, "order-help", {7, WD}, 0},
		{DEADLINE_ORDER, NULL, NULL, "建议", NULL, NULL, "order-help", {7, WD}, 0},
		{DEADLINE_ORDER, NULL, NULL, "投诉", NULL, NULL, "order-complaint", {15, WD}, 10},
		{DEADLINE_ORDER, NULL, NULL, "市长信箱", NULL, NULL, "order-message", {7, WD}, 8},
		{DEADLINE_ORDER, NULL, NULL, "网站找错", NULL, NULL, "order-mistake", {3, WD}, 0},
		{DEADLINE_ORDER, NULL, NULL, "主动公开", NULL, NULL, "order-disclosure", {20, WD},
			0},
		{DEADLINE_INFORM, NULL, NULL, "信访", NULL, NULL, "inform-petition", {15, D}, 0},
		{DEADLINE_RETURN, NULL, NULL, "信访", NULL, NULL, "return-petition", {5, WD}, 0},
		{DEADLINE_RETURN, NULL, NULL, "求助,信访", NULL, NULL, "return-petition", {5, WD},
			0},
		{DEADLINE_RETURN, NULL, NULL, "求助", NULL, NULL, "return-any", {2, WD}, 0},
		{DEADLINE_CONSULT, NULL, NULL, NULL, NULL, NULL, "consult-third-party", {15, WD},
			0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "急件", NULL, "instruct-urgent", {5, D}, 0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "一般", NULL, "instruct-ordinary", {15, D},
			0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "未注明时限", NULL, "instruct-ordinary",
			{15, D}, 0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "难件", NULL, "instruct-hard", {30, D}, 0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "公文", NULL, "instruct-document", {30, D},
			0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "会议纪要", NULL, "instruct-minutes", {20, D},
			0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "媒体反映", NULL, "instruct-media", {5, D},
			0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "首报", NULL, "instruct-finding", {2, H}, 0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "核查", NULL, "instruct-check", {2, WD}, 0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "历史遗留核查", NULL, "instruct-check-old",
			{5, WD}, 0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "简单件", NULL, "instruct-simple", {5, WD},
			0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "跨部门件", NULL, "instruct-joint", {25, WD},
			0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "复杂件", NULL, "instruct-complex", {60, WD},
			0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "单位事故报告", NULL,
			"instruct-accident-unit", {1, H}, 0},
		{DEADLINE_INSTRUCT, NULL, NULL, NULL, "事故上报", NULL, "instruct-accident", {2, H},
			0},
		{DEADLINE_REPORT, NULL, NULL, NULL, NULL, NULL, "report-done", {7, D}, 0},
		{DEADLINE_OBJECTION, NULL, NULL, NULL, NULL, "closed", "objection-raise", {30, D},
			0},
		{DEADLINE_OBJECTION, NULL, NULL, NULL, NULL, "raised", "objection-decide", {30, D},
			0},
	};
	struct err e = {ERR_OK, ""};
	struct deadlines *d = NULL;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	assert_int_equal(path_read("rules/deadlines.conf", &b, &e), ERR_OK);
	assert_int_equal(deadlines_parse("deadlines.conf", b.data, b.len, &d, &e), ERR_OK);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct deadline *r = deadlines_pick(
			d, &ASK(.clock = rows[i].clock, .grade = rows[i].grade,
				   .category = rows[i].category, .type = rows[i].type,
				   .kind = rows[i].kind, .start = rows[i].start));
		assert_non_null(r);
		assert_string_equal(r->rule, rows[i].rule);
		assert_int_equal(r->limit.amount, rows[i].limit.amount);
		assert_int_equal(r->limit.unit, rows[i].limit.unit);
		assert_int_equal(r->extension.amount, rows[i].more);
		assert_true(strlen(r->basis) > 10);
	}
	/* What no rule names has none. */
	assert_null(deadlines_pick(d, &ASK(.clock = DEADLINE_INSTRUCT, .kind = "随便")));
	assert_null(deadlines_pick(d, &ASK(.clock = DEADLINE_INFORM, .type = "求助")));
	deadlines_free(d);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_pick),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_papers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
