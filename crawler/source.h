/*
 * source.h - sources.conf: what to read, how often and how. One section a source.
 *
 * Faults are ERR_CONFIG with file:line:column and nothing is loaded. `every` lies
 * between one minute and 31 days. Strings live as long as the table.
 */
#ifndef CRAWLER_SOURCE_H
#define CRAWLER_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/path.h"
#include "crawler/document.h"

struct source {
	const char *id; /* [a-z0-9-]+ */
	const char *name; /* what 来源: rules match; the id when not given */
	const char *url;
	const char *charset; /* override or NULL */
	const char *channel; /* registered channel this source is, or NULL */
	const char *article; /* "no" (default), "yes" or an XPath */
	const char *items, *link, *title, *date; /* XPath or JSON Pointer, or NULL */
	enum document_type kind;
	int64_t every; /* seconds between polls; default 900 */
	bool local; /* its items count as ours */
	bool robots; /* obey robots.txt; default yes */
	bool allow_private; /* admits exactly the host:port of url */
	bool enabled; /* default yes */
	int line; /* in sources.conf */
};

struct sources;

/* "feed", "list", "json", "sitemap", "table": the value of `kind`. */
const char *source_kind_name(enum document_type kind);

enum err_code sources_parse(
	const char *name, const char *text, size_t n, struct sources **out, struct err *e);
/* Looks sources.conf up along the home's order; the channels of channels.conf that have a
 * feed or list page follow (source_channels.h). */
enum err_code sources_load(const struct path_home *home, struct sources **out, struct err *e);
void sources_free(struct sources *s);
size_t sources_count(const struct sources *s);
const struct source *sources_at(const struct sources *s, size_t i);
const struct source *sources_find(const struct sources *s, const char *id);
const char *sources_path(const struct sources *s); /* the file that was read */

#endif
