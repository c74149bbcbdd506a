/*
 * article_furniture.c - lines within a text that are none of it: buttons, counters, credits,
 * heads, what a site says of itself and asks of its readers.
 *
 * Told by their words alone, whatever holds them. Most such lines are short; a long one is
 * only taken when more than one sign speaks.
 */
#include <string.h>

#include "base/utf8.h"
#include "crawler/article_private.h"

#define CALL_CHARS_MAX 80
#define CREDIT_CHARS_MAX 12 /* with a blank and no colon */
#define LINE_MAX_NOISE 40 /* characters: a longer line is never taken for a label */
#define INDEX_LABELS 2 /* of a line of what an office files a paper under */
#define HEAD_LABELS 2 /* of source, author, counts: a longer line with a date is a head */

bool article_begins_with(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_has_prefix(s, *words))
			return true;
	return false;
}

int article_count_held(struct str s, const char *const *words)
{
	int n = 0;

	for (; *words; words++)
		n += str_find(s, *words, 0) < s.n;
	return n;
}

/* "【1】【2】", "1 2 3": the numbers of an article's pages. */
static bool is_paging(struct str line)
{
	bool digit = false;

	for (size_t len; line.n; line = str_sub(line, len, line.n)) {
		uint32_t cp = utf8_decode(line.p, line.n, &len);
		digit = digit || (cp >= '0' && cp <= '9');
		if (!(cp >= '0' && cp <= '9') && !utf8_is_space(cp) && cp != '[' && cp != ']' &&
			cp != 0x3010 && cp != 0x3011)
			return false;
	}
	return digit;
}

static struct str without_opening(struct str s)
{
	static const char *const marks[] = {"（", "(", "【", "[", "［", NULL};

	for (size_t i = 0; marks[i]; i++)
		if (str_has_prefix(s, marks[i]))
			return str_trim(str_sub(s, strlen(marks[i]), s.n));
	return s;
}

/* "【打印】【关闭】", "分享 收藏 点赞": the buttons at the beginning of a line. */
static struct str skip_buttons(struct str s, bool *any)
{
	static const char *const words[] = {"打印本页", "打印", "关闭窗口", "关闭本页", "关闭",
		"收藏此页", "收藏", "分享", "点赞", "赞", "我要纠错", "纠错", "返回顶部",
		"点击进入专题", "点击进入", "在看", "转发", "上一页", "下一页", "上一张", "下一张",
		"首页", "尾页", "字体", "字号", "大", "中", "小", NULL};
	static const char *const between[] = {"【", "】", "[", "]", "［", "］", "（", "）", "(",
		")", "|", "·", "/", ":", "：", "、", " ", "\xC2\xA0", "\xE3\x80\x80", NULL};

	for (size_t n = 1; s.n && n; s = str_sub(s, n, s.n)) {
		n = 0;
		for (size_t i = 0; between[i] && !n; i++)
			n = str_has_prefix(s, between[i]) ? strlen(between[i]) : 0;
		if (!n && str_is_digit((unsigned char)s.p[0]))
			n = 1; /* how many have pressed it; which of how many it is */
		for (size_t i = 0; words[i] && !n; i++) {
			n = str_has_prefix(s, words[i]) ? strlen(words[i]) : 0;
			*any = *any || n;
		}
	}
	return s;
}

static bool is_button_alone(struct str line)
{
	static const char *const words[] = {"图集", "正文", "参与互动", "举报", "收藏", "加载更多",
		"阅读全文", "阅读原文", "查看原文", "展开全文", "返回列表", NULL};

	return article_is_one_of(line, words);
}

/* "索引号：… | 发布机构：… | 发文日期：…" */
static bool is_filed_under(struct str line)
{
	static const char *const index[] = {"索引号", "索 引 号", "发布机构", "发文机关",
		"发文日期", "发布日期", "成文日期", "生成日期", "主题分类", "主题词", "发文字号",
		"公开形式", "公开方式", NULL};

	return article_begins_with(line, index) &&
	       article_count_held(line, index) >= INDEX_LABELS && str_find(line, "。", 0) == line.n;
}

