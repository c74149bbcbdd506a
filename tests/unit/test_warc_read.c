/*
 * test_warc_read.c - WARC files in every packing, and damaged ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>
#include <zlib.h>

#include "base/hash.h"
#include "base/path.h"
#include "crawler/warc.h"

#define RECORDS 6

enum packing { PLAIN, WHOLE, BY_RECORD };

static void add_record_text(struct buf *b, int i)
{
	buf_addf(b,
		"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:%d>\r\n"
		"WARC-Target-URI: http://a.cn/%d\r\nWARC-Date: 2026-11-23T01:02:0%dZ\r\n"
		"Content-Type: text/plain\r\nContent-Length: 9\r\n\r\nrecord %d.\r\n\r\n",
		i, i, i, i);
}

static void add_gzip(struct buf *b, const char *text, size_t n)
{
	unsigned char out[65536];
	z_stream z;

	memset(&z, 0, sizeof z);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (z_const Bytef *)text;
	z.avail_in = (uInt)n;
	z.next_out = out;
	z.avail_out = sizeof out;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	buf_add(b, out, sizeof out - z.avail_out);
	deflateEnd(&z);
}

/* place[i] is where record i begins in the file (BY_RECORD). */
static void make_file(enum packing packing, struct buf *out, size_t place[RECORDS])
{
	struct buf text;

	buf_init(out, 1 << 20);
	buf_init(&text, 1 << 20);
	for (int i = 0; i < RECORDS; i++) {
		if (packing == BY_RECORD)
			buf_clear(&text);
		add_record_text(&text, i);
		place[i] = out->len;
		if (packing == BY_RECORD)
			add_gzip(out, text.data, text.len);
	}
	if (packing == PLAIN)
		buf_add(out, text.data, text.len);
	if (packing == WHOLE)
		add_gzip(out, text.data, text.len);
	buf_fini(&text);
}

/* Which records were read, as bits; *bad counts the complaints. */
static unsigned int read_file(const struct buf *b, int *bad, uint64_t offsets[RECORDS])
{
	char path[] = "/tmp/huiying-read-XXXXXX";
	struct warc_reader *r = NULL;
	struct warc_record rec;
	struct err e = {ERR_OK, ""};
	unsigned int seen = 0;
	int steps = 0;
	enum err_code rc;

	*bad = 0;
	assert_int_not_equal(close(mkstemp(path)), -1);
	assert_int_equal(path_write_atomic(path, buf_str(b), b->len, 0600, &e), ERR_OK);
	assert_int_equal(warc_reader_open(path, &r, &e), ERR_OK);
	while ((rc = warc_reader_next(r, &rec, &e)) != ERR_NOT_FOUND) {
		assert_true(++steps < 100);
		if (rc != ERR_OK) {
			assert_int_equal(rc, ERR_INPUT);
			(*bad)++;
			continue;
		}
		assert_int_equal(rec.block_size, 9);
		int i = rec.block[7] - '0';
		seen |= 1u << i;
		if (offsets)
			offsets[i] = rec.offset;
	}
	/* every record is found again by its offset, in any order */
	for (int i = RECORDS - 1; offsets && i >= 0; i--) {
		assert_int_equal(warc_reader_seek(r, offsets[i], &e), ERR_OK);
		assert_int_equal(warc_reader_next(r, &rec, &e), ERR_OK);
		assert_int_equal(rec.block[7] - '0', i);
	}
	warc_reader_close(r);
	unlink(path);
	return seen;
}

static void test_packings(void **state)
{
	static const enum packing packings[] = {PLAIN, WHOLE, BY_RECORD};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct buf b;
		size_t place[RECORDS];
		uint64_t offsets[RECORDS];
		int bad;
		make_file(packings[i], &b, place);
		assert_int_equal(read_file(&b, &bad, offsets), (1u << RECORDS) - 1);
		assert_int_equal(bad, 0);
		for (int k = 0; packings[i] == BY_RECORD && k < RECORDS; k++)
			assert_int_equal(offsets[k], place[k]);
		buf_fini(&b);
	}
}

