/*
 * route.c - from topics and places to the units that answer.
 */
#include "office/route.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/cases.h"
#include "ledger/items.h"
#include "ledger/records.h"
#include "office/changes.h"
#include "office/queue.h"

#define SUCCESSORS_MAX 8 /* reforms that one look follows */
#define TEXT_MAX ((size_t)16 << 20)

struct routing {
	const struct units *units;
	const struct route_ask *ask;
	struct arena *arena;
	struct route *out;
	size_t towns;
	const struct unit *town; /* the first that is named */
};

/* --- reasons --- */

static enum err_code because(struct routing *r, const char *rule, struct err *e, const char *fmt,
	...) __attribute__((format(printf, 4, 5)));

static enum err_code because(
	struct routing *r, const char *rule, struct err *e, const char *fmt, ...)
{
	struct buf b;
	const char *text;
	va_list ap;

	if (r->out->why_count == ROUTE_WHY_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d reasons"), ROUTE_WHY_MAX);
	buf_init(&b, 65536);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	text = b.fault ? NULL : arena_strdup(r->arena, buf_str(&b));
	buf_fini(&b);
	if (!text)
		return err_nomem(e);
	r->out->why[r->out->why_count++] = (struct route_why){rule, text};
	return ERR_OK;
}

/* --- units --- */

static const struct unit *section(const struct units *u, const char *name)
{
	for (size_t i = 0; i < units_count(u); i++)
		if (strcmp(units_at(u, i)->name, name) == 0)
			return units_at(u, i);
	return NULL;
}

static bool is_over(const struct unit *u, const char *date)
{
	return u->until && strcmp(date, u->until) > 0;
}

/* The unit that answers today for what this one did; NULL: nobody took over. */
static enum err_code living(
	struct routing *r, const struct unit *u, const struct unit **out, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (int i = 0; u && !rc && i < SUCCESSORS_MAX && is_over(u, r->ask->date); i++) {
		const struct unit *next = u->successor ? section(r->units, u->successor) : NULL;
		if (next)
			rc = because(r, "successor", e, _("%s existed until %s: now %s"), u->name,
				u->until, next->name);
		u = next;
	}
	*out = u && !is_over(u, r->ask->date) ? u : NULL;
	return rc;
}

static enum err_code add_co(struct route *out, const struct unit *u, struct err *e)
{
	for (size_t i = 0; i < out->co_count; i++)
		if (out->co[i] == u)
			return ERR_OK;
	if (u == out->lead)
		return ERR_OK;
	if (out->co_count == ROUTE_CO_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d units to help"), ROUTE_CO_MAX);
	out->co[out->co_count++] = u;
	return ERR_OK;
}

/* --- topics --- */

static const struct unit *leading(const struct units *u, const char *topic)
{
	for (size_t i = 0; topic && i < units_count(u); i++)
		if (namelist_has(&units_at(u, i)->leads, topic))
			return units_at(u, i);
	return NULL;
}

static enum err_code take_topic(struct routing *r, const struct route_topic *t, struct err *e)
{
	const struct unit *u = leading(r->units, t->name);
	const char *from = "units.conf";
	bool first = !r->out->lead;
	enum err_code rc;

