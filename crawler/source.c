/*
 * source.c - sources.conf: one section a source, every fault with its place.
 *
 * All strings of a row are borrowed from the configuration tree or the arena,
 * which live as long as the table.
 */
#include "crawler/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/conf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/url.h"
#include "crawler/charset.h"
#include "crawler/jsonlist.h"
#include "base/name_index.h"
#include "crawler/pace.h"
#include "crawler/page.h"
#include "crawler/source_channels.h"

#define EVERY_DEFAULT 900
#define ID_MAX 64
#define SOURCES_MAX 100000

struct sources {
	struct conf *conf;
	struct conf *channels; /* channels.conf, NULL: none */
	struct arena *arena;
	struct source *rows;
	size_t count;
	struct name_index by_id;
	const char *path;
};

static const char *row_name(const void *rows, size_t i)
{
	return ((const struct source *)rows)[i].id;
}

static const struct conf_key source_keys[] = {
	{"name", false},
	{"kind", false},
	{"url", true},
	{"every", false},
	{"every_min", false},
	{"every_max", false},
	{"night", false},
	{"charset", false},
	{"local", false},
	{"article", false},
	{"items", false},
	{"link", false},
	{"title", false},
	{"date", false},
	{"channel", false},
	{"robots", false},
	{"allow_private", false},
	{"enabled", false},
	{NULL, false},
};

static const struct {
	const char *name;
	enum document_type type;
} kinds[] = {
	{"feed", DOCUMENT_FEED},
	{"list", DOCUMENT_LIST},
	{"json", DOCUMENT_JSON},
	{"sitemap", DOCUMENT_SITEMAP},
	{"table", DOCUMENT_TABLE},
};

const char *source_kind_name(enum document_type kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].type == kind)
			return kinds[i].name;
	return "feed";
}

static bool is_id(const char *s)
{
	size_t n = strlen(s);

	if (n == 0 || n > ID_MAX)
		return false;
	return strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

/* The value of an optional key; an empty value is the same as none. */
static const char *optional(const struct conf_section *s, const char *key)
{
	const char *v = conf_get(s, key, NULL);

	return v && *v ? v : NULL;
}

static enum err_code value_error(const struct conf *c, const struct conf_section *s,
	const char *key, struct err *e, const char *text)
{
	const struct conf_value *v = conf_find(s, key);

	return conf_error(c, v ? v->line : s->line, v ? v->column : 1, e, "%s: %s", key, text);
}

static enum err_code read_kind(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	const char *name = conf_get(s, "kind", "feed");

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].name, name) == 0) {
			out->kind = kinds[i].type;
			return ERR_OK;
		}
	}
	return value_error(c, s, "kind", e, _("must be feed, list, json, sitemap or table"));
}

static enum err_code read_url(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	struct err why = {ERR_OK, ""};
	char *canonical = NULL;
	enum err_code rc = ERR_OK;

	out->url = conf_get(s, "url", "");
	if (url_canonical(out->url, NULL, &canonical, &why) != ERR_OK)
		rc = value_error(c, s, "url", e, why.text);
	free(canonical);
	return rc;
}

/* A name that this system cannot decode would be found out at the first answer only. */
static enum err_code read_charset(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	char name[CHARSET_NAME_MAX];
	struct buf nothing;
	size_t bad;
	bool known = true;

	out->charset = optional(s, "charset");
	if (!out->charset)
		return ERR_OK;
	buf_init(&nothing, 16);
	known = charset_normalise(out->charset, strlen(out->charset), name) &&
		charset_decode(name, "", 0, &nothing, &bad);
	buf_fini(&nothing);
	return known ? ERR_OK : value_error(c, s, "charset", e, _("no charset that is known here"));
}

static enum err_code check_xpath(const struct conf *c, const struct conf_section *s,
	const char *key, const char *xpath, struct err *e)
{
	struct err why = {ERR_OK, ""};

	return page_check_xpath(xpath, &why) ? value_error(c, s, key, e, why.text) : ERR_OK;
}

static enum err_code read_article(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	const char *v = conf_get(s, "article", "no");

	out->article = v;
	if (strcmp(v, "no") == 0 || strcmp(v, "yes") == 0)
		return ERR_OK;
	if (*v == '/' || *v == '(' || *v == '.')
		return check_xpath(c, s, "article", v, e);
	return value_error(
		c, s, "article", e, _("must be no, yes or an XPath that begins with / or ("));
}

