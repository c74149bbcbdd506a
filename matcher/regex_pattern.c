/*
 * regex_pattern.c - a pattern as people write it, turned into one for shadow A:
 * only its non-ASCII literal code points change. A walk over the pattern's
 * syntax, as far as it decides what is a literal: escapes, \Q…\E, classes with
 * ranges, comments, verbs. What PCRE2 refuses is left for PCRE2 to say.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "matcher/normalise.h"
#include "matcher/regex.h"

#define LITERAL_MAX 18

struct walk {
	const char *s;
	size_t n, pos;
	struct buf *out, *map;
	size_t *at;
	struct err *e;
};

static void emit(struct walk *w, const char *bytes, size_t n, size_t origin)
{
	uint32_t from = (uint32_t)origin;

	buf_add(w->out, bytes, n);
	for (size_t i = 0; w->map && i < n; i++)
		buf_add(w->map, &from, sizeof from);
}

static void emit_source(struct walk *w, size_t n)
{
	for (size_t i = 0; i < n && w->pos < w->n; i++, w->pos++)
		emit(w, w->s + w->pos, 1, w->pos);
}

/* A code point that stands for itself, escaped when it could mean more. */
static void emit_literal(struct walk *w, uint32_t cp, size_t origin)
{
	char bytes[5] = "\\";

	if (cp < 0x80 && !str_is_alnum((unsigned char)cp) && cp > 0x20) {
		bytes[1] = (char)cp;
		emit(w, bytes, 2, origin);
	} else if (cp == ' ') {
		emit(w, "\\x20", 4, origin);
	} else {
		emit(w, bytes, utf8_encode(cp, bytes), origin);
	}
}

static bool at_str(const struct walk *w, const char *lit)
{
	size_t n = strlen(lit);

	return w->n - w->pos >= n && memcmp(w->s + w->pos, lit, n) == 0;
}

static enum err_code refuse(struct walk *w, const char *text)
{
	*w->at = w->pos;
	return err_set(w->e, ERR_CONFIG, "%s", text);
}

static uint32_t peek(const struct walk *w, size_t *len)
{
	return utf8_decode(w->s + w->pos, w->n - w->pos, len);
}

/* A non-ASCII literal outside classes; several in place of one are bracketed, so
 * that a quantifier still means all of it. */
static void walk_literal(struct walk *w)
{
	uint32_t to[LITERAL_MAX];
	size_t len, origin = w->pos;
	uint32_t cp = peek(w, &len);
	size_t n = cp == UTF8_BAD ? 0 : normalise_code_point(cp, to, LITERAL_MAX);

	if (n > 1)
		emit(w, "(?:", 3, origin);
	for (size_t i = 0; i < n; i++)
		emit_literal(w, to[i], origin);
	if (n > 1)
		emit(w, ")", 1, origin);
	w->pos += len;
}

/* \Q…\E: every character stands for itself. */
static void walk_quoted(struct walk *w)
{
	size_t len;

	w->pos += 2;
	while (w->pos < w->n && !at_str(w, "\\E")) {
		uint32_t cp = peek(w, &len);
		if (cp < 0x80) {
			emit_literal(w, cp, w->pos);
			w->pos += len;
		} else {
			walk_literal(w);
		}
	}
	if (w->pos < w->n)
		w->pos += 2;
}

static enum err_code walk_escape(struct walk *w, bool in_class)
{
	if (at_str(w, "\\K"))
		return refuse(w, _("\\K is not allowed in a rule's regex"));
	if (at_str(w, "\\Q") && !in_class) {
		walk_quoted(w);
		return ERR_OK;
	}
	if (w->pos + 1 < w->n && (unsigned char)w->s[w->pos + 1] >= 0x80)
		w->pos++; /* an escaped non-ASCII character is that character */
	else
		emit_source(w, 2);
	return ERR_OK;
}

/* --- classes ----------------------------------------------------------------- */

/* One end of a range, so that the range keeps its order: Han stay as written (the
 * text holds only a part of them), others become what they normalise to. */
static uint32_t range_end(uint32_t cp)
{
	uint32_t to[2];

	if (cp < 0x80 || utf8_is_han(cp))
		return cp;
	return normalise_code_point(cp, to, 2) == 1 ? to[0] : cp;
}

