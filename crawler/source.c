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
#include "base/conf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/url.h"
#include "crawler/name_index.h"

#define EVERY_DEFAULT 900
#define EVERY_MIN 60
#define EVERY_MAX (31 * 86400)
#define ID_MAX 64
#define SOURCES_MAX 100000

struct sources {
	struct conf *conf;
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

static enum err_code read_article(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	const char *v = conf_get(s, "article", "no");

	out->article = v;
	if (strcmp(v, "no") == 0 || strcmp(v, "yes") == 0)
		return ERR_OK;
	if (*v == '/' || *v == '(' || *v == '.')
		return ERR_OK;
	return value_error(
		c, s, "article", e, _("must be no, yes or an XPath that begins with / or ("));
}

static int64_t within(int64_t v)
{
	if (v < EVERY_MIN)
		return EVERY_MIN;
	return v > EVERY_MAX ? EVERY_MAX : v;
}

static enum err_code read_pace(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	const char *night = optional(s, "night");
	enum err_code rc = conf_get_span(c, s, "every", EVERY_DEFAULT, &out->every, e);

	if (!rc && (out->every < EVERY_MIN || out->every > EVERY_MAX))
		rc = value_error(c, s, "every", e, _("must be from 1m to 31d"));
	if (!rc)
		rc = conf_get_span(c, s, "every_min", within(out->every / 2), &out->every_min, e);
	if (!rc && (out->every_min < EVERY_MIN || out->every_min > out->every))
		rc = value_error(c, s, "every_min", e, _("must be from 1m to every"));
	if (!rc)
		rc = conf_get_span(c, s, "every_max", within(out->every * 4), &out->every_max, e);
	if (!rc && (out->every_max < out->every || out->every_max > EVERY_MAX))
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
	out->charset = optional(s, "charset");
	out->channel = optional(s, "channel");
	out->items = optional(s, "items");
	out->link = optional(s, "link");
	out->title = optional(s, "title");
	out->date = optional(s, "date");
	out->line = s->line;
	rc = read_kind(c, s, out, e);
	if (!rc)
		rc = read_url(c, s, out, e);
	if (!rc)
		rc = read_article(c, s, out, e);
	if (!rc)
		rc = read_switches(c, s, out, e);
	if (!rc)
		rc = read_pace(c, s, out, e);
	return rc;
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
	free(path);
	return rc;
}

void sources_free(struct sources *s)
{
	if (!s)
		return;
	conf_free(s->conf);
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
