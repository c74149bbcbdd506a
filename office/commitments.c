/*
 * commitments.c - the acts on promises, from the quote to the publication.
 */
#include "office/commitments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/time.h"
#include "ledger/commitments.h"
#include "ledger/events.h"
#include "ledger/records.h"
#include "ledger/responses.h"
#include "office/act.h"
#include "office/by_whom.h"
#include "office/clock_rules.h"
#include "office/commitment_act.h"
#include "office/commitment_rules.h"
#include "office/evidence_add.h"
#include "office/promise_dates.h"
#include "office/promised.h"
#include "office/typed.h"
#include "office/units.h"

/* --- add --- */

struct promise {
	const struct office_promise *in;
	struct response_record response;
	struct case_record c;
	const char *quote, *unit, *review_rule;
	const char *due; /* typed, else found, else NULL */
	struct promised_part part;
	int64_t sentence; /* that the quote stands in, from 1 */
	const struct deadline *forced;
	char made_on[11], review[11];
	int64_t due_at, review_at;
};

static void read_response(struct act *a, struct promise *p)
{
	act_response(a, p->in->response, &p->response);
	if (!a->rc && strcmp(p->response.state, "accepted") != 0)
		act_fail(a, ERR_REFUSED, _("%s is not accepted; only accepted answers bind a unit"),
			p->response.id);
	if (!a->rc && !p->response.body)
		act_fail(a, ERR_REFUSED, _("the text of %s was erased by order of law"),
			p->response.id);
	if (a->rc)
		return;
	act_case(a, p->response.case_id, true, &p->c);
	act_need_open(a, &p->c, false);
	calendar_date_of(p->response.published_at, a->office->settings.zone, p->made_on);
}

static void quote_sentence(struct act *a, struct promise *p)
{
	struct str text = str_of(p->response.body), sentence;
	size_t pos = 0;
	int64_t n = 0;

	while (text_next_sentence(text, &pos, &sentence)) {
		if (++n == p->in->sentence) {
			p->sentence = n;
			p->quote = arena_strndup(a->arena, sentence.p, sentence.n);
			return;
		}
	}
	act_fail(a, ERR_USAGE,
		n_("%s has %lld sentence, not %lld", "%s has %lld sentences, not %lld", n),
		p->response.id, (long long)n, (long long)p->in->sentence);
}

/* The sentence that words begin in. */
static void find_quote(struct act *a, struct promise *p)
{
	struct str text = str_of(p->response.body), sentence;
	const char *at = strstr(text.p, p->in->quote);
	size_t pos = 0;
	int64_t n = 0;

	if (!at)
		act_fail(a, ERR_REFUSED, _("“%s” does not stand in %s word for word"), p->in->quote,
			p->response.id);
	p->quote = p->in->quote;
	while (at && text_next_sentence(text, &pos, &sentence) && sentence.p <= at)
		p->sentence = ++n;
}

static void read_quote(struct act *a, struct promise *p)
{
	if (a->rc)
		return;
	if ((p->in->sentence > 0) != typed_is_blank(p->in->quote))
		act_fail(a, ERR_USAGE, _("give the promise's words: --sentence N or --quote TEXT"));
	else if (p->in->sentence > 0)
		quote_sentence(a, p);
	else
		find_quote(a, p);
}

/* Twice the same words would be one promise counted as two. */
static void refuse_same(struct act *a, const struct promise *p)
{
	struct commitment_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = commitments_of(a->db, p->c.id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (strcmp(list[i].response, p->response.id) == 0 && list[i].quote &&
			strcmp(list[i].quote, p->quote) == 0)
			act_fail(a, ERR_REFUSED, _("these words are %s already, added by %s"),
				list[i].id, list[i].added_name);
	}
}

/* A promise without a date gets a review date: typed, else by the rule. */
static void set_review(struct act *a, struct promise *p)
{
	const struct deadlines *all = NULL;

	p->review_at = TIME_NONE;
	if (p->in->review) {
		p->review_at = commitment_end_of_date(a, p->in->review, "--review");
		p->review_rule = "given";
		snprintf(p->review, sizeof p->review, "%s", p->in->review);
	}
	if (a->rc || p->in->review || p->due)
		return;
	a->rc = office_deadlines(a->office, &all, a->err);
	if (a->rc)
		return;
	p->forced = deadlines_find(all, DEADLINE_UNDATED, p->c.grade);
	if (!p->forced) {
		act_fail(a, ERR_CONFIG,
			_("deadlines.conf has no limit for promises without a date; give "
			  "--review"));
		return;
	}
	a->rc = calendar_due(p->response.published_at, &p->forced->limit, a->office->settings.zone,
		&p->review_at, a->err);
	p->review_rule = p->forced->rule;
	calendar_date_of(p->review_at, a->office->settings.zone, p->review);
}

