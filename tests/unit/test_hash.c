/*
 * test_hash.c - SHA-256 against the examples of FIPS 180-4, CRC-32, hex, files.
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

/* The check value of the CRC catalogues, whole and in pieces. */
static void crc_example(void **state)
{
	uint32_t crc = 0;

	(void)state;
	assert_int_equal(hash_crc32(0, NULL, 0), 0);
	assert_int_equal(hash_crc32(0, "123456789", 9), 0xcbf43926);
	for (const char *p = "123456789"; *p; p++) {
		crc = hash_crc32(crc, p, 1);
		crc = hash_crc32(crc, NULL, 0);
	}
	assert_int_equal(crc, 0xcbf43926);
}

/* Pieces of any length give what the whole gives. */
static void pieces_of_any_length(void **state)
{
	unsigned char data[700];

	(void)state;
	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (unsigned char)(i * 7 + i / 64);
	for (size_t n = 0; n < sizeof data; n += 13) {
		for (size_t step = 1; step < 200; step += 31) {
			struct hash_state *s = hash_new();
			struct hash whole = hash_of(data, n), parts;
			assert_non_null(s);
			for (size_t at = 0; at < n; at += step)
				hash_add(s, data + at, n - at < step ? n - at : step);
			parts = hash_end(s);
			assert_true(hash_eq(&whole, &parts));
		}
	}
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
		cmocka_unit_test(crc_example),
		cmocka_unit_test(pieces_of_any_length),
		cmocka_unit_test(hex_and_back),
		cmocka_unit_test(files),
		cmocka_unit_test(randomness_differs),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
