/*
 * article_head.c - the title of an article.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/utf8.h"
#include "crawler/article_private.h"
#include "crawler/date.h"

#define TITLE_BYTES_MAX ((size_t)2048)
#define TITLE_CHARS_MIN 4
#define TITLE_CHARS_MAX 150
#define BADGE_CHARS_MAX 4
#define SITE_CHARS_MAX 15
#define OVER_HEAD 8 /* points of what stands directly over the line of date and source */
#define OVER_HEAD_CHARS 80
#define COLUMN_CHARS_MAX 7
#define SURE_WEIGHT 6 /* of a headline that needs no help from the text */
#define DEEP_CHARS 100
#define LEAD_CHARS 50 /* that may stand before a headline: columns, a place */
#define LARGE_SIZE 16 /* pixels or points */
#define LARGE_FONT 4
#define OVER_TEXT_CHARS 120 /* between a large line and the text: who, when, buttons */
#define OVER_TEXT_NODES 300
#define SOURCE_CHARS_MAX 10
#define LABELLED 8 /* what the page calls a title: "信件标题：…" */
#define NEAR_HEAD 3 /* with one line between, as a title over its subtitle */

/* ---- meta elements ---- */

const char *article_meta(const struct page *p, const char *const *words)
{
	static const char *const keys[] = {"name", "property", "itemprop"};

	for (; *words; words++) {
		for (int i = 0; (i = page_find(p, 0, i, PAGE_META)) >= 0; i++) {
			const char *content = page_attr(p, i, "content");
			for (size_t k = 0; k < 3 && content && *content; k++) {
				const char *name = page_attr(p, i, keys[k]);
				if (name && strcasecmp(name, *words) == 0)
					return content;
			}
		}
	}
	return NULL;
}

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

enum part { PART_NONE, PART_INSIDE, PART_START };

/* Is the candidate the beginning of the window title, or somewhere in it? */
static enum part part_of(const char *candidate, const char *whole)
{
	struct buf a, b;
	enum part part = PART_NONE;

