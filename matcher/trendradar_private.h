/*
 * trendradar_private.h - a word list as it was read: trendradar_read.c makes it,
 * trendradar.c writes rules of it. Inside matcher/ only.
 */
#ifndef MATCHER_TRENDRADAR_PRIVATE_H
#define MATCHER_TRENDRADAR_PRIVATE_H

#include "base/arena.h"
#include "base/str.h"
#include "matcher/normalise.h"
#include "matcher/trendradar.h"

enum trendradar_role { TRENDRADAR_PLAIN, TRENDRADAR_MUST, TRENDRADAR_NOT };

struct trendradar_word {
	enum trendradar_role role;
	struct str text; /* the word, or the regex as our rules write it */
	struct str shown; /* n 0: itself */
	bool is_regex;
	bool hits_all; /* text is not needed */
	int line;
};

struct trendradar_group {
	struct str name; /* n 0: none */
	struct trendradar_word *word;
	size_t count, cap;
	int line;
};

struct trendradar_list {
	struct arena *arena;
	struct normalise_table *table;
	const char *file;
	struct report *notes;
	struct trendradar_group *group;
	size_t count, cap;
	struct trendradar_group global; /* the filter's words */
};

void trendradar_note(struct trendradar_list *l, int line, const char *text);
/* Groups of the file, comments gone; notices for what has no counterpart. */
enum err_code trendradar_read(struct trendradar_list *l, struct str text, struct err *e);

#endif
