/*
 * search.h - the index of words: what stands in it, how it is filled, asked and forgotten.
 *
 * Documents are items (with the page behind them), orders of hotlines, and events that
 * carry texts. It is intake data: made of them, again at any time, no projection. It is
 * always behind a little: what stands above its marks or changed since is named by
 * search_behind() and has to be looked at by itself, so that nothing is missed.
 *
 * Rows are never taken out of it. SQLite's own way needs the exact old text and leaves its
 * words readable in the file; search_forget_all() leaves nothing (with secure_delete and a
 * truncated log) and cannot fail half-way. It is made again by the next ticks.
 */
#ifndef LEDGER_SEARCH_H
#define LEDGER_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

/* Of the form in which texts are handed in, and of how they are cut: another one makes the
 * index anew. */
#define SEARCH_VERSION 1

/* Inside db_begin_write(): all words are gone, the marks stand at the beginning. */
enum err_code search_forget_all(struct db *db, struct err *e);

#endif
