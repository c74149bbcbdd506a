/*
 * test_eval.c - random rules on random texts: the engine against a slow reference
 * that knows nothing of tables, triggers or trees shared between rules. The
 * alphabet is small so that words meet, overlap and straddle sentences.
 *
 * EVAL_PAIRS=N sets how many pairs are tried (default 20,000).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/utf8.h"
#include "matcher/match.h"

#define TEXT_MAX 40
#define NODES_MAX 40
#define LINES 12

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* --- random rules -------------------------------------------------------------- */

enum kind { WORD, REGEX, ALL, ANY, NEAR };

struct node {
	enum kind kind;
	char word[4]; /* code units of the alphabet below */
	unsigned gap; /* of a regex: X.{0,gap}Y; of NEAR: between child i and i + 1 */
	unsigned dist[4];
	int child[4];
	int children;
};

struct rule {
	struct node node[NODES_MAX];
	int count, root;
	unsigned fields; /* bits: 1 title, 2 text */
};

/* Letters of rules and texts: each char stands for one character. */
static const char *spell(char c)
{
	switch (c) {
	case 'A':
		return "欠";
	case 'B':
		return "薪";
	case 'C':
		return "工";
	case 'x':
		return "x";
	case '1':
		return "1";
	case '.':
		return "。";
	case '!':
		return "！";
	case ',':
		return "，";
	case '-':
		return "·";
	default:
		return " ";
	}
}

static int new_node(struct rule *r, enum kind kind)
{
	struct node *n = &r->node[r->count];

	memset(n, 0, sizeof *n);
	n->kind = kind;
	return r->count++;
}

static int random_leaf(struct rule *r, uint64_t *seed)
{
	static const char letters[] = "ABCx1";
	int at = new_node(r, next_random(seed) % 6 == 0 ? REGEX : WORD);
	struct node *n = &r->node[at];
	unsigned length = n->kind == REGEX ? 2 : 1 + next_random(seed) % 3;

	for (unsigned i = 0; i < length; i++)
		n->word[i] = letters[next_random(seed) % (n->kind == REGEX ? 3 : 5)];
	n->gap = next_random(seed) % 4;
	return at;
}

static int random_operand(struct rule *r, uint64_t *seed)
{
	int at;

	if (next_random(seed) % 3)
		return random_leaf(r, seed);
	at = new_node(r, ANY);
	for (int i = 0; i < 2; i++) {
		int child = random_leaf(r, seed);
		r->node[at].child[r->node[at].children++] = child;
	}
	return at;
}

static int random_expr(struct rule *r, uint64_t *seed, int depth)
{
	uint32_t pick = next_random(seed) % 5;
	int at;

	if (depth == 0 || r->count > NODES_MAX - 16 || pick < 2)
		return random_leaf(r, seed);
	at = new_node(r, pick == 2 ? ALL : pick == 3 ? ANY : NEAR);
	for (uint32_t i = 2 + next_random(seed) % 2; i > 0; i--) {
		int child = pick == 4 ? random_operand(r, seed) : random_expr(r, seed, depth - 1);
		struct node *n = &r->node[at];
		n->dist[n->children] = next_random(seed) % 5;
		n->child[n->children++] = child;
	}
	return at;
}

static void print_word(struct buf *b, const char *word)
{
	for (; *word; word++)
		buf_add_str(b, spell(*word));
}

static void print_node(struct buf *b, const struct rule *r, int at)
{
	const struct node *n = &r->node[at];

	if (n->kind == WORD) {
		print_word(b, n->word);
		return;
	}
	if (n->kind == REGEX) {
		buf_addf(b, "/%s.{0,%u}%s/", spell(n->word[0]), n->gap, spell(n->word[1]));
		return;
	}
	buf_add_char(b, '(');
	for (int i = 0; i < n->children; i++) {
		if (i && n->kind == NEAR)
			buf_addf(b, " ~%u ", n->dist[i - 1]);
		else if (i)
			buf_add_str(b, n->kind == ALL ? " " : " | ");
		print_node(b, r, n->child[i]);
	}
	buf_add_char(b, ')');
}

