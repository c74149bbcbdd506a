/*
 * task_open.h - opening what is due of a task, each with its own limit: the task itself, a
 * period, a time that it was set off. Inside an act (office/act.h).
 */
#ifndef OFFICE_TASK_OPEN_H
#define OFFICE_TASK_OPEN_H

#include <stdint.h>

#include "base/calendar.h"
#include "ledger/tasks.h"
#include "office/act.h"

struct task_opening {
	const char *ref, *from, *to; /* "" none */
	const char *unit; /* for this one alone; NULL: all that the task has */
	const char *note; /* or NULL */
	const char *due; /* "YYYY-MM-DD" given; NULL: by rule, from `start` on */
	int64_t start; /* the limit runs from here; TIME_NONE: there is none */
};

/* Appends task.opened/1 and, with a limit by rule, the clock. *due (may be NULL): of the
 * clock; zeroed without one. */
void task_open(struct act *a, const struct task_record *t, const struct task_opening *in,
	struct calendar_result *due);
/* The periods that have begun by now and lie within the task's time. Adds to *opened. */
void task_open_periods(struct act *a, const struct task_record *t, int64_t *opened);
/* When a task without a date must be looked at: 31 December, by deadlines.conf. */
void task_review_by_rule(
	struct act *a, const char *made_on, char date[11], int64_t *at, const char **rule);

#endif