/* One byte is overturned at every place of record 2: it alone is lost, at most. */
static void test_damage_by_record(void **state)
{
	struct buf b;
	size_t place[RECORDS];
	int bad;

	(void)state;
	make_file(BY_RECORD, &b, place);
	for (size_t at = place[2]; at < place[3]; at++) {
		b.data[at] ^= 0x55;
		unsigned int seen = read_file(&b, &bad, NULL);
		b.data[at] ^= 0x55;
		if ((seen | 1u << 2) != (1u << RECORDS) - 1)
			fail_msg("damage at %zu: records %x", at - place[2], seen);
		assert_true(bad <= 2);
		assert_true(bad > 0 || seen == (1u << RECORDS) - 1);
	}
	buf_fini(&b);
}

static void test_cut(void **state)
{
	struct buf b;
	size_t place[RECORDS], whole;
	int bad;

	(void)state;
	make_file(BY_RECORD, &b, place);
	whole = b.len;
	for (size_t n = place[3]; n < whole; n++) {
		unsigned int seen;
		b.len = n;
		seen = read_file(&b, &bad, NULL);
		assert_int_equal(seen & 7u, 7u);
		assert_true(n == place[3] || n == place[4] || n == place[5] || bad == 1);
	}
	b.len = whole;
	buf_fini(&b);
}

static void test_damage_plain(void **state)
{
	struct buf b;
	size_t place[RECORDS];
	int bad;
	char *at;

	(void)state;
	make_file(PLAIN, &b, place);
	at = strstr(b.data, "urn:x:2");
	at = strstr(at, "Content-Length: 9");
	memcpy(at, "Content-Length: x", 17);
	assert_int_equal(read_file(&b, &bad, NULL), 0x3f & ~4u);
	assert_int_equal(bad, 1);
	memcpy(at, "Content-Length: 9", 17);
	memcpy(b.data, "JUNK", 4);
	assert_int_equal(read_file(&b, &bad, NULL), 0x3e);
	assert_int_equal(bad, 1);
	buf_fini(&b);
}

static void test_no_warc(void **state)
{
	struct buf b;
	int bad;

	(void)state;
	buf_init(&b, 1000);
	assert_int_equal(read_file(&b, &bad, NULL), 0);
	assert_int_equal(bad, 0);
	buf_add_str(&b, "<html>this is no archive</html>\n");
	assert_int_equal(read_file(&b, &bad, NULL), 0);
	assert_int_equal(bad, 1);
	buf_clear(&b);
	add_gzip(&b, "neither is this", 15);
	assert_int_equal(read_file(&b, &bad, NULL), 0);
	assert_int_equal(bad, 1);
	buf_clear(&b);
	for (int i = 0; i < 100; i++)
		buf_add_char(&b, '\x1f');
	assert_int_equal(read_file(&b, &bad, NULL), 0);
	assert_int_equal(bad, 1);
	buf_fini(&b);
}

/* The digest catches what a plain file has no checksum for. */
static void test_digest(void **state)
{
	struct buf b;
	struct hash h = hash_of("record 1.", 9);
	char hex[HASH_HEX_SIZE];
	int bad;

	(void)state;
	hash_to_hex(&h, hex);
	buf_init(&b, 10000);
	buf_addf(&b,
		"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Block-Digest: sha256:%s\r\n"
		"Content-Length: 9\r\n\r\nrecord 1.\r\n\r\n",
		hex);
	assert_int_equal(read_file(&b, &bad, NULL), 2);
	assert_int_equal(bad, 0);
	*strstr(b.data, "record") = 'R';
	assert_int_equal(read_file(&b, &bad, NULL), 0);
	assert_int_equal(bad, 1);
	buf_fini(&b);
}

