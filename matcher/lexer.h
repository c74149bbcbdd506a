/*
 * lexer.h - one rule line cut into tokens (DESIGN §5.2 "Tokens").
 *
 * Outside quotes and regexes the full-width forms of the signs mean the half-width
 * ones. A quote opened by “ or ＂ may close with ” or ＂, a regex opened by ／ with
 * ／. Words keep their spelling; what they match is decided by matcher/normalise.h.
 */
#ifndef MATCHER_LEXER_H
#define MATCHER_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "matcher/report.h"

#define LEXER_TOKENS_MAX 4096 /* of one line */

enum lexer_kind {
	LEXER_WORD,
	LEXER_QUOTED, /* "literal", its escapes undone */
	LEXER_REGEX, /* between the slashes, as written */
	LEXER_MACRO, /* name behind @ */
	LEXER_BAR,
	LEXER_OPEN,
	LEXER_CLOSE,
	LEXER_NEAR, /* ~N */
	LEXER_END,
};

struct lexer_token {
	enum lexer_kind kind;
	struct str text;
	uint32_t distance; /* of LEXER_NEAR */
	int column; /* characters from the line's beginning, from 1 */
	bool space; /* white space stands before it */
};

/* The half-width sign that cp means in a rule file, else cp. */
uint32_t lexer_fold(uint32_t cp);
/* The code point at s.p[*pos], folded; advances *pos. */
uint32_t lexer_next_cp(struct str s, size_t *pos);

/* Where the comment of a line begins (s.n when there is none); quotes and regexes
 * may hold '#'. `prose` lines (tests) have no quotes, and their comment needs white
 * space on both sides of '#'. */
size_t lexer_comment_start(struct str line, bool prose);

/* Tokens of line.p[from..); the array ends with LEXER_END and lives in the arena.
 * NULL after a fault, which was reported. at.column is ignored. */
const struct lexer_token *lexer_tokens(struct str line, size_t from, struct arena *a,
	struct report *r, struct report_place at, size_t *count);

/* Characters of s before byte `pos`, plus one: a column. */
int lexer_column(struct str s, size_t pos);

#endif
