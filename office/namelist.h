/*
 * namelist.h - values of configuration keys that hold several names.
 *
 * Names stand between 、 , ， or |; white space round them does not count, empty
 * parts are skipped. The array and the strings live in the arena.
 */
#ifndef OFFICE_NAMELIST_H
#define OFFICE_NAMELIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define NAMELIST_MAX 256 /* names in one value; further ones are an error (NULL) */

struct namelist {
	const char **names;
	size_t count;
};

/* False when memory ran out or the value holds more than NAMELIST_MAX names. */
bool namelist_split(struct arena *a, const char *value, struct namelist *out);
bool namelist_has(const struct namelist *l, const char *name);

#endif
