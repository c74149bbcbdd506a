/*
 * date_words.c - dates with the month as a word: RFC 822 and 2822, asctime, and
 * what people and programs make of them. Order hardly matters: a token says what
 * it is.
 */
#include <string.h>
#include <strings.h>

#include "crawler/date_private.h"

static bool is_letter(unsigned char c)
{
	return str_is_alpha(c) || c >= 0x80;
}

static size_t word_length(struct str c)
{
	size_t n = 0;

	while (n < c.n && is_letter((unsigned char)c.p[n]))
		n++;
	return n;
}

struct found {
	bool day, month, year, time, words, weekday;
	bool doubtful; /* the month may be a weekday: "mar., 01 déc. 2026" */
};

static bool set_year(struct date_parts *p, int value, int digits)
{
	if (digits <= 2)
		value += value < 50 ? 2000 : 1900; /* RFC 5322 §4.3 */
	else if (digits == 3)
		value += 1900;
	p->year = value;
	return true;
}

static void skip_ordinal(struct str *c)
{
	static const char *const endings[] = {"st", "nd", "rd", "th"};
	struct str word = str_sub(*c, 0, word_length(*c));

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_is_nocase(word, endings[i]))
			*c = str_sub(*c, 2, c->n);
}

/* Behind a whole date: an hour alone, or a zone's number without its sign ("… 15:04:05 00"). */
static bool take_bare(int value, int digits, struct date_parts *p, struct found *f)
{
	if (f->time ? (value != 0 || p->has_zone) : (digits != 2 || value > 23))
		return false;
	if (f->time)
		p->has_zone = true;
	else
		p->hour = value;
	p->has_time = f->time = true;
	return true;
}

/* "Fri, 25 06 2021": as RFC 822 puts them, the month as a number; the year goes on. */
static bool is_month_number(struct str rest, int value, int digits, const struct found *f)
{
	int year;

	date_skip_space(&rest);
	return f->weekday && f->day && !f->month && !f->year && digits == 2 && value <= 12 &&
	       date_read_number(&rest, 4, &year, &digits) && digits == 4;
}

static bool take_number(struct str *c, struct date_parts *p, struct found *f)
{
	struct str rest = *c;
	int value, digits;

	if (!f->time && date_read_clock(&rest, p, false)) {
		f->time = true;
		*c = rest;
		return true;
	}
	if (!date_read_number(&rest, 4, &value, &digits) ||
		(rest.n && str_is_digit((unsigned char)rest.p[0])))
		return false;
	if (f->day && f->month && f->year && take_bare(value, digits, p, f)) {
		*c = rest;
		return true;
	}
	if (digits <= 2 && !f->month && date_skip_text(&rest, "月")) {
		p->month = value;
		f->month = true;
	} else if (digits <= 2 && !f->day) {
		p->day = value;
		f->day = true;
		skip_ordinal(&rest);
	} else if (is_month_number(rest, value, digits, f)) {
		p->month = value;
		f->month = true;
	} else if (!f->year && (f->month || digits == 4)) {
		f->year = set_year(p, value, digits);
	} else {
		return false;
	}
	*c = rest;
	return true;
}

static bool take_word(struct str *c, struct date_parts *p, struct found *f)
{
	size_t n = word_length(*c);
	struct str word = str_sub(*c, 0, n);
	int month = date_month_of(word);

	if (date_skip_weekday(c)) {
		f->weekday = true;
		return true;
	}
	if (month && (!f->month || f->doubtful)) {
		p->month = month;
		f->doubtful = !f->month && !f->day && c->n > n && strchr(",.", c->p[n]);
		f->month = true;
		*c = str_sub(*c, n, c->n);
		return true;
	}
	if ((!f->time && str_is_nocase(word, "at")) || str_is_nocase(word, "of") ||
		str_is_nocase(word, "T")) {
		*c = str_sub(*c, n, c->n);
		return true;
	}
	/* Before anything else a word can be a weekday in another language. */
	if (!f->words && !f->day && !f->month && n <= 24 && c->n > n &&
		(c->p[n] == ',' || c->p[n] == '.')) {
		f->words = true;
		*c = str_sub(*c, n + 1, c->n);
		return true;
	}
	bool complete = f->time || (f->day && f->month && f->year);
	return complete && !p->has_zone && date_read_zone(c, p);
}

static bool take_token(struct str *c, struct date_parts *p, struct found *f)
{
	unsigned char ch = (unsigned char)c->p[0];

	if (str_is_digit(ch))
		return take_number(c, p, f);
	if (is_letter(ch))
		return take_word(c, p, f);
	if ((ch == '+' || ch == '-' || ch == '(') && f->time)
		return date_read_zone(c, p);
	if (ch == '(') { /* a comment: Fri(day) */
		*c = str_sub(*c, str_find(*c, ")", 0) + 1, c->n);
		return true;
	}
	/* oct 7, '70 */
	if (strchr(" \t\r\n,-./", ch) || (ch == '\'' && f->day && f->month && !f->year)) {
		*c = str_sub(*c, 1, c->n);
		return true;
	}
	return false;
}

bool date_read_words(struct str c, const struct date_context *x, struct date_parts *p)
{
	struct found f = {.day = false};

	while (c.n)
		if (!take_token(&c, p, &f))
			return false;
	if (f.month && f.year && !f.day) {
		p->day = 1;
		f.day = !f.time;
	}
	if (f.month && f.day && !f.year) {
		date_guess_year(x, p);
		f.year = true;
	}
	return f.day && f.month && f.year;
}
