/*
 * tasks.h - the acts on tasks of a plan: units tell of progress and claim, a supervisor
 * verifies; tasks are set off, looked at, closed (ARCHITECTURE.md, "Plan tasks").
 */
#ifndef OFFICE_TASKS_H
#define OFFICE_TASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/share.h"
#include "ledger/ids.h"
#include "office/office.h"

#define OFFICE_TASK_UNITS_MAX 64

/* Which lines of a task: those of the units named (several in a value with 、 between); none
 * named: --for, else the only one. */
struct office_task_lines {
	const char *task; /* as typed: "rw33", "2021#33" */
	const char *ref; /* "2021Q3", "2"; NULL: the first where these units are not done */
	const char *const *units;
	size_t unit_count;
	bool all; /* every line that this act can be done on */
};

struct office_task_acted {
	char id[IDS_SIZE], ref[16];
	char unit[320]; /* the only one, "" for several */
	int64_t units, done, lines; /* acted on; done of all after it */
	struct share share;
};

struct office_task_told {
	const char *note; /* or NULL when there is a share */
	const char *share; /* "60%" "38/45" or NULL */
	const char *on; /* "YYYY-MM-DD", not in the future; NULL: today */
};

/* A period of a continuous task is done by it. Not of what is done already. */
enum err_code office_task_progress(struct office *o, const struct office_task_lines *which,
	const struct office_task_told *in, struct office_task_acted *out, struct err *e);
/* done_on "YYYY-MM-DD", not in the future. Continuous tasks have progress instead. */
enum err_code office_task_claim(struct office *o, const struct office_task_lines *which,
	const char *done_on, struct office_task_acted *out, struct err *e);
/* Not by the person who entered the claim; done_on NULL: as claimed. */
enum err_code office_task_verify(struct office *o, const struct office_task_lines *which,
	const char *done_on, struct office_task_acted *out, struct err *e);

/* The claim goes back to the unit and counts for nothing. Not by who entered it; with a reason. */
enum err_code office_task_refuse_claim(struct office *o, const struct office_task_lines *which,
	const char *reason, struct office_task_acted *out, struct err *e);

struct office_task_trigger {
	const char *task; /* of the kind triggered */
	const char *on; /* the day that it was set off; NULL: today */
	const char *note; /* by what */
	const char *unit; /* NULL: all units of the task */
	const char *due; /* "YYYY-MM-DD"; NULL: by the plan's limit, else the rule */
};

struct office_task_triggered {
	char id[IDS_SIZE], ref[16];
	int64_t due, units;
	int tentative; /* 暂定: the first year not listed; 0 none */
};

enum err_code office_task_trigger(struct office *o, const struct office_task_trigger *in,
	struct office_task_triggered *out, struct err *e);

struct office_task_reviewed {
	char id[IDS_SIZE];
	int64_t open; /* lines that are not done */
};

/* Looked at: look again on `next`, or (next NULL) it is over. */
enum err_code office_task_review(struct office *o, const char *task, const char *next,
	const char *note, struct office_task_reviewed *out, struct err *e);

#endif
