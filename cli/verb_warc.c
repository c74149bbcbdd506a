/*
 * verb_warc.c - `huiying warc list`, `warc verify`: what is in WARC files, and whether
 * they are whole. No instance is needed, and anybody's files will do.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/sig.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/warc_row.h"
#include "crawler/warc_check.h"

/* ---- list --------------------------------------------------------------- */

struct listing {
	struct call *call;
	const char *file;
	struct arena *arena; /* of one record */
	struct table *table; /* NULL with --json */
	size_t bad;
};

static enum err_code print_json_row(
	const struct listing *l, const struct warc_row *row, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	warc_row_put_json(w, l->file, row);
	return json_out_end(&out, ERR_OK, e);
}

static void add_row(struct table *t, const struct warc_row *row)
{
	const struct warc_record *rec = row->rec;
	char offset[WARC_OFFSET_SIZE], date[TIME_TEXT_SIZE];

	warc_offset_format(rec->offset, offset);
	time_format_rfc3339(rec->date, date);
	table_cell(t, offset);
	table_cell(t, rec->type_name);
	table_cell(t, date);
	if (row->is_http)
		table_cellf(t, "%d", row->http.status);
	else
		table_cell(t, NULL);
	table_cellf(t, "%zu", rec->block_size);
	table_cell(t, rec->target_uri);
	table_cell(t, row->has_meta ? row->meta.error : rec->truncated);
	table_end_row(t);
}

static enum err_code list_records(struct listing *l, struct warc_reader *r, struct err *e)
{
	for (;;) {
		struct warc_record rec;
		struct warc_row row;
		struct err why = {ERR_OK, ""};
		enum err_code rc = warc_reader_next(r, &rec, &why);
		if (rc == ERR_NOT_FOUND)
			return ERR_OK;
		if (rc == ERR_INPUT || rc == ERR_LIMIT) {
			l->bad++;
			log_warning(&l->call->log, "%s", why.text);
			continue;
		}
		if (rc)
			return err_set(e, rc, "%s", why.text);
		arena_reset(l->arena);
		warc_row_read(&rec, l->arena, &row);
		if (l->table)
			add_row(l->table, &row);
		else
			rc = print_json_row(l, &row, e);
		if (rc)
			return rc;
	}
}

static struct table *new_table(void)
{
	static const struct table_column columns[] = {
		{N_("OFFSET"), TABLE_RIGHT, 0},
		{N_("TYPE"), TABLE_LEFT, 0},
		{N_("DATE"), TABLE_LEFT, 1},
		{N_("STATUS"), TABLE_RIGHT, 0},
		{N_("SIZE"), TABLE_RIGHT, 0},
		{N_("URL"), TABLE_CUT, 0},
		{N_("ERROR"), TABLE_LEFT, 0},
	};

	return table_new(columns, sizeof columns / sizeof *columns);
}

static enum err_code list_file(struct listing *l, struct err *e)
{
	struct warc_reader *r = NULL;
	enum err_code rc = warc_reader_open(l->file, &r, e);

	if (!rc && !l->call->json && !(l->table = new_table()))
		rc = err_nomem(e);
	if (!rc)
		rc = list_records(l, r, e);
	if (!rc && l->table && l->call->argc > 1)
		output_printf(stdout, "%s\n", l->file);
	if (!rc && l->table)
		rc = table_print(l->table, stdout, output_width(stdout), e);
	table_free(l->table);
	l->table = NULL;
	warc_reader_close(r);
	return rc;
}

static enum err_code run_list(struct call *call, struct err *e)
{
	struct listing l = {.call = call, .arena = arena_new(ARENA_MAX_DEFAULT)};
	enum err_code rc = l.arena ? ERR_OK : err_nomem(e);

	for (int i = 0; i < call->argc && !rc; i++) {
		l.file = call->argv[i];
		rc = list_file(&l, e);
	}
	arena_free(l.arena);
	if (!rc)
		rc = output_flush(stdout, e);
	if (!rc && l.bad)
		rc = err_set(e, ERR_INPUT,
			n_("%zu record could not be read", "%zu records could not be read", l.bad),
			l.bad);
	return rc;
}

