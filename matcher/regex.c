/*
 * regex.c - compiling and running one pattern over PCRE2 within limits. How a
 * pattern is normalised stands in regex_pattern.c.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "matcher/regex.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/normalise.h"

#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 10000
#define HEAP_LIMIT_KIB (20 * 1024)
/* PCRE2 counts steps from every starting point anew. So each stretch is first
 * tried with a small allowance (REGEX_LIGHT_LIMIT); only where that does not suffice the full one
 * is spent, a few characters at a time, and only HEAVY_MAX times an item. */
#define HEAVY_STRETCH 48
#define HEAVY_MAX 2
#define WINDOW ((size_t)32 << 10)
/* What overflows the JIT's stack is interpreted, which takes a few ms until it reaches a
 * limit; with this much the JIT reaches it first. */
#define JIT_STACK_MIN ((size_t)32 << 10)
#define JIT_STACK_MAX ((size_t)1 << 20)

struct regex {
	pcre2_code *code;
	uint32_t look_behind; /* characters */
	struct regex_need need;
};

struct stretch {
	const char *s;
	size_t size; /* visible to the pattern */
	size_t from, to; /* where a match may begin, both inclusive */
	uint32_t flags;
};

struct regex_work {
	pcre2_match_data *data;
	pcre2_match_context *light, *full;
	pcre2_jit_stack *stack; /* NULL: PCRE2's own of 32 KiB */
	int heavy; /* expensive stretches this item may still have */
	char *near; /* the piece that is looked at */
	size_t near_cap;
	struct stretch stretch; /* of it, from the code point `index` of the text on */
	size_t index;
};

/* --- compiling --------------------------------------------------------------- */

static enum err_code compile_fault(
	int code, size_t offset, const struct buf *map, size_t n, size_t *at, struct err *e)
{
	PCRE2_UCHAR text[256];
	size_t origin = n;

	if (offset < map->len / sizeof(uint32_t)) {
		uint32_t v;
		memcpy(&v, map->data + offset * sizeof v, sizeof v);
		origin = v;
	}
	*at = origin;
	if (pcre2_get_error_message(code, text, sizeof text) < 0)
		text[0] = '\0';
	return err_set(e, ERR_CONFIG, _("this regex is not understood: %s"), (const char *)text);
}

static enum err_code check_compiled(const pcre2_code *code, struct err *e)
{
	uint32_t empty = 1;

	pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
	if (empty)
		return err_set(e, ERR_CONFIG,
			_("this regex can match the empty string, so it would hit every text; "
			  "let it ask for at least one character"));
	return ERR_OK;
}

static enum err_code compile_code(const struct buf *pattern, const struct buf *map, size_t n,
	pcre2_code **out, size_t *at, struct err *e)
{
	const uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C |
			       PCRE2_USE_OFFSET_LIMIT;
	int code = 0;
	size_t offset = 0;

	*out = pcre2_compile(
		(PCRE2_SPTR)buf_str(pattern), pattern->len, flags, &code, &offset, NULL);
	if (!*out)
		return compile_fault(code, offset, map, n, at, e);
	return check_compiled(*out, e);
}

enum err_code regex_compile(
	const char *pattern, size_t n, struct regex **out, size_t *at, struct err *e)
{
	struct regex *r = NULL;
	struct buf text, map;
	enum err_code rc;

	*out = NULL;
	*at = 0;
	buf_init(&text, REGEX_PATTERN_MAX * 16);
	buf_init(&map, REGEX_PATTERN_MAX * 64);
	rc = regex_normalise_pattern(pattern, n, &text, &map, at, e);
	if (!rc && !(r = calloc(1, sizeof *r)))
		rc = err_nomem(e);
	if (!rc)
		rc = compile_code(&text, &map, n, &r->code, at, e);
	if (!rc) {
		/* Refused under MemoryDenyWriteExecute: then it is interpreted. */
		(void)pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE);
		pcre2_pattern_info(r->code, PCRE2_INFO_MAXLOOKBEHIND, &r->look_behind);
		regex_find_need(buf_str(&text), text.len, &r->need);
		*out = r;
		r = NULL;
	}
	regex_free(r);
	buf_fini(&text);
	buf_fini(&map);
	return rc;
}