	if (!u)
		u = leading(r->units, t->code);
	if (!u && t->lead && *t->lead) {
		from = "keywords.conf";
		if (units_resolve(r->units, t->lead, r->ask->date, &u, NULL) != ERR_OK)
			u = NULL; /* a name that units.conf does not know leads nothing */
	}
	rc = living(r, u, &u, e);
	if (rc || !u)
		return rc;
	if (first)
		r->out->lead = u;
	else
		rc = add_co(r->out, u, e);
	if (rc)
		return rc;
	return because(r, "topic", e,
		first ? _("topic %s: %s leads it (%s; 谁主管谁负责)")
		      : _("topic %s: %s helps (%s; 谁主管谁负责)"),
		t->name, u->name, from);
}

/* --- places --- */

/* Does what stands before a town's name say that it is another county's? `full` is
 * 凯里市龙场镇人民政府: what stands before the name there is ours. */
static bool is_elsewhere(const char *before, size_t n, const struct unit *u)
{
	static const char *const kinds[] = {"县", "市", "区", "旗"};
	const char *at = u->full ? strstr(u->full, u->name) : NULL;
	size_t ours = at ? (size_t)(at - u->full) : 0;

	if (ours && n >= ours && memcmp(before + n - ours, u->full, ours) == 0)
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t k = strlen(kinds[i]);
		if (n >= k && memcmp(before + n - k, kinds[i], k) == 0)
			return true;
	}
	return false;
}

static bool has_name(struct str text, const char *name, const struct unit *u)
{
	size_t at = 0;

	if (!name || !*name)
		return false;
	while ((at = str_find(text, name, at)) < text.n) {
		if (!is_elsewhere(text.p, at, u))
			return true;
		at += strlen(name);
	}
	return false;
}

static const char *named_as(struct str text, const struct unit *u)
{
	if (has_name(text, u->name, u))
		return u->name;
	for (size_t i = 0; i < u->also.count; i++)
		if (has_name(text, u->also.names[i], u))
			return u->also.names[i];
	for (size_t i = 0; i < u->places.count; i++)
		if (has_name(text, u->places.names[i], u))
			return u->places.names[i];
	return NULL;
}

static bool is_place(const struct unit *u)
{
	return strcmp(u->level, "镇街") == 0 || u->places.count;
}

static enum err_code take_town(
	struct routing *r, const struct unit *u, const char *name, struct err *e)
{
	enum err_code rc = living(r, u, &u, e);

	if (rc || !u)
		return rc;
	if (!r->towns++)
		r->town = u;
	if (r->out->lead)
		rc = add_co(r->out, u, e);
	return rc ? rc : because(r, "place", e, _("place %s: %s (属地管理)"), name, u->name);
}

/* What was typed as the place, else what the text names. */
static enum err_code take_places(struct routing *r, struct err *e)
{
	const char *place = r->ask->place;
	struct str text = str_of(place && *place ? place : r->ask->text ? r->ask->text : "");
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < units_count(r->units); i++) {
		const struct unit *u = units_at(r->units, i);
		const char *name = is_place(u) ? named_as(text, u) : NULL;
		if (name)
			rc = take_town(r, u, name, e);
	}
	if (rc || !r->towns || r->out->lead)
		return rc;
	if (r->towns == 1) {
		r->out->lead = r->town;
		return ERR_OK;
	}
	return because(r, "places", e,
		_("%zu places and no topic that a unit leads: name the lead "
		  "(涉及多地的由上级主管部门牵头)"),
		r->towns);
}

/* --- coordination --- */

enum err_code route_coordinator(const struct units *u, const struct unit *lead, size_t co_count,
	struct arena *a, const char **out, struct err *e)
{
	bool above = lead->vertical && lead->superior;
	struct buf b;

	buf_init(&b, 65536);
	if (above)
		buf_add_str(&b, lead->superior);
	for (size_t i = 0; !above && co_count && i < units_count(u); i++)
		if (units_at(u, i)->coordinates)
			buf_addf(&b, "%s%s", b.len ? "、" : "", units_at(u, i)->name);
	*out = b.fault ? NULL : arena_strdup(a, buf_str(&b));
	buf_fini(&b);
	return *out ? ERR_OK : err_nomem(e);
}

static enum err_code coordinate(struct routing *r, struct err *e)
{
	struct route *out = r->out;
	enum err_code rc;

	out->coordinator = "";
	if (!out->lead)
		return ERR_OK;
	rc = route_coordinator(r->units, out->lead, out->co_count, r->arena, &out->coordinator, e);
	if (rc || !*out->coordinator)
		return rc;
	if (out->lead->vertical && out->lead->superior)
		return because(r, "vertical", e,
			_("%s is led from above (垂直管理): %s coordinates"), out->lead->name,
			out->coordinator);
	return because(
		r, "several", e, _("several units, one wording: %s coordinates"), out->coordinator);
}