/* Where the parts of a row stand: XPath for list pages, JSON Pointer for JSON. */
static enum err_code read_paths(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	static const char *const keys[] = {"items", "link", "title", "date"};
	const char **values[] = {&out->items, &out->link, &out->title, &out->date};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; i < sizeof keys / sizeof *keys && !rc; i++) {
		const char *v = *values[i] = optional(s, keys[i]);
		if (v && out->kind == DOCUMENT_LIST)
			rc = check_xpath(c, s, keys[i], v, e);
		else if (v && out->kind == DOCUMENT_JSON && !jsonlist_is_path(v))
			rc = value_error(
				c, s, keys[i], e, _("must be a JSON Pointer, which begins with /"));
		else if (v && out->kind != DOCUMENT_LIST && out->kind != DOCUMENT_JSON)
			rc = value_error(
				c, s, keys[i], e, _("only kind = list and kind = json have it"));
	}
	return rc;
}

static enum err_code read_pace(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	const char *night = optional(s, "night");
	struct pace_limits usual;
	enum err_code rc = conf_get_span(c, s, "every", EVERY_DEFAULT, &out->every, e);

	if (!rc && (out->every < PACE_EVERY_MIN || out->every > PACE_EVERY_MAX))
		rc = value_error(c, s, "every", e, _("must be from 1m to 31d"));
	usual = pace_around(out->every);
	if (!rc)
		rc = conf_get_span(c, s, "every_min", usual.min, &out->every_min, e);
	if (!rc && (out->every_min < PACE_EVERY_MIN || out->every_min > out->every))
		rc = value_error(c, s, "every_min", e, _("must be from 1m to every"));
	if (!rc)
		rc = conf_get_span(c, s, "every_max", usual.max, &out->every_max, e);
	if (!rc && (out->every_max < out->every || out->every_max > PACE_EVERY_MAX))
		rc = value_error(c, s, "every_max", e, _("must be from every to 31d"));
	if (!rc && night && !night_mode_of(night, &out->night))
		rc = value_error(c, s, "night", e, _("must be normal, slow, no or only"));
	return rc;
}

static enum err_code read_switches(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	enum err_code rc = conf_get_bool(c, s, "local", false, &out->local, e);

	if (!rc)
		rc = conf_get_bool(c, s, "robots", true, &out->robots, e);
	if (!rc)
		rc = conf_get_bool(c, s, "allow_private", false, &out->allow_private, e);
	if (!rc)
		rc = conf_get_bool(c, s, "enabled", true, &out->enabled, e);
	return rc;
}

static enum err_code read_source(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	enum err_code rc;

	if (!*s->name)
		return conf_error(c, s->count ? s->values[0].line : 1, 1, e,
			_("a key before the first [source]"));
	if (!is_id(s->name))
		return conf_error(c, s->line, 1, e,
			_("source “%s”: an id has only a-z, 0-9 and -, at most %d of them"),
			s->name, ID_MAX);
	rc = conf_check(c, s, source_keys, e);
	if (rc)
		return rc;
	out->id = s->name;
	out->name = optional(s, "name");
	if (!out->name)
		out->name = out->id;
	out->channel = optional(s, "channel");
	out->line = s->line;
	rc = read_kind(c, s, out, e);
	if (!rc)
		rc = read_paths(c, s, out, e);
	if (!rc)
		rc = read_url(c, s, out, e);
	if (!rc)
		rc = read_charset(c, s, out, e);
	if (!rc)
		rc = read_article(c, s, out, e);
	if (!rc)
		rc = read_switches(c, s, out, e);
	if (!rc)
		rc = read_pace(c, s, out, e);
	return rc;
}

/* One string for all that decides what is found in an answer. */
static enum err_code set_reading(struct arena *a, struct source *s, struct err *e)
{
	const char *parts[] = {source_kind_name(s->kind), s->charset, s->article, s->items, s->link,
		s->title, s->date};
	struct hash_state *h = hash_new();
	struct hash digest;
	char hex[HASH_HEX_SIZE];

	if (!h)
		return err_nomem(e);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *part = parts[i] ? parts[i] : "";
		hash_add(h, part, strlen(part) + 1);
	}
	digest = hash_end(h);
	hash_to_hex(&digest, hex);
	s->reading = arena_printf(a, "%.16s", hex);
	return s->reading ? ERR_OK : err_nomem(e);
}

/* Takes the configuration over, also when it fails. */
static enum err_code build(struct conf *conf, const char *path, struct sources **out, struct err *e)
{
	struct sources *s = calloc(1, sizeof *s);
	enum err_code rc = ERR_OK;
	size_t n = conf_section_count(conf);

