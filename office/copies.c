/*
 * copies.c - the three steps from a million items to a copy.
 */
#include "office/copies.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/similar.h"
#include "ledger/stories.h"
#include "matcher/neardup.h"
#include "office/draft.h"
#include "office/raise.h"

#define TEXT_MAX ((size_t)128 << 10) /* bytes: more holds more tokens than are compared */
#define MEMORY ((size_t)256 << 20)
#define EXPIRE_EVERY 16 /* items come in before old ones leave the index, */
#define EXPIRE_STEP 64 /* at most so many */

struct look { /* one look-up */
	const struct intake *in;
	struct similar *index;
	const struct item_record *item;
	const char *words; /* of it, besides the title */
	const struct neardup_sketch *sketch;
	struct neardup_look *texts; /* the item's, and who it is compared with */
	struct arena *arena;
};

/* What is compared of an item. */
static enum err_code add_text(struct buf *b, const char *title, const char *text, struct err *e)
{
	buf_add_str(b, title ? title : "");
	buf_add_char(b, '\n');
	buf_add_str(b, text ? text : "");
	if (!b->fault && b->len > TEXT_MAX)
		buf_truncate(b, utf8_floor(buf_str(b), TEXT_MAX));
	return buf_check(b, N_("an item's text"), e);
}

static enum err_code take_text(struct neardup_look *l, const char *title, const char *text,
	const struct neardup_text **out, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, BUF_MAX_DEFAULT);
	rc = add_text(&b, title, text, e);
	if (!rc)
		rc = neardup_look_take(l, buf_str(&b), b.len, out, e);
	buf_fini(&b);
	return rc;
}

static void sketch(const struct neardup_text *t, struct neardup_sketch *out)
{
	if (neardup_size(t) >= COPIES_TOKENS_MIN)
		neardup_sketch(t, out);
}

enum err_code copies_sketch(struct draft_tools *t, const char *title, const char *text,
	struct neardup_sketch *out, struct err *e)
{
	const struct neardup_text *taken;
	enum err_code rc = take_text(draft_tools_look(t), title, text, &taken, e);

	out->count = 0;
	if (!rc)
		sketch(taken, out);
	return rc;
}

enum err_code copies_sketch_judged(struct draft_tools *t, const char *title, const char *text,
	struct neardup_sketch *out, struct err *e)
{
	const struct match_work *w = draft_tools_work(t);
	const struct neardup_text *taken;
	enum err_code rc;

	if ((title ? strlen(title) : 0) + strlen(text) >= TEXT_MAX)
		return copies_sketch(t, title, text, out, e);
	rc = neardup_look_take_read(draft_tools_look(t), match_work_read(w, MATCH_TITLE),
		match_work_read(w, MATCH_TEXT), &taken, e);
	out->count = 0;
	if (!rc)
		sketch(taken, out);
	return rc;
}

/* --- the index --- */

static size_t prints_of(const struct neardup_sketch *s)
{
	return s->count < NEARDUP_PRINTS ? s->count : NEARDUP_PRINTS;
}

_Static_assert(SIMILAR_PRINTS == NEARDUP_PRINTS && SIMILAR_PRINT_SIZE == NEARDUP_VALUE_SIZE,
	"a stored sketch begins with its prints");

static enum err_code drop(struct similar *index, const struct similar_row *row, struct err *e)
{
	struct neardup_sketch s;

	if (!neardup_sketch_read(row->sketch, row->size, &s))
		return err_set(e, ERR_INTEGRITY, _("the sketch of I%lld is no sketch"),
			(long long)row->item);
	return similar_drop(index, row, e);
}

static enum err_code forget_old(const struct look *l, struct err *e)
{
	struct similar_row old[EXPIRE_STEP];
	int64_t now = office_now(l->in->office);
	size_t n;
	enum err_code rc;

	if (l->item->id % EXPIRE_EVERY)
		return ERR_OK;
	/* An answer of long ago needs its neighbours; one dated ahead must not clear the index. */
	if (now > l->in->fetched)
		now = l->in->fetched;
	rc = similar_oldest(
		l->index, now - 2 * l->in->office->settings.text_window, old, EXPIRE_STEP, &n, e);

	for (size_t i = 0; !rc && i < n; i++)
		rc = drop(l->index, &old[i], e);
	return rc;
}

/* What the item was looked up by before. */
static enum err_code drop_earlier(const struct look *l, struct err *e)
{
	struct similar_row row;
	enum err_code rc = similar_get(l->index, l->item->id, &row, e);

	if (rc == ERR_NOT_FOUND)
		return ERR_OK;
	return rc ? rc : drop(l->index, &row, e);
}

static enum err_code store(const struct look *l, int how, struct err *e)
{
	struct similar_row row;
	enum err_code rc = how & COPIES_NEW ? ERR_OK : drop_earlier(l, e);

	if (rc || !l->sketch->count)
		return rc;
	row.item = l->item->id;
	row.at = l->item->at;
	row.size = neardup_sketch_write(l->sketch, row.sketch);
	return similar_put(l->index, &row, e);
}

/* --- the look-up --- */

static size_t insert_likely(
	struct copies_likely *out, size_t max, size_t n, const struct copies_likely *c)
{
	size_t at = n;

	while (at > 0 && out[at - 1].estimate < c->estimate)
		at--;
	if (at == max)
		return n;
	n = n < max ? n + 1 : max;
	memmove(out + at + 1, out + at, (n - at - 1) * sizeof *out);
	out[at] = *c;
	return n;
}

