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
#include "matcher/match_lines.h"

struct range { /* of the lines that were answered */
	size_t from, to;
};

/* What the lines of a section that hit or are undecided come to. */
struct tally {
	int score;
	enum match_grade grade;
	bool positive, required_met;
	const struct ruleset_line *excluding;
};

struct group { /* the lines of one section */
	const struct ruleset_section *section;
	struct range lines;
	struct tally tally;
};

/* What results are made of is taken from the arena for many lines at once. */
struct room {
	char *next;
	size_t left;
};

struct match_work {
	const struct rules *r;
	struct match_lines lines;
	struct group *group; /* of their answers */
	size_t group_count, topic_count; /* how many of these are topics */
	/* Of the item: */
	const struct match_input *in;
	struct arena *arena;
	struct room hits, spans; /* in the arena */
	const struct ruleset_line *excluded; /* the first 全局排除 line that hit */
	int weakened; /* points of 全局扣分, whose lines that hit are these: */
	struct range weakening;
	bool region;
};

#define ROOM_LINES ((size_t)64) /* for at most so many lines room is taken at once */

struct match_work *match_work_new(const struct rules *r)
{
	struct match_work *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	m->r = r;
	m->group = calloc(r->section_count + 1, sizeof *m->group);
	if (match_lines_init(&m->lines, r, NULL) || !m->group) {
		match_work_free(m);
		return NULL;
	}
	return m;
}

void match_work_free(struct match_work *m)
{
	if (!m)
		return;
	match_lines_fini(&m->lines);
	free(m->group);
	free(m);
}

const struct shadow *match_work_read(const struct match_work *m, enum match_field field)
{
	return &m->lines.eval.field[field];
}

static void begin_item(struct match_work *m, const struct match_input *in, struct arena *a)
{
	m->in = in;
	m->arena = a;
	m->hits = m->spans = (struct room){NULL, 0};
	m->group_count = m->topic_count = 0;
	m->excluded = NULL;
	m->weakened = 0;
	m->weakening = (struct range){0, 0};
}

/* --- sections ---------------------------------------------------------------- */

