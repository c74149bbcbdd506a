/*
 * verb_holidays.c - `huiying holidays check` and `list`: the days off and the weekends
 * worked that limits are counted by. No ledger is needed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/zone.h"
#include "office/holidays.h"

static enum err_code load(
	const struct call *call, const char *file, struct holidays **out, struct err *e)
{
	return file ? holidays_read(file, out, e) : holidays_load(&call->home, out, e);
}

/* --- check --- */

static void put_year(struct json_writer *w, const struct holidays *h, int year)
{
	json_begin_object(w);
	json_put_int(w, "year", year);
	json_put_int(w, "working_days", holidays_count_workdays(h, year));
	json_put_str(w, "basis", holidays_basis(h, year));
	json_end_object(w);
}

static enum err_code check_json(const struct holidays *h, struct err *e)
{
	const int *years;
	size_t count = holidays_years(h, &years);
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "calendar", holidays_hash(h));
	json_key(w, "years");
	json_begin_array(w);
	for (size_t i = 0; i < count; i++)
		put_year(w, h, years[i]);
	json_end_array(w);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code check_table(const struct holidays *h, struct err *e)
{
	const int *years;
	size_t count = holidays_years(h, &years);
	static const struct table_column columns[] = {
		{N_("YEAR"), TABLE_LEFT, 0},
		{N_("WORKING DAYS"), TABLE_RIGHT, 0},
		{N_("BASIS"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	if (rc)
		return rc;
	for (size_t i = 0; i < count; i++) {
		table_cellf(t, "%d", years[i]);
		table_cellf(t, "%d", holidays_count_workdays(h, years[i]));
		table_cell(t, holidays_basis(h, years[i]));
		table_end_row(t);
	}
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code run_check(struct call *call, struct err *e)
{
	struct holidays *h = NULL;
	enum err_code rc = load(call, call->argc ? call->argv[0] : NULL, &h, e);

	if (!rc)
		rc = call->json ? check_json(h, e) : check_table(h, e);
	holidays_free(h);
	return rc;
}

const struct command command_holidays_check = {
	.verb = "holidays check",
	.args = N_("[FILE]"),
	.summary = N_("check holidays.conf: which years are listed, working days of each"),
	.help = N_("FILE is checked instead of the holidays.conf of the instance. Limits into a "
		   "year that is not listed are tentative (暂定) and reckoned again when it is "
		   "added."),
	.min_args = 0,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_check,
};

/* --- list --- */

struct day {
	int64_t day;
	enum holidays_kind kind;
	const char *name;
};

static const char *const kind_names[] = {[HOLIDAYS_PLAIN] = "",
	[HOLIDAYS_OFF] = "off",
	[HOLIDAYS_WORK] = "work",
	[HOLIDAYS_LOCAL] = "local"};

static const char *kind_words(enum holidays_kind kind)
{
	switch (kind) {
	case HOLIDAYS_OFF:
		return _("day off");
	case HOLIDAYS_WORK:
		return _("worked");
	case HOLIDAYS_LOCAL:
		return _("day off here");
	case HOLIDAYS_PLAIN:
		break;
	}
	return "";
}

static const char *weekday_words(int64_t day)
{
	static const char *const words[] = {N_("Sunday"), N_("Monday"), N_("Tuesday"),
		N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday")};

	return _(words[time_weekday(day)]);
}

static enum err_code day_json(const struct day *d, const char *date, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "date", date);
	json_put_str(w, "kind", kind_names[d->kind]);
	json_put_str(w, "name", d->name);
	return json_out_end(&out, ERR_OK, e);
}

static void day_row(struct table *t, const struct day *d, const char *date)
{
	table_cell(t, date);
	table_cell(t, weekday_words(d->day));
	table_cell(t, kind_words(d->kind));
	table_cell(t, d->name ? d->name : "");
	table_end_row(t);
}

/* Each day of the year that is not as its weekday says; t NULL: as JSON. */
static enum err_code list_days(const struct holidays *h, int year, struct table *t, struct err *e)
{
	int64_t last = time_days_from_civil(year, 12, 31);
	enum err_code rc = ERR_OK;

	for (int64_t day = time_days_from_civil(year, 1, 1); !rc && day <= last; day++) {
		struct day d = {.day = day};
		int y, month, date;
		char text[16];
		d.kind = holidays_of(h, day, &d.name);
		if (d.kind == HOLIDAYS_PLAIN)
			continue;
		time_civil_from_days(day, &y, &month, &date);
		snprintf(text, sizeof text, "%04d-%02d-%02d", y % 10000, month, date);
		if (t)
			day_row(t, &d, text);
		else
			rc = day_json(&d, text, e);
	}
	return rc;
}

static enum err_code list_table(const struct holidays *h, int year, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("DATE"), TABLE_LEFT, 0},
		{N_("DAY"), TABLE_LEFT, 0},
		{N_("IS"), TABLE_LEFT, 0},
		{N_("NAME"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	if (!rc)
		rc = list_days(h, year, t, e);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct holidays *h = NULL;
	int64_t year = 0;
	enum err_code rc;

	if (!str_to_int(str_of(call->argv[0]), 1900, 9000, &year))
		return err_set(e, ERR_USAGE, _("%s is no year"), call->argv[0]);
	rc = load(call, NULL, &h, e);
	if (!rc)
		rc = call->json ? list_days(h, (int)year, NULL, e) : list_table(h, (int)year, e);
	if (!rc && !holidays_lists(h, (int)year))
		rc = err_set(e, ERR_NO,
			_("holidays.conf has no %d: limits into it are tentative (暂定)"),
			(int)year);
	holidays_free(h);
	return rc;
}

const struct command command_holidays_list = {
	.verb = "holidays list",
	.args = N_("YEAR"),
	.summary = N_("days off and weekends worked of a year; exit 1 when it is not listed"),
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};
