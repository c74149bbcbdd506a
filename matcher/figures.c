/*
 * figures.c - a number of people, and the nearest word that says what became of them.
 */
#include "matcher/figures.h"

#include <stdbool.h>
#include <stddef.h>

#include "matcher/numerals.h"

#define AHEAD 8 /* code points between 人 and the word behind it */
#define BEHIND 9 /* ... and between the word and the number */
#define SI 0x6B7B /* 死 */
#define SHANG 0x4F24 /* 伤 */

enum fate { FATE_NONE, FATE_DEAD, FATE_HURT };

static const struct {
	uint32_t a, b;
	enum fate fate;
} words[] = {
	{0x6B7B, 0x4EA1, FATE_DEAD}, /* 死亡 */
	{0x9047, 0x96BE, FATE_DEAD}, /* 遇难 */
	{0x8EAB, 0x4EA1, FATE_DEAD}, /* 身亡 */
	{0x4E27, 0x751F, FATE_DEAD}, /* 丧生 */
	{0x7F79, 0x96BE, FATE_DEAD}, /* 罹难 */
	{0x53D7, 0x4F24, FATE_HURT}, /* 受伤 */
	{0x91CD, 0x4F24, FATE_HURT}, /* 重伤 */
	{0x8F7B, 0x4F24, FATE_HURT}, /* 轻伤 */
	{0x4F24, 0x8005, FATE_HURT}, /* 伤者 */
	{0x4F24, 0x5458, FATE_HURT}, /* 伤员 */
};

static uint32_t at(const struct shadow *s, size_t i)
{
	return i < s->b_count ? s->b_cp[i] : 0;
}

static enum fate word_at(const struct shadow *s, size_t i)
{
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (at(s, i) == words[k].a && at(s, i + 1) == words[k].b)
			return words[k].fate;
	return FATE_NONE;
}

/* 人 名 位: what is counted. */
static bool is_people(uint32_t cp)
{
	return cp == 0x4EBA || cp == 0x540D || cp == 0x4F4D;
}

/* A clause ends here: what stands beyond says it of others. */
static bool ends_clause(uint32_t cp)
{
	return cp == ',' || cp == 0x3001 || cp == 0x3002 || cp == ';' || cp == '\n' || cp == 0;
}

static enum fate fate_ahead(const struct shadow *s, size_t i)
{
	for (size_t k = i; k < i + AHEAD && !ends_clause(at(s, k)); k++) {
		enum fate f = word_at(s, k);
		if (f)
			return f;
	}
	return FATE_NONE;
}

static enum fate fate_behind(const struct shadow *s, size_t i)
{
	for (size_t k = i; k-- > 0 && i - k <= BEHIND && !ends_clause(at(s, k));) {
		enum fate f = word_at(s, k);
		if (f)
			return f;
	}
	return FATE_NONE;
}

/* What became of the number that stands in [from, end). */
static enum fate fate_of(const struct shadow *s, size_t from, size_t end)
{
	enum fate f;

	if (at(s, end) == SI && at(s, end + 1) != 0x4EA1)
		return FATE_DEAD;
	if (at(s, end) == SHANG)
		return FATE_HURT;
	if (at(s, end) == 0x4F59 || at(s, end) == 0x591A) /* 余, 多 */
		end++;
	if (!is_people(at(s, end)))
		return FATE_NONE;
	f = fate_ahead(s, end + 1);
	return f ? f : fate_behind(s, from);
}

static void keep(int64_t *most, int64_t value)
{
	if (value > *most)
		*most = value;
}

void figures_read(const struct shadow *s, struct figures *out)
{
	int64_t value;

	*out = (struct figures){0, 0};
	for (size_t i = 0; i < s->b_count;) {
		size_t n = numerals_read(s->b_cp + i, s->b_count - i, &value);
		enum fate f = n ? fate_of(s, i, i + n) : FATE_NONE;
		if (f == FATE_DEAD)
			keep(&out->dead, value);
		else if (f == FATE_HURT)
			keep(&out->hurt, value);
		i += n ? n : 1;
	}
}
