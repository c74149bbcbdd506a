/*
 * time.c - civil time, its written forms, and the clock.
 *
 * All arithmetic is on the proleptic Gregorian calendar in 64 bits; moments
 * far outside of history are clamped before they are turned into a date, so
 * that no foreign number can overflow a year.
 */
#include "base/time.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/time_zone.h"

#define DAY 86400
#define MOMENT_MAX INT64_C(3000000000000) /* about the year 97000 */

int64_t time_now(void)
{
	struct timespec ts = {0};

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec;
}

int64_t time_monotonic_ms(void)
{
	struct timespec ts = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int days_in_month(int year, int month)
{
	static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

bool time_is_date(int year, int month, int day)
{
	return year >= 0 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_in_month(year, month);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

/* Years are counted from March, so that the leap day is a year's last day. */
int64_t time_days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? (int64_t)year - 1 : year;
	int64_t m = month <= 2 ? month + 9 : month - 3;
	int64_t before_year = y * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400);
	int64_t before_month = (153 * m + 2) / 5;

	return before_year + before_month + day - 1 - 719468;
}

void time_civil_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t d = days + 719468; /* since 0000-03-01 */
	int64_t era = floor_div(d, 146097);
	int64_t of_era = d - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(era * 400 + y + (*month <= 2 ? 1 : 0));
}

int time_weekday(int64_t days)
{
	int64_t w = (days + 4) % 7;

	return (int)(w < 0 ? w + 7 : w);
}

void time_to_civil(int64_t t, const struct time_zone *z, struct time_civil *out)
{
	if (t > MOMENT_MAX)
		t = MOMENT_MAX;
	if (t < -MOMENT_MAX)
		t = -MOMENT_MAX;
	out->offset = time_zone_offset(z, t);
	int64_t local = t + out->offset;
	int64_t days = floor_div(local, DAY);
	int rest = (int)(local - days * DAY);
	time_civil_from_days(days, &out->year, &out->month, &out->day);
	out->hour = rest / 3600;
	out->minute = rest / 60 % 60;
	out->second = rest % 60;
}

static bool is_clock(int hour, int minute, int second)
{
	return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 &&
	       second <= 59;
}

bool time_from_civil(const struct time_civil *c, const struct time_zone *z, int64_t *out)
{
	if (!time_is_date(c->year, c->month, c->day) || !is_clock(c->hour, c->minute, c->second))
		return false;
	int64_t days = time_days_from_civil(c->year, c->month, c->day);
	*out = time_zone_from_local(z, days * DAY + c->hour * 3600 + c->minute * 60 + c->second);
	return true;
}

/* --- written forms ------------------------------------------------------- */

static bool year_fits(const struct time_civil *c)
{
	return c->year >= 0 && c->year <= 9999;
}

/* With zeros in front, and what stands behind it. */
static char *put(char *to, int digits, int value, char behind)
{
	for (int i = digits; i-- > 0; value /= 10)
		to[i] = (char)('0' + value % 10);
	to[digits] = behind;
	return to + digits + 1;
}

/* Every item has two times: printf() would take longer than reading them. */
void time_format_rfc3339(int64_t t, char out[TIME_TEXT_SIZE])
{
	struct time_civil c;

	memcpy(out, "-", 2);
	if (t == TIME_NONE)
		return;
	time_to_civil(t, NULL, &c);
	if (!year_fits(&c))
		return;
	out = put(out, 4, c.year, '-');
	out = put(out, 2, c.month, '-');
	out = put(out, 2, c.day, 'T');
	out = put(out, 2, c.hour, ':');
	out = put(out, 2, c.minute, ':');
	out = put(out, 2, c.second, 'Z');
	*out = '\0';
}

void time_format_local(int64_t t, const struct time_zone *z, char out[TIME_TEXT_SIZE])
{
	struct time_civil c;

	time_to_civil(t, z, &c);
	if (t == TIME_NONE || !year_fits(&c))
		(void)snprintf(out, TIME_TEXT_SIZE, "-");
	else
		(void)snprintf(out, TIME_TEXT_SIZE, "%04d-%02d-%02d %02d:%02d", c.year, c.month,
			c.day, c.hour, c.minute);
}

