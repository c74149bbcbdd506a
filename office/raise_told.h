/*
 * raise_told.h - alerts that no source brings by the rules alone: a matter entered by hand,
 * many orders about one thing. What sources bring is raised by office/intake.h.
 */
#ifndef OFFICE_RAISE_TOLD_H
#define OFFICE_RAISE_TOLD_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/events.h"
#include "matcher/match.h"
#include "office/office.h"

struct raise_told {
	int64_t item; /* 0: none */
	const char *title;
	const char *link, *text; /* NULL allowed */
	const char *source, *source_name;
	int64_t published, fetched; /* TIME_NONE allowed */
	const char *grounds; /* of `hit`, raise_grounds(); NULL: none */
};

/* Inside db_begin_write(). The story (0: a new one, *story is set) has an alert of this
 * topic with at least this grade afterwards. hit may be NULL: no rule says so. *alert is
 * its number. */
enum err_code raise_told_alert(struct office *o, const struct event_draft *by,
	const struct raise_told *m, const struct rules_topic *topic, const struct match_topic *hit,
	enum match_grade grade, struct arena *a, int64_t *story, int64_t *alert, struct err *e);

/* The item of this source and identity and its story; 0 where there is none. */
enum err_code raise_told_find_item(struct office *o, const char *source, const char *identity,
	int64_t *item, int64_t *story, struct err *e);

#endif
