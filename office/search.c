/*
 * search.c - one search: first what is not in the index, then the index.
 */
#include "office/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/name_index.h"
#include "base/time.h"
#include "ledger/cases.h"
#include "office/search_query.h"

#define BLOCK 256 /* keys that are read at once */
#define AROUND 40 /* characters that are shown round a hit */
#define TABLE_FROM 200 /* texts */
#define SUBJECT_SIZE 320 /* of an order: its number */
#define SCRATCH_MAX ((size_t)512 << 20)

struct looking {
	struct office *office;
	const struct search_asked *asked;
	struct search_query *query;
	struct normalise_table *table; /* NULL while few texts were read: making it takes 2 ms */
	size_t texts_read;
	struct arena *arena; /* what is found */
	struct arena *scratch; /* of one text or block */
	struct list hits; /* of struct search_hit; when only counted, with a subject alone */
	struct name_index seen; /* subjects of hits */
	size_t room; /* hits that are wanted, one more than the limit */
	struct err *err;
};

static const char *subject_of(const void *table, size_t row)
{
	const struct list *hits = table;

	return ((const struct search_hit *)hits->items)[row].subject;
}

static bool is_full(const struct looking *l)
{
	return !l->asked->count && l->hits.count >= l->room;
}

/* --- a hit --- */

struct place { /* a document, and where it belongs */
	const struct search_doc *doc;
	struct search_home home;
	const char *kind;
	char subject[SUBJECT_SIZE]; /* that it is told as */
};

/* Items and alerts of a story are told as the story. */
static void name_it(const struct looking *l, struct place *p)
{
	bool folds = p->home.story && p->doc->origin != SEARCH_ORDER && !l->asked->bounds.kind;

	p->kind = folds ? "alert" : p->doc->kind;
	if (folds)
		snprintf(p->subject, sizeof p->subject, "S%lld", (long long)p->home.story);
	else
		snprintf(p->subject, sizeof p->subject, "%s", p->doc->subject);
}

/* It was not told yet, and belongs to the topic and unit that are asked for. */
static enum err_code place_it(
	struct looking *l, const struct search_doc *d, struct place *p, bool *wanted)
{
	enum err_code rc = search_home(l->office->db, d, &p->home, l->err);

	p->doc = d;
	*wanted = false;
	if (rc)
		return rc;
	name_it(l, p);
	*wanted = name_index_find(&l->seen, p->subject, subject_of, &l->hits) == NAME_INDEX_NONE;
	if (!*wanted || (!l->asked->topic && !l->asked->unit))
		return ERR_OK;
	return search_fits(
		l->office->db, d, &p->home, l->asked->topic, l->asked->unit, wanted, l->err);
}

/* The hit has only its subject when hits are counted. */
static enum err_code new_hit(struct looking *l, const struct place *p, struct search_hit **out)
{
	struct search_hit *h = list_add(&l->hits);

	*out = h;
	if (!h)
		return err_nomem(l->err);
	h->subject = arena_strdup(l->arena, p->subject);
	if (!h->subject || !name_index_add(&l->seen, l->hits.count - 1, subject_of, &l->hits))
		return err_nomem(l->err);
	return ERR_OK;
}

/* What the case says where the text itself does not: its title, and who leads it. */
static enum err_code add_case(struct looking *l, struct search_hit *h)
{
	struct case_record c;
	enum err_code rc;

	if (!*h->case_id)
		return ERR_OK;
	rc = cases_get(l->office->db, h->case_id, l->arena, &c, l->err);
	if (rc)
		return rc;
	if (!*h->unit)
		h->unit = c.lead;
	if (!*h->title && c.title)
		h->title = c.title;
	return ERR_OK;
}

/* Where a word stands in the body, in bytes of it. body: its form, or NULL when the text was
 * not read yet. */
