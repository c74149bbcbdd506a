/*
 * advice_lines.c - lines that stand in their section already or can never count, and
 * thresholds and grades that no set of lines reaches.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "matcher/advice_private.h"

/* --- the same line twice ----------------------------------------------------- */

struct spelled {
	const char *text;
	size_t line;
};

static int by_spelling(const void *a, const void *b)
{
	const struct spelled *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static const char *spell_line(struct advice *a, const struct ruleset_line *l)
{
	const char *text = compare_spell(a->compare, l->expr);

	return text ? arena_printf(a->arena, "%u %d %u %s", (unsigned)l->section, (int)l->sign,
			      l->fields, text)
		    : "";
}

static void advise_twins(struct advice *a)
{
	size_t n = a->r->line_count;
	struct spelled *s = arena_array(a->arena, n + 1, sizeof *s);

	if (!s || n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		s[i] = (struct spelled){spell_line(a, &a->r->line[i]), i};
	qsort(s, n, sizeof *s, by_spelling);
	for (size_t i = 1, first = 0; i < n; i++) {
		const struct ruleset_line *l = &a->r->line[s[i].line];
		if (!s[i].text[0] || strcmp(s[i].text, s[first].text) != 0) {
			first = i;
			continue;
		}
		a->told[s[i].line] = true;
		advice_note_line(a, l, l->column, _("take one of the two away"),
			_("the same line stands in this section already: %s"),
			advice_place(a, &a->r->line[s[first].line]));
	}
}

/* --- lines that never count -------------------------------------------------- */

/* The section of a kind of which there is one; NULL: there is none. */
static const struct ruleset_section *section_of(const struct rules *r, enum ruleset_kind kind)
{
	for (size_t i = 0; i < r->section_count; i++)
		if (r->section[i].kind == kind)
			return &r->section[i];
	return NULL;
}

/* Of a section, a line that puts the topic out wherever x hits. */
static const struct ruleset_line *outdone_in(struct advice *a, const struct ruleset_section *s,
	const struct ruleset_line *l, const struct expr *x)
{
	for (size_t i = s->first; i < s->first + s->count; i++) {
		const struct ruleset_line *by = &a->r->line[i];
		if (by != l && !a->told[i] &&
			(s->kind == RULESET_EXCLUDE || by->sign == RULESET_NOT) &&
			compare_implies(a->compare, x, l->fields, by->expr, by->fields))
			return by;
	}
	return NULL;
}

/* Topics are put out by their own ! lines and by those of 全局排除: the first of them. */
static const struct ruleset_line *outdone_by(
	struct advice *a, const struct ruleset_line *l, const struct expr *x)
{
	const struct ruleset_section *own = &a->r->section[l->section], *all = a->excluding;
	const struct ruleset_line *by = NULL;

	if (all && all < own)
		by = outdone_in(a, all, l, x);
	if (!by)
		by = outdone_in(a, own, l, x);
	if (!by && all && all > own)
		by = outdone_in(a, all, l, x);
	return by;
}

/* Every alternative is out; the line that puts the first one out, else NULL. */
static const struct ruleset_line *all_outdone(
	struct advice *a, const struct ruleset_line *l, const struct expr *x)
{
	const struct ruleset_line *by = outdone_by(a, l, x), *first = by;

	x = compare_bare(x);
	if (by || x->kind != EXPR_OR)
		return by;
	for (size_t i = 0; i < x->count; i++) {
		by = all_outdone(a, l, x->child[i]);
		if (!by)
			return NULL;
		first = first ? first : by;
	}
	return first;
}

/* Only whether one of them hits matters: the second of two that hit says nothing more. */
static bool is_either(const struct advice *a, const struct ruleset_line *l)
{
	enum ruleset_kind kind = a->r->section[l->section].kind;

	if (kind == RULESET_TOPIC)
		return l->sign == RULESET_NOT ||
		       (l->sign == RULESET_PLUS && !l->points && !l->grade);
	return kind == RULESET_REGION || kind == RULESET_EXCLUDE;
}

static const struct ruleset_line *contained_in(struct advice *a, const struct ruleset_line *l)
{
	const struct ruleset_section *s = &a->r->section[l->section];

	for (size_t i = s->first; i < s->first + s->count; i++) {
		const struct ruleset_line *x = &a->r->line[i];
		if (x != l && x->sign == l->sign && !a->told[i] &&
			compare_implies(a->compare, l->expr, l->fields, x->expr, x->fields))
			return x;
	}
	return NULL;
}

static void advise_vain(struct advice *a, size_t at)
{
	const struct ruleset_line *l = &a->r->line[at];
	bool topic = a->r->section[l->section].kind == RULESET_TOPIC;
	const struct ruleset_line *by = topic ? all_outdone(a, l, l->expr) : NULL;

	if (by)
		advice_note_line(a, l, l->column,
			_("take it away, or make the other line narrower"),
			_("this line never counts: wherever it hits, %s puts the topic out"),
			advice_place(a, by));
	else if (is_either(a, l) && (by = contained_in(a, l)) != NULL)
		advice_note_line(a, l, l->column, _("take it away; it changes nothing"),
			_("this line says nothing more: wherever it hits, %s hits too"),
			advice_place(a, by));
	a->told[at] = by != NULL;
}

/* --- scores ------------------------------------------------------------------ */

static int highest_score(const struct advice *a, const struct ruleset_section *s)
{
	int sum = 0;

	for (size_t i = s->first; i < s->first + s->count; i++)
		if (a->r->line[i].sign == RULESET_PLAIN || a->r->line[i].sign == RULESET_PLUS)
			sum += a->r->line[i].points;
	return sum;
}

static void advise_grades(struct advice *a, const struct ruleset_section *s, int highest)
{
	for (int g = GRADE_GENERAL; g <= GRADE_EXTREME; g++) {
		const char *name = match_grade_name((enum match_grade)g);
		int next = g;
		while (next < GRADE_EXTREME && !s->grade_at[++next])
			;
		if (s->grade_at[g] > highest)
			advice_note(a, s->grades_file, s->grades_line, s->grades_column,
				_("lower the score, or give lines more points"),
				_("the grade %s is never reached: it begins at %d, all lines "
				  "together give %d"),
				name, s->grade_at[g], highest);
		else if (s->grade_at[g] && next > g && s->grade_at[next] &&
			 s->grade_at[next] <= s->threshold)
			advice_note(a, s->grades_file, s->grades_line, s->grades_column,
				_("let it begin at the threshold and the next one above it"),
				_("the grade %s is never suggested: from the threshold %d on the "
				  "score reaches the next one"),
				name, s->threshold);
	}
}

static void advise_scores(struct advice *a, const struct ruleset_section *s)
{
	int highest = highest_score(a, s);
	bool any = false;

	for (size_t i = s->first; i < s->first + s->count; i++)
		any |= a->r->line[i].sign == RULESET_PLAIN || a->r->line[i].sign == RULESET_PLUS;
	if (!any)
		advice_note(a, s->file, s->number, 1,
			_("write lines with the words that people use: 欠薪 | 讨薪  3分"),
			_("this topic can never alert: no line adds points"));
	else if (highest < s->threshold)
		advice_note(a, s->file, s->number, 1, _("lower 阈值, or give lines more points"),
			_("this topic can never alert: all lines together give %d, the threshold "
			  "is %d"),
			highest, s->threshold);
	else
		advise_grades(a, s, highest);
}

static bool has_region(const struct rules *r)
{
	for (size_t i = 0; i < r->section_count; i++)
		if (r->section[i].kind == RULESET_REGION && r->section[i].count)
			return true;
	return false;
}

static void advise_topic(struct advice *a, const struct ruleset_section *s, bool region)
{
	if (strcmp(s->code, s->name) == 0)
		advice_note(a, s->file, s->number, 1,
			_("write a short English name that stays for ever: 代码 = wage-arrears"),
			_("this topic has no 代码; its alerts cannot be followed when it is "
			  "renamed"));
	if (s->region_required && !region)
		advice_note(a, s->file, s->number, 1,
			_("write the names of your places under [地域] in a file of local.d"),
			_("地域 = 必须, but no line says what is ours: only local sources alert"));
	advise_scores(a, s);
}

void advice_lines(struct advice *a)
{
	bool region = has_region(a->r);

	for (size_t i = 0; i < a->r->section_count; i++)
		if (a->r->section[i].kind == RULESET_TOPIC)
			advise_topic(a, &a->r->section[i], region);
	/* From here on told are lines that are the second of two: of two that say the same
	 * only one is in vain. */
	memset(a->told, 0, a->r->line_count * sizeof *a->told);
	advise_twins(a);
	a->excluding = section_of(a->r, RULESET_EXCLUDE);
	for (size_t i = 0; i < a->r->line_count; i++)
		if (!a->told[i])
			advise_vain(a, i);
}
