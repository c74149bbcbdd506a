/*
 * date_clock.c - the time of day: 09:30[:15[.5]], 0930, 3:05 pm, 下午三点半, 15时30分.
 */
#include <string.h>

#include "crawler/date_private.h"

/* ---- halves of the day ---- */

struct half {
	const char *text;
	int low, high; /* hours from low up to, without, high get `add` */
	int add;
	enum { HALF_PLAIN, HALF_NOON, HALF_KOREAN } kind;
};

/* Which half of the day a word means. 12 in the morning is 0, 12 at night is the next
 * day's 0; two or three at night is what it says. A longer word stands before its start. */
static const struct half halves[] = {
	{"a.m.", 12, 13, -12, HALF_PLAIN},
	{"p.m.", 0, 12, 12, HALF_PLAIN},
	{"am", 12, 13, -12, HALF_PLAIN},
	{"pm", 0, 12, 12, HALF_PLAIN},
	{"上午", 12, 13, -12, HALF_PLAIN},
	{"下午", 0, 12, 12, HALF_PLAIN},
	{"凌晨", 12, 13, -12, HALF_PLAIN},
	{"清晨", 12, 13, -12, HALF_PLAIN},
	{"早上", 12, 13, -12, HALF_PLAIN},
	{"早晨", 12, 13, -12, HALF_PLAIN},
	{"早间", 12, 13, -12, HALF_PLAIN},
	{"早間", 12, 13, -12, HALF_PLAIN},
	{"中午", 1, 4, 12, HALF_NOON},
	{"正午", 1, 4, 12, HALF_NOON},
	{"午间", 1, 4, 12, HALF_NOON},
	{"午間", 1, 4, 12, HALF_NOON},
	{"午后", 0, 12, 12, HALF_PLAIN},
	{"午後", 0, 12, 12, HALF_PLAIN},
	{"午前", 12, 13, -12, HALF_PLAIN},
	{"傍晚", 0, 12, 12, HALF_PLAIN},
	{"晚上", 5, 13, 12, HALF_PLAIN},
	{"晚间", 5, 13, 12, HALF_PLAIN},
	{"晚間", 5, 13, 12, HALF_PLAIN},
	{"夜间", 5, 13, 12, HALF_PLAIN},
	{"夜間", 5, 13, 12, HALF_PLAIN},
	{"夜里", 5, 13, 12, HALF_PLAIN},
	{"夜裡", 5, 13, 12, HALF_PLAIN},
	{"深夜", 5, 13, 12, HALF_PLAIN},
	{"半夜", 5, 13, 12, HALF_PLAIN},
	{"午夜", 5, 13, 12, HALF_PLAIN},
	{"오전", 12, 13, -12, HALF_KOREAN},
	{"오후", 0, 12, 12, HALF_KOREAN},
	{"晚", 5, 13, 12, HALF_PLAIN},
	{"夜", 5, 13, 12, HALF_PLAIN},
	{"早", 12, 13, -12, HALF_PLAIN},
	{"晨", 12, 13, -12, HALF_PLAIN},
};

static const struct half *read_half(struct str *c)
{
	for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
		struct str rest = *c;
		if (!date_skip_text(&rest, halves[i].text))
			continue;
		/* "am" must not be the start of a word. */
		if (halves[i].text[0] == 'a' || halves[i].text[0] == 'p')
			if (rest.n && str_is_alpha((unsigned char)rest.p[0]))
				continue;
		*c = rest;
		return &halves[i];
	}
	return NULL;
}

static void apply_half(const struct half *h, struct date_parts *p)
{
	if (!h || p->hour < h->low || p->hour >= h->high)
		return;
	p->hour += h->add;
	if (p->hour == 24) {
		p->hour = 0;
		p->next_day = true;
	}
}

bool date_skip_half(struct str *c, struct date_parts *p)
{
	const struct half *h = read_half(c);

	if (h && h->kind == HALF_NOON) {
		p->hour = 12;
		p->has_time = true;
	}
	return h != NULL;
}

/* ---- hours, minutes, seconds ---- */

static void skip_fraction(struct str *c)
{
	int v, digits;
	struct str rest = *c;

	if (rest.n < 2 || (rest.p[0] != '.' && rest.p[0] != ','))
		return;
	rest = str_sub(rest, 1, rest.n);
	if (!str_is_digit((unsigned char)rest.p[0]))
		return;
	while (date_read_number(&rest, 9, &v, &digits))
		;
	*c = rest;
}

