/*
 * article_body.c - where the text of an article is.
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
#define PARAGRAPH_MIN 10 /* characters: shorter ones say nothing about where they stand */
#define UP_SHARE 0.5
#define TEASER_MIN 6 /* characters of a headline that is a link */
#define TEASER_TEXT 200 /* characters under such a headline, at most */
#define TEASERS_OF_LIST 3 /* more of them: a list of articles */
#define FOOTER_POINTS 5 /* that the address and telephone of an office in a footer do not reach */
#define BLANKS_MAX 3 /* texts of white space between elements */
#define TEXT_NODES_BELOW 80 /* a headline */
#define LINE_NODES_MAX 200 /* of a line */
#define LABEL_NODES_MAX 40 /* before the label of an answer */

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

/* The block behind node i in the same holder, blanks between them left out; -1 none. */
static int element_behind(const struct page *p, int i)
{
	int end = page_node(p, page_node(p, i)->parent)->end, k = page_node(p, i)->end;

	for (int blanks = 0; k < end && blanks < BLANKS_MAX; blanks++) {
		if (page_node(p, k)->tag != PAGE_TEXT || page_node(p, k)->chars)
			return k;
		k = page_node(p, k)->end;
	}
	return -1;
}

/* <div> without a name, and no block or break in it. */
static bool is_bare_line(const struct page *p, int i)
{
	if (i < 0 || strcmp(page_node(p, i)->name, "div") != 0 ||
		page_node(p, i)->end - i > LINE_NODES_MAX || page_attr(p, i, "class") ||
		page_attr(p, i, "id"))
		return false;
	for (int k = i + 1; k < page_node(p, i)->end; k++)
		if (page_node(p, k)->is_block || page_node(p, k)->tag == PAGE_BR)
			return false;
	return true;
}

/* A list below a paragraph, as of what is to be done, is part of the text. */
static bool is_list_in_text(const struct page *p, int list)
{
	int before = page_node(p, list)->tag == PAGE_LIST ? element_before(p, list) : -1;

	return before >= 0 && (page_node(p, before)->tag == PAGE_P || is_bare_line(p, before)) &&
	       page_node(p, before)->stops;
}

/* A line beside which others of the kind stand, or a table or list, is a paragraph whatever
 * its element is called. */
static bool is_paragraph_in_div(const struct page *p, int i)
{
	int beside[2];

	if (page_node(p, i)->parent < 0 || !is_bare_line(p, i))
		return false;
	beside[0] = element_before(p, i);
	beside[1] = element_behind(p, i);
	for (int k = 0; k < 2; k++) {
		enum page_tag tag = beside[k] >= 0 ? page_node(p, beside[k])->tag : PAGE_TEXT;
		if (tag == PAGE_P || tag == PAGE_TABLE || tag == PAGE_LIST ||
			is_bare_line(p, beside[k]))
			return true;
	}
	return false;
}

/* A paragraph element passes its points to what holds the paragraphs. */
static int holder_of(const struct page *p, int block)
{
	const struct page_node *node = page_node(p, block);

	if (node->tag == PAGE_LI && node->parent > 0 && is_list_in_text(p, node->parent))
		return page_node(p, node->parent)->parent;
	bool is_paragraph = node->tag == PAGE_P || node->tag == PAGE_HEADING ||
			    node->tag == PAGE_LI || strcmp(node->name, "blockquote") == 0 ||
			    strcmp(node->name, "section") == 0 || is_paragraph_in_div(p, block);

	return is_paragraph && node->parent >= 0 ? node->parent : block;
}

/* "网友评论" opens what readers say, whatever its element is called. */
static bool is_of_readers(const struct page *p, int i)
{
	static const char *const opens[] = {"网友评论", "最新评论", "热门评论", "全部评论",
		"精彩评论", "评论列表", "发表评论", "网友留言", NULL};

	for (int k = i + 1; k < page_node(p, i)->end && k - i < LABEL_NODES_MAX; k++)
		if (page_node(p, k)->tag == PAGE_TEXT && page_node(p, k)->chars)
			return article_begins_with(str_trim(page_node(p, k)->text), opens);
	return false;
}

