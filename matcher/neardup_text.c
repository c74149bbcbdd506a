/*
 * neardup_text.c - from a text to the tokens that are compared.
 */
#include "matcher/neardup_text.h"

#include <string.h>

#include "base/utf8.h"
#include "matcher/numerals.h"

#define TAG_MAX 300 /* code points between < and > */
#define REFERENCE_MAX 10 /* between & and ; */
#define HASHED 0x80000000u
#define NUMBER_MAX 99999 /* largest number read from Han numerals */
#define NUMERALS_LOOK 16 /* more make no number (numerals.c) */

#define TAIL_FROM 0.3 /* share of the text that must stand before a list of other texts */

#define HAN_FIRST 0x4E00u /* of the block that holds nearly all of a text */
#define HAN_END 0xA000u
#define HAN_DI 0x7B2C /* 第 */
#define TOKENS_FIRST 0x3040u /* from here on nearly every character is a token */

/* --- where to look closer --- */

#define WORD(cp) ((cp) / 64)
#define BIT(cp) (UINT64_C(1) << (cp) % 64)
#define BITS(first, last) ((BIT(last) - BIT(first)) | BIT(last))
#define ALL UINT64_MAX

/* Below HAN_END: what more must be known of than the character itself. The others are a
 * token from TOKENS_FIRST on, and nothing before. Of the Han characters, these are the
 * numerals (numerals.c). */
static const uint64_t special[HAN_END / 64] = {
	[WORD('0')] =
		BITS('0', '9') | BIT('\n') | BIT('!') | BIT('?') | BIT(';') | BIT('<') | BIT('&'),
	[WORD('a')] = BITS('a', 'z'),
	[WORD(0x2E80)] = ALL, /* radicals, six rows */
	[WORD(0x2EC0)] = ALL,
	[WORD(0x2F00)] = ALL,
	[WORD(0x2F40)] = ALL,
	[WORD(0x2F80)] = ALL,
	[WORD(0x2FC0)] = ALL,
	[WORD(0x3000)] = BIT(0x3002) | BIT(0x3005) | BIT(0x3007) | BITS(0x3021, 0x3029),
	[WORD(0x4E00)] = BIT(0x4E00) | BIT(0x4E03) | BIT(0x4E09) | BIT(0x4E24), /* 一七三两 */
	[WORD(0x4E5D)] = BIT(0x4E5D), /* 九 */
	[WORD(0x4E8C)] = BIT(0x4E8C) | BIT(0x4E94), /* 二五 */
	[WORD(0x516B)] = BIT(0x516B) | BIT(0x516D), /* 八六 */
	[WORD(0x5341)] = BIT(0x5341) | BIT(0x5343), /* 十千 */
	[WORD(0x56DB)] = BIT(0x56DB), /* 四 */
	[WORD(0x767E)] = BIT(0x767E), /* 百 */
	[WORD(0x96F6)] = BIT(0x96F6), /* 零 */
};

static bool is_special(uint32_t cp)
{
	return cp >= HAN_END || (special[WORD(cp)] >> cp % 64 & 1);
}

static bool is_numeral(uint32_t cp)
{
	return cp == 0x3007 || (cp >= HAN_FIRST && cp < HAN_END && is_special(cp)); /* 〇 */
}

struct maker {
	const struct neardup_words *words;
	const struct shadow *s;
	uint32_t *id, *first;
	struct neardup_number *number;
	size_t count, room, sentences, numbers;
	/* Of the current sentence: its first code point, token and number. */
	size_t at, token, number_at;
	bool whole; /* boilerplate counts too */
	bool done;
};

/* --- blanks --- */

static uint32_t at(const struct shadow *s, size_t i)
{
	return i < s->b_count ? s->b_cp[i] : 0;
}

static bool is_blank(uint32_t cp)
{
	return (cp <= ' ' || cp >= 0x80) && cp != '\n' && utf8_is_space(cp);
}

