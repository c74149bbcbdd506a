/*
 * normalise.c - one pass over the text with a table of 64 K entries. Code points
 * that may combine with what stands before them are rare: only then utf8proc is
 * asked, for the character and its followers together.
 */
#include "matcher/normalise.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/t2s.h"

/* Surrogates never occur in text, so they can stand for "look elsewhere". */
#define SLOW 0xD800u /* becomes several, or lies beyond U+FFFF */
#define DROP 0xD801u
#define JOIN 0xD802u /* may combine with the character before it */

#define GROUP_MAX 32 /* code points normalised together */
#define EXPANSION 18 /* the longest compatibility decomposition (U+FDFA) */

struct normalise_table {
	uint16_t map[0x10000];
};

static const utf8proc_option_t options =
	UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

/* A run of the original through utf8proc and t2s. out has room for
 * GROUP_MAX * EXPANSION. */
static size_t normalise_run(const char *s, size_t n, utf8proc_int32_t *out, size_t room)
{
	utf8proc_ssize_t got = utf8proc_decompose((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n,
		out, (utf8proc_ssize_t)room, options);

	if (got <= 0 || (size_t)got > room)
		return 0;
	got = utf8proc_normalize_utf32(out, got, options);
	for (utf8proc_ssize_t i = 0; i < got; i++)
		out[i] = (utf8proc_int32_t)t2s_char((uint32_t)out[i]);
	return got > 0 ? (size_t)got : 0;
}

size_t normalise_code_point(uint32_t cp, uint32_t *out, size_t max)
{
	utf8proc_int32_t got[2 * EXPANSION];
	char s[4];
	size_t n = normalise_run(s, utf8_encode(cp, s), got, 2 * EXPANSION);

	for (size_t i = 0; i < n && i < max; i++)
		out[i] = (uint32_t)got[i];
	return n < max ? n : max;
}

static bool is_joining(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp >= 0x1160 && cp <= 0x11FF) /* Hangul vowels and finals */
		return true;
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_ME;
}

static uint16_t classify(uint32_t cp)
{
	uint32_t to[EXPANSION];
	size_t n = normalise_code_point(cp, to, EXPANSION);

	if (n == 0)
		return DROP;
	if (is_joining(to[0]) || is_joining(cp))
		return JOIN;
	if (n > 1 || to[0] > 0xFFFF)
		return SLOW;
	return (uint16_t)to[0];
}

struct normalise_table *normalise_table_new(void)
{
	struct normalise_table *t = malloc(sizeof *t);

