/*
 * show_clock.c - limits, and why each due time is what it is.
 */
#include "cli/show_clock.h"

#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/output.h"
#include "cli/when.h"
#include "cli/words.h"
#include "ledger/clock_proposals.h"
#include "office/due.h"
#include "office/due_clocks.h"

#define NAMES_MAX 4096 /* bytes of names of holidays in one line */

static const char *local(const struct office *o, int64_t t, char out[TIME_TEXT_SIZE])
{
	time_format_local(t, o->settings.zone, out);
	return out;
}

/* --- what was counted --- */

struct counted {
	int off, work; /* days passed that are none to work on; weekends worked */
	struct buf names; /* of the holidays among them, each once */
};

static void add_name(struct counted *n, const char *name)
{
	struct str have = {buf_str(&n->names), n->names.len};

	if (!name || str_find(have, name, 0) < have.n)
		return;
	buf_addf(&n->names, "%s%s", n->names.len ? "、" : "", name);
}

/* Of the days behind `from` up to `to`, both since 1970. */
static void count_days(const struct holidays *h, int64_t from, int64_t to, struct counted *n)
{
	const struct calendar_workdays *w = holidays_workdays(h);

	memset(n, 0, sizeof *n);
	buf_init(&n->names, NAMES_MAX);
	for (int64_t day = from + 1; day <= to; day++) {
		const char *name = NULL;
		enum holidays_kind kind = holidays_of(h, day, &name);
		n->off += !calendar_is_workday(w, day);
		n->work += kind == HOLIDAYS_WORK;
		if (kind != HOLIDAYS_WORK)
			add_name(n, name);
	}
}

/* `by`: the list that it was counted by. Another one cannot say why it is what it is. */
static void print_counted(const struct holidays *h, const char *by, int64_t from, int64_t to)
{
	struct counted n;

	if (strcmp(by, holidays_hash(h)) != 0) {
		output_line(stdout, "%s",
			_("  counted by another list of holidays than that of today"));
		return;
	}
	count_days(h, from, to, &n);
	if (n.names.len)
		output_line(stdout,
			n_("  counted: %d day off passed (%s)",
				"  counted: %d days off passed (%s)", (unsigned long)n.off),
			n.off, buf_str(&n.names));
	else
		output_line(stdout,
			n_("  counted: %d day off passed", "  counted: %d days off passed",
				(unsigned long)n.off),
			n.off);
	if (n.work)
		output_line(stdout,
			n_("  counted: %d day at a weekend is worked (调休)",
				"  counted: %d days at weekends are worked (调休)",
				(unsigned long)n.work),
			n.work);
	buf_fini(&n.names);
}

/* What the list of holidays did to it, when that one mattered. */
static enum err_code print_calendar(struct office *o, const struct clock_record *c, struct err *e)
{
	const struct holidays *h = NULL;
	const struct time_zone *z = o->settings.zone;
	enum err_code rc;

	if (!*c->calendar)
		return ERR_OK;
	rc = office_holidays(o, &h, e);
	if (rc)
		return rc;
	if (strcmp(c->unit, calendar_unit_name(CALENDAR_WORKING_DAYS)) == 0)
		print_counted(h, c->calendar, calendar_day_of(c->start_at, z),
			calendar_day_of(c->due_at, z));
	if (c->tentative && strcmp(c->state, "running") == 0)
		output_line(stdout,
			_("  暂定: the holidays of %lld are not listed yet; it is reckoned again "
			  "when they are"),
			(long long)c->tentative);
	return ERR_OK;
}

/* --- what happened to it --- */

