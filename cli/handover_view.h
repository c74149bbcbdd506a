/*
 * handover_view.h - a hand-over as people read it, and as JSON.
 */
#ifndef CLI_HANDOVER_VIEW_H
#define CLI_HANDOVER_VIEW_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "ledger/duty.h"
#include "office/office.h"

/* On standard output: whose shift, the balance, the note, what must be done. */
enum err_code handover_view_print(
	struct office *o, const struct duty_shift *s, struct arena *a, struct err *e);
/* The member "handover" of an open object; null when there is none, or it was erased. */
enum err_code handover_view_put(
	struct json_writer *w, const struct duty_shift *s, struct arena *a, struct err *e);

#endif
