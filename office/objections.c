/*
 * objections.c - raising and deciding objections.
 */
#include "office/objections.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/commitments.h"
#include "ledger/events.h"
#include "ledger/objections.h"
#include "ledger/records.h"
#include "office/act.h"
#include "office/clock_rules.h"
#include "office/due_clocks.h"
#include "office/typed.h"
#include "office/units.h"

#define OBJECTION_MAX ((size_t)1 << 20)

/* --- raising --- */

/* After closing there is a limit; before, none. */
static void need_in_time(struct act *a, const struct case_record *c)
{
	const struct deadline_query q = {.clock = DEADLINE_OBJECTION, .start = "closed"};
	const struct deadlines *all = NULL;
	const struct deadline *d = NULL;
	struct calendar_result due;

	if (a->rc || strcmp(c->state, "closed") != 0)
		return;
	a->rc = office_deadlines(a->office, &all, a->err);
	d = a->rc ? NULL : deadlines_pick(all, &q);
	if (!d)
		return;
	clock_rules_reckon(a, d, c->closed_at, &due);
	if (!a->rc && a->now > due.due)
		act_fail(a, ERR_REFUSED,
			_("%s was closed (销号) at %s; objections were possible until %s (%s)"),
			c->id, act_when(a, c->closed_at), act_when(a, due.due), d->rule);
}

static const char *read_unit(struct act *a, const struct units *all, const char *typed)
{
	const struct unit *u = NULL;

	if (!a->rc && typed)
		a->rc = units_resolve(all, typed, a->today, &u, a->err);
	return u ? u->name : NULL;
}

static void append_raised(struct act *a, const struct case_record *c, const char *unit,
	const char *text, struct office_objected *out)
{
	const struct deadline_query q = {.clock = DEADLINE_OBJECTION, .start = "raised"};
	struct calendar_result due = {.due = TIME_NONE};

	if (a->rc)
		return;
	act_event(a);
	act_new_id(a, IDS_OBJECTION, out->id);
	act_str(a, "case_id", c->id);
	act_str(a, "source", unit ? "unit" : "public");
	act_str(a, "unit", unit);
	act_text(a, "body_text", text);
	act_append(a, "objection.raised/1", out->id);
	clock_rules_begin_if(a, &q, (struct clock_start){.subject = out->id, .at = a->now}, &due);
	out->due = due.due;
	out->unlisted_year = due.unlisted_year;
	snprintf(out->case_id, sizeof out->case_id, "%s", c->id);
}

enum err_code office_objection_add(struct office *o, const struct office_objection *in,
	struct office_objected *out, struct err *e)
{
	const char *typed = in->unit ? in->unit : o->unit;
	struct units *all = NULL;
	struct case_record c;
	const char *unit;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	act_begin(
		&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR, _("enter an objection"), e);
	if (!a.rc && typed_is_blank(in->text))
		act_fail(&a, ERR_USAGE, _("an objection needs --text or --file"));
	if (!a.rc)
		a.rc = typed_check("--text", in->text, OBJECTION_MAX, e);
	act_case(&a, in->subject, false, &c);
	need_in_time(&a, &c);
	unit = read_unit(&a, all, typed);
	append_raised(&a, &c, unit, in->text, out);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

/* --- deciding --- */

/* Acts that an objection may be about: who did one of them does not decide it (政府督查工作条例
 * 第17条: 原办理人员回避). Beginnings of kinds, so that later versions are among them. */
static const char *const of_authors[] = {
	"objection.raised/", "response.accepted/", "response.rejected/",
	"response.decision_withdrawn/", "commitment.verified/", "commitment.claim_refused/",
	"commitment.extended/", "commitment.cannot", /* proposed, approved, withdrawn */
	"commitment.extension_proposed/", "promise.refused/", "case.finished/", "case.closed/",
	"clock.exten", /* proposed, approved, dropped */
};

struct authors {
	struct arena *arena;
	const char *key, *did; /* did: the kind of what this person did, or NULL */
};

static enum err_code look_at_author(void *data, const struct event *ev, struct err *e)
{
	struct authors *x = data;

