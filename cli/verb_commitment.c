/*
 * verb_commitment.c - `huiying commitment add, refuse, claim, verify, publish, review`. Listing
 * is in verb_commitment_list.c, what takes two persons in verb_commitment_propose.c.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/commitments.h"
#include "office/promised.h"

/* --- add --- */

static void put_promised(struct json_writer *w, const void *data)
{
	const struct office_promised *p = data;

	json_put_str(w, "case", p->case_id);
	json_put_str(w, "due", p->due[0] ? p->due : NULL);
	json_put_bool(w, "tentative", p->unlisted_year != 0);
	json_put_str(w, "review", p->review[0] ? p->review : NULL);
	json_put_str(w, "review_rule", p->rule[0] ? p->rule : NULL);
}

static enum err_code confirm_added(
	const struct call *call, const struct office_promised *p, struct err *e)
{
	enum err_code rc;

	if (p->due[0])
		rc = done_line(call, p->id, put_promised, p, e, _("%s added to %s, due %s"), p->id,
			p->case_id, p->due);
	else
		rc = done_line(call, p->id, put_promised, p, e,
			_("%s added to %s, no date (未明确时限): review on %s"), p->id, p->case_id,
			p->review);
	if (!rc && p->unlisted_year)
		done_note(call,
			_("note: 暂定: the holidays of %d are not listed yet; the date is reckoned "
			  "again when they are"),
			p->unlisted_year);
	if (!rc && !p->found)
		done_note(call,
			_("note: nothing in that sentence was found to be promised; show %s has "
			  "the words that were taken"),
			p->id);
	if (!rc)
		done_next(call, "commitment claim %s --done-on DATE --for UNIT · case finish %s",
			p->id, p->case_id);
	return rc;
}

