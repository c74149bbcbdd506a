/*
 * charset_private.h - decoding, for who decides by what: charset.c alone.
 */
#ifndef CRAWLER_CHARSET_PRIVATE_H
#define CRAWLER_CHARSET_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

/* Valid UTF-8 without NULs; each becomes U+FFFD and is counted in *bad. */
void charset_add_without_nul(struct buf *out, const char *s, size_t n, size_t *bad);
/* As charset_decode(), but it stops where more than max_bad parts mean nothing, which *bad
 * tells. False: the charset is not known. */
bool charset_decode_up_to(
	const char *name, struct str data, size_t max_bad, struct buf *out, size_t *bad);

#endif
