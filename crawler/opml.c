/*
 * opml.c - reading outlines tag by tag.
 */
#include "crawler/opml.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "crawler/entity.h"
#include "crawler/feed_read.h"

#define ATTRS_MAX 64 /* of one tag; further ones are not looked at */
#define VALUE_MAX ((size_t)64 << 10)

struct attr {
	struct str name, value; /* value as written */
};

struct tag {
	struct str name;
	bool closing, self_closed;
	struct attr attrs[ATTRS_MAX];
	size_t count;
	size_t length; /* with < and > */
};

struct level {
	const char *title;
	bool has_url, has_child;
	int line;
};

struct reader {
	struct str text;
	size_t at;
	int line;
	struct arena *arena;
	struct opml *out;
	size_t room;
	struct level levels[OPML_DEPTH_MAX];
	size_t depth; /* may be more than levels there are */
	bool seen; /* <opml> or an outline */
};

/* ---- tags --------------------------------------------------------------- */

static size_t skip_space(struct str s, size_t i)
{
	while (i < s.n && str_is_space((unsigned char)s.p[i]))
		i++;
	return i;
}

static bool ends_name(char c)
{
	return str_is_space((unsigned char)c) || c == '=' || c == '>' || c == '/' || c == '<';
}

static size_t skip_name(struct str s, size_t i)
{
	while (i < s.n && !ends_name(s.p[i]))
		i++;
	return i;
}

/* The value at s[i]; *next is behind it. */
static struct str read_value(struct str s, size_t i, size_t *next)
{
	size_t from = i;

	if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
		const char *quote = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
		size_t end = quote ? (size_t)(quote - s.p) : s.n;
		*next = end < s.n ? end + 1 : end;
		return str_sub(s, i + 1, end);
	}
	while (i < s.n && !str_is_space((unsigned char)s.p[i]) && s.p[i] != '>')
		i++;
	*next = i;
	return str_sub(s, from, i);
}

/* s begins with "<" and a letter or "/". */
static void read_tag(struct str s, struct tag *t)
{
	size_t i = 1, from;

	memset(t, 0, offsetof(struct tag, attrs));
	t->count = 0;
	t->closing = s.n > 1 && s.p[1] == '/';
	i += t->closing;
	from = i;
	i = skip_name(s, i);
	t->name = str_sub(s, from, i);
	while ((i = skip_space(s, i)) < s.n && s.p[i] != '>' && s.p[i] != '<') {
		struct attr a = {{"", 0}, {"", 0}};
		size_t start = i;
		t->self_closed = s.p[i] == '/';
		from = i;
		i = skip_name(s, i);
		a.name = str_sub(s, from, i);
		from = skip_space(s, i);
		if (from < s.n && s.p[from] == '=')
			a.value = read_value(s, skip_space(s, from + 1), &i);
		if (a.name.n && t->count < ATTRS_MAX)
			t->attrs[t->count++] = a;
		i += i == start;
	}
	t->length = i < s.n && s.p[i] == '>' ? i + 1 : i;
}

static struct str attr_of(const struct tag *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (str_is_nocase(t->attrs[i].name, name))
			return t->attrs[i].value;
	return (struct str){"", 0};
}

/* References resolved, one line, trimmed. "" for an absent one; NULL: no memory or longer
 * than any address or title is. */
static const char *value_of(struct reader *r, const struct tag *t, const char *name)
{
	struct str raw = attr_of(t, name), s;
	struct buf b;
	const char *out;

	buf_init(&b, VALUE_MAX);
	for (size_t i = 0; i < raw.n;) {
		uint32_t cp = 0;
		size_t n = raw.p[i] == '&' ? entity_read(raw.p + i, raw.n - i, &cp) : 0;
		if (n)
			utf8_add(&b, cp < 0x20 ? ' ' : cp);
		else
			buf_add_char(&b, (unsigned char)raw.p[i] < 0x20 ? ' ' : raw.p[i]);
		i += n ? n : 1;
	}
	s = str_trim((struct str){buf_str(&b), b.len});
	out = b.fault ? NULL : arena_strndup(r->arena, s.p, s.n);
	buf_fini(&b);
	return out;
}

static const char *none_if_empty(const char *s)
{
	return s && *s ? s : NULL;
}

/* ---- outlines ----------------------------------------------------------- */

static const char *category(struct reader *r)
{
	size_t n = r->depth < OPML_DEPTH_MAX ? r->depth : OPML_DEPTH_MAX;
	const char *path = "";

	for (size_t i = 0; path && i < n; i++)
		if (*r->levels[i].title)
			path = *path ? arena_printf(r->arena, "%s / %s", path, r->levels[i].title)
				     : r->levels[i].title;
	return path;
}

static enum err_code add_entry(struct reader *r, const struct opml_entry *entry, struct err *e)
{
	struct opml *o = r->out;

