/*
 * due_clocks.h - what a clock is about and who must act, by the kind of its subject.
 *
 * A kind of subject is a line in due_clocks.def: CLOCK_SUBJECT(type, name) with a function
 * `enum err_code clock_subject_<name>(struct db *, const char *id, int64_t at, struct arena *,
 * struct due_clock *, struct err *)` that fills what it knows. A clock's own `who` goes
 * before the unit; what is the office's duty (duties.h) is no unit's.
 */
#ifndef OFFICE_DUE_CLOCKS_H
#define OFFICE_DUE_CLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/clocks.h"
#include "ledger/db.h"

struct due_clock {
	const char *about; /* title or quote; NULL: erased */
	const char *unit; /* who held it at that moment; "" the office */
	const char *addressee; /* to whom an order about it goes: see ledger/answerable.h */
	bool finished; /* a case that is answered: a leader's instruction still waits */
	bool live; /* false: the subject is done with, its clocks wait for nothing */
	int64_t over_at; /* since when, where that is known; else TIME_NONE */
	int64_t closed_at; /* of a case */
};

enum err_code due_clock_of(struct db *db, const struct clock_record *c, int64_t at, struct arena *a,
	struct due_clock *out, struct err *e);

#define CLOCK_SUBJECT(type, name)                                                                  \
	enum err_code clock_subject_##name(struct db *db, const char *id, int64_t at,              \
		struct arena *a, struct due_clock *out, struct err *e);
#include "office/due_clocks.def"
#undef CLOCK_SUBJECT

#endif
