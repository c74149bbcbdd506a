/*
 * inflate.c - zlib's inflate over a whole piece of memory.
 */
#include "base/inflate.h"

#include <string.h>

#include <zlib.h>

#include "base/i18n.h"

#define CHUNK 16384

/* As inflateInit2 takes them. */
static const int window_bits[] = {
	[INFLATE_GZIP] = 15 + 16, [INFLATE_ZLIB] = 15, [INFLATE_BARE] = -15};

bool inflate_is_gzip(struct str s)
{
	return s.n > 2 && memcmp(s.p, "\x1f\x8b", 2) == 0;
}

enum err_code inflate_add(struct buf *out, struct str in, enum inflate_form form, struct err *e)
{
	unsigned char chunk[CHUNK];
	z_stream z;
	int rc;

	memset(&z, 0, sizeof z);
	if (inflateInit2(&z, window_bits[form]) != Z_OK)
		return err_nomem(e);
	z.next_in = (z_const Bytef *)in.p;
	z.avail_in = (uInt)in.n;
	do {
		z.next_out = chunk;
		z.avail_out = sizeof chunk;
		rc = inflate(&z, Z_NO_FLUSH);
		buf_add(out, chunk, sizeof chunk - z.avail_out);
		if (rc == Z_STREAM_END && form == INFLATE_GZIP &&
			inflate_is_gzip((struct str){(const char *)z.next_in, z.avail_in}))
			rc = inflateReset(&z); /* several members in a row: RFC 1952 §2.2 */
	} while (rc == Z_OK && !out->fault);
	inflateEnd(&z);
	if (out->fault)
		return buf_check(out, _("the inflated body"), e);
	if (rc == Z_STREAM_END)
		return ERR_OK;
	if (rc == Z_MEM_ERROR)
		return err_nomem(e);
	return err_set(e, ERR_INPUT, _("the compressed body is damaged or cut short"));
}
