/*
 * advice_words.c - words of one character, marks that are words where they stand, and words
 * that a list holds in vain.
 */
#include <string.h>

#include "base/i18n.h"
#include "matcher/advice_private.h"
#include "matcher/lexer.h"

/* --- marks ------------------------------------------------------------------- */

static bool is_number(const struct expr *x)
{
	return x->kind == EXPR_LITERAL && x->name[0] &&
	       x->name[strspn(x->name, "0123456789")] == '\0';
}

static bool is_word(const struct expr *x, const char *name)
{
	return x->kind == EXPR_LITERAL && strcmp(x->name, name) == 0;
}

/* "…3分": the byte where the number begins; the length of the word when it is none. */
static size_t points_at(const char *word)
{
	struct str s = str_of(word);
	size_t n = s.n, pos, start;
	bool digit = false;

	if (!str_has_suffix(s, "分"))
		return n;
	s.n -= strlen("分");
	for (start = pos = 0; pos < s.n;) {
		size_t at = pos;
		uint32_t c = lexer_next_cp(s, &pos);
		bool is_digit = c >= '0' && c <= '9';
		if (is_digit && !digit)
			start = at;
		digit = is_digit;
	}
	return digit ? start : n;
}

static void advise_points(struct advice *a, const struct ruleset_line *l, const struct expr *x)
{
	size_t n = strlen(x->name), at = points_at(x->name);

	if (at == n || x->quoted)
		return;
	if (at == 0)
		advice_note_line(a, l, x->column,
			_("move them to the end of the line; put them in quotes when the text is "
			  "meant: \"3分\""),
			_("points count only at the end of a line; here they are a word"));
	else
		advice_note_line(a, l, x->column,
			_("put a blank before the number: 欠薪 3分; put the word in quotes when it "
			  "is meant"),
			_("“%s” is one word; points stand behind a blank"), x->name);
}

static bool begins_with_field(const char *word)
{
	static const char *const names[] = {"标题", "正文", "来源"};
	struct str s = str_of(word);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t pos = strlen(names[i]);
		if (str_has_prefix(s, names[i]) && pos < s.n && lexer_next_cp(s, &pos) == ':')
			return true;
	}
	return false;
}

static void advise_mark(struct advice *a, const struct ruleset_line *l, const struct expr *x)
{
	size_t pos = 0;
	uint32_t c = lexer_next_cp(str_of(x->name), &pos);

	if (x->quoted)
		return;
	if ((c == '-' || c == '+' || c == '!') && x->column > l->column)
		advice_note_line(a, l, x->column,
			_("make a line of its own of it; put the word in quotes when the sign "
			  "belongs to it"),
			_("a sign counts only at the beginning of a line; here it is part of the "
			  "word"));
	if (begins_with_field(x->name))
		advice_note_line(a, l, x->column, _("make a line of its own of it, 标题: first"),
			_("a field counts only at the beginning of a line; here it is part of the "
			  "word"));
	advise_points(a, l, x);
}

/* “3 分” and “级别 = 重大” at the end of a line are words there. */
static void advise_tail(struct advice *a, const struct ruleset_line *l, const struct expr *x)
{
	for (size_t i = 1; x->kind == EXPR_AND && i < x->count; i++)
		if (is_number(x->child[i - 1]) && is_word(x->child[i], "分"))
			advice_note_line(a, l, x->child[i - 1]->column, _("write 3分"),
				_("points are written without a blank: 3分; here they are words"));
		else if (is_word(x->child[i], "=") || is_word(x->child[i], "＝"))
			advice_note_line(a, l, x->child[i]->column, _("write 级别=重大"),
				_("级别=重大 is written without blanks; here it is words"));
}

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
		advise_mark(a, l, x);
	}
	advise_tail(a, l, x);
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
		advise_lists(a, (struct place){l->file, l->number}, l->expr, false);
	}
	/* A list may stand beside ~ wherever it is used. */
	for (size_t i = 0; i < r->macro_count; i++)
		if (r->macro[i].expr)
			advise_lists(a, (struct place){r->macro[i].file, r->macro[i].number},
				r->macro[i].expr, true);
}
