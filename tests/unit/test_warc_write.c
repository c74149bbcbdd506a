/*
 * test_warc_write.c - what the writer writes the reader reads; groups are whole.
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
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"
#include "crawler/warc.h"
#include "crawler/warc_parts.h"

#define LARGE ((size_t)4 << 20)

static char *make_dir(char dir[64])
{
	strcpy(dir, "/tmp/huiying-warc-XXXXXX");
	assert_non_null(mkdtemp(dir));
	assert_int_equal(hash_init(NULL), ERR_OK);
	return dir;
}

/* The names in dir that end in suffix: how many, and the path of the last. */
static size_t files(const char *dir, const char *suffix, char path[512])
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	size_t n = 0;

	while ((entry = readdir(d)) != NULL) {
		if (!str_has_suffix(str_of(entry->d_name), suffix))
			continue;
		snprintf(path, 512, "%s/%s", dir, entry->d_name);
		n++;
	}
	closedir(d);
	return n;
}

static void remove_dir(const char *dir)
{
	char path[512];

	while (files(dir, "z", path) || files(dir, ".open", path))
		unlink(path);
	rmdir(dir);
}

static struct warc_exchange exchange(const char *url, const char *body)
{
	struct warc_exchange x;

	memset(&x, 0, sizeof x);
	x.url = url;
	x.date = 1795481781;
	x.request = "GET / HTTP/1.1\r\n\r\n";
	x.request_size = strlen(x.request);
	x.headers = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
	x.headers_size = strlen(x.headers);
	x.body_fd = -1;
	x.body = body;
	x.body_size = strlen(body);
	x.ip = "8.8.4.4";
	x.meta.source = "a";
	x.meta.kind = "feed";
	x.meta.ms = 12;
	return x;
}

static struct warc_writer *open_writer(const char *dir, bool behind)
{
	struct warc_writer *w = NULL;
	struct err e = {ERR_OK, ""};

	assert_int_equal(warc_writer_open(dir, "test", &w, &e), ERR_OK);
	if (behind)
		assert_int_equal(warc_writer_behind(w, &e), ERR_OK);
	return w;
}

static void next(struct warc_reader *r, struct warc_record *rec, enum warc_type type)
{
	struct err e = {ERR_OK, ""};

	if (warc_reader_next(r, rec, &e) != ERR_OK)
		fail_msg("%s", e.text);
	assert_int_equal(rec->type, type);
}

static void read_first_group(struct warc_reader *r, struct warc_record *rec)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct warc_metadata m;
	struct warc_http h;
	char id[80];

	next(r, rec, WARC_WARCINFO);
	next(r, rec, WARC_METADATA);
	assert_string_equal(rec->target_uri, "http://a.cn/%0D%0Ax");
	assert_int_equal(rec->date, 1795481781);
	snprintf(id, sizeof id, "%s", rec->concurrent_to);
	assert_int_equal(warc_metadata_parse(rec, a, &m, NULL), ERR_OK);
	assert_string_equal(m.source, "a");
	assert_string_equal(m.kind, "feed");
	assert_null(m.error);
	assert_int_equal(m.ms, 12);
	next(r, rec, WARC_REQUEST);
	assert_string_equal(rec->concurrent_to, id);
	next(r, rec, WARC_RESPONSE);
	assert_string_equal(rec->id, id);
	assert_null(rec->truncated);
	assert_true(warc_http_parse(rec, &h));
	assert_int_equal(h.body_size, 5);
	assert_memory_equal(h.body, "hello", 5);
	arena_free(a);
}

/* An answer, a failure, an answer that did not change, and a body that lies in a file. */
static void write_exchanges(struct warc_writer *w, const char *dir)
{
	char path[512];
	struct err e = {ERR_OK, ""};
	struct warc_exchange x = exchange("http://a.cn/\r\nx", "hello");
	int fd;

	assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	assert_int_equal(files(dir, ".warc.gz.open", path), 1);
	x = exchange("http://a.cn/2", "");
	x.headers_size = x.request_size = 0;
	x.meta.error = "dns";
	x.meta.detail = "no such host \x1b";
	assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	x = exchange("http://a.cn/3", "");
	x.not_modified = true;
	assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	x = exchange("http://a.cn/4", "");
	fd = fileno(tmpfile());
	assert_int_equal(write(fd, "from a file", 11), 11);
	x.body_fd = fd;
	x.body_size = 11;
	x.truncated = "length";
	assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	assert_int_equal(warc_writer_finish(w, &e), ERR_OK);
}

