/*
 * rules_link.c - from lines of several files to one set that can be matched:
 * macros get their meaning, overlays switch lines off, operands and sizes are
 * checked, and for each word the lines that it may set off are listed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/ruleset.h"

#define MACRO_DEPTH_MAX 32

enum walk_state { WALK_NEW, WALK_OPEN, WALK_DONE };

struct linker {
	struct rules *r;
	struct report *report;
	struct report_place at; /* the line being linked */
	bool cycle; /* macros that contain themselves: the tree must not be walked */
};

static void fault(struct linker *k, int column, const char *text, const char *hint)
{
	k->at.column = column;
	report_error(k->report, k->at, "%s", text);
	report_hint(k->report, "%s", hint);
}

/* --- macros ------------------------------------------------------------------ */

const char *ruleset_macro_name(const void *macros, size_t i)
{
	return ((const struct ruleset_macro *)macros)[i].name;
}

struct ruleset_macro *ruleset_find_macro(const struct rules *r, const char *name)
{
	size_t i = name_index_find(&r->macros, name, ruleset_macro_name, r->macro);

	return i == NAME_INDEX_NONE ? NULL : &r->macro[i];
}

/* Of the same length, one character is another. */
static bool differ_by_one(struct str a, struct str b)
{
	size_t i = 0, j = 0, other = 0;

	while (i < a.n && j < b.n)
		other += lexer_next_cp(a, &i) != lexer_next_cp(b, &j);
	return i == a.n && j == b.n && other == 1 && utf8_count(a.p, a.n) > 1;
}

/* A list whose name differs in one character at most, or has the other in it. */
static const char *nearest_macro(const struct rules *r, const char *name)
{
	struct str want = str_of(name);

	for (size_t i = 0; i < r->macro_count; i++)
		if (strstr(r->macro[i].name, name) || strstr(name, r->macro[i].name) ||
			differ_by_one(want, str_of(r->macro[i].name)))
			return r->macro[i].name;
	return NULL;
}

static void hint_macro(struct linker *k, const char *name)
{
	const char *near = nearest_macro(k->r, name);

	if (near)
		report_hint(k->report, _("did you mean @%s?"), near);
	else
		report_hint(k->report,
			_("write the list in [定义]: %s = 求助 | 投诉; a text with @ belongs in "
			  "quotes"),
			name);
}

/* Points every EXPR_MACRO below x at its meaning. Depth is that of the brackets. */
static void resolve(struct linker *k, struct expr *x)
{
	struct ruleset_macro *m;

	if (x->kind != EXPR_MACRO) {
		for (size_t i = 0; i < x->count; i++)
			resolve(k, x->child[i]);
		return;
	}
	m = ruleset_find_macro(k->r, x->name);
	if (!m) {
		k->at.column = x->column;
		report_error(k->report, k->at, _("@%s is not defined in [定义]"), x->name);
		hint_macro(k, x->name);
	} else if (m->expr) {
		x->child = arena_array(k->r->arena, 1, sizeof *x->child);
		x->distance = arena_array(k->r->arena, 1, sizeof *x->distance);
		if (x->child)
			x->child[0] = m->expr;
		x->count = x->child ? 1 : 0;
	}
}

static void visit_macro(struct linker *k, struct ruleset_macro *m, int depth);

static void visit_below(struct linker *k, const struct expr *x, int depth)
{
	if (x->kind == EXPR_MACRO) {
		struct ruleset_macro *m = ruleset_find_macro(k->r, x->name);
		if (m)
			visit_macro(k, m, depth + 1);
		return;
	}
	for (size_t i = 0; i < x->count; i++)
		visit_below(k, x->child[i], depth);
}

static void visit_macro(struct linker *k, struct ruleset_macro *m, int depth)
{
	if (m->state == WALK_DONE || !m->expr)
		return;
	if (m->state == WALK_OPEN || depth > MACRO_DEPTH_MAX) {
		k->at = ruleset_place(k->r, m->file, m->number, 1);
		report_error(k->report, k->at,
			m->state == WALK_OPEN ? _("@%s is defined by itself")
					      : _("the lists behind @%s are nested too deeply"),
			m->name);
		report_hint(k->report, "%s",
			m->state == WALK_OPEN
				? _("take the @name that leads back to it out of the list")
				: _("write the words themselves in place of the innermost list"));
		k->cycle = true;
		m->state = WALK_DONE;
		return;
	}
	m->state = WALK_OPEN;
	visit_below(k, m->expr, depth);
	m->state = WALK_DONE;
}

