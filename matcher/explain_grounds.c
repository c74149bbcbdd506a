/*
 * explain_grounds.c - why a topic alerts or does not, beyond the lines that hit: asked of
 * the rules while they are at hand.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "matcher/eval.h"
#include "matcher/explain.h"

#define REGION_LINES_MAX 5 /* of those that hit */
#define OTHERS_MAX 50

struct explain_grounds {
	const struct rules *r;
	const struct match_input *in;
	const struct match_result *m;
	struct arena *arena;
	struct eval eval;
	struct json_writer *w;
};

struct explain_grounds *explain_grounds_new(const struct rules *r)
{
	struct explain_grounds *g = calloc(1, sizeof *g);

	if (!g)
		return NULL;
	g->r = r;
	g->arena = arena_new(ARENA_MAX_DEFAULT);
	if (g->arena && eval_init(&g->eval, r, NULL) == ERR_OK)
		return g;
	explain_grounds_free(g);
	return NULL;
}

enum err_code explain_grounds_begin(struct explain_grounds *g, const struct match_input *in,
	const struct match_result *m, struct err *e)
{
	g->in = in;
	g->m = m;
	arena_reset(g->arena);
	return eval_begin(&g->eval, in, g->arena, e);
}

void explain_grounds_free(struct explain_grounds *g)
{
	if (!g)
		return;
	eval_fini(&g->eval);
	arena_free(g->arena);
	free(g);
}

/* --- lines ------------------------------------------------------------------- */

static const struct ruleset_line *find_line(const struct rules *r, const char *file, int line)
{
	for (size_t i = 0; file && i < r->line_count; i++)
		if (r->line[i].number == line && strcmp(r->file[r->line[i].file], file) == 0)
			return &r->line[i];
	return NULL;
}

static void put_line(struct explain_grounds *g, const struct ruleset_line *l)
{
	json_put_str(g->w, "file", l->file > 0 ? g->r->file[l->file] : NULL);
	json_put_int(g->w, "line", l->number);
	json_put_str(g->w, "rule", l->text);
}

static void put_spans(struct explain_grounds *g, const struct ruleset_line *l)
{
	static const char *const names[] = {"title", "text", "source"};
	struct match_span span[EVAL_SPANS_MAX];
	struct eval_spans s = {.span = span};

	eval_collect(&g->eval, l->expr, l->fields, &s);
	json_key(g->w, "spans");
	json_begin_array(g->w);
	for (size_t i = 0; i < s.count; i++) {
		json_begin_object(g->w);
		json_put_int(g->w, "end", s.span[i].end);
		json_put_str(g->w, "field", names[s.span[i].field]);
		json_put_int(g->w, "start", s.span[i].start);
		json_end_object(g->w);
	}
	json_end_array(g->w);
}

/* --- the region -------------------------------------------------------------- */

/* Lines of 地域 with this answer, counted; they are added when `put`. */
static size_t region_lines(struct explain_grounds *g, enum eval_answer want, bool put)
{
	size_t n = 0;

	for (size_t i = 0; i < g->r->line_count && n < REGION_LINES_MAX; i++) {
		const struct ruleset_line *l = &g->r->line[i];
		if (g->r->section[l->section].kind != RULESET_REGION ||
			eval_expr(&g->eval, l->expr, l->fields) != want)
			continue;
		n++;
		if (!put)
			continue;
		json_begin_object(g->w);
		put_line(g, l);
		put_spans(g, l);
		json_end_object(g->w);
	}
	return n;
}

static void put_region(struct explain_grounds *g, bool required)
{
	enum eval_answer with = EVAL_NO;
	const char *by = "none";

	if (!required)
		by = "any";
	else if (g->in->no_region)
		by = "taken";
	else if (region_lines(g, EVAL_YES, false))
		with = EVAL_YES;
	else if (g->in->local)
		by = "local";
	else if (region_lines(g, EVAL_UNDECIDED, false))
		with = EVAL_UNDECIDED;
	if (with != EVAL_NO)
		by = with == EVAL_YES ? "line" : "undecided";
	json_key(g->w, "region");
	json_begin_object(g->w);
	json_put_str(g->w, "by", by);
	if (with != EVAL_NO) {
		json_key(g->w, "lines");
		json_begin_array(g->w);
		(void)region_lines(g, with, true);
		json_end_array(g->w);
	}
	json_end_object(g->w);
}

/* --- the grade --------------------------------------------------------------- */

static const struct ruleset_section *find_section(const struct rules *r, const char *code)
{
	for (size_t i = 0; i < r->topic_count; i++)
		if (strcmp(r->section[r->topic[i]].code, code) == 0)
			return &r->section[r->topic[i]];
	return NULL;
}

/* The first line that hits and suggests the grade outright. */
static const struct ruleset_line *grading_line(
	const struct explain_grounds *g, const struct match_topic *t)
{
	for (size_t i = 0; i < t->hit_count; i++) {
		const struct ruleset_line *l = find_line(g->r, t->hits[i].file, t->hits[i].line);
		if (l && l->grade == t->grade)
			return l;
	}
	return NULL;
}

