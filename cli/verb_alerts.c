/*
 * verb_alerts.c - `huiying alerts`: the queue, a row a story; with --balance what came into
 * it and what became of it.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/alerts_balance.h"
#include "cli/changes.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/limit.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/when.h"
#include "cli/why.h"
#include "cli/words.h"
#include "ledger/alerts.h"
#include "office/flood_queue.h"
#include "office/queue.h"

#define WHY_COLUMNS 24

struct listing {
	struct office *office;
	struct arena *arena;
	struct alerts_page page;
	struct story *stories;
	size_t count;
	bool more; /* rows follow that are not shown */
	struct floods floods; /* none with --line, --doubted */
	bool *flood_shown; /* of each */
};

/* How many of a row's alerts no rule of today gives reason for. */
static size_t count_doubted(const struct alert *alerts, size_t n)
{
	size_t doubted = 0;

	for (size_t i = 0; i < n; i++)
		doubted += alerts[i].doubted_at != TIME_NONE;
	return doubted;
}

/* Why it was raised, and what is in doubt: NULL, or the word for it. */
static enum err_code reasons(const struct listing *l, const struct story *s, struct buf *out,
	const char **doubt, struct err *e)
{
	struct alert *alerts;
	size_t n, doubted;
	enum err_code rc = alerts_of_story(l->office->db, s->id, l->arena, &alerts, &n, e);

	*doubt = NULL;
	if (rc || !n)
		return rc;
	why_add_short(out, &alerts[0], WHY_COLUMNS);
	doubted = count_doubted(alerts, n);
	if (doubted)
		*doubt = doubted == n ? _("in doubt") : _("partly in doubt");
	return ERR_OK;
}

/* "▲killed 2→3" of a row that came back, who has it, or what was decided. */
static void add_state(const struct story *s, const char *doubt, struct buf *out)
{
	if (strcmp(s->state, "open") != 0) {
		buf_add_str(out, s->case_id[0] ? s->case_id : s->outcome);
		return;
	}
	if (s->again)
		buf_add_str(out, "▲");
	if (s->again && s->changed)
		changes_add_text(out, s->changed);
	if (s->again && s->case_id[0])
		buf_addf(out, " %s", s->case_id);
	if (s->taken_by[0])
		buf_addf(out, "%s%s", out->len ? " " : "", s->taken_name);
	if (doubt)
		buf_addf(out, "%s%s", out->len ? " " : "", doubt);
}

static enum err_code add_row(
	struct listing *l, struct table *t, const struct story *s, struct err *e)
{
	int64_t now = office_now(l->office);
	char age[WHEN_SIZE], due[WHEN_SIZE], copies[24];
	const char *doubt;
	struct buf why, state;
	enum err_code rc;

	buf_init(&why, 4096);
	buf_init(&state, 64 << 10);
	rc = reasons(l, s, &why, &doubt, e);
	add_state(s, doubt, &state);
	when_format_span(now - s->raised_at, age);
	when_format_due(s->review_due, now, due);
	table_cellf(t, "S%lld", (long long)s->id);
	table_cell(t, s->grade_name);
	table_cellf(t, "%lld", (long long)s->score);
	snprintf(copies, sizeof copies, "%lld", (long long)s->copies);
	table_cell(t, s->copies ? copies : "");
	table_cell(t, age);
	table_cell(t, strcmp(s->state, "open") == 0 ? due : "");
	table_cell(t, buf_str(&state));
	table_cell(t, s->topics);
	table_cell(t, buf_str(&why));
	table_cell(t, s->source_name);
	table_cell(t, words_or_erased(s->title));
	table_end_row(t);
	buf_fini(&why);
	buf_fini(&state);
	return rc;
}

/* --- floods --- */

/* "63 alerts in the last hour", or since when. */
static void add_how_many(const struct listing *l, const struct flood *f, struct buf *out)
{
	char since[TIME_TEXT_SIZE];

	if (f->recent == f->count) {
		buf_addf(out,
			n_("%zu alert in the last hour", "%zu alerts in the last hour", f->count),
			f->count);
		return;
	}
	time_format_local(f->first, l->office->settings.zone, since);
	buf_addf(out, n_("%zu alert since %s", "%zu alerts since %s", f->count), f->count, since);
}

/* The row whose grade and score are the highest in it; not all of them may be shown. */
static enum err_code gravest(
	const struct listing *l, const struct flood *f, struct story *best, struct err *e)
{
	enum err_code rc = alerts_get_story(l->office->db, f->stories[0], l->arena, best, e);

	for (size_t i = 1; !rc && i < f->count; i++) {
		struct story s;
		rc = alerts_get_story(l->office->db, f->stories[i], l->arena, &s, e);
		if (!rc && (s.grade > best->grade ||
				   (s.grade == best->grade && s.score > best->score)))
			*best = s;
	}
	return rc;
}

