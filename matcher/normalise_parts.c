/*
 * normalise_parts.c - of the code points of shadow A: its bytes, shadow B, sentences,
 * and the way back to the original.
 */
#include "matcher/normalise_parts.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "matcher/normalise_table.h"

#define KEPT_MAX ((size_t)1 << 20) /* bytes of a part; more is given back */

/* --- memory ------------------------------------------------------------------ */

static void *room_in(struct arena *a, const void *old, size_t count, size_t size, size_t keep)
{
	void *new = arena_room(a, count, size);

	if (new &&keep)
		memcpy(new, old, keep * size);
	return new;
}

void *normalise_room(
	struct shadow *s, enum normalise_part part, size_t count, size_t size, size_t keep)
{
	size_t want = count * size;
	void *new;

	if (count > SIZE_MAX / size)
		return NULL;
	if (s->arena) {
		new = room_in(s->arena, s->kept[part].p, count, size, keep);
		s->kept[part].p = new ? new : s->kept[part].p;
		return new;
	}
	if (want <= s->kept[part].size && s->kept[part].p)
		return s->kept[part].p;
	want += want / 4;
	new = malloc(want ? want : 1);
	if (!new)
		return NULL;
	if (keep)
		memcpy(new, s->kept[part].p, keep * size);
	free(s->kept[part].p);
	s->kept[part].p = new;
	s->kept[part].size = want;
	return new;
}

void normalise_shadow_init(struct shadow *s)
{
	memset(s, 0, sizeof *s);
}

void normalise_shadow_fini(struct shadow *s)
{
	for (int i = 0; i < NORMALISE_PARTS; i++)
		free(s->kept[i].p);
	memset(s, 0, sizeof *s);
}

void normalise_forget(struct shadow *s)
{
	for (int i = 0; i < NORMALISE_PARTS; i++)
		if (s->kept[i].size > KEPT_MAX) {
			free(s->kept[i].p);
			s->kept[i].p = NULL;
			s->kept[i].size = 0;
		}
	s->count = s->b_count = s->size = s->shift_count = 0;
	s->cp = s->b_cp = s->start = s->end = s->byte = s->b_index = s->sentence = NULL;
	s->bytes = NULL;
	s->shift = NULL;
}

/* --- bytes ------------------------------------------------------------------- */

/* One or three bytes, chosen without a branch: Chinese text changes between them all the
 * time. Writes four. */
static inline size_t put_usual(uint32_t cp, char *p)
{
	uint32_t three = cp < 0x80 ? 0 : UINT32_MAX;
	uint32_t v = 0x8080E0 | cp >> 12 | (cp & 0xFC0) << 2 | (cp & 0x3F) << 16;

	v = htole32((v & three) | (cp & ~three));
	memcpy(p, &v, sizeof v);
	return 1 + (three & 2);
}

/* One test for both ends; there are no surrogates in A. */
static inline bool is_usual(uint32_t cp)
{
	return !((cp - 0x80 < 0x780) | (cp > 0xFFFF));
}

size_t normalise_encode(const uint32_t *cp, size_t n, char *out)
{
	char *p = out;

	for (const uint32_t *end = cp + n; cp < end; cp++)
		p += is_usual(*cp) ? put_usual(*cp, p) : utf8_encode(*cp, p);
	return (size_t)(p - out);
}

bool normalise_make_bytes(struct shadow *s)
{
	char *bytes;

	if (s->bytes)
		return true;
	bytes = normalise_room(s, NORMALISE_BYTES, s->count + 1, 4, 0);
	if (!bytes)
		return false;
	s->size = normalise_encode(s->cp, s->count, bytes);
	s->bytes = bytes;
	return true;
}

bool normalise_make_offsets(struct shadow *s)
{
	uint32_t *byte, n = 0;

	if (s->byte)
		return true;
	byte = normalise_room(s, NORMALISE_OFFSETS, s->count + 1, sizeof *byte, 0);
	if (!byte)
		return false;
	for (size_t i = 0; i < s->count; i++) {
		byte[i] = n;
		n += (uint32_t)utf8_size(s->cp[i]);
	}
	byte[s->count] = n;
	s->byte = byte;
	return true;
}

/* --- shadow B and sentences -------------------------------------------------- */

static bool between_han(const struct shadow *s, size_t i)
{
	return i > 0 && i + 1 < s->count && utf8_is_han(s->cp[i - 1]) && utf8_is_han(s->cp[i + 1]);
}

static bool fill_b(struct shadow *s)
{
	uint32_t *cp = normalise_room(s, NORMALISE_B, s->count + 1, sizeof *cp, 0);
	uint32_t *index = normalise_room(s, NORMALISE_B_INDEX, s->count + 1, sizeof *index, 0);
	size_t n = 0;

	if (!cp || !index)
		return false;
	for (size_t i = 0; i < s->count; i++) {
		cp[n] = s->cp[i];
		index[n] = (uint32_t)i;
		n += !normalise_is_separator(s->cp[i]) || !between_han(s, i);
	}
	index[n] = (uint32_t)s->count;
	s->b_cp = cp;
	s->b_index = index;
	s->b_count = n;
	return true;
}

bool normalise_make_b(struct shadow *s, bool separated)
{
	s->b_cp = s->cp;
	s->b_count = s->count;
	s->b_index = NULL;
	return !separated || fill_b(s);
}

