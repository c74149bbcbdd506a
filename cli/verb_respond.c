/*
 * verb_respond.c - `huiying respond`, `respond accept`, `respond reject`, and taking one of these
 * back (--withdraw).
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/check_lines.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/found.h"
#include "cli/json_out.h"
#include "cli/session.h"
#include "cli/words.h"
#include "office/responses.h"

/* What was recorded, and the promises that were found in it. */
struct entered {
	struct office *office;
	struct office_recorded r;
	struct promise_record *promises;
	size_t promise_count;
};

static void put_recorded(struct json_writer *w, const void *data)
{
	const struct entered *x = data;
	const struct office_recorded *r = &x->r;

	json_put_str(w, "case", r->case_id);
	json_put_str(w, "kind", r->kind);
	json_put_str(w, "state", "pending");
	json_put_str(w, "checks", r->checks);
	check_lines_put(w, r->checks, r->found);
	found_put(w, x->office, x->promises, x->promise_count);
}

/* One line a remark: what a person should look at before accepting. */
static void print_check(const void *data, const char *check, const char *words)
{
	done_note(data, _("check: %s - %s"), check, words);
}

/* One line a promise: what a person will take or refuse once the answer is accepted. */
static void print_promises(const struct call *call, const struct entered *x)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < x->promise_count; i++) {
		buf_clear(&b);
		found_add_line(&b, x->office, &x->promises[i]);
		done_note(call, _("promise: %s"), buf_str(&b));
	}
	buf_fini(&b);
}

static enum err_code confirm(const struct call *call, const struct entered *x, struct err *e)
{
	const struct office_recorded *r = &x->r;
	enum err_code rc = done_line(call, r->id, put_recorded, x, e,
		_("%s recorded for %s as %s; it waits to be accepted (待认定)"), r->id, r->case_id,
		words_of("kind", r->kind));

	if (rc)
		return rc;
	check_lines_each(r->checks, r->found, print_check, call);
	print_promises(call, x);
	if (r->captures)
		done_note(call, "%s", _("its pages are queued: capture pending"));
	done_next(call,
		_("show %s · respond accept %s (another person) · respond reject %s --reason "
		  "TEXT"),
		r->id, r->id, r->id);
	return ERR_OK;
}

/* `respond CASE -` reads the text from standard input. */
static enum err_code read_text(const struct call *call, struct buf *text, struct err *e)
{
	struct call from_stdin;

	if (call->argc < 2)
		return done_words(call, text, e);
	if (strcmp(call->argv[1], "-") != 0 || call_has(call, "text") || call_has(call, "file")) {
		buf_init(text, 1);
		return err_set(e, ERR_USAGE, _("the text comes by --file, --text or -, once"));
	}
	from_stdin = *call;
	if (from_stdin.flag_count == CALL_FLAGS_MAX)
		from_stdin.flag_count--;
	from_stdin.flags[from_stdin.flag_count].name = "file";
	from_stdin.flags[from_stdin.flag_count++].value = "-";
	return done_words(&from_stdin, text, e);
}

static enum err_code run_respond(struct call *call, struct err *e)
{
	struct office_response in = {
		.case_typed = call->argv[0],
		.unit = call_flag(call, "unit"),
		.kind = call_flag(call, "kind"),
		.channel = call_flag(call, "channel"),
		.press = call_has(call, "press"),
	};
	struct entered x = {.promise_count = 0};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	struct buf text;
	enum err_code rc = read_text(call, &text, e);

	if (!rc && !a)
		rc = err_nomem(e);
	in.text = buf_str(&text);
	if (!rc)
		rc = done_flags(call, "url", in.urls, OFFICE_LINKS_MAX, &in.url_count, e);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = done_time(call, o, "published", &in.published_at, e);
	if (!rc && !in.unit)
		in.unit = o->unit;
	if (!rc)
		rc = office_respond(o, &in, &x.r, e);
	if (!rc)
		rc = promises_of(o->db, x.r.id, a, &x.promises, &x.promise_count, e);
	x.office = o;
	if (!rc)
		rc = confirm(call, &x, e);
	office_close(o);
	arena_free(a);
	buf_fini(&text);
	return rc;
}