static void add_change(const struct office *o, const struct clock_change *x, struct buf *b)
{
	const char *why = words_or_erased(x->reason);
	char at[TIME_TEXT_SIZE], before[TIME_TEXT_SIZE], after[TIME_TEXT_SIZE];

	local(o, x->at, at);
	local(o, x->due_before, before);
	local(o, x->due_after, after);
	if (strcmp(x->what, "paused") == 0)
		buf_addf(b, _("%s stands still: %s is asked (%s)"), at, why, x->by_name);
	else if (strcmp(x->what, "resumed") == 0)
		buf_addf(b, _("%s runs on: due %s instead of %s"), at, after, before);
	else if (strcmp(x->what, "extended") == 0)
		buf_addf(b, _("%s extended by %lld %s (%s): %s; due %s instead of %s"), at,
			(long long)x->amount, words_of("unit", x->unit), x->by_name, why, after,
			before);
	else if (strcmp(x->what, "recomputed") == 0)
		buf_addf(b, _("%s reckoned again by other holidays: due %s instead of %s"), at,
			after, before);
	else if (strcmp(x->what, "unmet") == 0)
		buf_addf(b, _("%s the acceptance that had met it was taken back (%s): %s"), at,
			x->by_name, why);
	else
		buf_addf(b, _("%s ended (%s)"), at, x->by_name);
}

static enum err_code print_changes(
	const struct show *s, const struct clock_record *c, struct err *e)
{
	struct clock_change *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_changes(s->office->db, c->seq, s->arena, &list, &count, e);
	char text[TIME_TEXT_SIZE];
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; !rc && i < count; i++) {
		buf_clear(&b);
		add_change(s->office, &list[i], &b);
		output_line(stdout, "  %s", buf_str(&b));
	}
	if (!rc && c->first_due_at != c->due_at)
		output_line(stdout, _("  first due %s"), local(s->office, c->first_due_at, text));
	rc = rc ? rc : buf_check(&b, N_("a limit"), e);
	buf_fini(&b);
	return rc;
}

/* --- one clock --- */

/* "instruction 2 (市人社局)". */
static void add_name_of(const struct clock_record *c, struct buf *b)
{
	buf_add_str(b, words_of("clock", c->clock));
	if (*c->ref)
		buf_addf(b, " %s", c->ref);
	if (*c->who)
		buf_addf(b, " (%s)", c->who);
}

/* A clock that nothing waits for any more, since its case or promise was done with before it
 * was met: no state of the record, it follows from that of the subject. */
#define STOPPED "stopped"

static enum err_code stop_if_over(
	const struct show *s, const struct clock_record *c, struct clock_record *out, struct err *e)
{
	struct due_clock of;
	enum err_code rc;

	*out = *c;
	if (strcmp(c->state, "running") != 0 && strcmp(c->state, "paused") != 0)
		return ERR_OK;
	rc = due_clock_of(s->office->db, c, office_now(s->office), s->arena, &of, e);
	if (rc || of.live)
		return rc;
	out->state = STOPPED;
	out->met_at = of.over_at;
	return ERR_OK;
}

static void print_stopped(
	const struct office *o, const struct clock_record *c, const char *name, const char *due)
{
	char at[TIME_TEXT_SIZE];

	bool right = strcmp(c->clock, deadline_clock_name(DEADLINE_RETURN)) == 0;

	if (c->met_at == TIME_NONE || right)
		output_line(stdout, _("%s due %s (waits for nothing any more)"), name, due);
	else if (clocks_is_late(c, 0))
		output_line(stdout, _("%s due %s, missed: not done when it stopped at %s"), name,
			due, local(o, c->met_at, at));
	else
		output_line(stdout, _("%s due %s, stopped at %s before it was over"), name, due,
			local(o, c->met_at, at));
}

/* Giving a case back is a right: when its time is over nobody is late. */
static bool is_right_over(const struct office *o, const struct clock_record *c)
{
	return strcmp(c->clock, deadline_clock_name(DEADLINE_RETURN)) == 0 &&
	       strcmp(c->state, "running") == 0 && c->due_at < office_now(o);
}

