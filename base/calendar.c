/*
 * calendar.c - limits in hours and days.
 *
 * Days are counted on the local calendar, the day of the start left out, and
 * end with the local day; hours are elapsed time, so that a clock change in
 * between neither shortens nor lengthens them.
 */
#include "base/calendar.h"

#include <stdio.h>

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

enum err_code calendar_parse_limit(const char *text, struct calendar_limit *out, struct err *e)
{
	struct str s = str_trim(str_of(text));
	size_t digits = 0;
	int64_t amount = 0;

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
		  "working days"),
		text, CALENDAR_AMOUNT_MAX);
}

/* The last second of the local day. Midnight itself may be missing or come twice
 * where clocks change then, so the day ends one second before the next begins. */
static int64_t end_of_day(int64_t days, const struct time_zone *z)
{
	return time_zone_from_local(z, (days + 1) * DAY) - 1;
}

enum err_code calendar_due(int64_t start, const struct calendar_limit *limit,
	const struct time_zone *z, int64_t *due, struct err *e)
{
	struct time_civil c;

	time_to_civil(start, z, &c);
	if (start == TIME_NONE || c.year < 0 || c.year > 9000 || limit->amount < 1 ||
		limit->amount > CALENDAR_AMOUNT_MAX)
		return err_set(e, ERR_LIMIT, _("a limit that cannot be reckoned"));
	switch (limit->unit) {
	case CALENDAR_HOURS:
		*due = start + (int64_t)limit->amount * 3600;
		return ERR_OK;
	case CALENDAR_MINUTES:
		*due = start + (int64_t)limit->amount * 60;
		return ERR_OK;
	case CALENDAR_DAYS:
		*due = end_of_day(time_days_from_civil(c.year, c.month, c.day) + limit->amount, z);
		return ERR_OK;
	case CALENDAR_WORKING_DAYS:
		break;
	}
	return err_set(e, ERR_CONFIG, _("limits in working days are not supported yet"));
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