static const char *const han_hours[] = {"点钟", "點鐘", "点", "點", "时", "時", NULL};

/* An hour in Han numerals counts only with its unit behind it. */
static bool read_hour(struct str *c, int *hour)
{
	struct str rest = *c;
	int digits;

	if (date_read_number(c, 2, hour, &digits))
		return true;
	if (!date_read_han(&rest, hour, &digits))
		return false;
	struct str unit = rest;
	if (!date_skip_any(&unit, han_hours))
		return false;
	*c = rest;
	return true;
}

static bool read_quarter(struct str *c, int *minute)
{
	static const struct {
		const char *text;
		int minute;
	} quarters[] = {{"半", 30}, {"一刻", 15}, {"三刻", 45}, {"整", 0}, {"正", 0}};

	for (size_t i = 0; i < sizeof quarters / sizeof *quarters; i++)
		if (date_skip_text(c, quarters[i].text)) {
			*minute = quarters[i].minute;
			return true;
		}
	return false;
}

/* A unit, blanks in front of it too: 3 点 5 分. */
static bool skip_unit(struct str *c, const char *const *units)
{
	struct str rest = *c;

	date_skip_space(&rest);
	if (!date_skip_any(&rest, units))
		return false;
	*c = rest;
	return true;
}

/* ":MM[:SS]" or "时MM分SS秒" behind the hour. */
static bool read_minutes(struct str *c, struct date_parts *p)
{
	static const char *const colons[] = {":", "：", "시 ", "시", NULL};
	static const char *const after_minute[] = {":", "：", "分", "분 ", "분", NULL};
	static const char *const after_second[] = {"秒", NULL};
	int digits;
	bool han = skip_unit(c, han_hours);

	if (!han && !date_skip_any(c, colons))
		return false;
	date_skip_space(c);
	if (read_quarter(c, &p->minute))
		return true;
	if (han)
		date_skip_text(c, "零"); /* 8点零5分 */
	if (!date_read_number(c, 2, &p->minute, &digits) &&
		!(han && date_read_han(c, &p->minute, &digits)))
		return c->n == 0 || !str_is_digit((unsigned char)c->p[0]);
	if (skip_unit(c, after_minute)) {
		date_skip_space(c);
		if (date_read_number(c, 2, &p->second, &digits)) {
			skip_unit(c, after_second);
			skip_fraction(c);
		}
	}
	return true;
}

/* HHMM or HHMMSS. */
static bool read_basic_clock(struct str *c, struct date_parts *p)
{
	struct str rest = *c;
	int digits;

	if (!date_read_number(&rest, 2, &p->hour, &digits) || digits != 2)
		return false;
	if (date_read_number(&rest, 2, &p->minute, &digits) && digits != 2)
		return false;
	if (date_read_number(&rest, 2, &p->second, &digits) && digits != 2)
		return false;
	if (rest.n && str_is_digit((unsigned char)rest.p[0]))
		return false;
	skip_fraction(&rest);
	*c = rest;
	return true;
}

/* "3pm": the hour alone, where a half of the day follows it. */
static bool read_bare_hour(struct str *c, struct date_parts *p)
{
	struct str rest = *c;
	int digits;

	if (!date_read_number(&rest, 2, &p->hour, &digits))
		return false;
	*c = rest;
	date_skip_space(&rest);
	return rest.n && str_is_alpha((unsigned char)rest.p[0]) && read_half(&rest);
}

bool date_read_clock(struct str *c, struct date_parts *p, bool basic)
{
	struct str rest = *c;
	struct date_parts q = *p;

	q.hour = q.minute = q.second = 0;
	q.next_day = false;
	const struct half *half = read_half(&rest);
	date_skip_space(&rest);
	struct str before = rest;
	bool ok = read_hour(&rest, &q.hour) && read_minutes(&rest, &q);
	if (!ok) {
		rest = before;
		q.minute = q.second = 0;
		ok = (basic && read_basic_clock(&rest, &q)) || (!half && read_bare_hour(&rest, &q));
	}
	struct str behind = rest;
	date_skip_space(&behind);
	if (!half && (half = read_half(&behind)))
		rest = behind;
	if (!ok)
		return false;
	apply_half(half, &q);
	q.has_time = true;
	q.has_half = half != NULL;
	if (half && half->kind == HALF_KOREAN) {
		q.has_zone = true;
		q.offset = 9 * 3600;
	}
	*p = q;
	*c = rest;
	return true;
}