static void print_state(const struct office *o, const struct clock_record *c, const char *name)
{
	char due[TIME_TEXT_SIZE], met[TIME_TEXT_SIZE], left[WHEN_SIZE];

	local(o, c->due_at, due);
	when_format_due(c->due_at, office_now(o), left);
	if (strcmp(c->state, "replaced") == 0)
		output_line(stdout,
			strcmp(c->clock, "undated") == 0
				? _("%s due %s (replaced by a later date)")
				: _("%s due %s (replaced by a later grade or category)"),
			name, due);
	else if (strcmp(c->state, "void") == 0 || is_right_over(o, c))
		output_line(stdout, _("%s due %s (waits for nothing any more)"), name, due);
	else if (strcmp(c->state, "met") == 0)
		output_line(stdout, _("%s due %s, met %s by %s%s"), name, due,
			local(o, c->met_at, met), c->met_by,
			clocks_is_late(c, 0) ? _(" - late") : "");
	else if (strcmp(c->state, STOPPED) == 0)
		print_stopped(o, c, name, due);
	else if (strcmp(c->state, "paused") == 0)
		output_line(stdout, _("%s stands still since %s: a third party is asked"), name,
			local(o, c->paused_at, met));
	else
		output_line(stdout, _("%s due %s%s, %s"), name, due, due_mark(c->tentative), left);
}

static void print_rule(const struct office *o, const struct clock_record *c)
{
	char start[TIME_TEXT_SIZE];

	local(o, c->start_at, start);
	if (strcmp(c->unit, calendar_unit_name(CALENDAR_YEAR_END)) == 0)
		output_line(stdout, _("  rule %s: the end of the year of %s (%s)"), c->rule, start,
			words_of("start", c->start_event));
	else
		output_line(stdout, _("  rule %s: %lld %s from %s (%s)"), c->rule,
			(long long)c->amount, words_of("unit", c->unit), start,
			words_of("start", c->start_event));
	if (strcmp(c->roll, "none") != 0)
		output_line(stdout, "%s",
			_("  a last day that is off rolls on to the next working day"));
	output_line(stdout, _("  basis: %s"), c->basis);
}

static enum err_code print_why(const struct show *s, const struct clock_record *c, struct err *e)
{
	char shown[TIME_TEXT_SIZE];
	enum err_code rc;

	print_rule(s->office, c);
	rc = print_calendar(s->office, c, e);
	if (rc)
		return rc;
	if (c->shown_from_published != TIME_NONE)
		output_line(stdout, _("  counted from publication it would be %s"),
			local(s->office, c->shown_from_published, shown));
	rc = print_changes(s, c, e);
	if (!rc)
		output_line(stdout, _("  set by event %lld"), (long long)c->seq);
	return rc;
}

/* What waits of this limit; NULL: nothing. */
static enum err_code proposal_of(const struct show *s, const struct clock_record *c,
	const struct clock_proposal **out, struct err *e)
{
	struct clock_proposal *list = NULL;
	size_t count = 0;
	enum err_code rc = ERR_OK;

	*out = NULL;
	if (c->extension_amount)
		rc = clock_proposals_of(s->office->db, c->subject, s->arena, &list, &count, e);
	for (size_t i = 0; !rc && i < count; i++)
		if (list[i].clock == c->seq)
			*out = &list[i];
	return rc;
}

static enum err_code print_proposal(
	const struct show *s, const struct clock_record *c, struct err *e)
{
	const struct clock_proposal *p;
	char at[TIME_TEXT_SIZE];
	enum err_code rc = proposal_of(s, c, &p, e);

	if (!rc && p)
		output_line(stdout,
			_("  an extension by %lld %s waits to be approved, proposed by %s at %s: "
			  "%s"),
			(long long)p->amount, words_of("unit", p->unit), p->by_name,
			local(s->office, p->at, at), words_or_erased(p->reason));
	return rc;
}

enum err_code show_clock(const struct show *s, const struct clock_record *clock, struct err *e)
{
	struct clock_record c;
	struct buf name;
	enum err_code rc = stop_if_over(s, clock, &c, e);

	buf_init(&name, BUF_MAX_DEFAULT);
	add_name_of(clock, &name);
	if (!rc)
		rc = buf_check(&name, N_("a limit"), e);
	if (!rc)
		print_state(s->office, &c, buf_str(&name));
	buf_fini(&name);
	if (!rc)
		rc = print_proposal(s, clock, e);
	return rc || !s->why ? rc : print_why(s, &c, e);
}

