/*
 * check.h - the tests that live in rule files (应中/不中), and advice about lines.
 *
 * A test's text is taken as title and as text at once, from an unnamed source;
 * under a topic 地域 counts as met and the global sections apply; under 地域,
 * 全局排除 and 全局扣分 a line of that section must hit (应中) or must not (不中).
 */
#ifndef MATCHER_CHECK_H
#define MATCHER_CHECK_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "matcher/match.h"

struct check_result {
	size_t lines, tests, failed, warnings;
};

/* Adds "file:line:column: text" for each failing test and "file:line:column: warning: text" for
 * advice. A failing test is ERR_CONFIG, with e holding the first. */
enum err_code check_rules(
	const struct rules *r, struct buf *report, struct check_result *out, struct err *e);

#endif