	if (o->count == OPML_ENTRIES_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d outlines"), OPML_ENTRIES_MAX);
	if (o->count == r->room) {
		size_t room = r->room ? r->room * 2 : 64;
		struct opml_entry *bigger = arena_array(r->arena, room, sizeof *bigger);
		if (!bigger)
			return err_nomem(e);
		if (o->count)
			memcpy(bigger, o->entries, o->count * sizeof *bigger);
		o->entries = bigger;
		r->room = room;
	}
	o->entries[o->count++] = *entry;
	return ERR_OK;
}

static const char *title_of(struct reader *r, const struct tag *t)
{
	const char *title = value_of(r, t, "title"), *text;

	if (!title || *title)
		return title;
	text = value_of(r, t, "text");
	return text;
}

/* Feeds have xmlUrl; links of OPML 2.0 have url. */
static const char *url_of(struct reader *r, const struct tag *t)
{
	const char *url = value_of(r, t, "xmlUrl");

	return !url || *url ? url : value_of(r, t, "url");
}

static enum err_code take_entry(
	struct reader *r, const struct tag *t, const char *title, const char *url, struct err *e)
{
	struct opml_entry entry = {
		.title = title,
		.url = none_if_empty(url),
		.category = category(r),
		.id = none_if_empty(value_of(r, t, "huiying:id")),
		.kind = none_if_empty(value_of(r, t, "huiying:kind")),
		.every = none_if_empty(value_of(r, t, "huiying:every")),
		.charset = none_if_empty(value_of(r, t, "huiying:charset")),
		.local = str_is(attr_of(t, "huiying:local"), "yes"),
		.off = str_is(attr_of(t, "huiying:enabled"), "no"),
		.line = r->line,
	};

	return entry.category ? add_entry(r, &entry, e) : err_nomem(e);
}

static void open_level(struct reader *r, const char *title, bool has_url)
{
	if (r->depth > 0 && r->depth <= OPML_DEPTH_MAX)
		r->levels[r->depth - 1].has_child = true;
	if (r->depth < OPML_DEPTH_MAX)
		r->levels[r->depth] = (struct level){title, has_url, false, r->line};
	r->depth++;
}

/* A leaf without an address is an entry that cannot be used, and is told of. */
static enum err_code close_level(struct reader *r, struct err *e)
{
	const struct level *l;
	struct opml_entry entry;

	if (r->depth == 0)
		return ERR_OK;
	r->depth--;
	if (r->depth >= OPML_DEPTH_MAX)
		return ERR_OK;
	l = &r->levels[r->depth];
	if (l->has_url || l->has_child)
		return ERR_OK;
	entry = (struct opml_entry){.title = l->title, .category = category(r), .line = l->line};
	return entry.category ? add_entry(r, &entry, e) : err_nomem(e);
}

static enum err_code take_outline(struct reader *r, const struct tag *t, struct err *e)
{
	const char *title, *url;
	enum err_code rc = ERR_OK;

	r->seen = true;
	if (t->closing)
		return close_level(r, e);
	title = title_of(r, t);
	url = url_of(r, t);
	if (!title || !url)
		return arena_failed(r->arena)
			       ? err_nomem(e)
			       : err_set(e, ERR_LIMIT, _("line %d: an attribute is too long"),
					 r->line);
	if (*url)
		rc = take_entry(r, t, title, url, e);
	open_level(r, title, *url != '\0');
	return !rc && t->self_closed ? close_level(r, e) : rc;
}

/* ---- the whole ---------------------------------------------------------- */

/* Bytes of what is no tag at s, which begins with "<"; 0: it is a tag. */
static size_t other_length(struct str s)
{
	size_t end;

	if (str_has_prefix(s, "<!--"))
		end = str_find(s, "-->", 4) + 3;
	else if (str_has_prefix(s, "<![CDATA["))
		end = str_find(s, "]]>", 9) + 3;
	else if (s.n > 9 && str_is_nocase(str_sub(s, 0, 9), "<!doctype"))
		end = feed_doctype_length(s);
	else if (str_has_prefix(s, "<?"))
		end = str_find(s, "?>", 2) + 2;
	else if (s.n > 1 && (str_is_alpha((unsigned char)s.p[1]) || s.p[1] == '/'))
		return 0;
	else
		return 1;
	return end < s.n ? end : s.n;
}

/* To `to`, counting lines. */
static void advance(struct reader *r, size_t to)
{
	for (; r->at < to; r->at++)
		r->line += r->text.p[r->at] == '\n';
}

static enum err_code read_all(struct reader *r, struct err *e)
{
	enum err_code rc = ERR_OK;
	const char *lt;
	struct tag t;

	while (!rc && (lt = memchr(r->text.p + r->at, '<', r->text.n - r->at)) != NULL) {
		advance(r, (size_t)(lt - r->text.p));
		struct str rest = str_sub(r->text, r->at, r->text.n);
		size_t n = other_length(rest);
		if (n == 0) {
			read_tag(rest, &t);
			n = t.length;
			if (str_is_nocase(t.name, "outline"))
				rc = take_outline(r, &t, e);
			else if (str_is_nocase(t.name, "opml"))
				r->out->complete = r->seen && t.closing;
			r->seen = r->seen || str_is_nocase(t.name, "opml");
		}
		advance(r, r->at + n);
	}
	return rc;
}

enum err_code opml_parse(
	const char *text, size_t n, struct arena *a, struct opml *out, struct err *e)
{
	struct reader r = {.text = {text, n}, .line = 1, .arena = a, .out = out};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	if (n > OPML_BYTES_MAX)
		return err_set(
			e, ERR_LIMIT, _("the file is larger than %zu bytes"), OPML_BYTES_MAX);
	rc = read_all(&r, e);
	if (!rc && !r.seen)
		rc = err_set(e, ERR_INPUT, _("this is no OPML"));
	if (!rc && r.depth > 0)
		out->complete = false;
	return rc;
}
