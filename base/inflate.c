/*
 * inflate.c - zlib's inflate over a whole piece of memory, and for the usual gzip file a
 * short way by libdeflate, in a third of the time.
 */
#include "base/inflate.h"

#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>
#include <zlib.h>

#include "base/i18n.h"

#define CHUNK 16384
#define GZIP_HEAD 10 /* without the optional fields */
#define GZIP_MIN (GZIP_HEAD + 2 + 8)
#define RATIO_MAX 1032 /* no deflate stream becomes more than so many times longer */

/* As inflateInit2 takes them. */
static const int window_bits[] = {
	[INFLATE_GZIP] = 15 + 16, [INFLATE_ZLIB] = 15, [INFLATE_BARE] = -15};

bool inflate_is_gzip(struct str s)
{
	return s.n > 2 && memcmp(s.p, "\x1f\x8b", 2) == 0;
}

struct inflate_short {
	struct libdeflate_decompressor *d;
};

struct inflate_short *inflate_short_new(void)
{
	struct inflate_short *s = malloc(sizeof *s);

	if (!s)
		return NULL;
	s->d = libdeflate_alloc_decompressor();
	if (s->d)
		return s;
	free(s);
	return NULL;
}

void inflate_short_free(struct inflate_short *s)
{
	if (!s)
		return;
	libdeflate_free_decompressor(s->d);
	free(s);
}

size_t inflate_short(struct inflate_short *s, struct str *in, void *out, size_t room)
{
	size_t took = 0, made = 0;

	/* Optional fields are left to zlib, which checks them. */
	if (in->n < GZIP_MIN || memcmp(in->p, "\x1f\x8b\x08", 4) != 0)
		return 0;
	if (libdeflate_gzip_decompress_ex(s->d, in->p, in->n, out, room, &took, &made) !=
		LIBDEFLATE_SUCCESS)
		return 0;
	*in = str_sub(*in, took, in->n);
	return made;
}

/* What the last four bytes of a file of one member tell: the size of its text. */
static size_t told_size(struct str in)
{
	const unsigned char *p = (const unsigned char *)in.p + in.n - 4;

	return (size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
}

/* One member, to its very end. False: nothing was added. */
static bool add_short(struct buf *out, struct str in)
{
	size_t size = in.n >= GZIP_MIN ? told_size(in) : 0, made = 0;
	struct inflate_short *s = NULL;
	char *text = NULL;

	if (size == 0 || size > out->max - out->len || size / RATIO_MAX > in.n || out->fault)
		return false;
	text = malloc(size);
	s = inflate_short_new();
	if (text && s)
		made = inflate_short(s, &in, text, size);
	if (made == size && in.n == 0)
		buf_add(out, text, made);
	inflate_short_free(s);
	free(text);
	return made == size && in.n == 0;
}

static enum err_code add_long(struct buf *out, struct str in, enum inflate_form form, struct err *e)
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

enum err_code inflate_add(struct buf *out, struct str in, enum inflate_form form, struct err *e)
{
	if (form == INFLATE_GZIP && add_short(out, in))
		return buf_check(out, _("the inflated body"), e);
	return add_long(out, in, form, e);
}
