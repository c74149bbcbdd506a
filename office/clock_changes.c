/*
 * clock_changes.c - clocks that end, stand still, run on, are extended or reckoned again.
 */
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/case_talk.h"
#include "ledger/texts.h"
#include "office/clock_reckon.h"
#include "office/clock_rules.h"
#include "office/tick_steps.h"
#include "office/typed.h"

static void read_clocks(
	struct act *a, const char *subject, struct clock_record **list, size_t *count)
{
	*count = 0;
	if (!a->rc)
		a->rc = clocks_of(a->db, subject, a->arena, list, count, a->err);
}

static bool is_running(const struct clock_record *c)
{
	return strcmp(c->state, "running") == 0;
}

static bool is_paused(const struct clock_record *c)
{
	return strcmp(c->state, "paused") == 0;
}

/* --- ending --- */

void clock_rules_end(struct act *a, const char *subject, enum deadline_clock clock, const char *who,
	const char *ref, const char *how, int64_t at, const char *by)
{
	struct clock_record *list = NULL;
	size_t count;

	read_clocks(a, subject, &list, &count);
	for (size_t i = 0; !a->rc && i < count; i++) {
		const struct clock_record *c = &list[i];
		if (strcmp(c->clock, deadline_clock_name(clock)) != 0 ||
			(!is_running(c) && !is_paused(c)) || (who && strcmp(who, c->who) != 0) ||
			(ref && strcmp(ref, c->ref) != 0))
			continue;
		act_event(a);
		act_int(a, "clock", c->seq);
		act_str(a, "how", how);
		act_int(a, "at", at);
		act_str(a, "by", by);
		act_append(a, "clock.ended/1", subject);
	}
}

/* --- reckoning one again --- */

static void rule_of(struct act *a, const struct clock_record *c, struct calendar_rule *out)
{
	out->limit.amount = (int)c->amount;
	out->roll = strcmp(c->roll, "next-workday") == 0 ? CALENDAR_NEXT_WORKDAY : CALENDAR_NO_ROLL;
	if (!calendar_unit_from_name(c->unit, &out->limit.unit))
		act_fail(a, ERR_INTEGRITY, _("clock %lld has the unit “%s”"), (long long)c->seq,
			c->unit);
}

struct history {
	struct calendar_pause *pauses;
	struct calendar_limit *extensions;
	size_t pause_count, extension_count;
	int64_t until; /* a pause that nobody ended */
	bool unmet; /* an acceptance that had met it was taken back */
};

static void add_change(struct act *a, struct history *h, const struct clock_change *x)
{
	struct calendar_limit *more = &h->extensions[h->extension_count];

	if (strcmp(x->what, "paused") == 0) {
		h->pauses[h->pause_count++] = (struct calendar_pause){x->at, h->until};
	} else if (strcmp(x->what, "resumed") == 0 && h->pause_count) {
		h->pauses[h->pause_count - 1].to = x->at;
	} else if (strcmp(x->what, "extended") == 0) {
		more->amount = (int)x->amount;
		if (!calendar_unit_from_name(x->unit, &more->unit))
			act_fail(a, ERR_INTEGRITY, _("event %lld has the unit “%s”"),
				(long long)x->seq, x->unit);
		h->extension_count++;
	} else if (strcmp(x->what, "unmet") == 0) {
		h->unmet = true;
	}
}

/* h->until is set. */
static void read_history(struct act *a, const struct clock_record *c, struct history *h)
{
	struct clock_change *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = clocks_changes(a->db, c->seq, a->arena, &list, &count, a->err);
	if (a->rc)
		return;
	/* One more of each than there are: what is proposed comes behind them. */
	h->pauses = arena_array(a->arena, count + 1, sizeof *h->pauses);
	h->extensions = arena_array(a->arena, count + 1, sizeof *h->extensions);
	if (!h->pauses || !h->extensions) {
		a->rc = err_nomem(a->err);
		return;
	}
	for (size_t i = 0; i < count; i++)
		add_change(a, h, &list[i]);
}

/* As it would fall due if it ran on since `on`, with `more` (NULL: none) behind what there is. */
static void reckon_on(struct act *a, const struct clock_record *c, int64_t on,
	const struct calendar_limit *more, struct calendar_rule *rule, struct calendar_result *out)
{
	struct history h = {.until = on};

	read_history(a, c, &h);
	if (a->rc)
		return;
	if (more)
		h.extensions[h.extension_count++] = *more;
	rule_of(a, c, rule);
	clock_reckon(a,
		&(struct clock_past){.start = c->start_at,
			.rule = *rule,
			.pauses = h.pauses,
			.pause_count = h.pause_count,
			.extensions = h.extensions,
			.extension_count = h.extension_count},
		out);
}

