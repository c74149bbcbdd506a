/*
 * htmltext.c - HTML to plain text in one pass, forgiving as browsers are.
 */
#include "crawler/htmltext.h"

#include <string.h>

#include "base/plain.h"
#include "base/str.h"
#include "base/utf8.h"
#include "crawler/entity.h"

enum element_kind {
	INLINE,
	BLOCK, /* a break before and after */
	BREAK, /* br */
	CELL, /* a blank before and after */
	RAW, /* script, style: no markup inside, dropped */
	DROP, /* dropped with everything inside */
	PRE,
	VOID, /* no end tag */
	VOID_BLOCK,
};

struct element {
	const char *name;
	enum element_kind kind;
};

/* Sorted. Elements of HTML 4, HTML 5 and what old pages still carry. */
/* clang-format off */
static const struct element elements[] = {
	{"a", INLINE}, {"abbr", INLINE}, {"acronym", INLINE}, {"address", BLOCK}, {"applet", DROP},
	{"area", VOID}, {"article", BLOCK}, {"aside", BLOCK}, {"audio", INLINE}, {"b", INLINE},
	{"base", VOID}, {"bdi", INLINE}, {"bdo", INLINE}, {"big", INLINE}, {"blink", INLINE},
	{"blockquote", BLOCK}, {"body", BLOCK}, {"br", BREAK}, {"button", INLINE},
	{"canvas", INLINE}, {"caption", BLOCK}, {"center", BLOCK}, {"cite", INLINE},
	{"code", INLINE}, {"col", VOID}, {"colgroup", INLINE}, {"data", INLINE},
	{"datalist", DROP}, {"dd", BLOCK}, {"del", INLINE}, {"details", BLOCK}, {"dfn", INLINE},
	{"dialog", BLOCK}, {"dir", BLOCK}, {"div", BLOCK}, {"dl", BLOCK}, {"dt", BLOCK},
	{"em", INLINE}, {"embed", VOID}, {"fieldset", BLOCK}, {"figcaption", BLOCK},
	{"figure", BLOCK}, {"font", INLINE}, {"footer", BLOCK}, {"form", BLOCK},
	{"frameset", DROP}, {"h1", BLOCK}, {"h2", BLOCK}, {"h3", BLOCK}, {"h4", BLOCK},
	{"h5", BLOCK}, {"h6", BLOCK}, {"head", INLINE}, {"header", BLOCK}, {"hgroup", BLOCK},
	{"hr", VOID_BLOCK}, {"html", BLOCK}, {"i", INLINE}, {"iframe", INLINE}, {"img", VOID},
	{"input", VOID}, {"ins", INLINE}, {"kbd", INLINE}, {"label", INLINE}, {"legend", BLOCK},
	{"li", BLOCK}, {"link", VOID}, {"main", BLOCK}, {"map", INLINE}, {"mark", INLINE},
	{"marquee", BLOCK}, {"menu", BLOCK}, {"meta", VOID}, {"meter", INLINE}, {"nav", BLOCK},
	{"nobr", INLINE}, {"noembed", INLINE}, {"noframes", INLINE}, {"noscript", INLINE},
	{"object", INLINE}, {"ol", BLOCK}, {"optgroup", BLOCK}, {"option", BLOCK},
	{"output", INLINE}, {"p", BLOCK}, {"param", VOID}, {"picture", INLINE}, {"pre", PRE},
	{"progress", INLINE}, {"q", INLINE}, {"rp", INLINE}, {"rt", INLINE}, {"ruby", INLINE},
	{"s", INLINE}, {"samp", INLINE}, {"script", RAW}, {"section", BLOCK}, {"select", DROP},
	{"small", INLINE}, {"source", VOID}, {"span", INLINE}, {"strike", INLINE},
	{"strong", INLINE}, {"style", RAW}, {"sub", INLINE}, {"summary", BLOCK},
	{"sup", INLINE}, {"table", BLOCK}, {"tbody", BLOCK}, {"td", CELL}, {"template", DROP},
	{"textarea", INLINE}, {"tfoot", BLOCK}, {"th", CELL}, {"thead", BLOCK}, {"time", INLINE},
	{"title", DROP}, {"tr", BLOCK}, {"track", VOID}, {"tt", INLINE}, {"u", INLINE},
	{"ul", BLOCK}, {"var", INLINE}, {"video", INLINE}, {"wbr", VOID}, {"xmp", PRE},
};
/* clang-format on */

#define NAME_BYTES 16
#define UNCLOSED_MAX 8 /* each costs a look at all the rest */