static void link_macros(struct linker *k)
{
	struct rules *r = k->r;

	for (size_t i = 0; i < r->macro_count; i++)
		visit_macro(k, &r->macro[i], 0);
	for (size_t i = 0; i < r->macro_count; i++)
		if (r->macro[i].expr) {
			k->at = ruleset_place(r, r->macro[i].file, r->macro[i].number, 0);
			resolve(k, r->macro[i].expr);
		}
	for (size_t i = 0; i < r->line_count; i++)
		if (r->line[i].expr) {
			k->at = ruleset_place(r, r->line[i].file, r->line[i].number, 0);
			resolve(k, r->line[i].expr);
		}
}

/* --- checks ------------------------------------------------------------------ */

/* Macros are checked where they stand, not at every use. */
static void check_near(struct linker *k, const struct expr *x)
{
	if (x->kind == EXPR_MACRO)
		return;
	for (size_t i = 0; i < x->count; i++) {
		if (x->kind == EXPR_NEAR && !expr_is_operand(x->child[i])) {
			fault(k, x->child[i]->column,
				_("beside ~ may stand words, quotes, regexes and groups of these "
				  "with |, nothing else"),
				_("~ binds tighter than blanks: write a ~12 (b | c), and what else "
				  "must stand in the text behind it"));
			return;
		}
		check_near(k, x->child[i]);
	}
}

/* With what its @lists stand for. A list is measured too, whether or not a line uses it:
 * it is walked for advice. */
static void check_expr(struct linker *k, const struct expr *x, int column)
{
	size_t depth;

	if (expr_size(x, &depth) > EXPR_SIZE_MAX || depth > EXPR_DEPTH_MAX)
		fault(k, column, _("with its @lists this line is too long"),
			_("make several lines of it, or the lists shorter"));
	else
		check_near(k, x);
}

static void check_exprs(struct linker *k)
{
	struct rules *r = k->r;

	for (size_t i = 0; i < r->macro_count; i++)
		if (r->macro[i].expr) {
			k->at = ruleset_place(r, r->macro[i].file, r->macro[i].number, 0);
			check_expr(k, r->macro[i].expr, 1);
		}
	for (size_t i = 0; i < r->line_count; i++)
		if (r->line[i].expr) {
			k->at = ruleset_place(r, r->line[i].file, r->line[i].number, 0);
			check_expr(k, r->line[i].expr, r->line[i].column);
		}
}

static void tell_same_code(
	struct linker *k, const struct ruleset_section *first, const struct ruleset_section *s)
{
	k->at = ruleset_place(k->r, s->file, s->number, 1);
	report_error(k->report, k->at, _("[%s] and [%s] have the same 代码 %s"), first->name,
		s->name, s->code);
	report_hint(k->report, "%s",
		_("a code belongs to one topic for ever: give one of them another"));
}

static const char *section_code(const void *sections, size_t i)
{
	return ((const struct ruleset_section *)sections)[i].code;
}

/* False: no memory. */
static bool check_topics(struct linker *k)
{
	struct rules *r = k->r;
	struct name_index codes = {NULL, 0, 0};
	bool ok = true;

	for (size_t i = 0; ok && i < r->section_count; i++) {
		struct ruleset_section *s = &r->section[i];
		size_t first;
		if (s->kind != RULESET_TOPIC)
			continue;
		if (!s->code)
			s->code = s->name;
		first = name_index_find(&codes, s->code, section_code, r->section);
		if (first != NAME_INDEX_NONE)
			tell_same_code(k, &r->section[first], s);
		else
			ok = name_index_add(&codes, i, section_code, r->section);
	}
	name_index_fini(&codes);
	return ok;
}

/* --- overlays ---------------------------------------------------------------- */

