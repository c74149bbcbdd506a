/*
 * rules_reader.h - what the readers of a rule file share: rules_parse.c walks over the
 * lines, rules_line.c understands one rule line. Inside matcher/ only.
 */
#ifndef MATCHER_RULES_READER_H
#define MATCHER_RULES_READER_H

#include "matcher/ruleset.h"

struct reader {
	struct rules *r;
	struct report *report;
	uint32_t file;
	struct report_place place;
	struct str line; /* the line without comment and surrounding white space */
	struct str whole; /* the line as it stands, for columns */
	uint32_t section;
	unsigned seen; /* settings met since the section head */
	bool no_memory, complained;
	bool bare; /* only the shape of lines matters: words are not looked up, regexes not compiled
		    */
};

/* A fault at byte `pos` of the whole line, and how to mend it. */
void reader_fault(struct reader *d, size_t pos, const char *text, const char *hint);
/* Byte of the whole line at which a part of it begins. */
size_t reader_offset(const struct reader *d, struct str part);
/* White space of any width off both ends. */
struct str reader_trim(struct str s);
const char *reader_keep(struct reader *d, struct str s);
/* `name:` at *pos, white space before the colon allowed; moves *pos behind it. */
bool reader_label(struct str line, const char *name, size_t *pos);

/* The expression of token[0..count). NULL after a fault. */
struct expr *reader_expr(struct reader *d, const struct lexer_token *token, size_t count);
/* A rule line from byte `pos` of d->line; `off` is one behind 停用: */
void reader_rule(struct reader *d, size_t pos, bool off);

/* One line read without a set, for its sign, fields, points, grade and the shape of its
 * expression (names, no ids; macros without meaning). False when it is no rule line. */
bool rules_read_line(const char *text, struct arena *a, struct ruleset_line *out);

#endif
