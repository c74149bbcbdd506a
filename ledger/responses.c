/*
 * responses.c - applies and reads what units answered.
 */
#include "ledger/responses.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/cases.h"
#include "ledger/clocks.h"
#include "ledger/list.h"
#include "ledger/projection.h"
#include "ledger/rows.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

struct recorded {
	int64_t year, number, press, published_at;
	const char *case_id, *unit, *kind, *body, *checks;
	const char *found; /* "" when there is none */
};

static enum err_code read_recorded(const struct event *ev, struct recorded *r, struct err *e)
{
	enum err_code rc = events_need_int(ev, "year", &r->year, e);

	if (!rc)
		rc = events_need_int(ev, "number", &r->number, e);
	if (!rc)
		rc = events_need_int(ev, "press", &r->press, e);
	if (!rc)
		rc = events_need_int(ev, "published_at", &r->published_at, e);
	if (!rc)
		rc = events_need_str(ev, "case_id", &r->case_id, e);
	if (!rc)
		rc = events_need_str(ev, "unit", &r->unit, e);
	if (!rc)
		rc = events_need_str(ev, "kind", &r->kind, e);
	if (!rc)
		rc = events_need_str(ev, "body_text", &r->body, e);
	r->found = or_empty(events_str(ev, "found_text"));
	return rc ? rc : events_need_str(ev, "checks", &r->checks, e);
}

static enum err_code apply_recorded(struct db *db, const struct event *ev, struct err *e)
{
	struct recorded r;
	enum err_code rc = read_recorded(ev, &r, e);

	if (!rc)
		rc = projection_id_used(db, "HY", (int)r.year, r.number, e);
	if (!rc)
		rc = db_run(db, ST_RESPONSE_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(r.year), DB_INT(r.number),
				DB_TEXT(r.case_id), DB_TEXT(r.unit), DB_TEXT(r.kind),
				DB_INT(r.press), DB_TEXT(r.body), DB_INT(r.published_at),
				DB_INT(ev->at), DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name),
				DB_TEXT(r.checks), DB_TEXT(r.found)),
			e);
	return rc ? rc : cases_touch(db, r.case_id, ev, e);
}

static enum err_code apply_noticed(struct db *db, const struct event *ev, struct err *e)
{
	const char *checks, *found;
	enum err_code rc = events_need_str(ev, "checks", &checks, e);

	if (!rc)
		rc = events_need_str(ev, "found_text", &found, e);
	return rc ? rc
		  : db_run(db, ST_RESPONSE_NOTICED,
			    DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(checks), DB_TEXT(found)), e);
}

static enum err_code apply_linked(struct db *db, const struct event *ev, struct err *e)
{
	const char *url;
	int64_t n;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = events_need_str(ev, "url_text", &url, e);
	if (rc)
		return rc;
	return db_run(db, ST_RESPONSE_LINK_ADD,
		DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_TEXT(url),
			DB_TEXT(or_empty(events_str(ev, "channel"))),
			DB_TEXT(or_empty(events_str(ev, "class")))),
		e);
}

/* The answer that an event is about; its texts stay digests. */
static enum err_code read_subject(struct db *db, const struct event *ev, struct response_record *r,
	struct arena *a, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_RESPONSE_GET, DB_ARGS(DB_TEXT(ev->subject)), &q, e);
	bool found = false;

	if (!rc && db_next(&q)) {
		found = true;
		r->case_id = arena_strdup(a, db_text(&q, 1));
		r->press = db_int(&q, 4) != 0;
		r->published_at = db_int(&q, 6);
		r->state = arena_strdup(a, db_text(&q, 11));
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld: there is no response %s"),
			(long long)ev->seq, ev->subject);
	return !rc && arena_failed(a) ? err_nomem(e) : rc;
}

static enum err_code decide(struct db *db, const struct event *ev, const char *state,
	const char *reason, struct response_record *r, struct arena *a, struct err *e)
{
	enum err_code rc = read_subject(db, ev, r, a, e);

	if (!rc)
		rc = db_run(db, ST_RESPONSE_DECIDE,
			DB_ARGS(DB_TEXT(ev->subject), DB_TEXT(state), DB_INT(ev->at),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_TEXT(reason)),
			e);
	return rc ? rc : cases_touch(db, r->case_id, ev, e);
}

