/*
 * reposts.c - an answer's text against items and earlier answers.
 */
#include "office/reposts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "base/url.h"
#include "base/url_article.h"
#include "ledger/items.h"
#include "ledger/texts.h"
#include "matcher/match.h"
#include "matcher/neardup.h"
#include "office/copies.h"
#include "office/draft.h"
#include "office/raise.h"

#define DAY INT64_C(86400)

struct look {
	struct office *office;
	const struct reposts_answer *in;
	const struct normalise_table *shadows;
	const struct neardup_text *answer;
	struct arena *arena; /* of the look: the answer */
	struct arena *each; /* emptied for each text that it is compared with */
	struct arena *kept; /* of the caller: what is found */
	int64_t at; /* of the item in *out */
	struct repost *out;
};

/* --- comparing --- */

/* The share of `text` that stands in `other`, 0..1. */
static enum err_code share_in(const struct neardup_text *text, const struct neardup_text *other,
	struct arena *a, double *out, struct err *e)
{
	struct neardup_measure m;
	double similarity;
	enum err_code rc = neardup_compare(text, other, a, &similarity, &m, e);

	if (!rc)
		*out = neardup_size(text) <= neardup_size(other) ? m.contained : m.covered;
	return rc;
}

static enum err_code prepare(const struct normalise_table *t, const char *text, struct arena *a,
	const struct neardup_text **out, struct err *e)
{
	return neardup_prepare(t, text, strlen(text), a, out, e);
}

/* --- items --- */

/* *ours: the link is on a channel. A link that is no address of ours is on none. */
static enum err_code is_on_channel(
	const struct look *l, const char *link, bool *ours, struct err *e)
{
	char *canonical = NULL;
	enum err_code rc = link ? url_canonical(link, NULL, &canonical, NULL) : ERR_INPUT;

	*ours = !rc && channels_of_url(l->in->channels, canonical);
	free(canonical);
	return rc == ERR_NOMEM ? err_nomem(e) : ERR_OK;
}

/* A source that is gone from sources.conf is known by its links alone, and so are all where
 * that file is at fault, which status tells: it keeps no answer from being entered. */
static enum err_code is_ours(
	const struct look *l, const struct item_record *r, bool *ours, struct err *e)
{
	const struct sources *sources;
	const struct source *s;
	struct err why = {ERR_OK, ""};
	enum err_code rc = is_on_channel(l, r->link, ours, e);

	if (rc || *ours)
		return rc;
	rc = office_sources(l->office, &sources, &why);
	if (rc)
		return rc == ERR_CONFIG ? ERR_OK : err_set(e, rc, "%s", why.text);
	s = sources_find(sources, r->source);
	*ours = s && s->channel && channels_find(l->in->channels, s->channel);
	return ERR_OK;
}

static enum err_code keep(struct look *l, const struct item_record *r, double share, struct err *e)
{
	if (l->out->item && l->at <= r->at)
		return ERR_OK;
	l->at = r->at;
	l->out->item = r->id;
	l->out->share = share;
	l->out->link = arena_strdup(l->kept, r->link ? r->link : "");
	return l->out->link ? ERR_OK : err_nomem(e);
}

/* An item that is gone, or our own, is passed over. */
static enum err_code get(
	const struct look *l, int64_t id, struct item_record *r, bool *found, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc = items_get(l->office->db, id, l->each, r, &why);
	bool ours = false;

	if (rc && rc != ERR_NOT_FOUND)
		return err_set(e, rc, "%s", why.text);
	*found = !rc;
	rc = *found ? is_ours(l, r, &ours, e) : ERR_OK;
	*found &= !ours;
	return rc;
}

static enum err_code compare(struct look *l, int64_t id, struct err *e)
{
	const struct neardup_text *other;
	struct item_record r;
	const char *text;
	double share = 0;
	bool found;
	enum err_code rc;

	arena_reset(l->each);
	rc = get(l, id, &r, &found, e);
	if (rc || !found)
		return rc;
	rc = raise_text(l->office->db, l->each, &r, &text, e);
	if (!rc)
		text = arena_printf(l->each, "%s\n%s", r.title ? r.title : "", text);
	if (!rc && !text)
		rc = err_nomem(e);
	if (!rc)
		rc = prepare(l->shadows, text, l->each, &other, e);
	if (!rc)
		rc = share_in(l->answer, other, l->each, &share, e);
	return rc || share < REPOSTS_SHARE ? rc : keep(l, &r, share, e);
}

static enum err_code find_by_text(struct look *l, struct err *e)
{
	struct neardup_sketch sketch;
	struct copies_search s = {.sketch = &sketch,
		.from = l->in->published_at - l->office->settings.text_window,
		.to = l->in->published_at - 1};
	struct copies_likely likely[COPIES_CANDIDATES];
	size_t n = 0;
	enum err_code rc = prepare(l->shadows, l->in->text, l->arena, &l->answer, e);

