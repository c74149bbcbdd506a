/*
 * tick.h - time passes (DESIGN §2: a timer runs `tick` every minute).
 */
#ifndef OFFICE_TICK_H
#define OFFICE_TICK_H

#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

/* Carries out every step of tick_steps.h in one transaction; *done is how many events
 * that made: each limit that was reached is written down once. */
enum err_code office_tick(struct office *o, int64_t *done, struct err *e);

#endif
