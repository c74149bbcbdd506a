/*
 * test_warc_salvage.c - a writer killed at any byte loses at most the group it was in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"
#include "crawler/warc.h"

#define NAME "20261123T010203Z-host-1-0.warc.gz"

struct fixture {
	char dir[64], open[200], final[200];
	struct buf bytes; /* a whole file of three groups */
	uint64_t response[3]; /* offsets of their last records */
	uint64_t end[3]; /* where the groups end */
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct warc_writer *w = NULL;
	struct warc_exchange x;

	*state = f;
	hash_init(NULL);
	strcpy(f->dir, "/tmp/huiying-salvage-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->final, sizeof f->final, "%s/" NAME, f->dir);
	snprintf(f->open, sizeof f->open, "%s/" NAME ".open", f->dir);
	buf_init(&f->bytes, 1 << 20);
	memset(&x, 0, sizeof x);
	x.url = "http://a.cn/";
	x.request = "GET / HTTP/1.1\r\n\r\n";
	x.request_size = strlen(x.request);
	x.headers = "HTTP/1.1 200 OK\r\n\r\n";
	x.headers_size = strlen(x.headers);
	x.body_fd = -1;
	x.body = "body";
	x.body_size = 4;
	x.meta.kind = "feed";
	assert_int_equal(warc_writer_open(f->dir, "test", &w, NULL), ERR_OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(warc_writer_add(w, &x, NULL), ERR_OK);
	assert_int_equal(warc_writer_finish(w, NULL), ERR_OK);
	warc_writer_close(w);
	return 0;
}

static void take_file(struct fixture *f)
{
	DIR *d = opendir(f->dir);
	struct dirent *entry;
	struct warc_reader *r = NULL;
	struct warc_record rec;
	char path[400] = "";
	int n = 0, groups = 0;

	while ((entry = readdir(d)) != NULL)
		if (str_has_suffix(str_of(entry->d_name), ".warc.gz"))
			snprintf(path, sizeof path, "%s/%s", f->dir, entry->d_name);
	closedir(d);
	assert_int_equal(path_read(path, &f->bytes, NULL), ERR_OK);
	assert_int_equal(warc_reader_open(path, &r, NULL), ERR_OK);
	while (warc_reader_next(r, &rec, NULL) == ERR_OK) {
		if (rec.type == WARC_RESPONSE)
			f->response[n++] = rec.offset;
		if (rec.type == WARC_METADATA && groups++)
			f->end[groups - 2] = rec.offset;
	}
	f->end[2] = f->bytes.len;
	assert_int_equal(n, 3);
	warc_reader_close(r);
	unlink(path);
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	buf_fini(&f->bytes);
	unlink(f->open);
	unlink(f->final);
	rmdir(f->dir);
	free(f);
	return 0;
}

static size_t responses(const char *path)
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	struct err e = {ERR_OK, ""};
	enum warc_type last = WARC_OTHER;
	size_t n = 0;
	enum err_code rc;

	assert_int_equal(warc_reader_open(path, &r, &e), ERR_OK);
	while ((rc = warc_reader_next(r, &rec, &e)) == ERR_OK) {
		n += rec.type == WARC_RESPONSE;
		last = rec.type;
	}
	if (rc != ERR_NOT_FOUND)
		fail_msg("%s", e.text);
	assert_int_equal(last, WARC_RESPONSE);
	warc_reader_close(r);
	return n;
}

static void test_killed_anywhere(void **state)
{
	struct fixture *f = *state;
	struct err e = {ERR_OK, ""};
	size_t whole;

	take_file(f);
	whole = f->bytes.len;
	for (size_t n = 0; n <= whole; n++) {
		size_t count = 9, want = 0;
		for (int i = 0; i < 3; i++)
			want += n >= f->end[i];
		assert_int_equal(path_write_atomic(f->open, f->bytes.data, n, 0600, &e), ERR_OK);
		assert_int_equal(warc_salvage(f->dir, &count, &e), ERR_OK);
		assert_false(path_exists(f->open));
		if (path_exists(f->final)) {
			assert_int_equal(responses(f->final), want);
			assert_int_equal(count, 1);
			unlink(f->final);
		} else {
			assert_int_equal(want, 0);
			assert_int_equal(count, 0);
		}
	}
}

static void test_living_writer(void **state)
{
	struct fixture *f = *state;
	struct err e = {ERR_OK, ""};
	size_t count = 9;
	int fd;

	take_file(f);
	assert_int_equal(path_write_atomic(f->open, f->bytes.data, f->bytes.len, 0600, &e), ERR_OK);
	fd = open(f->open, O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(warc_salvage(f->dir, &count, &e), ERR_OK);
	assert_int_equal(count, 0);
	assert_true(path_exists(f->open));
	close(fd);
	assert_int_equal(warc_salvage(f->dir, &count, &e), ERR_OK);
	assert_int_equal(count, 1);
	assert_true(path_exists(f->final));
}

static bool begins_with_warcinfo(const char *path)
{
	struct warc_reader *r = NULL;
	struct warc_record rec = {.type = WARC_OTHER};
	struct err e = {ERR_OK, ""};

	assert_int_equal(warc_reader_open(path, &r, &e), ERR_OK);
	assert_int_equal(warc_reader_next(r, &rec, &e), ERR_OK);
	warc_reader_close(r);
	return rec.type == WARC_WARCINFO;
}

static void test_copies(void **state)
{
	struct fixture *f = *state;
	struct err e = {ERR_OK, ""};
	char from[200], to[200];
	uint64_t beyond;

	take_file(f);
	snprintf(from, sizeof from, "%s/from", f->dir);
	snprintf(to, sizeof to, "%s/to", f->dir);
	assert_int_equal(path_write_atomic(from, f->bytes.data, f->bytes.len, 0600, &e), ERR_OK);
	assert_int_equal(warc_copy_records(from, &f->response[1], 2, to, &e), ERR_OK);
	assert_int_equal(responses(to), 2);
	assert_true(begins_with_warcinfo(to));
	beyond = f->bytes.len;
	assert_int_equal(warc_copy_records(from, &beyond, 1, to, &e), ERR_INPUT);
	beyond = f->response[0] + 1;
	assert_int_equal(warc_copy_records(from, &beyond, 1, to, &e), ERR_INPUT);
	assert_int_equal(responses(to), 2);
	unlink(from);
	unlink(to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_killed_anywhere, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_living_writer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_copies, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("warc_salvage", tests, NULL, NULL);
}
