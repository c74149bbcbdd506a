/*
 * article_text.c - the text of the element that holds an article, without what is no part of
 * it: links to others, buttons, lines of furniture.
 */
#include <string.h>

#include "base/utf8.h"
#include "crawler/article_private.h"

#define STATE_CHARS_MAX 8
#define BADGE_CHARS_MAX 4 /* "[投诉]" before a headline */
#define CALL_CHARS_MAX 80
#define LINE_MAX_NOISE 40 /* characters: a longer line is never taken for a label */
#define INDEX_LABELS 2 /* of a line of what an office files a paper under */
#define LINE_BYTES_MAX ((size_t)1024) /* of a line of furniture */
#define APPENDIX_AFTER 200 /* bytes of article before what is added to it */
#define HEAD_LABELS 2 /* of source, author, counts: a longer line with a date is a head */
#define SUMMARY_BYTES_MIN ((size_t)60)
#define LINE_NODES_MAX 200 /* of a line */
#define LINES_BEFORE 8 /* with the blanks between them */
#define SENTENCE_STOPS 2

/* A line of its own, no block of lines. */
static bool is_line(const struct page *p, int i)
{
	int end = page_node(p, i)->end;

	if (page_node(p, i)->tag != PAGE_OTHER || end - i > LINE_NODES_MAX)
		return false;
	for (int k = i + 1; k < end; k++)
		if (page_node(p, k)->is_block || page_node(p, k)->tag == PAGE_CELL)
			return false;
	return true;
}

/* A link within a text whose lines are no paragraphs: one of the lines shortly before it, of
 * an element like it, is a sentence. */
static bool is_line_of_text(const struct page *p, int i)
{
	int up = page_node(p, i)->parent, k = i - 1;

	if (!is_line(p, i))
		return false;
	for (int lines = 0; k > up && lines < LINES_BEFORE; k--, lines++) {
		while (k > up && page_node(p, k)->parent != up)
			k = page_node(p, k)->parent;
		const struct page_node *node = page_node(p, k);
		if (k > up && node->stops >= SENTENCE_STOPS && node->linked * 2 < node->chars &&
			article_stand_alike(p, i, k))
			return true;
	}
	return false;
}

/* A block of links: related articles, a table of contents, a share bar. */
static bool is_link_block(const struct page_node *node)
{
	return node->is_block && node->tag != PAGE_P && node->tag != PAGE_BR && node->chars >= 8 &&
	       node->linked * 10 > node->chars * 6 && node->stops < 8;
}

static bool is_foreign(const struct page *p, int i)
{
	const struct page_node *node = page_node(p, i);

	if (node->tag == PAGE_TEXT)
		return false;
	if (node->hidden || strcmp(node->name, "nav") == 0 || strcmp(node->name, "footer") == 0 ||
		strcmp(node->name, "aside") == 0 || strcmp(node->name, "button") == 0)
		return true;
	if (is_link_block(node) && !is_line_of_text(p, i))
		return true;
	return (node->is_block || node->tag == PAGE_OTHER) && node->chars < 2000 &&
	       article_is_named_bad(p, i);
}

static bool is_in_foreign(const struct article *a, int i)
{
	for (; i > a->body; i = page_node(a->page, i)->parent)
		if (is_foreign(a->page, i))
			return true;
	return false;
}

static int count_held(struct str s, const char *const *words)
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
		"点击进入专题", "点击进入", "在看", "转发", "上一页", "下一页", "首页", "尾页",
		"字体", "字号", "大", "中", "小", NULL};
	static const char *const between[] = {"【", "】", "[", "]", "［", "］", "（", "）", "(",
		")", "|", "·", "/", ":", "：", "、", " ", "\xC2\xA0", "\xE3\x80\x80", NULL};

	for (size_t n = 1; s.n && n; s = str_sub(s, n, s.n)) {
		n = 0;
		for (size_t i = 0; between[i] && !n; i++)
			n = str_has_prefix(s, between[i]) ? strlen(between[i]) : 0;
		if (!n && *any && str_is_digit((unsigned char)s.p[0]))
			n = 1; /* how many have pressed it */
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

	return article_begins_with(line, index) && count_held(line, index) >= INDEX_LABELS &&
	       str_find(line, "。", 0) == line.n;
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
	       (floor ? count_held(line, signs) > 0 : article_begins_with(line, signs));
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

	return article_begins_with(without_opening(line), opens) && count_held(line, signs) > 0;
}

