/*
 * promised.c - finds the promises of an answer, proposes their dates, and refuses one.
 *
 * What was found stands in the events of the response: another version of the detector
 * changes nothing about answers that are there already.
 */
#include "office/promised.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/records.h"
#include "ledger/responses.h"
#include "matcher/promise.h"
#include "office/promise_dates.h"
#include "office/typed.h"

/* --- finding --- */

static void append_phrase(struct act *a, const char *response, int64_t number,
	const struct promise_sentence *s, const struct promise *p)
{
	act_event(a);
	act_int(a, "sentence", number);
	act_text(a, "quote_text", arena_strndup(a->arena, s->text.p, s->text.n));
	if (p) {
		act_text(a, "phrase_text", p->phrase);
		act_str(a, "due_date", p->due);
		act_str(a, "due_kind", promise_due_name(p->kind));
	}
	act_append(a, "promise.found/1", response);
}

static void append_sentence(
	struct act *a, const char *response, int64_t number, const struct promise_sentence *s)
{
	if (!s->commitment)
		return;
	if (!s->count)
		append_phrase(a, response, number, s, NULL);
	for (size_t i = 0; i < s->count; i++)
		append_phrase(a, response, number, s, &s->promises[i]);
}

void promised_append(struct act *a, const char *response, const char *text, int64_t published_at)
{
	struct promise_finder *f = a->rc ? NULL : promise_finder_new();
	struct promise_sentence *list = NULL;
	const struct holidays *h = NULL;
	int64_t day = calendar_day_of(published_at, a->office->settings.zone);
	size_t count = 0;

	if (a->rc)
		return;
	a->rc = f ? office_holidays(a->office, &h, a->err) : err_nomem(a->err);
	if (!a->rc)
		a->rc = promise_read(f, str_of(text), day, holidays_workdays(h), a->arena, &list,
			&count, a->err);
	for (size_t i = 0; i < count; i++)
		append_sentence(a, response, (int64_t)i + 1, &list[i]);
	promise_finder_free(f);
}

/* --- taking --- */

static const struct promise_record *of_sentence(
	struct act *a, const char *response, int64_t sentence)
{
	struct promise_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = promises_of(a->db, response, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (list[i].sentence == sentence)
			return &list[i];
	}
	return NULL;
}

/* Working days are counted anew: holidays may have been listed since they were found. */
static void take_date(struct act *a, const struct promise_phrase_record *p, int64_t made_at,
	struct promised_part *out)
{
	bool workdays = strcmp(p->due_kind, "workdays") == 0;
	int days = workdays ? promise_dates_workdays(a, p->phrase) : 0;
	const char *date = days ? promise_dates_last(a, made_at, days) : p->due_date;

	if (!a->rc && out->due && strcmp(out->due, date) != 0)
		act_fail(a, ERR_USAGE,
			_("these words name %s and %s: give --due, or take each with --quote"),
			out->due, date);
	out->workdays = out->due && !out->workdays ? 0 : days;
	out->due = date;
}

void promised_take(struct act *a, const char *response, int64_t sentence, const char *quote,
	int64_t made_at, bool chosen, struct promised_part *out)
{
	const struct promise_record *found = of_sentence(a, response, sentence);
	char made_on[11];

	*out = (struct promised_part){.found = found != NULL};
	for (size_t i = 0; found && !a->rc && i < found->phrase_count; i++) {
		const struct promise_phrase_record *p = &found->phrases[i];
		if (!p->phrase || !strstr(quote, p->phrase))
			continue;
		out->phrases = out->phrases ? arena_printf(a->arena, "%s,%zu", out->phrases, i + 1)
					    : arena_printf(a->arena, "%zu", i + 1);
		if (*p->due_date && !chosen)
			take_date(a, p, made_at, out);
	}
	calendar_date_of(made_at, a->office->settings.zone, made_on);
	if (!a->rc && out->due && strcmp(out->due, made_on) < 0)
		act_fail(a, ERR_USAGE,
			_("%s, which these words name, lies before the promise was made (%s): give "
			  "--due or --undated"),
			out->due, made_on);
}

/* --- finishing --- */

void promised_need_decided(struct act *a, const char *case_id)
{
	struct promise_record *list = NULL;
	struct buf open;
	size_t count = 0;

	if (!a->rc)
		a->rc = promises_open(a->db, case_id, a->arena, &list, &count, a->err);
	if (a->rc || !count)
		return;
	buf_init(&open, ERR_TEXT_MAX / 2);
	for (size_t i = 0; i < count; i++)
		buf_addf(&open, _("%s%s sentence %lld"), i ? ", " : "", list[i].response,
			(long long)list[i].sentence);
	act_fail(a, ERR_REFUSED,
		n_("%s: %zu promise is neither taken nor refused: %s",
			"%s: %zu promises are neither taken nor refused: %s", count),
		case_id, count, open.fault ? _("see show") : buf_str(&open));
	buf_fini(&open);
}

/* --- refusing --- */

static void need_open(struct act *a, const struct response_record *r, int64_t sentence)
{
	const struct promise_record *p = of_sentence(a, r->id, sentence);

	if (a->rc)
		return;
	if (!p)
		act_fail(a, ERR_REFUSED, _("no promise was found in sentence %lld of %s"),
			(long long)sentence, r->id);
	else if (strcmp(p->state, "taken") == 0)
		act_fail(a, ERR_REFUSED, _("sentence %lld of %s is %s already"),
			(long long)sentence, r->id, p->commitment);
	else if (strcmp(p->state, "refused") == 0)
		act_fail(a, ERR_REFUSED, _("%s refused sentence %lld of %s at %s"), p->refused_name,
			(long long)sentence, r->id, act_when(a, p->refused_at));
}

enum err_code office_promise_refuse(struct office *o, const char *typed, int64_t sentence,
	const char *reason, char id[IDS_SIZE], char case_id[IDS_SIZE], struct err *e)
{
	struct response_record r;
	struct case_record c;
	struct act a;

	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("refuse a promise"), e);
	if (!a.rc && (sentence < 1 || typed_is_blank(reason)))
		act_fail(&a, ERR_USAGE, _("refusing needs --sentence N and --reason TEXT"));
	act_response(&a, typed, &r);
	if (!a.rc)
		act_case(&a, r.case_id, true, &c);
	if (!a.rc)
		act_need_open(&a, &c, false);
	need_open(&a, &r, sentence);
	if (!a.rc) {
		snprintf(id, IDS_SIZE, "%s", r.id);
		snprintf(case_id, IDS_SIZE, "%s", r.case_id);
	}
	act_event(&a);
	act_int(&a, "sentence", sentence);
	act_text(&a, "reason_text", reason);
	act_append(&a, "promise.refused/1", id);
	return act_end(&a);
}
