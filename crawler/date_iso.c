/*
 * date_iso.c - numeric dates: ISO 8601 and its profiles, database forms, digits
 * without separators, seconds since 1970.
 */
#include <string.h>

#include "crawler/date_private.h"

/* "2021-06-25 - 09:30": a stroke between blanks parts the clock from the day. */
static bool skip_stroke(struct str *c)
{
	return date_skip_text(c, " - ") || date_skip_text(c, " | ");
}

/* Between date and time: T, blanks, a weekday, a comma. */
static void skip_to_time(struct str *c)
{
	struct str rest = *c;

	if (!date_skip_text(&rest, "T") && !date_skip_text(&rest, " T "))
		skip_stroke(&rest);
	date_skip_text(&rest, " at ");
	while (rest.n && (str_is_space((unsigned char)rest.p[0]) || rest.p[0] == ','))
		rest = str_sub(rest, 1, rest.n);
	bool bracket = date_skip_text(&rest, "(");
	if ((date_skip_weekday(&rest) || (bracket && date_skip_bare_weekday(&rest))) && rest.n &&
		rest.p[0] == ')')
		rest = str_sub(rest, 1, rest.n);
	date_skip_space(&rest);
	*c = rest;
}

/* A third colon behind the seconds: two digits of fractions, or nothing before a zone. */
static void skip_frames(struct str *c)
{
	int v, digits;
	struct str rest = *c;

	if (!date_skip_text(&rest, ":"))
		return;
	if (date_read_number(&rest, 2, &v, &digits) ? date_at_end(rest)
						    : rest.n && strchr("+-", rest.p[0]) != NULL)
		*c = rest;
}

/* What may follow a date: nothing, a zone, a clock and a zone. */
static bool read_rest(struct str c, struct date_parts *p)
{
	struct str before = c, stroke = c;

	if (date_at_end(c))
		return true;
	/* "2013-01-27-01" is no date with a zone, "2013-01-27-01:00" is. */
	bool is_offset = c.p[0] == '-' || c.p[0] == '+';
	if (!skip_stroke(&stroke) && (!is_offset || str_find(c, ":", 0) < c.n) &&
		date_read_zone(&c, p) && date_at_end(c))
		return true;
	p->has_zone = p->is_cst = false;
	c = before;
	skip_to_time(&c);
	if (date_at_end(c))
		return true;
	if (!date_read_clock(&c, p, true))
		return false;
	if (c.n && (c.p[0] == 'T' || c.p[0] == ','))
		return false;
	skip_frames(&c);
	date_skip_space(&c);
	date_skip_weekday(&c); /* 2021-06-25 09:30 星期五 */
	return date_read_zone(&c, p) && date_at_end(c);
}

static void from_day_of_year(struct date_parts *p, int day)
{
	int64_t days = time_days_from_civil(p->year, 1, 1) + day - 1;

	time_civil_from_days(days, &p->year, &p->month, &p->day);
}

/* ISO week date: week 1 holds 4 January, days count from Monday. */
static bool from_week(struct date_parts *p, int week, int day)
{
	int64_t fourth = time_days_from_civil(p->year, 1, 4);
	int64_t monday = fourth - (time_weekday(fourth) + 6) % 7;

	if (week < 1 || week > 53 || day < 1 || day > 7)
		return false;
	time_civil_from_days(
		monday + (int64_t)(week - 1) * 7 + day - 1, &p->year, &p->month, &p->day);
	return true;
}

/* [-]Www[[-]D] behind the year. */
static bool read_week(struct str *c, struct date_parts *p)
{
	struct str rest = *c;
	int week, day = 1, digits;

	date_skip_text(&rest, "-");
	if (!date_skip_text(&rest, "W") || !date_read_number(&rest, 2, &week, &digits) ||
		digits != 2)
		return false;
	struct str tail = rest;
	date_skip_text(&tail, "-");
	if (date_read_number(&tail, 1, &day, &digits))
		rest = tail;
	*c = rest;
	return from_week(p, week, day);
}

/* Hungarian month names stand in place of the number: 2004-július-13. */
static bool read_month(struct str *c, int *month, int *digits)
{
	static const char *const hungarian[] = {"január", "februári", "február", "március",
		"április", "május", "június", "július", "augusztus", "szeptember", "október",
		"november", "december", "máujus"};
	static const int number[] = {1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5};

	for (size_t i = 0; i < sizeof hungarian / sizeof *hungarian; i++)
		if (date_skip_text(c, hungarian[i])) {
			*month = number[i];
			*digits = 2;
			return true;
		}
	return date_read_number(c, 3, month, digits);
}

