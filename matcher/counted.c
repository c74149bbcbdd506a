/*
 * counted.c - a number, the word that counts, and the words around them.
 */
#include "matcher/counted.h"

#include <stdbool.h>
#include <string.h>

#include "matcher/numerals.h"

#define BEFORE 9 /* code points looked at before the number */
#define BEHIND 6 /* ... and behind the unit */
#define NAME 4 /* of them in the text that names it */
#define WAN 0x4E07 /* 万 */
#define YI 0x4EBF /* 亿 */

/* What counts; the same number counts the same. */
static const struct {
	uint32_t cp;
	int unit;
} units[] = {
	{0x540D, 1}, /* 名 */
	{0x4EBA, 1}, /* 人 */
	{0x4F4D, 1}, /* 位 */
	{0x6237, 2}, /* 户 */
	{0x5143, 3}, /* 元 */
	{0x5BB6, 4}, /* 家 */
	{0x4E2A, 5}, /* 个 */
	{0x8D77, 6}, /* 起 */
	{0x5957, 7}, /* 套 */
	{0x4EA9, 8}, /* 亩 */
	{0x5428, 9}, /* 吨 */
	{0x95F4, 10}, /* 间 */
	{0x8F86, 11}, /* 辆 */
	{0x6240, 12}, /* 所 */
	{0x680B, 13}, /* 栋 */
	{0x4EF6, 14}, /* 件 */
};

static uint32_t at(const struct shadow *s, size_t i)
{
	return i < s->b_count ? s->b_cp[i] : 0;
}

static int unit_at(const struct shadow *s, size_t i)
{
	/* 34人次 counts visits, 3个月 time. */
	if (at(s, i + 1) == 0x6B21 || (at(s, i) == 0x4E2A && at(s, i + 1) == 0x6708) ||
		(at(s, i) == 0x4E2A && at(s, i + 1) == 0x5DE5 && at(s, i + 2) == 0x4F5C))
		return 0;
	for (size_t k = 0; k < sizeof units / sizeof *units; k++)
		if (units[k].cp == at(s, i))
			return units[k].unit;
	return 0;
}

static bool is_han(uint32_t cp)
{
	return cp >= 0x4E00 && cp <= 0x9FFF;
}

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* The number that begins at i, with its decimals and 万 or 亿; its length, 0: none. */
static size_t read_number(const struct shadow *s, size_t i, int64_t *value)
{
	size_t n = numerals_read(s->b_cp + i, s->b_count - i, value);
	int64_t part = COUNTED_SCALE;

	if (!n)
		return 0;
	*value *= COUNTED_SCALE;
	if (at(s, i + n) == '.' && is_digit(at(s, i + n + 1)))
		for (n++; is_digit(at(s, i + n)); n++) {
			part /= 10;
			*value += part * (int64_t)(at(s, i + n) - '0');
		}
	n += at(s, i + n) == ' ';
	if (at(s, i + n) == WAN || at(s, i + n) == YI) {
		int64_t by = at(s, i + n) == WAN ? 10000 : 100000000;
		if (*value > INT64_MAX / by)
			return 0;
		*value *= by;
		n++;
	}
	return n;
}

/* --- the words around it --- */

static enum counted_how how_of(const struct shadow *s, size_t from, size_t end)
{
	enum counted_how how = COUNTED_PLAIN;

	for (size_t i = from; i < end; i++) {
		uint32_t cp = at(s, i);
		if (cp == 0x5176 && at(s, i + 1) == 0x4E2D) /* 其中 */
			return COUNTED_PART;
		if (cp == 0x672A || cp == 0x5C1A || cp == 0x5269 || cp == 0x4F59) /* 未尚剩余 */
			how = COUNTED_LEFT;
		else if (cp == 0x5DF2 && how == COUNTED_PLAIN) /* 已 */
			how = COUNTED_DONE;
	}
	return how;
}

/* From where the Han in front of i run without a break. */
static size_t words_before(const struct shadow *s, size_t i)
{
	size_t from = i;

	if (from > 0 && at(s, from - 1) == ' ')
		from = --i;
	while (from > 0 && i - from < BEFORE && is_han(at(s, from - 1)))
		from--;
	return from;
}

static size_t words_behind(const struct shadow *s, size_t i)
{
	size_t end = i;

	while (end - i < BEHIND && is_han(at(s, end)))
		end++;
	return end;
}

static bool is_fate(const struct counted *c)
{
	for (size_t i = 0; i < c->word_count; i++)
		if (c->words[i] == 0x6B7B || c->words[i] == 0x4F24 || c->words[i] == 0x4EA1 ||
			c->words[i] == 0x96BE) /* 死伤亡难 */
			return true;
	return false;
}

static const char *encode(struct arena *a, const struct shadow *s, size_t from, size_t end)
{
	char *out = arena_alloc(a, 4 * (end - from + 1));

	if (out)
		out[normalise_encode(s->b_cp + from, end - from, out)] = '\0';
	return out;
}

static void take_words(struct counted *c, const struct shadow *s, size_t from, size_t number,
	size_t behind, size_t end)
{
	for (size_t i = from; i < number && is_han(at(s, i)); i++)
		c->words[c->word_count++] = at(s, i);
	c->words[c->word_count++] = 0;
	for (size_t i = behind; i < end; i++)
		c->words[c->word_count++] = at(s, i);
}

/* A number at i, n long, and a unit behind it. */
static bool read_one(const struct shadow *s, size_t i, size_t n, struct arena *a, struct counted *c)
{
	size_t unit = i + n, from = words_before(s, i), end;

	if (at(s, unit) == 0x4F59 || at(s, unit) == 0x591A) /* 余, 多 */
		unit++;
	c->unit = unit_at(s, unit);
	if (!c->unit)
		return false;
	end = words_behind(s, unit + 1);
	take_words(c, s, from, i, unit + 1, end);
	if (is_fate(c))
		return false;
	c->how = how_of(s, from, i);
	if (end > unit + 1)
		c->text = encode(a, s, i, end - unit - 1 > NAME ? unit + 1 + NAME : end);
	else
		c->text = encode(a, s, i - from > NAME ? i - NAME : from, unit + 1);
	c->amount = encode(a, s, i, unit + 1);
	return c->text && c->amount;
}

enum err_code counted_read(
	const struct shadow *s, struct arena *a, struct counted **out, size_t *count, struct err *e)
{
	size_t room = 0;
	int64_t value;

	*out = NULL;
	*count = 0;
	for (size_t i = 0, n; i < s->b_count; i += n ? n : 1) {
		struct counted c = {0};
		n = read_number(s, i, &value);
		c.value = value;
		if (!n || !read_one(s, i, n, a, &c))
			continue;
		if (*count == room) {
			struct counted *more =
				arena_array(a, room = room ? 2 * room : 16, sizeof c);
			if (!more)
				return err_nomem(e);
			if (*count)
				memcpy(more, *out, *count * sizeof c);
			*out = more;
		}
		(*out)[(*count)++] = c;
	}
	return arena_failed(a) ? err_nomem(e) : ERR_OK;
}
