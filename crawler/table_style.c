/*
 * table_style.c - number formats: which numbers are dates, and how numbers are shown
 * (ECMA-376 part 1, 18.8.30 and 18.17.4).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "crawler/table_private.h"

#define VALUE_MAX 64 /* characters of a stored number */
#define LOST_FROM 1e15 /* programs keep 15 digits */
#define SERIAL_MAX 2958466 /* 9999-12-31 is the day before */
#define SECONDS 86400

/* --- formats --- */

/* Built-in ids; those of East Asian versions among them. */
static bool is_builtin_date(int id)
{
	return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
	       (id >= 50 && id <= 54) || id == 57 || id == 58;
}

static bool is_builtin_time(int id)
{
	return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ||
	       id == 55 || id == 56;
}

/* Only the letters of a code count: not "literal", \x, [Red], _x, *x. */
static const char *next_letter(const char *p)
{
	while (*p && *p != ';') {
		if (*p == '"' || *p == '[') {
			const char *end = strchr(p + 1, *p == '"' ? '"' : ']');
			if (*p == '[' && end && strchr("hmsHMS", p[1]))
				return p + 1; /* [h]:mm: elapsed time */
			p = end ? end + 1 : p + strlen(p);
		} else if ((*p == '\\' || *p == '_' || *p == '*') && p[1]) {
			p += 2;
		} else {
			return p;
		}
	}
	return p;
}

static struct table_style read_code(const char *code)
{
	struct table_style s = {TABLE_STYLE_PLAIN, 0};
	bool time = false, zeros = true;
	int digits = 0;

	if (strncmp(code, "General", 7) == 0)
		return s;
	for (const char *p = next_letter(code); *p && *p != ';'; p = next_letter(p + 1)) {
		if (strchr("yYdD", *p) || (*p == 'e' && p[1] != '+' && p[1] != '-'))
			return (struct table_style){TABLE_STYLE_DATE, 0};
		time = time || strchr("hHsS", *p) || (*p == 'm' && !time);
		if (strchr("mM", *p) && !strpbrk(code, "hHsS"))
			return (struct table_style){TABLE_STYLE_DATE, 0}; /* a month alone */
		zeros = zeros && *p == '0';
		digits += *p == '0';
	}
	if (time)
		s.kind = TABLE_STYLE_TIME;
	else if (zeros && digits > 1)
		s = (struct table_style){TABLE_STYLE_ZEROS, digits < 30 ? digits : 30};
	return s;
}

struct table_style table_style_of(int id, const char *code)
{
	if (code)
		return read_code(code);
	if (is_builtin_date(id))
		return (struct table_style){TABLE_STYLE_DATE, 0};
	if (is_builtin_time(id))
		return (struct table_style){TABLE_STYLE_TIME, 0};
	return (struct table_style){TABLE_STYLE_PLAIN, 0};
}

/* --- numbers --- */

/* Day 0 of the system as days since 1970. In the 1900 system day 60 is a 29 February
 * that never was; what comes before counts from one day later. */
static int64_t epoch_of(bool since_1904, int64_t day)
{
	if (since_1904)
		return time_days_from_civil(1904, 1, 1);
	return time_days_from_civil(1899, 12, day < 60 ? 31 : 30);
}

static void add_clock(struct buf *out, int64_t seconds)
{
	int64_t h = seconds / 3600, m = seconds / 60 % 60, s = seconds % 60;

	buf_addf(out, "%02lld:%02lld", (long long)h, (long long)m);
	if (s)
		buf_addf(out, ":%02lld", (long long)s);
}

/* False: it is no moment that a calendar has. */
static bool add_moment(struct buf *out, double v, struct table_style style, bool since_1904)
{
	int64_t day, seconds;
	int y, m, d;

	if (!(v >= 0) || v >= SERIAL_MAX)
		return false;
	day = (int64_t)v;
	seconds = (int64_t)((v - (double)day) * SECONDS + 0.5);
	day += seconds == SECONDS;
	seconds %= SECONDS;
	if (style.kind == TABLE_STYLE_TIME && day == 0) {
		add_clock(out, seconds);
		return true;
	}
	if (!since_1904 && day == 60) {
		buf_add_str(out, "1900-02-29");
	} else {
		time_civil_from_days(epoch_of(since_1904, day) + day, &y, &m, &d);
		buf_addf(out, "%04d-%02d-%02d", y, m, d);
	}
	if (seconds || style.kind == TABLE_STYLE_TIME) {
		buf_add_char(out, ' ');
		add_clock(out, seconds);
	}
	return true;
}

static void add_number(struct buf *out, double v, struct table_style style)
{
	char text[64];

	if (style.kind == TABLE_STYLE_ZEROS && v >= 0 && v == floor(v))
		snprintf(text, sizeof text, "%0*.0f", style.zeros, v);
	else if (v == floor(v))
		snprintf(text, sizeof text, "%.0f", v);
	else
		snprintf(text, sizeof text, "%.15g", v);
	buf_add_str(out, text);
}

void table_style_add(struct buf *out, struct str value, struct table_style style, bool since_1904,
	enum table_cell_kind *kind)
{
	char text[VALUE_MAX + 1], *end = text;
	double v = 0;

	*kind = TABLE_CELL_TEXT;
	value = str_trim(value);
	if (value.n && value.n <= VALUE_MAX) {
		memcpy(text, value.p, value.n);
		text[value.n] = '\0';
		v = strtod(text, &end);
	}
	if (end == text || *end || !isfinite(v)) {
		buf_add(out, value.p, value.n);
		return;
	}
	*kind = TABLE_CELL_NUMBER;
	if (style.kind == TABLE_STYLE_DATE || style.kind == TABLE_STYLE_TIME) {
		if (add_moment(out, v, style, since_1904)) {
			*kind = TABLE_CELL_TIME;
			return;
		}
	}
	if (fabs(v) >= LOST_FROM) {
		*kind = TABLE_CELL_LOST;
		snprintf(text, sizeof text, "%.6G", v);
		buf_add_str(out, text);
		return;
	}
	add_number(out, v, style);
}
