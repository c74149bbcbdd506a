/*
 * verb_neardup.c - `huiying neardup`: pairs of texts in, how alike they are out, line by
 * line, no ledger (DESIGN §7).
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/filter.h"
#include "cli/output.h"
#include "matcher/neardup.h"

#define ARENA_SIZE ((size_t)2 << 30)

struct run {
	struct normalise_table *table;
	struct arena *arena;
	struct buf out;
};

static enum err_code prepare(struct run *r, const struct json *row, const char *key,
	const struct neardup_text **out, struct err *e)
{
	const char *s = json_get_str(row, key);

	if (!s)
		return err_set(e, ERR_INPUT, _("wanted is an object with the texts “a” and “b”"));
	return neardup_prepare(r->table, s, strlen(s), r->arena, out, e);
}

static enum err_code compare(
	struct run *r, const struct json *row, double *similarity, struct err *e)
{
	const struct neardup_text *a, *b;
	enum err_code rc = prepare(r, row, "a", &a, e);

	if (!rc)
		rc = prepare(r, row, "b", &b, e);
	return rc ? rc : neardup_compare(a, b, r->arena, similarity, NULL, e);
}

static enum err_code print_verdict(
	struct run *r, const struct json *row, double similarity, struct err *e)
{
	struct json_writer w;

	json_writer_init(&w, &r->out);
	json_begin_object(&w);
	filter_put_id(&w, row);
	json_key(&w, "similarity");
	json_add_real(&w, similarity);
	json_put_bool(&w, "same", similarity >= NEARDUP_SAME);
	json_end_object(&w);
	buf_add_char(&r->out, '\n');
	return filter_print(&r->out, e);
}

static enum err_code neardup_line(void *data, const char *s, size_t n, struct err *e)
{
	struct run *r = data;
	struct json *row = NULL;
	double similarity = 0;
	enum err_code rc;

	arena_reset(r->arena);
	buf_clear(&r->out);
	rc = filter_read_row(s, n, &row, e);
	if (!rc)
		rc = compare(r, row, &similarity, e);
	if (!rc)
		rc = print_verdict(r, row, similarity, e);
	json_free(row);
	return rc;
}

static enum err_code run_neardup(struct call *call, struct err *e)
{
	struct run r = {.table = normalise_table_new(), .arena = arena_new(ARENA_SIZE)};
	struct filter filter = {.call = call, .take = neardup_line, .data = &r};
	enum err_code rc = r.table && r.arena ? ERR_OK : err_nomem(e);

	buf_init(&r.out, BUF_MAX_DEFAULT);
	if (!rc)
		rc = filter_lines(&filter, e);
	arena_free(r.arena);
	normalise_table_free(r.table);
	buf_fini(&r.out);
	return rc;
}

const struct command command_neardup = {
	.verb = "neardup",
	.args = "",
	.summary = N_("tell whether two texts are copies of one another"),
	.help = N_(
		"Reads a JSON object a line from standard input, {\"id\",\"a\",\"b\"}, and writes "
		"{\"id\",\"similarity\",\"same\"}: how alike the texts are, 0 to 1, and whether "
		"one "
		"is a copy of the other (from 0.5). Another headline, source lines, boilerplate, "
		"dropped, moved or cut-off sentences, width, script and punctuation do not matter; "
		"other numbers, dates, places or names in the same frame do. A line that cannot be "
		"read is told on standard error and the rest go on; the exit code is then 3."),
	.min_args = 0,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_neardup,
};
