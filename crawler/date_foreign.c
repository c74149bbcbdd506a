/*
 * date_foreign.c - days in running text that do not begin with the year.
 *
 * Where they stand is told here, what they mean by date.c: the day is written anew with
 * its year in front. Figures alone, "10/26/2020", are left to date.c's own rules for what
 * is the month.
 */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "crawler/date_private.h"

#define DATE_BYTES_MAX 128

/* The letters of a Latin script at the start of c. */
static struct str word_at(struct str c)
{
	size_t n = 0, len = 0;

	for (; n < c.n; n += len) {
		uint32_t cp = utf8_decode(c.p + n, c.n - n, &len);
		if (cp >= 0x250 || (cp < 0xC0 && !str_is_alpha((unsigned char)cp)))
			break;
	}
	return str_sub(c, 0, n);
}

static bool read_exactly(struct str *c, int min, int max, int *value)
{
	struct str rest = *c;
	int digits;

	if (!date_read_number(&rest, max, value, &digits) || digits < min ||
		(rest.n && str_is_digit((unsigned char)rest.p[0])))
		return false;
	*c = rest;
	return true;
}

static bool read_month(struct str *c, int (*month_of)(struct str), int *month)
{
	struct str word = word_at(*c);

	*month = word.n ? month_of(word) : 0;
	if (!*month)
		return false;
	*c = str_sub(*c, word.n, c->n);
	date_skip_text(c, ".");
	return true;
}

static void skip_of(struct str *c)
{
	date_skip_space(c);
	if (date_skip_text(c, "de "))
		date_skip_space(c);
}

/* "26", "26th", "26." */
static bool read_day(struct str *c, int *day)
{
	static const char *const ends[] = {"st", "nd", "rd", "th", ".", NULL};

	if (!read_exactly(c, 1, 2, day) || *day < 1 || *day > 31)
		return false;
	date_skip_any(c, ends);
	return true;
}

static bool read_year(struct str *c, int *year)
{
	return read_exactly(c, 4, 4, year) && *year >= 1900 && *year <= 2100;
}

/* "十一月 6th, 2009": an English template with its months translated. */
static bool read_chinese_month(struct str *c, int *month)
{
	struct str rest = *c;
	int digits;

	if (!date_read_any_number(&rest, 2, month, &digits) || *month < 1 || *month > 12 ||
		!date_skip_text(&rest, "月") || !rest.n || rest.p[0] != ' ')
		return false;
	*c = rest;
	return true;
}

/* "October 26, 2020", "Oct. 26th 2020", "十月 26, 2020" */
static bool read_month_first(struct str *c, struct date_parts *p)
{
	struct str rest = *c;

	if (!read_month(&rest, date_english_month_of, &p->month) &&
		!read_chinese_month(&rest, &p->month))
		return false;
	date_skip_space(&rest);
	if (!read_day(&rest, &p->day))
		return false;
	date_skip_text(&rest, ",");
	date_skip_space(&rest);
	if (!read_year(&rest, &p->year))
		return false;
	*c = rest;
	return true;
}

/* "26 Oct. 2020", "27 de octubre de 2012" */
static bool read_day_first(struct str *c, struct date_parts *p)
{
	struct str rest = *c;

	if (!read_day(&rest, &p->day) || !rest.n || rest.p[0] != ' ')
		return false;
	skip_of(&rest);
	if (!read_month(&rest, date_month_of, &p->month))
		return false;
	date_skip_text(&rest, ",");
	skip_of(&rest);
	if (!read_year(&rest, &p->year))
		return false;
	*c = rest;
	return true;
}

/* "10/26/2020" and "26/10/2020" */
static bool skip_figures(struct str *c)
{
	struct str rest = *c;
	int v;

	if (!read_exactly(&rest, 1, 2, &v) || !date_skip_text(&rest, "/") ||
		!read_exactly(&rest, 1, 2, &v) || !date_skip_text(&rest, "/") ||
		!read_year(&rest, &v))
		return false;
	*c = rest;
	return true;
}

/* " at 4:35 PM ET": the clock with its zone where that is known. */
static bool skip_clock(struct str *c, struct str *clock)
{
	static const char *const between[] = {"at ", "à ", "um ", "| ", "- ", "– ", ", ", NULL};
	struct str rest = *c, zone;
	struct date_parts p = {0};

	date_skip_text(&rest, ",");
	date_skip_space(&rest);
	date_skip_any(&rest, between);
	date_skip_space(&rest);
	*clock = rest;
	if (!date_read_clock(&rest, &p, false))
		return false;
	zone = rest;
	date_skip_space(&zone);
	struct str name = word_at(zone);
	struct str after = str_sub(zone, name.n, zone.n);
	if (name.n >= 2 && date_read_zone(&name, &p) && !name.n)
		rest = after;
	*clock = str_sub(*clock, 0, clock->n - rest.n);
	*c = rest;
	return true;
}

bool date_read_foreign(
	struct str *c, int64_t now, const struct time_zone *zone, bool *has_time, int64_t *moment)
{
	struct date_parts p = {0};
	struct str rest = *c, clock = {"", 0};
	struct buf text;
	bool good;

	buf_init(&text, DATE_BYTES_MAX);
	if (read_month_first(&rest, &p) || read_day_first(&rest, &p))
		buf_addf(&text, "%04d-%02d-%02d", p.year, p.month, p.day);
	else if (skip_figures(&rest))
		buf_add(&text, c->p, c->n - rest.n);
	*has_time = text.len && skip_clock(&rest, &clock);
	if (*has_time) {
		buf_add(&text, " ", 1);
		buf_add(&text, clock.p, clock.n);
	}
	good = text.len && !text.fault && date_parse(buf_str(&text), text.len, now, zone, moment);
	buf_fini(&text);
	*c = good ? rest : *c;
	return good;
}
