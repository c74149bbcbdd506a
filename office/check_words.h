/*
 * check_words.h - what the checks of an answer mean, for people (DESIGN §6.5).
 *
 * The names of the checks stand in the ledger joined with commas ("slogan,off-topic"), what
 * they rest on as lines CHECK<tab>REASON.
 */
#ifndef OFFICE_CHECK_WORDS_H
#define OFFICE_CHECK_WORDS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

#define CHECK_WORDS_NAME 32 /* bytes of the longest name, with its NUL */

/* The next name of *checks, which is advanced: false at the end. */
bool check_words_next(struct str *checks, char name[CHECK_WORDS_NAME]);
/* The reason of a check; empty when it has none. found may be NULL. */
struct str check_words_reason(const char *found, const char *name);
/* The checks with one more, once. */
void check_words_join(struct buf *out, const char *checks, const char *name);
/* The reasons with one more of this check, behind "; " where it has one. */
void check_words_join_reason(
	struct buf *out, const char *found, const char *name, const char *reason);
/* Appends what the check means, and its reason. */
void check_words_add(struct buf *out, const char *name, const char *found);

#endif
