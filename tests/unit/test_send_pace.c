/*
 * test_send_pace.c - requests in any 60 seconds, rests, and what a file keeps of them.
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

#include "base/path.h"
#include "crawler/send_pace.h"

#define NOW INT64_C(1795727684)

static const struct target group = {.name = "群", .a_minute = 3};
static const struct target other = {.name = "科长", .a_minute = 100000};

struct world {
	char dir[64];
	struct send_pace *pace;
};

static void begin(struct world *w)
{
	struct err e;

	snprintf(w->dir, sizeof w->dir, "/tmp/huiying-pace-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	assert_int_equal(send_pace_load(w->dir, &w->pace, &e), ERR_OK);
}

static void finish(struct world *w)
{
	char path[96];

	send_pace_free(w->pace);
	snprintf(path, sizeof path, "%s/.pace", w->dir);
	unlink(path);
	rmdir(w->dir);
}

static void again(struct world *w, int64_t now)
{
	struct err e;

	assert_int_equal(send_pace_save(w->pace, w->dir, now, &e), ERR_OK);
	send_pace_free(w->pace);
	assert_int_equal(send_pace_load(w->dir, &w->pace, &e), ERR_OK);
}

static void count(struct world *w, int64_t now)
{
	struct err e;

	assert_int_equal(send_pace_count(w->pace, &group, now, &e), ERR_OK);
}

/* At every second of ten minutes, whoever asks as often as it may never has more than three in
 * sixty seconds; and the run begins anew now and then. */
static void test_window(void **state)
{
	int64_t sent[601] = {0};
	struct world w;

	(void)state;
	begin(&w);
	for (int64_t i = 0; i <= 600; i++) {
		int64_t window = 0;
		while (send_pace_room(w.pace, &group, NOW + i) > 0) {
			count(&w, NOW + i);
			sent[i]++;
		}
		for (int64_t k = i > 59 ? i - 59 : 0; k <= i; k++)
			window += sent[k];
		assert_int_equal(window, 3);
		if (i % 37 == 0)
			again(&w, NOW + i);
	}
	finish(&w);
}

static void test_ready(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	count(&w, NOW);
	count(&w, NOW + 10);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 10), 1);
	assert_int_equal(send_pace_ready(w.pace, &group, NOW + 10), NOW + 10);
	count(&w, NOW + 20);
	assert_int_equal(send_pace_ready(w.pace, &group, NOW + 20), NOW + 60);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 59), 0);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 60), 1);
	assert_int_equal(send_pace_room(w.pace, &other, NOW + 20), 100000);
	/* The clock was set back: what lies ahead was counted by another one. */
	assert_int_equal(send_pace_room(w.pace, &group, NOW - 3600), 3);
	finish(&w);
}

static void test_rest(void **state)
{
	const struct receipt often = {.result = MESSAGE_RETRY, .status = 200, .retry_after = 600};
	const struct receipt silent = {.result = MESSAGE_UNKNOWN};
	const struct receipt fine = {.result = MESSAGE_SENT, .status = 200};
	const struct receipt for_ever = {
		.result = MESSAGE_RETRY, .status = 429, .retry_after = 86400};
	struct world w;

	(void)state;
	begin(&w);
	count(&w, NOW);
	send_pace_note(w.pace, &group, NOW, &often);
	again(&w, NOW);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 599), 0);
	assert_int_equal(send_pace_ready(w.pace, &group, NOW), NOW + 600);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 600), 3);
	assert_int_equal(send_pace_room(w.pace, &group, NOW - 7200), 3); /* set back */
	send_pace_note(w.pace, &group, NOW + 700, &silent);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 700), 3);
	send_pace_note(w.pace, &group, NOW + 700, &fine);
	send_pace_note(w.pace, &group, NOW + 701, &silent);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 701), 3);
	send_pace_note(w.pace, &group, NOW + 702, &silent);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 702), 0);
	assert_int_equal(send_pace_room(w.pace, &group, NOW + 762), 3);
	send_pace_note(w.pace, &group, NOW + 800, &for_ever);
	assert_int_equal(send_pace_ready(w.pace, &group, NOW + 800), NOW + 800 + 3600);
	finish(&w);
}

/* Whatever stands in the file, the pace can be had. */
static void test_file(void **state)
{
	static const char *const texts[] = {"", "{", "[]", "{\"targets\":7}",
		"{\"targets\":[{},{\"name\":7},{\"name\":\"群\",\"sent\":7}]}",
		"{\"targets\":[{\"name\":\"群\",\"sent\":[-1,5,1,-5,\"a\",\"b\",9]}]}",
		"{\"targets\":[{\"name\":\"群\",\"rest\":9223372036854775807}]}"};
	struct world w;
	char path[96];
	struct err e;

	(void)state;
	begin(&w);
	snprintf(path, sizeof path, "%s/.pace", w.dir);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(
			path_write_atomic(path, texts[i], strlen(texts[i]), 0600, &e), ERR_OK);
		send_pace_free(w.pace);
		assert_int_equal(send_pace_load(w.dir, &w.pace, &e), ERR_OK);
		assert_int_equal(send_pace_room(w.pace, &group, NOW), 3);
	}
	finish(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_ready),
		cmocka_unit_test(test_rest),
		cmocka_unit_test(test_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
