/*
 * duty.h - shifts: who was on duty, what was handed over, who took note of it.
 *
 * Kinds (no subject):
 *   duty.started/1    {post}
 *   duty.ended/1      {started, handover_text, note_text, late, open, taken, to}: the shift
 *                     that event `started` began; `taken` rows were given back with it
 *   duty.confirmed/1  {started}: the hand-over of that shift was taken note of
 * Table: duty.
 */
#ifndef LEDGER_DUTY_H
#define LEDGER_DUTY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

/* Strings are "" when absent, texts NULL: none, or erased; times and numbers TIME_NONE. */
struct duty_shift {
	int64_t number; /* the event that began it */
	const char *actor, *name, *post;
	int64_t started_at, ended_at, open, late;
	const char *handover, *note;
	const char *to_name;
	const char *confirmed_by, *confirmed_name;
	int64_t confirmed_at;
};

enum duty_which {
	DUTY_ON, /* on duty now */
	DUTY_WAITING, /* ended, and nobody has taken note yet */
};

/* In order of their beginning. */
enum err_code duty_list(struct db *db, enum duty_which which, struct arena *a,
	struct duty_shift **out, size_t *count, struct err *e);
/* Those that had not ended before `since`. */
enum err_code duty_since(struct db *db, int64_t since, struct arena *a, struct duty_shift **out,
	size_t *count, struct err *e);
/* ERR_NOT_FOUND when event `number` began none. */
enum err_code duty_get(
	struct db *db, int64_t number, struct arena *a, struct duty_shift *out, struct err *e);

#endif
