/*
 * backtest.c - judging items by two rule sets.
 *
 * One `seen` is kept for each topic of an item that alerts on either side, and one `cause`
 * for each line that may have made a difference.
 */
#include "matcher/backtest.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/backtest_private.h"
#include "matcher/ruleset.h"

#define MEMORY_MAX ((size_t)2 << 30)
#define REGION "[地域]"

void *backtest_grow(struct backtest_grown *g, size_t size)
{
	if (g->count == g->room) {
		size_t room = g->room ? g->room * 2 : 64;
		void *bigger = realloc(g->items, room * size);
		if (!bigger)
			return NULL;
		g->items = bigger;
		g->room = room;
	}
	return memset((char *)g->items + g->count++ * size, 0, size);
}

struct backtest *backtest_new(const struct rules *before, const struct rules *after)
{
	struct backtest *b = calloc(1, sizeof *b);

	if (!b)
		return NULL;
	b->rules[BACKTEST_BEFORE] = before;
	b->rules[BACKTEST_AFTER] = after;
	b->arena = arena_new(MEMORY_MAX);
	b->work[BACKTEST_BEFORE] = before ? match_work_new(before) : NULL;
	b->work[BACKTEST_AFTER] = match_work_new(after);
	if (!b->arena || (before && !b->work[BACKTEST_BEFORE]) || !b->work[BACKTEST_AFTER]) {
		backtest_free(b);
		return NULL;
	}
	return b;
}

void backtest_free(struct backtest *b)
{
	if (!b)
		return;
	match_work_free(b->work[BACKTEST_BEFORE]);
	match_work_free(b->work[BACKTEST_AFTER]);
	arena_free(b->arena);
	free(b->seen.items);
	free(b->topics.items);
	free(b);
}

/* --- which lines made the difference ---------------------------------------------- */

/* What a set says of one topic of an item. */
struct opinion {
	const struct match_topic *match; /* NULL: no line adds points */
	const struct match_suppressed *held; /* NULL: it alerts, or match is NULL */
};

static struct opinion opinion_of(const struct match_result *r, const char *code)
{
	struct opinion o = {NULL, NULL};

	for (size_t i = 0; i < r->topic_count; i++)
		if (strcmp(r->topics[i].topic.code, code) == 0)
			o.match = &r->topics[i];
	for (size_t i = 0; !o.match && i < r->suppressed_count; i++)
		if (strcmp(r->suppressed[i].match.topic.code, code) == 0) {
			o.held = &r->suppressed[i];
			o.match = &o.held->match;
		}
	return o;
}

static bool has_hit(const struct match_topic *t, const struct match_hit *hit)
{
	for (size_t i = 0; t && i < t->hit_count; i++)
		if (strcmp(t->hits[i].file, hit->file) == 0 &&
			strcmp(t->hits[i].rule, hit->rule) == 0 && t->hits[i].points == hit->points)
			return true;
	return false;
}

static bool add_cause(struct backtest *b, struct backtest_seen *s, struct backtest_cause of)
{
	struct backtest_cause *c = arena_alloc(b->arena, sizeof *c);

	if (!c)
		return false;
	*c = of;
	c->next = s->causes;
	s->causes = c;
	return true;
}

static bool has_span(const struct match_hit *hit, const struct match_span *span)
{
	for (size_t i = 0; i < hit->span_count; i++)
		if (hit->spans[i].field == span->field && hit->spans[i].start == span->start &&
			hit->spans[i].end == span->end)
			return true;
	return false;
}

/* The line was only put in other words: one of the other side gives as many points for the
 * same place. */
static bool is_reworded(const struct match_hit *hit, const struct match_topic *other)
{
	for (size_t i = 0; other && i < other->hit_count; i++) {
		const struct match_hit *o = &other->hits[i];
		if (o->points != hit->points)
			continue;
		for (size_t k = 0; k < hit->span_count; k++)
			if (has_span(o, &hit->spans[k]))
				return true;
	}
	return false;
}

/* Hits of the sign that only one side has; with `reworded` those too that are the same but
 * for their words. */
static bool add_hits(struct backtest *b, struct backtest_seen *s, const struct match_topic *t,
	const struct match_topic *other, bool negative, bool reworded)
{
	for (size_t i = 0; t && i < t->hit_count; i++) {
		const struct match_hit *h = &t->hits[i];
		if ((h->points < 0) == negative && !has_hit(other, h) &&
			(reworded || !is_reworded(h, other)) &&
			!add_cause(b, s, (struct backtest_cause){h->file, h->rule, h->line, NULL}))
			return false;
	}
	return true;
}

/* The text of a line that excludes or is required: results give its place only. */
static const char *text_at(const struct rules *r, const char *file, int number)
{
	for (size_t i = 0; i < r->line_count; i++)
		if (r->line[i].number == number && strcmp(r->file[r->line[i].file], file) == 0)
			return r->line[i].text;
	return "";
}