	if (!t)
		return NULL;
	for (uint32_t cp = 0; cp < 0x10000; cp++) {
		bool plain = (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
			     (cp >= 0xD800 && cp <= 0xF8FF);
		t->map[cp] = plain ? (uint16_t)cp : classify(cp);
	}
	for (size_t i = 0; i < t2s_pair_count; i++) {
		const struct t2s_pair *p = &t2s_pairs[i];
		if (p->from >= 0x3400 && p->from <= 0x9FFF)
			t->map[p->from] = p->to > 0xFFFF ? SLOW : (uint16_t)p->to;
	}
	return t;
}

void normalise_table_free(struct normalise_table *t)
{
	free(t);
}

/* --- shadow A ---------------------------------------------------------------- */

struct writer {
	struct arena *arena;
	uint32_t *cp, *start, *end;
	size_t count, cap;
	/* The character that a following mark would join: where it begins in the
	 * original, and what the shadow held before it. */
	size_t group_byte, group_count;
	uint32_t group_index;
	bool failed;
};

static uint32_t *grown(struct arena *a, const uint32_t *old, size_t count, size_t cap)
{
	uint32_t *new = arena_array(a, cap, sizeof *new);

	if (new &&count)
		memcpy(new, old, count * sizeof *new);
	return new;
}

static bool grow(struct writer *w)
{
	size_t cap = w->cap * 2 + 64;

	w->cp = grown(w->arena, w->cp, w->count, cap);
	w->start = grown(w->arena, w->start, w->count, cap);
	w->end = grown(w->arena, w->end, w->count, cap);
	w->failed = !w->cp || !w->start || !w->end;
	w->cap = w->failed ? 0 : cap;
	return !w->failed;
}

static inline void push(struct writer *w, uint32_t cp, uint32_t start, uint32_t end)
{
	if (w->count == w->cap && (w->failed || !grow(w)))
		return;
	w->cp[w->count] = cp;
	w->start[w->count] = start;
	w->end[w->count] = end;
	w->count++;
}

static inline uint32_t class_of(const struct normalise_table *t, uint32_t cp)
{
	return t && cp <= 0xFFFF ? t->map[cp] : classify(cp);
}

static void push_slow(struct writer *w, uint32_t cp, uint32_t index)
{
	uint32_t to[EXPANSION];
	size_t n = normalise_code_point(cp, to, EXPANSION);

	for (size_t i = 0; i < n; i++)
		push(w, to[i], index, index + 1);
}

/* A combining character at *pos: takes back the character before it and
 * normalises both, with all that follow, together. */
static void push_group(struct writer *w, const struct normalise_table *t, const char *s, size_t n,
	size_t *pos, uint32_t *index)
{
	utf8proc_int32_t out[GROUP_MAX * EXPANSION];
	size_t end = *pos, at = *pos, len, got;
	uint32_t end_index = *index, at_index = *index;

	while (at < n && at_index - w->group_index < GROUP_MAX) {
		uint32_t cp = utf8_decode(s + at, n - at, &len);
		uint32_t class = cp == UTF8_BAD ? SLOW : class_of(t, cp);
		if (class != JOIN && class != DROP)
			break;
		at += len;
		at_index++;
		if (class == JOIN) {
			end = at;
			end_index = at_index;
		}
	}
	w->count = w->group_count;
	got = normalise_run(s + w->group_byte, end - w->group_byte, out, GROUP_MAX * EXPANSION);
	for (size_t i = 0; i < got; i++)
		push(w, (uint32_t)out[i], w->group_index, end_index);
	*pos = end;
	*index = end_index;
	/* What follows past the limit begins a group of its own. */
	w->group_byte = end;
	w->group_index = end_index;
	w->group_count = w->count;
}

static void begin_group(struct writer *w, size_t byte, uint32_t index)
{
	w->group_byte = byte;
	w->group_index = index;
	w->group_count = w->count;
}

static void fill_a(struct writer *w, const struct normalise_table *t, const char *s, size_t n)
{
	uint32_t index = 0;
	size_t pos = 0, len;

	while (pos < n && !w->failed) {
		uint32_t cp = utf8_decode(s + pos, n - pos, &len);
		uint32_t class = cp == UTF8_BAD ? UTF8_REPLACEMENT : class_of(t, cp);

		/* A mark after an invalid byte or a far character stands alone. */
		if (class == JOIN && index - w->group_index < GROUP_MAX - 1) {
			push_group(w, t, s, n, &pos, &index);
			continue;
		}
		if (class != DROP)
			begin_group(w, pos, index);
		if (class == SLOW || class == JOIN)
			push_slow(w, cp, index);
		else if (class != DROP)
			push(w, class, index, index + 1);
		/* Nothing joins what was not text. */
		if (cp == UTF8_BAD)
			begin_group(w, pos + len, index + 1);
		pos += len;
		index++;
	}
}

static bool add_bytes(struct shadow *out, struct arena *a)
{
	char *bytes = arena_array(a, out->count ? out->count : 1, 4);
	uint32_t *offset = arena_array(a, out->count + 1, sizeof *offset);
	size_t n = 0;

	if (!bytes || !offset)
		return false;
	for (size_t i = 0; i < out->count; i++) {
		offset[i] = (uint32_t)n;
		n += utf8_encode(out->cp[i], bytes + n);
	}
	offset[out->count] = (uint32_t)n;
	out->bytes = bytes;
	out->byte = offset;
	out->size = n;
	return true;
}

/* --- shadow B and sentences -------------------------------------------------- */

bool normalise_is_word(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
}

static bool is_separator(uint32_t cp)
{
	return cp == 0xB7 || cp == 0x2022 || cp == 0x30FB || cp == '*' || cp == '_' || cp == '/';
}

static bool between_han(const struct shadow *s, size_t i)
{
	return i > 0 && i + 1 < s->count && utf8_is_han(s->cp[i - 1]) && utf8_is_han(s->cp[i + 1]);
}

/* An ellipsis became two or three full stops, known by their common origin. */
static bool from_ellipsis(const struct shadow *s, size_t i)
{
	return (i > 0 && s->start[i - 1] == s->start[i] && s->cp[i - 1] == '.') ||
	       (i + 1 < s->count && s->start[i + 1] == s->start[i] && s->cp[i + 1] == '.');
}

static bool ends_sentence(const struct shadow *s, size_t i)
{
	switch (s->cp[i]) {
	case '\n':
	case 0x3002:
	case '!':
	case '?':
	case ';':
		return true;
	case '.':
		return between_han(s, i) || from_ellipsis(s, i);
	default:
		return false;
	}
}

static bool fill_b(struct shadow *out, struct arena *a)
{
	uint32_t *cp = arena_array(a, out->count + 1, sizeof *cp);
	uint32_t *index = arena_array(a, out->count + 1, sizeof *index);
	uint32_t *sentence = arena_array(a, out->count + 1, sizeof *sentence);
	uint32_t number = 0;
	size_t n = 0;

	if (!cp || !index || !sentence)
		return false;
	for (size_t i = 0; i < out->count; i++) {
		if (is_separator(out->cp[i]) && between_han(out, i))
			continue;
		cp[n] = out->cp[i];
		index[n] = (uint32_t)i;
		sentence[n] = number;
		n++;
		if (ends_sentence(out, i))
			number++;
	}
	index[n] = (uint32_t)out->count;
	out->b_cp = cp;
	out->b_index = index;
	out->sentence = sentence;
	out->b_count = n;
	return true;
}

enum err_code normalise_text(const struct normalise_table *t, const char *s, size_t n,
	struct arena *a, struct shadow *out, struct err *e)
{
	struct writer w = {.arena = a};

