/*
 * regex_need.c - words without which a regex cannot match, read from its pattern.
 *
 * Where none of them stands the regex need not be run, provided that running it would
 * have said no and not "undecided". So for every part of the pattern the steps are
 * bounded that PCRE2 may count from one starting point until it has passed the part;
 * words count only as far as that bound stays well below the smaller match limit.
 * On the way it is counted how far from a word a match may begin, and how far it looks.
 * A pattern with anything that is not understood here has no such words.
 */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "matcher/regex.h"

/* Bounds saturate here. PCRE2 counts no step that is not counted here; the distance to
 * REGEX_LIGHT_LIMIT is for what the two may call a step. */
#define STEPS_MAX (REGEX_LIGHT_LIMIT / 5 * 4)
#define DEPTH_MAX 16
#define REPEAT_MAX 65535
#define ENDLESS UINT32_MAX

struct scan {
	const char *s;
	size_t n, pos;
	uint32_t many, many_runs; /* how often an endless repeat may repeat; one of a run */
	int depth;
	bool failed;
	struct regex_set runs; /* what is repeated without end */
	bool open; /* ... or something else than single characters, or any of them */
};

/* One of these words must stand there. */
struct claim {
	struct regex_words words; /* none known: count 0 */
	uint32_t steps; /* until it is clear that they are missing */
	uint32_t before; /* characters before the word, as `width` below */
};

struct part {
	uint32_t exits; /* ways to pass it from one place */
	/* It ends in a repeat of these. Before a character that is none of them, only the
	 * longest repeat gets any further: then there are `firm_exits`. */
	struct regex_set tail;
	uint32_t firm_exits;
	uint32_t steps; /* on all of them */
	struct claim need, also; /* the best two, different ones */
	/* Characters it takes, and that it looks at from its beginning on, at most; those of the
	 * scan's `runs` are not counted. */
	uint32_t width, reach;
	struct regex_set first; /* a match of it begins with one of these, */
	bool passable; /* ... or takes no character */
	bool empty; /* takes no character: \b, ^, (?=…) */
	bool single; /* one character wide: */
	struct regex_set set; /* one of these */
	uint32_t literal; /* the character, if it is Han and nothing else fits; else 0 */
};

static uint32_t add(uint32_t a, uint32_t b)
{
	uint64_t sum = (uint64_t)a + b;

	return sum < STEPS_MAX ? (uint32_t)sum : STEPS_MAX;
}

static uint32_t multiply(uint32_t a, uint32_t b)
{
	uint64_t product = (uint64_t)a * b;

	return product < STEPS_MAX ? (uint32_t)product : STEPS_MAX;
}

static bool at_str(const struct scan *c, const char *lit)
{
	size_t n = strlen(lit);

	return c->n - c->pos >= n && memcmp(c->s + c->pos, lit, n) == 0;
}

static bool skip_str(struct scan *c, const char *lit)
{
	if (!at_str(c, lit))
		return false;
	c->pos += strlen(lit);
	return true;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* --- which words are the best -------------------------------------------------- */

static size_t shortest(const struct regex_words *w)
{
	size_t n = REGEX_NEED_LENGTH;

	for (size_t i = 0; i < w->count; i++)
		n = w->word[i].n < n ? w->word[i].n : n;
	return n;
}

static size_t score(const struct regex_words *w)
{
	return w->count ? shortest(w) * REGEX_NEED_WORDS + REGEX_NEED_WORDS - w->count : 0;
}

/* The best first. Any order will do for equals that does not depend on where a word stands:
 * of A.*B|B.*A both halves shall name the same. */
static int compare_words(const struct regex_words *a, const struct regex_words *b)
{
	size_t x = score(a), y = score(b);

	if (x != y)
		return x > y ? -1 : 1;
	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < REGEX_NEED_LENGTH; k++)
			if (a->word[i].cp[k] != b->word[i].cp[k])
				return a->word[i].cp[k] < b->word[i].cp[k] ? -1 : 1;
	return 0;
}