static enum err_code find_place(struct looking *l, const struct search_doc *d,
	const struct search_text *body, size_t *from, size_t *to, bool *found)
{
	struct search_text form;
	struct search_place p;
	enum err_code rc = ERR_OK;

	*found = search_query_place_typed(l->query, d->body, &p);
	*from = p.at;
	*to = p.at + p.n;
	if (*found)
		return ERR_OK;
	if (!body) {
		rc = search_text_read(l->table, d->body, l->scratch, &form, l->err);
		body = &form;
	}
	*found = !rc && search_query_place(l->query, body, &p);
	if (*found)
		search_text_original(body, d->body, p.at, p.n, from, to);
	return rc;
}

static enum err_code add_text(struct looking *l, const struct search_doc *d,
	const struct search_text *body, struct search_hit *h)
{
	size_t from = 0, to = 0;
	bool found = false;
	struct buf b;
	enum err_code rc = find_place(l, d, body, &from, &to, &found);

	buf_init(&b, BUF_MAX_DEFAULT);
	if (found)
		search_text_add_around(d->body, from, to, AROUND, &b);
	if (!rc)
		rc = buf_check(&b, _("a hit"), l->err);
	h->text = rc ? NULL : arena_strdup(l->arena, buf_str(&b));
	buf_fini(&b);
	return rc || h->text ? rc : err_nomem(l->err);
}

static enum err_code add_hit(
	struct looking *l, const struct place *p, const struct search_text *body)
{
	const struct search_doc *d = p->doc;
	struct search_hit *h;
	enum err_code rc = new_hit(l, p, &h);

	if (rc)
		return rc;
	h->kind = arena_strdup(l->arena, p->kind);
	h->case_id = arena_strdup(l->arena, p->home.case_id);
	h->at = d->at;
	h->unit = arena_strdup(l->arena, d->unit);
	h->title = arena_strdup(l->arena, d->title);
	if (arena_failed(l->arena))
		return err_nomem(l->err);
	rc = add_text(l, d, body, h);
	return rc ? rc : add_case(l, h);
}

/* --- by reading --- */

static enum err_code read_text(struct looking *l, const struct search_doc *d,
	struct search_text *title, struct search_text *body)
{
	enum err_code rc;

	if (++l->texts_read == TABLE_FROM)
		l->table = normalise_table_new(); /* without it the same, slower */
	rc = search_text_read(l->table, d->title, l->scratch, title, l->err);
	return rc ? rc : search_text_read(l->table, d->body, l->scratch, body, l->err);
}

static enum err_code judge(struct looking *l, const struct search_doc *d)
{
	struct search_text title, body;
	struct place p;
	bool wanted;
	enum err_code rc;

	if (!search_within(&l->asked->bounds, d))
		return ERR_OK;
	rc = read_text(l, d, &title, &body);
	if (rc || !search_query_holds(l->query, &title, &body))
		return rc;
	rc = place_it(l, d, &p, &wanted);
	return rc || !wanted ? rc : add_hit(l, &p, &body);
}

/* Documents with these keys, the last first. */
static enum err_code judge_block(
	struct looking *l, enum search_origin origin, int64_t from, int64_t to)
{
	struct list docs;
	int64_t last;
	enum err_code rc;

	list_init(&docs, l->scratch, sizeof(struct search_doc));
	rc = search_docs_read(l->office->db, origin, from, to, BLOCK, &docs, &last, l->err);
	for (size_t i = docs.count; !rc && i-- > 0 && !is_full(l);)
		rc = judge(l, (const struct search_doc *)docs.items + i);
	arena_reset(l->scratch);
	return rc;
}

static enum err_code judge_dirty(struct looking *l, enum search_origin origin)
{
	struct list keys;
	enum err_code rc;

	list_init(&keys, l->arena, sizeof(int64_t));
	rc = search_dirty(l->office->db, origin, -1, &keys, l->err);
	for (size_t i = keys.count; !rc && i-- > 0;) {
		int64_t key = ((const int64_t *)keys.items)[i];
		rc = judge_block(l, origin, key, key);
	}
	return rc;
}

/* Each origin fills the room by itself: which hits are the newest is told afterwards. */
static enum err_code judge_behind(
	struct looking *l, const struct search_marks *m, enum search_origin origin)
{
	size_t room = l->room;
	enum err_code rc = ERR_OK;

