/*
 * warc_sha1.c - SHA-1 of a block in memory, by nettle.
 */
#include "crawler/warc_sha1.h"

#include <nettle/sha1.h>

_Static_assert(WARC_SHA1_SIZE == SHA1_DIGEST_SIZE, "SHA-1 is 20 bytes");

void warc_sha1(const void *data, size_t n, unsigned char out[WARC_SHA1_SIZE])
{
	struct sha1_ctx s;

	sha1_init(&s);
	if (n)
		sha1_update(&s, n, data);
	sha1_digest(&s, WARC_SHA1_SIZE, out);
}
