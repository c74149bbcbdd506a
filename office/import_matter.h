/*
 * import_matter.h - which orders concern one matter.
 *
 * Two do when they lie within MATTER_DAYS of each other, their places - where both are
 * said - are alike, and
 *   - their title keys (of MATTER_TITLE_MIN characters and more) are equal, or nearly so
 *     (MATTER_ALIKE per cent of the pairs of characters in common, MATTER_ALIKE_LONG for
 *     keys of MATTER_LONG characters: those are contents, which share their set phrases)
 *     and the rules do not give them different topics, or
 *   - the rules give both the same topic and both say their place.
 * A matter is what concerns its first order: likeness is not carried on from one to the
 * next, which would lead from anything to anything. The first is compared with the
 * MATTER_NEAR next ones in time, and again among those of its topic and its title.
 * matter_is_same() is the one place to put a better judgement in.
 */
#ifndef OFFICE_IMPORT_MATTER_H
#define OFFICE_IMPORT_MATTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define MATTER_DAYS 7
#define MATTER_NEAR 500
#define MATTER_TITLE_MIN 8
#define MATTER_ALIKE 80
#define MATTER_ALIKE_LONG 90
#define MATTER_LONG 40
#define MATTER_PLACE_MIN 3 /* characters of a place key */

struct matter {
	int64_t at;
	const char *title_key, *place_key; /* shadows; "" when too short */
	const char *codes; /* "|water|roads|", or "" */
};

/* The pairs of characters of a key, sorted; made once for many comparisons. */
struct matter_pairs {
	uint64_t *at;
	size_t count;
};

struct matter_view {
	const struct matter *m;
	struct matter_pairs title, place;
};

bool matter_view_make(const struct matter *m, struct arena *a, struct matter_view *out);
bool matter_is_same(const struct matter_view *x, const struct matter_view *y);

/* group[i] is the index of the first order, in time, of i's matter. */
enum err_code matter_group(
	const struct matter *m, size_t n, struct arena *a, size_t *group, struct err *e);

/* The shadow of a place without province, prefecture, town, so that two places in one
 * town are not alike by its name; "" when fewer than MATTER_PLACE_MIN characters are
 * left. Appends. */
enum err_code matter_place_key(struct buf *out, const char *place, struct err *e);
/* The shadow of the title, or of the content's first words; "" below MATTER_TITLE_MIN
 * characters. Appends. */
enum err_code matter_title_key(
	struct buf *out, const char *title, const char *content, struct err *e);

#endif
