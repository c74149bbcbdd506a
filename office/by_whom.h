/*
 * by_whom.h - who really acted when the office enters it: --for UNIT, --post, --how,
 * --document, and --by-phone POST for a post that rang (DESIGN §6.2). It becomes the
 * member "for" of the act's events.
 *
 * The unit is kept under its own name of that day, whatever name was typed; a post
 * belongs to a unit, named with --for or as the unit of the act (act_unit()).
 */
#ifndef OFFICE_BY_WHOM_H
#define OFFICE_BY_WHOM_H

#include "base/err.h"
#include "office/act.h"
#include "office/office.h"
#include "office/units.h"

/* o->for_whom out of what was given and this unit (NULL: none). */
enum err_code by_whom_set(struct office *o, const char *unit, struct err *e);
/* At the beginning of an act: --how is one of the three, --for a unit of units.conf. */
enum err_code by_whom_resolve(struct office *o, const char *today, struct err *e);
/* Before something is written: a post without its unit is refused (ERR_USAGE). */
enum err_code by_whom_need(const struct office *o, struct err *e);

/* Inside an act: the unit that does it, typed (--unit), else --for. `what` says in a
 * refusal what the act needs it for. It is the unit of --by-phone and --post too. */
void act_unit(struct act *a, const struct units *all, const char *typed, const char *what,
	const struct unit **out);
/* The unit of the act is this one, which is known already: for --by-phone and --post. */
void act_of_unit(struct act *a, const char *unit);

#endif
