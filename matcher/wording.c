/*
 * wording.c - a text, and which of its characters are mere form.
 */
#include "matcher/wording.h"

#include <string.h>

#include "base/utf8.h"
#include "matcher/wording_words.h"

#define HAN 3 /* bytes of a Han character that the tables have */
#define PHRASE_SHOWN 4 /* characters: shorter ones prove nothing by themselves */

/* --- reading --- */

static bool is_space(uint32_t cp)
{
	return cp <= ' ' || cp == 0x3000 || cp == 0x2028 || cp == 0x2029;
}

static enum err_code fill(const struct shadow *s, struct arena *a, struct wording *out)
{
	uint32_t *cp = arena_array(a, s->b_count + 1, sizeof *cp);
	size_t *at = arena_array(a, s->b_count + 1, sizeof *at);
	char *text = arena_alloc(a, s->b_count * 4 + 1);
	size_t n = 0, size = 0;

	out->formal = arena_array(a, s->b_count + 1, sizeof *out->formal);
	if (!cp || !at || !text || !out->formal)
		return ERR_NOMEM;
	for (size_t i = 0; i < s->b_count; i++) {
		if (is_space(s->b_cp[i]))
			continue;
		cp[n] = s->b_cp[i];
		at[n++] = size;
		size += utf8_encode(s->b_cp[i], text + size);
	}
	at[n] = size;
	*out = (struct wording){n, cp, text, at, out->formal, 0};
	return ERR_OK;
}

/* --- marking --- */

static void mark(struct wording *w, size_t at, size_t end)
{
	while (at < w->n && w->at[at] < end)
		w->formal[at++] = true;
}

/* Bytes of Han characters from code point i on, at most what the longest word has. */
static size_t han_bytes(const struct wording *w, size_t i)
{
	size_t from = i;

	while (i < w->n && i - from < WORDING_WORD_MAX && utf8_is_han(w->cp[i]) &&
		w->at[i + 1] - w->at[i] == HAN)
		i++;
	return w->at[i] - w->at[from];
}

/* The longest word of either kind that begins at code point i, in bytes. */
static size_t word_at(const struct wording *w, size_t i, enum wording_how how, bool *is_phrase)
{
	size_t n = han_bytes(w, i);
	size_t common = wording_words_common(w->s + w->at[i], n);
	size_t phrase = how == WORDING_PHRASES ? wording_words_phrase(w->s + w->at[i], n) : 0;

	*is_phrase = phrase > common;
	return *is_phrase ? phrase : common;
}

static void mark_words(struct wording *w, enum wording_how how)
{
	for (size_t i = 0; i < w->n;) {
		bool is_phrase;
		size_t len = word_at(w, i, how, &is_phrase);
		w->phrases += is_phrase;
		if (len)
			mark(w, i, w->at[i] + len);
		else if (han_bytes(w, i) && wording_words_is_joiner(w->s + w->at[i]))
			w->formal[i] = true;
		i += len ? len / HAN : 1;
	}
}

static void mark_name(struct wording *w, const struct wording *name)
{
	const char *hit = w->s;
	size_t i = 0;

	while (name->n > 1 && (hit = strstr(hit, name->s))) {
		size_t at = (size_t)(hit - w->s);
		while (w->at[i] < at)
			i++;
		mark(w, i, at + name->at[name->n]);
		hit += name->at[name->n];
	}
}

static enum err_code read_one(const struct normalise_table *t, struct str text, struct arena *a,
	struct wording *out, struct err *e)
{
	struct shadow s;
	enum err_code rc = normalise_text(t, text.p, text.n, a, &s, e);

	return rc || !fill(&s, a, out) ? rc : err_nomem(e);
}

enum err_code wording_read(const struct normalise_table *t, struct str text,
	const struct str *names, size_t name_count, enum wording_how how, struct arena *a,
	struct wording *out, struct err *e)
{
	struct wording name;
	enum err_code rc = read_one(t, text, a, out, e);

	for (size_t i = 0; !rc && i < name_count; i++) {
		rc = read_one(t, names[i], a, &name, e);
		if (!rc)
			mark_name(out, &name);
	}
	if (!rc)
		mark_words(out, how);
	return rc;
}

/* --- asking --- */

bool wording_is_pair(const struct wording *w, size_t i)
{
	return i + 1 < w->n && utf8_is_han(w->cp[i]) && utf8_is_han(w->cp[i + 1]);
}

bool wording_is_content(const struct wording *w, size_t i)
{
	return wording_is_pair(w, i) && !w->formal[i] && !w->formal[i + 1];
}

size_t wording_content(const struct wording *w)
{
	size_t count = 0;

	for (size_t i = 0; i < w->n; i++)
		count += wording_is_content(w, i);
	return count;
}

static bool is_added(const struct buf *out, size_t from, const char *s, size_t n)
{
	for (size_t i = from; i + n <= out->len; i++) {
		if (memcmp(out->data + i, s, n) == 0)
			return true;
	}
	return false;
}

void wording_add_phrases(const struct wording *w, size_t max, struct buf *out)
{
	size_t from = out->len;

	for (size_t i = 0; i < w->n && max;) {
		bool is_phrase;
		size_t len = word_at(w, i, WORDING_PHRASES, &is_phrase);
		if (is_phrase && len >= PHRASE_SHOWN * HAN &&
			!is_added(out, from, w->s + w->at[i], len)) {
			if (out->len > from)
				buf_add_str(out, "、");
			buf_add(out, w->s + w->at[i], len);
			max--;
		}
		i += len ? len / HAN : 1;
	}
}