/* How many of its rows are there without any reason of today: a line that was mended may
 * leave all of them so. */
static enum err_code add_flood_doubt(
	const struct listing *l, const struct flood *f, struct buf *out, struct err *e)
{
	struct alert *alerts;
	size_t n, doubted = 0;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < f->count; i++) {
		rc = alerts_of_story(l->office->db, f->stories[i], l->arena, &alerts, &n, e);
		doubted += !rc && n && count_doubted(alerts, n) == n;
	}
	if (doubted && doubted == f->count)
		buf_add_str(out, _("in doubt"));
	else if (doubted)
		buf_addf(out, _("%zu in doubt"), doubted);
	return rc;
}

/* first: the most urgent of its rows. */
static enum err_code add_flood(struct listing *l, struct table *t, const struct flood *f,
	const struct story *first, struct err *e)
{
	int64_t now = office_now(l->office);
	struct story top;
	char age[WHEN_SIZE], due[WHEN_SIZE];
	struct buf title, state;
	enum err_code rc = gravest(l, f, &top, e);

	if (rc)
		return rc;
	buf_init(&title, 64 << 10);
	buf_init(&state, 4096);
	rc = add_flood_doubt(l, f, &state, e);
	text_add_collapsed(&title, f->line.rule, strlen(f->line.rule), false);
	buf_add_str(&title, " … ");
	add_how_many(l, f, &title);
	when_format_span(now - f->first, age);
	when_format_due(first->review_due, now, due);
	table_cellf(t, "×%zu", f->count);
	table_cell(t, top.grade_name);
	table_cellf(t, "%lld", (long long)top.score);
	table_cell(t, "");
	table_cell(t, age);
	table_cell(t, due);
	table_cell(t, buf_str(&state));
	table_cell(t, f->line.topic);
	table_cell(t, f->line.place);
	table_cell(t, "");
	table_cell(t, buf_str(&title));
	table_end_row(t);
	buf_fini(&title);
	buf_fini(&state);
	return rc;
}

/* A row by itself, the one row of a flood, or nothing. */
static enum err_code add_row_or_flood(struct listing *l, struct table *t, size_t row, struct err *e)
{
	const struct flood *f = flood_of(&l->floods, l->stories[row].id);
	enum err_code rc = ERR_OK;

	if (!f)
		return add_row(l, t, &l->stories[row], e);
	if (!l->flood_shown[f - l->floods.flood])
		rc = add_flood(l, t, f, &l->stories[row], e);
	l->flood_shown[f - l->floods.flood] = true;
	return rc;
}

/* What opens each flood and what ends it. */
static void tell_floods(const struct listing *l)
{
	struct buf b;

	for (size_t i = 0; i < l->floods.count; i++) {
		const struct flood *f = &l->floods.flood[i];
		int64_t hours = (office_now(l->office) - f->first) / FLOOD_SECONDS + 1;
		buf_init(&b, 4096);
		add_how_many(l, f, &b);
		output_line(stderr,
			_("line %s: %s. huiying alerts --line %s · dismiss --line %s --since %lldh "
			  "--reason rule-error"),
			f->line.place, buf_str(&b), f->line.place, f->line.place, (long long)hours);
		buf_fini(&b);
	}
}

