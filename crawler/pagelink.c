/*
 * pagelink.c - links, their words, and the dates beside them.
 */
#include "crawler/pagelink.h"

#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "base/utf8.h"

#define TITLE_MAX ((size_t)4096)
#define ARGUMENTS_MAX 200 /* bytes of the arguments of a paging script */
#define STRETCH_MAX ((size_t)16 << 10) /* bytes of a row in which a date is looked for */

/* What a call made of an address, in the arena; NULL when it made nothing of it. A want of memory
 * is the arena's: a row whose link is missing would be lost in silence. */
static const char *take(enum err_code rc, char **url, struct arena *a)
{
	const char *kept = rc ? NULL : arena_strdup(a, *url);

	if (rc == ERR_NOMEM)
		arena_fail(a);
	free(*url);
	return kept;
}

const char *pagelink_base(const struct document_input *in, const struct page *p, struct arena *a)
{
	int at = page_find(p, 0, 0, PAGE_BASE);
	const char *href = at >= 0 ? page_attr(p, at, "href") : NULL;
	char *url = NULL;
	const char *kept = NULL;

	if (href && *href)
		kept = take(url_canonical(href, in->url, &url, NULL), &url, a);
	return kept ? kept : in->url;
}

static bool is_scripted(const char *href)
{
	struct str s = str_trim(str_of(href));

	return s.n == 0 || s.p[0] == '#' || str_is_nocase(str_sub(s, 0, 11), "javascript:") ||
	       str_is_nocase(str_sub(s, 0, 7), "mailto:") ||
	       str_is_nocase(str_sub(s, 0, 4), "tel:");
}

const char *pagelink_resolve(const char *href, const char *base, struct arena *a)
{
	struct str s = str_trim(str_of(href));
	char *url = NULL, *trimmed;
	const char *kept = NULL;

	if (is_scripted(href))
		return NULL;
	trimmed = strndup(s.p, s.n);
	kept = take(trimmed ? url_resolve(trimmed, base, &url, NULL) : ERR_NOMEM, &url, a);
	free(trimmed);
	return kept && url_is_http(kept) ? kept : NULL;
}

const char *pagelink_address(const struct page *p, int i, const char *base, struct arena *a)
{
	const char *href = page_attr(p, i, "href");

	return href ? pagelink_resolve(href, base, a) : NULL;
}

/* ---- titles ---- */

static bool is_date_only(struct str s, const struct document_input *in)
{
	struct date_found d;

	while (s.n && strchr("[(|-:", s.p[0]))
		s = str_sub(s, 1, s.n);
	while (s.n && strchr("])|-", s.p[s.n - 1]))
		s = str_sub(s, 0, s.n - 1);
	s = str_trim(s);
	return s.n && date_find(s, 0, in->now, in->zone, &d) && d.start == 0 && d.end == s.n;
}

/* Text of [from, to) on one line. */
static void add_line(const struct page *p, int from, int to, struct buf *out)
{
	struct buf text;

	buf_init(&text, TITLE_MAX * 4);
	page_add_text_range(p, from, to, &text);
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '\n')
			text.data[i] = ' ';
	buf_add(out, buf_str(&text), text.len);
	buf_fini(&text);
}

/* The element within a link that is its headline: a heading, or one that is called so. */
static int headline_of(const struct page *p, int i)
{
	static const char *const names[] = {"title", "tit", "headline", "biaoti", NULL};
	int end = page_node(p, i)->end;

	for (int k = i + 1; k < end; k++) {
		const struct page_node *node = page_node(p, k);
		if (node->hidden || node->tag == PAGE_TEXT || node->chars == 0)
			continue;
		if (node->tag == PAGE_HEADING || page_is_named(p, k, names))
			return k;
	}
	return -1;
}

static bool has_blocks(const struct page *p, int i)
{
	for (int k = i + 1; k < page_node(p, i)->end; k++)
		if (page_node(p, k)->is_block && page_node(p, k)->chars)
			return true;
	return false;
}

/* "04-21 2021", "22 / 2020.09" are no titles: no letter in them. */
static bool has_words(struct str s)
{
	for (size_t len; s.n; s = str_sub(s, len, s.n)) {
		uint32_t cp = utf8_decode(s.p, s.n, &len);
		if (utf8_is_han(cp) || (cp < 0x80 && str_is_alpha((unsigned char)cp)))
			return true;
	}
	return false;
}

