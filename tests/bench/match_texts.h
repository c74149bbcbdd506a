/*
 * match_texts.h - items as long as news, and rules to judge them by, made of their words.
 *
 * Of the rules 85 % are words of the texts, the rest regexes: two words near each other in
 * either order, one of two words before a third in a clause, and a number before a word.
 * Without $CORPUS the texts are formulas, so most words are put together of characters.
 */
#ifndef BENCH_MATCH_TEXTS_H
#define BENCH_MATCH_TEXTS_H

#include "base/arena.h"
#include "base/str.h"
#include "matcher/match.h"
#include "matcher/t2s.h"
#include "tests/bench/corpus.h"

#define TEXTS_SAMPLE ((size_t)1000) /* lines that tell common words: rules have rarer ones */
#define TEXTS_TOPIC_LINES 10
#define TEXTS_WHOLE 1000
#define TEXTS_RULES_MAX 5000

struct texts {
	struct buf text;
	size_t *start, count;
};

static inline void texts_init(struct texts *t, size_t max)
{
	buf_init(&t->text, (size_t)256 << 20);
	t->start = calloc(max + 1, sizeof *t->start);
	t->count = 0;
	if (!t->start)
		corpus_die("texts", "no memory");
}

static inline void texts_fini(struct texts *t)
{
	buf_fini(&t->text);
	free(t->start);
}

static inline void texts_end_one(struct texts *t)
{
	t->start[++t->count] = t->text.len;
	if (t->text.fault)
		corpus_die("texts", "too much");
}

static inline struct str texts_at(const struct texts *t, size_t i)
{
	return (struct str){buf_str(&t->text) + t->start[i], t->start[i + 1] - t->start[i]};
}

static inline double texts_megabytes(const struct texts *t, size_t count)
{
	return (double)t->start[count] / 1e6;
}

/* Lines put together until they are as long as news. */
static inline void texts_add_lines(struct texts *t, const struct corpus *c, size_t at_least)
{
	for (size_t i = 0; i < c->count; i++) {
		buf_add(&t->text, corpus_line(c, i), c->size[i]);
		if (t->text.len - t->start[t->count] >= at_least)
			texts_end_one(t);
	}
}

/* --- words --- */

/* n Han characters (simplified ones: all ways look for the same bytes) in a row that stand in the
 * texts at or behind a place. */
static inline bool texts_cut(
	const struct corpus *c, size_t line, size_t from, size_t n, struct buf *out)
{
	const char *s = corpus_line(c, line % c->count);
	size_t size = c->size[line % c->count], pos = utf8_offset(s, size, from), len, found = 0;

	for (size_t start = pos; pos < size && found < n; pos += len) {
		uint32_t cp = utf8_decode(s + pos, size - pos, &len);
		found = utf8_is_han(cp) && t2s_char(cp) == cp ? found + 1 : 0;
		if (found == 0)
			start = pos + len;
		if (found == n)
			buf_add(out, s + start, pos + len - start);
	}
	return found == n;
}

static inline uint32_t texts_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static inline bool texts_is_common(const struct corpus *c, const struct buf *word)
{
	size_t last = (c->count < TEXTS_SAMPLE ? c->count : TEXTS_SAMPLE) - 1;

	return memmem(buf_str(&c->text), c->start[last] + c->size[last], buf_str(word),
		       word->len) != NULL;
}

static inline size_t texts_random_line(const struct corpus *c, uint64_t *seed)
{
	size_t line = texts_random(seed) % c->count;

	return line < TEXTS_SAMPLE && c->count > 2 * TEXTS_SAMPLE ? line + TEXTS_SAMPLE : line;
}

/* Of few formulas no word is rare. So there each character comes from another place, but
 * for one word of TEXTS_WHOLE: otherwise nothing would ever hit. */
static inline bool texts_cut_word(const struct corpus *c, uint64_t *seed, struct buf *word)
{
	static const size_t lengths[] = {2, 3, 3, 4, 4, 4, 5, 6};
	const bool generated = strcmp(c->from, "generated") == 0;
	const bool whole = !generated || texts_random(seed) % TEXTS_WHOLE == 0;
	size_t n = lengths[texts_random(seed) % 8], piece = whole ? n : 1;

	n += n == 2 && !whole; /* two characters stand together too often */
	buf_clear(word);
	for (size_t i = 0; i < n; i += piece)
		if (!texts_cut(c, texts_random_line(c, seed), texts_random(seed) % 40, piece, word))
			return false;
	return generated || !texts_is_common(c, word);
}