/* --- JSON --- */

static const char *or_null(const char *s)
{
	return s && *s ? s : NULL;
}

static void put_change(struct json_writer *w, const struct clock_change *x)
{
	json_begin_object(w);
	json_put_time(w, "at", x->at);
	json_put_str(w, "what", x->what);
	json_put_time(w, "due_before", x->due_before);
	json_put_time(w, "due", x->due_after);
	if (x->amount) {
		json_put_int(w, "amount", x->amount);
		json_put_str(w, "unit", x->unit);
	}
	json_put_str(w, "by", x->by_name);
	json_put_str(w, "reason", or_null(x->reason));
	json_put_int(w, "event", x->seq);
	json_end_object(w);
}

static enum err_code put_changes(
	const struct show *s, struct json_writer *w, const struct clock_record *c, struct err *e)
{
	struct clock_change *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_changes(s->office->db, c->seq, s->arena, &list, &count, e);

	json_key(w, "changes");
	json_begin_array(w);
	for (size_t i = 0; i < count; i++)
		put_change(w, &list[i]);
	json_end_array(w);
	return rc;
}

static enum err_code put_proposal(
	const struct show *s, struct json_writer *w, const struct clock_record *c, struct err *e)
{
	const struct clock_proposal *p;
	enum err_code rc = proposal_of(s, c, &p, e);

	if (rc || !p)
		return rc;
	json_key(w, "proposed");
	json_begin_object(w);
	json_put_int(w, "amount", p->amount);
	json_put_str(w, "unit", p->unit);
	json_put_str(w, "by", p->by_name);
	json_put_time(w, "at", p->at);
	json_put_str(w, "reason", p->reason);
	json_end_object(w);
	return ERR_OK;
}

static enum err_code put_clock(const struct show *s, struct json_writer *w,
	const struct clock_record *clock, struct err *e)
{
	struct clock_record now;
	const struct clock_record *c = &now;
	enum err_code rc = stop_if_over(s, clock, &now, e);
	bool stopped = strcmp(c->state, STOPPED) == 0;

	json_begin_object(w);
	json_put_str(w, "clock", c->clock);
	json_put_str(w, "state", c->state);
	json_put_time(w, "due", c->due_at);
	json_put_bool(w, "late",
		!is_right_over(s->office, c) && clocks_is_late(c, office_now(s->office)));
	json_put_time(w, "met", stopped ? TIME_NONE : c->met_at);
	json_put_time(w, "stopped", stopped ? c->met_at : TIME_NONE);
	json_put_str(w, "met_by", or_null(c->met_by));
	json_put_str(w, "who", or_null(c->who));
	json_put_str(w, "ref", or_null(c->ref));
	json_put_str(w, "rule", c->rule);
	json_put_int(w, "amount", c->amount);
	json_put_str(w, "unit", c->unit);
	json_put_str(w, "roll", c->roll);
	json_put_str(w, "start_event", c->start_event);
	json_put_time(w, "start", c->start_at);
	json_put_time(w, "first_due", c->first_due_at);
	json_put_time(w, "due_from_published", c->shown_from_published);
	json_put_bool(w, "tentative", c->tentative != 0);
	json_put_str(w, "calendar", or_null(c->calendar));
	json_put_time(w, "paused", c->paused_at);
	json_put_str(w, "basis", c->basis);
	json_put_int(w, "event", c->seq);
	if (!rc)
		rc = put_proposal(s, w, clock, e);
	if (!rc)
		rc = put_changes(s, w, c, e);
	json_end_object(w);
	return rc;
}

enum err_code show_clock_put_list(const struct show *s, struct json_writer *w,
	const struct clock_record *list, size_t count, struct err *e)
{
	enum err_code rc = ERR_OK;

	json_key(w, "clocks");
	json_begin_array(w);
	for (size_t i = 0; !rc && i < count; i++)
		rc = put_clock(s, w, &list[i], e);
	json_end_array(w);
	return rc;
}