/* Takes exactly `width` digits off the front. */
static bool take_digits(struct str *s, size_t width, int *out)
{
	int v = 0;

	if (s->n < width)
		return false;
	for (size_t i = 0; i < width; i++) {
		if (!str_is_digit((unsigned char)s->p[i]))
			return false;
		v = v * 10 + (s->p[i] - '0');
	}
	*s = str_sub(*s, width, s->n);
	*out = v;
	return true;
}

static bool take_one_of(struct str *s, const char *set)
{
	if (s->n == 0 || s->p[0] == '\0' || strchr(set, s->p[0]) == NULL)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static bool take_date(struct str *s, struct time_civil *c)
{
	return take_digits(s, 4, &c->year) && take_one_of(s, "-") && take_digits(s, 2, &c->month) &&
	       take_one_of(s, "-") && take_digits(s, 2, &c->day);
}

static bool take_fraction(struct str *s)
{
	int digit = 0;

	if (!take_one_of(s, "."))
		return true;
	if (!take_digits(s, 1, &digit))
		return false;
	while (take_digits(s, 1, &digit))
		;
	return true;
}

/* "Z" or "+hh:mm"; seconds east of UTC. */
static bool take_offset(struct str *s, int *out)
{
	int h = 0, m = 0;
	bool west = s->n > 0 && s->p[0] == '-';

	*out = 0;
	if (take_one_of(s, "Zz"))
		return true;
	if (!take_one_of(s, "+-") || !take_digits(s, 2, &h) || !take_one_of(s, ":") ||
		!take_digits(s, 2, &m) || h > 23 || m > 59)
		return false;
	*out = (h * 3600 + m * 60) * (west ? -1 : 1);
	return true;
}

bool time_parse_rfc3339(struct str s, int64_t *out)
{
	struct time_civil c = {0};
	int offset = 0;
	bool leap;

	if (!take_date(&s, &c) || !take_one_of(&s, "Tt") || !take_digits(&s, 2, &c.hour) ||
		!take_one_of(&s, ":") || !take_digits(&s, 2, &c.minute) || !take_one_of(&s, ":") ||
		!take_digits(&s, 2, &c.second) || !take_fraction(&s) || !take_offset(&s, &offset) ||
		s.n != 0)
		return false;
	leap = c.second == 60;
	if (leap)
		c.second = 59;
	if (!time_from_civil(&c, NULL, out))
		return false;
	*out -= offset;
	/* A leap second ends a UTC day; it is the same moment as the next second. */
	if (leap && (*out + 1) % DAY != 0)
		return false;
	*out += leap ? 1 : 0;
	return true;
}

bool time_parse_option(const char *text, const struct time_zone *z, int64_t *out)
{
	struct str s = str_of(text);
	struct time_civil c = {0};

	if (time_parse_rfc3339(s, out))
		return true;
	if (!take_date(&s, &c))
		return false;
	if (s.n > 0) {
		if (!take_one_of(&s, " Tt") || !take_digits(&s, 2, &c.hour) ||
			!take_one_of(&s, ":") || !take_digits(&s, 2, &c.minute))
			return false;
		if (take_one_of(&s, ":") && !take_digits(&s, 2, &c.second))
			return false;
	}
	return s.n == 0 && time_from_civil(&c, z, out);
}

bool time_parse_span(const char *text, int64_t *seconds)
{
	struct str s = str_of(text);
	int64_t unit = 0, v = 0;

	if (s.n < 2 || !str_is_digit((unsigned char)s.p[0]))
		return false;
	switch (s.p[s.n - 1]) {
	case 's':
		unit = 1;
		break;
	case 'm':
		unit = 60;
		break;
	case 'h':
		unit = 3600;
		break;
	case 'd':
		unit = DAY;
		break;
	default:
		return false;
	}
	if (!str_to_int(str_sub(s, 0, s.n - 1), 1, TIME_SPAN_MAX / unit, &v))
		return false;
	*seconds = v * unit;
	return true;
}
