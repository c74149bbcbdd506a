/*
 * ladder.h - supervision.conf: the levels of supervision (提醒, 蓝, 黄, 红) as data, each
 * with the paper it comes from (domain: 政府督查工作条例, 蓝黄红三单).
 *
 * A section is a level, in rising order; its name stands in events. Keys:
 *   of        promise, or clocks of deadlines.conf: those of duties.h
 *   when      "20% before" (of the time between start and due), "1 days before", "at",
 *             "1 working days after"
 *   issue     auto | person: tick issues it, or proposes it to a supervisor
 *   told      unit、supervisor、leader: who gets a message of it (notify_rules.h); default unit
 *   feedback  a limit in which the unit answers; roll: none | next-workday
 *   settle    auto | person: with its matter, or by a supervisor
 *   basis     required
 * Levels whose `when` does not rise are refused, with file:line:column.
 * [closing]: display, how long a case stands published (公示) between 办结 and 销号; basis.
 */
#ifndef OFFICE_LADDER_H
#define OFFICE_LADDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/err.h"
#include "base/path.h"
#include "office/namelist.h"

#define LADDER_FILE "supervision.conf"
/* In `told`. */
#define LADDER_TOLD_UNIT "unit"
#define LADDER_TOLD_SUPERVISOR "supervisor"
#define LADDER_TOLD_LEADER "leader"

enum ladder_when { LADDER_SHARE_BEFORE, LADDER_BEFORE, LADDER_AT, LADDER_AFTER };

struct ladder_level {
	const char *name, *told, *basis;
	const char *when_text, *feedback_text; /* as they are written */
	struct namelist of;
	enum ladder_when when;
	int share; /* of LADDER_SHARE_BEFORE, in percent */
	struct calendar_limit shift; /* of LADDER_BEFORE and LADDER_AFTER */
	struct calendar_rule feedback;
	bool by_person; /* a supervisor confirms it */
	bool settles_auto;
	int line;
};

struct ladder; /* immutable once loaded */

enum err_code ladder_parse(
	const char *name, const char *text, size_t n, struct ladder **out, struct err *e);
/* One file, whichever it is. */
enum err_code ladder_read(const char *path, struct ladder **out, struct err *e);
/* supervision.conf along the home's order. */
enum err_code ladder_load(const struct path_home *home, struct ladder **out, struct err *e);
void ladder_free(struct ladder *l);

size_t ladder_count(const struct ladder *l);
const struct ladder_level *ladder_at(const struct ladder *l, size_t i);
/* NULL when there is none. */
const struct ladder_level *ladder_find(const struct ladder *l, const char *name);
/* The names, joined with ", ", for messages; NULL: no memory. */
const char *ladder_names(const struct ladder *l, struct arena *a);
/* How long a case is published before it is closed; NULL: it need not be. */
const struct calendar_rule *ladder_display(const struct ladder *l);

/* What a level is looked for: a limit that runs from start (TIME_NONE: not known) to due. */
struct ladder_limit {
	const char *of; /* "promise" or a clock */
	int64_t start, due;
};

/* The moment after which a level holds; TIME_NONE: never (it is not for this, or there is no
 * start to take a share from). */
enum err_code ladder_moment(const struct ladder_level *x, const struct ladder_limit *limit,
	const struct calendar *with, int64_t *out, struct err *e);
/* The gravest level whose moment is over at `now`, NULL: none. */
enum err_code ladder_reached(const struct ladder *l, const struct ladder_limit *limit, int64_t now,
	const struct calendar *with, const struct ladder_level **out, struct err *e);

#endif
