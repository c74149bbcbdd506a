/*
 * calendar.c - limits in hours and days.
 *
 * Days are counted on the local calendar, the day of the start left out, and
 * end with the local day; hours are elapsed time, so that a clock change in
 * between neither shortens nor lengthens them.
 */
#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time_zone.h"

#define DAY 86400

static const struct {
	const char *word;
	enum calendar_unit unit;
} words[] = {
	{"hours", CALENDAR_HOURS},
	{"hour", CALENDAR_HOURS},
	{"h", CALENDAR_HOURS},
	{"小时", CALENDAR_HOURS},
	{"个小时", CALENDAR_HOURS},
	{"minutes", CALENDAR_MINUTES},
	{"minute", CALENDAR_MINUTES},
	{"min", CALENDAR_MINUTES},
	{"分钟", CALENDAR_MINUTES},
	{"days", CALENDAR_DAYS},
	{"day", CALENDAR_DAYS},
	{"d", CALENDAR_DAYS},
	{"天", CALENDAR_DAYS},
	{"日", CALENDAR_DAYS},
	{"working days", CALENDAR_WORKING_DAYS},
	{"working day", CALENDAR_WORKING_DAYS},
	{"workdays", CALENDAR_WORKING_DAYS},
	{"工作日", CALENDAR_WORKING_DAYS},
	{"个工作日", CALENDAR_WORKING_DAYS},
};

static const char *const unit_names[CALENDAR_UNITS] = {
	"hours", "minutes", "days", "working days", "year end"};

const char *calendar_unit_name(enum calendar_unit unit)
{
	return unit_names[unit];
}

bool calendar_unit_from_name(const char *name, enum calendar_unit *out)
{
	for (int i = 0; i < CALENDAR_UNITS; i++) {
		if (strcmp(name, unit_names[i]) == 0) {
			*out = (enum calendar_unit)i;
			return true;
		}
	}
	return false;
}

enum err_code calendar_parse_limit(const char *text, struct calendar_limit *out, struct err *e)
{
	struct str s = str_trim(str_of(text));
	size_t digits = 0;
	int64_t amount = 0;

	if (str_is_nocase(s, "year end") || str_is_nocase(s, "年底")) {
		*out = (struct calendar_limit){1, CALENDAR_YEAR_END};
		return ERR_OK;
	}
	while (digits < s.n && str_is_digit((unsigned char)s.p[digits]))
		digits++;
	if (digits > 0 && str_to_int(str_sub(s, 0, digits), 1, CALENDAR_AMOUNT_MAX, &amount)) {
		struct str unit = str_trim(str_sub(s, digits, s.n));
		for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
			if (!str_is_nocase(unit, words[i].word))
				continue;
			*out = (struct calendar_limit){(int)amount, words[i].unit};
			return ERR_OK;
		}
	}
	return err_set(e, ERR_CONFIG,
		_("\"%s\" is no limit; write a number from 1 to %d and hours, minutes, days or "
		  "working days, or year end"),
		text, CALENDAR_AMOUNT_MAX);
}

/* The last second of the local day. Midnight itself may be missing or come twice
 * where clocks change then, so the day ends one second before the next begins. */
static int64_t end_of_day(int64_t days, const struct time_zone *z)
{
	return time_zone_from_local(z, (days + 1) * DAY) - 1;
}

bool calendar_is_workday(const struct calendar_workdays *w, int64_t day)
{
	int weekday;

	if (w)
		return w->is_workday(w->data, day);
	weekday = time_weekday(day);
	return weekday != 0 && weekday != 6;
}

int64_t calendar_add_workdays(const struct calendar_workdays *w, int64_t day, int amount)
{
	while (amount > 0)
		amount -= calendar_is_workday(w, ++day);
	return day;
}

/* --- reckoning --- */

/* No list of holidays leaves so many days in a row without one to work on. */
#define BARREN_MAX 400

struct reckoning {
	const struct calendar *with;
	struct calendar_result *out;
};

static void note_listed(struct reckoning *r, int64_t day)
{
	const struct calendar_workdays *w = r->with->workdays;
	int month, date;

	if (!r->out->unlisted_year && w && w->is_listed && !w->is_listed(w->data, day))
		time_civil_from_days(day, &r->out->unlisted_year, &month, &date);
}

static bool works(struct reckoning *r, int64_t day)
{
	note_listed(r, day);
	return calendar_is_workday(r->with->workdays, day);
}

static bool is_paused(const struct calendar *c, int64_t day)
{
	for (size_t i = 0; i < c->pause_count; i++) {
		if (day > calendar_day_of(c->pauses[i].from, c->zone) &&
			day <= calendar_day_of(c->pauses[i].to, c->zone))
			return true;
	}
	return false;
}

static enum err_code cannot(struct err *e)
{
	return err_set(e, ERR_LIMIT, _("a limit that cannot be reckoned"));
}

