/*
 * robots.h - the Robots Exclusion Protocol, RFC 9309: may this agent fetch this URL?
 *
 * Groups of the same agent are merged; the longest matching rule wins, allow wins a
 * tie; `*` and a final `$` as §2.2.3; percent-encoding compared as §2.2.2. Only the
 * first 500 KiB are read and lines are cut at 16,663 bytes (§2.5 asks for the former).
 * What real files carry is understood: BOM, any line ends, a forgotten colon,
 * "disalow". Pure; time is linear in text and path.
 */
#ifndef CRAWLER_ROBOTS_H
#define CRAWLER_ROBOTS_H

#include <stdbool.h>
#include <stddef.h>

#define ROBOTS_TEXT_MAX ((size_t)500 << 10)

/* agent is the product token ("huiying"; a "/version" is ignored), url absolute or a
 * path. "/robots.txt" itself is always allowed. Out of memory answers false. */
bool robots_is_allowed(const char *text, size_t n, const char *agent, const char *url);

#endif
