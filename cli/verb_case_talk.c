/*
 * verb_case_talk.c - `huiying case consult`, `case instruct`, `case handover`.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/case_talk.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)

static void put_talked(struct json_writer *w, const void *data)
{
	const struct office_talked *t = data;

	json_put_str(w, "case", t->id);
	if (t->n)
		json_put_int(w, "n", t->n);
	if (t->due != TIME_NONE) {
		json_put_time(w, "due", t->due);
		json_put_bool(w, "tentative", t->unlisted_year != 0);
	}
	json_put_str(w, "rule", *t->rule ? t->rule : NULL);
}

/* "2026-10-03 23:59 (instruct-urgent)", 暂定 beside it when it is. */
static void add_due(const struct office *o, const struct office_talked *t, struct buf *b)
{
	char due[TIME_TEXT_SIZE];

	time_format_local(t->due, o->settings.zone, due);
	buf_addf(b, "%s (%s)", due, t->rule);
	if (t->unlisted_year)
		buf_addf(b, _(" 暂定: %d is not listed in holidays.conf"), t->unlisted_year);
}

/* --- consult --- */

static enum err_code ask(
	const struct call *call, struct office *o, const char *third_party, struct err *e)
{
	struct office_talked t;
	struct buf b;
	enum err_code rc =
		office_case_ask(o, call->argv[0], third_party, call_flag(call, "question"), &t, e);

	if (rc)
		return rc;
	buf_init(&b, 4096);
	if (t.due != TIME_NONE)
		add_due(o, &t, &b);
	rc = done_line(call, t.id, put_talked, &t, e, _("%s question %lld to %s"), t.id,
		(long long)t.n, third_party);
	if (!rc && b.len)
		done_note(call, _("its answer is due %s"), buf_str(&b));
	if (!rc && t.clocks)
		done_note(call,
			n_("%lld limit stands still meanwhile", "%lld limits stand still meanwhile",
				(unsigned long)t.clocks),
			(long long)t.clocks);
	else if (!rc)
		done_note(call, "%s", _("no limit of it stands still (deadlines.conf: pauses)"));
	if (!rc)
		done_next(call, "case consult %s --answered TEXT", t.id);
	buf_fini(&b);
	return rc;
}

static enum err_code answered(
	const struct call *call, struct office *o, const char *answer, struct err *e)
{
	struct office_talked t;
	enum err_code rc = office_case_answered(o, call->argv[0], answer, &t, e);

	if (!rc)
		rc = done_line(call, t.id, put_talked, &t, e, _("%s question %lld is answered"),
			t.id, (long long)t.n);
	if (!rc && t.clocks)
		done_note(call,
			n_("%lld limit runs again", "%lld limits run again",
				(unsigned long)t.clocks),
			(long long)t.clocks);
	if (!rc)
		done_next(call, "show %s --why", t.id);
	return rc;
}

static enum err_code consult(const struct call *call, struct office *o, struct err *e)
{
	struct office_consultation in = {
		.conclusion = call_flag(call, "conclusion"),
		.wording = call_flag(call, "wording"),
		.grade = call_flag(call, "grade"),
		.reason = call_flag(call, "reason"),
		.lead = call_flag(call, "lead"),
	};
	struct office_talked t;
	enum err_code rc =
		done_flags(call, "with", in.with, OFFICE_CO_UNITS_MAX, &in.with_count, e);

	if (!rc)
		rc = done_time(call, o, "at", &in.held_at, e);
	if (!rc)
		rc = office_case_consult(o, call->argv[0], &in, &t, e);
	if (!rc)
		rc = done_line(call, t.id, put_talked, &t, e,
			n_("%s consultation %lld (会商) with %zu unit",
				"%s consultation %lld (会商) with %zu units", in.with_count),
			t.id, (long long)t.n, in.with_count);
	if (!rc)
		done_next(call, "show %s · case brief %s", t.id, t.id);
	return rc;
}

