/*
 * why.h - the stored reasons of an alert, for people.
 */
#ifndef CLI_WHY_H
#define CLI_WHY_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "ledger/alerts.h"

/* The words that hit, "拖欠工资 讨薪", at most `columns` wide; for a table. */
void why_add_short(struct buf *out, const struct alert *a, size_t columns);
/* One line a rule that hit: place, points, rule, the words in the text. */
void why_print(FILE *f, const struct alert *a);
/* Title and text with what hit marked: in colour, or between 【】. */
void why_print_marked(FILE *f, const struct alert *a, bool colour);

#endif
