/*
 * feed_field.c - what a finished field becomes: its type, its text or time, and
 * which of several candidates is the item's.
 */
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "base/utf8.h"
#include "crawler/date.h"
#include "crawler/feed_private.h"
#include "crawler/htmltext.h"

/* ---- slots ---- */

/* A better rank wins, then the shallower element, then the first; of times the last. */
static bool is_better(const struct feed_build *b, const struct feed_value *v, int rank)
{
	return v->rank == 0 || rank < v->rank || (rank == v->rank && b->depth < v->depth);
}

static void set_text(
	struct feed_build *b, struct feed_draft *d, enum feed_slot slot, const char *text, int rank)
{
	struct feed_value *v = &d->slot[slot];

	if (text && is_better(b, v, rank)) {
		v->text = text;
		v->rank = rank;
		v->depth = b->depth;
	}
}

static void set_time(
	struct feed_build *b, struct feed_draft *d, enum feed_slot slot, int64_t t, int rank)
{
	struct feed_value *v = &d->slot[slot];
	/* Said twice, it was said anew. */
	bool again = v->rank == rank && v->depth == b->depth;

	if (again || is_better(b, v, rank)) {
		v->time = t;
		v->rank = rank;
		v->depth = b->depth;
	}
}

/* ---- addresses ---- */

static size_t scheme_of(struct str s)
{
	size_t i = 0;

	while (i < s.n && (str_is_alnum((unsigned char)s.p[i]) || (i && strchr("+-.", s.p[i]))))
		i++;
	return i > 1 && i < s.n && s.p[i] == ':' ? i : 0;
}

/* Nobody is to be sent there from a list of items. */
static bool is_unfit_scheme(struct str s, size_t n)
{
	static const char *const unfit[] = {
		"javascript", "vbscript", "data", "file", "about", "blob"};

	for (size_t i = 0; i < sizeof unfit / sizeof *unfit; i++)
		if (str_is_nocase(str_sub(s, 0, n), unfit[i]))
			return true;
	return false;
}

/* Without what text may not hold: controls and blanks of any kind at the ends. */
static const char *clean_address(struct feed_build *b, struct str s)
{
	const char *out = NULL;

	enum err_code rc = feedtext_make(
		&b->words, b->arena, s.p ? s.p : "", s.n, FEEDTEXT_PLAIN, true, &out, &b->err);
	return rc ? NULL : out;
}

/* An address as published, made absolute where a base is known; NULL: unfit. */
static const char *make_link(struct feed_build *b, struct str s)
{
	const char *link = clean_address(b, s);
	char *resolved = NULL;

	if (!link)
		return NULL;
	struct str v = str_of(link);
	size_t scheme = scheme_of(v);
	if (scheme)
		return is_unfit_scheme(v, scheme) ? NULL : link;
	if (b->base && url_resolve(link, b->base, &resolved, NULL) == ERR_OK)
		link = arena_strdup(b->arena, resolved);
	free(resolved);
	return link;
}

/* ---- attributes ---- */

static bool says(struct str value, const char *word)
{
	return str_is_nocase(str_trim(value), word);
}

static bool has_suffix_nocase(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.n >= n && str_is_nocase(str_sub(s, s.n - n, s.n), suffix);
}

static bool is_html_type(struct str type)
{
	return says(type, "html") || says(type, "text/html");
}

static bool is_xml_type(struct str type)
{
	return says(type, "xhtml") || has_suffix_nocase(type, "+xml") ||
	       has_suffix_nocase(type, "/xml");
}

/* rel alternate (or none) and a type a browser shows make the item's page. */
static int link_rank(struct str rel, struct str type)
{
	rel = str_trim(rel);
	type = str_trim(type);
	if (rel.n && !str_is_nocase(rel, "alternate") &&
		!has_suffix_nocase(rel, "relation/alternate"))
		return 0;
	if (type.n == 0 || is_html_type(type) || says(type, "application/xhtml+xml"))
		return 1;
	return 3;
}

