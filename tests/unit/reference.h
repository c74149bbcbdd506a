/*
 * reference.h - random rule lines and texts, and a slow reference for what a line means,
 * which knows nothing of tables, triggers, windows or trees shared between rules. The
 * alphabet is small so that words meet, overlap and straddle sentences. For one .c file.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"

#define TEXT_MAX 240
#define NODES_MAX 40
#define FIELDS 3
#define PLACES_MAX (4 * TEXT_MAX)

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
	bool longer; /* of a word: with * */
};

struct rule {
	struct node node[NODES_MAX];
	int count, root;
	unsigned fields; /* bits: 1 title, 2 text, 4 source */
};

static bool is_han(char c)
{
	return c == 'A' || c == 'B' || c == 'C';
}

static bool is_latin(char c)
{
	return c == 'x' || c == '1';
}

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
	n->longer = n->kind == WORD && is_latin(n->word[length - 1]) && next_random(seed) % 3 == 0;
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

/* A sign as it stands on either of two keyboards. */
static void print_sign(struct buf *b, uint64_t *seed, const char *half, const char *full)
{
	buf_add_str(b, next_random(seed) % 4 ? half : full);
}

struct printer {
	struct buf *out, *macros; /* lines of [定义] */
	int macro_count;
	uint64_t *seed;
};

static void print_node(struct printer *p, struct buf *b, struct rule *r, int at);

static void print_leaf(struct printer *p, struct buf *b, const struct node *n)
{
	if (n->kind == REGEX) {
		buf_addf(b, "/%s.{0,%u}%s/", spell(n->word[0]), n->gap, spell(n->word[1]));
		return;
	}
	print_word(b, n->word);
	if (n->longer)
		print_sign(b, p->seed, "*", "＊");
}

static void print_list(struct printer *p, struct buf *b, struct rule *r, const struct node *n)
{
	print_sign(b, p->seed, "(", "（");
	for (int i = 0; i < n->children; i++) {
		if (i && n->kind == NEAR) {
			print_sign(b, p->seed, " ~", " ～");
			buf_addf(b, "%u ", n->dist[i - 1]);
		} else if (i && n->kind == ANY) {
			print_sign(b, p->seed, " | ", "｜");
		} else if (i) {
			print_sign(b, p->seed, " ", "\u3000");
		}
		print_node(p, b, r, n->child[i]);
	}
	print_sign(b, p->seed, ")", "）");
}

static void print_plain(struct printer *p, struct buf *b, struct rule *r, int at)
{
	if (r->node[at].kind == WORD || r->node[at].kind == REGEX)
		print_leaf(p, b, &r->node[at]);
	else
		print_list(p, b, r, &r->node[at]);
}

/* Now and then by its name, defined where names are. */
static void print_node(struct printer *p, struct buf *b, struct rule *r, int at)
{
	struct buf meaning;

	if (next_random(p->seed) % 10) {
		print_plain(p, b, r, at);
		return;
	}
	buf_init(&meaning, 1 << 16);
	print_plain(p, &meaning, r, at);
	buf_addf(p->macros, "名%d = %s\n", ++p->macro_count, buf_str(&meaning));
	print_sign(b, p->seed, "@", "＠");
	buf_addf(b, "名%d", p->macro_count);
	buf_fini(&meaning);
}

/* --- the reference --------------------------------------------------------------- */

struct text {
	char a[TEXT_MAX + 1]; /* as written, in letters */
	char b[TEXT_MAX + 1]; /* without single separators between Han */
	int origin[TEXT_MAX + 1];
	int sentence[TEXT_MAX + 1];
};

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
		if (!n->longer && is_latin(n->word[length - 1]) && is_latin(t->b[i + length]))
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
	struct place p[PLACES_MAX];
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
	struct place p[PLACES_MAX];
	bool any = n->kind == ALL;

	if (n->kind == ALL || n->kind == ANY) {
		for (int i = 0; i < n->children; i++)
			if (holds(r, n->child[i], t, fields) != (n->kind == ALL))
				return n->kind == ANY;
		return n->kind == ALL;
	}
	any = false;
	for (int f = 0; f < FIELDS && !any; f++)
		if (fields >> f & 1)
			any = n->kind == NEAR ? chain(r, n, &t[f], 0, NULL)
					      : places(r, at, &t[f], p) > 0;
	return any;
}

static void random_text(struct text *t, uint64_t *seed)
{
	static const char letters[] = "ABCABCABCx1.!,-- ";
	/* In long ones, with little in them, regexes look at pieces. */
	bool is_long = next_random(seed) % 16 == 0;
	size_t n = next_random(seed) % (is_long ? TEXT_MAX : 40);

	memset(t, 0, sizeof *t);
	for (size_t i = 0; i < n; i++)
		t->a[i] = is_long && next_random(seed) % 8
				  ? ','
				  : letters[next_random(seed) % (sizeof letters - 1)];
	prepare(t);
}

static void spell_text(struct buf *b, const struct text *t)
{
	buf_clear(b);
	print_word(b, t->a);
}

#endif