/* A line that hits or is undecided. */
static void count_line(struct tally *t, const struct ruleset_line *l, unsigned char answer)
{
	t->required_met |= l->sign == RULESET_PLUS;
	if (answer != EVAL_YES)
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

static struct group *new_group(struct match_work *m, const struct ruleset_section *s, size_t from)
{
	struct group *g = &m->group[m->group_count++];

	g->section = s;
	g->lines.from = from;
	g->tally = (struct tally){0, GRADE_GENERAL, false, !s->has_plus, NULL};
	m->topic_count += s->kind == RULESET_TOPIC;
	return g;
}

static void group_lines(struct match_work *m)
{
	struct group *g = NULL;
	size_t end = 0; /* of the lines of its section */

	for (size_t i = 0; i < m->lines.count; i++) {
		const struct match_answered *a = &m->lines.answered[i];
		const struct ruleset_line *l = &m->r->line[a->line];
		if (a->line >= end) {
			g = new_group(m, &m->r->section[l->section], i);
			end = g->section->first + g->section->count;
		}
		count_line(&g->tally, l, a->answer);
		g->lines.to = i + 1;
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
		const struct ruleset_line *l = &m->r->line[m->lines.answered[i].line];
		if (m->lines.answered[i].answer != EVAL_YES)
			continue;
		if (kind == RULESET_EXCLUDE && !m->excluded)
			m->excluded = l;
		if (kind == RULESET_WEAKEN)
			m->weakened += l->points;
	}
}

static void weigh_globals(struct match_work *m)
{
	size_t left = m->group_count - m->topic_count;

	m->region = m->in->no_region || m->in->local;
	for (size_t i = 0; left > 0; i++)
		if (m->group[i].section->kind != RULESET_TOPIC) {
			weigh_global(m, &m->group[i]);
			left--;
		}
}

/* --- topics ------------------------------------------------------------------ */

struct topics { /* of the result */
	struct match_topic *topic;
	struct match_suppressed *suppressed;
	size_t count, suppressed_count;
	size_t left; /* that come yet */
};

static struct tally weaken(const struct match_work *m, const struct group *g)
{
	const struct ruleset_section *s = g->section;
	struct tally t = g->tally;

	t.score -= m->weakened;
	for (int k = GRADE_GENERAL; s->grades_line && k <= GRADE_EXTREME; k++)
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

/* New room, for n at least. */
static void make_room(struct match_work *m, struct room *room, size_t n, size_t more, size_t size)
{
	room->left = n > more ? n : more;
	room->next = arena_room(m->arena, room->left, size); /* all of it is filled in */
	if (!room->next)
		room->left = 0;
}

/* What comes of lines from here on. */
static size_t lines_ahead(const struct match_work *m, size_t from)
{
	return m->lines.count - from < ROOM_LINES ? m->lines.count - from : ROOM_LINES;
}

/* Room for n hits, of the lines from `from` on. NULL: no memory. */
static struct match_hit *room_for_hits(struct match_work *m, size_t n, size_t from)
{
	if (n > m->hits.left)
		make_room(m, &m->hits, n, lines_ahead(m, from), sizeof(struct match_hit));
	return (void *)m->hits.next;
}

static struct match_span *room_for_spans(struct match_work *m, size_t from)
{
	if (m->spans.left < EVAL_SPANS_MAX)
		make_room(m, &m->spans, EVAL_SPANS_MAX, EVAL_SPANS_MAX + 2 * lines_ahead(m, from),
			sizeof(struct match_span));
	return (void *)m->spans.next;
}

static void take_room(struct room *room, size_t n, size_t size)
{
	room->next += n * size;
	room->left -= n;
}

/* Line i of `answered`, which hit. */
static bool fill_hit(struct match_work *m, size_t i, int sign, struct match_hit *out)
{
	const struct ruleset_line *l = &m->r->line[m->lines.answered[i].line];
	struct eval_spans s = {.span = room_for_spans(m, i)};

	if (!s.span)
		return false;
	if (l->alone)
		eval_collect_word(&m->lines.eval, l->alone - 1, l->fields, &s);
	else
		eval_collect(&m->lines.eval, l->expr, l->fields, &s);
	take_room(&m->spans, s.count, sizeof *s.span);
	out->file = m->r->file[l->file];
	out->overlay = l->file > 0;
	out->line = l->number;
	out->rule = l->text;
	out->points = l->sign == RULESET_MINUS ? -sign * l->points : sign * l->points;
	out->spans = s.span;
	out->span_count = s.count;
	return true;
}

/* The lines of a range that hit, with a sign to their points. */
static bool fill_hits(struct match_work *m, struct range g, int sign, struct match_hit *hit,
	struct match_topic *out)
{
	for (size_t i = g.from; i < g.to; i++) {
		if (m->lines.answered[i].answer != EVAL_YES ||
			m->r->line[m->lines.answered[i].line].sign == RULESET_NOT)
			continue;
		if (!fill_hit(m, i, sign, &hit[out->hit_count]))
			return false;
		out->hit_count++;
	}
	return true;
}

/* The topic's own lines first, then what weakened it. */
static bool fill_topic(
	struct match_work *m, const struct group *g, const struct tally *t, struct match_topic *out)
{
	const struct ruleset_section *s = g->section;
	size_t own = g->lines.to - g->lines.from, weak = m->weakening.to - m->weakening.from;
	struct match_hit *hit = room_for_hits(m, own + weak, g->lines.from);

	out->topic =
		(struct rules_topic){s->name, s->code, s->lead, s->region_required, s->threshold};
	out->score = t->score;
	out->grade = t->grade;
	out->hits = hit;
	out->hit_count = 0;
	if (!hit || !fill_hits(m, g->lines, 1, hit, out) ||
		(weak && !fill_hits(m, m->weakening, -1, hit, out)))
		return false;
	take_room(&m->hits, out->hit_count, sizeof *hit);
	return true;
}

/* Memory for the first is memory for all that may come. */
static struct match_topic *new_topic(struct match_work *m, struct topics *t)
{
	if (!t->topic)
		t->topic = arena_room(m->arena, t->left, sizeof *t->topic);
	return t->topic ? &t->topic[t->count++] : NULL;
}

static struct match_suppressed *new_suppressed(struct match_work *m, struct topics *t)
{
	if (!t->suppressed)
		t->suppressed = arena_room(m->arena, t->left, sizeof *t->suppressed);
	return t->suppressed ? &t->suppressed[t->suppressed_count++] : NULL;
}

static bool add_suppressed(struct match_work *m, const struct group *g, const struct tally *t,
	enum match_reason reason, const struct ruleset_line *line, struct topics *out)
{
	struct match_suppressed *q = new_suppressed(m, out);

	if (!q)
		return false;
	q->reason = reason;
	q->file = line ? m->r->file[line->file] : NULL;
	q->overlay = line && line->file > 0;
	q->line = line ? line->number : 0;
	return fill_topic(m, g, t, &q->match);
}

static bool add_topic(struct match_work *m, const struct group *g, struct topics *out)
{
	const struct ruleset_line *line;
	enum match_reason reason;
	struct tally t = weaken(m, g);
	struct match_topic *topic;

	if (!t.positive)
		return true;
	if (is_suppressed(m, g->section, &t, &reason, &line))
		return add_suppressed(m, g, &t, reason, line, out);
	topic = new_topic(m, out);
	return topic && fill_topic(m, g, &t, topic);
}

static bool fill_topics(struct match_work *m, struct match_result *out)
{
	struct topics t = {.left = m->topic_count};
	bool ok = true;

	for (size_t i = 0; ok && t.left > 0; i++)
		if (m->group[i].section->kind == RULESET_TOPIC) {
			ok = add_topic(m, &m->group[i], &t);
			t.left--;
		}
	out->topics = t.topic;
	out->topic_count = t.count;
	out->suppressed = t.suppressed;
	out->suppressed_count = t.suppressed_count;
	return ok;
}

enum err_code match_text_with(struct match_work *m, const struct match_input *in, struct arena *a,
	struct match_result *out, struct err *e)
{
	enum err_code rc = match_lines_answer(&m->lines, in, a, e);

	memset(out, 0, sizeof *out);
	begin_item(m, in, a);
	if (!rc) {
		group_lines(m);
		weigh_globals(m);
		if (!fill_topics(m, out) || m->lines.eval.no_memory)
			rc = err_nomem(e);
	}
	out->undecided = m->lines.undecided;
	out->undecided_count = m->lines.undecided_count;
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

#define KEY_BLOCK 64 /* characters written at once */

void match_add_title_key(const struct shadow *title, struct buf *out)
{
	uint32_t cp[KEY_BLOCK];
	char bytes[4 * (KEY_BLOCK + 1)];
	size_t n = 0;

	for (size_t i = 0; i < title->count; i++) {
		cp[n] = title->cp[i];
		n += is_key_character(cp[n]);
		if (n == KEY_BLOCK || i + 1 == title->count) {
			buf_add(out, bytes, normalise_encode(cp, n, bytes));
			n = 0;
		}
	}
}

enum err_code match_title_key(const struct normalise_table *t, struct buf *out, const char *title,
	size_t n, struct err *e)
{
	struct shadow s;
	enum err_code rc;

	normalise_shadow_init(&s);
	rc = normalise_read(t, title, n, &s, e);
	if (!rc)
		match_add_title_key(&s, out);
	normalise_shadow_fini(&s);
	return rc ? rc : buf_check(out, _("title"), e);
}