static enum err_code print_table(struct listing *l, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("STORY"), TABLE_LEFT, 0},
		{N_("GRADE"), TABLE_LEFT, 0},
		{N_("SCORE"), TABLE_RIGHT, 3},
		{N_("COPIES"), TABLE_RIGHT, 4},
		{N_("AGE"), TABLE_LEFT, 2},
		{N_("REVIEW"), TABLE_LEFT, 0},
		{N_("STATE"), TABLE_CUT, 0},
		{N_("TOPICS"), TABLE_CUT, 0},
		{N_("WHY"), TABLE_CUT, 5},
		{N_("SOURCE"), TABLE_CUT, 1},
		{N_("TITLE"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < l->count; i++)
		rc = add_row_or_flood(l, t, i, e);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static void put_alerts(struct json_writer *w, const struct alert *alerts, size_t n)
{
	json_key(w, "alerts");
	json_begin_array(w);
	for (size_t i = 0; i < n; i++) {
		json_begin_object(w);
		json_put_int(w, "id", alerts[i].id);
		json_put_str(w, "topic", alerts[i].topic);
		json_put_str(w, "code", alerts[i].code);
		json_put_int(w, "score", alerts[i].score);
		json_put_str(w, "grade", alerts[i].grade_name);
		json_put_str(w, "source", alerts[i].source);
		json_put_time(w, "doubted", alerts[i].doubted_at);
		json_key(w, "why");
		json_add_raw(w, alerts[i].why[0] ? alerts[i].why : "[]");
		json_end_object(w);
	}
	json_end_array(w);
}

/* The table shows the row in one with others. */
static void put_flood(struct json_writer *w, const struct flood *f)
{
	if (!f)
		return;
	json_key(w, "flood");
	json_begin_object(w);
	json_put_str(w, "line", f->line.place);
	json_put_str(w, "rule", f->line.rule);
	json_put_int(w, "rows", (int64_t)f->count);
	json_end_object(w);
}

static enum err_code print_json_row(struct listing *l, const struct story *s, struct err *e)
{
	struct alert *alerts;
	struct json_writer *w;
	struct json_out out;
	size_t n;
	enum err_code rc = alerts_of_story(l->office->db, s->id, l->arena, &alerts, &n, e);

	if (rc)
		return rc;
	w = json_out_begin(&out);
	json_put_int(w, "story", s->id);
	json_put_str(w, "title", s->title);
	json_put_str(w, "link", s->link);
	json_put_str(w, "source_name", s->source_name);
	json_put_str(w, "state", s->state);
	json_put_str(w, "outcome", s->outcome[0] ? s->outcome : NULL);
	json_put_str(w, "case", s->case_id[0] ? s->case_id : NULL);
	json_put_str(w, "taken_by", s->taken_name[0] ? s->taken_name : NULL);
	json_put_str(w, "topics", s->topics);
	json_put_str(w, "grade", s->grade_name);
	json_put_int(w, "score", s->score);
	json_put_int(w, "copies", s->copies);
	json_put_int(w, "again", s->again);
	if (s->changed) {
		json_key(w, "changed");
		json_add_raw(w, s->changed);
	}
	json_put_time(w, "raised", s->raised_at);
	json_put_time(w, "review_due", s->review_due);
	json_put_time(w, "published", s->published);
	json_put_time(w, "fetched", s->fetched);
	put_alerts(w, alerts, n);
	put_flood(w, flood_of(&l->floods, s->id));
	return json_out_end(&out, ERR_OK, e);
}

/* How to go on behind what is shown. */
static void tell_rest(const struct listing *l)
{
	if (l->more)
		output_line(stderr, _("more rows follow: go on with --after S%lld"),
			(long long)l->stories[l->count - 1].id);
}

static enum err_code print_all(const struct call *call, struct listing *l, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && call->json && i < l->count; i++)
		rc = print_json_row(l, &l->stories[i], e);
	if (call->json || rc)
		return rc;
	if (l->count == 0) {
		puts(call_has(call, "line") ? _("no row is there because of this line alone")
			: call_has(call, "doubted") ? _("no row is in doubt")
						    : _("the queue is empty"));
		return ERR_OK;
	}
	rc = print_table(l, e);
	if (!rc && !call->quiet)
		tell_floods(l);
	if (!rc && !call->quiet)
		tell_rest(l);
	if (!rc && !call->quiet)
		output_printf(stderr, "%s\n",
			_("next: huiying show S… --why · take S… · case open S… · dismiss S…"));
	return rc;
}

/* Only the rows that are there because of one line. */
static enum err_code keep_of_line(struct listing *l, const char *line, struct err *e)
{
	struct line_rows rows;
	size_t kept = 0;
	enum err_code rc = office_line_rows(l->office, line, l->arena, &rows, e);

	for (size_t i = 0; !rc && i < l->count; i++)
		if (office_line_rows_has(&rows, l->stories[i].id))
			l->stories[kept++] = l->stories[i];
	l->count = kept;
	return rc;
}

/* Only the rows of which something is in doubt. */
static enum err_code keep_doubted(struct listing *l, struct err *e)
{
	struct alert *alerts;
	size_t n, kept = 0;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < l->count; i++) {
		rc = alerts_of_story(l->office->db, l->stories[i].id, l->arena, &alerts, &n, e);
		if (!rc && count_doubted(alerts, n))
			l->stories[kept++] = l->stories[i];
	}
	l->count = kept;
	return rc;
}

static void cut(struct listing *l)
{
	l->more = l->page.limit && (int64_t)l->count > l->page.limit;
	if (l->more)
		l->count = (size_t)l->page.limit;
}

/* What was asked for row by row is shown row by row, else floods as one. */
static enum err_code look_at_lines(const struct call *call, struct listing *l, struct err *e)
{
	const char *line = call_flag(call, "line");
	bool doubted = call_has(call, "doubted");
	enum err_code rc = line ? keep_of_line(l, line, e) : ERR_OK;