	memset(out, 0, sizeof *out);
	if (n > NORMALISE_INPUT_MAX)
		return err_set(e, ERR_LIMIT, _("a text of more than %zu bytes is not matched"),
			NORMALISE_INPUT_MAX);
	w.cap = n / 3; /* most characters have three bytes: one growth suffices */
	if (!grow(&w))
		return err_nomem(e);
	fill_a(&w, t, s, n);
	out->cp = w.cp;
	out->start = w.start;
	out->end = w.end;
	out->count = w.count;
	if (w.failed || !add_bytes(out, a) || !fill_b(out, a))
		return err_nomem(e);
	return ERR_OK;
}

/* --- back to the original ---------------------------------------------------- */

void normalise_span_a(
	const struct shadow *s, size_t start, size_t end, uint32_t *from, uint32_t *to)
{
	if (start >= end || end > s->count) {
		*from = *to = start < s->count ? s->start[start] : 0;
		return;
	}
	*from = s->start[start];
	*to = s->end[end - 1];
}

void normalise_span_b(
	const struct shadow *s, size_t start, size_t end, uint32_t *from, uint32_t *to)
{
	size_t last = end > start && end <= s->b_count ? s->b_index[end - 1] + 1u : 0;

	normalise_span_a(s, start <= s->b_count ? s->b_index[start] : s->count, last, from, to);
}

/* The first index in [0, count] whose value is at least v. */
static size_t lower_bound(const uint32_t *values, size_t count, size_t v)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (values[mid] < v)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t normalise_index_of_byte(const struct shadow *s, size_t byte)
{
	return lower_bound(s->byte, s->count, byte);
}

size_t normalise_b_of_a(const struct shadow *s, size_t a)
{
	return lower_bound(s->b_index, s->b_count, a);
}