static bool read_separated(struct str *c, struct date_parts *p)
{
	char separator = c->p[0];
	struct str rest = str_sub(*c, 1, c->n);
	int digits;

	if (!read_month(&rest, &p->month, &digits))
		return false;
	if (digits == 3 && rest.n && rest.p[0] == separator && p->month <= 12)
		digits = 2; /* one publisher writes 2003-012-31 */
	if (digits == 3) {
		if (p->month < 1 || p->month > 366 || separator != '-')
			return false;
		from_day_of_year(p, p->month);
	} else if (rest.n > 1 && rest.p[0] == separator && str_is_digit((unsigned char)rest.p[1])) {
		rest = str_sub(rest, 1, rest.n);
		if (!date_read_number(&rest, 2, &p->day, &digits))
			return false;
		if (rest.n && str_is_digit((unsigned char)rest.p[0]))
			return false;
		/* "2021.06.25." ends in a full stop in some countries. */
		if (separator == '.')
			date_skip_text(&rest, ".");
	} else {
		p->day = 1;
	}
	*c = rest;
	return true;
}

static int64_t number_of(const char *s, size_t n)
{
	int64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (s[i] - '0');
	return v;
}

static bool is_plausible(const struct date_parts *p)
{
	return p->year >= 1900 && time_is_date(p->year, p->month, p->day) && p->hour < 24 &&
	       p->minute < 60 && p->second < 61;
}

/* YYMMDD and YYDDD. */
static bool read_two_digit_year(struct str *c, size_t n, struct date_parts *p)
{
	const char *s = c->p;

	p->year = (int)number_of(s, 2);
	p->year += p->year < 70 ? 2000 : 1900;
	if (n == 5) {
		int day = (int)number_of(s + 2, 3);
		if (day < 1 || day > 366)
			return false;
		from_day_of_year(p, day);
	} else {
		p->month = (int)number_of(s + 2, 2);
		p->day = (int)number_of(s + 4, 2);
	}
	*c = str_sub(*c, n, c->n);
	return true;
}

/* -YYMM and -YY-MM: ISO 8601's month of an implied century. */
static bool read_implied(struct str c, struct date_parts *p)
{
	int digits;

	if (!date_skip_text(&c, "-") || !date_read_number(&c, 2, &p->year, &digits) || digits != 2)
		return false;
	date_skip_text(&c, "-");
	if (!date_read_number(&c, 2, &p->month, &digits) || digits != 2 || !date_at_end(c))
		return false;
	p->year += p->year < 70 ? 2000 : 1900;
	p->day = 1;
	return true;
}

/* 2021062500123 is the number of an order: it begins with a day, and as a stamp it would be
 * years to come. */
static bool is_order_number(const char *s, int64_t moment, const struct date_context *x)
{
	int64_t year = number_of(s, 4);

	return moment > x->now + INT64_C(86400) * 366 && year >= 1990 &&
	       time_is_date((int)year, (int)number_of(s + 4, 2), (int)number_of(s + 6, 2));
}

/* Micro- and nanoseconds since 1970: the first ten digits are the seconds. */
static bool read_fine_epoch(
	struct str *c, size_t n, const struct date_context *x, struct date_parts *p)
{
	p->moment = number_of(c->p, 10);
	if (c->n != n || c->p[0] == '0' || is_order_number(c->p, p->moment, x))
		return false;
	p->moment_known = true;
	*c = str_sub(*c, n, c->n);
	return true;
}

/* A run of digits: YYYYMMDD[HH[MM[SS]]], YYYYDDD, YYYYMM, YYYY or seconds since 1970. */
static bool read_digits(struct str *c, size_t n, const struct date_context *x, struct date_parts *p)
{
	const char *s = c->p;

	if (n == 16 || n == 19)
		return read_fine_epoch(c, n, x, p);
	if (n < 4 || n > 14 || (n == 5 && s[0] != '0'))
		return false;
	if (n == 5 || (n == 6 && (number_of(s + 4, 2) > 12 || number_of(s, 4) < 1900)))
		return read_two_digit_year(c, n, p);
	p->year = (int)number_of(s, 4);
	p->month = p->day = 1;
	if (n == 7) {
		int day = (int)number_of(s + 4, 3);
		if (day < 1 || day > 366)
			return false;
		from_day_of_year(p, day);
	} else if (n == 6 || n >= 8) {
		p->month = (int)number_of(s + 4, 2);
		p->day = n >= 8 ? (int)number_of(s + 6, 2) : 1;
	}
	if (n >= 10 && n != 13) {
		p->has_time = true;
		p->hour = (int)number_of(s + 8, 2);
		p->minute = n >= 12 ? (int)number_of(s + 10, 2) : 0;
		p->second = n >= 14 ? (int)number_of(s + 12, 2) : 0;
	}
	if (n >= 10 && !(n != 13 && n != 11 && is_plausible(p))) {
		int64_t v = number_of(s, n);
		if ((n != 10 && n != 13) || c->n != n || v < 100000000)
			return false;
		p->moment = n == 13 ? v / 1000 : v;
		if (n == 13 && is_order_number(s, p->moment, x))
			return false;
		p->moment_known = true;
	}
	*c = str_sub(*c, n, c->n);
	return true;
}

/* The year last: 25.06.2021 and 25-06-2021 have the day in front, 6/25/2021 the month.
 * With slashes both are in use, so what could be either is no date unless am or pm,
 * which only the month-first form has, decides. */
