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

void search_text_add_around(const struct search_text *t, const char *original, size_t at, size_t n,
	size_t width, struct buf *out)
{
	size_t first = utf8_count(t->s, at), count = utf8_count(t->s + at, n), size,
	       before = count < width ? (width - count) / 3 : 0;
	size_t last = first + count;
	uint32_t from, to;
	const char *s = original;

	first = first > before ? first - before : 0;
	last = first + width > last ? first + width : last;
	if (last > t->count)
		last = t->count;
	if (first >= last)
		return;
	normalise_span_a(&t->shadow, t->a[first], t->a[last - 1] + 1u, &from, &to);
	size = strlen(s);
	if (first > 0)
		buf_add_str(out, "…");
	text_add_collapsed(out, s + utf8_offset(s, size, from),
		utf8_offset(s, size, to) - utf8_offset(s, size, from), false);
	if (last < t->count)
		buf_add_str(out, "…");
}
