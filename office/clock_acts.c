/*
 * clock_acts.c - proposing an extension of a limit, approving and dropping it.
 */
#include "office/clock_acts.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "office/act.h"
#include "office/clock_rules.h"
#include "office/typed.h"

#define ANYBODY (PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR)

static void read_case(struct act *a, const struct office_extension *in, struct case_record *c,
	struct office_extended *out)
{
	memset(out, 0, sizeof *out);
	act_case(a, in->case_id, true, c);
	act_need_open(a, c, true);
	if (!a->rc)
		snprintf(out->case_id, sizeof out->case_id, "%s", c->id);
}

static void tell(const struct act *a, const struct clock_record *c,
	const struct calendar_result *due, struct office_extended *out)
{
	if (a->rc || !c)
		return;
	snprintf(out->clock, sizeof out->clock, "%s", c->clock);
	snprintf(out->ref, sizeof out->ref, "%s", c->ref);
	out->before = c->due_at;
	out->due = due->due;
	out->unlisted_year = due->unlisted_year;
}

/* What waits of this limit; of `seq` 0 of all of the case. */
static void read_waiting(struct act *a, const char *case_id, int64_t seq,
	struct clock_proposal *found, size_t *count)
{
	struct clock_proposal *list = NULL;
	size_t n = 0;

	*count = 0;
	if (!a->rc)
		a->rc = clock_proposals_of(a->db, case_id, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		if (!seq || list[i].clock == seq) {
			*found = list[i];
			++*count;
		}
}

static void need_nothing_waits(struct act *a, const char *case_id, const char *name)
{
	const struct clock_record *c =
		a->rc || typed_is_blank(name) ? NULL : clock_rules_named(a, case_id, name);
	struct clock_proposal p;
	size_t count = 0;

	if (c)
		read_waiting(a, case_id, c->seq, &p, &count);
	if (!a->rc && count)
		act_fail(a, ERR_REFUSED,
			_("an extension of it by %lld %s waits to be approved, proposed by %s at "
			  "%s"),
			(long long)p.amount, _(p.unit), p.by_name, act_when(a, p.at));
}

enum err_code office_case_extend(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e)
{
	struct calendar_result due = {0};
	const struct clock_record *c;
	struct case_record of;
	struct act a;

	act_begin_personal(&a, o, ANYBODY, _("propose to extend a limit"), e);
	read_case(&a, in, &of, out);
	need_nothing_waits(&a, out->case_id, in->clock);
	c = clock_rules_propose_extension(&a, out->case_id, in->clock, in->by, in->reason, &due);
	tell(&a, c, &due, out);
	return act_end(&a);
}

/* The one that is meant. */
static void choose(struct act *a, const struct office_extension *in, const char *case_id,
	struct clock_proposal *p)
{
	const struct clock_record *c =
		a->rc || !in->clock ? NULL : clock_rules_named(a, case_id, in->clock);
	size_t count = 0;

	read_waiting(a, case_id, c ? c->seq : 0, p, &count);
	if (!a->rc && !count)
		act_fail(a, ERR_REFUSED, _("no extension of %s waits to be approved"), case_id);
	if (!a->rc && count > 1)
		act_fail(a, ERR_USAGE, _("several extensions of %s wait: say which, --clock"),
			case_id);
}

enum err_code office_case_extend_approve(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e)
{
	struct calendar_result due = {0};
	const struct clock_record *c = NULL;
	struct clock_proposal p;
	struct case_record of;
	struct act a;

	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("extend a limit"), e);
	read_case(&a, in, &of, out);
	choose(&a, in, out->case_id, &p);
	if (!a.rc && strcmp(p.by, a.key) == 0)
		act_fail(&a, ERR_DENIED, _("%s proposed it for %s; another person must approve it"),
			p.by_name, out->case_id);
	if (!a.rc)
		c = clock_rules_approve_extension(&a, &p, &due);
	tell(&a, c, &due, out);
	return act_end(&a);
}

enum err_code office_case_extend_withdraw(struct office *o, const struct office_extension *in,
	struct office_extended *out, struct err *e)
{
	struct clock_proposal p = {.by = ""};
	struct case_record of;
	struct act a;

	act_begin_personal(&a, o, ANYBODY, _("withdraw a proposal"), e);
	if (!a.rc && typed_is_blank(in->reason))
		act_fail(&a, ERR_USAGE, _("withdrawing needs --reason"));
	read_case(&a, in, &of, out);
	choose(&a, in, out->case_id, &p);
	if (!a.rc && strcmp(p.by, a.key) != 0)
		a.rc = people_require(&o->person, PEOPLE_SUPERVISOR,
			_("withdraw what somebody else proposed"), e);
	if (!a.rc)
		tell(&a, clock_rules_of_proposal(&a, &p), &(struct calendar_result){0}, out);
	act_event(&a);
	act_int(&a, "clock", p.clock);
	act_text(&a, "reason_text", in->reason);
	act_append(&a, "clock.extension_dropped/1", out->case_id);
	return act_end(&a);
}
