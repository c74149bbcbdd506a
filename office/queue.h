/*
 * queue.h - what watch staff do with a queue row: dismiss, merge, open again (DESIGN §6.3);
 * who works on it: taking.h. A row is typed as its story ("S12" or just "12") or as one of its
 * alerts ("A40"); one decision settles all its alerts.
 */
#ifndef OFFICE_QUEUE_H
#define OFFICE_QUEUE_H

#include <stdint.h>

#include "base/err.h"
#include "ledger/alerts.h"
#include "ledger/db.h"
#include "office/act.h"
#include "office/office.h"

/* ERR_USAGE when it is neither; ERR_NOT_FOUND when there is none. */
enum err_code office_queue_row(struct db *db, const char *typed, int64_t *story, struct err *e);

/* Inside an act: the row, refused when somebody has decided it already (with who, when
 * and what); need_open also when somebody else has taken it. */
void office_queue_need_undecided(struct act *a, const char *typed, struct story *out);
void office_queue_need_open(struct act *a, const char *typed, struct story *out);

/* Refuses when the row came back but belongs to a case that is not closed: it is merged
 * there again, not decided anew. */
void office_queue_need_no_case(struct act *a, const struct story *s);

struct queue_dismissal {
	const char *outcome; /* 转报 线索移交 知悉 误报 */
	const char *reason; /* of 误报, as for office_queue_reason(); else NULL */
	const char *unit; /* whom it was handed to (转报, 线索移交), or NULL */
	const char *note; /* free words; 知悉 needs them */
};

enum err_code office_queue_dismiss(struct office *o, const char *typed,
	const struct queue_dismissal *d, int64_t *story, struct err *e);
/* A row that was decided wrongly is open again; one of a case stays there. The decision stays
 * on record, the review limit counts from now. */
enum err_code office_queue_reopen(
	struct office *o, const char *typed, const char *reason, int64_t *story, struct err *e);
/* The row joins a case that is not closed. */
enum err_code office_queue_merge(struct office *o, const char *typed, const char *case_typed,
	const char *note, int64_t *story, char case_id[IDS_SIZE], struct err *e);

/* The kind of 误报 that a person typed, 广告 文艺 外地 重名 宣传 已解决 规则 or in English
 * advert fiction other-place homonym propaganda resolved rule-error; NULL: none of them. */
const char *office_queue_reason(const char *typed);
/* The same; what is missing (NULL) or unknown is ERR_USAGE, with all that are known. */
enum err_code office_queue_reason_read(const char *typed, const char **out, struct err *e);
/* Names of outcomes and reasons, NULL past the end. */
const char *office_queue_outcome_at(size_t i);
const char *office_queue_reason_at(size_t i);

#endif
