/*
 * explain.c - rule lines and results in plain words.
 */
#include "matcher/explain.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/eval.h"

#define LISTED_MAX 12 /* words of a list that are named */

/* --- expressions ------------------------------------------------------------- */

static void add_expr(struct buf *b, const struct expr *x, bool inside);

static void add_list(struct buf *b, const struct expr *x, const char *joint)
{
	for (size_t i = 0; i < x->count; i++) {
		if (i == LISTED_MAX) {
			buf_addf(b, _(" … (%zu more)"), x->count - i);
			return;
		}
		buf_add_str(b, i ? joint : "");
		add_expr(b, x->child[i], true);
	}
}

static void add_near(struct buf *b, const struct expr *x)
{
	for (size_t i = 0; i < x->count; i++) {
		if (i)
			buf_addf(b,
				n_(" within %u character of ", " within %u characters of ",
					x->distance[i - 1]),
				x->distance[i - 1]);
		add_expr(b, x->child[i], true);
	}
	buf_add_str(b, _(" in one sentence"));
}

static void add_expr(struct buf *b, const struct expr *x, bool inside)
{
	switch (x->kind) {
	case EXPR_LITERAL:
		buf_addf(b, "“%s”", x->name);
		return;
	case EXPR_REGEX:
		buf_addf(b, _("the pattern /%s/"), x->name);
		return;
	case EXPR_MACRO:
		buf_addf(b, _("a word of the list @%s"), x->name);
		return;
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_NEAR:
		break;
	}
	buf_add_str(b, inside ? "(" : "");
	if (x->kind == EXPR_NEAR)
		add_near(b, x);
	else
		add_list(b, x, x->kind == EXPR_AND ? _(" and ") : _(" or "));
	buf_add_str(b, inside ? ")" : "");
}

static const char *field_words(unsigned fields)
{
	switch (fields) {
	case RULESET_IN_TITLE:
		return _("in the title: ");
	case RULESET_IN_TEXT:
		return _("in the text: ");
	case RULESET_IN_SOURCE:
		return _("in the source's name: ");
	default:
		return "";
	}
}

static const struct ruleset_line *find_line(const struct rules *r, const char *file, int line)
{
	for (size_t i = 0; i < r->line_count; i++)
		if (r->line[i].number == line && strcmp(r->file[r->line[i].file], file) == 0)
			return &r->line[i];
	return NULL;
}

bool explain_add_line(struct buf *out, const struct rules *r, const char *file, int line)
{
	const struct ruleset_line *l = file ? find_line(r, file, line) : NULL;

	if (!l)
		return false;
	buf_add_str(out, field_words(l->fields));
	add_expr(out, l->expr, false);
	if (l->grade)
		buf_addf(out, _("; suggests the grade %s"), match_grade_name(l->grade));
	return true;
}

/* --- results ----------------------------------------------------------------- */

void explain_add_reason(struct buf *out, const struct match_suppressed *s)
{
	switch (s->reason) {
	case MATCH_GLOBAL:
		buf_addf(out, _("excluded for all topics by %s:%d"), s->file, s->line);
		break;
	case MATCH_EXCLUDE:
		buf_addf(out, _("excluded by the ! line %s:%d"), s->file, s->line);
		break;
	case MATCH_REQUIRED:
		buf_addf(out, _("none of its + lines hits (the first is %s:%d)"), s->file, s->line);
		break;
	case MATCH_REGION:
		buf_add_str(out, _("nothing says that it is about our region"));
		break;
	case MATCH_THRESHOLD:
		buf_addf(out, _("score %d is below the threshold %d"), s->match.score,
			s->match.topic.threshold);
		break;
	}
}

static struct str field_text(const struct match_input *in, enum match_field f)
{
	switch (f) {
	case MATCH_TITLE:
		return (struct str){in->title, in->title ? in->title_size : 0};
	case MATCH_TEXT:
		return (struct str){in->text, in->text ? in->text_size : 0};
	case MATCH_SOURCE:
		break;
	}
	return (struct str){in->source, in->source ? in->source_size : 0};
}

