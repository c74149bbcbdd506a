/*
 * checks.h - what can be noticed about an answer by its words alone (DESIGN §6.5).
 * Cheap signs for a person to look at, never a verdict: every one of them only makes
 * the response wait with a remark.
 */
#ifndef OFFICE_CHECKS_H
#define OFFICE_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "office/units.h"

/* No number, no concrete measure, no unit: only words like 高度重视. units may be NULL. */
bool checks_is_slogan(const char *text, const struct units *units);
/* Hardly a pair of characters in common with what it answers (title and text). Short
 * texts about nothing countable are never off topic. */
bool checks_is_off_topic(const char *text, const char *title, const char *about);
/* fact, measure, result, apology or clarification, as its words suggest. */
const char *checks_guess_kind(const char *text);
bool checks_is_kind(const char *kind);

/* How much of one text is in others; white space and punctuation do not count. */
struct checks_grams;

#define CHECKS_REPOST 0.8 /* so much of an answer in an earlier text: a repost */
#define CHECKS_GRAMS_MIN 24 /* texts with fewer pieces are not compared */

/* NULL: no memory. */
struct checks_grams *checks_grams_new(const char *text);
void checks_grams_free(struct checks_grams *g);
size_t checks_grams_count(const struct checks_grams *g);
/* 0 … 1: share of g's pieces that `text` has; 0 for texts too short to tell. */
double checks_share_in(const struct checks_grams *g, const char *text);

#endif
