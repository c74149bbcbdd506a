/*
 * verb_rules_stats.c - `huiying rules stats`: what each rule line brought.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/since.h"
#include "office/queue.h"
#include "office/rules_stats.h"

struct figures {
	struct rules_stats_line *lines;
	size_t count, used; /* used: those that hit, which come first */
	int64_t since;
};

static void add_reasons(struct buf *out, const struct rules_stats_line *l)
{
	for (size_t i = 0; i < RULES_STATS_REASONS; i++)
		if (l->reasons[i])
			buf_addf(out, "%s%s %lld", out->len ? " " : "", office_queue_reason_at(i),
				(long long)l->reasons[i]);
}

static void add_row(struct table *t, const struct rules_stats_line *l)
{
	struct buf reasons, rule;

	buf_init(&reasons, 4096);
	buf_init(&rule, 64 << 10);
	add_reasons(&reasons, l);
	if (l->line.gone)
		buf_addf(&rule, "%s ", _("(gone)"));
	text_add_collapsed(&rule, l->line.rule, strlen(l->line.rule), false);
	table_cell(t, l->line.place);
	table_cell(t, l->line.topic);
	table_cellf(t, "%lld", (long long)l->hits);
	table_cellf(t, "%lld", (long long)l->decided);
	table_cellf(t, "%lld", (long long)l->false_alarms);
	if (l->decided)
		table_cellf(t, "%lld%%",
			(long long)((l->false_alarms * 100 + l->decided / 2) / l->decided));
	else
		table_cell(t, "—");
	table_cell(t, buf_str(&reasons));
	table_cell(t, buf_str(&rule));
	table_end_row(t);
	buf_fini(&reasons);
	buf_fini(&rule);
}

static enum err_code print_table(const struct figures *f, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("LINE"), TABLE_LEFT, 0},
		{N_("TOPIC"), TABLE_CUT, 1},
		{N_("HITS"), TABLE_RIGHT, 0},
		{N_("DECIDED"), TABLE_RIGHT, 2},
		{N_("FALSE"), TABLE_RIGHT, 0},
		{N_("RATE"), TABLE_RIGHT, 0},
		{N_("REASONS"), TABLE_CUT, 0},
		{N_("AS WRITTEN"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++)
		add_row(t, &f->lines[i]);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static void put_reasons(struct json_writer *w, const struct rules_stats_line *l)
{
	json_key(w, "reasons");
	json_begin_object(w);
	for (size_t i = 0; i < RULES_STATS_REASONS; i++)
		if (l->reasons[i])
			json_put_int(w, office_queue_reason_at(i), l->reasons[i]);
	json_end_object(w);
}

static enum err_code print_json(const struct rules_stats_line *l, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "file", l->file);
	json_put_int(w, "line", l->number);
	json_put_str(w, "rules_hash", l->line.gone ? l->hash : NULL);
	json_put_str(w, "rule", l->line.rule);
	json_put_str(w, "topic", l->line.topic);
	json_put_str(w, "code", l->line.code);
	json_put_bool(w, "gone", l->line.gone);
	json_put_int(w, "hits", l->hits);
	json_put_int(w, "decided", l->decided);
	json_put_int(w, "false_alarms", l->false_alarms);
	if (l->last_false)
		json_put_int(w, "last_false_alarm", l->last_false);
	if (l->decided) {
		json_key(w, "rate");
		json_add_real(w, (double)l->false_alarms / (double)l->decided);
	}
	put_reasons(w, l);
	return json_out_end(&out, ERR_OK, e);
}

/* The line to look at first: the worst of those that still stand. */
static const struct rules_stats_line *worst(const struct figures *f)
{
	for (size_t i = 0; i < f->used; i++)
		if (f->lines[i].false_alarms && !f->lines[i].takes && !f->lines[i].line.gone)
			return &f->lines[i];
	return NULL;
}

static void tell_next(const struct call *call, const struct figures *f)
{
	const struct rules_stats_line *l = worst(f);

	if (f->used < f->count && !call_has(call, "unused"))
		done_note(call,
			n_("%zu line never hit: --unused", "%zu lines never hit: --unused",
				f->count - f->used),
			f->count - f->used);
	if (l && l->hits > l->decided)
		done_next(call, "rules suggest A%lld · alerts --line %s · rules edit",
			(long long)l->last_false, l->line.place);
	else if (l)
		done_next(call, "rules suggest A%lld · rules edit", (long long)l->last_false);
}

static enum err_code print_all(const struct call *call, const struct figures *f, struct err *e)
{
	size_t shown = call_has(call, "unused") ? f->count : f->used;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && call->json && i < shown; i++)
		rc = print_json(&f->lines[i], e);
	if (call->json || rc)
		return rc;
	if (shown)
		rc = print_table(f, shown, e);
	else
		puts(_("no rule line has brought an alert"));
	if (!rc)
		rc = output_flush(stdout, e);
	if (!rc)
		tell_next(call, f);
	return rc;
}

static enum err_code run_stats(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct figures f = {NULL, 0, 0, TIME_NONE};
	struct office *o = NULL;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = since_read(call, o, &f.since, e);
	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = office_rules_stats(
			o, f.since, call_flag(call, "topic"), a, &f.lines, &f.count, e);
	while (!rc && f.used < f.count && f.lines[f.used].hits)
		f.used++;
	if (!rc)
		rc = print_all(call, &f, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"since", N_("TIME"), N_("only alerts raised since then: 30d, 12h or a date")},
	{"topic", N_("TOPIC"), N_("only this topic (its name or code)")},
	{"unused", NULL, N_("lines that never hit too, at the end")},
	{NULL, NULL, NULL},
};

const struct command command_rules_stats = {
	.verb = "rules stats",
	.args = N_("[--since TIME] [--topic TOPIC] [--unused]"),
	.summary = N_("what each rule line brought: alerts, and false alarms among them"),
	.help = N_(
		"One row a rule line: HITS counts the alerts in which it hit, DECIDED those whose "
		"row somebody has decided, FALSE those decided as 误报 and RATE their share; no "
		"other outcome counts against a rule. Most false alarms first; lines that take "
		"points stand behind the others, since a false alarm that they hit is none of "
		"their doing. A line is known by "
		"its topic and its text: its figures stay with it when it is moved, and begin anew "
		"when it is changed; one that alerts name and that stands in the rules no more is "
		"shown as gone. Lines with ! bring no alerts and are not listed."),
	.flags = flags,
	.roles = COMMAND_ANYBODY,
	.run = run_stats,
};