static void read_exchanges(const char *path)
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	struct err e = {ERR_OK, ""};

	assert_int_equal(warc_reader_open(path, &r, &e), ERR_OK);
	read_first_group(r, &rec);
	next(r, &rec, WARC_METADATA);
	assert_null(rec.concurrent_to);
	next(r, &rec, WARC_METADATA);
	next(r, &rec, WARC_REQUEST);
	next(r, &rec, WARC_REVISIT);
	next(r, &rec, WARC_METADATA);
	next(r, &rec, WARC_REQUEST);
	next(r, &rec, WARC_RESPONSE);
	assert_string_equal(rec.truncated, "length");
	assert_memory_equal(rec.block + rec.block_size - 11, "from a file", 11);
	assert_int_equal(warc_reader_next(r, &rec, &e), ERR_NOT_FOUND);
	assert_int_equal(warc_reader_next(r, &rec, &e), ERR_NOT_FOUND);
	warc_reader_close(r);
}

static void round_trip(bool behind)
{
	char dir[64], path[512];
	struct warc_writer *w;
	struct err e = {ERR_OK, ""};
	struct warc_exchange x;

	make_dir(dir);
	w = open_writer(dir, behind);
	assert_int_equal(files(dir, ".open", path), 0);
	write_exchanges(w, dir);
	assert_int_equal(files(dir, ".open", path), 0);
	assert_int_equal(files(dir, ".warc.gz", path), 1);
	read_exchanges(path);
	/* after finish a new file is begun */
	x = exchange("http://a.cn/5", "again");
	assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	assert_int_equal(warc_writer_finish(w, &e), ERR_OK);
	assert_int_equal(files(dir, ".warc.gz", path), 2);
	assert_int_equal(warc_writer_finish(w, &e), ERR_OK);
	warc_writer_close(w);
	remove_dir(dir);
}

static void test_round_trip(void **state)
{
	(void)state;
	round_trip(false);
	round_trip(true);
}

static size_t count_answers(const char *path)
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	struct err e = {ERR_OK, ""};
	enum err_code rc;
	size_t n = 0;

	assert_int_equal(warc_reader_open(path, &r, &e), ERR_OK);
	while ((rc = warc_reader_next(r, &rec, &e)) == ERR_OK)
		n += rec.type == WARC_RESPONSE;
	assert_int_equal(rc, ERR_NOT_FOUND);
	warc_reader_close(r);
	return n;
}

static unsigned char *make_noise(size_t n)
{
	unsigned char *noise = malloc(n);

	assert_non_null(noise);
	hash_random(noise, n);
	return noise;
}

static void limit_files(struct rlimit *old)
{
	struct rlimit small;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, old);
	small = *old;
	small.rlim_cur = (rlim_t)2 << 20;
	setrlimit(RLIMIT_FSIZE, &small);
}

/* A disk that fills up (here: a file size limit) behind so many groups leaves whole ones
 * only, and the file goes on behind them. */
static void fill_disk(size_t before)
{
	char dir[64], path[512];
	struct warc_writer *w;
	struct err e = {ERR_OK, ""};
	struct rlimit old;
	unsigned char *noise = make_noise(LARGE);
	struct warc_exchange x = exchange("http://a.cn/", "small");

	make_dir(dir);
	w = open_writer(dir, false);
	for (size_t i = 0; i < before; i++)
		assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	limit_files(&old);
	x.body = (const char *)noise;
	x.body_size = LARGE;
	assert_int_equal(warc_writer_add(w, &x, &e), ERR_IO);
	setrlimit(RLIMIT_FSIZE, &old);
	x = exchange("http://a.cn/", "after");
	assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	assert_int_equal(warc_writer_finish(w, &e), ERR_OK);
	assert_int_equal(files(dir, ".warc.gz", path), 1);
	assert_int_equal(count_answers(path), before + 1);
	warc_writer_close(w);
	free(noise);
	remove_dir(dir);
}

/* Behind the caller's back it is told by the end of the file at the latest. What comes
 * after it is in no file; the next file is whole again. */
