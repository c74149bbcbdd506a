/*
 * compare.c - comparing expressions.
 */
#include "matcher/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define SPELLING_MAX ((size_t)1 << 20)

struct word { /* as it is looked for */
	const uint32_t *cp;
	size_t n;
	bool longer;
};

#define KEPT 65536 /* a power of two */

struct kept { /* the spelling of an expression */
	const struct expr *of;
	const char *text;
};

struct compare {
	const struct rules *r;
	struct arena *arena;
	struct word *word; /* by id; cp NULL: not met yet */
	struct kept *kept; /* those spelled last, each at the place that its address gives */
};

const struct expr *compare_bare(const struct expr *x)
{
	while (x->kind == EXPR_MACRO && x->count)
		x = x->child[0];
	return x;
}

/* --- words ------------------------------------------------------------------- */

static bool learn(struct compare *c, const struct expr *x)
{
	struct word *w = &c->word[x->id];
	struct shadow s;

	if (w->cp)
		return true;
	if (normalise_text(c->r->table, x->name, strlen(x->name), c->arena, &s, NULL))
		return false;
	*w = (struct word){s.b_cp, s.b_count - (x->longer && s.b_count), x->longer};
	return true;
}

static bool learn_all(struct compare *c, const struct expr *x)
{
	if (x->kind == EXPR_LITERAL)
		return learn(c, x);
	for (size_t i = 0; i < x->count; i++)
		if (!learn_all(c, x->child[i]))
			return false;
	return true;
}

struct compare *compare_new(const struct rules *r)
{
	struct compare *c = calloc(1, sizeof *c);
	bool ok = c != NULL;

	if (!c)
		return NULL;
	c->r = r;
	c->arena = arena_new(ARENA_MAX_DEFAULT);
	c->word = c->arena ? arena_array(c->arena, literals_count(r->literals) + 1, sizeof *c->word)
			   : NULL;
	c->kept = c->arena ? arena_array(c->arena, KEPT, sizeof *c->kept) : NULL;
	ok = c->word && c->kept;
	for (size_t i = 0; ok && i < r->line_count; i++)
		ok = learn_all(c, r->line[i].expr);
	for (size_t i = 0; ok && i < r->macro_count; i++)
		ok = !r->macro[i].expr || learn_all(c, r->macro[i].expr);
	if (ok)
		return c;
	compare_free(c);
	return NULL;
}

void compare_free(struct compare *c)
{
	if (c)
		arena_free(c->arena);
	free(c);
}

/* b stands in a at k with its ends where they must be. */
static bool ends_fit(const struct word *a, const struct word *b, size_t k)
{
	size_t end = k + b->n;

	if (normalise_is_word(b->cp[0]) && k > 0 && normalise_is_word(a->cp[k - 1]))
		return false;
	if (b->longer || !normalise_is_word(b->cp[b->n - 1]))
		return true;
	return end < a->n ? !normalise_is_word(a->cp[end]) : !a->longer;
}

bool compare_word_holds(const struct compare *c, const struct expr *x, const struct expr *y)
{
	const struct word *a = &c->word[x->id], *b = &c->word[y->id];

	for (size_t k = 0; k + b->n <= a->n; k++)
		if (memcmp(a->cp + k, b->cp, b->n * sizeof *b->cp) == 0 && ends_fit(a, b, k))
			return true;
	return false;
}

/* --- spelling ---------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *join(struct compare *c, char sign, const char **part, size_t n)
{
	struct buf b;
	const char *text;

	buf_init(&b, SPELLING_MAX);
	buf_addf(&b, "%c(", sign);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s;", part[i]);
	buf_add_char(&b, ')');
	text = buf_check(&b, "", NULL) ? NULL : arena_strdup(c->arena, buf_str(&b));
	buf_fini(&b);
	return text;
}

/* A chain of ~ means the same from behind. */
static const char *join_near(
	struct compare *c, const struct expr *x, const char **part, bool backward)
{
	struct buf b;
	const char *text;

	buf_init(&b, SPELLING_MAX);
	for (size_t i = 0; i < x->count; i++) {
		size_t at = backward ? x->count - 1 - i : i;
		if (i)
			buf_addf(&b, "~%u ", x->distance[backward ? at : at - 1]);
		buf_addf(&b, "%s ", part[at]);
	}
	text = buf_check(&b, "", NULL) ? NULL : arena_strdup(c->arena, buf_str(&b));
	buf_fini(&b);
	return text;
}

static const char *spell_near(struct compare *c, const struct expr *x, const char **part)
{
	const char *forth = join_near(c, x, part, false), *back = join_near(c, x, part, true);

	return !forth || !back ? NULL : strcmp(forth, back) <= 0 ? forth : back;
}

/* Each part once, lists in lists taken apart. */
static size_t gather_parts(
	struct compare *c, const struct expr *x, enum expr_kind kind, const char **part, size_t n)
{
	for (size_t i = 0; i < x->count; i++) {
		const struct expr *child = compare_bare(x->child[i]);
		if (child->kind == kind && kind != EXPR_NEAR) {
			n = gather_parts(c, child, kind, part, n);
			continue;
		}
		if (part)
			part[n] = compare_spell(c, child);
		n++;
	}
	return n;
}

