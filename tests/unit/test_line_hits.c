/*
 * Stored reasons: the short way reads what a JSON tree reads, and what an alert hangs on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "matcher/match.h"
#include "office/line_hits.h"

static void same(const char *why)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct line_hit *x, *y;
	size_t n = 0, m = 0;
	struct err e = {ERR_OK, ""};
	enum err_code rx = line_hits_read(why, a, &x, &n, &e);
	enum err_code ry = line_hits_read_tree(why, a, &y, &m, &e);

	if (rx != ry || (!rx && n != m))
		fail_msg("%s: %d %zu, tree %d %zu", why, (int)rx, n, (int)ry, m);
	for (size_t i = 0; !rx && i < n; i++)
		if (strcmp(x[i].file, y[i].file) || strcmp(x[i].rule, y[i].rule) ||
			x[i].line != y[i].line || x[i].points != y[i].points)
			fail_msg("%s: hit %zu: %s:%lld %s %lld, tree %s:%lld %s %lld", why, i,
				x[i].file, (long long)x[i].line, x[i].rule, (long long)x[i].points,
				y[i].file, (long long)y[i].line, y[i].rule, (long long)y[i].points);
	arena_free(a);
}

#define SPAN "{\"field\":\"text\",\"start\":0,\"end\":2}"

static void test_forms(void **state)
{
	static const char *const all[] = {"", "[]", "[", "]", "[]x", "{}", "null", "[1]", "[{}]",
		"[{\"line\":3,\"rule\":\"a\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":3,\"rule\":\"a\",\"points\":-12,\"spans\":[" SPAN "]}]",
		"[{\"line\":3,\"rule\":\"a\",\"points\":1,\"spans\":[" SPAN "," SPAN "]}",
		"[{\"line\":03,\"rule\":\"a\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":-0,\"rule\":\"a\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":3.5,\"rule\":\"a\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":123456789012345678,\"rule\":\"a\",\"points\":1,\"spans\":[]}]",
		"[{\"file\":\"x\",\"line\":3,\"rule\":\"\\\\d\\\"\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":3,\"rule\":\"ends in \\\\\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":3,\"rule\":\"ends in \\\"\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":3,\"rule\":\"\\u4e2d\\n\\/\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":3,\"rule\":\"\",\"points\":1,\"spans\":[]}]",
		"[{\"line\":3,\"rule\":\"a,\",\"points\":1}]", "[{\"rule\":\"a\",\"line\":3}]",
		" [ {\"line\" : 3} ]", "[{\"line\":3,\"rule\":\"a\",\"points\":1,\"spans\":[]},]"};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		same(all[i]);
}

static void add_random_rule(struct buf *b)
{
	static const char *const pieces[] = {"拖欠", "\\d", "\"", "/", "\\\\", "a", " ", "~12",
		"\\\"", "{", "[", "]}", ",\"rule\":\"", "\t", "\xe2\x80\xae"};

	for (int i = rand() % 6; i > 0; i--)
		buf_add_str(b, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
}

/* As match_add_why_json() writes it, and with one byte changed. */
static void test_random(void **state)
{
	(void)state;
	srand(11);
	for (int round = 0; round < 20000; round++) {
		static const struct match_span spans[] = {
			{MATCH_TITLE, 0, 3}, {MATCH_TEXT, 9, 1200}, {MATCH_SOURCE, 1, 2}};
		struct match_hit hits[4];
		struct buf rule[4], why;
		struct match_topic t = {.hits = hits, .hit_count = (size_t)rand() % 5};
		for (size_t i = 0; i < t.hit_count; i++) {
			buf_init(&rule[i], 4096);
			add_random_rule(&rule[i]);
			hits[i] = (struct match_hit){.file = "local.d/某市.conf",
				.overlay = rand() % 2,
				.line = rand() % 5000,
				.rule = buf_str(&rule[i]),
				.points = rand() % 20 - 9,
				.spans = spans,
				.span_count = (size_t)rand() % 4};
		}
		buf_init(&why, 1 << 16);
		match_add_why_json(&why, &t);
		same(buf_str(&why));
		char *byte = &why.data[(size_t)rand() % why.len];
		if (*byte > 0) /* what is stored is valid UTF-8 */
			*byte = "\"\\{}[],:019ax"[rand() % 13];
		same(buf_str(&why));
		buf_fini(&why);
		for (size_t i = 0; i < t.hit_count; i++)
			buf_fini(&rule[i]);
	}
}

static void test_needs(void **state)
{
	const struct line_hit hits[] = {{"k", 1, "拖欠 3分", 3}, {"k", 2, "讨薪 2分", 2},
		{"k", 3, "-(结清) 1分", -1}, {"k", 4, "会议 1分", -1}, {"k", 5, "+(工人)", 0},
		{"k", 6, "＋农民工", 0}, {"l", 9, "拖欠 3分", 3}};

	(void)state;
	assert_true(line_hits_needs(hits, 1, "拖欠 3分", 3, 3));
	assert_true(line_hits_needs(hits, 2, "拖欠 3分", 5, 3));
	assert_false(line_hits_needs(hits, 2, "拖欠 3分", 5, 2));
	assert_false(line_hits_needs(hits, 2, "讨薪 2分", 5, 3));
	assert_true(line_hits_needs(hits, 2, "讨薪 2分", 5, 4)); /* both together */
	assert_true(line_hits_needs(hits, 2, "拖欠 3分", 5, 4));
	assert_false(line_hits_needs(hits, 2, "拖欠 3分", 5, 0)); /* not known: 1 */
	assert_true(line_hits_needs(hits, 1, "拖欠 3分", 3, 0));
	assert_false(line_hits_needs(hits, 4, "-(结清) 1分", 3, 3)); /* takes, brings nothing */
	assert_false(line_hits_needs(hits, 4, "会议 1分", 3, 3));
	assert_true(line_hits_needs(hits, 4, "讨薪 2分", 3, 3));
	assert_true(line_hits_needs(hits, 5, "+(工人)", 3, 3)); /* the only + line */
	assert_false(line_hits_needs(hits, 6, "+(工人)", 3, 3));
	assert_false(line_hits_needs(hits, 6, "没有这行", 3, 3));
	assert_true(line_hits_needs(hits + 6, 1, "拖欠 3分", 3, 3));
	assert_true(line_hits_needs(hits, 7, "拖欠 3分", 6, 3)); /* twins are one line */
	assert_true(line_hits_weakens(&hits[3]));
	assert_false(line_hits_weakens(&hits[2]));
	assert_false(line_hits_weakens(&hits[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_needs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
