/*
 * flood.c - finding the rows that one line brought within an hour.
 */
#include "office/flood.h"

#include <stdlib.h>
#include <string.h>

#include "base/name_index.h"
#include "ledger/list.h"
#include "ledger/ranges.h"
#include "matcher/match.h"

#define KEY_MAX ((size_t)1 << 20)

/* --- the hour --- */

size_t flood_mark(const int64_t *times, size_t count, int64_t limit, bool *in)
{
	size_t marked = 0, done = 0;

	for (size_t from = 0, to = 0; from < count; from++) {
		while (to < count && times[to] - times[from] < FLOOD_SECONDS)
			to++;
		if ((int64_t)(to - from) <= limit)
			continue;
		for (size_t i = done > from ? done : from; i < to; i++, marked++)
			in[i] = true;
		done = to;
	}
	return marked;
}

bool flood_is_possible(int64_t *times, size_t count, int64_t limit)
{
	if (count)
		qsort(times, count, sizeof *times, ranges_order);
	for (size_t i = (size_t)limit; i < count; i++)
		if (times[i] - times[i - (size_t)limit] < FLOOD_SECONDS)
			return true;
	return false;
}

/* --- which rows hang on which lines --- */

struct member {
	int64_t raised_at, story;
	size_t row;
};

struct candidate { /* a line without which rows would not be there */
	struct line_ref line;
	const char *key;
	struct list members;
};

struct finder {
	const struct line_queue *q;
	const struct line_places *places;
	struct arena *arena;
	struct list candidates; /* struct candidate */
	struct name_index index;
	struct buf key;
	int64_t limit, now;
	bool *taken; /* by row: it belongs to a flood already */
};

static const char *key_of(const void *table, size_t row)
{
	const struct finder *f = table;

	return ((const struct candidate *)f->candidates.items)[row].key;
}

static struct candidate *add_candidate(struct finder *f, const struct line_ref *line)
{
	size_t row = f->candidates.count;
	struct candidate *c = list_add(&f->candidates);

	if (!c)
		return NULL;
	c->line = *line;
	c->key = arena_strdup(f->arena, buf_str(&f->key));
	list_init(&c->members, f->arena, sizeof(struct member));
	return c->key && name_index_add(&f->index, row, key_of, f) ? c : NULL;
}

static struct candidate *candidate_of(
	struct finder *f, const struct line_alert *alert, const struct line_hit *hit)
{
	struct line_ref line;
	size_t row;

	line_hits_key(&f->key, alert->code, hit->rule);
	if (f->key.fault)
		return NULL;
	row = name_index_find(&f->index, buf_str(&f->key), key_of, f);
	if (row != NAME_INDEX_NONE)
		return (struct candidate *)f->candidates.items + row;
	if (line_queue_ref(f->places, alert, hit, f->arena, &line, NULL))
		return NULL;
	return add_candidate(f, &line);
}

/* Twins of a line that hit the same text are one line here. */
static bool is_repeated(const struct line_alert *alert, size_t hit)
{
	for (size_t i = 0; i < hit; i++)
		if (strcmp(alert->hits[i].rule, alert->hits[hit].rule) == 0)
			return true;
	return false;
}

/* A row of several topics hangs on no single line: they are lines of one topic each. */
static bool may_flood(const struct line_row *row)
{
	return row->count == 1 && row->grade < (int)GRADE_MAJOR && !row->again && !row->told &&
	       !row->orders && !*row->taken_by;
}

static bool add_row(struct finder *f, size_t i)
{
	const struct line_row *row = &f->q->rows[i];
	const struct line_alert *alert = &f->q->alerts[row->first];

	for (size_t k = 0; may_flood(row) && k < alert->hit_count; k++) {
		const char *rule = alert->hits[k].rule;
		if (is_repeated(alert, k) || !line_hits_needs(alert->hits, alert->hit_count, rule,
						     alert->score, alert->threshold))
			continue;
		struct candidate *c = candidate_of(f, alert, &alert->hits[k]);
		struct member *m = c ? list_add(&c->members) : NULL;
		if (!m)
			return false;
		*m = (struct member){row->raised_at, row->story, i};
	}
	return true;
}

/* --- the largest first --- */

