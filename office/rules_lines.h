/*
 * rules_lines.h - which lines of a rule file an edit added and removed.
 *
 * Order never matters in a rule file, only the section does: a line that moved within its
 * section is the same, one that moved to another topic is two changes. Blank lines do not
 * count, comments do; nor does it count how a text is written: encoding, byte order mark,
 * line ends.
 */
#ifndef OFFICE_RULES_LINES_H
#define OFFICE_RULES_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct rules_line {
	bool added; /* else removed */
	int number; /* in the file that has it, from 1 */
	struct str section, text; /* trimmed; borrowed; section with its brackets or empty */
};

struct rules_lines {
	const struct rules_line *change; /* removed ones first, each in their file's order */
	size_t count, added, removed;
};

/* out->change lives in the arena. */
enum err_code rules_lines_compare(
	struct str old, struct str new, struct arena *a, struct rules_lines *out, struct err *e);

#endif
