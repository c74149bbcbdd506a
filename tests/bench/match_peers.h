/*
 * match_peers.h - the same rules on the same texts by other means: Vectorscan's matcher of
 * literals with PCRE2 for what a literal alone does not decide, and PCRE2 rule by rule.
 *
 * They get what they need: texts that are normalised and checked, and patterns that are.
 * What they tell is which rules hit which item; without places, scores and reasons.
 */
#ifndef BENCH_MATCH_PEERS_H
#define BENCH_MATCH_PEERS_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "matcher/normalise.h"
#include "matcher/regex.h"
#include "tests/bench/match_texts.h"
#ifdef BENCH_HS
#include <hs.h>
#endif

struct peers {
	const struct texts_rules *rules;
	size_t count; /* of the rules that are used */
	pcre2_code *code[TEXTS_RULES_MAX]; /* words too */
	pcre2_match_data *data;
	struct texts a, b; /* shadows of the texts */
};

/* --- texts --- */

static inline void peers_add_shadows(
	struct peers *p, const struct normalise_table *table, struct str text)
{
	struct arena *arena = arena_new(ARENA_MAX_DEFAULT);
	struct shadow s;
	struct err e = {ERR_OK, ""};
	char *bytes;

	if (!arena)
		corpus_die("shadows", "no memory");
	corpus_check(normalise_text(table, text.p, text.n, arena, &s, &e), &e);
	bytes = arena_array(arena, s.b_count + 1, 4);
	if (!bytes)
		corpus_die("shadows", "no memory");
	buf_add(&p->a.text, s.bytes, s.size);
	buf_add(&p->b.text, bytes, normalise_encode(s.b_cp, s.b_count, bytes));
	texts_end_one(&p->a);
	texts_end_one(&p->b);
	arena_free(arena);
}

static inline void peers_take_texts(struct peers *p, const struct texts *t)
{
	struct normalise_table *table = normalise_table_new();

	texts_init(&p->a, t->count);
	texts_init(&p->b, t->count);
	for (size_t i = 0; i < t->count; i++)
		peers_add_shadows(p, table, texts_at(t, i));
	normalise_table_free(table);
}

/* --- PCRE2 --- */

static inline pcre2_code *peers_compile(const struct texts_rule *rule)
{
	const uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS;
	struct buf b;
	struct err e = {ERR_OK, ""};
	size_t at;
	int code;
	pcre2_code *c;

	buf_init(&b, 1 << 16);
	corpus_check(
		regex_normalise_pattern(rule->pattern, strlen(rule->pattern), &b, NULL, &at, &e),
		&e);
	c = pcre2_compile((PCRE2_SPTR)buf_str(&b), b.len, flags, &code, &at, NULL);
	if (!c)
		corpus_die(rule->pattern, "PCRE2 does not understand it");
	(void)pcre2_jit_compile(c, PCRE2_JIT_COMPLETE);
	buf_fini(&b);
	return c;
}

static inline struct peers *peers_new(const struct texts_rules *rules, const struct texts *t)
{
	struct peers *p = calloc(1, sizeof *p);

	if (!p || !(p->data = pcre2_match_data_create(1, NULL)))
		corpus_die("peers", "no memory");
	p->rules = rules;
	for (size_t i = 0; i < rules->count; i++)
		p->code[i] = peers_compile(&rules->rule[i]);
	peers_take_texts(p, t);
	return p;
}

static inline void peers_free(struct peers *p)
{
	for (size_t i = 0; i < p->rules->count; i++)
		pcre2_code_free(p->code[i]);
	pcre2_match_data_free(p->data);
	texts_fini(&p->a);
	texts_fini(&p->b);
	free(p);
}

/* Words are looked for in shadow B, regexes in A. */
static inline bool peers_hits(const struct peers *p, size_t rule, size_t item)
{
	struct str s = texts_at(p->rules->rule[rule].regex ? &p->a : &p->b, item);

	return pcre2_match(p->code[rule], (PCRE2_SPTR)s.p, s.n, 0, PCRE2_NO_UTF_CHECK, p->data,
		       NULL) >= 0;
}

/* Item by item until `seconds` are over: how many hits, and in how many items. */
static inline size_t peers_loop(const struct peers *p, double seconds, size_t *items)
{
	struct corpus_time from = corpus_now();
	size_t hits = 0, i = 0;

	while (i < p->a.count && (i == 0 || corpus_since(from).cpu < seconds)) {
		for (size_t rule = 0; rule < p->count; rule++)
			hits += peers_hits(p, rule, i);
		i++;
	}
	*items = i;
	return hits;
}

/* --- Vectorscan --- */

#ifdef BENCH_HS
struct peers_scan {
	const struct peers *p;
	size_t item, hits;
};

static inline int peers_on_word(
	unsigned rule, unsigned long long from, unsigned long long to, unsigned flags, void *data)
{
	struct peers_scan *s = data;

	(void)from;
	(void)to;
	(void)flags;
	s->hits += !s->p->rules->rule[rule].regex || peers_hits(s->p, rule, s->item);
	return 0;
}

static inline hs_database_t *peers_compile_words(const struct peers *p)
{
	const char **word = calloc(p->count, sizeof *word);
	unsigned *flags = calloc(p->count, sizeof *flags), *id = calloc(p->count, sizeof *id);
	size_t *size = calloc(p->count, sizeof *size);
	hs_database_t *db = NULL;
	hs_compile_error_t *fault = NULL;

	for (size_t i = 0; i < p->count; i++) {
		word[i] = p->rules->rule[i].need;
		size[i] = strlen(word[i]);
		flags[i] = HS_FLAG_SINGLEMATCH;
		id[i] = (unsigned)i;
	}
	if (hs_compile_lit_multi(word, flags, id, size, (unsigned)p->count, HS_MODE_BLOCK, NULL,
		    &db, &fault) != HS_SUCCESS)
		corpus_die("Vectorscan", fault ? fault->message : "cannot compile the words");
	free(word);
	free(flags);
	free(id);
	free(size);
	return db;
}

/* Once over all items: the hits. */
static inline size_t peers_scan_all(
	const struct peers *p, const hs_database_t *db, hs_scratch_t *scratch)
{
	struct peers_scan s = {.p = p};

	for (s.item = 0; s.item < p->b.count; s.item++) {
		struct str text = texts_at(&p->b, s.item);
		if (hs_scan(db, text.p, (unsigned)text.n, 0, scratch, peers_on_word, &s) !=
			HS_SUCCESS)
			corpus_die("Vectorscan", "cannot scan");
	}
	return s.hits;
}
#endif

#endif