	*out = NULL;
	if (!s) {
		conf_free(conf);
		return err_nomem(e);
	}
	s->conf = conf;
	s->arena = arena_new(ARENA_MAX_DEFAULT);
	s->path = s->arena ? arena_strdup(s->arena, path) : NULL;
	s->rows = s->arena ? arena_array(s->arena, n ? n : 1, sizeof *s->rows) : NULL;
	if (!s->path || !s->rows)
		rc = err_nomem(e);
	if (!rc && n > SOURCES_MAX)
		rc = err_set(e, ERR_LIMIT, _("%s: more than %d sources"), path, SOURCES_MAX);
	for (size_t i = 0; i < n && !rc; i++) {
		const struct conf_section *section = conf_section_at(conf, i);
		if (!*section->name && section->count == 0)
			continue;
		rc = read_source(conf, section, &s->rows[s->count], e);
		if (!rc)
			rc = set_reading(s->arena, &s->rows[s->count], e);
		if (!rc && !name_index_add(&s->by_id, s->count, row_name, s->rows))
			rc = err_nomem(e);
		s->count++;
	}
	if (rc) {
		sources_free(s);
		return rc;
	}
	*out = s;
	return ERR_OK;
}

enum err_code sources_parse(
	const char *name, const char *text, size_t n, struct sources **out, struct err *e)
{
	struct conf *conf = NULL;
	enum err_code rc = conf_parse(name, text, n, &conf, e);

	*out = NULL;
	return rc ? rc : build(conf, name, out, e);
}

/* ---- the office's own channels ---- */

static bool is_listed(const struct sources *s, const char *url)
{
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->rows[i].url, url) == 0)
			return true;
	return false;
}

static enum err_code add_row(struct sources *s, const struct source *row, struct err *e)
{
	bool known = sources_find(s, row->id) != NULL; /* then that one keeps the name */

	s->rows[s->count] = *row;
	if (!known && !name_index_add(&s->by_id, s->count, row_name, s->rows))
		return err_nomem(e);
	return set_reading(s->arena, &s->rows[s->count++], e);
}

/* A channel that sources.conf reads already is not read twice. */
static enum err_code add_channels(struct sources *s, struct err *e)
{
	size_t n = conf_section_count(s->channels);
	struct source *rows = arena_array(s->arena, s->count + n + 1, sizeof *rows);
	enum err_code rc = ERR_OK;

	if (!rows)
		return err_nomem(e);
	if (s->count)
		memcpy(rows, s->rows, s->count * sizeof *rows);
	s->rows = rows;
	for (size_t i = 0; i < n && !rc; i++) {
		struct source row;
		bool polled = false;
		rc = source_from_channel(
			s->channels, conf_section_at(s->channels, i), s->arena, &row, &polled, e);
		if (!rc && polled && !is_listed(s, row.url))
			rc = add_row(s, &row, e);
	}
	return rc;
}

static enum err_code load_channels(const struct path_home *home, struct sources *s, struct err *e)
{
	char *path = NULL;
	enum err_code rc = path_find(home, "channels.conf", &path, NULL);

	if (rc == ERR_NOT_FOUND)
		return ERR_OK;
	if (!rc)
		rc = conf_load(path, &s->channels, e);
	else
		rc = err_nomem(e);
	if (!rc)
		rc = add_channels(s, e);
	free(path);
	return rc;
}

enum err_code sources_load(const struct path_home *home, struct sources **out, struct err *e)
{
	struct conf *conf = NULL;
	char *path = NULL;
	enum err_code rc = path_find(home, "sources.conf", &path, e);

	*out = NULL;
	if (!rc)
		rc = conf_load(path, &conf, e);
	if (!rc)
		rc = build(conf, path, out, e);
	if (!rc)
		rc = load_channels(home, *out, e);
	if (rc && *out) {
		sources_free(*out);
		*out = NULL;
	}
	free(path);
	return rc;
}

void sources_free(struct sources *s)
{
	if (!s)
		return;
	conf_free(s->conf);
	conf_free(s->channels);
	arena_free(s->arena);
	name_index_fini(&s->by_id);
	free(s);
}

size_t sources_count(const struct sources *s)
{
	return s->count;
}

const struct source *sources_at(const struct sources *s, size_t i)
{
	return i < s->count ? &s->rows[i] : NULL;
}

const struct source *sources_find(const struct sources *s, const char *id)
{
	size_t at = id ? name_index_find(&s->by_id, id, row_name, s->rows) : NAME_INDEX_NONE;

	return at != NAME_INDEX_NONE ? &s->rows[at] : NULL;
}

const char *sources_path(const struct sources *s)
{
	return s->path;
}
