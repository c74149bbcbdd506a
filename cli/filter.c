/*
 * filter.c - the loop over the lines of a file.
 */
#include "cli/filter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "cli/output.h"

static enum err_code take(struct filter *f, struct str text, struct err *e)
{
	enum err_code rc;

	f->line++;
	if (text.n == 0)
		return ERR_OK;
	rc = f->take(f->data, text.p, text.n, e);
	if (rc != ERR_INPUT && rc != ERR_LIMIT)
		return rc;
	log_error(&f->call->log, _("line %zu: %s"), f->line, e->text);
	f->bad++;
	err_clear(e);
	return ERR_OK;
}

static enum err_code read_lines(struct filter *f, FILE *in, struct err *e)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	enum err_code rc = ERR_OK;

	while (!rc && (n = getline(&line, &cap, in)) >= 0)
		rc = take(f, str_trim((struct str){line, (size_t)n}), e);
	if (!rc && ferror(in))
		rc = in == stdin ? err_set(e, ERR_IO, _("cannot read standard input"))
				 : err_errno(e, errno, _("cannot read %s"), f->path);
	free(line);
	return rc;
}

enum err_code filter_lines(struct filter *f, struct err *e)
{
	bool named = f->path && strcmp(f->path, "-") != 0;
	FILE *in = named ? fopen(f->path, "re") : stdin;
	enum err_code rc;

	rc = in ? read_lines(f, in, e) : err_errno(e, errno, _("cannot open %s"), f->path);
	if (named && in)
		fclose(in);
	if (!rc)
		rc = output_flush(stdout, e);
	if (!rc && f->bad)
		rc = err_set(e, ERR_INPUT,
			n_("%zu line could not be read", "%zu lines could not be read", f->bad),
			f->bad);
	return rc;
}

enum err_code filter_read_row(const char *s, size_t n, struct json **row, struct err *e)
{
	bool repaired;
	enum err_code rc;

	*row = NULL;
	if (n > FILTER_LINE_MAX)
		return err_set(e, ERR_LIMIT, _("a line of more than %zu bytes"), FILTER_LINE_MAX);
	rc = json_read_foreign(s, n, row, &repaired, e);
	if (!rc && json_type_of(*row) != JSON_IS_OBJECT)
		rc = err_set(e, ERR_INPUT, _("no JSON object"));
	return rc;
}

void filter_put_id(struct json_writer *w, const struct json *row)
{
	const struct json *id = json_get(row, "id");
	int64_t number;

	if (json_int(id, &number))
		json_put_int(w, "id", number);
	else
		json_put_str(w, "id", json_str(id));
}

enum err_code filter_print(const struct buf *out, struct err *e)
{
	/* A translation is not looked up for every row. */
	enum err_code rc = out->fault ? buf_check(out, _("result"), e) : ERR_OK;

	if (!rc && out->len && fwrite(out->data, 1, out->len, stdout) != out->len)
		rc = err_errno(e, errno, _("standard output"));
	return rc;
}