const struct command command_warc_list = {
	.verb = "warc list",
	.args = N_("FILE…"),
	.summary = N_("list the records of WARC files"),
	.help = N_("One line a record: its place in the file, type, time, HTTP status, size and "
		   "address, and what went wrong with a fetch. A place that begins with @ lies "
		   "in the inflated text of a file that is compressed as a whole. Reads WARC/1.0 "
		   "and 1.1, compressed or not, from anybody. Exit status 3 when a record could "
		   "not be read; “warc verify” says more."),
	.min_args = 1,
	.max_args = -1,
	.roles = COMMAND_ANYBODY,
	.run = run_list,
};

/* ---- verify ------------------------------------------------------------- */

struct verifying {
	struct call *call;
	const char *file;
	enum err_code rc; /* of the findings printed so far */
	struct err *e;
};

static enum err_code put_finding(
	const struct verifying *v, const struct warc_finding *f, const char *offset)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "file", v->file);
	json_put_str(w, "offset", offset);
	json_put_bool(w, "damage", f->damage);
	json_put_str(w, "text", f->text);
	return json_out_end(&out, ERR_OK, v->e);
}

static void on_finding(void *arg, const struct warc_finding *f)
{
	struct verifying *v = arg;
	char offset[WARC_OFFSET_SIZE];

	warc_offset_format(f->offset, offset);
	if (v->rc)
		return;
	if (v->call->json)
		v->rc = put_finding(v, f, offset);
	else if (f->damage || !v->call->quiet)
		output_printf(stdout, "%s: %s %s: %s\n", v->file,
			f->damage ? _("damage at byte") : _("note at byte"), offset, f->text);
}

static void print_figures(const struct verifying *v, const struct warc_tally *t)
{
	/* TRANSLATORS: the parts of one line, in this order. */
	output_printf(stdout, n_("%s: %llu record, ", "%s: %llu records, ", t->records), v->file,
		(unsigned long long)t->records);
	output_printf(stdout, n_("%llu digest agrees, ", "%llu digests agree, ", t->digests),
		(unsigned long long)t->digests);
	output_printf(stdout,
		n_("%llu record without one that can be checked, ",
			"%llu records without one that can be checked, ", t->unchecked),
		(unsigned long long)t->unchecked);
	output_printf(stdout, n_("%llu damage\n", "%llu damages\n", t->damages),
		(unsigned long long)t->damages);
}

static enum err_code print_tally(const struct verifying *v, const struct warc_tally *t)
{
	struct json_out out;
	struct json_writer *w;

	if (!v->call->json) {
		if (!v->call->quiet)
			print_figures(v, t);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	json_put_str(w, "file", v->file);
	json_put_int(w, "records", (int64_t)t->records);
	json_put_int(w, "digests", (int64_t)t->digests);
	json_put_int(w, "unchecked", (int64_t)t->unchecked);
	json_put_int(w, "notes", (int64_t)t->notes);
	json_put_int(w, "damages", (int64_t)t->damages);
	return json_out_end(&out, ERR_OK, v->e);
}

static enum err_code run_verify(struct call *call, struct err *e)
{
	struct sig sig = SIG_NONE;
	size_t damaged = 0;
	enum err_code rc = sig_open(&sig, e);

	for (int i = 0; i < call->argc && !rc; i++) {
		struct verifying v = {call, call->argv[i], ERR_OK, e};
		struct warc_tally tally;
		rc = warc_check(v.file, &sig, on_finding, &v, &tally, e);
		if (!rc)
			rc = v.rc;
		if (!rc)
			rc = print_tally(&v, &tally);
		damaged += !rc && tally.damages;
	}
	sig_close(&sig);
	if (!rc)
		rc = output_flush(stdout, e);
	if (!rc && damaged)
		rc = err_set(e, ERR_INTEGRITY,
			n_("%zu file is damaged", "%zu files are damaged", damaged), damaged);
	return rc;
}

const struct command command_warc_verify = {
	.verb = "warc verify",
	.args = N_("FILE…"),
	.summary = N_("check that WARC files are whole"),
	.help = N_("Reads every record: compression, lengths, digests of blocks and payloads "
		   "(SHA-256 and SHA-1), mandatory fields, and that every fetch that is told of "
		   "has its answer. Damage is named with its place and exit status 4; notes, such "
		   "as a file that is compressed as a whole, are not damage."),
	.min_args = 1,
	.max_args = -1,
	.roles = COMMAND_ANYBODY,
	.run = run_verify,
};
