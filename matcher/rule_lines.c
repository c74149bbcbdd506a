/*
 * rule_lines.c - walking over the lines of a rule set.
 */
#include "matcher/rule_lines.h"

#include <string.h>

#include "matcher/eval.h"
#include "matcher/ruleset.h"

static bool is_listed(const struct rules *r, const struct ruleset_line *l)
{
	enum ruleset_kind kind = r->section[l->section].kind;

	return kind == RULESET_TOPIC || kind == RULESET_WEAKEN;
}

size_t rule_lines_count(const struct rules *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->section_count; i++)
		if (r->section[i].kind == RULESET_TOPIC || r->section[i].kind == RULESET_WEAKEN)
			n += r->section[i].count;
	return n;
}

/* Lines are in order of their section, and few sections are not listed. */
static const struct ruleset_line *line_of(const struct rules *r, size_t i)
{
	for (size_t s = 0; s < r->section_count; s++) {
		const struct ruleset_section *section = &r->section[s];
		if (!section->count || !is_listed(r, &r->line[section->first]))
			continue;
		if (i < section->count)
			return &r->line[section->first + i];
		i -= section->count;
	}
	return NULL;
}

void rule_lines_at(const struct rules *r, size_t i, struct rule_line *out)
{
	const struct ruleset_line *l = line_of(r, i);
	const struct ruleset_section *s = &r->section[l->section];
	bool weakens = s->kind == RULESET_WEAKEN;

	out->file = r->file[l->file];
	out->line = l->number;
	out->rule = l->text;
	out->topic = weakens ? RULE_LINES_WEAKEN : s->name;
	out->code = weakens ? RULE_LINES_WEAKEN : s->code;
	out->points = l->sign == RULESET_MINUS || weakens ? -l->points : l->points;
}

char rule_lines_sign(const char *rule)
{
	static const struct {
		const char *written;
		char sign;
	} signs[] = {{"-", '-'}, {"－", '-'}, {"+", '+'}, {"＋", '+'}, {"!", '!'}, {"！", '!'}};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncmp(rule, signs[i].written, strlen(signs[i].written)) == 0)
			return signs[i].sign;
	return 0;
}

static const struct ruleset_section *region_of(const struct rules *r)
{
	for (size_t i = 0; i < r->section_count; i++)
		if (r->section[i].kind == RULESET_REGION)
			return &r->section[i];
	return NULL;
}

static bool add_spans(
	struct eval *v, const struct ruleset_line *l, struct match_span *out, size_t *count)
{
	struct eval_spans spans = {.span = out + *count};

	if (eval_expr(v, l->expr, l->fields) != EVAL_YES)
		return true;
	eval_collect(v, l->expr, l->fields, &spans);
	*count += spans.count;
	return !v->no_memory;
}

enum err_code rule_lines_region(const struct rules *r, const struct match_input *in,
	struct arena *a, struct match_span **out, size_t *count, struct err *e)
{
	const struct ruleset_section *s = region_of(r);
	size_t lines = s ? s->count : 0;
	struct eval v;
	enum err_code rc;
	bool fine;

	*count = 0;
	*out = arena_array(a, lines * EVAL_SPANS_MAX + 1, sizeof **out);
	fine = *out != NULL;
	if (!fine || !lines)
		return fine ? ERR_OK : err_nomem(e);
	rc = eval_init(&v, r, e);
	if (!rc)
		rc = eval_begin(&v, in, a, e);
	for (size_t i = 0; !rc && fine && i < lines; i++)
		fine = add_spans(&v, &r->line[s->first + i], *out, count);
	eval_fini(&v);
	return rc || fine ? rc : err_nomem(e);
}
