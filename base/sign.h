/*
 * sign.h - signatures by Ed25519 (RFC 8032), over libsodium, whose header stays in
 * sign.c. A secret is the 32-byte seed; everything else follows from it.
 */
#ifndef BASE_SIGN_H
#define BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#define SIGN_KEY_SIZE 32
#define SIGN_KEY_HEX 65 /* with the NUL */
#define SIGN_SIZE 64
#define SIGN_HEX 129

struct sign_seed { /* secret: sign_forget() it */
	unsigned char byte[SIGN_KEY_SIZE];
};

void sign_new_seed(struct sign_seed *out);
void sign_forget(struct sign_seed *seed);
/* Lower-case hex; reading takes exactly that many digits, of either case. */
void sign_seed_to_hex(const struct sign_seed *seed, char out[SIGN_KEY_HEX]);
bool sign_seed_from_hex(const char *hex, size_t n, struct sign_seed *out);

/* The public key of a seed. */
void sign_public(const struct sign_seed *seed, char out[SIGN_KEY_HEX]);
void sign_make(const struct sign_seed *seed, const void *data, size_t n, char out[SIGN_HEX]);
/* False for what is no key or no signature as well. */
bool sign_verify(const char *key, const char *signature, const void *data, size_t n);

#endif
