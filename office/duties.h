/*
 * duties.h - everything that has a limit, and whose duty it is to meet it: one table for lists
 * of what is due, for supervision and for what supervision.conf may name in `of`.
 */
#ifndef OFFICE_DUTIES_H
#define OFFICE_DUTIES_H

#include <stddef.h>

#define DUTY_PROMISE                                                                               \
	"promise" /* the date of a promise; the others are clocks of deadlines.conf                \
		   */

enum duty_whose {
	DUTY_HOLDER, /* who holds the case, promised, was ordered; else the unit it names */
	DUTY_THIRD_PARTY, /* somebody outside; who holds the case has to see to it */
	DUTY_OFFICE, /* the office's own: to look, to verify, to decide */
	DUTY_NOBODY, /* a right, not a duty */
};

struct duty {
	const char *of; /* DUTY_PROMISE or deadline_clock_name() */
	enum duty_whose whose;
	const char *elsewhere; /* N_(): why no order is issued about it; NULL: supervision.conf may
				* name it */
};

/* NULL when there is none. */
const struct duty *duties_find(const char *of);
/* NULL past the end. */
const struct duty *duties_at(size_t i);

#endif