enum err_code route_suggest(const struct units *u, const struct route_ask *ask, struct arena *a,
	struct route *out, struct err *e)
{
	struct routing r = {.units = u, .ask = ask, .arena = a, .out = out};
	enum err_code rc = ERR_OK;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; !rc && i < ask->topic_count; i++)
		rc = take_topic(&r, &ask->topics[i], e);
	if (!rc)
		rc = take_places(&r, e);
	if (!rc && r.towns > 1 && out->lead)
		rc = because(&r, "places", e,
			_("%zu places: %s is the first to answer, each place for its part"),
			r.towns, out->lead->name);
	if (!rc)
		rc = coordinate(&r, e);
	if (!rc && ask->grade && ask->director)
		rc = because(&r, "grade", e, _("%s: %s directs it in person"), ask->grade,
			ask->director);
	return rc;
}

/* --- of a row --- */

static int by_weight(const void *a, const void *b)
{
	const struct alert *x = a, *y = b;

	if (x->grade != y->grade)
		return x->grade > y->grade ? -1 : 1;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static void add_words(struct buf *b, const char *words)
{
	if (words)
		buf_addf(b, "%s\n", words);
}

static enum err_code add_items(
	struct db *db, int64_t story, struct arena *a, struct buf *b, struct err *e)
{
	struct item_record *items = NULL;
	size_t n = 0;
	enum err_code rc = items_of_story(db, story, a, &items, &n, e);

	for (size_t i = 0; !rc && i < n; i++) {
		const char *words = NULL;
		rc = changes_words(db, a, &items[i], &words, e);
		if (!rc)
			add_words(b, words);
	}
	return rc;
}

static enum err_code read_ask(struct office *o, int64_t story, struct arena *a,
	struct route_ask *ask, struct buf *text, struct err *e)
{
	struct alert *alerts = NULL;
	struct route_topic *topics;
	struct story row;
	size_t n = 0;
	enum err_code rc = alerts_get_story(o->db, story, a, &row, e);

	if (!rc)
		rc = alerts_of_story(o->db, story, a, &alerts, &n, e);
	if (rc)
		return rc;
	topics = arena_array(a, n + 1, sizeof *topics);
	if (!topics)
		return err_nomem(e);
	if (n)
		qsort(alerts, n, sizeof *alerts, by_weight);
	for (size_t i = 0; i < n; i++) {
		topics[i] = (struct route_topic){alerts[i].topic, alerts[i].code, alerts[i].lead};
		add_words(text, alerts[i].title);
		add_words(text, alerts[i].excerpt);
	}
	ask->topics = topics;
	ask->topic_count = n;
	return add_items(o->db, story, a, text, e);
}

enum err_code route_story(struct office *o, const struct units *u, int64_t story, const char *place,
	const char *grade, struct arena *a, struct route *out, struct err *e)
{
	struct route_ask ask = {.place = place, .grade = grade};
	const struct procedure *rules = NULL;
	char today[11];
	struct buf text;
	enum err_code rc = office_procedure(o, &rules, e);

	if (rc)
		return rc;
	if (grade && namelist_has(&rules->directs, grade))
		ask.director = rules->who;

	calendar_date_of(office_now(o), o->settings.zone, today);
	ask.date = today;
	buf_init(&text, TEXT_MAX);
	rc = read_ask(o, story, a, &ask, &text, e);
	if (!rc)
		rc = buf_check(&text, _("the text"), e);
	ask.text = buf_str(&text);
	if (!rc)
		rc = route_suggest(u, &ask, a, out, e);
	buf_fini(&text);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}

static enum err_code route_case(struct office *o, const struct units *u, const char *typed,
	struct arena *a, struct route *out, struct err *e)
{
	struct case_record c;
	char id[IDS_SIZE];
	enum err_code rc = records_find(o->db, IDS_CASE, typed, id, e);

	if (!rc)
		rc = cases_get(o->db, id, a, &c, e);
	return rc ? rc : route_story(o, u, c.story, c.place, c.grade, a, out, e);
}

enum err_code office_route(struct office *o, const struct units *u, const char *typed,
	struct arena *a, struct route *out, struct err *e)
{
	struct ids id;
	int64_t story = 0;
	enum err_code rc = db_begin_read(o->db, e);

	if (!rc && ids_parse(typed, &id) && id.type == IDS_CASE)
		rc = route_case(o, u, typed, a, out, e);
	else if (!rc && (rc = office_queue_row(o->db, typed, &story, e)) == ERR_OK)
		rc = route_story(o, u, story, NULL, NULL, a, out, e);
	db_rollback(o->db);
	return rc;
}
