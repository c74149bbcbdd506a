/*
 * date_usual.c - the three spellings that nearly every feed and page uses, read without
 * trying anything else. Only what the patient readers would understand in just the same
 * way is accepted here; the rest is theirs.
 */
#include <string.h>

#include "crawler/date_private.h"

/* One character of a pattern: 0 a digit, any other itself. */
static bool fits(const char *s, const char *pattern, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool digit = str_is_digit((unsigned char)s[i]);
		if (pattern[i] == '0' ? !digit : s[i] != pattern[i])
			return false;
	}
	return true;
}

static int two(const char *s)
{
	return (s[0] - '0') * 10 + s[1] - '0';
}

/* The index of three letters among names of three letters each; -1: none. */
static int index_of(const char *s, const char *names)
{
	for (int i = 0; names[3 * i]; i++)
		if (memcmp(s, names + 3 * i, 3) == 0)
			return i;
	return -1;
}

static void take_clock(const char *s, struct date_parts *p)
{
	p->hour = two(s);
	p->minute = two(s + 3);
	p->second = two(s + 6);
	p->has_time = true;
}

/* "+0800", "+08:00". */
static void take_offset(const char *s, size_t colon, struct date_parts *p)
{
	int seconds = two(s + 1) * 3600 + two(s + 3 + colon) * 60;

	p->offset = s[0] == '-' ? -seconds : seconds;
	p->has_zone = true;
}

/* Mon, 23 Nov 2026 09:02:03 +0800 */
static bool read_mail(struct str c, struct date_parts *p)
{
	bool has_offset = c.n == 31;

	if ((!has_offset && c.n != 29) || index_of(c.p, "MonTueWedThuFriSatSun") < 0 ||
		!fits(c.p + 3, ", 00 ", 5) || !fits(c.p + 11, " 0000 00:00:00 ", 15))
		return false;
	if (has_offset ? (c.p[26] != '+' && c.p[26] != '-') || !fits(c.p + 27, "0000", 4)
		       : memcmp(c.p + 26, "GMT", 3) != 0)
		return false;
	p->day = two(c.p + 5);
	p->month = index_of(c.p + 8, "JanFebMarAprMayJunJulAugSepOctNovDec") + 1;
	p->year = two(c.p + 12) * 100 + two(c.p + 14);
	take_clock(c.p + 17, p);
	p->has_zone = true;
	if (has_offset)
		take_offset(c.p + 26, 0, p);
	return true;
}

/* 2026-11-23T09:02:03+08:00, …Z, and 2026-11-23 09:02:03 of the office's zone. */
static bool read_numbers(struct str c, struct date_parts *p)
{
	if (c.n < 19 || !fits(c.p, "0000-00-00", 10) || !fits(c.p + 11, "00:00:00", 8))
		return false;
	if (c.p[10] == ' ' ? c.n != 19 : c.p[10] != 'T')
		return false;
	if (c.n == 20 && c.p[19] == 'Z')
		p->has_zone = true;
	else if (c.n == 25 && (c.p[19] == '+' || c.p[19] == '-') && fits(c.p + 20, "00:00", 5))
		take_offset(c.p + 19, 1, p);
	else if (c.n != 19)
		return false;
	p->year = two(c.p) * 100 + two(c.p + 2);
	p->month = two(c.p + 5);
	p->day = two(c.p + 8);
	take_clock(c.p + 11, p);
	return true;
}

/* Where a number is out of its range the patient readers decide. */
static bool is_plain(const struct date_parts *p)
{
	return p->year >= 1900 && p->year <= 2199 && p->month >= 1 && p->month <= 12 &&
	       p->day >= 1 && p->day <= 31 && p->hour <= 23 && p->minute <= 59 && p->second <= 59 &&
	       p->offset > -12 * 3600 && p->offset < 12 * 3600 && p->offset % 900 == 0;
}

bool date_read_usual(struct str c, struct date_parts *p)
{
	return (read_mail(c, p) || read_numbers(c, p)) && is_plain(p);
}
