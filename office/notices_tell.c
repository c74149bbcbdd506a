/*
 * notices_tell.c - what people are told: from events, from what is due, once a day.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/text.h"
#include "base/time.h"
#include "base/calendar.h"
#include "crawler/message.h"
#include "ledger/alerts.h"
#include "ledger/commitments.h"
#include "ledger/ids.h"
#include "ledger/list.h"
#include "ledger/orders.h"
#include "ledger/responses.h"
#include "ledger/supervision.h"
#include "office/due.h"
#include "office/due_clocks.h"
#include "office/ladder.h"
#include "office/namelist.h"
#include "office/notices_private.h"

#define URGENT_A_TURN 5000 /* events */
#define USUAL_A_TURN 500
#define BYTES_A_TURN ((size_t)4 << 20) /* of payloads, in each lane */
#define DIGEST_ROWS 10
#define TITLE_COLUMNS 60
#define GRAVE 3 /* 重大: enum match_grade as the events have it */

struct told { /* an event, as it was read */
	int64_t seq, at;
	const char *kind, *subject;
	const struct json *data;
};

/* --- words --- */

/* The title of a row in the queue, personal data hidden; "" unless [notify] wants it. */
static const char *title_of(struct notices *n, int64_t story)
{
	struct act *a = n->act;
	struct story s;
	struct buf masked, line;
	const char *out;

	if (!n->rules->titles || a->rc)
		return "";
	a->rc = alerts_get_story(a->db, story, a->arena, &s, a->err);
	if (a->rc || !s.title)
		return "";
	buf_init(&masked, 65536);
	buf_init(&line, 65536);
	mask_add(&masked, s.title, strlen(s.title), NULL, NULL);
	text_add_safe_str(&line, buf_str(&masked));
	out = arena_strdup(a->arena, buf_str(&line));
	buf_fini(&masked);
	buf_fini(&line);
	return out ? out : "";
}

static const char *when(struct notices *n, int64_t t)
{
	return act_when(n->act, t);
}

static const char *occasion_of(struct notices *n, int64_t number)
{
	return arena_printf(n->act->arena, "%lld", (long long)number);
}

/* --- one event --- */

/* Whether the row of a story still waits; what nobody waits for any more wakes nobody. */
static bool is_waiting(struct notices *n, int64_t story, struct story *out)
{
	struct act *a = n->act;

	if (!a->rc)
		a->rc = alerts_get_story(a->db, story, a->arena, out, a->err);
	return !a->rc && strcmp(out->state, "decided") != 0;
}

/* In the lane that it belongs to; the other one meets it too. */
static bool add(struct notices *n, const struct notice *what)
{
	return what->urgent == (n->lane == NOTICE_URGENT) && notices_add(n, what, 1);
}

/* A row that is suggested 重大 or above: once each grade. */
static void tell_grave(struct notices *n, const struct told *t)
{
	struct arena *a = n->act->arena;
	int64_t story = 0, grade = 0, due = TIME_NONE;
	const char *name = json_get_str(t->data, "grade_name");
	struct story s;

	if (!json_get_int(t->data, "grade", &grade) || grade < GRAVE ||
		!json_get_int(t->data, "story", &story) || !is_waiting(n, story, &s))
		return;
	json_get_int(t->data, "review_due", &due);
	if (add(n, &(struct notice){.kind = "grave",
			   .subject = arena_printf(a, "S%lld", (long long)story),
			   .occasion = occasion_of(n, grade),
			   .title = arena_printf(a, _("S%lld: suggested %s, to be judged"),
				   (long long)story, name ? name : ""),
			   .body = arena_printf(a,
				   _("Raised %s, to be judged until %s.\n%s\nhuiying show "
				     "S%lld --why"),
				   when(n, t->at), due == TIME_NONE ? "-" : when(n, due),
				   title_of(n, story), (long long)story),
			   .urgent = true,
			   .ack = true}))
		n->grave = story;
}

