/*
 * json_repair.c - one pass over the bytes of a foreign JSON document.
 */
#include "base/json_repair.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* What jansson allocates for one value, measured high. */
#define COST_OBJECT 320
#define COST_ARRAY 160
#define COST_OTHER 96

enum err_code json_check_bounds(const char *s, size_t n, struct err *e)
{
	size_t depth = 0, cost = n;
	bool in_string = false;

	for (size_t i = 0; i < n && cost <= JSON_TREE_MAX; i++) {
		char c = s[i];
		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			cost += c == '{' ? COST_OBJECT : COST_ARRAY;
			if (++depth > JSON_DEPTH_MAX)
				return err_set(e, ERR_LIMIT, _("JSON nested deeper than %d levels"),
					JSON_DEPTH_MAX);
		} else if (c == '}' || c == ']') {
			depth -= depth > 0 ? 1 : 0;
		} else if (c == ',' || c == ':') {
			cost += COST_OTHER;
		}
	}
	if (cost > JSON_TREE_MAX)
		return err_set(e, ERR_LIMIT, _("JSON with too many values"));
	return ERR_OK;
}

/* The document being mended. */
struct mend {
	const char *s;
	size_t n, at;
	struct buf *out;
	bool changed;
};

static void put(struct mend *m, const char *text)
{
	buf_add_str(m->out, text);
	m->changed = true;
}

/* Four hex digits at s[at]; -1 when there are none. */
static long hex4(const struct mend *m, size_t at)
{
	long v = 0;

	if (at > m->n || m->n - at < 4)
		return -1;
	for (size_t i = at; i < at + 4; i++) {
		char c = str_lower(m->s[i]);
		if (str_is_digit((unsigned char)c))
			v = v * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v * 16 + (c - 'a' + 10);
		else
			return -1;
	}
	return v;
}

/* \uXXXX at m->at, which is on the backslash. */
static void mend_unicode_escape(struct mend *m)
{
	long v = hex4(m, m->at + 2);
	size_t length = 6;

	if (v < 0) {
		put(m, "\\\\u");
		m->at += 2;
		return;
	}
	if (v >= 0xD800 && v <= 0xDBFF && m->at + 8 <= m->n && m->s[m->at + 6] == '\\' &&
		m->s[m->at + 7] == 'u') {
		long low = hex4(m, m->at + 8);
		if (low >= 0xDC00 && low <= 0xDFFF)
			length = 12;
	}
	if (v == 0 || (length == 6 && v >= 0xD800 && v <= 0xDFFF))
		put(m, REPLACEMENT);
	else
		buf_add(m->out, m->s + m->at, length);
	m->at += length;
}

static void mend_escape(struct mend *m)
{
	char c = m->at + 1 < m->n ? m->s[m->at + 1] : '\0';

	if (c == 'u') {
		mend_unicode_escape(m);
		return;
	}
	if (c != '\0' && strchr("\"\\/bfnrt", c) != NULL) {
		buf_add(m->out, m->s + m->at, 2);
		m->at += 2;
	} else if (c == '\'') {
		put(m, "'");
		m->at += 2;
	} else {
		put(m, "\\\\"); /* what follows is mended on its own */
		m->at += 1;
	}
}

/* A string from its opening quote on; an unclosed one runs to the end. */
static void mend_string(struct mend *m)
{
	buf_add_char(m->out, '"');
	m->at++;
	while (m->at < m->n && m->s[m->at] != '"') {
		unsigned char c = (unsigned char)m->s[m->at];
		size_t length = 1;
		if (c == '\\') {
			mend_escape(m);
			continue;
		}
		if (c == '\0') {
			put(m, REPLACEMENT);
		} else if (c < 0x20) {
			buf_addf(m->out, "\\u%04x", c);
			m->changed = true;
		} else if (utf8_decode(m->s + m->at, m->n - m->at, &length) == UTF8_BAD) {
			put(m, REPLACEMENT);
		} else {
			buf_add(m->out, m->s + m->at, length);
		}
		m->at += length;
	}
	if (m->at < m->n) {
		buf_add_char(m->out, '"');
		m->at++;
	}
}

/* -?digits[.digits][e[+-]digits], as RFC 8259 §6 has it. */
static bool is_number(struct str s, bool *whole)
{
	size_t i = s.n > 0 && s.p[0] == '-' ? 1 : 0, from = i;

	*whole = true;
	while (i < s.n && str_is_digit((unsigned char)s.p[i]))
		i++;
	if (i == from || (s.p[from] == '0' && i > from + 1))
		return false;
	if (i < s.n && s.p[i] == '.') {
		*whole = false;
		from = ++i;
		while (i < s.n && str_is_digit((unsigned char)s.p[i]))
			i++;
		if (i == from)
			return false;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		*whole = false;
		i++;
		if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
			i++;
		from = i;
		while (i < s.n && str_is_digit((unsigned char)s.p[i]))
			i++;
		if (i == from)
			return false;
	}
	return i == s.n;
}

/* A real that jansson refuses: strtod overflows. */
static bool is_too_large(struct str s)
{
	char text[64];

	if (s.n >= sizeof text)
		return true; /* more digits than a double holds; kept as text */
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	double v = strtod(text, NULL);
	return v > 1.7976931348623157e308 || v < -1.7976931348623157e308;
}

static void mend_number(struct mend *m)
{
	size_t from = m->at;
	int64_t ignored = 0;
	bool whole = true;

	while (m->at < m->n && m->s[m->at] != '\0' &&
		strchr("+-.0123456789eE", m->s[m->at]) != NULL)
		m->at++;
	struct str token = {m->s + from, m->at - from};
	bool fits =
		!is_number(token, &whole) ||
		(whole ? str_to_int(token, INT64_MIN, INT64_MAX, &ignored) : !is_too_large(token));
	if (!fits)
		put(m, "\"");
	buf_add(m->out, token.p, token.n);
	if (!fits)
		put(m, "\"");
}

/* NaN, Infinity, -Infinity: what other languages' writers make of such numbers; kept as
 * strings. False: none of them stands here. */
static bool mend_word(struct mend *m)
{
	static const char *const words[] = {"NaN", "-Infinity", "Infinity"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);
		if (m->n - m->at < n || memcmp(m->s + m->at, words[i], n) != 0)
			continue;
		put(m, "\"");
		buf_add(m->out, words[i], n);
		put(m, "\"");
		m->at += n;
		return true;
	}
	return false;
}

void json_add_repaired(struct buf *out, const char *s, size_t n, bool *changed)
{
	struct mend m = {.s = s, .n = n, .out = out};

	if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
		m.at = 3;
		m.changed = true;
	}
	while (m.at < n && out->fault == ERR_OK) {
		char c = s[m.at];
		if (c == '"')
			mend_string(&m);
		else if ((c == 'N' || c == 'I' || c == '-') && mend_word(&m))
			continue;
		else if (c == '-' || str_is_digit((unsigned char)c))
			mend_number(&m);
		else
			buf_add_char(out, s[m.at++]);
	}
	*changed = m.changed;
}
