/*
 * jsonlist.c - arrays of objects to items.
 */
#include "crawler/jsonlist.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/url.h"
#include "base/utf8.h"
#include "crawler/date.h"
#include "crawler/feedtext.h"
#include "crawler/htmltext.h"

#define EPOCH_MIN 1e8 /* seconds: 1973 */
#define EPOCH_MILLIS 1e11
#define EPOCH_MICROS 1e14
#define EPOCH_MAX 1e17
#define SEARCH_NODES_MAX 200000
#define LINK_MAX ((size_t)8192)
#define TITLE_MIN 2 /* characters of something that may be a title */

struct reader {
	const struct document_input *in;
	struct arena *arena;
	struct feedtext words;
	struct document *out;
	int visited;
	struct err *e;
};

/* ---- customary names, the best first ---- */

static const char *const title_names[] = {"title", "subject", "headline", "word", "query", "topic",
	"keyword", "name", "Title", "threadTitle", "hot_word", "note", "raw_title", NULL};
static const char *const link_names[] = {"url", "link", "href", "uri", "permalink", "share_url",
	"short_link", "short_link_v2", "article_url", "source_url", "Url", "mobileUrl", "webUrl",
	"detailUrl", "linkUrl", NULL};
static const char *const id_names[] = {"id", "guid", "uuid", "tid", "mid", "aid", "docid",
	"articleId", "id_str", "item_id", "ClusterIdStr", "ClusterId", "threadId", NULL};
static const char *const published_names[] = {"published", "published_at", "publishedAt",
	"date_published", "created_at", "createdAt", "created", "pubDate", "pubdate",
	"publish_time", "publishTime", "pub_time", "dateline", "post_time", "postTime",
	"create_time", "createTime", "ctime", "ptime", "datetime", "timestamp", "display_time",
	"time", "date", NULL};
static const char *const updated_names[] = {"updated", "updated_at", "updatedAt", "edited_at",
	"date_modified", "update_time", "updateTime", "mtime", "lastmod", NULL};
static const char *const summary_names[] = {"summary", "excerpt", "description", "desc", "abstract",
	"intro", "digest", "brief", "subtitle", NULL};
static const char *const content_names[] = {"content_html", "content", "content_text", "text",
	"body", "message", "html", "text_raw", "fulltext", NULL};
/* Objects that wrap what an element is about. */
static const char *const wrappers[] = {
	"target", "mblog", "item", "data", "node", "attributes", "object", "article", NULL};

/* ---- values ---- */

static bool is_text(const struct json *v)
{
	enum json_type t = json_type_of(v);

	return t == JSON_IS_STRING || t == JSON_IS_INT || t == JSON_IS_REAL;
}

/* The first named member that has a value, in the element or in what it wraps. */
static const struct json *named(const struct json *obj, const char *const *names)
{
	for (size_t i = 0; names[i]; i++) {
		const struct json *v = json_get(obj, names[i]);
		if (is_text(v) && !(json_str(v) && !*json_str(v)))
			return v;
	}
	for (size_t i = 0; wrappers[i]; i++) {
		const struct json *inner = json_get(obj, wrappers[i]);
		if (json_type_of(inner) != JSON_IS_OBJECT)
			continue;
		for (size_t k = 0; names[k]; k++) {
			const struct json *v = json_get(inner, names[k]);
			if (is_text(v) && !(json_str(v) && !*json_str(v)))
				return v;
		}
	}
	return NULL;
}

static const struct json *value_of(
	const struct json *obj, const char *path, const char *const *names)
{
	return path ? json_pointer(obj, path) : named(obj, names);
}

static enum err_code text_of(struct reader *r, const struct json *v, enum feedtext_form form,
	bool one_line, const char **out)
{
	struct buf text;
	enum err_code rc = ERR_OK;

	*out = NULL;
	buf_init(&text, FEEDTEXT_MAX);
	if (json_as_text(v, &text) && text.len)
		rc = feedtext_make(
			&r->words, r->arena, buf_str(&text), text.len, form, one_line, out, r->e);
	buf_fini(&text);
	return rc;
}

