/*
 * documents.h - what the tests of document readers share: parse a text, look at items.
 */
#ifndef TESTS_UNIT_DOCUMENTS_H
#define TESTS_UNIT_DOCUMENTS_H

#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "crawler/document.h"

#define DOCUMENTS_NOW "2026-11-23T04:00:00Z"

struct documents {
	struct arena *arena;
	struct time_zone *zone;
	struct document_input in;
	struct document doc;
	struct err e;
};

/* Times are those of Asia/Shanghai, now is DOCUMENTS_NOW. */
static inline void documents_init(struct documents *d, enum document_type type, const char *url)
{
	memset(d, 0, sizeof *d);
	d->arena = arena_new(ARENA_MAX_DEFAULT);
	assert_non_null(d->arena);
	assert_int_equal(time_zone_open("Asia/Shanghai", &d->zone, &d->e), ERR_OK);
	d->in.type = type;
	d->in.url = url;
	d->in.zone = d->zone;
	assert_true(time_parse_rfc3339(str_of(DOCUMENTS_NOW), &d->in.now));
}

static inline void documents_fini(struct documents *d)
{
	arena_free(d->arena);
	time_zone_close(d->zone);
}

static inline enum err_code documents_parse(struct documents *d, const char *text)
{
	err_clear(&d->e);
	d->in.data = text;
	d->in.size = strlen(text);
	return document_parse(&d->in, d->arena, &d->doc, &d->e);
}

/* "2026-11-20" in Shanghai, or "2026-11-20 09:30". NULL: no time. */
static inline int64_t documents_time(const char *local)
{
	struct time_civil c = {0};
	int64_t t;

	if (!local)
		return TIME_NONE;
	c.year = (int)strtol(local, NULL, 10);
	c.month = (int)strtol(local + 5, NULL, 10);
	c.day = (int)strtol(local + 8, NULL, 10);
	if (strlen(local) > 10) {
		c.hour = (int)strtol(local + 11, NULL, 10);
		c.minute = (int)strtol(local + 14, NULL, 10);
	}
	if (strlen(local) > 16)
		c.second = (int)strtol(local + 17, NULL, 10);
	assert_true(time_from_civil(&c, NULL, &t));
	return t - 8 * 3600;
}

#endif
