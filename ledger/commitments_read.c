/*
 * commitments_read.c - reading promises and computing what became of them.
 */
#include "ledger/commitments.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/list.h"
#include "ledger/rows.h"

bool commitments_is_done(const struct commitment_record *c)
{
	return c->verified_at != TIME_NONE && c->evidence > 0;
}

bool commitments_is_settled(const struct commitment_record *c)
{
	if (c->cannot_published_at != TIME_NONE)
		return true;
	return commitments_is_done(c) && c->published_at != TIME_NONE;
}

/* date "": it has none. */
static enum commitment_outcome outcome_by(
	const struct commitment_record *c, const char *date, int64_t due_at, int64_t now)
{
	if (c->cannot_published_at != TIME_NONE && !commitments_is_done(c))
		return OUTCOME_CANNOT;
	if (!*date)
		return OUTCOME_UNDATED;
	if (commitments_is_done(c))
		return strcmp(c->verified_done_on, date) <= 0 ? OUTCOME_KEPT : OUTCOME_KEPT_LATE;
	return now > due_at ? OUTCOME_BROKEN : OUTCOME_OPEN;
}

enum commitment_outcome commitments_outcome(const struct commitment_record *c, int64_t now)
{
	return outcome_by(c, c->due_date, c->due_at, now);
}

bool commitments_outcome_extended(
	const struct commitment_record *c, int64_t now, enum commitment_outcome *out)
{
	if (!*c->extended_date)
		return false;
	*out = outcome_by(c, c->extended_date, c->extended_at, now);
	return true;
}

const char *commitments_progress_name(const struct commitment_record *c)
{
	if (c->cannot_published_at != TIME_NONE && !commitments_is_done(c))
		return "无法完成";
	if (commitments_is_done(c))
		return "已核查";
	if (c->claimed_at != TIME_NONE)
		return "已完成";
	if (c->share_of > 0 && c->share_done > 0)
		return "部分完成";
	return c->progress > 0 ? "进行中" : "未启动";
}

const char *commitments_outcome_name(enum commitment_outcome o)
{
	static const char *const names[] = {
		[OUTCOME_OPEN] = "未到期",
		[OUTCOME_KEPT] = "按期兑现",
		[OUTCOME_KEPT_LATE] = "逾期兑现",
		[OUTCOME_BROKEN] = "逾期未兑现",
		[OUTCOME_CANNOT] = "无法兑现（已公开说明）",
		[OUTCOME_UNDATED] = "未明确时限",
	};

	return names[o];
}

static void read_promise(struct db_rows *q, struct arena *a, struct commitment_record *c)
{
	c->id = arena_strdup(a, db_text(q, 0));
	c->case_id = arena_strdup(a, db_text(q, 1));
	c->response = arena_strdup(a, db_text(q, 2));
	c->unit = arena_strdup(a, db_text(q, 3));
	c->quote = arena_strdup(a, db_text(q, 4));
	c->criterion = arena_strdup(a, db_text(q, 5));
	c->made_at = db_int(q, 6);
	c->due_date = arena_strdup(a, db_text(q, 7));
	c->due_at = db_int(q, 8);
	c->review_date = arena_strdup(a, db_text(q, 9));
	c->review_at = db_int(q, 10);
	c->review_rule = arena_strdup(a, db_text(q, 11));
	c->added_at = db_int(q, 12);
	c->added_by = arena_strdup(a, db_text(q, 13));
	c->added_name = arena_strdup(a, db_text(q, 14));
}

static void read_fate(struct db_rows *q, struct arena *a, struct commitment_record *c)
{
	c->claimed_at = db_int(q, 15);
	c->claimed_done_on = arena_strdup(a, db_text(q, 16));
	c->claimed_by = arena_strdup(a, db_text(q, 17));
	c->claimed_name = arena_strdup(a, db_text(q, 18));
	c->claimed_unit = arena_strdup(a, db_text(q, 19));
	c->verified_at = db_int(q, 20);
	c->verified_done_on = arena_strdup(a, db_text(q, 21));
	c->verified_by = arena_strdup(a, db_text(q, 22));
	c->verified_name = arena_strdup(a, db_text(q, 23));
	c->publish_evidence = arena_strdup(a, db_text(q, 24));
	c->published_at = db_int(q, 25);
	c->cannot_at = db_int(q, 26);
	c->cannot = arena_strdup(a, db_text(q, 27));
	c->cannot_by = arena_strdup(a, db_text(q, 28));
	c->cannot_name = arena_strdup(a, db_text(q, 29));
	c->cannot_evidence = arena_strdup(a, db_text(q, 30));
	c->cannot_published_at = db_int(q, 31);
	c->version = db_int(q, 32);
	c->evidence = db_int(q, 33);
	c->told = arena_strdup(a, db_text(q, 34));
	c->extended_date = arena_strdup(a, db_text(q, 35));
	c->extended_at = db_int(q, 36);
	c->progress = db_int(q, 37);
	c->share_done = db_int(q, 38);
	c->share_of = db_int(q, 39);
	c->workdays = db_int(q, 40);
	c->calendar = arena_strdup(a, db_text(q, 41));
	c->tentative = db_int(q, 42);
	c->proposed = arena_strdup(a, db_text(q, 43));
}

