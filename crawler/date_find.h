/*
 * date_find.h - dates in running text and in addresses.
 *
 * date.h reads a string that is a date; here one is looked for: on a list page
 * behind a title, on an article page under the headline, in the address that a
 * publishing system made (…/202011/t20201127_65399695.html).
 */
#ifndef CRAWLER_DATE_FIND_H
#define CRAWLER_DATE_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/time.h"

struct date_found {
	size_t start, end; /* bytes of the text */
	int64_t moment;
	bool has_year, has_time; /* as written; a relative date has both */
	bool is_relative;
};

/* The next date at or behind byte `from`: a full one, one without a year (09-22,
 * 9月22日) or a relative one (昨天 14:20, 3小时前). A clock alone and a month alone are
 * none. now and zone as for date_parse. */
bool date_find(struct str text, size_t from, int64_t now, const struct time_zone *zone,
	struct date_found *out);

/* A day written without its year takes the one of `named` when that is the same day, as an
 * address gives it. */
int64_t date_in_year_of(int64_t shown, int64_t named, const struct time_zone *zone);

/* The day that stands in the path of a URL, at local midnight; never one after now. */
bool date_in_url(const char *url, int64_t now, const struct time_zone *zone, int64_t *out);

#endif
