/*
 * verb_rules_diff.c - `huiying rules diff`: what two versions of the rules make of the
 * same items.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "cli/backtest_view.h"
#include "cli/command.h"
#include "cli/filter.h"
#include "cli/json_out.h"
#include "cli/look_back.h"
#include "cli/match_row.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/rulebook.h"
#include "matcher/rules_files.h"

#define DAYS 30
#define NOW "now"
#define TITLE_FROM_TEXT 40 /* code points */
#define LINE_MAX_BYTES ((size_t)64 << 20)

struct diff {
	struct call *call;
	struct office *office; /* NULL until it is needed */
	struct arena *arena; /* of archived texts, then of one item */
	struct rules *rules[2];
	struct backtest *test;
	bool no_region;
	int64_t days; /* 0: a file was given */
};

static enum err_code need_office(struct diff *d, struct err *e)
{
	return d->office ? ERR_OK : session_open(d->call, true, &d->office, e);
}

/* --- which rules ----------------------------------------------------------------------- */

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* keywords.conf and local.d of one directory. */
static enum err_code read_directory(const char *dir, struct rules_files *out, struct err *e)
{
	struct path_home here = {.home = (char *)(uintptr_t)dir};

	return rules_files_read(&here, NULL, out, e);
}

/* A set, or the set that a version of a file came with. */
static enum err_code read_archived(
	struct diff *d, const char *prefix, struct rules_files *out, struct err *e)
{
	char hash[HASH_HEX_SIZE], file[HASH_HEX_SIZE];
	struct rulebook_file *files = NULL;
	bool is_set = false;
	size_t n = 0;
	enum err_code rc = need_office(d, e);

	if (!rc)
		rc = rulebook_find(d->office->db, prefix, hash, &is_set, e);
	if (!rc && !is_set) {
		memcpy(file, hash, sizeof file);
		rc = rulebook_set_of_file(d->office->db, file, hash, e);
	}
	if (!rc)
		rc = rulebook_set_get(d->office->db, hash, d->arena, &files, &n, e);
	for (size_t i = 0; !rc && i < n; i++)
		rc = rules_files_put(out, files[i].name, NULL, files[i].text, files[i].size, e);
	return rc;
}

static enum err_code read_rules(
	struct diff *d, const char *word, struct rules_files *out, struct err *e)
{
	memset(out, 0, sizeof *out);
	if (is_directory(word))
		return read_directory(word, out, e);
	if (path_exists(word) || strcmp(word, "-") == 0)
		return rules_files_read(&d->call->home, word, out, e);
	if (strcmp(word, NOW) == 0)
		return rules_files_read(&d->call->home, NULL, out, e);
	return read_archived(d, word, out, e);
}

/* Lines are compared with their file's name: two files that stand alone are one file. */
static enum err_code name_alike(struct rules_files *files, struct rules **rules, struct err *e)
{
	const struct rules_files_one *f = &files->file[0];
	struct rules_file alone = {RULES_FILES_MAIN, buf_str(&f->text), f->text.len};

	if (files->count != 1)
		return ERR_OK;
	rules_free(*rules);
	return rules_compile(&alone, 1, rules, NULL, e);
}

static enum err_code load(struct diff *d, int side, struct err *e)
{
	const char *word = d->call->argv[side];
	struct rules_files files;
	struct buf report;
	enum err_code rc = read_rules(d, word, &files, e);

	buf_init(&report, BUF_MAX_DEFAULT);
	if (!rc) {
		rc = rules_files_compile(&files, &d->rules[side], &report, e);
		if (!rc)
			rc = name_alike(&files, &d->rules[side], e);
		else if (rc == ERR_CONFIG) {
			output_lines(stderr, &report);
			(void)err_set(e, rc, _("the rules of “%s” are not right"), word);
		}
	} else if (rc == ERR_NOT_FOUND || rc == ERR_REFUSED) {
		rc = e->code = ERR_CONFIG;
	}
	rules_files_fini(&files);
	buf_fini(&report);
	return rc;
}

/* --- which items ------------------------------------------------------------------------- */

/* What stands for a title where there is none. */
static const char *beginning(struct arena *a, const struct match_input *in)
{
	return in->text ? arena_strndup(a, in->text,
				  utf8_offset(in->text, in->text_size, TITLE_FROM_TEXT))
			: NULL;
}

static enum err_code take_line(void *data, const char *s, size_t n, struct err *e)
{
	struct diff *d = data;
	struct backtest_item item = {0};
	struct match_row row;
	enum err_code rc;