static void reckon_again(struct act *a, const struct clock_record *c,
	const struct calendar_limit *more, struct calendar_rule *rule, struct calendar_result *out)
{
	reckon_on(a, c, a->now, more, rule, out);
}

/* --- a third party is asked --- */

void clock_rules_pause(
	struct act *a, const char *subject, const char *third_party, int64_t *stopped)
{
	struct clock_record *list = NULL;
	size_t count;

	read_clocks(a, subject, &list, &count);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (!is_running(&list[i]) || !list[i].pauses || list[i].due_at < a->now)
			continue;
		act_event(a);
		act_int(a, "clock", list[i].seq);
		act_text(a, "third_party_text", third_party);
		act_append(a, "clock.paused/1", subject);
		if (stopped)
			(*stopped)++;
	}
}

/* The moment at which the third party's own time was over, when that was before `at`. */
static int64_t end_of_asking(
	const struct act *a, const struct clock_record *list, size_t count, int64_t at)
{
	for (size_t i = 0; !a->rc && i < count; i++)
		if (strcmp(list[i].clock, deadline_clock_name(DEADLINE_CONSULT)) == 0 &&
			is_running(&list[i]) && list[i].due_at < at)
			at = list[i].due_at;
	return at;
}

static void resume_one(struct act *a, const struct clock_record *c, int64_t at)
{
	struct calendar_rule rule = {0};
	struct calendar_result due;

	at = at < c->paused_at ? c->paused_at : at;
	reckon_on(a, c, at, NULL, &rule, &due);
	act_event(a);
	act_int(a, "clock", c->seq);
	act_int(a, "at", at);
	clock_put_due(a, c->start_at, &rule, &due);
	act_append(a, "clock.resumed/2", c->subject);
}

void clock_rules_resume(struct act *a, const char *subject, int64_t at, int64_t *going)
{
	struct clock_record *list = NULL;
	size_t count;

	read_clocks(a, subject, &list, &count);
	at = end_of_asking(a, list, count, at);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (!is_paused(&list[i]))
			continue;
		resume_one(a, &list[i], at);
		if (going)
			(*going)++;
	}
}

void clock_rules_resume_answered(struct act *a, const char *subject, bool press, int64_t at)
{
	struct clock_record *list = NULL;
	size_t count;

	read_clocks(a, subject, &list, &count);
	at = end_of_asking(a, list, count, at);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (is_paused(&list[i]) && clocks_is_met_by(list[i].clock, press))
			resume_one(a, &list[i], at);
}

