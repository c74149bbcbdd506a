/*
 * feed_lenient.c - a reader for what is not XML but was meant to be.
 */
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "crawler/entity.h"
#include "crawler/feed_names.h"
#include "crawler/feed_read.h"
#include "crawler/htmltext.h"

#define ATTRS_MAX 64

/* Where a text occurs next: asked for ever later places, the document is searched
 * once, however often that is. */
struct seeker {
	const char *text;
	size_t at; /* the first at or behind `from` */
	bool is_known;
};

struct reader {
	struct feed_build *build;
	const char *s;
	size_t n, at;
	struct seeker comment_end, cdata_end, item, entry;
	struct str text_tag; /* the last start tag that was text: its end tag is text too */
	bool no_quote[2]; /* no further " or ' in the document */
	struct buf values; /* decoded attribute values of one tag */
};

static bool is_name_byte(unsigned char c)
{
	return str_is_alnum(c) || c >= 0x80 || c == ':' || c == '-' || c == '_' || c == '.';
}

/* ---- text ---- */

/* Characters of s without controls, references resolved. */
static void add_decoded(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len = s[i] == '&' ? entity_read(s + i, n - i, &cp) : 0;
		if (len) {
			if (cp >= 0x20 || cp == '\n' || cp == '\t')
				utf8_add(out, cp);
			i += len;
		} else {
			buf_add_char(out, s[i++]);
		}
	}
}

/* Sends text on, piece by piece: plain stretches as they are. */
static void send_text(struct reader *r, const char *s, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		char utf8[4];
		size_t len = s[i] == '&' ? entity_read(s + i, n - i, &cp) : 0;
		if (len == 0) {
			i++;
			continue;
		}
		feed_build_text(r->build, s + from, i - from);
		if (cp >= 0x20 || cp == '\n' || cp == '\t')
			feed_build_text(r->build, utf8, utf8_encode(cp, utf8));
		i += len;
		from = i;
	}
	feed_build_text(r->build, s + from, n - from);
}

/* ---- comments, declarations, CDATA ---- */

static struct str rest_of(const struct reader *r)
{
	return (struct str){r->s + r->at, r->n - r->at};
}

/* The place of k->text at or behind from; r->n when there is none. */
static size_t seek(const struct reader *r, struct seeker *k, size_t from)
{
	if (!k->is_known || k->at < from) {
		k->at = str_find((struct str){r->s, r->n}, k->text, from);
		k->is_known = true;
	}
	return k->at;
}

size_t feed_doctype_length(struct str s)
{
	char quote = '\0';
	bool subset = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (quote) {
			if (c == quote)
				quote = '\0';
		} else if (subset && (c == '"' || c == '\'')) {
			quote = c;
		} else if (c == '[') {
			subset = true;
		} else if (c == ']') {
			subset = false;
		} else if (c == '>' && !subset) {
			return i + 1;
		}
	}
	size_t gt = str_find(s, ">", 0);
	return gt < s.n ? gt + 1 : s.n;
}

/* The end of an unclosed section is the end tag of the element it stands in, if
 * that comes and a new item begins before the next "]]>". */
static size_t cdata_end(struct reader *r)
{
	size_t end = seek(r, &r->cdata_end, r->at + 9);
	struct str name = feed_build_innermost(r->build);
	struct buf tag;

	if (name.n == 0 || name.n > 64)
		return end;
	buf_init(&tag, 128);
	buf_addf(&tag, "</%.*s>", (int)name.n, name.p);
	size_t close = str_find((struct str){r->s, end}, buf_str(&tag), r->at + 9);
	buf_fini(&tag);
	if (close >= end)
		return end;
	bool next =
		end >= r->n || seek(r, &r->item, close) < end || seek(r, &r->entry, close) < end;
	return next ? close : end;
}

static void take_cdata(struct reader *r)
{
	size_t end = cdata_end(r);

	feed_build_text(r->build, r->s + r->at + 9, end - r->at - 9);
	r->at = end;
	if (str_has_prefix(rest_of(r), "]]>"))
		r->at += 3;
}

