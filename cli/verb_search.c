/*
 * verb_search.c - `huiying search WORDS`: finding words in items, orders and the record.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/limit.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/since.h"
#include "cli/words.h"
#include "office/search.h"

/* The words of the call, a blank between them. */
static enum err_code join_words(const struct call *call, struct buf *out, struct err *e)
{
	for (int i = 0; i < call->argc; i++)
		buf_addf(out, "%s%s", i ? " " : "", call->argv[i]);
	return buf_check(out, _("a search"), e);
}

static enum err_code read_kind(const struct call *call, const char **out, struct err *e)
{
	const char *typed = call_flag(call, "kind"), *name;
	struct buf known;
	enum err_code rc = ERR_OK;

	*out = typed;
	if (!typed)
		return ERR_OK;
	buf_init(&known, 4096);
	for (size_t i = 0; (name = search_kind_at(i)) != NULL; i++) {
		if (strcmp(typed, name) == 0 || strcmp(typed, words_of("search", name)) == 0)
			*out = name;
		buf_addf(&known, "%s%s (%s)", i ? ", " : "", name, words_of("search", name));
	}
	for (size_t i = 0; (name = search_kind_at(i)) != NULL && *out != name;)
		i++;
	if (!name)
		rc = err_set(e, ERR_USAGE, _("--kind: “%s” is none of %s"), typed, buf_str(&known));
	buf_fini(&known);
	return rc;
}

/* A day counts as a whole. */
static enum err_code read_until(
	const struct call *call, const struct office *o, int64_t *out, struct err *e)
{
	const char *typed = call_flag(call, "until");

	*out = TIME_NONE;
	if (!typed)
		return ERR_OK;
	if (!time_parse_option(typed, o->settings.zone, out))
		return err_set(e, ERR_USAGE,
			_("--until: “%s” is no time like 2026-09-30 or “2026-09-30 14:20”"), typed);
	if (strlen(typed) == sizeof "2026-09-30" - 1)
		*out += 86400;
	return ERR_OK;
}

static enum err_code read_asked(
	const struct call *call, const struct office *o, struct search_asked *asked, struct err *e)
{
	enum err_code rc = since_read(call, o, &asked->bounds.since, e);

	if (!rc)
		rc = read_until(call, o, &asked->bounds.until, e);
	asked->topic = call_flag(call, "topic");
	asked->unit = call_flag(call, "unit");
	asked->count = call_has(call, "count");
	return rc;
}

/* --- what was found --- */

/* The title, and where the words stand in the text. */
static enum err_code text_cell(struct table *t, const struct search_hit *h, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, BUF_MAX_DEFAULT);
	buf_add_str(&b, h->title);
	if (*h->title && *h->text)
		buf_add_str(&b, "｜");
	buf_add_str(&b, h->text);
	rc = buf_check(&b, _("a hit"), e);
	table_cell(t, rc ? "" : buf_str(&b));
	buf_fini(&b);
	return rc;
}

