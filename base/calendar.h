/*
 * calendar.h - from a start and a limit to the moment it falls due, and why.
 *
 * Natural hours run through nights, weekends and holidays (国办发〔2016〕61号
 * writes plain 小时). A limit in days does not count the day of the start and ends
 * with the last second of the local day (民法典 art. 201, 203); a date alone is due
 * at the end of that local day (23:59:59). Working days are those that the caller's
 * list says; promises in working days are counted by calendar_add_workdays.
 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"

#define CALENDAR_AMOUNT_MAX 100000

enum calendar_unit {
	CALENDAR_HOURS,
	CALENDAR_MINUTES,
	CALENDAR_DAYS,
	CALENDAR_WORKING_DAYS,
	CALENDAR_YEAR_END, /* 31 December of the year of the start; the amount is 1 */
	CALENDAR_UNITS
};

struct calendar_limit {
	int amount;
	enum calendar_unit unit;
};

/* 1 to CALENDAR_AMOUNT_MAX; ERR_CONFIG when it cannot be read.
 * "5 hours" "48 小时" "15 minutes" "30 days" "20 working days" (工作日/天/分钟) "year end". */
enum err_code calendar_parse_limit(const char *s, struct calendar_limit *out, struct err *e);
/* "hours" "minutes" "days" "working days" "year end": the words of events and files. */
const char *calendar_unit_name(enum calendar_unit unit);
/* False when it is none of them. */
bool calendar_unit_from_name(const char *name, enum calendar_unit *out);

/* Which days are worked on; days are counted since 1970-01-01. Where no list of holidays
 * is at hand NULL stands for it: Monday to Friday. */
struct calendar_workdays {
	bool (*is_workday)(const void *data, int64_t day);
	const void *data;
	/* Whether the holidays of the day's year are known; NULL: of every year. */
	bool (*is_listed)(const void *data, int64_t day);
};

bool calendar_is_workday(const struct calendar_workdays *w, int64_t day);
/* The last of `amount` (1 to CALENDAR_AMOUNT_MAX) working days; the first is looked for
 * from the day after `day` on. */
int64_t calendar_add_workdays(const struct calendar_workdays *w, int64_t day, int amount);

/* What a limit in days does when its last day is none to work on. */
enum calendar_roll { CALENDAR_NO_ROLL, CALENDAR_NEXT_WORKDAY };

/* While somebody else was asked (moments): not counted. Of days those after the day of
 * `from` up to the day of `to`; of hours the time between. */
struct calendar_pause {
	int64_t from, to;
};

struct calendar_rule {
	struct calendar_limit limit;
	enum calendar_roll roll;
};

/* What days are counted with. */
struct calendar {
	const struct calendar_workdays *workdays;
	const struct time_zone *zone;
	const struct calendar_pause *pauses; /* in order, none within another */
	size_t pause_count;
};

struct calendar_result {
	int64_t due;
	int64_t skipped; /* days passed that did not count */
	int unlisted_year; /* the first one looked at; 0: all are listed */
};

/* When `rule` from `start` falls due. With an unlisted year the answer is tentative (暂定).
 * ERR_LIMIT: it cannot be reckoned. */
enum err_code calendar_reckon(int64_t start, const struct calendar_rule *rule,
	const struct calendar *with, struct calendar_result *out, struct err *e);

/* For limits of natural time alone: ERR_CONFIG for working days. */
enum err_code calendar_due(int64_t start, const struct calendar_limit *limit,
	const struct time_zone *z, int64_t *due, struct err *e);

/* "YYYY-MM-DD" to the last second of that day in z. */
enum err_code calendar_end_of_date(
	const char *date, const struct time_zone *z, int64_t *out, struct err *e);
/* The local date of a moment, "YYYY-MM-DD". */
void calendar_date_of(int64_t t, const struct time_zone *z, char out[11]);
/* Days since 1970-01-01 of the local date of a moment. */
int64_t calendar_day_of(int64_t t, const struct time_zone *z);

#endif