/* --- the reference --------------------------------------------------------------- */

struct text {
	char a[TEXT_MAX + 1]; /* as written, in letters */
	char b[TEXT_MAX + 1]; /* without single separators between Han */
	int origin[TEXT_MAX + 1];
	int sentence[TEXT_MAX + 1];
};

static bool is_han(char c)
{
	return c == 'A' || c == 'B' || c == 'C';
}

static bool is_latin(char c)
{
	return c == 'x' || c == '1';
}

static void prepare(struct text *t)
{
	int n = 0, number = 0;

	for (int i = 0; t->a[i]; i++) {
		if (t->a[i] == '-' && i > 0 && is_han(t->a[i - 1]) && is_han(t->a[i + 1]))
			continue;
		t->b[n] = t->a[i];
		t->origin[n] = i;
		t->sentence[n++] = number;
		if (t->a[i] == '.' || t->a[i] == '!')
			number++;
	}
	t->b[n] = '\0';
}

struct place {
	int start, end;
};

/* Places of a leaf in b. */
static int places_of_word(const struct node *n, const struct text *t, struct place *out)
{
	int length = (int)strlen(n->word), total = (int)strlen(t->b), count = 0;

	for (int i = 0; i + length <= total; i++) {
		if (strncmp(t->b + i, n->word, (size_t)length) != 0)
			continue;
		if (is_latin(n->word[0]) && i > 0 && is_latin(t->b[i - 1]))
			continue;
		if (is_latin(n->word[length - 1]) && is_latin(t->b[i + length]))
			continue;
		out[count++] = (struct place){i, i + length};
	}
	return count;
}

static int b_of(const struct text *t, int a)
{
	int i = 0;

	while (t->b[i] && t->origin[i] < a)
		i++;
	return i;
}

/* Greedy, from left to right, on a: then where that lies in b. */
static int places_of_regex(const struct node *n, const struct text *t, struct place *out)
{
	int total = (int)strlen(t->a), count = 0;

	for (int i = 0; i < total; i++) {
		int end = -1;
		for (int g = (int)n->gap; t->a[i] == n->word[0] && g >= 0 && end < 0; g--)
			if (i + 1 + g < total && t->a[i + 1 + g] == n->word[1])
				end = i + 2 + g;
		if (end < 0)
			continue;
		out[count++] = (struct place){b_of(t, i), b_of(t, end)};
		i = end - 1;
	}
	return count;
}

static int places(const struct rule *r, int at, const struct text *t, struct place *out)
{
	const struct node *n = &r->node[at];
	int count = 0;

	if (n->kind == WORD)
		return places_of_word(n, t, out);
	if (n->kind == REGEX)
		return places_of_regex(n, t, out);
	for (int i = 0; i < n->children; i++)
		count += places(r, n->child[i], t, out + count);
	return count;
}

static bool are_near(const struct text *t, struct place a, struct place b, unsigned distance)
{
	int first = a.start < b.start ? a.start : b.start, last = a.end > b.end ? a.end : b.end;

	if (t->sentence[first] != t->sentence[last - 1])
		return false;
	if (a.end <= b.start)
		return (unsigned)(b.start - a.end) <= distance;
	return b.end <= a.start && (unsigned)(a.start - b.end) <= distance;
}

/* Tries every place for operand i beside the one chosen before it. */
static bool chain(const struct rule *r, const struct node *n, const struct text *t, int i,
	const struct place *before)
{
	struct place p[4 * TEXT_MAX];
	int count;

	if (i == n->children)
		return true;
	count = places(r, n->child[i], t, p);
	for (int k = 0; k < count; k++)
		if ((!before || are_near(t, *before, p[k], n->dist[i - 1])) &&
			chain(r, n, t, i + 1, &p[k]))
			return true;
	return false;
}

