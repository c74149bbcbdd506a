/*
 * scan.c - taking words, numbers and what ends a phrase.
 */
#include "matcher/scan.h"

#include "matcher/numerals.h"

#define BLANKS_MAX 2 /* that people put within a date */

/* The words here are ASCII or of three bytes a character: decoding them stays in line. */
static inline uint32_t next_of_word(const char **p)
{
	const unsigned char *s = (const unsigned char *)*p;

	if (*s < 0x80) {
		*p += 1;
		return *s;
	}
	*p += 3;
	return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
}

size_t scan_word_at(const uint32_t *cp, size_t n, size_t i, const char *word)
{
	size_t from = i;

	for (const char *p = word; *p; i++) {
		if (i >= n || cp[i] != next_of_word(&p))
			return 0;
	}
	return i - from;
}

bool scan_any_word_at(
	const uint32_t *cp, size_t n, size_t i, const char *const *words, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (scan_word_at(cp, n, i, words[k]))
			return true;
	return false;
}

/* Where the next word may stand: 2026 年 12 月. */
static size_t behind_blanks(const struct scan *c)
{
	size_t i = c->at;

	while (i < c->n && i < c->at + BLANKS_MAX && c->cp[i] == ' ')
		i++;
	return i;
}

bool scan_take(struct scan *c, const char *word)
{
	size_t from = behind_blanks(c), n = scan_word_at(c->cp, c->n, from, word);

	if (n)
		c->at = from + n;
	return n > 0;
}

bool scan_one(struct scan *c, const struct scan_choice *list, size_t count, int *value)
{
	for (size_t i = 0; i < count; i++) {
		if (!scan_take(c, list[i].word))
			continue;
		*value = list[i].value;
		return true;
	}
	return false;
}

bool scan_number(struct scan *c, int64_t max, int64_t *value)
{
	size_t from = behind_blanks(c), n = numerals_read(c->cp + from, c->n - from, value);

	if (!n || *value < 1 || *value > max)
		return false;
	c->at = from + n;
	return true;
}

bool scan_range_mark(struct scan *c)
{
	static const struct scan_choice marks[] = {
		{"-", 0}, {"~", 0}, {"—", 0}, {"–", 0}, {"至", 0}, {"到", 0}};
	int ignored;

	return SCAN_ONE(c, marks, &ignored);
}

/* --- what ends a phrase --- */

/* 以前 is what was before. */
static const struct scan_choice befores[] = {{"之前", 0}, {"前", 0}};
static const struct scan_choice withins[] = {{"之内", 0}, {"以内", 0}, {"内", 0}};
static const char *const not_limits[] = {"前期", "前后", "前往", "前来", "前述", "前端", "前几",
	"内部", "内蒙", "内容", "内涝", "内外", "内环", "后期", "后续"};

static bool starts_other_word(const struct scan *c)
{
	for (size_t i = 0; i < sizeof not_limits / sizeof *not_limits; i++) {
		if (scan_word_at(c->cp, c->n, behind_blanks(c), not_limits[i]))
			return true;
	}
	return false;
}

bool scan_before(struct scan *c)
{
	int ignored;

	return !starts_other_word(c) && SCAN_ONE(c, befores, &ignored);
}

bool scan_within(struct scan *c)
{
	int ignored;

	return !starts_other_word(c) && SCAN_ONE(c, withins, &ignored);
}