const struct regex_need *regex_need(const struct regex *r)
{
	return &r->need;
}

void regex_free(struct regex *r)
{
	if (!r)
		return;
	pcre2_code_free(r->code);
	free(r);
}

/* --- matching ---------------------------------------------------------------- */

static pcre2_match_context *new_context(uint32_t match_limit)
{
	pcre2_match_context *c = pcre2_match_context_create(NULL);

	if (c) {
		pcre2_set_match_limit(c, match_limit);
		pcre2_set_depth_limit(c, DEPTH_LIMIT);
		pcre2_set_heap_limit(c, HEAP_LIMIT_KIB);
	}
	return c;
}

struct regex_work *regex_work_new(void)
{
	struct regex_work *w = calloc(1, sizeof *w);

	if (!w)
		return NULL;
	w->data = pcre2_match_data_create(1, NULL);
	w->light = new_context(REGEX_LIGHT_LIMIT);
	w->full = new_context(MATCH_LIMIT);
	w->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
	if (w->stack && w->light && w->full) {
		pcre2_jit_stack_assign(w->light, NULL, w->stack);
		pcre2_jit_stack_assign(w->full, NULL, w->stack);
	}
	regex_work_reset(w);
	if (!w->data || !w->light || !w->full) {
		regex_work_free(w);
		return NULL;
	}
	return w;
}

void regex_work_reset(struct regex_work *w)
{
	w->heavy = HEAVY_MAX;
}

void regex_work_free(struct regex_work *w)
{
	if (!w)
		return;
	pcre2_match_data_free(w->data);
	pcre2_match_context_free(w->light);
	pcre2_match_context_free(w->full);
	pcre2_jit_stack_free(w->stack);
	free(w->near);
	free(w);
}

static int try_stretch(const struct regex *r, struct regex_work *w, pcre2_match_context *c,
	const struct stretch *t)
{
	const uint32_t flags = t->flags | PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY;
	int rc;

	pcre2_set_offset_limit(c, t->to);
	rc = pcre2_match(r->code, (PCRE2_SPTR)t->s, t->size, t->from, flags, w->data, c);
	if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
		rc = pcre2_match(r->code, (PCRE2_SPTR)t->s, t->size, t->from, flags | PCRE2_NO_JIT,
			w->data, c);
	return rc;
}

static bool is_limit(int rc)
{
	return rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_DEPTHLIMIT ||
	       rc == PCRE2_ERROR_HEAPLIMIT;
}

/* The same stretch again in small pieces, with the full allowance where needed. */
static int try_heavy(const struct regex *r, struct regex_work *w, const struct stretch *whole)
{
	struct stretch piece = *whole;
	int rc;

	for (;;) {
		piece.to = whole->to - piece.from > HEAVY_STRETCH
				   ? piece.from + utf8_floor(whole->s + piece.from, HEAVY_STRETCH)
				   : whole->to;
		rc = try_stretch(r, w, w->light, &piece);
		if (is_limit(rc)) {
			if (w->heavy == 0)
				return rc;
			w->heavy--;
			rc = try_stretch(r, w, w->full, &piece);
		}
		if (rc != PCRE2_ERROR_NOMATCH || piece.to == whole->to)
			return rc;
		piece.from = piece.to;
	}
}

/* Limits the stretch to a window when the text is long, so that no pattern costs
 * the square of the text's length. */
static struct stretch next_stretch(const char *s, size_t n, size_t from)
{
	struct stretch t = {s, n, from, n, 0};

	if (n - from > 2 * WINDOW) {
		t.to = from + utf8_floor(s + from, WINDOW);
		t.size = from + utf8_floor(s + from, 2 * WINDOW);
		t.flags = PCRE2_NOTEOL;
	}
	return t;
}

static const char *limit_name(int rc)
{
	switch (rc) {
	case PCRE2_ERROR_MATCHLIMIT:
		return "match-limit";
	case PCRE2_ERROR_DEPTHLIMIT:
		return "depth-limit";
	case PCRE2_ERROR_HEAPLIMIT:
		return "heap-limit";
	default:
		return "error";
	}
}