/* "编辑丨王某", "审核：赵某": who made the page. */
static bool is_credit(struct str line)
{
	static const char *const roles[] = {"责任编辑", "执行编辑", "值班编辑", "图片编辑", "编辑",
		"责编", "美编", "编审", "主编", "审核", "审稿", "初审", "复审", "终审", "校对",
		"监制", "总监制", "签发", "供稿", "撰稿", "排版", "制作", "统筹", "策划", "出品",
		"值班主任", "执行主编", NULL};
	static const char *const behind[] = {"：", ":", "丨", "｜", "|", "/", "／", " ", NULL};

	for (size_t i = 0; roles[i]; i++)
		if (str_has_prefix(line, roles[i]) &&
			article_begins_with(str_sub(line, strlen(roles[i]), line.n), behind))
			return str_find(line, "。", 0) == line.n;
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
	       (count_held(line, asks) > 0 ||
		       (article_begins_with(line, opens) && str_find(line, "。", 0) == line.n));
}

/* A line that opens what the site adds below an article. */
static bool begins_appendix(struct str line)
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

/* A short line that is furniture of the page, not a sentence of the article. */
static bool is_noise(struct str line, const struct document_input *in)
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
	/* "2020-06-29 09:30 来源：某网 点击：12" is a head, wherever it begins. */
	static const char *const beside_dates[] = {"来源：", "来源:", "作者：", "作者:", "点击",
		"浏览", "字号", "字体", "访问量", "人气", "发布者", "查看：", "查看:", NULL};
	static const char *const sources[] = {
		"来源：", "来源:", "稿源：", "稿源:", "信息来源", NULL};
	static const char *const fonts[] = {"字号", "字体", NULL};

	struct date_found d;
	bool dated = date_find(line, 0, in->now, in->zone, &d), buttons = false;
	struct str rest = skip_buttons(line, &buttons);
	size_t chars = utf8_count(line.p, line.n);

	if (chars <= LINE_MAX_NOISE && str_has_prefix(line, "返回") &&
		str_has_suffix(line, "查看更多"))
		return true;
	if (is_button_alone(line) || is_disclaimer(line) || is_counter(line) || is_call(line) ||
		(chars <= HEAD_MAX_CHARS && is_filed_under(line)))
		return true;
	if (chars > LINE_MAX_NOISE)
		return dated && chars <= HEAD_MAX_CHARS && str_find(line, "。", 0) == line.n &&
		       count_held(line, beside_dates) >= HEAD_LABELS;
	if (article_begins_with(without_opening(line), leads) || is_paging(line) ||
		is_credit(without_opening(line)) || begins_appendix(line))
		return true;
	if (is_head_of_post(line, dated))
		return true;
	if (buttons && (rest.n == 0 || article_begins_with(rest, leads)))
		return true;
	if (article_begins_with(line, sources) && (dated || chars < 20 || count_held(line, fonts)))
		return true;
	return dated && count_held(line, beside_dates) > 0;
}

bool article_is_furniture(const struct article *a, int from, int to)
{
	struct buf line;
	bool is;

	if (is_in_foreign(a, from))
		return true;
	buf_init(&line, LINE_BYTES_MAX);
	page_add_text_range(a->page, from, to, &line);
	is = !line.fault && is_noise(str_trim((struct str){buf_str(&line), line.len}), a->in);
	buf_fini(&line);
	return is;
}

/* Is the next line a paragraph? Such a heading may float beside the text, its links gone;
 * what readers say may be long, but is none. */
