/*
 * test_eval.c - random rule sets on random items: the engine against a slow reference.
 * Sets have all that changes a verdict: required, subtracting and excluding lines, points,
 * grades, fields, the region, global exclusions and weakening, macros, an overlay that adds
 * and switches off lines. With JIT and without.
 *
 * EVAL_PAIRS=N sets how many pairs of a line and an item are tried (default 100,000).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/utf8.h"
#include "matcher/match.h"
#include "tests/unit/jit.h"
#include "tests/unit/reference.h"

#define LINES_MAX 30
#define TOPICS 2
#define ITEMS 20 /* of a set */

enum part { TOPIC_ONE, TOPIC_TWO, REGION, EXCLUDE, WEAKEN, PARTS };
enum sign { PLAIN, MINUS, PLUS, NOT };

static const char *const part_names[PARTS] = {"甲", "乙", "地域", "全局排除", "全局扣分"};
static const char *const topic_settings[] = {"阈值", "级别"};

struct line {
	struct rule rule;
	enum part part;
	enum sign sign;
	int points; /* what it counts */
	int grade; /* 0: none */
	bool off, overlay;
	int number;
	char text[2000];
	char words[2000]; /* of it, as from one keyboard */
};

struct topic {
	int threshold, at[GRADE_EXTREME + 1];
	bool region;
};

struct set {
	struct line line[LINES_MAX];
	int count;
	struct topic topic[TOPICS];
};

/* --- a random set ---------------------------------------------------------------- */

/* Signs of both keyboards as of one. */
static void one_keyboard(char *out, const char *from)
{
	static const char *const sign[][2] = {{"（", "("}, {"）", ")"}, {" | ", "|"}, {"｜", "|"},
		{"\u3000", " "}, {"～", "~"}, {"＠", "@"}, {"＊", "*"}};

	while (*from) {
		size_t k = 0;
		while (k < 8 && strncmp(from, sign[k][0], strlen(sign[k][0])) != 0)
			k++;
		*out++ = k < 8 ? sign[k][1][0] : *from;
		from += k < 8 ? strlen(sign[k][0]) : 1;
	}
	*out = '\0';
}

static void random_line(struct set *s, enum part part, struct printer *p)
{
	static const char *const fields[] = {"", "标题: ", "正文：", "", "来源: "};
	static const char *const signs[] = {"", "-", "+", "!"}, *const wide[] = {
									"", "－", "＋", "！"};
	static const unsigned field_bits[] = {3, 3, 3, 1, 2, 4};
	struct line *l = &s->line[s->count++];
	struct buf b;
	size_t start;

	memset(l, 0, sizeof *l);
	l->part = part;
	l->sign = part < TOPICS && next_random(p->seed) % 3 == 0 ? next_random(p->seed) % 4 : PLAIN;
	l->rule.fields = field_bits[next_random(p->seed) % 6];
	l->rule.root = random_expr(&l->rule, p->seed, part == EXCLUDE ? 1 : 3);
	buf_init(&b, 1 << 16);
	print_sign(&b, p->seed, signs[l->sign], wide[l->sign]);
	buf_add_str(&b, fields[l->rule.fields]);
	start = b.len;
	print_node(p, &b, &l->rule, l->rule.root);
	assert_true(b.len < sizeof l->words);
	one_keyboard(l->words, buf_str(&b) + start);
	l->points = part == REGION || part == EXCLUDE || l->sign == PLUS || l->sign == NOT ? 0 : 1;
	if ((part < TOPICS || part == WEAKEN) && l->sign != NOT && next_random(p->seed) % 2) {
		l->points = 1 + (int)(next_random(p->seed) % 5);
		buf_addf(&b, next_random(p->seed) % 2 ? "  %d分" : "　%d分", l->points);
	}
	if (part < TOPICS && (l->sign == PLAIN || l->sign == PLUS) &&
		next_random(p->seed) % 6 == 0) {
		l->grade = 1 + (int)(next_random(p->seed) % 4);
		buf_addf(&b, " 级别＝%s", match_grade_name((enum match_grade)l->grade));
	}
	assert_true(b.len < sizeof l->text);
	memcpy(l->text, buf_str(&b), b.len + 1);
	buf_fini(&b);
}

