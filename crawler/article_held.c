/*
 * article_held.c - the text that a page does not show but holds for its scripts.
 *
 * Pages of apps are an empty frame with the article as a string of a script: JSON of the
 * framework, a statement of schema.org, a value that is written into the frame; older ones
 * keep it in a <textarea> or a hidden element. It is looked for only where what the page
 * shows is no article, and only under names that say what it is.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "crawler/article_private.h"
#include "crawler/feedtext.h"
#include "crawler/htmltext.h"

#define HELD_BYTES_MIN ((size_t)120) /* of a literal, as written */
#define HELD_CHARS_MIN 60
#define HELD_STOPS_MIN 2
#define KEY_BYTES_MAX ((size_t)32)

/* "key": "value" of a script; the value as it is written. */
struct literal {
	struct str key, value;
};

struct held {
	const struct article *a;
	struct feedtext words;
	struct buf plain; /* a literal without its escapes */
	const char *text; /* the best so far, lines; in the article's arena */
	size_t chars;
	const char *title, *title_behind; /* last before it, first behind it */
	struct err err;
	enum err_code rc;
};

/* ---- strings of scripts ---- */

static bool is_quote(char c)
{
	return c == '"' || c == '\'' || c == '`';
}

static bool is_of_name(char c)
{
	return str_is_alnum((unsigned char)c) || c == '_';
}

/* The name that ends before the colon or the equals sign at s[at]. */
static struct str key_before(struct str s, size_t at)
{
	size_t from;

	while (at > 0 && str_is_space((unsigned char)s.p[at - 1]))
		at--;
	if (at > 0 && is_quote(s.p[at - 1]))
		at--;
	for (from = at; from > 0 && at - from < KEY_BYTES_MAX && is_of_name(s.p[from - 1]);)
		from--;
	return str_sub(s, from, at);
}

/* Where the literal that begins behind the quote s[from - 1] ends; s.n when it does not. */
static size_t end_of_literal(struct str s, size_t from)
{
	char quote = s.p[from - 1];

	for (; from < s.n && s.p[from] != quote; from++)
		if (s.p[from] == '\\')
			from++;
	return from < s.n ? from : s.n;
}

/* The next one at or behind *at, which moves behind it. */
static bool next_literal(struct str s, size_t *at, struct literal *out)
{
	for (size_t i = *at; i < s.n; i++) {
		size_t from = i + 1, to;
		if (s.p[i] != ':' && s.p[i] != '=')
			continue;
		while (from < s.n && str_is_space((unsigned char)s.p[from]))
			from++;
		if (from >= s.n || !is_quote(s.p[from]))
			continue;
		to = end_of_literal(s, from + 1);
		if (to >= s.n)
			return false;
		*out = (struct literal){key_before(s, i), str_sub(s, from + 1, to)};
		*at = to + 1;
		return true;
	}
	return false;
}

/* Up to `n` hexadecimal digits. */
static uint32_t read_hex(struct str s, size_t n)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n && i < s.n; i++) {
		char c = str_lower(s.p[i]);
		if (!str_is_digit((unsigned char)c) && !(c >= 'a' && c <= 'f'))
			break;
		v = v * 16 + (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return v;
}

/* Adds what the escape behind a backslash means; returns its length. */
static size_t add_escape(struct str s, struct buf *out)
{
	uint32_t cp = read_hex(str_sub(s, 1, s.n), s.p[0] == 'u' ? 4 : 2), low;

	if (s.p[0] == 'n' || s.p[0] == 'r' || s.p[0] == 't') {
		buf_add_char(out, s.p[0] == 't' ? ' ' : '\n');
		return 1;
	}
	if (s.p[0] == 'x') {
		utf8_add(out, cp);
		return 3;
	}
	if (s.p[0] != 'u') {
		buf_add_char(out, s.p[0]);
		return 1;
	}
	low = str_has_prefix(str_sub(s, 5, s.n), "\\u") ? read_hex(str_sub(s, 7, s.n), 4) : 0;
	if (cp >= 0xD800 && cp < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
		utf8_add(out, 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00));
		return 11;
	}
	utf8_add(out, cp >= 0xD800 && cp < 0xE000 ? UTF8_REPLACEMENT : cp);
	return 5;
}

static void add_unescaped(struct str s, struct buf *out)
{
	while (s.n) {
		const char *back = memchr(s.p, '\\', s.n);
		size_t n = back ? (size_t)(back - s.p) : s.n;
		buf_add(out, s.p, n);
		s = str_sub(s, n + 1, s.n);
		if (s.n)
			s = str_sub(s, add_escape(s, out), s.n);
	}
}

/* ---- which of them is the text ---- */

static bool ends_nocase(struct str s, const char *const *words)
{
	for (; *words; words++) {
		size_t n = strlen(*words);
		if (s.n >= n && str_is_nocase(str_sub(s, s.n - n, s.n), *words))
			return true;
	}
	return false;
}

static bool is_key_of_text(struct str key)
{
	static const char *const ends[] = {
		"content", "body", "html", "text", "txt", "detail", "article", NULL};

	return ends_nocase(key, ends);
}

