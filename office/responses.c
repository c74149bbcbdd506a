/*
 * responses.c - entering a unit's answer and deciding on it.
 */
#include "office/responses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/records.h"
#include "ledger/responses.h"
#include "office/act.h"
#include "office/by_whom.h"
#include "office/channels.h"
#include "office/clock_rules.h"
#include "office/answer_kind.h"
#include "office/evidence_add.h"
#include "office/response_checks.h"
#include "office/response_enter.h"
#include "office/promised.h"
#include "office/typed.h"
#include "office/units.h"

/* --- the links --- */

static void read_links(struct act *a, struct response_entry *x)
{
	const struct channel *named = NULL;

	if (!a->rc && x->in->channel) {
		named = channels_find(x->channels, x->in->channel);
		if (!named)
			act_fail(a, ERR_NOT_FOUND, _("channels.conf has no channel “%s”"),
				x->in->channel);
	}
	for (size_t i = 0; !a->rc && i < x->in->url_count; i++) {
		a->rc = typed_url(x->in->urls[i], &x->urls[i], a->err);
		if (a->rc)
			break;
		x->on[i] = channels_of_url(x->channels, x->urls[i]);
		/* A named channel must not lend its name to somebody else's page. */
		if (!x->on[i] && named && named->accounts.count == 0 && named->hosts.count)
			act_fail(a, ERR_REFUSED, _("%s is not on the channel %s"), x->in->urls[i],
				named->name);
	}
}

/* --- entering --- */

static void check_entry(struct act *a, struct response_entry *x)
{
	const struct office_response *in = x->in;

	if (!a->rc && typed_is_blank(in->text))
		act_fail(a, ERR_USAGE, _("a response needs its text: --file or --text"));
	if (!a->rc && in->kind && !answer_kind_is(in->kind))
		act_fail(a, ERR_USAGE,
			_("--kind is fact, measure, result, apology or clarification"));
	act_unit(a, x->units, in->unit, _("a response needs --unit: who answered"), &x->unit);
	x->published_at = in->published_at == TIME_NONE ? a->now : in->published_at;
	if (!a->rc && x->published_at > a->now)
		act_fail(a, ERR_USAGE, _("a publication time in the future: %s"),
			act_when(a, x->published_at));
	act_case(a, in->case_typed, true, &x->c);
	act_need_open(a, &x->c, true);
	read_links(a, x);
}

static void append_links(struct act *a, const struct response_entry *x, struct office_recorded *out)
{
	for (size_t i = 0; i < x->in->url_count && !a->rc; i++) {
		const struct channel *c = x->on[i];
		act_event(a);
		act_int(a, "n", (int64_t)i + 1);
		act_text(a, "url_text", x->urls[i]);
		act_str(a, "channel", c ? c->name : NULL);
		act_str(a, "class", c ? channel_class_name(c->class) : NULL);
		act_append(a, "response.linked/1", out->id);
		if (c && !c->manual) {
			char evidence[IDS_SIZE];
			evidence_add_page(a, out->id, "response", x->urls[i], c, NULL, evidence);
			out->captures++;
		}
	}
}

static void append_response(struct act *a, struct response_entry *x, struct office_recorded *out)
{
	const char *kind = x->in->kind ? x->in->kind : answer_kind_guess(x->in->text);

	if (a->rc)
		return;
	act_event(a);
	act_new_id(a, IDS_RESPONSE, out->id);
	act_str(a, "case_id", x->c.id);
	act_str(a, "unit", x->unit->name);
	act_str(a, "kind", kind);
	act_str(a, "kind_by", x->in->kind ? "given" : "guessed");
	act_int(a, "press", x->in->press);
	act_text(a, "body_text", x->in->text);
	act_int(a, "published_at", x->published_at);
	act_str_always(a, "checks", buf_str(&x->checks));
	act_text(a, "found_text", buf_str(&x->found));
	act_append(a, "response.recorded/1", out->id);
	snprintf(out->case_id, sizeof out->case_id, "%s", x->c.id);
	snprintf(out->kind, sizeof out->kind, "%s", kind);
	snprintf(out->checks, sizeof out->checks, "%s", buf_str(&x->checks));
	snprintf(out->found, sizeof out->found, "%s", buf_str(&x->found));
}

