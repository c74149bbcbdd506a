/*
 * balance.c - listens to what moves rows of the queue, and adds it up.
 */
#include "ledger/balance.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/decisions.h"
#include "ledger/events.h"
#include "ledger/ids.h"
#include "ledger/projection.h"

static const char *const ins[BALANCE_INS] = {"raised", "returned", "reopened", "undone", "split"};
static const char *const outcomes[BALANCE_OUTCOMES] = {
	DECISIONS_CASE, DECISIONS_MERGED, "转报", "线索移交", "知悉", "误报"};

const char *balance_in_name(int i)
{
	return i >= 0 && i < BALANCE_INS ? ins[i] : NULL;
}

const char *balance_outcome(int i)
{
	return i >= 0 && i < BALANCE_OUTCOMES ? outcomes[i] : NULL;
}

int64_t balance_new(const struct balance *b)
{
	int64_t sum = 0;

	for (int i = 0; i < BALANCE_INS; i++)
		sum += b->in[i];
	return sum;
}

/* --- the projection --- */

/* first: how it came in when it was never in before. */
static enum err_code come_in(struct db *db, const struct event *ev, int64_t story,
	const char *first, const char *again, struct err *e)
{
	return db_run(db, ST_QUEUE_IN,
		DB_ARGS(DB_INT(story), DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(first),
			DB_TEXT(again)),
		e);
}

static enum err_code apply_raised(struct db *db, const struct event *ev, struct err *e)
{
	int64_t story = 0;
	enum err_code rc = events_need_int(ev, "story", &story, e);

	return rc ? rc : come_in(db, ev, story, ins[BALANCE_RAISED], ins[BALANCE_RETURNED], e);
}

static enum err_code subject_comes_in(
	struct db *db, const struct event *ev, enum balance_in how, struct err *e)
{
	struct ids id;

	if (!ids_parse(ev->subject, &id) || id.type != IDS_STORY)
		return err_set(e, ERR_INTEGRITY, _("event %lld: subject “%s” is no story"),
			(long long)ev->seq, ev->subject);
	return come_in(db, ev, id.number, ins[how], ins[how], e);
}

static enum err_code apply_returned(struct db *db, const struct event *ev, struct err *e)
{
	return subject_comes_in(db, ev, BALANCE_RETURNED, e);
}

static enum err_code apply_reopened(struct db *db, const struct event *ev, struct err *e)
{
	return subject_comes_in(db, ev, BALANCE_REOPENED, e);
}

/* An item without an alert of its own makes no row. */
static enum err_code apply_split(struct db *db, const struct event *ev, struct err *e)
{
	const char *moved = NULL;
	int64_t to = 0;
	enum err_code rc = events_need_int(ev, "to_story", &to, e);

	if (!rc)
		rc = events_need_str(ev, "moved", &moved, e);
	if (rc || !to || strcmp(moved, "[]") == 0)
		return rc;
	return come_in(db, ev, to, ins[BALANCE_SPLIT], ins[BALANCE_SPLIT], e);
}

/* The decisions stand already: their module comes first. */
static enum err_code apply_decided(struct db *db, const struct event *ev, struct err *e)
{
	return db_run(db, ST_QUEUE_OUT, DB_ARGS(DB_INT(ev->seq)), e);
}

static enum err_code apply_undone(struct db *db, const struct event *ev, struct err *e)
{
	int64_t dismissal = 0;
	enum err_code rc = events_need_int(ev, "dismissal", &dismissal, e);

	if (rc)
		return rc;
	return db_run(db, ST_QUEUE_UNDONE,
		DB_ARGS(DB_INT(dismissal), DB_INT(ev->seq), DB_INT(ev->at)), e);
}

static const struct projection_kind kinds[] = {
	{"alert.raised/1", apply_raised},
	{"alert.regraded/1", apply_raised},
	{"story.returned/1", apply_returned},
	{"story.split/1", apply_split},
	{"story.reopened/1", apply_reopened},
	{"story.dismissed/1", apply_decided},
	{"story.merged/1", apply_decided},
	{"case.opened/1", apply_decided},
	{"case.opened/2", apply_decided},
	{"line.dismissed/1", apply_decided},
	{"line.restored/1", apply_undone},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"queue_moves", "story, seq"},
	{NULL, NULL},
};

const struct projection_module balance_projection = {kinds, tables};

/* --- adding up --- */

static int64_t *find(int64_t *in, int64_t *out, int64_t move, const char *what)
{
	for (int i = 0; move > 0 && i < BALANCE_INS; i++)
		if (strcmp(ins[i], what) == 0)
			return &in[i];
	for (int i = 0; move < 0 && i < BALANCE_OUTCOMES; i++)
		if (strcmp(outcomes[i], what) == 0)
			return &out[i];
	return NULL;
}

enum err_code balance_between(
	struct db *db, int64_t from, int64_t to, struct balance *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_QUEUE_BALANCE, DB_ARGS(DB_INT(from), DB_INT(to)), &q, e);

	memset(out, 0, sizeof *out);
	while (!rc && db_next(&q)) {
		int64_t move = db_int(&q, 0), before = db_int(&q, 2), within = db_int(&q, 3);
		int64_t *sum = find(out->in, out->out, move, db_text(&q, 1));
		if (!sum)
			rc = err_set(e, ERR_INTEGRITY, _("the queue has a move of kind “%s”"),
				db_text(&q, 1));
		else
			*sum += within;
		out->carried += move * before;
		out->open += move * (before + within);
	}
	return db_end(&q, rc, e);
}
