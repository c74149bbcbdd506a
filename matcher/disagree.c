/*
 * disagree.c - comparing the numbers of two texts.
 */
#include "matcher/disagree.h"

#include <stdbool.h>
#include <string.h>

#include "matcher/counted.h"
#include "matcher/figures.h"

/* Pairs that stand before any number: they do not tell what is counted. */
static const uint32_t empty_pairs[][2] = {
	{0x5171, 0x8BA1}, /* 共计 */
	{0x76EE, 0x524D}, /* 目前 */
	{0x622A, 0x81F3}, /* 截至 */
	{0x5176, 0x4E2D}, /* 其中 */
	{0x6D89, 0x53CA}, /* 涉及 */
	{0x5DF2, 0x7ECF}, /* 已经 */
	{0x53D1, 0x73B0}, /* 发现 */
	{0x7D2F, 0x8BA1}, /* 累计 */
	{0x603B, 0x8BA1}, /* 总计 */
	{0x5408, 0x8BA1}, /* 合计 */
	{0x73B0, 0x6709}, /* 现有 */
	{0x5171, 0x6709}, /* 共有 */
	{0x5168, 0x90E8}, /* 全部 */
	{0x5206, 0x522B}, /* 分别 */
	{0x76F8, 0x5173}, /* 相关 */
	{0x6709, 0x5173}, /* 有关 */
	{0x6838, 0x5B9E}, /* 核实 */
	{0x67E5, 0x660E}, /* 查明 */
	{0x7ECF, 0x67E5}, /* 经查 */
	{0x6211, 0x5C40}, /* 我局 */
	{0x5DE6, 0x53F3}, /* 左右 */
	{0x4EE5, 0x4E0A}, /* 以上 */
};

struct side {
	struct figures figures;
	struct counted *list;
	size_t count;
};

struct pairing {
	struct arena *arena;
	struct disagreement *out;
	size_t count;
};

static bool is_empty_pair(const uint32_t *p)
{
	for (size_t i = 0; i < sizeof empty_pairs / sizeof *empty_pairs; i++)
		if (empty_pairs[i][0] == p[0] && empty_pairs[i][1] == p[1])
			return true;
	return p[0] == 0 || p[1] == 0;
}

/* How long the run is that both have from here on. */
static size_t run_at(const struct counted *a, size_t i, const struct counted *b, size_t k)
{
	size_t n = 0;

	while (i + n < a->word_count && k + n < b->word_count && a->words[i + n] &&
		a->words[i + n] == b->words[k + n])
		n++;
	return n;
}

static bool says_something(const uint32_t *words, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (!is_empty_pair(words + i))
			return true;
	return false;
}

/* The longest run of words that both have and that says what is counted; 0: none. */
static size_t shared(const struct counted *a, const struct counted *b, size_t *from)
{
	size_t best = 0;

	for (size_t i = 0; i < a->word_count; i++)
		for (size_t k = 0; k < b->word_count; k++) {
			size_t n = run_at(a, i, b, k);
			if (n > best && says_something(a->words + i, n)) {
				best = n;
				*from = i;
			}
		}
	return best;
}

static enum err_code add(
	struct pairing *p, const char *what, const char *here, const char *there, struct err *e)
{
	if (!what || !here || !there)
		return err_nomem(e);
	p->out[p->count++] = (struct disagreement){what, here, there};
	return ERR_OK;
}

static enum err_code add_words(struct pairing *p, const struct counted *c, size_t from, size_t n,
	const struct counted *other, struct err *e)
{
	char *what = arena_alloc(p->arena, 4 * (n + 1));

	for (; n >= 4 && is_empty_pair(c->words + from); n -= 2)
		from += 2;
	if (what)
		what[normalise_encode(c->words + from, n, what)] = '\0';
	return add(p, what, c->amount, other->amount, e);
}

/* Against the one of the other side that is the nearest in words; one that is equal settles
 * it. */
static enum err_code compare(
	struct pairing *p, const struct counted *c, const struct side *there, struct err *e)
{
	const struct counted *nearest = NULL;
	size_t best = 0, at = 0;

	for (size_t i = 0; i < there->count; i++) {
		const struct counted *o = &there->list[i];
		size_t from = 0, n;
		if (o->unit != c->unit || o->how != c->how)
			continue;
		n = shared(c, o, &from);
		if (n && o->value == c->value)
			return ERR_OK;
		if (n <= best)
			continue;
		best = n;
		at = from;
		nearest = o;
	}
	return nearest ? add_words(p, c, at, best, nearest, e) : ERR_OK;
}

static enum err_code compare_people(
	struct pairing *p, const char *what, int64_t here, int64_t there, struct err *e)
{
	if (!here || !there || here == there)
		return ERR_OK;
	return add(p, what, arena_printf(p->arena, "%lld人", (long long)here),
		arena_printf(p->arena, "%lld人", (long long)there), e);
}

static enum err_code read_side(const struct normalise_table *t, struct str text, struct arena *a,
	struct side *out, struct err *e)
{
	struct shadow s;
	enum err_code rc = normalise_text(t, text.p, text.n, a, &s, e);

