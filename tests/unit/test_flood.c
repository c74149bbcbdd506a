/*
 * Which rows flood: the hour, the lines that they hang on, the larger flood first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "matcher/match.h"
#include "office/flood.h"

#define TIMES_MAX 300

static void test_hour(void **state)
{
	static const int64_t times[] = {0, 10, 3599, 3600, 9000, 9001, 9002, 20000};
	static const bool want[] = {true, true, true, true, true, true, true, false};
	bool in[8] = {false};

	(void)state;
	assert_int_equal(flood_mark(times, 8, 2, in), 7);
	assert_memory_equal(in, want, sizeof want);
	memset(in, 0, sizeof in);
	assert_int_equal(flood_mark(times, 8, 3, in), 0);
	assert_int_equal(flood_mark(times, 0, 1, in), 0);
}

/* The definition, tried at every window. */
static size_t mark_slowly(const int64_t *t, size_t n, int64_t limit, bool *in)
{
	size_t marked = 0;

	for (size_t i = 0; i < n; i++) {
		size_t to = i;
		while (to < n && t[to] < t[i] + FLOOD_SECONDS)
			to++;
		for (size_t k = i; (int64_t)(to - i) > limit && k < to; k++)
			in[k] = true;
	}
	for (size_t i = 0; i < n; i++)
		marked += in[i];
	return marked;
}

static int by_time(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void test_random_hours(void **state)
{
	int64_t t[TIMES_MAX], copy[TIMES_MAX];

	(void)state;
	srand(3);
	for (int round = 0; round < 2000; round++) {
		bool fast[TIMES_MAX] = {false}, slow[TIMES_MAX] = {false};
		size_t n = (size_t)rand() % TIMES_MAX;
		int64_t limit = 1 + rand() % 20;
		for (size_t i = 0; i < n; i++)
			copy[i] = t[i] = rand() % 100000;
		qsort(t, n, sizeof *t, by_time);
		size_t want = mark_slowly(t, n, limit, slow);
		assert_int_equal(flood_mark(t, n, limit, fast), want);
		assert_memory_equal(fast, slow, sizeof fast);
		assert_int_equal(flood_is_possible(copy, n, limit), want > 0);
	}
}

/* A queue of n rows of one alert each that hits `a` with 3 points and, where both[i], `b`. */
struct sample {
	struct line_row row[TIMES_MAX];
	struct line_alert alert[TIMES_MAX];
	struct line_hit hits[TIMES_MAX][2];
	struct line_queue q;
	struct arena *arena;
};

static void fill(struct sample *s, size_t n)
{
	memset(s, 0, sizeof *s);
	s->arena = arena_new(ARENA_MAX_DEFAULT);
	for (size_t i = 0; i < n; i++) {
		s->hits[i][0] = (struct line_hit){LINE_HITS_MAIN, 5, "甲 3分", 3};
		s->hits[i][1] = (struct line_hit){"local.d/x.conf", 7, "乙 3分", 3};
		s->alert[i] = (struct line_alert){.id = (int64_t)i,
			.score = 3,
			.threshold = 3,
			.topic = "欠薪欠资",
			.code = "wage",
			.rules_hash = "3fa9c1",
			.hits = s->hits[i],
			.hit_count = 1};
		s->row[i] = (struct line_row){.story = (int64_t)i + 1,
			.raised_at = 1000 + (int64_t)i,
			.grade = GRADE_GENERAL,
			.taken_by = "",
			.taken_name = "",
			.first = i,
			.count = 1};
	}
	s->q = (struct line_queue){s->row, s->alert, n, n};
}

static struct floods find(struct sample *s, int64_t limit)
{
	struct floods f;
	struct err e = {ERR_OK, ""};

	assert_int_equal(flood_find(&s->q, NULL, limit, 2000, s->arena, &f, &e), ERR_OK);
	return f;
}

static void test_limit(void **state)
{
	static struct sample s;
	struct floods f;

	(void)state;
	fill(&s, 50);
	assert_int_equal(find(&s, 50).count, 0);
	arena_free(s.arena);
	fill(&s, 51);
	f = find(&s, 50);
	assert_int_equal(f.count, 1);
	assert_int_equal(f.flood[0].count, 51);
	assert_int_equal(f.flood[0].recent, 51);
	assert_int_equal(f.flood[0].first, 1000);
	assert_int_equal(f.flood[0].last, 1050);
	assert_string_equal(f.flood[0].line.place, "keywords.conf:5");
	assert_string_equal(f.flood[0].line.rule, "甲 3分");
	assert_ptr_equal(flood_of(&f, 51), &f.flood[0]);
	assert_null(flood_of(&f, 52));
	arena_free(s.arena);
}

static void test_who_stays(void **state)
{
	static struct sample s;
	struct floods f;

	(void)state;
	fill(&s, 60);
	s.row[0].grade = GRADE_MAJOR;
	s.row[1].again = true;
	s.row[2].told = true;
	s.row[3].orders = true;
	s.row[4].taken_by = "uid:1";
	s.alert[5].hit_count = 2; /* the other line suffices */
	s.alert[5].score = 6;
	s.row[6].count = 2; /* two topics */
	s.alert[7].code = "other"; /* the same words under another topic are another line */
	s.row[8].raised_at = -100000;
	f = find(&s, 10);
	assert_int_equal(f.count, 1);
	assert_int_equal(f.flood[0].count, 51);
	for (int64_t story = 1; story <= 9; story++)
		assert_null(flood_of(&f, story));
	arena_free(s.arena);
}

/* Rows that need both lines go with the larger flood; what is left of the other is weighed
 * without them. */
static void test_two_lines(void **state)
{
	static struct sample s;
	struct floods f;

	(void)state;
	fill(&s, 60);
	for (size_t i = 0; i < 60; i++) {
		s.alert[i].threshold = 6;
		s.alert[i].score = 6;
		s.alert[i].hit_count = 2;
	}
	f = find(&s, 50);
	assert_int_equal(f.count, 1);
	assert_int_equal(f.flood[0].count, 60);
	for (size_t i = 0; i < 20; i++) {
		s.alert[i].threshold = 3;
		s.alert[i].score = 3;
		s.alert[i].hits++;
		s.alert[i].hit_count = 1;
	}
	f = find(&s, 10);
	assert_int_equal(f.count, 1); /* all hang on the second */
	assert_string_equal(f.flood[0].line.rule, "乙 3分");
	assert_string_equal(f.flood[0].line.place, "local.d/x.conf:7");
	for (size_t i = 0; i < 15; i++)
		s.alert[i].hits--;
	f = find(&s, 10);
	assert_int_equal(f.count, 1); /* 55 by the first, five left for the second */
	assert_int_equal(f.flood[0].count, 55);
	assert_null(flood_of(&f, 16));
	f = find(&s, 4);
	assert_int_equal(f.count, 2);
	assert_int_equal(f.flood[1].count, 5);
	arena_free(s.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hour),
		cmocka_unit_test(test_random_hours),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_who_stays),
		cmocka_unit_test(test_two_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
