/*
 * line_queue.c - open rows and their lines.
 */
#include "office/line_queue.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "ledger/list.h"

#define LINE_NUMBER_MAX 100000000
#define OVERLAY_DIR "local.d/"

/* --- reading --- */

static enum err_code read_alert(
	struct db_rows *q, struct arena *a, struct line_alert *out, struct err *e)
{
	out->id = db_int(q, 8);
	out->topic = arena_strdup(a, db_text(q, 9));
	out->code = arena_strdup(a, db_text(q, 10));
	out->score = db_int(q, 11);
	out->threshold = db_int(q, 12);
	out->rules_hash = arena_strdup(a, db_text(q, 14));
	if (!out->topic || !out->code || !out->rules_hash)
		return err_nomem(e);
	if (line_hits_read(db_text(q, 13), a, &out->hits, &out->hit_count, e) == ERR_OK)
		return ERR_OK;
	return err_prefix(e, "A%lld", (long long)out->id);
}

static enum err_code read_row(struct db_rows *q, struct arena *a, struct line_row *out)
{
	out->story = db_int(q, 0);
	out->raised_at = db_int(q, 1);
	out->grade = (int)db_int(q, 2);
	out->taken_by = arena_strdup(a, db_text(q, 3));
	out->taken_name = arena_strdup(a, db_text(q, 4));
	out->again = db_int(q, 5) != 0;
	out->told = db_int(q, 6) != 0;
	out->orders = db_int(q, 7) != 0;
	return out->taken_by && out->taken_name ? ERR_OK : ERR_NOMEM;
}

static enum err_code add_to(
	struct db_rows *q, struct list *rows, struct list *alerts, struct arena *a, struct err *e)
{
	struct line_row *last =
		rows->count ? (struct line_row *)rows->items + rows->count - 1 : NULL;
	struct line_alert *alert = list_add(alerts);

	if (!last || last->story != db_int(q, 0)) {
		last = list_add(rows);
		if (!last || read_row(q, a, last))
			return err_nomem(e);
		last->first = alerts->count - 1;
	}
	last->count++;
	return alert ? read_alert(q, a, alert, e) : err_nomem(e);
}

enum err_code line_queue_read(
	struct db *db, int64_t since, struct arena *a, struct line_queue *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list rows, alerts;
	enum err_code rc = db_query(db, ST_LINE_QUEUE, DB_ARGS(DB_INT(since)), &q, e);

	list_init(&rows, a, sizeof *out->rows);
	list_init(&alerts, a, sizeof *out->alerts);
	while (!rc && db_next(&q))
		rc = add_to(&q, &rows, &alerts, a, e);
	*out = (struct line_queue){rows.items, alerts.items, rows.count, alerts.count};
	return db_end(&q, rc, e);
}

/* --- what a line has to do with a row --- */

static bool is_line(
	const struct line_alert *alert, const struct line_hit *hit, const struct line_ref *line)
{
	if (strcmp(hit->rule, line->rule) != 0)
		return false;
	if (line_hits_weakens(hit))
		return strcmp(line->code, RULE_LINES_WEAKEN) == 0;
	return strcmp(alert->code, line->code) == 0;
}

static bool has_hit(const struct line_alert *alert, const struct line_ref *line)
{
	for (size_t i = 0; i < alert->hit_count; i++)
		if (is_line(alert, &alert->hits[i], line))
			return true;
	return false;
}

static bool is_alone(const struct line_alert *alert, const struct line_ref *line)
{
	return has_hit(alert, line) && line_hits_needs(alert->hits, alert->hit_count, line->rule,
					       alert->score, alert->threshold);
}

enum line_row_state line_queue_state(const struct line_queue *q, const struct line_row *row,
	const struct line_ref *line, const char *actor)
{
	bool hit = false, alone = true;

	for (size_t i = 0; i < row->count; i++) {
		hit |= has_hit(&q->alerts[row->first + i], line);
		alone = alone && is_alone(&q->alerts[row->first + i], line);
	}
	if (!hit)
		return LINE_ROW_NO_HIT;
	if (row->again)
		return LINE_ROW_BACK;
	if (row->told)
		return LINE_ROW_TOLD;
	if (row->orders)
		return LINE_ROW_ORDERS;
	if (!alone)
		return LINE_ROW_OTHERS;
	if (*row->taken_by && (!actor || strcmp(row->taken_by, actor) != 0))
		return LINE_ROW_TAKEN;
	return LINE_ROW_ALONE;
}

/* --- which line a person means --- */

enum err_code line_queue_ref(const struct line_places *places, const struct line_alert *alert,
	const struct line_hit *hit, struct arena *a, struct line_ref *out, struct err *e)
{
	const struct rule_line *now = line_places_find(places, alert->code, hit->rule);
	bool weakens = line_hits_weakens(hit);

	if (now || !places)
		out->place = arena_printf(a, "%s:%lld", now ? now->file : hit->file,
			(long long)(now ? now->line : hit->line));
	else
		out->place = arena_printf(a, "%s:%lld@%.*s", hit->file, (long long)hit->line,
			LINE_HASH_SHOWN, alert->rules_hash);
	out->rule = hit->rule;
	out->topic = weakens ? RULE_LINES_WEAKEN : alert->topic;
	out->code = weakens ? RULE_LINES_WEAKEN : alert->code;
	out->gone = places && !now;
	return out->place ? ERR_OK : err_nomem(e);
}

