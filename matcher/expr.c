/*
 * expr.c - the parser of rule lines: or := and {"|" and}; and := near {near};
 * near := primary {~N primary}; primary := word | "literal" | /regex/ | @name | (or).
 */
#include "matcher/expr.h"

#include <string.h>

#include "base/i18n.h"

struct parser {
	const struct lexer_token *token;
	size_t count, pos;
	int parens;
	const struct expr_leaves *leaves;
	struct arena *arena;
	struct report *report;
	struct report_place place;
	int end_column;
	bool failed;
};

static struct expr *parse_or(struct parser *p);

static enum lexer_kind kind_at(const struct parser *p)
{
	return p->pos < p->count ? p->token[p->pos].kind : LEXER_END;
}

static struct expr *fault(struct parser *p, int column, const char *text, const char *hint)
{
	if (!p->failed) {
		p->place.column = column;
		report_error(p->report, p->place, "%s", text);
		if (hint)
			report_hint(p->report, "%s", hint);
	}
	p->failed = true;
	return NULL;
}

static int column_at(const struct parser *p)
{
	return p->token[p->pos].column; /* the array goes on to LEXER_END */
}

static struct expr *new_node(struct parser *p, enum expr_kind kind, int column)
{
	struct expr *x = arena_alloc(p->arena, sizeof *x);

	if (!x)
		return fault(p, column, _("out of memory"), NULL);
	x->kind = kind;
	x->column = column;
	return x;
}

/* Appends a child; arrays double. */
static bool add_child(struct parser *p, struct expr *x, struct expr *child, uint32_t distance)
{
	if ((x->count & (x->count - 1)) == 0) {
		size_t cap = x->count ? x->count * 2 : 1;
		struct expr **c = arena_array(p->arena, cap, sizeof *c);
		uint32_t *d = arena_array(p->arena, cap, sizeof *d);
		if (!c || !d) {
			fault(p, x->column, _("out of memory"), NULL);
			return false;
		}
		if (x->count) {
			memcpy(c, x->child, x->count * sizeof(*c));
			memcpy(d, x->distance, x->count * sizeof(*d));
		}
		x->child = c;
		x->distance = d;
	}
	x->distance[x->count] = distance;
	x->child[x->count++] = child;
	return true;
}

static struct expr *parse_leaf(struct parser *p, const struct lexer_token *t)
{
	struct report_place at = p->place;
	enum expr_kind kind = t->kind == LEXER_REGEX   ? EXPR_REGEX
			      : t->kind == LEXER_MACRO ? EXPR_MACRO
						       : EXPR_LITERAL;
	struct expr *x = new_node(p, kind, t->column);
	bool ok = true;

	if (!x)
		return NULL;
	p->pos++;
	at.column = t->column;
	x->name = arena_strndup(p->arena, t->text.p, t->text.n);
	x->quoted = t->kind == LEXER_QUOTED;
	if (kind == EXPR_REGEX)
		ok = p->leaves->add_regex(p->leaves->ctx, x, t, at);
	else if (kind == EXPR_LITERAL)
		ok = p->leaves->add_word(p->leaves->ctx, x, t, at);
	if (!ok)
		p->failed = true;
	return ok ? x : NULL;
}

static struct expr *parse_group(struct parser *p)
{
	int column = column_at(p);
	struct expr *x;

	if (++p->parens > EXPR_PARENS_MAX)
		return fault(p, column, _("too many brackets inside one another"),
			_("make a list in [定义] of the inner part and write @name for it"));
	p->pos++;
	x = parse_or(p);
	if (x && kind_at(p) != LEXER_CLOSE)
		return fault(p, column, _("this bracket is not closed: a ) is missing"),
			_("put a ) behind the last word that belongs to it"));
	p->pos++;
	p->parens--;
	return x;
}

static struct expr *stray_bracket(struct parser *p)
{
	return fault(p, column_at(p), _("this ) was never opened"),
		_("take it away, or put a ( before the first word that belongs to it"));
}

