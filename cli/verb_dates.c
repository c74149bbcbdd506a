/*
 * verb_dates.c - `huiying dates`: a date as sites write it in, UTC RFC 3339 out.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/output.h"
#include "crawler/date.h"

#define DEFAULT_ZONE "Asia/Shanghai"

struct date_line {
	char text[DATE_TEXT_MAX + 2];
	size_t n;
	bool too_long;
};

/* False at the end of input. A line of any length is read to its end. */
static bool read_line(FILE *in, struct date_line *l)
{
	int c = getc_unlocked(in);

	l->n = 0;
	l->too_long = false;
	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getc_unlocked(in)) {
		if (l->n + 1 >= sizeof l->text)
			l->too_long = true;
		else
			l->text[l->n++] = (char)c;
	}
	return true;
}

static enum err_code convert_lines(int64_t now, const struct time_zone *zone, struct err *e)
{
	struct date_line l;
	char text[TIME_TEXT_SIZE];
	int64_t t;

	while (read_line(stdin, &l)) {
		if (!l.too_long && date_parse(l.text, l.n, now, zone, &t))
			time_format_rfc3339(t, text);
		else
			memcpy(text, "-", 2);
		(void)puts(text);
	}
	if (ferror(stdin))
		return err_set(e, ERR_IO, _("cannot read standard input"));
	return output_flush(stdout, e);
}

static enum err_code run_dates(struct call *call, struct err *e)
{
	const char *tz = call_flag(call, "tz"), *now_option = call_flag(call, "now");
	struct time_zone *zone = NULL;
	int64_t now = time_now();
	enum err_code rc = time_zone_open(tz ? tz : DEFAULT_ZONE, &zone, e);

	if (rc) {
		(void)err_prefix(e, "--tz: ");
		return e->code = tz ? ERR_USAGE : rc;
	}
	if (now_option && !time_parse_option(now_option, zone, &now))
		rc = err_set(e, ERR_USAGE, _("--now: %s is no time"), now_option);
	else
		rc = convert_lines(now, zone, e);
	time_zone_close(zone);
	return rc;
}

static const struct command_flag flags[] = {
	{"now", "TIME", N_("the moment that relative dates count from; default: now")},
	{"tz", "ZONE", N_("the zone of times without one; default: Asia/Shanghai")},
	{NULL, NULL, NULL},
};

const struct command command_dates = {
	.verb = "dates",
	.args = N_("[--now TIME] [--tz ZONE]"),
	.summary = N_("read dates as sites write them, one a line, and write them in UTC"),
	.help = N_(
		"Reads a date a line from standard input (RFC 822, ISO 8601, 2021年6月25日 09:30, "
		"昨天 14:20, 3小时前 …) and writes it as UTC RFC 3339, or \"-\" when it is no "
		"date."),
	.flags = flags,
	.min_args = 0,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_dates,
};
