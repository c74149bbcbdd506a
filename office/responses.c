/*
 * responses.c - entering a unit's answer and deciding on it.
 */
#include "office/responses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/clocks.h"
#include "ledger/records.h"
#include "ledger/responses.h"
#include "office/act.h"
#include "office/channels.h"
#include "office/checks.h"
#include "office/evidence_add.h"
#include "office/promised.h"
#include "office/typed.h"
#include "office/units.h"

#define REPOST_DAYS 30
/* A matter whose first publication is not known may have been talked about for so long
 * before it was raised; an answer older than that answers something else. */
#define EARLY_DAYS 30

static const struct {
	const char *check, *meaning;
} meanings[] = {
	{"late", N_("published after its limit")},
	{"early", N_("published before what it answers")},
	{"slogan", N_("no measure, unit, date or number")},
	{"off-topic", N_("hardly a word in common with what it answers")},
	{"repost", N_("mostly the words of an earlier item of another publisher")},
	{"unregistered", N_("a link that is on no registered channel, or no link at all")},
	{"few-channels", N_("a major case needs all four classes of channels")},
};

const char *office_check_meaning(const char *check)
{
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (strcmp(meanings[i].check, check) == 0)
			return _(meanings[i].meaning);
	}
	return "";
}

/* What one `respond` works with. */
struct entry {
	const struct office_response *in;
	struct units *units;
	struct channels *channels;
	const struct unit *unit;
	const struct channel *on[OFFICE_LINKS_MAX];
	char *urls[OFFICE_LINKS_MAX]; /* canonical */
	struct case_record c;
	int64_t published_at;
	struct buf checks;
};

static void add_check(struct entry *x, const char *check, bool found)
{
	if (found)
		buf_addf(&x->checks, "%s%s", x->checks.len ? "," : "", check);
}

/* --- the links --- */

static void read_links(struct act *a, struct entry *x)
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

static bool has_unregistered(const struct entry *x)
{
	for (size_t i = 0; i < x->in->url_count; i++) {
		if (!x->on[i])
			return true;
	}
	return x->in->url_count == 0 && !x->in->press;
}

/* --- the checks --- */

static bool is_late(struct act *a, const struct entry *x)
{
	struct clock_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = clocks_of(a->db, x->c.id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (strcmp(list[i].state, "running") == 0 && strcmp(list[i].clock, "response") == 0)
			return x->published_at > list[i].due_at;
	}
	return false;
}

/* An answer found before its matter was is fine, one from before the matter is not. */
static bool is_early(const struct entry *x)
{
	int64_t from = x->c.published_at;

	if (from == TIME_NONE)
		from = x->c.raised_at - EARLY_DAYS * 86400LL;
	return x->published_at < from;
}

static bool is_off_topic(struct act *a, const struct entry *x)
{
	struct alert *alerts = NULL;
	size_t count = 0;
	const char *about = NULL;

	if (!a->rc)
		a->rc = alerts_of_story(a->db, x->c.story, a->arena, &alerts, &count, a->err);
	if (!a->rc && count)
		about = alerts[0].excerpt;
	return !a->rc && checks_is_off_topic(x->in->text, x->c.title, about);
}

/* Own pages do not count: the answer may have been crawled already. */
static bool is_own(const struct entry *x, const char *url)
{
	const struct channel *c = url ? channels_of_url(x->channels, url) : NULL;

	for (size_t i = 0; url && i < x->in->url_count; i++) {
		if (strcmp(url, x->urls[i]) == 0)
			return true;
	}
	return c && c->unit && strcmp(c->unit, x->unit->name) == 0;
}

static bool is_repost(struct act *a, const struct entry *x)
{
	struct checks_grams *g = a->rc ? NULL : checks_grams_new(x->in->text);
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;

	if (a->rc)
		return false;
	if (!g) {
		a->rc = err_nomem(a->err);
		return false;
	}
	if (checks_grams_count(g) >= CHECKS_GRAMS_MIN) {
		a->rc = db_query(a->db, ST_ITEMS_BETWEEN,
			DB_ARGS(DB_INT(x->published_at - REPOST_DAYS * 86400LL),
				DB_INT(x->published_at - 1)),
			&q, a->err);
		while (!a->rc && !found && db_next(&q)) {
			for (int k = 3; k <= 5 && !found; k++) {
				const char *text = db_text(&q, k);
				found = text && checks_share_in(g, text) >= CHECKS_REPOST &&
					!is_own(x, db_text(&q, 2));
			}
		}
		a->rc = db_end(&q, a->rc, a->err);
	}
	checks_grams_free(g);
	return found;
}

static bool is_major(const char *grade)
{
	return strcmp(grade, "重大") == 0 || strcmp(grade, "特别重大") == 0;
}

/* Classes that accepted answers and this one reach together. */
static bool has_few_channels(struct act *a, const struct entry *x)
{
	bool seen[CHANNEL_CLASSES] = {false};
	enum channel_class class;
	const char **names = NULL;
	size_t count = 0, all = 0;

	if (!is_major(x->c.grade))
		return false;
	if (!a->rc)
		a->rc = responses_classes(a->db, x->c.id, a->arena, &names, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (channel_class_from_name(names[i], &class))
			seen[class] = true;
	}
	for (size_t i = 0; i < x->in->url_count; i++) {
		if (x->on[i])
			seen[x->on[i]->class] = true;
	}
	for (size_t i = 0; i < CHANNEL_CLASSES; i++)
		all += seen[i];
	return all < CHANNEL_CLASSES;
}