/* --- promises --- */

/* The phrase of the answer that named this date; NULL: a person gave it. */
static const struct promise_phrase_record *phrase_of(
	const struct promise_record *list, size_t count, const struct commitment_record *c)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < list[i].phrase_count; k++) {
			const struct promise_phrase_record *p = &list[i].phrases[k];
			if (strcmp(p->commitment, c->id) != 0)
				continue;
			if (c->workdays ? strcmp(p->due_kind, "workdays") == 0
					: strcmp(p->due_date, c->due_date) == 0)
				return p;
		}
	}
	return NULL;
}

static enum err_code print_redated(
	const struct show *s, const struct commitment_record *c, struct err *e)
{
	struct commitment_date *list = NULL;
	size_t count = 0;
	char at[TIME_TEXT_SIZE];
	enum err_code rc = commitments_dates(s->office->db, c->id, s->arena, &list, &count, e);

	for (size_t i = 0; !rc && i < count; i++)
		output_line(stdout,
			_("  %s reckoned again by other holidays: due %s instead of %s"),
			local(s->office, list[i].at, at), list[i].new_date, list[i].old_date);
	return rc;
}

static enum err_code print_workdays(
	const struct show *s, const struct commitment_record *c, struct err *e)
{
	const struct time_zone *z = s->office->settings.zone;
	const struct holidays *h = NULL;
	enum err_code rc = office_holidays(s->office, &h, e);

	if (rc)
		return rc;
	output_line(stdout,
		n_("  %lld working day from the day after publication",
			"  %lld working days from the day after publication",
			(unsigned long)c->workdays),
		(long long)c->workdays);
	print_counted(
		h, c->calendar, calendar_day_of(c->made_at, z), calendar_day_of(c->due_at, z));
	if (c->tentative)
		output_line(stdout,
			_("  暂定: the holidays of %lld are not listed yet; it is reckoned again "
			  "when they are"),
			(long long)c->tentative);
	return print_redated(s, c, e);
}

static enum err_code print_phrase(const struct show *s, const struct commitment_record *c,
	const struct promise_phrase_record *p, struct err *e)
{
	char made[11];

	calendar_date_of(c->made_at, s->office->settings.zone, made);
	output_line(stdout, _("  due as the answer says: “%s”, published on %s"),
		words_or_erased(p->phrase), made);
	return c->workdays ? print_workdays(s, c, e) : ERR_OK;
}

enum err_code show_clock_promise(
	const struct show *s, const struct commitment_record *c, struct err *e)
{
	struct promise_record *list = NULL;
	const struct promise_phrase_record *p;
	size_t count = 0;
	enum err_code rc = promises_of(s->office->db, c->response, s->arena, &list, &count, e);

	p = rc ? NULL : phrase_of(list, count, c);
	if (p)
		rc = print_phrase(s, c, p, e);
	else if (!rc)
		output_line(stdout, "%s", _("  due as a person gave it"));
	if (!rc)
		output_line(stdout, _("  at the end of that day, in %s; promises never roll on"),
			time_zone_name(s->office->settings.zone));
	return rc;
}

/* --- alerts --- */

enum err_code show_clock_review(struct office *o, const struct alert *a, struct err *e)
{
	struct str rest = str_of(a->review_rule), name = str_split(&rest, ' ');
	const struct deadline *d = NULL;
	const struct deadlines *all = NULL;
	char raised[TIME_TEXT_SIZE];
	enum err_code rc = office_deadlines(o, &all, e);

	for (size_t i = 0; !rc && i < deadlines_count(all); i++)
		if (str_is(name, deadlines_at(all, i)->rule))
			d = deadlines_at(all, i);
	if (rc)
		return rc;
	output_line(stdout, _("  the review runs from %s (raised), by night and on days off too"),
		local(o, a->raised_at, raised));
	if (d)
		output_line(stdout, _("  basis: %s"), d->basis);
	else
		output_line(stdout, "%s", _("  the rule is no longer in deadlines.conf"));
	return ERR_OK;
}
