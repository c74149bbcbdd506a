/*
 * utf8_nfc.c - normalisation form C (Unicode standard annex 15).
 *
 * Almost all text is in that form already: runs of characters that no rule of
 * composition touches are copied. Only the stretches around others are
 * decomposed, ordered and composed again, with utf8proc's tables. The ordering is
 * our own, because utf8proc's takes time in the square of the number of marks that
 * follow each other, and that number is chosen by whoever wrote the text.
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/i18n.h"
#include "base/plain.h"
#include "base/utf8.h"

/* Ranges of starters that are whole in form C and never the second half of a
 * composition: text may be cut in front of them, and alone they stay as they are. */
static const struct {
	uint32_t from, to;
} inert[] = {
	{0x0000, 0x02FF},
	{0x2010, 0x2027},
	{0x2030, 0x205E},
	{0x20A0, 0x20C0},
	{0x2150, 0x2328},
	{0x2460, 0x2ADB},
	{0x3000, 0x3029},
	{0x3030, 0x3098},
	{0x309B, 0xA48C},
	{0xAC00, 0xD7A3},
	{0xE000, 0xF8FF},
	{0xFF01, 0xFFFD},
	{0x1F000, 0x1FAFF},
	{0x20000, 0x2F7FF},
	{0x30000, 0x3FFFD},
};

static bool is_inert(uint32_t cp)
{
	if (cp <= inert[0].to)
		return true;
	for (size_t i = 1; i < sizeof inert / sizeof *inert && cp >= inert[i].from; i++)
		if (cp <= inert[i].to)
			return true;
	return false;
}

struct points {
	utf8proc_int32_t *cp;
	size_t n, room;
};

/* Appends the canonical decomposition of cp. */
static bool add_decomposed(struct points *p, uint32_t cp)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	utf8proc_ssize_t n;
	int unused = 0;

	for (;;) {
		n = utf8proc_decompose_char((utf8proc_int32_t)cp, p->cp + p->n,
			(utf8proc_ssize_t)(p->room - p->n), options, &unused);
		if (n < 0)
			return false;
		if ((size_t)n <= p->room - p->n)
			break;
		size_t room = p->room * 2 + 16;
		utf8proc_int32_t *grown = reallocarray(p->cp, room, sizeof *grown);
		if (!grown)
			return false;
		p->cp = grown;
		p->room = room;
	}
	p->n += (size_t)n;
	return true;
}

static size_t class_of(utf8proc_int32_t cp)
{
	return (size_t)utf8proc_get_property(cp)->combining_class;
}

/* Stable counting sort of one run of marks by their combining class. */
static void order_run(utf8proc_int32_t *cp, size_t n, utf8proc_int32_t *scratch)
{
	size_t start[256] = {0}, sum = 0;

	for (size_t i = 0; i < n; i++)
		start[class_of(cp[i]) & 0xFF]++;
	for (size_t c = 0; c < 256; c++) {
		size_t count = start[c];
		start[c] = sum;
		sum += count;
	}
	memcpy(scratch, cp, n * sizeof *cp);
	for (size_t i = 0; i < n; i++)
		cp[start[class_of(scratch[i]) & 0xFF]++] = scratch[i];
}

static bool order_marks(struct points *p)
{
	utf8proc_int32_t *scratch = NULL;
	size_t end;

	for (size_t i = 0; i < p->n; i = end) {
		end = i + 1;
		if (class_of(p->cp[i]) == 0)
			continue;
		while (end < p->n && class_of(p->cp[end]) != 0)
			end++;
		if (end - i < 2)
			continue;
		if (!scratch && !(scratch = reallocarray(NULL, p->n, sizeof *scratch)))
			return false;
		order_run(p->cp + i, end - i, scratch);
	}
	free(scratch);
	return true;
}

static enum err_code add_composed(
	struct buf *b, const char *s, size_t n, struct points *p, struct err *e)
{
	utf8proc_ssize_t count;
	size_t len;

	p->n = 0;
	for (size_t i = 0; i < n; i += len)
		if (!add_decomposed(p, utf8_decode(s + i, n - i, &len)))
			return err_nomem(e);
	if (!order_marks(p))
		return err_nomem(e);
	count = utf8proc_normalize_utf32(
		p->cp, (utf8proc_ssize_t)p->n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (count < 0)
		return err_set(e, ERR_INPUT, "%s", utf8proc_errmsg(count));
	for (size_t i = 0; i < (size_t)count; i++)
		utf8_add(b, (uint32_t)p->cp[i]);
	return ERR_OK;
}

/* Bytes of the character at s when its first byte alone says that it is inert: up to
 * U+02FF, and U+4000-9FFF, which is most of Chinese. 0: look closer. */
static size_t plain_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xE4 && first <= 0xE9)
		return 3;
	return first <= 0xCB ? 2 : 0;
}

static bool skip_inert(const char *s, size_t n, size_t *len)
{
	*len = plain_length((unsigned char)*s);
	return *len > 0 || is_inert(utf8_decode(s, n, len));
}

/* The next stretch that needs work: from the last inert character before the first
 * that is not (it may be its base) up to the next inert one. *from == n: none. */
static void find_stretch(const char *s, size_t n, size_t pos, size_t *from, size_t *to)
{
	size_t base = pos, len;

	while (pos < n && skip_inert(s + pos, n - pos, &len)) {
		base = pos;
		pos += len;
	}
	*from = pos < n ? base : n;
	while (pos < n && !skip_inert(s + pos, n - pos, &len))
		pos += len;
	*to = pos;
}

/* Bytes at the front that are valid and stay as they are, for certain. Most texts are no
 * more than that, and one look at each byte is enough. */
static size_t inert_prefix(const char *s, size_t n)
{
	size_t i = 0, len;

	while (i += plain_run(s + i, n - i, PLAIN_ANY), i < n) {
		uint32_t cp = utf8_decode(s + i, n - i, &len);
		if (cp == UTF8_BAD || !is_inert(cp))
			break;
		i += len;
	}
	return i;
}

enum err_code utf8_add_nfc(struct buf *b, const char *s, size_t n, struct err *e)
{
	struct points p = {NULL, 0, 0};
	enum err_code rc = ERR_OK;
	size_t pos = 0, from, to;

	if (inert_prefix(s, n) == n) {
		buf_add(b, s, n);
		return ERR_OK;
	}
	if (!utf8_is_valid(s, n))
		return err_set(e, ERR_INPUT, "%s", _("the text is not valid UTF-8"));
	while (pos < n && !rc) {
		find_stretch(s, n, pos, &from, &to);
		buf_add(b, s + pos, from - pos);
		if (from < n)
			rc = add_composed(b, s + from, to - from, &p, e);
		pos = to;
	}
	free(p.cp);
	return rc;
}
