/*
 * promise_cut.c - cuts a sentence into clauses and finds the deadline phrases in each.
 */
#include "matcher/promise_clause.h"

#include "base/time.h"
#include "matcher/scan.h"

#define CI 0x6B21 /* 次 */
#define SOON 120 /* days */
#define STEP_MAX 186 /* days, June to December; else they are told in another order */
#define SOON_LASTING 210
#define EVENT_MAX 12 /* characters */

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* Characters between clauses; NFKC has made the full-width ones these. 8:00 is none. */
static bool ends_clause(const struct promise_line *l, size_t i)
{
	uint32_t cp = l->cp[i];

	if (cp == ':' && i && i + 1 < l->n && is_digit(l->cp[i - 1]) && is_digit(l->cp[i + 1]))
		return false;
	return cp == ',' || cp == ';' || cp == ':' || cp == '(' || cp == ')' || cp == '\n' ||
	       cp == 0x3002 || cp == '!' || cp == '?';
}

/* 1.4月25日前: the dot numbers what follows. */
static bool is_list_mark(const uint32_t *cp, size_t dot)
{
	size_t i = dot;

	while (i && dot - i < 2 && is_digit(cp[i - 1]))
		i--;
	return i < dot && (i == 0 || cp[i - 1] == ':' || cp[i - 1] == ';' || cp[i - 1] == ' ' ||
				  cp[i - 1] == ',' || cp[i - 1] == 0x3002);
}

/* Whose year, whose month: 去年9月, 同年12月, 每年底, 几年内. A digit: the middle of a number. */
static bool is_cut_off(const uint32_t *cp, size_t i)
{
	static const char *const heads[] = {
		"去", "前", "同", "每", "上", "往", "几", "数", "多", "年", "第", "逐", "历", "各"};
	uint32_t before = i ? cp[i - 1] : 0;

	if (is_digit(before) || (before == '.' && !is_list_mark(cp, i - 1)))
		return true;
	for (size_t k = 0; i && k < sizeof heads / sizeof *heads; k++)
		if (scan_word_at(cp, i, i - 1, heads[k]))
			return true;
	return false;
}

/* The mark behind `from`, or `max` characters on where there is none. */
static size_t next_mark(const struct promise_line *l, size_t from, size_t max)
{
	size_t end = l->n - from < max ? l->n : from + max;

	while (from < end && !ends_clause(l, from))
		from++;
	return from;
}

/* 在 验收合格后30日内, 将 自受理之日起30日内: the event belongs to the phrase, if it is short
 * and what stands before it shows where it begins. */
static size_t event_begin(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	static const char *const heads[] = {"在", "于", "将", "会", "待", "诺", "局", "们", "方",
		"司", "院", "校", "队", "委", "心"};
	size_t least = l->phrase_count > c->first_phrase ? p[-1].to : c->from;

	for (size_t i = p->from; i + EVENT_MAX > p->from; i--) {
		if (i == c->from || (i < p->from && ANY_WORD_AT(l->cp, l->n, i - 1, heads)))
			return i;
		if (i == least)
			break;
	}
	return p->from;
}

/* 明年6月完成一期, 12月完成二期: of the same year, steps are told in their order. 截至8月4日, said
 * on the day after, is none. */
static bool leads(const struct promise_phrase *p, const struct promise_reckon *r)
{
	return p->calendar && p->due != PROMISE_NO_DAY && p->due > r->made &&
	       (p->grip == GRIP_LIMIT || p->soon || p->ahead);
}

static void follow_step(
	const struct promise_line *l, const struct promise_reckon *r, struct promise_phrase *p)
{
	const struct promise_phrase *before = l->phrase_count ? p - 1 : NULL;
	struct promise_reckon then = *r;
	struct promise_phrase again;

	if (!before || !p->yearless || !leads(before, r) || p->due >= before->due)
		return;
	then.made = before->due;
	time_civil_from_days(then.made, &then.year, &then.month, &then.day);
	if (promise_phrase_at(l->cp, p->to, p->from, &then, &again) && again.to == p->to &&
		again.due <= before->due + STEP_MAX)
		p->due = again.due;
}

