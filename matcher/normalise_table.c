/*
 * normalise_table.c - every code point below U+10000 is asked once what becomes of it.
 */
#include "matcher/normalise_table.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "matcher/t2s.h"

const uint16_t normalise_separators[NORMALISE_SEPARATORS] = {0xB7, 0x2022, 0x30FB, '*', '_', '/'};

static const utf8proc_option_t options =
	UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

size_t normalise_run(const char *s, size_t n, int32_t *out, size_t room)
{
	utf8proc_ssize_t got = utf8proc_decompose((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n,
		out, (utf8proc_ssize_t)room, options);

	if (got <= 0 || (size_t)got > room)
		return 0;
	got = utf8proc_normalize_utf32(out, got, options);
	for (utf8proc_ssize_t i = 0; i < got; i++)
		out[i] = (int32_t)t2s_char((uint32_t)out[i]);
	return got > 0 ? (size_t)got : 0;
}

size_t normalise_code_point(uint32_t cp, uint32_t *out, size_t max)
{
	int32_t got[2 * NORMALISE_EXPANSION];
	char s[4];
	size_t n = normalise_run(s, utf8_encode(cp, s), got, 2 * NORMALISE_EXPANSION);

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

static uint16_t separator_class(uint32_t cp)
{
	uint16_t i = 0;

	while (normalise_separators[i] != cp)
		i++;
	return (uint16_t)(NORMALISE_SEPARATOR + i);
}

static uint16_t classify(uint32_t cp)
{
	uint32_t to[NORMALISE_EXPANSION];
	size_t n = normalise_code_point(cp, to, NORMALISE_EXPANSION);

	if (n == 0)
		return NORMALISE_DROP;
	if (is_joining(to[0]) || is_joining(cp))
		return NORMALISE_JOIN;
	if (n == 1 && to[0] == cp && cp > 0xFFFF)
		return NORMALISE_KEEP;
	if (n > 1 || to[0] > 0xFFFF)
		return NORMALISE_SLOW;
	return normalise_is_separator(to[0]) ? separator_class(to[0]) : (uint16_t)to[0];
}

uint32_t normalise_class_of(const struct normalise_table *t, uint32_t cp)
{
	if (t && cp <= 0xFFFF)
		return t->map[cp];
	if (t && cp >= NORMALISE_PICTURES && cp < NORMALISE_PICTURES_END)
		return t->keep[cp - NORMALISE_PICTURES] ? NORMALISE_KEEP : classify(cp);
	return classify(cp);
}

static void fill_plain(struct normalise_table *t)
{
	for (uint32_t cp = 0; cp < 0x10000; cp++) {
		uint16_t to = normalise_is_class(t->map[cp]) ? 0 : t->map[cp];
		t->three[cp] = cp < 0x800 ? 0 : to;
		if (cp < 0x80)
			t->ascii[cp] = to;
	}
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
	for (uint32_t cp = 0xD800; cp < 0xE000; cp++)
		t->map[cp] = NORMALISE_SLOW;
	for (size_t i = 0; i < t2s_pair_count; i++) {
		const struct t2s_pair *p = &t2s_pairs[i];
		if (p->from >= 0x3400 && p->from <= 0x9FFF)
			t->map[p->from] = p->to > 0xFFFF ? NORMALISE_SLOW : (uint16_t)p->to;
	}
	fill_plain(t);
	for (uint32_t cp = NORMALISE_PICTURES; cp < NORMALISE_PICTURES_END; cp++)
		t->keep[cp - NORMALISE_PICTURES] = classify(cp) == NORMALISE_KEEP;
	return t;
}

void normalise_table_free(struct normalise_table *t)
{
	free(t);
}