/* The date is the typed one, else what was found in these words. */
static void set_due(struct act *a, struct promise *p)
{
	p->due_at = TIME_NONE;
	if (!a->rc && p->in->due && p->in->undated)
		act_fail(a, ERR_USAGE, _("either --due or --undated"));
	if (a->rc)
		return;
	promised_take(a, p->response.id, p->sentence, p->quote, p->response.published_at,
		p->in->due || p->in->undated, &p->part);
	p->due = p->in->due ? p->in->due : p->part.due;
	if (!p->due)
		return;
	p->due_at = commitment_end_of_date(a, p->due, "--due");
	if (!a->rc && strcmp(p->due, p->made_on) < 0)
		act_fail(a, ERR_USAGE, _("--due %s lies before the promise was made (%s)"), p->due,
			p->made_on);
}

static void append_added(struct act *a, const struct promise *p, struct office_promised *out)
{
	if (a->rc)
		return;
	act_event(a);
	act_new_id(a, IDS_COMMITMENT, out->id);
	act_str(a, "case_id", p->c.id);
	act_str(a, "response_id", p->response.id);
	act_str(a, "unit", p->unit);
	act_text(a, "quote_text", p->quote);
	act_int(a, "sentence", p->sentence);
	act_text(a, "criterion_text", p->in->criterion);
	act_int(a, "made_at", p->response.published_at);
	act_str(a, "due_date", p->due);
	act_int(a, "due_at", p->due_at);
	act_str(a, "review_date", p->review);
	act_int(a, "review_at", p->review_at);
	act_str(a, "review_rule", p->review_rule);
	act_str(a, "phrases", p->part.phrases);
	act_append(a, "commitment.added/1", out->id);
	if (p->part.workdays)
		out->unlisted_year = promise_dates_count(
			a, out->id, p->response.published_at, p->part.workdays, NULL);
	if (p->forced)
		clock_rules_begin(a,
			&(struct clock_start){.subject = out->id,
				.at = p->response.published_at,
				.rule = p->forced},
			NULL);
	snprintf(out->case_id, sizeof out->case_id, "%s", p->c.id);
	out->found = p->part.found;
	snprintf(out->due, sizeof out->due, "%s", p->due ? p->due : "");
	snprintf(out->review, sizeof out->review, "%s", p->review);
	snprintf(out->rule, sizeof out->rule, "%s", p->forced ? p->forced->rule : "");
}

enum err_code office_commitment_add(struct office *o, const struct office_promise *in,
	struct office_promised *out, struct err *e)
{
	struct promise p = {.in = in};
	struct units *all = NULL;
	const struct unit *unit = NULL;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("add a commitment"), e);
	read_response(&a, &p);
	read_quote(&a, &p);
	refuse_same(&a, &p);
	set_due(&a, &p);
	set_review(&a, &p);
	if (!a.rc && in->unit)
		a.rc = units_resolve(all, in->unit, a.today, &unit, e);
	p.unit = unit ? unit->name : p.response.unit;
	append_added(&a, &p, out);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

/* --- the acts on one that is there --- */

/* Where deadlines.conf says how soon a claim must be looked at; the last claim counts. */
static void start_verification(struct act *a, const char *id)
{
	const struct deadline_query q = {.clock = DEADLINE_VERIFY};

	clock_rules_end(a, id, DEADLINE_VERIFY, NULL, NULL, "void", a->now, NULL);
	clock_rules_begin_if(a, &q, (struct clock_start){.subject = id, .at = a->now}, NULL);
}

enum err_code office_commitment_claim(struct office *o, const char *typed, const char *done_on,
	const char *unit, char id[IDS_SIZE], char made_on[11], struct err *e)
{
	struct commitment_record c;
	struct units *all = NULL;
	const struct unit *who = NULL;
	const char *name = unit ? unit : o->unit;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	made_on[0] = '\0';
	if (rc)
		return rc;
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR, _("enter a claim"), e);
	if (!a.rc && !done_on)
		act_fail(&a, ERR_USAGE, _("a claim needs --done-on DATE"));
	if (!a.rc)
		commitment_need_past(&a, "--done-on", done_on);
	commitment_read(&a, typed, &c, id);
	if (!a.rc)
		a.rc = units_resolve(all, name ? name : c.unit, a.today, &who, e);
	if (!a.rc && strcmp(who->name, c.unit) != 0)
		act_fail(&a, ERR_REFUSED, _("%s is a promise of %s, not of %s"), id, c.unit,
			who->name);
	commitment_need(&a, &c, COMMITMENT_CLAIM);
	act_event(&a);
	act_str(&a, "done_on", done_on);
	act_str(&a, "unit", who ? who->name : NULL);
	act_append(&a, "commitment.claimed/1", id);
	start_verification(&a, id);
	if (!a.rc)
		calendar_date_of(c.made_at, o->settings.zone, made_on);
	if (!a.rc && strcmp(done_on, made_on) >= 0)
		made_on[0] = '\0';
	rc = act_end(&a);
	units_free(all);
	return rc;
}