static void random_topic(struct topic *t, struct buf *b, uint64_t *seed)
{
	memset(t, 0, sizeof *t);
	t->threshold = 1 + (int)(next_random(seed) % 4);
	t->region = next_random(seed) % 2;
	t->at[GRADE_LARGER] = 2 + (int)(next_random(seed) % 4);
	t->at[GRADE_MAJOR] = t->at[GRADE_LARGER] + 1 + (int)(next_random(seed) % 4);
	buf_addf(b, "地域 = %s\n%s = %d\n%s = 较大%d 重大%d\n", t->region ? "必须" : "不限",
		topic_settings[0], t->threshold, topic_settings[1], t->at[GRADE_LARGER],
		t->at[GRADE_MAJOR]);
}

/* A part of one of the files; *number is the last line written. */
static void print_part(struct set *s, enum part part, struct buf *b, int lines, struct printer *p,
	bool overlay, int *number)
{
	if (lines == 0)
		return;
	buf_addf(b, "[%s]\n", part_names[part]);
	++*number;
	if (part < TOPICS && !overlay) {
		random_topic(&s->topic[part], b, p->seed);
		*number += 3;
	}
	for (int i = 0; i < lines; i++) {
		struct line *l = &s->line[s->count];
		random_line(s, part, p);
		l->overlay = overlay;
		l->number = ++*number;
		buf_addf(b, "%s\n", l->text);
	}
}

/* Switches off whatever has the sign, the field and the words of a line of the main file. */
static void switch_off(struct set *s, enum part part, const struct line *like)
{
	for (int i = 0; i < s->count; i++) {
		struct line *l = &s->line[i];
		l->off |= !l->overlay && l->part == part && l->sign == like->sign &&
			  l->rule.fields == like->rule.fields && strcmp(l->words, like->words) == 0;
	}
}

static void random_main(struct set *s, struct buf *b, struct printer *p)
{
	int number = 0;

	print_part(s, TOPIC_ONE, b, 5, p, false, &number);
	print_part(s, TOPIC_TWO, b, 5, p, false, &number);
	print_part(s, REGION, b, 2, p, false, &number);
	print_part(s, EXCLUDE, b, next_random(p->seed) % 3 == 0, p, false, &number);
	print_part(s, WEAKEN, b, (int)(next_random(p->seed) % 3), p, false, &number);
	buf_addf(b, "[定义]\n%s", buf_str(p->macros));
	buf_clear(p->macros);
}

static void random_overlay(struct set *s, struct buf *b, struct printer *p)
{
	int number = 0;
	const struct line *off = &s->line[next_random(p->seed) % 5];

	print_part(s, TOPIC_ONE, b, 1, p, true, &number);
	if (next_random(p->seed) % 2) {
		buf_addf(b, "停用: %s\n", off->text);
		++number;
		switch_off(s, TOPIC_ONE, off);
	}
	print_part(s, REGION, b, (int)(next_random(p->seed) % 2), p, true, &number);
	buf_addf(b, "[定义]\n%s", buf_str(p->macros));
}

static struct rules *random_set(struct set *s, struct buf file[2], uint64_t *seed)
{
	struct buf macros;
	struct printer p = {.macros = &macros, .seed = seed};
	struct rules_file files[2];
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};

	memset(s, 0, sizeof *s);
	buf_init(&macros, 1 << 20);
	buf_clear(&file[0]);
	buf_clear(&file[1]);
	random_main(s, &file[0], &p);
	random_overlay(s, &file[1], &p);
	for (int i = 0; i < 2; i++)
		files[i] =
			(struct rules_file){i ? "local" : "rules", buf_str(&file[i]), file[i].len};
	if (rules_compile(files, 2, &r, NULL, &e) != ERR_OK)
		fail_msg("%s\n%s\n%s", e.text, buf_str(&file[0]), buf_str(&file[1]));
	buf_fini(&macros);
	return r;
}

