/*
 * feed_build.c - the stack of open elements: which of them are the feed, its items
 * and their fields. What a finished field becomes is in feed_field.c.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/url.h"
#include "crawler/feed_private.h"
#include "crawler/htmltext.h"

/* Where the prefix ends; name.n: there is none. */
static size_t colon_of(struct str name)
{
	const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;

	return colon ? (size_t)(colon - name.p) : name.n;
}

static struct str local_of(struct str name)
{
	size_t colon = colon_of(name);

	return colon < name.n ? str_sub(name, colon + 1, name.n) : name;
}

static struct str prefix_of(struct str name)
{
	size_t colon = colon_of(name);

	return colon < name.n ? str_sub(name, 0, colon) : (struct str){"", 0};
}

struct str feed_attr_value(const struct feed_attr *attrs, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_is_nocase(attrs[i].name, name))
			return attrs[i].value;
	return (struct str){NULL, 0};
}

struct feed_build *feed_build_new(
	const struct document_input *in, struct arena *arena, bool lenient)
{
	struct feed_build *b = calloc(1, sizeof *b);

	if (!b)
		return NULL;
	b->in = in;
	b->arena = arena;
	b->lenient = lenient;
	b->base = in->url;
	b->current = -1;
	buf_init(&b->field.text, DOCUMENT_BYTES_MAX * 4);
	feedtext_init(&b->words);
	b->feed = (struct feed_draft){.seen = true};
	return b;
}

void feed_build_free(struct feed_build *b)
{
	if (!b)
		return;
	buf_fini(&b->field.text);
	feedtext_fini(&b->words);
	free(b->items);
	free(b);
}

bool feed_build_failed(const struct feed_build *b)
{
	return b->err.code != ERR_OK || b->field.text.fault || arena_failed(b->arena);
}

bool feed_build_in_field(const struct feed_build *b)
{
	return b->field.depth > 0;
}

bool feed_build_has_undeclared(const struct feed_build *b)
{
	return b->undeclared;
}

struct str feed_build_innermost(const struct feed_build *b)
{
	return b->depth > 0 && b->too_deep == 0 ? b->stack[b->depth - 1].name : (struct str){"", 0};
}

/* ---- namespaces and bases ---- */

static enum feed_ns ns_of(const struct feed_build *b, struct str name)
{
	struct str prefix = prefix_of(name);

	for (int i = b->ns_count; i-- > 0;)
		if (str_eq(b->bindings[i].prefix, prefix) && b->bindings[i].ns != FEED_NS_OTHER)
			return b->bindings[i].ns;
		else if (str_eq(b->bindings[i].prefix, prefix))
			break;
	return feed_ns_of_prefix(prefix);
}

static void bind(struct feed_build *b, struct str prefix, struct str uri)
{
	enum feed_ns ns = feed_ns_of_uri(uri);

	if (b->ns_count < FEED_BINDINGS)
		b->bindings[b->ns_count++] = (struct feed_binding){prefix, ns};
	if (prefix.n == 0 || ns == FEED_NS_RSS10 || ns == FEED_NS_RSS09)
		b->seen_ns |= 1u << ns;
}

static bool is_declared(const struct feed_build *b, struct str name)
{
	struct str prefix = prefix_of(name);

	if (prefix.n == 0 || str_is(prefix, "xml") || str_is(prefix, "xmlns") ||
		b->ns_count == FEED_BINDINGS)
		return true;
	for (int i = b->ns_count; i-- > 0;)
		if (str_eq(b->bindings[i].prefix, prefix))
			return true;
	return false;
}

static void check_declared(
	struct feed_build *b, struct str name, const struct feed_attr *attrs, size_t count)
{
	b->undeclared = b->undeclared || !is_declared(b, name);
	for (size_t i = 0; i < count && !b->undeclared; i++)
		b->undeclared = !is_declared(b, attrs[i].name);
}

static void set_base(struct feed_build *b, struct str value)
{
	char *given = arena_strndup(b->arena, value.p, value.n);
	char *resolved = NULL;

	if (given && url_resolve(given, b->base, &resolved, NULL) == ERR_OK)
		b->base = arena_strdup(b->arena, resolved);
	free(resolved);
}

static void read_bindings(struct feed_build *b, const struct feed_attr *attrs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str name = attrs[i].name;
		if (str_is(name, "xmlns"))
			bind(b, (struct str){"", 0}, attrs[i].value);
		else if (str_has_prefix(name, "xmlns:"))
			bind(b, str_sub(name, 6, name.n), attrs[i].value);
	}
}

