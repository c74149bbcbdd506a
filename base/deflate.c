/*
 * deflate.c - a gzip member at a time, by ISA-L or by zlib.
 */
#include "base/deflate.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

/* Neither library takes more at a time. */
static unsigned int at_most(size_t n)
{
	return n > INT_MAX ? INT_MAX : (unsigned int)n;
}

#ifdef HUIYING_ISAL

#include <isa-l/igzip_lib.h>

/* Level 1 makes news 2 % larger than zlib's level 1 does. The buffer holds the tokens of
 * 64 K symbols: with less, a page is cut into blocks with a code each, for twice the time. */
#define LEVEL 1
#define LEVEL_BUFFER ISAL_DEF_LVL1_LARGE

struct deflate {
	struct isal_zstream z;
	unsigned char level_buffer[LEVEL_BUFFER];
};

struct deflate *deflate_new(void)
{
	struct deflate *d = malloc(sizeof *d);

	if (!d)
		return NULL;
	isal_deflate_init(&d->z);
	d->z.level = LEVEL;
	d->z.level_buf = d->level_buffer;
	d->z.level_buf_size = sizeof d->level_buffer;
	return d;
}

void deflate_free(struct deflate *d)
{
	free(d);
}

void deflate_begin(struct deflate *d)
{
	isal_deflate_reset(&d->z);
	d->z.gzip_flag = IGZIP_GZIP;
	d->z.flush = NO_FLUSH;
	d->z.end_of_stream = 0;
}

size_t deflate_add(struct deflate *d, struct str *text, bool last, unsigned char *out, size_t room)
{
	size_t made = 0;

	while (made < room && (text->n || last)) {
		unsigned int in = at_most(text->n), space = at_most(room - made);
		/* it only reads what stands there */
		d->z.next_in = (unsigned char *)(uintptr_t)text->p;
		d->z.avail_in = in;
		d->z.next_out = out + made;
		d->z.avail_out = space;
		d->z.end_of_stream = last && in == text->n;
		isal_deflate(&d->z); /* fails for wrong settings only */
		*text = str_sub(*text, in - d->z.avail_in, text->n);
		made += space - d->z.avail_out;
		if (d->z.internal_state.state == ZSTATE_END)
			break;
	}
	return made;
}

#else

#include <zlib.h>

#define LEVEL 1
#define WINDOW_BITS (15 + 16) /* with gzip's head and tail */
#define MEMORY 9

struct deflate {
	z_stream z;
};

struct deflate *deflate_new(void)
{
	struct deflate *d = calloc(1, sizeof *d);

	if (d && deflateInit2(&d->z, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY, Z_DEFAULT_STRATEGY) !=
			 Z_OK) {
		free(d);
		return NULL;
	}
	return d;
}

void deflate_free(struct deflate *d)
{
	if (d)
		deflateEnd(&d->z);
	free(d);
}

void deflate_begin(struct deflate *d)
{
	deflateReset(&d->z); /* fails for a stream that was never begun only */
}

size_t deflate_add(struct deflate *d, struct str *text, bool last, unsigned char *out, size_t room)
{
	size_t made = 0;
	int z = Z_OK;

	while (z == Z_OK && made < room && (text->n || last)) {
		unsigned int in = at_most(text->n), space = at_most(room - made);
		d->z.next_in = (z_const Bytef *)text->p;
		d->z.avail_in = in;
		d->z.next_out = out + made;
		d->z.avail_out = space;
		z = deflate(&d->z, last && in == text->n ? Z_FINISH : Z_NO_FLUSH);
		*text = str_sub(*text, in - d->z.avail_in, text->n);
		made += space - d->z.avail_out;
	}
	return made;
}

#endif