/* A grave row that was decided and is to be judged again: its grade was told of before. */
static void tell_returned(struct notices *n, const struct told *t)
{
	struct arena *a = n->act->arena;
	struct ids id = {IDS_PLAIN, 0, 0};
	int64_t due = TIME_NONE;
	struct story s;

	if (!ids_parse(t->subject, &id) || id.number == n->grave || !is_waiting(n, id.number, &s) ||
		s.grade < GRAVE)
		return;
	json_get_int(t->data, "review_due", &due);
	add(n, &(struct notice){.kind = "returned",
		       .subject = t->subject,
		       .occasion = occasion_of(n, t->seq),
		       .title = arena_printf(
			       a, _("%s: suggested %s, came back (▲)"), t->subject, s.grade_name),
		       .body = arena_printf(a,
			       _("Came back %s, to be judged until %s.\n%s\nhuiying show %s "
				 "--why"),
			       when(n, t->at), due == TIME_NONE ? "-" : when(n, due),
			       title_of(n, id.number), t->subject),
		       .urgent = true,
		       .ack = true});
}

static bool is_judged(struct notices *n, const char *subject)
{
	struct ids id = {IDS_PLAIN, 0, 0};
	struct story s;

	return ids_parse(subject, &id) && id.type == IDS_STORY && !is_waiting(n, id.number, &s);
}