/* Why the side that does not alert does not, when points have nothing to do with it. */
static bool add_gate(
	struct backtest *b, struct backtest_seen *s, const struct match_suppressed *held, int side)
{
	if (held->reason == MATCH_REGION)
		return add_cause(b, s, (struct backtest_cause){NULL, REGION, 0, NULL});
	return add_cause(b, s,
		(struct backtest_cause){held->file, text_at(b->rules[side], held->file, held->line),
			held->line, NULL});
}

/* `strong` alerts (or is graver), `weak` of the side `weak_side` does not. */
static bool add_causes(struct backtest *b, struct backtest_seen *s, struct opinion strong,
	struct opinion weak, int weak_side)
{
	const char *settings;

	if (weak.held && weak.held->reason != MATCH_THRESHOLD)
		return add_gate(b, s, weak.held, weak_side);
	for (int reworded = 0; reworded <= 1 && !s->causes; reworded++)
		if (!add_hits(b, s, strong.match, weak.match, false, reworded) ||
			!add_hits(b, s, weak.match, strong.match, true, reworded))
			return false;
	if (s->causes)
		return true;
	settings = arena_printf(b->arena, "[%s]", strong.match->topic.name);
	return settings && add_cause(b, s, (struct backtest_cause){NULL, settings, 0, NULL});
}

/* --- taking items ------------------------------------------------------------------ */

static bool topic_index(struct backtest *b, const struct rules_topic *t, size_t *out)
{
	struct backtest_topic *all = b->topics.items, *new;

	for (*out = 0; *out < b->topics.count; ++*out)
		if (strcmp(all[*out].code, t->code) == 0)
			return true;
	new = backtest_grow(&b->topics, sizeof *new);
	if (new)
		*new = (struct backtest_topic){t->name, t->code};
	return new != NULL;
}

static int grade_of(struct opinion o)
{
	return o.match && !o.held ? (int)o.match->grade : GRADE_NONE;
}

static struct hash group_of(const struct backtest *b, const struct backtest_item *item)
{
	size_t number = b->items;

	return item->group ? hash_of(item->group, strlen(item->group))
			   : hash_of(&number, sizeof number);
}

/* The sets do not agree on it: it may be an example. */
static bool describe(struct backtest *b, struct backtest_seen *s, const struct backtest_item *item,
	struct opinion before, struct opinion after)
{
	bool ok = s->after > s->before ? add_causes(b, s, after, before, BACKTEST_BEFORE)
				       : add_causes(b, s, before, after, BACKTEST_AFTER);

	s->id = arena_strdup(b->arena, item->id);
	s->title = arena_strdup(b->arena, item->title);
	s->source = arena_strdup(b->arena, item->source);
	return ok && !arena_failed(b->arena);
}

static bool add_topic(struct backtest *b, const struct backtest_item *item,
	const struct match_result r[2], const struct rules_topic *topic)
{
	struct opinion before = opinion_of(&r[BACKTEST_BEFORE], topic->code);
	struct opinion after = opinion_of(&r[BACKTEST_AFTER], topic->code);
	struct backtest_seen *s = backtest_grow(&b->seen, sizeof *s);

	if (!s || !topic_index(b, topic, &s->topic))
		return false;
	s->group = group_of(b, item);
	s->order = b->items;
	s->before = grade_of(before);
	s->after = grade_of(after);
	return s->before == s->after || describe(b, s, item, before, after);
}

static bool add_topics(
	struct backtest *b, const struct backtest_item *item, const struct match_result r[2])
{
	bool ok = true;

	for (size_t i = 0; ok && i < r[BACKTEST_AFTER].topic_count; i++)
		ok = add_topic(b, item, r, &r[BACKTEST_AFTER].topics[i].topic);
	for (size_t i = 0; ok && i < r[BACKTEST_BEFORE].topic_count; i++) {
		const struct rules_topic *t = &r[BACKTEST_BEFORE].topics[i].topic;
		struct opinion o = opinion_of(&r[BACKTEST_AFTER], t->code);
		if (!o.match || o.held)
			ok = add_topic(b, item, r, t);
	}
	return ok;
}

enum err_code backtest_add(struct backtest *b, const struct backtest_item *item,
	const struct match_input *in, struct arena *scratch, struct err *e)
{
	struct match_result r[2];
	enum err_code rc = ERR_OK;

	memset(r, 0, sizeof r);
	b->items++;
	if (item->muted)
		return ERR_OK;
	for (int side = BACKTEST_BEFORE; !rc && side <= BACKTEST_AFTER; side++)
		if (b->work[side])
			rc = match_text_with(b->work[side], in, scratch, &r[side], e);
	if (rc)
		return rc;
	b->undecided += r[BACKTEST_AFTER].undecided_count > 0;
	return add_topics(b, item, r) ? ERR_OK : err_nomem(e);
}
