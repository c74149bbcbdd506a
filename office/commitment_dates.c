/*
 * commitment_dates.c - what happens to a promise on its way: reviews and progress.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/commitments.h"
#include "office/commitment_act.h"
#include "office/commitment_rules.h"
#include "office/commitments.h"
#include "office/units.h"

enum err_code office_commitment_review(struct office *o, const char *typed, const char *next,
	const char *note, char id[IDS_SIZE], struct err *e)
{
	struct commitment_record c;
	int64_t at = TIME_NONE;
	struct act a;

	act_begin(&a, o, PEOPLE_SUPERVISOR, _("review a commitment"), e);
	if (!a.rc && !next)
		act_fail(&a, ERR_USAGE, _("a review needs --next DATE: when to look again"));
	if (!a.rc)
		at = commitment_end_of_date(&a, next, "--next");
	if (!a.rc && strcmp(next, a.today) <= 0)
		act_fail(&a, ERR_USAGE, _("--next %s is not in the future"), next);
	commitment_read(&a, typed, &c, id);
	commitment_need(&a, &c, COMMITMENT_REVIEW);
	act_event(&a);
	act_str(&a, "review_date", next);
	act_int(&a, "review_at", at);
	act_text(&a, "note_text", note);
	act_append(&a, "commitment.reviewed/1", id);
	return act_end(&a);
}

/* --- progress --- */

/* --for, else the promise's own unit, which it must be. */
static void check_unit(struct act *a, const struct commitment_record *c, const struct units *all)
{
	const struct unit *who = NULL;

	if (a->rc)
		return;
	a->rc = units_resolve(
		all, a->office->unit ? a->office->unit : c->unit, a->today, &who, a->err);
	if (!a->rc && strcmp(who->name, c->unit) != 0)
		act_fail(a, ERR_REFUSED, _("%s is a promise of %s, not of %s"), c->id, c->unit,
			who->name);
}

static void append_progress(struct act *a, const struct office_progress *in,
	const struct commitment_record *c, const struct share *share, const char *evidence)
{
	act_event(a);
	act_str(a, "unit", c->unit);
	act_str(a, "on_date", in->on ? in->on : a->today);
	act_int(a, "share_done", share->done);
	act_int(a, "share_of", share->of);
	act_text(a, "note_text", in->note);
	act_str(a, "evidence", evidence);
	act_append(a, "commitment.progressed/1", c->id);
}

enum err_code office_commitment_progress(struct office *o, const struct office_progress *in,
	struct office_progressed *out, struct err *e)
{
	struct commitment_record c;
	struct units *all = NULL;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR, _("enter progress"), e);
	commitment_check_told(&a, in->note, in->share, in->on, &out->share);
	commitment_read(&a, in->commitment, &c, out->id);
	commitment_need(&a, &c, COMMITMENT_PROGRESS);
	check_unit(&a, &c, all);
	commitment_find_evidence(&a, &c, in->evidence, out->evidence);
	if (!a.rc && out->share.of > 0 && c.share_of > 0)
		out->before = (struct share){c.share_done, c.share_of};
	append_progress(&a, in, &c, &out->share, out->evidence);
	rc = act_end(&a);
	units_free(all);
	return rc;
}
