/*
 * article_headline.c - which element of a page is its headline.
 */
#include "crawler/article_headline.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/utf8.h"

#define BADGE_CHARS_MAX 4
#define SITE_CHARS_MAX 15
#define OVER_HEAD 8 /* points of what stands directly over the line of date and source */
#define OVER_HEAD_CHARS 80
#define DEEP_CHARS 100
#define LEAD_CHARS 50 /* that may stand before a headline: columns, a place */
#define LARGE_SIZE 16 /* pixels or points */
#define LARGE_FONT 4
#define OVER_TEXT_CHARS 120 /* between a large line and the text: who, when, buttons */
#define OVER_TEXT_NODES 300
#define SOURCE_CHARS_MAX 10
#define LABELLED 8 /* what the page calls a title: "信件标题：…" */
#define NEAR_HEAD 3 /* with one line between, as a title over its subtitle */

/* ---- comparing titles ---- */

/* Without white space and with one kind of quotation mark: pages write the same title in
 * several places, not always alike. */
static void add_key(struct buf *out, const char *s)
{
	for (size_t n = strlen(s), len; n; s += len, n -= len) {
		uint32_t cp = utf8_decode(s, n, &len);
		if (utf8_is_space(cp) || utf8_is_hidden(cp))
			continue;
		if (cp == 0x201C || cp == 0x201D || cp == 0xFF02)
			cp = '"';
		utf8_add(out, cp);
	}
}

enum headline_part headline_part_of(const char *candidate, const char *whole)
{
	struct buf a, b;
	enum headline_part part = HEADLINE_PART_NONE;

	buf_init(&a, HEADLINE_BYTES_MAX);
	buf_init(&b, HEADLINE_BYTES_MAX);
	add_key(&a, candidate);
	add_key(&b, whole);
	const char *at = a.len ? strstr(buf_str(&b), buf_str(&a)) : NULL;
	if (at)
		part = at == buf_str(&b) ? HEADLINE_PART_START : HEADLINE_PART_INSIDE;
	buf_fini(&a);
	buf_fini(&b);
	return part;
}

/* ---- candidates ---- */

/* The day in an element of its own at the end of a headline, -1 none:
 * "<h4>headline<em>2026-11-20</em></h4>". */
static int day_behind(const struct article *a, int node)
{
	const struct page *p = a->page;
	int texts = 0, last = -1;

	for (int i = node + 1; i < page_node(p, node)->end; i++) {
		if (page_node(p, i)->tag != PAGE_TEXT || !page_node(p, i)->chars)
			continue;
		texts++;
		last = i;
	}
	return texts > 1 && page_node(p, last)->parent != node &&
			       article_is_day(a, page_node(p, last)->text)
		       ? last
		       : -1;
}

/* Behind the headline in an element: "<h1>headline<br><span>time and source</span></h1>". */
int headline_end(const struct article *a, int node)
{
	int head = article_head_inside(a, node);

	if (head < 0)
		head = day_behind(a, node);
	return head >= 0 ? head : page_node(a->page, node)->end;
}

/* Behind a badge before the headline: "<h1><span>原创</span>headline</h1>". */
static int start_of_headline(const struct article *a, int node)
{
	static const char *const badges[] = {"原创", "转载", "置顶", "独家", "推荐", "头条", "图文",
		"建议", "投诉", "咨询", "求助", "举报", "精华", NULL};
	static const char *const names[] = {"tag", "badge", "label", "flag", NULL};
	const struct page *p = a->page;
	int i = node + 1, end = page_node(p, node)->end;

	while (i < end && (page_node(p, i)->tag != PAGE_TEXT || !page_node(p, i)->chars))
		i++;
	if (i >= end || page_node(p, i)->parent == node)
		return node;
	if (page_node(p, i)->chars <= BADGE_CHARS_MAX &&
		page_is_called(p, page_node(p, i)->parent, names))
		return i + 1;
	return article_is_one_of(str_trim(page_node(p, i)->text), badges) ? i + 1 : node;
}

const char *headline_line(struct article *a, int node, int end)
{
	struct buf text, line;
	const char *kept;

	buf_init(&text, HEADLINE_BYTES_MAX);
	buf_init(&line, HEADLINE_BYTES_MAX);
	page_add_text_range(a->page, node, end, &text);
	text_add_collapsed(&line, buf_str(&text), text.len, false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&text);
	buf_fini(&line);
	return kept ? kept : "";
}

