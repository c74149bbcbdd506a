/*
 * advice_regex.c - regexes that cost: those that no word calls for, and those whose match
 * may be as long as the text.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/advice_private.h"
#include "matcher/regex_fault.h"

/* "{3,}" at s[i]. */
static bool is_open_count(struct str s, size_t i)
{
	size_t at = i + 1;

	while (at < s.n && str_is_digit((unsigned char)s.p[at]))
		at++;
	return at > i + 1 && at + 1 < s.n && s.p[at] == ',' && s.p[at + 1] == '}';
}

/* The first repeat without an end, with its byte; false when all have one. */
static bool find_endless(struct str s, size_t *at)
{
	bool item = false; /* something to be repeated stands before */

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (item && (c == '*' || c == '+' || (c == '{' && is_open_count(s, i)))) {
			*at = i;
			return true;
		}
		item = c != '(' && c != '|' && c != '?' && c != '}';
		if (c == '\\')
			i++;
		else if (c == '[')
			i = regex_fault_class_end(s.p, s.n, i);
	}
	return false;
}

static void advise_endless(struct advice *a, uint32_t file, int line, const struct expr *x)
{
	struct str s = str_of(x->name);
	size_t at = 0;

	if (find_endless(s, &at))
		advice_note(a, file, line, x->column + 1 + (int)utf8_count(s.p, at),
			_("give it a bound: .{0,20} for .*, {1,20} for +"),
			_("this repeat has no end: the regex may run through the whole text"));
}

/* Regexes of the line's own, not those of its lists. */
static const struct expr *first_regex(const struct expr *x)
{
	const struct expr *found = x->kind == EXPR_REGEX ? x : NULL;

	for (size_t i = 0; !found && x->kind != EXPR_MACRO && i < x->count; i++)
		found = first_regex(x->child[i]);
	return found;
}

static void advise_each(struct advice *a, uint32_t file, int line, const struct expr *x)
{
	if (x->kind == EXPR_REGEX)
		advise_endless(a, file, line, x);
	for (size_t i = 0; x->kind != EXPR_MACRO && i < x->count; i++)
		advise_each(a, file, line, x->child[i]);
}

/* Lines that no word sets off run their regex on every text. */
static void advise_always(struct advice *a, const struct ruleset_line *l)
{
	const struct expr *x = first_regex(l->expr);

	advice_note_line(a, l, x ? x->column : l->column,
		_("write a Chinese word into it, or beside it: 工地 /…/"),
		_("this regex names no Chinese word that must stand in the text: it is slow, for "
		  "it "
		  "runs on every text"));
}

void advice_regexes(struct advice *a)
{
	const struct rules *r = a->r;

	for (size_t i = 0; i < r->line_count; i++)
		advise_each(a, r->line[i].file, r->line[i].number, r->line[i].expr);
	for (size_t i = 0; i < r->macro_count; i++)
		if (r->macro[i].expr)
			advise_each(a, r->macro[i].file, r->macro[i].number, r->macro[i].expr);
	for (size_t i = 0; i < r->always_count; i++)
		advise_always(a, &r->line[r->always[i]]);
}
