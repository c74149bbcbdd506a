/*
 * jsonfeed.c - JSON Feed 1 and 1.1 to a document.
 */
#include "crawler/jsonfeed.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/url.h"
#include "crawler/date.h"
#include "crawler/feedtext.h"

struct reader {
	const struct document_input *in;
	struct arena *arena;
	struct feedtext words;
	const char *base;
	bool malformed;
	enum err_code rc;
	struct err *e;
};

bool jsonfeed_is_likely(const char *text, size_t n)
{
	struct str s = str_trim((struct str){text, n});

	return s.n > 0 && (s.p[0] == '{' || s.p[0] == '[');
}

/* A string member; anything else but null marks the feed malformed. */
static const char *string_of(struct reader *r, const struct json *obj, const char *key)
{
	const struct json *v = json_get(obj, key);

	if (json_type_of(v) != JSON_IS_NULL && json_type_of(v) != JSON_IS_STRING)
		r->malformed = true;
	return json_str(v);
}

static const char *text_of(struct reader *r, const struct json *obj, const char *key,
	enum feedtext_form form, bool one_line)
{
	const char *s = string_of(r, obj, key), *out = NULL;

	if (s && r->rc == ERR_OK)
		r->rc = feedtext_make(
			&r->words, r->arena, s, strlen(s), form, one_line, &out, r->e);
	return out;
}

static const char *link_of(struct reader *r, const struct json *obj, const char *key)
{
	const char *s = text_of(r, obj, key, FEEDTEXT_PLAIN, true);
	char *resolved = NULL;

	if (!s || url_is_http(s))
		return s;
	if (url_resolve(s, r->base, &resolved, NULL) == ERR_OK)
		s = arena_strdup(r->arena, resolved);
	else if (strncasecmp(s, "javascript:", 11) == 0 || strncasecmp(s, "data:", 5) == 0)
		s = NULL;
	free(resolved);
	return s;
}

static int64_t time_of(struct reader *r, const struct json *obj, const char *key)
{
	const struct json *v = json_get(obj, key);
	const char *s = json_str(v);
	int64_t t;
	double real;

	if (s && date_parse(s, strlen(s), r->in->now, r->in->zone, &t))
		return t;
	if (json_type_of(v) != JSON_IS_NULL)
		r->malformed = true;
	/* Seconds or milliseconds since 1970 where a string should be. */
	if (!s && json_num(v, &real) && real >= 1e8 && real < 1e14)
		return (int64_t)(real > 1e11 ? real / 1000 : real);
	return TIME_NONE;
}

/* An id should be a string; "a reader must coerce" what is none (version 1.1): a
 * number or a truth value is taken as it stands. */
static const char *id_of(struct reader *r, const struct json *obj)
{
	const struct json *v = json_get(obj, "id");
	struct buf number;
	const char *id = NULL;

	if (json_type_of(v) == JSON_IS_BOOL) {
		r->malformed = true;
		return json_is_true(v) ? "true" : "false";
	}
	if (json_type_of(v) == JSON_IS_INT || json_type_of(v) == JSON_IS_REAL) {
		r->malformed = true;
		buf_init(&number, 64);
		if (json_as_text(v, &number))
			id = arena_strdup(r->arena, buf_str(&number));
		buf_fini(&number);
		return id;
	}
	return text_of(r, obj, "id", FEEDTEXT_PLAIN, true);
}

static void read_item(struct reader *r, const struct json *j, struct item *it)
{
	it->id = id_of(r, j);
	it->link = link_of(r, j, "url");
	if (!it->link)
		it->link = link_of(r, j, "external_url");
	if (!it->link && it->id && url_is_http(it->id))
		it->link = it->id;
	it->title = text_of(r, j, "title", FEEDTEXT_GUESS, true);
	it->summary = text_of(r, j, "summary", FEEDTEXT_LINES, false);
	it->content = text_of(r, j, "content_html", FEEDTEXT_HTML, false);
	if (!it->content)
		it->content = text_of(r, j, "content_text", FEEDTEXT_LINES, false);
	it->published = time_of(r, j, "date_published");
	it->updated = time_of(r, j, "date_modified");
	it->fetched = TIME_NONE;
	/* Required of every item: an id, and content in one of its two forms. */
	if (!it->id || !(json_get_str(j, "content_html") || json_get_str(j, "content_text")))
		r->malformed = true;
}

