/*
 * neardup_text.c - from a text to the tokens that are compared.
 */
#include "matcher/neardup_text.h"

#include <string.h>

#include "base/utf8.h"
#include "matcher/numerals.h"

#define TAG_MAX 300 /* code points between < and > */
#define HASHED 0x80000000u
#define NUMBER_MAX 99999 /* largest number read from Han numerals */

/* Sentences that sites put round any text. A sentence that holds one of these and has at
 * most BOILERPLATE_MAX tokens says nothing about the event. In shadow A. */
#define BOILERPLATE_MAX 48
static const char *const boilerplate[] = {"原标题", "责任编辑", "责编",
	"编辑:", "审核:", "校对:", "监制:", "终审:", "来源:", "来源于网络", "稿源", "版权声明",
	"版权所有", "请勿转载", "谢绝转载", "不得转载", "转载请", "转载自", "免责声明", "扫一扫",
	"扫码", "二维码", "关注公众号", "微信公众号", "下载客户端", "返回首页", "上一篇", "下一篇",
	"相关阅读", "相关链接", "相关新闻", "推荐阅读", "延伸阅读", "浏览次数", "阅读数", "点击量",
	"不代表本", "欢迎投稿", "分享到", "不良信息举报", "虚假记载", "误导性陈述", "未经授权",
	"更多精彩", "新闻热线", "字号:", "打印本页"};

/* Courtesies of notices and replies. They often close the very sentence that says what is
 * shut off, where and when: only a short sentence without a number is nothing else. */
#define COURTESY_MAX 20
static const char *const courtesies[] = {"特此公告", "特此通知", "特此回复", "敬请谅解", "感谢您对",
	"您的来信已收悉", "您的留言已收悉", "现将有关情况回复如下"};

/* What follows a line that begins so, in the later part of a text, belongs to other texts. */
static const char *const tails[] = {"相关阅读", "相关链接", "相关新闻", "相关报道", "推荐阅读",
	"延伸阅读", "相关推荐", "推荐新闻", "热点推荐", "精彩推荐", "编辑推荐", "为您推荐",
	"图片推荐", "大家都在看", "今日热点", "更多新闻", "热门", "猜你喜欢", "往期", "上一篇",
	"下一篇", "最新新闻"};
#define TAIL_FROM 0.3 /* share of the text that must stand before it */

/* Words, and where one may begin, by the first character: a Bloom filter of one bit a
 * word, over its second and third byte (all begin with a Han character, of three bytes). A
 * sentence seldom has one of them, and looking for every word in it would cost more than all
 * the rest of a text. */
#define FIRST_BITS 4096

struct firsts {
	const char *const *words;
	size_t count;
	uint64_t bit[FIRST_BITS / 64];
};

/* Shadow B without blanks beside Han characters. */
struct compact {
	const char *bytes; /* of shadow A */
	uint32_t *cp, *byte; /* code points, and where each stands in bytes; byte[count]: the end */
	size_t count;
};

struct maker {
	const struct compact *s;
	struct firsts boilerplate, courtesies;
	struct neardup_token *token;
	size_t count, room;
	uint32_t sentence;
	size_t sentence_byte; /* where the current sentence begins */
	size_t sentence_token;
	bool whole; /* boilerplate counts too */
	bool done;
};

static uint32_t mix(uint32_t h, uint32_t v)
{
	h ^= v;
	h *= 0x01000193u;
	return h ^ (h >> 15);
}

static void push(struct maker *m, uint32_t id, enum neardup_kind kind)
{
	if (m->count == m->room) {
		m->done = true;
		return;
	}
	m->token[m->count].id = id;
	m->token[m->count].kind = kind;
	m->token[m->count].sentence = m->sentence;
	m->count++;
}

/* --- sentences --- */

static size_t first_of(const char *s)
{
	return (size_t)((unsigned char)s[1] & 0x3F) << 6 | ((unsigned char)s[2] & 0x3F);
}

static void firsts_init(struct firsts *f, const char *const *words, size_t count)
{
	memset(f, 0, sizeof *f);
	f->words = words;
	f->count = count;
	for (size_t i = 0; i < count; i++) {
		size_t at = first_of(words[i]);
		f->bit[at / 64] |= UINT64_C(1) << at % 64;
	}
}

static bool may_begin(const struct firsts *f, const char *s)
{
	size_t at = first_of(s);

	return f->bit[at / 64] >> at % 64 & 1;
}

