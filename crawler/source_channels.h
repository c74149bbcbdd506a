/*
 * source_channels.h - the rows of channels.conf that can be read like any source: a
 * registered channel with a `feed` or a `list` page is polled too, so that what the
 * office publishes is seen (and an idle column noticed).
 *
 * Such a source has the id "channel-" and the first 8 hex digits of SHA-256 of the
 * channel's name, so that it stays the same while the file is edited. The other keys
 * of channels.conf are the office's business and are not looked at here.
 */
#ifndef CRAWLER_SOURCE_CHANNELS_H
#define CRAWLER_SOURCE_CHANNELS_H

#include "base/arena.h"
#include "base/conf.h"
#include "base/err.h"
#include "crawler/source.h"

/* *polled is false when the section names neither feed nor list. Strings are the
 * configuration's or the arena's. */
enum err_code source_from_channel(const struct conf *c, const struct conf_section *s,
	struct arena *a, struct source *out, bool *polled, struct err *e);
/* The id for a channel's name. */
const char *source_channel_id(const char *name, struct arena *a);

#endif