/* Half a year that has begun is as often what figures are told of. */
static bool is_near(const struct promise_phrase *p, int64_t made)
{
	return p->lasting ? p->unbegun && p->due <= made + SOON_LASTING : p->due <= made + SOON;
}

/* 3月下旬到账, told in March, is yet to come; behind a day that is past it is part of what was
 * (2017年装修, 年底开业). */
static void note_past(
	const struct promise_line *l, const struct promise_reckon *r, struct promise_phrase *p)
{
	const struct promise_phrase *before = l->phrase_count ? p - 1 : NULL;
	bool past = before && before->due != PROMISE_NO_DAY && before->due < r->made;

	p->soon = !past && p->yearless && !p->bare && p->due >= r->made && is_near(p, r->made);
	if (past && l->cp[p->from] == CI) { /* 次月: the month after that */
		p->due = PROMISE_NO_DAY;
		p->kind = PROMISE_UNDATED;
		p->ahead = false;
	}
}

static void add_phrase(struct promise_line *l, const struct promise_clause *c,
	const struct promise_reckon *r, const struct promise_phrase *found)
{
	static const char *const since[] = {"自", "从"};
	struct promise_phrase *p = &l->phrases[l->phrase_count];

	*p = *found;
	if (p->from_event)
		p->from = event_begin(l, c, p);
	if (p->from_day && p->from > c->from && ANY_WORD_AT(l->cp, l->n, p->from - 1, since))
		p->from--;
	follow_step(l, r, p);
	note_past(l, r, p);
	l->phrase_count++;
}

/* What begins in the middle of a number is none. */
static bool is_in_number(const uint32_t *cp, size_t i)
{
	return i && is_digit(cp[i]) && is_digit(cp[i - 1]);
}

/* A clause that was cut ends behind the phrase that the cut would halve. */
static void find_phrases(
	struct promise_line *l, struct promise_clause *c, const struct promise_reckon *r)
{
	size_t reach = next_mark(l, c->to, PROMISE_PHRASE_MAX);
	struct promise_phrase p;
	size_t i = c->from;

	c->first_phrase = l->phrase_count;
	while (i < c->to) {
		if (is_in_number(l->cp, i) || !promise_begins_has(r->begins, l->cp[i]) ||
			!promise_phrase_at(l->cp, reach, i, r, &p)) {
			i++;
			continue;
		}
		if (!is_cut_off(l->cp, i))
			add_phrase(l, c, r, &p);
		i = p.to;
	}
	c->phrases = l->phrase_count - c->first_phrase;
	c->to = i;
}

static void init_clause(struct promise_clause *c, size_t from, size_t to)
{
	*c = (struct promise_clause){.from = from, .to = to, .will_at = PROMISE_NOWHERE};
	for (size_t k = 0; k < CUES; k++)
		c->at[k] = PROMISE_NOWHERE;
}

bool promise_clause_cut(struct promise_line *l, const struct promise_reckon *r, struct arena *a)
{
	size_t ends = 1 + l->n / PROMISE_CLAUSE_MAX, from = 0;

	for (size_t i = 0; i < l->n; i++)
		ends += ends_clause(l, i);
	l->clauses = arena_array(a, ends, sizeof *l->clauses);
	l->phrases = arena_array(a, l->n / 2 + 1, sizeof *l->phrases);
	if (!l->clauses || !l->phrases)
		return false;
	l->made = r->made;
	/* One without a mark is cut: what is looked for within a clause then costs no more,
	 * however long a hostile text makes it. */
	while (from < l->n) {
		struct promise_clause *c = &l->clauses[l->clause_count];
		init_clause(c, from, next_mark(l, from, PROMISE_CLAUSE_MAX));
		find_phrases(l, c, r);
		l->clause_count += c->to > from;
		from = c->to + (c->to < l->n && ends_clause(l, c->to));
	}
	return true;
}
