/*
 * response_withdraw.c - taking the acceptance or the rejection of an answer back.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/answerable.h"
#include "ledger/clocks.h"
#include "ledger/commitments.h"
#include "office/act.h"
#include "office/clock_rules.h"
#include "office/responses.h"
#include "office/supervision.h"
#include "office/typed.h"

/* What was built upon the answer is undone first, by the acts that there are for it. */
static void need_open(struct act *a, const struct case_record *c)
{
	if (!a->rc && strcmp(c->state, "finished") == 0)
		act_fail(a, ERR_REFUSED,
			_("%s was finished (办结) by %s at %s; reopen it first: case reopen %s "
			  "--reason TEXT"),
			c->id, c->finished_name, act_when(a, c->finished_at), c->id);
	if (!a->rc && strcmp(c->state, "closed") == 0)
		act_fail(a, ERR_REFUSED,
			_("%s was closed (销号) by %s at %s; an objection that is upheld opens it "
			  "again: objection add %s --text TEXT"),
			c->id, c->closed_name, act_when(a, c->closed_at), c->id);
}

static void need_decided(struct act *a, const char *typed, bool accepted, struct response_record *r)
{
	struct case_record c;

	act_response(a, typed, r);
	if (!a->rc)
		act_case(a, r->case_id, true, &c);
	if (!a->rc && strcmp(r->recorded_by, a->key) == 0)
		act_fail(a, ERR_DENIED, _("%s entered %s; another person must decide on it"),
			r->recorded_name, r->id);
	if (!a->rc && strcmp(r->state, "pending") == 0)
		act_fail(a, ERR_REFUSED, _("%s still waits to be accepted or rejected (待认定)"),
			r->id);
	if (!a->rc && (strcmp(r->state, "accepted") == 0) != accepted)
		act_fail(a, ERR_REFUSED, _("%s was %s by %s at %s"), r->id,
			accepted ? _("rejected") : _("accepted"), r->decided_name,
			act_when(a, r->decided_at));
	need_open(a, &c);
}

/* The limit that the answer of another unit has met is met for the lead alone. */
static void tell_co_unit(struct act *a, const struct response_record *r,
	const struct clock_record *met, struct office_response_withdrawn *out)
{
	struct answerable who;

	if (!a->rc)
		a->rc = answerable_read(a->db, out->case_id, a->arena, &who, a->err);
	if (a->rc)
		return;
	who.due = met->due_at;
	who.met_at = met->met_at;
	who.now = a->now;
	if (!answerable_unit_owes(&who, r->unit))
		return;
	snprintf(out->co_unit, sizeof out->co_unit, "%s", r->unit);
	out->late = met->due_at < a->now;
}

/* The limit of the case's answer, the last that was not replaced. */
static void tell_limit(
	struct act *a, const struct response_record *r, struct office_response_withdrawn *out)
{
	const struct clock_record *last = NULL;
	struct clock_record *list = NULL;
	size_t count = 0;

	out->due = TIME_NONE;
	if (!a->rc)
		a->rc = clocks_of(a->db, out->case_id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		const struct clock_record *c = &list[i];
		if (strcmp(c->clock, "response") != 0 || strcmp(c->state, "replaced") == 0 ||
			strcmp(c->state, "void") == 0)
			continue;
		last = c;
	}
	if (!last)
		return;
	out->due = last->due_at;
	out->late = clocks_is_late(last, a->now);
	out->limit = strcmp(last->state, "met") == 0      ? "met"
		     : strcmp(last->state, "paused") == 0 ? "paused"
							  : "running";
	if (strcmp(out->limit, "met") == 0 && out->accepted)
		tell_co_unit(a, r, last, out);
}

static void count_promises(struct act *a, struct office_response_withdrawn *out)
{
	struct commitment_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = commitments_of(a->db, out->case_id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		out->promises += strcmp(list[i].response, out->id) == 0;
}

static void take_back(struct act *a, const struct response_record *r, const char *reason,
	struct office_response_withdrawn *out)
{
	act_event(a);
	act_str(a, "decision", r->state);
	act_text(a, "reason_text", reason);
	act_append(a, "response.decision_withdrawn/1", r->id);
	if (a->rc || !out->accepted)
		return;
	clock_rules_run_on(a, r->case_id);
	supervision_revive(a, r->case_id, &out->orders);
	count_promises(a, out);
}

enum err_code office_response_withdraw(struct office *o, const char *typed, bool accepted,
	const char *reason, struct office_response_withdrawn *out, struct err *e)
{
	struct response_record r;
	struct act a;

	memset(out, 0, sizeof *out);
	out->accepted = accepted;
	out->limit = "running";
	act_begin_personal(
		&a, o, PEOPLE_SUPERVISOR, _("take back what was decided about a response"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("withdrawing needs --reason"));
	need_decided(&a, typed, accepted, &r);
	if (!a.rc) {
		snprintf(out->id, sizeof out->id, "%s", r.id);
		snprintf(out->case_id, sizeof out->case_id, "%s", r.case_id);
	}
	take_back(&a, &r, reason, out);
	tell_limit(&a, &r, out);
	return act_end(&a);
}
