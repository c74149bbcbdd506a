/*
 * match.c - from the lines that hit to the topics that alert (DESIGN §5.2 "Score").
 *
 * An undecided line never hides an item: it adds and takes no points, excludes
 * nothing, and a gate (+ lines, 地域) that is undecided counts as passed.
 */
#include "matcher/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/utf8.h"
#include "matcher/eval.h"

struct range { /* of `line` below */
	size_t from, to;
};

struct group { /* the lines of one section */
	const struct ruleset_section *section;
	struct range lines;
};

struct match_work {
	const struct rules *r;
	struct eval eval;
	unsigned char *answer; /* by line, enum eval_answer */
	uint64_t *asked; /* a bit for each line that may hit at all */
	uint64_t *asked_words; /* a bit for each of `asked` that is not 0 */
	uint32_t *line; /* lines that hit or are undecided, in order: by section */
	size_t line_count;
	struct group *group; /* of `line` */
	size_t group_count, topic_count; /* how many of these are topics */
	/* Of the item: */
	const struct match_input *in;
	struct arena *arena;
	const struct ruleset_line *excluded; /* the first 全局排除 line that hit */
	int weakened; /* points of 全局扣分, whose lines that hit are these: */
	struct range weakening;
	bool region;
	struct match_undecided *undecided;
	size_t undecided_count;
};

#define ASKED_BITS 64
#define AHEAD 8 /* for so many words or lines memory is fetched before they are looked at */

static size_t asked_word_count(const struct rules *r)
{
	return r->line_count / ASKED_BITS / ASKED_BITS + 1;
}

struct match_work *match_work_new(const struct rules *r)
{
	struct match_work *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	m->r = r;
	m->answer = calloc(r->line_count + 1, sizeof *m->answer);
	m->asked = calloc(r->line_count / ASKED_BITS + 1, sizeof *m->asked);
	m->asked_words = calloc(asked_word_count(r) + 1, sizeof *m->asked_words);
	m->line = calloc(r->line_count + 1, sizeof *m->line);
	m->group = calloc(r->section_count + 1, sizeof *m->group);
	if (eval_init(&m->eval, r, NULL) || !m->answer || !m->asked || !m->asked_words ||
		!m->line || !m->group) {
		match_work_free(m);
		return NULL;
	}
	return m;
}

void match_work_free(struct match_work *m)
{
	if (!m)
		return;
	eval_fini(&m->eval);
	free(m->answer);
	free(m->asked);
	free(m->asked_words);
	free(m->line);
	free(m->group);
	free(m);
}

static void forget_item(struct match_work *m)
{
	for (size_t i = 0; i < m->line_count; i++)
		m->answer[m->line[i]] = EVAL_NO;
	m->line_count = m->group_count = m->topic_count = 0;
	m->excluded = NULL;
	m->weakened = 0;
	m->weakening = (struct range){0, 0};
	m->undecided = NULL;
	m->undecided_count = 0;
}

/* --- lines ------------------------------------------------------------------- */

static void ask(struct match_work *m, uint32_t line)
{
	uint32_t word = line / ASKED_BITS;

	m->asked[word] |= (uint64_t)1 << line % ASKED_BITS;
	m->asked_words[word / ASKED_BITS] |= (uint64_t)1 << word % ASKED_BITS;
}