static bool is_bad_place(const struct page *p, int i)
{
	const char *name = page_node(p, i)->name;

	return strcmp(name, "nav") == 0 || strcmp(name, "footer") == 0 ||
	       strcmp(name, "aside") == 0 || article_is_named_bad(p, i) ||
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

/* "地址：某市某路1号　邮编：000000": where an office is. */
static bool is_address(struct str s)
{
	static const char *const opens[] = {"地址：", "地址:", "通信地址", "通讯地址", "单位地址",
		"办公地址", "联系地址", NULL};
	static const char *const others[] = {"邮编", "邮政编码", "电话", "传真", NULL};

	if (!article_begins_with(str_trim(s), opens))
		return false;
	for (size_t i = 0; others[i]; i++)
		if (str_find(s, others[i], 0) < s.n)
			return true;
	return false;
}

static bool is_footer_text(struct str s)
{
	static const char *const signs[] = {"版权所有", "ICP备", "公网安备", "技术支持", "主办单位",
		"承办单位", "网站标识码", "分辨率", "ICP证", "Copyright", "All Rights Reserved",
		"增值电信业务", NULL};

	for (size_t i = 0; signs[i]; i++)
		if (str_find(s, signs[i], 0) < s.n)
			return true;
	return is_address(s);
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

/* What holds the short text of a cell: the table, whose rows are what the page tells. */
static int holder_of_short(const struct page *p, int block)
{
	int i = block;

	if (page_node(p, block)->tag != PAGE_CELL)
		return holder_of(p, block);
	while (i > 0 && page_node(p, i)->tag != PAGE_TABLE)
		i = page_node(p, i)->parent;
	return i > 0 ? i : block;
}

/* The line of date and source has marks too, but is none of the text. */
static void give_points(const struct article *a, const char *bad, double *points)
{
	const struct page *p = a->page;
	int head, behind_head = 0;

	if (!article_head_of_title(a, &head, &behind_head))
		head = -1;
	for (int i = 0; i < page_count(p); i++) {
		const struct page_node *node = page_node(p, i);
		if (node->hidden || i == head) {
			i = (i == head ? behind_head : node->end) - 1;
			continue;
		}
		if (node->tag != PAGE_TEXT || node->chars == 0 || is_in_link(p, i))
			continue;
		double given = text_points(p, i);
		if (given < 1 && points[0] < 0)
			continue;
		int block = article_block_of(p, i);
		int holder = given < 1 ? holder_of_short(p, block) : holder_of(p, block);
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
	return article_is_named_good(p, i) ? weight * 1.3 : weight;
}

/* ---- going up ---- */

/* Of each node. */
struct scores {
	double *points; /* of the paragraphs right below */
	double *total; /* of all below */
	int *teasers; /* headlines below that are links */
	char *bad; /* 1 in a place of noise */
};

bool article_stand_alike(const struct page *p, int i, int k)
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
			(!article_stand_alike(p, i, branch) ||
				(i > branch && !goes_on_in(p, branch, i))))
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

/* What stands over a headline with the line of date and source is no part of the text
 * below. */
static int start_of_text(const struct article *a, int body)
{
	int title = a->title_node;

	return title >= 0 && title < body && article_lines_to_head(a, title) == 1 ? title : 0;
}

/* Characters in links below the node, of those that no block of links holds. */
static double linked_share(const struct page *p, int up)
{
	int chars = 0, linked = 0;

	for (int i = up + 1; i < page_node(p, up)->end; i = page_node(p, i)->end) {
		const struct page_node *node = page_node(p, i);
		if (node->is_block && node->linked * 10 > node->chars * 6)
			continue;
		chars += node->chars;
		linked += node->linked;
	}
	return chars ? (double)linked / chars : 1;
}

/* Does a sentence stand between the headline, whose line of date follows it, and the branch?
 * What is asked, before the answer. */
static bool begins_before(const struct article *a, int branch, int up, const double *total)
{
	const struct page *p = a->page;
	double before = 0;

	if (!start_of_text(a, branch) || a->title_node <= up)
		return false;
	for (int i = up + 1; i < branch; i = page_node(p, i)->end)
		before += total[i];
	return before >= 1;
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
		bool before = begins_before(a, branch, up, s->total);
		double linked = before        ? linked_share(p, up)
				: node->chars ? (double)node->linked / node->chars
					      : 1;
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
		if (node->parent >= 0 && !(node->tag != PAGE_TEXT && article_is_named_bad(p, i)))
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
	give_points(a, s->bad, s->points);
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