/* --- the reference verdict ---------------------------------------------------------- */

struct item {
	struct text field[FIELDS];
	struct buf spelt[FIELDS];
	struct match_input in;
	bool hit[LINES_MAX];
};

struct verdict {
	bool positive, alerts;
	int score, grade, hits;
	enum match_reason reason;
	int line; /* that decided; 0: none */
};

static bool any_hit(const struct set *s, const struct item *it, enum part part, enum sign sign,
	const struct line **first)
{
	for (int i = 0; i < s->count; i++)
		if (it->hit[i] && s->line[i].part == part && s->line[i].sign == sign) {
			*first = &s->line[i];
			return true;
		}
	return false;
}

static const struct line *first_plus(const struct set *s, enum part part)
{
	for (int i = 0; i < s->count; i++)
		if (!s->line[i].off && s->line[i].part == part && s->line[i].sign == PLUS)
			return &s->line[i];
	return NULL;
}

static void add_up(const struct set *s, const struct item *it, enum part part, struct verdict *v)
{
	for (int i = 0; i < s->count; i++) {
		const struct line *l = &s->line[i];
		if (!it->hit[i] || (l->part != part && l->part != WEAKEN) || l->sign == NOT)
			continue;
		v->hits++;
		v->positive |= l->part == part && l->sign != MINUS;
		v->score += l->part == WEAKEN || l->sign == MINUS ? -l->points : l->points;
		v->grade = l->grade > v->grade ? l->grade : v->grade;
	}
	for (int k = GRADE_GENERAL; k <= GRADE_EXTREME; k++)
		if (s->topic[part].at[k] && v->score >= s->topic[part].at[k] && v->grade < k)
			v->grade = k;
}

/* DESIGN §5.2 "Score", word by word. */
static struct verdict judge(const struct set *s, const struct item *it, enum part part)
{
	struct verdict v = {.grade = GRADE_GENERAL};
	const struct line *line = NULL, *plus = first_plus(s, part), *ignored;
	bool region = it->in.local || it->in.no_region || any_hit(s, it, REGION, PLAIN, &ignored);

	add_up(s, it, part, &v);
	if (any_hit(s, it, EXCLUDE, PLAIN, &line))
		v.reason = MATCH_GLOBAL;
	else if (any_hit(s, it, part, NOT, &line))
		v.reason = MATCH_EXCLUDE;
	else if (plus && !any_hit(s, it, part, PLUS, &ignored)) {
		v.reason = MATCH_REQUIRED;
		line = plus;
	} else if (s->topic[part].region && !region)
		v.reason = MATCH_REGION;
	else if (v.score < s->topic[part].threshold)
		v.reason = MATCH_THRESHOLD;
	else
		v.alerts = v.positive;
	v.line = line ? line->number : 0;
	return v;
}

/* --- side by side -------------------------------------------------------------------- */

static void random_item(struct item *it, const struct set *s, uint64_t *seed)
{
	for (int f = 0; f < FIELDS; f++) {
		random_text(&it->field[f], seed);
		spell_text(&it->spelt[f], &it->field[f]);
	}
	it->in = (struct match_input){buf_str(&it->spelt[0]), buf_str(&it->spelt[1]),
		buf_str(&it->spelt[2]), it->spelt[0].len, it->spelt[1].len, it->spelt[2].len,
		next_random(seed) % 4 == 0, next_random(seed) % 8 == 0};
	for (int i = 0; i < s->count; i++)
		it->hit[i] = !s->line[i].off && holds(&s->line[i].rule, s->line[i].rule.root,
							it->field, s->line[i].rule.fields);
}

static bool has_hit(const struct match_topic *t, const struct line *l)
{
	for (size_t i = 0; i < t->hit_count; i++)
		if (t->hits[i].line == l->number && t->hits[i].overlay == l->overlay)
			return t->hits[i].points ==
			       (l->part == WEAKEN || l->sign == MINUS ? -l->points : l->points);
	return false;
}

