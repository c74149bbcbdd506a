/*
 * trendradar.h - TrendRadar's word lists (config/frequency_words.txt, its parser is
 * trendradar/core/frequency.py, read in version 5) as a rule file of ours.
 *
 * There: groups part at empty lines; a first line [name] names a group; words are found
 * anywhere, in any case; one plain word must stand in the title (if the group has any), all
 * `+` words must, no `!` word may; `/re/`, `=> shown name`, `@N` (how many are shown), `#` lines;
 * [GLOBAL_FILTER] begins words that put a title out, [WORD_GROUPS] ends them.
 *
 * Here: a group is a topic with a 代码 that stays the same while its name (or else its first
 * word) does; plain words are lines of one point, the `+` words one + line, `!` words ! lines,
 * the global filter 全局排除. Whatever is other here is told, line by line, as notices:
 * `@N`, words that begin or end with a Latin letter or digit (a whole word here), `!` (there it
 * puts the title out for every group), regexes that cannot be compiled or hit everything,
 * comments behind a word (there a part of it). Titles and texts are looked at unless
 * titles_only.
 */
#ifndef MATCHER_TRENDRADAR_H
#define MATCHER_TRENDRADAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "matcher/report.h"

struct trendradar_options {
	const char *name; /* of the file, for messages */
	const char *topic; /* all groups become this topic; NULL: a topic each */
	bool titles_only;
};

struct trendradar_result {
	size_t topics, words, excluded;
};

/* Adds the rule file to `out`, which rules_compile() accepts; ERR_CONFIG when the list cannot
 * be read. notes->out gets the notices. */
enum err_code trendradar_convert(const char *text, size_t n, const struct trendradar_options *o,
	struct buf *out, struct report *notes, struct trendradar_result *result, struct err *e);

#endif
