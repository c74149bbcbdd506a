/*
 * test_ahead.c - the thread hands over every answer whole, in its order, whatever lies
 * between; it can be left at any moment.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/path.h"
#include "office/ahead.h"

#define ANSWERS 50 /* more than there are slots */

struct file {
	char dir[40], path[80];
	struct office office; /* its settings alone */
	struct sources *sources;
	struct answer_settings settings;
	struct err e;
};

static void add(struct file *f, const char *text, size_t n)
{
	int fd = open(f->path, O_WRONLY | O_CREAT | O_APPEND, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, n), (ssize_t)n);
	close(fd);
}

static void add_record(
	struct file *f, const char *type, const char *id, const char *extra, const char *block)
{
	char text[4096];
	int n = snprintf(text, sizeof text,
		"WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%s>\r\n"
		"WARC-Target-URI: https://a.example.gov.cn/feed.xml\r\n"
		"WARC-Date: 2026-11-23T01:00:00Z\r\n%sContent-Type: %s\r\n"
		"Content-Length: %zu\r\n\r\n%s\r\n\r\n",
		type, id, extra,
		strcmp(type, "metadata") == 0 ? "application/json"
					      : "application/http;msgtype=response",
		strlen(block), block);

	assert_true(n > 0 && (size_t)n < sizeof text);
	add(f, text, (size_t)n);
}

/* The metadata, a request, and the answer number i: a feed of one item. */
static void add_answer(struct file *f, int i)
{
	char id[32], extra[64], block[1024];

	snprintf(id, sizeof id, "%d", i);
	snprintf(extra, sizeof extra, "WARC-Concurrent-To: <urn:x:%d>\r\n", i);
	add_record(f, "metadata", "m", extra, "{\"v\":1,\"source\":\"a\",\"kind\":\"feed\"}");
	add_record(f, "request", "r", extra, "GET / HTTP/1.1\r\n\r\n");
	snprintf(block, sizeof block,
		"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss version=\"2.0\"><channel>"
		"<item><title>第%d条</title><guid>%d</guid></item></channel></rss>",
		i, i);
	add_record(f, "response", id, "", block);
}

static int setup(void **state)
{
	static const char conf[] = "[a]\nkind = feed\nurl = https://a.example.gov.cn/feed.xml\n";
	struct file *f = calloc(1, sizeof *f);

	*state = f;
	snprintf(f->dir, sizeof f->dir, "/tmp/huiying-ahead-XXXXXX");
	if (!mkdtemp(f->dir) || hash_init(&f->e))
		return -1;
	snprintf(f->path, sizeof f->path, "%s/x.warc", f->dir);
	f->settings.office = &f->office;
	if (sources_parse("sources.conf", conf, strlen(conf), &f->sources, &f->e))
		return -1;
	f->settings.sources = f->sources;
	return 0;
}

static int teardown(void **state)
{
	struct file *f = *state;

	unlink(f->path);
	rmdir(f->dir);
	sources_free(f->sources);
	free(f);
	return 0;
}

static struct ahead *begin(struct file *f, const uint64_t *behind)
{
	struct ahead *a;

	if (ahead_open(f->path, &f->settings, NULL, behind, &a, &f->e) != ERR_OK)
		fail_msg("%s", f->e.text);
	return a;
}

/* The metadata of answer i is passed over; the answer itself is returned. */
static const struct answer *expect(struct file *f, struct ahead *a, int i)
{
	struct answer *x;
	char title[32];

	assert_int_equal(ahead_next(a, &x, &f->e), ERR_OK);
	assert_int_equal(x->rec.type, WARC_METADATA);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_OK);
	assert_int_equal(x->rec.type, WARC_RESPONSE);
	snprintf(title, sizeof title, "第%d条", i);
	assert_true(x->is_parsed && x->parsed == ERR_OK);
	assert_string_equal(x->source_id, "a");
	assert_string_equal(x->meta->kind, "feed");
	assert_int_equal(x->exchange->offset_count, 3);
	assert_int_equal(x->doc.count, 1);
	assert_string_equal(x->doc.items[0].title, title);
	return x;
}

static void test_order(void **state)
{
	struct file *f = *state;
	struct ahead *a;
	struct answer *x;

	for (int i = 0; i < ANSWERS; i++)
		add_answer(f, i);
	a = begin(f, NULL);
	for (int i = 0; i < ANSWERS; i++)
		expect(f, a, i);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_NOT_FOUND);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_NOT_FOUND); /* for ever */
	ahead_close(a);
}

static void test_goes_on_behind(void **state)
{
	struct file *f = *state;
	struct answer *x;
	struct ahead *a;
	uint64_t at = 0;

	for (int i = 0; i < ANSWERS; i++)
		add_answer(f, i);
	a = begin(f, NULL);
	for (int i = 0; i < 20; i++)
		at = expect(f, a, i)->rec.offset;
	ahead_close(a);
	a = begin(f, &at);
	for (int i = 20; i < ANSWERS; i++)
		expect(f, a, i);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_NOT_FOUND);
	ahead_close(a);
}

/* A record that cannot be read stands in its place; what comes behind it is read. */
static void test_bad_record(void **state)
{
	static const char bad[] =
		"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\n\r\n\r\n";
	struct file *f = *state;
	struct answer *x = NULL;
	struct ahead *a;
	enum err_code rc;

	add_answer(f, 0);
	add(f, bad, sizeof bad - 1);
	add_answer(f, 1);
	a = begin(f, NULL);
	expect(f, a, 0);
	rc = ahead_next(a, &x, &f->e);
	assert_int_equal(rc, ERR_INPUT);
	assert_true(x->rec.offset > 0);
	assert_true(strlen(f->e.text) > 0);
	expect(f, a, 1);
	ahead_close(a);
}

