/*
 * regex_set.c - sets of characters; see the header.
 */
#include "matcher/regex_set.h"

static uint64_t bit_of(uint32_t cp)
{
	return (uint64_t)1 << cp % 64;
}

void regex_set_add(struct regex_set *s, uint32_t cp)
{
	if (!regex_is_han(cp)) {
		s->other = true;
	} else if (s->count < REGEX_SET_MAX) {
		s->may |= bit_of(cp);
		s->han[s->count++] = cp;
	} else {
		s->all = true;
	}
}

static bool lists(const struct regex_set *s, uint32_t han)
{
	if (!(s->may & bit_of(han)))
		return false;
	for (size_t i = 0; i < s->count; i++)
		if (s->han[i] == han)
			return true;
	return false;
}

bool regex_set_has(const struct regex_set *s, uint32_t cp)
{
	if (s->all)
		return true;
	return regex_is_han(cp) ? lists(s, cp) : s->other;
}

void regex_set_join(struct regex_set *s, const struct regex_set *more)
{
	s->all |= more->all;
	s->other |= more->other;
	for (size_t i = 0; i < more->count; i++)
		if (!lists(s, more->han[i]))
			regex_set_add(s, more->han[i]);
}

bool regex_sets_meet(const struct regex_set *a, const struct regex_set *b)
{
	if (a->all || b->all || (a->other && b->other))
		return true;
	for (size_t i = 0; i < a->count; i++)
		if (lists(b, a->han[i]))
			return true;
	return false;
}

bool regex_is_run(uint32_t cp)
{
	static const uint16_t numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
		0x516B, 0x4E5D, 0x5341, 0x767E, 0x5343, 0x4E07, 0x4EBF, 0x96F6, 0x4E24, 0x51E0,
		0x6570, 0x591A, 0x4F59}; /* 一二三四五六七八九十百千万亿零两几数多余 */

	if (!regex_is_han(cp))
		return true;
	for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
		if (numerals[i] == cp)
			return true;
	return false;
}

bool regex_set_in_runs(const struct regex_set *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (!regex_is_run(s->han[i]))
			return false;
	return !s->all;
}
