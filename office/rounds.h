/*
 * rounds.h - rounds of checking (专项检查, 督查通报): everything open is listed, marked line
 * by line, and closed with a bulletin that names the laggards.
 *
 * What is listed comes from the sources of round_sources.def: for a line
 * ROUND_SOURCE(type, name) there are
 *   void round_list_<name>(struct act *a, struct list *out)   of struct round_open_line
 *   void round_look_<name>(struct act *a, const struct round_line *x, struct round_look *out)
 */
#ifndef OFFICE_ROUNDS_H
#define OFFICE_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "ledger/ids.h"
#include "ledger/list.h"
#include "ledger/rounds.h"
#include "office/act.h"
#include "office/office.h"

/* What is found at a line: the words of the record. */
enum round_result {
	ROUND_DONE, /* 完成 */
	ROUND_GOING, /* 推进中 */
	ROUND_LATE, /* 滞后 */
	ROUND_NONE, /* 未启动 */
	ROUND_CANNOT, /* 无法完成 */
	ROUND_RESULTS
};

const char *round_result_name(enum round_result r);
/* The same words, or done going late none cannot; false: none of them. */
bool round_result_read(const char *typed, enum round_result *out);

/* --- what is listed --- */

struct round_open_line {
	const char *subject, *unit;
	const char *due_date; /* that stands now; "" none */
};

struct round_look {
	const char *about; /* the promise, the task; NULL: erased */
	bool done, cannot; /* nothing is left to do about it */
};

#define ROUND_SOURCE(type, name)                                                                   \
	void round_list_##name(struct act *a, struct list *out);                                   \
	void round_look_##name(struct act *a, const struct round_line *x, struct round_look *out);
#include "office/round_sources.def"
#undef ROUND_SOURCE

/* By the type of the line's subject. */
void round_look(struct act *a, const struct round_line *x, struct round_look *out);

/* --- acts --- */

enum err_code office_round_open(
	struct office *o, const char *name, char id[IDS_SIZE], int64_t *lines, struct err *e);

struct round_marks {
	const char *const *lines; /* "3", "7-9", or ids: c12 */
	size_t count;
	const char *result, *note; /* note may be NULL */
};

/* A line may be marked again while the round is open. *marked: how many lines. */
enum err_code office_round_mark(struct office *o, const char *typed, const struct round_marks *m,
	char id[IDS_SIZE], int64_t *marked, int64_t *blank, struct err *e);
/* Blank lines about which nothing is left to do: 完成, or 无法完成 where it was given up. */
enum err_code office_round_mark_settled(struct office *o, const char *typed, char id[IDS_SIZE],
	int64_t *marked, int64_t *blank, struct err *e);

struct round_closed {
	char id[IDS_SIZE];
	const struct round_line *blank; /* ERR_REFUSED: they stand blank */
	size_t blank_count;
	int64_t counts[ROUND_RESULTS], lines;
};

/* The bulletin (通报) is added to `text` and kept in the record. */
enum err_code office_round_close(struct office *o, const char *typed, struct arena *arena,
	struct round_closed *out, struct buf *text, struct err *e);

#endif