static bool is_key_of_title(struct str key)
{
	static const char *const ends[] = {"title", "headline", NULL};
	static const char *const others[] = {"subtitle", "sitetitle", "seotitle", NULL};

	return ends_nocase(key, ends) && !ends_nocase(key, others);
}

static size_t count_stops(const char *s)
{
	struct str text = str_of(s);
	size_t stops = 0;

	for (size_t at = 0; (at = str_find(text, "。", at)) < text.n; at++)
		stops++;
	for (size_t at = 0; (at = str_find(text, "，", at)) < text.n; at++)
		stops++;
	return stops;
}

/* Without the quotation marks that one program puts around a string for another to cut. */
static struct str without_marks(struct str s)
{
	static const char *const marks[] = {"&quot;", "\"", NULL};

	for (size_t i = 0; marks[i]; i++) {
		size_t n = strlen(marks[i]);
		if (s.n > 2 * n && str_has_prefix(s, marks[i]) && str_has_suffix(s, marks[i]))
			return str_sub(s, n, s.n - n);
	}
	return s;
}

/* What stands in h->plain. */
static struct str plain_of(struct held *h)
{
	if (!h->rc)
		h->rc = buf_check(&h->plain, _("the text of an article"), &h->err);
	return without_marks((struct str){buf_str(&h->plain), h->plain.len});
}

/* Takes the text when it is longer than the best so far; true: it did. */
static bool take(struct held *h, struct str s)
{
	const char *text = NULL;
	bool markup = htmltext_is_likely(s.p, s.n, HTMLTEXT_MARKUP);
	size_t chars;

	if (h->rc || s.n < HELD_CHARS_MIN || !utf8_is_valid(s.p, s.n))
		return false;
	h->rc = feedtext_make(&h->words, h->a->arena, s.p, s.n,
		markup ? FEEDTEXT_HTML : FEEDTEXT_LINES, false, &text, &h->err);
	chars = text ? utf8_count(text, strlen(text)) : 0;
	if (chars < HELD_CHARS_MIN || chars <= h->chars || count_stops(text) < HELD_STOPS_MIN)
		return false;
	h->text = text;
	h->chars = chars;
	return true;
}

static const char *line_of(struct held *h, struct str s)
{
	const char *line = NULL;

	buf_clear(&h->plain);
	add_unescaped(s, &h->plain);
	s = plain_of(h);
	if (!h->rc && utf8_is_valid(s.p, s.n))
		h->rc = feedtext_make(
			&h->words, h->a->arena, s.p, s.n, FEEDTEXT_GUESS, true, &line, &h->err);
	return line;
}

static void look_in_script(struct held *h, struct str s)
{
	struct literal l;
	const char *title = NULL;

	for (size_t at = 0; next_literal(s, &at, &l) && !h->rc;) {
		if (is_key_of_title(l.key)) {
			title = line_of(h, l.value);
			if (h->text && !h->title_behind)
				h->title_behind = title;
		} else if (is_key_of_text(l.key) && l.value.n >= HELD_BYTES_MIN) {
			buf_clear(&h->plain);
			add_unescaped(l.value, &h->plain);
			if (!take(h, plain_of(h)))
				continue;
			h->title = title;
			h->title_behind = NULL;
		}
	}
}

/* ---- elements that are not shown ---- */

/* All text below the node, shown or not. */
static void look_in_element(struct held *h, int node)
{
	const struct page *p = h->a->page;

	buf_clear(&h->plain);
	for (int i = node; i < page_node(p, node)->end; i++) {
		if (page_node(p, i)->is_block)
			buf_add_char(&h->plain, '\n');
		if (page_node(p, i)->tag == PAGE_TEXT)
			buf_add(&h->plain, page_node(p, i)->text.p, page_node(p, i)->text.n);
	}
	struct str s = plain_of(h);
	bool is_form = strcmp(page_node(p, node)->name, "textarea") == 0;
	/* What a form asks for is no article; one kept in it has markup. */
	if (!is_form || htmltext_is_likely(s.p, s.n, HTMLTEXT_MARKUP) ||
		page_node(p, node)->end > node + 2)
		take(h, s);
}

static bool may_hold_text(const struct page *p, int i)
{
	const struct page_node *node = page_node(p, i);

	if (!node->hidden || node->tag != PAGE_OTHER || page_node(p, node->parent)->hidden)
		return false;
	return strcmp(node->name, "textarea") == 0 ||
	       (node->is_block && article_is_named_good(p, i));
}

enum err_code article_find_held(
	const struct article *a, const char **text, const char **title, struct err *e)
{
	const struct page *p = a->page;
	struct held h = {.a = a};

	feedtext_init(&h.words);
	buf_init(&h.plain, FEEDTEXT_MAX);
	for (int i = 1; i < page_count(p) && !h.rc; i++) {
		if (page_node(p, i)->tag == PAGE_SCRIPT && i + 1 < page_node(p, i)->end)
			look_in_script(&h, page_node(p, i + 1)->text);
		else if (may_hold_text(p, i))
			look_in_element(&h, i);
	}
	*text = h.text;
	*title = h.title ? h.title : h.title_behind;
	if (h.rc)
		*e = h.err;
	feedtext_fini(&h.words);
	buf_fini(&h.plain);
	return h.rc;
}