static enum err_code run_add(struct call *call, struct err *e)
{
	struct office_promise in = {
		.response = call->argv[0],
		.quote = call_flag(call, "quote"),
		.unit = call_flag(call, "unit"),
		.criterion = call_flag(call, "criterion"),
		.due = call_flag(call, "due"),
		.review = call_flag(call, "review"),
		.undated = call_has(call, "undated"),
	};
	struct office_promised p;
	struct office *o = NULL;
	enum err_code rc = done_number(call, "sentence", &in.sentence, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_commitment_add(o, &in, &p, e);
	if (!rc)
		rc = confirm_added(call, &p, e);
	office_close(o);
	return rc;
}

static const struct command_flag add_flags[] = {
	{"sentence", N_("N"), N_("the promise is the N-th sentence of the answer")},
	{"quote", N_("TEXT"), N_("the promise in the answer's own words")},
	{"due", N_("DATE"), N_("until when, YYYY-MM-DD; left out: the date found in the words")},
	{"undated", NULL, N_("no date (未明确时限), whatever was found")},
	{"unit", N_("UNIT"), N_("who promised; default who answered")},
	{"criterion", N_("TEXT"), N_("how one can tell that it was kept")},
	{"review", N_("DATE"), N_("when to look at it again")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_add = {
	.verb = "commitment add",
	.args = N_("RESPONSE --sentence N | --quote TEXT"),
	.summary = N_("take a promise out of an accepted answer, word for word"),
	.help = N_(
		"Without --due the date is the one that was found in these words when the answer "
		"was entered (9月底前, 15个工作日内). Where the words name none, or with "
		"--undated, "
		"the promise counts as undated and a review date is forced by deadlines.conf; "
		"where "
		"they name several, give --due or take each part with --quote."),
	.flags = add_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_add,
};

/* --- refuse --- */

static void put_refused(struct json_writer *w, const void *data)
{
	json_put_str(w, "case", data);
}

static enum err_code run_refuse(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "", case_id[IDS_SIZE] = "";
	int64_t sentence = 0;
	enum err_code rc = done_number(call, "sentence", &sentence, e);

	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_promise_refuse(
			o, call->argv[0], sentence, call_flag(call, "reason"), id, case_id, e);
	if (!rc)
		rc = done_line(call, id, put_refused, case_id, e,
			_("sentence %lld of %s is no promise (%s)"), (long long)sentence, id,
			case_id);
	if (!rc)
		done_next(call, "show %s · case finish %s", case_id, case_id);
	office_close(o);
	return rc;
}

static const struct command_flag refuse_flags[] = {
	{"sentence", N_("N"), N_("the sentence that was found to promise something")},
	{"reason", N_("TEXT"), N_("why it is no promise to follow up")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_refuse = {
	.verb = "commitment refuse",
	.args = N_("RESPONSE --sentence N --reason TEXT"),
	.summary = N_("say that a promise found in an answer is none"),
	.help = N_(
		"The promises in an answer are found when it is entered: `respond` and `show` tell "
		"them with the number of their sentence and the date, if they name one. Each is "
		"taken with `commitment add` or refused here; a case is finished (办结) when "
		"that is done for all of them."),
	.flags = refuse_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_refuse,
};

/* --- claim --- */

static enum err_code run_claim(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "", made_on[11] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_commitment_claim(
			o, call->argv[0], call_flag(call, "done-on"), NULL, id, made_on, e);
	if (!rc)
		rc = done_line(call, id, NULL, NULL, e,
			_("%s claimed done on %s; a supervisor verifies it"), id,
			call_flag(call, "done-on"));
	if (!rc && made_on[0])
		done_note(call,
			_("check: the promise was made on %s, after that day; claim again if the "
			  "date is wrong"),
			made_on);
	if (!rc)
		done_next(call, _("evidence add %s URL · commitment verify %s (another person)"),
			id, id);
	office_close(o);
	return rc;
}

static const struct command_flag claim_flags[] = {
	{"done-on", N_("DATE"), N_("the day it was done, YYYY-MM-DD")},
	{"seen", N_("VERSION"), N_("refuse when the promise is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_claim = {
	.verb = "commitment claim",
	.args = N_("COMMITMENT --done-on DATE --for UNIT"),
	.summary = N_("the unit says that the promise is kept"),
	.flags = claim_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_claim,
};

/* --- verify --- */

static void put_verified(struct json_writer *w, const void *data)
{
	const struct office_verified *v = data;

	json_put_str(w, "done_on", v->done_on);
	json_put_int(w, "evidence", v->evidence);
}

/* The claim goes back to the unit. */
static enum err_code run_not_done(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc = ERR_OK;

	if (call_has(call, "done-on") || call_has(call, "evidence"))
		rc = err_set(e, ERR_USAGE, _("--not-done takes neither --done-on nor --evidence"));
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_commitment_refuse_claim(
			o, call->argv[0], call_flag(call, "reason"), id, e);
	if (!rc)
		rc = done_line(
			call, id, NULL, NULL, e, _("%s: the claim is refused; it is not done"), id);
	if (!rc)
		done_next(call, "commitment claim %s --done-on DATE --for UNIT · show %s", id, id);
	office_close(o);
	return rc;
}

static enum err_code run_verify(struct call *call, struct err *e)
{
	const char *evidence[OFFICE_VERIFY_EVIDENCE_MAX];
	struct office_verified v;
	struct office *o = NULL;
	size_t count = 0;
	enum err_code rc;

	if (call_has(call, "not-done"))
		return run_not_done(call, e);
	rc = done_flags(call, "evidence", evidence, OFFICE_VERIFY_EVIDENCE_MAX, &count, e);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_commitment_verify(
			o, call->argv[0], call_flag(call, "done-on"), evidence, count, &v, e);
	if (!rc)
		rc = done_line(call, v.id, put_verified, &v, e, _("%s verified: done on %s"), v.id,
			v.done_on);
	if (!rc && v.evidence == 0)
		done_note(call, "%s",
			_("there is no evidence yet: until some is captured the promise does not "
			  "count as kept"));
	if (!rc && v.published)
		done_next(call, "show %s · case close %s", v.id, v.case_id);
	else if (!rc)
		done_next(
			call, "commitment publish %s --url URL · evidence add %s URL", v.id, v.id);
	office_close(o);
	return rc;
}

static const struct command_flag verify_flags[] = {
	{"done-on", N_("DATE"), N_("the day it was really done, when the claim is wrong")},
	{"evidence", N_("EVIDENCE"), N_("what it was verified with; may be repeated")},
	{"not-done", NULL, N_("the claim is refused: it is not done, or not enough")},
	{"reason", N_("TEXT"), N_("why it is refused")},
	{"seen", N_("VERSION"), N_("refuse when the promise is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_verify = {
	.verb = "commitment verify",
	.args = N_("COMMITMENT"),
	.summary = N_("a supervisor confirms that a promise is kept"),
	.help = N_("Not by the person who entered the claim, not by the super-user or a shared "
		   "login. With --not-done the claim goes back to the unit: it counts for nothing "
		   "any more, and orders of supervision go on."),
	.flags = verify_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_verify,
};

/* --- publish --- */

static void put_evidence(struct json_writer *w, const void *data)
{
	json_put_str(w, "evidence", data);
	json_put_str(w, "state", "pending");
}

static enum err_code run_publish(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "", evidence[IDS_SIZE] = "";
	const char *file = call_flag(call, "file");
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_commitment_publish(
			o, call->argv[0], call_flag(call, "url"), file, id, evidence, e);
	if (!rc)
		rc = done_line(call, id, put_evidence, evidence, e,
			file ? _("%s published: %s, the screenshot waits for a second person")
			     : _("%s published: %s, capture pending"),
			id, evidence);
	if (!rc && file)
		done_next(call, _("evidence confirm %s (another person)"), evidence);
	else if (!rc)
		done_next(call, "crawl · show %s", id);
	office_close(o);
	return rc;
}

static const struct command_flag publish_flags[] = {
	{"url", N_("URL"), N_("the page on a registered channel that tells the public")},
	{"file", N_("FILE"), N_("a screenshot, for channels that cannot be captured")},
	{"seen", N_("VERSION"), N_("refuse when the promise is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_publish = {
	.verb = "commitment publish",
	.args = N_("COMMITMENT --url URL"),
	.summary = N_("say where the public can read that a promise is kept"),
	.help = N_("The page must be on a registered channel. It counts once the fetcher has "
		   "captured it from outside (crawl), or a second person has confirmed a "
		   "screenshot."),
	.flags = publish_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_publish,
};

/* --- review --- */

static enum err_code run_review(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_commitment_review(
			o, call->argv[0], call_flag(call, "next"), call_flag(call, "note"), id, e);
	if (!rc)
		rc = done_line(call, id, NULL, NULL, e, _("%s reviewed; next review on %s"), id,
			call_flag(call, "next"));
	office_close(o);
	return rc;
}

static const struct command_flag review_flags[] = {
	{"next", N_("DATE"), N_("when to look again, YYYY-MM-DD")},
	{"note", N_("TEXT"), N_("what was found")},
	{"seen", N_("VERSION"), N_("refuse when the promise is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_commitment_review = {
	.verb = "commitment review",
	.args = N_("COMMITMENT --next DATE"),
	.summary = N_("a promise was looked at; when to look again"),
	.flags = review_flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_SUPERVISOR,
	.run = run_review,
};