/* A link around blocks: its first line that is no date is its title. */
static void add_first_line(
	const struct page *p, int i, const struct document_input *in, struct buf *out)
{
	struct buf text;
	struct str rest, line;

	buf_init(&text, STRETCH_MAX);
	page_add_text(p, i, &text);
	rest = (struct str){buf_str(&text), text.len};
	do {
		line = str_trim(str_split(&rest, '\n'));
	} while (rest.p &&
		 (is_date_only(line, in) || !has_words(line) || utf8_count(line.p, line.n) < 4));
	buf_add(out, line.p, line.n);
	buf_fini(&text);
}

/* The text of a link without the parts that are dates of their own. */
static void add_link_text(
	const struct page *p, int i, const struct document_input *in, struct buf *out)
{
	struct buf part;

	buf_init(&part, TITLE_MAX);
	for (int k = i + 1; k < page_node(p, i)->end; k++) {
		const struct page_node *node = page_node(p, k);
		if (node->hidden) {
			k = node->end - 1;
			continue;
		}
		if (node->tag == PAGE_TEXT || node->chars == 0)
			continue;
		buf_clear(&part);
		add_line(p, k, node->end, &part);
		if (is_date_only((struct str){buf_str(&part), part.len}, in)) {
			buf_clear(out);
			add_line(p, i, k, out);
			if (out->len)
				buf_add_char(out, ' ');
			add_line(p, node->end, page_node(p, i)->end, out);
			buf_fini(&part);
			return;
		}
	}
	buf_fini(&part);
	add_line(p, i, page_node(p, i)->end, out);
}

/* "<em>1</em>", the place in a list of hits. */
static bool is_rank(const struct page *p, int i, struct str s)
{
	static const char *const names[] = {"num", "rank", "order", "index", NULL};
	const char *name = page_node(p, i)->name;

	if (s.n > 2 ||
		(strcmp(name, "em") != 0 && strcmp(name, "i") != 0 && !page_is_named(p, i, names)))
		return false;
	for (size_t k = 0; k < s.n; k++)
		if (!str_is_digit((unsigned char)s.p[k]))
			return false;
	return s.n > 0;
}

/* The words of an element that only says "pinned", "new" or a number; empty: it is no such
 * element. */
static struct str badge_of(const struct page *p, int i, struct buf *text)
{
	static const char *const words[] = {"置顶", "顶", "[顶]", "热", "新", "荐", "图", "NEW",
		"New", "new", "HOT", "Hot", "hot", NULL};
	const struct page_node *node = page_node(p, i);
	struct str s, none = {"", 0};

	if (node->hidden || node->tag == PAGE_TEXT || node->chars == 0 || node->chars > 4)
		return none;
	buf_clear(text);
	page_add_text(p, i, text);
	s = str_trim((struct str){buf_str(text), text->len});
	for (size_t k = 0; words[k]; k++)
		if (str_is(s, words[k]))
			return s;
	return is_rank(p, i, s) ? s : none;
}

/* A title without the badges that stand as elements of their own at its edges. */
static struct str without_badges(const struct page *p, int i, struct str s)
{
	struct buf text;

	buf_init(&text, TITLE_MAX);
	for (int k = i + 1; k < page_node(p, i)->end; k++) {
		struct str badge = badge_of(p, k, &text);
		if (badge.n == 0 || badge.n >= s.n)
			continue;
		if (memcmp(s.p, badge.p, badge.n) == 0)
			s = str_trim(str_sub(s, badge.n, s.n));
		else if (memcmp(s.p + s.n - badge.n, badge.p, badge.n) == 0)
			s = str_trim(str_sub(s, 0, s.n - badge.n));
	}
	buf_fini(&text);
	return s;
}

/* "· 标题", "1. 标题" is not numbering when the number belongs to it: only marks go. */
static struct str without_marks(struct str s)
{
	static const char *const marks[] = {"·", "•", "●", "■", "◆", "▪", "►", "▶", "○", "※", "»",
		">", "-", "*", "|", "★", "☆", "□", "◇", "[置顶]", "【置顶】", "［置顶］",
		"\xE3\x80\x80", NULL};
	bool again = true;

