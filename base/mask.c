/*
 * mask.c - the walk over the text; what is hidden is decided in mask_number.c and
 * mask_word.c.
 */
#include "base/mask.h"

#include <stdlib.h>
#include <string.h>

#include "base/mask_private.h"
#include "base/utf8.h"

#define HIDDEN "***"
#define SOMEBODY "某"

/* In order of belief: what an earlier one takes, a later one does not see. */
static const struct {
	enum mask_kind kind;
	const char *name;
	bool (*find)(const struct mask_text *t, size_t i, struct mask_span *out);
} recognisers[] = {
	{MASK_EMAIL, "email", mask_email},
	{MASK_IDENTITY, "identity", mask_identity},
	{MASK_MOBILE, "mobile", mask_mobile},
	{MASK_LANDLINE, "landline", mask_landline},
	{MASK_CARD, "card", mask_card},
	{MASK_PLATE, "plate", mask_plate},
	{MASK_ACCOUNT, "account", mask_account},
	{MASK_PASSPORT, "passport", mask_passport},
	{MASK_NAME, "name", mask_name},
};

/* --- what the recognisers use --- */

uint32_t mask_at(const struct mask_text *t, size_t i)
{
	return i < t->n ? t->c[i].cp : 0;
}

bool mask_is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

bool mask_is_alpha(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

bool mask_is_alnum(uint32_t cp)
{
	return mask_is_digit(cp) || mask_is_alpha(cp);
}

static uint32_t lower(uint32_t cp)
{
	return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
}

size_t mask_word_at(const struct mask_text *t, size_t i, const char *const *words)
{
	for (; *words; words++) {
		const char *w = *words;
		size_t n = strlen(w), used = 0, k = 0, len;
		while (used < n &&
			lower(mask_at(t, i + k)) == utf8_decode(w + used, n - used, &len)) {
			used += len;
			k++;
		}
		if (used == n)
			return k;
	}
	return 0;
}

bool mask_follows(const struct mask_text *t, size_t i, size_t gap, const char *const *words)
{
	size_t longest = 8;
	size_t first = i > gap + longest ? i - gap - longest : 0;

	for (size_t k = first; k < i; k++) {
		size_t n = mask_word_at(t, k, words);
		if (n && k + n <= i && i - k - n <= gap)
			return true;
	}
	return false;
}

/* --- the text --- */

static bool is_invisible(uint32_t cp)
{
	return cp == 0x00AD || (cp >= 0x200B && cp <= 0x200F) || cp == 0x2060 || cp == 0xFEFF;
}

static uint32_t fold(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		return cp - 0xFEE0;
	if (cp == 0x3000 || cp == 0x00A0 || cp == 0x202F || (cp >= 0x2000 && cp <= 0x200A))
		return ' ';
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xFE63)
		return '-';
	if (cp >= 0x1D7CE && cp <= 0x1D7FF) /* mathematical digits */
		return '0' + (cp - 0x1D7CE) % 10;
	return cp;
}

/* One element more than characters: the end of the text. NULL: no memory. */
static struct mask_char *fold_text(const char *s, size_t n, size_t *count)
{
	struct mask_char *c = calloc(n + 1, sizeof *c);
	size_t len;

	*count = 0;
	if (!c)
		return NULL;
	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = utf8_decode(s + i, n - i, &len);
		if (!is_invisible(cp))
			c[(*count)++] = (struct mask_char){fold(cp), i};
	}
	c[*count].at = n;
	return c;
}

/* Bytes behind character k - 1, without the invisible ones that follow it. */
static size_t end_of(const char *s, const struct mask_text *t, size_t k)
{
	size_t at = t->c[k - 1].at, len;

	(void)utf8_decode(s + at, t->c[k].at - at, &len);
	return at + len;
}

static void hide(struct buf *out, const char *s, const struct mask_text *t, enum mask_kind kind,
	const struct mask_span *span)
{
	size_t from = t->c[span->from].at, len;

	if (kind != MASK_NAME) {
		buf_add_str(out, HIDDEN);
		return;
	}
	(void)utf8_decode(s + from, t->c[span->from + 1].at - from, &len);
	buf_add(out, s + from, len);
	for (size_t k = span->from + 1; k < span->to; k++)
		buf_add_str(out, SOMEBODY);
}

/* Nothing to hide begins with these: most of every text is passed here. */
static bool may_begin(uint32_t cp)
{
	return cp > 0x7F || mask_is_alnum(cp) || cp == '+' || cp == '(' || cp == '_';
}

static bool find(const struct mask_text *t, size_t i, size_t *which, struct mask_span *span)
{
	for (*which = 0; *which < sizeof recognisers / sizeof *recognisers; ++*which)
		if (recognisers[*which].find(t, i, span))
			return true;
	return false;
}

static void walk(
	struct buf *out, const char *s, const struct mask_text *t, struct mask_counts *counts)
{
	size_t done = 0; /* bytes */

	for (size_t i = 0; i < t->n;) {
		struct mask_span span;
		size_t which;
		if (!may_begin(t->c[i].cp) || !find(t, i, &which, &span)) {
			i++;
			continue;
		}
		buf_add(out, s + done, t->c[span.from].at - done);
		hide(out, s, t, recognisers[which].kind, &span);
		if (counts)
			counts->of[recognisers[which].kind]++;
		done = end_of(s, t, span.to);
		i = span.to;
	}
	buf_add(out, s + done, t->c[t->n].at - done);
}

void mask_add(struct buf *out, const char *s, size_t n, const struct mask_keep *keep,
	struct mask_counts *counts)
{
	struct mask_text t = {NULL, 0, keep};
	struct mask_char *c = fold_text(s, n, &t.n);

	if (!c) {
		out->fault = ERR_NOMEM;
		return;
	}
	t.c = c;
	walk(out, s, &t, counts);
	free(c);
}

size_t mask_total(const struct mask_counts *c)
{
	size_t sum = 0;

	for (size_t i = 0; i < MASK_KINDS; i++)
		sum += c->of[i];
	return sum;
}

const char *mask_kind_name(enum mask_kind k)
{
	for (size_t i = 0; i < sizeof recognisers / sizeof *recognisers; i++)
		if (recognisers[i].kind == k)
			return recognisers[i].name;
	return "?";
}
