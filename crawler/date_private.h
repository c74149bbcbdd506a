/*
 * date_private.h - shared by date*.c only: a date while it is being read.
 *
 * Readers take a cursor (a view) and advance it only when they succeed.
 */
#ifndef CRAWLER_DATE_PRIVATE_H
#define CRAWLER_DATE_PRIVATE_H

#include "base/str.h"
#include "base/time.h"
#include "crawler/date.h"

struct date_parts {
	int year, month, day;
	int hour, minute, second;
	bool has_time;
	bool has_zone, is_cst; /* CST: +08:00 or -06:00, by the office's zone */
	int offset;
	bool has_half; /* am or pm was said */
	bool next_day; /* twelve at night: the clock is one day on */
	struct str zone_name; /* "Asia/Shanghai"; empty: none */
	bool moment_known; /* relative: moment is the answer */
	int64_t moment;
};

struct date_context {
	int64_t now;
	const struct time_zone *zone;
	struct time_civil today;
};

/* Up to max_digits ASCII digits. *digits: how many. */
bool date_read_number(struct str *c, int max_digits, int *value, int *digits);
void date_skip_space(struct str *c);
bool date_skip_text(struct str *c, const char *text); /* exactly, ASCII without case */
bool date_skip_any(struct str *c, const char *const *texts); /* the first of them; ends in NULL */
bool date_at_end(struct str c); /* nothing but blanks is left */
/* The year of a month and day without one: the nearest that is not to come. */
void date_guess_year(const struct date_context *x, struct date_parts *p);

/* The same in Han numerals, 二〇二一 and 二十五; `digits` counts characters. */
bool date_read_han(struct str *c, int *value, int *digits);
bool date_read_any_number(struct str *c, int max_digits, int *value, int *digits);

/* HH:MM[:SS[.fraction]] with am/pm around or behind, 三点半; HHMM[SS] if `basic`. */
bool date_read_clock(struct str *c, struct date_parts *p, bool basic);
/* 下午 without a clock; 中午 is twelve. */
bool date_skip_half(struct str *c, struct date_parts *p);
/* What may stand behind a day as Chinese sites write it: a weekday, a clock, a zone. */
bool date_read_day_rest(struct str c, struct date_parts *p);
/* Z, +08:00, +0800, GMT+8, EST, (CST) … nothing is fine too. False: something else. */
bool date_read_zone(struct str *c, struct date_parts *p);
/* A word that names a day of the week; it is worth nothing. */
bool date_skip_weekday(struct str *c);
bool date_skip_bare_weekday(struct str *c); /* 一 … 日, as brackets hold it */

/* A month by its name in one of many languages, at least three letters of it; 0: none. */
int date_month_of(struct str word);
int date_english_month_of(struct str word);

/* In running text, a day in another order than ours: "October 26, 2020", "26 Oct. 2020",
 * "27 de octubre de 2012", "10/26/2020"; with a clock behind it. */
bool date_read_foreign(
	struct str *c, int64_t now, const struct time_zone *zone, bool *has_time, int64_t *moment);

/* What is spelled as usual; false: the others may still understand it. */
bool date_read_usual(struct str c, struct date_parts *p);
bool date_read_iso(struct str c, const struct date_context *x, struct date_parts *p);
bool date_read_words(struct str c, const struct date_context *x, struct date_parts *p);
bool date_read_relative(struct str c, const struct date_context *x, struct date_parts *p);
bool date_read_chinese(struct str c, const struct date_context *x, struct date_parts *p);

#endif
