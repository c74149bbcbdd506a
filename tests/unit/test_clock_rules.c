/*
 * test_clock_rules.c - one clock through its life: it starts, stands still, runs on, is
 * extended, reckoned again by other holidays, ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/time.h"
#include "office/clock_rules.h"
#include "tests/unit/world.h"

#define CASE "YQ-2026-000001"
#define HOLIDAYS_2026                                                                              \
	"[2026]\nbasis = 文\noff = 09-25..09-27 中秋节、10-01..10-07 国庆节\n"             \
	"work = 09-20、10-10\n"
#define RULES                                                                                      \
	"[request]\nclock = order\ntypes = 公开\nlimit = 20 working days\nstart = accepted\n"    \
	"extension = 20 working days\npauses = yes\nbasis = 条例\n"                              \
	"[sign]\nclock = sign\nlimit = 24 hours\nstart = assigned\nbasis = 规则\n"               \
	"[urgent]\nclock = instruct\nkinds = 急件\nlimit = 5 days\nat_least = 2 days\n"          \
	"start = instructed\nbasis = 规则\n[remind]\nshare = 20\n"

struct test {
	void *world;
	struct office office;
	struct act act;
	int64_t now;
	struct err e;
};

static int64_t test_now(void *data)
{
	return ((struct test *)data)->now;
}

static int64_t local(const char *text)
{
	int64_t t = 0;
	struct time_zone *z = NULL;
	struct err e;

	assert_int_equal(time_zone_open("+08:00", &z, &e), ERR_OK);
	assert_true(time_parse_option(text, z, &t));
	time_zone_close(z);
	return t;
}

static void list_holidays(struct test *t, const char *text)
{
	holidays_free(t->office.holidays);
	t->office.holidays = NULL;
	assert_int_equal(
		holidays_parse("holidays.conf", text, strlen(text), &t->office.holidays, &t->e),
		ERR_OK);
}

static int setup(void **state)
{
	struct test *t = calloc(1, sizeof *t);

	*state = t;
	if (!t || hash_init(&t->e) || world_open_begun(&t->world))
		return -1;
	t->office.db = ((struct world *)t->world)->db;
	t->office.now = test_now;
	t->office.now_data = t;
	list_holidays(t, HOLIDAYS_2026);
	return deadlines_parse(
		       "deadlines.conf", RULES, strlen(RULES), &t->office.deadlines, &t->e) ||
	       time_zone_open("+08:00", &t->office.settings.zone, &t->e);
}

static int teardown(void **state)
{
	struct test *t = *state;

	if (t->act.arena)
		act_leave(&t->act);
	holidays_free(t->office.holidays);
	deadlines_free(t->office.deadlines);
	time_zone_close(t->office.settings.zone);
	world_close(&t->world);
	free(t);
	return 0;
}

/* The act goes on at another time. */
static struct act *at(struct test *t, const char *when)
{
	if (t->act.arena)
		act_leave(&t->act);
	t->now = local(when);
	act_begin_system(&t->act, &t->office, true, &t->e);
	assert_int_equal(t->act.rc, ERR_OK);
	return &t->act;
}

/* What there is of the case's clock number i. */
static struct clock_record clock_at(struct test *t, size_t i)
{
	struct clock_record *list = NULL;
	size_t count = 0;

	if (t->act.rc)
		fail_msg("%s", t->e.text);
	assert_int_equal(clocks_of(t->office.db, CASE, t->act.arena, &list, &count, &t->e), ERR_OK);
	assert_true(i < count);
	return list[i];
}

static void is_due(struct test *t, size_t i, const char *state, const char *want)
{
	struct clock_record c = clock_at(t, i);
	char text[TIME_TEXT_SIZE];

	time_format_local(c.due_at, t->office.settings.zone, text);
	assert_string_equal(c.state, state);
	assert_string_equal(text, want);
}

