/*
 * purge_clock.c - following the times of the record up to the clock.
 */
#include "office/purge_clock.h"

#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "office/act.h"

/* Further ahead than the record bears out. */
static bool leaps(int64_t from, int64_t to)
{
	return from < INT64_MAX - PURGE_CLOCK_STEP && to > from + PURGE_CLOCK_STEP;
}

static void follow(struct purge_clock *c, int64_t at)
{
	c->last = at;
	if (c->believed == TIME_NONE || !leaps(c->believed, at))
		c->believed = at;
}

static enum purge_doubt judge(const struct purge_clock *c, int64_t now)
{
	if (c->believed == TIME_NONE)
		return PURGE_CLOCK_GOOD;
	if (leaps(c->believed, now))
		return PURGE_CLOCK_AHEAD;
	return now < c->last - PURGE_CLOCK_BACK ? PURGE_CLOCK_BEHIND : PURGE_CLOCK_GOOD;
}

enum err_code purge_clock_judge(struct office *o, struct purge_clock *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(o->db, ST_EVENT_TIMES, DB_NO_ARGS, &q, e);

	*out = (struct purge_clock){PURGE_CLOCK_GOOD, TIME_NONE, TIME_NONE};
	while (!rc && db_next(&q))
		follow(out, db_int(&q, 0));
	rc = db_end(&q, rc, e);
	if (!rc)
		out->doubt = judge(out, office_now(o));
	return rc;
}

void purge_clock_text(const struct office *o, const struct purge_clock *c, char *out, size_t size)
{
	char now[TIME_TEXT_SIZE], then[TIME_TEXT_SIZE];
	bool ahead = c->doubt == PURGE_CLOCK_AHEAD;

	*out = '\0';
	if (c->doubt == PURGE_CLOCK_GOOD)
		return;
	time_format_local(office_now(o), o->settings.zone, now);
	time_format_local(ahead ? c->believed : c->last, o->settings.zone, then);
	snprintf(out, size,
		ahead ? _("the clock says %s, long after what the ledger records (%s): nothing "
			  "goes "
			  "for good by a clock that may be wrong; if it is right, a person says "
			  "so: "
			  "huiying purge --clock-is-right")
		      : _("the clock says %s, before the newest entry of the ledger (%s): nothing "
			  "goes for good by a clock that may be wrong; if it is right, a person "
			  "says "
			  "so: huiying purge --clock-is-right"),
		now, then);
}

enum err_code purge_clock_confirm(struct office *o, struct purge_clock *c, struct err *e)
{
	struct act a;

	if (c->doubt == PURGE_CLOCK_GOOD)
		return ERR_OK;
	act_begin(&a, o, PEOPLE_ADMIN, _("say that the clock is right"), e);
	act_event(&a);
	act_int(&a, "believed", c->believed);
	act_int(&a, "last", c->last);
	act_append(&a, "retention.clock_confirmed/1", "");
	if (!a.rc)
		c->doubt = PURGE_CLOCK_GOOD;
	return act_end(&a);
}
