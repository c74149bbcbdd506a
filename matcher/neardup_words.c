/*
 * neardup_words.c - what sites put round any text.
 *
 * All words are in shadow A and begin with two Han characters of three bytes each.
 */
#include "matcher/neardup_words.h"

#include <string.h>

#define PAIR_SIZE 6 /* bytes of the first two characters */

static const char *const boilerplate[] = {"原标题", "责任编辑", "责编",
	"编辑:", "审核:", "校对:", "监制:", "终审:", "来源:", "来源于网络", "稿源", "版权声明",
	"版权所有", "请勿转载", "谢绝转载", "不得转载", "转载请", "转载自", "免责声明", "扫一扫",
	"扫码", "二维码", "关注公众号", "微信公众号", "下载客户端", "返回首页", "上一篇", "下一篇",
	"相关阅读", "相关链接", "相关新闻", "推荐阅读", "延伸阅读", "浏览次数", "阅读数", "点击量",
	"不代表本", "欢迎投稿", "分享到", "不良信息举报", "虚假记载", "误导性陈述", "未经授权",
	"更多精彩", "新闻热线", "字号:", "打印本页"};

static const char *const courtesies[] = {"特此公告", "特此通知", "特此回复", "敬请谅解", "感谢您对",
	"您的来信已收悉", "您的留言已收悉", "现将有关情况回复如下"};

/* What follows a line that begins so, in the later part of a text, belongs to other texts. */
static const char *const tails[] = {"相关阅读", "相关链接", "相关新闻", "相关报道", "推荐阅读",
	"延伸阅读", "相关推荐", "推荐新闻", "热点推荐", "精彩推荐", "编辑推荐", "为您推荐",
	"图片推荐", "大家都在看", "今日热点", "更多新闻", "热门", "猜你喜欢", "往期", "上一篇",
	"下一篇", "最新新闻"};

#define COUNT(words) (sizeof(words) / sizeof *(words))

/* --- the filters --- */

static uint32_t han_of(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	return (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
}

static void add_pairs(struct neardup_words *w, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t pair = neardup_words_pair(han_of(words[i]), han_of(words[i] + 3));
		w->pair[pair / 64] |= UINT64_C(1) << pair % 64;
	}
}

static uint64_t tail_bit(const char *s)
{
	return UINT64_C(1) << ((unsigned char)s[2] & 0x3F);
}

void neardup_words_init(struct neardup_words *w)
{
	memset(w, 0, sizeof *w);
	add_pairs(w, boilerplate, COUNT(boilerplate));
	add_pairs(w, courtesies, COUNT(courtesies));
	for (size_t i = 0; i < COUNT(tails); i++)
		w->tail |= tail_bit(tails[i]);
}

/* --- the words themselves --- */

static bool begins_with_one(const char *const *words, size_t count, const char *s, size_t n)
{
	if (n < PAIR_SIZE)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (memcmp(s, words[i], PAIR_SIZE) != 0)
			continue;
		size_t size = strlen(words[i]);
		if (size <= n && memcmp(s, words[i], size) == 0)
			return true;
	}
	return false;
}

bool neardup_words_begin(const char *s, size_t n, bool courtesies_too)
{
	return begins_with_one(boilerplate, COUNT(boilerplate), s, n) ||
	       (courtesies_too && begins_with_one(courtesies, COUNT(courtesies), s, n));
}

bool neardup_words_begin_tail(const char *s, size_t n)
{
	return begins_with_one(tails, COUNT(tails), s, n);
}
