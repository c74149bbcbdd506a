/*
 * page_time.h - when a page says that it was published, beside the time that a person typed.
 *
 * A date without a time of day is the whole day: midnight in the office's zone is taken for
 * one, since that is how a date alone is read (DESIGN §5.1).
 */
#ifndef OFFICE_PAGE_TIME_H
#define OFFICE_PAGE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/time.h"

#define PAGE_TIME_LATER INT64_C(3600) /* a page may come that much after the typed time */
#define PAGE_TIME_EARLIER INT64_C(86400) /* and lie that much before it */

struct page_time {
	int64_t from, to; /* both the same, or a day; from TIME_NONE: there is none */
};

/* TIME_NONE: none. */
struct page_time page_time_of(int64_t at, const struct time_zone *z);

struct page_time_page {
	const char *data; /* decoded */
	size_t size;
	const char *content_type; /* or NULL */
	const char *url;
	int64_t captured_at;
};

/* What the page says; none when it says nothing or cannot be read. */
enum err_code page_time_read(const struct page_time_page *page, const struct time_zone *z,
	struct page_time *out, struct err *e);

/* The page is later than the typed time by more than PAGE_TIME_LATER, or earlier by more than
 * PAGE_TIME_EARLIER. */
bool page_time_differs(const struct page_time *page, const struct page_time *typed);
/* "2026-09-28 10:00", or the date alone. */
void page_time_add(struct buf *out, const struct page_time *t, const struct time_zone *z);

#endif
