/*
 * commitment_proposals.c - proposing a later date or 无法兑现, approving and dropping it.
 */
#include "office/commitment_proposals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/commitment_proposals.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "office/channels.h"
#include "office/commitment_act.h"
#include "office/commitment_rules.h"
#include "office/evidence_add.h"
#include "office/typed.h"

#define ANYBODY (PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR)

static const char *what_of(bool later_date)
{
	return later_date ? PROPOSED_EXTEND : PROPOSED_CANNOT;
}

static enum commitment_act act_of(bool later_date)
{
	return later_date ? COMMITMENT_EXTEND : COMMITMENT_GIVE_UP;
}

/* --- what both steps check --- */

/* The date that was approved last, else the original. */
static const char *date_now(struct act *a, const struct commitment_record *c)
{
	struct commitment_extension *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = commitments_extensions(a->db, c->id, a->arena, &list, &count, a->err);
	return a->rc || !count ? c->due_date : list[count - 1].new_date;
}

/* old: the date that `to` has to be later than. */
static void check_date(
	struct act *a, const struct commitment_record *c, const char *to, const char **old)
{
	*old = "";
	if (!a->rc && !*c->due_date)
		act_fail(a, ERR_REFUSED, _("%s has no date to extend; set a review date"), c->id);
	if (a->rc)
		return;
	*old = date_now(a, c);
	if (!a->rc && strcmp(to, *old) <= 0)
		act_fail(a, ERR_USAGE, _("--to %s is not later than %s"), to, *old);
}

/* Until when its page must be captured for a later date to count. */
static void set_why(struct act *a, const struct commitment_record *c, bool told, bool registered,
	struct office_proposed *out)
{
	const char *counts = a->rc ? "" : *c->extended_date ? c->extended_date : c->due_date;

	if (a->rc)
		return;
	snprintf(out->until, sizeof out->until, "%s", counts);
	out->why = OFFICE_EXTENDED_UNTOLD;
	if (told)
		out->why = registered ? OFFICE_EXTENDED_WAITS : OFFICE_EXTENDED_UNREGISTERED;
	if (registered && a->now > (*c->extended_date ? c->extended_at : c->due_at))
		out->why = OFFICE_EXTENDED_LATE;
	else if (registered && out->captured)
		out->why = OFFICE_EXTENDED_COUNTS;
}

/* --- proposing --- */

static void check_words(struct act *a, const struct office_proposal *in, bool later_date)
{
	if (!a->rc && later_date && typed_is_blank(in->reason))
		act_fail(a, ERR_USAGE, _("an extension needs --to DATE and --reason"));
	if (!a->rc && !later_date && (typed_is_blank(in->reason) || !in->url))
		act_fail(
			a, ERR_USAGE, _("无法兑现 needs --reason and the --url where it was told"));
	if (!a->rc && later_date)
		commitment_end_of_date(a, in->to, "--to");
}

static void need_nothing_waits(struct act *a, const struct commitment_record *c)
{
	struct commitment_proposal p;

	if (!a->rc)
		a->rc = commitment_proposals_get(a->db, c->id, a->arena, &p, a->err);
	if (a->rc || !*p.what)
		return;
	if (*p.new_date)
		act_fail(a, ERR_REFUSED,
			_("%s: an extension to %s waits to be approved, proposed by %s at %s"),
			c->id, p.new_date, p.by_name, act_when(a, p.at));
	else
		act_fail(a, ERR_REFUSED,
			_("%s: that it cannot be kept waits to be approved, proposed by %s at %s"),
			c->id, p.by_name, act_when(a, p.at));
}

/* The page that tells of it, queued for capture; of a later date a page on no registered
 * channel is only written down. */
static void add_page(struct act *a, const struct office_proposal *in, const char *url,
	const struct channels *all, struct office_proposed *out)
{
	bool pending;

	if (a->rc || !url || (in->to && !channels_of_url(all, url)))
		return;
	evidence_add_publication(
		a, out->id, "reason", url, in->screenshot, out->evidence, &pending);
}

static void append_proposed(struct act *a, const struct office_proposal *in, const char *url,
	const struct office_proposed *out)
{
	act_event(a);
	act_str(a, "new_date", in->to);
	act_text(a, "reason_text", in->reason);
	act_text(a, "url_text", url);
	act_str(a, "evidence_id", out->evidence);
	act_append(a, in->to ? "commitment.extension_proposed/1" : "commitment.cannot_proposed/1",
		out->id);
}

static void propose(struct act *a, const struct office_proposal *in, const char *url,
	const struct channels *all, struct office_proposed *out)
{
	bool later_date = in->to != NULL;
	struct commitment_record c;
	const char *old;

	check_words(a, in, later_date);
	commitment_read(a, in->commitment, &c, out->id);
	commitment_need(a, &c, act_of(later_date));
	need_nothing_waits(a, &c);
	if (later_date)
		check_date(a, &c, in->to, &old);
	add_page(a, in, url, all, out);
	set_why(a, &c, url != NULL, out->evidence[0] != '\0', out);
	snprintf(out->to, sizeof out->to, "%s", in->to ? in->to : "");
	append_proposed(a, in, url, out);
}

enum err_code office_commitment_propose(struct office *o, const struct office_proposal *in,
	struct office_proposed *out, struct err *e)
{
	struct channels *all = NULL;
	char *canonical = NULL;
	struct act a;
	enum err_code rc = channels_load(o->home, &all, e);