static int64_t order_tentative(struct notices *n, const char *number, int64_t due)
{
	struct act *a = n->act;
	struct order_record *list = NULL;
	size_t count = 0;
	int64_t out = 0;

	a->rc = orders_get(a->db, "", number, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		out = list[i].due == due ? list[i].tentative : out;
	return out;
}

static int64_t clock_tentative(struct notices *n, const char *subject, int64_t clock)
{
	struct act *a = n->act;
	struct clock_record *list = NULL;
	size_t count = 0;
	int64_t out = 0;

	a->rc = clocks_of(a->db, subject, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		out = list[i].seq == clock ? list[i].tentative : out;
	return out;
}

/* A limit that is told of is 暂定: that of a clock, of a promise, or of an order without a case. */
static int64_t tentative_of(struct notices *n, const struct told *t, const char *what, int64_t due)
{
	struct act *a = n->act;
	struct commitment_record c;
	int64_t clock = 0;

	if (a->rc)
		return 0;
	if (json_get_int(t->data, "clock", &clock) && clock > 0)
		return clock_tentative(n, t->subject, clock);
	if (strcmp(what, "order") == 0)
		return order_tentative(n, t->subject, due);
	if (strcmp(what, "due") != 0)
		return 0;
	a->rc = commitments_get(a->db, t->subject, a->arena, &c, a->err);
	return !a->rc && c.due_at == due ? c.tentative : 0;
}

static void tell_limit(struct notices *n, const struct told *t)
{
	struct arena *a = n->act->arena;
	const char *what = json_get_str(t->data, "what");
	const char *unit = json_get_str(t->data, "unit");
	const char *step = json_get_str(t->data, "step");
	bool near = step && strcmp(step, "near") == 0;
	bool triage = what && strcmp(what, "triage") == 0;
	bool co = json_get_str(t->data, "role") != NULL;
	int64_t due = TIME_NONE;

	if (!what || (triage && is_judged(n, t->subject)))
		return;
	json_get_int(t->data, "due_at", &due);
	add(n, &(struct notice){.kind = triage ? "triage" : "limit",
		       .subject = t->subject,
		       .occasion = arena_printf(a, "%s %s %lld%s%s", what, near ? "near" : "due",
			       (long long)due, co ? " " : "", co && unit ? unit : ""),
		       .title = arena_printf(a,
			       near ? _("%s: %s falls due") : _("%s: %s is overdue"), t->subject,
			       due_word(what)),
		       .body = arena_printf(a, _("Limit: %s%s%s%s\nhuiying show %s --why"),
			       due == TIME_NONE ? "-" : when(n, due),
			       due_mark(tentative_of(n, t, what, due)), unit && *unit ? "\n" : "",
			       unit ? unit : "", t->subject),
		       .urgent = triage && !near,
		       .ack = triage && !near});
}

/* --- orders of supervision --- */

/* To the targets of the roles in `told`, each once; the leader's wants to be acknowledged. */
static void tell_roles(
	struct notices *n, const struct notice *what, const struct supervision_order *x)
{
	static const char *const roles[] = {
		LADDER_TOLD_LEADER, LADDER_TOLD_SUPERVISOR, LADDER_TOLD_UNIT};
	const size_t count = sizeof roles / sizeof *roles;
	const char *done[sizeof roles / sizeof *roles];
	struct act *a = n->act;
	struct namelist told;
	size_t sent = 0;

	if (!a->rc && !namelist_split(a->arena, *x->told ? x->told : LADDER_TOLD_UNIT, &told))
		a->rc = err_nomem(a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		struct notice one = *what;
		bool known = false;
		if (!namelist_has(&told, roles[i]))
			continue;
		done[sent] = notify_rules_role(n->rules, roles[i], x->unit, a->today);
		for (size_t k = 0; k < sent; k++)
			known = known || strcmp(done[k], done[sent]) == 0;
		one.ack = i == 0;
		if (!known)
			notices_add_to(n, &one, i == 0 ? NOTIFY_STAGES : 1, done[sent++]);
	}
}

static void tell_issued(struct notices *n, const struct supervision_order *x, const char *occasion,
	const char *title)
{
	struct arena *a = n->act->arena;

	tell_roles(n,
		&(struct notice){.kind = "order",
			.subject = x->id,
			.occasion = occasion,
			.title = title,
			.body = arena_printf(a, _("Feedback until %s%s.\nhuiying show %s"),
				x->feedback_due == TIME_NONE ? "-" : when(n, x->feedback_due),
				due_mark(x->feedback_tentative), x->id)},
		x);
}

/* Nothing goes out before a supervisor has confirmed it: to them alone. */
static void tell_proposed(
	struct notices *n, const struct supervision_order *x, const char *occasion)
{
	struct act *a = n->act;

	notices_add_to(n,
		&(struct notice){.kind = "proposal",
			.subject = x->id,
			.occasion = occasion,
			.title = arena_printf(a->arena, _("%s: order (%s) to %s, to be confirmed"),
				x->id, x->level, x->unit),
			.body = arena_printf(a->arena,
				_("About %s.\nhuiying show %s\nhuiying order confirm %s"),
				x->subject, x->id, x->id)},
		1, notify_rules_role(n->rules, LADDER_TOLD_SUPERVISOR, x->unit, a->today));
}

/* What was confirmed, settled or has lapsed meanwhile is told as it is now. */
static void tell_order(struct notices *n, const struct told *t)
{
	struct act *a = n->act;
	struct supervision_order x;

	a->rc = supervision_get(a->db, t->subject, a->arena, &x, a->err);
	if (a->rc || !supervision_is_open(&x))
		return;
	if (strcmp(x.state, "proposed") == 0)
		tell_proposed(n, &x, "proposed");
	else
		tell_issued(n, &x, "issued",
			arena_printf(a->arena, _("%s: order (%s) to %s"), x.id, x.level, x.unit));
}

/* Whoever saw that it was over has to know that it is not; an answered one waits for the office,
 * which knows. */
static void tell_revived(struct notices *n, const struct told *t)
{
	struct act *a = n->act;
	struct supervision_order x;

	a->rc = supervision_get(a->db, t->subject, a->arena, &x, a->err);
	if (a->rc)
		return;
	if (strcmp(x.state, "proposed") == 0)
		tell_proposed(n, &x, occasion_of(n, t->seq));
	else if (strcmp(x.state, "issued") == 0)
		tell_issued(n, &x, occasion_of(n, t->seq),
			arena_printf(a->arena, _("%s: order (%s) to %s stands again"), x.id,
				x.level, x.unit));
}

/* Another list of holidays moved it: the new date, who holds it. */
static void tell_moved(struct notices *n, const struct told *t, const char *before,
	const char *after, const char *unit)
{
	struct arena *a = n->act->arena;
	int64_t tentative = 0;

	json_get_int(t->data, "tentative", &tentative);
	notices_add(n,
		&(struct notice){.kind = "limit",
			.subject = t->subject,
			.occasion = occasion_of(n, t->seq),
			.title = arena_printf(
				a, _("%s: other holidays, another due time"), t->subject),
			.body = arena_printf(a, _("Due %s%s instead of %s.%s%s"), after,
				due_mark(tentative), before, *unit ? "\n" : "", unit)},
		1);
}

static void tell_counted(struct notices *n, const struct told *t)
{
	struct act *a = n->act;
	const char *before = json_get_str(t->data, "old_date");
	const char *after = json_get_str(t->data, "due_date");
	struct commitment_record c;

	if (!before || !after || a->rc)
		return;
	a->rc = commitments_get(a->db, t->subject, a->arena, &c, a->err);
	if (!a->rc)
		tell_moved(n, t, before, after, c.unit);
}

static void tell_recounted(struct notices *n, const struct told *t)
{
	int64_t before = 0, after = 0;

	if (json_get_int(t->data, "old_due_at", &before) &&
		json_get_int(t->data, "due_at", &after) && before != after)
		tell_moved(n, t, when(n, before), when(n, after), "");
}

/* A clock's event does not say what stood there: its history does. */
static void tell_recomputed(struct notices *n, const struct told *t)
{
	struct act *a = n->act;
	struct clock_change *list = NULL;
	struct clock_record *clocks = NULL;
	struct due_clock of = {.unit = ""};
	int64_t clock = 0;
	size_t count = 0, clock_count = 0;

	if (a->rc || !json_get_int(t->data, "clock", &clock))
		return;
	a->rc = clocks_changes(a->db, clock, a->arena, &list, &count, a->err);
	if (!a->rc)
		a->rc = clocks_of(a->db, t->subject, a->arena, &clocks, &clock_count, a->err);
	for (size_t i = 0; !a->rc && i < clock_count; i++)
		if (clocks[i].seq == clock)
			a->rc = due_clock_of(a->db, &clocks[i], t->at, a->arena, &of, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (list[i].seq == t->seq && list[i].due_before != list[i].due_after)
			tell_moved(n, t, when(n, list[i].due_before), when(n, list[i].due_after),
				of.unit);
}

static void tell_capture(struct notices *n, const struct told *t)
{
	struct arena *a = n->act->arena;

	add(n, &(struct notice){.kind = "capture",
		       .subject = t->subject,
		       .occasion = occasion_of(n, t->seq),
		       .title =
			       arena_printf(a, _("%s: its page could not be captured"), t->subject),
		       .body = arena_printf(
			       a, _("Another page is needed.\nhuiying show %s"), t->subject)});
}

/* The unit thought that it had answered and has to act again. A rejection that is taken back asks
 * for nothing; what was accepted anew meanwhile neither. */
static void tell_withdrawn(struct notices *n, const struct told *t)
{
	struct act *a = n->act;
	const char *decision = json_get_str(t->data, "decision");
	struct response_record r;

	if (!decision || strcmp(decision, "accepted") != 0 || a->rc)
		return;
	a->rc = responses_get(a->db, t->subject, a->arena, &r, a->err);
	if (a->rc || strcmp(r.state, "accepted") == 0)
		return;
	notices_add_to(n,
		&(struct notice){.kind = "withdrawn",
			.subject = t->subject,
			.occasion = occasion_of(n, t->seq),
			.title = arena_printf(
				a->arena, _("%s: its acceptance was taken back"), t->subject),
			.body = arena_printf(a->arena,
				_("Answer of %s to %s, to be accepted or rejected anew.\nhuiying "
				  "show "
				  "%s --why"),
				r.unit, r.case_id, r.case_id)},
		1, notify_rules_role(n->rules, LADDER_TOLD_UNIT, r.unit, a->today));
}

static const struct {
	const char *kind; /* without its version */
	void (*tell)(struct notices *n, const struct told *t);
} tellers[] = {
	{"alert.raised", tell_grave},
	{"alert.regraded", tell_grave},
	{"story.returned", tell_returned},
	{"limit.reached", tell_limit},
	{"order.issued", tell_order},
	{"order.confirmed", tell_order},
	{"order.revived", tell_revived},
	{"evidence.failed", tell_capture},
	{"commitment.counted", tell_counted},
	{"clock.recomputed", tell_recomputed},
	{"orders.recounted", tell_recounted},
	{"response.decision_withdrawn", tell_withdrawn},
};

static void tell_one(struct notices *n, const struct told *t)
{
	for (size_t i = 0; i < sizeof tellers / sizeof *tellers; i++) {
		size_t length = strlen(tellers[i].kind);
		if (strncmp(t->kind, tellers[i].kind, length) == 0 && t->kind[length] == '/')
			tellers[i].tell(n, t);
	}
}

/* --- all since the last time --- */

struct event_row {
	int64_t seq, at;
	const char *kind, *subject, *payload;
};

static const struct {
	const char *mark; /* in notice_state */
	int64_t a_turn;
} lanes[NOTICE_LANES] = {
	[NOTICE_URGENT] = {"urgent", URGENT_A_TURN},
	[NOTICE_USUAL] = {"event", USUAL_A_TURN},
};

static enum err_code ask_events(
	struct act *a, enum notice_lane lane, int64_t after, struct db_rows *q)
{
	if (lane == NOTICE_URGENT)
		return db_query(a->db, ST_EVENTS_TO_TELL_FIRST,
			DB_ARGS(DB_INT(after), DB_INT(URGENT_A_TURN), DB_INT(GRAVE)), q, a->err);
	return db_query(
		a->db, ST_EVENTS_TO_TELL, DB_ARGS(DB_INT(after), DB_INT(USUAL_A_TURN)), q, a->err);
}

struct events {
	struct event_row *rows;
	size_t count;
	bool more; /* there may be more behind them */
};

static enum err_code keep_row(struct act *a, struct list *l, struct db_rows *q, size_t *bytes)
{
	struct event_row *row = list_add(l);

	if (!row)
		return err_nomem(a->err);
	row->seq = db_int(q, 0);
	row->at = db_int(q, 1);
	row->kind = arena_strdup(a->arena, db_text(q, 2));
	row->subject = arena_strdup(a->arena, db_text(q, 3));
	row->payload = arena_strdup(a->arena, db_text(q, 4));
	*bytes += db_size(q, 4);
	return ERR_OK;
}

static enum err_code read_events(
	struct act *a, enum notice_lane lane, int64_t after, struct events *out)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	size_t bytes = 0;
	enum err_code rc = ask_events(a, lane, after, &q);

	list_init(&l, a->arena, sizeof *out->rows);
	while (!rc && bytes < BYTES_A_TURN && db_next(&q))
		rc = keep_row(a, &l, &q, &bytes);
	out->rows = l.items;
	out->count = l.count;
	out->more = bytes >= BYTES_A_TURN || (int64_t)l.count == lanes[lane].a_turn;
	rc = db_end(&q, rc, a->err);
	return rc || !arena_failed(a->arena) ? rc : err_nomem(a->err);
}

static void set_state(struct act *a, const char *name, int64_t value)
{
	if (!a->rc)
		a->rc = db_run(
			a->db, ST_NOTICE_STATE_SET, DB_ARGS(DB_TEXT(name), DB_INT(value)), a->err);
}

static int64_t last_event(struct act *a)
{
	int64_t last = 0;

	if (!a->rc)
		a->rc = db_get_int(a->db, ST_EVENT_LAST_SEQ, DB_NO_ARGS, &last, a->err);
	return last;
}

void notices_skip_events(struct notices *n)
{
	int64_t last = last_event(n->act);

	for (int i = 0; i < NOTICE_LANES; i++)
		set_state(n->act, lanes[i].mark, last);
}

static void tell_row(struct notices *n, const struct event_row *row)
{
	struct act *a = n->act;
	struct json *data = NULL;

	a->rc = json_read(row->payload, strlen(row->payload), &data, a->err);
	if (!a->rc)
		tell_one(n, &(struct told){row->seq, row->at, row->kind, row->subject, data});
	json_free(data);
}

static void tell_lane(struct notices *n, int64_t after, int64_t last)
{
	struct act *a = n->act;
	struct events events = {NULL, 0, false};

	if (!a->rc)
		a->rc = read_events(a, n->lane, after, &events);
	for (size_t i = 0; !a->rc && i < events.count; i++)
		tell_row(n, &events.rows[i]);
	set_state(a, lanes[n->lane].mark, events.more ? events.rows[events.count - 1].seq : last);
}

void notices_tell_events(struct notices *n)
{
	int64_t mark[NOTICE_LANES] = {0}, last = last_event(n->act);

	for (int i = 0; i < NOTICE_LANES && !n->act->rc; i++)
		n->act->rc = outbox_state(n->act->db, lanes[i].mark, &mark[i], n->act->err);
	/* Before there were lanes there was one mark. */
	if (mark[NOTICE_URGENT] == 0)
		mark[NOTICE_URGENT] = mark[NOTICE_USUAL];
	for (n->lane = NOTICE_URGENT; n->lane < NOTICE_LANES; n->lane++)
		tell_lane(n, mark[n->lane], last);
}

/* --- by the clock --- */

/* The first moment ever is one of today, or configuring it would tell yesterday's. */
static bool is_today(struct notices *n, int64_t at)
{
	char day[11];

	calendar_date_of(at, n->act->office->settings.zone, day);
	return strcmp(day, n->act->today) == 0;
}

/* The moment of `t` that has come and was not told yet. */
static int64_t has_come(struct notices *n, const char *name, const struct notify_times *t)
{
	struct act *a = n->act;
	int64_t at = notify_times_last(t, a->now, a->office->settings.zone), told = 0;

	if (!a->rc)
		a->rc = outbox_state(a->db, name, &told, a->err);
	/* One that was told of in the future: the clock was set back. */
	if (a->rc || at == TIME_NONE || (at <= told && told <= a->now))
		return TIME_NONE;
	set_state(a, name, at);
	return told || is_today(n, at) ? at : TIME_NONE;
}

static void add_due_row(struct notices *n, struct buf *b, const struct due_entry *d)
{
	buf_addf(b, "%s %s %s%s%s%s\n", d->subject, due_word(d->what),
		d->due_at == TIME_NONE ? "-" : when(n, d->due_at), due_mark(d->tentative),
		*d->unit ? " " : "", d->unit);
}

void notices_tell_digest(struct notices *n, const struct due_entry *list, size_t count)
{
	struct act *a = n->act;
	int64_t at = has_come(n, "digest", &n->rules->digest);
	size_t late = 0;
	struct buf b;

	if (at == TIME_NONE || count == 0)
		return;
	buf_init(&b, MESSAGE_FILE_MAX / 2);
	for (size_t i = 0; i < count; i++) {
		late += list[i].due_at != TIME_NONE && list[i].due_at < a->now;
		if (i < DIGEST_ROWS)
			add_due_row(n, &b, &list[i]);
	}
	if (count > DIGEST_ROWS)
		buf_addf(&b, _("… and %zu more: huiying due\n"), count - DIGEST_ROWS);
	notices_add(n,
		&(struct notice){.kind = "digest",
			.subject = "",
			.occasion = occasion_of(n, at),
			.title = arena_printf(
				a->arena, _("%zu things wait, %zu are overdue"), count, late),
			.body = arena_strdup(a->arena, buf_str(&b))},
		1);
	if (!a->rc)
		a->rc = buf_check(&b, N_("a message"), a->err);
	buf_fini(&b);
}

void notices_tell_alive(struct notices *n)
{
	struct act *a = n->act;
	int64_t at = has_come(n, "alive", &n->rules->alive);

	if (at == TIME_NONE)
		return;
	notices_add(n,
		&(struct notice){.kind = "alive",
			.subject = "",
			.occasion = occasion_of(n, at),
			.title = _("Huiying is at work"),
			.body = arena_printf(a->arena,
				_("%s, %lld events on record. When this "
				  "message does not come, look after it."),
				when(n, a->now), (long long)last_event(a))},
		1);
}