	buf_init(&a, TITLE_BYTES_MAX);
	buf_init(&b, TITLE_BYTES_MAX);
	add_key(&a, candidate);
	add_key(&b, whole);
	const char *at = a.len ? strstr(buf_str(&b), buf_str(&a)) : NULL;
	if (at)
		part = at == buf_str(&b) ? PART_START : PART_INSIDE;
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
static int end_of_headline(const struct article *a, int node)
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

static const char *line_of(struct article *a, int node, int end)
{
	struct buf text, line;
	const char *kept;

	buf_init(&text, TITLE_BYTES_MAX);
	buf_init(&line, TITLE_BYTES_MAX);
	page_add_text_range(a->page, node, end, &text);
	text_add_collapsed(&line, buf_str(&text), text.len, false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&text);
	buf_fini(&line);
	return kept ? kept : "";
}

/* The element <title>, which is not shown and so has no shown text. */
static const char *window_title(struct article *a)
{
	int at = page_find(a->page, 0, 0, PAGE_TITLE);
	struct buf line;
	const char *kept;

	if (at < 0 || at + 1 >= page_count(a->page) || page_node(a->page, at + 1)->tag != PAGE_TEXT)
		return "";
	struct str s = page_node(a->page, at + 1)->text;
	buf_init(&line, TITLE_BYTES_MAX);
	text_add_collapsed(&line, s.p, s.n, false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&line);
	return kept ? kept : "";
}

static int heading_level(const struct page_node *node)
{
	return node->tag == PAGE_HEADING ? node->name[1] - '0' : 7;
}

struct choice {
	int node;
	const char *text;
	double weight;
	bool labelled; /* "信件标题：…" */
	bool behind; /* most of the text stands before it: who signs it, and when */
	bool confirmed; /* the window title or a meta element says the same */
};

/* What the page says of its title elsewhere. Either may be "". */
struct hints {
	const char *window, *meta;
};

static bool is_centred(const struct page *p, int i)
{
	const char *style = page_attr(p, i, "style"), *align = page_attr(p, i, "align");

	return (align && strcasecmp(align, "center") == 0) ||
	       (style && (strcasestr(style, "text-align:center") ||
				 strcasestr(style, "text-align: center")));
}

/* The name of an office's site, as templates put it into a heading on every page. */
static bool is_site_name(const char *text)
{
	static const char *const ends[] = {"人民政府", "网站", "网", "平台", NULL};

	for (size_t i = 0; ends[i]; i++)
		if (str_has_suffix(str_of(text), ends[i]))
			return true;
	return false;
}

/* The window says nothing but where it is. */
static bool is_site(const char *window)
{
	return is_site_name(window) && utf8_count(window, strlen(window)) <= SITE_CHARS_MAX;
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
		if (is_centred(p, up) || strcmp(page_node(p, up)->name, "center") == 0)
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
static size_t count_words(const char *s)
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
static void weigh_headline(const struct article *a, const struct hints *said, struct choice *c)
{
	size_t chars = utf8_count(c->text, strlen(c->text));
	enum part in_window, in_meta;
	double weight = element_weight(a, c->node), place;

	if (count_words(c->text) < TITLE_CHARS_MIN || chars > TITLE_CHARS_MAX ||
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
	in_window = is_site(said->window) ? PART_NONE : part_of(c->text, said->window);
	in_meta = part_of(c->text, said->meta);
	c->confirmed = in_window != PART_NONE || in_meta != PART_NONE;
	if (c->confirmed)
		weight += 6 + (double)chars / 20;
	if (in_window == PART_START || in_meta == PART_START)
		weight += 4;
	if (place < OVER_HEAD && !c->labelled && chars < COLUMN_CHARS_MAX)
		weight *= 0.5; /* "校园新闻": the column's name, as the window may say too */
	if (c->confirmed && place <= 0 && is_site_name(c->text))
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
		node->chars > TITLE_CHARS_MAX)
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
static const char *whole_line(struct article *a, int node, const struct hints *said)
{
	int start = start_of_headline(a, node);
	int end = end_of_headline(a, node), first = article_end_of_first_line(a, node);
	const char *line = line_of(a, start, end);

	if (first < end && part_of(line, said->window) == PART_NONE &&
		part_of(line, said->meta) == PART_NONE) {
		end = first;
		line = line_of(a, start, end);
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

static struct choice read_choice(struct article *a, int i, bool behind, const struct hints *said)
{
	const char *line = whole_line(a, i, said), *text = article_without_title_label(line);
	struct choice c = {.node = i, .text = text, .behind = behind};

	if (text != line && !is_one_field(a->page, i))
		c.text = text = line;
	if (text != line && part_of(line, said->window) != PART_NONE)
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

static struct choice best_headline(struct article *a, const struct hints *said)
{
	struct choice best = {.node = -1};
	int deep = depth_of_text(a), middle = middle_of_text(a);

	for (int i = 0; i < page_count(a->page); i++) {
		const struct page_node *node = page_node(a->page, i);
		if (node->hidden) {
			i = node->end - 1;
			continue;
		}
		if (!may_be_headline(a->page, i))
			continue;
		struct choice c = read_choice(a, i, is_behind(a, middle, i), said);
		if (i >= deep && strcmp(c.text, said->window) == 0)
			continue;
		if (c.weight > best.weight)
			best = c;
	}
	return best;
}

/* ---- the window title without the names of site and column ---- */

static const char *const parts_between[] = {"_", "|", "｜", " - ", " – ", " — ", "--", "——", "-",
	"－", "–", "—", " : ", "«", "»", "::", " • ", " · ", NULL};

/* Where the first separator stands at or behind `from`; n when none. */
static size_t separator_at(struct str s, size_t from, size_t *length)
{
	size_t best = s.n;

	*length = 0;
	for (size_t i = 0; parts_between[i]; i++) {
		size_t at = str_find(s, parts_between[i], from);
		size_t n = strlen(parts_between[i]);
		if (at < best || (at == best && at < s.n && n > *length)) {
			best = at;
			*length = n;
		}
	}
	return best;
}

/* The part in front of the first separator, if it is long enough to be a title; else the
 * longest part. */
static const char *without_site(struct article *a, const char *window)
{
	struct str s = str_of(window), best = {"", 0}, first = {"", 0};
	size_t from = 0, length;

	while (from <= s.n) {
		size_t at = separator_at(s, from, &length);
		struct str part = str_trim(str_sub(s, from, at));
		size_t chars = utf8_count(part.p, part.n);
		if (from == 0 && chars >= 8)
			first = part;
		if (chars > utf8_count(best.p, best.n))
			best = part;
		if (at >= s.n)
			break;
		from = at + length;
	}
	if (first.n)
		best = first;
	return arena_strndup(a->arena, best.p, best.n);
}

/* ---- a headline in the text ---- */

/* "某政发〔2026〕3号" */
static bool is_number_of_paper(struct str s)
{
	return str_has_suffix(s, "号") &&
	       (str_find(s, "〔", 0) < s.n || str_find(s, "[", 0) < s.n ||
		       str_find(s, "第", 0) < s.n);
}

/* The centred lines that open the text of a page whose window has the site's name only. */
static const char *headline_in_text(struct article *a)
{
	struct buf lines;
	const char *kept = NULL;

	buf_init(&lines, TITLE_BYTES_MAX);
	for (int i = a->body + 1; a->body >= 0 && i < page_node(a->page, a->body)->end; i++) {
		const struct page_node *node = page_node(a->page, i);
		if (node->hidden) {
			i = node->end - 1;
			continue;
		}
		if (node->tag == PAGE_TEXT && node->chars)
			break;
		if (!node->is_block || !node->chars || !is_centred(a->page, i))
			continue;
		struct str line = str_of(line_of(a, i, node->end));
		if (str_find(line, "。", 0) < line.n || article_is_field(line.p))
			break;
		if (!is_number_of_paper(line))
			buf_add(&lines, line.p, line.n);
		i = node->end - 1;
	}
	if (!lines.fault && count_words(buf_str(&lines)) >= COLUMN_CHARS_MAX &&
		utf8_count(buf_str(&lines), lines.len) <= TITLE_CHARS_MAX)
		kept = arena_strndup(a->arena, buf_str(&lines), lines.len);
	buf_fini(&lines);
	return kept;
}

/* The office's name that opens its paper's headline, as the window title says it too: the
 * whole headline. NULL when it is none. */
static const char *whole_of_paper(struct article *a, const struct choice *c)
{
	const char *lines;

	if (!c->text || a->body < 0 || c->node <= a->body ||
		!article_is_name_of_source(str_of(c->text)))
		return NULL;
	lines = headline_in_text(a);
	return lines && str_has_prefix(str_of(lines), c->text) && strcmp(lines, c->text) != 0
		       ? lines
		       : NULL;
}

/* ---- the title ---- */

static const char *meta_title(struct article *a)
{
	static const char *const words[] = {"ArticleTitle", "og:title", "twitter:title", NULL};
	const char *content = article_meta(a->page, words), *kept;
	struct buf line;

	if (!content)
		return "";
	buf_init(&line, TITLE_BYTES_MAX);
	text_add_collapsed(&line, content, strlen(content), false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&line);
	return kept ? kept : "";
}

/* A headline cut short in the page ("…") gives way to the whole one. */
static const char *whole_of(const char *cut, const char *whole)
{
	size_t n = strlen(cut);

	for (size_t k = 3; k <= 6 && n > k; k += 3)
		if ((strcmp(cut + n - k, "...") == 0 || strcmp(cut + n - k, "…") == 0 ||
			    strcmp(cut + n - k, "……") == 0) &&
			strncmp(cut, whole, n - k) == 0 && strlen(whole) > n - k)
			return whole;
	return cut;
}

/* What the window title repeats is no headline when it names the site, and the page says
 * of itself that it is about something else. */
static bool is_site_headline(const char *text, const struct hints *said)
{
	return *said->meta && is_site_name(text) && !is_site_name(said->meta) &&
	       part_of(text, said->meta) == PART_NONE;
}

/* A headline broken into lines is written in one where the page repeats it. */
static const char *unbroken(struct article *a, int node, const char *text, const struct hints *said)
{
	const char *wholes[] = {said->meta, said->window};
	struct buf lines, joined;
	const char *kept = text;

	buf_init(&lines, TITLE_BYTES_MAX);
	buf_init(&joined, TITLE_BYTES_MAX);
	page_add_text_range(a->page, node, end_of_headline(a, node), &lines);
	for (size_t i = 0; i < lines.len; i++)
		if (lines.data[i] != '\n')
			buf_add_char(&joined, lines.data[i]);
	for (size_t i = 0; i < 2 && joined.len < lines.len && kept == text; i++)
		if (strstr(wholes[i], buf_str(&joined)))
			kept = arena_strndup(a->arena, buf_str(&joined), joined.len);
	buf_fini(&lines);
	buf_fini(&joined);
	return kept ? kept : text;
}

/* "headline - 2026-11-20": a template adds the day. */
static const char *without_day(struct article *a, const char *title)
{
	struct str s = str_of(title);
	size_t at = str_find(s, " - ", 0);
	struct date_found d;

	if (at >= s.n)
		return title;
	struct str rest = str_trim(str_sub(s, at + 3, s.n));
	if (!date_find(rest, 0, a->in->now, a->in->zone, &d) || d.start || d.end < rest.n ||
		!d.has_year || utf8_count(s.p, at) < TITLE_CHARS_MIN)
		return title;
	return arena_strndup(a->arena, s.p, at);
}

/* What the page shows as its headline and says elsewhere too; else what it says of itself;
 * else its first heading; else the window title. */
enum err_code article_find_title(struct article *a, struct err *e)
{
	struct hints said = {window_title(a), meta_title(a)};
	struct choice headline = best_headline(a, &said);
	const char *in_text;

	a->title = NULL;
	a->title_node = headline.node;
	a->title_confirmed = headline.confirmed;
	if ((in_text = whole_of_paper(a, &headline)))
		a->title = in_text;
	else if (headline.confirmed && is_site_headline(headline.text, &said))
		a->title = said.meta;
	else if (headline.confirmed)
		a->title = unbroken(a, headline.node, whole_of(headline.text, said.meta), &said);
	else if (*said.meta)
		a->title = said.meta;
	else if (headline.weight < SURE_WEIGHT && (in_text = headline_in_text(a)))
		a->title = in_text;
	else if (headline.text)
		a->title = headline.text;
	else if (*said.window)
		a->title = without_site(a, said.window);
	if (a->title)
		a->title = without_day(a, a->title);
	return arena_failed(a->arena) ? err_nomem(e) : ERR_OK;
}

void article_take_held_title(struct article *a, const char *title)
{
	struct hints said = {window_title(a), meta_title(a)};
	bool said_so =
		part_of(title, said.window) != PART_NONE || part_of(title, said.meta) != PART_NONE;
	/* The window says nothing but where it is. */
	bool unsaid = !*said.meta &&
		      (is_site(said.window) || count_words(said.window) < COLUMN_CHARS_MAX);

	if (!a->title_confirmed && count_words(title) >= TITLE_CHARS_MIN && (said_so || unsaid))
		a->title = title;
}
