/*
 * explain_rule.c - a rule line in plain words.
 */
#include <string.h>

#include "base/i18n.h"
#include "matcher/explain.h"
#include "matcher/rules_reader.h"

#define LISTED_MAX 12 /* words of a list that are named */
#define MEMORY ((size_t)8 << 20)

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

static void add_word(struct buf *b, const struct expr *x)
{
	size_t n = strlen(x->name);

	n -= str_has_suffix(str_of(x->name), "＊") ? strlen("＊") : 1;
	if (x->longer)
		buf_addf(b, _("“%.*s” and longer"), (int)n, x->name);
	else
		buf_addf(b, "“%s”", x->name);
}

static void add_expr(struct buf *b, const struct expr *x, bool inside)
{
	switch (x->kind) {
	case EXPR_LITERAL:
		add_word(b, x);
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

static const char *sign_words(enum ruleset_sign sign)
{
	switch (sign) {
	case RULESET_PLUS:
		return _("necessary: ");
	case RULESET_MINUS:
		return _("speaks against it: ");
	case RULESET_NOT:
		return _("puts the topic out: ");
	case RULESET_PLAIN:
		break;
	}
	return "";
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

void explain_add_rule(struct buf *out, const char *rule)
{
	struct arena *a = arena_new(MEMORY);
	struct ruleset_line l;

	if (a && rules_read_line(rule, a, &l)) {
		buf_add_str(out, sign_words(l.sign));
		buf_add_str(out, field_words(l.fields));
		add_expr(out, l.expr, false);
	} else {
		buf_add_str(out, rule);
	}
	arena_free(a);
}
