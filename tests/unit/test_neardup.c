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
#include "base/utf8.h"
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
	/* Blanks beside Han characters are none, wherever they stand. */
	assert_true(similarity(w, "第 十 二　批共 二 十 三 人", "第12批共23人", NULL) == 1);
	assert_int_equal(neardup_size(text(w, "甲 乙 ab c 丙12 3丁")), 8);
	assert_int_equal(neardup_size(text(w, "甲<b x=\"某 某\">乙&a b;丙")), 3);
	assert_int_equal(neardup_size(text(w, "甲乙丙。 责编 某某。 丁")), 4);
	assert_int_equal(neardup_size(text(w, "甲乙丙。责 编某某。丁")), 8);
	assert_true(similarity(w, "第一批第二批第三批第四批第五批第六批第七批第八批第九批第十批",
			    "第1批第2批第3批第4批第5批第6批第7批第8批第9批第10批", NULL) == 1);
	assert_true(similarity(w, "两百人，一千零三户，二〇一六年", "200人，1003户，2016年",
			    NULL) == 1);
	/* Characters of other scripts and blocks are tokens too, marks are none. */
	assert_int_equal(neardup_size(text(w, "人々〡⺀㐀ひカ한𠀀")), 9);
	assert_int_equal(neardup_size(text(w, "“甲”—《乙》·（丙）、【丁】〜…→☆")), 4);
	/* Numerals that count nothing are characters, and so are the first of too many. */
	assert_int_equal(neardup_size(text(w, "三千宠爱")), 4);
	assert_int_equal(neardup_size(text(w, "一二三四五六七八九一二三人")), 9);
}

/* Each word of boilerplate takes its sentence with it, and none is one by half. */
static void test_boilerplate(void **state)
{
	static const char *const idle[] = {"原标题", "责编", "编辑:某某", "来源：某报", "扫一扫",
		"二维码在此", "下一篇", "不代表本站", "虚假记载", "打印本页", "特此公告",
		"现将有关情况回复如下"};
	static const char *const not [] = {"原标", "编辑某某", "来源某报", "扫一下", "二维",
		"下一回", "不代表", "特此公告2", "现将有关情况回复"};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof idle / sizeof *idle; i++) {
		const char *s = arena_printf(w->arena, "甲乙。今日%s。丙。", idle[i]);
		assert_int_equal(neardup_size(text(w, s)), 3);
	}
	for (size_t i = 0; i < sizeof not / sizeof *not ; i++) {
		const char *s = arena_printf(w->arena, "甲乙。今日%s。丙。", not [i]);
		assert_true(neardup_size(text(w, s)) > 5);
	}
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
	neardup_sketch(text(w, fire), &whole);
	neardup_sketch(text(w, third), &part);
	neardup_sketch(text(w, "另一段不相干的文字，说的是邻县的桥，长短倒也差不多。"), &far);
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
	neardup_sketch(text(w, buf_str(&b)), &far);
	buf_fini(&b);
	assert_true(far.count > 8 && far.count < NEARDUP_SKETCH_MAX);
	for (size_t k = 1; k < far.count; k++)
		assert_true(far.value[k - 1] < far.value[k]);
	neardup_sketch(text(w, "太短的话"), &part);
	assert_int_equal(part.count, 0);
	assert_true(neardup_sketch_contained(&whole, &part) == 0);
}

/* --- the short ways against the long ones --- */