static const struct element *find_element(const char *name, size_t n)
{
	char low[NAME_BYTES];
	size_t lo = 0, hi = sizeof elements / sizeof *elements;

	if (n == 0 || n >= sizeof low)
		return NULL;
	for (size_t i = 0; i < n; i++)
		low[i] = str_lower(name[i]);
	low[n] = '\0';
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = elements[mid].name[0] - low[0];
		if (d == 0)
			d = strcmp(elements[mid].name, low);
		if (d == 0)
			return &elements[mid];
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

bool htmltext_is_element(const char *name, size_t n)
{
	return find_element(name, n) != NULL;
}

bool htmltext_is_void(const char *name, size_t n)
{
	const struct element *el = find_element(name, n);

	return el && (el->kind == VOID || el->kind == BREAK || el->kind == VOID_BLOCK);
}

bool htmltext_is_block(const char *name, size_t n)
{
	const struct element *el = find_element(name, n);

	return el && (el->kind == BLOCK || el->kind == PRE || el->kind == BREAK ||
			     el->kind == VOID_BLOCK);
}

/* ---- one tag ---- */

struct tag {
	struct str name;
	const struct element *element; /* NULL: unknown */
	bool closing, self_closed, hidden;
	size_t length; /* bytes from '<' on */
};

/* Where a search has already failed it is not tried again: a page of unclosed
 * quotes stays linear. */
struct scan {
	const char *s;
	size_t n;
	bool no_gt, no_double, no_single;
};

static bool is_name_byte(unsigned char c)
{
	return str_is_alnum(c) || c == ':' || c == '-' || c == '_';
}

static bool holds_nocase(struct str s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= s.n; i++)
		if (str_is_nocase(str_sub(s, i, i + n), word))
			return true;
	return false;
}

static bool says_hidden(struct str attributes)
{
	if (attributes.n < sizeof "hidden" - 1)
		return false;
	return (holds_nocase(attributes, "display:none") ||
		       holds_nocase(attributes, "display: none") ||
		       holds_nocase(attributes, " hidden ") ||
		       holds_nocase(attributes, " hidden=") ||
		       str_is_nocase(str_trim(attributes), "hidden")) ||
	       (attributes.n > 7 &&
		       str_is_nocase(
			       str_sub(attributes, attributes.n - 7, attributes.n), " hidden"));
}

/* The end of a quoted value that opens at `at`, or `at` when it never closes. */
static size_t past_quote(struct scan *sc, size_t at)
{
	char quote = sc->s[at];
	bool *none = quote == '"' ? &sc->no_double : &sc->no_single;
	const char *end = *none ? NULL : memchr(sc->s + at + 1, quote, sc->n - at - 1);

	if (!end) {
		*none = true;
		return at;
	}
	return (size_t)(end - sc->s);
}

/* Reads a tag at s[at] == '<'. False: it is none, the '<' is text. */
static bool read_tag(struct scan *sc, size_t at, struct tag *t)
{
	size_t i = at + 1;
	char before = '\0';

	memset(t, 0, sizeof *t);
	if (i < sc->n && sc->s[i] == '/') {
		t->closing = true;
		i++;
	}
	size_t name = i;
	if (i >= sc->n || !str_is_alpha((unsigned char)sc->s[i]))
		return false;
	while (i < sc->n && is_name_byte((unsigned char)sc->s[i]))
		i++;
	t->name = (struct str){sc->s + name, i - name};
	if (i < sc->n && !str_is_space((unsigned char)sc->s[i]) && !strchr("/><\"'", sc->s[i]))
		return false; /* <a@example.org>, <中文> */
	t->element = find_element(t->name.p, t->name.n);
	size_t attributes = i;
	for (; i < sc->n && sc->s[i] != '>' && sc->s[i] != '<'; i++) {
		/* A quote opens a value only behind '=', elsewhere it is damage. */
		if ((sc->s[i] == '"' || sc->s[i] == '\'') && before == '=')
			i = past_quote(sc, i);
		if (!str_is_space((unsigned char)sc->s[i]))
			before = sc->s[i];
	}
	if (i >= sc->n && !t->element)
		return false;
	t->hidden = !t->closing && says_hidden((struct str){sc->s + attributes, i - attributes});
	t->self_closed = before == '/';
	t->length = (i < sc->n && sc->s[i] == '>' ? i + 1 : i) - at;
	return true;
}

/* ---- the text ---- */

struct writer {
	struct buf *out;
	size_t start; /* nothing of ours before it */
	bool blank, line; /* owed before the next character */
	bool other; /* something was written that is not plain */
	int pre;
};

static void settle(struct writer *w)
{
	if (w->out->len > w->start) {
		if (w->line)
			buf_add_char(w->out, '\n');
		else if (w->blank)
			buf_add_char(w->out, ' ');
	}
	w->line = w->blank = false;
}

static void write_cp(struct writer *w, uint32_t cp)
{
	if (utf8_is_space(cp)) {
		w->blank = true;
	} else {
		settle(w);
		utf8_add(w->out, cp);
		w->other = w->other || cp < 0x20 || cp >= 0x7F;
	}
}

