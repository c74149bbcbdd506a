/*
 * feed_usual.c - the short way through XML: what nearly all feeds are made of, read
 * without libxml2 and without a copy.
 *
 * Only what libxml2 would accept and understand in just the same way is accepted here:
 * elements with ASCII names, attributes, text, CDATA sections and comments, references
 * to characters and to XML's own five names. At anything else - a fault, another
 * reference, a declaration, an instruction, a size or depth that may be a limit there -
 * this reader gives up, and the strict one begins anew.
 */
#include <string.h>

#include "base/plain.h"
#include "base/utf8.h"
#include "crawler/feed_read.h"

#define DEPTH_MAX 200 /* libxml2's limit is 256 */
#define ATTRS_MAX 32 /* of a tag; 64 would be overloaded */
#define NAME_MAX_BYTES 255
#define PIECE_MAX ((size_t)1 << 20) /* bytes of a value, section or comment */

struct reader {
	struct feed_build *build;
	const char *s;
	size_t n, at;
	struct str open[DEPTH_MAX];
	size_t depth;
	struct feed_attr attrs[ATTRS_MAX];
	size_t count;
	struct buf values; /* of one tag: those that are not what stands in the text */
};

static struct str rest_of(const struct reader *r)
{
	return (struct str){r->s + r->at, r->n - r->at};
}

/* ---- characters ---- */

/* Characters of XML 1.0; a reference may name others, valid UTF-8 holds no surrogates. */
static bool is_allowed(uint32_t cp)
{
	return cp >= 0x20 ? cp != UTF8_BAD && cp != 0xFFFE && cp != 0xFFFF
			  : cp == '\t' || cp == '\n' || cp == '\r';
}

static plain_lanes ends_of_run(const char *s, char a, char b, char c)
{
	plain_lanes v = plain_load(s), next = plain_load(s + 1);

	return plain_in(v, 0, 0x1F) | plain_is(v, (unsigned char)a) |
	       plain_is(v, (unsigned char)b) | plain_is(v, (unsigned char)c) |
	       (plain_is(v, 0xEF) & plain_is(next, 0xBF));
}

/* Bytes at the front of s that are text whatever they are: up to a control, a stop, or
 * what may be U+FFFE or U+FFFF. The text is known to be valid UTF-8. */
static size_t text_run(struct str s, char a, char b, char c)
{
	size_t i = 0;

	for (; s.n - i >= PLAIN_BLOCK; i += PLAIN_LANES) {
		size_t first = plain_first(ends_of_run(s.p + i, a, b, c));
		if (first < PLAIN_LANES)
			return i + first;
	}
	while (i < s.n && (unsigned char)s.p[i] >= 0x20 && s.p[i] != a && s.p[i] != b &&
		s.p[i] != c && (unsigned char)s.p[i] != 0xEF)
		i++;
	return i;
}

/* Bytes of the character at s; 0: XML forbids it, or it is no text. */
static size_t other_length(const char *s, size_t n)
{
	size_t len;

	return is_allowed(utf8_decode(s, n, &len)) ? len : 0;
}

static int digit_of(char c, bool hex)
{
	if (str_is_digit((unsigned char)c))
		return c - '0';
	c = str_lower(c);
	return hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "#38;", "#x4e2d;": the bytes read. */
static size_t read_number(struct str s, uint32_t *cp)
{
	bool hex = s.n > 1 && s.p[1] == 'x';
	size_t i = hex ? 2 : 1, first = i;

	*cp = 0;
	for (int d; i < s.n && (d = digit_of(s.p[i], hex)) >= 0 && *cp <= 0x10FFFF; i++)
		*cp = *cp * (hex ? 16 : 10) + (uint32_t)d;
	bool is_character = *cp <= 0x10FFFF && (*cp & 0x1FF800) != 0xD800 && is_allowed(*cp);
	return i > first && i < s.n && s.p[i] == ';' && is_character ? i + 1 : 0;
}

/* s begins behind '&'. Bytes of the reference, 0: it is none of those read here. */
static size_t read_reference(struct str s, uint32_t *cp)
{
	static const struct {
		const char *name;
		char c;
	} names[] = {{"lt;", '<'}, {"gt;", '>'}, {"amp;", '&'}, {"quot;", '"'}, {"apos;", '\''}};

	if (s.n && s.p[0] == '#')
		return read_number(s, cp);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!str_has_prefix(s, names[i].name))
			continue;
		*cp = (unsigned char)names[i].c;
		return strlen(names[i].name);
	}
	return 0;
}

/* ---- text ---- */

static void send_run(struct reader *r, size_t from, size_t to)
{
	if (to > from)
		feed_build_text(r->build, r->s + from, to - from);
}

