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