/* What is in the block of record i, and how long it is: members as long as the reader's
 * windows, and a little more and less, stand among short ones. */
static size_t block_of(size_t i, char *block)
{
	static const size_t sizes[] = {0, 30, 700, 3000, 40000, 90000, 130000, 260000, 300000};
	unsigned int seed = (unsigned int)i * 7919u + 1u;
	size_t n = sizes[i % 9] + i % 5;

	for (size_t k = 0; k < n; k++) {
		seed = seed * 1103515245u + 12345u;
		block[k] = i % 3 ? (char)(seed >> 16) : (char)('a' + (seed >> 16) % 4);
	}
	return n;
}

static void add_long_record(FILE *f, size_t i, char *block)
{
	static unsigned char out[400000];
	char head[300];
	size_t n = block_of(i, block);
	z_stream z;

	snprintf(head, sizeof head,
		"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:%zu>\r\n"
		"WARC-Date: 2026-11-23T01:02:00Z\r\nContent-Length: %zu\r\n\r\n",
		i, n);
	memset(&z, 0, sizeof z);
	assert_int_equal(
		deflateInit2(&z, (int)(i % 10), Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_out = out;
	z.avail_out = sizeof out;
	z.next_in = (z_const Bytef *)head;
	z.avail_in = (uInt)strlen(head);
	assert_int_equal(deflate(&z, Z_NO_FLUSH), Z_OK);
	memcpy(block + n, "\r\n\r\n", 4);
	z.next_in = (z_const Bytef *)block;
	z.avail_in = (uInt)n + 4;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(fwrite(out, 1, sizeof out - z.avail_out, f), sizeof out - z.avail_out);
	deflateEnd(&z);
}

static void expect_long(struct warc_reader *r, size_t i, uint64_t offset, char *block)
{
	struct warc_record rec;
	struct err e = {ERR_OK, ""};
	size_t n = block_of(i, block);
	char id[40];

	if (warc_reader_next(r, &rec, &e) != ERR_OK)
		fail_msg("%zu: %s", i, e.text);
	snprintf(id, sizeof id, "urn:x:%zu", i);
	assert_string_equal(rec.id, id);
	assert_true(rec.ended);
	assert_int_equal(rec.offset, offset);
	assert_int_equal(rec.block_size, n);
	assert_memory_equal(rec.block, block, n);
}

static void test_windows(void **state)
{
	enum { COUNT = 150 };
	char path[] = "/tmp/huiying-warc-XXXXXX", *block = malloc(400000);
	FILE *f = fdopen(mkstemp(path), "wb");
	uint64_t place[COUNT];
	struct warc_reader *r = NULL;
	struct warc_record rec;

	(void)state;
	assert_non_null(f);
	assert_non_null(block);
	for (size_t i = 0; i < COUNT; i++) {
		place[i] = (uint64_t)ftell(f);
		add_long_record(f, i, block);
	}
	fclose(f);
	assert_int_equal(warc_reader_open(path, &r, NULL), ERR_OK);
	for (size_t i = 0; i < COUNT; i++)
		expect_long(r, i, place[i], block);
	assert_int_equal(warc_reader_next(r, &rec, NULL), ERR_NOT_FOUND);
	for (size_t i = 0; i < COUNT; i++) {
		size_t at = i * 67 % COUNT;
		assert_int_equal(warc_reader_seek(r, place[at], NULL), ERR_OK);
		expect_long(r, at, place[at], block);
		if (at + 1 < COUNT)
			expect_long(r, at + 1, place[at + 1], block);
	}
	warc_reader_close(r);
	unlink(path);
	free(block);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_windows),
		cmocka_unit_test(test_packings),
		cmocka_unit_test(test_damage_by_record),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_damage_plain),
		cmocka_unit_test(test_no_warc),
		cmocka_unit_test(test_digest),
	};

	return cmocka_run_group_tests_name("warc_read", tests, NULL, NULL);
}
