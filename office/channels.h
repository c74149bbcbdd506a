/*
 * channels.h - channels.conf: the registered public channels on which the
 * government answers and on which kept promises are published (DESIGN §5.3, §6.6).
 *
 * A section is a channel under its name. Keys:
 *   class      政府网站 政务新媒体 新闻媒体 商业网站 (required): the four kinds of
 *              outlet that a major case is answered on together
 *   host       host names of a site, each with :port when it is not the usual one
 *   account    beginnings of addresses on somebody else's site:
 *              https://example.com/u/12345
 *   capture    fetch (default): the page can be captured by huiying-fetch;
 *              manual: a screenshot with a second person's confirmation
 *   unit       who runs it
 *   upkeep     how long it may stand without news, "14d"
 *   feed, list the page that is polled, so that what is published there is seen; with
 *              items, link, title, date and every as in sources.conf. A column of a site
 *              may be a section of its own, with nothing but its list.
 * Hosts compare as canonical URLs do: lower case, whole, no sub-domains.
 */
#ifndef OFFICE_CHANNELS_H
#define OFFICE_CHANNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/path.h"
#include "office/namelist.h"

enum channel_class {
	CHANNEL_SITE, /* 政府网站 */
	CHANNEL_MEDIA, /* 政务新媒体 */
	CHANNEL_NEWS, /* 新闻媒体 */
	CHANNEL_PORTAL, /* 商业网站 */
	CHANNEL_CLASSES
};

struct channel {
	const char *name;
	const char *unit; /* or NULL */
	const char *page; /* feed or list that is polled, or NULL */
	struct namelist hosts, accounts;
	enum channel_class class;
	int64_t upkeep; /* seconds; 0: no limit */
	bool manual; /* capture = manual */
	int line;
};

struct channels; /* immutable once loaded */

enum err_code channels_parse(
	const char *name, const char *text, size_t n, struct channels **out, struct err *e);
/* channels.conf along the home's order. */
enum err_code channels_load(const struct path_home *home, struct channels **out, struct err *e);
void channels_free(struct channels *c);

size_t channels_count(const struct channels *c);
const struct channel *channels_at(const struct channels *c, size_t i);
const struct channel *channels_find(const struct channels *c, const char *name);
/* The channel that the page at an address in canonical form (url_canonical()) is on, or NULL.
 * The longest account wins over a host. */
const struct channel *channels_of_url(const struct channels *c, const char *canonical);

/* 政府网站 … ; the name is the value of `class`. */
const char *channel_class_name(enum channel_class class);
bool channel_class_from_name(const char *name, enum channel_class *out);
/* Sets those of these names; unknown ones are passed over. */
void channels_mark_classes(const char *const *names, size_t count, bool set[CHANNEL_CLASSES]);

#endif
