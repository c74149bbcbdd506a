/*
 * unit_answers.c - gathering the answers of a case by unit.
 */
#include "office/unit_answers.h"

#include <string.h>

#include "base/buf.h"
#include "base/time.h"
#include "ledger/cases.h"
#include "ledger/clocks.h"
#include "ledger/list.h"
#include "ledger/promises.h"
#include "ledger/records.h"
#include "matcher/counted.h"
#include "office/due.h"
#include "office/promise_dates.h"

#define WORDS_MAX ((size_t)1 << 20)

struct gathering {
	struct office *office;
	struct db *db;
	struct arena *arena;
	struct err *err;
	const char *case_id;
	struct list list; /* of struct unit_answer */
};

static struct unit_answer *of_unit(struct gathering *g, const char *unit)
{
	struct unit_answer *u = g->list.items;

	for (size_t i = 0; i < g->list.count; i++)
		if (strcmp(u[i].unit, unit) == 0)
			return &u[i];
	u = list_add(&g->list);
	if (u)
		*u = (struct unit_answer){.unit = unit,
			.role = "",
			.late = TIME_NONE,
			.figures = "",
			.dates = "",
			.dates_told = "",
			.channels = ""};
	return u;
}

static enum err_code add_units(struct gathering *g, bool lead)
{
	struct case_unit *list = NULL;
	size_t count = 0;
	enum err_code rc = cases_units(g->db, g->case_id, g->arena, &list, &count, g->err);

	for (size_t i = 0; !rc && i < count; i++) {
		struct unit_answer *u;
		if (list[i].until != TIME_NONE || list[i].lead != lead)
			continue;
		u = of_unit(g, list[i].unit);
		if (!u)
			return err_nomem(g->err);
		u->role = lead ? "lead" : "co";
	}
	return rc;
}

static enum err_code add_answers(struct gathering *g)
{
	struct response_record *list = NULL;
	size_t count = 0;
	enum err_code rc = responses_of(g->db, g->case_id, g->arena, &list, &count, g->err);

	for (size_t i = 0; !rc && i < count; i++) {
		struct unit_answer *u = of_unit(g, list[i].unit);
		if (!u)
			return err_nomem(g->err);
		u->count++;
		if (!u->answer || strcmp(list[i].state, "rejected") != 0)
			u->answer = &list[i];
	}
	return rc;
}

/* --- what an answer says --- */

static const char *keep(struct gathering *g, struct buf *b)
{
	const char *s = buf_check(b, "", g->err) ? NULL : arena_strdup(g->arena, buf_str(b));

	buf_fini(b);
	return s;
}

static void add_word(struct buf *b, const char *word)
{
	if (*word && !strstr(buf_str(b), word))
		buf_addf(b, "%s%s", b->len ? "、" : "", word);
}

static enum err_code read_figures(struct gathering *g, struct unit_answer *u)
{
	const char *body = u->answer->body ? u->answer->body : "";
	struct counted *list = NULL;
	struct shadow s;
	struct buf b;
	size_t count = 0;
	enum err_code rc = normalise_text(NULL, body, strlen(body), g->arena, &s, g->err);

	if (!rc)
		rc = counted_read(&s, g->arena, &list, &count, g->err);
	if (rc)
		return rc;
	buf_init(&b, WORDS_MAX);
	for (size_t i = 0; i < count; i++)
		add_word(&b, list[i].text);
	u->figures = keep(g, &b);
	return u->figures ? ERR_OK : err_nomem(g->err);
}

static void add_date(struct gathering *g, const struct promise_phrase_record *p, struct buf *dates,
	struct buf *told)
{
	if (!*p->due_date || strstr(buf_str(dates), p->due_date))
		return;
	add_word(dates, p->due_date);
	buf_addf(told, "%s%s%s", told->len ? "、" : "", p->due_date,
		due_mark(promise_dates_is_tentative(g->office, p)));
}

static enum err_code read_dates(struct gathering *g, struct unit_answer *u)
{
	struct promise_record *list = NULL;
	struct buf b, told;
	size_t count = 0;
	enum err_code rc = promises_of(g->db, u->answer->id, g->arena, &list, &count, g->err);

	if (rc)
		return rc;
	buf_init(&b, WORDS_MAX);
	buf_init(&told, 2 * WORDS_MAX);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < list[i].phrase_count; k++)
			add_date(g, &list[i].phrases[k], &b, &told);
	u->dates = keep(g, &b);
	u->dates_told = keep(g, &told);
	return u->dates && u->dates_told ? ERR_OK : err_nomem(g->err);
}

static enum err_code read_channels(struct gathering *g, struct unit_answer *u)
{
	struct response_link *list = NULL;
	struct buf b;
	size_t count = 0;
	enum err_code rc = responses_links(g->db, u->answer->id, g->arena, &list, &count, g->err);

	if (rc)
		return rc;
	buf_init(&b, WORDS_MAX);
	for (size_t i = 0; i < count; i++)
		add_word(&b, list[i].channel);
	u->channels = keep(g, &b);
	return u->channels ? ERR_OK : err_nomem(g->err);
}

static enum err_code read_answer(struct gathering *g, struct unit_answer *u)
{
	enum err_code rc = u->answer ? read_figures(g, u) : ERR_OK;

	if (!rc && u->answer)
		rc = read_dates(g, u);
	return rc || !u->answer ? rc : read_channels(g, u);
}

/* The limit of the case's answer: the last that was not replaced. */
static enum err_code find_due(struct gathering *g, int64_t *due)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_of(g->db, g->case_id, g->arena, &list, &count, g->err);

	*due = TIME_NONE;
	for (size_t i = 0; !rc && i < count; i++)
		if (strcmp(list[i].clock, "response") == 0 &&
			strcmp(list[i].state, "replaced") != 0)
			*due = list[i].due_at;
	return rc;
}

static void measure(struct gathering *g, struct unit_answer *u, int64_t due)
{
	int64_t at = u->answer && strcmp(u->answer->state, "rejected") != 0
			     ? u->answer->published_at
			     : office_now(g->office);

	if (due != TIME_NONE)
		u->late = at > due ? at - due : 0;
}

static enum err_code gather(struct gathering *g)
{
	int64_t due = TIME_NONE;
	struct unit_answer *u;
	enum err_code rc = add_units(g, true);

	if (!rc)
		rc = add_units(g, false);
	if (!rc)
		rc = add_answers(g);
	if (!rc)
		rc = find_due(g, &due);
	u = g->list.items;
	for (size_t i = 0; !rc && i < g->list.count; i++) {
		measure(g, &u[i], due);
		rc = read_answer(g, &u[i]);
	}
	return rc;
}

enum err_code unit_answers_of(struct office *o, const char *typed, struct arena *a,
	char case_id[IDS_SIZE], struct unit_answer **out, size_t *count, struct err *e)
{
	struct gathering g = {.office = o, .db = o->db, .arena = a, .err = e, .case_id = case_id};
	enum err_code rc = db_begin_read(o->db, e);

	list_init(&g.list, a, sizeof **out);
	if (!rc)
		rc = records_find(o->db, IDS_CASE, typed, case_id, e);
	if (!rc)
		rc = gather(&g);
	*out = g.list.items;
	*count = rc ? 0 : g.list.count;
	db_rollback(o->db);
	return rc;
}
