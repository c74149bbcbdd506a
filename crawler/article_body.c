/*
 * article_body.c - where the text of an article is, and what in there is no part of it.
 *
 * Every paragraph gives points to the element around it and half to the one above; the
 * element with most points, discounted by the share of its text that is links, holds the
 * article. Points come from length and from punctuation, of which menus have none.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "crawler/article_private.h"

#define FIELD_LABEL_MAX 8 /* characters */
#define STATE_CHARS_MAX 8
#define PARAGRAPH_MIN 10 /* characters: shorter ones say nothing about where they stand */
#define UP_SHARE 0.5
#define APPENDIX_AFTER 200 /* bytes of article before what is added to it */
#define TEASER_MIN 6 /* characters of a headline that is a link */
#define TEASER_TEXT 200 /* characters under such a headline, at most */
#define TEASERS_OF_LIST 3 /* more of them: a list of articles */
#define FOOTER_POINTS 5 /* that the address and telephone of an office in a footer do not reach */
#define LINE_MAX_NOISE 40 /* characters: a longer line is never taken for a label */
#define INDEX_LABELS 2 /* of a line of what an office files a paper under */
#define LINE_BYTES_MAX ((size_t)1024) /* of a line of furniture */
#define BLANKS_MAX 3 /* texts of white space between elements */
#define HEAD_LABELS 2 /* of source, author, counts: a longer line with a date is a head */
#define HEAD_MAX_CHARS 120
#define SUMMARY_BYTES_MIN ((size_t)60)
#define BUTTON_STOPS_MAX 4
#define TEXT_NODES_BELOW 80 /* a headline */
#define LABEL_NODES_MAX 40 /* before the label of an answer */

/* Names that authors of templates give to what is, and what is not, the article. */
static const char *const good_names[] = {"article", "content", "trs_editor", "zoom", "artibody",
	"endtext", "post_text", "detail", "news_txt", "newscon", "vsb_content", "main-text", "cont",
	"text", "wenzhang", "zhengwen", "maintext", "view", "entry", "paragraph", NULL};
static const char *const bad_names[] = {"comment", "cmt", "footer", "foot", "sidebar", "related",
	"relate", "recommend", "share", "copyright", "breadcrumb", "crumb", "nav", "menu",
	"hotnews", "hot-", "rank", "login", "search", "banner", "advert", "ad-", "ad_", "pinglun",
	"tuijian", "xiangguan", "qrcode", "ewm", "statement", "disclaimer", "reply", "tie-",
	"popup", "friend", "link-list", "linklist", "slide", "pages_print", "prevnext", "tags",
	"keyword", "author-card", "subscribe", "download", "app-", "toolbar", NULL};
/* Of bars of buttons; and of all that is printed with the button. */
static const char *const button_names[] = {"tool", "print", "weixin", NULL};

static bool begins_with(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_has_prefix(s, *words))
			return true;
	return false;
}

/* ---- points ---- */

/* The element before node i in the same holder, blanks between them left out; -1 none. */
static int element_before(const struct page *p, int i)
{
	int up = page_node(p, i)->parent, k = i - 1;

	for (int blanks = 0; k > up && blanks < BLANKS_MAX; k--, blanks++) {
		while (k > up && page_node(p, k)->parent != up)
			k = page_node(p, k)->parent;
		if (page_node(p, k)->tag != PAGE_TEXT || page_node(p, k)->chars)
			break;
	}
	return k > up ? k : -1;
}

/* A list below a paragraph, as of what is to be done, is part of the text. */
static bool is_list_in_text(const struct page *p, int list)
{
	int before = page_node(p, list)->tag == PAGE_LIST ? element_before(p, list) : -1;

	return before >= 0 && page_node(p, before)->tag == PAGE_P && page_node(p, before)->stops;
}

/* A paragraph element passes its points to what holds the paragraphs. */
static int holder_of(const struct page *p, int block)
{
	const struct page_node *node = page_node(p, block);

	if (node->tag == PAGE_LI && node->parent > 0 && is_list_in_text(p, node->parent))
		return page_node(p, node->parent)->parent;
	bool is_paragraph = node->tag == PAGE_P || node->tag == PAGE_HEADING ||
			    node->tag == PAGE_LI || strcmp(node->name, "blockquote") == 0 ||
			    strcmp(node->name, "section") == 0;

	return is_paragraph && node->parent >= 0 ? node->parent : block;
}

