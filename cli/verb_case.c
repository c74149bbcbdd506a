/*
 * verb_case.c - `huiying case open, assign, grade, merge, finish, reopen`. Signing and
 * returning are in verb_case_hold.c, the other acts in verb_case_*.c of their names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "cli/words.h"
#include "ledger/cases.h"
#include "ledger/clocks.h"
#include "office/cases.h"
#include "office/due.h"
#include "office/queue.h"
#include "office/route.h"

#define CLOCK_MEMORY ((size_t)4 << 20)

static enum err_code read_units(const struct call *call, struct office_case_units *u, struct err *e)
{
	u->lead = call_flag(call, "lead");
	return done_flags(call, "co", u->co, OFFICE_CO_UNITS_MAX, &u->co_count, e);
}

/* Until when the units that got it just now sign for it, and may give it back. */
static void note_units(
	const struct call *call, struct office *o, const struct clock_record *list, size_t count)
{
	char sign[TIME_TEXT_SIZE] = "-", back[TIME_TEXT_SIZE] = "-";
	bool tentative = false;

	for (size_t i = 0; i < count; i++) {
		if (list[i].start_at != office_now(o) || strcmp(list[i].state, "running") != 0)
			continue;
		if (strcmp(list[i].clock, "sign") == 0)
			time_format_local(list[i].due_at, o->settings.zone, sign);
		if (strcmp(list[i].clock, "return") == 0)
			time_format_local(list[i].due_at, o->settings.zone, back);
		tentative =
			tentative || (strcmp(list[i].clock, "return") == 0 && list[i].tentative);
	}
	if (strcmp(sign, "-") != 0 && strcmp(back, "-") == 0)
		done_note(call, _("the units sign (签收) by %s"), sign);
	else if (strcmp(back, "-") != 0)
		done_note(call, _("the units sign (签收) by %s, give it back (退回) by %s%s"), sign,
			back, due_mark(tentative));
}

/* "order GK1", "instruction 2 (市住建局)" */
static const char *name_of(const struct clock_record *c, char out[256])
{
	snprintf(out, 256, "%s%s%s%s%s%s", words_of("clock", c->clock), *c->ref ? " " : "", c->ref,
		*c->who ? " (" : "", c->who, *c->who ? ")" : "");
	return out;
}

/* Limits of signing and giving back are told together, those that name a unit otherwise are of
 * instructions. */
static bool is_of_unit(const struct clock_record *c)
{
	return strcmp(c->clock, "sign") == 0 || strcmp(c->clock, "return") == 0;
}

/* The running limits of a case, one line each: what the act has set going. */
static enum err_code print_clocks(
	const struct call *call, struct office *o, const char *id, struct err *e)
{
	struct arena *a = arena_new(CLOCK_MEMORY);
	struct clock_record *list = NULL;
	char due[TIME_TEXT_SIZE], name[256];
	size_t count = 0;
	enum err_code rc = a ? clocks_of(o->db, id, a, &list, &count, e) : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++) {
		if (strcmp(list[i].state, "running") != 0 || is_of_unit(&list[i]))
			continue;
		time_format_local(list[i].due_at, o->settings.zone, due);
		done_note(call, _("%s due %s%s (%s, %lld %s from %s)"), name_of(&list[i], name),
			due, due_mark(list[i].tentative), list[i].rule, (long long)list[i].amount,
			words_unit(list[i].unit, list[i].amount),
			words_of("start", list[i].start_event));
	}
	if (!rc)
		note_units(call, o, list, count);
	arena_free(a);
	return rc;
}

static void put_case(struct json_writer *w, const void *data)
{
	json_put_str(w, "case", data);
}

/* The lead: as it was typed, or the one that the rules took. */
static enum err_code lead_of(struct office *o, const char *typed, const char *id, struct arena *a,
	const char **out, struct err *e)
{
	struct case_record c;
	enum err_code rc;

	*out = typed;
	if (strcmp(typed, ROUTE_AUTO) != 0)
		return ERR_OK;
	rc = cases_get(o->db, id, a, &c, e);
	if (!rc)
		*out = c.lead;
	return rc;
}

/* --- open --- */