static void read_base(struct feed_build *b, const struct feed_attr *attrs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_is_nocase(attrs[i].name, "xml:base") ||
			(b->format == FEED_CDF && str_is_nocase(attrs[i].name, "base")))
			set_base(b, attrs[i].value);
}

/* ---- what kind of feed ---- */

static enum feed_format format_of_rss(struct str version)
{
	return str_has_prefix(version, "0.") ? FEED_RSS09X : FEED_RSS20;
}

static enum feed_format format_of_feed(enum feed_ns ns, struct str version)
{
	if (ns == FEED_NS_ATOM03 || (ns != FEED_NS_ATOM10 && str_has_prefix(version, "0.")))
		return FEED_ATOM03;
	return FEED_ATOM10;
}

static void learn_format(struct feed_build *b, enum feed_ns ns, struct str local,
	const struct feed_attr *attrs, size_t count)
{
	struct str version = feed_attr_value(attrs, count, "version");

	if (str_is_nocase(local, "rss"))
		b->format = format_of_rss(version);
	else if (str_is_nocase(local, "rdf"))
		b->format = FEED_RSS10;
	else if (str_is_nocase(local, "feed"))
		b->format = format_of_feed(ns, version);
	else if (str_is_nocase(local, "entry"))
		b->format = ns == FEED_NS_ATOM03 ? FEED_ATOM03 : FEED_ATOM10;
	else if (str_is_nocase(local, "channel") || str_is_nocase(local, "item"))
		b->format = ns == FEED_NS_RSS10            ? FEED_RSS10
			    : str_is_nocase(local, "item") ? FEED_RSS20
							   : FEED_CDF;
}

bool feed_is_atom(const struct feed_build *b)
{
	return b->format == FEED_ATOM10 || b->format == FEED_ATOM03;
}

/* ---- drafts ---- */

struct feed_draft *feed_current(struct feed_build *b)
{
	return b->current >= 0 ? &b->items[b->current] : &b->feed;
}

static bool open_item(struct feed_build *b)
{
	if (b->count >= DOCUMENT_ITEMS_MAX) {
		err_set(&b->err, ERR_LIMIT, _("more than %d items in one document"),
			DOCUMENT_ITEMS_MAX);
		return false;
	}
	if (b->count == b->room) {
		size_t room = b->room ? b->room * 2 : 32;
		struct feed_draft *grown = reallocarray(b->items, room, sizeof *grown);
		if (!grown) {
			err_nomem(&b->err);
			return false;
		}
		b->items = grown;
		b->room = room;
	}
	b->items[b->count] = (struct feed_draft){.seen = true};
	b->current = (int)b->count++;
	return true;
}

/* ---- markup inside a field ---- */

static void add_escaped(struct buf *out, const char *s, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] != '<' && s[i] != '&' && s[i] != '>')
			continue;
		buf_add(out, s + from, i - from);
		buf_add_str(out, s[i] == '<' ? "&lt;" : s[i] == '&' ? "&amp;" : "&gt;");
		from = i + 1;
	}
	buf_add(out, s + from, n - from);
}

/* The field turns out to hold elements: from here on its buffer is HTML. */
static void turn_to_markup(struct feed_build *b)
{
	struct feed_field *f = &b->field;
	struct buf escaped;

	if (f->markup)
		return;
	f->markup = true;
	if (f->html && memchr(buf_str(&f->text), '<', f->text.len))
		return; /* escaped HTML in front of naked HTML: both are meant */
	buf_init(&escaped, f->text.max);
	add_escaped(&escaped, buf_str(&f->text), f->text.len);
	buf_fini(&f->text);
	f->text = escaped;
}

static void add_start_tag(
	struct feed_build *b, struct str local, const struct feed_attr *attrs, size_t count)
{
	struct str style = feed_attr_value(attrs, count, "style");

	turn_to_markup(b);
	buf_add_char(&b->field.text, '<');
	buf_add(&b->field.text, local.p, local.n);
	if (style.n && !memchr(style.p, '"', style.n)) {
		buf_add_str(&b->field.text, " style=\"");
		buf_add(&b->field.text, style.p, style.n);
		buf_add_char(&b->field.text, '"');
	}
	if (feed_attr_value(attrs, count, "hidden").p)
		buf_add_str(&b->field.text, " hidden");
	buf_add_char(&b->field.text, '>');
}

