/*
 * advice.h - lines of a rule set that staff will regret: warnings, each with its place and
 * a hint, in the order of files and lines.
 *
 * Told are words of one character and lines that hit nearly everything (of the texts in
 * advice_sample.c), regexes that run on every text or reach to its end, signs, points and
 * grades where they are words, duplicate lines and words, lines that can never count, and
 * thresholds and grades that are out of reach. "Never" is certain: what is not known is
 * not told.
 */
#ifndef MATCHER_ADVICE_H
#define MATCHER_ADVICE_H

#include "matcher/match.h"
#include "matcher/report.h"

/* Adds its warnings to the report. */
enum err_code advice_give(const struct rules *r, struct report *report, struct err *e);

#endif
