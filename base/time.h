/*
 * time.h - moments and zones. A moment is int64_t seconds since 1970-01-01 UTC.
 *
 * Zones are read from TZif files (RFC 8536) under /usr/share/zoneinfo, never
 * through the process-wide TZ variable; fixed offsets "+08:00" and "UTC" work
 * without files. Nothing here reads the clock except time_now().
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

#define TIME_NONE INT64_MIN /* "no such time" */
#define TIME_TEXT_SIZE 40

struct time_zone; /* immutable once opened */

struct time_civil {
	int year, month, day; /* month 1-12, day 1-31; proleptic Gregorian */
	int hour, minute, second;
	int offset; /* seconds east of UTC */
};

int64_t time_now(void);
int64_t time_monotonic_ms(void);

/* "Asia/Shanghai", "UTC", "Z", "+08:00"; ERR_CONFIG for an unknown or unfit name. */
enum err_code time_zone_open(const char *name, struct time_zone **out, struct err *e);
void time_zone_close(struct time_zone *z);
const char *time_zone_name(const struct time_zone *z);

/* z NULL is UTC. Moments beyond about the years +-97000 are clamped to them. */
void time_to_civil(int64_t t, const struct time_zone *z, struct time_civil *out);
/* Ignores c->offset. A time skipped by DST moves forward by the gap, one that
 * occurs twice is the first. Out of range fields are refused with false. */
bool time_from_civil(const struct time_civil *c, const struct time_zone *z, int64_t *out);

/* "2026-11-23T01:02:03Z"; years 0000-9999, else "-". */
void time_format_rfc3339(int64_t t, char out[TIME_TEXT_SIZE]);
/* "2026-11-23 09:02" in z, for people. */
void time_format_local(int64_t t, const struct time_zone *z, char out[TIME_TEXT_SIZE]);
/* Strict RFC 3339, whole view; a fraction is dropped. "23:59:60" UTC is the next second. */
bool time_parse_rfc3339(struct str s, int64_t *out);
/* For command lines: RFC 3339, "YYYY-MM-DD[ HH:MM[:SS]]" in z. */
bool time_parse_option(const char *s, const struct time_zone *z, int64_t *out);
/* "15m" "48h" "7d" "30s" to seconds; from 1 to TIME_SPAN_MAX. */
#define TIME_SPAN_MAX (INT64_C(36525) * 86400) /* a hundred years */
bool time_parse_span(const char *s, int64_t *seconds);

/* Years 0 to 9999. */
bool time_is_date(int year, int month, int day);
/* Days since 1970-01-01 of a civil date, and back. */
int64_t time_days_from_civil(int year, int month, int day);
void time_civil_from_days(int64_t days, int *year, int *month, int *day);
int time_weekday(int64_t days); /* 0 = Sunday */

#endif
