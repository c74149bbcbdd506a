/*
 * match_lines.c - words set off lines; only these are evaluated. Which ones stands in
 * bits, which give them back in their order.
 */
#include "matcher/match_lines.h"

#include <stdlib.h>
#include <string.h>

struct match_asked { /* 64 lines */
	uint64_t lines; /* a bit for each that may hit at all */
	uint64_t met; /* and for each of these that a word suffices for, which is there */
};

#define ASKED_BITS 64
#define AHEAD 8 /* for so many words or lines memory is fetched before they are looked at */

static size_t asked_word_count(const struct rules *r)
{
	return r->line_count / ASKED_BITS / ASKED_BITS + 1;
}

enum err_code match_lines_init(struct match_lines *m, const struct rules *r, struct err *e)
{
	enum err_code rc;

	memset(m, 0, sizeof *m);
	rc = eval_init(&m->eval, r, e);
	m->r = r;
	m->asked = calloc(r->line_count / ASKED_BITS + 1, sizeof *m->asked);
	m->asked_words = calloc(asked_word_count(r) + 1, sizeof *m->asked_words);
	m->answered = calloc(r->line_count + 1, sizeof *m->answered);
	if (!rc && !(m->asked && m->asked_words && m->answered))
		rc = err_nomem(e);
	return rc;
}

void match_lines_fini(struct match_lines *m)
{
	eval_fini(&m->eval);
	free(m->asked);
	free(m->asked_words);
	free(m->answered);
}

static inline void ask(struct match_lines *m, uint32_t line, bool met)
{
	const uint32_t word = line / ASKED_BITS;
	const uint64_t bit = (uint64_t)1 << line % ASKED_BITS;
	struct match_asked *a = &m->asked[word];

	a->lines |= bit;
	a->met |= met ? bit : 0;
	m->asked_words[word / ASKED_BITS] |= (uint64_t)1 << word % ASKED_BITS;
}

/* The kind that all fields belong to. */
static enum regex_texts kind_of_item(const struct eval *v)
{
	enum regex_texts kind = REGEX_SHORT_TEXTS;

	for (unsigned f = 0; f < EVAL_FIELDS; f++)
		kind = v->texts[f] < kind ? v->texts[f] : kind;
	return kind;
}

/* Fetches what words behind that at i are going to ask for. */
static void fetch_triggers(const struct match_lines *m, size_t i)
{
	const struct literals_hits *hits = &m->eval.hits;
	const struct rules *r = m->r;

	if (i + 2 * AHEAD < hits->found_count)
		__builtin_prefetch(&r->trigger_at[hits->found[i + 2 * AHEAD]]);
	if (i + AHEAD < hits->found_count)
		__builtin_prefetch(&r->trigger[r->trigger_at[hits->found[i + AHEAD]]]);
}

static void ask_lines(struct match_lines *m)
{
	const struct rules *r = m->r;
	const struct literals_hits *hits = &m->eval.hits;
	enum regex_texts kind = kind_of_item(&m->eval);

	for (size_t i = 0; i < r->always_count; i++)
		ask(m, r->always[i], false);
	for (size_t i = 0; kind < REGEX_SHORT_TEXTS && i < r->bound_count; i++)
		if (kind < r->bound[i].texts)
			ask(m, r->bound[i].line, false);
	for (size_t i = 0; i < hits->found_count; i++) {
		const uint32_t id = hits->found[i];
		const struct ruleset_trigger *t = r->trigger + r->trigger_at[id];
		const struct ruleset_trigger *end = r->trigger + r->trigger_at[id + 1];
		fetch_triggers(m, i);
		for (; t < end; t++)
			if (t->fields & hits->fields[id])
				ask(m, t->line, t->suffices);
	}
}

static void note_undecided(struct match_lines *m, const struct ruleset_line *l)
{
	struct match_undecided *u = &m->undecided[m->undecided_count++];

	u->file = m->r->file[l->file];
	u->overlay = l->file > 0;
	u->line = l->number;
	u->topic = m->r->section[l->section].name;
	u->why = m->eval.why;
}

