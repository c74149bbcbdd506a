/*
 * show_case_json.h - what `show` has read about one thing, and its JSON object.
 */
#ifndef CLI_SHOW_CASE_JSON_H
#define CLI_SHOW_CASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "cli/command.h"
#include "ledger/cases.h"
#include "ledger/clocks.h"
#include "ledger/commitment_proposals.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "ledger/promises.h"
#include "ledger/responses.h"
#include "office/office.h"

struct show {
	struct call *call;
	struct office *office;
	struct arena *arena;
	bool why;
};

struct show_case_parts {
	struct case_record c;
	struct case_unit *units;
	struct case_grade *grades;
	int64_t *stories;
	struct clock_record *clocks;
	struct response_record *responses;
	struct commitment_record *commitments;
	struct promise_record *promises; /* found, neither taken nor refused */
	struct evidence_record *evidence;
	size_t unit_count, grade_count, story_count, clock_count, response_count, commitment_count,
		promise_count, evidence_count;
};

struct show_response_parts {
	struct response_record r;
	struct response_link *links;
	struct promise_record *promises; /* all that were found in it */
	struct evidence_record *evidence;
	struct response_withdrawal *withdrawals;
	size_t link_count, promise_count, evidence_count, withdrawal_count;
};

struct show_commitment_parts {
	struct commitment_record c;
	struct clock_record *clocks;
	struct commitment_extension *extensions;
	struct commitment_progress *progress;
	struct evidence_record *evidence;
	struct commitment_proposal proposal;
	size_t clock_count, extension_count, progress_count, evidence_count;
};

/* One record in words or JSON, as s->call asks. A type is a line in show_ids.def. */
#define SHOW_ID(type, name)                                                                        \
	enum err_code show_one_##name(const struct show *s, const char *id, struct err *e);
#include "cli/show_ids.def"
#undef SHOW_ID

/* What other files add to a case: in words (w NULL, after the rest) or as members of its
 * object. `enum err_code show_<name>(…)` for each line of show_parts.def. */
#define SHOW_PART(name)                                                                            \
	enum err_code show_##name(const struct show *s, const struct case_record *c,               \
		struct json_writer *w, struct err *e);
#include "cli/show_parts.def"
#undef SHOW_PART
enum err_code show_parts(
	const struct show *s, const struct case_record *c, struct json_writer *w, struct err *e);

/* Decisions about answers that were taken back: a line each, and the member "withdrawn". */
void show_withdrawals_print(
	const struct show *s, const struct response_withdrawal *list, size_t count);
void show_withdrawals_put(
	struct json_writer *w, const struct response_withdrawal *list, size_t count);
/* Evidence as one line of a record, and as its member "evidence_list". */
void show_evidence_line(const struct show *s, const struct evidence_record *x);
/* Claims that a supervisor sent back, from the events of a promise or task: its row has only what
 * stands. */
enum err_code show_refused_claims(const struct show *s, const char *id, struct err *e);
void show_json_put_evidence(struct json_writer *w, const struct evidence_record *list, size_t n);

enum err_code show_json_case(const struct show *s, const struct show_case_parts *p, struct err *e);
enum err_code show_json_response(
	const struct show *s, const struct show_response_parts *p, struct err *e);
enum err_code show_json_commitment(
	const struct show *s, const struct show_commitment_parts *p, struct err *e);
enum err_code show_json_evidence(
	const struct show *s, const struct evidence_record *x, struct err *e);

#endif