static void set_off(struct match_work *m, const struct ruleset_trigger *t, unsigned fields)
{
	if (!(t->fields & fields))
		return;
	ask(m, t->line);
	if (t->suffices)
		m->answer[t->line] = EVAL_YES;
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
static void fetch_triggers(const struct match_work *m, size_t i)
{
	const struct literals_hits *hits = &m->eval.hits;
	const struct rules *r = m->r;

	if (i + 2 * AHEAD < hits->found_count)
		__builtin_prefetch(&r->trigger_at[hits->found[i + 2 * AHEAD]]);
	if (i + AHEAD < hits->found_count)
		__builtin_prefetch(&r->trigger[r->trigger_at[hits->found[i + AHEAD]]]);
}

static void ask_lines(struct match_work *m)
{
	const struct rules *r = m->r;
	const struct literals_hits *hits = &m->eval.hits;
	enum regex_texts kind = kind_of_item(&m->eval);

	for (size_t i = 0; i < r->always_count; i++)
		ask(m, r->always[i]);
	for (size_t i = 0; i < r->bound_count; i++)
		if (kind < r->bound[i].texts)
			ask(m, r->bound[i].line);
	for (size_t i = 0; i < hits->found_count; i++) {
		uint32_t id = hits->found[i];
		fetch_triggers(m, i);
		for (uint32_t t = r->trigger_at[id]; t < r->trigger_at[id + 1]; t++)
			set_off(m, &r->trigger[t], hits->fields[id]);
	}
}

static void note_undecided(struct match_work *m, const struct ruleset_line *l)
{
	struct match_undecided *u = &m->undecided[m->undecided_count++];

	u->file = m->r->file[l->file];
	u->overlay = l->file > 0;
	u->line = l->number;
	u->topic = m->r->section[l->section].name;
	u->why = m->eval.why;
}

/* Words without which the line does not hit are missing. */
static bool lacks_words(const struct match_work *m, const struct ruleset_line *l)
{
	const uint32_t *also = m->r->also + l->also;

	for (uint32_t i = 1; i <= also[0]; i++)
		if (m->eval.hits.fields[also[i]] & l->fields)
			return false;
	return also[0] > 0;
}

static enum eval_answer answer_line(struct match_work *m, uint32_t line)
{
	const struct ruleset_line *l = &m->r->line[line];

	return lacks_words(m, l) ? EVAL_NO : eval_expr(&m->eval, l->expr, l->fields);
}

static bool note_all_undecided(struct match_work *m, size_t count)
{
	m->undecided = arena_array(m->arena, count, sizeof *m->undecided);
	if (!m->undecided)
		return false;
	for (size_t i = 0; i < m->line_count; i++)
		if (m->answer[m->line[i]] == EVAL_UNDECIDED) {
			/* Asked again for its reason; the regexes are not run again. */
			(void)answer_line(m, m->line[i]);
			note_undecided(m, &m->r->line[m->line[i]]);
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

/* Moves the lines that are asked to m->line, in their order: how many. */
static size_t list_asked(struct match_work *m)
{
	size_t words = asked_word_count(m->r), count = 0;

	for (uint32_t i = 0; i < words; i++)
		while (m->asked_words[i]) {
			uint32_t word = i * ASKED_BITS + take_bit(&m->asked_words[i]);
			while (m->asked[word])
				m->line[count++] = word * ASKED_BITS + take_bit(&m->asked[word]);
		}
	return count;
}

static void fetch_line(const struct rules *r, const struct ruleset_line *l)
{
	__builtin_prefetch(&r->also[l->also]);
	__builtin_prefetch(l->expr);
}

static void fetch_lines(const struct match_work *m, size_t i, size_t count)
{
	const struct ruleset_line *line = m->r->line;

	if (i + 2 * AHEAD < count)
		__builtin_prefetch(&line[m->line[i + 2 * AHEAD]]);
	if (i + AHEAD < count && m->answer[m->line[i + AHEAD]] != EVAL_YES)
		fetch_line(m->r, &line[m->line[i + AHEAD]]);
}

static size_t evaluate_line(struct match_work *m, uint32_t line)
{
	enum eval_answer a = m->answer[line] == EVAL_YES ? EVAL_YES : answer_line(m, line);

	m->answer[line] = (unsigned char)a;
	if (a != EVAL_NO)
		m->line[m->line_count++] = line;
	return a == EVAL_UNDECIDED;
}

/* Lines are evaluated in their order: what a regex may cost depends on what those before
 * it have spent. Those that hit take the place of those that were asked. Returns how many
 * are undecided. */
static size_t evaluate_asked(struct match_work *m)
{
	size_t count = list_asked(m), undecided = 0;

	for (size_t i = 0; i < count; i++) {
		fetch_lines(m, i, count);
		undecided += evaluate_line(m, m->line[i]);
	}
	return undecided;
}

static bool evaluate_lines(struct match_work *m)
{
	size_t undecided;

	ask_lines(m);
	undecided = evaluate_asked(m);
	if (undecided && !note_all_undecided(m, undecided))
		return false;
	return !m->eval.no_memory;
}

/* --- sections ---------------------------------------------------------------- */

/* The lines from `from` on that belong to one section. */
static struct group group_at(const struct match_work *m, size_t from)
{
	const struct ruleset_section *s = &m->r->section[m->r->line[m->line[from]].section];
	struct group g = {s, {from, from + 1}};

	while (g.lines.to < m->line_count && m->line[g.lines.to] < s->first + s->count)
		g.lines.to++;
	return g;
}

static void group_lines(struct match_work *m)
{
	for (size_t i = 0; i < m->line_count;) {
		struct group *g = &m->group[m->group_count++];
		*g = group_at(m, i);
		m->topic_count += g->section->kind == RULESET_TOPIC;
		i = g->lines.to;
	}
}

static void weigh_global(struct match_work *m, const struct group *g)
{
	enum ruleset_kind kind = g->section->kind;

	if (kind == RULESET_REGION)
		m->region = true;
	if (kind == RULESET_WEAKEN)
		m->weakening = g->lines;
	for (size_t i = g->lines.from; i < g->lines.to; i++) {
		const struct ruleset_line *l = &m->r->line[m->line[i]];
		if (m->answer[m->line[i]] != EVAL_YES)
			continue;
		if (kind == RULESET_EXCLUDE && !m->excluded)
			m->excluded = l;
		if (kind == RULESET_WEAKEN)
			m->weakened += l->points;
	}
}

static void weigh_globals(struct match_work *m)
{
	m->region = m->in->no_region || m->in->local;
	for (size_t i = 0; i < m->group_count; i++)
		if (m->group[i].section->kind != RULESET_TOPIC)
			weigh_global(m, &m->group[i]);
}

/* --- topics ------------------------------------------------------------------ */

struct tally {
	int score;
	enum match_grade grade;
	bool positive, required_met;
	const struct ruleset_line *excluding;
};

/* A line that hits or is undecided. */
static void count_line(struct tally *t, const struct ruleset_line *l, enum eval_answer a)
{
	t->required_met |= l->sign == RULESET_PLUS;
	if (a != EVAL_YES)
		return;
	if (l->sign == RULESET_NOT) {
		if (!t->excluding)
			t->excluding = l;
		return;
	}
	t->score += l->sign == RULESET_MINUS ? -l->points : l->points;
	t->positive |= l->sign != RULESET_MINUS;
	if (l->grade > (unsigned char)t->grade)
		t->grade = (enum match_grade)l->grade;
}

static struct tally tally_group(const struct match_work *m, const struct group *g)
{
	const struct ruleset_section *s = g->section;
	struct tally t = {0, GRADE_GENERAL, false, !s->has_plus, NULL};

	for (size_t i = g->lines.from; i < g->lines.to; i++)
		count_line(&t, &m->r->line[m->line[i]], (enum eval_answer)m->answer[m->line[i]]);
	t.score -= m->weakened;
	for (int k = GRADE_GENERAL; k <= GRADE_EXTREME; k++)
		if (s->grade_at[k] && t.score >= s->grade_at[k] && k > (int)t.grade)
			t.grade = (enum match_grade)k;
	return t;
}

static const struct ruleset_line *first_plus(
	const struct match_work *m, const struct ruleset_section *s)
{
	size_t i = s->first;

	while (m->r->line[i].sign != RULESET_PLUS)
		i++;
	return &m->r->line[i];
}

/* In the order of DESIGN: the first test that fails is the reason. */
static bool is_suppressed(const struct match_work *m, const struct ruleset_section *s,
	const struct tally *t, enum match_reason *reason, const struct ruleset_line **line)
{
	*line = NULL;
	if (m->excluded) {
		*reason = MATCH_GLOBAL;
		*line = m->excluded;
	} else if (t->excluding) {
		*reason = MATCH_EXCLUDE;
		*line = t->excluding;
	} else if (!t->required_met) {
		*reason = MATCH_REQUIRED;
		*line = first_plus(m, s);
	} else if (s->region_required && !m->region) {
		*reason = MATCH_REGION;
	} else if (t->score < s->threshold) {
		*reason = MATCH_THRESHOLD;
	} else {
		return false;
	}
	return true;
}

static bool fill_hit(struct match_work *m, const struct ruleset_line *l, struct match_hit *out)
{
	struct eval_spans spans; /* not zeroed */
	struct match_span *copy;

	spans.count = 0;
	if (l->alone)
		eval_collect_word(&m->eval, l->alone - 1, l->fields, &spans);
	else
		eval_collect(&m->eval, l->expr, l->fields, &spans);
	copy = arena_array(m->arena, spans.count + 1, sizeof *copy);
	if (!copy)
		return false;
	memcpy(copy, spans.span, spans.count * sizeof *copy);
	out->file = m->r->file[l->file];
	out->overlay = l->file > 0;
	out->line = l->number;
	out->rule = l->text;
	out->points = l->sign == RULESET_MINUS ? -l->points : l->points;
	out->spans = copy;
	out->span_count = spans.count;
	return true;
}

/* The lines of a range that hit, with a sign to their points. */
static bool fill_hits(struct match_work *m, struct range g, int sign, struct match_topic *out,
	struct match_hit *hit)
{
	for (size_t i = g.from; i < g.to; i++) {
		const struct ruleset_line *l = &m->r->line[m->line[i]];
		if (m->answer[m->line[i]] != EVAL_YES || l->sign == RULESET_NOT)
			continue;
		if (!fill_hit(m, l, &hit[out->hit_count]))
			return false;
		hit[out->hit_count++].points *= sign;
	}
	return true;
}

/* The topic's own lines first, then what weakened it. */
static bool fill_topic(
	struct match_work *m, const struct group *g, const struct tally *t, struct match_topic *out)
{
	const struct ruleset_section *s = g->section;
	struct range own = g->lines;
	size_t max = own.to - own.from + m->weakening.to - m->weakening.from;
	struct match_hit *hit = arena_array(m->arena, max, sizeof *hit);

	out->topic =
		(struct rules_topic){s->name, s->code, s->lead, s->region_required, s->threshold};
	out->score = t->score;
	out->grade = t->grade;
	out->hits = hit;
	out->hit_count = 0;
	return hit && fill_hits(m, own, 1, out, hit) && fill_hits(m, m->weakening, -1, out, hit);
}

static bool add_topic(struct match_work *m, const struct group *g, struct match_topic *topic,
	struct match_suppressed *sup, struct match_result *out)
{
	const struct ruleset_line *line;
	struct tally t = tally_group(m, g);
	struct match_suppressed *q = &sup[out->suppressed_count];

	if (!t.positive)
		return true;
	if (!is_suppressed(m, g->section, &t, &q->reason, &line))
		return fill_topic(m, g, &t, &topic[out->topic_count++]);
	q->file = line ? m->r->file[line->file] : NULL;
	q->overlay = line && line->file > 0;
	q->line = line ? line->number : 0;
	out->suppressed_count++;
	return fill_topic(m, g, &t, &q->match);
}

static bool fill_topics(struct match_work *m, struct match_result *out)
{
	size_t max = m->topic_count;
	struct match_topic *topic = max ? arena_array(m->arena, max, sizeof *topic) : NULL;
	struct match_suppressed *sup = max ? arena_array(m->arena, max, sizeof *sup) : NULL;
	bool ok = !max || (topic && sup);

	out->topics = topic;
	out->suppressed = sup;
	for (size_t i = 0; ok && i < m->group_count; i++)
		if (m->group[i].section->kind == RULESET_TOPIC)
			ok = add_topic(m, &m->group[i], topic, sup, out);
	return ok;
}

enum err_code match_text_with(struct match_work *m, const struct match_input *in, struct arena *a,
	struct match_result *out, struct err *e)
{
	enum err_code rc = eval_begin(&m->eval, in, a, e);

	memset(out, 0, sizeof *out);
	forget_item(m);
	m->in = in;
	m->arena = a;
	if (!rc && !evaluate_lines(m))
		rc = err_nomem(e);
	if (!rc) {
		group_lines(m);
		weigh_globals(m);
		if (!fill_topics(m, out) || m->eval.no_memory)
			rc = err_nomem(e);
	}
	out->undecided = m->undecided;
	out->undecided_count = m->undecided_count;
	return rc;
}

enum err_code match_text(const struct rules *r, const struct match_input *in, struct arena *a,
	struct match_result *out, struct err *e)
{
	struct match_work *m = match_work_new(r);
	enum err_code rc = m ? match_text_with(m, in, a, out, e) : err_nomem(e);

	match_work_free(m);
	return rc;
}

/* --- titles ------------------------------------------------------------------ */

/* Letters and digits of any script; marks and punctuation say nothing about a story. */
static bool is_key_character(uint32_t cp)
{
	if (cp < 0x80)
		return normalise_is_word(cp);
	if (utf8_is_space(cp) || (cp >= 0x2000 && cp <= 0x2BFF) || (cp >= 0x3000 && cp <= 0x3004) ||
		(cp >= 0x3008 && cp <= 0x3020) || cp == 0x30FB || cp == 0xB7 ||
		(cp >= 0xA1 && cp <= 0xBF) || (cp >= 0xFE10 && cp <= 0xFE6F))
		return false;
	return cp != UTF8_REPLACEMENT;
}

enum err_code match_title_key(const struct normalise_table *t, struct buf *out, const char *title,
	size_t n, struct err *e)
{
	struct shadow s;
	enum err_code rc;

	normalise_shadow_init(&s);
	rc = normalise_read(t, title, n, &s, e);
	for (size_t i = 0; !rc && i < s.count; i++)
		if (is_key_character(s.cp[i]))
			utf8_add(out, s.cp[i]);
	normalise_shadow_fini(&s);
	return rc ? rc : buf_check(out, _("title"), e);
}