/* Takes these words for p, if they are better than those it has. */
static void offer(struct part *p, const struct claim *c)
{
	int order = compare_words(&c->words, &p->need.words);

	if (c->words.count == 0 || c->steps >= STEPS_MAX || order == 0)
		return;
	if (order < 0) {
		p->also = p->need;
		p->need = *c;
	} else if (compare_words(&c->words, &p->also.words) < 0) {
		p->also = *c;
	}
}

/* Characters that stand for themselves, one behind the other. */
struct run {
	struct regex_word word;
	uint32_t steps, before; /* until it begins */
};

static void offer_run(struct part *p, struct run *run)
{
	struct claim one = {.words.count = 1, .steps = run->steps, .before = run->before};

	one.words.word[0] = run->word;
	if (run->word.n)
		offer(p, &one);
	memset(run, 0, sizeof *run);
}

/* --- kinds of texts ---------------------------------------------------------------- */

/* The run round i is longer than REGEX_SHORT. */
static bool is_long_run(const uint32_t *cp, size_t n, size_t i)
{
	size_t from = i, to = i;

	while (to < n && to - i <= REGEX_SHORT && regex_is_run(cp[to]))
		to++;
	while (to > i && from > 0 && to - from <= REGEX_SHORT && regex_is_run(cp[from - 1]))
		from--;
	return to - from > REGEX_SHORT;
}

enum regex_texts regex_kind_of(const uint32_t *cp, size_t n)
{
	if (n <= REGEX_SHORT)
		return REGEX_SHORT_TEXTS;
	/* A long run goes over one of these places. */
	for (size_t i = 0; i < n; i += REGEX_SHORT)
		if (is_long_run(cp, n, i))
			return REGEX_ALL_TEXTS;
	return REGEX_SHORT_RUNS;
}

/* --- atoms ----------------------------------------------------------------------- */

static void read_alternatives(struct scan *c, struct part *out);

static void be_one_way(struct part *p)
{
	*p = (struct part){.exits = 1, .firm_exits = 1, .passable = true};
}

static void be_empty(struct part *p)
{
	be_one_way(p);
	p->empty = true;
}

static void be_single(struct part *p)
{
	be_one_way(p);
	p->single = true;
	p->width = p->reach = 1;
}

static bool is_one_of(char ch, const char *set)
{
	return ch && strchr(set, ch);
}

/* A hexadecimal digit so many bytes ahead. */
static bool is_hex(const struct scan *c, size_t ahead)
{
	return c->pos + ahead < c->n && is_one_of(c->s[c->pos + ahead], "0123456789abcdefABCDEF");
}

/* Behind the backslash: what one character may be. */
static void read_set_escape(struct scan *c, struct regex_set *s)
{
	char ch = c->pos < c->n ? c->s[c->pos++] : '\0';

	if (ch == 'x' && is_hex(c, 0) && is_hex(c, 1)) {
		c->pos += 2;
		s->other = true;
	} else if (is_one_of(ch, "wDWSHV")) {
		s->all = true;
	} else {
		c->failed |= (unsigned char)ch >= 0x80 ||
			     (str_is_alnum((unsigned char)ch) && !is_one_of(ch, "dshvntr"));
		s->other = true;
	}
}

static void read_escape(struct scan *c, struct part *out)
{
	be_single(out);
	if (skip_str(c, "b") || skip_str(c, "B"))
		be_empty(out);
	else
		read_set_escape(c, &out->set);
}

/* A range of ASCII characters holds no Han; of others nothing is said. */
static bool begins_open_range(const struct scan *c, uint32_t from)
{
	char to = c->n - c->pos >= 2 ? c->s[c->pos + 1] : '\0';

	return at_str(c, "-") &&
	       (from >= 0x80 || from == '\\' || (unsigned char)to >= 0x80 || to == '\\');
}

static void read_member(struct scan *c, struct regex_set *s)
{
	size_t len;
	uint32_t cp = utf8_decode(c->s + c->pos, c->n - c->pos, &len);

	c->failed |= at_str(c, "[:") || at_str(c, "[.") || at_str(c, "[=") || cp == UTF8_BAD;
	c->pos += len;
	if (cp == '\\')
		read_set_escape(c, s);
	else
		regex_set_add(s, cp);
	s->all |= begins_open_range(c, cp);
}

