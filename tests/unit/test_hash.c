/*
 * test_hash.c - SHA-256 against the examples of FIPS 180-4, BLAKE2b-256, hex, files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define BLAKE_ABC "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"
#define MILLION_A "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

static int start(void **state)
{
	(void)state;
	return hash_init(NULL) == ERR_OK ? 0 : -1;
}

static void expect_hex(struct hash h, const char *want)
{
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&h, hex);
	assert_string_equal(hex, want);
}

static void standard_examples(void **state)
{
	struct hash_state *s = hash_new();
	char block[1000];

	(void)state;
	expect_hex(hash_of("", 0), EMPTY);
	expect_hex(hash_of(NULL, 0), EMPTY);
	expect_hex(hash_of("abc", 3), ABC);
	memset(block, 'a', sizeof block);
	for (int i = 0; i < 1000; i++)
		hash_add(s, block, sizeof block);
	hash_add(s, NULL, 0);
	expect_hex(hash_end(s), MILLION_A);
	hash_discard(hash_new());
	hash_discard(NULL);
}

/* The value that b2sum -l 256 gives. */
static void quick_example(void **state)
{
	struct hash_state *s = hash_new_quick();

	(void)state;
	hash_add(s, "a", 1);
	hash_add(s, NULL, 0);
	hash_add(s, "bc", 2);
	expect_hex(hash_end(s), BLAKE_ABC);
	hash_discard(hash_new_quick());
}

static void hex_and_back(void **state)
{
	struct hash h = hash_of("abc", 3), back, other = hash_of("abd", 3);

	(void)state;
	assert_true(hash_from_hex(ABC, &back));
	assert_true(hash_eq(&h, &back));
	assert_false(hash_eq(&h, &other));
	assert_true(hash_from_hex(
		"BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", &back));
	assert_true(hash_eq(&h, &back));
	assert_false(hash_from_hex("", &back));
	assert_false(hash_from_hex(ABC "00", &back));
	assert_false(hash_from_hex(
		"ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", &back));
	assert_false(hash_from_hex(
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a", &back));
	assert_true(hash_eq(&h, &back));
}

static void files(void **state)
{
	char path[] = "/tmp/huiying-hash-XXXXXX", block[1000];
	FILE *f = fdopen(mkstemp(path), "wb");
	struct hash h;
	struct err e;

	(void)state;
	assert_int_equal(hash_file(path, &h, &e), ERR_OK);
	expect_hex(h, EMPTY);
	memset(block, 'a', sizeof block);
	for (int i = 0; i < 1000; i++)
		fwrite(block, 1, sizeof block, f);
	fclose(f);
	assert_int_equal(hash_file(path, &h, &e), ERR_OK);
	expect_hex(h, MILLION_A);
	unlink(path);
	assert_int_equal(hash_file(path, &h, &e), ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, path));
	assert_int_equal(hash_file("/", &h, &e), ERR_IO);
}

static void randomness_differs(void **state)
{
	unsigned char a[32] = {0}, b[32] = {0}, zero[32] = {0};

	(void)state;
	hash_random(a, sizeof a);
	hash_random(b, sizeof b);
	assert_memory_not_equal(a, zero, sizeof a);
	assert_memory_not_equal(a, b, sizeof a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(standard_examples),
		cmocka_unit_test(quick_example),
		cmocka_unit_test(hex_and_back),
		cmocka_unit_test(files),
		cmocka_unit_test(randomness_differs),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