/* White space beyond ASCII: its bytes, or 0. */
static size_t wide_space(const char *text, size_t n)
{
	const unsigned char *s = (const unsigned char *)text;

	if (n >= 2 && s[0] == 0xC2 && (s[1] == 0x85 || s[1] == 0xA0))
		return 2;
	if (n < 3)
		return 0;
	bool is_general = s[0] == 0xE2 && s[1] == 0x80 &&
			  (s[2] <= 0x8A || s[2] == 0xA8 || s[2] == 0xA9 || s[2] == 0xAF);
	bool is_other = (s[0] == 0xE1 && s[1] == 0x9A && s[2] == 0x80) ||
			(s[0] == 0xE2 && s[1] == 0x81 && s[2] == 0x9F) ||
			(s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80);
	return is_general || is_other ? 3 : 0;
}

/* The byte at s needs more than to be copied. */
static bool ends_run(const char *s, size_t n)
{
	unsigned char c = (unsigned char)*s;

	if (c == ']')
		return n >= 3 && s[1] == ']' && s[2] == '>';
	return c <= ' ' || c == '<' || c == '&' || (c >= 0xC2 && c <= 0xE3 && wide_space(s, n));
}

/* *other becomes true when not all of it is plain. */
static size_t text_run(const char *s, size_t n, bool *other)
{
	size_t i = 0;

	while (i += plain_run(s + i, n - i, (struct plain_stops){0x21, '<', '&', ']'}),
		i < n && !ends_run(s + i, n - i)) {
		*other = *other || s[i] != ']';
		i++;
	}
	return i;
}

/* Text up to the next '<' or '&'. Returns the bytes read. */
static size_t write_text(struct writer *w, const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] != '<' && s[i] != '&') {
		unsigned char c = (unsigned char)s[i];
		size_t run = text_run(s + i, n - i, &w->other);
		if (run) {
			settle(w);
			buf_add(w->out, s + i, run);
			i += run;
		} else if (c == ']') {
			i += 3; /* the end of a CDATA section */
		} else if (c > ' ') {
			w->blank = true;
			i += wide_space(s + i, n - i);
		} else if (c == '\n' && w->pre) {
			w->line = true;
			i++;
		} else {
			if (str_is_space(c))
				w->blank = true;
			i++; /* other controls vanish */
		}
	}
	return i;
}

/* ---- what is dropped ---- */

/* Behind "</name" … ">", or n when it never comes. */
static size_t past_raw(const char *s, size_t n, size_t at, struct str name)
{
	while (at < n) {
		const char *lt = memchr(s + at, '<', n - at);
		if (!lt)
			break;
		at = (size_t)(lt - s);
		struct str here = {s + at + 2, n - at > 2 ? n - at - 2 : 0};
		if (here.n >= name.n && s[at + 1] == '/') {
			size_t i = 0;
			while (i < name.n && str_lower(here.p[i]) == str_lower(name.p[i]))
				i++;
			if (i == name.n) {
				const char *gt = memchr(lt, '>', n - at);
				return gt ? (size_t)(gt - s) + 1 : n;
			}
		}
		at++;
	}
	return n;
}

/* Behind the end tag that matches an element opened before `at`; `at` itself
 * when it is never closed. */
static size_t past_element(struct scan *sc, size_t at, struct str name)
{
	size_t i = at, depth = 1;

	while (i < sc->n) {
		const char *lt = memchr(sc->s + i, '<', sc->n - i);
		struct tag t;
		if (!lt)
			break;
		i = (size_t)(lt - sc->s);
		if (!read_tag(sc, i, &t)) {
			i++;
			continue;
		}
		i += t.length;
		if (t.name.n != name.n || strncasecmp(t.name.p, name.p, name.n) != 0 ||
			t.self_closed)
			continue;
		depth += t.closing ? (size_t)-1 : 1;
		if (depth == 0)
			return i;
	}
	return at;
}

/* Comments, declarations, processing instructions and CDATA marks at s[at] ==
 * '<'. 0: it is none of them. */
static size_t skip_special(struct scan *sc, size_t at)
{
	struct str rest = {sc->s + at, sc->n - at};
	size_t end;

	if (str_has_prefix(rest, "<!--")) {
		end = str_find(rest, "-->", 2);
		if (end < rest.n)
			return end + 3;
		end = str_find(rest, ">", 4);
		return end < rest.n ? end + 1 : rest.n;
	}
	if (str_has_prefix(rest, "<![CDATA["))
		return 9;
	if ((rest.n > 2 && rest.p[1] == '?' && str_is_alpha((unsigned char)rest.p[2])) ||
		str_has_prefix(rest, "<![") || str_is_nocase(str_sub(rest, 0, 9), "<!doctype") ||
		str_is_nocase(str_sub(rest, 0, 8), "<!entity")) {
		const char *gt = sc->no_gt ? NULL : memchr(rest.p, '>', rest.n);
		sc->no_gt = !gt;
		return gt ? (size_t)(gt - rest.p) + 1 : 0;
	}
	return 0;
}

