/*
 * inflate.h - gzip (RFC 1952, any number of members), zlib (RFC 1950) and bare deflate
 * (RFC 1951) streams of foreign data. The buffer's maximum is the guard against bombs.
 */
#ifndef BASE_INFLATE_H
#define BASE_INFLATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum inflate_form { INFLATE_GZIP, INFLATE_ZLIB, INFLATE_BARE };

/* Appends. ERR_INPUT when the stream is damaged or cut, ERR_LIMIT beyond out->max. */
enum err_code inflate_add(struct buf *out, struct str in, enum inflate_form form, struct err *e);
/* Does it begin like a gzip file? */
bool inflate_is_gzip(struct str s);

#endif
