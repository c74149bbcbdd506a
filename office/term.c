/*
 * term.c - which days a period has.
 */
#include "office/term.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/yearpart.h"

static const char *const kind_names[] = {"week", "month", "quarter", "year"};

enum err_code term_kind_read(const char *word, enum term_kind *out, struct err *e)
{
	for (int i = 0; i <= TERM_YEAR; i++)
		if (strcmp(word, kind_names[i]) == 0) {
			*out = (enum term_kind)i;
			return ERR_OK;
		}
	return err_set(e, ERR_USAGE, _("“%s”: wanted is week, month, quarter or year"), word);
}

static int64_t monday_of(int64_t day)
{
	return day - (time_weekday(day) + 6) % 7;
}

static int64_t midnight(int64_t day, const struct time_zone *z)
{
	struct time_civil c = {0};
	int64_t t = day * 86400;

	time_civil_from_days(day, &c.year, &c.month, &c.day);
	(void)time_from_civil(&c, z, &t);
	return t;
}

/* A day of a yearpart; 0 when it has none. */
static int64_t day_of(const char *date)
{
	int64_t end = 0;

	return calendar_end_of_date(date, NULL, &end, NULL) == ERR_OK ? end / 86400 : 0;
}

static void set_week(struct term *p)
{
	p->first = monday_of(time_days_from_civil(p->year, 1, 4)) + (p->n - 1) * 7;
	p->end = p->first + 7;
	snprintf(p->name, sizeof p->name, "%04d-W%02d", p->year, p->n);
}

/* Its days and its name: those of the yearpart, where it is one. */
static void set_days(struct term *p)
{
	static const int months[] = {[TERM_MONTH] = 1, [TERM_QUARTER] = 3, [TERM_YEAR] = 12};
	struct yearpart part = {"", "", ""};
	char date[40];

	if (p->kind == TERM_WEEK) {
		set_week(p);
		return;
	}
	snprintf(date, sizeof date, "%04d-%02d-01", p->year, (p->n - 1) * months[p->kind] + 1);
	(void)yearpart_of(kind_names[p->kind], date, &part);
	p->first = day_of(part.from);
	p->end = *part.to ? day_of(part.to) + 1 : 0;
	snprintf(p->name, sizeof p->name, "%s", part.ref);
}

static void finish(struct term *p, const struct time_zone *z)
{
	set_days(p);
	p->from = midnight(p->first, z);
	p->to = midnight(p->end, z);
}

/* Year and number of the period that holds a day. */
static void number(struct term *p, int64_t day)
{
	int month, mday;
	int64_t of = p->kind == TERM_WEEK ? monday_of(day) + 3 : day; /* its Thursday */

	time_civil_from_days(of, &p->year, &month, &mday);
	if (p->kind == TERM_WEEK)
		p->n = (int)((of - time_days_from_civil(p->year, 1, 1)) / 7) + 1;
	else if (p->kind == TERM_MONTH)
		p->n = month;
	else
		p->n = p->kind == TERM_QUARTER ? (month + 2) / 3 : 1;
}

static void at_day(enum term_kind kind, int64_t day, const struct time_zone *z, struct term *out)
{
	memset(out, 0, sizeof *out);
	out->kind = kind;
	number(out, day);
	finish(out, z);
}

void term_at(enum term_kind kind, int64_t t, const struct time_zone *z, struct term *out)
{
	struct time_civil c;

	time_to_civil(t, z, &c);
	at_day(kind, time_days_from_civil(c.year, c.month, c.day), z, out);
}

static bool read_number(struct str s, int min, int max, int *out)
{
	int64_t v;

	if (s.n < 1 || s.n > 4 || !str_to_int(s, min, max, &v))
		return false;
	*out = (int)v;
	return true;
}

/* "2026-09": after the year what the kind has, then its number. */
static bool read_name(struct term *p, const char *name)
{
	static const struct {
		const char *mark;
		size_t digits;
		int max;
	} forms[] = {{"-W", 2, 53}, {"-", 2, 12}, {"Q", 1, 4}, {"", 0, 1}};
	struct str s = str_of(name);
	size_t mark = strlen(forms[p->kind].mark);

	p->n = 1;
	if (s.n != 4 + mark + forms[p->kind].digits ||
		!read_number(str_sub(s, 0, 4), 1970, 9998, &p->year))
		return false;
	for (size_t i = 0; i < mark; i++)
		if (toupper((unsigned char)name[4 + i]) != forms[p->kind].mark[i])
			return false;
	return p->kind == TERM_YEAR ||
	       read_number(str_sub(s, 4 + mark, s.n), 1, forms[p->kind].max, &p->n);
}

enum err_code term_read(enum term_kind kind, const char *name, const struct time_zone *z,
	struct term *out, struct err *e)
{
	static const char *const examples[] = {"2026-W39", "2026-09", "2026Q3", "2026"};
	struct term again = {.kind = kind};
	bool fine;

	memset(out, 0, sizeof *out);
	out->kind = kind;
	fine = read_name(out, name);
	if (fine) {
		finish(out, z);
		number(&again, out->first);
		fine = again.year == out->year &&
		       again.n == out->n; /* not every year has week 53 */
	}
	if (fine)
		return ERR_OK;
	return err_set(
		e, ERR_USAGE, _("“%s” is no %s like %s"), name, kind_names[kind], examples[kind]);
}

void term_before(const struct term *p, const struct time_zone *z, struct term *out)
{
	at_day(p->kind, p->first - 1, z, out);
}

void term_year_before(const struct term *p, const struct time_zone *z, struct term *out)
{
	if (p->kind == TERM_WEEK) {
		at_day(p->kind, p->first - 364, z, out);
		return;
	}
	*out = *p;
	out->year--;
	finish(out, z);
}
