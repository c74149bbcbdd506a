/*
 * check.c - runs the tests of a loaded rule set and looks for lines that staff
 * will regret.
 */
#include "matcher/check.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/utf8.h"
#include "matcher/eval.h"
#include "matcher/explain.h"

struct checker {
	const struct rules *r;
	struct arena *arena;
	struct buf *out;
	struct report report;
	struct check_result *result;
};

static struct match_input test_input(const struct ruleset_test *t)
{
	struct match_input in = {.title = t->text, .text = t->text, .no_region = true};

	in.title_size = in.text_size = strlen(t->text);
	return in;
}

/* --- tests of a section ------------------------------------------------------ */

static enum err_code section_hits(
	struct checker *c, const struct ruleset_test *t, bool *hit, struct err *e)
{
	const struct ruleset_section *s = &c->r->section[t->section];
	struct match_input in = test_input(t);
	struct eval v;
	enum err_code rc = eval_init(&v, c->r, e);

	*hit = false;
	if (!rc)
		rc = eval_begin(&v, &in, c->arena, e);
	for (size_t i = s->first; !rc && i < s->first + s->count; i++)
		if (eval_expr(&v, c->r->line[i].expr, c->r->line[i].fields) == EVAL_YES)
			*hit = true;
	if (!rc && v.no_memory)
		rc = err_nomem(e);
	eval_fini(&v);
	return rc;
}

static enum err_code test_section(struct checker *c, const struct ruleset_test *t, struct err *e)
{
	bool hit;
	enum err_code rc = section_hits(c, t, &hit, e);

	if (!rc && hit != t->want)
		report_error(&c->report, ruleset_place(c->r, t->file, t->number, t->column), "%s",
			hit ? _("不中 failed: a line of this section hits this text")
			    : _("应中 failed: no line of this section hits this text"));
	return rc;
}

/* --- tests of a topic -------------------------------------------------------- */

static const struct match_topic *find_topic(const struct match_result *m, const char *code)
{
	for (size_t i = 0; i < m->topic_count; i++)
		if (strcmp(m->topics[i].topic.code, code) == 0)
			return &m->topics[i];
	return NULL;
}

static const struct match_suppressed *find_suppressed(
	const struct match_result *m, const char *code)
{
	for (size_t i = 0; i < m->suppressed_count; i++)
		if (strcmp(m->suppressed[i].match.topic.code, code) == 0)
			return &m->suppressed[i];
	return NULL;
}

static void tell_hits(struct buf *b, const struct match_topic *t)
{
	for (size_t i = 0; i < t->hit_count; i++)
		buf_addf(b, "%s %s:%d %+d", i ? "," : "", t->hits[i].file, t->hits[i].line,
			t->hits[i].points);
}

static void tell_failure(struct checker *c, const struct ruleset_test *t,
	const struct match_topic *hit, const struct match_suppressed *out)
{
	struct report_place at = ruleset_place(c->r, t->file, t->number, t->column);
	struct buf b;

	buf_init(&b, 1 << 16);
	if (hit) {
		tell_hits(&b, hit);
		report_error(&c->report, at,
			_("不中 failed: [%s] alerts with score %d (threshold %d):%s"),
			hit->topic.name, hit->score, hit->topic.threshold, buf_str(&b));
	} else if (out) {
		struct buf why;
		buf_init(&why, 1 << 12);
		explain_add_reason(&why, out);
		tell_hits(&b, &out->match);
		report_error(&c->report, at, _("应中 failed: [%s] does not alert, %s; hits:%s"),
			out->match.topic.name, buf_str(&why), buf_str(&b));
		buf_fini(&why);
	} else {
		report_error(&c->report, at, _("应中 failed: no line of [%s] hits this text"),
			c->r->section[t->section].name);
	}
	buf_fini(&b);
}

static enum err_code test_topic(struct checker *c, const struct ruleset_test *t, struct err *e)
{
	const char *code = c->r->section[t->section].code;
	struct match_input in = test_input(t);
	struct match_result m;
	enum err_code rc = match_text(c->r, &in, c->arena, &m, e);
	const struct match_topic *hit = rc ? NULL : find_topic(&m, code);

	if (!rc && (hit != NULL) != t->want)
		tell_failure(c, t, hit, find_suppressed(&m, code));
	return rc;
}

/* --- advice ------------------------------------------------------------------ */

static void warn(struct checker *c, const struct ruleset_line *l, int column, const char *text)
{
	report_notice(&c->report, ruleset_place(c->r, l->file, l->number, column), _("warning: %s"),
		text);
	c->result->warnings++;
}

