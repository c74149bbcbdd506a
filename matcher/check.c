/*
 * check.c - runs the tests of a loaded rule set, and adds the advice of advice.h.
 */
#include "matcher/check.h"

#include <string.h>

#include "base/i18n.h"
#include "matcher/advice.h"
#include "matcher/eval.h"
#include "matcher/explain.h"

struct checker {
	const struct rules *r;
	struct arena *arena;
	struct match_work *work;
	struct report report;
};

static struct match_input test_input(const struct ruleset_test *t)
{
	struct match_input in = {.title = t->text, .text = t->text, .no_region = true};

	in.title_size = in.text_size = strlen(t->text);
	return in;
}

/* --- tests of a section ------------------------------------------------------ */

/* *line: the first that hits; line_count when none does. */
static enum err_code section_hits(
	struct checker *c, const struct ruleset_test *t, size_t *line, struct err *e)
{
	const struct ruleset_section *s = &c->r->section[t->section];
	struct match_input in = test_input(t);
	struct eval v;
	enum err_code rc = eval_init(&v, c->r, e);

	*line = c->r->line_count;
	if (!rc)
		rc = eval_begin(&v, &in, c->arena, e);
	for (size_t i = s->first + s->count; !rc && i-- > s->first;)
		if (eval_expr(&v, c->r->line[i].expr, c->r->line[i].fields) == EVAL_YES)
			*line = i;
	if (!rc && v.no_memory)
		rc = err_nomem(e);
	eval_fini(&v);
	return rc;
}

/* The test is as often wrong as the line. */
static void hint_test(struct checker *c, const struct ruleset_test *t)
{
	if (t->want)
		report_hint(&c->report, "%s",
			_("add a line with a word of this text, or points to one that hits; or "
			  "change the test when it asks for too much"));
	else
		report_hint(&c->report, "%s",
			_("make a line above narrower, or add a - or ! line with a word of this "
			  "text; or change the test when it is wrong"));
}

static enum err_code test_section(struct checker *c, const struct ruleset_test *t, struct err *e)
{
	size_t line = 0;
	enum err_code rc = section_hits(c, t, &line, e);

	if (rc || (line < c->r->line_count) == t->want)
		return rc;
	if (t->want)
		report_error(&c->report, ruleset_place(c->r, t->file, t->number, t->column), "%s",
			_("应中 failed: no line of this section hits this text"));
	else
		report_error(&c->report, ruleset_place(c->r, t->file, t->number, t->column),
			_("不中 failed: a line of this section hits this text, %s:%d"),
			c->r->file[c->r->line[line].file], c->r->line[line].number);
	report_hint(&c->report, "%s",
		t->want ? _("add a line with a word of this text, or change the test when it is "
			    "wrong")
			: _("make that line narrower, or change the test when it is wrong"));
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
	hint_test(c, t);
	buf_fini(&b);
}

static enum err_code test_topic(struct checker *c, const struct ruleset_test *t, struct err *e)
{
	const char *code = c->r->section[t->section].code;
	struct match_input in = test_input(t);
	struct match_result m;
	enum err_code rc = match_text_with(c->work, &in, c->arena, &m, e);
	const struct match_topic *hit = rc ? NULL : find_topic(&m, code);

	if (!rc && (hit != NULL) != t->want)
		tell_failure(c, t, hit, find_suppressed(&m, code));
	return rc;
}

/* --- the whole --------------------------------------------------------------- */

static size_t count_warnings(const struct buf *report)
{
	struct str rest = {buf_str(report), report->len};
	struct report_entry entry;
	size_t n = 0;

	while (report_read(&rest, &entry))
		n += entry.kind == REPORT_WARNING;
	return n;
}

static enum err_code run_tests(struct checker *c, struct err *e)
{
	const struct rules *r = c->r;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < r->test_count; i++) {
		arena_reset(c->arena);
		rc = r->section[r->test[i].section].kind == RULESET_TOPIC
			     ? test_topic(c, &r->test[i], e)
			     : test_section(c, &r->test[i], e);
	}
	return rc;
}

enum err_code check_rules(
	const struct rules *r, struct buf *report, struct check_result *out, struct err *e)
{
	struct checker c = {
		.r = r, .arena = arena_new(ARENA_MAX_DEFAULT), .work = match_work_new(r)};
	enum err_code rc = c.arena && c.work ? ERR_OK : err_nomem(e);

	memset(out, 0, sizeof *out);
	c.report.out = report;
	c.report.e = e;
	out->lines = r->line_count;
	out->tests = r->test_count;
	out->warnings = count_warnings(report);
	if (!rc)
		rc = run_tests(&c, e);
	out->failed = c.report.errors;
	if (!rc)
		rc = advice_give(r, &c.report, e);
	out->warnings += c.report.notices;
	match_work_free(c.work);
	arena_free(c.arena);
	return rc ? rc : report_end(&c.report);
}