/* A comment that never ends ends with its first '>'. */
static void take_comment(struct reader *r)
{
	size_t end = seek(r, &r->comment_end, r->at + 4);

	if (end < r->n) {
		r->at = end + 3;
		return;
	}
	end = str_find((struct str){r->s, r->n}, ">", r->at + 4);
	r->at = end < r->n ? end + 1 : r->n;
}

static bool take_special(struct reader *r)
{
	struct str s = rest_of(r);
	size_t end;

	if (s.n > 9 && str_is_nocase(str_sub(s, 0, 9), "<![CDATA[")) {
		take_cdata(r);
	} else if (str_has_prefix(s, "<!--")) {
		take_comment(r);
	} else if (s.n > 9 && str_is_nocase(str_sub(s, 0, 9), "<!doctype")) {
		r->at += feed_doctype_length(s);
	} else if (s.n > 2 && s.p[1] == '?' && str_is_alpha((unsigned char)s.p[2])) {
		end = str_find(s, ">", 2);
		r->at += end < s.n ? end + 1 : s.n;
	} else if (s.n > 2 && s.p[1] == '!' && str_is_alpha((unsigned char)s.p[2]) &&
		   !feed_build_in_field(r->build)) {
		end = str_find(s, ">", 2);
		r->at += end < s.n ? end + 1 : s.n;
	} else {
		return false;
	}
	return true;
}

/* ---- tags ---- */

struct lenient_tag {
	struct str name;
	bool closing, self_closed;
	struct feed_attr attrs[ATTRS_MAX];
	size_t count;
	size_t length;
};

static size_t skip_space(struct str s, size_t i)
{
	while (i < s.n && str_is_space((unsigned char)s.p[i]))
		i++;
	return i;
}

/* The value at s[i], quoted or not. *next is behind it. */
static struct str read_value(struct reader *r, struct str s, size_t i, size_t *next)
{
	if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
		bool *none = &r->no_quote[s.p[i] == '"'];
		const char *end = *none ? NULL : memchr(s.p + i + 1, s.p[i], s.n - i - 1);
		if (end) {
			*next = (size_t)(end - s.p) + 1;
			return str_sub(s, i + 1, *next - 1);
		}
		*none = true;
		i++;
	}
	size_t from = i;
	while (i < s.n && !str_is_space((unsigned char)s.p[i]) && s.p[i] != '>' && s.p[i] != '<' &&
		!(s.p[i] == '/' && i + 1 < s.n && s.p[i + 1] == '>'))
		i++;
	*next = i;
	return str_sub(s, from, i);
}

/* Reads attributes from s[i] to the end of the tag; returns the end. */
static size_t read_attrs(struct reader *r, struct str s, size_t i, struct lenient_tag *t)
{
	while (i < s.n && s.p[i] != '>' && s.p[i] != '<') {
		size_t from = i;
		while (i < s.n && is_name_byte((unsigned char)s.p[i]))
			i++;
		if (i == from) {
			t->self_closed = s.p[i] == '/';
			i++;
			continue;
		}
		t->self_closed = false;
		struct str name = str_sub(s, from, i), value = {"", 0};
		size_t next = skip_space(s, i);
		if (next < s.n && s.p[next] == '=') {
			value = read_value(r, s, skip_space(s, next + 1), &i);
		}
		if (t->count < ATTRS_MAX)
			t->attrs[t->count++] = (struct feed_attr){name, value};
		i = skip_space(s, i);
	}
	return i < s.n && s.p[i] == '>' ? i + 1 : i;
}

