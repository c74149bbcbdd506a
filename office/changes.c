/*
 * changes.c - figures and towns of a text against those of a story; copies in an hour.
 */
#include "office/changes.h"

#include <string.h>

#include "base/i18n.h"
#include "ledger/alerts.h"
#include "ledger/articles.h"
#include "matcher/figures.h"
#include "office/raise.h"
#include "office/units.h"

#define MEMORY ((size_t)512 << 20)
#define HOUR 3600
#define DOUBLINGS_MAX 20

void changes_add(struct changes *c, const char *what, const char *topic, const char *before,
	const char *after)
{
	if (c->count < CHANGES_MAX)
		c->change[c->count++] = (struct stories_change){what, topic, before, after};
}

/* --- what is known --- */

struct known {
	const struct normalise_table *table;
	const struct units *units;
	struct arena *arena;
	bool *town; /* by unit */
	struct figures figures;
};

static bool is_town(const struct unit *u)
{
	return strcmp(u->level, "镇街") == 0 && !u->until;
}

static bool holds(const struct shadow *s, const char *name)
{
	return name && *name && memmem(s->bytes, s->size, name, strlen(name)) != NULL;
}

static bool names_unit(const struct shadow *s, const struct unit *u)
{
	bool found = holds(s, u->name) || holds(s, u->full);

	for (size_t i = 0; !found && i < u->also.count; i++)
		found = holds(s, u->also.names[i]);
	return found;
}

static void note_towns(struct known *k, const struct shadow *s)
{
	for (size_t i = 0; i < units_count(k->units); i++) {
		const struct unit *u = units_at(k->units, i);
		if (!k->town[i] && is_town(u))
			k->town[i] = names_unit(s, u);
	}
}

static enum err_code note_text(struct known *k, const char *text, struct err *e)
{
	struct figures f;
	struct shadow s;
	enum err_code rc;

	if (!text || !*text)
		return ERR_OK;
	rc = normalise_text(k->table, text, strlen(text), k->arena, &s, e);
	if (rc)
		return rc;
	note_towns(k, &s);
	figures_read(&s, &f);
	if (f.dead > k->figures.dead)
		k->figures.dead = f.dead;
	if (f.hurt > k->figures.hurt)
		k->figures.hurt = f.hurt;
	return ERR_OK;
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

enum err_code changes_words(struct db *db, struct arena *a, const struct item_record *r,
	const char **out, struct err *e)
{
	struct article_record page = {.content = ""};
	enum err_code rc = articles_get(db, r->id, a, &page, e);

	if (rc && rc != ERR_NOT_FOUND)
		return rc;
	*out = arena_printf(a, "%s\n%s\n%s\n%s\n%s", or_empty(r->title), or_empty(r->summary),
		or_empty(r->content), or_empty(page.title), page.content);
	return *out ? ERR_OK : err_nomem(e);
}

static enum err_code note_item(
	struct known *k, struct db *db, const struct item_record *r, struct err *e)
{
	const char *words;
	enum err_code rc = changes_words(db, k->arena, r, &words, e);

	return rc ? rc : note_text(k, words, e);
}

/* The items of the story but this one, whose row has its new words already. */
static enum err_code note_items(
	struct known *k, struct db *db, int64_t story, int64_t but, struct err *e)
{
	struct item_record *items;
	size_t n;
	enum err_code rc = items_of_story(db, story, k->arena, &items, &n, e);

	for (size_t i = 0; !rc && i < n; i++)
		if (items[i].id != but)
			rc = note_item(k, db, &items[i], e);
	return rc;
}

static enum err_code note_earlier(struct known *k, struct db *db, int64_t item, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_ITEM_EARLIER_TEXTS, DB_ARGS(DB_INT(item)), &q, e);

	while (!rc && db_next(&q))
		for (int i = 0; !rc && i < 3; i++)
			rc = note_text(k, db_text(&q, i), e);
	return db_end(&q, rc, e);
}

