/*
 * advice_private.h - what the parts of advice.c share. Inside matcher/ only.
 */
#ifndef MATCHER_ADVICE_PRIVATE_H
#define MATCHER_ADVICE_PRIVATE_H

#include "matcher/compare.h"

struct advice_note {
	struct report_place at;
	uint32_t file; /* orders notes */
	const char *text, *hint;
};

struct advice {
	const struct rules *r;
	struct compare *compare;
	struct arena *arena;
	struct advice_note *note;
	size_t count, cap;
	const struct ruleset_section *excluding; /* 全局排除, if there is one */
	bool *told; /* of each line: something that makes a second warning idle */
};

/* Keeps a warning; hint is kept as it is. */
void advice_note(struct advice *a, uint32_t file, int line, int column, const char *hint,
	const char *fmt, ...) __attribute__((format(printf, 6, 7)));
void advice_note_line(struct advice *a, const struct ruleset_line *l, int column, const char *hint,
	const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* "keywords.conf:12", for a text. */
const char *advice_place(struct advice *a, const struct ruleset_line *l);

/* advice_words.c: words of a line, words of a list. */
void advice_words(struct advice *a);
/* Where a line or a list stands; `column`: of its expression, 0 where no sign may stand. */
struct advice_spot {
	uint32_t file;
	int line, column;
};
/* advice_marks.c: what was meant to tell something and is a word where it stands. */
void advice_marks(struct advice *a, struct advice_spot at, const struct expr *x);
/* advice_regex.c: regexes without a word to look for, and without an end. */
void advice_regexes(struct advice *a);
/* advice_sample.c: lines that hit nearly everything. */
enum err_code advice_sample(struct advice *a, struct err *e);
/* advice_lines.c: lines that stand there twice or can never count; what no score reaches. */
void advice_lines(struct advice *a);

#endif