static bool begins_word(const struct firsts *f, const char *s, size_t n)
{
	for (size_t i = 0; i < f->count; i++) {
		size_t size = strlen(f->words[i]);
		if (size <= n && memcmp(s, f->words[i], size) == 0)
			return true;
	}
	return false;
}

static bool holds_word(const struct firsts *f, const char *s, size_t n)
{
	for (size_t i = 0; i + 3 <= n; i += (unsigned char)s[i] >= 0xE0 ? 3 : 1)
		if ((unsigned char)s[i] >= 0xE0 && may_begin(f, s + i) &&
			begins_word(f, s + i, n - i))
			return true;
	return false;
}

static bool has_number(const struct neardup_token *token, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (token[i].kind == NEARDUP_NUMBER)
			return true;
	return false;
}

/* Says nothing about the event. */
static bool is_idle(const struct maker *m, const char *s, size_t n,
	const struct neardup_token *token, size_t tokens)
{
	if (tokens <= BOILERPLATE_MAX && holds_word(&m->boilerplate, s, n))
		return true;
	return tokens <= COURTESY_MAX && !has_number(token, tokens) &&
	       holds_word(&m->courtesies, s, n);
}

static bool begins_tail(const char *s, size_t n)
{
	while (n > 0 && (unsigned char)*s < 0x80) { /* blanks, brackets, bullets */
		s++;
		n--;
	}
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
		if (n >= strlen(tails[i]) && memcmp(s, tails[i], strlen(tails[i])) == 0)
			return true;
	return false;
}