	memset(out, 0, sizeof *out);
	if (!rc && in->url)
		rc = typed_url(in->url, &canonical, e);
	if (!rc) {
		act_begin_personal(&a, o, ANYBODY,
			in->to ? _("propose an extension") : _("propose to give a commitment up"),
			e);
		propose(&a, in, canonical, all, out);
		rc = act_end(&a);
	}
	if (!rc && out->evidence[0])
		evidence_write_wanted(o);
	free(canonical);
	channels_free(all);
	return rc;
}

/* --- approving --- */

/* What waits, of the kind that is meant, proposed by somebody else. */
static void read_waiting(struct act *a, const struct commitment_record *c, bool later_date,
	struct commitment_proposal *p)
{
	if (!a->rc)
		a->rc = commitment_proposals_get(a->db, c->id, a->arena, p, a->err);
	if (!a->rc && strcmp(p->what, what_of(later_date)) != 0)
		act_fail(a, ERR_REFUSED,
			later_date ? _("no extension of %s waits to be approved")
				   : _("%s: nobody proposed that it cannot be kept"),
			c->id);
}

static void need_other(
	struct act *a, const struct commitment_record *c, const struct commitment_proposal *p)
{
	if (!a->rc && strcmp(p->by, a->key) == 0)
		act_fail(a, ERR_DENIED, _("%s proposed it for %s; another person must approve it"),
			p->by_name, c->id);
}

static void read_page(
	struct act *a, const struct commitment_proposal *p, struct office_proposed *out)
{
	struct evidence_record x;

	if (a->rc || !*p->evidence)
		return;
	snprintf(out->evidence, sizeof out->evidence, "%s", p->evidence);
	a->rc = evidence_get(a->db, p->evidence, a->arena, &x, a->err);
	if (!a->rc && strcmp(x.state, "failed") == 0)
		act_fail(a, ERR_REFUSED,
			_("%s cannot be captured; withdraw the proposal and name another page"),
			x.id);
	out->captured = !a->rc && strcmp(x.state, "captured") == 0;
}

/* The texts stand in the proposal: their digests are named again. */
static void append_extended(
	struct act *a, const struct commitment_proposal *p, const char *old, const char *id)
{
	int64_t new_at = a->rc ? TIME_NONE : commitment_end_of_date(a, p->new_date, "--to");

	if (a->rc)
		return;
	act_event(a);
	act_str(a, "old_date", old);
	act_str(a, "new_date", p->new_date);
	act_int(a, "new_at", new_at);
	act_str(a, "reason_text", p->reason_digest);
	act_str(a, "url_text", p->url_digest);
	act_str(a, "evidence_id", p->evidence);
	act_append(a, "commitment.extended/2", id);
}

static void append_cannot(struct act *a, const struct commitment_proposal *p, const char *id)
{
	act_event(a);
	act_str(a, "reason_text", p->reason_digest);
	act_str(a, "evidence_id", p->evidence);
	act_append(a, "commitment.cannot/1", id);
}

static void approve(struct act *a, const char *typed, bool later_date, struct office_proposed *out)
{
	struct commitment_proposal p = {.what = ""};
	struct commitment_record c;
	const char *old = "";

	commitment_read(a, typed, &c, out->id);
	commitment_need(a, &c, act_of(later_date));
	read_waiting(a, &c, later_date, &p);
	need_other(a, &c, &p);
	if (later_date)
		check_date(a, &c, p.new_date, &old);
	read_page(a, &p, out);
	if (a->rc)
		return;
	snprintf(out->to, sizeof out->to, "%s", p.new_date);
	set_why(a, &c, *p.url_digest != '\0', *p.evidence != '\0', out);
	if (later_date)
		append_extended(a, &p, old, out->id);
	else
		append_cannot(a, &p, out->id);
}

enum err_code office_commitment_approve(struct office *o, const char *typed, bool later_date,
	struct office_proposed *out, struct err *e)
{
	struct act a;

	memset(out, 0, sizeof *out);
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR,
		later_date ? _("approve an extension") : _("give a commitment up"), e);
	approve(&a, typed, later_date, out);
	return act_end(&a);
}

/* --- dropping --- */

enum err_code office_commitment_withdraw(struct office *o, const char *typed, bool later_date,
	const char *reason, char id[IDS_SIZE], struct err *e)
{
	struct commitment_proposal p = {.what = "", .by = ""};
	struct commitment_record c;
	struct act a;
	bool waits;

	act_begin_personal(&a, o, ANYBODY, _("withdraw a proposal"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("withdrawing needs --reason"));
	commitment_read(&a, typed, &c, id);
	if (!a.rc)
		a.rc = commitment_proposals_get(a.db, id, a.arena, &p, e);
	waits = !a.rc && strcmp(p.what, what_of(later_date)) == 0;
	if (!waits && later_date)
		read_waiting(&a, &c, true, &p);
	if (!waits)
		commitment_need(&a, &c, COMMITMENT_TAKE_BACK);
	/* One's own proposal, or a supervisor's no. */
	if (!a.rc && (!waits || strcmp(p.by, a.key) != 0))
		a.rc = people_require(&o->person, PEOPLE_SUPERVISOR,
			_("withdraw what somebody else proposed"), e);
	act_event(&a);
	if (waits)
		act_str(&a, "what", p.what);
	act_text(&a, "reason_text", reason);
	act_append(
		&a, waits ? "commitment.proposal_dropped/1" : "commitment.cannot_withdrawn/1", id);
	return act_end(&a);
}