static void take_link_attrs(struct feed_build *b, const struct feed_attr *attrs, size_t count)
{
	struct str href = feed_attr_value(attrs, count, "href");
	int rank = link_rank(
		feed_attr_value(attrs, count, "rel"), feed_attr_value(attrs, count, "type"));

	if (!href.p)
		href = feed_attr_value(attrs, count, "url");
	if (!href.p)
		href = feed_attr_value(attrs, count, "uri");
	if (href.p || rank == 0)
		b->field.unreadable = true; /* what stands inside is no address */
	/* In RSS the plain <link> is the item's own word. */
	if (rank && !feed_is_atom(b) && b->format != FEED_CDF)
		rank++;
	if (href.n && rank)
		set_text(b, feed_current(b), FEED_SLOT_LINK, make_link(b, href), rank);
}

static void read_type(struct feed_field *f, struct str type)
{
	type = str_trim(type);
	if (type.n == 0)
		return;
	f->html = is_html_type(type);
	f->literal = says(type, "text/plain");
	if (is_xml_type(type)) {
		f->markup = true;
	} else if (!f->html && !f->literal && !says(type, "text") && !says(type, "plain") &&
		   memchr(type.p, '/', type.n)) {
		f->base64 = !str_is_nocase(str_sub(type, 0, 5), "text/");
	}
}

void feed_field_read_attrs(struct feed_build *b, const struct feed_attr *attrs, size_t count)
{
	struct feed_field *f = &b->field;
	struct str permalink = feed_attr_value(attrs, count, "isPermaLink");
	struct str mode = feed_attr_value(attrs, count, "mode");

	f->literal = f->base64 = f->unreadable = f->second = false;
	f->atom = feed_is_atom(b) || f->ns == FEED_NS_ATOM10 || f->ns == FEED_NS_ATOM03;
	f->is_permalink_said = permalink.p != NULL;
	f->permalink = !permalink.p || says(permalink, "true");
	switch (f->meaning.slot) {
	case FEED_SLOT_TITLE:
	case FEED_SLOT_SUMMARY:
	case FEED_SLOT_CONTENT:
		read_type(f, feed_attr_value(attrs, count, "type"));
		if (says(mode, "escaped")) {
			f->html = f->html || f->markup;
			f->markup = f->base64 = false;
		}
		f->base64 = f->base64 || says(mode, "base64");
		if (feed_attr_value(attrs, count, "src").n && f->meaning.slot == FEED_SLOT_CONTENT)
			f->unreadable = f->atom;
		break;
	case FEED_SLOT_LINK:
		take_link_attrs(b, attrs, count);
		break;
	case FEED_SLOT_NONE:
	case FEED_SLOT_ID:
	case FEED_SLOT_PUBLISHED:
	case FEED_SLOT_UPDATED:
	case FEED_SLOT_DATE:
	case FEED_SLOT_LANGUAGE:
	case FEED_SLOT_COUNT:
		break;
	}
}

/* rdf:about under any prefix. */
static struct str about_of(const struct feed_attr *attrs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (has_suffix_nocase(attrs[i].name, ":about"))
			return attrs[i].value;
	return (struct str){NULL, 0};
}

/* CDF keeps address and time in attributes. */
static void read_cdf_attrs(struct feed_build *b, const struct feed_attr *attrs, size_t count)
{
	struct str href = feed_attr_value(attrs, count, "href");
	struct str lastmod = feed_attr_value(attrs, count, "lastmod");
	int64_t t;

	if (href.n)
		set_text(b, feed_current(b), FEED_SLOT_LINK, make_link(b, href), 2);
	if (lastmod.n && date_parse(lastmod.p, lastmod.n, b->in->now, b->in->zone, &t))
		set_time(b, feed_current(b), FEED_SLOT_UPDATED, t, 2);
}

void feed_field_item_attrs(struct feed_build *b, const struct feed_attr *attrs, size_t count)
{
	struct str about = about_of(attrs, count);

	if (about.n)
		set_text(b, feed_current(b), FEED_SLOT_ID, clean_address(b, about), 4);
	read_cdf_attrs(b, attrs, count);
}

void feed_field_feed_attrs(
	struct feed_build *b, const struct feed_attr *attrs, size_t count, bool is_feed)
{
	struct str lang = feed_attr_value(attrs, count, "xml:lang");
	struct str about = about_of(attrs, count);

