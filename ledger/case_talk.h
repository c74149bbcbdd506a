/*
 * case_talk.h - what is said about a case besides its answers: consultations (会商),
 * questions to somebody outside, leaders' instructions (批示), leads handed over
 * (线索移交). Projection and reading.
 *
 * Kinds (subject: the case's id; n counts within the case and its kind):
 *   case.consulted/1             {n, held_at, units (JSON list), conclusion_text,
 *                                wording_text, grade, lead}
 *   case.asked/1                 {n, third_party_text, question_text}
 *   case.answered/1              {n, answer_text}
 *   case.instructed/1            {n, post, kind, unit, days, given_at, words_text}
 *   case.instruction_moved/1     {n, unit}: who carries it out now, since the unit that it was
 *                                given to holds the case no more
 *   case.instruction_done/1      {n, done_on, report_text}
 *   case.instruction_reported/1  {n}
 *   case.lead_handed/1           {unit, on_date, document, note_text}
 * Tables: case_consultations, case_questions, case_instructions, case_leads_handed.
 */
#ifndef LEDGER_CASE_TALK_H
#define LEDGER_CASE_TALK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"

/* Texts NULL: none, or erased; times TIME_NONE when absent. */
struct case_consultation {
	int64_t n, held_at;
	const char *units; /* JSON list */
	const char *conclusion, *wording;
	const char *grade, *lead; /* that it set, "" */
	const char *by_name;
};

struct case_question {
	int64_t n, asked_at, answered_at;
	const char *third_party, *question, *answer;
	const char *by_name;
};

struct case_instruction {
	int64_t n, given_at, reported_at;
	const char *post, *kind, *unit, *words, *by_name;
	const char *done_on; /* "" while it is open */
	const char *report;
};

struct case_lead_handed {
	const char *unit, *on_date, *document, *note, *by_name;
};

/* All in order. */
enum err_code case_consultations(struct db *db, const char *case_id, struct arena *a,
	struct case_consultation **out, size_t *count, struct err *e);
enum err_code case_questions(struct db *db, const char *case_id, struct arena *a,
	struct case_question **out, size_t *count, struct err *e);
enum err_code case_instructions(struct db *db, const char *case_id, struct arena *a,
	struct case_instruction **out, size_t *count, struct err *e);
enum err_code case_leads_handed(struct db *db, const char *case_id, struct arena *a,
	struct case_lead_handed **out, size_t *count, struct err *e);

#endif
