/*
 * case_talk.c - applies and reads consultations, questions, instructions and leads.
 */
#include "ledger/case_talk.h"

#include <stddef.h>

#include "ledger/cases.h"
#include "ledger/projection.h"
#include "ledger/rows.h"
#include "ledger/unit_moves.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

/* --- applying --- */

static enum err_code apply_consulted(struct db *db, const struct event *ev, struct err *e)
{
	const char *units;
	int64_t n, held_at;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = events_need_int(ev, "held_at", &held_at, e);
	if (!rc)
		rc = events_need_str(ev, "units", &units, e);
	if (!rc)
		rc = db_run(db, ST_CONSULTATION_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_INT(ev->seq), DB_INT(held_at),
				DB_TEXT(units),
				DB_TEXT(or_empty(events_str(ev, "conclusion_text"))),
				DB_TEXT(or_empty(events_str(ev, "wording_text"))),
				DB_TEXT(or_empty(events_str(ev, "grade"))),
				DB_TEXT(or_empty(events_str(ev, "lead"))), DB_TEXT(ev->actor_key),
				DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_asked(struct db *db, const struct event *ev, struct err *e)
{
	int64_t n;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = db_run(db, ST_QUESTION_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_INT(ev->seq), DB_INT(ev->at),
				DB_TEXT(or_empty(events_str(ev, "third_party_text"))),
				DB_TEXT(or_empty(events_str(ev, "question_text"))),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_answered(struct db *db, const struct event *ev, struct err *e)
{
	int64_t n;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = db_run(db, ST_QUESTION_ANSWER,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_INT(ev->at),
				DB_TEXT(or_empty(events_str(ev, "answer_text")))),
			e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_instructed(struct db *db, const struct event *ev, struct err *e)
{
	const char *post, *kind, *unit;
	int64_t n, given_at;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = events_need_int(ev, "given_at", &given_at, e);
	if (!rc)
		rc = events_need_str(ev, "post", &post, e);
	if (!rc)
		rc = events_need_str(ev, "kind", &kind, e);
	if (!rc)
		rc = events_need_str(ev, "unit", &unit, e);
	if (!rc)
		rc = db_run(db, ST_INSTRUCTION_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_INT(ev->seq), DB_INT(given_at),
				DB_TEXT(post), DB_TEXT(kind), DB_TEXT(unit),
				DB_TEXT(or_empty(events_str(ev, "words_text"))),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_moved(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit;
	int64_t n;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = events_need_str(ev, "unit", &unit, e);
	if (!rc)
		rc = db_run(db, ST_INSTRUCTION_MOVED,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_TEXT(unit)), e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_done(struct db *db, const struct event *ev, struct err *e)
{
	const char *done_on;
	int64_t n;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = events_need_str(ev, "done_on", &done_on, e);
	if (!rc)
		rc = db_run(db, ST_INSTRUCTION_DONE,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_TEXT(done_on),
				DB_TEXT(or_empty(events_str(ev, "report_text")))),
			e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_reported(struct db *db, const struct event *ev, struct err *e)
{
	int64_t n;
	enum err_code rc = events_need_int(ev, "n", &n, e);

	if (!rc)
		rc = db_run(db, ST_INSTRUCTION_REPORTED,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(n), DB_INT(ev->at)), e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_lead_handed(struct db *db, const struct event *ev, struct err *e)
{
	const char *unit, *on_date;
	enum err_code rc = events_need_str(ev, "unit", &unit, e);

	if (!rc)
		rc = events_need_str(ev, "on_date", &on_date, e);
	if (!rc)
		rc = db_run(db, ST_LEAD_HANDED_ADD,
			DB_ARGS(DB_TEXT(ev->subject), DB_INT(ev->seq), DB_TEXT(unit),
				DB_TEXT(on_date), DB_TEXT(or_empty(events_str(ev, "document"))),
				DB_TEXT(or_empty(events_str(ev, "note_text"))),
				DB_TEXT(ev->actor_key), DB_TEXT(ev->actor_name)),
			e);
	return rc ? rc : cases_touch(db, ev->subject, ev, e);
}

static enum err_code apply_transferred(struct db *db, const struct event *ev, struct err *e)
{
	return unit_moves_apply(db, ev, ST_UNIT_MOVE_INSTRUCTIONS, e);
}

static const struct projection_kind kinds[] = {
	{"case.consulted/1", apply_consulted},
	{"case.asked/1", apply_asked},
	{"case.answered/1", apply_answered},
	{"case.instructed/1", apply_instructed},
	{"case.instruction_moved/1", apply_moved},
	{"case.instruction_done/1", apply_done},
	{"case.instruction_reported/1", apply_reported},
	{"case.lead_handed/1", apply_lead_handed},
	{UNIT_TRANSFERRED, apply_transferred},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"case_consultations", "case_id, n"},
	{"case_questions", "case_id, n"},
	{"case_instructions", "case_id, n"},
	{"case_leads_handed", "case_id, seq"},
	{NULL, NULL},
};

const struct projection_module case_talk_projection = {kinds, tables};

/* --- reading --- */

static void read_consultation(struct db_rows *q, struct arena *a, void *item)
{
	struct case_consultation *c = item;

	c->n = db_int(q, 0);
	c->held_at = db_int(q, 1);
	c->units = arena_strdup(a, db_text(q, 2));
	c->conclusion = arena_strdup(a, db_text(q, 3));
	c->wording = arena_strdup(a, db_text(q, 4));
	c->grade = arena_strdup(a, db_text(q, 5));
	c->lead = arena_strdup(a, db_text(q, 6));
	c->by_name = arena_strdup(a, db_text(q, 7));
}

static const size_t consultation_texts[] = {offsetof(struct case_consultation, conclusion),
	offsetof(struct case_consultation, wording)};

enum err_code case_consultations(struct db *db, const char *case_id, struct arena *a,
	struct case_consultation **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_CONSULTATIONS, DB_ARGS(DB_TEXT(case_id)), sizeof **out,
		read_consultation, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(consultation_texts), e);
}

static void read_question(struct db_rows *q, struct arena *a, void *item)
{
	struct case_question *x = item;

	x->n = db_int(q, 0);
	x->asked_at = db_int(q, 1);
	x->third_party = arena_strdup(a, db_text(q, 2));
	x->question = arena_strdup(a, db_text(q, 3));
	x->by_name = arena_strdup(a, db_text(q, 4));
	x->answered_at = db_int(q, 5);
	x->answer = arena_strdup(a, db_text(q, 6));
}

static const size_t question_texts[] = {offsetof(struct case_question, third_party),
	offsetof(struct case_question, question), offsetof(struct case_question, answer)};

enum err_code case_questions(struct db *db, const char *case_id, struct arena *a,
	struct case_question **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_QUESTIONS, DB_ARGS(DB_TEXT(case_id)), sizeof **out, read_question, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(question_texts), e);
}

static void read_instruction(struct db_rows *q, struct arena *a, void *item)
{
	struct case_instruction *x = item;

	x->n = db_int(q, 0);
	x->given_at = db_int(q, 1);
	x->post = arena_strdup(a, db_text(q, 2));
	x->kind = arena_strdup(a, db_text(q, 3));
	x->unit = arena_strdup(a, db_text(q, 4));
	x->words = arena_strdup(a, db_text(q, 5));
	x->by_name = arena_strdup(a, db_text(q, 6));
	x->done_on = arena_strdup(a, db_text(q, 7));
	x->report = arena_strdup(a, db_text(q, 8));
	x->reported_at = db_int(q, 9);
}

static const size_t instruction_texts[] = {
	offsetof(struct case_instruction, words), offsetof(struct case_instruction, report)};

enum err_code case_instructions(struct db *db, const char *case_id, struct arena *a,
	struct case_instruction **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(db, ST_INSTRUCTIONS, DB_ARGS(DB_TEXT(case_id)), sizeof **out,
		read_instruction, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(instruction_texts), e);
}

static void read_lead(struct db_rows *q, struct arena *a, void *item)
{
	struct case_lead_handed *x = item;

	x->unit = arena_strdup(a, db_text(q, 0));
	x->on_date = arena_strdup(a, db_text(q, 1));
	x->document = arena_strdup(a, db_text(q, 2));
	x->note = arena_strdup(a, db_text(q, 3));
	x->by_name = arena_strdup(a, db_text(q, 4));
}

static const size_t lead_texts[] = {offsetof(struct case_lead_handed, note)};

enum err_code case_leads_handed(struct db *db, const char *case_id, struct arena *a,
	struct case_lead_handed **out, size_t *count, struct err *e)
{
	struct list l;
	enum err_code rc = rows_read(
		db, ST_LEADS_HANDED, DB_ARGS(DB_TEXT(case_id)), sizeof **out, read_lead, a, &l, e);

	*out = l.items;
	*count = l.count;
	return rc ? rc : rows_texts(db, &l, ROWS_MEMBERS(lead_texts), e);
}