static const char *spell_parts(struct compare *c, const struct expr *x)
{
	size_t n = gather_parts(c, x, x->kind, NULL, 0), kept = 0;
	const char **part = arena_array(c->arena, n + 1, sizeof *part);

	if (!part)
		return NULL;
	gather_parts(c, x, x->kind, part, 0);
	for (size_t i = 0; i < n; i++)
		if (!part[i])
			return NULL;
	if (x->kind == EXPR_NEAR)
		return spell_near(c, x, part);
	qsort(part, n, sizeof *part, by_text);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || strcmp(part[kept - 1], part[i]) != 0)
			part[kept++] = part[i];
	return kept == 1 ? part[0] : join(c, x->kind == EXPR_OR ? '|' : '&', part, kept);
}

static struct kept *place_of(const struct compare *c, const struct expr *x)
{
	uint64_t h = (uint64_t)(uintptr_t)x * 0x9E3779B97F4A7C15u;

	return &c->kept[(h >> 32) & (KEPT - 1)];
}

static const char *spell(struct compare *c, const struct expr *x)
{
	if (x->kind == EXPR_LITERAL)
		return arena_printf(c->arena, "%u", (unsigned)x->id);
	if (x->kind == EXPR_REGEX)
		return arena_printf(c->arena, "/%s/", x->name);
	return spell_parts(c, x);
}

const char *compare_spell(struct compare *c, const struct expr *x)
{
	const struct expr *bare = compare_bare(x);
	struct kept *k = place_of(c, bare);

	if (k->of != bare)
		*k = (struct kept){bare, spell(c, bare)};
	return k->text;
}

static bool is_same(struct compare *c, const struct expr *a, const struct expr *b)
{
	const char *s, *t;

	if (a == b)
		return true;
	if (a->kind != b->kind || (a->kind == EXPR_NEAR && a->count != b->count))
		return false;
	if (a->kind == EXPR_LITERAL)
		return a->id == b->id;
	if (a->kind == EXPR_REGEX)
		return strcmp(a->name, b->name) == 0;
	s = compare_spell(c, a);
	t = compare_spell(c, b);
	return s && t && strcmp(s, t) == 0;
}

/* --- what follows from what -------------------------------------------------- */

static bool implies(struct compare *c, const struct expr *a, const struct expr *b);

static bool all_imply(struct compare *c, const struct expr *a, const struct expr *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (!implies(c, a->child[i], b))
			return false;
	return true;
}

static bool one_implies(struct compare *c, const struct expr *a, const struct expr *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (implies(c, a->child[i], b))
			return true;
	return false;
}

/* Every place of the operand a is one of the operand b: the same words or fewer. */
static bool is_part(struct compare *c, const struct expr *a, const struct expr *b)
{
	size_t found = 0;

	a = compare_bare(a);
	b = compare_bare(b);
	for (size_t i = 0; i < a->words; i++)
		for (size_t k = 0; k < b->words; k++)
			if (a->word[i] == b->word[k]) {
				found++;
				break;
			}
	return (a->words && found == a->words) || is_same(c, a, b);
}

/* Pairs only: of longer chains the same one, which is_same() finds. */
static bool near_implies(struct compare *c, const struct expr *a, const struct expr *b)
{
	if (a->count != 2 || b->count != 2 || a->distance[0] > b->distance[0])
		return false;
	return (is_part(c, a->child[0], b->child[0]) && is_part(c, a->child[1], b->child[1])) ||
	       (is_part(c, a->child[0], b->child[1]) && is_part(c, a->child[1], b->child[0]));
}

static bool implied_by_parts(struct compare *c, const struct expr *a, const struct expr *b)
{
	for (size_t i = 0; i < b->count; i++)
		if (implies(c, a, b->child[i]) != (b->kind == EXPR_AND))
			return b->kind == EXPR_OR;
	return b->kind == EXPR_AND;
}

static bool implies(struct compare *c, const struct expr *a, const struct expr *b)
{
	a = compare_bare(a);
	b = compare_bare(b);
	if (a->kind == EXPR_OR)
		return all_imply(c, a, b);
	if (b->kind == EXPR_AND)
		return implied_by_parts(c, a, b);
	if (b->kind == EXPR_OR && implied_by_parts(c, a, b))
		return true;
	if (a->kind == EXPR_LITERAL && b->kind == EXPR_LITERAL)
		return compare_word_holds(c, a, b);
	if (a->kind == b->kind && b->kind != EXPR_OR && is_same(c, a, b))
		return true;
	if (a->kind == EXPR_NEAR && b->kind == EXPR_NEAR && near_implies(c, a, b))
		return true;
	return (a->kind == EXPR_AND || a->kind == EXPR_NEAR) && one_implies(c, a, b);
}

bool compare_implies(
	struct compare *c, const struct expr *a, unsigned in, const struct expr *b, unsigned of)
{
	return (in & ~of) == 0 && implies(c, a, b);
}