struct work {
	struct scan scan;
	struct writer writer;
	enum htmltext_mode mode;
	bool keep_hidden; /* one was never closed: better show too much than nothing */
	int unclosed; /* elements to drop that were never closed */
};

static void write_breaks(struct writer *w, const struct tag *t)
{
	switch (t->element->kind) {
	case PRE:
		if (t->closing && w->pre > 0)
			w->pre--;
		else if (!t->closing && w->pre < 1000000)
			w->pre++;
		w->line = true;
		break;
	case BLOCK:
	case BREAK:
	case VOID_BLOCK:
		w->line = true;
		break;
	case CELL:
		w->blank = true;
		break;
	case INLINE:
	case RAW:
	case DROP:
	case VOID:
		break;
	}
}

/* Handles the tag at `at`; returns where to go on. */
static size_t take_tag(struct work *k, size_t at)
{
	struct tag t;

	if (!read_tag(&k->scan, at, &t) || (!t.element && k->mode == HTMLTEXT_TITLE)) {
		settle(&k->writer);
		buf_add_char(k->writer.out, '<');
		return at + 1;
	}
	at += t.length;
	if (!t.element)
		return at;
	write_breaks(&k->writer, &t);
	if (t.closing || t.self_closed)
		return at;
	if (t.element->kind == RAW)
		return past_raw(k->scan.s, k->scan.n, at, t.name);
	bool can_hide = t.element->kind == BLOCK || t.element->kind == INLINE ||
			t.element->kind == PRE || t.element->kind == CELL;
	bool drop = t.element->kind == DROP && k->unclosed < UNCLOSED_MAX;
	if (drop || (t.hidden && can_hide && !k->keep_hidden)) {
		size_t end = past_element(&k->scan, at, t.name);
		k->unclosed += drop && end == at;
		k->keep_hidden = k->keep_hidden || (end == at && t.element->kind != DROP);
		if (end != at)
			write_breaks(&k->writer, &t);
		if (t.element->kind == PRE && end != at)
			k->writer.pre--;
		return end;
	}
	return at;
}

static size_t take_reference(struct work *k, size_t at)
{
	uint32_t cp;
	size_t n = entity_read(k->scan.s + at, k->scan.n - at, &cp);

	if (n == 0) {
		settle(&k->writer);
		buf_add_char(k->writer.out, '&');
		return at + 1;
	}
	write_cp(&k->writer, cp);
	return at + n;
}

bool htmltext_add(struct buf *out, const char *html, size_t n, enum htmltext_mode mode)
{
	struct work k = {.scan = {.s = html, .n = n}, .mode = mode};
	size_t i = 0;

	k.writer.out = out;
	k.writer.start = out->len;
	while (i < n && !out->fault) {
		size_t special;
		if (html[i] == '&')
			i = take_reference(&k, i);
		else if (html[i] == '<' && (special = skip_special(&k.scan, i)) > 0)
			i += special;
		else if (html[i] == '<')
			i = take_tag(&k, i);
		else
			i += write_text(&k.writer, html + i, n - i);
	}
	return !k.writer.other;
}

/* ---- is it HTML? ---- */

bool htmltext_is_likely(const char *s, size_t n, enum htmltext_mode mode)
{
	struct scan sc = {.s = s, .n = n};
	bool evidence = false;

	for (size_t i = 0; i < n;) {
		struct tag t;
		uint32_t cp;
		size_t len = 1;
		if (s[i] == '&') {
			len = entity_read(s + i, n - i, &cp);
			/* An "&" that begins nothing, "R&D", says nothing. */
			evidence = evidence || (len > 0 && s[i + len - 1] == ';');
			len = len ? len : 1;
		} else if (s[i] == '<' && read_tag(&sc, i, &t)) {
			if (!t.element && mode != HTMLTEXT_TITLE)
				return false;
			evidence = evidence ||
				   (t.element && (t.closing || t.self_closed ||
							 htmltext_is_void(t.name.p, t.name.n)));
			len = t.length;
		}
		i += len;
	}
	return evidence;
}

bool htmltext_is_wrapped(const char *s, size_t n)
{
	struct str v = str_trim((struct str){s, n});
	struct scan sc = {.s = v.p, .n = v.n};
	struct tag t;

	return v.n > 6 && v.p[0] == '<' && v.p[v.n - 1] == '>' && read_tag(&sc, 0, &t) &&
	       t.element && !t.closing && htmltext_is_likely(v.p, v.n, HTMLTEXT_MARKUP);
}