static void begin_request(struct test *t, const char *when, struct calendar_result *due)
{
	const struct deadline_query q = {.clock = DEADLINE_ORDER, .type = "公开"};
	struct act *a = at(t, when);

	assert_true(clock_rules_begin_if(
		a, &q, (struct clock_start){.subject = CASE, .at = a->now}, due));
}

static void extend(struct test *t, const char *when, const char *by, enum err_code rc)
{
	struct clock_proposal *list = NULL;
	struct calendar_result due;
	struct act *a = at(t, when);
	size_t count = 0;

	if (clock_rules_propose_extension(a, CASE, "request", by, "情况复杂", &due)) {
		assert_int_equal(
			clock_proposals_of(t->office.db, CASE, a->arena, &list, &count, &t->e),
			ERR_OK);
		assert_int_equal(count, 1);
		clock_rules_approve_extension(a, &list[0], &due);
		assert_int_equal(
			clock_proposals_of(t->office.db, CASE, a->arena, &list, &count, &t->e),
			ERR_OK);
		assert_int_equal(count, 0);
	}
	assert_int_equal(a->rc, rc);
	a->rc = ERR_OK;
}

static void test_begin(void **state)
{
	struct test *t = *state;
	struct calendar_result due;
	struct clock_record c;

	begin_request(t, "2026-09-14 10:00", &due);
	is_due(t, 0, "running", "2026-10-16 23:59");
	c = clock_at(t, 0);
	assert_int_equal(c.due_at, due.due);
	assert_int_equal(c.first_due_at, due.due);
	assert_int_equal(c.near_at, c.due_at - (c.due_at - c.start_at) / 5);
	assert_string_equal(c.start_event, "accepted");
	assert_string_equal(c.calendar, holidays_hash(t->office.holidays));
	assert_int_equal(c.tentative, 0);
	assert_true(c.pauses);
	/* no rule for that kind: nothing is done */
	assert_false(clock_rules_begin_if(&t->act,
		&(struct deadline_query){.clock = DEADLINE_ORDER, .type = "求助"},
		(struct clock_start){.subject = CASE, .at = t->now}, NULL));
	assert_int_equal(t->act.rc, ERR_OK);
}

static void begin_instruction(struct test *t, int amount, const char *ref, enum err_code rc)
{
	const struct deadline_query q = {.clock = DEADLINE_INSTRUCT, .kind = "急件"};
	struct act *a = at(t, "2026-09-29 10:00");

	clock_rules_begin_if(a, &q,
		(struct clock_start){
			.subject = CASE, .who = "某局", .ref = ref, .at = a->now, .amount = amount},
		NULL);
	assert_int_equal(a->rc, rc);
	a->rc = ERR_OK;
}

static void test_amount(void **state)
{
	struct test *t = *state;

	begin_instruction(t, 0, "1", ERR_OK);
	begin_instruction(t, 2, "2", ERR_OK);
	begin_instruction(t, 1, "3", ERR_USAGE);
	begin_instruction(t, 6, "3", ERR_USAGE);
	is_due(t, 0, "running", "2026-10-04 23:59");
	is_due(t, 1, "running", "2026-10-01 23:59");
	assert_string_equal(clock_at(t, 1).who, "某局");
	clock_rules_end(&t->act, CASE, DEADLINE_INSTRUCT, "某局", "1", "met", t->now, "某局");
	is_due(t, 0, "met", "2026-10-04 23:59");
	is_due(t, 1, "running", "2026-10-01 23:59");
	clock_rules_end(&t->act, CASE, DEADLINE_INSTRUCT, NULL, NULL, "void", t->now, NULL);
	is_due(t, 0, "met", "2026-10-04 23:59");
	is_due(t, 1, "void", "2026-10-01 23:59");
}