bool normalise_join(const struct shadow *x, const struct shadow *y, struct shadow *out)
{
	size_t count = x->count + 1 + y->count;
	uint32_t *cp;

	normalise_forget(out);
	cp = normalise_room(out, NORMALISE_CODE_POINTS, count, sizeof *cp, 0);
	if (!cp)
		return false;
	memcpy(cp, x->cp, x->count * sizeof *cp);
	cp[x->count] = '\n';
	memcpy(cp + x->count + 1, y->cp, y->count * sizeof *cp);
	out->cp = cp;
	out->count = count;
	return normalise_make_b(out, x->b_index || y->b_index);
}

/* The last of the places where A and the original part that begins at or before i;
 * NULL: none. */
static const struct normalise_shift *shift_before(const struct shadow *s, size_t i)
{
	size_t low = 0, high = s->shift_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (s->shift[mid].at <= i)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? &s->shift[low - 1] : NULL;
}

/* An ellipsis became two or three full stops, known by their common origin. */
static bool from_ellipsis(const struct shadow *s, size_t i)
{
	const struct normalise_shift *w = shift_before(s, i);

	if (!w || i - w->at >= w->count)
		return false;
	return (i > w->at && s->cp[i - 1] == '.') ||
	       (i + 1 - w->at < w->count && s->cp[i + 1] == '.');
}

static size_t a_of_b(const struct shadow *s, size_t b)
{
	return s->b_index ? s->b_index[b] : b;
}

/* A full stop of A ends a sentence between Han characters and in an ellipsis. */
static bool stops(const struct shadow *s, size_t i)
{
	return between_han(s, i) || from_ellipsis(s, i);
}

bool normalise_ends_sentence(const struct shadow *s, size_t i)
{
	uint32_t cp = s->b_cp[i];

	if (cp > '?' || cp < '!')
		return cp == 0x3002 || cp == '\n';
	return cp == '!' || cp == '?' || cp == ';' || (cp == '.' && stops(s, a_of_b(s, i)));
}

bool normalise_make_sentences(struct shadow *s)
{
	uint32_t number = 0, *sentence;

	if (s->sentence)
		return true;
	sentence = normalise_room(s, NORMALISE_SENTENCES, s->b_count + 1, sizeof *sentence, 0);
	if (!sentence)
		return false;
	for (size_t i = 0; i < s->b_count; i++) {
		sentence[i] = number;
		number += normalise_ends_sentence(s, i);
	}
	s->sentence = sentence;
	return true;
}

/* --- back to the original ---------------------------------------------------- */

/* Where code point i of A comes from; i below count. */
static void origin(const struct shadow *s, size_t i, uint32_t *start, uint32_t *end)
{
	const struct normalise_shift *w = shift_before(s, i);

	if (w && i - w->at < w->count) {
		*start = w->start;
		*end = w->end;
		return;
	}
	*start = w ? w->end + (uint32_t)(i - w->at - w->count) : (uint32_t)i;
	*end = *start + 1;
}

void normalise_span_a(
	const struct shadow *s, size_t start, size_t end, uint32_t *from, uint32_t *to)
{
	uint32_t rest;

	*from = *to = 0;
	if (start < s->count)
		origin(s, start, from, &rest);
	if (start < end && end <= s->count)
		origin(s, end - 1, &rest, to);
	else
		*to = *from;
}

void normalise_span_b(
	const struct shadow *s, size_t start, size_t end, uint32_t *from, uint32_t *to)
{
	size_t last = end > start && end <= s->b_count ? a_of_b(s, end - 1) + 1 : 0;
	normalise_span_a(s, start <= s->b_count ? a_of_b(s, start) : s->count, last, from, to);
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
	if (!s->b_index)
		return a < s->b_count ? a : s->b_count;
	return lower_bound(s->b_index, s->b_count, a);
}

/* --- everything -------------------------------------------------------------- */

static bool make_origins(struct shadow *s)
{
	uint32_t *start = normalise_room(s, NORMALISE_STARTS, s->count + 1, sizeof *start, 0);
	uint32_t *end = normalise_room(s, NORMALISE_ENDS, s->count + 1, sizeof *end, 0);
	uint32_t index = 0;
	size_t i = 0;

	if (!start || !end)
		return false;
	for (size_t k = 0; k <= s->shift_count; k++) {
		const struct normalise_shift *w = k < s->shift_count ? &s->shift[k] : NULL;
		for (; i < (w ? w->at : s->count); i++) {
			start[i] = index++;
			end[i] = index;
		}
		for (; w && i < w->at + w->count; i++) {
			start[i] = w->start;
			end[i] = w->end;
		}
		index = w ? w->end : index;
	}
	s->start = start;
	s->end = end;
	return true;
}

static bool make_b_index(struct shadow *s)
{
	uint32_t *index;

	if (s->b_index)
		return true;
	index = normalise_room(s, NORMALISE_B_INDEX, s->b_count + 1, sizeof *index, 0);
	for (size_t i = 0; index && i <= s->b_count; i++)
		index[i] = (uint32_t)i;
	s->b_index = index;
	return index != NULL;
}

bool normalise_make_all(struct shadow *s)
{
	return normalise_make_bytes(s) && normalise_make_offsets(s) && make_origins(s) &&
	       make_b_index(s) && normalise_make_sentences(s);
}