/* What a wanted row waits for is not parsed ahead: only the ledger knows as what. */
static void test_wanted_is_left(void **state)
{
	struct file *f = *state;
	struct answer *x;
	struct ahead *a;

	add_record(f, "metadata", "m", "WARC-Concurrent-To: <urn:x:1>\r\n",
		"{\"v\":1,\"want\":\"W1\",\"kind\":\"article\"}");
	add_record(f, "response", "1", "", "HTTP/1.1 200 OK\r\n\r\n<html></html>");
	a = begin(f, NULL);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_OK);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_OK);
	assert_string_equal(x->meta->want, "W1");
	assert_false(x->is_decoded || x->is_parsed);
	assert_true(answer_is_whole(x));
	assert_int_equal(answer_decode(x, &f->e), ERR_OK);
	assert_int_equal(x->body.len, 13);
	ahead_close(a);
}

/* More than is held at a time: each waits for the one before. */
static void test_huge_records(void **state)
{
	static const size_t size = (size_t)20 << 20;
	struct file *f = *state;
	struct answer *x;
	struct ahead *a;
	char head[256], *block = malloc(size);

	assert_non_null(block);
	memset(block, 'x', size);
	for (int i = 0; i < 4; i++) {
		int n = snprintf(head, sizeof head,
			"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:h%d>\r\n"
			"WARC-Date: 2026-11-23T01:00:00Z\r\nContent-Length: %zu\r\n\r\n",
			i, size);
		add(f, head, (size_t)n);
		add(f, block, size);
		add(f, "\r\n\r\n", 4);
	}
	free(block);
	add_answer(f, 0);
	a = begin(f, NULL);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(ahead_next(a, &x, &f->e), ERR_OK);
		assert_int_equal(x->rec.block_size, size);
		assert_int_equal(x->rec.id[7], '0' + i);
	}
	expect(f, a, 0);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_NOT_FOUND);
	ahead_close(a);
}

/* What has no id belongs to nothing: one record's metadata says nothing of another. */
static void test_without_ids(void **state)
{
	static const char failed[] =
		"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Type: application/json\r\n"
		"Content-Length: 50\r\n\r\n"
		"{\"v\":1,\"source\":\"b\",\"kind\":\"robots\",\"error\":\"x\"}\r\n\r\n";
	static const char answer[] =
		"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2026-11-23T01:00:00Z\r\n"
		"WARC-Target-URI: https://a.example.gov.cn/feed.xml\r\n"
		"Content-Length: 32\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html></html>\r\n\r\n";
	struct file *f = *state;
	struct answer *x;
	struct ahead *a;

	add(f, failed, sizeof failed - 1);
	add(f, answer, sizeof answer - 1);
	a = begin(f, NULL);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_OK);
	assert_int_equal(x->rec.type, WARC_METADATA);
	assert_null(x->exchange);
	assert_int_equal(ahead_next(a, &x, &f->e), ERR_OK);
	assert_null(x->exchange);
	assert_null(x->meta);
	assert_string_equal(x->source_id, "a");
	assert_true(answer_is_whole(x));
	ahead_close(a);
}

/* However many records say that they belong together, what is kept of them is little. */
static void test_crowd(void **state)
{
	struct file *f = *state;
	struct answer *x;
	struct ahead *a;

	for (int i = 0; i < 100; i++)
		add_record(f, "metadata", "m", "WARC-Concurrent-To: <urn:x:1>\r\n",
			i < EXCHANGES_OFFSETS ? "{\"v\":1,\"source\":\"a\"}"
					      : "{\"v\":1,\"source\":\"b\"}");
	add_record(f, "response", "1", "", "HTTP/1.1 200 OK\r\n\r\n<html></html>");
	a = begin(f, NULL);
	for (int i = 0; i < 101; i++)
		assert_int_equal(ahead_next(a, &x, &f->e), ERR_OK);
	assert_int_equal(x->rec.type, WARC_RESPONSE);
	assert_string_equal(x->source_id, "a");
	assert_int_equal(x->exchange->offset_count, EXCHANGES_OFFSETS);
	ahead_close(a);
}

static void test_left_early(void **state)
{
	struct file *f = *state;

	for (int i = 0; i < ANSWERS; i++)
		add_answer(f, i);
	for (int taken = 0; taken < 12; taken++) {
		struct ahead *a = begin(f, NULL);
		for (int i = 0; i < taken; i++)
			expect(f, a, i);
		ahead_close(a);
	}
	ahead_close(NULL);
}

static void test_no_warc(void **state)
{
	struct file *f = *state;
	struct answer *x;
	struct ahead *a = NULL;
	enum err_code rc;

	assert_int_equal(
		ahead_open("/nowhere/x.warc", &f->settings, NULL, NULL, &a, &f->e), ERR_NOT_FOUND);
	assert_null(a);
	add(f, "this is a letter\n", 17);
	rc = ahead_open(f->path, &f->settings, NULL, NULL, &a, &f->e);
	if (!rc)
		rc = ahead_next(a, &x, &f->e);
	assert_int_equal(rc, ERR_INPUT);
	ahead_close(a);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_order),
		T(test_goes_on_behind),
		T(test_bad_record),
		T(test_wanted_is_left),
		T(test_huge_records),
		T(test_without_ids),
		T(test_crowd),
		T(test_left_early),
		T(test_no_warc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