static bool same_topic(const struct set *s, const struct item *it, enum part part,
	const struct verdict *v, const struct match_topic *t)
{
	bool same =
		t->score == v->score && (int)t->grade == v->grade && (int)t->hit_count == v->hits;

	for (int i = 0; i < s->count; i++)
		if (it->hit[i] && (s->line[i].part == part || s->line[i].part == WEAKEN) &&
			s->line[i].sign != NOT)
			same = same && has_hit(t, &s->line[i]);
	return same;
}

static const struct match_topic *find_topic(
	const struct match_result *m, enum part part, const struct match_suppressed **suppressed)
{
	*suppressed = NULL;
	for (size_t i = 0; i < m->topic_count; i++)
		if (strcmp(m->topics[i].topic.name, part_names[part]) == 0)
			return &m->topics[i];
	for (size_t i = 0; i < m->suppressed_count; i++)
		if (strcmp(m->suppressed[i].match.topic.name, part_names[part]) == 0) {
			*suppressed = &m->suppressed[i];
			return &m->suppressed[i].match;
		}
	return NULL;
}

static bool same_verdict(
	const struct set *s, const struct item *it, enum part part, const struct match_result *m)
{
	struct verdict v = judge(s, it, part);
	const struct match_suppressed *suppressed;
	const struct match_topic *t = find_topic(m, part, &suppressed);

	if (!v.positive || !t)
		return !v.positive && !t;
	if (v.alerts == (suppressed != NULL) || !same_topic(s, it, part, &v, t))
		return false;
	return v.alerts || (suppressed->reason == v.reason && suppressed->line == v.line);
}

static void compare(const struct set *s, const struct buf file[2], struct match_work *w,
	struct item *it, uint64_t *seed)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct match_result m;

	random_item(it, s, seed);
	assert_int_equal(match_text_with(w, &it->in, a, &m, NULL), ERR_OK);
	assert_int_equal(m.undecided_count, 0);
	for (int part = 0; part < TOPICS; part++)
		if (!same_verdict(s, it, (enum part)part, &m))
			fail_msg("[%s] of\n%s%s\ntitle “%s” text “%s” source “%s”",
				part_names[part], buf_str(&file[0]), buf_str(&file[1]),
				it->in.title, it->in.text, it->in.source);
	arena_free(a);
}

static void run(uint64_t seed, int64_t pairs)
{
	struct set *s = calloc(1, sizeof *s);
	struct item *it = calloc(1, sizeof *it);
	struct buf file[2];

	assert_true(s && it);
	for (int i = 0; i < 2; i++)
		buf_init(&file[i], 1 << 20);
	for (int f = 0; f < FIELDS; f++)
		buf_init(&it->spelt[f], 1 << 16);
	while (pairs > 0) {
		struct rules *r = random_set(s, file, &seed);
		struct match_work *w = match_work_new(r);
		assert_non_null(w);
		for (int i = 0; i < ITEMS; i++, pairs -= s->count)
			compare(s, file, w, it, &seed);
		match_work_free(w);
		rules_free(r);
	}
	for (int i = 0; i < 2; i++)
		buf_fini(&file[i]);
	for (int f = 0; f < FIELDS; f++)
		buf_fini(&it->spelt[f]);
	free(it);
	free(s);
}

static int64_t pairs_wanted(void)
{
	const char *pairs = getenv("EVAL_PAIRS");
	int64_t n = 100000;

	if (pairs)
		assert_true(str_to_int(str_of(pairs), 1, 1000000000, &n));
	return n;
}

static void test_against_reference(void **state)
{
	(void)state;
	run(42, pairs_wanted());
}

static void test_without_jit(void **state)
{
	(void)state;
	jit_is_refused = true;
	run(43, pairs_wanted());
	jit_is_refused = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_reference),
		cmocka_unit_test(test_without_jit),
	};

	if (hash_init(NULL) != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
