/*
 * verb_objection.c - `huiying objection add, decide, list`.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/listing.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/supervision_json.h"
#include "cli/when.h"
#include "cli/words.h"
#include "office/due.h"
#include "office/objections.h"

/* --- add --- */

static void put_objected(struct json_writer *w, const void *data)
{
	const struct office_objected *x = data;

	json_put_str(w, "case", x->case_id);
	json_put_time(w, "decide_due", x->due);
	json_put_bool(w, "tentative", x->unlisted_year != 0);
}

static enum err_code confirm_added(
	const struct call *call, struct office *o, const struct office_objected *x, struct err *e)
{
	char due[TIME_TEXT_SIZE];
	enum err_code rc;

	if (x->due == TIME_NONE) {
		rc = done_line(call, x->id, put_objected, x, e, _("%s raised against %s"), x->id,
			x->case_id);
	} else {
		time_format_local(x->due, o->settings.zone, due);
		rc = done_line(call, x->id, put_objected, x, e,
			_("%s raised against %s, to be decided until %s%s"), x->id, x->case_id, due,
			due_mark(x->unlisted_year));
	}
	if (!rc)
		done_next(call, "objection decide %s --result 成立|不成立 --reason T", x->id);
	return rc;
}

static enum err_code run_add(struct call *call, struct err *e)
{
	struct office_objection in = {.subject = call->argv[0], .unit = call_flag(call, "unit")};
	struct office_objected x;
	struct office *o = NULL;
	struct buf text;
	enum err_code rc;

	buf_init(&text, BUF_MAX_DEFAULT);
	rc = done_words(call, &text, e);
	in.text = buf_str(&text);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_objection_add(o, &in, &x, e);
	if (!rc)
		rc = confirm_added(call, o, &x, e);
	office_close(o);
	buf_fini(&text);
	return rc;
}

static const struct command_flag add_flags[] = {
	{"unit", N_("UNIT"), N_("the unit that asks for a review (复核); else it is the public")},
	{"text", N_("TEXT"), N_("what is objected to; no names of private persons")},
	{"file", N_("FILE"), N_("the same from a file; - is standard input")},
	{NULL, NULL, NULL},
};

const struct command command_objection_add = {
	.verb = "objection add",
	.args = N_("CASE --text TEXT | --file FILE"),
	.summary = N_("enter an objection against how a case was dealt with (异议、复核)"),
	.help = N_("While it is open the case is not closed. After closing it is possible within "
		   "the limit of deadlines.conf."),
	.flags = add_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_add,
};

/* --- decide --- */

static void put_decided(struct json_writer *w, const void *data)
{
	const struct office_objected *x = data;

	json_put_str(w, "case", x->case_id);
	json_put_bool(w, "upheld", x->upheld);
	json_put_bool(w, "reopened", x->reopened);
}

static enum err_code run_decide(struct call *call, struct err *e)
{
	struct office_objected x;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_objection_decide(o, call->argv[0], call_flag(call, "result"),
			call_flag(call, "reason"), &x, e);
	if (!rc)
		rc = done_line(call, x.id, put_decided, &x, e,
			x.reopened ? _("%s upheld: %s is open again")
			: x.upheld ? _("%s upheld (%s)")
				   : _("%s rejected (%s)"),
			x.id, x.case_id);
	if (!rc)
		done_next(call, x.reopened ? "show %s --why" : "case close %s --check", x.case_id);
	office_close(o);
	return rc;
}

static const struct command_flag decide_flags[] = {
	{"result", N_("RESULT"), N_("成立 (upheld) or 不成立 (rejected)")},
	{"reason", N_("TEXT"), N_("why")},
	{NULL, NULL, NULL},
};

const struct command command_objection_decide = {
	.verb = "objection decide",
	.args = N_("OBJECTION --result RESULT --reason TEXT"),
	.summary = N_("decide an objection; upheld, the case is open again"),
	.help = N_("Not by the person who entered it, and not by those who finished or closed the "
		   "case or verified its promises (原督查人员回避)."),
	.flags = decide_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_decide,
};

/* --- list --- */

static const struct table_column columns[] = {
	{N_("OBJECTION"), TABLE_LEFT, 0},
	{N_("CASE"), TABLE_LEFT, 0},
	{N_("RAISED BY"), TABLE_CUT, 0},
	{N_("RAISED"), TABLE_LEFT, 1},
	{N_("STATE"), TABLE_LEFT, 0},
	{N_("DECIDE"), TABLE_LEFT, 0},
	{N_("WORDS"), TABLE_LEFT, 0},
};

static enum err_code read_all(const struct call *call, struct office *o, struct arena *a,
	struct listing_records *out, struct err *e)
{
	struct objection_record *list = NULL;
	enum err_code rc = objections_list(o->db, !call_has(call, "all"), a, &list, &out->count, e);

	out->items = list;
	return rc;
}

static void add_row(struct table *t, struct office *o, const void *record)
{
	const struct objection_record *x = record;
	char left[WHEN_SIZE] = "";

	if (strcmp(x->state, "open") == 0 && x->decide_due != TIME_NONE)
		when_format_limit(x->decide_due, x->decide_tentative, office_now(o), left);
	table_cell(t, x->id);
	table_cell(t, x->case_id);
	table_cell(t, *x->unit ? x->unit : words_of("objection", x->source));
	table_cell_time(t, x->raised_at, o->settings.zone);
	table_cell(t, words_of("objection", x->state));
	table_cell(t, left);
	table_cell(t, words_or_erased(x->body));
}

static void put_row(struct json_writer *w, const void *record)
{
	supervision_put_objection(w, record);
}

static const struct listing listing = {
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns,
	.size = sizeof(struct objection_record),
	.none = N_("no objections"),
	.read = read_all,
	.add = add_row,
	.put = put_row,
};

static const struct command_flag list_flags[] = {
	{"all", NULL, N_("decided ones too")},
	{NULL, NULL, NULL},
};

const struct command command_objection_list = {
	.verb = "objection list",
	.args = "",
	.summary = N_("the objections that wait for a decision"),
	.flags = list_flags,
	.roles = COMMAND_ANYBODY,
	.listing = &listing,
};
