/*
 * backtest.c - judging items by two rule sets, and adding up what differs.
 *
 * While items come in, one `seen` is kept for each topic of an item that alerts on
 * either side, and one `cause` for each line that may have made a difference. At the end
 * the seen are sorted by alert and folded; causes of what made no difference are dropped.
 */
#include "matcher/backtest.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "matcher/ruleset.h"

#define MEMORY_MAX ((size_t)2 << 30)
#define REGION "[地域]"

/* A line that made a difference for one item. */
struct cause {
	const char *file, *rule; /* as in struct backtest_line */
	int number;
	struct cause *next;
};

/* A topic that an item alerts for, by one of the sets or by both. */
struct seen {
	struct hash group;
	size_t topic, order; /* in topic[]; of the item */
	int before, after; /* enum match_grade; GRADE_NONE: no alert */
	const char *id, *title, *source; /* of an item that differs */
	struct cause *causes; /* NULL: the sets agree on it */
};

struct topic {
	const char *name, *code;
};

struct grown { /* an array in malloc'd memory */
	void *items;
	size_t count, room;
};

struct backtest {
	const struct rules *rules[2]; /* before, after; [0] may be NULL */
	struct match_work *work[2];
	struct arena *arena;
	struct grown seen, topics;
	size_t items, undecided;
};

enum { BEFORE, AFTER };

static void *grow(struct grown *g, size_t size)
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
	b->rules[BEFORE] = before;
	b->rules[AFTER] = after;
	b->arena = arena_new(MEMORY_MAX);
	b->work[BEFORE] = before ? match_work_new(before) : NULL;
	b->work[AFTER] = match_work_new(after);
	if (!b->arena || (before && !b->work[BEFORE]) || !b->work[AFTER]) {
		backtest_free(b);
		return NULL;
	}
	return b;
}

