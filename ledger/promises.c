/*
 * promises.c - applies and reads what was found to be promised.
 */
#include "ledger/promises.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/cases.h"
#include "ledger/list.h"
#include "ledger/projection.h"
#include "ledger/texts.h"

/* --- applying --- */

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static enum err_code add_phrase(
	struct db *db, const struct event *ev, int64_t sentence, struct err *e)
{
	const char *phrase = events_str(ev, "phrase_text"), *kind;
	enum err_code rc;

	if (!phrase)
		return ERR_OK;
	rc = events_need_str(ev, "due_kind", &kind, e);
	return rc ? rc
		  : db_run(db, ST_PROMISE_PHRASE,
			    DB_ARGS(DB_TEXT(ev->subject), DB_INT(sentence), DB_TEXT(phrase),
				    DB_TEXT(or_empty(events_str(ev, "due_date"))), DB_TEXT(kind)),
			    e);
}

static enum err_code apply_found(struct db *db, const struct event *ev, struct err *e)
{
	const char *quote;
	int64_t sentence;
	enum err_code rc = events_need_int(ev, "sentence", &sentence, e);

	if (!rc)
		rc = events_need_str(ev, "quote_text", &quote, e);
	if (!rc)
		rc = db_run(db, ST_PROMISE_FOUND,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(sentence), DB_TEXT(quote)), e);
	return rc ? rc : add_phrase(db, ev, sentence, e);
}

/* The case that an answer belongs to has changed too. */
static enum err_code touch_case(struct db *db, const struct event *ev, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	char id[64] = "";
	enum err_code rc = db_query(db, ST_RESPONSE_GET, DB_ARGS(DB_TEXT(ev->subject)), &q, e);

	if (!rc && db_next(&q) && db_size(&q, 1) < sizeof id)
		memcpy(id, db_text(&q, 1), db_size(&q, 1) + 1);
	rc = db_end(&q, rc, e);
	if (!rc && !*id)
		return err_set(e, ERR_INTEGRITY, _("event %lld: there is no response %s"),
			(long long)ev->seq, ev->subject);
	return rc ? rc : cases_touch(db, id, ev, e);
}

static enum err_code apply_refused(struct db *db, const struct event *ev, struct err *e)
{
	const char *reason;
	int64_t sentence;
	enum err_code rc = events_need_int(ev, "sentence", &sentence, e);

	if (!rc)
		rc = events_need_str(ev, "reason_text", &reason, e);
	if (!rc)
		rc = db_run(db, ST_PROMISE_REFUSE,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(sentence), DB_INT(ev->at),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name), DB_TEXT(reason)),
			e);
	return rc ? rc : touch_case(db, ev, e);
}

enum err_code promises_take(struct db *db, const char *response, int64_t sentence,
	const char *phrases, const char *commitment, struct err *e)
{
	struct str rest = str_of(phrases);
	enum err_code rc = ERR_OK;
	int64_t n;

	while (!rc && rest.n) {
		if (!str_to_int(str_split(&rest, ','), 1, INT32_MAX, &n))
			return err_set(e, ERR_INTEGRITY, _("“%s” names no phrases of %s"), phrases,
				response);
		rc = db_run(db, ST_PROMISE_COVER,
			DB_ARGS(DB_TEXT(response), DB_INT(sentence), DB_INT(n),
				DB_TEXT(commitment)),
			e);
	}
	if (rc)
		return rc;
	return db_run(db, ST_PROMISE_TAKE,
		DB_ARGS(DB_TEXT(response), DB_INT(sentence), DB_TEXT(commitment)), e);
}

static const struct projection_kind kinds[] = {
	{"promise.found/1", apply_found},
	{"promise.refused/1", apply_refused},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"promises", "response, sentence"},
	{"promise_phrases", "response, sentence, n"},
	{NULL, NULL},
};

const struct projection_module promises_projection = {kinds, tables};

/* --- reading --- */

/* A row is a phrase; the columns of its promise stand in each. */
static void read_phrase(struct db_rows *q, struct arena *a, struct promise_phrase_record *p)
{
	p->phrase = arena_strdup(a, db_text(q, 9));
	p->due_date = arena_strdup(a, db_text(q, 10));
	p->due_kind = arena_strdup(a, db_text(q, 11));
	p->commitment = arena_strdup(a, db_text(q, 12));
}

static void read_promise(struct db_rows *q, struct arena *a, struct promise_record *p)
{
	p->response = arena_strdup(a, db_text(q, 0));
	p->sentence = db_int(q, 1);
	p->quote = arena_strdup(a, db_text(q, 2));
	p->state = arena_strdup(a, db_text(q, 3));
	p->commitment = arena_strdup(a, db_text(q, 4));
	p->refused_at = db_int(q, 5);
	p->refused_name = arena_strdup(a, db_text(q, 6));
	p->reason = arena_strdup(a, db_text(q, 7));
}

struct reading {
	struct list promises, phrases;
};

static bool same_promise(struct db_rows *q, const struct promise_record *p)
{
	return p->sentence == db_int(q, 1) && strcmp(p->response, db_text(q, 0)) == 0;
}

static enum err_code read_row(struct reading *r, struct db_rows *q, struct arena *a, struct err *e)
{
	struct promise_record *p = r->promises.items;
	struct promise_phrase_record *phrase;

	if (r->promises.count && same_promise(q, &p[r->promises.count - 1])) {
		p += r->promises.count - 1;
	} else {
		p = list_add(&r->promises);
		if (!p)
			return err_nomem(e);
		read_promise(q, a, p);
	}
	if (arena_failed(a))
		return err_nomem(e);
	if (!db_int(q, 8))
		return ERR_OK;
	phrase = list_add(&r->phrases);
	if (!phrase)
		return err_nomem(e);
	read_phrase(q, a, phrase);
	p->phrase_count++;
	return ERR_OK;
}

/* Phrases lie one behind the other, in the order of their promises. */
static enum err_code read_texts(struct db *db, struct reading *r, struct arena *a, struct err *e)
{
	struct promise_record *p = r->promises.items;
	struct promise_phrase_record *phrases = r->phrases.items;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < r->phrases.count; i++)
		rc = texts_get(db, phrases[i].phrase, a, &phrases[i].phrase, e);
	for (size_t i = 0; !rc && i < r->promises.count; i++) {
		p[i].phrases = phrases;
		phrases += p[i].phrase_count;
		rc = texts_get(db, p[i].quote, a, &p[i].quote, e);
		if (!rc)
			rc = texts_get(db, p[i].reason, a, &p[i].reason, e);
	}
	return rc;
}

static enum err_code read_all(struct db *db, enum statement st, const char *id, struct arena *a,
	struct promise_record **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct reading r;
	enum err_code rc = db_query(db, st, DB_ARGS(DB_TEXT(id)), &q, e);

	list_init(&r.promises, a, sizeof **out);
	list_init(&r.phrases, a, sizeof *(*out)->phrases);
	while (!rc && db_next(&q))
		rc = read_row(&r, &q, a, e);
	rc = db_end(&q, rc, e);
	if (!rc)
		rc = read_texts(db, &r, a, e);
	*out = r.promises.items;
	*count = r.promises.count;
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

enum err_code promises_of(struct db *db, const char *response, struct arena *a,
	struct promise_record **out, size_t *count, struct err *e)
{
	return read_all(db, ST_PROMISES_OF, response, a, out, count, e);
}

enum err_code promises_open(struct db *db, const char *case_id, struct arena *a,
	struct promise_record **out, size_t *count, struct err *e)
{
	return read_all(db, ST_PROMISES_OPEN, case_id, a, out, count, e);
}
