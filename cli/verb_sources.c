/*
 * verb_sources.c - `huiying sources check | list | enable | disable`: what is read, whether
 * sources.conf is right, and the switch of each source.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/path.h"
#include "base/url.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/pace_view.h"
#include "cli/session.h"
#include "cli/sources_file.h"
#include "crawler/address.h"
#include "crawler/source.h"
#include "crawler/source_edit.h"

/* ---- check and list ----------------------------------------------------- */

static enum err_code print_json_rows(
	const struct sources *s, const struct state *state, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; i < sources_count(s) && !rc; i++) {
		const struct source *row = sources_at(s, i);
		struct json_out out;
		struct json_writer *w = json_out_begin(&out);

		json_put_str(w, "id", row->id);
		json_put_str(w, "name", row->name);
		json_put_str(w, "kind", source_kind_name(row->kind));
		json_put_str(w, "url", row->url);
		json_put_int(w, "every", row->every);
		json_put_bool(w, "local", row->local);
		json_put_bool(w, "robots", row->robots);
		json_put_bool(w, "allow_private", row->allow_private);
		json_put_bool(w, "enabled", row->enabled);
		json_put_str(w, "channel", row->channel);
		json_put_str(w, "article", row->article);
		json_put_int(w, "every_min", row->every_min);
		json_put_int(w, "every_max", row->every_max);
		pace_view_put_json(w, state, row);
		rc = json_out_end(&out, ERR_OK, e);
	}
	return rc;
}

static void add_row(struct table *t, const struct source *s, const struct state *state)
{
	table_cell(t, s->id);
	table_cell(t, s->enabled ? _("yes") : _("no"));
	table_cell(t, source_kind_name(s->kind));
	table_cellf(t, "%lld", (long long)(s->every / 60));
	pace_view_cell(t, state, s);
	table_cell(t, s->local ? _("yes") : _("no"));
	table_cell(t, s->name);
	table_cell(t, s->url);
	table_end_row(t);
}