	l->room += l->hits.count;
	for (int64_t to = m->last[origin]; !rc && to > m->done[origin] && !is_full(l);) {
		int64_t from =
			to - BLOCK + 1 > m->done[origin] ? to - BLOCK + 1 : m->done[origin] + 1;
		rc = judge_block(l, origin, from, to);
		to = from - 1;
	}
	if (!rc && m->version == SEARCH_VERSION)
		rc = judge_dirty(l, origin);
	l->room = room;
	return rc;
}

/* --- by the index --- */

/* The text is read to show where the words stand. */
static enum err_code show_indexed(struct looking *l, struct place *p)
{
	const struct search_doc *found = p->doc;
	struct list docs;
	int64_t last;
	enum err_code rc;

	list_init(&docs, l->scratch, sizeof(struct search_doc));
	rc = search_docs_read(
		l->office->db, found->origin, found->key, found->key, 1, &docs, &last, l->err);
	if (!rc && docs.count) {
		p->doc = docs.items;
		rc = add_hit(l, p, NULL);
	}
	arena_reset(l->scratch);
	return rc;
}

static enum err_code take_indexed(
	void *data, const struct search_doc *found, bool *go, struct err *e)
{
	struct looking *l = data;
	struct search_hit *h;
	struct place p;
	bool wanted;
	enum err_code rc = place_it(l, found, &p, &wanted);

	(void)e; /* l has it */
	if (!rc && wanted)
		rc = l->asked->count ? new_hit(l, &p, &h) : show_indexed(l, &p);
	*go = !is_full(l);
	return rc;
}

static enum err_code ask_index(struct looking *l)
{
	struct buf match;
	enum err_code rc;

	buf_init(&match, BUF_MAX_DEFAULT);
	search_query_add_match(l->query, &match);
	rc = buf_check(&match, _("a search"), l->err);
	/* Newer ones may have filled the room; those of the index are older. */
	if (!rc && !is_full(l))
		rc = search_each(
			l->office->db, buf_str(&match), &l->asked->bounds, take_indexed, l, l->err);
	buf_fini(&match);
	return rc;
}

/* --- all of it --- */

static int newest_first(const void *x, const void *y)
{
	const struct search_hit *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? 1 : -1;
	return strcmp(a->subject, b->subject);
}

static void finish(struct looking *l, struct search_found *out)
{
	size_t limit = l->room - 1;

	out->total = (int64_t)l->hits.count;
	if (l->asked->count)
		return;
	out->hits = l->hits.items;
	if (l->hits.count)
		qsort(out->hits, l->hits.count, sizeof *out->hits, newest_first);
	out->more = l->hits.count > limit;
	out->count = out->more ? limit : l->hits.count;
	out->total = (int64_t)out->count;
}

static enum err_code look(struct looking *l)
{
	struct search_marks m;
	enum err_code rc = search_marks_get(l->office->db, &m, l->err);

	for (int i = 0; !rc && i < SEARCH_ORIGINS; i++)
		rc = judge_behind(l, &m, (enum search_origin)i);
	if (!rc && m.version == SEARCH_VERSION)
		rc = ask_index(l);
	return rc;
}

enum err_code office_search(struct office *o, const struct search_asked *asked, struct arena *a,
	struct search_found *out, struct err *e)
{
	struct looking l = {
		.office = o,
		.asked = asked,
		.arena = a,
		.scratch = arena_new(SCRATCH_MAX),
		.room = (size_t)(asked->limit ? asked->limit : SEARCH_LIMIT_DEFAULT) + 1,
		.err = e,
	};
	enum err_code rc = l.scratch ? ERR_OK : err_nomem(e);

	*out = (struct search_found){NULL, 0, false, 0};
	list_init(&l.hits, a, sizeof(struct search_hit));
	if (!rc)
		rc = search_query_read(asked->words, l.table, a, &l.query, e);
	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = look(&l);
	db_rollback(o->db);
	if (!rc)
		finish(&l, out);
	name_index_fini(&l.seen);
	arena_free(l.scratch);
	normalise_table_free(l.table);
	return rc;
}
