/*
 * namelist.c - splits "甲、乙 | 丙" into its names.
 */
#include "office/namelist.h"

#include <string.h>

#include "base/str.h"

/* Length of a separator at p, 0 when there is none. */
static size_t separator(const char *p)
{
	if (*p == ',' || *p == '|')
		return 1;
	if (strncmp(p, "、", 3) == 0 || strncmp(p, "，", 3) == 0)
		return 3;
	return 0;
}

static size_t count_parts(const char *value)
{
	size_t n = 1;

	for (const char *p = value; *p; p++) {
		if (separator(p))
			n++;
	}
	return n;
}

bool namelist_split(struct arena *a, const char *value, struct namelist *out)
{
	const char *start = value, *p = value;
	size_t room;

	out->names = NULL;
	out->count = 0;
	if (!value || !*value)
		return true;
	room = count_parts(value);
	if (room > NAMELIST_MAX)
		return false;
	out->names = arena_array(a, room, sizeof *out->names);
	if (!out->names)
		return false;
	for (;; p++) {
		size_t cut = *p ? separator(p) : 0;
		if (*p && !cut)
			continue;
		struct str part = str_trim((struct str){start, (size_t)(p - start)});
		if (part.n) {
			char *name = arena_strndup(a, part.p, part.n);
			if (!name)
				return false;
			out->names[out->count++] = name;
		}
		if (!*p)
			return true;
		start = p + cut;
		p = start - 1;
	}
}

bool namelist_has(const struct namelist *l, const char *name)
{
	for (size_t i = 0; i < l->count; i++) {
		if (strcmp(l->names[i], name) == 0)
			return true;
	}
	return false;
}
