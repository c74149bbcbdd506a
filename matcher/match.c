/*
 * match.c - from the lines that hit to the topics that alert (DESIGN §5.2 "Score").
 *
 * An undecided line never hides an item: it adds and takes no points, excludes
 * nothing, and a gate (+ lines, 地域) that is undecided counts as passed.
 */
#include "matcher/match.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/utf8.h"
#include "matcher/eval.h"

struct matcher {
	const struct rules *r;
	const struct match_input *in;
	struct eval eval;
	unsigned char *answer; /* by line, enum eval_answer */
	bool *asked; /* by line: may hit at all */
	struct arena *arena;
	const struct ruleset_line *excluded; /* the first 全局排除 line that hit */
	int weakened; /* points of 全局扣分 */
	bool region;
	struct match_undecided *undecided;
	size_t undecided_count;
};

/* --- lines ------------------------------------------------------------------- */

static void ask_lines(struct matcher *m)
{
	const struct rules *r = m->r;

	for (size_t i = 0; i < r->always_count; i++)
		m->asked[r->always[i]] = true;
	for (size_t i = 0; i < m->eval.hits.found_count; i++) {
		uint32_t id = m->eval.hits.found[i];
		for (uint32_t t = r->trigger_at[id]; t < r->trigger_at[id + 1]; t++)
			m->asked[r->trigger[t]] = true;
	}
}

static void note_undecided(struct matcher *m, const struct ruleset_line *l)
{
	struct match_undecided *u = &m->undecided[m->undecided_count++];

	u->file = m->r->file[l->file];
	u->overlay = l->file > 0;
	u->line = l->number;
	u->topic = m->r->section[l->section].name;
	u->why = m->eval.why;
}

static bool evaluate_lines(struct matcher *m)
{
	const struct rules *r = m->r;
	size_t undecided = 0;

	ask_lines(m);
	for (size_t i = 0; i < r->line_count; i++) {
		if (!m->asked[i])
			continue;
		m->answer[i] =
			(unsigned char)eval_expr(&m->eval, r->line[i].expr, r->line[i].fields);
		undecided += m->answer[i] == EVAL_UNDECIDED;
	}
	m->undecided = arena_array(m->arena, undecided + 1, sizeof *m->undecided);
	if (!m->undecided)
		return false;
	for (size_t i = 0; i < r->line_count; i++)
		if (m->answer[i] == EVAL_UNDECIDED) {
			/* Asked again for its reason; the regexes are not run again. */
			(void)eval_expr(&m->eval, r->line[i].expr, r->line[i].fields);
			note_undecided(m, &r->line[i]);
		}
	return !m->eval.no_memory;
}

/* The first line of a section whose answer is `a`; NULL when there is none. */
static const struct ruleset_line *first_line(
	const struct matcher *m, const struct ruleset_section *s, enum eval_answer a)
{
	for (size_t i = s->first; i < s->first + s->count; i++)
		if (m->answer[i] == a)
			return &m->r->line[i];
	return NULL;
}

static void weigh_globals(struct matcher *m)
{
	const struct rules *r = m->r;

	m->region = m->in->no_region || m->in->local;
	for (size_t i = 0; i < r->section_count; i++) {
		const struct ruleset_section *s = &r->section[i];
		if (s->kind == RULESET_EXCLUDE)
			m->excluded = first_line(m, s, EVAL_YES);
		if (s->kind == RULESET_REGION)
			m->region = m->region || first_line(m, s, EVAL_YES) ||
				    first_line(m, s, EVAL_UNDECIDED);
		if (s->kind == RULESET_WEAKEN)
			for (size_t l = s->first; l < s->first + s->count; l++)
				m->weakened += m->answer[l] == EVAL_YES ? r->line[l].points : 0;
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

static struct tally tally_section(const struct matcher *m, const struct ruleset_section *s)
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
static bool is_suppressed(const struct matcher *m, const struct ruleset_section *s,
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

static bool fill_hit(struct matcher *m, const struct ruleset_line *l, struct match_hit *out)
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

static size_t weakening_hits(const struct matcher *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->r->line_count; i++)
		n += m->answer[i] == EVAL_YES &&
		     m->r->section[m->r->line[i].section].kind == RULESET_WEAKEN;
	return n;
}

/* The topic's own lines first, then what weakened it. */
static bool fill_topic(struct matcher *m, const struct ruleset_section *s, const struct tally *t,
	struct match_topic *out)
{
	size_t max = t->hits + weakening_hits(m), n = 0;
	struct match_hit *hit = arena_array(m->arena, max + 1, sizeof *hit);
	bool ok = hit != NULL;

	for (size_t i = s->first; ok && i < s->first + s->count; i++)
		if (m->answer[i] == EVAL_YES && m->r->line[i].sign != RULESET_NOT)
			ok = fill_hit(m, &m->r->line[i], &hit[n++]);
	for (size_t i = 0; ok && i < m->r->line_count; i++)
		if (m->answer[i] == EVAL_YES &&
			m->r->section[m->r->line[i].section].kind == RULESET_WEAKEN) {
			ok = fill_hit(m, &m->r->line[i], &hit[n]);
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

static bool fill_topics(struct matcher *m, struct match_result *out)
{
	const struct rules *r = m->r;
	struct match_topic *topic = arena_array(m->arena, r->topic_count + 1, sizeof *topic);
	struct match_suppressed *sup = arena_array(m->arena, r->topic_count + 1, sizeof *sup);
	bool ok = topic && sup;

	out->topics = topic;
	out->suppressed = sup;
	for (size_t i = 0; ok && i < r->topic_count; i++) {
		const struct ruleset_section *s = &r->section[r->topic[i]];
		const struct ruleset_line *line;
		struct tally t = tally_section(m, s);
		struct match_suppressed *q = &sup[out->suppressed_count];

		if (!t.positive)
			continue;
		if (!is_suppressed(m, s, &t, &q->reason, &line)) {
			ok = fill_topic(m, s, &t, &topic[out->topic_count++]);
			continue;
		}
		q->file = line ? r->file[line->file] : NULL;
		q->overlay = line && line->file > 0;
		q->line = line ? line->number : 0;
		ok = fill_topic(m, s, &t, &q->match);
		out->suppressed_count++;
	}
	return ok;
}

enum err_code match_text(const struct rules *r, const struct match_input *in, struct arena *a,
	struct match_result *out, struct err *e)
{
	struct matcher m = {.r = r, .in = in, .arena = a};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	m.answer = arena_array(a, r->line_count + 1, 1);
	m.asked = arena_array(a, r->line_count + 1, sizeof *m.asked);
	rc = m.answer && m.asked ? eval_init(&m.eval, r, in, a, e) : err_nomem(e);
	if (!rc && !evaluate_lines(&m))
		rc = err_nomem(e);
	if (!rc) {
		weigh_globals(&m);
		if (!fill_topics(&m, out) || m.eval.no_memory)
			rc = err_nomem(e);
	}
	out->undecided = m.undecided;
	out->undecided_count = m.undecided_count;
	eval_fini(&m.eval);
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
