/* TrendRadar's word lists: what a list means there, a title hits here, on random lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/str.h"
#include "matcher/match.h"
#include "matcher/trendradar.h"

#define GROUPS 5
#define WORDS 6
#define TITLES 40
#define TITLE_MAX 128

struct dice {
	uint32_t state;
};

static uint32_t roll(struct dice *d, uint32_t n)
{
	d->state = d->state * 1664525u + 1013904223u;
	return (d->state >> 8) % n;
}

/* --- a small TrendRadar ------------------------------------------------------ */

/* What a word looks like in the list, and what it looks for: any of up to two texts. */
struct word {
	const char *written, *text, *other;
};

static const struct word words[] = {
	{"甲", "甲", NULL},
	{"甲乙", "甲乙", NULL},
	{"乙丙", "乙丙", NULL},
	{"ai", "ai", NULL},
	{"AI", "ai", NULL},
	{"p2", "p2", NULL},
	{"甲ai", "甲ai", NULL},
	{"丙 甲", "丙 甲", NULL},
	{"(甲)", "(甲)", NULL},
	{"乙|丙", "乙|丙", NULL},
	{"/甲|丙/", "甲", "丙"},
	{"/乙丙|ai/i", "乙丙", "ai"},
	{"/p\\u4e19/", "p丙", NULL},
	{"/丙/甲/", "丙/甲", NULL},
	{"/(/", "/(/", NULL},
	{"/.*/", "", NULL},
	{"乙 => 名", "乙", NULL},
	{"/丙甲/ => 名", "丙甲", NULL},
};

#define WORD_COUNT (sizeof words / sizeof *words)

struct member {
	char sign; /* ' ' '+' '!' */
	const struct word *word;
};

struct group {
	struct member member[WORDS];
	size_t count;
	char name[32]; /* "" none */
};

struct list {
	struct group group[GROUPS];
	size_t count;
	const struct word *filter[3];
	size_t filters;
};

static bool is_latin(char c)
{
	return str_is_alnum((unsigned char)c);
}

/* `whole`: a word that begins or ends with a Latin letter stands alone there. */
static bool found(const char *title, const char *text, bool whole)
{
	size_t n = strlen(text);

	if (n == 0)
		return true;
	for (const char *p = title; (p = strstr(p, text)); p++) {
		bool before = p > title && is_latin(p[-1]) && is_latin(text[0]);
		bool after = is_latin(p[n]) && is_latin(text[n - 1]);
		if (!whole || (!before && !after))
			return true;
	}
	return false;
}

/* Titles are of small letters. A regex is no word: it finds its texts anywhere. */
static bool word_hits(const struct word *w, const char *title, bool whole)
{
	bool regex = w->written[0] == '/' && strcmp(w->written, "/(/") != 0;

	return found(title, w->text, whole && !regex) ||
	       (w->other && found(title, w->other, whole && !regex));
}

static bool group_hits(const struct group *g, const char *title, bool whole)
{
	bool plain = false, any = false;

	for (size_t i = 0; i < g->count; i++) {
		bool hit = word_hits(g->member[i].word, title, whole);
		if (g->member[i].sign == '+' && !hit)
			return false;
		if (g->member[i].sign == '!' && hit)
			return false;
		if (g->member[i].sign == ' ') {
			plain = true;
			any |= hit;
		}
	}
	return any || !plain;
}

static bool filtered(const struct list *l, const char *title, bool whole)
{
	for (size_t i = 0; i < l->filters; i++)
		if (word_hits(l->filter[i], title, whole))
			return true;
	return false;
}

static bool hits(const struct list *l, size_t group, const char *title, bool whole)
{
	return title[0] && !filtered(l, title, whole) && group_hits(&l->group[group], title, whole);
}

/* --- random lists and titles ------------------------------------------------- */

/* A group has one word at least that is no ! word. */
static void make_group(struct group *g, size_t at, struct dice *d)
{
	memset(g, 0, sizeof *g);
	if (roll(d, 2))
		snprintf(g->name, sizeof g->name, "组%zu", at);
	g->count = 1 + roll(d, WORDS);
	for (size_t i = 0; i < g->count; i++) {
		/* What hits everything comes seldom. */
		uint32_t k = roll(d, WORD_COUNT);
		if (!words[k].text[0] && roll(d, 4))
			k = 0;
		g->member[i].word = &words[k];
		g->member[i].sign = i == 0 ? " +"[roll(d, 2)] : "   ++!"[roll(d, 6)];
	}
}

