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
/* The short way for a gzip member that lies in memory: takes the one that *in begins with off
 * its front and returns the length of its text, in out. 0: nothing was taken; it does not end
 * there, its text does not fit, is empty or damaged, or its header has optional fields. Then
 * zlib must say. */
struct inflate_short;
struct inflate_short *inflate_short_new(void); /* NULL: no memory */
void inflate_short_free(struct inflate_short *s); /* NULL is fine */
size_t inflate_short(struct inflate_short *s, struct str *in, void *out, size_t room);

/* Does it begin like a gzip file? */
bool inflate_is_gzip(struct str s);

#endif