static void run_checks(struct act *a, struct entry *x)
{
	add_check(x, "late", is_late(a, x));
	add_check(x, "early", !a->rc && is_early(x));
	add_check(x, "slogan", !a->rc && checks_is_slogan(x->in->text, x->units));
	add_check(x, "off-topic", is_off_topic(a, x));
	add_check(x, "repost", is_repost(a, x));
	add_check(x, "unregistered", has_unregistered(x));
	add_check(x, "few-channels", !a->rc && has_few_channels(a, x));
	if (!a->rc)
		a->rc = buf_check(&x->checks, _("the checks"), a->err);
}

/* --- entering --- */

static void check_entry(struct act *a, struct entry *x)
{
	const struct office_response *in = x->in;

	if (!a->rc && typed_is_blank(in->text))
		act_fail(a, ERR_USAGE, _("a response needs its text: --file or --text"));
	if (!a->rc && in->kind && !checks_is_kind(in->kind))
		act_fail(a, ERR_USAGE,
			_("--kind is fact, measure, result, apology or clarification"));
	if (!a->rc && !in->unit)
		act_fail(a, ERR_USAGE, _("a response needs --unit: who answered"));
	if (!a->rc)
		a->rc = units_resolve(x->units, in->unit, a->today, &x->unit, a->err);
	x->published_at = in->published_at == TIME_NONE ? a->now : in->published_at;
	if (!a->rc && x->published_at > a->now)
		act_fail(a, ERR_USAGE, _("a publication time in the future: %s"),
			act_when(a, x->published_at));
	act_case(a, in->case_typed, 0, &x->c);
	act_need_open(a, &x->c, true);
	read_links(a, x);
}

static void append_links(struct act *a, const struct entry *x, struct office_recorded *out)
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

static void append_response(struct act *a, struct entry *x, struct office_recorded *out)
{
	const char *kind = x->in->kind ? x->in->kind : checks_guess_kind(x->in->text);

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
	act_append(a, "response.recorded/1", out->id);
	snprintf(out->case_id, sizeof out->case_id, "%s", x->c.id);
	snprintf(out->kind, sizeof out->kind, "%s", kind);
	snprintf(out->checks, sizeof out->checks, "%s", buf_str(&x->checks));
}

enum err_code office_respond(struct office *o, const struct office_response *in,
	struct office_recorded *out, struct err *e)
{
	struct entry x = {.in = in};
	struct act a;
	enum err_code rc = units_load(o->home, &x.units, e);

	memset(out, 0, sizeof *out);
	buf_init(&x.checks, sizeof out->checks - 1);
	if (!rc)
		rc = channels_load(o->home, &x.channels, e);
	if (!rc) {
		act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
			_("enter a response"), e);
		check_entry(&a, &x);
		if (!a.rc)
			run_checks(&a, &x);
		append_response(&a, &x, out);
		promised_append(&a, out->id, in->text, x.published_at);
		append_links(&a, &x, out);
		rc = act_end(&a);
		if (!rc && out->captures)
			evidence_write_wanted(o);
	}
	for (size_t i = 0; i < OFFICE_LINKS_MAX; i++)
		free(x.urls[i]);
	buf_fini(&x.checks);
	channels_free(x.channels);
	units_free(x.units);
	return rc;
}

/* --- deciding --- */

static void need_pending(struct act *a, const char *typed, struct response_record *r)
{
	char id[IDS_SIZE];

	memset(r, 0, sizeof *r);
	if (!a->rc)
		a->rc = records_find(a->db, IDS_RESPONSE, typed, id, a->err);
	if (!a->rc)
		a->rc = responses_get(a->db, id, a->arena, r, a->err);
	if (!a->rc && strcmp(r->state, "pending") != 0)
		act_fail(a, ERR_REFUSED, _("%s was %s by %s at %s"), r->id,
			strcmp(r->state, "accepted") == 0 ? _("accepted") : _("rejected"),
			r->decided_name, act_when(a, r->decided_at));
	if (!a->rc && strcmp(r->recorded_by, a->key) == 0)
		act_fail(a, ERR_DENIED, _("%s entered %s; another person must decide on it"),
			r->recorded_name, r->id);
}

static enum err_code decide(struct act *a, const char *typed, const char *kind, const char *key,
	const char *words, char id[IDS_SIZE], char case_id[IDS_SIZE])
{
	struct response_record r;

	need_pending(a, typed, &r);
	if (!a->rc) {
		snprintf(id, IDS_SIZE, "%s", r.id);
		snprintf(case_id, IDS_SIZE, "%s", r.case_id);
	}
	act_event(a);
	act_text(a, key, words);
	act_append(a, kind, id);
	return act_end(a);
}

enum err_code office_response_accept(struct office *o, const char *typed, const char *note,
	char id[IDS_SIZE], char case_id[IDS_SIZE], struct err *e)
{
	struct act a;

	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("accept a response"), e);
	return decide(&a, typed, "response.accepted/1", "note_text", note, id, case_id);
}

enum err_code office_response_reject(struct office *o, const char *typed, const char *reason,
	char id[IDS_SIZE], char case_id[IDS_SIZE], struct err *e)
{
	struct act a;

	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("reject a response"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("rejecting needs --reason"));
	return decide(&a, typed, "response.rejected/1", "reason_text", reason, id, case_id);
}
