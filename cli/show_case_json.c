/*
 * show_case_json.c - cases, responses, commitments and evidence as JSON.
 */
#include "cli/show_case_json.h"

#include "base/json.h"
#include "cli/check_lines.h"
#include "cli/evidence_view.h"
#include "cli/found.h"
#include "cli/json_out.h"
#include "cli/promise.h"
#include "cli/show_clock.h"

static void begin_list(struct json_writer *w, const char *key)
{
	json_key(w, key);
	json_begin_array(w);
}

static void put_evidence_members(struct json_writer *w, const struct evidence_record *x)
{
	json_put_str(w, "id", x->id);
	json_put_str(w, "subject", x->subject);
	json_put_str(w, "purpose", x->purpose);
	json_put_str(w, "evidence_kind", x->kind);
	json_put_str(w, "state", x->state);
	json_put_str(w, "url", x->url);
	json_put_str(w, "file", x->file);
	json_put_str(w, "note", x->note);
	json_put_str(w, "channel", json_out_or_null(x->channel));
	json_put_str(w, "sha256", json_out_or_null(x->sha256));
	json_put_time(w, "added", x->added_at);
	json_put_str(w, "added_by", x->added_name);
	json_put_time(w, "captured", x->captured_at);
	json_put_str(w, "confirmed_by", json_out_or_null(x->confirmed_name));
	json_put_str(w, "warc", json_out_or_null(x->warc));
	json_put_str(w, "error", json_out_or_null(x->error));
	evidence_view_put(w, x);
}