/* Words without which the line does not hit are missing. */
static bool lacks_words(const struct match_lines *m, const struct ruleset_line *l)
{
	const uint32_t *also = m->r->also + l->also;

	for (uint32_t i = 1; i <= also[0]; i++)
		if (m->eval.hits.fields[also[i]] & l->fields)
			return false;
	return also[0] > 0;
}

static enum eval_answer answer_line(struct match_lines *m, uint32_t line)
{
	const struct ruleset_line *l = &m->r->line[line];

	return lacks_words(m, l) ? EVAL_NO : eval_expr(&m->eval, l->expr, l->fields);
}

static bool note_all_undecided(struct match_lines *m, size_t count)
{
	m->undecided = arena_array(m->arena, count, sizeof *m->undecided);
	if (!m->undecided)
		return false;
	for (size_t i = 0; i < m->count; i++)
		if (m->answered[i].answer == EVAL_UNDECIDED) {
			/* Asked again for its reason; the regexes are not run again. */
			(void)answer_line(m, m->answered[i].line);
			note_undecided(m, &m->r->line[m->answered[i].line]);
		}
	return true;
}

/* The lowest bit that is set, and takes it away. */
static uint32_t take_bit(uint64_t *bits)
{
	uint32_t bit = (uint32_t)__builtin_ctzll(*bits);

	*bits &= *bits - 1;
	return bit;
}

/* Moves 64 lines that are asked to where answers go, in their order: where they end. */
static struct match_answered *move_asked(
	struct match_asked *asked, uint32_t first, struct match_answered *out)
{
	struct match_asked a = *asked;

	*asked = (struct match_asked){0, 0};
	while (a.lines) {
		uint32_t bit = take_bit(&a.lines);
		bool met = a.met >> bit & 1;
		*out++ = (struct match_answered){first + bit, met ? EVAL_YES : EVAL_NO};
	}
	return out;
}

/* How many there are. */
static size_t list_asked(struct match_lines *m)
{
	size_t words = asked_word_count(m->r);
	struct match_answered *end = m->answered;

	for (uint32_t i = 0; i < words; i++)
		while (m->asked_words[i]) {
			uint32_t word = i * ASKED_BITS + take_bit(&m->asked_words[i]);
			end = move_asked(&m->asked[word], word * ASKED_BITS, end);
		}
	return (size_t)(end - m->answered);
}

static void fetch_line(const struct match_lines *m, const struct match_answered *a)
{
	const struct ruleset_line *l = &m->r->line[a->line];

	if (a->answer == EVAL_YES) {
		__builtin_prefetch(&m->r->section[l->section]);
		return;
	}
	__builtin_prefetch(&m->r->also[l->also]);
	__builtin_prefetch(l->expr);
}

static void fetch_lines(const struct match_lines *m, size_t i, size_t count)
{
	const struct ruleset_line *line = m->r->line;

	if (i + 2 * AHEAD < count)
		__builtin_prefetch(&line[m->answered[i + 2 * AHEAD].line]);
	if (i + AHEAD < count)
		fetch_line(m, &m->answered[i + AHEAD]);
}

/* Lines are evaluated in their order: what a regex may cost depends on what those before
 * it have spent. Those that hit take the place of those that were asked. Returns how many
 * are undecided. */
static size_t evaluate_asked(struct match_lines *m)
{
	size_t count = list_asked(m), undecided = 0;

	for (size_t i = 0; i < count; i++) {
		struct match_answered a = m->answered[i];
		fetch_lines(m, i, count);
		if (a.answer != EVAL_YES)
			a.answer = (unsigned char)answer_line(m, a.line);
		if (a.answer != EVAL_NO)
			m->answered[m->count++] = a;
		undecided += a.answer == EVAL_UNDECIDED;
	}
	return undecided;
}

enum err_code match_lines_answer(
	struct match_lines *m, const struct match_input *in, struct arena *a, struct err *e)
{
	enum err_code rc = eval_begin(&m->eval, in, a, e);
	size_t undecided;

	m->arena = a;
	m->count = m->undecided_count = 0;
	m->undecided = NULL;
	if (rc)
		return rc;
	ask_lines(m);
	undecided = evaluate_asked(m);
	if ((undecided && !note_all_undecided(m, undecided)) || m->eval.no_memory)
		return err_nomem(e);
	return ERR_OK;
}
