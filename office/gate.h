/*
 * gate.h - the gate before 销号 (DESIGN §6.7): each check looks at one thing and calls
 * gate_miss() for whatever is missing; all of them run, so that everything is told at
 * once. A check is a line in gate.def.
 */
#ifndef OFFICE_GATE_H
#define OFFICE_GATE_H

#include "base/arena.h"
#include "ledger/cases.h"
#include "ledger/list.h"
#include "office/act.h"

struct gate {
	struct act *act; /* a failure goes into act->rc */
	struct arena *arena; /* what is missing lives here */
	struct list missing; /* of struct closing_missing */
	const struct case_record *c;
	const char *fewer_channels; /* reason for fewer than four, or NULL */
};

/* `code` is a stable word, `subject` an id. */
void gate_miss(struct gate *g, const char *code, const char *subject, const char *text);

#define GATE(name) void gate_##name(struct gate *g);
#include "office/gate.def"
#undef GATE

#endif