static int by_raised(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->raised_at != y->raised_at)
		return x->raised_at < y->raised_at ? -1 : 1;
	return x->story < y->story ? -1 : x->story > y->story;
}

/* The members that are free, in order of time; in[] says which of them flood. */
static size_t gather(struct finder *f, const struct candidate *c, struct member *free_ones,
	int64_t *times, bool *in)
{
	const struct member *m = c->members.items;
	size_t n = 0;

	for (size_t i = 0; i < c->members.count; i++)
		if (!f->taken[m[i].row])
			free_ones[n++] = m[i];
	if (n)
		qsort(free_ones, n, sizeof *free_ones, by_raised);
	for (size_t i = 0; i < n; i++) {
		times[i] = free_ones[i].raised_at;
		in[i] = false;
	}
	return n;
}

struct room { /* for the members of one candidate */
	struct member *members;
	int64_t *times;
	bool *in;
};

static size_t weigh(struct finder *f, const struct candidate *c, struct room *room, size_t *n)
{
	if ((int64_t)c->members.count <= f->limit)
		return 0;
	*n = gather(f, c, room->members, room->times, room->in);
	return flood_mark(room->times, *n, f->limit, room->in);
}

static bool take(struct finder *f, const struct candidate *c, const struct room *room, size_t n,
	struct flood *out)
{
	out->line = c->line;
	out->stories = arena_array(f->arena, n, sizeof *out->stories);
	for (size_t i = 0; out->stories && i < n; i++) {
		const struct member *m = &room->members[i];
		if (!room->in[i])
			continue;
		out->first = out->count ? out->first : m->raised_at;
		out->last = m->raised_at;
		out->recent += f->now - m->raised_at < FLOOD_SECONDS;
		out->stories[out->count++] = m->story;
		f->taken[m->row] = true;
	}
	if (out->count)
		qsort(out->stories, out->count, sizeof *out->stories, ranges_order);
	return out->stories != NULL;
}

/* One flood more, the largest of what is left; *found tells whether there is one. */
static bool take_largest(struct finder *f, struct room *room, struct list *floods, bool *found)
{
	const struct candidate *all = f->candidates.items, *best = NULL;
	size_t most = 0, n = 0;
	struct flood *flood;

	for (size_t i = 0; i < f->candidates.count; i++) {
		size_t count = weigh(f, &all[i], room, &n);
		if (count > most) {
			most = count;
			best = &all[i];
		}
	}
	*found = best != NULL;
	if (!best)
		return true;
	(void)weigh(f, best, room, &n);
	flood = list_add(floods);
	return flood && take(f, best, room, n, flood);
}

static bool make_room(struct finder *f, struct room *room)
{
	size_t n = f->q->count + 1;

	room->members = arena_array(f->arena, n, sizeof *room->members);
	room->times = arena_array(f->arena, n, sizeof *room->times);
	room->in = arena_array(f->arena, n, sizeof *room->in);
	f->taken = arena_array(f->arena, n, sizeof *f->taken);
	return room->members && room->times && room->in && f->taken;
}

enum err_code flood_find(const struct line_queue *q, const struct line_places *places,
	int64_t limit, int64_t now, struct arena *a, struct floods *out, struct err *e)
{
	struct finder f = {.q = q, .places = places, .arena = a, .limit = limit, .now = now};
	struct list floods;
	struct room room;
	bool fine, found = true;

	list_init(&f.candidates, a, sizeof(struct candidate));
	list_init(&floods, a, sizeof(struct flood));
	buf_init(&f.key, KEY_MAX);
	fine = make_room(&f, &room);
	for (size_t i = 0; fine && i < q->count; i++)
		fine = add_row(&f, i);
	while (fine && found)
		fine = take_largest(&f, &room, &floods, &found);
	name_index_fini(&f.index);
	buf_fini(&f.key);
	*out = (struct floods){floods.items, floods.count};
	return fine ? ERR_OK : err_nomem(e);
}

const struct flood *flood_of(const struct floods *all, int64_t story)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct flood *f = &all->flood[i];
		if (bsearch(&story, f->stories, f->count, sizeof story, ranges_order))
			return f;
	}
	return NULL;
}