/* 征求第三方意见: asked on the 21st, answered on the 29th: 09-22…24, 28 and 29 do not count. */
static void test_pause(void **state)
{
	struct test *t = *state;
	int64_t count = 0;

	begin_request(t, "2026-09-14 10:00", NULL);
	clock_rules_begin_if(at(t, "2026-09-14 10:00"),
		&(struct deadline_query){.clock = DEADLINE_SIGN},
		(struct clock_start){.subject = CASE, .at = t->now}, NULL);
	clock_rules_pause(at(t, "2026-09-21 10:00"), CASE, "某公司", &count);
	assert_int_equal(count, 1);
	is_due(t, 0, "paused", "2026-10-16 23:59");
	is_due(t, 1, "running", "2026-09-15 10:00");
	clock_rules_resume(at(t, "2026-09-29 10:00"), CASE, local("2026-09-29 10:00"), &count);
	assert_int_equal(count, 2);
	is_due(t, 0, "running", "2026-10-23 23:59");
	extend(t, "2026-10-10 10:00", "10 working days", ERR_OK);
	is_due(t, 0, "running", "2026-11-06 23:59");
	assert_int_equal(clock_at(t, 0).first_due_at, local("2026-10-16 23:59:59"));
}

/* What was answered meanwhile ran on when the answer was published; what no answer meets stands
 * still on. */
static void test_pause_answered(void **state)
{
	struct test *t = *state;
	int64_t count = 0;

	begin_request(t, "2026-09-14 10:00", NULL);
	clock_rules_pause(at(t, "2026-09-21 10:00"), CASE, "某公司", &count);
	clock_rules_resume_answered(
		at(t, "2026-10-10 10:00"), CASE, false, local("2026-09-29 10:00"));
	is_due(t, 0, "running", "2026-10-23 23:59");
	/* published before anybody was asked: the pause had no length */
	begin_request(t, "2026-09-14 10:00", NULL);
	clock_rules_pause(at(t, "2026-09-21 10:00"), CASE, "某公司", &count);
	clock_rules_resume_answered(
		at(t, "2026-10-10 10:00"), CASE, false, local("2026-09-20 10:00"));
	is_due(t, 1, "running", "2026-10-16 23:59");
}

/* One that is over its limit does not stand still any more. */
static void test_pause_late(void **state)
{
	struct test *t = *state;
	int64_t count = 0;

	begin_request(t, "2026-09-14 10:00", NULL);
	clock_rules_pause(at(t, "2026-10-17 00:00"), CASE, "某公司", &count);
	assert_int_equal(count, 0);
	is_due(t, 0, "running", "2026-10-16 23:59");
}

static void test_extend(void **state)
{
	struct test *t = *state;

	begin_request(t, "2026-09-14 10:00", NULL);
	extend(t, "2026-10-16 23:59", "21 working days", ERR_REFUSED);
	extend(t, "2026-10-16 23:59", "10 days", ERR_REFUSED);
	extend(t, "2026-10-16 23:59", "soon", ERR_USAGE);
	extend(t, "2026-10-17 00:00", "10 working days", ERR_REFUSED);
	extend(t, "2026-10-16 23:59", "20 working days", ERR_OK);
	is_due(t, 0, "running", "2026-11-13 23:59");
	extend(t, "2026-10-18 10:00", "1 working days", ERR_REFUSED);
	assert_non_null(strstr(t->e.text, "once only"));
}

/* 跨入未公布年份: 暂定, then reckoned again when the year is added - once. */
static void test_recompute(void **state)
{
	struct test *t = *state;
	struct calendar_result due;
	int64_t changed = 0;

	begin_request(t, "2026-12-10 10:00", &due);
	assert_int_equal(due.unlisted_year, 2027);
	is_due(t, 0, "running", "2027-01-07 23:59");
	assert_int_equal(clock_at(t, 0).tentative, 2027);
	clock_rules_recompute(at(t, "2026-12-11 10:00"), &changed);
	assert_int_equal(changed, 0);
	list_holidays(t, HOLIDAYS_2026 "[2027]\nbasis = 文\noff = 01-01..01-05 元旦\n");
	clock_rules_recompute(at(t, "2026-12-12 10:00"), &changed);
	assert_int_equal(changed, 1);
	is_due(t, 0, "running", "2027-01-12 23:59");
	assert_int_equal(clock_at(t, 0).tentative, 0);
	clock_rules_recompute(at(t, "2026-12-13 10:00"), &changed);
	assert_int_equal(changed, 1);
	/* a list that moves nothing: 暂定 is over, the hash is written down once */
	list_holidays(t, HOLIDAYS_2026 "[2027]\nbasis = 文\noff = 01-01..01-05 元旦\n"
				       "[2028]\nbasis = 文\noff = 01-01 元旦\n");
	clock_rules_recompute(at(t, "2026-12-14 10:00"), &changed);
	assert_int_equal(changed, 1);
}

