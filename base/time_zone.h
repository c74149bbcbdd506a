/*
 * time_zone.h - what time.c and calendar.c need of a zone beyond time.h.
 *
 * A zone comes from a TZif file (RFC 8536, versions 1 to 4) and its POSIX TZ
 * footer, which governs every moment after the last listed transition. Files
 * that count leap seconds are refused: our moments do not.
 */
#ifndef BASE_TIME_ZONE_H
#define BASE_TIME_ZONE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"

#define TIME_ZONE_FILE_MAX ((size_t)128 << 10)
#define TIME_ZONE_NAME_MAX 64

/* The content of a TZif file; ERR_INPUT with `name` when it is none. */
enum err_code time_zone_parse(
	const char *name, const void *data, size_t n, struct time_zone **out, struct err *e);

/* Seconds east of UTC at a moment; z NULL is UTC. */
int time_zone_offset(const struct time_zone *z, int64_t t);

/* The moment of a local clock reading given as seconds since 1970-01-01 00:00
 * local. A reading skipped by the clock moves forward by the gap, one that
 * occurs twice is the first. */
int64_t time_zone_from_local(const struct time_zone *z, int64_t local);

#endif
