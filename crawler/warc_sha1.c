/*
 * warc_sha1.c - SHA-1 of a block in memory.
 */
#include "crawler/warc_sha1.h"

#include <stdint.h>
#include <string.h>

#define BLOCK 64

static uint32_t rotate(uint32_t v, int by)
{
	return v << by | v >> (32 - by);
}

static void expand(const unsigned char p[BLOCK], uint32_t w[80])
{
	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 |
		       (uint32_t)p[4 * i + 2] << 8 | (uint32_t)p[4 * i + 3];
	for (int i = 16; i < 80; i++)
		w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

/* The function and the constant of round i. */
static uint32_t mix(int i, uint32_t b, uint32_t c, uint32_t d)
{
	if (i < 20)
		return ((b & c) | (~b & d)) + 0x5a827999u;
	if (i < 40)
		return (b ^ c ^ d) + 0x6ed9eba1u;
	if (i < 60)
		return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu;
	return (b ^ c ^ d) + 0xca62c1d6u;
}

static void take_block(uint32_t h[5], const unsigned char p[BLOCK])
{
	uint32_t w[80], v[5];

	expand(p, w);
	memcpy(v, h, sizeof v);
	for (int i = 0; i < 80; i++) {
		uint32_t next = rotate(v[0], 5) + mix(i, v[1], v[2], v[3]) + v[4] + w[i];
		v[4] = v[3];
		v[3] = v[2];
		v[2] = rotate(v[1], 30);
		v[1] = v[0];
		v[0] = next;
	}
	for (int i = 0; i < 5; i++)
		h[i] += v[i];
}

void warc_sha1(const void *data, size_t n, unsigned char out[WARC_SHA1_SIZE])
{
	uint32_t h[5] = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u};
	const unsigned char *p = data;
	unsigned char last[2 * BLOCK];
	uint64_t bits = (uint64_t)n * 8;
	size_t left = n % BLOCK, tail = left < BLOCK - 8 ? BLOCK : 2 * BLOCK;

	for (size_t i = 0; i + BLOCK <= n; i += BLOCK)
		take_block(h, p + i);
	memset(last, 0, sizeof last);
	if (left)
		memcpy(last, p + (n - left), left);
	last[left] = 0x80;
	for (int i = 0; i < 8; i++)
		last[tail - 1 - (size_t)i] = (unsigned char)(bits >> (8 * i) & 0xff);
	for (size_t i = 0; i < tail; i += BLOCK)
		take_block(h, last + i);
	for (int i = 0; i < WARC_SHA1_SIZE; i++)
		out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)) & 0xff);
}
