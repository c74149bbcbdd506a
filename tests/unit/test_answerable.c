/* Who answers for a limit: a table of histories against their verdicts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/time.h"
#include "ledger/answerable.h"

#define NOW 1000
#define DUE 500
#define EVER TIME_NONE

/* One history: at most four holders and two answers, and what is to be said of each. */
struct story {
	const char *name;
	struct answerable_holder holders[4];
	struct answerable_answer answers[2];
	int64_t due, met_at;
	enum answerable_state states[4];
	bool owes[4];
	const char *addressee;
	bool office_late;
};

#define NOT ANSWERABLE_NOT
#define OPEN ANSWERABLE_OPEN
#define KEPT ANSWERABLE_KEPT
#define LATE ANSWERABLE_LATE
#define LEAD(unit, moved, since, until)                                                            \
	{                                                                                          \
		"c", unit, true, moved, 0, since, until                                            \
	}
#define CO(unit, moved, n, since, until)                                                           \
	{                                                                                          \
		"c", unit, false, moved, n, since, until                                           \
	}

static const struct story stories[] = {
	{"nobody answered: the lead is late", {LEAD("甲", 0, 0, EVER)}, {{0}}, DUE, EVER, {LATE},
		{0}, "甲", false},
	{"not due yet", {LEAD("甲", 0, 0, EVER)}, {{0}}, 2000, EVER, {OPEN}, {0}, "甲", false},
	{"no limit runs", {LEAD("甲", 0, 0, EVER)}, {{0}}, EVER, EVER, {NOT}, {0}, "甲", false},
	{"at the last second", {LEAD("甲", 0, 0, EVER)}, {{"c", "甲", DUE}}, DUE, DUE, {KEPT}, {0},
		"甲", false},
	{"another's answer meets the limit for the lead", {LEAD("甲", 0, 0, EVER)},
		{{"c", "乙", 400}}, DUE, 400, {KEPT}, {0}, "甲", false},
	{"but not its own that came late", {LEAD("甲", 0, 0, EVER)},
		{{"c", "乙", 400}, {"c", "甲", 600}}, DUE, 400, {LATE}, {0}, "甲", false},
	{"a co-unit that is silent", {LEAD("甲", 0, 0, EVER), CO("乙", 0, 1, 0, EVER)},
		{{"c", "甲", 400}}, DUE, 400, {KEPT, LATE}, {0, true}, "甲", false},
	{"before the limit it only owes", {LEAD("甲", 0, 0, EVER), CO("乙", 0, 1, 0, EVER)},
		{{"c", "甲", 400}}, 2000, 400, {KEPT, OPEN}, {0, true}, "甲", false},
	{"a co-unit that gave it back", {LEAD("甲", 0, 0, EVER), CO("乙", 0, 1, 0, 300)},
		{{"c", "甲", 400}}, DUE, 400, {KEPT, NOT}, {0}, "甲", false},
	{"one that came after the answer", {LEAD("甲", 0, 0, EVER), CO("乙", 0, 1, 700, EVER)},
		{{"c", "甲", 400}}, DUE, 400, {KEPT, NOT}, {0}, "甲", false},
	{"one that came while nobody had answered",
		{LEAD("甲", 0, 0, EVER), CO("乙", 0, 1, 700, EVER)}, {{0}}, DUE, EVER, {LATE, NOT},
		{0, true}, "甲", false},
	{"opened after its limit", {LEAD("甲", 0, 600, EVER)}, {{0}}, DUE, EVER, {NOT}, {0}, "甲",
		true},
	{"with the office when it passed", {LEAD("甲", 0, 0, 300), LEAD("乙", 0, 600, EVER)}, {{0}},
		DUE, EVER, {NOT, NOT}, {0}, "乙", true},
	{"and still is", {LEAD("甲", 0, 0, 300)}, {{0}}, DUE, EVER, {NOT}, {0}, "", true},
	{"answered in time all the same", {LEAD("甲", 0, 0, 300)}, {{"c", "甲", 200}}, DUE, 200,
		{NOT}, {0}, "", false},
	{"another held it then", {LEAD("甲", 0, 0, 600), LEAD("乙", 0, 600, EVER)}, {{0}}, DUE,
		EVER, {LATE, NOT}, {0}, "甲", false},
	{"duties were taken over after it, twice",
		{LEAD("甲", 1, 0, 600), LEAD("乙", 1, 600, 700), LEAD("丙", 0, 700, EVER)}, {{0}},
		DUE, EVER, {LATE, NOT, NOT}, {0}, "丙", false},
	{"the answer was given under the name of before",
		{LEAD("丁", 0, 0, EVER), CO("甲", 1, 1, 0, 300), CO("乙", 0, 1, 300, EVER)},
		{{"c", "甲", 200}}, DUE, 200, {KEPT, NOT, KEPT}, {0}, "丁", false},
	{"a silent one was taken over after the limit",
		{LEAD("丁", 0, 0, EVER), CO("甲", 1, 1, 0, 600), CO("乙", 0, 1, 600, EVER)},
		{{"c", "丁", 200}}, DUE, 200, {KEPT, LATE, NOT}, {0, 0, true}, "丁", false},
	{"two co-units moved at once are not mixed up",
		{CO("甲", 1, 1, 0, 300), CO("乙", 1, 2, 0, 300), CO("丙", 0, 1, 300, EVER),
			CO("戊", 0, 2, 300, EVER)},
		{{"c", "乙", 200}}, DUE, 200, {NOT, NOT, LATE, KEPT}, {0, 0, true, 0}, "", false},
};

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
		const struct story *s = &stories[i];
		struct answerable x = {s->holders, s->answers, 0, 0, s->due, s->met_at, NOW};
		while (x.holder_count < 4 && s->holders[x.holder_count].unit)
			x.holder_count++;
		while (x.answer_count < 2 && s->answers[x.answer_count].unit)
			x.answer_count++;
		print_message("%s\n", s->name);
		for (size_t k = 0; k < x.holder_count; k++) {
			assert_int_equal(answerable_judge(&x, &s->holders[k]), s->states[k]);
			assert_int_equal(answerable_owes(&x, &s->holders[k]), s->owes[k]);
		}
		assert_string_equal(answerable_addressee(&x), s->addressee);
		assert_int_equal(answerable_office_is_late(&x), s->office_late);
	}
}

static void test_origin(void **state)
{
	const struct answerable_holder h[] = {
		CO("甲", 1, 1, 0, 300), CO("乙", 1, 1, 300, 400), CO("丙", 0, 1, 400, EVER)};
	const struct answerable x = {h, NULL, 3, 0, DUE, EVER, NOW};

	(void)state;
	assert_string_equal(answerable_origin(&x, &h[2])->unit, "甲");
	assert_string_equal(answerable_origin(&x, &h[0])->unit, "甲");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table), cmocka_unit_test(test_origin)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