void show_json_put_evidence(struct json_writer *w, const struct evidence_record *list, size_t n)
{
	begin_list(w, "evidence_list");
	for (size_t i = 0; i < n; i++) {
		json_begin_object(w);
		put_evidence_members(w, &list[i]);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_response_members(struct json_writer *w, const struct response_record *r)
{
	json_put_str(w, "id", r->id);
	json_put_str(w, "case", r->case_id);
	json_put_str(w, "unit", r->unit);
	json_put_str(w, "response_kind", r->kind);
	json_put_bool(w, "press", r->press);
	json_put_str(w, "state", r->state);
	json_put_str(w, "checks", r->checks);
	check_lines_put(w, r->checks, r->found);
	json_put_time(w, "published", r->published_at);
	json_put_time(w, "recorded", r->recorded_at);
	json_put_str(w, "recorded_by", r->recorded_name);
	json_put_time(w, "decided", r->decided_at);
	json_put_str(w, "decided_by", json_out_or_null(r->decided_name));
	json_put_str(w, "reason", r->reason);
	json_put_str(w, "text", r->body);
}

static void put_case_head(struct json_writer *w, const struct case_record *c)
{
	json_put_str(w, "kind", "case");
	json_put_str(w, "id", c->id);
	json_put_str(w, "title", c->title);
	json_put_str(w, "grade", c->grade);
	json_put_str(w, "suggested", c->suggested);
	json_put_str(w, "state", c->state);
	json_put_str(w, "topics", c->topics);
	json_put_str(w, "place", json_out_or_null(c->place));
	json_put_str(w, "category", json_out_or_null(c->category));
	json_put_str(w, "level", c->level);
	json_put_str(w, "lead", c->lead);
	json_put_time(w, "published", c->published_at);
	json_put_time(w, "raised", c->raised_at);
	json_put_time(w, "discovered", c->discovered_at);
	json_put_time(w, "clock_start", c->clock_start);
	json_put_time(w, "opened", c->opened_at);
	json_put_str(w, "opened_by", c->opened_name);
	json_put_time(w, "finished", c->finished_at);
	json_put_str(w, "finished_by", json_out_or_null(c->finished_name));
	json_put_time(w, "closed", c->closed_at);
	json_put_str(w, "closed_by", json_out_or_null(c->closed_name));
	json_put_int(w, "version", c->version);
}

static void put_holders(struct json_writer *w, const struct show_case_parts *p)
{
	begin_list(w, "units");
	for (size_t i = 0; i < p->unit_count; i++) {
		json_begin_object(w);
		json_put_str(w, "unit", p->units[i].unit);
		json_put_str(w, "role", p->units[i].lead ? "lead" : "co");
		json_put_time(w, "since", p->units[i].since);
		json_put_time(w, "until", p->units[i].until);
		json_end_object(w);
	}
	json_end_array(w);
	begin_list(w, "grades");
	for (size_t i = 0; i < p->grade_count; i++) {
		json_begin_object(w);
		json_put_str(w, "grade", p->grades[i].grade);
		json_put_time(w, "at", p->grades[i].at);
		json_put_str(w, "by", p->grades[i].by_name);
		json_put_str(w, "reason", p->grades[i].reason);
		json_end_object(w);
	}
	json_end_array(w);
	begin_list(w, "stories");
	for (size_t i = 0; i < p->story_count; i++)
		json_add_int(w, p->stories[i]);
	json_end_array(w);
}

enum err_code show_parts(
	const struct show *s, const struct case_record *c, struct json_writer *w, struct err *e)
{
	static enum err_code (*const parts[])(const struct show *, const struct case_record *,
		struct json_writer *, struct err *) = {
#define SHOW_PART(name) show_##name,
#include "cli/show_parts.def"
#undef SHOW_PART
		NULL,
	};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && parts[i]; i++)
		rc = parts[i](s, c, w, e);
	return rc;
}

enum err_code show_json_case(const struct show *s, const struct show_case_parts *p, struct err *e)
{
	int64_t now = office_now(s->office);
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	enum err_code rc;

	put_case_head(w, &p->c);
	put_holders(w, p);
	rc = show_clock_put_list(s, w, p->clocks, p->clock_count, e);
	begin_list(w, "responses");
	for (size_t i = 0; i < p->response_count; i++) {
		json_begin_object(w);
		put_response_members(w, &p->responses[i]);
		json_end_object(w);
	}
	json_end_array(w);
	begin_list(w, "commitments");
	for (size_t i = 0; i < p->commitment_count; i++) {
		json_begin_object(w);
		promise_put(w, &p->commitments[i], now);
		json_end_object(w);
	}
	json_end_array(w);
	found_put(w, s->office, p->promises, p->promise_count);
	show_json_put_evidence(w, p->evidence, p->evidence_count);
	if (!rc)
		rc = show_parts(s, &p->c, w, e);
	return json_out_end(&out, rc, e);
}

enum err_code show_json_response(
	const struct show *s, const struct show_response_parts *p, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	(void)s;
	json_put_str(w, "kind", "response");
	put_response_members(w, &p->r);
	begin_list(w, "links");
	for (size_t i = 0; i < p->link_count; i++) {
		json_begin_object(w);
		json_put_str(w, "url", p->links[i].url);
		json_put_str(w, "channel", json_out_or_null(p->links[i].channel));
		json_put_str(w, "class", json_out_or_null(p->links[i].class));
		json_end_object(w);
	}
	json_end_array(w);
	show_withdrawals_put(w, p->withdrawals, p->withdrawal_count);
	found_put(w, s->office, p->promises, p->promise_count);
	show_json_put_evidence(w, p->evidence, p->evidence_count);
	return json_out_end(&out, ERR_OK, e);
}

static void put_progress_list(
	struct json_writer *w, const struct commitment_progress *list, size_t n)
{
	begin_list(w, "progress_list");
	for (size_t i = 0; i < n; i++) {
		json_begin_object(w);
		json_put_time(w, "at", list[i].at);
		json_put_str(w, "on", list[i].on_date);
		json_put_str(w, "unit", list[i].unit);
		if (list[i].share_of > 0) {
			json_put_int(w, "share_done", list[i].share_done);
			json_put_int(w, "share_of", list[i].share_of);
		}
		json_put_str(w, "note", list[i].note);
		json_put_str(w, "evidence", json_out_or_null(list[i].evidence));
		json_put_str(w, "by", list[i].by_name);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_proposal(struct json_writer *w, const struct commitment_proposal *x)
{
	if (!*x->what)
		return;
	json_key(w, "proposal");
	json_begin_object(w);
	json_put_str(w, "what", x->what);
	json_put_time(w, "at", x->at);
	json_put_str(w, "by", x->by_name);
	json_put_str(w, "to", json_out_or_null(x->new_date));
	json_put_str(w, "reason", x->reason);
	json_put_str(w, "url", x->url);
	json_put_str(w, "evidence", json_out_or_null(x->evidence));
	json_end_object(w);
}

enum err_code show_json_commitment(
	const struct show *s, const struct show_commitment_parts *p, struct err *e)
{
	int64_t now = office_now(s->office);
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	enum err_code rc;

	json_put_str(w, "kind", "commitment");
	promise_put(w, &p->c, now);
	rc = show_clock_put_list(s, w, p->clocks, p->clock_count, e);
	put_progress_list(w, p->progress, p->progress_count);
	begin_list(w, "extensions");
	for (size_t i = 0; i < p->extension_count; i++) {
		json_begin_object(w);
		json_put_time(w, "at", p->extensions[i].at);
		json_put_str(w, "from", p->extensions[i].old_date);
		json_put_str(w, "to", p->extensions[i].new_date);
		json_put_str(w, "reason", p->extensions[i].reason);
		json_put_str(w, "approved_by", p->extensions[i].approved_name);
		json_put_str(w, "url", p->extensions[i].url);
		json_put_bool(w, "counts", p->extensions[i].counts);
		json_put_str(w, "evidence", json_out_or_null(p->extensions[i].evidence));
		json_put_str(w, "state", json_out_or_null(p->extensions[i].evidence_state));
		json_end_object(w);
	}
	json_end_array(w);
	put_proposal(w, &p->proposal);
	show_json_put_evidence(w, p->evidence, p->evidence_count);
	return json_out_end(&out, rc, e);
}

enum err_code show_json_evidence(
	const struct show *s, const struct evidence_record *x, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "kind", "evidence");
	put_evidence_members(w, x);
	return json_out_end(&out, evidence_view_put_checks(w, s->office, x->id, s->arena, e), e);
}
