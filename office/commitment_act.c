/*
 * commitment_act.c - finding and checking a promise that is there.
 */
#include "office/commitment_act.h"

#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/evidence.h"
#include "ledger/records.h"
#include "office/by_whom.h"
#include "office/typed.h"

int64_t commitment_end_of_date(struct act *a, const char *date, const char *flag)
{
	struct err ignored;
	int64_t t = TIME_NONE;

	if (a->rc)
		return t;
	if (strlen(date) != 10 ||
		calendar_end_of_date(date, a->office->settings.zone, &t, &ignored) != ERR_OK)
		act_fail(a, ERR_USAGE, _("%s: “%s” is no date like 2026-09-30"), flag, date);
	return t;
}

void commitment_need_past(struct act *a, const char *flag, const char *date)
{
	commitment_end_of_date(a, date, flag);
	if (!a->rc && strcmp(date, a->today) > 0)
		act_fail(a, ERR_USAGE, _("%s %s lies in the future"), flag, date);
}

void commitment_check_told(
	struct act *a, const char *note, const char *typed_share, const char *on, struct share *out)
{
	out->done = out->of = 0;
	if (!a->rc && typed_is_blank(note) && !typed_share)
		act_fail(a, ERR_USAGE, _("progress needs --text: what was done; or --share 38/45"));
	if (!a->rc && typed_share && !share_parse(typed_share, out))
		act_fail(a, ERR_USAGE, _("--share: “%s” is no share like 60%% or 38/45"),
			typed_share);
	if (!a->rc && on)
		commitment_need_past(a, "--on", on);
}

void commitment_read(
	struct act *a, const char *typed, struct commitment_record *c, char id[IDS_SIZE])
{
	struct case_record of;

	memset(c, 0, sizeof *c);
	if (!a->rc)
		a->rc = records_find(a->db, IDS_COMMITMENT, typed, id, a->err);
	if (!a->rc)
		a->rc = commitments_get(a->db, id, a->arena, c, a->err);
	if (a->rc)
		return;
	act_need_seen(a, c->id, c->version);
	act_of_unit(a, c->unit);
	act_case(a, c->case_id, false, &of);
	act_subject(a, id);
	act_need_open(a, &of, false);
}

void commitment_find_evidence(
	struct act *a, const struct commitment_record *c, const char *typed, char id[IDS_SIZE])
{
	struct evidence_record x;

	id[0] = '\0';
	if (a->rc || !typed)
		return;
	a->rc = records_find(a->db, IDS_EVIDENCE, typed, id, a->err);
	if (!a->rc)
		a->rc = evidence_get(a->db, id, a->arena, &x, a->err);
	if (!a->rc && strcmp(x.subject, c->id) != 0 && strcmp(x.subject, c->case_id) != 0)
		act_fail(a, ERR_REFUSED, _("%s is evidence of %s"), id, x.subject);
	if (!a->rc && strcmp(x.state, "captured") != 0)
		act_fail(a, ERR_REFUSED, _("%s is not captured yet"), id);
}
