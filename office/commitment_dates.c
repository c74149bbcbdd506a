/*
 * commitment_dates.c - what happens to a promise on its way: progress, later dates, reviews.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/commitments.h"
#include "office/commitment_act.h"
#include "office/commitments.h"
#include "office/evidence_add.h"
#include "office/typed.h"
#include "office/units.h"

/* The date that stands now: the last extension, else the original. */
static const char *date_now(struct act *a, const struct commitment_record *c, int64_t *at)
{
	struct commitment_extension *list = NULL;
	size_t count = 0;

	*at = c->due_at;
	if (!a->rc)
		a->rc = commitments_extensions(a->db, c->id, a->arena, &list, &count, a->err);
	if (a->rc || !count)
		return c->due_date;
	*at = list[count - 1].new_at;
	return list[count - 1].new_date;
}

/* The page that tells of it, queued for capture; a page on no registered channel is only
 * written down. */
static void add_page(struct act *a, const struct office_extension *in, const char *url,
	const struct channels *all, struct office_extended *out)
{
	bool pending;

	if (a->rc || !url)
		return;
	if (!channels_of_url(all, url)) {
		out->why = OFFICE_EXTENDED_UNREGISTERED;
		return;
	}
	evidence_add_publication(
		a, out->id, "reason", url, in->screenshot, out->evidence, &pending);
	out->why = OFFICE_EXTENDED_WAITS;
}

static void check_extension(struct act *a, const struct office_extension *in,
	struct commitment_record *c, const char **old, struct office_extended *out)
{
	int64_t old_at = TIME_NONE;

	if (!a->rc && (!in->to || typed_is_blank(in->reason)))
		act_fail(a, ERR_USAGE, _("an extension needs --to DATE and --reason"));
	commitment_read(a, in->commitment, c, out->id);
	commitment_need_unsettled(a, c, commitments_is_done(c) || commitments_is_settled(c));
	if (!a->rc && !*c->due_date)
		act_fail(a, ERR_REFUSED, _("%s has no date to extend; set a review date"), c->id);
	*old = a->rc ? "" : date_now(a, c, &old_at);
	if (!a->rc && strcmp(in->to, *old) <= 0)
		act_fail(a, ERR_USAGE, _("--to %s is not later than %s"), in->to, *old);
}

/* Until when its page must be captured. */
static void set_until(struct act *a, const struct commitment_record *c, struct office_extended *out)
{
	if (a->rc)
		return;
	snprintf(out->until, sizeof out->until, "%s",
		*c->extended_date ? c->extended_date : c->due_date);
	if (out->why == OFFICE_EXTENDED_WAITS &&
		a->now > (*c->extended_date ? c->extended_at : c->due_at))
		out->why = OFFICE_EXTENDED_LATE;
}

static void append_extended(struct act *a, const struct office_extension *in, const char *old,
	const char *url, const struct office_extended *out)
{
	int64_t new_at = a->rc ? TIME_NONE : commitment_end_of_date(a, in->to, "--to");

	if (a->rc)
		return;
	act_event(a);
	act_str(a, "old_date", old);
	act_str(a, "new_date", in->to);
	act_int(a, "new_at", new_at);
	act_text(a, "reason_text", in->reason);
	act_text(a, "url_text", url);
	act_str(a, "evidence_id", out->evidence);
	act_append(a, "commitment.extended/2", out->id);
}

enum err_code office_commitment_extend(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e)
{
	struct commitment_record c;
	struct channels *all = NULL;
	char *canonical = NULL;
	const char *old = "";
	struct act a;
	enum err_code rc = channels_load(o->home, &all, e);

	memset(out, 0, sizeof *out);
	if (!rc && in->url)
		rc = typed_url(in->url, &canonical, e);
	if (!rc) {
		act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("approve an extension"), e);
		if (!a.rc && in->to)
			commitment_end_of_date(&a, in->to, "--to");
		check_extension(&a, in, &c, &old, out);
		add_page(&a, in, canonical, all, out);
		set_until(&a, &c, out);
		append_extended(&a, in, old, canonical, out);
		rc = act_end(&a);
	}
	if (!rc && out->evidence[0])
		evidence_write_wanted(o);
	free(canonical);
	channels_free(all);
	return rc;
}

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
	commitment_need_unsettled(&a, &c, commitments_is_settled(&c));
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
	commitment_need_unsettled(&a, &c, commitments_is_done(&c) || commitments_is_settled(&c));
	check_unit(&a, &c, all);
	commitment_find_evidence(&a, &c, in->evidence, out->evidence);
	if (!a.rc && out->share.of > 0 && c.share_of > 0)
		out->before = (struct share){c.share_done, c.share_of};
	append_progress(&a, in, &c, &out->share, out->evidence);
	rc = act_end(&a);
	units_free(all);
	return rc;
}
