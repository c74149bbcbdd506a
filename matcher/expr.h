/*
 * expr.h - what a rule line asks for, as a tree (DESIGN §5.2 "Binding, Meaning").
 *
 * Nodes live in the rule set's arena and are immutable once linked. Macros are
 * shared, so the tree is a DAG; its unfolded size is bounded by EXPR_SIZE_MAX and
 * its depth by EXPR_DEPTH_MAX, so recursion over it is bounded too.
 */
#ifndef MATCHER_EXPR_H
#define MATCHER_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "matcher/lexer.h"
#include "matcher/report.h"

#define EXPR_PARENS_MAX 32
#define EXPR_DEPTH_MAX 512 /* nodes on a path, macros unfolded */
#define EXPR_SIZE_MAX 20000 /* nodes of a line, macros unfolded */

enum expr_kind {
	EXPR_LITERAL, /* id: of the word in the set's literals */
	EXPR_REGEX, /* id: of the regex in the set */
	EXPR_AND,
	EXPR_OR,
	EXPR_NEAR, /* distance[i] lies between child[i] and child[i + 1] */
	EXPR_MACRO, /* child[0] is its meaning once linked; name */
};

struct expr { /* what matching asks for comes first */
	/* Once linked: the words of an |-group of nothing but words (or of a word); else 0. */
	size_t words;
	const uint32_t *word;
	enum expr_kind kind;
	uint32_t id;
	struct expr **child;
	size_t count;
	uint32_t *distance;
	const char *name; /* as written: word, regex or macro name */
	int column;
	bool longer; /* a word with * */
	bool quoted; /* a word in quotes */
	unsigned char fields; /* once linked: those in which it is asked for */
};

/* What leaves are turned into while parsing. */
struct expr_leaves {
	void *ctx;
	/* Fills node->id (and name, longer); false after reporting a fault. */
	bool (*add_word)(
		void *ctx, struct expr *node, const struct lexer_token *t, struct report_place at);
	bool (*add_regex)(
		void *ctx, struct expr *node, const struct lexer_token *t, struct report_place at);
};

/* Parses token[0..count). NULL after a fault, which was reported. */
struct expr *expr_parse(const struct lexer_token *token, size_t count,
	const struct expr_leaves *leaves, struct arena *a, struct report *r,
	struct report_place at);

/* After linking. Operands of ~ may be words, literals, regexes and |-groups of these. */
bool expr_is_operand(const struct expr *x);
/* Nodes with macros unfolded, at most EXPR_SIZE_MAX + 1; *depth the longest path. */
size_t expr_size(const struct expr *x, size_t *depth);

#endif
