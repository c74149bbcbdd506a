/*
 * Ed25519 as RFC 8032 has it; what is changed does not verify.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/sign.h"

/* RFC 8032 §7.1, tests 1 to 3. */
static const struct {
	const char *seed, *key, *message, *signature;
	size_t size;
} known[] = {
	{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
		"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
		"c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
		0},
	{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "\x72",
		"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
		"458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
		1},
	{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "\xaf\x82",
		"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
		"ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
		2},
};

static void test_known(void **state)
{
	char key[SIGN_KEY_HEX], signature[SIGN_HEX];
	struct sign_seed seed;

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		assert_true(sign_seed_from_hex(known[i].seed, 64, &seed));
		sign_public(&seed, key);
		assert_string_equal(key, known[i].key);
		sign_make(&seed, known[i].message, known[i].size, signature);
		assert_string_equal(signature, known[i].signature);
		assert_true(sign_verify(key, signature, known[i].message, known[i].size));
	}
}

static void test_changed(void **state)
{
	char key[SIGN_KEY_HEX], other[SIGN_KEY_HEX], signature[SIGN_HEX], text[] = "812 events";
	struct sign_seed seed, foreign;

	(void)state;
	sign_new_seed(&seed);
	sign_new_seed(&foreign);
	sign_public(&seed, key);
	sign_public(&foreign, other);
	sign_make(&seed, text, sizeof text - 1, signature);
	assert_true(sign_verify(key, signature, text, sizeof text - 1));
	assert_false(sign_verify(other, signature, text, sizeof text - 1));
	assert_false(sign_verify(key, signature, text, sizeof text - 2));
	assert_false(sign_verify(NULL, signature, text, sizeof text - 1));
	assert_false(sign_verify(key, NULL, text, sizeof text - 1));
	for (size_t i = 0; i < sizeof text - 1; i++) {
		text[i] ^= 1;
		assert_false(sign_verify(key, signature, text, sizeof text - 1));
		text[i] ^= 1;
	}
	for (size_t i = 0; i < SIGN_HEX - 1; i++) {
		char was = signature[i];
		signature[i] = was == '0' ? '1' : '0';
		assert_false(sign_verify(key, signature, text, sizeof text - 1));
		signature[i] = was;
	}
}

static void test_hex(void **state)
{
	struct sign_seed seed, again;
	char hex[SIGN_KEY_HEX];

	(void)state;
	sign_new_seed(&seed);
	sign_seed_to_hex(&seed, hex);
	assert_true(sign_seed_from_hex(hex, 64, &again));
	assert_memory_equal(&seed, &again, sizeof seed);
	assert_false(sign_seed_from_hex(hex, 63, &again));
	hex[5] = 'g';
	assert_false(sign_seed_from_hex(hex, 64, &again));
	sign_forget(&seed);
	assert_int_equal(seed.byte[0] | seed.byte[31], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_hex),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
