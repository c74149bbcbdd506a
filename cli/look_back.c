/*
 * look_back.c - reading --since, and a trial with a progress bar.
 */
#include "cli/look_back.h"

#include "base/i18n.h"
#include "base/sig.h"
#include "base/time.h"
#include "cli/output.h"
#include "office/trial.h"

#define DAY INT64_C(86400)

enum err_code look_back_days(const struct call *call, int64_t usual, int64_t *days, struct err *e)
{
	const char *since = call_flag(call, "since");
	int64_t span = usual * DAY;

	if (since && (!time_parse_span(since, &span) || span % DAY))
		return err_set(
			e, ERR_USAGE, _("--since: “%s” is no number of days like 7d"), since);
	*days = span / DAY;
	return ERR_OK;
}

enum err_code look_back_try(const struct call *call, struct office *o, int64_t days,
	struct backtest *test, struct err *e)
{
	struct progress bar;
	struct sig sig = SIG_NONE;
	struct trial_watch watch = {&sig, progress_count, &bar};
	enum err_code rc = sig_open(&sig, e);

	progress_init(&bar, _("trying"), call->quiet);
	if (!rc)
		rc = trial_run(o, office_now(o) - days * DAY, &watch, test, e);
	progress_end(&bar);
	sig_close(&sig);
	return rc;
}
