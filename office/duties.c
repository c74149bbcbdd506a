/*
 * duties.c - the table.
 */
#include "office/duties.h"

#include <string.h>

#include "base/i18n.h"
#include "office/deadlines.h"

static const struct duty duties[] = {
	{DUTY_PROMISE, DUTY_HOLDER, NULL},
	{"response", DUTY_HOLDER, NULL},
	{"press", DUTY_HOLDER, NULL},
	{"sign", DUTY_HOLDER, NULL},
	{"inform", DUTY_HOLDER, NULL},
	{"instruct", DUTY_HOLDER, NULL},
	{"report", DUTY_HOLDER, NULL},
	{"consult", DUTY_THIRD_PARTY, NULL},
	{"order", DUTY_HOLDER, NULL},
	{"task", DUTY_HOLDER, NULL},
	{"progress", DUTY_HOLDER, NULL},
	{"verify", DUTY_OFFICE, NULL},
	{"undated", DUTY_OFFICE, NULL},
	{"lookback", DUTY_OFFICE, NULL},
	{"objection", DUTY_OFFICE, NULL},
	{"notice", DUTY_OFFICE, NULL},
	{"triage", DUTY_OFFICE,
		N_("a row of the queue is escalated by the messages of huiying.conf")},
	{"feedback", DUTY_HOLDER,
		N_("an order that is not answered is followed by the next level")},
	{"return", DUTY_NOBODY, N_("giving a case back is a right, not a duty")},
};

_Static_assert(sizeof duties / sizeof *duties == DEADLINE_CLOCKS + 1,
	"every clock has its row, and promises");

const struct duty *duties_find(const char *of)
{
	for (size_t i = 0; i < sizeof duties / sizeof *duties; i++)
		if (strcmp(duties[i].of, of) == 0)
			return &duties[i];
	return NULL;
}

const struct duty *duties_at(size_t i)
{
	return i < sizeof duties / sizeof *duties ? &duties[i] : NULL;
}
