/*
 * hash.h - SHA-256 (FIPS 180-4), SHA-1 is not offered; hex; random bytes. BLAKE2b-256
 * (RFC 7693) where nothing is of record and only a change is to be seen: a third of the time.
 * Over libsodium; hash_init() must have succeeded once in the process (main).
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define HASH_SIZE 32
#define HASH_HEX_SIZE 65 /* with the NUL */

struct hash {
	unsigned char byte[HASH_SIZE];
};

struct hash_state; /* incremental */

enum err_code hash_init(struct err *e);
struct hash hash_of(const void *data, size_t n);
struct hash_state *hash_new(void); /* SHA-256; NULL: no memory */
struct hash_state *hash_new_quick(void); /* BLAKE2b-256; NULL: no memory */
void hash_add(struct hash_state *s, const void *data, size_t n);
struct hash hash_end(struct hash_state *s); /* frees s */
void hash_discard(struct hash_state *s); /* frees s; NULL is fine */

void hash_to_hex(const struct hash *h, char out[HASH_HEX_SIZE]); /* lower case */
bool hash_from_hex(const char *hex, struct hash *out);
bool hash_eq(const struct hash *a, const struct hash *b);

enum err_code hash_file(const char *path, struct hash *out, struct err *e);

/* Cryptographic randomness; the one source of it (tests pass their own bytes). */
void hash_random(void *out, size_t n);

#endif