static void read_class(struct scan *c, struct part *out)
{
	be_single(out);
	out->set.all = skip_str(c, "^");
	out->set.other = skip_str(c, "]");
	out->set.all |= out->set.other && at_str(c, "-");
	while (!c->failed && c->pos < c->n && c->s[c->pos] != ']')
		read_member(c, &out->set);
	c->failed |= !skip_str(c, "]");
}

/* Behind "(?": what kind of group it is. */
static bool is_look(struct scan *c)
{
	return skip_str(c, "?=") || skip_str(c, "?!") || skip_str(c, "?<=") || skip_str(c, "?<!");
}

static void read_group(struct scan *c, struct part *out)
{
	bool look = is_look(c);

	if (!look && !skip_str(c, "?:") && (at_str(c, "?") || at_str(c, "*")))
		c->failed = true;
	if (++c->depth > DEPTH_MAX)
		c->failed = true;
	if (!c->failed)
		read_alternatives(c, out);
	c->depth--;
	c->failed |= !skip_str(c, ")");
	if (look && !c->failed) {
		uint32_t steps = add(out->steps, 1), reach = out->reach;
		be_empty(out);
		out->steps = steps;
		out->reach = reach;
	}
}

static void read_atom(struct scan *c, struct part *out)
{
	size_t len;
	uint32_t cp = utf8_decode(c->s + c->pos, c->n - c->pos, &len);

	c->failed |= cp == UTF8_BAD;
	c->pos += len;
	switch (cp) {
	case '(':
		read_group(c, out);
		break;
	case '[':
		read_class(c, out);
		break;
	case '\\':
		read_escape(c, out);
		break;
	case '^':
	case '$':
		be_empty(out);
		break;
	case '.':
		be_single(out);
		out->set.all = true;
		break;
	case '*':
	case '+':
	case '?':
	case '{':
		c->failed = true;
		break;
	default:
		be_single(out);
		regex_set_add(&out->set, cp);
		out->literal = regex_is_han(cp) ? cp : 0;
	}
}

/* --- repeats --------------------------------------------------------------------- */

static bool read_number(struct scan *c, uint32_t *out)
{
	size_t from = c->pos;

	*out = 0;
	while (c->pos < c->n && c->s[c->pos] >= '0' && c->s[c->pos] <= '9' && *out <= REPEAT_MAX)
		*out = *out * 10 + (uint32_t)(c->s[c->pos++] - '0');
	return c->pos > from;
}

static void read_braces(struct scan *c, uint32_t *low, uint32_t *high)
{
	c->failed |= !read_number(c, low);
	*high = *low;
	if (skip_str(c, ",") && !read_number(c, high))
		*high = ENDLESS;
	c->failed |= !skip_str(c, "}");
}

/* False, and low and high as they were, when the atom is not repeated. */
static bool read_repeat(struct scan *c, uint32_t *low, uint32_t *high)
{
	char ch = c->pos < c->n ? c->s[c->pos] : '\0';

	if (!is_one_of(ch, "*+?{"))
		return false;
	c->pos++;
	*low = ch == '+';
	*high = ch == '?' ? 1 : ENDLESS;
	if (ch == '{')
		read_braces(c, low, high);
	if (!skip_str(c, "?"))
		skip_str(c, "+");
	return true;
}

static void repeat_single(struct part *p, uint32_t low, uint32_t high)
{
	p->exits = add(high > low ? high - low : 0, 1);
	p->steps = p->exits;
	p->firm_exits = 1;
	if (p->exits > 1)
		p->tail = p->set;
}

/* PCRE2's two ways to match do not count alike what a round of a group costs: twice the
 * steps and some bound both. */
