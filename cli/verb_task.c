/*
 * verb_task.c - `huiying task progress, claim, verify, trigger, review`. Listing is in
 * verb_task_list.c.
 */
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/due.h"
#include "office/tasks.h"

/* --- lines of a task --- */

struct chosen {
	const char *units[OFFICE_TASK_UNITS_MAX];
	struct office_task_lines lines;
};

static enum err_code read_lines(const struct call *call, struct chosen *c, struct err *e)
{
	c->lines = (struct office_task_lines){.task = call->argv[0],
		.ref = call_flag(call, "period"),
		.units = c->units,
		.all = call_has(call, "all")};
	if (c->lines.all && call_has(call, "unit"))
		return err_set(e, ERR_USAGE, _("either --unit or --all"));
	return done_flags(call, "unit", c->units, OFFICE_TASK_UNITS_MAX, &c->lines.unit_count, e);
}

static void put_acted(struct json_writer *w, const void *data)
{
	const struct office_task_acted *x = data;

	json_put_str(w, "ref", x->ref[0] ? x->ref : NULL);
	json_put_str(w, "unit", x->unit[0] ? x->unit : NULL);
	json_put_int(w, "units", x->units);
	json_put_int(w, "done", x->done);
	json_put_int(w, "lines", x->lines);
}

/* "RW-2021-000006 2021Q3 市财政局": what was acted on. */
static void add_subject(struct buf *b, const struct office_task_acted *x)
{
	buf_addf(b, "%s%s%s ", x->id, x->ref[0] ? " " : "", x->ref);
	if (x->unit[0])
		buf_add_str(b, x->unit);
	else
		buf_addf(b, n_("%lld unit", "%lld units", (unsigned long)x->units),
			(long long)x->units);
}

static enum err_code confirm_progress(const struct call *call, const struct office_task_acted *x,
	const char *subject, struct err *e)
{
	char share[SHARE_SIZE];

	share_format(&x->share, share);
	if (share[0])
		return done_line(call, x->id, put_acted, x, e,
			_("%s: progress %s; %lld of %lld units done"), subject, share,
			(long long)x->done, (long long)x->lines);
	return done_line(call, x->id, put_acted, x, e,
		_("%s: progress entered; %lld of %lld units done"), subject, (long long)x->done,
		(long long)x->lines);
}

static enum err_code run_progress(struct call *call, struct err *e)
{
	struct office_task_told in = {
		.share = call_flag(call, "share"), .on = call_flag(call, "on")};
	struct office_task_acted x;
	struct chosen c;
	struct office *o = NULL;
	struct buf words, subject;
	enum err_code rc = done_words(call, &words, e);

	buf_init(&subject, BUF_MAX_DEFAULT);
	in.note = buf_str(&words);
	if (!rc)
		rc = read_lines(call, &c, e);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_task_progress(o, &c.lines, &in, &x, e);
	if (!rc) {
		add_subject(&subject, &x);
		rc = confirm_progress(call, &x, buf_str(&subject), e);
	}
	if (!rc)
		done_next(call, "show %s · task list --late", x.id);
	buf_fini(&subject);
	buf_fini(&words);
	office_close(o);
	return rc;
}

#define LINE_FLAGS                                                                                 \
	{"unit", N_("UNIT"),                                                                       \
		N_("whose line; several with 、 between, or repeated; default --for")},            \
		{"all", NULL, N_("every line that this can be done on")},                          \
	{                                                                                          \
		"period", N_("PERIOD"),                                                            \
			N_("2021Q3, or 2 for the second time; default: the first "                 \
			   "one open")                                                             \
	}

static const struct command_flag progress_flags[] = {
	{"text", N_("TEXT"), N_("what was done")},
	{"file", N_("FILE"), N_("the same from a file; - is standard input")},
	{"share", N_("SHARE"), N_("how much of it: 38/45 or 60%")},
	{"on", N_("DATE"), N_("the day that this tells of; default today")},
	LINE_FLAGS,
	{NULL, NULL, NULL},
};

const struct command command_task_progress = {
	.verb = "task progress",
	.args = N_("TASK --text TEXT"),
	.summary = N_("what units have done about a task of the plan"),
	.help = N_("TASK is its id (rw33) or its item in the plan of a year (2021#33). With a task "
		   "that goes on a unit is done for the period when it has told of its progress; "
		   "with the others a share decides nothing, the unit claims."),
	.flags = progress_flags,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.min_args = 1,
	.max_args = 1,
	.run = run_progress,
};

/* --- claim, verify --- */

