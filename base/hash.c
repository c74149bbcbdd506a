/*
 * hash.c - SHA-256 by nettle and CRC-32 by libdeflate, which take the processor's own
 * instructions for them and cost nothing before the first use; randomness and hex by
 * libsodium.
 */
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <nettle/sha2.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

_Static_assert(HASH_SIZE == SHA256_DIGEST_SIZE, "SHA-256 is 32 bytes");

#define READ_SIZE ((size_t)64 << 10)

struct hash_state {
	struct sha256_ctx sha;
};

enum err_code hash_init(struct err *e)
{
	if (sodium_init() < 0)
		return err_set(e, ERR_IO, "%s", _("the cryptographic library does not start"));
	return ERR_OK;
}

struct hash hash_of(const void *data, size_t n)
{
	struct hash_state s;
	struct hash h;

	sha256_init(&s.sha);
	hash_add(&s, data, n);
	sha256_digest(&s.sha, HASH_SIZE, h.byte);
	return h;
}

struct hash_state *hash_new(void)
{
	struct hash_state *s = malloc(sizeof *s);

	if (s)
		sha256_init(&s->sha);
	return s;
}

void hash_add(struct hash_state *s, const void *data, size_t n)
{
	if (n)
		sha256_update(&s->sha, n, data);
}

void hash_add_text(struct hash_state *h, const char *s)
{
	uint64_t n = s ? strlen(s) : 0;
	unsigned char size[9];

	size[0] = s != NULL;
	for (int i = 8; i >= 1; i--, n >>= 8)
		size[i] = (unsigned char)n;
	hash_add(h, size, sizeof size);
	if (s)
		hash_add(h, s, strlen(s));
}

struct hash hash_end(struct hash_state *s)
{
	struct hash h;

	sha256_digest(&s->sha, HASH_SIZE, h.byte);
	hash_discard(s);
	return h;
}

void hash_discard(struct hash_state *s)
{
	free(s);
}

uint32_t hash_crc32(uint32_t before, const void *data, size_t n)
{
	return n ? libdeflate_crc32(before, data, n) : before;
}

void hash_to_hex(const struct hash *h, char out[HASH_HEX_SIZE])
{
	sodium_bin2hex(out, HASH_HEX_SIZE, h->byte, HASH_SIZE);
}

bool hash_from_hex(const char *hex, struct hash *out)
{
	struct hash h;
	size_t n = 0;

	if (strlen(hex) != HASH_HEX_SIZE - 1 ||
		sodium_hex2bin(h.byte, HASH_SIZE, hex, HASH_HEX_SIZE - 1, NULL, &n, NULL) != 0 ||
		n != HASH_SIZE)
		return false;
	*out = h;
	return true;
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
	return memcmp(a->byte, b->byte, HASH_SIZE) == 0;
}

static enum err_code hash_fd(int fd, const char *path, struct hash_state *s, struct err *e)
{
	unsigned char *block = malloc(READ_SIZE);
	enum err_code rc = ERR_OK;

	if (!block)
		return err_nomem(e);
	for (;;) {
		ssize_t n = read(fd, block, READ_SIZE);
		if (n > 0) {
			hash_add(s, block, (size_t)n);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			rc = err_errno(e, errno, _("cannot read %s"), path);
		break;
	}
	free(block);
	return rc;
}

enum err_code hash_file(const char *path, struct hash *out, struct err *e)
{
	struct hash_state *s;
	enum err_code rc;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return err_errno(e, errno, _("cannot open %s"), path);
	s = hash_new();
	rc = s ? hash_fd(fd, path, s, e) : err_nomem(e);
	if (rc)
		hash_discard(s);
	else
		*out = hash_end(s);
	close(fd);
	return rc;
}

void hash_random(void *out, size_t n)
{
	randombytes_buf(out, n);
}