static int heading_level(const struct page_node *node)
{
	return node->tag == PAGE_HEADING ? node->name[1] - '0' : 7;
}

bool headline_is_centred(const struct page *p, int i)
{
	const char *style = page_attr(p, i, "style"), *align = page_attr(p, i, "align");

	return (align && strcasecmp(align, "center") == 0) ||
	       (style && (strcasestr(style, "text-align:center") ||
				 strcasestr(style, "text-align: center")));
}

/* The name of an office's site, as templates put it into a heading on every page. */
bool headline_is_site_name(const char *text)
{
	static const char *const ends[] = {"人民政府", "网站", "网", "平台", NULL};

	for (size_t i = 0; ends[i]; i++)
		if (str_has_suffix(str_of(text), ends[i]))
			return true;
	return false;
}

/* The window says nothing but where it is. */
bool headline_is_site(const char *window)
{
	return headline_is_site_name(window) &&
	       utf8_count(window, strlen(window)) <= SITE_CHARS_MAX;
}

/* "二〇二六年十一月二十日" */
static bool is_date(const struct article *a, const char *text)
{
	int64_t t;

	return date_parse(text, strlen(text), a->in->now, a->in->zone, &t);
}

/* "font-size:20px", <font size=5> */
static bool is_large(const struct page *p, int i)
{
	const char *style = page_attr(p, i, "style"), *size = page_attr(p, i, "size");
	const char *at = style ? strcasestr(style, "font-size:") : NULL;

	if (at)
		return atoi(at + strlen("font-size:")) >= LARGE_SIZE && !strstr(at, "%");
	return size && strcmp(page_node(p, i)->name, "font") == 0 && atoi(size) >= LARGE_FONT;
}

/* Shortly before the text. */
static bool is_over_text(const struct article *a, int i)
{
	const struct page *p = a->page;
	int chars = 0;

	if (page_node(p, i)->end > a->body || a->body - i > OVER_TEXT_NODES)
		return false;
	for (int k = page_node(p, i)->end; k < a->body && chars <= OVER_TEXT_CHARS; k++)
		if (page_node(p, k)->tag == PAGE_TEXT && !page_node(p, k)->hidden)
			chars += page_node(p, k)->chars;
	return chars <= OVER_TEXT_CHARS;
}

/* What templates call the page itself. */
static bool is_name_of_page(const char *text)
{
	static const char *const names[] = {"新闻详情", "文章详情", "信息详情", "资讯详情",
		"公告详情", "内容详情", "详情页", "详细内容", "详细信息", "信息内容", "新闻内容",
		"文章内容", "浏览信息", "查看内容", "正文内容", "显示新闻", "新闻显示", "新闻浏览",
		"查看新闻", "文章显示", "显示文章", "浏览新闻", NULL};

	for (size_t i = 0; names[i]; i++)
		if (strcmp(text, names[i]) == 0)
			return true;
	return false;
}

/* Is it shown in bold letters, in the middle? */
static bool is_bold_and_centred(const struct page *p, int i)
{
	const char *name = page_node(p, i)->name;

	if (strcmp(name, "b") != 0 && strcmp(name, "strong") != 0)
		return false;
	for (int up = page_node(p, i)->parent; up > 0; up = page_node(p, up)->parent) {
		if (headline_is_centred(p, up) || strcmp(page_node(p, up)->name, "center") == 0)
			return true;
		if (page_node(p, up)->is_block || page_node(p, up)->tag == PAGE_CELL)
			return false;
	}
	return false;
}

/* What an element's kind and name are worth. */
static double element_weight(const struct article *a, int i)
{
	static const char *const names[] = {"title", "tit", "headline", "bt", "biaoti", "h1", NULL};
	const struct page_node *node = page_node(a->page, i);

	if (node->tag == PAGE_HEADING)
		return 8 - heading_level(node);
	return page_is_named(a->page, i, names)             ? 3
	       : is_large(a->page, i) && is_over_text(a, i) ? 2
							    : 0;
}

/* What the place over the line of date and source is worth. A subtitle may stand there, or
 * the summary of another article. */
