/* Comparing expressions: what is said to follow does, on random rules and texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/compare.h"
#include "matcher/eval.h"

#define LINES 14
#define TEXTS 40

struct dice {
	uint32_t state;
};

static uint32_t roll(struct dice *d, uint32_t n)
{
	d->state = d->state * 1664525u + 1013904223u;
	return (d->state >> 8) % n;
}

static struct rules *compile(const char *text)
{
	struct rules_file f = {"rules", text, strlen(text)};
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};

	if (rules_compile(&f, 1, &r, NULL, &e))
		fail_msg("%s\n%s", e.text, text);
	return r;
}

/* Two lines of one topic, compared. */
struct pair {
	struct rules *r;
	struct compare *c;
	const struct ruleset_line *a, *b;
};

static struct pair pair_of(const char *a, const char *b)
{
	struct pair p;
	char text[1000];

	snprintf(text, sizeof text, "[定义]\n列 = 讨薪 | 欠薪\n[x]\n%s\n%s\n", a, b);
	p.r = compile(text);
	p.c = compare_new(p.r);
	assert_non_null(p.c);
	p.a = &p.r->line[0];
	p.b = &p.r->line[1];
	return p;
}

static void pair_free(struct pair *p)
{
	compare_free(p->c);
	rules_free(p->r);
}

static bool follows(const char *a, const char *b)
{
	struct pair p = pair_of(a, b);
	bool yes = compare_implies(p.c, p.a->expr, p.a->fields, p.b->expr, p.b->fields);

	pair_free(&p);
	return yes;
}