/* What the stored sketch says about one candidate; estimate 0: nothing, or too little. */
static enum err_code estimate(struct similar *index, const struct copies_search *s,
	const struct neardup_seen *seen, int64_t item, struct copies_likely *out, struct err *e)
{
	const struct similar_row *row;
	enum err_code rc = similar_look(index, item, &row, e);

	*out = (struct copies_likely){item, 0};
	if (rc == ERR_NOT_FOUND) /* it left the index */
		return ERR_OK;
	if (!rc && row->at >= s->from && row->at <= s->to)
		(void)neardup_seen_contained(seen, row->sketch, row->size, &out->estimate);
	return rc;
}

enum err_code copies_likely(struct office *o, const struct copies_search *s,
	struct copies_likely *out, size_t max, size_t *count, struct err *e)
{
	struct similar_candidate c[COPIES_CANDIDATES];
	struct copies_likely one;
	struct neardup_seen seen;
	struct similar *index;
	size_t n = 0;
	enum err_code rc = office_similar(o, &index, e);

	*count = 0;
	if (!rc)
		rc = similar_find(index, s->item, s->sketch->value, prints_of(s->sketch), c,
			COPIES_CANDIDATES, &n, e);
	neardup_seen_make(&seen, s->sketch);
	for (size_t i = 0; !rc && i < n; i++) {
		rc = estimate(index, s, &seen, c[i].item, &one, e);
		if (!rc && one.estimate >= NEARDUP_SKETCH_LIKELY)
			*count = insert_likely(out, max, *count, &one);
	}
	return rc;
}

static void insert_copy(struct copies *out, int64_t item, int64_t story, double similarity)
{
	size_t at = out->count++;

	while (at > 0 && out->copy[at - 1].similarity < similarity) {
		out->copy[at] = out->copy[at - 1];
		at--;
	}
	out->copy[at].item = item;
	out->copy[at].story = story;
	out->copy[at].similarity = similarity;
}

static enum err_code compare_text(struct neardup_look *l, const char *title, const char *text,
	double *similarity, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, BUF_MAX_DEFAULT);
	rc = add_text(&b, title, text, e);
	if (!rc)
		rc = neardup_look_compare(l, buf_str(&b), b.len, similarity, e);
	buf_fini(&b);
	return rc;
}

/* What the texts themselves say. A candidate whose row is gone is no copy. */
static enum err_code compare(struct look *l, int64_t item, struct copies *out, struct err *e)
{
	struct db *db = l->in->office->db;
	const char *text = NULL;
	struct item_record r;
	struct err why = {ERR_OK, ""};
	double similarity = 0;
	enum err_code rc = items_get(db, item, l->arena, &r, &why);

	if (rc == ERR_NOT_FOUND)
		return ERR_OK;
	if (rc)
		return err_set(e, rc, "%s", why.text);
	rc = raise_text(db, l->arena, &r, &text, e);
	if (!rc)
		rc = compare_text(l->texts, r.title, text, &similarity, e);
	if (!rc && similarity >= NEARDUP_SAME)
		insert_copy(out, item, r.story, similarity);
	return rc;
}

/* Whether one of them has a story: reading the texts of all is a hundred times the work. */
static enum err_code any_has_story(
	struct db *db, const struct copies_likely *likely, size_t count, bool *out, struct err *e)
{
	enum err_code rc = ERR_OK;

	*out = false;
	for (size_t i = 0; !rc && !*out && i < count; i++) {
		int64_t story = TIME_NONE;
		rc = db_get_int(db, ST_ITEM_STORY, DB_ARGS(DB_INT(likely[i].item)), &story, e);
		*out = !rc && story != TIME_NONE;
		rc = rc == ERR_NOT_FOUND ? ERR_OK : rc;
	}
	return rc;
}

static enum err_code find(struct look *l, int how, struct copies *out, struct err *e)
{
	int64_t window = l->in->office->settings.text_window;
	struct copies_search s = {
		l->item->id, l->sketch, l->item->at - window, l->item->at + window};
	struct copies_likely likely[COPIES_MAX];
	const struct neardup_text *taken;
	size_t n;
	bool matters = true;
	enum err_code rc = copies_likely(l->in->office, &s, likely, COPIES_MAX, &n, e);

	if (!rc && how & COPIES_OF_STORIES)
		rc = any_has_story(l->in->office->db, likely, n, &matters, e);
	if (rc || !n || !matters)
		return rc;
	l->arena = arena_new(MEMORY);
	rc = l->arena ? take_text(l->texts, l->item->title, l->words, &taken, e) : err_nomem(e);
	for (size_t i = 0; !rc && i < n; i++)
		rc = compare(l, likely[i].item, out, e);
	arena_free(l->arena);
	return rc;
}

enum err_code copies_take(
	const struct intake *in, const struct draft *d, int how, struct copies *out, struct err *e)
{
	struct draft_tools *tools;
	struct look l = {
		.in = in, .item = &d->record, .words = d->judged.text, .sketch = &d->sketch};
	enum err_code rc = office_tools(in->office, &tools, e);

	out->count = 0;
	if (!rc)
		rc = office_similar(in->office, &l.index, e);
	if (rc)
		return rc;
	l.texts = draft_tools_look(tools);
	rc = forget_old(&l, e);
	/* Before its own prints stand among those that are looked through. */
	if (!rc && how & COPIES_FIND && l.sketch->count)
		rc = find(&l, how, out, e);
	return rc ? rc : store(&l, how, e);
}

/* --- joining --- */

enum err_code copies_story(
	struct db *db, int64_t item, int64_t candidate, int64_t *story, struct err *e)
{
	bool split;
	enum err_code rc = stories_is_split(db, item, candidate, &split, e);

	if (!rc && !split)
		*story = candidate;
	return rc;
}

enum err_code copies_join(struct db *db, int64_t item, int64_t story, struct err *e)
{
	int64_t to = 0;
	enum err_code rc = copies_story(db, item, story, &to, e);

	return rc || !to ? rc : items_set_story(db, item, to, e);
}
