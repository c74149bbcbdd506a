/*
 * test_inflate.c - gzip, zlib and bare streams under a limit; and the short way gives what
 * zlib gives, on whole files and on damaged ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <zlib.h>

#include "base/inflate.h"

#define TEXT_MAX ((size_t)100000)

static unsigned int roll(unsigned int *seed, unsigned int below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 8) % below;
}

static void make_text(char *text, size_t n, unsigned int *seed)
{
	for (size_t i = 0; i < n; i++)
		text[i] = i > 60 && roll(seed, 3) ? text[i - 1 - roll(seed, 60)]
						  : (char)roll(seed, 256);
}

/* Appends text, packed with these window bits (see zlib.h). */
static void add_packed(struct buf *out, const char *text, size_t n, int bits, int level)
{
	static unsigned char room[2 * TEXT_MAX];
	z_stream z;

	memset(&z, 0, sizeof z);
	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (z_const Bytef *)text;
	z.avail_in = (uInt)n;
	z.next_out = room;
	z.avail_out = sizeof room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	buf_add(out, room, sizeof room - z.avail_out);
	deflateEnd(&z);
}

/* By zlib alone, as inflate.h promises it: every member in a row. */
static enum err_code by_zlib(struct str in, struct buf *out)
{
	static unsigned char room[4 * TEXT_MAX];
	z_stream z;
	int rc;

	memset(&z, 0, sizeof z);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = (z_const Bytef *)in.p;
	z.avail_in = (uInt)in.n;
	z.next_out = room;
	z.avail_out = sizeof room;
	do {
		rc = inflate(&z, Z_NO_FLUSH);
		if (rc == Z_STREAM_END &&
			inflate_is_gzip((struct str){(const char *)z.next_in, z.avail_in}))
			rc = inflateReset(&z);
	} while (rc == Z_OK);
	buf_add(out, room, sizeof room - z.avail_out);
	inflateEnd(&z);
	if (out->fault)
		return ERR_LIMIT;
	return rc == Z_STREAM_END ? ERR_OK : ERR_INPUT;
}

static void expect_same(const struct buf *file, size_t max)
{
	struct str in = {buf_str(file), file->len};
	struct buf ours, theirs;
	enum err_code rc, want;

	buf_init(&ours, max);
	buf_init(&theirs, max);
	rc = inflate_add(&ours, in, INFLATE_GZIP, NULL);
	want = by_zlib(in, &theirs);
	assert_int_equal(rc, want);
	if (want == ERR_OK) {
		assert_int_equal(ours.len, theirs.len);
		assert_memory_equal(buf_str(&ours), buf_str(&theirs), ours.len);
	}
	buf_fini(&ours);
	buf_fini(&theirs);
}

static void damage(struct buf *file, unsigned int *seed)
{
	switch (roll(seed, 4)) {
	case 0:
		buf_truncate(file, roll(seed, (unsigned int)file->len + 1));
		break;
	case 1:
		buf_add(file, "trailing", 1 + roll(seed, 8));
		break;
	default:
		file->data[roll(seed, (unsigned int)file->len)] ^= (char)(1 << roll(seed, 8));
	}
}

static void short_as_long(void **state)
{
	char *text = malloc(TEXT_MAX);
	unsigned int seed = 3;
	struct buf file;

	(void)state;
	assert_non_null(text);
	buf_init(&file, 8 * TEXT_MAX);
	for (int i = 0; i < 2000; i++) {
		size_t n = roll(&seed, 1 + roll(&seed, i % 50 ? 3000 : TEXT_MAX));
		make_text(text, n, &seed);
		buf_clear(&file);
		for (unsigned int members = 1 + (roll(&seed, 5) == 0); members; members--)
			add_packed(&file, text, n, 15 + 16, (int)roll(&seed, 10));
		expect_same(&file, 4 * TEXT_MAX);
		expect_same(&file, n); /* just the limit, or over it */
		if (n)
			expect_same(&file, n - 1);
		damage(&file, &seed);
		expect_same(&file, 4 * TEXT_MAX);
	}
	buf_fini(&file);
	free(text);
}

static void short_way(void **state)
{
	char text[1000], out[2000];
	unsigned int seed = 9;
	struct inflate_short *s = inflate_short_new();
	struct buf file;
	struct str in;
	size_t one;

	(void)state;
	assert_non_null(s);
	make_text(text, sizeof text, &seed);
	buf_init(&file, 8000);
	add_packed(&file, text, sizeof text, 15 + 16, 6);
	one = file.len;
	add_packed(&file, text, 500, 15 + 16, 6);
	in = (struct str){file.data, file.len};
	assert_int_equal(inflate_short(s, &in, out, 999), 0); /* no room */
	assert_int_equal(in.n, file.len);
	assert_int_equal(inflate_short(s, &in, out, 1000), 1000);
	assert_memory_equal(out, text, 1000);
	assert_int_equal(in.n, file.len - one);
	assert_int_equal(inflate_short(s, &in, out, sizeof out), 500);
	assert_memory_equal(out, text, 500);
	assert_int_equal(in.n, 0);
	in = (struct str){file.data, one - 1}; /* cut */
	assert_int_equal(inflate_short(s, &in, out, sizeof out), 0);
	assert_int_equal(in.n, one - 1);
	file.data[one - 5] ^= 1; /* the CRC */
	in = (struct str){file.data, one};
	assert_int_equal(inflate_short(s, &in, out, sizeof out), 0);
	file.data[3] = 8; /* a name would follow */
	assert_int_equal(inflate_short(s, &in, out, sizeof out), 0);
	inflate_short_free(s);
	inflate_short_free(NULL);
	buf_fini(&file);
}

static void other_forms(void **state)
{
	struct buf file, out;

	(void)state;
	buf_init(&file, 1000);
	buf_init(&out, 1000);
	add_packed(&file, "zlib text", 9, 15, 6);
	assert_int_equal(
		inflate_add(&out, (struct str){file.data, file.len}, INFLATE_ZLIB, NULL), ERR_OK);
	buf_clear(&file);
	add_packed(&file, ", bare text", 11, -15, 6);
	assert_int_equal(
		inflate_add(&out, (struct str){file.data, file.len}, INFLATE_BARE, NULL), ERR_OK);
	assert_string_equal(buf_str(&out), "zlib text, bare text");
	assert_int_equal(inflate_add(&out, (struct str){file.data, file.len}, INFLATE_GZIP, NULL),
		ERR_INPUT);
	assert_int_equal(inflate_add(&out, (struct str){NULL, 0}, INFLATE_GZIP, NULL), ERR_INPUT);
	buf_fini(&file);
	buf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_as_long),
		cmocka_unit_test(short_way),
		cmocka_unit_test(other_forms),
	};

	return cmocka_run_group_tests_name("inflate", tests, NULL, NULL);
}
