/*
 * status_calendar.c - what `huiying status` says about time: listed years, tentative limits,
 * a clock that was set back.
 */
#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/status_parts.h"
#include "ledger/clocks.h"
#include "ledger/commitments.h"
#include "ledger/events.h"
#include "ledger/orders.h"

#define SET_BACK 60 /* seconds before the last event that are no matter */

static void judge_years(struct status_part *p, const struct holidays *h,
	const struct procedure *rules, int64_t tentative)
{
	struct time_civil c;
	int missing;

	time_to_civil(office_now(p->office), p->office->settings.zone, &c);
	missing = holidays_lists(h, c.year) ? c.year + 1 : c.year;
	if (missing > c.year &&
		(c.month < rules->listed_month ||
			(c.month == rules->listed_month && c.day < rules->listed_day)))
		return;
	if (holidays_lists(h, missing))
		return;
	buf_addf(p->wrong,
		_("holidays.conf has no %d: add the State Council's notice; limits in working days "
		  "beyond %d-12-31 are tentative (暂定), %lld now\n"),
		missing, missing - 1, (long long)tentative);
}

static void judge_clock(struct status_part *p, int64_t last)
{
	char at[TIME_TEXT_SIZE];

	if (last == TIME_NONE || last <= office_now(p->office) + SET_BACK)
		return;
	time_format_local(last, p->office->settings.zone, at);
	buf_addf(p->wrong, _("the clock was set back: last event %s; check the server's time\n"),
		at);
}

static enum err_code tell_years(
	struct status_part *p, const struct holidays *h, int64_t tentative, struct err *e)
{
	struct buf years;
	enum err_code rc;

	buf_init(&years, BUF_MAX_DEFAULT);
	holidays_add_years(&years, h);
	if (tentative)
		buf_addf(p->told,
			n_("calendar  %s, %lld limit tentative (暂定)\n",
				"calendar  %s, %lld limits tentative (暂定)\n",
				(unsigned long)tentative),
			buf_str(&years), (long long)tentative);
	else
		buf_addf(p->told, _("calendar  %s\n"), buf_str(&years));
	rc = buf_check(&years, HOLIDAYS_FILE, e);
	buf_fini(&years);
	return rc;
}

/* Of cases and tasks, of promises, of orders. */
static enum err_code count_tentative(struct db *db, int64_t *sum, struct err *e)
{
	static enum err_code (*const counts[])(struct db *, int64_t *, struct err *) = {
		clocks_count_tentative, commitments_count_tentative, orders_count_tentative};
	enum err_code rc = ERR_OK;

	*sum = 0;
	for (size_t i = 0; !rc && i < sizeof counts / sizeof *counts; i++) {
		int64_t n = 0;
		rc = counts[i](db, &n, e);
		*sum += n;
	}
	return rc;
}

enum err_code status_calendar(struct status_part *p, struct err *e)
{
	const struct holidays *h = NULL;
	const struct procedure *rules = NULL;
	int64_t tentative = 0, last = TIME_NONE;
	enum err_code rc = office_holidays(p->office, &h, e);

	if (!rc)
		rc = office_procedure(p->office, &rules, e);
	if (!rc)
		rc = count_tentative(p->office->db, &tentative, e);
	if (!rc)
		rc = events_last_at(p->office->db, &last, e);
	if (rc)
		return rc;
	rc = tell_years(p, h, tentative, e);
	judge_years(p, h, rules, tentative);
	judge_clock(p, last);
	return rc;
}