static uint64_t next(uint64_t *seed)
{
	uint64_t z = (*seed += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* n characters, each of `kinds`, none of which is read as another or as a numeral. */
static void make_cp(uint64_t *seed, uint32_t *cp, size_t n, uint64_t kinds)
{
	for (size_t i = 0; i < n;) {
		uint32_t to = 0, c = 0x6000 + (uint32_t)(next(seed) % kinds); /* 怀 and on */
		if (normalise_code_point(c, &to, 1) == 1 && to == c)
			cp[i++] = c;
	}
}

static void add_cp(struct buf *b, const uint32_t *cp, size_t n)
{
	for (size_t i = 0; i < n; i++)
		utf8_add(b, cp[i]);
}

/* The value of a run as it stands in every ledger: SplitMix64 over its characters. */
static uint64_t run_value(const uint32_t *cp)
{
	uint64_t h = 0, seed;

	for (int i = 0; i < NEARDUP_RUN; i++) {
		seed = h + cp[i];
		h = next(&seed);
	}
	return h >> 24;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

#define LENGTH_MAX 3000

/* All values, sorted, each once, the first of them. */
static void sketch_plainly(const uint32_t *cp, size_t n, struct neardup_sketch *out)
{
	static uint64_t value[LENGTH_MAX];
	size_t runs = n - NEARDUP_RUN + 1;

	for (size_t i = 0; i < runs; i++)
		value[i] = run_value(cp + i);
	qsort(value, runs, sizeof *value, by_value);
	out->count = 0;
	for (size_t i = 0; i < runs && out->count < NEARDUP_SKETCH_MAX; i++)
		if (i == 0 || value[i] != value[i - 1])
			out->value[out->count++] = value[i];
}

static void assert_same_sketch(const struct neardup_sketch *x, const struct neardup_sketch *y)
{
	assert_int_equal(x->count, y->count);
	assert_memory_equal(x->value, y->value, x->count * sizeof *x->value);
}

/* Of a text of few kinds of characters, or made of one passage, most runs repeat others. */
static void test_sketches_of_any_text(void **state)
{
	static const uint64_t kinds[] = {2, 4, 9, 2000};
	struct world *w = *state;
	uint32_t cp[LENGTH_MAX];
	uint64_t seed = 7;
	struct neardup_sketch got, want;
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	for (int i = 0; i < 600; i++) {
		size_t n = 13 + next(&seed) % (i % 3 ? 700 : LENGTH_MAX - 13);
		make_cp(&seed, cp, n, kinds[next(&seed) % 4]);
		for (size_t k = 200 + next(&seed) % 400; i % 4 == 0 && k < n; k++)
			cp[k] = cp[k % 200];
		buf_clear(&b);
		add_cp(&b, cp, n);
		arena_reset(w->arena);
		neardup_sketch(text(w, buf_str(&b)), &got);
		sketch_plainly(cp, n, &want);
		assert_same_sketch(&got, &want);
	}
	buf_fini(&b);
}

/* Every ledger holds such values: they may never become others. */
static void test_stored_values(void **state)
{
	struct world *w = *state;
	struct neardup_sketch s;
	uint64_t sum = 0;

	neardup_sketch(text(w, fire), &s);
	assert_int_equal(s.count, NEARDUP_SKETCH_MAX);
	assert_int_equal(s.value[0], UINT64_C(0x39C96D739));
	assert_int_equal(s.value[1], UINT64_C(0x3CC0041D1));
	assert_int_equal(s.value[63], UINT64_C(0x9522D24FF5));
	for (size_t i = 0; i < s.count; i++)
		sum = sum * 31 + s.value[i];
	assert_true(sum == UINT64_C(0xB90297973AEFFB57));
}

static void make_sketch(uint64_t *seed, uint64_t space, struct neardup_sketch *s)
{
	uint64_t at = 0;

	s->count = next(seed) % 4 ? NEARDUP_SKETCH_MAX : next(seed) % (NEARDUP_SKETCH_MAX + 1);
	for (size_t i = 0; i < s->count; i++)
		s->value[i] = at += 1 + next(seed) % space;
}

/* Of the values up to where both list everything, the share of the one that has fewer. */
static double contained_plainly(const struct neardup_sketch *x, const struct neardup_sketch *y)
{
	uint64_t hx = x->count < NEARDUP_SKETCH_MAX ? UINT64_MAX : x->value[x->count - 1];
	uint64_t hy = y->count < NEARDUP_SKETCH_MAX ? UINT64_MAX : y->value[y->count - 1];
	uint64_t limit = hx < hy ? hx : hy;
	size_t nx = 0, ny = 0, shared = 0;

	for (size_t i = 0; i < x->count; i++) {
		nx += x->value[i] <= limit;
		for (size_t j = 0; j < y->count; j++)
			shared += x->value[i] == y->value[j];
	}
	for (size_t j = 0; j < y->count; j++)
		ny += y->value[j] <= limit;
	nx = nx < ny ? nx : ny;
	return nx ? (double)shared / (double)nx : 0;
}

static void test_estimates(void **state)
{
	static const uint64_t spaces[] = {1, 2, 3, 40, 5000, UINT64_C(1) << 33};
	unsigned char bytes[NEARDUP_BYTES_MAX + NEARDUP_VALUE_SIZE];
	struct neardup_sketch x, y;
	struct neardup_seen seen;
	uint64_t seed = 11;
	double stored;
	size_t n;

	(void)state;
	for (int i = 0; i < 30000; i++) {
		make_sketch(&seed, spaces[next(&seed) % 6], &x);
		make_sketch(&seed, spaces[next(&seed) % 6], &y);
		assert_true(neardup_sketch_contained(&x, &y) == contained_plainly(&x, &y));
		assert_true(neardup_sketch_contained(&x, &x) == (x.count ? 1 : 0));
		neardup_seen_make(&seen, &x);
		n = neardup_sketch_write(&y, bytes);
		assert_true(neardup_seen_contained(&seen, bytes, n, &stored));
		assert_true(stored == contained_plainly(&x, &y));
	}
	assert_false(neardup_seen_contained(&seen, bytes, 4, &stored));
	assert_false(neardup_seen_contained(&seen, bytes, sizeof bytes, &stored));
	memcpy(bytes, "\2\0\0\0\0\1\0\0\0\0", 10); /* descending */
	assert_false(neardup_seen_contained(&seen, bytes, 10, &stored));
}

/* --- many look-ups in the same memory --- */

/* A copy of s: some characters gone, some others, a remark in front now and then. */
static void edit(uint64_t *seed, const char *s, struct buf *out)
{
	size_t n = strlen(s), from = utf8_floor(s, next(seed) % n), end;

	end = utf8_floor(s, from + next(seed) % (n - from + 1));
	if (next(seed) % 3 == 0)
		buf_add_str(out, "据某报报道：");
	buf_add(out, s, from);
	buf_add_str(out, next(seed) % 2 ? "" : "　　第12批某某县，");
	if (next(seed) % 4)
		buf_add_str(out, s + end);
}

static void test_look(void **state)
{
	struct world *w = *state;
	struct neardup_look *l = neardup_look_new(w->table);
	const struct neardup_text *t;
	struct neardup_sketch got, want;
	uint64_t seed = 3;
	struct buf a, b;
	double there;

	assert_non_null(l);
	buf_init(&a, BUF_MAX_DEFAULT);
	buf_init(&b, BUF_MAX_DEFAULT);
	for (int i = 0; i < 500; i++) {
		buf_clear(&a);
		buf_clear(&b);
		arena_reset(w->arena);
		edit(&seed, next(&seed) % 2 ? fire : other, &a);
		edit(&seed, fire, &b);
		assert_int_equal(neardup_look_take(l, buf_str(&a), a.len, &t, &w->e), ERR_OK);
		assert_int_equal(neardup_size(t), neardup_size(text(w, buf_str(&a))));
		neardup_sketch(t, &got);
		neardup_sketch(text(w, buf_str(&a)), &want);
		assert_same_sketch(&got, &want);
		assert_int_equal(
			neardup_look_compare(l, buf_str(&b), b.len, &there, &w->e), ERR_OK);
		assert_true(there == similarity(w, buf_str(&a), buf_str(&b), NULL));
		assert_int_equal(
			neardup_look_compare(l, buf_str(&a), a.len, &there, &w->e), ERR_OK);
		assert_true(there == (neardup_size(t) ? 1 : 0));
	}
	buf_fini(&a);
	buf_fini(&b);
	neardup_look_free(l);
	neardup_look_free(NULL);
}

/* What the rules read is read once: two fields side by side are the text of both. */
static void test_look_at_what_was_read(void **state)
{
	struct world *w = *state;
	struct neardup_look *l = neardup_look_new(w->table);
	const struct neardup_text *t;
	struct neardup_sketch got, want;
	struct shadow x, y;
	uint64_t seed = 5;
	struct buf a, b;

	buf_init(&a, BUF_MAX_DEFAULT);
	buf_init(&b, BUF_MAX_DEFAULT);
	normalise_shadow_init(&x);
	normalise_shadow_init(&y);
	for (int i = 0; i < 300; i++) {
		buf_clear(&a);
		buf_clear(&b);
		edit(&seed, i % 2 ? "凯·里③市Ａ\xCC\x81 " : other, &a);
		edit(&seed, i % 3 ? fire : "\xCC\x81·火_灾 原标题：１２号令。相关阅读：火灾", &b);
		assert_int_equal(normalise_read(w->table, buf_str(&a), a.len, &x, &w->e), ERR_OK);
		assert_int_equal(normalise_read(w->table, buf_str(&b), b.len, &y, &w->e), ERR_OK);
		assert_int_equal(neardup_look_take_read(l, &x, &y, &t, &w->e), ERR_OK);
		neardup_sketch(t, &got);
		buf_add_char(&a, '\n');
		buf_add(&a, buf_str(&b), b.len);
		arena_reset(w->arena);
		assert_int_equal(neardup_size(t), neardup_size(text(w, buf_str(&a))));
		neardup_sketch(text(w, buf_str(&a)), &want);
		assert_same_sketch(&got, &want);
	}
	normalise_shadow_fini(&x);
	normalise_shadow_fini(&y);
	buf_fini(&a);
	buf_fini(&b);
	neardup_look_free(l);
}

static void test_look_at_nothing(void **state)
{
	struct world *w = *state;
	struct neardup_look *l = neardup_look_new(NULL);
	size_t n = NORMALISE_INPUT_MAX + 1;
	char *s = calloc(n, 1);
	const struct neardup_text *t;
	double there = 9;

	assert_non_null(s);
	assert_int_equal(neardup_look_take(l, fire, strlen(fire), &t, &w->e), ERR_OK);
	assert_int_equal(neardup_look_compare(l, s, n, &there, &w->e), ERR_LIMIT);
	/* What could not be taken is nothing, not what was taken before. */
	assert_int_equal(neardup_look_take(l, s, n, &t, &w->e), ERR_LIMIT);
	assert_int_equal(neardup_size(t), 0);
	assert_int_equal(neardup_look_compare(l, fire, strlen(fire), &there, &w->e), ERR_OK);
	assert_true(there == 0);
	assert_int_equal(neardup_look_take(l, "。！", strlen("。！"), &t, &w->e), ERR_OK);
	assert_int_equal(neardup_look_compare(l, "。！", strlen("。！"), &there, &w->e), ERR_OK);
	assert_true(there == 0);
	free(s);
	neardup_look_free(l);
}

/* --- limits --- */

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
		T(test_boilerplate),
		T(test_sketch),
		T(test_sketches_of_any_text),
		T(test_stored_values),
		T(test_estimates),
		T(test_look),
		T(test_look_at_what_was_read),
		T(test_look_at_nothing),
		T(test_a_monotonous_text),
		T(test_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