static bool holds(const struct rule *r, int at, const struct text *t, unsigned fields)
{
	const struct node *n = &r->node[at];
	struct place p[4 * TEXT_MAX];
	bool any = n->kind == ALL;

	if (n->kind == ALL || n->kind == ANY) {
		for (int i = 0; i < n->children; i++)
			if (holds(r, n->child[i], t, fields) != (n->kind == ALL))
				return n->kind == ANY;
		return n->kind == ALL;
	}
	any = false;
	for (int f = 0; f < 2 && !any; f++)
		if (fields >> f & 1)
			any = n->kind == NEAR ? chain(r, n, &t[f], 0, NULL)
					      : places(r, at, &t[f], p) > 0;
	return any;
}

/* --- side by side ----------------------------------------------------------------- */

static void random_text(struct text *t, uint64_t *seed)
{
	static const char letters[] = "ABCABCABCx1.!,-- ";
	size_t n = next_random(seed) % TEXT_MAX;

	memset(t, 0, sizeof *t);
	for (size_t i = 0; i < n; i++)
		t->a[i] = letters[next_random(seed) % (sizeof letters - 1)];
	prepare(t);
}

static void spell_text(struct buf *b, const struct text *t)
{
	buf_clear(b);
	print_word(b, t->a);
}

static bool line_hit(const struct match_result *m, int line)
{
	for (size_t i = 0; m->topic_count && i < m->topics[0].hit_count; i++)
		if (m->topics[0].hits[i].line == line)
			return true;
	return false;
}

static void compare(
	struct match_work *w, const struct rule *rule, const char *source, uint64_t *seed)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct text t[2];
	struct buf title, text;
	struct match_input in;
	struct match_result m;

	buf_init(&title, 1000);
	buf_init(&text, 1000);
	random_text(&t[0], seed);
	random_text(&t[1], seed);
	spell_text(&title, &t[0]);
	spell_text(&text, &t[1]);
	memset(&in, 0, sizeof in);
	in.title = buf_str(&title);
	in.title_size = title.len;
	in.text = buf_str(&text);
	in.text_size = text.len;
	assert_int_equal(match_text_with(w, &in, a, &m, NULL), ERR_OK);
	for (int i = 0; i < LINES; i++)
		if (line_hit(&m, i + 2) != holds(&rule[i], rule[i].root, t, rule[i].fields))
			fail_msg("line %d of\n%stitle “%s” text “%s”: engine says %d", i + 2,
				source, in.title, in.text, line_hit(&m, i + 2));
	buf_fini(&title);
	buf_fini(&text);
	arena_free(a);
}

static void run(uint64_t seed, long pairs)
{
	static const char *const field[] = {"", "标题: ", "正文: ", ""};
	struct rule *rule = calloc(LINES, sizeof *rule);

	while (pairs > 0) {
		struct rules *r = NULL;
		struct match_work *w;
		struct rules_file file = {"rules", NULL, 0};
		struct err e = {ERR_OK, ""};
		struct buf b;

		buf_init(&b, 1 << 16);
		buf_add_str(&b, "[甲]\n");
		for (int i = 0; i < LINES; i++) {
			memset(&rule[i], 0, sizeof rule[i]);
			rule[i].fields = 1 + next_random(&seed) % 3;
			rule[i].root = random_expr(&rule[i], &seed, 3);
			buf_add_str(&b, field[rule[i].fields]);
			print_node(&b, &rule[i], rule[i].root);
			buf_add_char(&b, '\n');
		}
		file.text = buf_str(&b);
		file.size = b.len;
		if (rules_compile(&file, 1, &r, NULL, &e) != ERR_OK)
			fail_msg("%s\n%s", e.text, buf_str(&b));
		w = match_work_new(r);
		assert_non_null(w);
		for (int i = 0; i < 20; i++, pairs -= LINES)
			compare(w, rule, buf_str(&b), &seed);
		match_work_free(w);
		rules_free(r);
		buf_fini(&b);
	}
	free(rule);
}

static void test_against_reference(void **state)
{
	const char *pairs = getenv("EVAL_PAIRS");
	int64_t n = 20000;

	(void)state;
	if (pairs)
		assert_true(str_to_int(str_of(pairs), 1, 1000000000, &n));
	run(42, (long)n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_reference),
	};

	if (hash_init(NULL) != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