/* The notice of a year may move the last days of the year before, which is listed. */
static void test_listed_year_moves(void **state)
{
	struct test *t = *state;
	int64_t changed = 0;

	begin_request(t, "2026-12-01 10:00", NULL);
	is_due(t, 0, "running", "2026-12-29 23:59");
	assert_int_equal(clock_at(t, 0).tentative, 0);
	list_holidays(t, HOLIDAYS_2026 "[2027]\nbasis = 文\noff = 01-01 元旦\n"
				       "work = 2026-12-26、2026-12-27\n");
	clock_rules_recompute(at(t, "2026-12-02 10:00"), &changed);
	assert_int_equal(changed, 1);
	is_due(t, 0, "running", "2026-12-27 23:59");
}

/* A recomputed clock keeps what happened to it. */
static void test_recompute_keeps(void **state)
{
	struct test *t = *state;
	struct clock_change *list = NULL;
	int64_t changed = 0;
	size_t count = 0;

	begin_request(t, "2026-12-01 10:00", NULL);
	extend(t, "2026-12-02 10:00", "5 working days", ERR_OK);
	is_due(t, 0, "running", "2027-01-05 23:59");
	list_holidays(t, HOLIDAYS_2026 "[2027]\nbasis = 文\noff = 01-01..01-03 元旦\n");
	clock_rules_recompute(at(t, "2026-12-03 10:00"), &changed);
	is_due(t, 0, "running", "2027-01-06 23:59");
	assert_int_equal(clocks_changes(t->office.db, clock_at(t, 0).seq, t->act.arena, &list,
				 &count, &t->e),
		ERR_OK);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].what, "extended");
	assert_string_equal(list[0].reason, "情况复杂");
	assert_string_equal(list[1].what, "recomputed");
	assert_int_equal(list[1].due_after, clock_at(t, 0).due_at);
}

/* --- an answer that is accepted, and that is taken back --- */

static void append_answer(struct test *t, const char *when, const char *kind, const char *payload)
{
	struct event_draft d = {local(when), WORLD_ACTOR, "", kind, "HY-2026-000001", payload};
	struct act *a = at(t, when);

	if (strcmp(kind, "response.accepted/1") == 0)
		clock_rules_resume_answered(a, CASE, false, local("2026-09-22 10:00"));
	assert_int_equal(a->rc, ERR_OK);
	assert_int_equal(events_append(t->office.db, &d, NULL, &t->e), ERR_OK);
}

/* Published on the 22nd. */
static void accept_answer(struct test *t, const char *when)
{
	char payload[512];

	snprintf(payload, sizeof payload,
		"{\"body_text\":\"\",\"case_id\":\"" CASE "\",\"checks\":\"\",\"kind\":\"fact\","
		"\"kind_by\":\"given\",\"number\":1,\"press\":0,\"published_at\":%lld,\"unit\":"
		"\"某局\",\"year\":2026}",
		(long long)local("2026-09-22 10:00"));
	append_answer(t, when, "response.recorded/1", payload);
	append_answer(t, when, "response.accepted/1", "{}");
}

static void take_back(struct test *t, const char *when)
{
	append_answer(t, when, "response.decision_withdrawn/1",
		"{\"decision\":\"accepted\",\"reason_text\":\"\"}");
	clock_rules_run_on(&t->act, CASE);
}