static bool goes_on_behind(struct str heading, struct str rest)
{
	if (str_find(heading, "评论", 0) < heading.n || str_find(heading, "回复", 0) < heading.n)
		return false;
	while (rest.p && rest.n) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (line.n)
			return utf8_count(line.p, line.n) > LINE_MAX_NOISE &&
			       str_find(line, "。", 0) < line.n;
	}
	return false;
}

/* Does a summary, "摘要：…" or cut with dots, only repeat the line that follows it? */
static bool repeats(struct str summary, struct str line)
{
	static const char *const leads[] = {
		"摘要：", "摘要:", "导读：", "导读:", "核心提示：", "内容提要：", NULL};
	static const char *const dots[] = {"...", "……", "…", NULL};
	size_t whole = summary.n, n;

	for (size_t i = 0; leads[i]; i++)
		if (str_has_prefix(summary, leads[i]))
			summary = str_trim(str_sub(summary, strlen(leads[i]), summary.n));
	for (size_t i = 0; dots[i]; i++)
		if (str_has_suffix(summary, dots[i]))
			summary = str_trim(str_sub(summary, 0, summary.n - strlen(dots[i])));
	n = summary.n < line.n ? summary.n : line.n;
	return summary.n < whole && n >= SUMMARY_BYTES_MIN && memcmp(summary.p, line.p, n) == 0;
}

/* The headline once more, maybe with a word before it, a day or a state behind it:
 * "[投诉]… 已回复". */
static bool is_headline(const struct article *a, struct str line)
{
	static const char *const stops[] = {"：", ":", "，", "。", "、", NULL};
	static const char *const labels[] = {"标题", "主题", "题目", "名称", NULL};
	struct date_found d;
	struct str title = str_of(a->title), rest;
	size_t at = title.n ? str_find(line, a->title, 0) : line.n;

	if (at >= line.n || utf8_count(line.p, at) > BADGE_CHARS_MAX ||
		article_begins_with(line, labels))
		return false;
	rest = str_sub(line, at + title.n, line.n);
	if (utf8_count(rest.p, rest.n) <= STATE_CHARS_MAX && !count_held(rest, stops))
		return true;
	if (article_is_day(a, rest))
		return true;
	return str_has_prefix(rest, " - ") && date_find(rest, 0, a->in->now, a->in->zone, &d) &&
	       d.start == 3 && d.end == rest.n;
}

void article_add_lines(const struct article *a, struct str text, struct buf *out)
{
	struct str rest = text, before = {"", 0};
	bool first = true;

	while (rest.p && rest.n) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (begins_appendix(line) && out->len > APPENDIX_AFTER &&
			!goes_on_behind(line, rest))
			break;
		if (line.n == 0 || is_noise(line, a->in))
			continue;
		if (first && is_headline(a, line))
			continue;
		if (before.n && out->len == before.n && repeats(before, line))
			buf_clear(out);
		if (out->len)
			buf_add_char(out, '\n');
		buf_add(out, line.p, line.n);
		if (first)
			before = line;
		first = false;
	}
}

void article_add_body(const struct article *a, struct buf *out)
{
	const struct page *p = a->page;
	struct buf text;
	int end = article_end_of_text(a), from = a->body, head, behind_head;

	if (!article_line_of_date(a, &head, &behind_head))
		head = behind_head = -1;
	buf_init(&text, (size_t)8 << 20);
	for (int i = a->body + 1; i < end; i++) {
		if (i != head && !is_foreign(p, i))
			continue;
		page_add_text_range(p, from, i, &text);
		buf_add_char(&text, '\n');
		from = i == head ? behind_head : page_node(p, i)->end;
		i = from - 1;
	}
	page_add_text_range(p, from, end, &text);
	article_add_lines(a, (struct str){buf_str(&text), text.len}, out);
	if (text.fault)
		out->fault = text.fault;
	buf_fini(&text);
}