	while (again && s.n) {
		again = false;
		s = str_trim(s);
		for (size_t i = 0; marks[i] && !again; i++) {
			if (str_has_prefix(s, marks[i])) {
				s = str_sub(s, strlen(marks[i]), s.n);
				again = true;
			}
		}
	}
	return s;
}

/* "标题 [2020-09-22]" */
static struct str without_date_behind(struct str s, const struct document_input *in)
{
	struct date_found d;
	size_t from = 0;

	while (date_find(s, from, in->now, in->zone, &d)) {
		struct str behind = str_trim(str_sub(s, d.end, s.n));
		struct str before = str_trim(str_sub(s, 0, d.start));
		bool bracket = before.n && strchr("[(", before.p[before.n - 1]);
		if (d.has_year && d.start > 8 && before.n &&
			(behind.n == 0 ? d.has_time
				       : behind.n == 1 && bracket && strchr("])", behind.p[0])))
			return str_trim(str_sub(before, 0, bracket ? before.n - 1 : before.n));
		from = d.end;
	}
	return s;
}

/* Where in a tooltip what it says beside the title begins. */
static size_t end_of_tooltip_title(struct str s)
{
	static const char *const labels[] = {"点击数：", "点击数:", "点击次数", "发表时间",
		"发布时间", "更新时间", "添加时间", "作者：", "作者:", "作    者", NULL};
	size_t end = s.n;

	for (size_t i = 0; labels[i]; i++) {
		size_t at = str_find(s, labels[i], 0);
		if (at > 0 && at < end && str_is_space((unsigned char)s.p[at - 1]))
			end = at;
	}
	return end;
}

/* Tooltips of some systems: "标题：…\n发布时间：…". */
static struct str tooltip_title(const char *attr)
{
	static const char *const leads[] = {
		"文章标题：", "文章标题:", "标题：", "标题:", "标　题：", NULL};
	struct str s = str_trim(str_of(attr)), rest, first;

	s = str_trim(str_sub(s, 0, end_of_tooltip_title(s)));
	rest = s;
	first = str_trim(str_split(&rest, '\n'));
	for (size_t i = 0; leads[i]; i++)
		if (str_has_prefix(first, leads[i]))
			return str_trim(str_sub(first, strlen(leads[i]), first.n));
	return s;
}

/* Is `shown` cut from `whole`: with dots at its end, or simply its beginning? */
static bool is_cut_of(struct str shown, struct str whole)
{
	static const char *const dots[] = {"…", "...", "..", "．．", NULL};
	size_t all = shown.n;

	if (shown.n == 0)
		return whole.n > 0;
	for (size_t i = 0; dots[i]; i++) {
		if (str_has_suffix(shown, dots[i])) {
			size_t n = strlen(dots[i]);
			shown = str_sub(shown, 0, shown.n - n);
			i = (size_t)-1;
		}
	}
	/* Templates add dots to a title that is whole, too. */
	return (whole.n > shown.n || (whole.n == shown.n && all > shown.n)) &&
	       memcmp(whole.p, shown.p, shown.n) == 0;
}

const char *pagelink_title(
	const struct page *p, int i, const struct document_input *in, struct arena *a)
{
	const char *attr = page_attr(p, i, "title"), *kept;
	int headline = headline_of(p, i);
	struct buf shown, flat;
	struct str s, tip = {"", 0};

	buf_init(&shown, TITLE_MAX * 4);
	buf_init(&flat, TITLE_MAX);
	if (headline >= 0)
		add_line(p, headline, page_node(p, headline)->end, &shown);
	else if (has_blocks(p, i))
		add_first_line(p, i, in, &shown);
	else
		add_link_text(p, i, in, &shown);
	s = without_badges(p, i, str_trim((struct str){buf_str(&shown), shown.len}));
	s = without_date_behind(without_marks(s), in);
	if (attr)
		tip = tooltip_title(attr);
	buf_add(&flat, tip.p, tip.n);
	for (size_t k = 0; k < flat.len; k++)
		if (str_is_space((unsigned char)flat.data[k]))
			flat.data[k] = ' ';
	tip = str_trim((struct str){buf_str(&flat), flat.len});
	if (tip.n && is_cut_of(s, tip))
		s = tip;
	kept = shown.fault == ERR_NOMEM ? NULL : arena_strndup(a, s.p, s.n);
	buf_fini(&shown);
	buf_fini(&flat);
	return kept;
}

