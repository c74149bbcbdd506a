/*
 * channels.c - reads channels.conf and finds the channel that a URL is on.
 */
#include "office/channels.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/conf_object.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/url.h"

#define CHANNELS_MEMORY ((size_t)16 << 20)

struct channels {
	struct arena *arena;
	struct channel *list;
	size_t count;
};

static const struct conf_key channel_keys[] = {
	{"class", true},
	{"host", false},
	{"account", false},
	{"capture", false},
	{"unit", false},
	{"upkeep", false},
	/* Read by the crawler (crawler/source_channels.h): */
	{"feed", false},
	{"list", false},
	{"items", false},
	{"link", false},
	{"title", false},
	{"date", false},
	{"every", false},
	{NULL, false},
};

static const char *const class_names[CHANNEL_CLASSES] = {
	"政府网站", "政务新媒体", "新闻媒体", "商业网站"};

const char *channel_class_name(enum channel_class class)
{
	return class_names[class];
}

bool channel_class_from_name(const char *name, enum channel_class *out)
{
	for (int i = 0; i < CHANNEL_CLASSES; i++) {
		if (strcmp(name, class_names[i]) == 0) {
			*out = (enum channel_class)i;
			return true;
		}
	}
	return false;
}

void channels_mark_classes(const char *const *names, size_t count, bool set[CHANNEL_CLASSES])
{
	enum channel_class class;

	for (size_t i = 0; i < count; i++)
		if (channel_class_from_name(names[i], &class))
			set[class] = true;
}

struct reading {
	struct channels *channels;
	const struct conf *conf;
	const struct conf_section *section;
};

static enum err_code bad_value(
	const struct reading *r, const char *key, const char *why, struct err *e)
{
	const struct conf_value *v = conf_find(r->section, key);

	return conf_error(r->conf, v ? v->line : r->section->line, v ? v->column : 1, e, "%s", why);
}

/* Accounts are kept in canonical form, so that comparing beginnings is enough. */
static enum err_code canonical_accounts(const struct reading *r, struct namelist *l, struct err *e)
{
	for (size_t i = 0; i < l->count; i++) {
		char *canonical = NULL;
		struct err why;
		if (url_canonical(l->names[i], NULL, &canonical, &why) != ERR_OK)
			return bad_value(r, "account", why.text, e);
		l->names[i] = arena_strdup(r->channels->arena, canonical);
		free(canonical);
		if (!l->names[i])
			return err_nomem(e);
	}
	return ERR_OK;
}

static enum err_code lower_hosts(const struct reading *r, struct namelist *l, struct err *e)
{
	for (size_t i = 0; i < l->count; i++) {
		char *host = arena_strdup(r->channels->arena, l->names[i]);
		if (!host)
			return err_nomem(e);
		for (char *p = host; *p; p++)
			*p = str_lower(*p);
		if (strpbrk(host, "/@ "))
			return bad_value(r, "host", _("expected a host name, not an address"), e);
		l->names[i] = host;
	}
	return ERR_OK;
}

static enum err_code read_capture(const struct reading *r, struct channel *c, struct err *e)
{
	const char *value = conf_get(r->section, "capture", "fetch");

	c->manual = strcmp(value, "manual") == 0;
	if (!c->manual && strcmp(value, "fetch") != 0)
		return bad_value(r, "capture", _("expected fetch or manual"), e);
	return ERR_OK;
}

static enum err_code read_lists(const struct reading *r, struct channel *c, struct err *e)
{
	struct arena *a = r->channels->arena;
	enum err_code rc;

	if (!namelist_split(a, conf_get(r->section, "host", NULL), &c->hosts))
		return arena_failed(a) ? err_nomem(e)
				       : bad_value(r, "host", _("too many names"), e);
	if (!namelist_split(a, conf_get(r->section, "account", NULL), &c->accounts))
		return arena_failed(a) ? err_nomem(e)
				       : bad_value(r, "account", _("too many names"), e);
	rc = lower_hosts(r, &c->hosts, e);
	if (!rc)
		rc = canonical_accounts(r, &c->accounts, e);
	if (!rc && !c->hosts.count && !c->accounts.count && !c->page)
		rc = conf_error(r->conf, r->section->line, 1, e,
			_("a channel needs a host, an account, a feed or a list"));
	return rc;
}

static enum err_code read_channel(const struct reading *r, struct channel *c, struct err *e)
{
	struct arena *a = r->channels->arena;
	const char *unit = conf_get(r->section, "unit", NULL);
	const char *page = conf_get(r->section, "feed", conf_get(r->section, "list", NULL));
	enum err_code rc = conf_check(r->conf, r->section, channel_keys, e);