void backtest_free(struct backtest *b)
{
	if (!b)
		return;
	match_work_free(b->work[BEFORE]);
	match_work_free(b->work[AFTER]);
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

static bool add_cause(struct backtest *b, struct seen *s, struct cause of)
{
	struct cause *c = arena_alloc(b->arena, sizeof *c);

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
static bool add_hits(struct backtest *b, struct seen *s, const struct match_topic *t,
	const struct match_topic *other, bool negative, bool reworded)
{
	for (size_t i = 0; t && i < t->hit_count; i++) {
		const struct match_hit *h = &t->hits[i];
		if ((h->points < 0) == negative && !has_hit(other, h) &&
			(reworded || !is_reworded(h, other)) &&
			!add_cause(b, s, (struct cause){h->file, h->rule, h->line, NULL}))
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
	struct backtest *b, struct seen *s, const struct match_suppressed *held, int side)
{
	if (held->reason == MATCH_REGION)
		return add_cause(b, s, (struct cause){NULL, REGION, 0, NULL});
	return add_cause(b, s,
		(struct cause){held->file, text_at(b->rules[side], held->file, held->line),
			held->line, NULL});
}

/* `strong` alerts (or is graver), `weak` of the side `weak_side` does not. */
static bool add_causes(struct backtest *b, struct seen *s, struct opinion strong,
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
	return settings && add_cause(b, s, (struct cause){NULL, settings, 0, NULL});
}

/* --- taking items ------------------------------------------------------------------ */

static bool topic_index(struct backtest *b, const struct rules_topic *t, size_t *out)
{
	struct topic *all = b->topics.items, *new;

	for (*out = 0; *out < b->topics.count; ++*out)
		if (strcmp(all[*out].code, t->code) == 0)
			return true;
	new = grow(&b->topics, sizeof *new);
	if (new)
		*new = (struct topic){t->name, t->code};
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
static bool describe(struct backtest *b, struct seen *s, const struct backtest_item *item,
	struct opinion before, struct opinion after)
{
	bool ok = s->after > s->before ? add_causes(b, s, after, before, BEFORE)
				       : add_causes(b, s, before, after, AFTER);

	s->id = arena_strdup(b->arena, item->id);
	s->title = arena_strdup(b->arena, item->title);
	s->source = arena_strdup(b->arena, item->source);
	return ok && !arena_failed(b->arena);
}

static bool add_topic(struct backtest *b, const struct backtest_item *item,
	const struct match_result r[2], const struct rules_topic *topic)
{
	struct opinion before = opinion_of(&r[BEFORE], topic->code);
	struct opinion after = opinion_of(&r[AFTER], topic->code);
	struct seen *s = grow(&b->seen, sizeof *s);

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

	for (size_t i = 0; ok && i < r[AFTER].topic_count; i++)
		ok = add_topic(b, item, r, &r[AFTER].topics[i].topic);
	for (size_t i = 0; ok && i < r[BEFORE].topic_count; i++) {
		const struct rules_topic *t = &r[BEFORE].topics[i].topic;
		struct opinion o = opinion_of(&r[AFTER], t->code);
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
	for (int side = BEFORE; !rc && side <= AFTER; side++)
		if (b->work[side])
			rc = match_text_with(b->work[side], in, scratch, &r[side], e);
	if (rc)
		return rc;
	b->undecided += r[AFTER].undecided_count > 0;
	return add_topics(b, item, r) ? ERR_OK : err_nomem(e);
}

/* --- adding up ----------------------------------------------------------------------- */

static int by_alert(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int c = memcmp(x->group.byte, y->group.byte, sizeof x->group.byte);

	if (!c)
		c = (x->topic > y->topic) - (x->topic < y->topic);
	return c ? c : (x->order > y->order) - (x->order < y->order);
}

struct found { /* an alert that differs */
	const struct seen *shown; /* the item that shows it */
	struct backtest_alert alert;
};

struct folding {
	struct backtest *b;
	struct backtest_result *out;
	struct grown found, pairs;
};

static enum backtest_change change_of(int before, int after)
{
	if (!before)
		return BACKTEST_GAINED;
	if (!after)
		return BACKTEST_LOST;
	return after > before ? BACKTEST_GRAVER : BACKTEST_MILDER;
}

/* The first item of the alert that differs in the alert's way; else the first that does. */
static const struct seen *shown_by(const struct seen *s, size_t n, enum backtest_change change)
{
	const struct seen *any = NULL;

	for (size_t i = 0; i < n; i++) {
		if (s[i].before == s[i].after)
			continue;
		if (change_of(s[i].before, s[i].after) == change)
			return &s[i];
		any = any ? any : &s[i];
	}
	return any;
}

/* All that was seen of one alert. */
static bool fold_alert(struct folding *f, const struct seen *s, size_t n)
{
	const struct topic *topics = f->b->topics.items;
	int before = 0, after = 0;
	struct found *found;

	for (size_t i = 0; i < n; i++) {
		before = s[i].before > before ? s[i].before : before;
		after = s[i].after > after ? s[i].after : after;
	}
	f->out->before += before > 0;
	f->out->after += after > 0;
	if (before == after)
		return true;
	found = grow(&f->found, sizeof *found);
	if (!found)
		return false;
	found->shown = shown_by(s, n, change_of(before, after));
	found->alert = (struct backtest_alert){.change = change_of(before, after),
		.id = found->shown->id,
		.title = found->shown->title,
		.source = found->shown->source,
		.topic = topics[s->topic].name,
		.code = topics[s->topic].code,
		.before = (enum match_grade)before,
		.after = (enum match_grade)after};
	return true;
}

static bool fold_alerts(struct folding *f)
{
	struct seen *s = f->b->seen.items;
	size_t count = f->b->seen.count;
	bool ok = true;

	if (count)
		qsort(s, count, sizeof *s, by_alert);
	for (size_t i = 0, n; ok && i < count; i += n) {
		n = 1;
		while (i + n < count && s[i + n].topic == s[i].topic &&
			hash_eq(&s[i + n].group, &s[i].group))
			n++;
		ok = fold_alert(f, &s[i], n);
	}
	return ok;
}

static int by_order(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int c = (x->shown->order > y->shown->order) - (x->shown->order < y->shown->order);

	return c ? c : (x->shown->topic > y->shown->topic) - (x->shown->topic < y->shown->topic);
}

/* The alerts that differ, in the order of the items that show them. */
static bool list_alerts(struct folding *f, struct backtest_alert **out)
{
	struct backtest_result *r = f->out;
	struct found *found = f->found.items;
	size_t *const counts[] = {[BACKTEST_GAINED] = &r->gained,
		[BACKTEST_LOST] = &r->lost,
		[BACKTEST_GRAVER] = &r->graver,
		[BACKTEST_MILDER] = &r->milder};

	*out = arena_array(f->b->arena, f->found.count + 1, sizeof **out);
	if (!*out)
		return false;
	if (f->found.count)
		qsort(found, f->found.count, sizeof *found, by_order);
	for (size_t i = 0; i < f->found.count; i++) {
		(*out)[i] = found[i].alert;
		++*counts[found[i].alert.change];
	}
	r->alerts = *out;
	r->alert_count = f->found.count;
	return true;
}

/* --- lines */

struct pair { /* a line and an alert that is put down to it */
	struct cause cause;
	size_t alert;
};

static int compare_text(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int by_line(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int c = compare_text(x->cause.file, y->cause.file);

	if (!c)
		c = strcmp(x->cause.rule, y->cause.rule);
	return c ? c : (x->alert > y->alert) - (x->alert < y->alert);
}

static bool is_same_line(const struct pair *x, const struct pair *y)
{
	return compare_text(x->cause.file, y->cause.file) == 0 &&
	       strcmp(x->cause.rule, y->cause.rule) == 0;
}

static bool list_pairs(struct folding *f)
{
	const struct found *found = f->found.items;

	for (size_t i = 0; i < f->found.count; i++)
		for (const struct cause *c = found[i].shown->causes; c; c = c->next) {
			struct pair *p = grow(&f->pairs, sizeof *p);
			if (!p)
				return false;
			*p = (struct pair){*c, i};
		}
	if (f->pairs.count)
		qsort(f->pairs.items, f->pairs.count, sizeof(struct pair), by_line);
	return true;
}

static const struct ruleset_line *line_of(const struct rules *r, const char *file, const char *text)
{
	for (size_t i = 0; r && i < r->line_count; i++)
		if (!r->line[i].off && strcmp(r->line[i].text, text) == 0 &&
			strcmp(r->file[r->line[i].file], file) == 0)
			return &r->line[i];
	return NULL;
}

/* Where the line stands: in the new rules if they have it. */
static void place_line(const struct backtest *b, struct backtest_line *l, const struct cause *c)
{
	const struct ruleset_line *old, *new;

	l->file = c->file;
	l->rule = c->rule;
	l->number = c->number;
	if (!c->file)
		return;
	old = line_of(b->rules[BEFORE], c->file, c->rule);
	new = line_of(b->rules[AFTER], c->file, c->rule);
	if (new)
		l->number = new->number;
	l->side = old && new ? BACKTEST_BOTH : new ? BACKTEST_NEW : BACKTEST_OLD;
}

static bool fill_line(struct folding *f, struct backtest_line *l, const struct pair *p, size_t n,
	const struct backtest_alert *alerts)
{
	l->alerts = arena_array(f->b->arena, n, sizeof *l->alerts);
	if (!l->alerts)
		return false;
	place_line(f->b, l, &p->cause);
	for (size_t i = 0; i < n; i++) {
		const struct backtest_alert *a = &alerts[p[i].alert];
		if (l->alert_count && l->alerts[l->alert_count - 1] == a)
			continue; /* it stands there twice */
		l->gained += a->change == BACKTEST_GAINED;
		l->lost += a->change == BACKTEST_LOST;
		l->alerts[l->alert_count++] = a;
	}
	return true;
}

static int by_weight(const void *a, const void *b)
{
	const struct backtest_line *x = a, *y = b;
	size_t n = x->gained + x->lost, m = y->gained + y->lost;
	int c = (n < m) - (n > m);

	if (!c)
		c = (x->alert_count < y->alert_count) - (x->alert_count > y->alert_count);
	if (!c)
		c = compare_text(x->file, y->file);
	if (!c)
		c = (x->number > y->number) - (x->number < y->number);
	return c ? c : strcmp(x->rule, y->rule);
}

static bool list_lines(struct folding *f, struct backtest_alert *alerts)
{
	const struct pair *p = f->pairs.items;
	struct backtest_line *lines = arena_array(f->b->arena, f->pairs.count + 1, sizeof *lines);
	bool ok = lines != NULL;

	f->out->lines = lines;
	for (size_t i = 0, n; ok && i < f->pairs.count; i += n) {
		n = 1;
		while (i + n < f->pairs.count && is_same_line(&p[i], &p[i + n]))
			n++;
		ok = fill_line(f, &lines[f->out->line_count++], &p[i], n, alerts);
	}
	if (ok && f->out->line_count)
		qsort(lines, f->out->line_count, sizeof *lines, by_weight);
	return ok;
}

/* Each alert gets the lines that name it, the heaviest first. */
static bool link_lines(struct folding *f, struct backtest_alert *alerts)
{
	const struct backtest_result *r = f->out;
	size_t *named = calloc(r->alert_count + 1, sizeof *named);
	bool ok = named != NULL;

	for (size_t i = 0; ok && i < r->line_count; i++)
		for (size_t k = 0; k < r->lines[i].alert_count; k++)
			named[r->lines[i].alerts[k] - alerts]++;
	for (size_t i = 0; ok && i < r->alert_count; i++) {
		alerts[i].lines = arena_array(f->b->arena, named[i] + 1, sizeof *alerts[i].lines);
		ok = alerts[i].lines != NULL;
	}
	for (size_t i = 0; ok && i < r->line_count; i++)
		for (size_t k = 0; k < r->lines[i].alert_count; k++) {
			struct backtest_alert *a = &alerts[r->lines[i].alerts[k] - alerts];
			a->lines[a->line_count++] = &r->lines[i];
		}
	free(named);
	return ok;
}

enum err_code backtest_end(struct backtest *b, struct backtest_result *out, struct err *e)
{
	struct folding f = {b, out, {NULL, 0, 0}, {NULL, 0, 0}};
	struct backtest_alert *alerts = NULL;
	bool ok;

	memset(out, 0, sizeof *out);
	out->items = b->items;
	out->undecided = b->undecided;
	ok = fold_alerts(&f) && list_alerts(&f, &alerts) && list_pairs(&f) &&
	     list_lines(&f, alerts) && link_lines(&f, alerts);
	free(f.found.items);
	free(f.pairs.items);
	return ok ? ERR_OK : err_nomem(e);
}

bool backtest_is_same(const struct backtest_result *r)
{
	return r->alert_count == 0;
}