static void test_follows(void **state)
{
	static const struct {
		const char *a, *b;
		bool want;
	} cases[] = {
		{"拖欠工资款", "拖欠工资", true},
		{"拖欠工资", "拖欠工资款", false},
		{"拖欠工資", "拖欠工资", true},
		{"讨薪 | 欠薪", "@列", true},
		{"@列", "欠薪 | 工资 | 讨薪", true},
		{"讨薪 | 工资", "@列", false},
		{"讨薪 工地", "工地", true},
		{"讨薪 ~5 工地", "工地 讨薪", true},
		{"讨薪 工地", "讨薪 ~5 工地", false},
		{"讨薪 ~5 工地", "工地 ~5 讨薪", true},
		{"讨薪 ~5 工地", "工地 ~8 (讨薪 | 欠薪)", true},
		{"讨薪 ~9 工地", "工地 ~8 讨薪", false},
		{"集体讨薪 ~5 工地", "讨薪 ~5 工地", false},
		{"标题: 讨薪", "讨薪", true},
		{"讨薪", "标题: 讨薪", false},
		{"P2P*", "P2P*", true},
		{"P2P", "P2P*", true},
		{"P2P*", "P2P", false},
		{"某P2P", "P2P", true},
		{"P2Pa", "P2P", false},
		{"xP2P", "P2P", false},
		{"/讨.薪/", "/讨.薪/", true},
		{"/讨.薪/ 工地", "/讨.薪/", true},
		{"/讨.薪/", "讨薪", false},
		{"(讨薪 工地) | 欠薪款", "欠薪 | 工地", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (follows(cases[i].a, cases[i].b) != cases[i].want)
			fail_msg("%s  =>  %s", cases[i].a, cases[i].b);
}

static bool same_spelling(const char *a, const char *b)
{
	struct pair p = pair_of(a, b);
	bool yes = strcmp(compare_spell(p.c, p.a->expr), compare_spell(p.c, p.b->expr)) == 0;

	pair_free(&p);
	return yes;
}

static void test_spelling(void **state)
{
	(void)state;
	assert_true(same_spelling("欠薪 | 讨薪", "討薪 | (欠薪 | 讨薪)"));
	assert_true(same_spelling("@列 工地", "工地 (讨薪 | 欠薪)"));
	assert_true(same_spelling("a ~3 b ~4 c", "C ~4 b ~3 A"));
	assert_true(same_spelling("ＡＢ", "ab"));
	assert_false(same_spelling("a ~3 b ~4 c", "c ~3 b ~4 a"));
	assert_false(same_spelling("欠薪 讨薪", "欠薪 | 讨薪"));
	assert_false(same_spelling("ab", "ab*"));
}

/* --- random rules ------------------------------------------------------------ */

static void add_word(struct buf *b, struct dice *d)
{
	static const char *const words[] = {"甲", "乙", "甲乙", "乙丙", "a", "ab", "a*", "ab*",
		"甲a", "甲乙丙", "/甲./", "@列"};

	buf_add_str(b, words[roll(d, sizeof words / sizeof *words)]);
}

static void add_list(struct buf *b, struct dice *d)
{
	uint32_t n = 1 + roll(d, 3);

	buf_add_str(b, "(");
	for (uint32_t i = 0; i < n; i++) {
		buf_add_str(b, i ? " | " : "");
		add_word(b, d);
	}
	buf_add_str(b, ")");
}

static void add_line(struct buf *b, struct dice *d)
{
	static const char *const fields[] = {"", "", "", "标题: ", "正文: "};
	uint32_t n = 1 + roll(d, 3);

	buf_add_str(b, fields[roll(d, 5)]);
	for (uint32_t i = 0; i < n; i++) {
		if (i && roll(d, 2))
			buf_addf(b, " ~%u ", roll(d, 4));
		else
			buf_add_str(b, i ? roll(d, 2) ? " | " : " " : "");
		add_list(b, d);
	}
	buf_add_char(b, '\n');
}

static void make_text(char *out, size_t size, struct dice *d)
{
	static const char *const parts[] = {"甲", "乙", "丙", "a", "b", " ", "。", "丁"};
	uint32_t n = roll(d, 12);

	out[0] = '\0';
	for (uint32_t i = 0; i < n; i++)
		strncat(out, parts[roll(d, 8)], size - strlen(out) - 1);
}

/* hit[text][line] */
static void judge(const struct rules *r, struct dice *d, bool hit[TEXTS][LINES])
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct eval v;

	assert_non_null(a);
	assert_int_equal(eval_init(&v, r, NULL), ERR_OK);
	for (size_t t = 0; t < TEXTS; t++) {
		char title[64], text[64];
		struct match_input in = {.title = title, .text = text};
		make_text(title, sizeof title, d);
		make_text(text, sizeof text, d);
		in.title_size = strlen(title);
		in.text_size = strlen(text);
		arena_reset(a);
		assert_int_equal(eval_begin(&v, &in, a, NULL), ERR_OK);
		for (size_t i = 0; i < r->line_count; i++)
			hit[t][i] = eval_expr(&v, r->line[i].expr, r->line[i].fields) == EVAL_YES;
	}
	eval_fini(&v);
	arena_free(a);
}

static size_t check_pair(struct compare *c, const struct rules *r, bool hit[TEXTS][LINES], size_t i,
	size_t k, const char *text)
{
	const struct ruleset_line *a = &r->line[i], *b = &r->line[k];
	bool yes = compare_implies(c, a->expr, a->fields, b->expr, b->fields);
	bool same = a->fields == b->fields &&
		    strcmp(compare_spell(c, a->expr), compare_spell(c, b->expr)) == 0;

	for (size_t t = 0; t < TEXTS; t++)
		if ((yes && hit[t][i] && !hit[t][k]) || (same && hit[t][i] != hit[t][k]))
			fail_msg("line %d does not follow from line %d in\n%s", b->number,
				a->number, text);
	return yes && i != k;
}

static void test_random(void **state)
{
	struct dice d = {20261126};
	size_t pairs = 0;

	(void)state;
	for (int round = 0; round < 300; round++) {
		static bool hit[TEXTS][LINES];
		struct rules *r;
		struct compare *c;
		struct buf b;
		buf_init(&b, 1 << 16);
		buf_add_str(&b, "[定义]\n列 = 乙 | 丙\n[x]\n");
		for (int i = 0; i < LINES; i++)
			add_line(&b, &d);
		r = compile(buf_str(&b));
		c = compare_new(r);
		assert_non_null(c);
		judge(r, &d, hit);
		for (size_t i = 0; i < r->line_count; i++)
			for (size_t k = 0; k < r->line_count; k++)
				pairs += check_pair(c, r, hit, i, k, buf_str(&b));
		compare_free(c);
		rules_free(r);
		buf_fini(&b);
	}
	assert_true(pairs > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_follows),
		cmocka_unit_test(test_spelling),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