/* "回复内容" opens what an office answers, which is part of a letter's page. */
static bool is_answer_of_office(const struct page *p, int i)
{
	static const char *const opens[] = {"回复内容", "回复意见", "回复情况", "回复单位",
		"回复部门", "回复机构", "回复时间", "答复内容", "答复意见", "答复情况", "答复单位",
		"答复部门", "答复机构", "答复时间", "办理结果", "办理意见", "办理情况", "办理单位",
		"办理部门", "处理结果", "处理意见", "官方回复", NULL};

	for (int k = i + 1; k < page_node(p, i)->end && k - i < LABEL_NODES_MAX; k++)
		if (page_node(p, k)->tag == PAGE_TEXT && page_node(p, k)->chars)
			return begins_with(str_trim(page_node(p, k)->text), opens);
	return false;
}

/* "网友评论" opens what readers say, whatever its element is called. */
static bool is_of_readers(const struct page *p, int i)
{
	static const char *const opens[] = {"网友评论", "最新评论", "热门评论", "全部评论",
		"精彩评论", "评论列表", "发表评论", "网友留言", NULL};

	for (int k = i + 1; k < page_node(p, i)->end && k - i < LABEL_NODES_MAX; k++)
		if (page_node(p, k)->tag == PAGE_TEXT && page_node(p, k)->chars)
			return begins_with(str_trim(page_node(p, k)->text), opens);
	return false;
}

/* Most of the page's text with a headline over it, as <article class="post commented">; what
 * readers say has smaller ones, if any. */
static bool is_whole_article(const struct page *p, int i)
{
	const struct page_node *node = page_node(p, i);
	int heading;

	if (node->stops * 2 <= page_node(p, 0)->stops)
		return false;
	heading = page_find(p, i, i, PAGE_HEADING);
	return heading > i && page_node(p, heading)->name[1] <= '2';
}

static bool is_named_bad(const struct page *p, int i)
{
	if (page_is_named(p, i, bad_names) && !page_is_named(p, i, good_names) &&
		!is_answer_of_office(p, i) && !is_whole_article(p, i))
		return true;
	return page_is_named(p, i, button_names) && page_node(p, i)->stops < BUTTON_STOPS_MAX;
}

static bool is_bad_place(const struct page *p, int i)
{
	const char *name = page_node(p, i)->name;

	return strcmp(name, "nav") == 0 || strcmp(name, "footer") == 0 ||
	       strcmp(name, "aside") == 0 || is_named_bad(p, i) ||
	       (page_node(p, i)->is_block && is_of_readers(p, i));
}

/* bad: of an element, 1 when it or one around it is such a place. */
static void mark_bad_places(const struct page *p, char *bad)
{
	for (int i = 1; i < page_count(p); i++) {
		int up = page_node(p, i)->parent;
		if (page_node(p, i)->tag != PAGE_TEXT && strcmp(page_node(p, i)->name, "body") != 0)
			bad[i] = (up > 0 && bad[up]) || is_bad_place(p, i);
	}
}

static bool is_footer_text(struct str s)
{
	static const char *const signs[] = {"版权所有", "ICP备", "公网安备", "技术支持", "主办单位",
		"承办单位", "网站标识码", "Copyright", "All Rights Reserved", "增值电信业务", NULL};

	for (size_t i = 0; signs[i]; i++)
		if (str_find(s, signs[i], 0) < s.n)
			return true;
	return false;
}

/* Points of the text node i. */
static double text_points(const struct page *p, int i)
{
	const struct page_node *node = page_node(p, i);
	double chars = node->chars;

	if (chars < PARAGRAPH_MIN || node->stops == 0 || is_footer_text(node->text))
		return chars >= 4 && !is_footer_text(node->text) ? 0.2 : 0;
	return 1 + (node->stops < 20 ? node->stops : 20) + (chars > 600 ? 6 : chars / 100);
}

static bool is_in_link(const struct page *p, int i)
{
	for (i = page_node(p, i)->parent; i > 0; i = page_node(p, i)->parent) {
		if (page_node(p, i)->tag == PAGE_A)
			return true;
		if (page_node(p, i)->is_block)
			return false;
	}
	return false;
}

static void give_points(const struct page *p, const char *bad, double *points)
{
	for (int i = 0; i < page_count(p); i++) {
		const struct page_node *node = page_node(p, i);
		if (node->hidden) {
			i = node->end - 1;
			continue;
		}
		if (node->tag != PAGE_TEXT || node->chars == 0 || is_in_link(p, i))
			continue;
		double given = text_points(p, i);
		if (given < 1 && points[0] < 0)
			continue;
		int holder = holder_of(p, article_block_of(p, i));
		int above = page_node(p, holder)->parent;
		if (given >= 1 && bad[holder])
			given *= 0.1;
		points[holder] += given;
		if (above > 0)
			points[above] += given * UP_SHARE;
	}
}