/* Blanks beside a Han character do not count. Where the text goes on: i, or behind the
 * blanks that stand there; none stands before i. */
static size_t past_blanks(const struct shadow *s, size_t i)
{
	size_t end = i;
	bool beside_han;

	while (end < s->b_count && is_blank(s->b_cp[end]))
		end++;
	beside_han = utf8_is_han(at(s, end)) || (i > 0 && utf8_is_han(s->b_cp[i - 1]));
	return beside_han ? end : i;
}

/* What stands before the Han character at i. */
static uint32_t before(const struct shadow *s, size_t i)
{
	while (i > 0 && is_blank(s->b_cp[i - 1]))
		i--;
	return i > 0 ? s->b_cp[i - 1] : 0;
}

/* --- tokens --- */

static uint32_t mix(uint32_t h, uint32_t v)
{
	h ^= v;
	h *= 0x01000193u;
	return h ^ (h >> 15);
}

static void push(struct maker *m, uint32_t id)
{
	if (m->count == m->room)
		m->done = true;
	else
		m->id[m->count++] = id;
}

static void push_number(struct maker *m, uint32_t id)
{
	struct neardup_number number = {(uint32_t)m->count, (uint32_t)m->sentences};

	push(m, id);
	if (!m->done)
		m->number[m->numbers++] = number;
}

/* --- sentences --- */

/* Index in shadow A of code point i. */
static size_t a_of(const struct shadow *s, size_t i)
{
	return s->b_index ? s->b_index[i] : i;
}

/* As many of [from, end) of shadow A as words are long, in bytes: how many of these. What a
 * word is known by is looked at so seldom that all of a text is never made bytes of. */
static size_t bytes_at(
	const struct shadow *s, size_t from, size_t end, char out[4 * (NEARDUP_WORDS_LENGTH + 1)])
{
	size_t n = end - from;

	return normalise_encode(
		s->cp + from, n < NEARDUP_WORDS_LENGTH ? n : NEARDUP_WORDS_LENGTH, out);
}

/* Code point i is the first of a word that boilerplate is known by. A word that stands in
 * shadow A stands here as well: it holds nothing that was left out. */
static bool is_word(const struct maker *m, size_t i, size_t end, bool courtesies)
{
	char s[4 * (NEARDUP_WORDS_LENGTH + 1)];
	size_t n = bytes_at(m->s, a_of(m->s, i), a_of(m->s, end), s);

	return neardup_words_begin(s, n, courtesies);
}

/* The sentence, up to `end`, says nothing about the event. */
static bool is_idle(const struct maker *m, size_t end, size_t tokens)
{
	const struct neardup_words *words = m->words;
	const uint32_t *cp = m->s->b_cp;
	bool courtesies = tokens <= NEARDUP_COURTESY_MAX && m->numbers == m->number_at;

	if (tokens > NEARDUP_BOILERPLATE_MAX)
		return false;
	for (size_t i = m->at; i + 1 < end; i++)
		if (neardup_words_may_begin(words, cp[i], cp[i + 1]) &&
			is_word(m, i, end, courtesies))
			return true;
	return false;
}

/* Where code points of shadow A stand in its bytes. */
static size_t size_of(const struct shadow *s, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += utf8_size(s->cp[i]);
	return n;
}

/* Code point i of shadow A is in the part of a text where a list of others may begin. */
static bool is_late(const struct shadow *s, size_t i)
{
	return (double)size_of(s, i) > TAIL_FROM * (double)size_of(s, s->count);
}

/* What comes from here on belongs to other texts. */
static bool is_tail(const struct maker *m, size_t end)
{
	char s[4 * (NEARDUP_WORDS_LENGTH + 1)];
	size_t from = a_of(m->s, m->at), to = a_of(m->s, end), first = from;

	while (first < to && m->s->cp[first] < 0x80) /* blanks, brackets, bullets */
		first++;
	return first < to && neardup_words_may_tail(m->words, m->s->cp[first]) &&
	       neardup_words_begin_tail(s, bytes_at(m->s, first, to, s)) && is_late(m->s, from);
}