	if (rc || neardup_size(l->answer) < COPIES_TOKENS_MIN)
		return rc;
	neardup_sketch(l->answer, &sketch);
	if (sketch.count)
		rc = copies_likely(l->office, &s, likely, COPIES_CANDIDATES, &n, e);
	for (size_t i = 0; !rc && i < n; i++)
		rc = compare(l, likely[i].item, e);
	return rc;
}

static enum err_code look_at_page(struct look *l, int64_t id, struct err *e)
{
	struct item_record r;
	bool found;
	enum err_code rc = get(l, id, &r, &found, e);

	return rc || !found ? rc : keep(l, &r, 1, e);
}

/* The first item of the page at `url`, as it was before the answer. */
static enum err_code find_by_url(struct look *l, const char *url, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct buf key;
	int64_t id = 0;
	enum err_code rc;

	buf_init(&key, BUF_MAX_DEFAULT);
	rc = url_add_article_key(&key, url, e);
	if (!rc)
		rc = db_query(l->office->db, ST_ITEM_OF_PAGE,
			DB_ARGS(DB_TEXT(buf_str(&key)), DB_INT(l->in->published_at)), &q, e);
	if (!rc && db_next(&q))
		id = db_int(&q, 0);
	rc = db_end(&q, rc, e);
	buf_fini(&key);
	return rc || !id ? rc : look_at_page(l, id, e);
}

static enum err_code open_look(struct look *l, struct office *o, struct err *e)
{
	const struct rules *rules;
	enum err_code rc = office_rules(o, &rules, e);

	l->office = o;
	if (rc)
		return rc;
	l->shadows = rules_shadows(rules);
	l->arena = arena_new(ARENA_MAX_DEFAULT);
	l->each = arena_new(ARENA_MAX_DEFAULT);
	return l->arena && l->each ? ERR_OK : err_nomem(e);
}

static void close_look(struct look *l)
{
	arena_free(l->arena);
	arena_free(l->each);
}

enum err_code reposts_find(struct office *o, const struct reposts_answer *in, struct arena *a,
	struct repost *out, struct err *e)
{
	struct look l = {.in = in, .kept = a, .out = out};
	enum err_code rc = open_look(&l, o, e);

	*out = (struct repost){0, "", 0};
	for (size_t i = 0; !rc && i < in->url_count; i++)
		rc = find_by_url(&l, in->urls[i], e);
	if (!rc)
		rc = find_by_text(&l, e);
	close_look(&l);
	return rc;
}

/* --- answers --- */

/* Is the answer the same text as the one whose body is the text `digest`? */
static enum err_code is_same(const struct look *l, const char *digest, bool *same, struct err *e)
{
	const struct neardup_text *other;
	const char *body;
	struct neardup_measure m = {0};
	double similarity = 0;
	enum err_code rc;

	arena_reset(l->each);
	rc = texts_get(l->office->db, digest, l->each, &body, e);
	*same = false;
	if (rc || !body)
		return rc;
	rc = prepare(l->shadows, body, l->each, &other, e);
	if (!rc)
		rc = neardup_compare(l->answer, other, l->each, &similarity, &m, e);
	*same = !rc && similarity >= NEARDUP_SAME && m.covered >= REPOSTS_SHARE;
	return rc;
}

static enum err_code find_answer(struct look *l, char id[IDS_SIZE], struct err *e)
{
	int64_t since = office_now(l->office) - REPOSTS_ANSWER_DAYS * DAY;
	struct db_rows q = DB_ROWS_NONE;
	bool same = false;
	enum err_code rc =
		db_query(l->office->db, ST_RESPONSE_BODIES, DB_ARGS(DB_INT(since)), &q, e);

	while (!rc && !same && db_next(&q)) {
		rc = is_same(l, db_text(&q, 1), &same, e);
		if (same)
			snprintf(id, IDS_SIZE, "%s", db_text(&q, 0));
	}
	return db_end(&q, rc, e);
}

enum err_code reposts_find_answer(
	struct office *o, const char *text, char id[IDS_SIZE], struct err *e)
{
	struct look l = {0};
	enum err_code rc = open_look(&l, o, e);

	id[0] = '\0';
	if (!rc)
		rc = prepare(l.shadows, text, l.arena, &l.answer, e);
	if (!rc && neardup_size(l.answer))
		rc = find_answer(&l, id, e);
	close_look(&l);
	return rc;
}

enum err_code reposts_is_quote(
	struct office *o, const char *text, const char *other, bool *out, struct err *e)
{
	const struct neardup_text *whole;
	struct look l = {0};
	double share = 0;
	enum err_code rc = open_look(&l, o, e);

	*out = false;
	if (!rc)
		rc = prepare(l.shadows, text, l.arena, &l.answer, e);
	if (!rc)
		rc = prepare(l.shadows, other, l.arena, &whole, e);
	if (!rc && neardup_size(l.answer) >= COPIES_TOKENS_MIN)
		rc = share_in(l.answer, whole, l.arena, &share, e);
	*out = !rc && share >= REPOSTS_SHARE;
	close_look(&l);
	return rc;
}
