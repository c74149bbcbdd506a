/*
 * normalise.c - one pass over the text with a table of 64 K entries; UTF-8 is checked
 * on the way. Nearly every character becomes one other and is written at once. Only
 * for the rest it is noted where A and the original part. Code points that may combine
 * with what stands before them are rare: only then utf8proc is asked, for the
 * character and its followers together. What is made of A afterwards is in
 * normalise_parts.c.
 */
#include "matcher/normalise.h"

#include <endian.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/normalise_parts.h"
#include "matcher/normalise_table.h"

#define ROOM 64 /* code points that one step may write unasked */

struct reader {
	struct shadow *out;
	const struct normalise_table *t;
	const char *s;
	size_t n, pos;
	uint32_t *cp;
	size_t count, cap;
	uint32_t ahead; /* code points of the original read, less `count`; wraps */
	struct normalise_shift *shift;
	size_t shift_count, shift_cap;
	/* The character that a following mark would join: where it begins in the
	 * original, and what A held before it. Behind plain characters (pos > told) it
	 * is the last of them. */
	size_t group_byte, group_count, told;
	uint32_t group_index;
	bool separated; /* a separator stands behind a Han character of A */
	bool failed;
};

static bool reserve(struct reader *r, size_t more)
{
	size_t cap = r->cap + r->cap / 2 + more;
	uint32_t *cp;

	if (r->cap - r->count >= more)
		return true;
	cp = normalise_room(r->out, NORMALISE_CODE_POINTS, cap, sizeof *cp, r->count);
	if (!cp) {
		r->failed = true;
		return false;
	}
	r->cp = cp;
	r->cap = cap;
	return true;
}

static bool reserve_shift(struct reader *r)
{
	size_t cap = r->shift_cap ? r->shift_cap * 2 : 16;
	struct normalise_shift *shift;

	if (r->shift_count < r->shift_cap)
		return true;
	shift = normalise_room(r->out, NORMALISE_SHIFTS, cap, sizeof *shift, r->shift_count);
	if (!shift) {
		r->failed = true;
		return false;
	}
	r->shift = shift;
	r->shift_cap = cap;
	return true;
}

/* The newest `count` code points of A come of [start, end) of the original. */
static void note_shift(struct reader *r, size_t at, uint32_t start, uint32_t end)
{
	struct normalise_shift *last = r->shift_count ? &r->shift[r->shift_count - 1] : NULL;
	uint32_t count = (uint32_t)(r->count - at);

	if (count == 1 && end - start == 1)
		return;
	if (last && count == 0 && last->count == 0 && last->end == start) {
		last->end = end;
		return;
	}
	if (reserve_shift(r))
		r->shift[r->shift_count++] =
			(struct normalise_shift){(uint32_t)at, count, start, end};
}

/* --- plain characters ---------------------------------------------------------- */

/* Two characters of three bytes each in the lower six bytes of v: both code points, 24
 * bits apart. */
static inline uint64_t two_code_points(uint64_t v)
{
	return (v & 0x00000F00000F) << 12 | (v >> 2 & 0x000FC0000FC0) | (v >> 16 & 0x00003F00003F);
}

static inline bool is_three_twice(uint64_t v)
{
	return (v & 0xC0C0F0C0C0F0) == 0x8080E08080E0;
}

static inline uint64_t load_eight(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return le64toh(v);
}

/* Steps over characters of three bytes that become one each, two at a time. What is too
 * short for a code point of three bytes, and half a surrogate pair, has 0 in the table. */
static inline const unsigned char *take_twos(
	const uint16_t *three, const unsigned char *p, const unsigned char *end, uint32_t **out)
{
	uint32_t *o = *out;

	while (p + 8 <= end) {
		uint64_t v = load_eight(p), both = two_code_points(v);
		uint32_t a = three[both & 0xFFFF], b = three[both >> 24 & 0xFFFF];
		if (!is_three_twice(v) || !a || !b)
			break;
		o[0] = a;
		o[1] = b;
		o += 2;
		p += 6;
	}
	*out = o;
	return p;
}