static void begin_sentence(struct maker *m, size_t at)
{
	m->at = at;
	m->token = m->count;
	m->number_at = m->numbers;
}

/* The sentence ended before code point i. */
static void end_sentence(struct maker *m, size_t i)
{
	size_t tokens = m->count - m->token, end = past_blanks(m->s, i);

	if (tokens > 0) {
		m->done = !m->whole && is_tail(m, end);
		if (m->done || (!m->whole && is_idle(m, end, tokens))) {
			m->count = m->token;
			m->numbers = m->number_at;
		} else {
			m->first[m->sentences++] = (uint32_t)m->token;
		}
	}
	begin_sentence(m, end);
}

static bool ends_sentence(uint32_t cp)
{
	return cp == '\n' || cp == 0x3002 || cp == '!' || cp == '?' || cp == ';';
}

/* --- numbers --- */

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool is_in_number(const struct shadow *s, size_t from, size_t i)
{
	uint32_t cp = at(s, i);

	return is_digit(cp) || ((cp == '.' || cp == ',') && i > from && is_digit(at(s, i + 1)));
}

/* "1,234.5" is one number; the length in code points. */
static size_t number_at(const struct shadow *s, size_t from, uint32_t *id)
{
	size_t i = from;
	uint32_t h = 0x811C9DC5u;
	bool leading = true;

	for (; is_in_number(s, from, i); i++) {
		uint32_t cp = s->b_cp[i];
		/* 06月 and 6月 are one month. */
		if (cp == ',' || (leading && cp == '0' && is_digit(at(s, i + 1))))
			continue;
		leading = false;
		h = mix(h, cp);
	}
	*id = h | HASHED;
	return i - from;
}

static bool is_counted(uint32_t cp)
{
	static const uint32_t units[] = {0x4EBA, 0x540D, 0x8D77, 0x4F8B, 0x6279, 0x671F, 0x6B21,
		0x53F7, 0x6708, 0x65E5, 0x5E74, 0x65F6, 0x6237, 0x5C81, 0x5C4A, 0x6761, 0x6B7B,
		0x4F24}; /* 人名起例批期次号月日年时户岁届条死伤 */

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (units[i] == cp)
			return true;
	return false;
}

/* The token of a number: as if it were written in digits. */
static uint32_t number_id(int64_t value)
{
	uint32_t h = 0x811C9DC5u;
	int64_t power = 1;

	while (power <= value / 10)
		power *= 10;
	for (; power; power /= 10)
		h = mix(h, '0' + (uint32_t)(value / power % 10));
	return h | HASHED;
}

/* Han numerals that stand for a number, as the token of that number; else 0. */
static size_t han_number_at(const struct shadow *s, size_t from, uint32_t *id)
{
	uint32_t run[NUMERALS_LOOK];
	size_t n = 0, end = from, next = from;
	int64_t value;

	while (n < NUMERALS_LOOK && is_numeral(at(s, next))) {
		run[n++] = s->b_cp[next];
		end = next + 1;
		next = past_blanks(s, end);
	}
	if (n == 0 || !(is_counted(at(s, next)) || before(s, from) == HAN_DI) ||
		!numerals_han(run, n, &value) || value == 0 || value > NUMBER_MAX)
		return 0;
	*id = number_id(value);
	return end - from;
}

/* --- the rest --- */

static size_t word_at(const struct shadow *s, size_t from, uint32_t *id)
{
	size_t i = from;
	uint32_t h = 0x9E3779B9u;

	for (; i < s->b_count && s->b_cp[i] >= 'a' && s->b_cp[i] <= 'z'; i++)
		h = mix(h, s->b_cp[i]);
	*id = h | HASHED;
	return i - from;
}

