/*
 * rules_stats.c - counting what lines brought.
 */
#include "office/rules_stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/name_index.h"
#include "ledger/list.h"
#include "office/queue.h"

#define KEY_MAX ((size_t)1 << 20)
#define ALERT_MEMORY ((size_t)16 << 20) /* the reasons of one alert */

struct counted { /* a line and what it is found by */
	struct rules_stats_line figures;
	const char *key;
	int64_t alert; /* the last that was counted: twins of a line count once */
};

struct counter {
	const struct line_places *places;
	struct arena *arena, *scratch;
	struct list lines; /* struct counted */
	struct name_index index;
	struct buf key;
};

static const char *key_of(const void *table, size_t row)
{
	const struct counter *c = table;

	return ((const struct counted *)c->lines.items)[row].key;
}

/* --- lines --- */

static struct counted *add_line(struct counter *c)
{
	size_t row = c->lines.count;
	struct counted *l = list_add(&c->lines);

	if (!l)
		return NULL;
	l->key = arena_strdup(c->arena, buf_str(&c->key));
	return l->key && name_index_add(&c->index, row, key_of, c) ? l : NULL;
}

static struct counted *find_line(struct counter *c, const char *code, const char *rule)
{
	size_t row = NAME_INDEX_NONE;

	line_hits_key(&c->key, code, rule);
	if (!c->key.fault)
		row = name_index_find(&c->index, buf_str(&c->key), key_of, c);
	return row == NAME_INDEX_NONE ? NULL : (struct counted *)c->lines.items + row;
}

/* Today's lines, as they stand. */
static bool add_todays(struct counter *c, const char *topic)
{
	for (size_t i = 0; i < line_places_count(c->places); i++) {
		const struct rule_line *l = line_places_at(c->places, i);
		if (topic && strcmp(l->topic, topic) != 0 && strcmp(l->code, topic) != 0)
			continue;
		if (rule_lines_sign(l->rule) == '!' || find_line(c, l->code, l->rule))
			continue;
		struct counted *n = c->key.fault ? NULL : add_line(c);
		if (!n)
			return false;
		n->figures.line.rule = l->rule;
		n->figures.line.topic = l->topic;
		n->figures.line.code = l->code;
		n->figures.file = l->file;
		n->figures.number = l->line;
		n->figures.takes = l->points < 0;
	}
	return true;
}

struct judged_alert {
	int64_t id;
	const char *topic, *code, *outcome; /* outcome "": open */
	const char *reason; /* kind of 误报, or "" */
	const char *rules_hash;
};

/* A line that only alerts know: where it stood last. */
static bool keep_place(struct counter *c, struct rules_stats_line *f,
	const struct judged_alert *alert, const struct line_hit *hit)
{
	if (!f->line.gone)
		return true;
	if (!f->file || strcmp(f->file, hit->file) != 0)
		f->file = arena_strdup(c->arena, hit->file);
	f->number = hit->line;
	snprintf(f->hash, sizeof f->hash, "%s", alert->rules_hash);
	return f->file != NULL;
}

/* What a hit of an alert says of its line that nobody has met yet. */
static bool describe(struct counter *c, struct rules_stats_line *f,
	const struct judged_alert *alert, const struct line_hit *hit, const char *code)
{
	/* With --topic the lines of 全局扣分 are not listed beforehand. */
	const struct rule_line *now = line_places_find(c->places, code, hit->rule);

	f->line.rule = arena_strdup(c->arena, hit->rule);
	f->line.topic =
		arena_strdup(c->arena, line_hits_weakens(hit) ? RULE_LINES_WEAKEN : alert->topic);
	f->line.code = arena_strdup(c->arena, code);
	f->line.gone = !now;
	f->takes = hit->points < 0;
	f->file = now ? now->file : NULL;
	f->number = now ? now->line : 0;
	return !arena_failed(c->arena);
}

static struct counted *line_of(
	struct counter *c, const struct judged_alert *alert, const struct line_hit *hit)
{
	const char *code = line_hits_weakens(hit) ? RULE_LINES_WEAKEN : alert->code;
	struct counted *l = find_line(c, code, hit->rule);

	if (!l && !c->key.fault) {
		l = add_line(c);
		if (l && !describe(c, &l->figures, alert, hit, code))
			return NULL;
	}
	return l && keep_place(c, &l->figures, alert, hit) ? l : NULL;
}

/* --- alerts --- */

static void count_reason(struct rules_stats_line *f, const char *reason)
{
	for (size_t i = 0; i < RULES_STATS_REASONS; i++)
		if (strcmp(reason, office_queue_reason_at(i)) == 0)
			f->reasons[i]++;
}