/* "a-b" at the walk's position with a non-ASCII end: both, and the length. */
static bool is_range(const struct walk *w, uint32_t *from, uint32_t *to, size_t *len)
{
	size_t a, b, hyphen;

	*from = peek(w, &a);
	hyphen = w->pos + a;
	if (hyphen + 1 >= w->n || w->s[hyphen] != '-' || w->s[hyphen + 1] == ']' ||
		w->s[hyphen + 1] == '\\' || w->s[w->pos] == '\\')
		return false;
	*to = utf8_decode(w->s + hyphen + 1, w->n - hyphen - 1, &b);
	*len = a + 1 + b;
	return *from != UTF8_BAD && *to != UTF8_BAD && (*from >= 0x80 || *to >= 0x80);
}

static void emit_range(struct walk *w, uint32_t from, uint32_t to, size_t len)
{
	uint32_t a = range_end(from), b = range_end(to);

	if (a > b) {
		a = from;
		b = to;
	}
	emit_literal(w, a, w->pos);
	emit(w, "-", 1, w->pos);
	emit_literal(w, b, w->pos);
	w->pos += len;
}

static void walk_class_literal(struct walk *w)
{
	uint32_t to[LITERAL_MAX];
	size_t len, origin = w->pos;
	uint32_t cp = peek(w, &len);
	size_t n = cp == UTF8_BAD ? 0 : normalise_code_point(cp, to, LITERAL_MAX);

	for (size_t i = 0; i < n; i++)
		emit_literal(w, to[i], origin);
	w->pos += len;
}

static bool skip_posix(struct walk *w)
{
	size_t end;

	if (!at_str(w, "[:") && !at_str(w, "[.") && !at_str(w, "[="))
		return false;
	for (end = w->pos + 2; end + 1 < w->n; end++)
		if (w->s[end] == w->s[w->pos + 1] && w->s[end + 1] == ']') {
			emit_source(w, end + 2 - w->pos);
			return true;
		}
	return false;
}

static enum err_code walk_class_member(struct walk *w)
{
	uint32_t from, to;
	size_t len;

	if (w->s[w->pos] == '\\')
		return walk_escape(w, true);
	if (is_range(w, &from, &to, &len))
		emit_range(w, from, to, len);
	else if (skip_posix(w))
		return ERR_OK;
	else if ((unsigned char)w->s[w->pos] >= 0x80)
		walk_class_literal(w);
	else
		emit_source(w, 1);
	return ERR_OK;
}

static enum err_code walk_class(struct walk *w)
{
	enum err_code rc = ERR_OK;

	emit_source(w, 1);
	if (w->pos < w->n && w->s[w->pos] == '^')
		emit_source(w, 1);
	if (w->pos < w->n && w->s[w->pos] == ']')
		emit_source(w, 1);
	while (!rc && w->pos < w->n && w->s[w->pos] != ']')
		rc = walk_class_member(w);
	if (!rc)
		emit_source(w, 1);
	return rc;
}

/* --- the whole --------------------------------------------------------------- */

/* (?#comment) and (*VERB:name), as written. */
static void walk_to_paren(struct walk *w)
{
	while (w->pos < w->n && w->s[w->pos] != ')')
		emit_source(w, 1);
	emit_source(w, 1);
}

static enum err_code walk_one(struct walk *w)
{
	if (w->s[w->pos] == '\\')
		return walk_escape(w, false);
	if (w->s[w->pos] == '[')
		return walk_class(w);
	if (at_str(w, "(?C"))
		return refuse(w, _("callouts (?C…) are not allowed in a rule's regex"));
	if (at_str(w, "(?#"))
		walk_to_paren(w);
	else if (at_str(w, "(*") && w->pos + 2 < w->n &&
		 str_is_alpha((unsigned char)w->s[w->pos + 2]) && w->s[w->pos + 2] < 'a')
		walk_to_paren(w);
	else if ((unsigned char)w->s[w->pos] >= 0x80)
		walk_literal(w);
	else
		emit_source(w, 1);
	return ERR_OK;
}

enum err_code regex_normalise_pattern(
	const char *pattern, size_t n, struct buf *out, struct buf *map, size_t *at, struct err *e)
{
	struct walk w = {pattern, n, 0, out, map, at, e};
	enum err_code rc = ERR_OK;

	if (n > REGEX_PATTERN_MAX) {
		*at = 0;
		return err_set(e, ERR_CONFIG, _("a regex has at most %d bytes"), REGEX_PATTERN_MAX);
	}
	while (!rc && w.pos < n)
		rc = walk_one(&w);
	return rc ? rc : buf_check(out, _("regex"), e);
}