	if (rc)
		return rc;
	figures_read(&s, &out->figures);
	return counted_read(&s, a, &out->list, &out->count, e);
}

enum err_code disagree_find(const struct normalise_table *t, struct str here, struct str there,
	struct arena *a, struct disagreement **out, size_t *count, struct err *e)
{
	struct pairing p = {.arena = a};
	struct side mine = {0}, others = {0};
	enum err_code rc = read_side(t, here, a, &mine, e);

	*out = NULL;
	*count = 0;
	if (!rc)
		rc = read_side(t, there, a, &others, e);
	p.out = rc ? NULL : arena_array(a, mine.count + 2, sizeof *p.out);
	if (!rc && !p.out)
		rc = err_nomem(e);
	if (!rc)
		rc = compare_people(&p, "死亡", mine.figures.dead, others.figures.dead, e);
	if (!rc)
		rc = compare_people(&p, "受伤", mine.figures.hurt, others.figures.hurt, e);
	for (size_t i = 0; !rc && i < mine.count; i++)
		rc = compare(&p, &mine.list[i], &others, e);
	*out = p.out;
	*count = rc ? 0 : p.count;
	return rc;
}

/* --- dates --- */

#define SAME_PROMISE 5 /* code points that two sentences share */

struct worded { /* a promise and the shadow of its sentence */
	const struct disagree_promise *p;
	struct shadow s;
};

static bool is_han(uint32_t cp)
{
	return cp >= 0x4E00 && cp <= 0x9FFF;
}

static size_t run_of_han(const struct shadow *a, size_t i, const struct shadow *b, size_t k)
{
	size_t n = 0;

	while (i + n < a->b_count && k + n < b->b_count && is_han(a->b_cp[i + n]) &&
		a->b_cp[i + n] == b->b_cp[k + n])
		n++;
	return n;
}

/* The longest run of Han that both sentences have. */
static size_t longest_run(const struct shadow *a, const struct shadow *b, size_t *from)
{
	size_t best = 0;

	for (size_t i = 0; i + best < a->b_count; i++)
		for (size_t k = 0; k + best < b->b_count; k++) {
			size_t n = run_of_han(a, i, b, k);
			if (n > best) {
				best = n;
				*from = i;
			}
		}
	return best;
}

/* The words of the date are no words of what is promised. */
static struct str without_phrase(const struct disagree_promise *p, struct arena *a)
{
	size_t n = strlen(p->phrase);
	char *copy = arena_strndup(a, p->sentence.p, p->sentence.n);
	char *at = copy && n ? strstr(copy, p->phrase) : NULL;

	if (at)
		memset(at, ' ', n);
	return copy ? str_of(copy) : (struct str){NULL, 0};
}

static enum err_code read_worded(const struct normalise_table *t, const struct disagree_promise *p,
	size_t count, struct arena *a, struct worded **out, struct err *e)
{
	enum err_code rc = ERR_OK;

	*out = arena_array(a, count + 1, sizeof **out);
	if (!*out)
		return err_nomem(e);
	for (size_t i = 0; !rc && i < count; i++) {
		struct str words = without_phrase(&p[i], a);
		(*out)[i].p = &p[i];
		rc = words.p ? normalise_text(t, words.p, words.n, a, &(*out)[i].s, e)
			     : err_nomem(e);
	}
	return rc;
}

/* Against the nearest in words; one with the same date settles it. */
static enum err_code compare_date(struct pairing *p, const struct worded *w,
	const struct worded *there, size_t count, struct err *e)
{
	const struct worded *nearest = NULL;
	size_t best = 0, at = 0;
	char *what;

	for (size_t i = 0; i < count; i++) {
		size_t from = 0, n = longest_run(&w->s, &there[i].s, &from);
		if (n < SAME_PROMISE)
			continue;
		if (strcmp(w->p->due, there[i].p->due) == 0)
			return ERR_OK;
		if (n <= best)
			continue;
		best = n;
		at = from;
		nearest = &there[i];
	}
	if (!nearest)
		return ERR_OK;
	what = arena_alloc(p->arena, 4 * (best + 1));
	if (what)
		what[normalise_encode(w->s.b_cp + at, best, what)] = '\0';
	return add(p, what, w->p->phrase, nearest->p->phrase, e);
}

enum err_code disagree_find_dates(const struct normalise_table *t,
	const struct disagree_promise *here, size_t here_count,
	const struct disagree_promise *there, size_t there_count, struct arena *a,
	struct disagreement **out, size_t *count, struct err *e)
{
	struct pairing p = {.arena = a};
	struct worded *mine = NULL, *others = NULL;
	enum err_code rc = read_worded(t, here, here_count, a, &mine, e);

	if (!rc)
		rc = read_worded(t, there, there_count, a, &others, e);
	p.out = rc ? NULL : arena_array(a, here_count + 1, sizeof *p.out);
	if (!rc && !p.out)
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < here_count; i++)
		rc = compare_date(&p, &mine[i], others, there_count, e);
	*out = p.out;
	*count = rc ? 0 : p.count;
	return rc;
}
