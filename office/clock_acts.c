/*
 * clock_acts.c - extending a limit of a case.
 */
#include "office/clock_acts.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "office/act.h"
#include "office/clock_rules.h"

enum err_code office_case_extend(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e)
{
	struct calendar_result due = {0};
	struct clock_record before = {.clock = ""};
	struct case_record c;
	struct act a;

	memset(out, 0, sizeof *out);
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("extend a limit"), e);
	act_case(&a, in->case_id, true, &c);
	act_need_open(&a, &c, true);
	clock_rules_extend(&a, a.rc ? "" : c.id, in->clock, in->by, in->reason, &before, &due);
	if (!a.rc) {
		snprintf(out->case_id, sizeof out->case_id, "%s", c.id);
		snprintf(out->clock, sizeof out->clock, "%s", before.clock);
		out->due = due.due;
		out->before = before.due_at;
		out->unlisted_year = due.unlisted_year;
	}
	return act_end(&a);
}
