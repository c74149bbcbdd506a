/*
 * rulefile.h - a rule file as it came from Notepad, WPS or an editor, as UTF-8.
 *
 * A byte order mark and other characters that nobody sees (zero width, direction) are
 * dropped wherever they stand: matching does not see them either. What is no UTF-8 is read as
 * GB18030 (UTF-16 by its mark), with a notice. CRLF is left to whoever splits lines. NUL bytes and
 * text in no such encoding are errors.
 */
#ifndef MATCHER_RULEFILE_H
#define MATCHER_RULEFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "matcher/report.h"

#define RULEFILE_MAX ((size_t)4 << 20)
#define RULEFILE_LINE_MAX 16384 /* bytes */

/* *out lives in the arena or in `text`. False after reporting a fault. */
bool rulefile_decode(const char *name, const char *text, size_t n, struct arena *a,
	struct report *r, struct str *out);

#endif
