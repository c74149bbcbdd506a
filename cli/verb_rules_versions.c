/*
 * verb_rules_versions.c - `huiying rules versions`: who changed the rules, when and what;
 * and the text of any version.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/rulebook.h"
#include "matcher/rules_files.h"

struct listing {
	struct call *call;
	struct office *office;
	struct arena *arena;
	struct rules_files files; /* in use */
	struct rulebook_install *all;
	size_t count;
};

/* The file in use is this version. */
static bool is_in_use(const struct listing *l, const struct rulebook_install *i)
{
	const struct rules_files_one *f = rules_files_find(&l->files, i->name);
	char hex[HASH_HEX_SIZE];
	struct hash h;

	if (!f)
		return false;
	h = hash_of(buf_str(&f->text), f->text.len);
	hash_to_hex(&h, hex);
	return strcmp(hex, i->file_after) == 0;
}

/* A file may come back to a text that it had before: the newest such install counts. */
static bool is_newest_in_use(const struct listing *l, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(l->all[k].name, l->all[i].name) == 0)
			return false;
	return is_in_use(l, &l->all[i]);
}

static void add_row(const struct listing *l, struct table *t, size_t i)
{
	const struct rulebook_install *v = &l->all[i];

	table_cell_time(t, v->at, l->office->settings.zone);
	table_cell(t, v->by_name);
	table_cell(t, strcmp(v->how, "revert") == 0 ? _("revert") : _("edit"));
	table_cellf(t, "%.12s%s", v->file_after, is_newest_in_use(l, i) ? " *" : "");
	table_cellf(t, "%.12s", v->file_before[0] ? v->file_before : "-");
	table_cellf(t, "+%lld -%lld", (long long)v->added, (long long)v->removed);
	table_cellf(t, "+%lld -%lld", (long long)v->gained, (long long)v->lost);
	table_cell(t, v->name);
	table_end_row(t);
}

/* What can be done with the newest of them. */
static void tell_next(const struct listing *l)
{
	const struct rulebook_install *v = &l->all[0];

	if (!v->file_before[0])
		done_next(l->call, "rules versions %.12s · rules revert", v->file_after);
	else
		done_next(l->call,
			"rules versions %.12s · rules diff %.12s now · rules revert %.12s",
			v->file_after, v->file_before, v->file_before);
}

static enum err_code print_table(const struct listing *l, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("WHEN"), TABLE_LEFT, 0},
		{N_("WHO"), TABLE_CUT, 0},
		{N_("HOW"), TABLE_LEFT, 0},
		{N_("VERSION"), TABLE_LEFT, 0},
		{N_("BEFORE"), TABLE_LEFT, 1},
		{N_("LINES"), TABLE_LEFT, 0},
		{N_("ALERTS"), TABLE_LEFT, 0},
		{N_("FILE"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; t && i < l->count; i++)
		add_row(l, t, i);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	if (!rc)
		tell_next(l);
	return rc;
}

static enum err_code print_json_row(const struct listing *l, size_t i, struct err *e)
{
	const struct rulebook_install *v = &l->all[i];
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_time(w, "at", v->at);
	json_put_str(w, "by", v->by_name);
	json_put_str(w, "how", v->how);
	json_put_str(w, "file", v->name);
	json_put_str(w, "version", v->file_after);
	json_put_str(w, "before", v->file_before[0] ? v->file_before : NULL);
	json_put_str(w, "rules_before", v->rules_before[0] ? v->rules_before : NULL);
	json_put_str(w, "rules_after", v->rules_after);
	json_put_bool(w, "in_use", is_newest_in_use(l, i));
	json_put_int(w, "lines_added", v->added);
	json_put_int(w, "lines_removed", v->removed);
	json_put_int(w, "gained", v->gained);
	json_put_int(w, "lost", v->lost);
	json_put_int(w, "event", v->seq);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code list_installs(struct listing *l, const char *name, struct err *e)
{
	enum err_code rc = rulebook_installs(l->office->db, name, l->arena, &l->all, &l->count, e);

	for (size_t i = 0; !rc && l->call->json && i < l->count; i++)
		rc = print_json_row(l, i, e);
	if (rc || l->call->json)
		return rc;
	if (l->count)
		return print_table(l, e);
	puts(_("no rules were installed by “rules edit” yet"));
	return ERR_OK;
}

/* --- the text of a version --- */

static void print_file(const char *name, struct str text)
{
	if (name)
		output_line(stdout, "# --- %s", name);
	(void)fwrite(text.p, 1, text.n, stdout);
	if (name && text.n && text.p[text.n - 1] != '\n')
		fputc('\n', stdout);
}

/* A file as it is, byte for byte; of a set each file under its name. */
static enum err_code print_version(struct listing *l, const char *prefix, struct err *e)
{
	char hash[HASH_HEX_SIZE];
	struct rulebook_file *files = NULL;
	struct str text = {NULL, 0};
	bool is_set = false;
	size_t n = 0;
	enum err_code rc = rulebook_find(l->office->db, prefix, hash, &is_set, e);

	if (!rc && !is_set)
		rc = rulebook_file_get(l->office->db, hash, l->arena, &text, e);
	if (!rc && is_set)
		rc = rulebook_set_get(l->office->db, hash, l->arena, &files, &n, e);
	if (!rc && !is_set)
		print_file(NULL, text);
	for (size_t i = 0; !rc && i < n; i++)
		print_file(files[i].name, (struct str){files[i].text, files[i].size});
	return rc;
}

/* A name of a file in use, with or without "local.d/"; NULL: it is none. */
static const char *file_name(const struct listing *l, const char *word)
{
	const char *overlay = arena_printf(l->arena, RULES_FILES_OVERLAYS "/%s", word);

	if (rules_files_find(&l->files, word))
		return word;
	return overlay && rules_files_find(&l->files, overlay) ? overlay : NULL;
}

static enum err_code run_versions(struct call *call, struct err *e)
{
	struct listing l = {.call = call, .arena = arena_new(ARENA_MAX_DEFAULT)};
	const char *word = call->argc ? call->argv[0] : NULL, *name;
	enum err_code rc = l.arena ? session_open(call, true, &l.office, e) : err_nomem(e);

	if (!rc)
		rc = rules_files_read(&call->home, NULL, &l.files, e);
	name = !rc && word ? file_name(&l, word) : NULL;
	if (!rc)
		rc = word && !name ? print_version(&l, word, e) : list_installs(&l, name, e);
	rules_files_fini(&l.files);
	office_close(l.office);
	arena_free(l.arena);
	return rc ? rc : output_flush(stdout, e);
}

const struct command command_rules_versions = {
	.verb = "rules versions",
	.args = N_("[FILE|VERSION]"),
	.summary = N_("who changed the rules, when and what; the text of any version"),
	.help = N_(
		"One row an install, the newest first: by whom, the file's version after and "
		"before it (the beginning of its SHA-256; * is in use), lines added and removed, "
		"alerts that the trial gained and lost. With FILE only that file's. With VERSION "
		"- also the rules that `show A… --why` names - the text itself."),
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_versions,
};
