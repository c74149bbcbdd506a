/*
 * backtest_end.c - adding up what two rule sets make of the items: the seen are sorted by
 * alert and folded; causes of what made no difference are dropped.
 */
#include <stdlib.h>
#include <string.h>

#include "matcher/backtest_private.h"
#include "matcher/ruleset.h"

/* --- alerts ------------------------------------------------------------------------ */

static int by_alert(const void *a, const void *b)
{
	const struct backtest_seen *x = a, *y = b;
	int c = memcmp(x->group.byte, y->group.byte, sizeof x->group.byte);

	if (!c)
		c = (x->topic > y->topic) - (x->topic < y->topic);
	return c ? c : (x->order > y->order) - (x->order < y->order);
}

struct found { /* an alert that differs */
	const struct backtest_seen *shown; /* the item that shows it */
	struct backtest_alert alert;
};

struct folding {
	struct backtest *b;
	struct backtest_result *out;
	struct backtest_grown found, pairs;
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
static const struct backtest_seen *shown_by(
	const struct backtest_seen *s, size_t n, enum backtest_change change)
{
	const struct backtest_seen *any = NULL;

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
static bool fold_alert(struct folding *f, const struct backtest_seen *s, size_t n)
{
	const struct backtest_topic *topics = f->b->topics.items;
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
	found = backtest_grow(&f->found, sizeof *found);
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
	struct backtest_seen *s = f->b->seen.items;
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

/* --- lines ------------------------------------------------------------------------- */

struct pair { /* a line and an alert that is put down to it */
	struct backtest_cause cause;
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
		for (const struct backtest_cause *c = found[i].shown->causes; c; c = c->next) {
			struct pair *p = backtest_grow(&f->pairs, sizeof *p);
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
static void place_line(
	const struct backtest *b, struct backtest_line *l, const struct backtest_cause *c)
{
	const struct ruleset_line *old, *new;

	l->file = c->file;
	l->rule = c->rule;
	l->number = c->number;
	if (!c->file)
		return;
	old = line_of(b->rules[BACKTEST_BEFORE], c->file, c->rule);
	new = line_of(b->rules[BACKTEST_AFTER], c->file, c->rule);
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