	if (!lang.n)
		lang = feed_attr_value(attrs, count, "lang");
	if (lang.n && !b->language)
		b->language = clean_address(b, lang);
	if (!is_feed)
		return;
	if (about.n)
		set_text(b, &b->feed, FEED_SLOT_ID, clean_address(b, about), 4);
	read_cdf_attrs(b, attrs, count);
}

void feed_field_other(
	struct feed_build *b, struct str local, const struct feed_attr *attrs, size_t count)
{
	if (b->format == FEED_CDF && str_is_nocase(local, "a"))
		read_cdf_attrs(b, attrs, count);
}

/* ---- values ---- */

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* Decodes in place; false when it is no base64 or no text. */
static bool decode_base64(struct buf *text)
{
	uint32_t bits = 0;
	size_t n = 0;
	int have = 0;

	for (size_t i = 0; i < text->len; i++) {
		char c = text->data[i];
		int v = base64_value(c);
		if (str_is_space((unsigned char)c) || c == '=')
			continue;
		if (v < 0)
			return false;
		bits = (bits << 6) | (uint32_t)v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			text->data[n++] = (char)(bits >> have);
		}
	}
	buf_truncate(text, n);
	return n > 0 && utf8_is_valid(buf_str(text), n) && !memchr(buf_str(text), '\0', n);
}

static enum feedtext_form form_of(const struct feed_field *f)
{
	if (f->markup || f->html)
		return FEEDTEXT_HTML;
	if (f->literal)
		return f->atom ? FEEDTEXT_LINES : FEEDTEXT_GUESS;
	return f->atom ? FEEDTEXT_PLAIN : FEEDTEXT_GUESS;
}

static const char *text_of_field(struct feed_build *b)
{
	struct feed_field *f = &b->field;
	enum feedtext_form form = form_of(f);
	const char *out = NULL;

	if (f->base64 && !f->markup) {
		if (!decode_base64(&f->text))
			return NULL;
		form = f->html ? FEEDTEXT_HTML : FEEDTEXT_GUESS;
	}
	feedtext_make(&b->words, b->arena, buf_str(&f->text), f->text.len, form,
		f->meaning.slot == FEED_SLOT_TITLE, &out, &b->err);
	return out;
}

/* A second description that the item's own namespace gives is its content. */
static void take_summary(struct feed_build *b, struct feed_draft *d, const char *text)
{
	const struct feed_value *v = &d->slot[FEED_SLOT_SUMMARY];

	if (v->text && v->rank == 1 && b->field.meaning.rank == 1 && v->depth == b->depth &&
		b->current >= 0)
		set_text(b, d, FEED_SLOT_CONTENT, text, 3);
	else
		set_text(b, d, FEED_SLOT_SUMMARY, text, b->field.meaning.rank);
}

static void take_id(struct feed_build *b, struct feed_draft *d)
{
	struct str s = {buf_str(&b->field.text), b->field.text.len};
	const char *id = clean_address(b, s);

	if (!id)
		return;
	/* An Atom id in an RSS item is second to its guid. */
	int rank = b->field.atom && !feed_is_atom(b) ? 2 : b->field.meaning.rank;
	set_text(b, d, FEED_SLOT_ID, id, rank);
	if (rank > 2)
		return; /* dc:identifier names, it does not link */
	bool rss_guid = !b->field.atom;
	if (!b->field.permalink || !(url_is_http(id) || (rss_guid && b->field.is_permalink_said)))
		return;
	d->guid_link = make_link(b, s);
}

static void take_time(struct feed_build *b, struct feed_draft *d)
{
	const struct feed_field *f = &b->field;
	int64_t t;

	if (!date_parse(buf_str(&f->text), f->text.len, b->in->now, b->in->zone, &t))
		return;
	if (f->meaning.slot == FEED_SLOT_PUBLISHED || f->meaning.slot == FEED_SLOT_DATE)
		set_time(b, d, FEED_SLOT_PUBLISHED, t, f->meaning.rank);
	if (f->meaning.slot == FEED_SLOT_UPDATED || f->meaning.slot == FEED_SLOT_DATE)
		set_time(b, d, FEED_SLOT_UPDATED, t, f->meaning.rank);
}

