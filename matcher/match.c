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

struct match_work {
	const struct rules *r;
	struct eval eval;
	unsigned char *answer; /* by line, enum eval_answer */
	uint64_t *asked; /* a bit for each line that may hit at all */
	uint32_t *line; /* lines that hit or are undecided, in order */
	size_t line_count;
	/* Of the item: */
	const struct match_input *in;
	struct arena *arena;
	const struct ruleset_line *excluded; /* the first 全局排除 line that hit */
	int weakened; /* points of 全局扣分 */
	bool region;
	struct match_undecided *undecided;
	size_t undecided_count;
};

#define ASKED_BITS 64

struct match_work *match_work_new(const struct rules *r)
{
	struct match_work *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	m->r = r;
	m->answer = calloc(r->line_count + 1, sizeof *m->answer);
	m->asked = calloc(r->line_count / ASKED_BITS + 1, sizeof *m->asked);
	m->line = calloc(r->line_count + 1, sizeof *m->line);
	if (eval_init(&m->eval, r, NULL) || !m->answer || !m->asked || !m->line) {
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
	free(m->line);
	free(m);
}

static void forget_item(struct match_work *m)
{
	for (size_t i = 0; i < m->line_count; i++)
		m->answer[m->line[i]] = EVAL_NO;
	m->line_count = 0;
	m->excluded = NULL;
	m->weakened = 0;
	m->undecided = NULL;
	m->undecided_count = 0;
}

/* --- lines ------------------------------------------------------------------- */

static void ask(struct match_work *m, uint32_t line)
{
	m->asked[line / ASKED_BITS] |= (uint64_t)1 << line % ASKED_BITS;
}

static void ask_lines(struct match_work *m)
{
	const struct rules *r = m->r;

	for (size_t i = 0; i < r->always_count; i++)
		ask(m, r->always[i]);
	for (size_t i = 0; i < m->eval.hits.found_count; i++) {
		uint32_t id = m->eval.hits.found[i];
		for (uint32_t t = r->trigger_at[id]; t < r->trigger_at[id + 1]; t++)
			ask(m, r->trigger[t]);
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

static enum eval_answer answer_line(struct match_work *m, uint32_t line)
{
	return eval_expr(&m->eval, m->r->line[line].expr, m->r->line[line].fields);
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

/* Lines are evaluated in their order: what a regex may cost depends on what those before
 * it have spent. Returns how many are undecided. */
static size_t evaluate_asked(struct match_work *m)
{
	size_t undecided = 0;

	for (uint32_t base = 0; base < m->r->line_count; base += ASKED_BITS) {
		uint64_t *asked = &m->asked[base / ASKED_BITS];
		for (; *asked; *asked &= *asked - 1) {
			uint32_t line = base + (uint32_t)__builtin_ctzll(*asked);
			enum eval_answer a = answer_line(m, line);
			m->answer[line] = (unsigned char)a;
			undecided += a == EVAL_UNDECIDED;
			if (a != EVAL_NO)
				m->line[m->line_count++] = line;
		}
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

static const struct ruleset_section *section_of(const struct match_work *m, uint32_t line)
{
	return &m->r->section[m->r->line[line].section];
}

static bool is_weakening(const struct match_work *m, uint32_t line)
{
	return m->answer[line] == EVAL_YES && section_of(m, line)->kind == RULESET_WEAKEN;
}

static void weigh_globals(struct match_work *m)
{
	m->region = m->in->no_region || m->in->local;
	for (size_t i = 0; i < m->line_count; i++) {
		uint32_t line = m->line[i];
		const struct ruleset_section *s = section_of(m, line);
		if (s->kind == RULESET_REGION)
			m->region = true;
		if (s->kind == RULESET_EXCLUDE && m->answer[line] == EVAL_YES && !m->excluded)
			m->excluded = &m->r->line[line];
		if (is_weakening(m, line))
			m->weakened += m->r->line[line].points;
	}
}

/* --- topics ------------------------------------------------------------------ */

struct tally {
	int score;
	enum match_grade grade;
	size_t hits;
	bool positive, required, required_met;
	const struct ruleset_line *excluding, *requiring;
};

static void count_line(struct tally *t, const struct ruleset_line *l, enum eval_answer a)
{
	bool hit = a == EVAL_YES;

	if (l->sign == RULESET_PLUS) {
		t->required = true;
		t->required_met |= a != EVAL_NO;
		if (!t->requiring)
			t->requiring = l;
	}
	if (!hit)
		return;
	if (l->sign == RULESET_NOT) {
		if (!t->excluding)
			t->excluding = l;
		return;
	}
	t->hits++;
	t->score += l->sign == RULESET_MINUS ? -l->points : l->points;
	t->positive |= l->sign != RULESET_MINUS;
	if (l->grade > t->grade)
		t->grade = l->grade;
}

static struct tally tally_section(const struct match_work *m, const struct ruleset_section *s)
{
	struct tally t = {0, GRADE_GENERAL, 0, false, false, false, NULL, NULL};

	for (size_t i = s->first; i < s->first + s->count; i++)
		count_line(&t, &m->r->line[i], (enum eval_answer)m->answer[i]);
	t.score -= m->weakened;
	for (int g = GRADE_GENERAL; g <= GRADE_EXTREME; g++)
		if (s->grade_at[g] && t.score >= s->grade_at[g] && g > (int)t.grade)
			t.grade = (enum match_grade)g;
	return t;
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
	} else if (t->required && !t->required_met) {
		*reason = MATCH_REQUIRED;
		*line = t->requiring;
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
	struct eval_spans spans = {.count = 0};
	struct match_span *copy;

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

static size_t weakening_hits(const struct match_work *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->line_count; i++)
		n += is_weakening(m, m->line[i]);
	return n;
}

/* The topic's own lines first, then what weakened it. */
static bool fill_topic(struct match_work *m, const struct ruleset_section *s, const struct tally *t,
	struct match_topic *out)
{
	size_t max = t->hits + weakening_hits(m), n = 0;
	struct match_hit *hit = arena_array(m->arena, max + 1, sizeof *hit);
	bool ok = hit != NULL;

	for (size_t i = 0; ok && i < m->line_count; i++) {
		const struct ruleset_line *l = &m->r->line[m->line[i]];
		if (section_of(m, m->line[i]) == s && m->answer[m->line[i]] == EVAL_YES &&
			l->sign != RULESET_NOT)
			ok = fill_hit(m, l, &hit[n++]);
	}
	for (size_t i = 0; ok && i < m->line_count; i++)
		if (is_weakening(m, m->line[i])) {
			ok = fill_hit(m, &m->r->line[m->line[i]], &hit[n]);
			hit[n].points = -hit[n].points;
			n++;
		}
	out->topic =
		(struct rules_topic){s->name, s->code, s->lead, s->region_required, s->threshold};
	out->score = t->score;
	out->grade = t->grade;
	out->hits = hit;
	out->hit_count = n;
	return ok;
}

/* Topics to which the hits belong, at most. */
static size_t count_topics(const struct match_work *m)
{
	const struct ruleset_section *last = NULL;
	size_t n = 0;

	for (size_t i = 0; i < m->line_count; i++) {
		const struct ruleset_section *s = section_of(m, m->line[i]);
		n += s != last && s->kind == RULESET_TOPIC;
		last = s;
	}
	return n;
}

static bool add_topic(struct match_work *m, const struct ruleset_section *s,
	struct match_topic *topic, struct match_suppressed *sup, struct match_result *out)
{
	const struct ruleset_line *line;
	struct tally t = tally_section(m, s);
	struct match_suppressed *q = &sup[out->suppressed_count];

	if (!t.positive)
		return true;
	if (!is_suppressed(m, s, &t, &q->reason, &line))
		return fill_topic(m, s, &t, &topic[out->topic_count++]);
	q->file = line ? m->r->file[line->file] : NULL;
	q->overlay = line && line->file > 0;
	q->line = line ? line->number : 0;
	out->suppressed_count++;
	return fill_topic(m, s, &t, &q->match);
}

static bool fill_topics(struct match_work *m, struct match_result *out)
{
	size_t max = count_topics(m);
	struct match_topic *topic = max ? arena_array(m->arena, max, sizeof *topic) : NULL;
	struct match_suppressed *sup = max ? arena_array(m->arena, max, sizeof *sup) : NULL;
	const struct ruleset_section *last = NULL;
	bool ok = !max || (topic && sup);

	out->topics = topic;
	out->suppressed = sup;
	for (size_t i = 0; ok && i < m->line_count; i++) {
		const struct ruleset_section *s = section_of(m, m->line[i]);
		if (s != last && s->kind == RULESET_TOPIC)
			ok = add_topic(m, s, topic, sup, out);
		last = s;
	}
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
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct shadow s;
	enum err_code rc = a ? normalise_text(t, title, n, a, &s, e) : err_nomem(e);

	for (size_t i = 0; !rc && i < s.count; i++)
		if (is_key_character(s.cp[i]))
			utf8_add(out, s.cp[i]);
	arena_free(a);
	return rc ? rc : buf_check(out, _("title"), e);
}
