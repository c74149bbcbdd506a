/*
 * calendar.h - from a start and a limit to the moment it falls due, and why.
 *
 * Natural hours run through nights, weekends and holidays (国办发〔2016〕61号
 * writes plain 小时). A limit in days does not count the day of the start and ends
 * with the last second of the local day (民法典 art. 201, 203); a date alone is due
 * at the end of that local day (23:59:59). Working days are not supported yet:
 * calendar_due refuses them with that word. Promises in working days are counted
 * by calendar_add_workdays.
 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"

#define CALENDAR_AMOUNT_MAX 100000

enum calendar_unit { CALENDAR_HOURS, CALENDAR_MINUTES, CALENDAR_DAYS, CALENDAR_WORKING_DAYS };

struct calendar_limit {
	int amount;
	enum calendar_unit unit;
};

/* 1 to CALENDAR_AMOUNT_MAX; ERR_CONFIG when it cannot be read.
 * "5 hours" "48 小时" "15 minutes" "30 days" "20 working days" (工作日/天/分钟). */
enum err_code calendar_parse_limit(const char *s, struct calendar_limit *out, struct err *e);
enum err_code calendar_due(int64_t start, const struct calendar_limit *limit,
	const struct time_zone *z, int64_t *due, struct err *e);

/* Which days are worked on; days are counted since 1970-01-01. Where no list of holidays
 * is at hand NULL stands for it: Monday to Friday. */
struct calendar_workdays {
	bool (*is_workday)(const void *data, int64_t day);
	const void *data;
};

bool calendar_is_workday(const struct calendar_workdays *w, int64_t day);
/* The last of `amount` (1 to CALENDAR_AMOUNT_MAX) working days; the first is looked for
 * from the day after `day` on. */
int64_t calendar_add_workdays(const struct calendar_workdays *w, int64_t day, int amount);

/* "YYYY-MM-DD" to the last second of that day in z. */
enum err_code calendar_end_of_date(
	const char *date, const struct time_zone *z, int64_t *out, struct err *e);
/* The local date of a moment, "YYYY-MM-DD". */
void calendar_date_of(int64_t t, const struct time_zone *z, char out[11]);

#endif
