/*
 * err.c - fills and prefixes struct err. Texts are formatted aside first, because
 * an argument may well be the old text of the same struct.
 */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#define ELLIPSIS "\xe2\x80\xa6"

/* Ends a text that was cut at the limit in "…", never inside a character. */
static void mark_cut(char *text)
{
	size_t n = ERR_TEXT_MAX - sizeof ELLIPSIS;

	while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	memcpy(text + n, ELLIPSIS, sizeof ELLIPSIS);
}

static void format_text(char *text, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

static void format_text(char *text, const char *fmt, va_list ap)
{
	int n = vsnprintf(text, ERR_TEXT_MAX, fmt, ap);

	if (n < 0)
		text[0] = '\0';
	else if (n >= ERR_TEXT_MAX)
		mark_cut(text);
}

/* text := text + separator + more, cut with a mark when it does not fit. */
static void append_text(char *text, const char *more)
{
	size_t have = strlen(text), room = ERR_TEXT_MAX - have, n = strlen(more);

	if (n < room) {
		memcpy(text + have, more, n + 1);
		return;
	}
	memcpy(text + have, more, room - 1);
	text[ERR_TEXT_MAX - 1] = '\0';
	mark_cut(text);
}

enum err_code err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	if (!e)
		return code;
	va_start(ap, fmt);
	format_text(text, fmt, ap);
	va_end(ap);
	e->code = code;
	memcpy(e->text, text, sizeof text);
	return code;
}

static enum err_code code_of_errno(int errnum)
{
	if (errnum == ENOMEM)
		return ERR_NOMEM;
	return errnum == ENOENT ? ERR_NOT_FOUND : ERR_IO;
}

enum err_code err_errno(struct err *e, int errnum, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX], reason[256];
	va_list ap;

	if (!e)
		return code_of_errno(errnum);
	va_start(ap, fmt);
	format_text(text, fmt, ap);
	va_end(ap);
	append_text(text, ": ");
	append_text(text, strerror_r(errnum, reason, sizeof reason));
	e->code = code_of_errno(errnum);
	memcpy(e->text, text, sizeof text);
	return e->code;
}

enum err_code err_prefix(struct err *e, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	if (!e)
		return ERR_IO;
	va_start(ap, fmt);
	format_text(text, fmt, ap);
	va_end(ap);
	append_text(text, e->text);
	memcpy(e->text, text, sizeof text);
	return e->code;
}

enum err_code err_nomem(struct err *e)
{
	return err_set(e, ERR_NOMEM, "%s", _("out of memory"));
}

void err_clear(struct err *e)
{
	if (!e)
		return;
	e->code = ERR_OK;
	e->text[0] = '\0';
}

int err_exit_code(enum err_code code)
{
	switch (code) {
	case ERR_OK:
		return 0;
	case ERR_NO:
	case ERR_REFUSED:
	case ERR_DENIED:
		return 1;
	case ERR_USAGE:
	case ERR_CONFIG:
		return 2;
	case ERR_INTEGRITY:
		return 4;
	case ERR_NOT_FOUND:
	case ERR_INPUT:
	case ERR_LIMIT:
	case ERR_BUSY:
	case ERR_IO:
	case ERR_NET:
	case ERR_NOMEM:
	case ERR_STOPPED:
		break;
	}
	return 3;
}
