/*
 * test_warc_sha1.c - the examples of FIPS 180 and the edges of its padding.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/warc_parts.h"
#include "crawler/warc_sha1.h"

static void check(const char *text, size_t n, const char *want)
{
	unsigned char digest[WARC_SHA1_SIZE];
	char hex[2 * WARC_SHA1_SIZE + 1];

	warc_sha1(text, n, digest);
	for (int i = 0; i < WARC_SHA1_SIZE; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	assert_string_equal(hex, want);
}

static void test_examples(void **state)
{
	char *million = malloc(1000000);
	char a[200];

	(void)state;
	assert_non_null(million);
	memset(million, 'a', 1000000);
	memset(a, 'a', sizeof a);
	check("", 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
	check("abc", 3, "a9993e364706816aba3e25717850c26c9cd0d89d");
	check("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
		"84983e441c3bd26ebaae4aa1f95129e5e54670f1");
	check(million, 1000000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
	/* as sha1sum says: one byte less than the padding needs, exactly, one more */
	check(a, 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a");
	check(a, 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699");
	check(a, 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5");
	check(a, 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d");
	check(a, 65, "11655326c708d70319be2610e8a57d9a5b959d3b");
	free(million);
}

static void test_labels(void **state)
{
	(void)state;
	assert_true(warc_digest_agrees("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "abc", 3));
	assert_true(warc_digest_agrees("sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5", "abc", 3));
	assert_true(warc_digest_agrees("sha1:a9993e364706816aba3e25717850c26c9cd0d89d", "abc", 3));
	assert_false(warc_digest_agrees("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "abd", 3));
	assert_false(
		warc_digest_agrees("sha1:a9993e364706816aba3e25717850c26c9cd0d89d", "abcd", 4));
	/* what cannot be checked agrees, and is told apart */
	assert_true(warc_digest_agrees("md5:900150983cd24fb0d6963f7d28e17f72", "abd", 3));
	assert_true(warc_digest_agrees("sha1:SHORT", "abc", 3));
	assert_true(warc_digest_agrees(NULL, "abc", 3));
	assert_true(warc_digest_is_known("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"));
	assert_true(warc_digest_is_known(
		"sha256:"
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015"
		"ad"));
	assert_false(warc_digest_is_known("md5:900150983cd24fb0d6963f7d28e17f72"));
	assert_false(warc_digest_is_known("sha1:SHORT"));
	assert_false(warc_digest_is_known(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_labels),
	};

	return cmocka_run_group_tests_name("warc_sha1", tests, NULL, NULL);
}