/* From the day after *day on until `amount` days have counted. */
static enum err_code walk(
	struct reckoning *r, int64_t *day, int amount, bool working, struct err *e)
{
	int barren = 0;

	if (!working && !r->with->pause_count) {
		*day += amount;
		return ERR_OK;
	}
	while (amount > 0) {
		bool paused = is_paused(r->with, ++*day);
		bool off = working && !works(r, *day);
		r->out->skipped += paused || off;
		barren = off ? barren + 1 : 0;
		amount -= !paused && !off;
		if (barren > BARREN_MAX)
			return cannot(e);
	}
	return ERR_OK;
}

static enum err_code roll_on(struct reckoning *r, int64_t *day, struct err *e)
{
	int64_t from = *day;

	while (!works(r, *day)) {
		++*day;
		r->out->skipped++;
		if (*day - from > BARREN_MAX)
			return cannot(e);
	}
	return ERR_OK;
}

/* A pause before `t` puts it off by its length, which may bring the next one before it. */
static int64_t put_off(const struct calendar *c, int64_t start, int64_t t)
{
	for (size_t i = 0; i < c->pause_count; i++) {
		int64_t from = c->pauses[i].from > start ? c->pauses[i].from : start;
		if (from < t && c->pauses[i].to > from)
			t += c->pauses[i].to - from;
	}
	return t;
}

static enum err_code reckon_days(
	struct reckoning *r, int64_t start, const struct calendar_rule *rule, struct err *e)
{
	int64_t day = calendar_day_of(start, r->with->zone);
	bool working = rule->limit.unit == CALENDAR_WORKING_DAYS;
	enum err_code rc = walk(r, &day, rule->limit.amount, working, e);

	if (!rc && rule->roll == CALENDAR_NEXT_WORKDAY)
		rc = roll_on(r, &day, e);
	r->out->due = end_of_day(day, r->with->zone);
	return rc;
}

enum err_code calendar_reckon(int64_t start, const struct calendar_rule *rule,
	const struct calendar *with, struct calendar_result *out, struct err *e)
{
	struct reckoning r = {with, out};
	struct time_civil c;
	int64_t amount = rule->limit.amount;

	memset(out, 0, sizeof *out);
	time_to_civil(start, with->zone, &c);
	if (start == TIME_NONE || c.year < 0 || c.year > 9000 || amount < 1 ||
		amount > CALENDAR_AMOUNT_MAX)
		return cannot(e);
	switch (rule->limit.unit) {
	case CALENDAR_HOURS:
	case CALENDAR_MINUTES:
		amount *= rule->limit.unit == CALENDAR_HOURS ? 3600 : 60;
		out->due = put_off(with, start, start + amount);
		return ERR_OK;
	case CALENDAR_DAYS:
	case CALENDAR_WORKING_DAYS:
		return reckon_days(&r, start, rule, e);
	case CALENDAR_YEAR_END:
		out->due = end_of_day(time_days_from_civil(c.year, 12, 31), with->zone);
		return ERR_OK;
	case CALENDAR_UNITS:
		break;
	}
	return cannot(e);
}

enum err_code calendar_due(int64_t start, const struct calendar_limit *limit,
	const struct time_zone *z, int64_t *due, struct err *e)
{
	const struct calendar_rule rule = {*limit, CALENDAR_NO_ROLL};
	const struct calendar natural = {.zone = z};
	struct calendar_result r;
	enum err_code rc;

	if (limit->unit == CALENDAR_WORKING_DAYS)
		return err_set(e, ERR_CONFIG, _("working days are not allowed here"));
	rc = calendar_reckon(start, &rule, &natural, &r, e);
	*due = rc ? *due : r.due;
	return rc;
}

/* --- dates --- */

enum err_code calendar_end_of_date(
	const char *date, const struct time_zone *z, int64_t *out, struct err *e)
{
	struct time_civil c;
	int64_t midnight = 0;

	/* The text has exactly ten bytes, so the option parser can only read a date. */
	if (str_of(date).n != 10 || !time_parse_option(date, NULL, &midnight))
		return err_set(e, ERR_USAGE, _("\"%s\" is no date; write it as YYYY-MM-DD"), date);
	time_to_civil(midnight, NULL, &c);
	*out = end_of_day(time_days_from_civil(c.year, c.month, c.day), z);
	return ERR_OK;
}

void calendar_date_of(int64_t t, const struct time_zone *z, char out[11])
{
	char text[TIME_TEXT_SIZE];

	time_format_local(t, z, text);
	(void)snprintf(out, 11, "%.10s", text);
}

int64_t calendar_day_of(int64_t t, const struct time_zone *z)
{
	struct time_civil c;

	time_to_civil(t, z, &c);
	return time_days_from_civil(c.year, c.month, c.day);
}