static void fill_disk_behind(size_t before)
{
	char dir[64], path[512];
	struct warc_writer *w;
	struct err e = {ERR_OK, ""};
	struct rlimit old;
	unsigned char *noise = make_noise(LARGE);
	struct warc_exchange x = exchange("http://a.cn/", "small");

	make_dir(dir);
	w = open_writer(dir, true);
	for (size_t i = 0; i < before; i++)
		assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	limit_files(&old);
	x.body = (const char *)noise;
	x.body_size = LARGE;
	(void)warc_writer_add(w, &x, &e);
	x = exchange("http://a.cn/", "after");
	(void)warc_writer_add(w, &x, &e);
	err_clear(&e);
	assert_int_equal(warc_writer_finish(w, &e), ERR_IO);
	assert_non_null(strstr(e.text, dir));
	setrlimit(RLIMIT_FSIZE, &old);
	assert_int_equal(files(dir, ".warc.gz", path), 1);
	assert_int_equal(count_answers(path), before);
	unlink(path);
	assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	assert_int_equal(warc_writer_finish(w, &e), ERR_OK);
	assert_int_equal(files(dir, ".warc.gz", path), 1);
	assert_int_equal(count_answers(path), 1);
	warc_writer_close(w);
	free(noise);
	remove_dir(dir);
}

static void test_full_disk(void **state)
{
	(void)state;
	for (size_t before = 0; before < 3; before++) {
		fill_disk(before);
		fill_disk_behind(before);
	}
}

/* More than the batches hold, and more than one file; a new file is begun behind 64 MiB. */
static void test_many(void **state)
{
	static const size_t count = 75, size = (size_t)1 << 20;
	char dir[64], path[512];
	struct warc_writer *w;
	struct err e = {ERR_OK, ""};
	unsigned char *noise = make_noise(size);
	struct warc_exchange x = exchange("http://a.cn/", "");
	size_t answers = 0, n;

	(void)state;
	make_dir(dir);
	w = open_writer(dir, true);
	memcpy(noise, "\x1f\x8b", 2);
	x.body = (const char *)noise;
	x.body_size = size;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	assert_int_equal(warc_writer_finish(w, &e), ERR_OK);
	warc_writer_close(w);
	assert_int_equal(files(dir, ".warc.gz", path), 2);
	for (n = 0; files(dir, ".warc.gz", path); n++) {
		answers += count_answers(path);
		unlink(path);
	}
	assert_int_equal(answers, count);
	free(noise);
	remove_dir(dir);
}

/* A writer that is closed without an end leaves whole groups, for warc_salvage(). */
static void test_closed(void **state)
{
	char dir[64], path[512];
	struct err e = {ERR_OK, ""};
	struct warc_exchange x = exchange("http://a.cn/", "small");

	(void)state;
	for (int behind = 0; behind < 2; behind++) {
		struct warc_writer *w;
		make_dir(dir);
		w = open_writer(dir, behind);
		for (int i = 0; i < 20; i++)
			assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
		warc_writer_close(w);
		assert_int_equal(files(dir, ".open", path), 1);
		assert_int_equal(count_answers(path), 20);
		remove_dir(dir);
	}
}

/* Bodies of each way of packing, one after the other through the same writer. */
static void packing(bool behind)
{
	static const size_t sizes[] = {0, 1, 100, 5000, 200000};
	char dir[64], path[512];
	unsigned char *body = malloc(200000);
	struct warc_writer *w;
	struct warc_reader *r = NULL;
	struct warc_record rec;
	struct err e = {ERR_OK, ""};

	make_dir(dir);
	assert_non_null(body);
	hash_random(body, 200000);
	w = open_writer(dir, behind);
	for (size_t i = 0; i < 20; i++) {
		struct warc_exchange x = exchange("http://a.cn/", "");
		memcpy(body, i / 5 % 2 ? "\x1f\x8b" : "ab", 2); /* as if compressed, or not */
		x.body = (const char *)body;
		x.body_size = sizes[i % 5];
		assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
	}
	assert_int_equal(warc_writer_finish(w, &e), ERR_OK);
	warc_writer_close(w);
	assert_int_equal(files(dir, ".warc.gz", path), 1);
	assert_int_equal(warc_reader_open(path, &r, &e), ERR_OK);
	for (size_t i = 0; i < 20;) {
		assert_int_equal(warc_reader_next(r, &rec, &e), ERR_OK);
		if (rec.type != WARC_RESPONSE)
			continue;
		memcpy(body, i / 5 % 2 ? "\x1f\x8b" : "ab", 2);
		assert_true(rec.block_size > sizes[i % 5]);
		assert_memory_equal(rec.block + rec.block_size - sizes[i % 5], body, sizes[i % 5]);
		i++;
	}
	assert_int_equal(warc_reader_next(r, &rec, &e), ERR_NOT_FOUND);
	warc_reader_close(r);
	free(body);
	remove_dir(dir);
}