static double place_weight(const struct article *a, int i, const char *text, bool labelled)
{
	struct str s = str_of(text);
	int lines = article_lines_to_head(a, i);

	if (str_has_prefix(s, "—") || str_has_suffix(s, "……") || article_is_field(text) ||
		(!labelled && article_is_field_value(a, i)) || article_is_byline(s) ||
		str_find(s, "。", 0) < s.n || utf8_count(s.p, s.n) > OVER_HEAD_CHARS)
		return 0;
	return lines == 1 ? OVER_HEAD : lines == 2 ? NEAR_HEAD : 0;
}

/* Characters that are no digits, signs or white space. */
size_t headline_count_words(const char *s)
{
	size_t words = 0;

	for (size_t n = strlen(s), len; n; s += len, n -= len) {
		uint32_t cp = utf8_decode(s, n, &len);
		words += utf8_is_han(cp) || (cp < 0x80 && str_is_alpha((unsigned char)cp)) ||
			 (cp >= 0x80 && cp < 0x2000);
	}
	return words;
}

/* How much an element looks like the headline. */
static void weigh_headline(
	const struct article *a, const struct headline_hints *said, struct headline_choice *c)
{
	size_t chars = utf8_count(c->text, strlen(c->text));
	enum headline_part in_window, in_meta;
	double weight = element_weight(a, c->node), place;

	if (headline_count_words(c->text) < HEADLINE_CHARS_MIN || chars > HEADLINE_CHARS_MAX ||
		is_name_of_page(c->text))
		return;
	if (is_date(a, c->text))
		return;
	place = c->behind ? 0 : place_weight(a, c->node, c->text, c->labelled);
	if (weight <= 0 && is_bold_and_centred(a->page, c->node) && is_over_text(a, c->node))
		weight = 1;
	if (weight <= 0 && place >= OVER_HEAD && chars <= SOURCE_CHARS_MAX &&
		article_is_name_of_source(str_of(c->text)))
		place /= 2;
	weight += place + (c->labelled ? LABELLED : 0);
	in_window = headline_is_site(said->window) ? HEADLINE_PART_NONE
						   : headline_part_of(c->text, said->window);
	in_meta = headline_part_of(c->text, said->meta);
	c->confirmed = in_window != HEADLINE_PART_NONE || in_meta != HEADLINE_PART_NONE;
	if (c->confirmed)
		weight += 6 + (double)chars / 20;
	if (in_window == HEADLINE_PART_START || in_meta == HEADLINE_PART_START)
		weight += 4;
	if (place < OVER_HEAD && !c->labelled && chars < HEADLINE_COLUMN_CHARS_MAX)
		weight *= 0.5; /* "校园新闻": the column's name, as the window may say too */
	if (c->confirmed && place <= 0 && headline_is_site_name(c->text))
		weight *= 0.3; /* the window title of every page of the site */
	if (a->body >= 0 && c->node > page_node(a->page, a->body)->end)
		weight *= 0.3; /* below the text: something else's headline */
	if (weight > 0 && !c->labelled && article_is_field_value(a, c->node))
		weight *= 0.3; /* "发布机构：某县某局", as every page of the office has it */
	c->weight = weight;
}

/* Is there a heading in the element, with other lines beside it? */
static bool is_around_heading(const struct page *p, int i)
{
	int heading = page_find(p, i, i + 1, PAGE_HEADING);

	return heading > i && !page_node(p, heading)->hidden && page_node(p, heading)->chars &&
	       page_node(p, heading)->chars < page_node(p, i)->chars;
}

/* Elements that hold a line of their own: headings, and short blocks. */
static bool may_be_headline(const struct page *p, int i)
{
	const struct page_node *node = page_node(p, i);

	if (node->hidden || node->tag == PAGE_TEXT || node->chars == 0 ||
		node->chars > HEADLINE_CHARS_MAX)
		return false;
	if (node->tag != PAGE_HEADING && is_around_heading(p, i))
		return false;
	return node->tag == PAGE_HEADING || node->is_block || node->tag == PAGE_CELL ||
	       strcmp(node->name, "span") == 0 || strcmp(node->name, "strong") == 0 ||
	       strcmp(node->name, "b") == 0 || strcmp(node->name, "font") == 0;
}

/* Does the link lead to the page itself, as headlines of journals do? */
static bool leads_here(const struct article *a, int link)
{
	const char *href = page_attr(a->page, link, "href");

	return href && a->in->url && strcmp(href, a->in->url) == 0;
}

