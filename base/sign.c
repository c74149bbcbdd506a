/*
 * sign.c - Ed25519 by libsodium.
 */
#include "base/sign.h"

#include <sodium.h>
#include <string.h>

_Static_assert(SIGN_KEY_SIZE == crypto_sign_SEEDBYTES, "a seed is 32 bytes");
_Static_assert(SIGN_KEY_SIZE == crypto_sign_PUBLICKEYBYTES, "so is a public key");
_Static_assert(SIGN_SIZE == crypto_sign_BYTES, "a signature is 64 bytes");

void sign_new_seed(struct sign_seed *out)
{
	randombytes_buf(out->byte, sizeof out->byte);
}

void sign_forget(struct sign_seed *seed)
{
	sodium_memzero(seed, sizeof *seed);
}

static bool from_hex(const char *hex, size_t n, unsigned char *out, size_t size)
{
	size_t got = 0;

	return n == 2 * size && sodium_hex2bin(out, size, hex, n, NULL, &got, NULL) == 0 &&
	       got == size;
}

void sign_seed_to_hex(const struct sign_seed *seed, char out[SIGN_KEY_HEX])
{
	sodium_bin2hex(out, SIGN_KEY_HEX, seed->byte, sizeof seed->byte);
}

bool sign_seed_from_hex(const char *hex, size_t n, struct sign_seed *out)
{
	return from_hex(hex, n, out->byte, sizeof out->byte);
}

void sign_public(const struct sign_seed *seed, char out[SIGN_KEY_HEX])
{
	unsigned char key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];

	crypto_sign_seed_keypair(key, secret, seed->byte);
	sodium_bin2hex(out, SIGN_KEY_HEX, key, sizeof key);
	sodium_memzero(secret, sizeof secret);
}

void sign_make(const struct sign_seed *seed, const void *data, size_t n, char out[SIGN_HEX])
{
	unsigned char key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
	unsigned char signature[SIGN_SIZE];

	crypto_sign_seed_keypair(key, secret, seed->byte);
	crypto_sign_detached(signature, NULL, data, n, secret);
	sodium_bin2hex(out, SIGN_HEX, signature, sizeof signature);
	sodium_memzero(secret, sizeof secret);
}

bool sign_verify(const char *key, const char *signature, const void *data, size_t n)
{
	unsigned char public[SIGN_KEY_SIZE], s[SIGN_SIZE];

	return key && signature && from_hex(key, strlen(key), public, sizeof public) &&
	       from_hex(signature, strlen(signature), s, sizeof s) &&
	       crypto_sign_verify_detached(s, data, n, public) == 0;
}
