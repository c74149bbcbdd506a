/*
 * title_key.h - by what items of one title find each other: 64 bits of the SHA-256 of the
 * title's key (matcher/match.h), as 16 hexadecimal digits.
 *
 * A title of 25 characters is 75 bytes, and stood in the row and twice in indexes; only
 * whether two are equal is ever asked.
 */
#ifndef LEDGER_TITLE_KEY_H
#define LEDGER_TITLE_KEY_H

#include <stddef.h>

#include "base/err.h"

#define TITLE_KEY_SIZE 17 /* with the NUL */

struct db;

void title_key_make(const char *title, size_t n, char out[TITLE_KEY_SIZE]);
/* The same for the migration of what older ledgers hold: title_key_make(text) in SQL. */
enum err_code title_key_register(struct db *db, struct err *e);

#endif