static void make_list(struct list *l, struct dice *d)
{
	memset(l, 0, sizeof *l);
	l->filters = roll(d, 3);
	for (size_t i = 0; i < l->filters; i++)
		l->filter[i] = &words[roll(d, 10)];
	l->count = 1 + roll(d, GROUPS);
	for (size_t i = 0; i < l->count; i++)
		make_group(&l->group[i], i, d);
}

static void write_list(const struct list *l, struct buf *b)
{
	buf_add_str(b, "# a list\n");
	if (l->filters)
		buf_add_str(b, "\n[GLOBAL_FILTER]\n");
	for (size_t i = 0; i < l->filters; i++)
		buf_addf(b, "%s\n", l->filter[i]->written);
	buf_add_str(b, "\n[WORD_GROUPS]\n");
	for (size_t i = 0; i < l->count; i++) {
		const struct group *g = &l->group[i];
		buf_add_str(b, i ? "\n\n" : "");
		if (g->name[0])
			buf_addf(b, "[%s]\n", g->name);
		for (size_t k = 0; k < g->count; k++)
			buf_addf(b, "%.*s%s\n", g->member[k].sign != ' ', &g->member[k].sign,
				g->member[k].word->written);
	}
}

/* No single / stands between two words of the list: our rules do not see it there. */
static void make_title(char *out, struct dice *d)
{
	static const char *const parts[] = {
		"甲", "乙", "丙", "ai", "p2", "p", " ", "x", "(", ")", "|", "丙/甲", "/(/"};
	uint32_t n = 1 + roll(d, 9);

	out[0] = '\0';
	for (uint32_t i = 0; i < n; i++)
		strncat(out, parts[roll(d, sizeof parts / sizeof *parts)],
			TITLE_MAX - strlen(out) - 1);
}

/* --- comparing --------------------------------------------------------------- */

static struct rules *convert(const struct buf *list, const char *topic, struct buf *out)
{
	const struct trendradar_options o = {.name = "list", .topic = topic, .titles_only = true};
	struct trendradar_result result;
	struct buf notes;
	struct report report = {.out = &notes};
	struct rules_file f;
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};

	buf_init(&notes, 1 << 20);
	if (trendradar_convert(buf_str(list), list->len, &o, out, &report, &result, &e) != ERR_OK)
		fail_msg("%s\n%s", e.text, buf_str(list));
	f = (struct rules_file){"rules", buf_str(out), out->len};
	if (rules_compile(&f, 1, &r, NULL, &e) != ERR_OK)
		fail_msg("%s\n%s\n%s", e.text, buf_str(list), buf_str(out));
	buf_fini(&notes);
	return r;
}

static bool alerts(const struct match_result *m, const char *code)
{
	for (size_t i = 0; i < m->topic_count; i++)
		if (strcmp(m->topics[i].topic.code, code) == 0)
			return true;
	return false;
}

static void judge(struct rules *r, const char *title, struct arena *a, struct match_result *m)
{
	struct match_input in = {.title = title, .title_size = strlen(title)};

	arena_reset(a);
	assert_int_equal(match_text(r, &in, a, m, NULL), ERR_OK);
}

/* Topics come in the order of groups. Returns how often whole words made a difference. */
static size_t compare(
	const struct list *l, struct rules *r, const char *title, struct arena *a, const char *text)
{
	struct match_result m;
	size_t differ = 0;

	assert_int_equal(rules_topic_count(r), l->count);
	judge(r, title, a, &m);
	for (size_t i = 0; i < l->count; i++) {
		struct rules_topic topic;
		rules_topic_at(r, i, &topic);
		if (alerts(&m, topic.code) != hits(l, i, title, true))
			fail_msg("group %zu on “%s”\n%s", i + 1, title, text);
		differ += hits(l, i, title, true) != hits(l, i, title, false);
	}
	return differ;
}

/* Rounds by day; with FUZZ_ROUNDS (make check-all) five times as many. */
static int rounds_of(int by_day)
{
	return getenv("FUZZ_ROUNDS") ? 5 * by_day : by_day;
}

static void test_random(void **state)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct dice d = {7};
	size_t differ = 0, hit = 0;

	(void)state;
	for (int round = 0; round < rounds_of(120); round++) {
		struct list l;
		struct buf text, rules;
		struct rules *r;
		buf_init(&text, 1 << 16);
		buf_init(&rules, 1 << 16);
		make_list(&l, &d);
		write_list(&l, &text);
		r = convert(&text, NULL, &rules);
		for (int t = 0; t < TITLES; t++) {
			char title[TITLE_MAX];
			make_title(title, &d);
			differ += compare(&l, r, title, a, buf_str(&text));
			for (size_t i = 0; i < l.count; i++)
				hit += hits(&l, i, title, true);
		}
		rules_free(r);
		buf_fini(&text);
		buf_fini(&rules);
	}
	assert_true(hit > 600);
	assert_true(differ > 15); /* the titles do try it */
	arena_free(a);
}

