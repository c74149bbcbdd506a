/*
 * tick_steps.h - the steps of a tick: each looks for what time has brought, appends
 * events in the program's own name and adds their number to *done. All in one
 * transaction; a failure (a->rc) undoes all. A step is a line in tick.def.
 */
#ifndef OFFICE_TICK_STEPS_H
#define OFFICE_TICK_STEPS_H

#include <stdint.h>

#include "office/act.h"

#define TICK(name) void tick_##name(struct act *a, int64_t *done);
#include "office/tick.def"
#undef TICK

#endif
