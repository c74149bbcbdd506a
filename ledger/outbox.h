/*
 * outbox.h - messages to people, from when they are made to when they are acknowledged.
 *
 * A row is one message to one target: its key is unique, so that the same occasion is told
 * once. waiting -> handed (a file lies for huiying-send) -> sent | unknown | failed; what
 * was surely not delivered waits again until it expires. Tables: outbox, notice_state;
 * neither events nor projections (DESIGN §6.1) - that somebody acknowledged, and that a
 * delivery was given up, are events of their own:
 *   notice.acknowledged/1  subject as the notice's {notice}
 *   notice.failed/1        subject as the notice's {notice, target, notice_kind, state}
 *   notice.renewed/1       subject as the notice's {notice, state}: a person had it sent again
 */
#ifndef LEDGER_OUTBOX_H
#define LEDGER_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

struct outbox_row {
	int64_t id, stage, made_at, next_at, expires, tries;
	int64_t settled_at, acked_at; /* TIME_NONE when absent */
	const char *target, *kind, *subject, *title, *body, *state, *error, *acked_name;
	const char *receivers; /* who is left of a mail's, blank-separated; "": all of the target */
	int64_t gone; /* receivers that were refused for good */
	bool urgent, ack;
};

struct outbox_new {
	const char *target, *kind, *subject, *occasion, *title, *body;
	int64_t stage, made_at, next_at, expires;
	bool urgent, ack;
};

struct outbox_counts {
	int64_t unknown, failed, partly; /* not acknowledged; partly: not to all receivers */
	int64_t oldest, last_sent; /* TIME_NONE: nothing waits, nothing was sent */
};

/* Inside db_begin_write(). *added false: it was told before. */
enum err_code outbox_add(struct db *db, const struct outbox_new *n, bool *added, struct err *e);
/* ERR_NOT_FOUND. */
enum err_code outbox_get(
	struct db *db, int64_t id, struct arena *a, struct outbox_row *out, struct err *e);
/* Those of one of the OUTBOX_… statements. */
enum err_code outbox_rows(struct db *db, enum statement id, const struct db_value *args, size_t n,
	struct arena *a, struct outbox_row **out, size_t *count, struct err *e);
/* The newest first. */
enum err_code outbox_list(struct db *db, bool failed, int64_t limit, struct arena *a,
	struct outbox_row **out, size_t *count, struct err *e);
enum err_code outbox_count(struct db *db, struct outbox_counts *out, struct err *e);
/* In a ledger that was restored, inside db_begin_write(): what was on its way may have arrived
 * and is told as unknown; numbers go on far beyond those of the lost part, so that no file or
 * receipt of it is taken for a later message's. */
enum err_code outbox_restored(struct db *db, int64_t now, const char *error, struct err *e);
/* After an erasure by order of law, inside db_begin_write(): no message keeps words from outside.
 */
enum err_code outbox_forget_words(struct db *db, struct err *e);
/* 0 when nothing was noted yet. */
enum err_code outbox_state(struct db *db, const char *name, int64_t *out, struct err *e);

#endif