/* An act on lines with a day or a reason, the flag that holds it, and how it is confirmed. */
struct line_act {
	enum err_code (*act)(struct office *o, const struct office_task_lines *which,
		const char *word, struct office_task_acted *out, struct err *e);
	const char *flag;
	enum err_code (*say)(const struct call *call, const struct office_task_acted *x,
		const char *subject, struct err *e);
};

static enum err_code run_lines(struct call *call, const struct line_act *how, struct err *e)
{
	struct office_task_acted x;
	struct chosen c;
	struct office *o = NULL;
	struct buf subject;
	enum err_code rc = read_lines(call, &c, e);

	buf_init(&subject, BUF_MAX_DEFAULT);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = how->act(o, &c.lines, call_flag(call, how->flag), &x, e);
	if (!rc) {
		add_subject(&subject, &x);
		rc = how->say(call, &x, buf_str(&subject), e);
	}
	buf_fini(&subject);
	office_close(o);
	return rc;
}

static enum err_code say_claimed(const struct call *call, const struct office_task_acted *x,
	const char *subject, struct err *e)
{
	enum err_code rc = done_line(call, x->id, put_acted, x, e,
		_("%s: claimed done on %s; a supervisor verifies it"), subject,
		call_flag(call, "done-on"));

	if (!rc)
		done_next(call, _("evidence add %s --file FILE · task verify %s (another person)"),
			x->id, x->id);
	return rc;
}

static enum err_code run_claim(struct call *call, struct err *e)
{
	return run_lines(call, &(struct line_act){office_task_claim, "done-on", say_claimed}, e);
}

static const struct command_flag claim_flags[] = {
	{"done-on", N_("DATE"), N_("the day it was done, YYYY-MM-DD")},
	LINE_FLAGS,
	{NULL, NULL, NULL},
};

const struct command command_task_claim = {
	.verb = "task claim",
	.args = N_("TASK --done-on DATE --for UNIT"),
	.summary = N_("units say that they have done a task"),
	.flags = claim_flags,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.min_args = 1,
	.max_args = 1,
	.run = run_claim,
};

static enum err_code say_verified(const struct call *call, const struct office_task_acted *x,
	const char *subject, struct err *e)
{
	enum err_code rc =
		done_line(call, x->id, put_acted, x, e, _("%s: verified; %lld of %lld units done"),
			subject, (long long)x->done, (long long)x->lines);

	if (!rc)
		done_next(call, "show %s · task list --late", x->id);
	return rc;
}

static enum err_code say_refused(const struct call *call, const struct office_task_acted *x,
	const char *subject, struct err *e)
{
	enum err_code rc = done_line(call, x->id, put_acted, x, e,
		_("%s: the claim is refused; %lld of %lld units done"), subject, (long long)x->done,
		(long long)x->lines);

	if (!rc)
		done_next(call, "task claim %s --done-on DATE --for UNIT · show %s", x->id, x->id);
	return rc;
}

static enum err_code run_verify(struct call *call, struct err *e)
{
	bool refused = call_has(call, "not-done");

	if (refused && call_has(call, "done-on"))
		return err_set(e, ERR_USAGE, _("either --not-done or --done-on"));
	if (!refused && call_has(call, "reason"))
		return err_set(e, ERR_USAGE, _("--reason goes with --not-done"));
	if (refused)
		return run_lines(call,
			&(struct line_act){office_task_refuse_claim, "reason", say_refused}, e);
	return run_lines(call, &(struct line_act){office_task_verify, "done-on", say_verified}, e);
}

static const struct command_flag verify_flags[] = {
	{"done-on", N_("DATE"), N_("the day it was really done, when the claim is wrong")},
	{"not-done", NULL, N_("the claim is refused: it is not done, or not enough")},
	{"reason", N_("TEXT"), N_("why it is refused")},
	LINE_FLAGS,
	{NULL, NULL, NULL},
};

const struct command command_task_verify = {
	.verb = "task verify",
	.args = N_("TASK --unit UNIT | --all"),
	.summary = N_("a supervisor confirms that units have done a task"),
	.help = N_("Not by the person who entered the claim, not by the super-user or a shared "
		   "login. --all takes every line that is claimed. With --not-done the claim goes "
		   "back to the unit: it counts for nothing any more, and orders of supervision "
		   "go on."),
	.flags = verify_flags,
	.roles = PEOPLE_SUPERVISOR,
	.min_args = 1,
	.max_args = 1,
	.personal = true,
	.run = run_verify,
};

/* --- trigger --- */

