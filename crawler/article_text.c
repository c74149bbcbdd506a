/*
 * article_text.c - the text of the element that holds an article, without what is no part of
 * it: links to others, buttons, lines of furniture.
 */
#include <string.h>

#include "base/utf8.h"
#include "crawler/article_private.h"

#define STATE_CHARS_MAX 8
#define BADGE_CHARS_MAX 4 /* "[投诉]" before a headline */
#define PARAGRAPH_CHARS 40 /* more of them, and a stop: a paragraph */
#define LINE_BYTES_MAX ((size_t)1024) /* of a line of furniture */
#define APPENDIX_AFTER 200 /* bytes of article before what is added to it */
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

bool article_is_furniture(const struct article *a, int from, int to)
{
	struct buf line;
	bool is;

	if (is_in_foreign(a, from))
		return true;
	buf_init(&line, LINE_BYTES_MAX);
	page_add_text_range(a->page, from, to, &line);
	is = !line.fault &&
	     article_is_noise(str_trim((struct str){buf_str(&line), line.len}), a->in);
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
			return utf8_count(line.p, line.n) > PARAGRAPH_CHARS &&
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
	if (utf8_count(rest.p, rest.n) <= STATE_CHARS_MAX && !article_count_held(rest, stops))
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
		if (article_begins_appendix(line) && out->len > APPENDIX_AFTER &&
			!goes_on_behind(line, rest))
			break;
		if (line.n == 0 || article_is_noise(line, a->in))
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