/* What the character of three bytes at p becomes, or 0. */
static inline uint32_t take_three(const uint16_t *three, const unsigned char *p)
{
	uint32_t cp = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);

	if ((p[0] & 0xF0) != 0xE0 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
		return 0;
	return three[cp];
}

/* Characters that become one each, as long as `room` lasts; two more bytes can be read. */
static void take_plain(struct reader *r, size_t room)
{
	const unsigned char *p = (const unsigned char *)r->s + r->pos, *end = p + room;
	uint32_t *out = r->cp + r->count, to;

	while (p < end) {
		p = take_twos(r->t->three, p, end, &out);
		for (; p < end && *p < 0x80 && (to = r->t->ascii[*p]) != 0; p++)
			*out++ = to;
		if (p >= end || *p < 0xE0)
			break;
		to = take_three(r->t->three, p);
		if (!to)
			break;
		*out++ = to;
		p += 3;
	}
	r->pos = (size_t)(p - (const unsigned char *)r->s);
	r->count = (size_t)(out - r->cp);
}

/* --- the others ---------------------------------------------------------------- */

static void push(struct reader *r, uint32_t cp)
{
	if (!reserve(r, 1))
		return;
	r->separated |=
		normalise_is_separator(cp) && r->count > 0 && utf8_is_han(r->cp[r->count - 1]);
	r->cp[r->count++] = cp;
}

static uint32_t index_of(const struct reader *r)
{
	return (uint32_t)r->count + r->ahead;
}

/* The original has been read up to code point `index`. */
static void set_index(struct reader *r, uint32_t index)
{
	r->ahead = index - (uint32_t)r->count;
}

static void begin_group(struct reader *r, size_t byte, size_t count, uint32_t index)
{
	r->group_byte = byte;
	r->group_count = count;
	r->group_index = index;
}

/* Behind plain characters the last of them is the group. */
static void find_group(struct reader *r)
{
	size_t byte = r->pos;

	if (r->pos == r->told)
		return;
	do
		byte--;
	while (((unsigned char)r->s[byte] & 0xC0) == 0x80);
	begin_group(r, byte, r->count - 1, index_of(r) - 1);
}

/* Bytes from pos on that may join what stands before, and how many code points. */
static size_t followers(const struct reader *r, uint32_t *index)
{
	size_t end = r->pos, at = r->pos, len;
	uint32_t at_index = *index;

	while (at < r->n && at_index - r->group_index < NORMALISE_GROUP_MAX) {
		uint32_t cp = utf8_decode(r->s + at, r->n - at, &len);
		uint32_t class = cp == UTF8_BAD ? NORMALISE_SLOW : normalise_class_of(r->t, cp);
		if (class != NORMALISE_JOIN && class != NORMALISE_DROP)
			break;
		at += len;
		at_index++;
		if (class == NORMALISE_JOIN) {
			end = at;
			*index = at_index;
		}
	}
	return end;
}

/* A combining character: takes back the character before it and normalises both,
 * with all that follow, together. */
static void take_group(struct reader *r)
{
	int32_t to[NORMALISE_GROUP_MAX * NORMALISE_EXPANSION];
	uint32_t index = index_of(r);
	size_t end = followers(r, &index), got;

	r->count = r->group_count;
	while (r->shift_count && r->shift[r->shift_count - 1].start >= r->group_index)
		r->shift_count--;
	got = normalise_run(r->s + r->group_byte, end - r->group_byte, to, sizeof to / sizeof *to);
	for (size_t i = 0; i < got; i++)
		push(r, (uint32_t)to[i]);
	note_shift(r, r->group_count, r->group_index, index);
	r->pos = end;
	set_index(r, index);
	/* What follows past the limit begins a group of its own. */
	begin_group(r, end, r->count, index);
}

