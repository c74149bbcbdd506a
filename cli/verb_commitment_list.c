/*
 * verb_commitment_list.c - `huiying commitment list`: promises and what became of them.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/promise.h"
#include "cli/session.h"
#include "cli/words.h"
#include "ledger/commitments.h"
#include "ledger/records.h"

static void add_row(struct table *t, struct buf *b, const struct commitment_record *c, int64_t now)
{
	table_cell(t, c->id);
	table_cell(t, c->case_id);
	table_cell(t, c->unit);
	table_cell(t, *c->due_date ? c->due_date : "-");
	buf_clear(b);
	promise_add_outcome(b, c, now);
	table_cell(t, buf_str(b));
	buf_clear(b);
	promise_add_extended(b, c, now);
	table_cell(t, buf_str(b));
	table_cell(t, promise_public(c));
	table_cell(t, words_or_erased(c->quote));
	table_end_row(t);
}

static enum err_code print_table(
	struct office *o, const struct commitment_record *list, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("COMMITMENT"), TABLE_LEFT, 0},
		{N_("CASE"), TABLE_LEFT, 1},
		{N_("UNIT"), TABLE_CUT, 0},
		{N_("DUE"), TABLE_LEFT, 0},
		{N_("OUTCOME"), TABLE_LEFT, 0},
		{N_("BY EXTENSION"), TABLE_LEFT, 2},
		{N_("PUBLIC"), TABLE_LEFT, 0},
		{N_("WORDS"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);
	struct buf b;

	buf_init(&b, 4096);
	for (size_t i = 0; !rc && i < count; i++)
		add_row(t, &b, &list[i], office_now(o));
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	buf_fini(&b);
	table_free(t);
	return rc;
}

static enum err_code print_json(struct office *o, const struct commitment_record *c, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	promise_put(w, c, office_now(o));
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct commitment_record *list = NULL;
	struct office *o = NULL;
	char id[IDS_SIZE];
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc && call->argc)
		rc = records_find(o->db, IDS_CASE, call->argv[0], id, e);
	if (!rc)
		rc = commitments_of(o->db, call->argc ? id : NULL, a, &list, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = print_json(o, &list[i], e);
	if (!rc && !call->json && count)
		rc = print_table(o, list, count, e);
	else if (!rc && !call->json)
		puts(_("no commitments"));
	office_close(o);
	arena_free(a);
	return rc;
}

const struct command command_commitment_list = {
	.verb = "commitment list",
	.args = N_("[CASE]"),
	.summary = N_("promises and what became of them"),
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};