static void add_end_tag(struct feed_build *b, struct str local)
{
	if (htmltext_is_void(local.p, local.n))
		return;
	buf_add_str(&b->field.text, "</");
	buf_add(&b->field.text, local.p, local.n);
	buf_add_char(&b->field.text, '>');
}

void feed_build_text(struct feed_build *b, const char *s, size_t n)
{
	if (b->field.depth == 0 || b->too_deep)
		return;
	if (b->field.markup)
		add_escaped(&b->field.text, s, n);
	else
		buf_add(&b->field.text, s, n);
}

/* ---- start ---- */

/* FNV-1a of the local name in small letters: end tags that match nothing are told
 * from the open elements without comparing names. */
static uint32_t hash_of(struct str name)
{
	struct str local = local_of(name);
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < local.n; i++)
		h = (h ^ (unsigned char)str_lower(local.p[i])) * 16777619u;
	return h;
}

static struct feed_frame *push(struct feed_build *b, struct str name)
{
	struct feed_frame *f = &b->stack[b->depth++];

	*f = (struct feed_frame){.name = name,
		.hash = hash_of(name),
		.kind = FEED_FRAME_PASS,
		.base = b->base,
		.ns_count = b->ns_count,
		.current = b->current};
	return f;
}

static void open_field(struct feed_build *b, const struct feed_meaning *m, enum feed_ns ns,
	const struct feed_attr *attrs, size_t count)
{
	struct feed_field *f = &b->field;

	buf_clear(&f->text);
	f->depth = b->depth;
	f->meaning = *m;
	f->ns = ns;
	f->html = m->html;
	f->markup = m->xhtml;
	feed_field_read_attrs(b, attrs, count);
}

static bool is_inside_item(const struct feed_frame *parent)
{
	return parent && (parent->kind == FEED_FRAME_ITEM || parent->kind == FEED_FRAME_WRAP);
}

/* A field belongs to an item or the feed only as its child. */
static bool may_hold_fields(const struct feed_build *b, const struct feed_frame *parent)
{
	return is_inside_item(parent) ||
	       (parent && parent->kind == FEED_FRAME_FEED && b->current < 0);
}

static void start_item(struct feed_build *b, struct feed_frame *f, enum feed_ns ns,
	const struct feed_attr *attrs, size_t count)
{
	if (b->format == FEED_NONE)
		learn_format(b, ns, local_of(f->name), attrs, count);
	if (open_item(b)) {
		f->kind = FEED_FRAME_ITEM;
		feed_field_item_attrs(b, attrs, count);
	}
}

static void start_feed(struct feed_build *b, struct feed_frame *f, enum feed_ns ns,
	const struct feed_attr *attrs, size_t count)
{
	if (b->format == FEED_NONE)
		learn_format(b, ns, local_of(f->name), attrs, count);
	if (b->format == FEED_CDF && feed_attr_value(attrs, count, "base").n)
		set_base(b, feed_attr_value(attrs, count, "base"));
	f->kind = FEED_FRAME_FEED;
	feed_field_feed_attrs(b, attrs, count, true);
}

static void start_known(struct feed_build *b, struct feed_frame *f, struct feed_frame *parent,
	const struct feed_attr *attrs, size_t count)
{
	struct str local = local_of(f->name);
	enum feed_ns ns = ns_of(b, f->name);
	struct feed_meaning m = feed_meaning_of(ns, local);
	bool in_item = b->current >= 0;

	switch (m.role) {
	case FEED_ROLE_ROOT:
		if (b->format == FEED_NONE)
			learn_format(b, ns, local, attrs, count);
		feed_field_feed_attrs(b, attrs, count, false);
		break;
	case FEED_ROLE_FEED:
		if (!in_item)
			start_feed(b, f, ns, attrs, count);
		break;
	case FEED_ROLE_ITEM:
		if (!in_item || is_inside_item(parent))
			start_item(b, f, ns, attrs, count);
		break;
	case FEED_ROLE_WRAP:
		f->kind = is_inside_item(parent) ? FEED_FRAME_WRAP : FEED_FRAME_PASS;
		break;
	case FEED_ROLE_FIELD:
		if (may_hold_fields(b, parent))
			open_field(b, &m, ns, attrs, count);
		break;
	case FEED_ROLE_SKIP:
	case FEED_ROLE_NONE:
		if (is_inside_item(parent))
			feed_field_other(b, local, attrs, count);
		break;
	}
}