	if (!rc && doubted)
		rc = keep_doubted(l, e);
	cut(l);
	if (rc || line || doubted)
		return rc;
	rc = office_floods(l->office, l->arena, &l->floods, e);
	l->flood_shown = arena_array(l->arena, l->floods.count + 1, sizeof(bool));
	return rc || l->flood_shown ? rc : err_nomem(e);
}

/* A row that was decided meanwhile still has its place. */
static enum err_code read_after(const char *typed, struct listing *l, struct err *e)
{
	struct story *after = arena_alloc(l->arena, sizeof *after);
	int64_t story = 0;
	enum err_code rc = after ? office_queue_row(l->office->db, typed, &story, e) : err_nomem(e);

	if (!rc)
		rc = alerts_get_story(l->office->db, story, l->arena, after, e);
	if (!rc && !l->page.all)
		after->state = "open";
	l->page.after = after;
	return rc;
}

/* The rows that are asked for; --line and --doubted look through all of them. */
static enum err_code read_rows(const struct call *call, struct listing *l, struct err *e)
{
	const char *after = call_flag(call, "after");
	struct alerts_page page;
	enum err_code rc = ERR_OK;

	l->page.all = call_has(call, "all");
	l->page.topic = call_flag(call, "topic");
	if (after)
		rc = read_after(after, l, e);
	page = l->page;
	if (call_has(call, "line") || call_has(call, "doubted"))
		page.limit = 0;
	else if (page.limit)
		page.limit++; /* do more follow? */
	return rc ? rc : alerts_queue(l->office->db, &page, l->arena, &l->stories, &l->count, e);
}

static enum err_code run_alerts(struct call *call, struct err *e)
{
	struct listing l = {.arena = NULL};
	enum err_code rc;

	if (call_has(call, "balance"))
		return alerts_balance_run(call, e);
	if (call_has(call, "from") || call_has(call, "to"))
		return err_set(e, ERR_USAGE, _("--from and --to go with --balance"));
	l.arena = arena_new(ARENA_MAX_DEFAULT);
	rc = l.arena ? limit_read(call, &l.page.limit, e) : err_nomem(e);

	if (!rc)
		rc = session_open(call, true, &l.office, e);
	if (!rc)
		rc = db_begin_read(l.office->db, e);
	if (!rc)
		rc = read_rows(call, &l, e);
	if (!rc)
		rc = look_at_lines(call, &l, e);
	if (!rc)
		rc = print_all(call, &l, e);
	office_close(l.office);
	arena_free(l.arena);
	return rc;
}

static const struct command_flag flags[] = {
	{"topic", N_("TOPIC"), N_("only this topic (its name or code)")},
	{"line", N_("LINE"),
		N_("only rows that are there because of this rule line alone: keywords.conf:57, "
		   "local.d/NAME.conf:12, or 57")},
	{"doubted", NULL, N_("only rows in doubt, wholly or in part")},
	{"all", NULL, N_("decided stories too")},
	{"limit", N_("N"), N_("no more than N rows")},
	{"after", N_("STORY"), N_("only what follows this row")},
	{"balance", NULL, N_("no rows: what came in, what became of it, what is open")},
	{"from", N_("TIME"), N_("with --balance: since then; default the beginning")},
	{"to", N_("TIME"), N_("with --balance: until before then; default now")},
	{NULL, NULL, NULL},
};

const struct command command_alerts = {
	.verb = "alerts",
	.args = "",
	.summary = N_("the queue: stories that somebody must decide on, most urgent first"),
	.help = N_("One row a story, that is, all copies of one event; its topics are in one "
		   "column and one decision settles them all. REVIEW says when somebody must have "
		   "looked at it. COPIES counts the other items with its address, title or text. "
		   "▲ marks a story that came back after a decision, with what changed: the "
		   "suggested grade, a topic, the killed or hurt, a town, the copies in an hour. "
		   "“In doubt”: rules that were changed since give no reason for it any more, "
		   "“partly” for one of its topics; --doubted lists these rows.\n\n"
		   "When one rule line alone brought more than 50 rows within an hour "
		   "(flood_an_hour in huiying.conf), they are shown as one, ×63, with the line "
		   "under WHY; --line opens it. What is suggested as 重大 or above, came back or "
		   "was taken stands by itself. --json lists every row; “flood” says which are "
		   "shown as one.\n\n"
		   "A terminal too narrow for all columns leaves out what no row has, then SOURCE, "
		   "AGE, SCORE, COPIES and WHY, in this order; a file or a pipe gets them all."),
	.flags = flags,
	.roles = COMMAND_ANYBODY,
	.run = run_alerts,
};