	arena_reset(d->arena);
	if (n > LINE_MAX_BYTES)
		return err_set(e, ERR_LIMIT, _("a line of more than %zu bytes"), LINE_MAX_BYTES);
	rc = match_row_read(s, n, d->arena, &row, e);
	if (rc)
		return rc;
	row.input.no_region = d->no_region;
	item.id = row.id;
	item.title = row.input.title && *row.input.title ? row.input.title
							 : beginning(d->arena, &row.input);
	item.source = row.input.source;
	rc = backtest_add(d->test, &item, &row.input, d->arena, e);
	match_row_fini(&row);
	return rc;
}

static enum err_code take_ledger(struct diff *d, struct err *e)
{
	enum err_code rc = need_office(d, e);

	return rc ? rc : look_back_try(d->call, d->office, d->days, d->test, e);
}

static enum err_code take_items(struct diff *d, struct err *e)
{
	struct filter filter = {.call = d->call, .take = take_line, .data = d};

	if (d->days)
		return take_ledger(d, e);
	filter.path = d->call->argv[2];
	return filter_lines(&filter, e);
}

/* --- the command ---------------------------------------------------------------------------- */

static enum err_code print_json(struct diff *d, const struct backtest_result *r, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "old", rules_hash(d->rules[0]));
	json_put_str(w, "new", rules_hash(d->rules[1]));
	backtest_view_put(w, r, d->days);
	return json_out_end(&out, ERR_OK, e);
}

/* As diff(1): 0 no difference, 1 there is one. */
static enum err_code tell(struct diff *d, struct err *e)
{
	struct backtest_result r;
	enum err_code rc = backtest_end(d->test, &r, e);

	if (!rc && d->call->json)
		rc = print_json(d, &r, e);
	else if (!rc && !d->call->quiet)
		backtest_view_print(stdout, &r, d->days);
	if (!rc)
		rc = output_flush(stdout, e);
	return rc || backtest_is_same(&r) ? rc : ERR_NO;
}

static enum err_code read_flags(struct diff *d, struct err *e)
{
	const char *since = call_flag(d->call, "since");

	d->no_region = call_has(d->call, "no-region");
	if (d->call->argc == 3 && since)
		return err_set(e, ERR_USAGE, _("either --since or a file of items"));
	if (d->call->argc == 2 && d->no_region)
		return err_set(e, ERR_USAGE, _("--no-region goes with a file of items"));
	return d->call->argc == 3 ? ERR_OK : look_back_days(d->call, DAYS, &d->days, e);
}

static enum err_code run_diff(struct call *call, struct err *e)
{
	struct diff d = {.call = call, .arena = arena_new((size_t)1 << 30)};
	enum err_code rc = d.arena ? read_flags(&d, e) : err_nomem(e);

	for (int side = 0; !rc && side < 2; side++)
		rc = load(&d, side, e);
	if (!rc && !(d.test = backtest_new(d.rules[0], d.rules[1])))
		rc = err_nomem(e);
	if (!rc)
		rc = take_items(&d, e);
	if (!rc)
		rc = tell(&d, e);
	backtest_free(d.test);
	rules_free(d.rules[0]);
	rules_free(d.rules[1]);
	office_close(d.office);
	arena_free(d.arena);
	return rc;
}

static const struct command_flag flags[] = {
	{"since", N_("SPAN"), N_("the items of this time (default 30d)")},
	{"no-region", NULL, N_("take every region test as met (with a file of items)")},
	{NULL, NULL, NULL},
};

const struct command command_rules_diff = {
	.verb = "rules diff",
	.args = N_("OLD NEW [ITEMS]"),
	.summary = N_("compare what two versions of the rules make of the same items"),
	.help = N_("OLD and NEW are rule files (each alone), directories with keywords.conf and "
		   "local.d, "
		   "versions as `rules versions` and `show A… --why` name them, or “now”: the "
		   "rules in "
		   "use. ITEMS is a file as `huiying match` reads it (“-”: standard input); "
		   "without it the "
		   "items that the ledger took in lately are judged. Says alerts gained and lost, "
		   "graver "
		   "and milder, and the lines that made the difference. Exit code 0: no alert "
		   "differs, "
		   "1: some do."),
	.flags = flags,
	.min_args = 2,
	.max_args = 3,
	.roles = COMMAND_ANYBODY,
	.run = run_diff,
};