/* A headline that is a link leads to another article. */
static bool is_teaser(const struct page_node *node)
{
	return (node->tag == PAGE_HEADING || node->tag == PAGE_DT || node->tag == PAGE_DD) &&
	       node->chars >= TEASER_MIN && node->linked == node->chars;
}

static void count_teasers(const struct page *p, int *teasers)
{
	for (int i = page_count(p) - 1; i > 0; i--) {
		teasers[i] += is_teaser(page_node(p, i));
		if (page_node(p, i)->parent >= 0)
			teasers[page_node(p, i)->parent] += teasers[i];
	}
}

/* Does an element that is not the whole page hold both? */
static bool stand_together(const struct page *p, int title, int i)
{
	for (int up = page_node(p, i)->parent; up > 0; up = page_node(p, up)->parent) {
		if (strcmp(page_node(p, up)->name, "body") == 0)
			return false;
		if (up < title && title < page_node(p, up)->end)
			return true;
	}
	return false;
}

static double discounted(
	const struct page *p, int title, int i, const double *points, const int *teasers)
{
	const struct page_node *node = page_node(p, i);
	double linked = node->chars ? (double)node->linked / node->chars : 1;
	double weight = points[i] * (1 - linked);

	if (teasers[i] >= TEASERS_OF_LIST || node->chars < TEASER_TEXT * teasers[i])
		weight *= 0.15;
	if (title >= 0 && title < i && stand_together(p, title, i))
		weight *= 1.5;
	return page_is_named(p, i, good_names) ? weight * 1.3 : weight;
}

/* ---- going up ---- */

/* Of each node. */
struct scores {
	double *points; /* of the paragraphs right below */
	double *total; /* of all below */
	int *teasers; /* headlines below that are links */
	char *bad; /* 1 in a place of noise */
};

static bool stand_alike(const struct page *p, int i, int k)
{
	const char *x = page_attr(p, i, "class"), *y = page_attr(p, k, "class");

	return strcmp(page_node(p, i)->name, page_node(p, k)->name) == 0 &&
	       strcmp(x ? x : "", y ? y : "") == 0;
}

/* "某局 2026-11-20 16:00 回复：" opens an answer: what was asked stands before it. */
static bool opens_answer(const struct page *p, int i)
{
	static const char *const ends[] = {"回复：", "答复：", "回复:", "答复:", NULL};

	for (int k = i + 1; k < page_node(p, i)->end && k - i < LABEL_NODES_MAX; k++) {
		if (page_node(p, k)->tag != PAGE_TEXT || !page_node(p, k)->chars)
			continue;
		struct str text = str_trim(page_node(p, k)->text);
		for (size_t n = 0; ends[n]; n++)
			if (str_has_suffix(text, ends[n]))
				return utf8_count(text.p, text.n) <= HEAD_MAX_CHARS;
		return false;
	}
	return false;
}

/* "处理情况 | 已…": a row of a table of fields, its label in a cell of its own. */
static bool is_field_row(const struct page *p, int i)
{
	int end = page_node(p, i)->end, label = page_find(p, i, i, PAGE_CELL);

	if (strcmp(page_node(p, i)->name, "tr") != 0 || label < 0)
		return false;
	return page_node(p, label)->chars > 0 && page_node(p, label)->chars <= FIELD_LABEL_MAX &&
	       page_node(p, label)->end < end &&
	       page_node(p, page_node(p, label)->end)->tag == PAGE_CELL;
}

/* May the text go on in it, behind the branch? Much else follows an article. */
static bool goes_on_in(const struct page *p, int branch, int i)
{
	return strcmp(page_node(p, i)->name, "section") == 0 ||
	       (is_field_row(p, branch) && is_field_row(p, i));
}

/* Is all the text around the branch, below up, in elements like the branch? What holds the
 * headline does not count. */
static bool is_spread_alike(const struct article *a, int branch, int up, const double *total)
{
	const struct page *p = a->page;
	bool any = false;

	for (int i = up + 1; i < page_node(p, up)->end; i = page_node(p, i)->end) {
		bool headed = i <= a->title_node && a->title_node < page_node(p, i)->end;
		if (i == branch || headed || total[i] < 1)
			continue;
		if (!(i < branch && opens_answer(p, branch)) &&
			(!stand_alike(p, i, branch) || (i > branch && !goes_on_in(p, branch, i))))
			return false;
		any = true;
	}
	return any;
}

