/*
 * tasks.h - the tasks of a yearly plan: projection and reading (ARCHITECTURE.md, "Plan
 * tasks").
 *
 * A task has units; what is due once is an occasion with one line a unit:
 *   once        one occasion, ref ""; done when a supervisor has verified the unit's claim
 *   continuous  one each period (ref "2021Q3", "2021-07", "2021H2", "2021"); done when the
 *               unit has told of its progress
 *   recurring   one each period; claimed and verified
 *   triggered   one each time that it is set off (ref "1", "2" …); claimed and verified
 *
 * Kinds (subject: the task's id):
 *   plan.imported/1   subject "plan"; {plan, made_on, file_text, digest, rows, added,
 *                     revised, unchanged, refused}
 *   task.added/1      {year, number, plan, item, kind, words_text, made_on, due_date, due_at,
 *                     period, trigger_text, limit_amount, limit_unit, note_text, review_date,
 *                     review_at, review_rule}
 *   task.revised/1    {words_text, trigger_text, note_text}: the plan was corrected
 *   task.assigned/1   {unit, role: lead|co, group, n}   one a unit
 *   task.released/1   {unit}
 *   task.opened/1     {ref, from_date, to_date, due_date, due_at, unit, note_text}; unit: for
 *                     this one alone
 *   task.progressed/1 {ref, unit, on_date, share_done, share_of, note_text, done}
 *   task.claimed/1    {ref, unit, done_on}
 *   task.verified/1   {ref, unit, done_on}
 *   task.claim_refused/1 {ref, unit, done_on, reason_text}  a supervisor: it is not done; the
 *                     claim counts for nothing
 *   task.reviewed/1   {review_date, review_at, note_text}
 *   task.closed/1     {note_text, open}
 * Tables: tasks, task_units, task_occasions, task_lines, task_progress.
 */
#ifndef LEDGER_TASKS_H
#define LEDGER_TASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

#define TASKS_SUBJECT "plan" /* of what concerns a whole plan */

/* Dates are "YYYY-MM-DD" of the office's zone, "" when absent; texts NULL: none or erased. */
struct task_record {
	const char *id, *plan, *item, *kind, *words;
	const char *made_on, *due_date, *period, *trigger, *limit_unit, *note;
	const char *review_date, *review_rule, *state, *closed_name, *closed_note, *added_name;
	int64_t due_at, limit_amount, review_at, closed_at, added_at, version;
};

struct task_unit {
	const char *unit, *role, *group;
	int64_t since;
};

struct task_occasion {
	const char *task, *ref, *from_date, *to_date, *note, *rule, *clock;
	int64_t at, due_at; /* TIME_NONE: none */
	int64_t open, lines, claimed; /* units not done, all, those that claim it */
	int64_t tentative; /* 暂定: the first year not listed; 0 none */
};

struct task_line {
	const char *unit, *role;
	const char *claimed_on, *claimed_name, *done_on, *done_name;
	int64_t claimed_at, done_at, share_done, share_of;
};

struct task_progress {
	const char *ref, *unit, *on_date, *note, *by_name;
	int64_t at, share_done, share_of;
};

/* A line whose unit must still act. */
bool tasks_is_waiting(const struct task_line *l);
/* Past its limit: units that still must act lag behind. */
bool tasks_is_late(const struct task_occasion *o, int64_t now);

enum err_code tasks_get(
	struct db *db, const char *id, struct arena *a, struct task_record *out, struct err *e);
/* plan NULL: all. */
enum err_code tasks_of(struct db *db, const char *plan, struct arena *a, struct task_record **out,
	size_t *count, struct err *e);
/* Those that have periods and are not closed. */
enum err_code tasks_to_open(
	struct db *db, struct arena *a, struct task_record **out, size_t *count, struct err *e);
/* Those whose day of review has come by `until`. */
enum err_code tasks_to_review(struct db *db, int64_t until, struct arena *a,
	struct task_record **out, size_t *count, struct err *e);
/* "" when the plan has no such item. */
enum err_code tasks_of_item(struct db *db, const char *plan, const char *item, struct arena *a,
	const char **id, struct err *e);
/* "rw33", "RW-2021-000033", or the item of the plan of a year: "2021#33-2". */
enum err_code tasks_find(
	struct db *db, const char *typed, struct arena *a, const char **id, struct err *e);
enum err_code tasks_units(struct db *db, const char *id, struct arena *a, struct task_unit **out,
	size_t *count, struct err *e);
/* In the order that they were opened. id NULL: those of every task where a unit is not done. */
enum err_code tasks_occasions(struct db *db, const char *id, struct arena *a,
	struct task_occasion **out, size_t *count, struct err *e);
enum err_code tasks_is_opened(
	struct db *db, const char *id, const char *ref, bool *out, struct err *e);
enum err_code tasks_lines(struct db *db, const char *id, const char *ref, struct arena *a,
	struct task_line **out, size_t *count, struct err *e);
enum err_code tasks_progress(struct db *db, const char *id, struct arena *a,
	struct task_progress **out, size_t *count, struct err *e);

#endif
