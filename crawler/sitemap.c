/*
 * sitemap.c - addresses and their dates out of a sitemap.
 *
 * What Baidu wants told of a page beside its address stands in <data> within its <url>, and
 * has addresses of its own.
 */
#include "crawler/sitemap.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/url.h"
#include "crawler/date.h"
#include "crawler/feed_read.h"
#include "crawler/feedtext.h"

#define FIELD_MAX ((size_t)8192)

enum field { FIELD_NONE, FIELD_LOC, FIELD_LASTMOD, FIELD_TITLE, FIELD_PUBLISHED };

/* Local names; the prefix of the news extension is whatever the file says. */
static const struct {
	const char *name;
	enum field field;
} fields[] = {
	{"loc", FIELD_LOC},
	{"lastmod", FIELD_LASTMOD},
	{"title", FIELD_TITLE},
	{"publication_date", FIELD_PUBLISHED},
};

struct reading {
	const struct document_input *in;
	struct arena *arena;
	struct document *out;
	struct feedtext words;
	size_t room;
	struct item current;
	bool open; /* within <url> or <sitemap> */
	bool has_root; /* <urlset> or <sitemapindex> was seen */
	int skipped; /* depth within image:image, video:video: their loc is not ours */
	int data; /* depth within <data>: its addresses are not ours, its title is */
	enum field field;
	struct buf text;
	enum err_code rc;
	struct err *e;
	xmlParserCtxtPtr ctxt;
};

static bool is_local(const xmlChar *name, const char *local)
{
	const char *s = (const char *)name, *colon = strchr(s, ':');

	return strcasecmp(colon ? colon + 1 : s, local) == 0;
}

static bool is_entry(const xmlChar *name)
{
	return is_local(name, "url") || is_local(name, "sitemap");
}

static bool is_index(const xmlChar *name)
{
	return is_local(name, "sitemapindex");
}

static bool is_foreign(const xmlChar *name)
{
	return is_local(name, "image") || is_local(name, "video");
}

static void fail(struct reading *r, enum err_code rc)
{
	if (!r->rc)
		r->rc = rc;
	if (r->ctxt)
		xmlStopParser(r->ctxt);
}

/* ---- items ---- */

static bool make_room(struct reading *r)
{
	size_t room = r->room ? 2 * r->room : 256;
	struct item *items;

	if (r->out->count < r->room)
		return true;
	if (r->out->count >= DOCUMENT_ITEMS_MAX) {
		fail(r, err_set(r->e, ERR_LIMIT, _("more than %d items in one document"),
				DOCUMENT_ITEMS_MAX));
		return false;
	}
	items = arena_array(r->arena, room, sizeof *items);
	if (!items) {
		fail(r, err_nomem(r->e));
		return false;
	}
	if (r->out->count)
		memcpy(items, r->out->items, r->out->count * sizeof *items);
	r->out->items = items;
	r->room = room;
	return true;
}

static void end_item(struct reading *r)
{
	r->open = false;
	if (!r->rc && r->current.link && make_room(r))
		r->out->items[r->out->count++] = r->current;
}

static void begin_item(struct reading *r)
{
	if (r->open) /* the last one was not closed */
		end_item(r);
	memset(&r->current, 0, sizeof r->current);
	r->current.published = r->current.updated = r->current.fetched = TIME_NONE;
	r->open = true;
}

static const char *address(struct reading *r, struct str s)
{
	char *text = s.n ? strndup(s.p, s.n) : NULL, *url = NULL;
	const char *kept = NULL;

	if (text && url_resolve(text, r->in->url, &url, NULL) == ERR_OK)
		kept = arena_strdup(r->arena, url);
	free(text);
	free(url);
	return kept;
}

static void take_field(struct reading *r)
{
	struct str s = str_trim((struct str){buf_str(&r->text), r->text.len});
	int64_t *time = r->field == FIELD_LASTMOD ? &r->current.updated : &r->current.published;
	enum err_code rc = ERR_OK;

	if (r->field == FIELD_LOC && !r->current.link)
		r->current.link = address(r, s);
	else if (r->field == FIELD_TITLE && !r->current.title)
		rc = feedtext_make(&r->words, r->arena, s.p, s.n, FEEDTEXT_GUESS, true,
			&r->current.title, r->e);
	else if (r->field == FIELD_LASTMOD || r->field == FIELD_PUBLISHED)
		if (!date_parse(s.p, s.n, r->in->now, r->in->zone, time))
			*time = TIME_NONE;
	if (rc)
		fail(r, rc);
	r->field = FIELD_NONE;
}

/* ---- events ---- */

static enum field field_named(const xmlChar *name)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (is_local(name, fields[i].name))
			return fields[i].field;
	return FIELD_NONE;
}

static void begin_field(struct reading *r, const xmlChar *name)
{
	enum field f = r->open ? field_named(name) : FIELD_NONE;

	if (f == FIELD_NONE || (r->data && f != FIELD_TITLE))
		return;
	r->field = f;
	buf_clear(&r->text);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	struct reading *r = ctx;

	(void)attributes;
	if (r->skipped || is_foreign(name)) {
		r->skipped++;
		return;
	}
	if (r->field != FIELD_NONE && (is_entry(name) || field_named(name) != FIELD_NONE))
		take_field(r); /* one that nobody closed */
	if (r->data || is_local(name, "data"))
		r->data++;
	else if (is_entry(name))
		begin_item(r);
	r->has_root = r->has_root || is_index(name) || is_local(name, "urlset");
	r->out->is_index = r->out->is_index || is_index(name);
	begin_field(r, name);
}

