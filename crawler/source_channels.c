/*
 * source_channels.c - a section of channels.conf as a source.
 */
#include "crawler/source_channels.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/url.h"

#define EVERY_DEFAULT 3600 /* an office publishes by the hour, not by the minute */
#define EVERY_MIN 60
#define EVERY_MAX (31 * 86400)

const char *source_channel_id(const char *name, struct arena *a)
{
	struct hash h = hash_of(name, strlen(name));
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&h, hex);
	return arena_printf(a, "channel-%.8s", hex);
}

static enum err_code check_url(
	const struct conf *c, const struct conf_value *v, const char *url, struct err *e)
{
	struct err why = {ERR_OK, ""};
	char *canonical = NULL;
	enum err_code rc = url_canonical(url, NULL, &canonical, &why);

	free(canonical);
	return rc ? conf_error(c, v->line, v->column, e, "%s", why.text) : ERR_OK;
}

static const char *optional(const struct conf_section *s, const char *key)
{
	const char *v = conf_get(s, key, NULL);

	return v && *v ? v : NULL;
}

static enum err_code read_every(
	const struct conf *c, const struct conf_section *s, struct source *out, struct err *e)
{
	const struct conf_value *v = conf_find(s, "every");
	enum err_code rc = conf_get_span(c, s, "every", EVERY_DEFAULT, &out->every, e);

	if (!rc && (out->every < EVERY_MIN || out->every > EVERY_MAX))
		rc = conf_error(c, v->line, v->column, e, _("every: must be from 1m to 31d"));
	return rc;
}

enum err_code source_from_channel(const struct conf *c, const struct conf_section *s,
	struct arena *a, struct source *out, bool *polled, struct err *e)
{
	const struct conf_value *feed = conf_find(s, "feed"), *list = conf_find(s, "list");
	const struct conf_value *v = feed && *feed->value ? feed : list;
	enum err_code rc;

	*polled = v && *v->value;
	if (!*polled)
		return ERR_OK;
	if (feed && list && *feed->value && *list->value)
		return conf_error(c, list->line, list->key_column, e,
			_("a channel has a feed or a list, not both"));
	memset(out, 0, sizeof *out);
	out->id = source_channel_id(s->name, a);
	out->name = out->channel = s->name;
	out->url = v->value;
	out->kind = v == feed ? DOCUMENT_FEED : DOCUMENT_LIST;
	out->article = "no";
	out->items = optional(s, "items");
	out->link = optional(s, "link");
	out->title = optional(s, "title");
	out->date = optional(s, "date");
	out->local = out->robots = out->enabled = true;
	out->line = s->line;
	rc = check_url(c, v, v->value, e);
	if (!rc)
		rc = read_every(c, s, out, e);
	return rc || out->id ? rc : err_nomem(e);
}