/* "2楼 发表于 2026-11-20 15:32 只看该作者" */
static bool is_head_of_post(struct str line, bool dated)
{
	static const char *const signs[] = {"发表于", "只看该作者", "只看楼主", "楼主", NULL};
	size_t n = 0;

	while (n < line.n && str_is_digit((unsigned char)line.p[n]))
		n++;
	bool floor = n && str_has_prefix(str_sub(line, n, line.n), "楼");
	return dated && str_find(line, "。", 0) == line.n &&
	       (floor ? article_count_held(line, signs) > 0 : article_begins_with(line, signs));
}

/* "阅读：1233 次", "浏览[12]" */
static bool is_counter(struct str line)
{
	static const char *const words[] = {"阅读", "浏览", "点击", "访问", "人气", "查看", "围观",
		"热度", "评论", "点赞", NULL};
	static const char *const between[] = {
		"人次", "次数", "数", "量", "次", "：", ":", "[", "]", "(", ")", "（", "）", NULL};
	bool digit = false;

	if (!article_begins_with(line, words))
		return false;
	line = str_sub(line, strlen(words[0]), line.n);
	for (size_t n = 1; line.n && n; line = str_sub(line, n, line.n)) {
		n = str_is_digit((unsigned char)line.p[0]) || line.p[0] == ' ';
		digit = digit || str_is_digit((unsigned char)line.p[0]);
		for (size_t i = 0; between[i] && !n; i++)
			n = str_has_prefix(line, between[i]) ? strlen(between[i]) : 0;
	}
	return digit && line.n == 0;
}

/* "免责声明：本站…", of any length: the site speaks of itself. */
static bool is_disclaimer(struct str line)
{
	static const char *const opens[] = {"免责声明", "版权声明", "特别声明", "平台声明",
		"郑重声明", "本网声明", "转载声明", "网站声明", "声明：", "声明:", NULL};
	static const char *const signs[] = {
		"本站", "本网", "平台", "转载", "版权", "观点", "作者", "侵权", "侵犯", NULL};

	return article_begins_with(without_opening(line), opens) &&
	       article_count_held(line, signs) > 0;
}

/* "编辑丨王某", "审核：赵某": who made the page. */
static bool is_credit(struct str line)
{
	static const char *const roles[] = {"责任编辑", "执行编辑", "值班编辑", "图片编辑", "编辑",
		"责编", "美编", "编审", "主编", "审核", "审稿", "初审", "复审", "终审", "一审",
		"二审", "三审", "校对", "监制", "总监制", "签发", "供稿", "撰稿", "排版", "制作",
		"统筹", "策划", "出品", "值班主任", "执行主编", NULL};
	static const char *const behind[] = {"：", ":", "丨", "｜", "|", "/", "／", NULL};
	bool is_short = utf8_count(line.p, line.n) <= CREDIT_CHARS_MAX;

	for (size_t i = 0; roles[i]; i++) {
		struct str rest = str_sub(line, strlen(roles[i]), line.n);
		struct str bare = str_trim(rest);
		if (str_has_prefix(line, roles[i]) &&
			((is_short && bare.n < rest.n) || article_begins_with(bare, behind)))
			return str_find(line, "。", 0) == line.n;
	}
	return false;
}

/* "更多精彩内容，请下载客户端", "原文链接：http://…", "…原创文章，转载请注明出处": what the site
 * asks of its readers. */
static bool is_call(struct str line)
{
	static const char *const opens[] = {"更多精彩", "更多内容请", "长按识别", "长按二维码",
		"扫码", "扫描二维码", "打开APP", "打开客户端", "下载客户端", "点击下载", "未经授权",
		"未经许可", "欢迎关注", "点击上方", "点击蓝字", "点击下方", "关注我们", "看完本文",
		NULL};
	static const char *const links[] = {
		"本文链接", "本文地址", "原文链接", "原文地址", "文章链接", NULL};
	static const char *const asks[] = {"转载请注明", "转载请附上", "转载请标明", "转载须注明",
		"禁止转载", "严禁转载", "谢绝转载", "不得转载", NULL};
	size_t chars = utf8_count(line.p, line.n);

	if (article_begins_with(line, links))
		return str_find(line, "http", 0) < line.n;
	return chars <= CALL_CHARS_MAX &&
	       (article_count_held(line, asks) > 0 ||
		       (article_begins_with(line, opens) && str_find(line, "。", 0) == line.n));
}