static void repeat_group(struct part *p, uint32_t low, uint32_t high)
{
	uint32_t ways = 1, exits = low == 0, steps = 0;

	for (uint32_t k = 1; k <= high && k <= STEPS_MAX; k++) {
		steps = add(steps, multiply(ways, add(multiply(p->steps, 2), 4)));
		ways = multiply(ways, p->exits);
		if (k >= low)
			exits = add(exits, ways);
	}
	p->exits = p->firm_exits = exits;
	p->steps = steps;
	memset(&p->tail, 0, sizeof p->tail);
}

static uint32_t endless(const struct scan *c, const struct part *p, uint32_t low)
{
	uint32_t many = p->single && regex_set_in_runs(&p->set) ? c->many_runs : c->many;

	return low > many ? low : many;
}

/* What it takes belongs to the runs, so that only one more is looked at. */
static void note_run(struct scan *c, struct part *p)
{
	c->open |= !p->single || p->set.all;
	regex_set_join(&c->runs, &p->set);
	p->width = 0;
}

static void widen(struct scan *c, struct part *p, uint32_t high)
{
	if (high == ENDLESS) {
		note_run(c, p);
		return;
	}
	p->reach = add(multiply(p->width, high), p->reach);
	p->width = multiply(p->width, high);
}

static void begin_atom(struct part *out)
{
	out->first = out->single ? out->set : (struct regex_set){.count = 0};
	out->passable = out->empty;
}

/* An atom and how often it stands. */
static void read_item(struct scan *c, struct part *out, uint32_t *low, uint32_t *high)
{
	read_atom(c, out);
	if (out->single || out->empty)
		begin_atom(out);
	*low = *high = 1;
	if (c->failed || !read_repeat(c, low, high))
		return;
	c->failed |= out->empty; /* legal, of no use, and dear */
	widen(c, out, *high);
	if (*high == ENDLESS)
		*high = endless(c, out, *low);
	if (out->single)
		repeat_single(out, *low, *high);
	else
		repeat_group(out, *low, *high);
	if (*low == 0)
		out->need.words.count = out->also.words.count = 0;
}

/* --- sequences and alternatives ---------------------------------------------------- */

static void take_literal(struct part *p, struct run *run, uint32_t cp)
{
	if (run->word.n == REGEX_NEED_LENGTH)
		return;
	if (run->word.n == 0) {
		run->steps = p->steps;
		run->before = p->width;
	}
	run->word.cp[run->word.n++] = cp;
}

/* What a part claims that stands behind `out`. */
static void offer_behind(struct part *out, const struct claim *c)
{
	struct claim later = *c;

	later.steps = add(out->steps, multiply(out->exits, add(c->steps, 1)));
	later.before = add(out->width, c->before);
	offer(out, &later);
}

static void append(struct part *out, const struct part *p, uint32_t low)
{
	if (p->single && low > 0 && !regex_sets_meet(&out->tail, &p->set))
		out->exits = out->firm_exits;
	if (out->passable)
		regex_set_join(&out->first, &p->first);
	out->passable &= p->passable || low == 0;
	offer_behind(out, &p->need);
	offer_behind(out, &p->also);
	out->reach = larger(out->reach, add(out->width, p->reach));
	out->width = add(out->width, p->width);
	out->steps = add(out->steps, multiply(out->exits, p->steps));
	out->firm_exits = multiply(out->exits, p->firm_exits);
	out->exits = multiply(out->exits, p->exits);
	out->tail = p->tail;
}

static void read_sequence(struct scan *c, struct part *out)
{
	struct run run = {.word.n = 0};
	uint32_t low, high;

	be_one_way(out);
	while (!c->failed && c->pos < c->n && c->s[c->pos] != '|' && c->s[c->pos] != ')') {
		struct part p;
		be_one_way(&p);
		read_item(c, &p, &low, &high);
		if (p.literal && low > 0)
			take_literal(out, &run, p.literal);
		if (!p.literal || low != 1 || high != 1)
			offer_run(out, &run);
		append(out, &p, low);
	}
	offer_run(out, &run);
}

static bool has_word(const struct regex_words *all, const struct regex_word *w)
{
	for (size_t i = 0; i < all->count; i++)
		if (memcmp(&all->word[i], w, sizeof *w) == 0)
			return true;
	return false;
}

