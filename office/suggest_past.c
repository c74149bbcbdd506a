/*
 * suggest_past.c - reading past alerts and judging them anew.
 */
#include "office/suggest_past.h"

#include <string.h>

#include "ledger/list.h"

struct reader {
	const char *code;
	struct arena *arena;
	struct list pasts;
	struct list topics; /* const char *: codes in the order in which they came */
};

static bool number_topic(struct reader *r, const char *code, unsigned *out)
{
	const char **known = r->topics.items, **added;

	for (size_t i = 0; i < r->topics.count; i++)
		if (strcmp(known[i], code) == 0) {
			*out = (unsigned)i;
			return true;
		}
	*out = (unsigned)r->topics.count;
	added = list_add(&r->topics);
	if (added)
		*added = code;
	return added != NULL;
}

static enum suggest_class class_of(
	const struct reader *r, const char *code, const char *state, const char *outcome)
{
	bool here = strcmp(code, r->code) == 0;

	if (strcmp(state, "decided") != 0)
		return SUGGEST_OPEN;
	if (strcmp(outcome, "误报") == 0)
		return here ? SUGGEST_FALSE : SUGGEST_FALSE_ELSEWHERE;
	return here ? SUGGEST_TRUE : SUGGEST_TRUE_ELSEWHERE;
}

static bool read_one(struct reader *r, struct db_rows *q)
{
	struct suggest_past *p = list_add(&r->pasts);

	if (!p)
		return false;
	p->id = db_int(q, 0);
	p->topic = arena_strdup(r->arena, db_text(q, 1));
	p->code = arena_strdup(r->arena, db_text(q, 2));
	p->title = arena_strdup(r->arena, db_text(q, 3));
	p->text = arena_strdup(r->arena, db_text(q, 4));
	p->source_name = arena_strdup(r->arena, db_text(q, 5));
	if (arena_failed(r->arena))
		return false;
	p->class = class_of(r, p->code, db_text(q, 6), db_text(q, 7));
	return number_topic(r, p->code, &p->topic_number);
}

enum err_code suggest_past_read(
	struct db *db, const char *code, struct arena *a, struct suggest_pasts *out, struct err *e)
{
	struct reader r = {.code = code, .arena = a};
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_LINE_TEXTS, DB_ARGS(DB_INT(SUGGEST_PAST_MAX + 1)), &q, e);

	memset(out, 0, sizeof *out);
	list_init(&r.pasts, a, sizeof *out->past);
	list_init(&r.topics, a, sizeof(const char *));
	while (!rc && !out->cut && db_next(&q)) {
		out->cut = r.pasts.count == SUGGEST_PAST_MAX || arena_used(a) > SUGGEST_PAST_BYTES;
		if (!out->cut && !read_one(&r, &q))
			rc = err_nomem(e);
	}
	out->past = r.pasts.items;
	out->count = r.pasts.count;
	for (size_t i = 0; i < out->count; i++)
		out->of[out->past[i].class]++;
	return db_end(&q, rc, e);
}

const struct match_topic *suggest_past_topic(const struct match_result *m, const char *code)
{
	for (size_t i = 0; i < m->topic_count; i++)
		if (strcmp(m->topics[i].topic.code, code) == 0)
			return &m->topics[i];
	return NULL;
}

enum err_code suggest_past_judge(struct match_work *w, const struct suggest_past *p,
	struct arena *scratch, bool *out, struct err *e)
{
	struct match_input in = {
		.title = p->title, .text = p->text, .source = p->source_name, .no_region = true};
	struct match_result m;
	enum err_code rc;

	in.title_size = p->title ? strlen(p->title) : 0;
	in.text_size = p->text ? strlen(p->text) : 0;
	in.source_size = strlen(p->source_name);
	arena_reset(scratch);
	rc = match_text_with(w, &in, scratch, &m, e);
	*out = !rc && suggest_past_topic(&m, p->code);
	return rc;
}
