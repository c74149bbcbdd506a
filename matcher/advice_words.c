/*
 * advice_words.c - words of one character, and words that a list holds in vain.
 */
#include <string.h>

#include "base/i18n.h"
#include "matcher/advice_private.h"

/* --- words ------------------------------------------------------------------- */

static void advise_short(struct advice *a, const struct ruleset_line *l, const struct expr *x)
{
	a->told[l - a->r->line] = true;
	advice_note_line(a, l, x->column,
		_("write a longer word, or what must stand beside it: 水 (停 | 断)"),
		_("a word of one character hits nearly everything: “%s”"), x->name);
}

/* A word of one character that makes x hit by itself. */
static const struct expr *short_word(const struct advice *a, const struct expr *x)
{
	const struct expr *found = NULL;

	x = compare_bare(x);
	if (x->kind == EXPR_LITERAL && literals_length(a->r->literals, x->id) == 1)
		return x;
	for (size_t i = 0; !found && x->kind == EXPR_OR && i < x->count; i++)
		found = short_word(a, x->child[i]);
	return found;
}

static void advise_list(struct advice *a, const struct ruleset_line *l, const struct expr *x)
{
	const struct expr *word = short_word(a, x);

	if (!word)
		return;
	a->told[l - a->r->line] = true;
	advice_note_line(a, l, x->column,
		_("take the word out of the list, or write what must stand beside the list"),
		_("@%s holds a word of one character, which hits nearly everything: “%s”"), x->name,
		word->name);
}

/* `alone`: x can make the line hit by itself, outside AND and ~. */
static void advise_expr(
	struct advice *a, const struct ruleset_line *l, const struct expr *x, bool alone)
{
	if (x->kind == EXPR_MACRO) {
		if (alone)
			advise_list(a, l, x);
		return;
	}
	if (x->kind == EXPR_LITERAL) {
		if (alone && literals_length(a->r->literals, x->id) == 1)
			advise_short(a, l, x);
	}
	for (size_t i = 0; i < x->count; i++)
		advise_expr(a, l, x->child[i], alone && x->kind == EXPR_OR);
}

/* --- lists ------------------------------------------------------------------- */

/* Where the words of a line or a list stand. */
struct place {
	uint32_t file;
	int line;
};

/* The second of two alternatives is found by the first, or is the same. */
static bool is_vain(struct advice *a, const struct expr *x, const struct expr *other, bool first)
{
	if (x->kind != EXPR_LITERAL || other->kind != EXPR_LITERAL)
		return false;
	return x->id == other->id ? !first : compare_word_holds(a->compare, x, other);
}

static void advise_choice(
	struct advice *a, struct place p, const struct expr *list, size_t i, bool near)
{
	const struct expr *x = list->child[i];

	for (size_t k = 0; k < list->count; k++) {
		const struct expr *other = list->child[k];
		if (k == i || !is_vain(a, x, other, i < k) || (near && x->id != other->id))
			continue;
		if (x->id == other->id)
			advice_note(a, p.file, p.line, x->column, _("take one of them away"),
				_("“%s” stands in this list already"), x->name);
		else
			advice_note(a, p.file, p.line, x->column,
				_("take it away; it changes nothing"),
				_("“%s” is found by “%s” of the same list already"), x->name,
				other->name);
		return;
	}
}

/* Beside ~ a longer word is nearer to the other: there it is not in vain. */
static void advise_lists(struct advice *a, struct place p, const struct expr *x, bool near)
{
	if (x->kind == EXPR_MACRO)
		return;
	for (size_t i = 0; i < x->count; i++) {
		if (x->kind == EXPR_OR)
			advise_choice(a, p, x, i, near);
		advise_lists(a, p, x->child[i], near || x->kind == EXPR_NEAR);
	}
}

void advice_words(struct advice *a)
{
	const struct rules *r = a->r;

	for (size_t i = 0; i < r->line_count; i++) {
		const struct ruleset_line *l = &r->line[i];
		advise_expr(a, l, l->expr, true);
		advice_marks(a, (struct advice_spot){l->file, l->number, l->column}, l->expr);
		advise_lists(a, (struct place){l->file, l->number}, l->expr, false);
	}
	/* A list may stand beside ~ wherever it is used. */
	for (size_t i = 0; i < r->macro_count; i++)
		if (r->macro[i].expr) {
			advise_lists(a, (struct place){r->macro[i].file, r->macro[i].number},
				r->macro[i].expr, true);
			advice_marks(a,
				(struct advice_spot){r->macro[i].file, r->macro[i].number, 0},
				r->macro[i].expr);
		}
}