static void on_end(void *ctx, const xmlChar *name)
{
	struct reading *r = ctx;

	if (r->skipped) {
		r->skipped--;
		return;
	}
	if (r->field != FIELD_NONE)
		take_field(r);
	if (r->data)
		r->data--;
	else if (r->open && is_entry(name))
		end_item(r);
}

static void on_text(void *ctx, const xmlChar *s, int n)
{
	struct reading *r = ctx;

	if (r->field != FIELD_NONE && !r->skipped && n > 0)
		buf_add(&r->text, s, (size_t)n);
}

static void ignore_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id,
	const xmlChar *system_id, xmlChar *content)
{
	(void)ctx, (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
}

/* Does a reference to an entity or character begin at the ampersand? */
static bool is_reference(struct str s)
{
	size_t i = 1;

	if (i < s.n && s.p[i] == '#')
		i++;
	while (i < s.n && i < 12 && str_is_alnum((unsigned char)s.p[i]))
		i++;
	return i > 1 && i < s.n && s.p[i] == ';';
}

/* Addresses whose ampersands nobody escaped would lose parameters: they are escaped now,
 * but for those within CDATA. */
static void add_escaped(struct buf *out, struct str s)
{
	static const char opening[] = "<![CDATA[", closing[] = "]]>";
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		struct str rest = str_sub(s, i, s.n);
		if (s.p[i] == '<' && str_has_prefix(rest, opening)) {
			i = str_find(s, closing, i);
		} else if (s.p[i] == '&' && !is_reference(rest)) {
			buf_add(out, s.p + from, i - from);
			buf_add_str(out, "&amp;");
			from = i + 1;
		}
	}
	buf_add(out, s.p + from, s.n - from);
}

static void read_xml(struct reading *r, const char *text, size_t n)
{
	xmlSAXHandler sax;

	memset(&sax, 0, sizeof sax);
	sax.startElement = on_start;
	sax.endElement = on_end;
	sax.characters = on_text;
	sax.cdataBlock = on_text;
	sax.entityDecl = ignore_entity;
	r->ctxt = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (!r->ctxt) {
		fail(r, err_nomem(r->e));
		return;
	}
	xmlCtxtUseOptions(r->ctxt, XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
					   XML_PARSE_NONET | XML_PARSE_SAX1);
	xmlSwitchEncoding(r->ctxt, XML_CHAR_ENCODING_UTF8);
	for (size_t at = 0; at < n && !r->rc; at += 65536)
		xmlParseChunk(r->ctxt, text + at, (int)(n - at < 65536 ? n - at : 65536), 0);
	if (!r->rc)
		xmlParseChunk(r->ctxt, "", 0, 1);
	xmlFreeParserCtxt(r->ctxt);
	r->ctxt = NULL;
	if (r->open)
		end_item(r);
}

/* The encoding is settled: what the declaration says of it would only mislead libxml2. */
static void read_escaped(struct reading *r, struct str s)
{
	struct buf text;
	bool ignored;

	s = str_sub(s, feed_prolog_length(s, &ignored), s.n);
	buf_init(&text, DOCUMENT_BYTES_MAX * 5);
	add_escaped(&text, s);
	if (text.fault)
		fail(r, buf_check(&text, _("the sitemap"), r->e));
	else
		read_xml(r, buf_str(&text), text.len);
	buf_fini(&text);
}

/* ---- a plain list ---- */

static bool is_address(struct str s)
{
	return str_is_nocase(str_sub(s, 0, 7), "http://") ||
	       str_is_nocase(str_sub(s, 0, 8), "https://");
}

/* Up to a line feed or, as old Macs wrote, a carriage return. */
static struct str next_line(struct str *text)
{
	size_t end = 0;

	while (end < text->n && text->p[end] != '\n' && text->p[end] != '\r')
		end++;
	struct str line = str_trim(str_sub(*text, 0, end));
	*text = str_sub(*text, end + 1, text->n);
	return line;
}

static void read_lines(struct reading *r, struct str text)
{
	while (text.n && !r->rc) {
		struct str line = next_line(&text);
		if (line.n > FIELD_MAX || !is_address(line))
			continue;
		begin_item(r);
		r->current.link = address(r, line);
		end_item(r);
	}
}

/* ---- the whole ---- */

/* "<urlset", "<prefix:urlset" */
static bool opens_element(struct str s, const char *local)
{
	for (size_t at = 0; (at = str_find(s, local, at)) < s.n; at++) {
		size_t name = at;
		if (name && s.p[name - 1] == ':')
			for (name--; name && str_is_alnum((unsigned char)s.p[name - 1]);)
				name--;
		if (name && s.p[name - 1] == '<')
			return true;
	}
	return false;
}

bool sitemap_is_likely(const char *text, size_t n)
{
	struct str s = {text, n < 4096 ? n : 4096};

	return opens_element(s, "urlset") || opens_element(s, "sitemapindex");
}

enum err_code sitemap_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e)
{
	struct reading r = {.in = in, .arena = arena, .out = out, .e = e};
	struct str s = str_trim((struct str){text, n});

	feedtext_init(&r.words);
	buf_init(&r.text, FIELD_MAX);
	if (s.n && s.p[0] == '<' && feed_is_overloaded(s))
		r.rc = err_set(e, ERR_LIMIT, _("a tag has too many attributes"));
	else if (s.n && s.p[0] == '<')
		read_escaped(&r, s);
	else
		read_lines(&r, s);
	buf_fini(&r.text);
	feedtext_fini(&r.words);
	if (!r.rc && arena_failed(arena))
		r.rc = err_nomem(e);
	/* One that names nothing today is none the less one. */
	if (!r.rc && out->count == 0 && !r.has_root)
		r.rc = err_set(e, ERR_INPUT, _("there is no address in this sitemap"));
	return r.rc;
}