/* All groups one topic: it hits where any of them does; ! words are for all, as there. */
static bool any_hits(const struct list *l, const char *title)
{
	bool any = false;

	for (size_t i = 0; i < l->count; i++)
		for (size_t k = 0; k < l->group[i].count; k++)
			if (l->group[i].member[k].sign == '!' &&
				word_hits(l->group[i].member[k].word, title, true))
				return false;
	for (size_t i = 0; i < l->count; i++)
		any |= hits(l, i, title, true);
	return any;
}

static void test_one_topic(void **state)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct dice d = {11};

	(void)state;
	for (int round = 0; round < rounds_of(80); round++) {
		struct list l;
		struct buf text, rules;
		struct rules *r;
		buf_init(&text, 1 << 16);
		buf_init(&rules, 1 << 16);
		make_list(&l, &d);
		write_list(&l, &text);
		r = convert(&text, "舆情", &rules);
		assert_int_equal(rules_topic_count(r), 1);
		for (int t = 0; t < TITLES; t++) {
			char title[TITLE_MAX];
			struct match_result m;
			make_title(title, &d);
			judge(r, title, a, &m);
			if ((m.topic_count > 0) != any_hits(&l, title))
				fail_msg("“%s”\n%s\n%s", title, buf_str(&text), buf_str(&rules));
		}
		rules_free(r);
		buf_fini(&text);
		buf_fini(&rules);
	}
	arena_free(a);
}

/* Whatever bytes come, what goes out is a rule file or there is a fault. */
/* Groups of one name stay apart; the names that mean something in a rule file are left to it. */
static void test_names(void **state)
{
	static const char *const want[] = {"[a]\n代码 = tr-a\n", "[a (2)]\n代码 = tr-a-2\n",
		"[a (3)]\n代码 = ", "[a (4)]\n代码 = tr-a-3\n", "[定义 (2)]\n", "[定义 (3)]\n"};
	struct buf list, out;

	(void)state;
	buf_init(&list, 4096);
	buf_init(&out, 1 << 16);
	/* "a (3)" is taken when the third a comes. */
	buf_add_str(&list, "[a]\n甲\n\n[a]\n乙\n\n[a (3)]\n丙\n\n[a]\n丁\n\n[定义]\n戊\n\n"
			   "[定义]\n己\n");
	rules_free(convert(&list, NULL, &out));
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		if (!strstr(buf_str(&out), want[i]))
			fail_msg("%s is missing in\n%s", want[i], buf_str(&out));
	buf_fini(&list);
	buf_fini(&out);
}

static void test_hostile(void **state)
{
	static const char *const parts[] = {"[", "]", "\n", "\n\n", "+", "!", "@", "/", "\\", "\"",
		"#", " ", "=>", "词", "ab", "分", "3", "|", "(", "“", "　", "\r",
		"[GLOBAL_FILTER]\n", "~", "*", "】", "：",
		"标题:", "应中:", "级别=", "\xef\xb8\x8f", "\xff"};
	struct dice d = {13};

	(void)state;
	for (int round = 0; round < rounds_of(600); round++) {
		const struct trendradar_options o = {.name = "list"};
		struct trendradar_result result;
		struct report report = {.out = NULL};
		struct buf text, out;
		struct err e = {ERR_OK, ""};
		uint32_t n = roll(&d, 40);
		buf_init(&text, 1 << 16);
		buf_init(&out, 1 << 16);
		for (uint32_t i = 0; i < n; i++)
			buf_add_str(&text, parts[roll(&d, sizeof parts / sizeof *parts)]);
		if (trendradar_convert(buf_str(&text), text.len, &o, &out, &report, &result, &e) ==
			ERR_OK) {
			struct rules_file f = {"rules", buf_str(&out), out.len};
			struct rules *r = NULL;
			if (rules_compile(&f, 1, &r, NULL, &e) != ERR_OK)
				fail_msg("%s\n--- list\n%s\n--- rules\n%s", e.text, buf_str(&text),
					buf_str(&out));
			rules_free(r);
		}
		buf_fini(&text);
		buf_fini(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_one_topic),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_hostile),
	};

	if (hash_init(NULL) != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