static void put_grade(struct explain_grounds *g, const struct match_topic *t)
{
	const struct ruleset_section *s = find_section(g->r, t->topic.code);
	const struct ruleset_line *l = grading_line(g, t);
	int from = s ? s->grade_at[t->grade] : 0;

	json_key(g->w, "grade");
	json_begin_object(g->w);
	if (from && t->score >= from) {
		json_put_str(g->w, "by", "score");
		json_put_int(g->w, "from", from);
	} else {
		json_put_str(g->w, "by", l ? "line" : "none");
		if (l)
			put_line(g, l);
	}
	json_end_object(g->w);
}

/* --- the rest ---------------------------------------------------------------- */

static bool is_for_all(const struct rules *r, const char *section)
{
	for (size_t i = 0; i < r->section_count; i++)
		if (strcmp(r->section[i].name, section) == 0)
			return r->section[i].kind != RULESET_TOPIC;
	return false;
}

/* topic NULL: of all. */
static void put_undecided(struct explain_grounds *g, const char *topic)
{
	json_begin_array(g->w);
	for (size_t i = 0; i < g->m->undecided_count; i++) {
		const struct match_undecided *u = &g->m->undecided[i];
		const struct ruleset_line *l = find_line(g->r, u->file, u->line);
		if (!l || (topic && strcmp(u->topic, topic) != 0 && !is_for_all(g->r, u->topic)))
			continue;
		json_begin_object(g->w);
		put_line(g, l);
		json_put_str(g->w, "topic", u->topic);
		json_put_str(g->w, "why", u->why);
		json_end_object(g->w);
	}
	json_end_array(g->w);
}

/* The reason, and the line that decided with its words; a + line that is missing has none. */
static void put_out(struct explain_grounds *g, const struct match_suppressed *s)
{
	static const char *const names[] = {"global", "exclude", "region", "threshold", "required"};
	const struct ruleset_line *l = find_line(g->r, s->file, s->line);

	json_put_str(g->w, "by", names[s->reason]);
	if (!l)
		return;
	put_line(g, l);
	if (s->reason != MATCH_REQUIRED)
		put_spans(g, l);
}

static void put_others(struct explain_grounds *g)
{
	size_t n = g->m->suppressed_count, most = n < OTHERS_MAX ? n : OTHERS_MAX;

	json_key(g->w, "others");
	json_begin_array(g->w);
	for (size_t i = 0; i < most; i++) {
		const struct match_suppressed *s = &g->m->suppressed[i];
		json_begin_object(g->w);
		put_out(g, s);
		json_put_int(g->w, "score", s->match.score);
		json_put_int(g->w, "threshold", s->match.topic.threshold);
		json_put_str(g->w, "topic", s->match.topic.name);
		json_end_object(g->w);
	}
	json_end_array(g->w);
	if (n > most)
		json_put_int(g->w, "others_left", (int64_t)(n - most));
}

static enum err_code put_too_long(
	struct explain_grounds *g, const struct match_topic *t, struct buf *out, struct err *e)
{
	struct json_writer w;

	buf_clear(out);
	json_writer_init(&w, out);
	json_begin_object(&w);
	json_put_int(&w, "threshold", t->topic.threshold);
	json_put_int(&w, "too_long", 1);
	json_end_object(&w);
	g->w = NULL;
	return buf_check(out, _("the grounds of a verdict"), e);
}

static enum err_code put_grounds(struct explain_grounds *g, const struct match_topic *t,
	const struct match_suppressed *s, bool others, struct buf *out, struct err *e)
{
	struct json_writer w;

	json_writer_init(&w, out);
	g->w = &w;
	json_begin_object(&w);
	put_grade(g, t);
	if (s) {
		json_key(&w, "out");
		json_begin_object(&w);
		put_out(g, s);
		json_end_object(&w);
	} else if (others && g->m->suppressed_count) {
		put_others(g);
	}
	put_region(g, t->topic.region_required);
	json_put_int(&w, "threshold", t->topic.threshold);
	json_key(&w, "undecided");
	put_undecided(g, t->topic.name);
	json_end_object(&w);
	if (g->eval.no_memory)
		return err_nomem(e);
	return buf_check(out, "", NULL) == ERR_LIMIT
		       ? put_too_long(g, t, out, e)
		       : buf_check(out, _("the grounds of a verdict"), e);
}

enum err_code explain_add_grounds(struct explain_grounds *g, const struct match_topic *t,
	bool others, struct buf *out, struct err *e)
{
	return put_grounds(g, t, NULL, others, out, e);
}

enum err_code explain_add_out_grounds(
	struct explain_grounds *g, const struct match_suppressed *s, struct buf *out, struct err *e)
{
	return put_grounds(g, &s->match, s, false, out, e);
}

enum err_code explain_add_no_grounds(struct explain_grounds *g, struct buf *out, struct err *e)
{
	struct json_writer w;

	json_writer_init(&w, out);
	g->w = &w;
	json_begin_object(&w);
	put_region(g, true);
	json_key(&w, "undecided");
	put_undecided(g, NULL);
	json_end_object(&w);
	if (g->eval.no_memory)
		return err_nomem(e);
	return buf_check(out, _("the grounds of a verdict"), e);
}