static void ask(struct test *t, const char *when)
{
	const struct deadline d = {.rule = "ask",
		.start = "consulted",
		.basis = "条例",
		.limit = {15, CALENDAR_WORKING_DAYS},
		.clock = DEADLINE_CONSULT};
	struct act *a = at(t, when);

	clock_rules_pause(a, CASE, "某公司", NULL);
	clock_rules_begin(
		a, &(struct clock_start){.subject = CASE, .at = a->now, .rule = &d}, NULL);
}

static void test_taken_back(void **state)
{
	struct test *t = *state;

	begin_request(t, "2026-09-14 10:00", NULL);
	accept_answer(t, "2026-09-22 12:00");
	is_due(t, 0, "met", "2026-10-16 23:59");
	take_back(t, "2026-10-20 10:00");
	is_due(t, 0, "running", "2026-10-16 23:59");
	assert_int_equal(clock_at(t, 0).met_at, TIME_NONE);
	assert_string_equal(clock_at(t, 0).met_by, "");
}

/* The third party is still asked: it stands still since the answer of then, without a gap. */
static void test_taken_back_paused(void **state)
{
	struct test *t = *state;

	begin_request(t, "2026-09-14 10:00", NULL);
	ask(t, "2026-09-21 10:00");
	accept_answer(t, "2026-09-22 12:00");
	is_due(t, 0, "met", "2026-10-19 23:59");
	take_back(t, "2026-09-28 10:00");
	is_due(t, 0, "paused", "2026-10-19 23:59");
	assert_int_equal(clock_at(t, 0).paused_at, local("2026-09-22 10:00"));
	clock_rules_resume(at(t, "2026-09-29 10:00"), CASE, local("2026-09-29 10:00"), NULL);
	is_due(t, 0, "running", "2026-10-23 23:59");
}

/* It answered meanwhile: as in test_pause, where nothing was accepted. */
static void test_taken_back_answered(void **state)
{
	struct test *t = *state;

	begin_request(t, "2026-09-14 10:00", NULL);
	ask(t, "2026-09-21 10:00");
	accept_answer(t, "2026-09-22 12:00");
	clock_rules_end(at(t, "2026-09-29 10:00"), CASE, DEADLINE_CONSULT, NULL, NULL, "met",
		local("2026-09-29 10:00"), "某公司");
	take_back(t, "2026-09-30 10:00");
	is_due(t, 0, "running", "2026-10-23 23:59");
}

/* Its own time was over meanwhile: no longer than that. */
static void test_taken_back_in_vain(void **state)
{
	struct test *t = *state;

	begin_request(t, "2026-09-14 10:00", NULL);
	ask(t, "2026-09-21 10:00");
	is_due(t, 1, "running", "2026-10-19 23:59");
	accept_answer(t, "2026-09-22 12:00");
	take_back(t, "2026-10-21 10:00");
	is_due(t, 0, "running", "2026-11-06 23:59");
}

static void test_taken_back_other_holidays(void **state)
{
	struct test *t = *state;

	begin_request(t, "2026-09-14 10:00", NULL);
	accept_answer(t, "2026-09-22 12:00");
	list_holidays(t, "[2026]\nbasis = 文\noff = 09-25..09-27 中秋节、10-01..10-08 国庆节\n"
			 "work = 09-20、10-10\n");
	take_back(t, "2026-09-28 10:00");
	is_due(t, 0, "running", "2026-10-19 23:59");
}

int main(void)
{
#define LIFE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		LIFE(test_begin),
		LIFE(test_amount),
		LIFE(test_pause),
		LIFE(test_pause_answered),
		LIFE(test_pause_late),
		LIFE(test_extend),
		LIFE(test_taken_back),
		LIFE(test_taken_back_paused),
		LIFE(test_taken_back_answered),
		LIFE(test_taken_back_in_vain),
		LIFE(test_taken_back_other_holidays),
		LIFE(test_recompute),
		LIFE(test_listed_year_moves),
		LIFE(test_recompute_keeps),
	};

	return cmocka_run_group_tests_name("clock_rules", tests, NULL, NULL);
}
