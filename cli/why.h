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
/* All reasons in plain words, from what was kept with the alert; grounds (alerts_grounds())
 * may be NULL. */
void why_print(FILE *f, const struct alert *a, const char *grounds);
/* Title and text with what hit marked: in colour, or between 【】. */
void why_print_marked(FILE *f, const struct alert *a, bool colour);

#endif