static enum err_code print_table(const struct sources *s, const struct state *state, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("SOURCE"), TABLE_LEFT, 0},
		{N_("ON"), TABLE_LEFT, 0},
		{N_("KIND"), TABLE_LEFT, 0},
		{N_("MIN"), TABLE_RIGHT, 0},
		{N_("NOW"), TABLE_RIGHT, 1},
		{N_("LOCAL"), TABLE_LEFT, 2},
		{N_("NAME"), TABLE_CUT, 0},
		{N_("URL"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc;

	if (!t)
		return err_nomem(e);
	for (size_t i = 0; i < sources_count(s); i++)
		add_row(t, sources_at(s, i), state);
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code load_sources(struct call *call, struct sources **out, struct err *e)
{
	struct buf text;
	enum err_code rc;

	if (call->argc == 0)
		return sources_load(&call->home, out, e);
	buf_init(&text, (size_t)4 << 20);
	rc = path_read(call->argv[0], &text, e);
	if (!rc)
		rc = sources_parse(call->argv[0], buf_str(&text), text.len, out, e);
	buf_fini(&text);
	return rc;
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct sources *s = NULL;
	struct state *state = pace_view_load(&call->home);
	enum err_code rc = load_sources(call, &s, e);

	if (!rc)
		rc = call->json ? print_json_rows(s, state, e) : print_table(s, state, e);
	sources_free(s);
	state_free(state);
	return rc;
}

/* An address written out that no crawl would ever ask, for want of one line. */
static void warn_private(struct call *call, const struct sources *s, const struct source *row)
{
	struct url_parts u;
	const char *block = NULL;

	if (row->allow_private || url_split(row->url, &u, NULL) != ERR_OK)
		return;
	if (address_is_literal(u.host))
		block = address_block_text(u.host);
	if (block)
		log_warning(&call->log,
			_("%s:%d: [%s] is at an address that is not public (%s); it is fetched "
			  "only with allow_private = yes"),
			sources_path(s), row->line, row->id, block);
	url_parts_fini(&u);
}

struct address_row {
	char *canonical;
	const struct source *source;
};

static int by_address(const void *a, const void *b)
{
	const struct address_row *x = a, *y = b;
	int order = strcmp(x->canonical, y->canonical);

	return order ? order
		     : (x->source->line > y->source->line) - (x->source->line < y->source->line);
}

static void warn_same(
	struct call *call, const struct sources *s, const struct address_row *rows, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (strcmp(rows[i].canonical, rows[i - 1].canonical) == 0)
			log_warning(&call->log,
				_("%s:%d: [%s] has the address of [%s] (line %d): it is asked "
				  "twice, and every item counts as a copy of itself"),
				sources_path(s), rows[i].source->line, rows[i].source->id,
				rows[i - 1].source->id, rows[i - 1].source->line);
}

/* Two sources that are on and read one address. */
static enum err_code warn_twins(struct call *call, const struct sources *s, struct err *e)
{
	struct address_row *rows = calloc(sources_count(s) + 1, sizeof *rows);
	enum err_code rc = rows ? ERR_OK : err_nomem(e);
	size_t n = 0;

	for (size_t i = 0; !rc && i < sources_count(s); i++) {
		const struct source *row = sources_at(s, i);
		if (!row->enabled)
			continue;
		rc = url_canonical(row->url, NULL, &rows[n].canonical, e);
		rows[n].source = row;
		n += !rc;
	}
	if (!rc && n)
		qsort(rows, n, sizeof *rows, by_address);
	if (!rc)
		warn_same(call, s, rows, n);
	for (size_t i = 0; rows && i < n; i++)
		free(rows[i].canonical);
	free(rows);
	return rc;
}

static enum err_code run_check(struct call *call, struct err *e)
{
	struct sources *s = NULL;
	enum err_code rc = load_sources(call, &s, e);

	if (!rc)
		rc = call->json ? print_json_rows(s, NULL, e) : print_table(s, NULL, e);
	for (size_t i = 0; !rc && i < sources_count(s); i++)
		warn_private(call, s, sources_at(s, i));
	if (!rc)
		rc = warn_twins(call, s, e);
	if (!rc)
		log_notice(&call->log,
			n_("%s: %zu source, no errors", "%s: %zu sources, no errors",
				sources_count(s)),
			sources_path(s), sources_count(s));
	sources_free(s);
	return rc;
}

/* ---- enable and disable -------------------------------------------------- */

static enum err_code switch_sources(struct call *call, bool on, struct err *e)
{
	struct sources_file f;
	enum err_code rc = session_may(call, e);

	if (rc)
		return rc;
	rc = sources_file_open(&call->home, &f, e);
	for (int i = 0; !rc && i < call->argc; i++)
		rc = source_edit_set(&f.text, call->argv[i], "enabled", on ? "yes" : "no", e);
	if (!rc)
		rc = sources_file_save(call, NULL, &f, on ? "enable" : "disable", e);
	if (!rc && !call->quiet)
		output_printf(stdout,
			on ? n_("%d source is on now\n", "%d sources are on now\n", call->argc)
			   : n_("%d source is off now\n", "%d sources are off now\n", call->argc),
			call->argc);
	sources_file_close(&f);
	return rc;
}

static enum err_code run_enable(struct call *call, struct err *e)
{
	return switch_sources(call, true, e);
}

static enum err_code run_disable(struct call *call, struct err *e)
{
	return switch_sources(call, false, e);
}

const struct command command_sources_check = {
	.verb = "sources check",
	.args = N_("[FILE]"),
	.summary = N_("check sources.conf and list its sources"),
	.help = N_("Reads FILE, or the sources.conf in force. An error is shown with file, line "
		   "and column, and the exit status is 2."),
	.min_args = 0,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_check,
};

const struct command command_sources_list = {
	.verb = "sources list",
	.args = "",
	.summary = N_("list the sources"),
	.min_args = 0,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};

const struct command command_sources_enable = {
	.verb = "sources enable",
	.args = N_("ID…"),
	.summary = N_("switch sources on"),
	.help = N_("Changes the line “enabled” of each source in the home's sources.conf and "
		   "nothing else: comments, order and all other lines stay. All or none are "
		   "changed."),
	.min_args = 1,
	.max_args = -1,
	.roles = PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_enable,
};

const struct command command_sources_disable = {
	.verb = "sources disable",
	.args = N_("ID…"),
	.summary = N_("switch sources off; what they brought stays"),
	.min_args = 1,
	.max_args = -1,
	.roles = PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_disable,
};
