/*
 * hash.h - SHA-256 (FIPS 180-4), SHA-1 is not offered; hex; random bytes. CRC-32 as gzip
 * has it (RFC 1952 §8), for gzip itself and where nothing is of record and only a change is
 * to be seen: a twentieth of the time.
 * hash_init() must have succeeded once in the process (main).
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
struct hash_state *hash_new(void); /* NULL: no memory */
void hash_add(struct hash_state *s, const void *data, size_t n);
/* With its length before it, and whether there is one: NULL is not "". */
void hash_add_text(struct hash_state *s, const char *text);
struct hash hash_end(struct hash_state *s); /* frees s */
void hash_discard(struct hash_state *s); /* frees s; NULL is fine */

/* Of what came before it and data; 0 before the first. */
uint32_t hash_crc32(uint32_t before, const void *data, size_t n);

void hash_to_hex(const struct hash *h, char out[HASH_HEX_SIZE]); /* lower case */
bool hash_from_hex(const char *hex, struct hash *out);
bool hash_eq(const struct hash *a, const struct hash *b);

enum err_code hash_file(const char *path, struct hash *out, struct err *e);

/* Cryptographic randomness; the one source of it (tests pass their own bytes). */
void hash_random(void *out, size_t n);

#endif
