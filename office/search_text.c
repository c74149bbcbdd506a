/*
 * search_text.c - the form in which texts are searched.
 */
#include "office/search_text.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

/* Fills what `out` has room for: at most as many code points as the shadow has. */
static size_t squeeze(const struct shadow *s, uint32_t *cp, uint32_t *at)
{
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++) {
		bool space = utf8_is_space(s->cp[i]);
		if (space && (n == 0 || cp[n - 1] == ' '))
			continue;
		cp[n] = space ? ' ' : s->cp[i];
		at[n++] = (uint32_t)i;
	}
	return n && cp[n - 1] == ' ' ? n - 1 : n;
}

enum err_code search_text_read(const struct normalise_table *t, const char *s, struct arena *a,
	struct search_text *out, struct err *e)
{
	enum err_code rc = normalise_text(t, s, strlen(s), a, &out->shadow, e);
	uint32_t *cp, *at;
	char *bytes;

	if (rc)
		return rc;
	cp = arena_array(a, out->shadow.count + 1, sizeof *cp);
	at = arena_array(a, out->shadow.count + 1, sizeof *at);
	bytes = arena_array(a, out->shadow.count + 1, 4);
	if (!cp || !at || !bytes)
		return err_nomem(e);
	out->count = squeeze(&out->shadow, cp, at);
	out->n = normalise_encode(cp, out->count, bytes);
	out->s = bytes;
	out->a = at;
	return ERR_OK;
}

size_t search_text_find(const struct search_text *t, const char *word, size_t n)
{
	const char *at = t->n ? memmem(t->s, t->n, word, n) : NULL;

	return at ? (size_t)(at - t->s) : SIZE_MAX;
}

void search_text_original(const struct search_text *t, const char *original, size_t at, size_t n,
	size_t *from, size_t *to)
{
	size_t first = utf8_count(t->s, at), last = first + utf8_count(t->s + at, n) - 1,
	       size = strlen(original);
	uint32_t begin, end;

	normalise_span_a(&t->shadow, t->a[first], t->a[last] + 1u, &begin, &end);
	*from = utf8_offset(original, size, begin);
	*to = utf8_offset(original, size, end);
}

static bool is_inside(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

void search_text_add_around(const char *text, size_t from, size_t to, size_t width, struct buf *out)
{
	size_t size = strlen(text), count = utf8_count(text + from, to - from),
	       before = count < width ? (width - count) / 3 : 0, first = from, last;

	for (; first > 0 && before > 0; before--)
		for (first--; first > 0 && is_inside(text[first]);)
			first--;
	last = first + utf8_offset(text + first, size - first, width);
	if (last < to)
		last = to;
	buf_add_str(out, first > 0 ? "…" : "");
	text_add_collapsed(out, text + first, last - first, false);
	buf_add_str(out, last < size ? "…" : "");
}
