/*
 * supervision.c - the acts on orders of supervision. What tick does is in supervise.c.
 */
#include "office/supervision.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/commitments.h"
#include "ledger/records.h"
#include "office/clock_rules.h"
#include "office/due_clocks.h"
#include "office/typed.h"
#include "office/units.h"

/* --- writing one --- */

/* The unit answers within the limit, from `at` on: a clock of the order. */
static void start_feedback(struct act *a, const char *id, const char *level, const char *basis,
	const struct calendar_rule *rule, int64_t at, struct calendar_result *due)
{
	const struct deadline d = {.rule = level,
		.start = "ordered",
		.basis = basis,
		.limit = rule->limit,
		.roll = rule->roll,
		.clock = DEADLINE_FEEDBACK};
	const struct clock_start s = {.subject = id, .at = at, .rule = &d};
	struct calendar_result r = {.due = TIME_NONE};

	clock_rules_begin(a, &s, &r);
	if (due)
		*due = r;
}

/* A reminder is over when graver orders about all that it is about have gone out. */
static void end_reminders(struct act *a, const char *graver)
{
	const char **list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = supervision_reminders(a->db, graver, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		act_event(a);
		act_str(a, "result", "higher");
		act_append(a, "order.settled/1", list[i]);
		clock_rules_end(a, list[i], DEADLINE_FEEDBACK, NULL, NULL, "void", a->now, "");
	}
}

static void put_feedback(struct act *a, const struct calendar_rule *rule)
{
	act_int(a, "feedback_amount", rule->limit.amount);
	act_str(a, "feedback_unit", calendar_unit_name(rule->limit.unit));
	act_str(a, "feedback_roll", rule->roll == CALENDAR_NEXT_WORKDAY ? "next-workday" : "none");
}

/* Of one line nothing: the members of the order say it. */
static void put_lines(struct act *a, const struct supervision_draft *d)
{
	struct json_writer w;
	struct buf lines;

	if (d->count == 1)
		return;
	buf_init(&lines, EVENTS_PAYLOAD_MAX);
	json_writer_init(&w, &lines);
	json_begin_array(&w);
	for (size_t i = 0; i < d->count; i++) {
		json_begin_array(&w);
		json_add_str(&w, d->matters[i].subject);
		json_add_str(&w, d->matters[i].clock);
		json_add_str(&w, d->matters[i].ref);
		json_add_int(&w, d->matters[i].due);
		json_end_array(&w);
	}
	json_end_array(&w);
	if (!a->rc)
		a->rc = buf_check(&lines, _("the lines of an order"), a->err);
	if (!a->rc)
		act_str(a, "lines", buf_str(&lines));
	buf_fini(&lines);
}

void supervision_append(struct act *a, const struct supervision_draft *d, char id[IDS_SIZE],
	struct calendar_result *due)
{
	const struct supervision_matter *m = d->matters;

	if (due)
		*due = (struct calendar_result){.due = TIME_NONE};
	if (a->rc)
		return;
	act_event(a);
	act_new_id(a, IDS_ORDER, id);
	act_str(a, "subject", m->subject);
	act_str(a, "case_id", m->case_id);
	act_str(a, "clock", m->clock);
	act_str(a, "ref", m->ref);
	act_str(a, "level", d->level->name);
	act_str_always(a, "unit", d->unit);
	act_str(a, "told", d->level->told);
	act_int(a, "matter_due", m->due);
	act_str(a, "basis", d->level->basis);
	act_text(a, "reason_text", d->reason);
	put_feedback(a, &d->feedback);
	act_str(a, "settles", d->level->settles_auto ? "auto" : "person");
	act_str(a, "state", d->proposed ? "proposed" : "issued");
	put_lines(a, d);
	act_append(a, d->count == 1 ? "order.issued/1" : "order.issued/2", id);
	if (d->proposed)
		return;
	start_feedback(a, id, d->level->name, d->level->basis, &d->feedback, a->now, due);
	if (!d->level->settles_auto)
		end_reminders(a, id);
}

void supervision_asks(
	struct act *a, const struct supervision_order *x, int64_t at, struct calendar_result *due)
{
	struct calendar_rule rule = {.limit.amount = (int)x->feedback_amount,
		.roll = strcmp(x->feedback_roll, "none") == 0 ? CALENDAR_NO_ROLL
							      : CALENDAR_NEXT_WORKDAY};