/* ---- the next page ---- */

/* "下一页 >", "[下一页]", "»" */
static bool is_next_word(struct str s)
{
	static const char *const marks[] = {">", "»", "›", "→", "]", "】", " ", NULL};
	static const char *const opening[] = {"[", "【", " ", NULL};
	static const char *const words[] = {
		"下一页", "下页", "下一頁", "后一页", "后页", "next", "next page", NULL};
	bool marked = false;

	for (size_t i = 0; marks[i]; i++) {
		while (str_has_suffix(s, marks[i])) {
			s = str_sub(s, 0, s.n - strlen(marks[i]));
			marked = true;
			i = 0;
		}
	}
	for (size_t i = 0; opening[i]; i++)
		while (str_has_prefix(s, opening[i]))
			s = str_sub(s, strlen(opening[i]), s.n);
	for (size_t i = 0; words[i]; i++)
		if (str_is_nocase(s, words[i]))
			return true;
	return marked && s.n == 0;
}

static bool is_other_page(const char *url, const struct document_input *in)
{
	char *a = NULL, *b = NULL;
	bool other = url_canonical(url, NULL, &a, NULL) == ERR_OK;

	if (other && in->url && url_canonical(in->url, NULL, &b, NULL) == ERR_OK)
		other = strcmp(a, b) != 0;
	free(a);
	free(b);
	return other;
}

/* createPageHTML(pages, index, "index", "html") of a widespread publishing system: the
 * page behind index N is name_N+1.ext. */
static const char *next_by_arguments(struct str args, const char *base, struct arena *a)
{
	struct str field[4];
	int64_t pages, index;
	char *url = NULL;
	const char *name;

	for (size_t k = 0; k < 4; k++)
		field[k] = str_trim(str_split(&args, ','));
	if (!str_to_int(field[0], 1, 100000, &pages) || !str_to_int(field[1], 0, 100000, &index) ||
		index + 1 >= pages || field[2].n < 3 || field[3].n < 3)
		return NULL;
	name = arena_printf(a, "%.*s_%lld.%.*s", (int)field[2].n - 2, field[2].p + 1,
		(long long)index + 1, (int)field[3].n - 2, field[3].p + 1);
	return name ? take(url_canonical(name, base, &url, NULL), &url, a) : NULL;
}

static const char *scripted_next(const struct page *p, const char *base, struct arena *a)
{
	static const char call[] = "createPageHTML(";

	for (int i = 0; i < page_count(p); i++) {
		const struct page_node *node = page_node(p, i);
		if (node->tag != PAGE_TEXT || node->parent < 0 ||
			page_node(p, node->parent)->tag != PAGE_SCRIPT)
			continue;
		for (size_t at = 0; (at = str_find(node->text, call, at)) < node->text.n;) {
			at += sizeof call - 1;
			struct str args = str_sub(node->text, at, at + ARGUMENTS_MAX);
			const char *next = next_by_arguments(
				str_sub(args, 0, str_find(args, ")", 0)), base, a);
			if (next)
				return next;
		}
	}
	return NULL;
}

const char *pagelink_next(
	const struct page *p, const struct document_input *in, const char *base, struct arena *a)
{
	struct buf text;
	const char *next = NULL;

	buf_init(&text, TITLE_MAX);
	for (int i = 0; i < page_count(p) && !next; i++) {
		const struct page_node *node = page_node(p, i);
		const char *rel = page_attr(p, i, "rel");
		if (node->tag != PAGE_A && node->tag != PAGE_LINK)
			continue;
		if (node->tag == PAGE_A && node->chars > 12)
			continue;
		buf_clear(&text);
		if (node->tag == PAGE_A)
			add_line(p, i, node->end, &text);
		if (!(rel && strcasecmp(rel, "next") == 0) &&
			!is_next_word((struct str){buf_str(&text), text.len}))
			continue;
		next = pagelink_address(p, i, base, a);
		if (next && !is_other_page(next, in))
			next = NULL;
	}
	buf_fini(&text);
	return next ? next : scripted_next(p, base, a);
}
