/*
 * Near-duplicates: verdicts that must not depend on the order, sketches and what they
 * keep, the limits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "matcher/neardup.h"

static const char fire[] =
	"11月23日2时40分许，某市龙场镇农贸市场东侧一排商铺发生火灾。接警后，市消防救援支队调派"
	"6辆消防车、32名消防员赶赴现场，4时15分明火被扑灭。经初步核查，火灾造成2人死亡、5人受伤，"
	"伤者已送市人民医院救治。过火面积约300平方米。起火原因正在调查。";
static const char other[] =
	"12月8日1时10分许，某市石桥镇工业园西侧一家具厂发生火灾。接警后，市消防救援支队调派"
	"9辆消防车、47名消防员赶赴现场，3时50分明火被扑灭。经初步核查，火灾造成1人死亡、3人受伤，"
	"伤者已送市人民医院救治。过火面积约800平方米。起火原因正在调查。";

struct world {
	struct normalise_table *table;
	struct arena *arena;
	struct err e;
};

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->table = normalise_table_new();
	w->arena = arena_new(ARENA_MAX_DEFAULT);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	normalise_table_free(w->table);
	arena_free(w->arena);
	free(w);
	return 0;
}

static const struct neardup_text *text(struct world *w, const char *s)
{
	const struct neardup_text *t;

	assert_int_equal(neardup_prepare(w->table, s, strlen(s), w->arena, &t, &w->e), ERR_OK);
	return t;
}

static double similarity(
	struct world *w, const char *x, const char *y, struct neardup_measure *measure)
{
	double there, back;
	const struct neardup_text *a = text(w, x), *b = text(w, y);

	assert_int_equal(neardup_compare(a, b, w->arena, &there, measure, &w->e), ERR_OK);
	assert_int_equal(neardup_compare(b, a, w->arena, &back, NULL, &w->e), ERR_OK);
	assert_true(there == back);
	assert_true(there >= 0 && there <= 1);
	return there;
}

static char *joined(struct world *w, const char *a, const char *b)
{
	return arena_printf(w->arena, "%s%s", a, b);
}

static void test_the_ends_of_the_scale(void **state)
{
	struct world *w = *state;

	assert_true(similarity(w, fire, fire, NULL) == 1);
	assert_true(similarity(w, fire, "与此事全无关系的另一段文字，说的是别的。", NULL) == 0);
	assert_true(similarity(w, "", "", NULL) == 0);
	assert_true(similarity(w, "。！？", "。！？", NULL) == 0);
}

static void test_tokens(void **state)
{
	struct world *w = *state;

	assert_int_equal(neardup_size(text(w, "共1,234.5元，ABC公司")), 6);
	assert_int_equal(neardup_size(text(w, "<p class=\"x\">甲&nbsp;乙</p>")), 2);
	/* Boilerplate goes, but a text of nothing else stays a text. */
	assert_int_equal(neardup_size(text(w, "甲乙丙。责任编辑：某某")), 3);
	assert_int_equal(neardup_size(text(w, "责任编辑：某某")), 6);
	/* What follows the links of a page is of other texts. */
	assert_int_equal(neardup_size(text(w, "甲乙丙丁戊己。\n相关阅读：\n某市开会")), 6);
	assert_int_equal(neardup_size(text(w, "第十二批")), 3);
	assert_true(similarity(w, "第十二批共二十三人", "第12批共23人", NULL) == 1);
	assert_true(similarity(w, "二〇二六年三月", "2026年03月", NULL) == 1);
}

static void test_what_a_copy_is(void **state)
{
	struct world *w = *state;
	struct neardup_measure m;

	assert_true(similarity(w, fire, joined(w, "据《某晚报》报道，", fire), &m) >= NEARDUP_SAME);
	assert_true(m.contained > 0.99);
	assert_int_equal(m.facts_other, 0);
	assert_true(similarity(w, fire, other, &m) < NEARDUP_SAME);
	assert_true(m.swaps_number > 3);
	assert_true(m.dates_other > 1);
}

static void test_sketch(void **state)
{
	struct world *w = *state;
	struct neardup_sketch whole, part, far, again;
	struct buf b;
	unsigned char bytes[NEARDUP_BYTES_MAX];
	char third[160];
	size_t n;

	memcpy(third, fire, 150);
	third[150] = '\0';
	assert_int_equal(neardup_sketch(text(w, fire), w->arena, &whole, &w->e), ERR_OK);
	assert_int_equal(neardup_sketch(text(w, third), w->arena, &part, &w->e), ERR_OK);
	assert_int_equal(
		neardup_sketch(text(w, "另一段不相干的文字，说的是邻县的桥，长短倒也差不多。"),
			w->arena, &far, &w->e),
		ERR_OK);
	assert_int_equal(whole.count, NEARDUP_SKETCH_MAX);
	for (size_t i = 1; i < whole.count; i++)
		assert_true(whole.value[i] > whole.value[i - 1]);
	assert_true(neardup_sketch_contained(&whole, &part) > 0.9);
	assert_true(neardup_sketch_contained(&whole, &far) < NEARDUP_SKETCH_LIKELY);
	n = neardup_sketch_write(&whole, bytes);
	assert_true(neardup_sketch_read(bytes, n, &again));
	assert_int_equal(again.count, whole.count);
	assert_memory_equal(again.value, whole.value, whole.count * sizeof *whole.value);
	assert_false(neardup_sketch_read(bytes, n - 1, &again));
	memset(bytes, 7, sizeof bytes);
	assert_false(neardup_sketch_read(bytes, 2 * NEARDUP_VALUE_SIZE, &again));
	/* A text that repeats itself: many runs of few values, ascending and each once. */
	buf_init(&b, 65536);
	for (int k = 0; k < 400; k++)
		buf_add_str(&b, k % 7 == 3 ? "路灯坏了没有人修，" : "桥面塌了，");
	assert_int_equal(neardup_sketch(text(w, buf_str(&b)), w->arena, &far, &w->e), ERR_OK);
	buf_fini(&b);
	assert_true(far.count > 8 && far.count < NEARDUP_SKETCH_MAX);
	for (size_t k = 1; k < far.count; k++)
		assert_true(far.value[k - 1] < far.value[k]);
	assert_int_equal(neardup_sketch(text(w, "太短的话"), w->arena, &part, &w->e), ERR_OK);
	assert_int_equal(part.count, 0);
	assert_true(neardup_sketch_contained(&whole, &part) == 0);
}

/* A text that repeats itself must not take time in the square of its length. */
static void test_a_monotonous_text(void **state)
{
	struct world *w = *state;
	struct buf a, b;

	buf_init(&a, BUF_MAX_DEFAULT);
	buf_init(&b, BUF_MAX_DEFAULT);
	for (int i = 0; i < 30000; i++) {
		buf_add_str(&a, "哈");
		buf_add_str(&b, i % 7 ? "哈" : "呵");
	}
	assert_int_equal(neardup_size(text(w, buf_str(&a))), NEARDUP_TOKENS_MAX);
	similarity(w, buf_str(&a), buf_str(&b), NULL);
	buf_fini(&a);
	buf_fini(&b);
}

static void test_limit(void **state)
{
	struct world *w = *state;
	const struct neardup_text *t;
	size_t n = NORMALISE_INPUT_MAX + 1;
	char *s = calloc(n, 1);

	assert_int_equal(neardup_prepare(w->table, s, n, w->arena, &t, &w->e), ERR_LIMIT);
	free(s);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_the_ends_of_the_scale),
		T(test_tokens),
		T(test_what_a_copy_is),
		T(test_sketch),
		T(test_a_monotonous_text),
		T(test_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
