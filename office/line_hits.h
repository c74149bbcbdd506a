/*
 * line_hits.h - the rule lines that an alert was raised by, read from its stored reasons
 * (`why`), and whether it hangs on one of them alone.
 *
 * A line is known by its topic and its text, so that moving it in the file does not lose
 * its history.
 */
#ifndef OFFICE_LINE_HITS_H
#define OFFICE_LINE_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define LINE_HITS_MAIN "keywords.conf" /* what a hit without "file" stands in */

struct line_hit { /* strings live in the arena */
	const char *file;
	int64_t line; /* in that file, then */
	const char *rule; /* the line as written */
	int64_t points; /* signed */
};

/* why: a JSON array, match_add_why_json(); "" has no hits. ERR_INPUT. */
enum err_code line_hits_read(
	const char *why, struct arena *a, struct line_hit **out, size_t *count, struct err *e);

/* The same by way of a JSON tree, whatever its form: the judge of what the above reads. */
enum err_code line_hits_read_tree(
	const char *why, struct arena *a, struct line_hit **out, size_t *count, struct err *e);

/* It belongs to 全局扣分 and not to the alert's topic. */
bool line_hits_weakens(const struct line_hit *h);

/* Had the line `rule` not hit this text, would the alert not have been raised? It would not
 * when the score were below the threshold (0: not known, taken as 1), when no line that
 * adds points were left, or when it is the only + line among the hits. */
bool line_hits_needs(const struct line_hit *hits, size_t count, const char *rule, int64_t score,
	int64_t threshold);

/* Sets key to what the line of a hit is known by. */
void line_hits_key(struct buf *key, const char *code, const char *rule);

#endif