/* Three acts of one verb: which is told by its flag, and one at a time. */
static enum err_code run_consult(struct call *call, struct err *e)
{
	const char *third = call_flag(call, "third-party"), *answer = call_flag(call, "answered");
	bool met = call_has(call, "with") || call_has(call, "conclusion");
	struct office *o = NULL;
	enum err_code rc = ERR_OK;

	if (!!third + !!answer + met > 1)
		rc = err_set(e, ERR_USAGE,
			_("one at a time: --with and --conclusion, --third-party, or --answered"));
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc && third)
		rc = ask(call, o, third, e);
	else if (!rc && answer)
		rc = answered(call, o, answer, e);
	else if (!rc)
		rc = consult(call, o, e);
	office_close(o);
	return rc;
}

static const struct command_flag consult_flags[] = {
	{"with", N_("UNIT"), N_("a unit that took part; may be repeated")},
	{"conclusion", N_("TEXT"), N_("what was concluded")},
	{"wording", N_("TEXT"), N_("the wording that all keep to (口径)")},
	{"grade", N_("GRADE"), N_("the grade that it set")},
	{"reason", N_("TEXT"), N_("why that grade; the conclusion by default")},
	{"lead", N_("UNIT"), N_("the lead that it named")},
	{"at", N_("TIME"), N_("when it was held; now by default")},
	{"third-party", N_("WHO"), N_("ask somebody outside: limits that allow it stand still")},
	{"question", N_("TEXT"), N_("what is asked")},
	{"answered", N_("TEXT"), N_("the answer of the third party: the limits run again")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_consult = {
	.verb = "case consult",
	.args = N_("CASE --with UNIT… --conclusion TEXT"),
	.summary = N_("record a consultation (会商), or ask a third party"),
	.help = N_("What a consultation says of grade and lead is done at once. A third party "
		   "that is asked (征求第三方意见) stops the limits whose rule says pauses = yes, "
		   "until its answer is entered."),
	.flags = consult_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = STAFF,
	.run = run_consult,
};

/* --- instruct --- */

static enum err_code instruct(const struct call *call, struct office *o, struct err *e)
{
	struct office_instruction in = {
		.post = call_flag(call, "by"),
		.kind = call_flag(call, "kind"),
		.unit = call_flag(call, "unit"),
	};
	struct office_talked t;
	struct buf words, due;
	enum err_code rc = done_words(call, &words, e);

	buf_init(&due, 4096);
	in.text = buf_str(&words);
	if (!rc)
		rc = done_number(call, "days", &in.days, e);
	if (!rc)
		rc = done_time(call, o, "at", &in.given_at, e);
	if (!rc)
		rc = office_case_instruct(o, call->argv[0], &in, &t, e);
	if (!rc) {
		add_due(o, &t, &due);
		rc = done_line(call, t.id, put_talked, &t, e,
			_("%s instruction %lld by %s: due %s"), t.id, (long long)t.n, in.post,
			buf_str(&due));
	}
	if (!rc)
		done_next(call, "case instruct %s --done %lld --on DATE --text REPORT", t.id,
			(long long)t.n);
	buf_fini(&words);
	buf_fini(&due);
	return rc;
}

static enum err_code instruction_done(
	const struct call *call, struct office *o, int64_t n, struct err *e)
{
	struct office_talked t;
	struct buf words, due;
	enum err_code rc = done_words(call, &words, e);

	buf_init(&due, 4096);
	if (!rc)
		rc = office_case_instruction_done(
			o, call->argv[0], n, call_flag(call, "on"), buf_str(&words), &t, e);
	if (!rc)
		rc = done_line(call, t.id, put_talked, &t, e, _("%s instruction %lld is done"),
			t.id, (long long)n);
	if (!rc && t.due != TIME_NONE) {
		add_due(o, &t, &due);
		done_note(call, _("its report is due %s"), buf_str(&due));
	}
	if (!rc)
		done_next(call, "case instruct %s --reported %lld", t.id, (long long)n);
	buf_fini(&words);
	buf_fini(&due);
	return rc;
}

static enum err_code reported(const struct call *call, struct office *o, int64_t n, struct err *e)
{
	struct office_talked t;
	enum err_code rc = office_case_instruction_reported(o, call->argv[0], n, &t, e);

	if (!rc)
		rc = done_line(call, t.id, put_talked, &t, e, _("%s instruction %lld is reported"),
			t.id, (long long)n);
	if (!rc)
		done_next(call, "show %s", t.id);
	return rc;
}

static enum err_code run_instruct(struct call *call, struct err *e)
{
	struct office *o = NULL;
	int64_t done = 0, told = 0;
	enum err_code rc = done_number(call, "done", &done, e);

	if (!rc)
		rc = done_number(call, "reported", &told, e);
	if (!rc && !!done + !!told + call_has(call, "by") > 1)
		rc = err_set(e, ERR_USAGE, _("one at a time: --by, --done, or --reported"));
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc && done)
		rc = instruction_done(call, o, done, e);
	else if (!rc && told)
		rc = reported(call, o, told, e);
	else if (!rc)
		rc = instruct(call, o, e);
	office_close(o);
	return rc;
}

static const struct command_flag instruct_flags[] = {
	{"by", N_("POST"), N_("the leader's post: 市长, 分管副市长")},
	{"kind", N_("KIND"), N_("急件, 一般, 难件 …: one that deadlines.conf has a limit for")},
	{"days", N_("N"), N_("a shorter limit, where the rule has at_least")},
	{"text", N_("TEXT"), N_("the instruction's words; with --done what was done")},
	{"file", N_("FILE"), N_("the same from a file; - is standard input")},
	{"unit", N_("UNIT"), N_("who carries it out; the lead by default")},
	{"at", N_("TIME"), N_("when it was given; now by default")},
	{"done", N_("N"), N_("instruction N was carried out")},
	{"on", N_("DATE"), N_("the day of --done; today by default")},
	{"reported", N_("N"), N_("the result of instruction N was reported to the leader")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_instruct = {
	.verb = "case instruct",
	.args = N_("CASE --by POST --kind KIND --text TEXT"),
	.summary = N_("record a leader's instruction (批示) and how it is carried out"),
	.help = N_(
		"Its limit stands in deadlines.conf (clock instruct), by kind: 急件 1 to 5 days, "
		"一般 15, 难件 30, 公文, 会议纪要, 首报, 核查 and others; after --done the "
		"report's "
		"(clock report)."),
	.flags = instruct_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = STAFF | PEOPLE_UNIT,
	.run = run_instruct,
};

/* --- handover --- */

static enum err_code run_handover(struct call *call, struct err *e)
{
	const char *to = call_flag(call, "to");
	struct office_talked t;
	struct office *o = NULL;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_case_handover(o, call->argv[0], to, call_flag(call, "on"),
			call_flag(call, "note"), &t, e);
	if (!rc)
		rc = done_line(call, t.id, put_talked, &t, e, _("%s: lead handed to %s (线索移交)"),
			t.id, to);
	if (!rc)
		done_next(call, "show %s", t.id);
	office_close(o);
	return rc;
}

static const struct command_flag handover_flags[] = {
	{"to", N_("UNIT"), N_("who took it over: 市公安局, 市委网信办")},
	{"on", N_("DATE"), N_("the day; today by default")},
	{"note", N_("TEXT"), N_("a remark; nothing about a person")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_handover = {
	.verb = "case handover",
	.args = N_("CASE --to UNIT"),
	.summary = N_("note that a lead was handed over (线索移交)"),
	.help = N_("A tick: to which unit, when, with which document. The case stays as it is; no "
		   "file on anybody is kept."),
	.flags = handover_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = STAFF,
	.run = run_handover,
};
