/*
 * tally_answers.c - cases that were discovered in a period, and whether they were answered
 * in time: T1 to T6 and T9.
 */
#include "office/tally_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"

#define DAY 86400

/* One case with its parts of the lists. */
struct matter {
	const struct facts_case *c;
	const struct facts_limit *limits, *response; /* response: the limit of the answer */
	struct answerable who; /* before that limit */
	size_t limit_count;
	bool due, on_time;
};

/* Where the lists have come to. */
struct places {
	size_t limit, holder, answer;
};

/* The elements of a list that belong to case `id`, from *at on: the first, and how many. Both
 * are in order, and every element begins with its case. */
static size_t part_of(
	const void *list, size_t n, size_t size, size_t *at, const char *id, size_t *count)
{
	const char *const base = list;
	size_t first;

	while (*at < n && strcmp(*(const char *const *)(base + *at * size), id) < 0)
		++*at;
	first = *at;
	while (*at < n && strcmp(*(const char *const *)(base + *at * size), id) == 0)
		++*at;
	*count = *at - first;
	return first;
}

static bool is_due(const struct counting *c, const struct facts_limit *l)
{
	return l->due_at <= c->asof;
}

static bool is_on_time(const struct facts_limit *l)
{
	return l->met_at != TIME_NONE && l->met_at <= l->due_at;
}

static void gather(const struct counting *c, struct places *at, struct matter *m)
{
	const struct tally_facts *f = c->facts;

	m->limits = f->limits + part_of(f->limits, f->limit_count, sizeof *f->limits, &at->limit,
					m->c->id, &m->limit_count);
	m->who.holders = f->holders + part_of(f->holders, f->holder_count, sizeof *f->holders,
					      &at->holder, m->c->id, &m->who.holder_count);
	m->who.answers = f->answers + part_of(f->answers, f->answer_count, sizeof *f->answers,
					      &at->answer, m->c->id, &m->who.answer_count);
	m->response = NULL;
	for (size_t i = 0; i < m->limit_count; i++)
		if (!m->limits[i].press)
			m->response = &m->limits[i];
	m->who.now = c->asof;
	m->who.due = m->response ? m->response->due_at : TIME_NONE;
	m->who.met_at = m->response ? m->response->met_at : TIME_NONE;
	m->due = m->response && is_due(c, m->response);
	m->on_time = m->due && is_on_time(m->response);
}

static void add_answer(
	struct counting *c, int table, const char *label, bool due, bool answered, bool on_time)
{
	struct tally_row *r = tally_row_of(c, table, label);

	if (!r)
		return;
	r->v[ANSWER_CASES]++;
	r->v[ANSWER_DUE] += due;
	r->v[ANSWER_ANSWERED] += answered;
	r->v[ANSWER_ON_TIME] += due && on_time;
	r->v[ANSWER_LATE] += due && !on_time;
}

/* --- T1 --- */

static void add_total(struct counting *c, const struct matter *m)
{
	struct tally_row *r = tally_row_of(c, TALLY_TOTAL, c->label);

	if (!r)
		return;
	r->v[TOTAL_CASES]++;
	r->v[TOTAL_DUE] += m->due;
	r->v[TOTAL_ANSWERED] += m->who.answer_count > 0;
	r->v[TOTAL_ON_TIME] += m->on_time;
	r->v[TOTAL_LATE] += m->due && !m->on_time;
	r->v[TOTAL_WITHDRAWN] += m->c->withdrawn;
}

static void add_hours(struct counting *c, const struct matter *m, struct list *spans)
{
	int64_t *span, took;

	if (!m->who.answer_count)
		return;
	took = m->who.answers[0].published_at - m->c->clock_start;
	span = list_add(spans);
	if (span)
		*span = took > 0 ? took : 0;
	else if (!c->rc)
		c->rc = err_nomem(c->err);
}

