/*
 * procedure.h - procedure.conf: what in the handling of matters is a grade, a count or a
 * day, with the paper each comes from (domain.md §1).
 *
 * Every section stands once, each with `basis`:
 *   [together]  grades, classes: answers must reach all these classes of channels
 *   [directs]   grades, who: who directs such a matter in person
 *   [final]     returns: after so many returns only a supervisor settles where a case stays
 *   [early]     days: how long before its matter was found an answer may have been published
 *   [holidays]  listed_by: from that day of a year on (MM-DD) the next one must be listed
 */
#ifndef OFFICE_PROCEDURE_H
#define OFFICE_PROCEDURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/path.h"
#include "office/channels.h"
#include "office/namelist.h"

#define PROCEDURE_FILE "procedure.conf"

struct procedure { /* strings in `arena` */
	struct arena *arena;
	struct namelist together, directs; /* grades */
	bool class[CHANNEL_CLASSES]; /* that a matter of `together` must reach */
	const char *who; /* directs */
	int returns, early_days;
	int listed_month, listed_day;
};

enum err_code procedure_parse(
	const char *name, const char *text, size_t n, struct procedure **out, struct err *e);
/* procedure.conf along the home's order. */
enum err_code procedure_load(const struct path_home *home, struct procedure **out, struct err *e);
void procedure_free(struct procedure *p);

/* Of the classes that are wanted for such a grade, how many are not among these. */
size_t procedure_classes_missing(
	const struct procedure *p, const char *grade, const bool reached[CHANNEL_CLASSES]);
/* How many are wanted; 0: any will do. */
size_t procedure_classes(const struct procedure *p, const char *grade);

#endif
