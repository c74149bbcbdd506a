/*
 * health.h - what is usual for a source, and what was seen that is not. Housekeeping
 * beside intake_log.h, not events; office/health.h says what it means.
 */
#ifndef LEDGER_HEALTH_H
#define LEDGER_HEALTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

#define HEALTH_ROWS_SCALE 16 /* of rows_usual */

struct health_habit {
	const char *source;
	int64_t answers, quiet;
	int64_t rows_usual; /* entries an answer, times HEALTH_ROWS_SCALE */
	int64_t rows_answers;
	int64_t gap, dated_gap; /* seconds; 0 unknown */
	int64_t newest; /* TIME_NONE: no entry had a date */
	const char *charset, *host; /* "" when unknown */
	int64_t cert_expires, cert_seen; /* TIME_NONE: never seen */
};

struct health_finding {
	const char *source;
	const char *finding; /* challenge empty same fewer charset */
	int64_t since, seen, times;
	const char *detail;
};

/* A source that is not known yet gives an empty habit with its id. */
enum err_code health_habit_get(struct db *db, const char *source, struct arena *a,
	struct health_habit *out, struct err *e);
enum err_code health_habits(
	struct db *db, struct arena *a, struct health_habit **out, size_t *count, struct err *e);
enum err_code health_findings(
	struct db *db, struct arena *a, struct health_finding **out, size_t *count, struct err *e);

/* Inside db_begin_write(). The certificate has a call of its own. */
enum err_code health_habit_put(struct db *db, const struct health_habit *h, struct err *e);
enum err_code health_certificate(struct db *db, const char *source, const char *host,
	int64_t expires, int64_t seen, struct err *e);
enum err_code health_finding_put(struct db *db, const char *source, const char *finding, int64_t at,
	const char *detail, struct err *e);
enum err_code health_finding_drop(
	struct db *db, const char *source, const char *finding, struct err *e);
/* What the source gives from now on is what is usual. */
enum err_code health_forget(struct db *db, const char *source, struct err *e);

#endif