	if (rc)
		return rc;
	c->line = r->section->line;
	c->name = arena_strdup(a, r->section->name);
	c->unit = unit ? arena_strdup(a, unit) : NULL;
	c->page = page ? arena_strdup(a, page) : NULL;
	if (!c->name || (unit && !c->unit) || (page && !c->page))
		return err_nomem(e);
	if (!channel_class_from_name(conf_get(r->section, "class", ""), &c->class))
		return bad_value(
			r, "class", _("expected 政府网站, 政务新媒体, 新闻媒体 or 商业网站"), e);
	rc = read_capture(r, c, e);
	if (!rc)
		rc = conf_get_span(r->conf, r->section, "upkeep", 0, &c->upkeep, e);
	return rc ? rc : read_lists(r, c, e);
}

/* The same host or account in two channels would make the answer depend on order. */
static enum err_code check_unique(const struct reading *r, const struct channel *c, struct err *e)
{
	for (const struct channel *o = r->channels->list; o != c; o++) {
		for (size_t i = 0; i < c->hosts.count; i++) {
			if (namelist_has(&o->hosts, c->hosts.names[i]))
				return bad_value(r, "host",
					_("this host already belongs to another channel"), e);
		}
		for (size_t i = 0; i < c->accounts.count; i++) {
			if (namelist_has(&o->accounts, c->accounts.names[i]))
				return bad_value(r, "account",
					_("this account already belongs to another channel"), e);
		}
	}
	return ERR_OK;
}

static enum err_code read_all(const struct conf *conf, void *out, struct err *e)
{
	struct channels *c = out;
	struct reading r = {c, conf, NULL};
	size_t sections = conf_section_count(conf);
	enum err_code rc = ERR_OK;

	c->list = arena_array(c->arena, sections ? sections : 1, sizeof *c->list);
	if (!c->list)
		return err_nomem(e);
	for (size_t i = 0; i < sections && !rc; i++) {
		struct channel *channel = &c->list[c->count];
		r.section = conf_section_at(conf, i);
		if (!*r.section->name) {
			if (!r.section->count)
				continue;
			return conf_error(conf, r.section->values[0].line, 1, e,
				_("a key before the first [channel]"));
		}
		rc = read_channel(&r, channel, e);
		if (!rc)
			rc = check_unique(&r, channel, e);
		c->count++;
	}
	return rc;
}

static const struct conf_object object = {sizeof(struct channels), CHANNELS_MEMORY, read_all};

enum err_code channels_parse(
	const char *name, const char *text, size_t n, struct channels **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_parse(&object, name, text, n, &made, e);

	*out = made;
	return rc;
}

enum err_code channels_load(const struct path_home *home, struct channels **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_load(&object, home, "channels.conf", &made, e);

	*out = made;
	return rc;
}

void channels_free(struct channels *c)
{
	conf_object_free(c);
}

size_t channels_count(const struct channels *c)
{
	return c->count;
}

const struct channel *channels_at(const struct channels *c, size_t i)
{
	return &c->list[i];
}

const struct channel *channels_find(const struct channels *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++) {
		if (strcmp(c->list[i].name, name) == 0)
			return &c->list[i];
	}
	return NULL;
}

/* An account covers itself and what lies below it, not an id that merely starts
 * with its digits. */
static bool covers(const char *account, const char *url)
{
	size_t n = strlen(account);

	if (strncmp(account, url, n) != 0)
		return false;
	return url[n] == '\0' || url[n] == '/' || url[n] == '?' || account[n - 1] == '/';
}

/* The authority of a canonical URL: host, and :port when it is not the default. */
static struct str authority(const char *canonical)
{
	struct str s = str_of(canonical);
	size_t from = str_find(s, "://", 0) + 3;
	size_t to = from;

	while (to < s.n && s.p[to] != '/' && s.p[to] != '?')
		to++;
	return str_sub(s, from, to);
}

const struct channel *channels_of_url(const struct channels *c, const char *canonical)
{
	const struct channel *found = NULL;
	size_t longest = 0;
	struct str host = authority(canonical);

	for (size_t i = 0; i < c->count; i++) {
		const struct channel *at = &c->list[i];
		for (size_t k = 0; k < at->accounts.count; k++) {
			size_t n = strlen(at->accounts.names[k]);
			if (n > longest && covers(at->accounts.names[k], canonical)) {
				longest = n;
				found = at;
			}
		}
		for (size_t k = 0; !longest && !found && k < at->hosts.count; k++) {
			if (str_is(host, at->hosts.names[k]))
				found = at;
		}
	}
	return found;
}
