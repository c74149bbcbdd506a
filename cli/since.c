/*
 * since.c - reading --since.
 */
#include "cli/since.h"

#include "base/i18n.h"
#include "base/time.h"

enum err_code since_read(
	const struct call *call, const struct office *o, int64_t *out, struct err *e)
{
	const char *typed = call_flag(call, "since");
	int64_t span;

	*out = TIME_NONE;
	if (!typed)
		return ERR_OK;
	if (time_parse_span(typed, &span))
		*out = office_now(o) - span;
	else if (!time_parse_option(typed, o->settings.zone, out))
		return err_set(e, ERR_USAGE,
			_("--since: “%s” is no time like 2h, 7d or “2026-09-30 14:20”"), typed);
	return ERR_OK;
}
