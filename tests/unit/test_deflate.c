/*
 * test_deflate.c - what is packed, zlib unpacks: texts of every length, in pieces of every
 * length, into room of every length, one member after the other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <zlib.h>

#include "base/buf.h"
#include "base/deflate.h"

#define TEXT_MAX ((size_t)400000)

struct packer {
	struct deflate *d;
	struct buf out;
	char *text, *back;
	unsigned int seed;
};

static size_t roll(struct packer *p, size_t below)
{
	p->seed = p->seed * 1103515245u + 12345u;
	return (p->seed >> 8) % below;
}

static int start(void **state)
{
	struct packer *p = calloc(1, sizeof *p);

	*state = p;
	p->d = deflate_new();
	p->text = malloc(TEXT_MAX);
	p->back = malloc(TEXT_MAX + 1);
	p->seed = 7;
	buf_init(&p->out, 2 * TEXT_MAX);
	return p->d && p->text && p->back ? 0 : -1;
}

static int finish(void **state)
{
	struct packer *p = *state;

	deflate_free(p->d);
	deflate_free(NULL);
	buf_fini(&p->out);
	free(p->text);
	free(p->back);
	free(p);
	return 0;
}

/* `kinds` 256: noise; less: what repeats. */
static void make_text(struct packer *p, size_t n, size_t kinds)
{
	for (size_t i = 0; i < n; i++)
		p->text[i] =
			i > 50 && roll(p, 4) ? p->text[i - 1 - roll(p, 50)] : (char)roll(p, kinds);
}

static void add(struct packer *p, struct str piece, bool last, size_t room_max)
{
	unsigned char room[5000];
	size_t made, space;

	do {
		space = 1 + roll(p, room_max);
		made = deflate_add(p->d, &piece, last, room, space);
		assert_true(made <= space);
		buf_add(&p->out, room, made);
	} while (made == space);
	assert_int_equal(piece.n, 0);
}

static void pack(struct packer *p, size_t n, size_t piece_max, size_t room_max)
{
	buf_clear(&p->out);
	deflate_begin(p->d);
	for (size_t at = 0; at < n;) {
		size_t some = 1 + roll(p, piece_max);
		if (some > n - at)
			some = n - at;
		add(p, (struct str){p->text + at, some}, at + some == n && roll(p, 2), room_max);
		at += some;
	}
	add(p, (struct str){NULL, 0}, true, room_max);
	assert_int_equal(buf_check(&p->out, "test", NULL), ERR_OK);
}

/* It is one gzip member of just this text, with nothing behind it. */
static void expect_back(struct packer *p, size_t n)
{
	z_stream z;

	memset(&z, 0, sizeof z);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = (z_const Bytef *)p->out.data;
	z.avail_in = (uInt)p->out.len;
	z.next_out = (Bytef *)p->back;
	z.avail_out = (uInt)TEXT_MAX + 1;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.avail_in, 0);
	assert_int_equal(z.total_out, n);
	assert_memory_equal(p->back, p->text, n);
	inflateEnd(&z);
}

static void every_length(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 3, 10, 257, 258, 259, 1000, 32767, 32768, 32769,
		65535, 65536, 65537, 100000, TEXT_MAX};
	struct packer *p = *state;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (size_t kinds = 1; kinds <= 256; kinds *= 16) {
			make_text(p, sizes[i], kinds);
			pack(p, sizes[i], TEXT_MAX, 5000);
			expect_back(p, sizes[i]);
		}
	}
}

static void every_piece(void **state)
{
	struct packer *p = *state;

	for (int i = 0; i < 300; i++) {
		size_t n = roll(p, 1 + roll(p, 60000));
		make_text(p, n, 1 + roll(p, 256));
		pack(p, n, 1 + roll(p, 3000), 1 + roll(p, i % 5 ? 5000 : 9));
		expect_back(p, n);
	}
}

/* What was begun and left off does not get into the next. */
static void begun_anew(void **state)
{
	unsigned char room[100];
	struct packer *p = *state;
	struct str piece = {p->text, 50000};

	make_text(p, 50000, 200);
	deflate_begin(p->d);
	deflate_add(p->d, &piece, false, room, sizeof room);
	make_text(p, 3000, 3);
	pack(p, 3000, 100, 100);
	expect_back(p, 3000);
	assert_true(p->out.len < 1500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length),
		cmocka_unit_test(every_piece),
		cmocka_unit_test(begun_anew),
	};

	return cmocka_run_group_tests_name("deflate", tests, start, finish);
}
