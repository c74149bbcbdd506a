/*
 * report.c - collecting the faults of rule files, and reading the list again.
 */
#include "matcher/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define TEXT_MAX ((size_t)1 << 16)
#define INDENT "    "

static const char *kind_words(enum report_kind kind)
{
	switch (kind) {
	case REPORT_WARNING:
		return _("warning: ");
	case REPORT_NOTICE:
		return _("notice: ");
	case REPORT_ERROR:
		break;
	}
	return "";
}

static void add_place(struct buf *b, struct report_place at)
{
	buf_add_str(b, at.file);
	if (at.line > 0)
		buf_addf(b, ":%d", at.line);
	if (at.line > 0 && at.column > 0)
		buf_addf(b, ":%d", at.column);
	buf_add_str(b, ": ");
}

/* One line of the list; line ends in it would look like another entry. */
static void add_line(struct report *r, struct buf *text)
{
	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] == '\n')
			text->data[i] = ' ';
	if (r->out) {
		buf_add(r->out, text->data, text->len);
		buf_add_char(r->out, '\n');
	}
}

static size_t max_of(const struct report *r)
{
	return r->max ? r->max : REPORT_MAX;
}

static void __attribute__((format(printf, 4, 0)))
tell(struct report *r, enum report_kind kind, struct report_place at, const char *fmt, va_list ap)
{
	size_t *count = kind == REPORT_ERROR ? &r->errors : &r->notices;
	struct buf text;

	buf_init(&text, TEXT_MAX);
	add_place(&text, at);
	buf_add_str(&text, kind_words(kind));
	buf_vaddf(&text, fmt, ap);
	if (kind == REPORT_ERROR && r->errors == 0)
		err_set(r->e, ERR_CONFIG, "%s", buf_str(&text));
	r->hidden = *count >= max_of(r);
	if (!r->hidden)
		add_line(r, &text);
	++*count;
	buf_fini(&text);
}

void report_error(struct report *r, struct report_place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tell(r, REPORT_ERROR, at, fmt, ap);
	va_end(ap);
}

void report_notice(struct report *r, struct report_place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tell(r, REPORT_NOTICE, at, fmt, ap);
	va_end(ap);
}

void report_warning(struct report *r, struct report_place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tell(r, REPORT_WARNING, at, fmt, ap);
	va_end(ap);
}

void report_hint(struct report *r, const char *fmt, ...)
{
	struct buf text;
	va_list ap;

	if (r->hidden)
		return;
	buf_init(&text, TEXT_MAX);
	buf_addf(&text, INDENT "%s", _("hint: "));
	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	add_line(r, &text);
	buf_fini(&text);
}

enum err_code report_end(struct report *r)
{
	if (r->errors == 0)
		return ERR_OK;
	if (r->errors > max_of(r) && r->out)
		buf_addf(r->out, _("… and %zu more errors\n"), r->errors - max_of(r));
	return ERR_CONFIG;
}

/* --- reading ----------------------------------------------------------------- */

/* ":N" at *pos; 0 when there is none. */
static int take_number(struct str s, size_t *pos)
{
	size_t at = *pos + 1;
	int value = 0;

	if (*pos >= s.n || s.p[*pos] != ':')
		return 0;
	while (at < s.n && at < *pos + 9 && str_is_digit((unsigned char)s.p[at]))
		value = value * 10 + (s.p[at++] - '0');
	if (at == *pos + 1 || at >= s.n || s.p[at] != ':')
		return 0;
	*pos = at;
	return value;
}

/* Cuts "file:line:column: " off s; names may hold colons, but none that look like this. */
static void take_place(struct str *s, struct report_entry *out)
{
	for (size_t i = 0; i + 1 < s->n; i++) {
		size_t pos = i;
		int line = take_number(*s, &pos), column = line ? take_number(*s, &pos) : 0;
		if (s->p[pos] != ':' || pos + 1 >= s->n || s->p[pos + 1] != ' ')
			continue;
		out->file = str_sub(*s, 0, i);
		out->line = line;
		out->column = column;
		*s = str_sub(*s, pos + 2, s->n);
		return;
	}
}

static bool take_words(struct str *s, const char *words)
{
	if (!words[0] || !str_has_prefix(*s, words))
		return false;
	*s = str_sub(*s, strlen(words), s->n);
	return true;
}

bool report_read(struct str *rest, struct report_entry *out)
{
	struct str line, next;

	memset(out, 0, sizeof *out);
	if (rest->n == 0)
		return false;
	line = str_split(rest, '\n');
	take_place(&line, out);
	if (take_words(&line, kind_words(REPORT_WARNING)))
		out->kind = REPORT_WARNING;
	else if (take_words(&line, kind_words(REPORT_NOTICE)))
		out->kind = REPORT_NOTICE;
	out->text = line;
	next = *rest;
	line = str_split(&next, '\n');
	if (!str_has_prefix(line, INDENT))
		return true;
	*rest = next;
	out->hint = str_sub(line, strlen(INDENT), line.n);
	(void)take_words(&out->hint, _("hint: "));
	return true;
}

/* --- sorting ----------------------------------------------------------------- */

struct sorted {
	struct str whole; /* with its hint and line ends */
	size_t file, found;
	int line, column;
};

static int by_place(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->found < y->found ? -1 : 1;
}

/* The number of the file: that of an entry which named it before, or a new one. */
static size_t file_number(
	const struct str *names, size_t n, const struct sorted *all, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], name))
			return all[i].file;
	return n;
}

static size_t read_all(struct str list, struct sorted *all, struct str *names)
{
	struct str rest = list;
	struct report_entry entry;
	size_t n = 0;

	while (rest.n > 0) {
		const char *start = rest.p;
		report_read(&rest, &entry);
		names[n] = entry.file;
		all[n] = (struct sorted){
			.whole = {start, (size_t)(list.p + list.n - start) - rest.n},
			.found = n,
			.line = entry.line,
			.column = entry.column};
		all[n].file = file_number(names, n, all, entry.file);
		n++;
	}
	return n;
}

static size_t count_lines(const struct buf *b, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < b->len; i++)
		n += b->data[i] == '\n';
	return n;
}

bool report_sort(struct report *r, size_t from)
{
	size_t max = r->out ? count_lines(r->out, from) + 1 : 0, n;
	struct sorted *all = r->out ? calloc(max, sizeof *all) : NULL;
	struct str *names = r->out ? calloc(max, sizeof *names) : NULL;
	char *copy = r->out ? strndup(buf_str(r->out) + from, r->out->len - from) : NULL;
	bool ok = !r->out || (all && names && copy);

	if (r->out && ok) {
		n = read_all((struct str){copy, r->out->len - from}, all, names);
		qsort(all, n, sizeof *all, by_place);
		buf_truncate(r->out, from);
		for (size_t i = 0; i < n; i++)
			buf_add(r->out, all[i].whole.p, all[i].whole.n);
	}
	free(all);
	free(names);
	free(copy);
	return ok;
}