static int compare_spans(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* `sum` seconds over `n`, in tenths of hours, rounded half up. */
static int64_t tenths(int64_t sum, int64_t n)
{
	return (sum * 10 * 2 + n * 3600) / (n * 3600 * 2);
}

static void put_hours(struct counting *c, struct list *spans)
{
	struct tally_row *r = c->rc ? NULL : tally_row_of(c, TALLY_TOTAL, c->label);
	int64_t *v = spans->items, sum = 0;
	size_t n = spans->count;

	if (!r)
		return;
	r->v[TOTAL_MEAN] = r->v[TOTAL_MEDIAN] = r->v[TOTAL_LONGEST] = TIME_NONE;
	if (!n)
		return;
	qsort(v, n, sizeof *v, compare_spans);
	for (size_t i = 0; i < n; i++)
		sum += v[i];
	r->v[TOTAL_MEAN] = tenths(sum, (int64_t)n);
	r->v[TOTAL_MEDIAN] = tenths(v[(n - 1) / 2] + v[n / 2], 2);
	r->v[TOTAL_LONGEST] = tenths(v[n - 1], 1);
}

/* --- T2, T4, T5, T6 --- */

static void add_topics(struct counting *c, const struct matter *m)
{
	const char *mark = "、", *p = m->c->topics, *end;

	do {
		end = strstr(p, mark);
		const char *topic = end ? arena_strndup(c->arena, p, (size_t)(end - p)) : p;
		if (topic)
			add_answer(
				c, TALLY_TOPIC, topic, m->due, m->who.answer_count > 0, m->on_time);
		else if (!c->rc)
			c->rc = err_nomem(c->err);
		p = end ? end + strlen(mark) : p;
	} while (end);
}

static void add_grades(struct counting *c, const struct matter *m)
{
	for (size_t i = 0; i < m->limit_count && !c->rc; i++) {
		const struct facts_limit *l = &m->limits[i];
		const char *label = arena_printf(c->arena, "%s %s", l->grade, l->rule);
		struct tally_row *r = label ? tally_row_of(c, TALLY_GRADE, label) : NULL;
		bool due = is_due(c, l);
		if (!r) {
			c->rc = c->rc ? c->rc : err_nomem(c->err);
			return;
		}
		r->v[GRADE_LIMITS]++;
		r->v[GRADE_DUE] += due;
		r->v[GRADE_ON_TIME] += due && is_on_time(l);
		r->v[GRADE_LATE] += due && !is_on_time(l);
	}
}

/* --- T3, T9 --- */

/* Who held it when it fell due answers for it, each with an answer of its own; the lead also
 * with that of another. What is not due yet is whose it is now. */
static void add_units(struct counting *c, const struct matter *m)
{
	for (size_t i = 0; i < m->who.holder_count && !c->rc; i++) {
		const struct answerable_holder *h = &m->who.holders[i];
		if (answerable_held(h, answerable_at(&m->who)))
			add_answer(c, TALLY_UNIT, h->unit, m->due,
				answerable_own(&m->who, h) != TIME_NONE,
				answerable_judge(&m->who, h) == ANSWERABLE_KEPT);
	}
	if (!c->rc && !answerable_lead(&m->who))
		add_answer(c, TALLY_UNIT, "", m->due, false, m->on_time);
}

/* One line; met_at: when the answer came that it is late with, TIME_NONE: none did. */
static void add_late(struct counting *c, const struct matter *m, const char *unit, const char *role,
	int64_t met_at)
{
	struct tally_late *l = tally_late_add(c);
	int64_t end = met_at == TIME_NONE ? c->asof : met_at;

	if (!l)
		return;
	l->id = m->c->id;
	l->unit = unit;
	l->role = role;
	l->words = m->c->title;
	l->due_at = m->response->due_at;
	l->tentative = m->response->tentative;
	l->days = (end - l->due_at + DAY - 1) / DAY;
	l->settled = met_at != TIME_NONE;
}

/* As T3 counts them: the lead, or the office while there was none, when nobody answered in time,
 * and every co-unit without an answer of its own in time. */
static void add_all_late(struct counting *c, const struct matter *m)
{
	const struct answerable_holder *lead = answerable_lead(&m->who);

	if (m->due && !m->on_time)
		add_late(c, m, lead ? lead->unit : "", lead ? "lead" : "office",
			m->response->met_at);
	for (size_t i = 0; m->due && !c->rc && i < m->who.holder_count; i++) {
		const struct answerable_holder *h = &m->who.holders[i];
		if (!h->lead && answerable_judge(&m->who, h) == ANSWERABLE_LATE)
			add_late(c, m, h->unit, "co", answerable_own(&m->who, h));
	}
}

static void add_whole(struct counting *c, const struct matter *m)
{
	bool answered = m->who.answer_count > 0;

	add_topics(c, m);
	add_units(c, m);
	add_answer(c, TALLY_PLACE, m->c->place, m->due, answered, m->on_time);
	add_answer(c, TALLY_SOURCE, m->c->source, m->due, answered, m->on_time);
	add_grades(c, m);
	add_all_late(c, m);
}

void tally_count_answers(struct counting *c)
{
	struct places at = {0, 0, 0};
	struct list spans;

	list_init(&spans, c->arena, sizeof(int64_t));
	for (size_t i = 0; !c->rc && i < c->facts->case_count; i++) {
		struct matter m = {.c = &c->facts->cases[i]};
		gather(c, &at, &m);
		if (m.c->discovered_at < c->period->from || m.c->discovered_at >= c->to)
			continue;
		add_total(c, &m);
		add_hours(c, &m, &spans);
		if (c->whole)
			add_whole(c, &m);
	}
	put_hours(c, &spans);
}
