/*
 * holidays.h - holidays.conf: which days the State Council and the prefecture gave off,
 * and which weekends are worked for them (调休).
 *
 * Sections:
 *   [2026]        a year's notice
 *   [local]       the prefecture's own days, MM-DD, off in every year
 *   [local 2026]  what was decided on the spot for one year
 * Keys:
 *   basis  the paper (required)
 *   off    days or spans off, each with its name: 10-01..10-07 国庆节、…
 *   work   days worked instead: 09-20、10-10
 * A date is MM-DD of the section's year or YYYY-MM-DD; a year's notice may reach into the
 * last 31 days of the year before. A year without a section is not listed: Monday to Friday
 * and [local] stand for it, and what is reckoned with it is tentative (暂定).
 */
#ifndef OFFICE_HOLIDAYS_H
#define OFFICE_HOLIDAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/err.h"
#include "base/path.h"

#define HOLIDAYS_FILE "holidays.conf"
#define HOLIDAYS_HASH_SIZE 13

struct holidays; /* immutable once loaded */

enum err_code holidays_parse(
	const char *name, const char *text, size_t n, struct holidays **out, struct err *e);
/* One file, whichever it is. */
enum err_code holidays_read(const char *path, struct holidays **out, struct err *e);
/* holidays.conf along the home's order. */
enum err_code holidays_load(const struct path_home *home, struct holidays **out, struct err *e);
void holidays_free(struct holidays *h);

/* For calendar.h; lives as long as h. */
const struct calendar_workdays *holidays_workdays(const struct holidays *h);
bool holidays_lists(const struct holidays *h, int year);
/* The listed years, rising. */
size_t holidays_years(const struct holidays *h, const int **years);
/* "2021-2026", "2021-2023 2025"; "" when none is listed. */
void holidays_add_years(struct buf *b, const struct holidays *h);
/* Of what the file says, however it says it: 12 hex digits. */
const char *holidays_hash(const struct holidays *h);
const char *holidays_basis(const struct holidays *h, int year); /* NULL: not listed */

enum holidays_kind {
	HOLIDAYS_PLAIN, /* as the weekday says */
	HOLIDAYS_OFF, /* national */
	HOLIDAYS_WORK, /* a weekend worked on */
	HOLIDAYS_LOCAL /* the prefecture's own day off */
};
/* What the file says of a day (since 1970-01-01); *name NULL or that of the holiday. */
enum holidays_kind holidays_of(const struct holidays *h, int64_t day, const char **name);
int holidays_count_workdays(const struct holidays *h, int year);

#endif