void response_enter_init(struct response_entry *x, const struct office_response *in,
	struct units *units, struct channels *channels)
{
	struct office_recorded *out = NULL;

	memset(x, 0, sizeof *x);
	x->in = in;
	x->units = units;
	x->channels = channels;
	buf_init(&x->checks, sizeof out->checks - 1);
	buf_init(&x->found, sizeof out->found - 1);
}

void response_enter_fini(struct response_entry *x)
{
	for (size_t i = 0; i < OFFICE_LINKS_MAX; i++)
		free(x->urls[i]);
	buf_fini(&x->checks);
	buf_fini(&x->found);
}

void response_enter_check(struct act *a, struct response_entry *x)
{
	check_entry(a, x);
	if (!a->rc)
		response_checks_run(a, x);
}

void response_enter_append(struct act *a, struct response_entry *x, struct office_recorded *out)
{
	memset(out, 0, sizeof *out);
	append_response(a, x, out);
	promised_append(a, out->id, x->in->text, x->published_at);
	append_links(a, x, out);
}

enum err_code office_respond(struct office *o, const struct office_response *in,
	struct office_recorded *out, struct err *e)
{
	struct units *units = NULL;
	struct channels *channels = NULL;
	struct response_entry x;
	struct act a;
	enum err_code rc = units_load(o->home, &units, e);

	memset(out, 0, sizeof *out);
	if (!rc)
		rc = channels_load(o->home, &channels, e);
	response_enter_init(&x, in, units, channels);
	if (!rc) {
		act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
			_("enter a response"), e);
		response_enter_check(&a, &x);
		response_enter_append(&a, &x, out);
		rc = act_end(&a);
		if (!rc && out->captures)
			evidence_write_wanted(o);
	}
	response_enter_fini(&x);
	channels_free(channels);
	units_free(units);
	return rc;
}

/* --- deciding --- */

static void need_pending(struct act *a, const char *typed, struct response_record *r)
{
	struct case_record c;

	act_response(a, typed, r);
	if (!a->rc)
		act_case(a, r->case_id, true, &c);
	if (!a->rc && strcmp(r->state, "pending") != 0)
		act_fail(a, ERR_REFUSED, _("%s was %s by %s at %s"), r->id,
			strcmp(r->state, "accepted") == 0 ? _("accepted (认定)") : _("rejected"),
			r->decided_name, act_when(a, r->decided_at));
	if (!a->rc && strcmp(r->recorded_by, a->key) == 0)
		act_fail(a, ERR_DENIED, _("%s entered %s; another person must decide on it"),
			r->recorded_name, r->id);
}

static enum err_code decide(struct act *a, const char *typed, bool accept, const char *words,
	char id[IDS_SIZE], char case_id[IDS_SIZE])
{
	struct response_record r;

	need_pending(a, typed, &r);
	if (!a->rc && accept)
		clock_rules_resume_answered(a, r.case_id, r.press, r.published_at);
	if (!a->rc) {
		snprintf(id, IDS_SIZE, "%s", r.id);
		snprintf(case_id, IDS_SIZE, "%s", r.case_id);
	}
	act_event(a);
	act_text(a, accept ? "note_text" : "reason_text", words);
	act_append(a, accept ? "response.accepted/1" : "response.rejected/1", id);
	return act_end(a);
}

enum err_code office_response_accept(struct office *o, const char *typed, const char *note,
	char id[IDS_SIZE], char case_id[IDS_SIZE], struct err *e)
{
	struct act a;

	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("accept a response"), e);
	return decide(&a, typed, true, note, id, case_id);
}

enum err_code office_response_reject(struct office *o, const char *typed, const char *reason,
	char id[IDS_SIZE], char case_id[IDS_SIZE], struct err *e)
{
	struct act a;

	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("reject a response"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("rejecting needs --reason"));
	return decide(&a, typed, false, reason, id, case_id);
}
