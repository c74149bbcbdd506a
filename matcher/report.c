/*
 * report.c - collecting the faults of rule files.
 */
#include "matcher/report.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/i18n.h"

static void add_place(struct buf *b, struct report_place at)
{
	buf_add_str(b, at.file);
	if (at.line > 0)
		buf_addf(b, ":%d", at.line);
	if (at.line > 0 && at.column > 0)
		buf_addf(b, ":%d", at.column);
	buf_add_str(b, ": ");
}

static void add_line(struct report *r, struct buf *text)
{
	if (r->out) {
		buf_add(r->out, text->data, text->len);
		buf_add_char(r->out, '\n');
	}
}

void report_error(struct report *r, struct report_place at, const char *fmt, ...)
{
	struct buf text;
	va_list ap;

	buf_init(&text, 1 << 16);
	add_place(&text, at);
	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	if (r->errors == 0)
		err_set(r->e, ERR_CONFIG, "%s", buf_str(&text));
	if (r->errors < REPORT_MAX)
		add_line(r, &text);
	r->errors++;
	buf_fini(&text);
}

void report_notice(struct report *r, struct report_place at, const char *fmt, ...)
{
	struct buf text;
	va_list ap;

	buf_init(&text, 1 << 16);
	add_place(&text, at);
	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	if (r->notices < REPORT_MAX)
		add_line(r, &text);
	r->notices++;
	buf_fini(&text);
}

enum err_code report_end(struct report *r)
{
	if (r->errors == 0)
		return ERR_OK;
	if (r->errors > REPORT_MAX && r->out)
		buf_addf(r->out, _("… and %zu more errors\n"), r->errors - REPORT_MAX);
	return ERR_CONFIG;
}
