/*
 * rule_lines.c - walking over the lines of a rule set.
 */
#include "matcher/rule_lines.h"

#include <string.h>

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