/* The length of a tag or a character reference that stands at `from`, or 0. */
static size_t markup_at(const struct shadow *s, size_t from)
{
	uint32_t open = s->b_cp[from], next = at(s, from + 1);
	uint32_t close = open == '<' ? '>' : ';';
	size_t max = open == '<' ? TAG_MAX : REFERENCE_MAX, i = from + 1;

	if ((open != '<' && open != '&') ||
		!((next >= 'a' && next <= 'z') || next == '/' || next == '#'))
		return 0;
	for (size_t n = 0; n < max && i < s->b_count; n++) {
		if (s->b_cp[i] == close)
			return i - from + 1;
		i = is_blank(s->b_cp[i]) ? i + 1 : past_blanks(s, i + 1);
	}
	return 0;
}

/* Whether a character by itself is a token: Han, kana, hangul and their like. */
static bool is_token(uint32_t cp)
{
	return utf8_is_han(cp) || (cp >= 0x3040 && !utf8_is_space(cp) && cp < 0xE000);
}

/* The length of the number, word or character that stands at i. */
static size_t take_token(struct maker *m, size_t i)
{
	uint32_t cp = m->s->b_cp[i], id;
	size_t n = is_digit(cp) ? number_at(m->s, i, &id) : han_number_at(m->s, i, &id);

	if (n) {
		push_number(m, id);
		return n;
	}
	n = word_at(m->s, i, &id);
	if (n)
		push(m, id);
	else if (is_token(cp))
		push(m, cp);
	return n ? n : 1;
}

static size_t take_special(struct maker *m, size_t i)
{
	const struct shadow *s = m->s;
	size_t n;

	if (ends_sentence(s->b_cp[i])) {
		end_sentence(m, i + 1);
		return 1;
	}
	n = markup_at(s, i);
	if (!n)
		return take_token(m, i);
	if (s->b_cp[i] == '<' && at(s, i + 1) != 's' && at(s, i + 2) != 's')
		end_sentence(m, i + n); /* not <strong>, </strong>, <span> */
	return n;
}

/* How many characters from i on are not special: nearly all of a text. They are told apart
 * without a jump. */
static size_t take_plain(struct maker *m, size_t i)
{
	const uint32_t *cp = m->s->b_cp + i;
	uint32_t *id = m->id + m->count;
	size_t n = 0, tokens = 0, max = m->s->b_count - i, room = m->room - m->count;

	if (max > room)
		max = room;
	for (; n < max && !is_special(cp[n]); n++) {
		id[tokens] = cp[n];
		tokens += cp[n] >= TOKENS_FIRST;
	}
	m->count += tokens;
	return n;
}

static void take_all(struct maker *m)
{
	m->count = m->sentences = m->numbers = 0;
	m->done = false;
	begin_sentence(m, 0);
	for (size_t i = 0; i < m->s->b_count && !m->done;) {
		size_t n = take_plain(m, i);
		i += n ? n : take_special(m, i);
	}
	if (!m->done)
		end_sentence(m, m->s->b_count);
	if (m->count > m->token) /* cut off in a sentence */
		m->first[m->sentences++] = (uint32_t)m->token;
	m->first[m->sentences] = (uint32_t)m->count;
}

enum err_code neardup_text_read(const struct neardup_words *w, const struct shadow *s,
	struct arena *a, struct neardup_text *out, struct err *e)
{
	struct maker m = {.words = w, .s = s};

	m.room = s->b_count < NEARDUP_TOKENS_MAX ? s->b_count + 1 : NEARDUP_TOKENS_MAX;
	m.id = arena_room(a, m.room, sizeof *m.id);
	m.first = arena_room(a, m.room + 1, sizeof *m.first);
	m.number = arena_room(a, m.room, sizeof *m.number);
	if (!m.id || !m.first || !m.number)
		return err_nomem(e);
	take_all(&m);
	if (m.count == 0) { /* nothing but boilerplate: then that is the text */
		m.whole = true;
		take_all(&m);
	}
	*out = (struct neardup_text){m.id, m.count, m.first, m.sentences, m.number, m.numbers};
	return ERR_OK;
}