#define DECIDE_MEMORY ((size_t)64 << 10)

static enum err_code apply_accepted(struct db *db, const struct event *ev, struct err *e)
{
	struct arena *a = arena_new(DECIDE_MEMORY);
	struct response_record r = {0};
	enum err_code rc;

	if (!a)
		return err_nomem(e);
	rc = decide(db, ev, "accepted", or_empty(events_str(ev, "note_text")), &r, a, e);
	if (!rc)
		rc = clocks_meet(db, r.case_id, "response", r.published_at, ev->subject, e);
	if (!rc && r.press)
		rc = clocks_meet(db, r.case_id, "press", r.published_at, ev->subject, e);
	arena_free(a);
	return rc;
}

static enum err_code apply_rejected(struct db *db, const struct event *ev, struct err *e)
{
	struct arena *a = arena_new(DECIDE_MEMORY);
	struct response_record r = {0};
	const char *reason;
	enum err_code rc;

	if (!a)
		return err_nomem(e);
	rc = events_need_str(ev, "reason_text", &reason, e);
	if (!rc)
		rc = decide(db, ev, "rejected", reason, &r, a, e);
	arena_free(a);
	return rc;
}

static enum err_code take_back(struct db *db, const struct event *ev, const char *decision,
	const char *reason, struct response_record *r, struct arena *a, struct err *e)
{
	enum err_code rc = read_subject(db, ev, r, a, e);

	if (!rc && strcmp(r->state, decision) != 0)
		rc = err_set(e, ERR_INTEGRITY, _("event %lld: %s is not %s"), (long long)ev->seq,
			ev->subject, decision);
	if (!rc)
		rc = db_run(db, ST_RESPONSE_WITHDRAWAL_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_TEXT(ev->actor_key),
				DB_INT(ev->at), DB_TEXT(ev->actor_name), DB_TEXT(reason)),
			e);
	if (!rc)
		rc = db_run(db, ST_RESPONSE_UNDECIDE, DB_ARGS(DB_TEXT(ev->subject)), e);
	return rc ? rc : cases_touch(db, r->case_id, ev, e);
}

static enum err_code apply_decision_withdrawn(struct db *db, const struct event *ev, struct err *e)
{
	struct arena *a = arena_new(DECIDE_MEMORY);
	struct response_record r = {0};
	const char *decision, *reason;
	enum err_code rc;

	if (!a)
		return err_nomem(e);
	rc = events_need_str(ev, "decision", &decision, e);
	if (!rc)
		rc = events_need_str(ev, "reason_text", &reason, e);
	if (!rc)
		rc = take_back(db, ev, decision, reason, &r, a, e);
	if (!rc && strcmp(decision, "accepted") == 0)
		rc = clocks_unmeet(db, r.case_id, ev, reason, e);
	arena_free(a);
	return rc;
}

static const struct projection_kind kinds[] = {
	{"response.recorded/1", apply_recorded},
	{"response.noticed/1", apply_noticed},
	{"response.linked/1", apply_linked},
	{"response.accepted/1", apply_accepted},
	{"response.rejected/1", apply_rejected},
	{"response.decision_withdrawn/1", apply_decision_withdrawn},
	{"responses.imported/1", projection_nothing},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"responses", "id"},
	{"response_links", "response, n"},
	{"response_withdrawals", "response, seq"},
	{NULL, NULL},
};

const struct projection_module responses_projection = {kinds, tables};

static void read_row(struct db_rows *q, struct arena *a, void *record)
{
	struct response_record *r = record;

	r->id = arena_strdup(a, db_text(q, 0));
	r->case_id = arena_strdup(a, db_text(q, 1));
	r->unit = arena_strdup(a, db_text(q, 2));
	r->kind = arena_strdup(a, db_text(q, 3));
	r->press = db_int(q, 4) != 0;
	r->body = arena_strdup(a, db_text(q, 5));
	r->published_at = db_int(q, 6);
	r->recorded_at = db_int(q, 7);
	r->recorded_by = arena_strdup(a, db_text(q, 8));
	r->recorded_name = arena_strdup(a, db_text(q, 9));
	r->checks = arena_strdup(a, db_text(q, 10));
	r->state = arena_strdup(a, db_text(q, 11));
	r->decided_at = db_int(q, 12);
	r->decided_by = arena_strdup(a, db_text(q, 13));
	r->decided_name = arena_strdup(a, db_text(q, 14));
	r->reason = arena_strdup(a, db_text(q, 15));
	r->found = arena_strdup(a, db_text(q, 16));
}