static inline const char *texts_pick_word(const struct corpus *c, uint64_t *seed, struct arena *a)
{
	struct buf word;
	const char *s;

	buf_init(&word, 1000);
	while (!texts_cut_word(c, seed, &word))
		;
	s = arena_strndup(a, buf_str(&word), word.len);
	buf_fini(&word);
	if (!s)
		corpus_die("words", "no memory");
	return s;
}

/* --- rules --- */

struct texts_rule {
	const char *pattern; /* of a regex without its slashes; or a word */
	const char *need; /* a word without which it cannot hit */
	bool regex;
};

struct texts_rules {
	struct arena *arena;
	struct buf text; /* a rule file */
	struct texts_rule rule[TEXTS_RULES_MAX];
	size_t count;
	const char *word[3 * TEXTS_RULES_MAX]; /* of all rules */
	size_t word_count;
};

/* \1, \2 and \3 stand for words. */
struct texts_shape {
	const char *pattern;
	int words, need;
	bool regex;
};

static inline const struct texts_shape *texts_shape_of(size_t line)
{
	static const struct texts_shape shapes[] = {{"\1", 1, 1, false},
		{"\1.{0,20}\2|\2.{0,20}\1", 2, 1, true},
		{"(?:\1|\2)[^，。！？]{0,12}\3", 3, 3, true},
		{"([0-9０-９]+|[一二三四五六七八九十]+)[个名起].{0,6}\1", 1, 1, true}};
	size_t k = line % 100;

	if (k % 15 == 7) /* 7 of 100 */
		return &shapes[1];
	if (k % 20 == 3) /* 5 of 100 */
		return &shapes[2];
	return &shapes[k == 10 || k == 40 || k == 80 ? 3 : 0];
}

static inline void texts_fill(struct buf *out, const char *pattern, const char *const *word)
{
	for (; *pattern; pattern++) {
		if ((unsigned char)*pattern > '\3')
			buf_add_char(out, *pattern);
		else
			buf_add_str(out, word[*pattern - 1]);
	}
}

static inline void texts_add_rule(struct texts_rules *r, const struct corpus *c,
	const struct texts_shape *shape, uint64_t *seed)
{
	const char **word = r->word + r->word_count;
	struct texts_rule *rule = &r->rule[r->count++];
	struct buf pattern;

	for (int i = 0; i < shape->words; i++)
		r->word[r->word_count++] = texts_pick_word(c, seed, r->arena);
	buf_init(&pattern, 10000);
	texts_fill(&pattern, shape->pattern, word);
	rule->pattern = arena_strndup(r->arena, buf_str(&pattern), pattern.len);
	rule->need = word[shape->need - 1];
	rule->regex = shape->regex;
	buf_addf(&r->text, rule->regex ? "/%s/\n" : "%s\n", buf_str(&pattern));
	buf_fini(&pattern);
}

static inline struct texts_rules *texts_make_rules(const struct corpus *c)
{
	struct texts_rules *r = calloc(1, sizeof *r);
	uint64_t seed = 20261126;

	if (!r || !(r->arena = arena_new(ARENA_MAX_DEFAULT)))
		corpus_die("rules", "no memory");
	buf_init(&r->text, BUF_MAX_DEFAULT);
	while (r->count < TEXTS_RULES_MAX) {
		if (r->count % TEXTS_TOPIC_LINES == 0)
			buf_addf(&r->text, "[题%zu]\n", r->count / TEXTS_TOPIC_LINES);
		texts_add_rule(r, c, texts_shape_of(r->count), &seed);
	}
	return r;
}

static inline void texts_free_rules(struct texts_rules *r)
{
	arena_free(r->arena);
	buf_fini(&r->text);
	free(r);
}

/* The first `count` of them, a multiple of TEXTS_TOPIC_LINES. */
static inline struct rules *texts_compile(const struct texts_rules *made, size_t count)
{
	struct rules_file file = {"rules", buf_str(&made->text), made->text.len};
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};
	char head[40];

	(void)snprintf(head, sizeof head, "[题%zu]\n", count / TEXTS_TOPIC_LINES);
	if (count < made->count)
		file.size = (size_t)(strstr(file.text, head) - file.text);
	corpus_check(rules_compile(&file, 1, &r, NULL, &e), &e);
	return r;
}

/* An item of nothing but words of the rules: the worst that a text can do. */
static inline void texts_add_stuffed(
	struct texts *t, const char *const *word, size_t words, size_t at_least, uint64_t *seed)
{
	size_t from = t->text.len;

	while (t->text.len - from < at_least)
		buf_add_str(&t->text, word[texts_random(seed) % words]);
	texts_end_one(t);
}

#endif