static bool read_year_last(struct str c, struct date_parts *p)
{
	int first, second, digits, year_digits;

	if (!date_read_number(&c, 2, &first, &digits) || c.n == 0)
		return false;
	char separator = c.p[0];
	if (!strchr("/.-", separator))
		return false;
	c = str_sub(c, 1, c.n);
	if (!date_read_number(&c, 2, &second, &digits) || c.n == 0 || c.p[0] != separator)
		return false;
	c = str_sub(c, 1, c.n);
	if (!date_read_number(&c, 4, &p->year, &year_digits))
		return false;
	bool month_first = second > 12;
	if (year_digits == 2 && separator == '/' && month_first)
		p->year += p->year < 70 ? 2000 : 1900;
	else if (year_digits != 4)
		return false;
	while (c.n && strchr(" ,-", c.p[0]) && str_find(c, ":", 0) < c.n)
		c = str_sub(c, 1, c.n);
	if (!read_rest(c, p))
		return false;
	month_first = month_first || (separator == '/' && first <= 12 && p->has_half);
	p->month = month_first ? first : second;
	p->day = month_first ? second : first;
	return month_first || separator != '/' || first > 12;
}

static int century_of(int year)
{
	return year + (year < 70 ? 2000 : 1900);
}

/* A day that there is and that is not to come. */
static bool is_past_day(const struct date_context *x, int year, int month, int day)
{
	return time_is_date(year, month, day) &&
	       time_days_from_civil(year, month, day) <=
		       time_days_from_civil(x->today.year, x->today.month, x->today.day) + 1;
}

/* Three numbers of two digits. With dashes the year comes first. 21/06/25 and 21.06.25: the
 * first number is the year where it can be no month and the day is not to come; else the
 * year is last, with the day or the month in front, whichever alone makes a day. */
static bool choose_order(
	const int v[3], char separator, const struct date_context *x, struct date_parts *p)
{
	int last = century_of(v[2]);

	p->year = century_of(v[0]);
	p->month = v[1];
	p->day = v[2];
	if (separator == '-' || (v[0] > 12 && is_past_day(x, p->year, p->month, p->day)))
		return true;
	bool day_first = is_past_day(x, last, v[1], v[0]);
	bool month_first = is_past_day(x, last, v[0], v[1]);
	bool year_first = is_past_day(x, p->year, p->month, p->day);
	if (day_first + month_first + year_first != 1)
		return false;
	if (!year_first) {
		p->year = last;
		p->month = day_first ? v[1] : v[0];
		p->day = day_first ? v[0] : v[1];
	}
	return true;
}

/* 06-25 [09:30] and 21-06-25 [09:30], as lists of articles show them. */
static bool read_short(struct str c, const struct date_context *x, struct date_parts *p)
{
	int a, b, third, digits, digits2;

	if (!date_read_number(&c, 2, &a, &digits) || c.n == 0 || !strchr("-/.", c.p[0]))
		return false;
	char separator = c.p[0];
	c = str_sub(c, 1, c.n);
	if (!date_read_number(&c, 2, &b, &digits2))
		return false;
	if (c.n > 1 && c.p[0] == separator && str_is_digit((unsigned char)c.p[1])) {
		c = str_sub(c, 1, c.n);
		bool even = digits == 2 && digits2 == 2;
		if (digits != 2 || !date_read_number(&c, 2, &third, &digits) ||
			(separator != '-' && !(even && digits == 2)))
			return false;
		if (!choose_order((int[]){a, b, third}, separator, x, p))
			return false;
	} else if (separator == '.') {
		return false;
	} else {
		p->month = a;
		p->day = b;
		date_guess_year(x, p); /* a list shows the past */
	}
	if (c.n && str_is_digit((unsigned char)c.p[0]))
		return false;
	return read_rest(c, p);
}

bool date_read_iso(struct str c, const struct date_context *x, struct date_parts *p)
{
	size_t digits = 0;

	while (date_skip_weekday(&c))
		;
	if (c.n && c.p[0] == '-')
		return read_implied(c, p);
	while (digits < c.n && str_is_digit((unsigned char)c.p[digits]))
		digits++;
	if (digits == 1 || digits == 2) {
		struct date_parts before = *p;
		if (read_year_last(c, p))
			return true;
		*p = before;
		return read_short(c, x, p);
	}
	if (digits < 4)
		return false;
	if (digits != 4) {
		if (!read_digits(&c, digits, x, p))
			return false;
		return p->moment_known ? c.n == 0 : read_rest(c, p);
	}
	p->year = (int)number_of(c.p, 4);
	p->month = p->day = 1;
	c = str_sub(c, 4, c.n);
	if (c.n == 0)
		return p->year >= 1000;
	if (read_week(&c, p))
		return read_rest(c, p);
	if (c.p[0] != '-' && c.p[0] != '/' && c.p[0] != '.')
		return false;
	return read_separated(&c, p) && read_rest(c, p);
}