static void put_triggered(struct json_writer *w, const void *data)
{
	const struct office_task_triggered *x = data;

	json_put_str(w, "ref", x->ref);
	json_put_time(w, "due", x->due);
	json_put_bool(w, "tentative", x->tentative != 0);
	json_put_int(w, "units", x->units);
}

static enum err_code run_trigger(struct call *call, struct err *e)
{
	struct office_task_trigger in = {.task = call->argv[0],
		.on = call_flag(call, "on"),
		.unit = call_flag(call, "unit"),
		.due = call_flag(call, "due")};
	struct office_task_triggered x;
	struct office *o = NULL;
	struct buf words;
	char due[TIME_TEXT_SIZE];
	enum err_code rc = done_words(call, &words, e);

	in.note = buf_str(&words);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_task_trigger(o, &in, &x, e);
	if (!rc) {
		time_format_local(x.due, o->settings.zone, due);
		rc = done_line(call, x.id, put_triggered, &x, e,
			n_("%s set off (%s): %lld unit, due %s%s",
				"%s set off (%s): %lld units, due %s%s", (unsigned long)x.units),
			x.id, x.ref, (long long)x.units, due, due_mark(x.tentative));
	}
	if (!rc)
		done_next(call, "task claim %s --period %s --done-on DATE --for UNIT", x.id, x.ref);
	buf_fini(&words);
	office_close(o);
	return rc;
}

static const struct command_flag trigger_flags[] = {
	{"text", N_("TEXT"), N_("what set it off")},
	{"file", N_("FILE"), N_("the same from a file; - is standard input")},
	{"on", N_("DATE"), N_("the day that it happened; default today")},
	{"unit", N_("UNIT"), N_("the unit that is meant alone; default: all of the task")},
	{"due", N_("DATE"), N_("until when; default: by the plan's limit, else deadlines.conf")},
	{NULL, NULL, NULL},
};

const struct command command_task_trigger = {
	.verb = "task trigger",
	.args = N_("TASK --text TEXT"),
	.summary = N_("something has set a task of the plan off; its limit runs"),
	.flags = trigger_flags,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.min_args = 1,
	.max_args = 1,
	.run = run_trigger,
};

/* --- review --- */

static void put_reviewed(struct json_writer *w, const void *data)
{
	const struct office_task_reviewed *x = data;

	json_put_int(w, "open", x->open);
}

static enum err_code confirm_review(const struct call *call, const struct office_task_reviewed *x,
	const char *next, struct err *e)
{
	if (next)
		return done_line(call, x->id, put_reviewed, x, e,
			_("%s reviewed; next review on %s"), x->id, next);
	if (x->open)
		return done_line(call, x->id, put_reviewed, x, e,
			n_("%s closed; %lld line stays on record as not done",
				"%s closed; %lld lines stay on record as not done",
				(unsigned long)x->open),
			x->id, (long long)x->open);
	return done_line(call, x->id, put_reviewed, x, e, _("%s closed; all is done"), x->id);
}

static enum err_code run_review(struct call *call, struct err *e)
{
	const char *next = call_flag(call, "next");
	struct office_task_reviewed x;
	struct office *o = NULL;
	struct buf words;
	enum err_code rc = done_words(call, &words, e);

	if (!rc && !next == !call_has(call, "close"))
		rc = err_set(e, ERR_USAGE, _("a review needs --next DATE, or --close"));
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_task_review(o, call->argv[0], next, buf_str(&words), &x, e);
	if (!rc)
		rc = confirm_review(call, &x, next, e);
	buf_fini(&words);
	office_close(o);
	return rc;
}

static const struct command_flag review_flags[] = {
	{"next", N_("DATE"), N_("when to look again, YYYY-MM-DD")},
	{"close", NULL, N_("the task is over")},
	{"text", N_("TEXT"), N_("what was found")},
	{"file", N_("FILE"), N_("the same from a file; - is standard input")},
	{NULL, NULL, NULL},
};

const struct command command_task_review = {
	.verb = "task review",
	.args = N_("TASK --next DATE | --close"),
	.summary = N_("a task was looked at; when to look again, or that it is over"),
	.help = N_("A task for which the plan names no day is looked at on 31 December. What goes "
		   "on opens no more periods after that day until it was. Closing a task while "
		   "lines are open needs --text; they stay on record as not done."),
	.flags = review_flags,
	.roles = PEOPLE_SUPERVISOR,
	.min_args = 1,
	.max_args = 1,
	.personal = true,
	.run = run_review,
};