struct claimants {
	const char *key;
	bool found;
};

static enum err_code look_at_claim(void *data, const struct event *ev, struct err *e)
{
	struct claimants *x = data;

	(void)e;
	x->found = x->found || (strcmp(ev->kind, "commitment.claimed/1") == 0 &&
				       strcmp(ev->actor_key, x->key) == 0);
	return ERR_OK;
}

/* Whoever entered one of its claims, the last or an earlier one: a second claim by somebody
 * else must not make the first claimant a verifier. */
static void need_no_claimant(struct act *a, const char *id)
{
	struct claimants x = {a->key, false};

	if (!a->rc)
		a->rc = events_each(a->db, id, look_at_claim, &x, a->err);
	if (!a->rc && x.found)
		act_fail(a, ERR_DENIED,
			_("%s entered the claim of %s; another person must verify it"),
			a->office->person.login, id);
}

/* A verification stands: a date before the promise is a slip that could not be mended. */
static void need_not_before(struct act *a, const struct commitment_record *c, const char *done_on)
{
	char made_on[11];

	if (a->rc || !done_on)
		return;
	calendar_date_of(c->made_at, a->office->settings.zone, made_on);
	if (strcmp(done_on, made_on) < 0)
		act_fail(a, ERR_USAGE, _("--done-on %s lies before the promise was made (%s)"),
			done_on, made_on);
}

enum err_code office_commitment_verify(struct office *o, const char *typed, const char *done_on,
	const char *const *evidence, size_t evidence_count, struct office_verified *out,
	struct err *e)
{
	struct commitment_record c;
	struct json_writer w;
	struct buf list;
	struct act a;

	memset(out, 0, sizeof *out);
	buf_init(&list, 65536);
	json_writer_init(&w, &list);
	json_begin_array(&w);
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("verify a commitment"), e);
	commitment_read(&a, typed, &c, out->id);
	commitment_need(&a, &c, COMMITMENT_VERIFY);
	need_no_claimant(&a, c.id);
	if (!a.rc && done_on)
		commitment_need_past(&a, "--done-on", done_on);
	need_not_before(&a, &c, done_on);
	for (size_t i = 0; !a.rc && i < evidence_count; i++) {
		char proof[IDS_SIZE];
		commitment_find_evidence(&a, &c, evidence[i], proof);
		if (!a.rc)
			json_add_str(&w, proof);
	}
	json_end_array(&w);
	if (!a.rc)
		snprintf(out->done_on, sizeof out->done_on, "%s",
			done_on ? done_on : c.claimed_done_on);
	out->evidence = c.evidence;
	out->published = !a.rc && *c.publish_evidence;
	if (!a.rc)
		snprintf(out->case_id, sizeof out->case_id, "%s", c.case_id);
	act_event(&a);
	act_str(&a, "done_on", out->done_on);
	act_str(&a, "evidence", evidence_count ? buf_str(&list) : NULL);
	act_append(&a, "commitment.verified/1", out->id);
	clock_rules_end(&a, out->id, DEADLINE_VERIFY, NULL, NULL, "met", a.now, out->id);
	buf_fini(&list);
	return act_end(&a);
}

enum err_code office_commitment_refuse_claim(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e)
{
	struct commitment_record c;
	struct act a;

	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("refuse a claim"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("refusing a claim needs --reason"));
	commitment_read(&a, typed, &c, id);
	commitment_need(&a, &c, COMMITMENT_VERIFY);
	need_no_claimant(&a, c.id);
	act_event(&a);
	act_str(&a, "done_on", c.claimed_done_on);
	act_str(&a, "unit", c.claimed_unit);
	act_text(&a, "reason_text", reason);
	act_append(&a, "commitment.claim_refused/1", id);
	clock_rules_end(&a, id, DEADLINE_VERIFY, NULL, NULL, "met", a.now, id);
	return act_end(&a);
}

enum err_code office_commitment_publish(struct office *o, const char *typed, const char *url,
	const char *screenshot, char id[IDS_SIZE], char evidence[IDS_SIZE], struct err *e)
{
	struct commitment_record c;
	struct act a;
	bool pending;
	enum err_code rc;

	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR, _("publish a commitment"),
		e);
	if (!a.rc && !url)
		act_fail(&a, ERR_USAGE, _("publishing needs --url URL"));
	commitment_read(&a, typed, &c, id);
	commitment_need(&a, &c, COMMITMENT_PUBLISH);
	if (!a.rc && c.published_at != TIME_NONE)
		act_fail(&a, ERR_REFUSED, _("%s is public already: %s, captured at %s"), id,
			c.publish_evidence, act_when(&a, c.published_at));
	evidence_add_publication(&a, id, "publication", url, screenshot, evidence, &pending);
	act_event(&a);
	act_str(&a, "evidence_id", evidence);
	act_append(&a, "commitment.published/1", id);
	rc = act_end(&a);
	if (!rc)
		evidence_write_wanted(o);
	return rc;
}
