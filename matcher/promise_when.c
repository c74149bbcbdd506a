/*
 * promise_when.c - from a named period to the day it ends, or the day before it begins.
 */
#include "matcher/promise_when.h"

#include "base/time.h"
#include "matcher/festival.h"

/* First and last day. */
struct span {
	int64_t first, last;
};

static int64_t day_of(int year, int month, int day)
{
	return time_days_from_civil(year, month, day);
}

/* Months from `month` (1 …, beyond 12 in the next year), `count` of them. */
static struct span months(int year, int month, int count)
{
	int from = year * 12 + month - 1, to = from + count;

	return (struct span){
		day_of(from / 12, from % 12 + 1, 1), day_of(to / 12, to % 12 + 1, 1) - 1};
}

static struct span third(int year, int month, int index)
{
	struct span s = months(year, month, 1);

	if (index < 2)
		s.last = s.first + 10 * index + 9;
	s.first += (int64_t)10 * index;
	return s;
}

static struct span no_span(void)
{
	return (struct span){PROMISE_NO_DAY, PROMISE_NO_DAY};
}

static struct span one_day(const struct promise_when *w, int year)
{
	int month = (w->month - 1) % 12 + 1, y = year + (w->month - 1) / 12;
	int64_t day;

	if (!time_is_date(y, month, w->day))
		return no_span();
	day = day_of(y, month, w->day);
	return (struct span){day, day};
}

static struct span feast(const struct promise_when *w, int year)
{
	int64_t day;

	return festival_day((size_t)w->index, year, &day) ? (struct span){day, day} : no_span();
}

static struct span week(const struct promise_when *w, const struct promise_reckon *r)
{
	int64_t monday = r->made - (time_weekday(r->made) + 6) % 7 + (int64_t)7 * w->index;

	if (w->day)
		return (struct span){monday + w->day - 1, monday + w->day - 1};
	return (struct span){monday, monday + 6};
}

static struct span in_year(const struct promise_when *w, int year)
{
	switch (w->period) {
	case PERIOD_YEAR:
		return months(year, 1, 12);
	case PERIOD_YEAR_START:
		return months(year, 1, 3);
	case PERIOD_HALF:
		return months(year, 1 + 6 * w->index, 6);
	case PERIOD_QUARTER:
		return months(year, 1 + 3 * w->index, 3);
	case PERIOD_SEASON:
		return months(year, 3 + 3 * w->index, 3);
	case PERIOD_MONTH:
		return months(year, w->month, 1);
	case PERIOD_THIRD:
		return third(year, w->month, w->index);
	case PERIOD_DAY:
		return one_day(w, year);
	case PERIOD_FESTIVAL:
		return feast(w, year);
	case PERIOD_DAYS:
	case PERIOD_WEEK:
	case PERIOD_UNKNOWN:
		break;
	}
	return no_span();
}

static int64_t last_day(const struct promise_when *w, const struct span *s)
{
	/* 12月20日前 and 4月上旬前 include what they name. */
	bool named = w->period == PERIOD_DAY || w->period == PERIOD_THIRD ||
		     (w->period == PERIOD_WEEK && w->day) || w->period == PERIOD_DAYS;

	if (s->first == PROMISE_NO_DAY || w->after)
		return PROMISE_NO_DAY;
	return w->before && !named ? s->first - 1 : s->last;
}

static bool is_of_month(const struct promise_when *w)
{
	return w->period == PERIOD_MONTH || w->period == PERIOD_THIRD || w->period == PERIOD_DAY;
}

static struct span span_of(const struct promise_when *w, const struct promise_reckon *r)
{
	struct promise_when at = *w;
	struct span s;
	int64_t due;

	if (w->period == PERIOD_DAYS)
		return (struct span){r->made + w->index, r->made + w->index};
	if (w->period == PERIOD_WEEK)
		return week(w, r);
	if (!at.month && is_of_month(w))
		at.month = r->month;
	if (!w->month && w->period == PERIOD_DAY && !time_is_date(r->year, at.month, w->day))
		at.month++; /* 31日, and this month has none */
	s = in_year(&at, w->year ? w->year : r->year);
	due = last_day(&at, &s);
	if (w->year || due == PROMISE_NO_DAY || due >= r->made)
		return s;
	if (!w->month && at.month) /* 月初, and it is past */
		at.month++;
	return in_year(&at, w->month || !at.month ? r->year + 1 : r->year);
}

int64_t promise_when_due(const struct promise_when *w, const struct promise_reckon *r)
{
	struct span s = span_of(w, r);

	return last_day(w, &s);
}

bool promise_when_has_begun(const struct promise_when *w, const struct promise_reckon *r)
{
	return span_of(w, r).first <= r->made;
}

int64_t promise_add_months(int64_t day, int64_t amount)
{
	int y, m, d, to;
	struct span s;

	time_civil_from_days(day, &y, &m, &d);
	to = m + (int)amount;
	s = months(y, to, 1);
	return s.first + d - 1 < s.last ? s.first + d - 1 : s.last;
}
