/*
 * verb_commitment_list.c - `huiying commitment list`: promises and what became of them.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/promise.h"
#include "cli/session.h"
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
	table_cell(t, c->quote ? c->quote : _("(erased by order of law)"));
	table_end_row(t);
}

static enum err_code print_table(
	struct office *o, const struct commitment_record *list, size_t count, struct err *e)
{
	static const char *const titles[] = {N_("COMMITMENT"), N_("CASE"), N_("UNIT"), N_("DUE"),
		N_("OUTCOME"), N_("BY EXTENSION"), N_("PUBLIC"), N_("WORDS")};
	struct table *t = table_new(sizeof titles / sizeof *titles);
	enum err_code rc = t ? ERR_OK : err_nomem(e);
	struct buf b;

	buf_init(&b, 4096);
	for (size_t i = 0; t && i < sizeof titles / sizeof *titles; i++)
		table_head(t, i, _(titles[i]), TABLE_LEFT);
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
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, BUF_MAX_DEFAULT);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	promise_put(&w, c, office_now(o));
	json_end_object(&w);
	rc = session_print_json(&b, e);
	buf_fini(&b);
	return rc;
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
	.run = run_list,
};
