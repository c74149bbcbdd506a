/*
 * unit_answers.h - the answers of a case's units beside each other: who answered what, when,
 * where, with which figures and dates (DESIGN §6.5).
 */
#ifndef OFFICE_UNIT_ANSWERS_H
#define OFFICE_UNIT_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/ids.h"
#include "ledger/responses.h"
#include "office/office.h"

struct unit_answer {
	const char *unit;
	const char *role; /* "lead" "co"; "" when it holds the case no more */
	const struct response_record *answer; /* its last one that was not rejected, else its last
					       * one; NULL: none yet */
	int64_t count; /* of its answers */
	int64_t late; /* seconds behind the limit, of an answer or until now; 0 in time,
		       * TIME_NONE when no limit runs */
	const char *figures; /* "34名工人、拖欠工资86万元", "" none */
	const char *dates; /* of what it promises: "2026-09-30、2026-12-31", "" none */
	const char *dates_told; /* the same for people, 暂定 beside those that are */
	const char *channels; /* where it was published: "市政府网站、某报", "" none */
};

/* The lead first, then the others in the order in which they took the case or answered. */
enum err_code unit_answers_of(struct office *o, const char *typed, struct arena *a,
	char case_id[IDS_SIZE], struct unit_answer **out, size_t *count, struct err *e);

#endif