void tick_questions(struct act *a, int64_t *done)
{
	const char **list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = clocks_asked_in_vain(a->db, a->now, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		clock_rules_resume(a, list[i], a->now, done);
}

/* --- extending --- */

/* "order", "request", "GK1": the clock, its rule, which of several. */
static bool is_named(const struct clock_record *c, const char *name)
{
	return strcmp(c->clock, name) == 0 || strcmp(c->rule, name) == 0 ||
	       (*c->ref && strcmp(c->ref, name) == 0);
}

static void refuse_two(
	struct act *a, const struct clock_record *x, const struct clock_record *y, const char *name)
{
	act_fail(a, ERR_USAGE, _("%s has several limits “%s”: say which, --clock %s or --clock %s"),
		x->subject, name, *x->ref ? x->ref : x->rule, *y->ref ? y->ref : y->rule);
}

/* The one of that name; of several the one that runs, where no other does. */
static const struct clock_record *find_clock(struct act *a, const char *subject, const char *name)
{
	struct clock_record *list = NULL;
	const struct clock_record *found = NULL;
	size_t count;

	read_clocks(a, subject, &list, &count);
	for (size_t i = 0; !a->rc && i < count; i++) {
		const struct clock_record *c = &list[i];
		if (strcmp(c->state, "replaced") == 0 || !is_named(c, name))
			continue;
		if (found && is_running(found) && is_running(c))
			refuse_two(a, found, c, name);
		if (!found || is_running(c) || !is_running(found))
			found = c;
	}
	if (!a->rc && !found)
		act_fail(a, ERR_REFUSED, _("%s has no limit “%s”"), subject, name);
	return found;
}

static void need_extendable(
	struct act *a, const struct clock_record *c, const struct calendar_limit *by)
{
	if (!a->rc && !is_running(c))
		act_fail(a, ERR_REFUSED, _("the limit %s of %s does not run"), c->rule, c->subject);
	if (!a->rc && !c->extension_amount)
		act_fail(a, ERR_REFUSED, _("the rule %s allows no extension (%s)"), c->rule,
			c->basis);
	if (!a->rc && c->extended)
		act_fail(a, ERR_REFUSED, _("the limit %s of %s was extended already: once only"),
			c->rule, c->subject);
	if (!a->rc && c->due_at < a->now)
		act_fail(a, ERR_REFUSED,
			_("the limit %s of %s passed at %s: it can no longer be extended"), c->rule,
			c->subject, act_when(a, c->due_at));
	if (!a->rc && (strcmp(calendar_unit_name(by->unit), c->extension_unit) != 0 ||
			      by->amount > c->extension_amount))
		act_fail(a, ERR_REFUSED, _("the rule %s allows an extension by up to %lld %s"),
			c->rule, (long long)c->extension_amount, _(c->extension_unit));
}

/* A rule's extension, in its unit, as far as it goes. */
static void read_more(struct act *a, const char *by, struct calendar_limit *more)
{
	struct err why = {ERR_OK, ""};

	if (!a->rc && calendar_parse_limit(by, more, &why) != ERR_OK)
		act_fail(a, ERR_USAGE, "--by: %s", why.text);
}

/* *due: what it would be, or is, with the extension behind it. */
static void append_extension(struct act *a, const struct clock_record *c, const char *kind,
	const struct calendar_limit *more, const char *reason_digest, struct calendar_result *due)
{
	struct calendar_rule rule = {0};

	need_extendable(a, c, more);
	reckon_again(a, c, more, &rule, due);
	act_event(a);
	act_int(a, "clock", c->seq);
	act_int(a, "amount", more->amount);
	act_str(a, "unit", calendar_unit_name(more->unit));
	if (strcmp(kind, "clock.extended/1") == 0)
		clock_put_due(a, c->start_at, &rule, due);
	act_str(a, "reason_text", reason_digest);
	act_append(a, kind, c->subject);
}

static void keep_text(struct act *a, const char *words, char digest[HASH_HEX_SIZE])
{
	*digest = '\0';
	if (!a->rc)
		a->rc = texts_put(a->db, words, strlen(words), digest, a->err);
}

const struct clock_record *clock_rules_propose_extension(struct act *a, const char *subject,
	const char *clock, const char *by, const char *reason, struct calendar_result *due)
{
	char digest[HASH_HEX_SIZE] = "";
	const struct clock_record *c;
	struct calendar_limit more = {0};

	if (!a->rc && (typed_is_blank(clock) || typed_is_blank(by) || typed_is_blank(reason)))
		act_fail(a, ERR_USAGE,
			_("an extension needs --clock, --by (10 working days) and --reason"));
	read_more(a, by, &more);
	c = a->rc ? NULL : find_clock(a, subject, clock);
	if (!c)
		return NULL;
	keep_text(a, reason, digest);
	append_extension(a, c, "clock.extension_proposed/1", &more, digest, due);
	return a->rc ? NULL : c;
}

const struct clock_record *clock_rules_approve_extension(
	struct act *a, const struct clock_proposal *p, struct calendar_result *due)
{
	struct calendar_limit more = {.amount = (int)p->amount};
	const struct clock_record *c = clock_rules_of_proposal(a, p);

	if (!c)
		return NULL;
	if (!calendar_unit_from_name(p->unit, &more.unit))
		act_fail(a, ERR_INTEGRITY, _("clock %lld has the unit “%s”"), (long long)p->clock,
			p->unit);
	append_extension(a, c, "clock.extended/1", &more, p->reason_digest, due);
	return a->rc ? NULL : c;
}

const struct clock_record *clock_rules_named(struct act *a, const char *subject, const char *name)
{
	return find_clock(a, subject, name);
}

const struct clock_record *clock_rules_of_proposal(struct act *a, const struct clock_proposal *p)
{
	struct clock_record *list = NULL;
	size_t count;

	read_clocks(a, p->subject, &list, &count);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (list[i].seq == p->clock)
			return &list[i];
	return NULL;
}

/* --- another list of holidays --- */

static void recompute_one(struct act *a, const struct clock_record *c, int64_t *changed)
{
	struct calendar_rule rule = {0};
	struct calendar_result due;

	reckon_again(a, c, NULL, &rule, &due);
	if (a->rc || (due.due == c->due_at && due.unlisted_year == c->tentative))
		return;
	act_event(a);
	act_int(a, "clock", c->seq);
	clock_put_due(a, c->start_at, &rule, &due);
	act_append(a, "clock.recomputed/1", c->subject);
	(*changed)++;
}

static void note_calendar(struct act *a, const struct holidays *h, int64_t changed)
{
	struct buf years;

	buf_init(&years, 4096);
	holidays_add_years(&years, h);
	act_event(a);
	act_str(a, "calendar", holidays_hash(h));
	act_int(a, "changed", changed);
	act_str_always(a, "years", buf_str(&years));
	act_append(a, "calendar.changed/1", "");
	buf_fini(&years);
}

/* The list's hash is written down when it was gone through, so that clocks that it does not
 * move are not reckoned every minute. */
void clock_rules_recompute(struct act *a, int64_t *changed)
{
	const struct holidays *h = NULL;
	struct clock_record *list = NULL;
	const char *last = "";
	int64_t moved = 0;
	size_t count = 0;

	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	if (!a->rc)
		a->rc = clocks_last_calendar(a->db, a->arena, &last, a->err);
	if (a->rc || strcmp(last, holidays_hash(h)) == 0)
		return;
	a->rc = clocks_of_other_calendar(a->db, holidays_hash(h), a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		recompute_one(a, &list[i], &moved);
	if (count)
		note_calendar(a, h, moved);
	*changed += moved;
}

/* --- an acceptance that was taken back --- */

/* When it was answered or its time was over; TIME_NONE: it waits. */
static int64_t end_of_question(const struct act *a, const struct clock_record *q)
{
	int64_t end = q->met_at != TIME_NONE ? q->met_at : a->now;

	if (q->due_at < end)
		return q->due_at;
	return q->met_at;
}

/* Until when it stood still for this question; TIME_NONE: it did not. */
static int64_t stood_until(
	const struct history *h, const struct clock_record *question, int64_t end)
{
	int64_t until = TIME_NONE;

	for (size_t i = 0; i < h->pause_count; i++) {
		const struct calendar_pause *p = &h->pauses[i];
		if (p->from >= question->start_at && (end == TIME_NONE || p->from <= end) &&
			(until == TIME_NONE || p->to > until))
			until = p->to;
	}
	return until;
}

/* Since when it would have stood still for this question had it not been met meanwhile;
 * TIME_NONE: it did stand still, or had no reason to. */
static int64_t stands_since(const struct clock_record *c, const struct history *h,
	const struct clock_record *question, int64_t end)
{
	int64_t until = stood_until(h, question, end);

	if (until != TIME_NONE)
		return end == TIME_NONE || until < end ? until : TIME_NONE;
	return c->pauses && c->seq < question->seq && c->due_at >= question->start_at
		       ? question->start_at
		       : TIME_NONE;
}

/* Who was asked; NULL: erased. */
static const char *whom_asked(struct act *a, const struct clock_record *question)
{
	struct case_question *list = NULL;
	size_t count = 0;
	int64_t n = 0;

	if (!a->rc)
		a->rc = case_questions(a->db, question->subject, a->arena, &list, &count, a->err);
	if (a->rc || !str_to_int(str_of(question->ref), 1, INT64_MAX, &n))
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (list[i].n == n)
			return list[i].third_party;
	return NULL;
}

/* From `at` on; over: when that was over, TIME_NONE: it is not. */
static void pause_again(struct act *a, const struct clock_record *c,
	const struct clock_record *question, int64_t at, int64_t over)
{
	struct clock_record paused = *c;
	const char *asked = whom_asked(a, question);

	act_event(a);
	act_int(a, "clock", c->seq);
	act_int(a, "at", at);
	act_text(a, "third_party_text", asked);
	act_append(a, "clock.paused/2", c->subject);
	paused.paused_at = at;
	if (!a->rc && over != TIME_NONE)
		resume_one(a, &paused, over);
}

/* For the first question that it should have stood still for and did not; false: there is none. */
static bool make_up_pause(
	struct act *a, const struct clock_record *list, size_t count, const struct clock_record *c)
{
	struct history h = {.until = a->now};

	read_history(a, c, &h);
	for (size_t i = 0; !a->rc && h.unmet && i < count; i++) {
		const struct clock_record *q = &list[i];
		int64_t end = end_of_question(a, q), at;
		if (strcmp(q->clock, deadline_clock_name(DEADLINE_CONSULT)) != 0 ||
			(!is_running(q) && q->met_at == TIME_NONE))
			continue;
		at = stands_since(c, &h, q, end);
		if (at == TIME_NONE)
			continue;
		pause_again(a, c, q, at, end);
		return true;
	}
	return false;
}

/* One of each clock; true: there may be more. */
static bool make_up_pauses(struct act *a, const char *subject)
{
	struct clock_record *list = NULL;
	size_t count;
	bool any = false;

	read_clocks(a, subject, &list, &count);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (is_running(&list[i]) && make_up_pause(a, list, count, &list[i]))
			any = true;
	return !a->rc && any;
}

void clock_rules_run_on(struct act *a, const char *subject)
{
	struct clock_record *list = NULL;
	const struct holidays *h = NULL;
	int64_t moved = 0;
	size_t count;

	while (make_up_pauses(a, subject))
		;
	read_clocks(a, subject, &list, &count);
	if (!a->rc)
		a->rc = office_holidays(a->office, &h, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		const struct clock_record *c = &list[i];
		/* What was met while another list came in force is reckoned by that one now. */
		if (is_running(c) && *c->calendar && strcmp(c->calendar, holidays_hash(h)) != 0)
			recompute_one(a, c, &moved);
	}
}