/* A line end is one "\n", however it is written: "\r\n" sends its second half later. */
static void send_return(struct reader *r, size_t from)
{
	send_run(r, from, r->at);
	r->at++;
	if (r->at >= r->n || r->s[r->at] != '\n')
		feed_build_text(r->build, "\n", 1);
}

static bool send_reference(struct reader *r, size_t from)
{
	char utf8[4];
	uint32_t cp;
	size_t len = read_reference(str_sub(rest_of(r), 1, SIZE_MAX), &cp);

	if (len == 0)
		return false;
	send_run(r, from, r->at);
	feed_build_text(r->build, utf8, utf8_encode(cp, utf8));
	r->at += 1 + len;
	return true;
}

/* Text up to the next '<'. */
static bool take_text(struct reader *r)
{
	size_t from = r->at, len;

	while (r->at < r->n && r->s[r->at] != '<') {
		struct str rest = rest_of(r);
		r->at += text_run(rest, '<', '&', ']');
		rest = rest_of(r);
		if (rest.n == 0 || rest.p[0] == '<')
			break;
		if (rest.p[0] == '&') {
			if (!send_reference(r, from))
				return false;
			from = r->at;
		} else if (rest.p[0] == '\r') {
			send_return(r, from);
			from = r->at;
		} else if ((len = other_length(rest.p, rest.n)) == 0 ||
			   str_has_prefix(rest, "]]>")) {
			return false;
		} else {
			r->at += len;
		}
	}
	send_run(r, from, r->at);
	return true;
}

/* A CDATA section, "<![CDATA[" is behind us. */
static bool take_cdata(struct reader *r)
{
	size_t from = r->at, start = r->at, len;

	for (;;) {
		struct str rest = rest_of(r);
		r->at += text_run(rest, ']', ']', ']');
		rest = rest_of(r);
		if (rest.n == 0 || r->at - start > PIECE_MAX)
			return false;
		if (str_has_prefix(rest, "]]>"))
			break;
		if (rest.p[0] == '\r') {
			send_return(r, from);
			from = r->at;
		} else if ((len = other_length(rest.p, rest.n)) == 0) {
			return false;
		} else {
			r->at += len;
		}
	}
	send_run(r, from, r->at);
	r->at += 3;
	return true;
}

/* "--" may stand in a comment at its end only. */
static bool skip_comment(struct reader *r)
{
	struct str rest = rest_of(r);
	size_t end = str_find(rest, "--", 4), len;

	if (end > PIECE_MAX || !str_has_prefix(str_sub(rest, end, rest.n), "-->"))
		return false;
	for (size_t i = 4; i < end; i += len)
		if ((len = other_length(rest.p + i, end - i)) == 0)
			return false;
	r->at += end + 3;
	return true;
}

/* ---- tags ---- */

static bool is_name_start(unsigned char c)
{
	return str_is_alpha(c) || c == '_' || c == ':';
}

static bool is_name_byte(unsigned char c)
{
	return str_is_alnum(c) || c == '_' || c == ':' || c == '-' || c == '.';
}

/* The blanks of XML, fewer than str_is_space() knows. */
static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool skip_blanks(struct reader *r)
{
	size_t from = r->at;

	while (r->at < r->n && is_blank(r->s[r->at]))
		r->at++;
	return r->at > from;
}

static bool take(struct reader *r, char c)
{
	bool is_there = r->at < r->n && r->s[r->at] == c;

	r->at += is_there;
	return is_there;
}

/* Empty: no name, or one with characters beyond ASCII. */
static struct str take_name(struct reader *r)
{
	size_t from = r->at;

	if (from < r->n && is_name_start((unsigned char)r->s[from]))
		while (r->at < r->n && is_name_byte((unsigned char)r->s[r->at]))
			r->at++;
	if (r->at - from > NAME_MAX_BYTES || (r->at < r->n && (unsigned char)r->s[r->at] >= 0x80))
		return (struct str){NULL, 0};
	return (struct str){r->s + from, r->at - from};
}

/* The value of an attribute with its references resolved, into r->values; blanks that
 * are written out become spaces. */
static bool add_value(struct reader *r, struct str v)
{
	for (size_t i = 0, len; i < v.n; i += len) {
		uint32_t cp;
		len = 1;
		if (v.p[i] == '&' && (len = read_reference(str_sub(v, i + 1, v.n), &cp)) == 0)
			return false;
		if (v.p[i] == '&')
			utf8_add(&r->values, cp);
		else
			buf_add_char(&r->values, is_blank(v.p[i]) ? ' ' : v.p[i]);
		len += v.p[i] == '&';
	}
	return true;
}