static bool read_tag(struct reader *r, struct lenient_tag *t)
{
	struct str s = rest_of(r);
	size_t i = 1;

	t->closing = s.n > 1 && s.p[1] == '/';
	t->self_closed = false;
	t->count = 0;
	i += t->closing;
	if (i >= s.n || !(str_is_alpha((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80 ||
				s.p[i] == '_'))
		return false;
	size_t from = i;
	while (i < s.n && is_name_byte((unsigned char)s.p[i]))
		i++;
	t->name = str_sub(s, from, i);
	if (i < s.n && !str_is_space((unsigned char)s.p[i]) && !strchr("/><\"'", s.p[i]))
		return false;
	t->length = read_attrs(r, s, i, t);
	return true;
}

/* Attribute values with references get room in r->values; filled first, then
 * pointed into, because the buffer may move. */
static void decode_values(struct reader *r, struct lenient_tag *t)
{
	size_t ends[ATTRS_MAX];
	size_t from = 0;

	buf_clear(&r->values);
	for (size_t i = 0; i < t->count; i++) {
		struct str v = t->attrs[i].value;
		if (v.n && memchr(v.p, '&', v.n))
			add_decoded(&r->values, v.p, v.n);
		ends[i] = r->values.len;
	}
	for (size_t i = 0; i < t->count; i++) {
		struct str v = t->attrs[i].value;
		if (v.n && memchr(v.p, '&', v.n))
			t->attrs[i].value =
				(struct str){buf_str(&r->values) + from, ends[i] - from};
		from = ends[i];
	}
}

/* Within a field, only elements that HTML or feeds know are markup. */
static bool is_text_in_field(const struct reader *r, struct str name)
{
	if (!feed_build_in_field(r->build) || memchr(name.p, ':', name.n))
		return false;
	struct feed_meaning m = feed_meaning_of(FEED_NS_BASE, name);
	return m.role == FEED_ROLE_NONE && !htmltext_is_element(name.p, name.n);
}

/* Elements that hold everything in attributes; unclosed they would swallow the
 * rest of their item. A later end tag finds nothing open and is ignored. */
static bool is_empty_kind(struct str name)
{
	return str_is_nocase(name, "enclosure") || str_is_nocase(name, "cloud") ||
	       str_is_nocase(name, "media:thumbnail") || str_is_nocase(name, "itunes:image");
}

/* The document ends within the tag. */
static bool is_cut_off(const struct reader *r, const struct lenient_tag *t)
{
	return r->at + t->length == r->n && r->s[r->n - 1] != '>';
}

static void take_tag(struct reader *r)
{
	struct lenient_tag t;

	bool is_tag = read_tag(r, &t);
	if (is_tag && is_cut_off(r, &t)) {
		r->at = r->n;
		return;
	}
	bool is_text = is_tag && is_text_in_field(r, t.name);
	if (!is_tag || (is_text && (!t.closing || str_eq(t.name, r->text_tag)))) {
		if (is_text)
			r->text_tag = t.name;
		feed_build_text(r->build, "<", 1);
		r->at++;
		return;
	}
	r->at += t.length;
	if (t.closing) {
		feed_build_end_named(r->build, t.name);
		return;
	}
	bool in_field = feed_build_in_field(r->build);
	decode_values(r, &t);
	feed_build_start(r->build, t.name, t.attrs, t.count);
	/* HTML's br and img are not closed; a feed's <link> is. */
	bool is_void = in_field && htmltext_is_void(t.name.p, t.name.n) &&
		       feed_meaning_of(FEED_NS_BASE, t.name).role == FEED_ROLE_NONE;
	if (t.self_closed || is_void || (!in_field && is_empty_kind(t.name)))
		feed_build_end(r->build);
}

void feed_read_lenient(struct feed_build *b, const char *text, size_t n)
{
	struct reader r = {.build = b,
		.s = text,
		.n = n,
		.comment_end.text = "-->",
		.cdata_end.text = "]]>",
		.item.text = "<item",
		.entry.text = "<entry"};

	buf_init(&r.values, DOCUMENT_BYTES_MAX * 4);
	while (r.at < n && !feed_build_failed(b) && !r.values.fault) {
		const char *lt = memchr(text + r.at, '<', n - r.at);
		size_t end = lt ? (size_t)(lt - text) : n;
		if (end > r.at) {
			send_text(&r, text + r.at, end - r.at);
			r.at = end;
		} else if (!take_special(&r)) {
			take_tag(&r);
		}
	}
	buf_fini(&r.values);
}
