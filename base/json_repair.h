/*
 * json_repair.h - JSON as real servers send it, made readable (json.c only).
 *
 * Mended: a byte order mark; raw control characters in strings (kept, escaped);
 * NUL, lone surrogate escapes, \u0000 and invalid UTF-8 in strings (U+FFFD);
 * escapes that JSON does not know (`\'` becomes `'`, of others the backslash is
 * kept); numbers that neither int64 nor double can hold exactly or at all become
 * strings with the number's own digits, so that a long id survives verbatim; NaN and
 * Infinity become strings.
 * Anything else is left for the parser to refuse.
 */
#ifndef BASE_JSON_REPAIR_H
#define BASE_JSON_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* What the tree of one document may take, roughly. */
#define JSON_TREE_MAX ((size_t)128 << 20)

/* Appends s, mended, in one pass; *changed when it differs. */
void json_add_repaired(struct buf *out, const char *s, size_t n, bool *changed);

/* ERR_LIMIT when s nests deeper than JSON_DEPTH_MAX or its tree would take more
 * than JSON_TREE_MAX. Looks at strings and brackets only. */
enum err_code json_check_bounds(const char *s, size_t n, struct err *e);

#endif