static const struct command_flag respond_flags[] = {
	{"unit", N_("UNIT"), N_("the unit that answered")},
	{"url", N_("URL"), N_("where it can be read; may be repeated")},
	{"file", N_("FILE"), N_("its text (- for standard input)")},
	{"text", N_("TEXT"), N_("its text")},
	{"kind", N_("KIND"), N_("fact, measure, result, apology or clarification")},
	{"channel", N_("CHANNEL"), N_("the registered channel of its links")},
	{"published", N_("TIME"), N_("when it was published; default now")},
	{"press", NULL, N_("it was given at a press conference (新闻发布会)")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_respond = {
	.verb = "respond",
	.args = N_("CASE [-] --unit UNIT --url URL --file FILE"),
	.summary = N_("enter what a unit answered"),
	.help = N_("The answer is looked at at once: late, early, page-time (its page gives "
		   "another time: a "
		   "day off, or an hour later; also when it is captured afterwards), slogan, "
		   "off-topic, quote (of the "
		   "matter), repost (of another publisher's item), repeated (an earlier answer), "
		   "unregistered, few-channels, not-holder (a unit that was not given the case), "
		   "disagrees (with another unit); each is told with its reason. It waits (待认定) "
		   "until another person accepts or rejects it; only "
		   "an accepted answer stops the clock, at its publication time."),
	.flags = respond_flags,
	.min_args = 1,
	.max_args = 2,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_respond,
};

/* --- taking a decision back --- */

static void put_withdrawn(struct json_writer *w, const void *data)
{
	const struct office_response_withdrawn *x = data;

	json_put_str(w, "case", x->case_id);
	json_put_str(w, "state", "pending");
	json_put_str(w, "withdrawn", x->accepted ? "accepted" : "rejected");
	json_put_str(w, "limit", x->limit);
	json_put_time(w, "due", x->due);
	json_put_bool(w, "late", x->late);
	json_put_str(w, "co_unit", json_out_or_null(x->co_unit));
	json_put_int(w, "orders", x->orders);
	json_put_int(w, "promises", (int64_t)x->promises);
}

static void note_co_unit(
	const struct call *call, const struct office_response_withdrawn *x, const char *due)
{
	if (x->late)
		done_note(call, _("%s owes an answer of its own: it was due %s and is overdue"),
			x->co_unit, due);
	else
		done_note(call, _("%s owes an answer of its own: it is due %s"), x->co_unit, due);
}

/* What became of the limit that the answer had met. */
static void note_limit(
	const struct call *call, const struct office *o, const struct office_response_withdrawn *x)
{
	char due[TIME_TEXT_SIZE];

	if (x->due == TIME_NONE)
		return;
	time_format_local(x->due, o->settings.zone, due);
	if (*x->co_unit)
		note_co_unit(call, x, due);
	else if (strcmp(x->limit, "met") == 0)
		done_note(call, _("the limit of %s is met by another accepted answer"), x->case_id);
	else if (strcmp(x->limit, "paused") == 0)
		done_note(call, _("the limit of %s stands still again: a third party is asked"),
			x->case_id);
	else if (x->late)
		done_note(call, _("the clock of %s runs on: it was due %s and is overdue"),
			x->case_id, due);
	else
		done_note(call, _("the clock of %s runs on: it is due %s"), x->case_id, due);
}

static void tell_withdrawn(
	const struct call *call, const struct office *o, const struct office_response_withdrawn *x)
{
	if (x->accepted)
		note_limit(call, o, x);
	if (x->orders)
		done_note(call,
			n_("%lld order of supervision stands again",
				"%lld orders of supervision stand again", (unsigned long)x->orders),
			(long long)x->orders);
	if (x->promises)
		done_note(call,
			n_("%zu promise taken from it stands: what was said in public is not "
			   "unsaid",
				"%zu promises taken from it stand: what was said in public is not "
				"unsaid",
				x->promises),
			x->promises);
	done_next(call, _("respond accept %s · respond reject %s --reason TEXT · show %s --why"),
		x->id, x->id, x->case_id);
}

static enum err_code run_withdraw(struct call *call, bool accepted, struct err *e)
{
	struct office_response_withdrawn x;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_response_withdraw(
			o, call->argv[0], accepted, call_flag(call, "reason"), &x, e);
	if (!rc)
		rc = done_line(call, x.id, put_withdrawn, &x, e,
			accepted ? _("%s: its acceptance is taken back; it waits again (待认定)")
				 : _("%s: its rejection is taken back; it waits again (待认定)"),
			x.id);
	if (!rc)
		tell_withdrawn(call, o, &x);
	office_close(o);
	return rc;
}

/* --- accepting, rejecting --- */

static void put_decided(struct json_writer *w, const void *data)
{
	json_put_str(w, "case", data);
}

static enum err_code accept_it(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "", case_id[IDS_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_response_accept(
			o, call->argv[0], call_flag(call, "note"), id, case_id, e);
	if (!rc)
		rc = done_line(
			call, id, put_decided, case_id, e, _("%s accepted for %s"), id, case_id);
	if (!rc)
		done_next(call,
			_("commitment add %s --sentence N · commitment refuse %s --sentence N "
			  "--reason TEXT · case finish %s"),
			id, id, case_id);
	office_close(o);
	return rc;
}

static enum err_code run_accept(struct call *call, struct err *e)
{
	bool withdraw = call_has(call, "withdraw");

	if (withdraw && call_has(call, "note"))
		return err_set(e, ERR_USAGE, _("--withdraw takes --reason, not --note"));
	if (!withdraw && call_has(call, "reason"))
		return err_set(e, ERR_USAGE, _("--reason goes with --withdraw"));
	return withdraw ? run_withdraw(call, true, e) : accept_it(call, e);
}

static const struct command_flag accept_flags[] = {
	{"note", N_("TEXT"), N_("a remark")},
	{"withdraw", NULL, N_("take back an acceptance that was a mistake")},
	{"reason", N_("TEXT"), N_("why it is taken back")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_respond_accept = {
	.verb = "respond accept",
	.args = N_("RESPONSE [--withdraw --reason TEXT]"),
	.summary = N_("accept an answer: it stops the clock"),
	.help = N_("By a supervisor who did not enter it, with a login of their own. What was "
		   "accepted by mistake is taken back with --withdraw, by the same person or "
		   "another supervisor: the answer waits again (待认定), the clock runs on to its "
		   "own due time as if nothing had been accepted, and orders of supervision that "
		   "had ended with it stand again. Both acts stay on record (show --why). A case "
		   "that is finished (办结) has to be reopened first."),
	.flags = accept_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_accept,
};

static enum err_code reject_it(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "", case_id[IDS_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_response_reject(
			o, call->argv[0], call_flag(call, "reason"), id, case_id, e);
	if (!rc)
		rc = done_line(call, id, put_decided, case_id, e,
			_("%s rejected; the clock of %s runs on"), id, case_id);
	if (!rc)
		done_next(call, "respond %s --unit U --url URL --file F", case_id);
	office_close(o);
	return rc;
}

static enum err_code run_reject(struct call *call, struct err *e)
{
	return call_has(call, "withdraw") ? run_withdraw(call, false, e) : reject_it(call, e);
}

static const struct command_flag reject_flags[] = {
	{"reason", N_("TEXT"), N_("what the unit must do better; or why it is taken back")},
	{"withdraw", NULL, N_("take back a rejection that was a mistake")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_respond_reject = {
	.verb = "respond reject",
	.args = N_("RESPONSE --reason TEXT [--withdraw]"),
	.summary = N_("send an answer back; the clock runs on"),
	.help = N_("By a supervisor who did not enter it, with a login of their own. What was "
		   "rejected by mistake is taken back with --withdraw: the answer waits again "
		   "(待认定). Both acts stay on record."),
	.flags = reject_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_reject,
};
