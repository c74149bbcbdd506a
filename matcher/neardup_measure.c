/*
 * neardup_measure.c - figures about two texts, taken from their alignment.
 */
#include "matcher/neardup_measure.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/neardup_align.h"

#define SWAP_MAX 16 /* tokens on either side: more is another sentence, not another word */
#define NAME_RUN_MAX 24 /* tokens: more is a sentence of its own */
#define LONG_SWAP_MIN 4 /* tokens: a whole name, not a word for one that means the same */
#define EDGE_SHARE 5 /* at most 1/5 of the shorter ... */
#define EDGE_MAX 40 /* ... and 40 tokens of it: another headline, a source line */

#define DATELINE_MAX 10 /* tokens from a date to what makes it a dateline */

#define HAN_DI 0x7B2C /* 第 */

/* Character sets as strings of code points. */
static const uint32_t date_units[] = {0x6708, 0x65E5, 0x65F6, 0}; /* 月日时 */
static const uint32_t order_units[] = {0x6279, 0x671F, 0x53F7, 0x4EE4, 0x5C4A, 0}; /* 批期号令届 */
/* What a place or body ends in: 省市县区镇乡村街路州旗组局院校厂司社园城湖河桥 */
static const uint32_t name_ends[] = {0x7701, 0x5E02, 0x53BF, 0x533A, 0x9547, 0x4E61, 0x6751, 0x8857,
	0x8DEF, 0x5DDE, 0x65D7, 0x7EC4, 0x5C40, 0x9662, 0x6821, 0x5382, 0x53F8, 0x793E, 0x56ED,
	0x57CE, 0x6E56, 0x6CB3, 0x6865, 0x67D0, 0}; /* and 某: 王某 */

static bool is_one_of(uint32_t id, const uint32_t *set)
{
	for (; *set; set++)
		if (*set == id)
			return true;
	return false;
}

struct measurer {
	const struct neardup_text *x, *y;
	struct neardup_alignment al;
	struct arena *arena;
	uint64_t *fact; /* of y: a table by fact_slot(); 0 is an empty slot */
	size_t fact_mask; /* slots - 1 */
	struct neardup_measure *out;
};

/* --- numbers --- */

static uint32_t id_at(const struct neardup_text *t, size_t i)
{
	return i < t->count ? t->id[i] : 0;
}

