/*
 * dismiss_line.c - what a rule line alone put into the queue goes, and comes back.
 */
#include "cli/dismiss_line.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/ask.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/since.h"
#include "cli/words.h"
#include "ledger/alerts.h"
#include "office/dismiss_line.h"
#include "office/queue.h"

#define SHOWN 20 /* rows that stay, by name */

static const struct {
	enum line_row_state state;
	const char *word, *json;
} states[] = {
	{LINE_ROW_OTHERS, N_("other lines suffice"), "others"},
	{LINE_ROW_BACK, N_("came back (▲)"), "back"},
	{LINE_ROW_TOLD, N_("a person entered or decided it"), "told"},
	{LINE_ROW_ORDERS, N_("orders stand behind it"), "orders"},
	{LINE_ROW_TAKEN, N_("somebody else has taken it"), "taken"},
	{LINE_ROW_TOUCHED, N_("something was done with it since"), "touched"},
};

static size_t state_at(enum line_row_state state)
{
	size_t i = 0;

	while (i + 1 < sizeof states / sizeof *states && states[i].state != state)
		i++;
	return i;
}

struct view {
	struct call *call;
	struct office *office;
	struct arena *arena;
	const char *reason;
	struct dismiss_line_plan plan;
	struct dismiss_line_done done; /* seq 0: not done */
};

/* --- for people --- */

/* why NULL: nothing to say of it. */
static enum err_code print_row(const struct view *v, int64_t story, const char *why, struct err *e)
{
	struct story s;
	enum err_code rc = alerts_get_story(v->office->db, story, v->arena, &s, e);

	if (!rc)
		output_line_cut(stdout, "  S%lld  %s%s%s", (long long)story, why ? why : "",
			why ? "  " : "", words_or_erased(s.title));
	return rc;
}

static void print_line(const struct line_ref *line)
{
	struct buf rule;

	buf_init(&rule, 64 << 10);
	text_add_collapsed(&rule, line->rule, strlen(line->rule), false);
	output_line(stdout, "%s  [%s] %s%s%s", line->place, line->topic, buf_str(&rule),
		line->gone ? "  " : "", line->gone ? _("(gone)") : "");
	buf_fini(&rule);
}

/* What weighs heavily is named: somebody should look before it goes. */
static enum err_code print_grave(const struct view *v, struct err *e)
{
	const struct dismiss_line_plan *p = &v->plan;
	enum err_code rc = ERR_OK;

	if (p->grave_count)
		output_line(stdout,
			n_("%zu of them is suggested as 重大 or above:",
				"%zu of them are suggested as 重大 or above:", p->grave_count),
			p->grave_count);
	for (size_t i = 0; !rc && i < p->grave_count && i < SHOWN; i++)
		rc = print_row(v, p->grave[i], NULL, e);
	if (p->grave_count > SHOWN)
		output_line(stdout, _("  … and %zu more"), p->grave_count - SHOWN);
	return rc;
}

static enum err_code print_plan(const struct view *v, struct err *e)
{
	const struct dismiss_line_plan *p = &v->plan;
	char since[TIME_TEXT_SIZE];
	enum err_code rc = ERR_OK;

	time_format_local(p->since, v->office->settings.zone, since);
	print_line(&p->line);
	output_line(stdout,
		n_("%zu row raised since %s is there because of this line alone",
			"%zu rows raised since %s are there because of this line alone", p->count),
		p->count, since);
	rc = print_grave(v, e);
	if (p->kept_count)
		output_line(stdout, n_("%zu row stays:", "%zu rows stay:", p->kept_count),
			p->kept_count);
	for (size_t i = 0; !rc && i < p->kept_count && i < SHOWN; i++)
		rc = print_row(v, p->kept[i].story, _(states[state_at(p->kept[i].why)].word), e);
	if (p->kept_count > SHOWN)
		output_line(stdout, _("  … and %zu more"), p->kept_count - SHOWN);
	return rc;
}

/* --- as JSON --- */

static void put_kept(struct json_writer *w, const struct dismiss_line_plan *p)
{
	json_key(w, "kept");
	json_begin_array(w);
	for (size_t i = 0; i < p->kept_count; i++) {
		json_begin_object(w);
		json_put_int(w, "story", p->kept[i].story);
		json_put_str(w, "why", states[state_at(p->kept[i].why)].json);
		json_end_object(w);
	}
	json_end_array(w);
}

static enum err_code print_json(const struct view *v, struct err *e)
{
	const struct dismiss_line_plan *p = &v->plan;
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	if (v->done.seq)
		json_put_int(w, "dismissal", v->done.seq);
	json_put_str(w, "line", p->line.place);
	json_put_str(w, "rule", p->line.rule);
	json_put_str(w, "topic", p->line.topic);
	json_put_str(w, "code", p->line.code);
	json_put_time(w, "since", p->since);
	json_put_str(w, "reason", v->reason);
	json_put_int(w, "rows", (int64_t)(v->done.seq ? v->done.rows : p->count));
	json_put_ints(w, "stories", p->stories, p->count);
	json_put_ints(w, "grave", p->grave, p->grave_count);
	put_kept(w, p);
	return json_out_end(&out, ERR_OK, e);
}

/* --- the act --- */

static enum err_code read_plan(struct view *v, struct err *e)
{
	int64_t since;
	const char *reason = call_flag(v->call, "reason"), *outcome = call_flag(v->call, "outcome");
	enum err_code rc = since_read(v->call, v->office, &since, e);

