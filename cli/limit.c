/*
 * limit.c - reading --limit.
 */
#include "cli/limit.h"

#include "base/i18n.h"
#include "base/str.h"

enum err_code limit_read(const struct call *call, int64_t *out, struct err *e)
{
	const char *typed = call_flag(call, "limit");

	*out = 0;
	if (typed && !str_to_int(str_of(typed), 1, LIMIT_MAX, out))
		return err_set(e, ERR_USAGE, _("--limit: “%s” is no number of rows"), typed);
	return ERR_OK;
}