/* As it stands in the text between its quotes; *is_literal: and so it is meant. */
static bool take_value(struct reader *r, struct str *value, bool *is_literal)
{
	char quote = r->at < r->n ? r->s[r->at] : '\0';
	size_t from = ++r->at, len;

	*is_literal = true;
	if (quote != '"' && quote != '\'')
		return false;
	for (; r->at < r->n && r->s[r->at] != quote; r->at += len) {
		const char *s = r->s + r->at;
		if (*s == '<' || *s == '\r' || (len = other_length(s, r->n - r->at)) == 0)
			return false;
		*is_literal = *is_literal && *s != '&' && !(*s == '\n' || *s == '\t');
	}
	*value = (struct str){r->s + from, r->at - from};
	return value->n <= PIECE_MAX && take(r, quote);
}

static bool is_repeated(const struct reader *r, struct str name)
{
	for (size_t i = 0; i < r->count; i++)
		if (str_eq(r->attrs[i].name, name))
			return true;
	return false;
}

/* Values that are decoded are found in r->values only when it moves no more. */
static void point_into_values(struct reader *r, const size_t *ends, const bool *is_literal)
{
	size_t from = 0;

	for (size_t i = 0; i < r->count; i++) {
		if (!is_literal[i])
			r->attrs[i].value =
				(struct str){buf_str(&r->values) + from, ends[i] - from};
		from = ends[i];
	}
}

/* Behind the name of a start tag: its attributes, up to '>' or "/>". */
static bool take_attrs(struct reader *r)
{
	bool is_literal[ATTRS_MAX], blank;
	size_t ends[ATTRS_MAX];

	buf_clear(&r->values);
	for (r->count = 0;; r->count++) {
		struct str name, value;
		blank = skip_blanks(r);
		if (r->at < r->n && (r->s[r->at] == '>' || r->s[r->at] == '/'))
			break;
		name = take_name(r);
		if (!blank || name.n == 0 || r->count == ATTRS_MAX || is_repeated(r, name))
			return false;
		skip_blanks(r);
		if (!take(r, '='))
			return false;
		skip_blanks(r);
		if (!take_value(r, &value, &is_literal[r->count]) ||
			(!is_literal[r->count] && !add_value(r, value)))
			return false;
		r->attrs[r->count] = (struct feed_attr){name, value};
		ends[r->count] = r->values.len;
	}
	point_into_values(r, ends, is_literal);
	return !r->values.fault;
}

static bool take_start(struct reader *r)
{
	struct str name;

	r->at++;
	name = take_name(r);
	if (name.n == 0 || r->depth == DEPTH_MAX || !take_attrs(r))
		return false;
	bool is_empty = take(r, '/');
	if (!take(r, '>'))
		return false;
	feed_build_start(r->build, name, r->attrs, r->count);
	if (is_empty)
		feed_build_end(r->build);
	else
		r->open[r->depth++] = name;
	return true;
}

static bool take_end(struct reader *r)
{
	struct str name;

	r->at += 2;
	name = take_name(r);
	skip_blanks(r);
	if (r->depth == 0 || !str_eq(name, r->open[r->depth - 1]) || !take(r, '>'))
		return false;
	r->depth--;
	feed_build_end(r->build);
	return true;
}

static bool take_markup(struct reader *r)
{
	struct str rest = rest_of(r);

	if (rest.n > 1 && rest.p[1] == '/')
		return take_end(r);
	if (str_has_prefix(rest, "<!--"))
		return skip_comment(r);
	if (!str_has_prefix(rest, "<![CDATA["))
		return take_start(r);
	r->at += 9;
	return take_cdata(r);
}

/* ---- the document ---- */

static bool read_root(struct reader *r)
{
	if (r->at >= r->n || r->s[r->at] != '<' || !take_start(r))
		return false;
	while (r->depth > 0) {
		if (feed_build_failed(r->build))
			return true;
		if (r->at >= r->n || !(r->s[r->at] == '<' ? take_markup(r) : take_text(r)))
			return false;
	}
	return true;
}

/* Behind the root: blanks and comments. */
static bool read_tail(struct reader *r)
{
	while (skip_blanks(r), r->at < r->n)
		if (!str_has_prefix(rest_of(r), "<!--") || !skip_comment(r))
			return false;
	return true;
}

bool feed_read_usual(struct feed_build *b, const char *text, size_t n)
{
	struct reader r = {.build = b, .s = text, .n = n};
	bool has_doctype;

	r.at = feed_prolog_length((struct str){text, n}, &has_doctype);
	buf_init(&r.values, PIECE_MAX * 4);
	bool done = read_root(&r) && (feed_build_failed(b) || read_tail(&r));
	buf_fini(&r.values);
	return done;
}