static enum err_code note_alerts(struct known *k, struct db *db, int64_t story, struct err *e)
{
	struct alert *alerts;
	size_t n;
	enum err_code rc = alerts_of_story(db, story, k->arena, &alerts, &n, e);

	for (size_t i = 0; !rc && i < n; i++) {
		rc = note_text(k, alerts[i].title, e);
		if (!rc)
			rc = note_text(k, alerts[i].excerpt, e);
	}
	return rc;
}

static enum err_code know(struct known *k, const struct intake *in, struct arena *a, struct err *e)
{
	const struct rules *rules;
	enum err_code rc = office_rules(in->office, &rules, e);

	k->arena = a;
	if (rc)
		return rc;
	k->table = rules_shadows(rules);
	k->town = arena_array(a, units_count(k->units) + 1, sizeof *k->town);
	return k->town ? ERR_OK : err_nomem(e);
}

/* --- the difference --- */

static void compare_figure(
	const struct intake *in, const char *what, int64_t before, int64_t after, struct changes *c)
{
	if (after > before)
		changes_add(c, what, NULL, arena_printf(in->arena, "%lld", (long long)before),
			arena_printf(in->arena, "%lld", (long long)after));
}

static void compare(const struct intake *in, const struct known *old, const struct known *new,
	struct changes *c)
{
	compare_figure(in, STORIES_DEAD, old->figures.dead, new->figures.dead, c);
	compare_figure(in, STORIES_HURT, old->figures.hurt, new->figures.hurt, c);
	for (size_t i = 0; i < units_count(new->units); i++)
		if (new->town[i] && !old->town[i])
			changes_add(c, STORIES_TOWN, NULL, NULL,
				arena_strdup(in->arena, units_at(new->units, i)->name));
}

static enum err_code read_both(const struct intake *in, const struct item_record *r,
	const char *text, const char *before, int64_t story, struct known *old, struct known *new,
	struct err *e)
{
	struct db *db = in->office->db;
	enum err_code rc = note_items(old, db, story, r->id, e);

	if (!rc)
		rc = note_alerts(old, db, story, e);
	if (!rc && r->story == story)
		rc = note_earlier(old, db, r->id, e);
	if (!rc && r->story == story)
		rc = note_text(old, before, e);
	if (!rc)
		rc = note_text(new, r->title, e);
	return rc ? rc : note_text(new, text, e);
}

enum err_code changes_in_text(const struct intake *in, const struct item_record *r,
	const char *text, const char *before, int64_t story, struct changes *c, struct err *e)
{
	struct arena *a = arena_new(MEMORY);
	struct known old = {0}, new = {0};
	struct units *units = NULL;
	enum err_code rc = a ? units_load(in->office->home, &units, e) : err_nomem(e);

	old.units = new.units = units;
	if (!rc)
		rc = know(&old, in, a, e);
	if (!rc)
		rc = know(&new, in, a, e);
	if (!rc)
		rc = read_both(in, r, text, before, story, &old, &new, e);
	if (!rc)
		compare(in, &old, &new, c);
	if (!rc && arena_failed(in->arena))
		rc = err_nomem(e);
	units_free(units);
	arena_free(a);
	return rc;
}

enum err_code changes_in_copies(const struct intake *in, const struct item_record *r, int64_t story,
	struct changes *c, struct err *e)
{
	struct db *db = in->office->db;
	int64_t limit = in->office->settings.copies_an_hour, came = 0, copies = 0;
	const char *text;
	enum err_code rc = stories_returns_for_copies(db, story, &came, e);

	if (!rc)
		rc = db_get_int(db, ST_ITEM_COPIES_BETWEEN,
			DB_ARGS(DB_INT(story), DB_INT(r->at - HOUR + 1), DB_INT(r->at)), &copies,
			e);
	if (rc || copies <= limit << (came < DOUBLINGS_MAX ? came : DOUBLINGS_MAX))
		return rc;
	text = arena_printf(in->arena, "%lld", (long long)copies);
	changes_add(c, STORIES_COPIES, NULL, NULL, text);
	return text ? ERR_OK : err_nomem(e);
}