/* Only in lenient reading: an unclosed element ends where its successor begins. */
static void close_unclosed(struct feed_build *b, struct str name)
{
	struct str local = local_of(name);
	enum feed_ns ns = ns_of(b, name);
	struct feed_meaning m = feed_meaning_of(ns, local);
	bool base = ns >= FEED_NS_BASE && ns <= FEED_NS_ATOM03;

	if (m.role == FEED_ROLE_ITEM && base && b->current >= 0) {
		while (b->depth > 0 && b->current >= 0)
			feed_build_end(b);
		return;
	}
	if (b->field.depth == 0 || m.role != FEED_ROLE_FIELD)
		return;
	bool is_html = htmltext_is_element(local.p, local.n) && m.slot != FEED_SLOT_LINK &&
		       m.slot != FEED_SLOT_TITLE;
	if (is_html || (base && b->field.markup && b->field.meaning.xhtml) || ns == FEED_NS_XHTML)
		return;
	while (b->field.depth > 0)
		feed_build_end(b);
}

void feed_build_start(
	struct feed_build *b, struct str name, const struct feed_attr *attrs, size_t count)
{
	if (feed_build_failed(b))
		return;
	if (b->depth >= FEED_BUILD_DEPTH || b->too_deep) {
		b->too_deep++;
		return;
	}
	if (b->lenient)
		close_unclosed(b, name);
	struct feed_frame *parent = b->depth > 0 ? &b->stack[b->depth - 1] : NULL;
	struct feed_frame *f = push(b, name);
	read_bindings(b, attrs, count);
	check_declared(b, name, attrs, count);
	if (b->field.depth > 0) {
		add_start_tag(b, local_of(name), attrs, count);
		return;
	}
	read_base(b, attrs, count);
	start_known(b, f, parent, attrs, count);
}

/* ---- end ---- */

void feed_build_end(struct feed_build *b)
{
	if (b->too_deep) {
		b->too_deep--;
		return;
	}
	if (b->depth == 0)
		return;
	struct feed_frame *f = &b->stack[b->depth - 1];
	if (b->field.depth == b->depth) {
		feed_field_take(b);
		b->field.depth = 0;
	} else if (b->field.depth > 0) {
		add_end_tag(b, local_of(f->name));
	}
	b->depth--;
	b->base = f->base;
	b->ns_count = f->ns_count;
	b->current = f->current;
}

static bool same_name(struct str a, struct str b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* The depth of the innermost open element of that name, else of one that differs
 * in the prefix only; 0 when there is neither. */
static int find_open(const struct feed_build *b, struct str name)
{
	uint32_t hash = hash_of(name);
	int other = 0;

	for (int i = b->depth; i > 0; i--) {
		const struct feed_frame *f = &b->stack[i - 1];
		if (f->hash != hash)
			continue;
		if (same_name(f->name, name))
			return i;
		if (!other && same_name(local_of(f->name), local_of(name)))
			other = i;
	}
	return other;
}

void feed_build_end_named(struct feed_build *b, struct str name)
{
	if (b->too_deep) {
		b->too_deep--;
		return;
	}
	int i = find_open(b, name);
	while (i > 0 && b->depth >= i)
		feed_build_end(b);
}

void feed_build_end_all(struct feed_build *b)
{
	b->too_deep = 0;
	while (b->depth > 0)
		feed_build_end(b);
	b->ns_count = 0;
}

/* ---- finish ---- */

static void settle_format(struct feed_build *b)
{
	bool rss10 = b->seen_ns & (1u << FEED_NS_RSS10);

	if (b->format == FEED_RSS10 && !rss10 && (b->seen_ns & (1u << FEED_NS_RSS09)))
		b->format = FEED_RSS09X;
}

enum err_code feed_build_finish(struct feed_build *b, struct document *out, struct err *e)
{
	feed_build_end_all(b);
	if (b->err.code) {
		*e = b->err;
		return e->code;
	}
	if (b->field.text.fault)
		return buf_check(&b->field.text, "field", e);
	if (b->format == FEED_NONE)
		return err_set(e, ERR_INPUT, _("this is no feed"));
	settle_format(b);
	enum err_code rc = feed_field_finish(b, out);
	if (rc || arena_failed(b->arena))
		return b->err.code ? (*e = b->err, b->err.code) : err_nomem(e);
	return ERR_OK;
}