/* A bare page may be nothing but text: tables, one below the other. */
static bool is_all_text(const struct article *a, int branch, int up, const double *total)
{
	return page_attr(a->page, branch, "class") && is_spread_alike(a, branch, up, total);
}

/* The text may be spread over several holders: when the element above, top at most, holds
 * much more of it, and not much else, it is the one. */
static int widen(const struct article *a, int body, int top, const struct scores *s)
{
	const struct page *p = a->page;

	for (int branch = body, up; (up = page_node(p, branch)->parent) > 0; branch = up) {
		const struct page_node *node = page_node(p, up);
		if (up < top || strcmp(node->name, "html") == 0)
			break;
		if (strcmp(node->name, "body") == 0)
			return is_all_text(a, branch, up, s->total) ? up : body;
		double linked = node->chars ? (double)node->linked / node->chars : 1;
		bool more = s->total[up] >= s->total[body] * 1.35 ||
			    (a->title_node >= 0 && a->title_node < branch &&
				    is_spread_alike(a, branch, up, s->total));
		if (more && linked < 0.3 && !s->bad[up] &&
			s->teasers[up] - s->teasers[body] < TEASERS_OF_LIST)
			body = up;
		else if (s->total[up] > s->total[body] * 1.05 && !opens_answer(p, up))
			break;
	}
	return body;
}

/* Points of real paragraphs below each node, places of noise left out. */
static void add_totals(const struct page *p, int from, double *total)
{
	for (int i = page_count(p) - 1; i >= 0; i--) {
		const struct page_node *node = page_node(p, i);
		if (i >= from && node->tag == PAGE_TEXT && !node->hidden && node->chars &&
			!is_in_link(p, i)) {
			double given = text_points(p, i);
			if (given >= 1)
				total[i] += given;
		}
		if (node->parent >= 0 && !(node->tag != PAGE_TEXT && is_named_bad(p, i)))
			total[node->parent] += total[i];
	}
}

static bool holds_footer(const struct page *p, int i)
{
	for (int k = i; k < page_node(p, i)->end; k++)
		if (page_node(p, k)->tag == PAGE_TEXT && is_footer_text(page_node(p, k)->text))
			return true;
	return false;
}

/* The heaviest element below top that does not end before `from`. A page whose text is a
 * picture has no sentence but the ones of its footer. */
static int heaviest(const struct page *p, int top, int from, int title, const struct scores *s)
{
	const double *points = s->points;
	const int *teasers = s->teasers;

	double best = 0;
	int body = -1;

	for (int i = top > 1 ? top : 1; i < page_node(p, top)->end; i++) {
		if (page_node(p, i)->end <= from)
			continue;
		double weight = points[i] > 0 ? discounted(p, title, i, points, teasers) : 0;
		if (weight > best && (points[i] >= FOOTER_POINTS || !holds_footer(p, i))) {
			best = weight;
			body = i;
		}
	}
	return body;
}

/* What stands over a headline with the line of date and source is no part of the text
 * below. */
static int start_of_text(const struct article *a, int body)
{
	int title = a->title_node;

	return title >= 0 && title < body && article_lines_to_head(a, title) == 1 ? title : 0;
}

/* Where the text begins at the earliest: at a headline that the page confirms, when its
 * line of date and source and then a sentence follow. Who signs a paper may be named as the
 * window is, with the day below. */
static int start_of_article(const struct article *a, const struct scores *s)
{
	const struct page *p = a->page;
	int i = a->title_confirmed ? start_of_text(a, page_count(p)) : 0, end = i;

	if (i > 0)
		end = page_node(p, i)->end + TEXT_NODES_BELOW;
	for (; i > 0 && i < end && i < page_count(p); i++)
		if (page_node(p, i)->tag == PAGE_TEXT && !page_node(p, i)->hidden &&
			text_points(p, i) > 1 && !s->bad[article_block_of(p, i)])
			return a->title_node;
	return 0;
}

static int find_body(const struct article *a, const struct scores *s)
{
	const struct page *p = a->page;
	int body, post = 0;

	mark_bad_places(p, s->bad);
	give_points(p, s->bad, s->points);
	count_teasers(p, s->teasers);
	body = heaviest(p, 0, start_of_article(a, s), a->title_node, s);
	if (body >= 0)
		post = article_first_post(a, body);
	if (post > 0)
		body = heaviest(p, post, 0, a->title_node, s);
	if (post > 0 && body < 0)
		body = post;
	if (body < 0)
		return -1;
	add_totals(p, start_of_text(a, body), s->total);
	return widen(a, body, post, s);
}