static const size_t texts[] = {offsetof(struct commitment_record, quote),
	offsetof(struct commitment_record, criterion), offsetof(struct commitment_record, cannot)};

static void read_record(struct db_rows *q, struct arena *a, void *record)
{
	struct commitment_record *c = record;

	read_promise(q, a, c);
	read_fate(q, a, c);
}

static enum err_code read_all(struct db *db, enum statement id, const struct db_value *args,
	size_t n, struct arena *a, struct commitment_record **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, id, args, n, sizeof **out, read_record, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts), e);
}

enum err_code commitments_get(struct db *db, const char *id, struct arena *a,
	struct commitment_record *out, struct err *e)
{
	struct commitment_record *list = NULL;
	size_t count = 0;
	enum err_code rc =
		read_all(db, ST_COMMITMENT_GET, DB_ARGS(DB_TEXT(id)), a, &list, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no commitment %s"), id);
	if (!rc)
		*out = list[0];
	return rc;
}

enum err_code commitments_of(struct db *db, const char *case_id, struct arena *a,
	struct commitment_record **out, size_t *count, struct err *e)
{
	if (!case_id)
		return read_all(db, ST_COMMITMENTS_ALL, DB_NO_ARGS, a, out, count, e);
	return read_all(db, ST_COMMITMENTS_OF, DB_ARGS(DB_TEXT(case_id)), a, out, count, e);
}

static void read_extension(struct db_rows *q, struct arena *a, void *record)
{
	struct commitment_extension *x = record;

	x->at = db_int(q, 0);
	x->old_date = arena_strdup(a, db_text(q, 1));
	x->new_date = arena_strdup(a, db_text(q, 2));
	x->reason = arena_strdup(a, db_text(q, 3));
	x->new_at = db_int(q, 4);
	x->approved_name = arena_strdup(a, db_text(q, 5));
	x->url = arena_strdup(a, db_text(q, 6));
	x->counts = db_int(q, 7) != 0;
	x->evidence = arena_strdup(a, db_text(q, 8));
	x->evidence_state = arena_strdup(a, db_text(q, 9));
}

static const size_t texts_of_extension[] = {
	offsetof(struct commitment_extension, reason), offsetof(struct commitment_extension, url)};

enum err_code commitments_extensions(struct db *db, const char *id, struct arena *a,
	struct commitment_extension **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_COMMITMENT_EXTENSIONS, DB_ARGS(DB_TEXT(id)),
		sizeof **out, read_extension, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_extension), e);
}

static void read_progress(struct db_rows *q, struct arena *a, void *record)
{
	struct commitment_progress *g = record;

	g->at = db_int(q, 0);
	g->on_date = arena_strdup(a, db_text(q, 1));
	g->unit = arena_strdup(a, db_text(q, 2));
	g->share_done = db_int(q, 3);
	g->share_of = db_int(q, 4);
	g->note = arena_strdup(a, db_text(q, 5));
	g->evidence = arena_strdup(a, db_text(q, 6));
	g->by_name = arena_strdup(a, db_text(q, 7));
}

static const size_t texts_of_progress[] = {offsetof(struct commitment_progress, note)};

enum err_code commitments_progress(struct db *db, const char *id, struct arena *a,
	struct commitment_progress **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_COMMITMENT_PROGRESS_OF, DB_ARGS(DB_TEXT(id)),
		sizeof **out, read_progress, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(texts_of_progress), e);
}

static void read_date(struct db_rows *q, struct arena *a, void *record)
{
	struct commitment_date *d = record;

	d->seq = db_int(q, 0);
	d->at = db_int(q, 1);
	d->old_date = arena_strdup(a, db_text(q, 2));
	d->new_date = arena_strdup(a, db_text(q, 3));
}

enum err_code commitments_dates(struct db *db, const char *id, struct arena *a,
	struct commitment_date **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_COMMITMENT_DATES, DB_ARGS(DB_TEXT(id)), sizeof **out, read_date, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc;
}

enum err_code commitments_of_other_calendar(struct db *db, const char *calendar, struct arena *a,
	const char ***out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_COMMITMENTS_OTHER_CALENDAR, DB_ARGS(DB_TEXT(calendar)), &q, e);

	return list_strings(&q, rc, a, out, count, e);
}

enum err_code commitments_count_tentative(struct db *db, int64_t *count, struct err *e)
{
	return db_get_int(db, ST_COMMITMENTS_TENTATIVE, DB_NO_ARGS, count, e);
}
