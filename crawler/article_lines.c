/*
 * article_lines.c - the line that tells when and by whom: "时间：2026-11-20 来源：某网".
 *
 * Whatever element a page takes for its headline, this line stands under it, so that it
 * finds headlines without a heading, a class or a window title to know them by.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "crawler/article_private.h"

#define HEAD_CHARS_MAX 120
#define DATED_CHARS_MAX 60 /* of a line that begins with a date and has no label */
#define LABEL_CHARS_MAX 8
#define SUBTITLE_CHARS_MAX 60

int article_block_of(const struct page *p, int i)
{
	for (i = page_node(p, i)->parent; i > 0; i = page_node(p, i)->parent) {
		const struct page_node *node = page_node(p, i);
		if (node->is_block || node->tag == PAGE_CELL)
			return i;
	}
	return 0;
}

/* ---- lines ---- */

/* The next shown text with a character at or behind i; page_count(p) when there is none. */
static int next_text(const struct page *p, int i)
{
	for (; i < page_count(p); i++) {
		const struct page_node *node = page_node(p, i);
		if (node->hidden)
			i = node->end - 1;
		else if (node->tag == PAGE_TEXT && node->chars)
			return i;
	}
	return i;
}

static bool has_break(const struct page *p, int from, int to)
{
	for (; from < to; from++)
		if (page_node(p, from)->tag == PAGE_BR)
			return true;
	return false;
}

/* Behind the last text of the line that begins with text i. */
static int end_of_line(const struct page *p, int i)
{
	int block = article_block_of(p, i);

	for (int next; (next = next_text(p, i + 1)) < page_count(p); i = next)
		if (article_block_of(p, next) != block || has_break(p, i, next))
			break;
	return i + 1;
}

/* ---- which of them are heads ---- */

static bool holds(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_find(s, *words, 0) < s.n)
			return true;
	return false;
}

static struct str without_opening(struct str s)
{
	static const char *const marks[] = {"【", "［", "（", "[", "(", NULL};

	for (size_t i = 0; marks[i]; i++)
		if (str_has_prefix(s, marks[i]))
			return str_trim(str_sub(s, strlen(marks[i]), s.n));
	return s;
}

/* "来源：…", "信息发布时间：…" */
static bool begins_with_label(struct str s)
{
	static const char *const words[] = {"来源", "时间", "日期", "作者", "发布", "发布人",
		"稿源", "发布单位", "发布机构", "供稿", "Date", "date", NULL};
	size_t wide = str_find(s, "：", 0), narrow = str_find(s, ":", 0);
	struct str label = str_trim(str_sub(s, 0, wide < narrow ? wide : narrow));

	if (label.n == 0 || label.n == s.n || utf8_count(label.p, label.n) > LABEL_CHARS_MAX)
		return false;
	for (size_t i = 0; words[i]; i++)
		if (str_has_suffix(label, words[i]))
			return true;
	return false;
}

static bool begins_with_date(const struct article *a, struct str s)
{
	struct date_found d;

	return utf8_count(s.p, s.n) <= DATED_CHARS_MAX &&
	       date_find(s, 0, a->in->now, a->in->zone, &d) && d.start == 0 && d.has_year &&
	       !d.is_relative;
}

static bool is_head(const struct article *a, struct str line)
{
	static const char *const others[] = {
		"。", "今天", "今日", "欢迎", "星期", "当前时间", "现在时间", NULL};
	struct str s = without_opening(line);

	return utf8_count(s.p, s.n) <= HEAD_CHARS_MAX && !holds(s, others) &&
	       (begins_with_label(s) || begins_with_date(a, s));
}

enum err_code article_mark_heads(struct article *a, struct err *e)
{
	const struct page *p = a->page;
	struct buf line;
	char *heads = arena_alloc(a->arena, (size_t)page_count(p));
	enum err_code rc = ERR_OK;

	if (!heads)
		return err_nomem(e);
	buf_init(&line, (size_t)8 << 20);
	for (int i = next_text(p, 0), end; i < page_count(p) && !rc; i = next_text(p, end)) {
		end = end_of_line(p, i);
		buf_clear(&line);
		page_add_text_range(p, i, end, &line);
		rc = buf_check(&line, _("a line of a page"), e);
		heads[i] = !rc && is_head(a, str_trim((struct str){buf_str(&line), line.len}));
	}
	buf_fini(&line);
	a->heads = heads;
	return rc;
}

bool article_head_behind(const struct article *a, int node, int *from, int *to)
{
	*from = next_text(a->page, page_node(a->page, node)->end);
	if (*from >= page_count(a->page) || !a->heads[*from])
		return false;
	*to = end_of_line(a->page, *from);
	return true;
}

int article_lines_to_head(const struct article *a, int node)
{
	int from, to, chars = 0;

	if (article_head_behind(a, node, &from, &to))
		return 1;
	if (from >= page_count(a->page))
		return 0;
	to = end_of_line(a->page, from);
	for (int i = from; i < to; i++)
		chars += page_node(a->page, i)->tag == PAGE_TEXT ? page_node(a->page, i)->chars : 0;
	from = next_text(a->page, to);
	return chars <= SUBTITLE_CHARS_MAX && from < page_count(a->page) && a->heads[from] ? 2 : 0;
}