static int64_t epoch(double v)
{
	if (v < EPOCH_MIN || v >= EPOCH_MAX)
		return TIME_NONE;
	return (int64_t)(v > EPOCH_MICROS ? v / 1e6 : v > EPOCH_MILLIS ? v / 1000 : v);
}

static int64_t time_of(const struct reader *r, const struct json *v)
{
	const char *s = json_str(v);
	double number;
	int64_t t, whole;

	if (json_num(v, &number))
		return epoch(number);
	if (!s)
		return TIME_NONE;
	if (str_to_int(str_trim(str_of(s)), 0, INT64_MAX, &whole) && whole >= (int64_t)EPOCH_MIN)
		return epoch((double)whole);
	return date_parse(s, strlen(s), r->in->now, r->in->zone, &t) ? t : TIME_NONE;
}

/* ---- links ---- */

/* "https://…?tid={/tid}": each {pointer} is replaced by its value, percent-encoded. */
static void add_expanded(struct buf *out, const struct json *obj, const char *template)
{
	struct buf value;

	buf_init(&value, LINK_MAX);
	while (*template) {
		const char *end = *template == '{' ? strchr(template, '}') : NULL;
		if (!end) {
			buf_add_char(out, *template ++);
			continue;
		}
		char pointer[256];
		size_t n = (size_t)(end - template - 1);
		buf_clear(&value);
		if (n < sizeof pointer) {
			memcpy(pointer, template + 1, n);
			pointer[n] = '\0';
			json_as_text(json_pointer(obj, pointer), &value);
		}
		for (size_t i = 0; i < value.len; i++) {
			unsigned char c = (unsigned char)value.data[i];
			if (str_is_alnum(c) || strchr("-._~/:", c))
				buf_add_char(out, (char)c);
			else
				buf_addf(out, "%%%02X", c);
		}
		template = end + 1;
	}
	buf_fini(&value);
}

static const char *resolved(struct reader *r, const char *link)
{
	char *url = NULL;
	const char *kept = NULL;

	if (url_resolve(link, r->in->url, &url, NULL) == ERR_OK && url_is_http(url))
		kept = arena_strdup(r->arena, url);
	free(url);
	return kept;
}

static enum err_code link_of(struct reader *r, const struct json *obj, const char **out)
{
	const char *path = r->in->paths.link;
	struct buf text;
	enum err_code rc;

	*out = NULL;
	buf_init(&text, LINK_MAX);
	if (path && strchr(path, '{'))
		add_expanded(&text, obj, path);
	else
		json_as_text(value_of(obj, path, link_names), &text);
	rc = text.fault == ERR_NOMEM ? err_nomem(r->e) : ERR_OK;
	if (!rc && !text.fault && text.len)
		*out = resolved(r, str_trim(str_of(buf_str(&text))).p);
	buf_fini(&text);
	return rc;
}

/* ---- one element ---- */

/* Social posts have no title; their text is the content. */
static enum err_code read_item(struct reader *r, const struct json *obj, struct item *it)
{
	const struct document_paths *p = &r->in->paths;
	enum err_code rc = text_of(r, named(obj, id_names), FEEDTEXT_PLAIN, true, &it->id);

	if (!rc)
		rc = link_of(r, obj, &it->link);
	if (!rc)
		rc = text_of(
			r, value_of(obj, p->title, title_names), FEEDTEXT_GUESS, true, &it->title);
	if (!rc)
		rc = text_of(r, named(obj, summary_names), FEEDTEXT_GUESS, false, &it->summary);
	if (!rc)
		rc = text_of(r, named(obj, content_names), FEEDTEXT_GUESS, false, &it->content);
	it->published = time_of(r, value_of(obj, p->date, published_names));
	it->updated = time_of(r, named(obj, updated_names));
	it->fetched = TIME_NONE;
	return rc;
}

static enum err_code read_array(struct reader *r, const struct json *array)
{
	size_t n = json_size(array);

