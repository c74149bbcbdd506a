/*
 * units.h - units.conf: the departments, towns and committees that answer
 * (责任单位), with their names over time (DESIGN §5.3).
 *
 * A section is a unit under the name it is called by today; events keep the name
 * that was used then, so a later renaming changes no record. Several names in a
 * value stand between 、 or |. Keys:
 *   full       the whole name, as on its seal
 *   also       other names that staff type and that mean this unit
 *   formerly   older names, each with its last day: 某局 until 2019-03-31
 *   groups     市直各部门, 各镇街 …: groups this unit belongs to
 *   leads      topics (names or codes of keywords.conf) it answers for first
 *   places     villages, roads, landmarks and old names that lie in it
 *   coordinates yes: it coordinates what several answer (本级政府办公室, 宣传部门)
 *   level      国 省 州 市 镇街; default 市
 *   vertical   yes: led from above (垂直管理), its superior coordinates
 *   superior   the unit above it; supervisor: the unit that supervises it
 *   until      its last day; successor: who took over (another section)
 */
#ifndef OFFICE_UNITS_H
#define OFFICE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/path.h"
#include "office/namelist.h"

struct unit_former {
	const char *name;
	const char *until; /* "YYYY-MM-DD", its last day */
};

struct unit {
	const char *name;
	const char *full; /* or NULL */
	const char *level; /* never NULL */
	const char *superior; /* or NULL */
	const char *supervisor; /* or NULL */
	const char *until; /* "YYYY-MM-DD" or NULL: still there */
	const char *successor; /* or NULL */
	struct namelist also, groups, leads, places;
	const struct unit_former *former;
	size_t former_count;
	bool vertical, coordinates;
	int line;
};

struct units; /* immutable once loaded */

enum err_code units_parse(
	const char *name, const char *text, size_t n, struct units **out, struct err *e);
/* units.conf along the home's order. */
enum err_code units_load(const struct path_home *home, struct units **out, struct err *e);
void units_free(struct units *u);

size_t units_count(const struct units *u);
const struct unit *units_at(const struct units *u, size_t i);

/* The unit that `name` (section, full, also or former name) means on the local
 * day `date` ("YYYY-MM-DD"). A former name past its day and a unit that no longer
 * exists are refused (ERR_REFUSED) with the name to use; an unknown one is
 * ERR_USAGE with the nearest known name. */
enum err_code units_resolve(const struct units *u, const char *name, const char *date,
	const struct unit **out, struct err *e);

/* First unit that leads the topic (name or code), NULL when none is set. */
const struct unit *units_leading(const struct units *u, const char *topic);

#endif
