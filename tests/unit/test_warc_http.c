/*
 * test_warc_http.c - HTTP messages in archives: headers, chunks, codings, damage.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <zlib.h>

#include "crawler/warc.h"

static bool parse(const char *text, size_t n, struct warc_http *out)
{
	struct warc_record rec;

	memset(&rec, 0, sizeof rec);
	rec.block = text;
	rec.block_size = n;
	return warc_http_parse(&rec, out);
}

static enum err_code body_of(const char *text, size_t n, size_t max, char *into, size_t room)
{
	struct warc_http h;
	struct buf b;
	struct err e = {ERR_OK, ""};
	enum err_code rc;

	assert_true(parse(text, n, &h));
	buf_init(&b, max);
	rc = warc_http_body(&h, &b, &e);
	snprintf(into, room, "%s", rc ? e.text : buf_str(&b));
	buf_fini(&b);
	return rc;
}

static void test_headers(void **state)
{
	static const char text[] = "HTTP/1.1 200 OK\r\nContent-Type:  text/xml;charset=gbk \r\n"
				   "X-Folded: one\r\n two\r\n Content-Encoding: gzip\r\n"
				   "content-type: second\r\n\r\nbody";
	struct warc_http h;
	struct buf b;

	(void)state;
	assert_true(parse(text, sizeof text - 1, &h));
	assert_int_equal(h.status, 200);
	assert_int_equal(h.body_size, 4);
	assert_memory_equal(h.body, "body", 4);
	buf_init(&b, 1000);
	assert_true(warc_http_header(&h, "content-type", &b));
	assert_string_equal(buf_str(&b), "text/xml;charset=gbk");
	buf_clear(&b);
	assert_true(warc_http_header(&h, "X-Folded", &b));
	assert_string_equal(buf_str(&b), "one two Content-Encoding: gzip");
	buf_clear(&b);
	assert_false(warc_http_header(&h, "Content-Encoding", &b));
	buf_fini(&b);
}

static void test_no_message(void **state)
{
	struct warc_http h;

	(void)state;
	assert_false(parse("", 0, &h));
	assert_false(parse("<html>", 6, &h));
	assert_false(parse("HTTP/1.1 abc\r\n\r\n", 16, &h));
	assert_true(parse("HTTP/1.1 204\r\n", 14, &h));
	assert_int_equal(h.body_size, 0);
	assert_true(parse("HTTP/1.0 200 OK\nA: b\n\nx", 23, &h));
	assert_int_equal(h.body_size, 1);
}

static void test_chunks(void **state)
{
	char out[200];
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	static const char good[] = CHUNKED "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
	static const char cut[] = CHUNKED "5\r\nhel";
	static const char bad[] = CHUNKED "zz\r\nhello\r\n";
	static const char huge[] = CHUNKED "ffffffff\r\nhello\r\n";
	static const char kept[] =
		"HTTP/1.1 200 OK\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n"
		"\r\nhello";

	(void)state;
	assert_int_equal(body_of(good, sizeof good - 1, 100, out, sizeof out), ERR_OK);
	assert_string_equal(out, "hello!");
	assert_int_equal(body_of(cut, sizeof cut - 1, 100, out, sizeof out), ERR_INPUT);
	assert_int_equal(body_of(bad, sizeof bad - 1, 100, out, sizeof out), ERR_INPUT);
	assert_int_equal(body_of(huge, sizeof huge - 1, 100, out, sizeof out), ERR_INPUT);
	assert_int_equal(body_of(kept, sizeof kept - 1, 100, out, sizeof out), ERR_OK);
	assert_string_equal(out, "hello");
}

/* A message whose body is text, deflated with these window bits (see zlib.h). */
static size_t deflated(
	const char *coding, int window_bits, const char *text, size_t n, char *out, size_t room)
{
	z_stream z;
	int head = snprintf(out, room, "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n", coding);

	memset(&z, 0, sizeof z);
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (z_const Bytef *)text;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)out + head;
	z.avail_out = (uInt)(room - (size_t)head);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	n = room - z.avail_out;
	deflateEnd(&z);
	return n;
}

static void test_codings(void **state)
{
	char message[4096], out[200];
	size_t n;

	(void)state;
	n = deflated("gzip", 31, "hello", 5, message, sizeof message);
	assert_int_equal(body_of(message, n, 100, out, sizeof out), ERR_OK);
	assert_string_equal(out, "hello");
	assert_int_equal(body_of(message, n - 9, 100, out, sizeof out), ERR_INPUT);
	n = deflated("X-GZIP", 31, "hello", 5, message, sizeof message);
	assert_int_equal(body_of(message, n, 100, out, sizeof out), ERR_OK);
	n = deflated("deflate", 15, "hello", 5, message, sizeof message);
	assert_int_equal(body_of(message, n, 100, out, sizeof out), ERR_OK);
	assert_string_equal(out, "hello");
	n = deflated("deflate", -15, "hello", 5, message, sizeof message);
	assert_int_equal(body_of(message, n, 100, out, sizeof out), ERR_OK);
	assert_string_equal(out, "hello");
	n = deflated("br", 31, "hello", 5, message, sizeof message);
	assert_int_equal(body_of(message, n, 100, out, sizeof out), ERR_INPUT);
	n = deflated("gzip, gzip, gzip", 31, "hello", 5, message, sizeof message);
	assert_int_equal(body_of(message, n, 100, out, sizeof out), ERR_INPUT);
	n = deflated("identity, gzip", 31, "hello", 5, message, sizeof message);
	assert_int_equal(body_of(message, n, 100, out, sizeof out), ERR_OK);
	assert_string_equal(out, "hello");
}

static void test_bomb(void **state)
{
	size_t n = (size_t)4 << 20;
	char *zeros = calloc(1, n), *message = malloc(65536), out[200];

	(void)state;
	assert_non_null(zeros);
	assert_non_null(message);
	n = deflated("gzip", 31, zeros, n, message, 65536);
	assert_true(n < 8192);
	assert_int_equal(body_of(message, n, (size_t)1 << 20, out, sizeof out), ERR_LIMIT);
	free(zeros);
	free(message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_no_message),
		cmocka_unit_test(test_chunks),
		cmocka_unit_test(test_codings),
		cmocka_unit_test(test_bomb),
	};

	return cmocka_run_group_tests_name("warc_http", tests, NULL, NULL);
}
