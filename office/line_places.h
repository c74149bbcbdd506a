/*
 * line_places.h - where the rule lines stand today, found by what they say.
 *
 * Alerts name a line by the file and number that it had when they were raised; lines move
 * when others are written above them.
 */
#ifndef OFFICE_LINE_PLACES_H
#define OFFICE_LINE_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "matcher/match.h"
#include "matcher/rule_lines.h"

struct line_places;

/* Lives only while the rules do. */
enum err_code line_places_new(const struct rules *rules, struct line_places **out, struct err *e);
void line_places_free(struct line_places *p); /* NULL is fine */

size_t line_places_count(const struct line_places *p);
const struct rule_line *line_places_at(const struct line_places *p, size_t i);
/* The line of this topic (code) that reads like this; the first of twins. NULL: there is none
 * any more. A line of 全局扣分 is found under every topic. p may be NULL. */
const struct rule_line *line_places_find(
	const struct line_places *p, const char *code, const char *rule);
/* The line at this place; NULL: none. */
const struct rule_line *line_places_by_number(
	const struct line_places *p, const char *file, long long line);

#endif
