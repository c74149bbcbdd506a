/*
 * intake_log.h - the bookkeeping of taking in: which WARC files were read and how far,
 * what could not be read, how the sources are doing. Housekeeping, not events.
 */
#ifndef LEDGER_INTAKE_LOG_H
#define LEDGER_INTAKE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "ledger/db.h"

struct intake_file {
	bool known, finished;
	bool resumed; /* done_offset says where an interrupted run stopped */
	uint64_t done_offset; /* of the last record that is in the ledger */
};

enum err_code intake_log_file(
	struct db *db, const struct hash *sha256, struct intake_file *out, struct err *e);
/* The following are called inside db_begin_write(). */
enum err_code intake_log_start(
	struct db *db, const struct hash *sha256, const char *name, struct err *e);
/* What a transaction brings of a file. */
struct intake_step {
	uint64_t offset; /* of the last record taken in */
	int64_t records, items, problems; /* more than before */
};
enum err_code intake_log_step(
	struct db *db, const struct hash *sha256, const struct intake_step *step, struct err *e);
enum err_code intake_log_finish(
	struct db *db, const struct hash *sha256, int64_t now, struct err *e);
enum err_code intake_log_problem(struct db *db, int64_t now, const char *file, uint64_t offset,
	const char *source, const char *problem, struct err *e);

/* items: found in the answer; -1: the answer was "not modified". */
enum err_code intake_log_source_ok(
	struct db *db, const char *source, int64_t at, int64_t items, struct err *e);
enum err_code intake_log_source_new(struct db *db, const char *source, int64_t at, struct err *e);
enum err_code intake_log_source_failed(struct db *db, const char *source, int64_t at,
	const char *error, const char *detail, struct err *e);

struct source_health {
	const char *source, *error, *detail;
	int64_t last_try, last_ok, last_new; /* TIME_NONE: never */
	int64_t failures, items;
};

enum err_code intake_log_health(
	struct db *db, struct arena *a, struct source_health **out, size_t *count, struct err *e);

#endif
