/*
 * verb_urls.c - `huiying urls`: URLs in, canonical URLs out, line by line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/url.h"
#include "base/url_article.h"
#include "cli/command.h"
#include "cli/output.h"

/* One line without its end; `usable` is false when it cannot be a URL at all. */
struct input_line {
	char text[URL_MAX + 2]; /* room for a CR */
	size_t n;
	bool usable;
};

/* False at the end of input. A line of any length is read to its end. */
static bool read_line(FILE *in, struct input_line *l)
{
	int c = getc_unlocked(in);

	*l->text = '\0';
	l->n = 0;
	l->usable = true;
	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getc_unlocked(in)) {
		if (c == '\0' || l->n + 1 >= sizeof l->text)
			l->usable = false;
		else
			l->text[l->n++] = (char)c;
	}
	if (l->n > 0 && l->text[l->n - 1] == '\r')
		l->n--;
	l->text[l->n] = '\0';
	return true;
}

static enum err_code run_urls(struct call *call, struct err *e)
{
	const char *base = call_flag(call, "base");
	struct input_line l;
	char *url = NULL;
	enum err_code rc = ERR_OK;

	if (base != NULL && url_canonical(base, NULL, &url, e) != ERR_OK) {
		(void)err_prefix(e, "--base: ");
		e->code = ERR_USAGE;
		return ERR_USAGE;
	}
	free(url);
	while (read_line(stdin, &l)) {
		rc = l.usable ? url_article(l.text, base, &url, e) : ERR_INPUT;
		if (rc == ERR_NOMEM)
			return rc;
		(void)puts(rc == ERR_OK ? url : "-");
		if (rc == ERR_OK)
			free(url);
	}
	err_clear(e);
	if (ferror(stdin))
		return err_set(e, ERR_IO, _("cannot read standard input"));
	return output_flush(stdout, e);
}

static const struct command_flag flags[] = {
	{"base", "URL", N_("resolve relative references against URL")},
	{NULL, NULL, NULL},
};

const struct command command_urls = {
	.verb = "urls",
	.args = N_("[--base URL]"),
	.summary = N_("bring URLs into canonical form, one a line"),
	.help = N_("Reads a URL a line from standard input and writes, for each line, its "
		   "canonical form, or \"-\" when it is no URL that would be fetched: not http "
		   "or https, no host, a user name, a backslash, a blank, a control character. "
		   "Parameters that only say where a reader came from and session ids are "
		   "dropped, a mobile site's address becomes the desktop site's: two addresses "
		   "of one article come out alike."),
	.flags = flags,
	.min_args = 0,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_urls,
};