static enum err_code tell_opened(const struct call *call, struct office *o,
	const struct office_case_open *in, const char *id, struct err *e)
{
	struct arena *a = arena_new(CLOCK_MEMORY);
	const char *lead = NULL;
	enum err_code rc = a ? lead_of(o, in->units.lead, id, a, &lead, e) : err_nomem(e);

	if (!rc)
		rc = done_line(call, id, put_case, id, e, _("%s opened: %s, lead %s"), id,
			in->grade, lead);
	if (!rc)
		rc = print_clocks(call, o, id, e);
	arena_free(a);
	return rc;
}

static enum err_code run_open(struct call *call, struct err *e)
{
	struct office_case_open in = {
		.row = call->argv[0],
		.grade = call_flag(call, "grade"),
		.title = call_flag(call, "title"),
		.place = call_flag(call, "place"),
		.category = call_flag(call, "category"),
		.reason = call_flag(call, "reason"),
	};
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	bool copied = false;
	enum err_code rc = read_units(call, &in.units, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_case_open(o, &in, id, &copied, e);
	if (!rc)
		rc = tell_opened(call, o, &in, id, e);
	if (!rc && !copied)
		done_note(call, "%s", _("no archived record to keep with the case"));
	if (!rc)
		done_next(call,
			"case brief %s --order · case sign %s --unit U · respond %s --unit U "
			"--url URL --file F",
			id, id, id);
	office_close(o);
	return rc;
}

static const struct command_flag open_flags[] = {
	{"grade", N_("GRADE"), N_("一般, 较大, 重大 or 特别重大")},
	{"lead", N_("UNIT"), N_("the unit that answers (牵头单位); auto: as case route suggests")},
	{"co", N_("UNIT"), N_("a unit that helps (协办单位); may be repeated")},
	{"title", N_("TEXT"), N_("a title instead of the story's")},
	{"place", N_("PLACE"), N_("the town or street")},
	{"category", N_("LETTERS"), N_("国办发〔2016〕61号 第二条: a to f, several with commas")},
	{"reason", N_("TEXT"), N_("why this grade")},
	{NULL, NULL, NULL},
};

const struct command command_case_open = {
	.verb = "case open",
	.args = N_("ROW --grade GRADE --lead UNIT"),
	.summary = N_("make a queue row a case (立项)"),
	.help = N_("ROW is a story (S12 or 12) or an alert (A40). The clock starts when it was "
		   "discovered, at the latest when the triage limit passed; of a row that came "
		   "back (▲), when it came back."),
	.flags = open_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_open,
};

/* --- assign --- */

static enum err_code tell_assigned(const struct call *call, struct office *o,
	const struct office_case_units *units, const char *id, struct err *e)
{
	struct arena *a = arena_new(CLOCK_MEMORY);
	struct case_unit *list = NULL;
	const char *lead = NULL;
	size_t n = 0, co = 0;
	enum err_code rc = a ? lead_of(o, units->lead, id, a, &lead, e) : err_nomem(e);

	if (!rc)
		rc = cases_units(o->db, id, a, &list, &n, e);
	for (size_t i = 0; !rc && i < n; i++)
		co += list[i].until == TIME_NONE && !list[i].lead;
	if (!rc)
		rc = done_line(call, id, put_case, id, e, _("%s assigned: lead %s, %zu co-units"),
			id, lead, co);
	if (!rc)
		rc = print_clocks(call, o, id, e);
	if (!rc)
		done_next(call, "case brief %s --order · case sign %s --unit %s", id, id, lead);
	arena_free(a);
	return rc;
}

static enum err_code run_assign(struct call *call, struct err *e)
{
	struct office_case_units units;
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc = read_units(call, &units, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_case_assign(o, call->argv[0], &units, call_has(call, "final"),
			call_flag(call, "reason"), id, e);
	if (!rc)
		rc = tell_assigned(call, o, &units, id, e);
	office_close(o);
	return rc;
}

static const struct command_flag assign_flags[] = {
	{"lead", N_("UNIT"), N_("the unit that answers (牵头单位); auto: as case route suggests")},
	{"co", N_("UNIT"), N_("a unit that helps (协办单位); may be repeated")},
	{"final", NULL, N_("a supervisor settles where it stays: it is not given back any more")},
	{"reason", N_("TEXT"), N_("why")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_assign = {
	.verb = "case assign",
	.args = N_("CASE --lead UNIT"),
	.summary = N_("give a case to its units (交办)"),
	.help = N_("Replaces the units that hold it; who held it from when to when is kept, and a "
		   "unit that keeps its role need not sign again. A unit that gave the case back, "
		   "and any unit after two returns, gets it only with --final and a reason."),
	.flags = assign_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_assign,
};

/* --- grade --- */

static enum err_code run_grade(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	const char *grade = call_flag(call, "grade");
	enum err_code rc = session_open(call, false, &o, e);

	if (call->argc > 1)
		grade = call->argv[1];
	if (!rc)
		rc = office_case_grade(o, call->argv[0], grade, call_flag(call, "reason"), id, e);
	if (!rc)
		rc = done_line(call, id, put_case, id, e, _("%s is now %s"), id, grade);
	if (!rc)
		rc = print_clocks(call, o, id, e);
	if (!rc)
		done_next(call, "show %s --why", id);
	office_close(o);
	return rc;
}

static const struct command_flag grade_flags[] = {
	{"grade", N_("GRADE"), N_("一般, 较大, 重大 or 特别重大")},
	{"reason", N_("TEXT"), N_("why it changes")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_grade = {
	.verb = "case grade",
	.args = N_("CASE GRADE --reason TEXT"),
	.summary = N_("change the grade of a case"),
	.help = N_("Limits are recomputed from the original start; the old ones stay on record. "
		   "Who changed it, when and why is kept. A limit that has passed is not made "
		   "longer: what was late under the grade of then stays late, and only a "
		   "supervisor who did not give that grade lowers it."),
	.flags = grade_flags,
	.min_args = 1,
	.max_args = 2,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_grade,
};

/* --- merge --- */

static enum err_code run_merge(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	int64_t story = 0;
	const char *into = call_flag(call, "into");
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc && !into)
		rc = err_set(e, ERR_USAGE, _("merging needs --into CASE"));
	for (int i = 0; !rc && i < call->argc; i++) {
		rc = office_queue_merge(
			o, call->argv[i], into, call_flag(call, "note"), &story, id, e);
		if (!rc)
			rc = done_line(call, id, put_case, id, e, _("S%lld joined %s"),
				(long long)story, id);
	}
	if (!rc)
		rc = print_clocks(call, o, id, e);
	if (!rc)
		done_next(call, "show %s --why", id);
	office_close(o);
	return rc;
}

static const struct command_flag merge_flags[] = {
	{"into", N_("CASE"), N_("the case that it joins")},
	{"note", N_("TEXT"), N_("why")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_merge = {
	.verb = "case merge",
	.args = N_("ROW… --into CASE"),
	.summary = N_("let queue rows join a case that is there (合并)"),
	.flags = merge_flags,
	.min_args = 1,
	.max_args = -1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_merge,
};

/* --- finish, reopen --- */

static const struct command_flag finish_flags[] = {
	{"note", N_("TEXT"), N_("a remark")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

static enum err_code run_finish(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_case_finish(o, call->argv[0], call_flag(call, "note"), id, e);
	if (!rc)
		rc = done_line(call, id, put_case, id, e, _("%s finished (办结)"), id);
	if (!rc)
		done_next(call, _("case close %s (another person) · case reopen %s"), id, id);
	office_close(o);
	return rc;
}

const struct command command_case_finish = {
	.verb = "case finish",
	.args = N_("CASE"),
	.summary = N_("the case is answered (办结); its promises run on"),
	.flags = finish_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_finish,
};

static const struct command_flag reopen_flags[] = {
	{"reason", N_("TEXT"), N_("why")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

static enum err_code run_reopen(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_case_reopen(o, call->argv[0], call_flag(call, "reason"), id, e);
	if (!rc)
		rc = done_line(call, id, put_case, id, e, _("%s is open again"), id);
	if (!rc)
		done_next(call,
			"respond %s --unit U --url URL --file F · case instruct %s --by POST "
			"--kind KIND --text T · case finish %s",
			id, id, id);
	office_close(o);
	return rc;
}

const struct command command_case_reopen = {
	.verb = "case reopen",
	.args = N_("CASE --reason TEXT"),
	.summary = N_("take a finished case up again; a closed one stays closed"),
	.flags = reopen_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_SUPERVISOR,
	.run = run_reopen,
};