/* Is what the element says before `to` a link elsewhere for the most part? */
static bool is_mostly_link(const struct article *a, int node, int to)
{
	const struct page *p = a->page;
	int chars = 0, linked = 0;

	for (int i = node + 1; i < to; i++) {
		if (page_node(p, i)->tag == PAGE_A)
			linked += leads_here(a, i) ? 0 : page_node(p, i)->chars;
		else if (page_node(p, i)->tag == PAGE_TEXT)
			chars += page_node(p, i)->chars;
	}
	return linked * 2 > chars;
}

/* The line of an element: "<div>headline<div>time and source</div></div>" is two, if the
 * page does not repeat them as one. */
static const char *whole_line(struct article *a, int node, const struct headline_hints *said)
{
	int start = start_of_headline(a, node);
	int end = headline_end(a, node), first = article_end_of_first_line(a, node);
	const char *line = headline_line(a, start, end);

	if (first < end && headline_part_of(line, said->window) == HEADLINE_PART_NONE &&
		headline_part_of(line, said->meta) == HEADLINE_PART_NONE) {
		end = first;
		line = headline_line(a, start, end);
	}
	return is_mostly_link(a, node, end) ? "" : line;
}

/* A label and its value, which may stand in a cell of its own; no table of fields. */
static bool is_one_field(const struct page *p, int node)
{
	int blocks = 0, last = -1;

	for (int i = node + 1; i < page_node(p, node)->end && blocks <= 2; i++) {
		if (page_node(p, i)->tag != PAGE_TEXT || !page_node(p, i)->chars)
			continue;
		int block = article_block_of(p, i);
		blocks += block != last;
		last = block;
	}
	return blocks <= 2;
}

static struct headline_choice read_choice(
	struct article *a, int i, bool behind, const struct headline_hints *said)
{
	const char *line = whole_line(a, i, said), *text = article_without_title_label(line);
	struct headline_choice c = {.node = i, .text = text, .behind = behind};

	if (text != line && !is_one_field(a->page, i))
		c.text = text = line;
	if (text != line && headline_part_of(line, said->window) != HEADLINE_PART_NONE)
		c.text = line;
	c.labelled = text != line || article_is_labelled_title(a, i);
	weigh_headline(a, said, &c);
	return c;
}

/* Where the text has gone on for DEEP_CHARS: what stands behind there repeats a name, as
 * the office's under its paper. */
static int depth_of_text(const struct article *a)
{
	int i = a->body, chars = 0, end;

	if (i < 0)
		return page_count(a->page);
	end = page_node(a->page, i)->end;
	for (; i < end && chars < DEEP_CHARS; i++)
		if (page_node(a->page, i)->tag == PAGE_TEXT && !page_node(a->page, i)->hidden)
			chars += page_node(a->page, i)->chars;
	return i;
}

/* Where half of the text stands before, and more than a line of it; below a short text the
 * real one may begin. */
static int middle_of_text(const struct article *a)
{
	int i = a->body, chars = 0, all = i < 0 ? 0 : page_node(a->page, i)->chars;
	int end = i < 0 ? 0 : page_node(a->page, i)->end;

	for (; i >= 0 && i < end; i++) {
		const struct page_node *node = page_node(a->page, i);
		if (node->tag == PAGE_TEXT && !node->hidden)
			chars += node->chars;
		if (chars * 2 > all && chars >= LEAD_CHARS)
			return i;
	}
	return page_count(a->page);
}

/* Behind most of the text. */
static bool is_behind(const struct article *a, int middle, int i)
{
	return i >= middle && (i < page_node(a->page, a->body)->end ||
				      page_node(a->page, a->body)->chars >= 2 * DEEP_CHARS);
}

struct headline_choice headline_best(struct article *a, const struct headline_hints *said)
{
	struct headline_choice best = {.node = -1};
	int deep = depth_of_text(a), middle = middle_of_text(a);

	for (int i = 0; i < page_count(a->page); i++) {
		const struct page_node *node = page_node(a->page, i);
		if (node->hidden) {
			i = node->end - 1;
			continue;
		}
		if (!may_be_headline(a->page, i))
			continue;
		struct headline_choice c = read_choice(a, i, is_behind(a, middle, i), said);
		if (i >= deep && strcmp(c.text, said->window) == 0)
			continue;
		if (c.weight > best.weight)
			best = c;
	}
	return best;
}