/* An overlay's 停用 line takes the same line out of earlier files. */
static void switch_off(struct linker *k, const struct ruleset_line *off)
{
	struct rules *r = k->r;
	bool found = false;

	for (size_t i = 0; i < r->line_count; i++) {
		struct ruleset_line *l = &r->line[i];
		if (l == off || l->section != off->section || l->file >= off->file ||
			strcmp(l->key, off->key) != 0)
			continue;
		l->off = true;
		found = true;
	}
	if (!found) {
		report_warning(k->report, ruleset_place(r, off->file, off->number, 1),
			_("no such line is there to switch off"));
		report_hint(k->report, "%s",
			_("it was changed or taken away; copy the line as it stands now behind "
			  "停用:, or take this one away"));
	}
}

static int line_order(const void *a, const void *b)
{
	const struct ruleset_line *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* Room for lines, aligned. NULL: no memory. */
static struct ruleset_line *new_lines(struct rules *r, size_t count)
{
	struct ruleset_line *line =
		arena_array(r->arena, count + 1 + RULESET_LINE_ALIGN / sizeof *line, sizeof *line);
	uintptr_t past = (uintptr_t)line % RULESET_LINE_ALIGN;

	if (!line)
		return NULL;
	return (void *)((char *)line + (past ? RULESET_LINE_ALIGN - past : 0));
}

static void arrange_lines(struct linker *k)
{
	struct rules *r = k->r;
	size_t kept = 0, count = r->line_count;
	struct ruleset_line *line = new_lines(r, count);
	bool *order = arena_array(r->arena, count + 1, sizeof *order);

	for (size_t i = 0; order && i < count; i++)
		order[i] = r->line[i].off;
	for (size_t i = 0; order && i < count; i++)
		if (order[i])
			switch_off(k, &r->line[i]);
	for (size_t i = 0; line && i < count; i++)
		if (!r->line[i].off && r->line[i].expr)
			line[kept++] = r->line[i];
	r->line = line;
	r->line_cap = r->line_count = kept;
	if (kept)
		qsort(r->line, kept, sizeof *r->line, line_order);
	for (size_t i = kept; i-- > 0;) {
		struct ruleset_section *s = &r->section[r->line[i].section];
		s->first = i;
		s->count++;
		s->has_plus |= r->line[i].sign == RULESET_PLUS;
	}
}

/* --- groups of words --------------------------------------------------------- */

static void gather(struct rules *r, struct expr *x);

/* The words of all children, one list behind the other; none when one has others too. */
static void gather_or(struct rules *r, struct expr *x)
{
	size_t n = 0;
	uint32_t *word;

	for (size_t i = 0; i < x->count; i++) {
		if (x->child[i]->words == 0)
			return;
		n += x->child[i]->words;
	}
	word = arena_array(r->arena, n, sizeof *word);
	if (!word)
		return;
	x->word = word;
	x->words = n;
	for (size_t i = 0; i < x->count; i++) {
		memcpy(word, x->child[i]->word, x->child[i]->words * sizeof *word);
		word += x->child[i]->words;
	}
}

/* A macro is gathered where it is first used. */
static void gather(struct rules *r, struct expr *x)
{
	if (x->words)
		return;
	for (size_t i = 0; i < x->count; i++)
		gather(r, x->child[i]);
	if (x->kind == EXPR_LITERAL) {
		x->word = &x->id;
		x->words = 1;
	} else if (x->kind == EXPR_MACRO) {
		x->word = x->child[0]->word;
		x->words = x->child[0]->words;
	} else if (x->kind == EXPR_OR) {
		gather_or(r, x);
	}
}

/* --- which words are looked for where ------------------------------------------ */

static void ask_for(struct rules *r, const uint32_t *id, size_t count, unsigned fields)
{
	for (size_t i = 0; i < count; i++)
		literals_ask(r->literals, id[i], fields);
}

/* Words stand in many lines, in lists above all: each node is asked for once a field. */
static void ask(struct rules *r, struct expr *x, unsigned fields)
{
	if ((x->fields & fields) == fields)
		return;
	x->fields |= (unsigned char)fields;
	ask_for(r, x->word, x->words, fields);
	if (x->kind == EXPR_REGEX) {
		const struct ruleset_regex *regex = &r->regex[x->id];
		ask_for(r, regex->need.id, regex->need.count, fields);
		ask_for(r, regex->also.id, regex->also.count, fields);
	}
	for (size_t i = 0; i < x->count && !x->words; i++)
		ask(r, x->child[i], fields);
}

/* --- triggers ---------------------------------------------------------------- */

struct ids {
	uint32_t *id;
	size_t count;
	size_t weight; /* how often one of them may occur, by and large */
	bool any; /* the expression may hit without any of these */
	enum regex_texts texts; /* ... or in other texts than these */
};

static struct ids required(struct rules *r, struct arena *a, const struct expr *x);

/* In news a word of one character is found some 30 times as often as one of two, and that
 * as often again as a longer one: how often decides which words a line waits for. */
static size_t weight_of(const struct rules *r, const uint32_t *id, size_t count)
{
	static const size_t weights[] = {0, 200, 8};
	size_t weight = 0;

	for (size_t i = 0; i < count; i++) {
		size_t n = literals_length(r->literals, id[i]);
		weight += n < sizeof weights / sizeof *weights ? weights[n] : 1;
	}
	return weight;
}

#define NO_CHILD SIZE_MAX

/* The rarest words of a part of an AND or ~, but for one part: of which. */
static size_t rarest_of(
	struct rules *r, struct arena *a, const struct expr *x, size_t but, struct ids *best)
{
	size_t which = NO_CHILD;

	*best = (struct ids){.any = true};
	for (size_t i = 0; i < x->count; i++) {
		struct ids child;
		if (i == but)
			continue;
		child = required(r, a, x->child[i]);
		if (child.any || (which != NO_CHILD && child.weight >= best->weight))
			continue;
		*best = child;
		which = i;
	}
	return which;
}

static struct ids union_of(struct rules *r, struct arena *a, const struct expr *x)
{
	struct ids all = {.any = false};

	for (size_t i = 0; i < x->count; i++) {
		struct ids child = required(r, a, x->child[i]);
		uint32_t *id;
		if (child.any || !(id = arena_array(a, all.count + child.count, sizeof *id)))
			return (struct ids){.any = true};
		if (all.count)
			memcpy(id, all.id, all.count * sizeof *id);
		memcpy(id + all.count, child.id, child.count * sizeof *id);
		all.id = id;
		all.count += child.count;
		all.weight += child.weight;
		if (child.texts > all.texts)
			all.texts = child.texts;
	}
	return all;
}

static struct ids required_by_regex(const struct rules *r, const struct ruleset_regex *x)
{
	return (struct ids){.id = x->need.id,
		.count = x->need.count,
		.weight = weight_of(r, x->need.id, x->need.count),
		.any = x->need.count == 0,
		.texts = x->texts};
}

/* Words of which one must occur for x to hit. */
static struct ids required(struct rules *r, struct arena *a, const struct expr *x)
{
	struct ids one = {.any = true};

	switch (x->kind) {
	case EXPR_LITERAL:
		one.id = arena_array(a, 1, sizeof *one.id);
		if (one.id) {
			one.id[0] = x->id;
			one.count = 1;
			one.weight = weight_of(r, one.id, 1);
			one.any = false;
		}
		return one;
	case EXPR_REGEX:
		return required_by_regex(r, &r->regex[x->id]);
	case EXPR_MACRO:
		return required(r, a, x->child[0]);
	case EXPR_OR:
		return union_of(r, a, x);
	case EXPR_AND:
	case EXPR_NEAR:
		break;
	}
	(void)rarest_of(r, a, x, NO_CHILD, &one);
	return one;
}

/* Words of another part of an AND or ~, of which one must occur as well. */
static struct ids also_required(struct rules *r, struct arena *a, const struct expr *x)
{
	struct ids ids = {.any = true};
	size_t first;

	while (x->kind == EXPR_MACRO)
		x = x->child[0];
	if (x->kind != EXPR_AND && x->kind != EXPR_NEAR)
		return ids;
	first = rarest_of(r, a, x, NO_CHILD, &ids);
	if (first != NO_CHILD)
		(void)rarest_of(r, a, x, first, &ids);
	return ids;
}

static bool add_also(struct rules *r, uint32_t number)
{
	if (!ruleset_reserve(r->arena, &r->also, &r->also_cap, r->also_count, sizeof *r->also))
		return false;
	r->also[r->also_count++] = number;
	return true;
}

/* Only where they hold in all texts. */
static bool link_also(struct rules *r, struct arena *a, struct ruleset_line *l)
{
	struct ids ids = also_required(r, a, l->expr);
	bool ok = true;

	if (ids.any || ids.texts != REGEX_ALL_TEXTS)
		return true;
	l->also = (uint32_t)r->also_count;
	ok = add_also(r, (uint32_t)ids.count);
	for (size_t i = 0; ok && i < ids.count; i++)
		ok = add_also(r, ids.id[i]);
	return ok;
}

/* What a regex needs is looked for in all fields that it looks at, so may a word be. */
static struct ruleset_trigger trigger_of(const struct rules *r, size_t line)
{
	const struct ruleset_line *l = &r->line[line];

	return (struct ruleset_trigger){.line = (uint32_t)line,
		.fields = (uint16_t)l->fields,
		.suffices = l->expr->words > 0};
}

static bool fill_triggers(struct rules *r, const struct ids *need)
{
	size_t words = literals_count(r->literals), total = 0;

	for (size_t i = 0; i < r->line_count; i++)
		for (size_t j = 0; j < need[i].count; j++)
			r->trigger_at[need[i].id[j] + 1]++;
	for (size_t w = 0; w < words; w++) {
		total += r->trigger_at[w + 1];
		r->trigger_at[w + 1] = (uint32_t)total;
	}
	r->trigger = arena_array(r->arena, total + 1, sizeof *r->trigger);
	if (!r->trigger)
		return false;
	/* Filled from the back: each word's start moves down to its place. */
	for (size_t i = r->line_count; i-- > 0;)
		for (size_t j = need[i].count; j-- > 0;)
			r->trigger[--r->trigger_at[need[i].id[j] + 1]] = trigger_of(r, i);
	for (size_t w = 0; w < words; w++)
		r->trigger_at[w] = r->trigger_at[w + 1];
	r->trigger_at[words] = (uint32_t)total;
	return true;
}

static bool link_triggers(struct rules *r)
{
	struct arena *scratch = arena_new(ARENA_MAX_DEFAULT);
	struct ids *need = scratch ? arena_array(scratch, r->line_count + 1, sizeof *need) : NULL;
	bool ok = need != NULL;

	r->trigger_at =
		arena_array(r->arena, literals_count(r->literals) + 2, sizeof *r->trigger_at);
	r->always = arena_array(r->arena, r->line_count + 1, sizeof *r->always);
	r->bound = arena_array(r->arena, r->line_count + 1, sizeof *r->bound);
	ok = ok && r->trigger_at && r->always && r->bound && add_also(r, 0);
	for (size_t i = 0; ok && i < r->line_count; i++) {
		need[i] = required(r, scratch, r->line[i].expr);
		if (need[i].any) {
			r->always[r->always_count++] = (uint32_t)i;
			need[i].count = 0;
		} else if (need[i].texts != REGEX_ALL_TEXTS) {
			r->bound[r->bound_count++] =
				(struct ruleset_bound){(uint32_t)i, need[i].texts};
		}
		ok = link_also(r, scratch, &r->line[i]);
	}
	ok = ok && !arena_failed(scratch) && fill_triggers(r, need);
	arena_free(scratch);
	return ok;
}

bool rules_link(struct rules *r, struct report *report)
{
	struct linker k = {.r = r, .report = report};

	link_macros(&k);
	if (!k.cycle)
		check_exprs(&k);
	if (!check_topics(&k))
		return false;
	arrange_lines(&k);
	if (report->errors)
		return true;
	for (size_t i = 0; i < r->line_count; i++) {
		const struct expr *x = r->line[i].expr;
		gather(r, r->line[i].expr);
		r->line[i].alone = x->words == 1 ? x->word[0] + 1 : 0;
		ask(r, r->line[i].expr, r->line[i].fields);
	}
	r->topic = arena_array(r->arena, r->section_count + 1, sizeof *r->topic);
	for (size_t i = 0; r->topic && i < r->section_count; i++)
		if (r->section[i].kind == RULESET_TOPIC)
			r->topic[r->topic_count++] = (uint32_t)i;
	return r->topic && literals_build(r->literals, NULL) == ERR_OK && link_triggers(r);
}