enum regex_verdict regex_next(const struct regex *r, struct regex_work *w, const char *s, size_t n,
	size_t from, size_t *start, size_t *end, const char **why)
{
	int rc = PCRE2_ERROR_NOMATCH;

	while (from < n) {
		struct stretch t = next_stretch(s, n, from);

		rc = try_stretch(r, w, w->light, &t);
		if (is_limit(rc))
			rc = try_heavy(r, w, &t);
		if (rc != PCRE2_ERROR_NOMATCH || t.to == n)
			break;
		from = t.to;
	}
	if (rc == PCRE2_ERROR_NOMATCH)
		return REGEX_NO;
	if (rc < 0) {
		*why = limit_name(rc);
		return REGEX_UNDECIDED;
	}
	*start = pcre2_get_ovector_pointer(w->data)[0];
	*end = pcre2_get_ovector_pointer(w->data)[1];
	return REGEX_YES;
}

/* --- near a word ------------------------------------------------------------- */

/* \b and $ look at one or two characters more than a pattern takes. */
#define EDGE 2

static bool has_runs(const struct regex_need *need)
{
	return need->runs.other || need->runs.count > 0;
}

/* Back from `at` over so many characters that are not of the runs, and over these. */
static size_t back(const struct regex_need *need, const uint32_t *cp, size_t at)
{
	uint32_t left = need->before;

	if (!has_runs(need))
		return at < left ? 0 : at - left;
	while (at > 0) {
		if (!regex_set_has(&need->runs, cp[at - 1]) && left-- == 0)
			break;
		at--;
	}
	return at;
}

static size_t onward(const struct regex_need *need, const uint32_t *cp, size_t n, size_t at)
{
	uint32_t left = need->reach;

	if (!has_runs(need))
		return n - at < left ? n : at + left;
	while (at < n) {
		if (!regex_set_has(&need->runs, cp[at]) && left-- == 0)
			break;
		at++;
	}
	return at;
}

struct regex_window regex_window_at(
	const struct regex *r, const uint32_t *cp, size_t n, size_t word)
{
	size_t first = back(&r->need, cp, word), behind = r->look_behind + EDGE;
	size_t end = onward(&r->need, cp, n, word);

	return (struct regex_window){.first = first,
		.last = word,
		.begin = first < behind ? 0 : first - behind,
		.end = n - end < EDGE ? n : end + EDGE};
}

static bool reserve_near(struct regex_work *w, size_t count)
{
	size_t cap = 4 * (count + 1);
	char *p;

	if (cap <= w->near_cap)
		return true;
	p = malloc(2 * cap);
	if (!p)
		return false;
	free(w->near);
	w->near = p;
	w->near_cap = 2 * cap;
	return true;
}

bool regex_look_at(struct regex_work *w, const uint32_t *cp, size_t n, struct regex_window window)
{
	const size_t first = window.first, last = window.last;
	struct stretch *t = &w->stretch;

	if (!reserve_near(w, window.end - window.begin))
		return false;
	t->s = w->near;
	t->from = normalise_encode(cp + window.begin, first - window.begin, w->near);
	t->to = t->from + normalise_encode(cp + first, last - first, w->near + t->from);
	t->size = t->to + normalise_encode(cp + last, window.end - last, w->near + t->to);
	t->flags = (window.begin > 0 ? PCRE2_NOTBOL : 0) | (window.end < n ? PCRE2_NOTEOL : 0);
	w->index = first;
	return true;
}

enum regex_verdict regex_next_near(
	const struct regex *r, struct regex_work *w, size_t *start, size_t *end)
{
	struct stretch *t = &w->stretch;
	const PCRE2_SIZE *found;
	int rc;

	if (t->from > t->to)
		return REGEX_NO;
	rc = try_stretch(r, w, w->light, t);
	if (rc < 0)
		return rc == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_UNDECIDED;
	found = pcre2_get_ovector_pointer(w->data);
	*start = w->index + utf8_count(t->s + t->from, found[0] - t->from);
	*end = w->index = *start + utf8_count(t->s + found[0], found[1] - found[0]);
	t->from = found[1];
	return REGEX_YES;
}