static bool is_word(const struct expr *x, const char *name)
{
	return x->kind == EXPR_LITERAL && strcmp(x->name, name) == 0;
}

static bool is_number(const struct expr *x)
{
	return x->kind == EXPR_LITERAL && x->name[0] &&
	       x->name[strspn(x->name, "0123456789")] == '\0';
}

/* “3 分” and “级别 = 重大” at the end of a line are words there. */
static void advise_tail(struct checker *c, const struct ruleset_line *l, const struct expr *x)
{
	for (size_t i = 1; x->kind == EXPR_AND && i < x->count; i++)
		if (is_number(x->child[i - 1]) && is_word(x->child[i], "分"))
			warn(c, l, x->child[i - 1]->column,
				_("points are written without a blank: 3分; here they are words"));
		else if (is_word(x->child[i], "=") || is_word(x->child[i], "＝"))
			warn(c, l, x->child[i]->column,
				_("级别=重大 is written without blanks; here it is words"));
}

/* `alone`: x can make the line hit by itself, outside AND and ~. */
static void advise_expr(
	struct checker *c, const struct ruleset_line *l, const struct expr *x, bool alone)
{
	if (x->kind == EXPR_MACRO)
		return;
	if (x->kind == EXPR_LITERAL && alone && literals_length(c->r->literals, x->id) == 1)
		warn(c, l, x->column, _("a word of one character hits nearly everything"));
	if (x->kind == EXPR_LITERAL && strchr("-+!", *x->name) && x->column > l->column)
		warn(c, l, x->column,
			_("a sign counts only at the beginning of a line; here it is part of the "
			  "word"));
	advise_tail(c, l, x);
	for (size_t i = 0; i < x->count; i++)
		advise_expr(c, l, x->child[i], alone && x->kind == EXPR_OR);
}

static void advise_twins(struct checker *c, size_t i)
{
	const struct ruleset_line *l = &c->r->line[i];

	for (size_t j = i + 1; j < c->r->line_count && c->r->line[j].section == l->section; j++)
		if (strcmp(l->key, c->r->line[j].key) == 0)
			warn(c, &c->r->line[j], c->r->line[j].column,
				_("the same line stands in this section already"));
}

static bool has_region(const struct rules *r)
{
	for (size_t i = 0; i < r->section_count; i++)
		if (r->section[i].kind == RULESET_REGION && r->section[i].count)
			return true;
	return false;
}

static void advise_section(struct checker *c, const struct ruleset_section *s, bool region)
{
	struct ruleset_line place = {.file = s->file, .number = s->number};
	bool positive = false;

	for (size_t i = s->first; i < s->first + s->count; i++)
		positive |=
			c->r->line[i].sign == RULESET_PLAIN || c->r->line[i].sign == RULESET_PLUS;
	if (s->kind != RULESET_TOPIC)
		return;
	if (strcmp(s->code, s->name) == 0)
		warn(c, &place, 1,
			_("this topic has no 代码; its alerts cannot be followed when it is "
			  "renamed"));
	if (!positive)
		warn(c, &place, 1, _("this topic can never alert: no line adds points"));
	if (s->region_required && !region)
		warn(c, &place, 1,
			_("地域 = 必须, but no line says what is ours: only local sources alert"));
}

static void advise(struct checker *c)
{
	bool region = has_region(c->r);

	for (size_t i = 0; i < c->r->section_count; i++)
		advise_section(c, &c->r->section[i], region);
	for (size_t i = 0; i < c->r->line_count; i++) {
		advise_expr(c, &c->r->line[i], c->r->line[i].expr, true);
		advise_twins(c, i);
	}
}

enum err_code check_rules(
	const struct rules *r, struct buf *report, struct check_result *out, struct err *e)
{
	struct checker c = {.r = r, .out = report, .result = out};
	enum err_code rc = ERR_OK;

	memset(out, 0, sizeof *out);
	c.report.out = report;
	c.report.e = e;
	c.arena = arena_new(ARENA_MAX_DEFAULT);
	if (!c.arena)
		return err_nomem(e);
	out->lines = r->line_count;
	out->tests = r->test_count;
	for (size_t i = 0; !rc && i < r->test_count; i++) {
		arena_reset(c.arena);
		rc = r->section[r->test[i].section].kind == RULESET_TOPIC
			     ? test_topic(&c, &r->test[i], e)
			     : test_section(&c, &r->test[i], e);
	}
	out->failed = c.report.errors;
	if (!rc)
		advise(&c);
	arena_free(c.arena);
	return rc ? rc : report_end(&c.report);
}