int article_find_body(const struct article *a)
{
	size_t n = (size_t)page_count(a->page);
	struct scores s = {calloc(n, sizeof *s.points), calloc(n, sizeof *s.total),
		calloc(n, sizeof *s.teasers), calloc(n, 1)};
	int body = -1;

	if (s.points && s.total && s.teasers && s.bad)
		body = find_body(a, &s);
	free(s.points);
	free(s.total);
	free(s.teasers);
	free(s.bad);
	return body;
}

/* ---- what does not belong ---- */

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
	if (is_link_block(node))
		return true;
	return (node->is_block || node->tag == PAGE_OTHER) && node->chars < 2000 &&
	       is_named_bad(p, i);
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
		"点击进入专题", "点击进入", "上一页", "下一页", "首页", "尾页", "字体", "字号",
		"大", "中", "小", NULL};
	static const char *const between[] = {"【", "】", "[", "]", "［", "］", "（", "）", "(",
		")", "|", "·", "/", ":", "：", " ", "\xC2\xA0", "\xE3\x80\x80", NULL};

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

	return begins_with(line, index) && count_held(line, index) >= INDEX_LABELS &&
	       str_find(line, "。", 0) == line.n;
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
		"录入：", NULL};
	/* "2020-06-29 09:30 来源：某网 点击：12" is a head, wherever it begins. */
	static const char *const beside_dates[] = {"来源：", "来源:", "作者：", "作者:", "点击",
		"浏览", "字号", "字体", "访问量", NULL};
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
	if (is_button_alone(line) || (chars <= HEAD_MAX_CHARS && is_filed_under(line)))
		return true;
	if (chars > LINE_MAX_NOISE)
		return dated && chars <= HEAD_MAX_CHARS && str_find(line, "。", 0) == line.n &&
		       count_held(line, beside_dates) >= HEAD_LABELS;
	if (begins_with(without_opening(line), leads) || is_paging(line))
		return true;
	if (buttons && (rest.n == 0 || begins_with(rest, leads)))
		return true;
	if (begins_with(line, sources) && (dated || chars < 20 || count_held(line, fonts)))
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

/* A line that opens what the site adds below an article. */
static bool begins_appendix(struct str line)
{
	static const char *const heads[] = {"热门推荐", "相关阅读", "相关新闻", "推荐阅读",
		"延伸阅读", "相关文章", "相关推荐", "相关链接", "更多精彩", "更多新闻", "网友评论",
		"最新评论", "热门评论", "猜你喜欢", "大家都在看", "为您推荐", "热点新闻",
		"编辑推荐", "精彩推荐", "热评论", "全部评论", NULL};
	struct str s = line;

	while (s.n && str_is_digit((unsigned char)s.p[s.n - 1]))
		s = str_trim(str_sub(s, 0, s.n - 1)); /* how many there are */
	if (str_has_suffix(s, "：") || str_has_suffix(s, ":"))
		s = str_sub(s, 0, s.n - (str_has_suffix(s, ":") ? 1 : 3));
	return article_is_one_of(s, heads);
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

/* The headline once more, maybe with a day or a word of state behind it: "… 已回复". */
static bool is_headline(const struct article *a, struct str line)
{
	static const char *const stops[] = {"：", ":", "，", "。", "、", NULL};
	struct date_found d;
	struct str title = str_of(a->title), rest;

	if (!title.n || !str_has_prefix(line, a->title))
		return false;
	rest = str_sub(line, title.n, line.n);
	if (utf8_count(rest.p, rest.n) <= STATE_CHARS_MAX && !count_held(rest, stops))
		return true;
	if (article_is_day(a, rest))
		return true;
	return str_has_prefix(rest, " - ") && date_find(rest, 0, a->in->now, a->in->zone, &d) &&
	       d.start == 3 && d.end == rest.n;
}

static void add_lines(const struct article *a, struct str text, struct buf *out)
{
	struct str rest = text, before = {"", 0};
	bool first = true;

	while (rest.p && rest.n) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (begins_appendix(line) && out->len > APPENDIX_AFTER)
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
	add_lines(a, (struct str){buf_str(&text), text.len}, out);
	if (text.fault)
		out->fault = text.fault;
	buf_fini(&text);
}