static void count_hit(struct counted *l, const struct judged_alert *alert)
{
	struct rules_stats_line *f = &l->figures;

	if (l->alert == alert->id)
		return;
	l->alert = alert->id;
	f->hits++;
	f->decided += *alert->outcome != '\0';
	if (strcmp(alert->outcome, "误报") != 0)
		return;
	f->false_alarms++;
	if (f->last_false < alert->id)
		f->last_false = alert->id;
	count_reason(f, alert->reason);
}

static enum err_code count_alert(
	struct counter *c, const struct judged_alert *alert, const char *why, struct err *e)
{
	struct line_hit *hits;
	size_t n;
	enum err_code rc;

	arena_reset(c->scratch);
	rc = line_hits_read(why, c->scratch, &hits, &n, e);
	if (rc)
		return err_prefix(e, "A%lld", (long long)alert->id);
	for (size_t i = 0; i < n; i++) {
		struct counted *l = line_of(c, alert, &hits[i]);
		if (!l)
			return err_nomem(e);
		count_hit(l, alert);
	}
	return ERR_OK;
}

static enum err_code count_alerts(
	struct counter *c, struct db *db, int64_t since, const char *topic, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(db, ST_LINE_JUDGED, DB_ARGS(DB_INT(since), DB_TEXT(topic)), &q, e);

	while (!rc && db_next(&q)) {
		bool decided = strcmp(db_text(&q, 5), "decided") == 0;
		const struct judged_alert alert = {.id = db_int(&q, 0),
			.topic = db_text(&q, 2),
			.code = db_text(&q, 3),
			.outcome = decided ? db_text(&q, 6) : "",
			.reason = db_text(&q, 7),
			.rules_hash = db_text(&q, 8)};
		rc = count_alert(c, &alert, db_text(&q, 4), e);
	}
	return db_end(&q, rc, e);
}

/* --- the table --- */

static int compare(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

static int by_harm(const void *a, const void *b)
{
	const struct rules_stats_line *x = a, *y = b;
	int order = compare(y->hits > 0, x->hits > 0);

	if (!order && x->hits)
		order = compare(x->takes, y->takes);
	if (!order)
		order = compare(y->false_alarms, x->false_alarms);
	if (!order)
		order = compare(y->hits, x->hits);
	if (!order)
		order = strcmp(x->line.topic, y->line.topic);
	if (!order)
		order = strcmp(x->file, y->file);
	return order ? order : compare(x->number, y->number);
}

static enum err_code make_table(
	struct counter *c, struct rules_stats_line **out, size_t *count, struct err *e)
{
	const struct counted *all = c->lines.items;
	struct rules_stats_line *table = arena_array(c->arena, c->lines.count + 1, sizeof *table);

	for (size_t i = 0; table && i < c->lines.count; i++) {
		table[i] = all[i].figures;
		table[i].line.place = arena_printf(c->arena, "%s:%lld%s%s", table[i].file,
			(long long)table[i].number, *table[i].hash ? "@" : "", table[i].hash);
	}
	if (!table || arena_failed(c->arena))
		return err_nomem(e);
	if (c->lines.count)
		qsort(table, c->lines.count, sizeof *table, by_harm);
	*out = table;
	*count = c->lines.count;
	return ERR_OK;
}

static enum err_code run(struct counter *c, struct office *o, int64_t since, const char *topic,
	struct rules_stats_line **out, size_t *count, struct err *e)
{
	enum err_code rc = add_todays(c, topic) ? ERR_OK : err_nomem(e);

	if (!rc)
		rc = count_alerts(c, o->db, since, topic, e);
	if (!rc && topic && !c->lines.count)
		rc = err_set(e, ERR_NOT_FOUND,
			_("no topic “%s”, neither in the rules nor among the alerts"), topic);
	return rc ? rc : make_table(c, out, count, e);
}

enum err_code office_rules_stats(struct office *o, int64_t since, const char *topic,
	struct arena *a, struct rules_stats_line **out, size_t *count, struct err *e)
{
	struct counter c = {.arena = a, .scratch = arena_new(ALERT_MEMORY)};
	struct line_places *places = NULL;
	const struct rules *rules;
	enum err_code rc = c.scratch ? office_rules(o, &rules, e) : err_nomem(e);

	list_init(&c.lines, a, sizeof(struct counted));
	buf_init(&c.key, KEY_MAX);
	if (!rc)
		rc = line_places_new(rules, &places, e);
	c.places = places;
	if (!rc)
		rc = run(&c, o, since, topic, out, count, e);
	line_places_free(places);
	name_index_fini(&c.index);
	buf_fini(&c.key);
	arena_free(c.scratch);
	return rc;
}