	if (a->rc)
		return;
	if (!calendar_unit_from_name(x->feedback_unit, &rule.limit.unit))
		act_fail(a, ERR_INTEGRITY, _("%s: “%s” is no unit of time"), x->id,
			x->feedback_unit);
	else
		start_feedback(a, x->id, x->level, x->basis, &rule, at, due);
}

void supervision_went_out(
	struct act *a, const struct supervision_order *x, struct calendar_result *due)
{
	supervision_asks(a, x, a->now, due);
	end_reminders(a, x->id);
}

/* --- by hand --- */

/* What the order is about, as it is typed. */
struct about {
	struct supervision_matter matter;
	char id[IDS_SIZE];
	const char *unit;
};

static void take_matter(struct act *a, struct about *x)
{
	const struct supervised *found;
	struct supervised_book book;

	supervised_read(a, &book);
	found = a->rc ? NULL : supervised_find(&book, x->id);
	if (!found)
		return;
	x->matter = found->matter;
	x->unit = supervised_unit(a, found);
}

static void read_promise(struct act *a, const char *typed, struct about *x)
{
	struct commitment_record c;

	if (!a->rc)
		a->rc = records_find(a->db, IDS_COMMITMENT, typed, x->id, a->err);
	if (!a->rc)
		a->rc = commitments_get(a->db, x->id, a->arena, &c, a->err);
	if (a->rc)
		return;
	x->matter.case_id = c.case_id;
	x->unit = c.unit;
	if (commitments_is_settled(&c))
		act_fail(a, ERR_REFUSED, _("%s is %s: nothing to press for"), c.id,
			commitments_outcome_name(commitments_outcome(&c, a->now)));
}

static void read_case(struct act *a, const char *typed, struct about *x)
{
	struct case_record c;

	act_case(a, typed, false, &c);
	act_need_open(a, &c, false);
	if (a->rc)
		return;
	snprintf(x->id, sizeof x->id, "%s", c.id);
	x->matter.case_id = x->id;
	x->unit = *c.holder ? c.holder : c.lead;
}

static void read_task(struct act *a, const char *typed, struct about *x)
{
	if (!a->rc)
		a->rc = records_find(a->db, IDS_TASK, typed, x->id, a->err);
	x->matter.case_id = x->unit = "";
}

static void read_about(struct act *a, const char *typed, struct about *x)
{
	struct ids id = {IDS_PLAIN, 0, 0};

	memset(x, 0, sizeof *x);
	if (a->rc)
		return;
	ids_parse(typed, &id);
	if (id.type == IDS_COMMITMENT)
		read_promise(a, typed, x);
	else if (id.type == IDS_TASK)
		read_task(a, typed, x);
	else
		read_case(a, typed, x);
	x->matter.subject = x->id;
	x->matter.clock = x->matter.ref = "";
	x->matter.due = TIME_NONE;
	take_matter(a, x);
}

static void read_level(struct act *a, const char *name, const struct ladder_level **out)
{
	const struct ladder *l = NULL;

	*out = NULL;
	if (!a->rc)
		a->rc = office_ladder(a->office, &l, a->err);
	if (a->rc)
		return;
	*out = name ? ladder_find(l, name) : NULL;
	if (!*out)
		act_fail(a, ERR_USAGE, _("--level is one of %s"), ladder_names(l, a->arena));
}

/* A level is reached once about one due time. */
static void need_new(struct act *a, const struct about *x, const struct ladder_level *level)
{
	char id[IDS_SIZE];
	enum err_code rc;

	if (a->rc || x->matter.due == TIME_NONE)
		return;
	rc = supervision_find(a->db, &x->matter, level->name, id, a->err);
	if (rc == ERR_OK)
		act_fail(a, ERR_REFUSED, _("%s is the order of level %s about it, due %s"), id,
			level->name, act_when(a, x->matter.due));
	else if (rc != ERR_NOT_FOUND)
		a->rc = rc;
}

static const char *read_unit(
	struct act *a, const struct units *all, const char *typed, const char *otherwise)
{
	const struct unit *u = NULL;

	if (!a->rc && !typed && !*otherwise)
		act_fail(a, ERR_USAGE, _("whom is it for: --unit UNIT"));
	if (!a->rc && typed)
		a->rc = units_resolve(all, typed, a->today, &u, a->err);
	return u ? u->name : otherwise;
}

