/*
 * csvline.c - CSV, record by record.
 */
#include "base/csvline.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"

static char guess_separator(struct str s)
{
	static const char candidates[] = ",;\t";
	size_t best = 0, seen[sizeof candidates] = {0};
	bool quoted = false;

	for (size_t i = 0; i < s.n && (quoted || s.p[i] != '\n'); i++) {
		const char *at = s.p[i] ? strchr(candidates, s.p[i]) : NULL;
		if (s.p[i] == '"')
			quoted = !quoted;
		else if (at && !quoted)
			seen[at - candidates]++;
	}
	for (size_t i = 1; i < sizeof candidates - 1; i++)
		if (seen[i] > seen[best])
			best = i;
	return candidates[best];
}

void csvline_init(struct csvline *c, const char *text, size_t n, struct arena *a)
{
	memset(c, 0, sizeof *c);
	c->rest = (struct str){text, n};
	if (str_has_prefix(c->rest, "\xef\xbb\xbf"))
		c->rest = str_sub(c->rest, 3, n);
	c->arena = a;
	c->separator = guess_separator(c->rest);
	c->next_line = 1;
}

/* One field at the front of rest, appended. *ends: it is the last of its record. */
static enum err_code read_field(struct csvline *c, struct buf *to, bool *ends, struct err *e)
{
	struct str s = c->rest;
	bool quoted = false, done = false;
	size_t i = 0;

	while (i < s.n && !done) {
		char ch = s.p[i++];
		c->next_line += ch == '\n';
		if (ch == '"' && quoted && i < s.n && s.p[i] == '"') {
			buf_add_char(to, s.p[i++]);
		} else if (ch == '"' && (quoted || to->len == 0)) {
			quoted = !quoted;
		} else if (!quoted && (ch == c->separator || ch == '\n')) {
			done = true;
			*ends = ch == '\n';
		} else {
			buf_add_char(to, ch);
		}
	}
	*ends = *ends || !done;
	c->rest = str_sub(s, i, s.n);
	if (quoted)
		return err_set(e, ERR_INPUT, _("line %d: a quote is never closed"), c->line);
	return buf_check(to, _("a field"), e);
}

static enum err_code add_field(
	struct csvline *c, const struct buf *text, bool *empty, struct err *e)
{
	struct str field = str_trim((struct str){buf_str(text), text->len});

	if (c->count == CSVLINE_FIELDS_MAX)
		return err_set(e, ERR_LIMIT, _("line %d: more than %d fields"), c->line,
			CSVLINE_FIELDS_MAX);
	*empty = *empty && field.n == 0;
	c->fields[c->count] = arena_strndup(c->arena, field.p, field.n);
	return c->fields[c->count++] ? ERR_OK : err_nomem(e);
}

static enum err_code read_record(struct csvline *c, bool *empty, struct err *e)
{
	bool ends = false;
	struct buf text;
	enum err_code rc = ERR_OK;

	c->count = 0;
	c->line = c->next_line;
	*empty = true;
	buf_init(&text, CSVLINE_FIELD_MAX);
	while (!rc && !ends) {
		buf_clear(&text);
		rc = read_field(c, &text, &ends, e);
		if (!rc)
			rc = add_field(c, &text, empty, e);
	}
	buf_fini(&text);
	return rc;
}

enum err_code csvline_next(struct csvline *c, struct err *e)
{
	bool empty = true;
	enum err_code rc = ERR_OK;

	while (!rc && empty) {
		if (c->rest.n == 0)
			return ERR_NOT_FOUND;
		rc = read_record(c, &empty, e);
	}
	return rc;
}

const char *csvline_field(const struct csvline *c, size_t i)
{
	return i < c->count ? c->fields[i] : "";
}
