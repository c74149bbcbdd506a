/*
 * Words that tell false alarms from true alerts: which are offered, how they are counted,
 * which come first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "office/suggest_words.h"

struct sample {
	struct arena *arena, *scratch;
	struct suggest_words *w;
};

static int set_up(void **state)
{
	struct sample *s = calloc(1, sizeof *s);

	*state = s;
	if (!s)
		return -1;
	s->arena = arena_new(ARENA_MAX_DEFAULT);
	s->scratch = arena_new(ARENA_MAX_DEFAULT);
	s->w = suggest_words_new(s->arena);
	return s->w ? 0 : -1;
}

static int tear_down(void **state)
{
	struct sample *s = *state;

	arena_free(s->arena);
	arena_free(s->scratch);
	free(s);
	return 0;
}

static void offer(struct sample *s, const char *text)
{
	assert_true(suggest_words_offer(s->w, text, strlen(text), NULL, false));
}

static void count(struct sample *s, enum suggest_class class, unsigned topic, const char *text)
{
	assert_true(suggest_words_count(s->w, class, topic, NULL, text, s->scratch));
}

static const struct suggest_word *find(struct sample *s, const char *word)
{
	size_t n;
	const struct suggest_word **all = suggest_words_rank(s->w, &n);

	assert_non_null(all);
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i]->text, word) == 0)
			return all[i];
	return NULL;
}

static const char *best(struct sample *s)
{
	size_t n;
	const struct suggest_word **all = suggest_words_rank(s->w, &n);

	return n ? all[0]->text : "";
}

static void test_offered(void **state)
{
	struct sample *s = *state;

	offer(s, "球员的NBA转会，第3场");
	count(s, SUGGEST_FALSE, 0, "球员的NBA转会，第3场");
	assert_non_null(find(s, "球员"));
	assert_non_null(find(s, "nba"));
	assert_non_null(find(s, "转会"));
	assert_null(find(s, "员的"));
	assert_null(find(s, "第3"));
	assert_null(find(s, "3"));
}

/* What the rules hit is no word that tells anything, nor what touches it. */
static void test_barred(void **state)
{
	struct sample *s = *state;
	static const bool barred[] = {false, false, true, true, false, false, false};

	assert_true(
		suggest_words_offer(s->w, "球员欠薪讨论", strlen("球员欠薪讨论"), barred, true));
	count(s, SUGGEST_FALSE, 0, "球员欠薪讨论");
	assert_non_null(find(s, "球员"));
	assert_non_null(find(s, "讨论"));
	assert_true(find(s, "讨论")->title);
	assert_null(find(s, "欠薪"));
	assert_null(find(s, "员欠"));
}

/* A part of a word that stands in the same texts is none of its own, however short. */
static void test_pieces(void **state)
{
	struct sample *s = *state;

	offer(s, "红烧肉饭");
	count(s, SUGGEST_FALSE, 0, "红烧肉饭");
	assert_non_null(find(s, "红烧肉饭"));
	assert_null(find(s, "红烧肉"));
	assert_null(find(s, "红烧"));
	assert_null(find(s, "肉饭"));
}

/* … unless it is more surely a word than what holds it. */
static void test_no_piece(void **state)
{
	struct sample *s = *state;

	offer(s, "爱球员说，恨球员讲");
	count(s, SUGGEST_FALSE, 0, "爱球员说，恨球员讲");
	assert_non_null(find(s, "球员"));
	assert_string_equal(best(s), "球员");
}

static void test_counts(void **state)
{
	struct sample *s = *state;
	const struct suggest_word *x;

	offer(s, "球员，NBA。");
	count(s, SUGGEST_FALSE, 0, "球员与球员，还是球员"); /* once a text */
	count(s, SUGGEST_FALSE, 0, "nba");
	count(s, SUGGEST_TRUE, 0, "WNBA和NBAX"); /* whole words */
	count(s, SUGGEST_FALSE_ELSEWHERE, 3, "球员，Nba");
	count(s, SUGGEST_QUIET, 0, "球队");
	x = find(s, "球员");
	assert_non_null(x);
	assert_int_equal(x->texts[SUGGEST_FALSE], 1);
	assert_int_equal(x->texts[SUGGEST_FALSE_ELSEWHERE], 1);
	assert_int_equal(x->texts[SUGGEST_TRUE], 0);
	assert_int_equal(x->topics, 1 | 1 << 3);
	x = find(s, "nba");
	assert_non_null(x);
	assert_int_equal(x->texts[SUGGEST_FALSE], 1);
	assert_int_equal(x->texts[SUGGEST_TRUE], 0);
	assert_int_equal(x->texts[SUGGEST_FALSE_ELSEWHERE], 1);
}

/* A word that stands between different neighbours wins over pieces of phrases. */
static void test_word_of_its_own(void **state)
{
	struct sample *s = *state;

	offer(s, "某场球员转会新闻关注");
	count(s, SUGGEST_FALSE, 0, "某场球员转会新闻关注");
	count(s, SUGGEST_FALSE, 0, "老球员欠薪");
	count(s, SUGGEST_FALSE, 0, "俱乐部球员议论");
	assert_string_equal(best(s), "球员");
	assert_null(find(s, "场球员")); /* between nothing, of one text: a piece */
}

static void test_true_alerts_weigh(void **state)
{
	struct sample *s = *state;

	offer(s, "工地，球迷。");
	for (int i = 0; i < 8; i++) {
		count(s, SUGGEST_FALSE, 0, "工地，球迷");
		count(s, SUGGEST_TRUE, 0, i < 5 ? "工地" : "项目");
	}
	count(s, SUGGEST_FALSE, 0, "工地");
	assert_string_equal(best(s), "球迷"); /* in fewer false alarms, in no true one */
	assert_null(find(s, "工地")); /* five of eight true ones: no merit */
}

/* While few alerts were decided otherwise, common words are held for what they are. */
static void test_common_words(void **state)
{
	struct sample *s = *state;

	offer(s, "记者，球迷。");
	for (int i = 0; i < 10; i++) {
		count(s, SUGGEST_FALSE, 0, i < 7 ? "记者，球迷" : "记者");
		count(s, SUGGEST_QUIET, 0, i < 3 ? "记者" : "天气");
	}
	assert_string_equal(best(s), "球迷");
	assert_non_null(find(s, "记者"));
	for (int i = 0; i < 200; i++)
		count(s, SUGGEST_TRUE, 0, "讨薪");
	assert_string_equal(best(s), "记者"); /* two hundred without it: that is known now */
}

static void test_empty(void **state)
{
	struct sample *s = *state;

	offer(s, "");
	offer(s, "！，1234。的");
	count(s, SUGGEST_FALSE, 0, "");
	count(s, SUGGEST_TRUE, 0, "球");
	assert_true(suggest_words_count(s->w, SUGGEST_OPEN, 0, NULL, NULL, s->scratch));
	assert_string_equal(best(s), "");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_offered),
		CASE(test_barred),
		CASE(test_pieces),
		CASE(test_no_piece),
		CASE(test_counts),
		CASE(test_word_of_its_own),
		CASE(test_true_alerts_weigh),
		CASE(test_common_words),
		CASE(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