static void fill(struct act *a, const char *id, const char *subject, const char *unit,
	const char *level, struct office_ordered *out)
{
	if (a->rc)
		return;
	snprintf(out->id, sizeof out->id, "%s", id);
	snprintf(out->subject, sizeof out->subject, "%s", subject);
	snprintf(out->unit, sizeof out->unit, "%s", unit);
	snprintf(out->level, sizeof out->level, "%s", level);
	out->lines = 1;
}

static void check_order(struct act *a, const struct office_order *in)
{
	if (!a->rc && typed_is_blank(in->reason))
		act_fail(a, ERR_USAGE, _("an order by hand needs --reason"));
	if (!a->rc && in->days > CALENDAR_AMOUNT_MAX)
		act_fail(a, ERR_USAGE, _("--days is at most %d"), CALENDAR_AMOUNT_MAX);
}

enum err_code office_order_issue(
	struct office *o, const struct office_order *in, struct office_ordered *out, struct err *e)
{
	struct supervision_draft d = {.reason = in->reason};
	struct units *all = NULL;
	struct about x;
	struct act a;
	struct calendar_result due;
	char id[IDS_SIZE] = "";
	enum err_code rc = units_load(o->home, &all, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("issue an order of supervision"), e);
	check_order(&a, in);
	read_level(&a, in->level, &d.level);
	read_about(&a, in->subject, &x);
	need_new(&a, &x, d.level);
	d.matters = &x.matter;
	d.count = 1;
	d.unit = a.rc ? "" : read_unit(&a, all, in->unit, x.unit);
	if (!a.rc)
		d.feedback =
			in->days ? (struct calendar_rule){{(int)in->days, CALENDAR_WORKING_DAYS},
					   CALENDAR_NO_ROLL}
				 : d.level->feedback;
	supervision_append(&a, &d, id, &due);
	fill(&a, id, x.id, d.unit, d.level ? d.level->name : "", out);
	out->due = due.due;
	out->tentative = due.unlisted_year;
	rc = act_end(&a);
	units_free(all);
	return rc;
}

/* --- later acts --- */

void supervision_tell(const struct supervision_order *x, struct office_ordered *out)
{
	memset(out, 0, sizeof *out);
	snprintf(out->id, sizeof out->id, "%s", x->id);
	snprintf(out->subject, sizeof out->subject, "%s", x->subject);
	snprintf(out->unit, sizeof out->unit, "%s", x->unit);
	snprintf(out->level, sizeof out->level, "%s", x->level);
	out->lines = x->lines;
	out->due = x->feedback_due;
	out->tentative = x->feedback_tentative;
}

const char *order_about(struct arena *a, const struct supervision_order *x)
{
	int64_t more = x->lines - 1;

	if (more <= 0)
		return arena_printf(a, "%s %s", x->level, x->subject);
	return arena_printf(a, n_("%s %s and %lld more", "%s %s and %lld more", more), x->level,
		x->subject, (long long)more);
}

static void read_order(
	struct act *a, const char *typed, struct supervision_order *x, struct office_ordered *out)
{
	char id[IDS_SIZE];

	memset(x, 0, sizeof *x);
	memset(out, 0, sizeof *out);
	if (!a->rc)
		a->rc = records_find(a->db, IDS_ORDER, typed, id, a->err);
	if (!a->rc)
		a->rc = supervision_get(a->db, id, a->arena, x, a->err);
	if (!a->rc)
		supervision_tell(x, out);
}

void supervision_need_open(struct act *a, const struct supervision_order *x)
{
	if (a->rc || supervision_is_open(x))
		return;
	if (strcmp(x->state, "settled") == 0)
		act_fail(a, ERR_REFUSED, _("%s was settled by %s at %s"), x->id, x->ended_name,
			act_when(a, x->ended_at));
	else if (strcmp(x->state, "withdrawn") == 0)
		act_fail(a, ERR_REFUSED, _("%s was withdrawn by %s at %s"), x->id, x->ended_name,
			act_when(a, x->ended_at));
	else
		act_fail(a, ERR_REFUSED, _("%s lapsed at %s: nobody confirmed it in time"), x->id,
			act_when(a, x->ended_at));
}

static void need_issued(struct act *a, const struct supervision_order *x)
{
	supervision_need_open(a, x);
	if (!a->rc && strcmp(x->state, "proposed") == 0)
		act_fail(a, ERR_REFUSED, _("%s is only proposed: a supervisor has to confirm it"),
			x->id);
}