/* All words of `more` too; none at all when one side has none, or there are too many. */
static void join_words(struct regex_words *all, const struct regex_words *more)
{
	bool known = all->count > 0 && more->count > 0;

	for (size_t i = 0; known && i < more->count; i++) {
		if (has_word(all, &more->word[i]))
			continue;
		known = all->count < REGEX_NEED_WORDS;
		if (known)
			all->word[all->count++] = more->word[i];
	}
	if (!known)
		all->count = 0;
}

/* Either of two alternatives. */
static void join(struct claim *c, const struct claim *more)
{
	join_words(&c->words, &more->words);
	c->steps = add(c->steps, add(more->steps, 2));
	c->before = larger(c->before, more->before);
}

/* What it claims at all will do for a second claim. */
static const struct claim *second(const struct part *p)
{
	return p->also.words.count ? &p->also : &p->need;
}

static void join_part(struct part *out, const struct part *p)
{
	out->also = *second(out);
	join(&out->also, second(p));
	join(&out->need, &p->need);
	out->width = larger(out->width, p->width);
	out->reach = larger(out->reach, p->reach);
	out->exits = add(out->exits, p->exits);
	out->firm_exits = add(out->firm_exits, p->firm_exits);
	regex_set_join(&out->tail, &p->tail);
	regex_set_join(&out->first, &p->first);
	out->passable |= p->passable;
	out->steps = add(out->steps, add(p->steps, 1));
}

static bool has_all(const struct regex_words *all, const struct regex_words *some)
{
	for (size_t i = 0; i < some->count; i++)
		if (!has_word(all, &some->word[i]))
			return false;
	return true;
}

/* The better claim comes first; a second one that follows from it says nothing. */
static void settle(struct part *p)
{
	if (p->also.words.count && compare_words(&p->also.words, &p->need.words) < 0) {
		struct claim better = p->also;
		p->also = p->need;
		p->need = better;
	}
	if (has_all(&p->also.words, &p->need.words))
		p->also.words.count = 0;
}

static void read_alternatives(struct scan *c, struct part *out)
{
	struct part p;

	read_sequence(c, out);
	out->steps = add(out->steps, 1);
	while (!c->failed && skip_str(c, "|")) {
		read_sequence(c, &p);
		join_part(out, &p);
	}
	settle(out);
	out->single = out->empty = false;
	out->literal = 0;
}

static void find_for(const char *pattern, size_t n, enum regex_texts texts, struct regex_need *out)
{
	static const uint32_t many[] = {STEPS_MAX, STEPS_MAX, REGEX_SHORT};
	static const uint32_t many_runs[] = {STEPS_MAX, REGEX_SHORT, REGEX_SHORT};
	struct scan c = {.s = pattern, .n = n, .many = many[texts], .many_runs = many_runs[texts]};
	struct part all;

	be_one_way(&all);
	read_alternatives(&c, &all);
	if (c.failed || c.pos != n)
		return;
	if (texts == REGEX_ALL_TEXTS && all.steps < STEPS_MAX)
		out->steps = all.steps;
	out->first = all.first;
	out->begins = true;
	if (all.need.steps >= STEPS_MAX)
		return;
	out->words = all.need.words;
	out->also = all.also.words;
	/* To look for single characters would cost more than it saves. */
	if (all.also.steps >= STEPS_MAX || shortest(&all.also.words) < 2)
		out->also.count = 0;
	out->texts = texts;
	out->near = out->words.count > 0 && all.steps < STEPS_MAX && !c.open &&
		    all.reach <= REGEX_NEAR_MAX && all.need.before <= REGEX_NEAR_MAX;
	out->before = all.need.before;
	out->reach = all.reach;
	out->runs = c.runs;
}

void regex_find_need(const char *pattern, size_t n, struct regex_need *out)
{
	memset(out, 0, sizeof *out);
	for (int k = REGEX_ALL_TEXTS; k <= REGEX_SHORT_TEXTS && out->words.count == 0; k++)
		find_for(pattern, n, (enum regex_texts)k, out);
}