	if (!rc && since == TIME_NONE)
		rc = err_set(e, ERR_USAGE,
			_("dismiss --line needs --since: 2h, 1d or “2026-09-30 14:20”"));
	if (!rc && outcome && strcmp(outcome, "误报") != 0)
		rc = err_set(e, ERR_USAGE, _("what goes by its line is 误报 and nothing else"));
	if (!rc)
		rc = office_queue_reason_read(reason, &v->reason, e);
	if (!rc)
		rc = db_begin_read(v->office->db, e);
	if (!rc)
		rc = office_dismiss_line_plan(
			v->office, call_flag(v->call, "line"), since, v->arena, &v->plan, e);
	if (!rc && !v->call->json && !v->call->quiet)
		rc = print_plan(v, e);
	db_rollback(v->office->db);
	return rc;
}

/* *go: the person agrees, or said so before. */
static enum err_code confirm(const struct view *v, bool *go, struct err *e)
{
	struct buf question;
	enum err_code rc;

	*go = call_has(v->call, "yes");
	if (*go)
		return ERR_OK;
	if (!ask_is_possible(v->call))
		return err_set(e, ERR_USAGE,
			n_("%zu row would be dismissed: say --yes, or look with --dry-run",
				"%zu rows would be dismissed: say --yes, or look with --dry-run",
				v->plan.count),
			v->plan.count);
	rc = output_flush(stdout, e);
	buf_init(&question, 4096);
	buf_addf(&question,
		n_("Dismiss %zu row as 误报 (%s)? [y/N] ", "Dismiss %zu rows as 误报 (%s)? [y/N] ",
			v->plan.count),
		v->plan.count, v->reason);
	if (!rc)
		rc = buf_check(&question, _("a question"), e);
	if (!rc)
		rc = ask_yes(buf_str(&question), false, go, e);
	buf_fini(&question);
	if (!rc && !*go)
		rc = err_set(e, ERR_REFUSED, _("nothing was dismissed"));
	return rc;
}

static enum err_code tell(const struct view *v, struct err *e)
{
	enum err_code rc;

	if (v->call->json)
		return print_json(v, e);
	output_line(stdout,
		n_("%zu row dismissed: 误报, %s (dismissal %lld)",
			"%zu rows dismissed: 误报, %s (dismissal %lld)", v->done.rows),
		v->done.rows, v->reason, (long long)v->done.seq);
	rc = output_flush(stdout, e);
	if (!rc)
		done_next(v->call,
			"alerts · dismiss --undo %lld · rules stats · rules suggest S%lld",
			(long long)v->done.seq, (long long)v->plan.stories[0]);
	return rc;
}

static enum err_code carry_out(struct view *v, struct err *e)
{
	bool go = false;
	enum err_code rc;

	if (!v->plan.count)
		return err_set(e, ERR_REFUSED, _("no row is there because of %s alone"),
			v->plan.line.place);
	if (call_has(v->call, "dry-run"))
		return v->call->json ? print_json(v, e) : output_flush(stdout, e);
	rc = confirm(v, &go, e);
	if (!rc)
		rc = office_dismiss_line(
			v->office, &v->plan, v->reason, call_flag(v->call, "note"), &v->done, e);
	return rc ? rc : tell(v, e);
}

static enum err_code open_view(struct view *v, struct call *call, struct err *e)
{
	*v = (struct view){.call = call, .arena = arena_new(ARENA_MAX_DEFAULT)};
	return v->arena ? session_open(call, call_has(call, "dry-run"), &v->office, e)
			: err_nomem(e);
}

static void close_view(struct view *v)
{
	office_close(v->office);
	arena_free(v->arena);
}

enum err_code dismiss_line_run(struct call *call, struct err *e)
{
	struct view v;
	enum err_code rc = open_view(&v, call, e);

	if (!rc)
		rc = read_plan(&v, e);
	if (!rc)
		rc = carry_out(&v, e);
	close_view(&v);
	return rc;
}

/* --- taking back --- */

static enum err_code print_undone_json(const struct dismiss_line_undone *u, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_int(w, "dismissal", u->dismissal.seq);
	json_put_str(w, "line", u->dismissal.place);
	json_put_int(w, "rows", (int64_t)u->rows);
	json_put_ints(w, "left", u->left, u->left_count);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code tell_undone(
	const struct view *v, const struct dismiss_line_undone *u, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (v->call->json)
		return print_undone_json(u, e);
	output_line(stdout,
		n_("%zu row of %s is open again", "%zu rows of %s are open again", u->rows),
		u->rows, u->dismissal.place);
	if (u->left_count)
		output_line(stdout, n_("%zu row stays:", "%zu rows stay:", u->left_count),
			u->left_count);
	for (size_t i = 0; !rc && i < u->left_count && i < SHOWN; i++)
		rc = print_row(v, u->left[i], _(states[state_at(LINE_ROW_TOUCHED)].word), e);
	if (u->left_count > SHOWN)
		output_line(stdout, _("  … and %zu more"), u->left_count - SHOWN);
	if (!rc)
		rc = output_flush(stdout, e);
	if (!rc)
		done_next(v->call, "alerts");
	return rc;
}

enum err_code dismiss_line_undo(struct call *call, struct err *e)
{
	struct dismiss_line_undone u;
	struct view v;
	int64_t seq = 0;
	enum err_code rc = done_number(call, "undo", &seq, e);

	if (rc)
		return rc;
	rc = open_view(&v, call, e);
	if (!rc)
		rc = office_dismiss_line_undo(v.office, seq, v.arena, &u, e);
	if (!rc)
		rc = tell_undone(&v, &u, e);
	close_view(&v);
	return rc;
}