/* Of an order to the office itself nobody need be named. */
static const char *read_answerer(struct act *a, const struct units *all, const char *typed,
	const struct supervision_order *x)
{
	if (a->rc || (!typed && !*x->unit))
		return "";
	return read_unit(a, all, typed, x->unit);
}

enum err_code office_order_answer(struct office *o, const char *typed, const char *unit,
	const char *text, struct office_ordered *out, struct err *e)
{
	struct supervision_order x;
	struct units *all = NULL;
	const char *name;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	if (rc)
		return rc;
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR, _("answer an order"), e);
	if (!a.rc && typed_is_blank(text))
		act_fail(&a, ERR_USAGE, _("an answer needs --text or --file"));
	read_order(&a, typed, &x, out);
	need_issued(&a, &x);
	name = read_answerer(&a, all, unit ? unit : o->unit, &x);
	if (!a.rc && strcmp(name, x.unit) != 0)
		act_fail(&a, ERR_REFUSED, _("%s is an order to %s, not to %s"), x.id, x.unit, name);
	act_event(&a);
	act_str_always(&a, "unit", name);
	act_text(&a, "answer_text", text);
	act_append(&a, "order.answered/1", out->id);
	clock_rules_end(&a, out->id, DEADLINE_FEEDBACK, NULL, NULL, "met", a.now, name);
	out->late = !a.rc && x.feedback_due != TIME_NONE && a.now > x.feedback_due;
	rc = act_end(&a);
	units_free(all);
	return rc;
}

/* Words of the record, and those of the office. */
static const struct {
	const char *word, *typed;
} results[] = {
	{"done", "已办理"},
	{"explained", "已说明"},
	{"talked", "约谈"},
	{"circulated", "通报"},
};

static const char *read_result(struct act *a, const char *typed)
{
	for (size_t i = 0; typed && i < sizeof results / sizeof *results; i++)
		if (strcmp(typed, results[i].word) == 0 || strcmp(typed, results[i].typed) == 0)
			return results[i].word;
	act_fail(a, ERR_USAGE,
		_("--result is one of 已办理 (done), 已说明 (explained), 约谈 (talked), 通报 "
		  "(circulated)"));
	return "";
}

enum err_code office_order_settle(struct office *o, const char *typed, const char *result,
	const char *note, struct office_ordered *out, struct err *e)
{
	struct supervision_order x;
	const char *word;
	struct act a;

	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("settle an order"), e);
	word = read_result(&a, result);
	read_order(&a, typed, &x, out);
	need_issued(&a, &x);
	if (!a.rc && *x.answered_by && strcmp(x.answered_by, a.key) == 0)
		act_fail(&a, ERR_DENIED,
			_("%s entered the answer to %s; another person must settle it"),
			o->person.login, x.id);
	if (!a.rc && strcmp(word, "explained") == 0 && x.answered_at == TIME_NONE)
		act_fail(&a, ERR_REFUSED, _("%s has no answer that explains anything"), x.id);
	act_event(&a);
	act_str(&a, "result", word);
	act_text(&a, "note_text", note);
	act_append(&a, "order.settled/1", out->id);
	clock_rules_end(&a, out->id, DEADLINE_FEEDBACK, NULL, NULL, "void", a.now, "");
	return act_end(&a);
}

enum err_code office_order_withdraw(struct office *o, const char *typed, const char *reason,
	struct office_ordered *out, struct err *e)
{
	struct supervision_order x;
	struct act a;

	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("withdraw an order"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("withdrawing needs --reason"));
	read_order(&a, typed, &x, out);
	supervision_need_open(&a, &x);
	act_event(&a);
	act_text(&a, "reason_text", reason);
	act_append(&a, "order.withdrawn/1", out->id);
	clock_rules_end(&a, out->id, DEADLINE_FEEDBACK, NULL, NULL, "void", a.now, "");
	return act_end(&a);
}

/* --- what falls due --- */

enum err_code clock_subject_order(struct db *db, const char *id, int64_t at, struct arena *a,
	struct due_clock *out, struct err *e)
{
	struct supervision_order x;
	enum err_code rc = supervision_get(db, id, a, &x, e);

	(void)at;
	if (rc)
		return rc;
	out->about = order_about(a, &x);
	out->unit = x.unit;
	out->live = supervision_is_open(&x);
	return out->about ? ERR_OK : err_nomem(e);
}