static enum err_code print_table(
	const struct office *o, const struct search_found *f, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("DATE"), TABLE_LEFT, 1},
		{N_("KIND"), TABLE_LEFT, 2},
		{N_("ID"), TABLE_LEFT, 0},
		{N_("UNIT"), TABLE_CUT, 0},
		{N_("TEXT"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < f->count; i++) {
		const struct search_hit *h = &f->hits[i];
		table_cell_time(t, h->at, o->settings.zone);
		table_cell(t, words_of("search", h->kind));
		table_cell(t, *h->subject ? h->subject : "-");
		table_cell(t, h->unit);
		rc = text_cell(t, h, e);
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_json(const struct search_hit *h, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "kind", h->kind);
	json_put_str(w, "id", h->subject);
	json_put_time(w, "at", h->at);
	json_put_str(w, "case", *h->case_id ? h->case_id : NULL);
	json_put_str(w, "unit", *h->unit ? h->unit : NULL);
	json_put_str(w, "title", *h->title ? h->title : NULL);
	json_put_str(w, "text", *h->text ? h->text : NULL);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code print_count(
	const struct call *call, const struct search_found *f, struct err *e)
{
	struct json_out out;

	if (!call->json) {
		output_printf(stdout, "%lld\n", (long long)f->total);
		return ERR_OK;
	}
	json_put_int(json_out_begin(&out), "count", f->total);
	return json_out_end(&out, ERR_OK, e);
}

static void tell_next(const struct call *call, const struct search_found *f)
{
	if (call->quiet || call->json)
		return;
	if (f->more)
		output_line(stderr, _("more were found: narrow it down, or --limit N; --count says "
				      "how many"));
	output_line(stderr, _("next: huiying show %s"),
		f->count && *f->hits[0].subject ? f->hits[0].subject : "ID");
}

static enum err_code print_found(const struct call *call, const struct office *o,
	const struct search_found *f, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (call_has(call, "count"))
		return print_count(call, f, e);
	if (!f->count)
		return err_set(e, ERR_NO, _("nothing was found"));
	for (size_t i = 0; !rc && call->json && i < f->count; i++)
		rc = print_json(&f->hits[i], e);
	if (!rc && !call->json)
		rc = print_table(o, f, e);
	if (!rc)
		tell_next(call, f);
	return rc;
}

static enum err_code run_search(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct search_asked asked = {0};
	struct search_found found = {0};
	struct office *o = NULL;
	struct buf words;
	enum err_code rc = a ? ERR_OK : err_nomem(e);

	buf_init(&words, 1 << 20);
	if (!rc)
		rc = join_words(call, &words, e);
	if (!rc)
		rc = limit_read(call, &asked.limit, e);
	if (!rc)
		rc = read_kind(call, &asked.bounds.kind, e);
	if (!rc)
		rc = session_open(call, true, &o, e);
	if (!rc)
		rc = read_asked(call, o, &asked, e);
	asked.words = rc ? "" : buf_str(&words);
	if (!rc)
		rc = office_search(o, &asked, a, &found, e);
	if (!rc)
		rc = print_found(call, o, &found, e);
	office_close(o);
	buf_fini(&words);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"kind", N_("KIND"),
		N_("only items, orders, alerts, cases, responses, promises … (item, order, alert, "
		   "case, response, promise, evidence, task, supervision, round, objection)")},
	{"topic", N_("TOPIC"), N_("only what belongs to this topic (its name or code)")},
	{"unit", N_("UNIT"), N_("only what names this unit or what it had in hand")},
	{"since", N_("TIME"), N_("only from then on: 30d, 2026-09-01")},
	{"until", N_("TIME"), N_("only up to then; a day counts as a whole")},
	{"limit", N_("N"), N_("no more than N rows (50)")},
	{"count", NULL, N_("only how many there are")},
	{NULL, NULL, NULL},
};

const struct command command_search = {
	.verb = "search",
	.args = N_("TERMS"),
	.summary = N_("find words in what was taken in and in the record"),
	.help = N_(
		"Looks through items with the page behind them, orders of hotlines, alerts, "
		"cases, answers, promises and notes. Any part of a text can be looked for, a "
		"single character too; width, case and traditional characters make no "
		"difference. The rows that came in last come first; exit 1 when nothing is "
		"found.\n\n"
		"Several words must all stand in one text. OR or | between them: one of them "
		"suffices. NOT or - in front: must not be there. Brackets group; 标题: (title:) "
		"and 正文: (text:) in front look in one part "
		"only.\n\n"
		"Quotation marks keep blanks and signs: \"…\" or “…”. Every other mark in "
		"them (“ ” 「」 《》 in \"…\") is looked for as it stands in the text; the one "
		"that ends them is written twice: \"称\"\"已办结\"\"\" finds 称\"已办结\". Marks "
		"of different kinds are different characters.\n\n"
		"Put it into single quotes for the shell: '欠薪 (工地|工程) -矿山'."),
	.flags = flags,
	.min_args = 1,
	.max_args = -1,
	.roles = COMMAND_ANYBODY,
	.run = run_search,
};