static void test_packing(void **state)
{
	(void)state;
	packing(false);
	packing(true);
}

#define TEXT ((size_t)100000)
#define GROUPS 60

/* A text of the words of one number, which packs well and is no other's. */
static char *make_text(size_t number)
{
	char *text = malloc(TEXT + 1), word[64];

	assert_non_null(text);
	for (size_t at = 0, i = 0; at < TEXT; i++) {
		int n = snprintf(word, sizeof word, "word %zu of text %zu; ", i % 977, number);
		for (int k = 0; k < n && at < TEXT; k++)
			text[at++] = word[k];
	}
	text[TEXT] = '\0';
	return text;
}

/* Of the file that has them all; `wait`: the thread is never late. */
static size_t write_texts(const char *dir, char *const text[GROUPS], bool wait, char path[512])
{
	struct warc_writer *w = open_writer(dir, true);
	struct err e = {ERR_OK, ""};
	struct stat st;

	for (size_t i = 0; i < GROUPS; i++) {
		struct warc_exchange x = exchange("http://a.cn/", text[i]);
		assert_int_equal(warc_writer_add(w, &x, &e), ERR_OK);
		if (wait)
			assert_int_equal(warc_writer_wait(w, &e), ERR_OK);
	}
	assert_int_equal(warc_writer_finish(w, &e), ERR_OK);
	warc_writer_close(w);
	assert_int_equal(files(dir, ".warc.gz", path), 1);
	assert_int_equal(stat(path, &st), 0);
	return (size_t)st.st_size;
}

static void read_texts(const char *path, char *const text[GROUPS])
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	struct err e = {ERR_OK, ""};

	assert_int_equal(warc_reader_open(path, &r, &e), ERR_OK);
	next(r, &rec, WARC_WARCINFO);
	for (size_t i = 0; i < GROUPS; i++) {
		next(r, &rec, WARC_METADATA);
		assert_true(warc_digest_agrees(rec.block_digest, rec.block, rec.block_size));
		next(r, &rec, WARC_REQUEST);
		assert_true(warc_digest_agrees(rec.block_digest, rec.block, rec.block_size));
		next(r, &rec, WARC_RESPONSE);
		assert_non_null(rec.block_digest);
		assert_true(warc_digest_agrees(rec.block_digest, rec.block, rec.block_size));
		assert_memory_equal(rec.block + rec.block_size - TEXT, text[i], TEXT);
	}
	assert_int_equal(warc_reader_next(r, &rec, &e), ERR_NOT_FOUND);
	warc_reader_close(r);
}

/* Answers come faster than the thread packs: some are stored as they are instead of letting
 * the caller wait. All are read back, and where nobody is in a hurry all are packed. */
static void test_late(void **state)
{
	char dir[64], path[512], *text[GROUPS];
	size_t packed, hurried;

	(void)state;
	for (size_t i = 0; i < GROUPS; i++)
		text[i] = make_text(i);
	make_dir(dir);
	packed = write_texts(dir, text, true, path);
	read_texts(path, text);
	remove_dir(dir);
	make_dir(dir);
	hurried = write_texts(dir, text, false, path);
	read_texts(path, text);
	remove_dir(dir);
	for (size_t i = 0; i < GROUPS; i++)
		free(text[i]);
	assert_true(packed < GROUPS * TEXT / 4);
	assert_true(hurried > packed + TEXT / 2);
}

static void test_refusals(void **state)
{
	struct warc_writer *w = NULL;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(warc_writer_open("/nowhere/spool", "test", &w, &e), ERR_NOT_FOUND);
	assert_null(w);
	warc_writer_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_packing),
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_refusals),
	};

	return cmocka_run_group_tests_name("warc_write", tests, NULL, NULL);
}
