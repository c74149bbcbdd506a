/*
 * promise_dates.c - counts working days of promises, and again by another list of holidays.
 */
#include "office/promise_dates.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "ledger/commitments.h"
#include "matcher/promise.h"
#include "office/clock_reckon.h"
#include "office/holidays.h"
#include "office/tick_steps.h"

int promise_dates_workdays(struct act *a, const char *phrase)
{
	struct promise_finder *f = a->rc ? NULL : promise_finder_new();
	int days = 0;

	if (a->rc)
		return 0;
	a->rc = f ? promise_workdays(f, str_of(phrase), a->arena, &days, a->err)
		  : err_nomem(a->err);
	promise_finder_free(f);
	return days;
}

void promise_dates_reckon(struct act *a, int64_t made_at, int workdays, struct calendar_result *out)
{
	const struct clock_past past = {
		.start = made_at, .rule = {{workdays, CALENDAR_WORKING_DAYS}, CALENDAR_NO_ROLL}};

	clock_reckon(a, &past, out);
}

bool promise_dates_is_tentative(struct office *o, const struct promise_phrase_record *p)
{
	const struct str year = str_sub(str_of(p->due_date), 0, 4);
	const struct holidays *h = NULL;
	int64_t n = 0;

	if (strcmp(p->due_kind, "workdays") != 0 || !str_to_int(year, 1, 9999, &n))
		return false;
	return office_holidays(o, &h, NULL) != ERR_OK || !holidays_lists(h, (int)n);
}

static const char *date_of(struct act *a, int64_t t)
{
	char date[11];

	calendar_date_of(t, a->office->settings.zone, date);
	return arena_strdup(a->arena, date);
}

const char *promise_dates_last(struct act *a, int64_t made_at, int workdays)
{
	struct calendar_result r;
	const char *date;

	promise_dates_reckon(a, made_at, workdays, &r);
	date = a->rc ? NULL : date_of(a, r.due);
	if (!a->rc && !date)
		a->rc = err_nomem(a->err);
	return date;
}

int promise_dates_count(
	struct act *a, const char *commitment, int64_t made_at, int workdays, const char *old_date)
{
	const struct holidays *h = NULL;
	struct calendar_result r;
	const char *date;

	promise_dates_reckon(a, made_at, workdays, &r);
	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	if (a->rc)
		return 0;
	date = date_of(a, r.due);
	act_event(a);
	act_int(a, "workdays", workdays);
	act_str(a, "due_date", date);
	act_int(a, "due_at", r.due);
	act_str(a, "calendar", holidays_hash(h));
	act_int(a, "tentative", r.unlisted_year);
	if (old_date && date && strcmp(old_date, date) != 0)
		act_str(a, "old_date", old_date);
	act_append(a, "commitment.counted/1", commitment);
	return r.unlisted_year;
}

/* --- another list of holidays --- */

/* Of one that was taken before working days were on record: what its phrase names. 0 when
 * that was erased, or says something else than the date. */
static int workdays_of_phrase(struct act *a, const struct commitment_record *c)
{
	struct promise_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = promises_of(a->db, c->response, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		for (size_t k = 0; k < list[i].phrase_count; k++) {
			const struct promise_phrase_record *p = &list[i].phrases[k];
			if (p->phrase && strcmp(p->commitment, c->id) == 0 &&
				strcmp(p->due_date, c->due_date) == 0)
				return promise_dates_workdays(a, p->phrase);
		}
	}
	return 0;
}

static void count_again(struct act *a, const char *id, int64_t *done)
{
	struct commitment_record c;
	int days = 0;

	if (!a->rc)
		a->rc = commitments_get(a->db, id, a->arena, &c, a->err);
	if (!a->rc)
		days = c.workdays ? (int)c.workdays : workdays_of_phrase(a, &c);
	if (a->rc || !days)
		return;
	promise_dates_count(a, id, c.made_at, days, c.due_date);
	(*done)++;
}

void tick_promise_dates(struct act *a, int64_t *done)
{
	const struct holidays *h = NULL;
	const char **ids = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	if (!a->rc)
		a->rc = commitments_of_other_calendar(
			a->db, holidays_hash(h), a->arena, &ids, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		count_again(a, ids[i], done);
}
