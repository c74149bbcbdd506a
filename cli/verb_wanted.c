/*
 * verb_wanted.c - `huiying wanted`: what shall be fetched besides the sources; as a file
 * that huiying-fetch reads on another machine.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/words.h"
#include "ledger/wants.h"

#define LIST_MAX ((size_t)64 << 20)

static enum err_code read_lines(struct office *o, struct buf *out, struct err *e)
{
	enum err_code rc = db_begin_read(o->db, e);

	if (!rc)
		rc = wants_add_lines(o->db, out, e);
	db_rollback(o->db);
	return rc;
}

static size_t count_lines(const struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->len; i++)
		n += b->data[i] == '\n';
	return n;
}

#define KIND 1 /* of the keys below */

static void add_line(struct table *t, struct str line)
{
	static const char *const keys[] = {"id", "kind", "source", "url"};
	struct json *row = NULL;
	struct buf text;

	if (json_read(line.p, line.n, &row, NULL) != ERR_OK)
		return;
	buf_init(&text, 65536);
	for (size_t i = 0; i < 4; i++) {
		buf_clear(&text);
		table_cell(t, json_as_text(json_get(row, keys[i]), &text)
				      ? words_of(i == KIND ? "wanted" : "", buf_str(&text))
				      : NULL);
	}
	table_end_row(t);
	buf_fini(&text);
	json_free(row);
}

static enum err_code print_table(const struct buf *lines, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("ID"), TABLE_RIGHT, 0},
		{N_("KIND"), TABLE_LEFT, 0},
		{N_("SOURCE"), TABLE_LEFT, 0},
		{N_("URL"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	struct str rest = {buf_str(lines), lines->len};
	enum err_code rc;

	if (!t)
		return err_nomem(e);
	while (rest.p && rest.n)
		add_line(t, str_split(&rest, '\n'));
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code write_out(
	struct call *call, const char *path, const struct buf *lines, struct err *e)
{
	size_t n = count_lines(lines);
	enum err_code rc = path_write_atomic(path, buf_str(lines), lines->len, 0660, e);

	if (!rc)
		log_notice(&call->log,
			n_("%zu wanted address in %s; next: huiying-fetch --wanted-only --wanted "
			   "FILE --spool DIR",
				"%zu wanted addresses in %s; next: huiying-fetch --wanted-only "
				"--wanted FILE --spool DIR",
				n),
			n, path);
	return rc;
}

static enum err_code run_wanted(struct call *call, struct err *e)
{
	const char *out = call_flag(call, "out");
	struct office *o = NULL;
	struct buf lines;
	enum err_code rc = session_open(call, true, &o, e);

	buf_init(&lines, LIST_MAX);
	if (!rc)
		rc = read_lines(o, &lines, e);
	if (!rc && out && strcmp(out, "-") != 0) {
		rc = write_out(call, out, &lines, e);
	} else if (!rc && (out || call->json)) {
		if (lines.len)
			fwrite(lines.data, 1, lines.len, stdout);
		rc = output_flush(stdout, e);
	} else if (!rc && !lines.len) {
		puts(_("nothing is wanted"));
	} else if (!rc) {
		rc = print_table(&lines, e);
	}
	buf_fini(&lines);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"out", N_("FILE"), N_("write them to FILE, whole or not at all; - is standard output")},
	{NULL, NULL, NULL},
};

const struct command command_wanted = {
	.verb = "wanted",
	.args = N_("[--out FILE]"),
	.summary = N_("list what shall be fetched besides the sources"),
	.help = N_("Articles, next pages and evidence that are still to be captured, a JSON "
		   "object a line with --out or --json. Where the ledger's machine has no way to "
		   "the net, carry the file to one that has, run huiying-fetch --wanted-only "
		   "--wanted FILE --spool DIR there, carry DIR/*.warc.gz back and ingest them: "
		   "the rows close."),
	.flags = flags,
	.min_args = 0,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_wanted,
};
