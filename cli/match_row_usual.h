/*
 * match_row_usual.h - the short way to read a row for the matcher: one pass over an object
 * of strings and simple values, as nearly all are, without a tree.
 *
 * It takes only what json_read_foreign() would read in the same way and gives up at
 * everything else (a fault, \u, a value inside a value, a key twice), so that the tree stays
 * the judge of what a row is and of what is wrong with it.
 */
#ifndef CLI_MATCH_ROW_USUAL_H
#define CLI_MATCH_ROW_USUAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Members that the matcher knows. */
enum match_row_key {
	MATCH_ROW_ID,
	MATCH_ROW_TITLE,
	MATCH_ROW_TEXT,
	MATCH_ROW_CONTENT,
	MATCH_ROW_SUMMARY,
	MATCH_ROW_SOURCE,
	MATCH_ROW_KIND,
	MATCH_ROW_LOCAL,
	MATCH_ROW_KEYS
};

extern const char *const match_row_keys[MATCH_ROW_KEYS];

struct match_row_members {
	const char *str[MATCH_ROW_KEYS]; /* NULL: absent or null */
	bool local;
};

/* Strings live in the arena. False: not of the usual kind (or no memory: arena_failed()). */
bool match_row_read_usual(const char *s, size_t n, struct arena *a, struct match_row_members *out);

#endif
