/*
 * promise.c - writing a commitment's facts.
 */
#include "cli/promise.h"

#include <string.h>

#include "base/i18n.h"
#include "base/share.h"
#include "base/time.h"
#include "cli/json_out.h"

const char *promise_public(const struct commitment_record *c)
{
	if (c->published_at != TIME_NONE || c->cannot_published_at != TIME_NONE)
		return _("yes");
	if (strcmp(c->told, "failed") == 0)
		return _("capture failed");
	return *c->told ? _("pending") : _("no");
}

void promise_add_outcome(struct buf *b, const struct commitment_record *c, int64_t now)
{
	buf_add_str(b, commitments_outcome_name(commitments_outcome(c, now)));
	if (c->tentative)
		buf_add_str(b, "（时限暂定）");
	if (c->share_of > 0 && !commitments_is_done(c)) {
		char share[SHARE_SIZE];
		share_format_short(&(struct share){c->share_done, c->share_of}, share);
		buf_addf(b, "（已办 %s）", share);
	}
}

void promise_add_extended(struct buf *b, const struct commitment_record *c, int64_t now)
{
	enum commitment_outcome outcome;

	if (commitments_outcome_extended(c, now, &outcome))
		buf_addf(b, "%s %s", c->extended_date, commitments_outcome_name(outcome));
	else
		buf_add_str(b, "-");
}

static void put_progress(struct json_writer *w, const struct commitment_record *c, int64_t now)
{
	enum commitment_outcome outcome;

	json_put_str(w, "progress", commitments_progress_name(c));
	if (c->share_of > 0) {
		json_put_int(w, "share_done", c->share_done);
		json_put_int(w, "share_of", c->share_of);
	}
	if (commitments_outcome_extended(c, now, &outcome)) {
		json_put_str(w, "due_extended", c->extended_date);
		json_put_str(w, "outcome_extended", commitments_outcome_name(outcome));
	}
}

void promise_put(struct json_writer *w, const struct commitment_record *c, int64_t now)
{
	json_put_str(w, "id", c->id);
	json_put_str(w, "case", c->case_id);
	json_put_str(w, "response", c->response);
	json_put_str(w, "unit", c->unit);
	json_put_str(w, "quote", c->quote);
	json_put_str(w, "criterion", c->criterion);
	json_put_str(w, "outcome", commitments_outcome_name(commitments_outcome(c, now)));
	json_put_bool(w, "kept", commitments_is_done(c));
	json_put_bool(
		w, "public", c->published_at != TIME_NONE || c->cannot_published_at != TIME_NONE);
	put_progress(w, c, now);
	json_put_time(w, "made", c->made_at);
	json_put_str(w, "due", json_out_or_null(c->due_date));
	json_put_bool(w, "tentative", c->tentative != 0);
	json_put_str(w, "review", json_out_or_null(c->review_date));
	json_put_str(w, "review_rule", json_out_or_null(c->review_rule));
	json_put_time(w, "claimed", c->claimed_at);
	json_put_str(w, "claimed_done_on", json_out_or_null(c->claimed_done_on));
	json_put_str(w, "claimed_by", json_out_or_null(c->claimed_name));
	json_put_time(w, "verified", c->verified_at);
	json_put_str(w, "done_on", json_out_or_null(c->verified_done_on));
	json_put_str(w, "verified_by", json_out_or_null(c->verified_name));
	json_put_str(w, "publication", json_out_or_null(c->publish_evidence));
	json_put_time(w, "published", c->published_at);
	json_put_str(w, "cannot", c->cannot);
	json_put_str(w, "proposed", json_out_or_null(c->proposed));
	json_put_int(w, "evidence", c->evidence);
	json_put_int(w, "version", c->version);
}