static void read_feed(struct reader *r, const struct json *root, struct feed *f)
{
	const char *version = string_of(r, root, "version");

	f->format = FEED_JSON;
	f->title = text_of(r, root, "title", FEEDTEXT_GUESS, true);
	f->link = link_of(r, root, "home_page_url");
	f->id = text_of(r, root, "feed_url", FEEDTEXT_PLAIN, true);
	f->subtitle = text_of(r, root, "description", FEEDTEXT_GUESS, false);
	f->language = text_of(r, root, "language", FEEDTEXT_PLAIN, true);
	f->updated = TIME_NONE;
	if (!version || !strstr(version, "jsonfeed.org/version/1") || !f->title)
		r->malformed = true;
	/* Read from a file, the feed's relative links belong to its page. */
	if (!r->base && f->link && url_is_http(f->link))
		r->base = f->link;
	if (!r->base && f->id && url_is_http(f->id))
		r->base = f->id;
}

static enum err_code read_items(
	struct reader *r, const struct json *items, struct document *out, struct err *e)
{
	size_t n = json_size(items);

	if (n > DOCUMENT_ITEMS_MAX)
		return err_set(
			e, ERR_LIMIT, _("more than %d items in one document"), DOCUMENT_ITEMS_MAX);
	out->items = arena_array(r->arena, n ? n : 1, sizeof *out->items);
	if (!out->items)
		return err_nomem(e);
	for (size_t i = 0; i < n && r->rc == ERR_OK; i++) {
		const struct json *j = json_at(items, i);
		if (json_type_of(j) != JSON_IS_OBJECT)
			r->malformed = true;
		else
			read_item(r, j, &out->items[out->count++]);
	}
	return r->rc;
}

/* An object that has items, or nothing but members that a feed has: a server's error
 * message in JSON is no feed without items. Names that begin with "_" are anybody's. */
static bool is_feed(const struct json *root)
{
	static const char *const members[] = {"version", "title", "home_page_url", "feed_url",
		"description", "user_comment", "next_url", "icon", "favicon", "author", "authors",
		"language", "expired", "hubs", "items"};
	const char *name, *version = json_get_str(root, "version");
	const struct json *value;
	void *iter = NULL;
	size_t known = 0;

	if (json_type_of(root) != JSON_IS_OBJECT)
		return false;
	if (json_type_of(json_get(root, "items")) == JSON_IS_ARRAY ||
		(version && strstr(version, "jsonfeed.org")))
		return true;
	while ((name = json_next(root, &iter, &value)) != NULL) {
		bool is_known = name[0] == '_';
		for (size_t i = 0; i < sizeof members / sizeof *members && !is_known; i++)
			is_known = strcmp(members[i], name) == 0;
		if (!is_known)
			return false;
		known += name[0] != '_';
	}
	return known > 0;
}

enum err_code jsonfeed_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e)
{
	struct reader r = {.in = in, .arena = arena, .base = in->url, .e = e};
	struct json *root = NULL;
	bool repaired = false;
	enum err_code rc = json_read_foreign(text, n, &root, &repaired, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	feedtext_init(&r.words);
	if (is_feed(root)) {
		out->has_feed = true;
		read_feed(&r, root, &out->feed);
		rc = r.rc ? r.rc : read_items(&r, json_get(root, "items"), out, e);
		if (!rc && arena_failed(arena))
			rc = err_nomem(e);
		if (json_type_of(json_get(root, "items")) != JSON_IS_ARRAY)
			r.malformed = true;
		out->feed.malformed = r.malformed || repaired;
	} else {
		rc = err_set(e, ERR_INPUT, _("this JSON is no JSON Feed"));
	}
	feedtext_fini(&r.words);
	json_free(root);
	return rc;
}