	if (n > DOCUMENT_ITEMS_MAX)
		return err_set(r->e, ERR_LIMIT, _("more than %d items in one document"),
			DOCUMENT_ITEMS_MAX);
	r->out->items = arena_array(r->arena, n + 1, sizeof *r->out->items);
	if (!r->out->items)
		return err_nomem(r->e);
	for (size_t i = 0; i < n; i++) {
		const struct json *obj = json_at(array, i);
		struct item *it = &r->out->items[r->out->count];
		if (json_type_of(obj) != JSON_IS_OBJECT)
			continue;
		enum err_code rc = read_item(r, obj, it);
		if (rc)
			return rc;
		r->out->count += it->title || it->content || it->summary;
	}
	return ERR_OK;
}

/* ---- looking for the array ---- */

static size_t weight_of_element(const struct json *obj)
{
	const struct json *title = named(obj, title_names), *text = named(obj, content_names);
	const char *s = json_str(title);
	size_t weight = 0;

	if (json_type_of(obj) != JSON_IS_OBJECT)
		return 0;
	if (s && utf8_count(s, strlen(s)) >= TITLE_MIN)
		weight += 4;
	if (json_str(text))
		weight += 2;
	if (weight == 0)
		return 0;
	s = json_str(named(obj, link_names));
	weight += s != NULL && (url_is_http(s) || *s == '/') ? 3 : 0;
	weight += named(obj, published_names) ? 2 : 0;
	return weight + (named(obj, id_names) ? 1 : 0);
}

static size_t weight_of_array(const struct json *array)
{
	size_t n = json_size(array), sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += weight_of_element(json_at(array, i));
	return sum;
}

struct find {
	const struct json *best;
	size_t weight;
};

/* Depth is bounded by the reader of JSON (64). */
static void look_for_array(struct reader *r, const struct json *v, struct find *f)
{
	void *iter = NULL;
	const struct json *member;

	if (++r->visited > SEARCH_NODES_MAX)
		return;
	if (json_type_of(v) == JSON_IS_ARRAY) {
		size_t weight = weight_of_array(v);
		if (weight > f->weight)
			*f = (struct find){v, weight};
		for (size_t i = 0; i < json_size(v); i++)
			look_for_array(r, json_at(v, i), f);
	} else if (json_type_of(v) == JSON_IS_OBJECT) {
		while (json_next(v, &iter, &member))
			look_for_array(r, member, f);
	}
}

static enum err_code find_array(struct reader *r, const struct json *root, const struct json **out)
{
	const char *path = r->in->paths.items;
	struct find f = {NULL, 0};

	if (path) {
		*out = json_pointer(root, path);
		if (json_type_of(*out) != JSON_IS_ARRAY)
			return err_set(r->e, ERR_INPUT, _("there is no array at %s in this JSON"),
				*path ? path : "\"\"");
		return ERR_OK;
	}
	look_for_array(r, root, &f);
	*out = f.best;
	if (!f.best)
		return err_set(r->e, ERR_INPUT, _("no list of items is found in this JSON"));
	return ERR_OK;
}

/* ---- the whole ---- */

bool jsonlist_is_path(const char *path)
{
	return !*path || *path == '/' || strchr(path, '{') != NULL;
}

static enum err_code check_paths(const struct document_paths *p, struct err *e)
{
	const char *const paths[] = {p->items, p->link, p->title, p->date};

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (paths[i] && !jsonlist_is_path(paths[i]))
			return err_set(e, ERR_CONFIG, _("%s is no JSON Pointer"), paths[i]);
	return ERR_OK;
}

enum err_code jsonlist_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e)
{
	struct reader r = {.in = in, .arena = arena, .out = out, .e = e};
	const struct json *array = NULL;
	struct json *root = NULL;
	bool repaired = false;
	enum err_code rc = check_paths(&in->paths, e);

	if (!rc)
		rc = json_read_foreign(text, n, &root, &repaired, e);
	if (rc)
		return rc;
	feedtext_init(&r.words);
	rc = find_array(&r, root, &array);
	if (!rc)
		rc = read_array(&r, array);
	if (!rc && out->count == 0 && json_size(array) > 0)
		rc = err_set(e, ERR_INPUT, _("no list of items is found in this JSON"));
	feedtext_fini(&r.words);
	json_free(root);
	return rc;
}
