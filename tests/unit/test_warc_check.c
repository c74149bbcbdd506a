/*
 * test_warc_check.c - what is damage, what is a note, and where.
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

#include "base/buf.h"
#include "base/hash.h"
#include "base/path.h"
#include "crawler/warc_check.h"

#define DATE "WARC-Date: 2026-11-23T01:00:00Z\r\n"
#define URI "WARC-Target-URI: http://a.cn/\r\n"
#define HTTP "Content-Type: application/http;msgtype=response\r\n"
#define ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

struct seen {
	int damages, notes;
	char last[400];
};

static void on_finding(void *arg, const struct warc_finding *f)
{
	struct seen *s = arg;

	s->damages += f->damage;
	s->notes += !f->damage;
	snprintf(s->last, sizeof s->last, "%llu %s", (unsigned long long)f->offset, f->text);
}

static void record(
	struct buf *b, const char *type, const char *id, const char *more, const char *block)
{
	buf_add_str(b, "WARC/1.1\r\n");
	if (type)
		buf_addf(b, "WARC-Type: %s\r\n", type);
	if (id)
		buf_addf(b, "WARC-Record-ID: <urn:x:%s>\r\n", id);
	buf_addf(b, "%sContent-Length: %zu\r\n\r\n%s\r\n\r\n", more, strlen(block), block);
}

static void check(struct buf *b, struct warc_tally *tally, struct seen *seen)
{
	char path[] = "/tmp/huiying-check-XXXXXX";
	struct err e = {ERR_OK, ""};

	memset(seen, 0, sizeof *seen);
	assert_int_not_equal(close(mkstemp(path)), -1);
	assert_int_equal(path_write_atomic(path, buf_str(b), b->len, 0600, &e), ERR_OK);
	assert_int_equal(warc_check(path, NULL, on_finding, seen, tally, &e), ERR_OK);
	assert_int_equal(seen->damages, tally->damages);
	assert_int_equal(seen->notes, tally->notes);
	unlink(path);
	buf_clear(b);
}

static void test_whole(void **state)
{
	struct warc_tally t;
	struct seen seen;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	record(&b, "warcinfo", "1", DATE, "software: x\r\n");
	record(&b, "metadata", "2", DATE URI "WARC-Concurrent-To: <urn:x:3>\r\n",
		"{\"v\":1,\"kind\":\"feed\"}");
	record(&b, "response", "3", DATE URI HTTP, ANSWER);
	check(&b, &t, &seen);
	assert_int_equal(t.records, 3);
	assert_int_equal(t.damages + t.notes, 0);
	assert_int_equal(t.unchecked, 3);
	buf_fini(&b);
}

static void one(const char *type, const char *id, const char *more, const char *block, bool damage,
	const char *text)
{
	struct warc_tally t;
	struct seen seen;
	struct buf b;

	buf_init(&b, 1 << 20);
	record(&b, "warcinfo", "1", DATE, "software: x\r\n");
	record(&b, type, id, more, block);
	check(&b, &t, &seen);
	if (t.damages != damage || t.notes == damage || !strstr(seen.last, text) ||
		strncmp(seen.last, "0 ", 2) == 0)
		fail_msg("%s: %d damages, %d notes, %s", text, seen.damages, seen.notes, seen.last);
	buf_fini(&b);
}

static void test_each(void **state)
{
	(void)state;
	one(NULL, "2", DATE, "x", true, "no WARC-Type");
	one("resource", NULL, DATE URI, "x", true, "no WARC-Record-ID");
	one("resource", "2", URI, "x", true, "no WARC-Date");
	one("resource", "2", URI "WARC-Date: yesterday\r\n", "x", true, "no WARC-Date");
	one("resource", "2", DATE, "x", true, "no WARC-Target-URI");
	one("resource", "1", DATE URI, "x", true, "twice");
	one("response", "2", DATE URI HTTP, "no HTTP", true, "no HTTP answer");
	one("response", "2",
		DATE URI HTTP "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
		ANSWER, true, "payload does not agree");
	one("metadata", "2", DATE URI "WARC-Concurrent-To: <urn:x:9>\r\n",
		"{\"v\":1,\"kind\":\"feed\"}", true, "not in the file");
	one("response", "2", DATE URI HTTP, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", false,
		"not as long");
}

/* What is no harm: foreign metadata may name what it likes, a cut body is short. */
static void test_harmless(void **state)
{
	struct warc_tally t;
	struct seen seen;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	record(&b, "warcinfo", "1", DATE, "software: x\r\n");
	record(&b, "metadata", "2", DATE URI "WARC-Concurrent-To: <urn:x:9>\r\n",
		"fetchTimeMs: 1\r\n");
	record(&b, "response", "3", DATE URI HTTP "WARC-Truncated: length\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
	record(&b, "continuation", "4", DATE, "x");
	check(&b, &t, &seen);
	assert_int_equal(t.damages + t.notes, 0);
	buf_fini(&b);
}

static void test_order_and_ends(void **state)
{
	struct warc_tally t;
	struct seen seen;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	record(&b, "response", "3", DATE URI HTTP, ANSWER);
	record(&b, "metadata", "2", DATE URI "WARC-Concurrent-To: <urn:x:3>\r\n",
		"{\"v\":1,\"kind\":\"feed\"}");
	check(&b, &t, &seen);
	assert_int_equal(t.notes, 1); /* no warcinfo */
	assert_int_equal(t.damages, 1);
	assert_non_null(strstr(seen.last, "behind the answer"));
	/* one byte less than the block has */
	record(&b, "warcinfo", "1", DATE, "software: x\r\n");
	record(&b, "resource", "2", DATE URI, "0123456789");
	record(&b, "resource", "3", DATE URI, "x");
	memcpy(strstr(b.data, "Content-Length: 10"), "Content-Length: 09", 18);
	check(&b, &t, &seen);
	assert_int_equal(t.records, 3);
	assert_int_equal(t.damages, 2); /* the wrong length, and what is left of it */
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_each),
		cmocka_unit_test(test_harmless),
		cmocka_unit_test(test_order_and_ends),
	};

	if (hash_init(NULL) != ERR_OK)
		return 1;
	return cmocka_run_group_tests_name("warc_check", tests, NULL, NULL);
}
