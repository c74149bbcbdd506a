/*
 * duty.h - a shift begins, ends with a hand-over, and the successor takes note of it.
 */
#ifndef OFFICE_DUTY_H
#define OFFICE_DUTY_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/duty.h"
#include "office/office.h"

/* post: as what (值班岗, 带班); NULL: not said. Refused while the person is on duty. */
enum err_code office_duty_on(struct office *o, const char *post, int64_t *number, struct err *e);

struct duty_end {
	int64_t number; /* of the shift */
	int64_t open, late, taken; /* rows in the queue, past their limit; given back just now */
};

/* The person's own shift ends: what they have taken is free again, the hand-over (handover.h)
 * is kept with the note. `to`: whom it is for, a login or a post, or NULL. */
enum err_code office_duty_off(
	struct office *o, const char *note, const char *to, struct duty_end *out, struct err *e);

/* Takes note of the hand-over of shift `number`, 0: of all that wait. By another person than
 * the one who handed over, who is on duty; a login that several share does it under another
 * post. *count: how many; *last: one of them. */
enum err_code office_duty_confirm(
	struct office *o, int64_t number, int64_t *count, int64_t *last, struct err *e);

#endif
