/*
 * promise_dates.h - dates of promises that name working days (10个工作日内): counted from the
 * day after publication by holidays.conf, tentative (暂定) where that lacks a year, and
 * counted again by an event when the list says otherwise (DESIGN §6.4).
 */
#ifndef OFFICE_PROMISE_DATES_H
#define OFFICE_PROMISE_DATES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/calendar.h"
#include "ledger/promises.h"
#include "office/act.h"

/* How many working days a phrase names; 0: it names none, or a day of the calendar. */
int promise_dates_workdays(struct act *a, const char *phrase);
/* The end of the last of them, by today's list. */
void promise_dates_reckon(
	struct act *a, int64_t made_at, int workdays, struct calendar_result *out);
/* The same as a date, "YYYY-MM-DD" in the arena. */
const char *promise_dates_last(struct act *a, int64_t made_at, int workdays);
/* A date found in an answer is of working days into a year that no list tells of. Also when the
 * list cannot be read: nothing bears the date out. */
bool promise_dates_is_tentative(struct office *o, const struct promise_phrase_record *p);
/* Appends commitment.counted/1. old_date: what stands there, NULL when it was just added.
 * Returns the first year that is not listed: 暂定; 0: all are. */
int promise_dates_count(
	struct act *a, const char *commitment, int64_t made_at, int workdays, const char *old_date);

#endif
