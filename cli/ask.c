/*
 * ask.c - a question, a line.
 */
#include "cli/ask.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/output.h"

#define TRIES 3

bool ask_is_possible(const struct call *call)
{
	return !call->quiet && !call->json && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

enum err_code ask_line(const char *question, struct buf *out, struct err *e)
{
	struct buf line;
	struct str text;
	int c;

	output_printf(stderr, "%s ", question);
	fflush(stderr);
	buf_clear(out);
	buf_init(&line, out->max);
	while ((c = getchar()) != EOF && c != '\n')
		buf_add_char(&line, (char)c);
	if (c == EOF && ferror(stdin)) {
		buf_fini(&line);
		return err_errno(e, errno, _("cannot read the answer"));
	}
	if (c == EOF)
		fputc('\n', stderr);
	text = str_trim((struct str){buf_str(&line), line.len});
	utf8_add_repaired(out, text.p, text.n);
	if (line.fault)
		out->fault = line.fault;
	buf_fini(&line);
	return buf_check(out, _("the answer"), e);
}

static bool is_one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_is_nocase(s, *words))
			return true;
	return false;
}

enum err_code ask_yes(const char *question, bool fallback, bool *out, struct err *e)
{
	static const char *const yes[] = {"y", "yes", "是", "好", NULL};
	static const char *const no[] = {"n", "no", "否", "不", NULL};
	struct buf line;
	enum err_code rc = ERR_OK;

	*out = fallback;
	buf_init(&line, 4096);
	for (int i = 0; !rc && i < TRIES; i++) {
		rc = ask_line(question, &line, e);
		struct str s = {buf_str(&line), line.len};
		if (s.n == 0)
			break;
		*out = is_one_of(s, yes);
		if (*out || is_one_of(s, no))
			break;
		*out = false;
	}
	buf_fini(&line);
	return rc;
}