	(void)e;
	if (x->did || strcmp(ev->actor_key, x->key) != 0)
		return ERR_OK;
	if (strncmp(ev->kind, "case.assigned/", 14) == 0 && events_int(ev, "final") == 1)
		x->did = arena_strdup(x->arena, ev->kind); /* said whose matter it is */
	for (size_t i = 0; !x->did && i < sizeof of_authors / sizeof *of_authors; i++)
		if (strncmp(ev->kind, of_authors[i], strlen(of_authors[i])) == 0)
			x->did = arena_strdup(x->arena, ev->kind);
	return ERR_OK;
}

static void look_at_answers(struct act *a, const char *case_id, struct authors *x)
{
	struct response_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = responses_of(a->db, case_id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		a->rc = events_each(a->db, list[i].id, look_at_author, x, a->err);
}

static void look_at_promises(struct act *a, const char *case_id, struct authors *x)
{
	struct commitment_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = commitments_of(a->db, case_id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		a->rc = events_each(a->db, list[i].id, look_at_author, x, a->err);
}

static void need_no_author(struct act *a, const char *case_id, const char *objection)
{
	struct authors x = {a->arena, a->key, NULL};

	if (!a->rc)
		a->rc = events_each(a->db, objection, look_at_author, &x, a->err);
	if (!a->rc)
		a->rc = events_each(a->db, case_id, look_at_author, &x, a->err);
	look_at_answers(a, case_id, &x);
	look_at_promises(a, case_id, &x);
	if (!a->rc && x.did)
		act_fail(a, ERR_DENIED,
			_("%s took part in what %s is about (%s); another person must decide it"),
			a->office->person.login, objection, x.did);
}

static bool read_result(struct act *a, const char *typed)
{
	bool upheld = typed && (strcmp(typed, "upheld") == 0 || strcmp(typed, "成立") == 0);

	if (!upheld && (!typed || (strcmp(typed, "rejected") != 0 && strcmp(typed, "不成立") != 0)))
		act_fail(a, ERR_USAGE, _("--result is one of 成立 (upheld), 不成立 (rejected)"));
	return upheld;
}

static void append_decided(
	struct act *a, const struct objection_record *x, bool upheld, const char *reason)
{
	act_event(a);
	act_str(a, "case_id", x->case_id);
	act_str(a, "result", upheld ? "upheld" : "rejected");
	act_text(a, "reason_text", reason);
	act_append(a, "objection.decided/1", x->id);
	clock_rules_end(a, x->id, DEADLINE_OBJECTION, NULL, NULL, "met", a->now, "");
}

/* Finished: as any reopening; closed: another kind, for its closing is taken back. */
static void reopen(struct act *a, const struct objection_record *x, const char *reason, bool *done)
{
	struct case_record c;

	if (!a->rc)
		a->rc = cases_get(a->db, x->case_id, a->arena, &c, a->err);
	if (a->rc || strcmp(c.state, "open") == 0)
		return;
	*done = true;
	act_event(a);
	if (strcmp(c.state, "closed") == 0)
		act_str(a, "objection", x->id);
	act_text(a, "reason_text", reason);
	act_append(a, strcmp(c.state, "closed") == 0 ? "case.reopened/2" : "case.reopened/1", c.id);
}

enum err_code office_objection_decide(struct office *o, const char *typed, const char *result,
	const char *reason, struct office_objected *out, struct err *e)
{
	struct objection_record x;
	struct act a;

	memset(out, 0, sizeof *out);
	memset(&x, 0, sizeof x);
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("decide an objection"), e);
	out->upheld = !a.rc && read_result(&a, result);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("a decision needs --reason"));
	if (!a.rc)
		a.rc = records_find(a.db, IDS_OBJECTION, typed, out->id, e);
	if (!a.rc)
		a.rc = objections_get(a.db, out->id, a.arena, &x, e);
	if (!a.rc && strcmp(x.state, "open") != 0)
		act_fail(&a, ERR_REFUSED, _("%s was decided by %s at %s"), x.id, x.decided_name,
			act_when(&a, x.decided_at));
	if (!a.rc)
		need_no_author(&a, x.case_id, x.id);
	append_decided(&a, &x, out->upheld, reason);
	if (out->upheld)
		reopen(&a, &x, reason, &out->reopened);
	if (!a.rc)
		snprintf(out->case_id, sizeof out->case_id, "%s", x.case_id);
	return act_end(&a);
}

/* --- what falls due --- */

enum err_code clock_subject_objection(struct db *db, const char *id, int64_t at, struct arena *a,
	struct due_clock *out, struct err *e)
{
	struct objection_record x;
	enum err_code rc = objections_get(db, id, a, &x, e);

	(void)at;
	if (rc)
		return rc;
	out->about = x.body;
	out->live = strcmp(x.state, "open") == 0;
	return ERR_OK;
}