struct place {
	const char *file;
	int64_t line;
	const char *hash; /* beginning of that of a rule set; "": today's, or any */
};

/* "57", "keywords.conf:57", "local.d/x.conf:57" or "x.conf:57", and "@3fa9c1" or not. */
static enum err_code read_place(
	const char *typed, struct arena *a, struct place *out, struct err *e)
{
	const char *colon = strrchr(typed, ':'), *at = strchr(colon ? colon : typed, '@');
	const char *from = colon ? colon + 1 : typed;
	struct str number = {from, at ? (size_t)(at - from) : strlen(from)};
	bool main_file =
		!colon || str_is((struct str){typed, (size_t)(colon - typed)}, LINE_HITS_MAIN);

	if (!str_to_int(number, 1, LINE_NUMBER_MAX, &out->line) || colon == typed)
		return err_set(e, ERR_USAGE,
			_("“%s” is no line: wanted is keywords.conf:57, local.d/NAME.conf:12, or "
			  "57 for keywords.conf"),
			typed);
	out->hash = at ? at + 1 : "";
	if (main_file)
		out->file = LINE_HITS_MAIN;
	else
		out->file = arena_printf(a, "%s%.*s",
			strncmp(typed, OVERLAY_DIR, strlen(OVERLAY_DIR)) == 0 ? "" : OVERLAY_DIR,
			(int)(colon - typed), typed);
	return out->file ? ERR_OK : err_nomem(e);
}

static bool stood_there(
	const struct line_alert *alert, const struct line_hit *hit, const struct place *place)
{
	return hit->line == place->line && strcmp(hit->file, place->file) == 0 &&
	       strncmp(alert->rules_hash, place->hash, strlen(place->hash)) == 0;
}

static bool same_line(const struct line_ref *x, const struct line_ref *y)
{
	return strcmp(x->rule, y->rule) == 0 && strcmp(x->code, y->code) == 0;
}

struct search {
	const struct line_places *places;
	struct place place;
	struct arena *arena;
	struct line_ref now; /* today's line there; rule NULL: none */
	struct line_ref was; /* one that stood there; rule NULL: none yet */
	struct line_ref other; /* another that stood there; rule NULL: none */
	bool is_now;
};

static enum err_code look_at(
	struct search *s, const struct line_alert *alert, const struct line_hit *hit, struct err *e)
{
	struct line_ref ref;
	enum err_code rc;

	if (s->now.rule && is_line(alert, hit, &s->now)) {
		s->is_now = true;
		return ERR_OK;
	}
	if (!stood_there(alert, hit, &s->place))
		return ERR_OK;
	rc = line_queue_ref(s->places, alert, hit, s->arena, &ref, e);
	if (!rc && s->was.rule && !same_line(&s->was, &ref))
		s->other = ref;
	if (!rc && !s->was.rule)
		s->was = ref;
	return rc;
}

static enum err_code start(struct search *s, const char *typed, struct err *e)
{
	enum err_code rc = read_place(typed, s->arena, &s->place, e);
	const struct rule_line *l;

	if (rc || *s->place.hash)
		return rc;
	l = line_places_by_number(s->places, s->place.file, s->place.line);
	if (!l)
		return ERR_OK;
	s->now = (struct line_ref){.rule = l->rule, .topic = l->topic, .code = l->code};
	s->now.place = arena_printf(s->arena, "%s:%d", l->file, l->line);
	return s->now.place ? ERR_OK : err_nomem(e);
}

enum err_code line_queue_find(const struct line_queue *q, const struct line_places *places,
	const char *typed, struct arena *a, struct line_ref *out, struct err *e)
{
	struct search s = {.places = places, .arena = a};
	enum err_code rc = start(&s, typed, e);

	for (size_t i = 0; !rc && i < q->alert_count; i++)
		for (size_t k = 0; !rc && k < q->alerts[i].hit_count; k++)
			rc = look_at(&s, &q->alerts[i], &q->alerts[i].hits[k], e);
	if (rc)
		return rc;
	if (s.now.rule && !s.is_now && s.was.rule)
		return err_set(e, ERR_NOT_FOUND,
			_("no open row was raised by %s; what stood there before is %s"),
			s.now.place, s.was.place);
	if (!s.is_now && s.other.rule)
		return err_set(e, ERR_REFUSED,
			_("several lines stood at %s:%lld, among them %s and %s; say which"),
			s.place.file, (long long)s.place.line, s.was.place, s.other.place);
	*out = s.is_now ? s.now : s.was;
	if (out->rule)
		return ERR_OK;
	return err_set(e, ERR_NOT_FOUND, _("no open row was raised by %s:%lld"), s.place.file,
		(long long)s.place.line);
}
