/*
 * deflate.h - gzip members (RFC 1952) of what we write ourselves, packed fast rather than
 * small. One packer makes one member after another; the text comes in pieces of any length.
 *
 * By ISA-L where it was found at build time, else by zlib: five times the work for the same
 * size. Whoever reads gzip reads both.
 */
#ifndef BASE_DEFLATE_H
#define BASE_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct deflate;

struct deflate *deflate_new(void); /* NULL: no memory */
void deflate_free(struct deflate *d); /* NULL is fine */

/* What was begun before is forgotten. */
void deflate_begin(struct deflate *d);
/* Takes from the front of *text and returns how many bytes it made in out. Less than `room`
 * of them: it has taken all of *text; else it is to be called again with new room. `last`:
 * nothing comes behind *text, and the member ends; it must stay set from then on. */
size_t deflate_add(struct deflate *d, struct str *text, bool last, unsigned char *out, size_t room);

#endif