void feed_field_take(struct feed_build *b)
{
	struct feed_field *f = &b->field;
	struct feed_draft *d = feed_current(b);
	struct str s = {buf_str(&f->text), f->text.len};

	if (f->unreadable || f->text.fault || b->err.code)
		return;
	switch (f->meaning.slot) {
	case FEED_SLOT_TITLE:
	case FEED_SLOT_CONTENT:
		set_text(b, d, f->meaning.slot, text_of_field(b), f->meaning.rank);
		break;
	case FEED_SLOT_SUMMARY:
		take_summary(b, d, text_of_field(b));
		break;
	case FEED_SLOT_LINK:
		set_text(b, d, FEED_SLOT_LINK, make_link(b, s), 1);
		break;
	case FEED_SLOT_LANGUAGE:
		set_text(b, d, FEED_SLOT_LANGUAGE, clean_address(b, s), f->meaning.rank);
		break;
	case FEED_SLOT_ID:
		take_id(b, d);
		break;
	case FEED_SLOT_PUBLISHED:
	case FEED_SLOT_UPDATED:
	case FEED_SLOT_DATE:
		take_time(b, d);
		break;
	case FEED_SLOT_NONE:
	case FEED_SLOT_COUNT:
		break;
	}
}

/* ---- finish ---- */

static int64_t time_of(const struct feed_draft *d, enum feed_slot slot)
{
	return d->slot[slot].rank ? d->slot[slot].time : TIME_NONE;
}

static const char *link_of(const struct feed_draft *d)
{
	const char *link = d->slot[FEED_SLOT_LINK].text;

	return link ? link : d->guid_link;
}

/* Where nothing says what a relative address is relative to, the feed's own page does. */
static const char *item_link(struct feed_build *b, const struct feed_draft *d)
{
	const char *link = link_of(d), *site = link_of(&b->feed);
	char *resolved = NULL;

	if (!link || b->in->url || !site || !url_is_http(site) || scheme_of(str_of(link)))
		return link;
	if (url_resolve(link, site, &resolved, NULL) == ERR_OK)
		link = arena_strdup(b->arena, resolved);
	free(resolved);
	return link;
}

static const char *with_hyphens(struct arena *a, const char *language)
{
	char *s = arena_strdup(a, language);

	for (char *p = s; p && (p = strchr(p, '_')); p++)
		*p = '-';
	return s;
}

static void finish_feed(struct feed_build *b, struct document *out)
{
	const struct feed_draft *d = &b->feed;
	const char *language = d->slot[FEED_SLOT_LANGUAGE].text;
	int64_t updated = time_of(d, FEED_SLOT_UPDATED);

	out->has_feed = true;
	out->feed = (struct feed){
		.title = d->slot[FEED_SLOT_TITLE].text,
		.link = link_of(d),
		.id = d->slot[FEED_SLOT_ID].text,
		.subtitle = d->slot[FEED_SLOT_SUMMARY].text,
		.language = with_hyphens(b->arena, language ? language : b->language),
		.updated = updated != TIME_NONE ? updated : time_of(d, FEED_SLOT_PUBLISHED),
		.format = b->format,
	};
}

enum err_code feed_field_finish(struct feed_build *b, struct document *out)
{
	finish_feed(b, out);
	out->count = 0;
	out->items = arena_array(b->arena, b->count ? b->count : 1, sizeof *out->items);
	if (!out->items)
		return err_nomem(&b->err);
	for (size_t i = 0; i < b->count; i++) {
		const struct feed_draft *d = &b->items[i];
		out->items[out->count++] = (struct item){
			.id = d->slot[FEED_SLOT_ID].text,
			.link = item_link(b, d),
			.title = d->slot[FEED_SLOT_TITLE].text,
			.summary = d->slot[FEED_SLOT_SUMMARY].text,
			.content = d->slot[FEED_SLOT_CONTENT].text,
			.published = time_of(d, FEED_SLOT_PUBLISHED),
			.updated = time_of(d, FEED_SLOT_UPDATED),
			.fetched = TIME_NONE,
		};
	}
	return ERR_OK;
}
