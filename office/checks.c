/*
 * checks.c - signs in the words of an answer: slogans, reposts, off topic.
 */
#include "office/checks.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define GRAM 4 /* characters a piece */
#define GRAMS_MAX ((size_t)200000)

/* What a unit does when it acts, rather than what it feels. */
static const char *const measures[] = {"责令", "整改", "发放", "赔偿", "立案", "处罚", "罚款",
	"停工", "查封", "扣押", "维修", "更换", "退还", "退款", "核实", "核查", "约谈", "追回",
	"兑付", "安置", "修复", "清运", "关停", "抢修", "到账", "拨付", "进驻", "督促", "补发",
	"垫付", "复查", "检测", "抽检", "召回", "下架", "拆除", "清理", "封堵", "改造", "移送",
	"免职", "停职", "清退", "补偿", "公示", "巡查", "排查", "协调", "开工", "复工", "通车",
	"供水", "送水", "加装", "硬化", "绿化"};
static const char *const results[] = {"已全部", "已发放", "已整改", "已办结", "已完成", "已到账",
	"已修复", "已退还", "已结清", "已拆除", "已处罚", "已恢复", "已解决"};
static const char *const denials[] = {"不实", "谣言", "辟谣", "误读", "不属实", "与事实不符"};
static const char *const apologies[] = {"致歉", "道歉", "歉意"};

static const char *const kinds[] = {"fact", "measure", "result", "apology", "clarification"};

#define HAS(text, list) has_any(text, list, sizeof(list) / sizeof *(list))

static bool has_any(const char *text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strstr(text, list[i]))
			return true;
	}
	return false;
}

bool checks_is_kind(const char *kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kind, kinds[i]) == 0)
			return true;
	}
	return false;
}

const char *checks_guess_kind(const char *text)
{
	if (HAS(text, denials))
		return "clarification";
	if (HAS(text, results))
		return "result";
	if (HAS(text, measures))
		return "measure";
	return HAS(text, apologies) ? "apology" : "fact";
}

/* ASCII and full-width digits; Chinese numerals occur in every slogan (一定, 三个). */
static bool has_number(const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p >= '0' && *p <= '9')
			return true;
		if (strncmp(p, "\xEF\xBC", 2) == 0 && (unsigned char)p[2] >= 0x90 &&
			(unsigned char)p[2] <= 0x99)
			return true;
	}
	return false;
}

static bool names_unit(const char *text, const struct units *units)
{
	for (size_t i = 0; units && i < units_count(units); i++) {
		const struct unit *u = units_at(units, i);
		if (strstr(text, u->name) || (u->full && strstr(text, u->full)))
			return true;
	}
	return false;
}

bool checks_is_slogan(const char *text, const struct units *units)
{
	return !has_number(text) && !HAS(text, measures) && !HAS(text, results) &&
	       !names_unit(text, units);
}

/* --- pieces of text --- */

struct checks_grams {
	uint64_t *list; /* sorted, distinct */
	size_t count;
};

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Letters, digits and Han carry meaning here; everything else is left out. */
static bool counts(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
		       (cp >= 'A' && cp <= 'Z');
	return utf8_is_han(cp);
}

/* The last `width` characters as one number (21 bits each fit three; four are mixed). */
static uint64_t mix(const uint32_t *window, int width)
{
	uint64_t h = 1469598103934665603u;

	for (int i = 0; i < width; i++)
		h = (h ^ window[i]) * 1099511628211u;
	return h;
}

/* Calls for every piece of `width` neighbouring characters; false stops. */
static void each_gram(
	const char *text, int width, bool (*each)(void *data, uint64_t gram), void *data)
{
	uint32_t window[GRAM] = {0};
	size_t n = strlen(text), len;
	int filled = 0;

	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = utf8_decode(text + i, n - i, &len);
		if (cp == UTF8_BAD || !counts(cp))
			continue;
		memmove(window, window + 1, sizeof window - sizeof *window);
		window[GRAM - 1] = cp;
		if (++filled >= width && !each(data, mix(window + GRAM - width, width)))
			return;
	}
}

static bool collect(void *data, uint64_t gram)
{
	struct checks_grams *g = data;

	if (g->count >= GRAMS_MAX)
		return false;
	g->list[g->count++] = gram;
	return true;
}

static struct checks_grams *grams_of(const char *text, int width)
{
	struct checks_grams *g = calloc(1, sizeof *g);
	size_t room = strlen(text) + 1, kept = 0;

	if (!g)
		return NULL;
	g->list = calloc(room < GRAMS_MAX ? room : GRAMS_MAX, sizeof *g->list);
	if (!g->list) {
		free(g);
		return NULL;
	}
	each_gram(text, width, collect, g);
	qsort(g->list, g->count, sizeof *g->list, by_value);
	for (size_t i = 0; i < g->count; i++) {
		if (!kept || g->list[kept - 1] != g->list[i])
			g->list[kept++] = g->list[i];
	}
	g->count = kept;
	return g;
}

struct checks_grams *checks_grams_new(const char *text)
{
	return grams_of(text, GRAM);
}

void checks_grams_free(struct checks_grams *g)
{
	if (!g)
		return;
	free(g->list);
	free(g);
}

size_t checks_grams_count(const struct checks_grams *g)
{
	return g->count;
}

/* Pieces of `g` that the other text has. */
static size_t common(const struct checks_grams *g, const char *text, int width)
{
	struct checks_grams *other = grams_of(text, width);
	size_t same = 0;

	for (size_t i = 0, k = 0; other && i < g->count && k < other->count;) {
		if (g->list[i] == other->list[k]) {
			same++;
			i++;
			k++;
		} else if (g->list[i] < other->list[k]) {
			i++;
		} else {
			k++;
		}
	}
	checks_grams_free(other);
	return same;
}

double checks_share_in(const struct checks_grams *g, const char *text)
{
	if (g->count < CHECKS_GRAMS_MIN || strlen(text) < g->count)
		return 0;
	return (double)common(g, text, GRAM) / (double)g->count;
}

bool checks_is_off_topic(const char *text, const char *title, const char *about)
{
	struct checks_grams *g = grams_of(text, 2);
	size_t same = 0, in_title = 0;
	bool off;

	if (!g)
		return false;
	if (title)
		in_title = common(g, title, 2);
	if (about)
		same = common(g, about, 2);
	off = g->count >= 8 && in_title < 1 && same < 3 && (title || about);
	checks_grams_free(g);
	return off;
}