static struct expr *parse_primary(struct parser *p)
{
	switch (kind_at(p)) {
	case LEXER_WORD:
	case LEXER_QUOTED:
	case LEXER_REGEX:
	case LEXER_MACRO:
		return parse_leaf(p, &p->token[p->pos]);
	case LEXER_OPEN:
		return parse_group(p);
	case LEXER_NEAR:
		return fault(p, column_at(p), _("~ needs a word on both sides"),
			_("write what must stand near: 拖欠 ~12 工程款"));
	case LEXER_BAR:
		return fault(p, column_at(p), _("| needs a word on both sides"),
			_("take this | away, or write the word that is missing"));
	case LEXER_CLOSE:
		return p->parens
			       ? fault(p, column_at(p), _("a word is missing before )"),
					 _("write the word, or take the sign before ) or the empty "
					   "brackets away"))
			       : stray_bracket(p);
	case LEXER_END:
		break;
	}
	return fault(p, column_at(p), _("a word is missing here"),
		_("write it, or take the sign before it away"));
}

static struct expr *parse_near(struct parser *p)
{
	struct expr *first = parse_primary(p), *x = NULL;

	while (first && kind_at(p) == LEXER_NEAR) {
		const struct lexer_token *t = &p->token[p->pos++];
		struct expr *next = parse_primary(p);
		if (!next)
			return NULL;
		if (!x) {
			x = new_node(p, EXPR_NEAR, t->column);
			if (!x || !add_child(p, x, first, t->distance))
				return NULL;
		}
		x->distance[x->count - 1] = t->distance;
		if (!add_child(p, x, next, 0))
			return NULL;
	}
	return x ? x : first;
}

/* One child needs no node of its own. */
static struct expr *parse_list(struct parser *p, enum expr_kind kind)
{
	int column = column_at(p);
	struct expr *first = kind == EXPR_OR ? parse_list(p, EXPR_AND) : parse_near(p), *x = NULL;

	while (first) {
		enum lexer_kind k = kind_at(p);
		struct expr *next;
		if (k == LEXER_END || k == LEXER_CLOSE || (kind == EXPR_AND && k == LEXER_BAR))
			break;
		if (kind == EXPR_OR)
			p->pos++; /* an AND list ends at nothing else but | */
		if (!x && (!(x = new_node(p, kind, column)) || !add_child(p, x, first, 0)))
			return NULL;
		next = kind == EXPR_OR ? parse_list(p, EXPR_AND) : parse_near(p);
		if (!next || !add_child(p, x, next, 0))
			return NULL;
	}
	return x && first ? x : first;
}

static struct expr *parse_or(struct parser *p)
{
	return parse_list(p, EXPR_OR);
}

struct expr *expr_parse(const struct lexer_token *token, size_t count,
	const struct expr_leaves *leaves, struct arena *a, struct report *r, struct report_place at)
{
	struct parser p = {.token = token,
		.count = count,
		.leaves = leaves,
		.arena = a,
		.report = r,
		.place = at};
	struct expr *x = parse_or(&p);

	if (x && p.pos < count)
		return stray_bracket(&p);
	return x;
}

/* --- properties -------------------------------------------------------------- */

bool expr_is_operand(const struct expr *x)
{
	if (x->kind == EXPR_LITERAL || x->kind == EXPR_REGEX)
		return true;
	if (x->kind != EXPR_OR && x->kind != EXPR_MACRO)
		return false;
	for (size_t i = 0; i < x->count; i++)
		if (!expr_is_operand(x->child[i]))
			return false;
	return true;
}

size_t expr_size(const struct expr *x, size_t *depth)
{
	size_t size = 1, deepest = 0;

	for (size_t i = 0; i < x->count && size <= EXPR_SIZE_MAX; i++) {
		size_t below = 0;
		size += expr_size(x->child[i], &below);
		if (below > deepest)
			deepest = below;
	}
	*depth = deepest + 1;
	return size;
}