static void push_slow(struct reader *r, uint32_t cp)
{
	uint32_t to[NORMALISE_EXPANSION];
	size_t n = normalise_code_point(cp, to, NORMALISE_EXPANSION);

	for (size_t i = 0; i < n; i++)
		push(r, to[i]);
}

static void push_class(struct reader *r, uint32_t cp, uint32_t class)
{
	if (class == NORMALISE_SLOW || class == NORMALISE_JOIN)
		push_slow(r, cp);
	else if (class == NORMALISE_KEEP)
		push(r, cp);
	else if (class >= NORMALISE_SEPARATOR && normalise_is_class(class))
		push(r, normalise_separators[class - NORMALISE_SEPARATOR]);
	else if (class != NORMALISE_DROP)
		push(r, class);
}

/* Any character, one at a time. */
static void take_one(struct reader *r)
{
	size_t len, at = r->count;
	uint32_t index = index_of(r);
	uint32_t cp = utf8_decode(r->s + r->pos, r->n - r->pos, &len);
	uint32_t class = cp == UTF8_BAD ? UTF8_REPLACEMENT : normalise_class_of(r->t, cp);

	find_group(r);
	/* A mark after an invalid byte or a far character stands alone. */
	if (class == NORMALISE_JOIN && index - r->group_index < NORMALISE_GROUP_MAX - 1) {
		take_group(r);
	} else {
		if (class != NORMALISE_DROP)
			begin_group(r, r->pos, at, index);
		push_class(r, cp, class);
		note_shift(r, at, index, index + 1);
		r->pos += len;
		set_index(r, index + 1);
		/* Nothing joins what was not text. */
		if (cp == UTF8_BAD)
			begin_group(r, r->pos, r->count, index + 1);
	}
	r->told = r->pos;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void read_all(struct reader *r)
{
	while (r->pos < r->n && !r->failed && reserve(r, ROOM)) {
		/* The last two bytes are read with care for the end. */
		if (r->t && r->n - r->pos > 2)
			take_plain(r, smaller(r->n - r->pos - 2, r->cap - r->count));
		if (r->pos < r->n)
			take_one(r);
	}
}

/* Code points for which there is room at once: in memory that is kept, for any text
 * of n bytes; an arena's is not given back, so there the text is counted. */
static size_t first_room(const struct shadow *out, const char *s, size_t n)
{
	return (out->arena ? utf8_count(s, n) : n) + ROOM;
}

static bool read_into(const struct normalise_table *t, const char *s, size_t n, struct shadow *out)
{
	struct reader r = {.out = out, .t = t, .s = s, .n = n};

	if (!reserve(&r, first_room(out, s, n)))
		return false;
	read_all(&r);
	out->cp = r.cp;
	out->count = r.count;
	out->shift = r.shift;
	out->shift_count = r.shift_count;
	return !r.failed && normalise_make_b(out, r.separated);
}

static enum err_code check_size(size_t n, struct err *e)
{
	if (n <= NORMALISE_INPUT_MAX)
		return ERR_OK;
	return err_set(e, ERR_LIMIT, _("a text of more than %zu bytes is not matched"),
		NORMALISE_INPUT_MAX);
}

enum err_code normalise_read(
	const struct normalise_table *t, const char *s, size_t n, struct shadow *out, struct err *e)
{
	enum err_code rc = check_size(n, e);

	normalise_forget(out);
	if (!rc && !read_into(t, s, n, out))
		rc = err_nomem(e);
	if (rc)
		normalise_forget(out);
	return rc;
}

enum err_code normalise_text(const struct normalise_table *t, const char *s, size_t n,
	struct arena *a, struct shadow *out, struct err *e)
{
	enum err_code rc = check_size(n, e);

	memset(out, 0, sizeof *out);
	out->arena = a;
	if (!rc && !(read_into(t, s, n, out) && normalise_make_all(out)))
		rc = err_nomem(e);
	return rc;
}