/* A line that opens what the site adds below an article. */
bool article_begins_appendix(struct str line)
{
	static const char *const heads[] = {"热门推荐", "相关阅读", "相关新闻", "推荐阅读",
		"延伸阅读", "相关文章", "相关推荐", "相关链接", "更多精彩", "更多新闻", "网友评论",
		"最新评论", "热门评论", "猜你喜欢", "大家都在看", "为您推荐", "热点新闻",
		"编辑推荐", "精彩推荐", "热评论", "全部评论", "相关报道", "相关评论", "相关日志",
		"相关资讯", "相关信息", "相关专题", "相关视频", "推荐内容", "推荐资讯", "热门文章",
		"最新资讯", "点击排行", "网友回复", "全部回复", "共享此文章", "相关组图",
		"相关图集", "相关图片", "相关稿件", "相关文档", NULL};
	struct str s = line;

	while (s.n && str_is_digit((unsigned char)s.p[s.n - 1]))
		s = str_trim(str_sub(s, 0, s.n - 1)); /* how many there are */
	if (str_has_suffix(s, "：") || str_has_suffix(s, ":"))
		s = str_sub(s, 0, s.n - (str_has_suffix(s, ":") ? 1 : 3));
	return article_is_one_of(s, heads);
}

/* "责任编辑：…", "上一篇：…": the words with which such lines begin. */
static bool opens_as_furniture(struct str line)
{
	static const char *const leads[] = {"分享到", "分享至", "扫一扫", "责任编辑", "责编",
		"编辑：", "编辑:", "编辑/", "审核：", "审核:", "校对：", "初审：", "复审：",
		"终审：", "上一篇", "下一篇", "上一条", "下一条", "相关阅读", "相关新闻",
		"相关链接", "相关文章", "字体：", "字体:", "字号：", "字号:", "浏览次数",
		"点击次数", "点击数", "阅读次数", "浏览量", "阅读量", "点击量", "访问次数",
		"访问量", "发布时间", "发布日期", "发表时间", "更新时间", "微信扫", "您当前的位置",
		"您现在的位置", "现在位置", "当前位置", "首页 >", "文章关键词", "关键词：",
		"关键词:", "特别声明", "本文来源：", "分享：", "分享:", "您的浏览器", "文章录入",
		"录入：", "收藏本页", "复制链接", "我要举报", "相关热词", "分享让更多人", "转播到",
		"打赏", "顶一下", "踩一下", "邀请", "本页位置", "本文链接", "本文地址", "标签：",
		"标签:", "手机看新闻", "留言ID", "语音播报", "Share:", "----", NULL};

	return article_begins_with(without_opening(line), leads);
}

/* A line of when, whence and how often read. */
static bool is_head(struct str line, size_t chars, bool dated)
{
	/* "2020-06-29 09:30 来源：某网 点击：12" is a head, wherever it begins. */
	static const char *const beside_dates[] = {"来源：", "来源:", "作者：", "作者:", "点击",
		"浏览", "字号", "字体", "访问量", "人气", "发布者", "查看：", "查看:", NULL};
	static const char *const sources[] = {
		"来源：", "来源:", "稿源：", "稿源:", "信息来源", NULL};
	static const char *const fonts[] = {"字号", "字体", NULL};

	if (chars > LINE_MAX_NOISE)
		return dated && chars <= HEAD_MAX_CHARS && str_find(line, "。", 0) == line.n &&
		       article_count_held(line, beside_dates) >= HEAD_LABELS;
	if (article_begins_with(line, sources) &&
		(dated || chars < 20 || article_count_held(line, fonts)))
		return true;
	return dated && article_count_held(line, beside_dates) > 0;
}

bool article_is_noise(struct str line, const struct document_input *in)
{
	struct date_found d;
	bool dated = date_find(line, 0, in->now, in->zone, &d), buttons = false;
	struct str rest = skip_buttons(line, &buttons);
	size_t chars = utf8_count(line.p, line.n);

	if (is_button_alone(line) || is_disclaimer(line) || is_counter(line) || is_call(line) ||
		(chars <= HEAD_MAX_CHARS && is_filed_under(line)) || is_head(line, chars, dated))
		return true;
	if (chars > LINE_MAX_NOISE)
		return false;
	if (str_has_prefix(line, "返回") && str_has_suffix(line, "查看更多"))
		return true;
	if (opens_as_furniture(line) || is_paging(line) || is_credit(without_opening(line)) ||
		article_begins_appendix(line) || is_head_of_post(line, dated))
		return true;
	return buttons && (rest.n == 0 || opens_as_furniture(rest));
}
