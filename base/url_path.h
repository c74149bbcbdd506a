/*
 * url_path.h - the parts of a URL on which no host depends: dot segments and
 * percent-encoding (RFC 3986 §5.2.3, §5.2.4, §6.2.2). For url.c only.
 */
#ifndef BASE_URL_PATH_H
#define BASE_URL_PATH_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* ref resolved against the base's path, dot segments removed; ref is not empty. */
void url_add_merged_path(struct buf *b, const char *base, struct str ref);

/* Escapes of unreserved characters decoded, others upper-cased, characters that
 * a URL may not hold escaped, dot segments removed; "" gives "/". */
enum err_code url_add_canonical_path(struct buf *b, const char *path, struct err *e);
void url_add_canonical_query(struct buf *b, const char *query);

#endif
