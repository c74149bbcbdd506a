/*
 * Blanked records: gone, of the same length, and every other record stands where it stood.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/path.h"
#include "crawler/warc.h"
#include "crawler/warc_blank.h"
#include "crawler/warc_check.h"

#define RECORDS 4
#define SECRET "secret words of somebody"

struct file {
	char dir[64], path[512];
	uint64_t offsets[64];
	char ids[64][64];
	int types[64];
	size_t count;
	struct err e;
};

static void on_finding(void *arg, const struct warc_finding *f)
{
	if (f->damage)
		snprintf(arg, 400, "%llu %s", (unsigned long long)f->offset, f->text);
}

/* Bodies of quite different sizes, the last over one stored block. */
static void write_file(struct file *f)
{
	static const size_t sizes[RECORDS] = {10, 300, 70000, 200000};
	struct warc_writer *w;
	struct buf body;

	assert_int_equal(warc_writer_open(f->dir, "test", &w, &f->e), ERR_OK);
	buf_init(&body, 1 << 20);
	for (int i = 0; i < RECORDS; i++) {
		static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
		struct warc_exchange x = {.url = "http://a.example/",
			.date = 1700000000 + i,
			.request = "GET / HTTP/1.1\r\n\r\n",
			.request_size = 18,
			.headers = head,
			.headers_size = sizeof head - 1,
			.body_fd = -1,
			.meta = {.kind = "feed", .source = "a", .cert_expires = INT64_MIN}};
		buf_clear(&body);
		buf_add_str(&body, SECRET);
		while (body.len < sizes[i]) /* hard to pack */
			buf_addf(&body, "%lx", (unsigned long)(body.len * 2654435761UL));
		x.body = body.data;
		x.body_size = body.len;
		assert_int_equal(warc_writer_add(w, &x, &f->e), ERR_OK);
	}
	assert_int_equal(warc_writer_finish(w, &f->e), ERR_OK);
	warc_writer_close(w);
	buf_fini(&body);
}

static void read_offsets(struct file *f)
{
	struct warc_reader *r;
	struct warc_record rec;

	f->count = 0;
	assert_int_equal(warc_reader_open(f->path, &r, &f->e), ERR_OK);
	while (warc_reader_next(r, &rec, &f->e) == ERR_OK) {
		f->offsets[f->count] = rec.offset;
		snprintf(f->ids[f->count], 64, "%s", rec.id);
		f->types[f->count++] = (int)rec.type;
	}
	warc_reader_close(r);
}

static int setup(void **state)
{
	struct file *f = calloc(1, sizeof *f);
	char command[700];
	FILE *p;

	strcpy(f->dir, "/tmp/huiying-blank.XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	write_file(f);
	snprintf(command, sizeof command, "ls %s/*.warc.gz", f->dir);
	p = popen(command, "r");
	if (!p || !fgets(f->path, sizeof f->path, p))
		return -1;
	pclose(p);
	f->path[strcspn(f->path, "\n")] = '\0';
	read_offsets(f);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct file *f = *state;

	chmod(f->path, 0600);
	unlink(f->path);
	rmdir(f->dir);
	free(f);
	return 0;
}

static int held(struct file *f)
{
	struct warc_reader *r;
	struct warc_record rec;
	int n = 0;

	assert_int_equal(warc_reader_open(f->path, &r, &f->e), ERR_OK);
	while (warc_reader_next(r, &rec, &f->e) == ERR_OK)
		n += memmem(rec.block, rec.block_size, SECRET, strlen(SECRET)) != NULL;
	warc_reader_close(r);
	return n;
}

static void test_each_record(void **state)
{
	struct file *f = *state, before = *f;
	struct warc_tally tally;
	char finding[400] = "";
	int left = RECORDS;

	assert_int_equal(held(f), RECORDS);
	assert_int_equal(chmod(f->path, 0440), 0);
	for (size_t i = 0; i < before.count; i++) {
		struct stat st;
		struct warc_span s = {before.offsets[i], 0, before.ids[i]};
		if (before.types[i] != WARC_RESPONSE)
			continue;
		assert_int_equal(stat(f->path, &st), 0);
		s.end = i + 1 < before.count ? before.offsets[i + 1] : (uint64_t)st.st_size;
		assert_int_equal(warc_blank(f->path, &s, 1, &f->e), ERR_OK);
		assert_int_equal(held(f), --left);
		read_offsets(f);
		assert_int_equal(f->count, before.count);
		assert_memory_equal(f->offsets, before.offsets, sizeof f->offsets);
		assert_int_equal(f->types[i], WARC_OTHER);
		assert_int_equal(stat(f->path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0440);
	}
	assert_int_equal(left, 0);
	assert_int_equal(warc_check(f->path, NULL, on_finding, finding, &tally, &f->e), ERR_OK);
	if (tally.damages)
		fail_msg("%s", finding);
}

static void test_what_cannot_be(void **state)
{
	struct file *f = *state;
	struct hash before, after;
	struct warc_span bad[] = {
		{f->offsets[0], f->offsets[1], "a"}, {f->offsets[1] + 1, f->offsets[2], "b"}};
	struct warc_span small = {f->offsets[0], f->offsets[0] + 60, "a"};

	assert_int_equal(hash_file(f->path, &before, &f->e), ERR_OK);
	assert_int_equal(warc_blank(f->path, bad, 2, &f->e), ERR_INPUT);
	assert_int_equal(warc_blank(f->path, &small, 1, &f->e), ERR_LIMIT);
	assert_int_equal(hash_file(f->path, &after, &f->e), ERR_OK);
	assert_true(hash_eq(&before, &after));
	assert_int_equal(warc_blank("/nowhere/x", &small, 1, &f->e), ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_each_record, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_cannot_be, setup, teardown),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
