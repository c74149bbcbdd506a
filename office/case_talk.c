/*
 * case_talk.c - consultations, questions, instructions and leads of a case.
 */
#include "office/case_talk.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/case_talk.h"
#include "ledger/cases.h"
#include "office/act.h"
#include "office/by_whom.h"
#include "office/case_units.h"
#include "office/clock_rules.h"
#include "office/register.h"
#include "office/typed.h"
#include "office/units.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)
#define THIRD_PARTY "第三方" /* who met the limit of a question */

/* The case of an act, not closed: what waits of it can be settled when it is finished, too.
 * `out` is begun. */
static void read_unclosed(
	struct act *a, const char *typed, struct case_record *c, struct office_talked *out)
{
	act_case(a, typed, true, c);
	act_need_open(a, c, false);
	if (!a->rc)
		snprintf(out->id, sizeof out->id, "%s", c->id);
}

/* Neither closed nor finished. */
static void read_open(
	struct act *a, const char *typed, struct case_record *c, struct office_talked *out)
{
	read_unclosed(a, typed, c, out);
	act_need_open(a, c, true);
}

static void begin_out(struct office_talked *out)
{
	memset(out, 0, sizeof *out);
	out->due = TIME_NONE;
}

static void need_words(struct act *a, const char *words, const char *what)
{
	if (!a->rc && typed_is_blank(words))
		act_fail(a, ERR_USAGE, "%s", what);
}

/* A limit of a rule, from `at` on; what it gives goes into `out`. */
static void start_limit(struct act *a, const struct deadline_query *q, struct clock_start s,
	struct office_talked *out)
{
	struct calendar_result due = {0};
	const struct deadlines *all = NULL;
	const struct deadline *rule;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	rule = a->rc ? NULL : deadlines_pick(all, q);
	if (!rule)
		return;
	s.rule = rule;
	clock_rules_begin(a, &s, &due);
	out->due = due.due;
	out->unlisted_year = due.unlisted_year;
	snprintf(out->rule, sizeof out->rule, "%s", rule->rule);
}

/* --- consultations --- */

static void put_attendants(
	struct act *a, const struct units *all, const struct office_consultation *in)
{
	struct json_writer w;
	struct buf list;

	buf_init(&list, 65536);
	json_writer_init(&w, &list);
	json_begin_array(&w);
	for (size_t i = 0; !a->rc && i < in->with_count; i++) {
		const struct unit *u;
		a->rc = units_resolve(all, in->with[i], a->today, &u, a->err);
		if (!a->rc)
			json_add_str(&w, u->name);
	}
	json_end_array(&w);
	act_str(a, "units", buf_str(&list));
	if (!a->rc)
		a->rc = buf_check(&list, _("a list of units"), a->err);
	buf_fini(&list);
}

static void check_consultation(struct act *a, const struct office_consultation *in)
{
	if (!a->rc && !in->with_count)
		act_fail(a, ERR_USAGE, _("a consultation (会商) needs --with: which units met"));
	need_words(a, in->conclusion, _("a consultation (会商) needs --conclusion"));
	if (!a->rc && in->held_at != TIME_NONE && in->held_at > a->now)
		act_fail(a, ERR_USAGE, _("--at lies in the future: %s"), act_when(a, in->held_at));
}