/* The sentence ended before code point `at` of the shadow. */
static void end_sentence(struct maker *m, size_t at)
{
	size_t end = m->s->byte[at];
	const char *text = m->s->bytes + m->sentence_byte;
	size_t n = end - m->sentence_byte, tokens = m->count - m->sentence_token;

	if (tokens > 0) {
		if (!m->whole &&
			(double)m->sentence_byte > TAIL_FROM * (double)m->s->byte[m->s->count] &&
			begins_tail(text, n))
			m->done = true;
		if (m->done ||
			(!m->whole && is_idle(m, text, n, m->token + m->sentence_token, tokens)))
			m->count = m->sentence_token;
		else
			m->sentence++;
	}
	m->sentence_byte = end;
	m->sentence_token = m->count;
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

static uint32_t at(const struct compact *s, size_t i)
{
	return i < s->count ? s->cp[i] : 0;
}

/* "1,234.5" is one number; the length in code points. */
static size_t number_at(const struct compact *s, size_t from, uint32_t *id)
{
	size_t i = from;
	uint32_t h = 0x811C9DC5u;
	bool leading = true;

	for (; is_digit(at(s, i)) ||
		((at(s, i) == '.' || at(s, i) == ',') && is_digit(at(s, i + 1)) && i > from);
		i++) {
		if (at(s, i) == ',')
			continue;
		/* 06月 and 6月 are one month. */
		if (leading && at(s, i) == '0' && is_digit(at(s, i + 1)))
			continue;
		leading = false;
		h = mix(h, at(s, i));
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

/* Han numerals that stand for a number, as the token of that number; else 0. */
static size_t han_number_at(const struct compact *s, size_t from, uint32_t *id)
{
	uint32_t h = 0x811C9DC5u;
	int64_t value, power = 1;
	size_t n = numerals_han(s->cp + from, s->count - from, &value);

	if (n == 0 || value == 0 || value > NUMBER_MAX ||
		!(is_counted(at(s, from + n)) || (from > 0 && s->cp[from - 1] == 0x7B2C)))
		return 0;
	while (power <= value / 10)
		power *= 10;
	for (; power; power /= 10)
		h = mix(h, '0' + (uint32_t)(value / power % 10));
	*id = h | HASHED;
	return n;
}

/* --- the rest --- */

static size_t word_at(const struct compact *s, size_t from, uint32_t *id)
{
	size_t i = from;
	uint32_t h = 0x9E3779B9u;

	for (; i < s->count && s->cp[i] >= 'a' && s->cp[i] <= 'z'; i++)
		h = mix(h, s->cp[i]);
	*id = h | HASHED;
	return i - from;
}

/* The length of a tag or a character reference that stands at `from`, or 0. */
static size_t markup_at(const struct compact *s, size_t from)
{
	uint32_t open = at(s, from), next = at(s, from + 1);
	uint32_t close = open == '<' ? '>' : ';';
	size_t max = open == '<' ? TAG_MAX : 10;

	if ((open != '<' && open != '&') ||
		!((next >= 'a' && next <= 'z') || next == '/' || next == '#'))
		return 0;
	for (size_t i = from + 1; i < s->count && i - from <= max; i++)
		if (s->cp[i] == close)
			return i - from + 1;
	return 0;
}

static size_t take_one(struct maker *m, size_t i)
{
	const struct compact *s = m->s;
	uint32_t cp = s->cp[i], id;
	size_t n = markup_at(s, i);

	if (n) {
		if (cp == '<' && at(s, i + 1) != 's' && at(s, i + 2) != 's')
			end_sentence(m, i + n); /* not <strong>, </strong>, <span> */
		return n;
	}
	if (ends_sentence(cp)) {
		end_sentence(m, i + 1);
		return 1;
	}
	n = is_digit(cp) ? number_at(s, i, &id) : han_number_at(s, i, &id);
	if (n) {
		push(m, id, NEARDUP_NUMBER);
		return n;
	}
	n = word_at(s, i, &id);
	if (n)
		push(m, id, NEARDUP_WORD);
	else if (utf8_is_han(cp) || (cp >= 0x3040 && !utf8_is_space(cp) && cp < 0xE000))
		push(m, cp, NEARDUP_HAN);
	return n ? n : 1;
}

static void take_all(struct maker *m)
{
	m->count = m->sentence_token = m->sentence_byte = 0;
	m->sentence = 0;
	m->done = false;
	for (size_t i = 0; i < m->s->count && !m->done;)
		i += take_one(m, i);
	if (!m->done)
		end_sentence(m, m->s->count);
}

static bool is_blank(uint32_t cp)
{
	return cp != '\n' && utf8_is_space(cp);
}

/* What comes after the blanks at i. */
static uint32_t after_blanks(const struct shadow *s, size_t i)
{
	while (i < s->b_count && is_blank(s->b_cp[i]))
		i++;
	return i < s->b_count ? s->b_cp[i] : 0;
}

static enum err_code compact(
	const struct shadow *s, struct arena *a, struct compact *out, struct err *e)
{
	uint32_t next = 0;

	out->bytes = s->bytes;
	out->cp = arena_array(a, s->b_count + 1, sizeof *out->cp);
	out->byte = arena_array(a, s->b_count + 1, sizeof *out->byte);
	if (!out->cp || !out->byte)
		return err_nomem(e);
	for (size_t i = 0; i < s->b_count; i++) {
		uint32_t cp = s->b_cp[i];
		if (is_blank(cp)) {
			if (i == 0 || !is_blank(s->b_cp[i - 1]))
				next = after_blanks(s, i);
			if (utf8_is_han(next) ||
				(out->count && utf8_is_han(out->cp[out->count - 1])))
				continue;
		}
		out->byte[out->count] = s->byte[s->b_index[i]];
		out->cp[out->count++] = cp;
	}
	out->byte[out->count] = (uint32_t)s->size;
	return ERR_OK;
}

enum err_code neardup_prepare(const struct normalise_table *t, const char *s, size_t n,
	struct arena *a, const struct neardup_text **out, struct err *e)
{
	struct neardup_text *text = arena_alloc(a, sizeof *text);
	struct shadow shadow;
	struct compact body = {0};
	struct maker m = {.s = &body};
	enum err_code rc = text ? normalise_text(t, s, n, a, &shadow, e) : err_nomem(e);

	if (!rc)
		rc = compact(&shadow, a, &body, e);
	if (rc)
		return rc;
	m.room = body.count < NEARDUP_TOKENS_MAX ? body.count + 1 : NEARDUP_TOKENS_MAX;
	m.token = arena_array(a, m.room, sizeof *m.token);
	if (!m.token)
		return err_nomem(e);
	firsts_init(&m.boilerplate, boilerplate, sizeof boilerplate / sizeof *boilerplate);
	firsts_init(&m.courtesies, courtesies, sizeof courtesies / sizeof *courtesies);
	take_all(&m);
	if (m.count == 0) { /* nothing but boilerplate: then that is the text */
		m.whole = true;
		take_all(&m);
	}
	text->token = m.token;
	text->count = m.count;
	text->sentences = m.sentence + 1;
	*out = text;
	return ERR_OK;
}

size_t neardup_size(const struct neardup_text *t)
{
	return t->count;
}