static const char *field_name(enum match_field f)
{
	return f == MATCH_TITLE ? _("title") : f == MATCH_TEXT ? _("text") : _("source");
}

static void add_spans(
	struct buf *b, const struct match_input *in, const struct match_span *span, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str t = field_text(in, span[i].field);
		size_t from = utf8_offset(t.p, t.n, span[i].start);
		size_t to = utf8_offset(t.p, t.n, span[i].end);
		buf_addf(b, "%s%s %u–%u “", i ? "; " : "        ", field_name(span[i].field),
			span[i].start, span[i].end);
		buf_add(b, t.p + from, to - from);
		buf_add_str(b, "”");
	}
	if (count)
		buf_add_char(b, '\n');
}

static void add_hits(struct buf *b, const struct rules *r, const struct match_input *in,
	const struct match_topic *t)
{
	int score = 0;

	for (size_t i = 0; i < t->hit_count; i++) {
		const struct match_hit *h = &t->hits[i];
		score += h->points;
		buf_addf(b, "    %s:%d  %+d = %d  ", h->file, h->line, h->points, score);
		if (!explain_add_line(b, r, h->file, h->line))
			buf_add_str(b, h->rule);
		buf_add_char(b, '\n');
		add_spans(b, in, h->spans, h->span_count);
	}
}

/* What made the item ours. */
static enum err_code add_region(
	struct buf *b, const struct rules *r, const struct match_input *in, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct eval v = {.work = NULL};
	bool any = false;
	enum err_code rc = a ? eval_init(&v, r, e) : err_nomem(e);

	if (!rc)
		rc = eval_begin(&v, in, a, e);
	for (size_t i = 0; !rc && i < r->line_count; i++) {
		const struct ruleset_line *l = &r->line[i];
		struct eval_spans spans = {.count = 0};
		if (r->section[l->section].kind != RULESET_REGION ||
			eval_expr(&v, l->expr, l->fields) != EVAL_YES)
			continue;
		eval_collect(&v, l->expr, l->fields, &spans);
		buf_addf(b, _("Region: ours by %s:%d\n"), r->file[l->file], l->number);
		add_spans(b, in, spans.span, spans.count);
		any = true;
	}
	if (!rc && in->no_region)
		buf_add_str(b, _("Region: taken as met\n"));
	else if (!rc && in->local)
		buf_add_str(b, _("Region: ours, the source is local\n"));
	else if (!rc && !any)
		buf_add_str(b, _("Region: nothing says that it is ours\n"));
	eval_fini(&v);
	arena_free(a);
	return rc;
}

enum err_code explain_add_result(struct buf *out, const struct rules *r,
	const struct match_input *in, const struct match_result *m, struct err *e)
{
	enum err_code rc = add_region(out, r, in, e);

	for (size_t i = 0; i < m->topic_count; i++) {
		const struct match_topic *t = &m->topics[i];
		buf_addf(out, _("[%s] alerts: score %d, threshold %d, suggested grade %s\n"),
			t->topic.name, t->score, t->topic.threshold, match_grade_name(t->grade));
		add_hits(out, r, in, t);
	}
	for (size_t i = 0; i < m->suppressed_count; i++) {
		const struct match_suppressed *s = &m->suppressed[i];
		buf_addf(out, _("[%s] does not alert: "), s->match.topic.name);
		explain_add_reason(out, s);
		buf_add_char(out, '\n');
		add_hits(out, r, in, &s->match);
	}
	for (size_t i = 0; i < m->undecided_count; i++)
		buf_addf(out, _("Undecided: %s:%d of [%s], its regex reached a limit (%s)\n"),
			m->undecided[i].file, m->undecided[i].line, m->undecided[i].topic,
			m->undecided[i].why);
	if (m->topic_count + m->suppressed_count + m->undecided_count == 0)
		buf_add_str(out, _("No topic: no line adds points\n"));
	return rc ? rc : buf_check(out, _("explanation"), e);
}