/* The first of the numbers that stands at token `from` or behind it. */
static size_t number_from(const struct neardup_text *t, size_t from)
{
	size_t low = 0, high = t->numbers;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (t->number[mid].token < from)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool has_number(const struct neardup_text *t, size_t from, size_t end)
{
	size_t n = number_from(t, from);

	return n < t->numbers && t->number[n].token < end;
}

/* A number with what it counts: 3人 is another fact than 3月. At the end of a sentence
 * (or of a text that was cut there) it stands alone. */
static uint64_t fact_at(const struct neardup_text *t, const struct neardup_number *n)
{
	bool ends = n->token + 1 == t->first[n->sentence + 1];

	return (uint64_t)t->id[n->token] << 32 | (ends ? 0 : t->id[n->token + 1]);
}

/* Where a fact stands in the table, or would. */
static uint64_t *fact_slot(const struct measurer *m, uint64_t fact)
{
	size_t i = (size_t)(fact * UINT64_C(0x9E3779B97F4A7C15) >> 32);

	while (m->fact[i & m->fact_mask] && m->fact[i & m->fact_mask] != fact)
		i++;
	return &m->fact[i & m->fact_mask];
}

static bool gather_facts(struct measurer *m)
{
	size_t size = 16;

	while (size < 4 * m->y->numbers) /* two facts each: half of it stays empty */
		size *= 2;
	m->fact_mask = size - 1;
	m->fact = arena_array(m->arena, size, sizeof *m->fact);
	if (!m->fact)
		return false;
	for (size_t i = 0; i < m->y->numbers; i++) {
		uint64_t fact = fact_at(m->y, &m->y->number[i]);
		uint64_t alone = (uint64_t)m->y->id[m->y->number[i].token] << 32;
		*fact_slot(m, fact) = fact;
		*fact_slot(m, alone) = alone;
	}
	return true;
}

static bool known_fact(const struct measurer *m, uint64_t fact)
{
	return *fact_slot(m, fact) == fact;
}

static bool is_date(const struct neardup_text *t, size_t i)
{
	return is_one_of(id_at(t, i + 1), date_units);
}

static bool is_ordinal(const struct neardup_text *t, size_t i)
{
	return (i > 0 && t->id[i - 1] == HAN_DI) || is_one_of(id_at(t, i + 1), order_units);
}

/* 死亡 遇难 身亡 受伤 伤者 … : what a count of people belongs to. */
static bool is_casualty_word(const struct neardup_text *t, size_t i)
{
	static const uint32_t pairs[][2] = {{0x6B7B, 0x4EA1}, {0x9047, 0x96BE}, {0x8EAB, 0x4EA1},
		{0x7F79, 0x96BE}, {0x53D7, 0x4F24}, {0x91CD, 0x4F24}, {0x8F7B, 0x4F24}};

	for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
		if (id_at(t, i) == pairs[k][0] && id_at(t, i + 1) == pairs[k][1])
			return true;
	return false;
}

/* A count of killed or hurt rises from one report of an event to the next: another figure
 * does not say that it is another event. Token i is a number. */
static bool is_casualty(const struct neardup_text *t, size_t i)
{
	if (id_at(t, i + 1) != 0x4EBA && id_at(t, i + 1) != 0x540D) /* 人, 名 */
		return false;
	for (size_t k = i + 2; k < i + 6; k++)
		if (is_casualty_word(t, k))
			return true;
	for (size_t k = i > 6 ? i - 6 : 0; k + 1 < i; k++)
		if (is_casualty_word(t, k))
			return true;
	return false;
}

/* Half of the sentence stands in the other text. */
static bool is_shared_sentence(const struct measurer *m, size_t sentence)
{
	size_t from = m->x->first[sentence], n = m->x->first[sentence + 1] - from, shared = 0;

	for (size_t i = 0; i < n; i++)
		shared += m->al.x_shared[from + i];
	return shared * 2 >= n;
}

/* "11月23日电", "23日从有关部门获悉": when it was written, not when it happened. */
static bool is_dateline(const struct neardup_text *t, size_t i)
{
	static const uint32_t ends[][2] = {
		{0x7535, 0}, {0x8BAF, 0}, {0x62A5, 0x9053}, {0x83B7, 0x6089}}; /* 电 讯 报道 获悉 */

	for (size_t k = i + 1; k < i + DATELINE_MAX && k < t->count; k++)
		for (size_t j = 0; j < sizeof ends / sizeof *ends; j++)
			if (id_at(t, k) == ends[j][0] &&
				(!ends[j][1] || id_at(t, k + 1) == ends[j][1]))
				return true;
	return false;
}

static bool is_passed_over(const struct measurer *m, size_t i)
{
	return is_casualty(m->x, i) || (!m->al.x_shared[i] && is_dateline(m->x, i));
}

static void count_fact(struct measurer *m, const struct neardup_number *n, bool shared)
{
	bool other = !known_fact(m, fact_at(m->x, n));

	if (is_date(m->x, n->token)) {
		m->out->dates++;
		m->out->dates_other += other;
	}
	if (!shared)
		return;
	m->out->facts++;
	m->out->facts_other += other;
	m->out->ordinals_other += other && is_ordinal(m->x, n->token);
}

static void count_facts(struct measurer *m)
{
	bool shared = false;

	for (size_t i = 0; i < m->x->numbers; i++) {
		const struct neardup_number *n = &m->x->number[i];
		if (i == 0 || n->sentence != n[-1].sentence)
			shared = is_shared_sentence(m, n->sentence);
		if (!is_passed_over(m, n->token))
			count_fact(m, n, shared);
	}
}

/* --- what was replaced --- */

/* The replaced tokens, or the one behind them, end a name. */
static bool is_name(const struct neardup_text *t, size_t from, size_t end)
{
	for (size_t i = from; i < end + 2 && i < t->count; i++)
		if (is_one_of(t->id[i], name_ends))
			return true;
	return false;
}

struct gap { /* what lies between two shared runs, in x and in y */
	size_t x, x_end, y, y_end;
};

/* False when nothing of both lies between run k and the next, or y does not go on. */
static bool gap_after(const struct measurer *m, size_t k, struct gap *g)
{
	const struct neardup_block *p = &m->al.block[k], *q = p + 1;

	if (k + 1 >= m->al.count)
		return false;
	*g = (struct gap){p->x + p->n, q->x, p->y + p->n, q->y};
	return g->x < g->x_end && g->y < g->y_end;
}

static bool is_swap(const struct gap *g)
{
	return g->x_end - g->x <= SWAP_MAX && g->y_end - g->y <= SWAP_MAX;
}

static uint32_t gap_hash(const struct measurer *m, const struct gap *g)
{
	uint32_t h = 0;

	for (size_t i = g->x; i < g->x_end; i++)
		h = (h ^ m->x->id[i]) * 0x01000193u;
	for (size_t i = g->y; i < g->y_end; i++)
		h = (h ^ m->y->id[i]) * 0x9E3779B1u;
	return h;
}

/* Nothing but the figures of killed or hurt is another. */
static bool is_casualty_swap(const struct measurer *m, const struct gap *g)
{
	return g->x_end - g->x == 1 && g->y_end - g->y == 1 && has_number(m->x, g->x, g->x_end) &&
	       has_number(m->y, g->y, g->y_end) && is_casualty(m->x, g->x) &&
	       is_casualty(m->y, g->y);
}

static void count_swap(struct measurer *m, const struct gap *g)
{
	m->out->swaps++;
	if (has_number(m->x, g->x, g->x_end) && has_number(m->y, g->y, g->y_end))
		m->out->swaps_number++;
	if (is_name(m->x, g->x, g->x_end) && is_name(m->y, g->y, g->y_end))
		m->out->swaps_name++;
}

/* Tokens of x that stand where y has others, which are nowhere in x. */
static size_t replaced_in(const struct measurer *m, const struct gap *g)
{
	size_t shared = m->al.y_before[g->y_end] - m->al.y_before[g->y];
	size_t n = g->y_end - g->y - shared, x = g->x_end - g->x;

	return n < x ? n : x;
}

static int by_hash(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static enum err_code count_swaps(struct measurer *m, struct err *e)
{
	uint32_t *seen = arena_array(m->arena, m->al.count + 1, sizeof *seen);
	size_t replaced = 0;
	struct gap g;

	if (!seen)
		return err_nomem(e);
	for (size_t k = 0; k < m->al.count; k++) {
		if (!gap_after(m, k, &g))
			continue;
		size_t here = replaced_in(m, &g);
		replaced += here;
		if (!is_swap(&g) || is_casualty_swap(m, &g))
			continue;
		m->out->swaps_long += here >= LONG_SWAP_MIN;
		seen[m->out->swaps] = gap_hash(m, &g);
		count_swap(m, &g);
	}
	qsort(seen, m->out->swaps, sizeof *seen, by_hash);
	for (size_t i = 1; i < m->out->swaps; i++)
		m->out->swaps_again += seen[i] == seen[i - 1];
	m->out->replaced = (double)replaced / (double)(m->x->count ? m->x->count : 1);
	return ERR_OK;
}

/* --- what has another name --- */

/* Notices of one form say what they are about in the headline and again in the text: 大阁山公园
 * against 清江农贸市场. A copy may have other words here and there, but not the same ones twice. */

struct side {
	const struct neardup_text *text;
	const bool *x_shared; /* of x; NULL: it is y */
	const uint32_t *y_before;
};

static bool is_shared_at(const struct side *s, size_t i)
{
	return s->x_shared ? s->x_shared[i] : s->y_before[i + 1] > s->y_before[i];
}

struct place {
	uint64_t hash; /* of the tokens that begin here */
	size_t at;
};

static int by_hash_and_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* Every n tokens within [from, end). */
static size_t add_places(
	const struct neardup_text *t, size_t from, size_t end, size_t n, struct place *out)
{
	size_t count = 0;

	for (size_t i = from; i + n <= end; i++) {
		uint64_t h = 0;
		for (size_t k = i; k < i + n; k++)
			h = (h ^ t->id[k]) * UINT64_C(0x9E3779B97F4A7C15);
		out[count++] = (struct place){h, i};
	}
	return count;
}

/* Those of short runs that the other text has not: a dropped sentence is no name. */
static size_t unshared_places(const struct side *s, size_t n, struct place *out)
{
	size_t count = 0, end;

	for (size_t i = 0; i < s->text->count; i = end + 1) {
		for (end = i; end < s->text->count && !is_shared_at(s, end);)
			end++;
		if (end - i <= NAME_RUN_MAX)
			count += add_places(s->text, i, end, n, out + count);
	}
	return count;
}

/* n tokens that the other text has not stand at two places. */
static bool is_repeated(const struct side *s, size_t n, struct place *room)
{
	size_t count = unshared_places(s, n, room);

	if (count)
		qsort(room, count, sizeof *room, by_hash_and_place);
	for (size_t i = 1; i < count; i++)
		if (room[i].hash == room[i - 1].hash && room[i].at >= room[i - 1].at + n)
			return true;
	return false;
}

/* Two characters on one side, three on the other: less may be 表示 for 说. */
static enum err_code find_renamed(struct measurer *m, struct err *e)
{
	const struct side x = {m->x, m->al.x_shared, NULL}, y = {m->y, NULL, m->al.y_before};
	struct place *room = arena_array(m->arena, m->y->count + 1, sizeof *room);

	if (!room)
		return err_nomem(e);
	m->out->renamed = is_repeated(&x, 2, room) && is_repeated(&y, 2, room) &&
			  (is_repeated(&x, 3, room) || is_repeated(&y, 3, room));
	return ERR_OK;
}

/* --- how much is shared --- */

/* Tokens at the edges of the shorter that are not shared and are forgiven. */
static size_t edges(const struct measurer *m)
{
	size_t n = m->x->count, max = n / EDGE_SHARE, head = 0, tail = 0;

	if (max > EDGE_MAX)
		max = EDGE_MAX;
	while (head < n && !m->al.x_shared[head])
		head++;
	while (tail < n && !m->al.x_shared[n - 1 - tail])
		tail++;
	return head + tail < max ? head + tail : max;
}

static double share(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

static void measure_shares(struct measurer *m)
{
	struct neardup_measure *out = m->out;
	size_t first = 0;

	out->shorter = m->x->count;
	out->ratio = share(m->x->count, m->y->count);
	out->contained = share(m->al.x_count, m->x->count - (m->al.x_count ? edges(m) : 0));
	if (out->contained > 1)
		out->contained = 1;
	out->covered = share(m->al.y_count, m->y->count);
	out->runs = share(m->al.x_count, m->al.count);
	while (first < m->y->count && !m->al.y_before[first + 1])
		first++;
	out->offset = share(first, m->y->count);
}

enum err_code neardup_measure(const struct neardup_text *x, const struct neardup_text *y,
	struct arena *a, struct neardup_measure *out, struct err *e)
{
	struct measurer m = {.x = x, .y = y, .arena = a, .out = out};
	enum err_code rc = neardup_align(x, y, a, &m.al, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	if (!gather_facts(&m))
		return err_nomem(e);
	measure_shares(&m);
	count_facts(&m);
	rc = find_renamed(&m, e);
	return rc ? rc : count_swaps(&m, e);
}