static const size_t texts_of_row[] = {offsetof(struct response_record, body),
	offsetof(struct response_record, reason), offsetof(struct response_record, found)};

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct response_record **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_row, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_row), e);
}

enum err_code responses_get(
	struct db *db, const char *id, struct arena *a, struct response_record *out, struct err *e)
{
	struct response_record *list = NULL;
	size_t count = 0;
	enum err_code rc = read_all(db, ST_RESPONSE_GET, DB_ARGS(DB_TEXT(id)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no response %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code responses_of(struct db *db, const char *case_id, struct arena *a,
	struct response_record **out, size_t *count, struct err *e)
{
	return read_all(db, ST_RESPONSES_OF, DB_ARGS(DB_TEXT(case_id)), a, out, count, e);
}

enum err_code responses_pending(
	struct db *db, struct arena *a, struct response_record **out, size_t *count, struct err *e)
{
	return read_all(db, ST_RESPONSES_PENDING, DB_NO_ARGS, a, out, count, e);
}

static void read_link(struct db_rows *q, struct arena *a, void *record)
{
	struct response_link *link = record;

	link->url = arena_strdup(a, db_text(q, 1));
	link->channel = arena_strdup(a, db_text(q, 2));
	link->class = arena_strdup(a, db_text(q, 3));
}

static const size_t texts_of_link[] = {offsetof(struct response_link, url)};

enum err_code responses_links(struct db *db, const char *id, struct arena *a,
	struct response_link **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_RESPONSE_LINKS, DB_ARGS(DB_TEXT(id)), sizeof **out, read_link, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_link), e);
}

static void read_withdrawal(struct db_rows *q, struct arena *a, void *record)
{
	struct response_withdrawal *x = record;

	x->response = arena_strdup(a, db_text(q, 0));
	x->decision = arena_strdup(a, db_text(q, 1));
	x->decided_at = db_int(q, 2);
	x->decided_name = arena_strdup(a, db_text(q, 3));
	x->note = arena_strdup(a, db_text(q, 4));
	x->at = db_int(q, 5);
	x->by_name = arena_strdup(a, db_text(q, 6));
	x->reason = arena_strdup(a, db_text(q, 7));
	x->seq = db_int(q, 8);
}

static const size_t texts_of_withdrawal[] = {
	offsetof(struct response_withdrawal, note), offsetof(struct response_withdrawal, reason)};

static enum err_code read_withdrawals(struct db *db, enum statement of, const char *id,
	struct arena *a, struct response_withdrawal **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc =
		rows_read(db, of, DB_ARGS(DB_TEXT(id)), sizeof **out, read_withdrawal, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_withdrawal), e);
}

enum err_code responses_withdrawals(struct db *db, const char *response, struct arena *a,
	struct response_withdrawal **out, size_t *count, struct err *e)
{
	return read_withdrawals(db, ST_WITHDRAWALS_OF_RESPONSE, response, a, out, count, e);
}

enum err_code responses_withdrawals_of_case(struct db *db, const char *case_id, struct arena *a,
	struct response_withdrawal **out, size_t *count, struct err *e)
{
	return read_withdrawals(db, ST_WITHDRAWALS_OF_CASE, case_id, a, out, count, e);
}

enum err_code responses_classes(struct db *db, const char *case_id, struct arena *a,
	const char ***out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	enum err_code rc = db_query(db, ST_RESPONSE_CLASSES, DB_ARGS(DB_TEXT(case_id)), &q, e);

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(&q)) {
		const char **class = list_add(&l);
		if (class)
			*class = arena_strdup(a, db_text(&q, 0));
		else
			rc = err_nomem(e);
	}
	*out = l.items;
	*count = l.count;
	rc = db_end(&q, rc, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}
