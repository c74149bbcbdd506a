/*
 * yearpart.c - from a date to the period that it lies in.
 */
#include "base/yearpart.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

/* How many months a kind has, and how its name is made of the year and its number there. */
static const struct {
	const char *kind;
	int months;
	char letter;
} kinds[] = {
	{"month", 1, '-'},
	{"quarter", 3, 'Q'},
	{"half", 6, 'H'},
	{"year", 12, 0},
};

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static void make(size_t kind, int year, int month, struct yearpart *out)
{
	unsigned months = (unsigned)kinds[kind].months, n = ((unsigned)month - 1) / months + 1;
	unsigned y = (unsigned)year % 10000, last = n * months % 100, first = last - months + 1;
	unsigned days = (unsigned)days_in_month(year, (int)last) % 100;

	n %= 100;
	if (!kinds[kind].letter)
		snprintf(out->ref, sizeof out->ref, "%04u", y);
	else if (months == 1)
		snprintf(out->ref, sizeof out->ref, "%04u-%02u", y, n);
	else
		snprintf(out->ref, sizeof out->ref, "%04u%c%u", y, kinds[kind].letter, n);
	snprintf(out->from, sizeof out->from, "%04u-%02u-01", y, first % 100);
	snprintf(out->to, sizeof out->to, "%04u-%02u-%02u", y, last, days);
}

static bool find_kind(const char *kind, size_t *out)
{
	for (*out = 0; *out < sizeof kinds / sizeof *kinds; ++*out)
		if (strcmp(kinds[*out].kind, kind) == 0)
			return true;
	return false;
}

/* Year and month of "YYYY-MM-DD". */
static bool read_month(const char *date, int64_t *year, int64_t *month)
{
	struct str s = str_of(date);

	return s.n == 10 && s.p[4] == '-' && s.p[7] == '-' &&
	       str_to_int(str_sub(s, 0, 4), 1970, 9998, year) &&
	       str_to_int(str_sub(s, 5, 7), 1, 12, month);
}

bool yearpart_of(const char *kind, const char *date, struct yearpart *out)
{
	int64_t year, month;
	size_t k;

	if (!find_kind(kind, &k) || !read_month(date, &year, &month))
		return false;
	make(k, (int)year, (int)month, out);
	return true;
}

bool yearpart_next(const char *kind, const struct yearpart *p, struct yearpart *out)
{
	int64_t year, month;
	size_t k;

	if (!find_kind(kind, &k) || !read_month(p->to, &year, &month))
		return false;
	make(k, (int)(month == 12 ? year + 1 : year), (int)(month == 12 ? 1 : month + 1), out);
	return true;
}
