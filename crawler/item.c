/*
 * item.c - the JSON line of an item and of a feed, and what an item is known by.
 */
#include "crawler/item.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/time.h"
#include "base/url_article.h"

static const char *const format_names[] = {
	[FEED_NONE] = "",
	[FEED_RSS20] = "rss20",
	[FEED_RSS10] = "rss10",
	[FEED_RSS09X] = "rss09x",
	[FEED_ATOM10] = "atom10",
	[FEED_ATOM03] = "atom03",
	[FEED_JSON] = "json",
	[FEED_CDF] = "cdf",
};

const char *feed_format_name(enum feed_format f)
{
	return (size_t)f < sizeof format_names / sizeof *format_names ? format_names[f] : "";
}

/* Each part ends in a NUL, which none can hold: "ab" + "c" is not "a" + "bc". */
static void add_content_hash(struct buf *out, const struct item *it)
{
	const char *const parts[] = {it->title, it->summary, it->content};
	char hex[HASH_HEX_SIZE];
	struct hash_state *s = hash_new();

	if (!s) {
		out->fault = ERR_NOMEM;
		return;
	}
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *p = parts[i] ? parts[i] : "";
		hash_add(s, p, strlen(p) + 1);
	}
	struct hash h = hash_end(s);
	hash_to_hex(&h, hex);
	buf_add_str(out, "c:");
	buf_add_str(out, hex);
}

static int by_link(const void *a, const void *b)
{
	const struct item *const *x = a, *const *y = b;

	return strcmp((*x)->link, (*y)->link);
}

static void mark_run(struct item **run, size_t count)
{
	bool differ = false;

	for (size_t i = 1; i < count; i++)
		differ = differ || strcmp(run[i]->title, run[0]->title) != 0;
	for (size_t i = 0; differ && i < count; i++)
		run[i]->shared_link = true;
}

bool item_mark_shared_links(struct item *items, size_t count, struct arena *a)
{
	struct item **linked = arena_array(a, count + 1, sizeof(struct item *));
	size_t n = 0, end;

	if (!linked)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!items[i].id && items[i].link && items[i].title)
			linked[n++] = &items[i];
	if (n)
		qsort(linked, n, sizeof(struct item *), by_link);
	for (size_t i = 0; i < n; i = end) {
		for (end = i + 1; end < n && strcmp(linked[end]->link, linked[i]->link) == 0;)
			end++;
		mark_run(linked + i, end - i);
	}
	return true;
}

static bool has_own_link(const struct item *it)
{
	return it->link && it->link[0] && !it->shared_link &&
	       !(it->title && url_article_is_front(it->link));
}

void item_add_identity(struct buf *out, const struct item *it)
{
	size_t before;

	if (it->id && it->id[0]) {
		buf_add_str(out, "g:");
		buf_add_str(out, it->id);
	} else if (has_own_link(it)) {
		buf_add_str(out, "l:");
		before = out->len;
		if (url_add_article_key(out, it->link, NULL) != ERR_OK) {
			buf_truncate(out, before);
			buf_add_str(out, it->link);
		}
	} else {
		add_content_hash(out, it);
	}
}

static void add_json(struct buf *out, const struct item *it, const char *kind)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_begin_object(&w);
	json_put_str(&w, "kind", kind);
	json_put_str(&w, "source", it->source);
	json_put_str(&w, "id", it->id);
	json_put_str(&w, "link", it->link);
	json_put_str(&w, "title", it->title);
	json_put_str(&w, "summary", it->summary);
	json_put_str(&w, "content", it->content);
	json_put_time(&w, "published", it->published);
	json_put_time(&w, "updated", it->updated);
	json_put_time(&w, "fetched", it->fetched);
	json_end_object(&w);
	buf_add_char(out, '\n');
}

void item_add_json(struct buf *out, const struct item *it)
{
	add_json(out, it, "item");
}

void item_add_article_json(struct buf *out, const struct item *it)
{
	add_json(out, it, "article");
}

void item_add_index_json(struct buf *out, const struct item *it)
{
	add_json(out, it, "sitemap");
}

void feed_add_json(struct buf *out, const struct feed *f)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_begin_object(&w);
	json_put_str(&w, "kind", "feed");
	json_put_str(&w, "title", f->title);
	json_put_str(&w, "link", f->link);
	json_put_str(&w, "id", f->id);
	json_put_str(&w, "subtitle", f->subtitle);
	json_put_str(&w, "language", f->language);
	json_put_time(&w, "updated", f->updated);
	if (f->format != FEED_NONE)
		json_put_str(&w, "format", feed_format_name(f->format));
	json_put_str(&w, "encoding", f->encoding);
	json_put_bool(&w, "malformed", f->malformed);
	json_end_object(&w);
	buf_add_char(out, '\n');
}