/* Another lead by the consultation; the units that help stay. */
static void name_lead(struct act *a, const struct units *all, const struct case_record *c,
	const struct office_consultation *in)
{
	struct office_case_units named = {.lead = in->lead};
	struct case_unit *list = NULL;
	struct case_units chosen;
	const struct unit *lead = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = units_resolve(all, in->lead, a->today, &lead, a->err);
	if (!a->rc)
		a->rc = cases_units(a->db, c->id, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		if (list[i].until == TIME_NONE && !list[i].lead &&
			strcmp(list[i].unit, lead->name) != 0 &&
			named.co_count < OFFICE_CO_UNITS_MAX)
			named.co[named.co_count++] = list[i].unit;
	case_units_choose(a, all, &named, &(struct case_matter){"", c->story, NULL, NULL}, &chosen);
	cases_assign(a, c, &chosen, false, in->conclusion);
}

static int64_t next_n(struct act *a, size_t count)
{
	return a->rc ? 0 : (int64_t)count + 1;
}

static void append_consulted(struct act *a, const struct units *all,
	const struct office_consultation *in, struct office_talked *out)
{
	struct case_consultation *list = NULL;
	const struct unit *lead = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = case_consultations(a->db, out->id, a->arena, &list, &n, a->err);
	if (!a->rc && in->lead)
		a->rc = units_resolve(all, in->lead, a->today, &lead, a->err);
	out->n = next_n(a, n);
	act_event(a);
	act_int(a, "n", out->n);
	act_int(a, "held_at", in->held_at == TIME_NONE ? a->now : in->held_at);
	put_attendants(a, all, in);
	act_text(a, "conclusion_text", in->conclusion);
	act_text(a, "wording_text", in->wording);
	act_str(a, "grade", in->grade);
	act_str(a, "lead", lead ? lead->name : NULL);
	act_append(a, "case.consulted/1", out->id);
}

enum err_code office_case_consult(struct office *o, const char *typed,
	const struct office_consultation *in, struct office_talked *out, struct err *e)
{
	struct units *all = NULL;
	struct case_record c;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	begin_out(out);
	if (rc)
		return rc;
	act_begin(&a, o, STAFF, _("record a consultation"), e);
	check_consultation(&a, in);
	read_open(&a, typed, &c, out);
	append_consulted(&a, all, in, out);
	if (in->grade)
		cases_grade(&a, &c, in->grade, in->reason ? in->reason : in->conclusion);
	if (in->lead)
		name_lead(&a, all, &c, in);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

/* --- questions --- */

/* The question that waits for its answer; NULL: none. */
static const struct case_question *open_question(struct act *a, const char *id, size_t *count)
{
	struct case_question *list = NULL;

	*count = 0;
	if (!a->rc)
		a->rc = case_questions(a->db, id, a->arena, &list, count, a->err);
	for (size_t i = 0; !a->rc && i < *count; i++)
		if (list[i].answered_at == TIME_NONE)
			return &list[i];
	return NULL;
}

enum err_code office_case_ask(struct office *o, const char *typed, const char *third_party,
	const char *question, struct office_talked *out, struct err *e)
{
	const struct case_question *waiting;
	struct case_record c;
	char ref[24];
	size_t n = 0;
	struct act a;

	begin_out(out);
	act_begin(&a, o, STAFF, _("ask a third party"), e);
	need_words(&a, third_party, _("--third-party: who is asked"));
	if (!a.rc)
		a.rc = typed_check("--third-party", third_party, TYPED_WORD_MAX, e);
	need_words(&a, question, _("asking a third party needs --question"));
	read_open(&a, typed, &c, out);
	waiting = open_question(&a, out->id, &n);
	if (waiting)
		act_fail(&a, ERR_REFUSED,
			_("%s waits for the answer to question %lld, asked at %s"), out->id,
			(long long)waiting->n, act_when(&a, waiting->asked_at));
	out->n = next_n(&a, n);
	act_event(&a);
	act_int(&a, "n", out->n);
	act_text(&a, "third_party_text", third_party);
	act_text(&a, "question_text", question);
	act_append(&a, "case.asked/1", out->id);
	if (!a.rc)
		clock_rules_pause(&a, out->id, third_party, &out->clocks);
	snprintf(ref, sizeof ref, "%lld", (long long)out->n);
	start_limit(&a, &(struct deadline_query){.clock = DEADLINE_CONSULT},
		(struct clock_start){
			.subject = out->id, .ref = ref, .event = "consulted", .at = a.now},
		out);
	return act_end(&a);
}

enum err_code office_case_answered(struct office *o, const char *typed, const char *answer,
	struct office_talked *out, struct err *e)
{
	const struct case_question *waiting;
	struct case_record c;
	char ref[24] = "";
	size_t n = 0;
	struct act a;

	begin_out(out);
	act_begin(&a, o, STAFF, _("record the answer of a third party"), e);
	need_words(&a, answer, _("--answered needs the answer's words"));
	read_unclosed(&a, typed, &c, out);
	waiting = open_question(&a, out->id, &n);
	if (!a.rc && !waiting)
		act_fail(&a, ERR_REFUSED, _("%s waits for no third party"), out->id);
	if (!a.rc) {
		out->n = waiting->n;
		snprintf(ref, sizeof ref, "%lld", (long long)out->n);
	}
	act_event(&a);
	act_int(&a, "n", out->n);
	act_text(&a, "answer_text", answer);
	act_append(&a, "case.answered/1", out->id);
	if (!a.rc)
		clock_rules_resume(&a, out->id, a.now, &out->clocks);
	if (!a.rc)
		clock_rules_end(
			&a, out->id, DEADLINE_CONSULT, NULL, ref, "met", a.now, THIRD_PARTY);
	return act_end(&a);
}

/* --- instructions --- */

/* "急件, 一般": every kind that there is a limit for. */
static const char *instruct_kinds(struct act *a, const struct deadlines *all)
{
	struct buf b;
	const char *out;

	buf_init(&b, ERR_TEXT_MAX / 2);
	for (size_t i = 0; i < deadlines_count(all); i++) {
		const struct deadline *d = deadlines_at(all, i);
		for (size_t k = 0; d->clock == DEADLINE_INSTRUCT && k < d->kinds.count; k++)
			buf_addf(&b, "%s%s", b.len ? ", " : "", d->kinds.names[k]);
	}
	out = b.fault ? "…" : arena_strdup(a->arena, buf_str(&b));
	buf_fini(&b);
	return out ? out : "";
}

/* The rule of its kind; a person may choose between at_least and the limit. */
static const struct deadline *instruct_rule(struct act *a, const struct office_instruction *in)
{
	const struct deadlines *all = NULL;
	const struct deadline *rule = NULL;

	if (!a->rc)
		a->rc = office_deadlines(a->office, &all, a->err);
	if (!a->rc)
		rule = deadlines_pick(all,
			&(struct deadline_query){.clock = DEADLINE_INSTRUCT, .kind = in->kind});
	if (!a->rc && !rule)
		act_fail(a, ERR_USAGE, _("--kind is one that deadlines.conf has a limit for: %s"),
			instruct_kinds(a, all));
	if (!a->rc && in->days &&
		(in->days > rule->limit.amount || in->days < rule->at_least.amount ||
			!rule->at_least.amount))
		act_fail(a, ERR_USAGE, _("--days %lld: %s allows %d to %d"), (long long)in->days,
			rule->rule,
			rule->at_least.amount ? (int)rule->at_least.amount
					      : (int)rule->limit.amount,
			(int)rule->limit.amount);
	return a->rc ? NULL : rule;
}

/* Who carries it out: the unit that was named, else the lead. */
static const char *instructed_unit(struct act *a, const struct case_record *c, const char *typed)
{
	const struct unit *u = NULL;
	struct units *all = NULL;
	const char *name = NULL;

	if (!a->rc && !typed) {
		if (!*c->holder)
			act_fail(a, ERR_USAGE, _("no unit holds %s: say --unit"), c->id);
		return c->holder;
	}
	if (!a->rc)
		a->rc = units_load(a->office->home, &all, a->err);
	if (!a->rc)
		a->rc = units_resolve(all, typed, a->today, &u, a->err);
	if (!a->rc && !(name = arena_strdup(a->arena, u->name)))
		a->rc = err_nomem(a->err);
	units_free(all);
	return name;
}

static void check_instruction(struct act *a, const struct office_instruction *in)
{
	need_words(a, in->post, _("an instruction (批示) needs --by: the leader's post"));
	if (!a->rc)
		a->rc = office_register_check_post(in->post, a->err);
	need_words(a, in->kind, _("an instruction (批示) needs --kind: 急件, 一般 or 难件"));
	need_words(a, in->text, _("an instruction (批示) needs its words: --text or --file"));
	if (!a->rc && in->given_at != TIME_NONE && in->given_at > a->now)
		act_fail(a, ERR_USAGE, _("--at lies in the future: %s"), act_when(a, in->given_at));
}

static void append_instructed(struct act *a, const struct office_instruction *in, const char *unit,
	int64_t given_at, struct office_talked *out)
{
	struct case_instruction *list = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = case_instructions(a->db, out->id, a->arena, &list, &n, a->err);
	out->n = next_n(a, n);
	act_event(a);
	act_int(a, "n", out->n);
	act_str(a, "post", in->post);
	act_str(a, "kind", in->kind);
	act_str(a, "unit", unit);
	act_int(a, "days", in->days ? in->days : TIME_NONE);
	act_int(a, "given_at", given_at);
	act_text(a, "words_text", in->text);
	act_append(a, "case.instructed/1", out->id);
}

enum err_code office_case_instruct(struct office *o, const char *typed,
	const struct office_instruction *in, struct office_talked *out, struct err *e)
{
	const struct deadline *rule;
	struct calendar_result due = {0};
	struct case_record c;
	const char *unit;
	int64_t given_at;
	char ref[24];
	struct act a;

	begin_out(out);
	act_begin(&a, o, STAFF, _("record an instruction"), e);
	check_instruction(&a, in);
	read_open(&a, typed, &c, out);
	rule = instruct_rule(&a, in);
	unit = instructed_unit(&a, &c, in->unit);
	given_at = in->given_at == TIME_NONE ? a.now : in->given_at;
	append_instructed(&a, in, unit, given_at, out);
	snprintf(ref, sizeof ref, "%lld", (long long)out->n);
	if (!a.rc)
		clock_rules_begin(&a,
			&(struct clock_start){.subject = out->id,
				.who = unit,
				.ref = ref,
				.at = given_at,
				.rule = rule,
				.amount = (int)in->days},
			&due);
	out->due = due.due;
	out->unlisted_year = due.unlisted_year;
	snprintf(out->rule, sizeof out->rule, "%s", rule ? rule->rule : "");
	return act_end(&a);
}

static void read_instruction(struct act *a, const char *id, int64_t n, struct case_instruction *out)
{
	struct case_instruction *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = case_instructions(a->db, id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (list[i].n == n) {
			*out = list[i];
			return;
		}
	}
	act_fail(a, ERR_NOT_FOUND, _("%s has no instruction %lld"), id, (long long)n);
}

/* The last second of a past day, not before the instruction was given. */
static int64_t end_of_done(struct act *a, const struct case_instruction *x, const char *done_on)
{
	const struct time_zone *z = a->office->settings.zone;
	int64_t at = TIME_NONE;

	if (!a->rc &&
		(strlen(done_on) != 10 || calendar_end_of_date(done_on, z, &at, NULL) != ERR_OK))
		act_fail(a, ERR_USAGE, _("--on: “%s” is no date like 2026-09-30"), done_on);
	if (!a->rc && strcmp(done_on, a->today) > 0)
		act_fail(a, ERR_USAGE, _("--on %s lies in the future"), done_on);
	if (!a->rc && at < x->given_at)
		act_fail(a, ERR_USAGE, _("--on %s lies before the instruction was given"), done_on);
	return at < a->now ? at : a->now;
}

enum err_code office_case_instruction_done(struct office *o, const char *typed, int64_t n,
	const char *done_on, const char *report, struct office_talked *out, struct err *e)
{
	struct case_instruction x = {.n = n};
	struct case_record c;
	char ref[24];
	int64_t at;
	struct act a;

	begin_out(out);
	snprintf(ref, sizeof ref, "%lld", (long long)n);
	act_begin(&a, o, STAFF | PEOPLE_UNIT, _("report an instruction as done"), e);
	read_unclosed(&a, typed, &c, out);
	read_instruction(&a, out->id, n, &x);
	if (!a.rc && *x.done_on)
		act_fail(&a, ERR_REFUSED, _("instruction %lld was done on %s"), (long long)n,
			x.done_on);
	if (!a.rc)
		act_of_unit(&a, x.unit);
	if (!done_on)
		done_on = a.today;
	at = end_of_done(&a, &x, done_on);
	out->n = n;
	act_event(&a);
	act_int(&a, "n", n);
	act_str(&a, "done_on", done_on);
	act_text(&a, "report_text", report);
	act_append(&a, "case.instruction_done/1", out->id);
	if (!a.rc)
		clock_rules_end(&a, out->id, DEADLINE_INSTRUCT, NULL, ref, "met", at, x.unit);
	start_limit(&a, &(struct deadline_query){.clock = DEADLINE_REPORT},
		(struct clock_start){
			.subject = out->id, .who = x.unit, .ref = ref, .event = "done", .at = at},
		out);
	return act_end(&a);
}

enum err_code office_case_instruction_reported(
	struct office *o, const char *typed, int64_t n, struct office_talked *out, struct err *e)
{
	struct case_instruction x = {.n = n};
	struct case_record c;
	char ref[24];
	struct act a;

	begin_out(out);
	snprintf(ref, sizeof ref, "%lld", (long long)n);
	act_begin(&a, o, STAFF, _("note the report on an instruction"), e);
	read_unclosed(&a, typed, &c, out);
	read_instruction(&a, out->id, n, &x);
	if (!a.rc && !*x.done_on)
		act_fail(&a, ERR_REFUSED, _("instruction %lld is not done yet"), (long long)n);
	if (!a.rc && x.reported_at != TIME_NONE)
		act_fail(&a, ERR_REFUSED, _("instruction %lld was reported at %s"), (long long)n,
			act_when(&a, x.reported_at));
	out->n = n;
	act_event(&a);
	act_int(&a, "n", n);
	act_append(&a, "case.instruction_reported/1", out->id);
	if (!a.rc)
		clock_rules_end(&a, out->id, DEADLINE_REPORT, NULL, ref, "met", a.now, x.unit);
	return act_end(&a);
}

/* --- leads --- */

enum err_code office_case_handover(struct office *o, const char *typed, const char *to,
	const char *on, const char *note, struct office_talked *out, struct err *e)
{
	const struct unit *u = NULL;
	struct units *all = NULL;
	int64_t day = TIME_NONE;
	struct case_record c;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	begin_out(out);
	if (rc)
		return rc;
	act_begin(&a, o, STAFF, _("hand a lead over"), e);
	need_words(&a, to, _("a lead (线索移交) needs --to: which unit took it over"));
	if (!a.rc)
		a.rc = units_resolve(all, to, a.today, &u, e);
	if (!on)
		on = a.today;
	if (!a.rc && (strlen(on) != 10 ||
			     calendar_end_of_date(on, o->settings.zone, &day, NULL) != ERR_OK))
		act_fail(&a, ERR_USAGE, _("--on: “%s” is no date like 2026-09-30"), on);
	if (!a.rc && strcmp(on, a.today) > 0)
		act_fail(&a, ERR_USAGE, _("--on %s lies in the future"), on);
	act_case(&a, typed, true, &c);
	act_need_open(&a, &c, false);
	if (!a.rc)
		snprintf(out->id, sizeof out->id, "%s", c.id);
	act_event(&a);
	act_str(&a, "unit", u ? u->name : NULL);
	act_str(&a, "on_date", on);
	act_str(&a, "document", o->document);
	act_text(&a, "note_text", note);
	act_append(&a, "case.lead_handed/1", out->id);
	rc = act_end(&a);
	units_free(all);
	return rc;
}
