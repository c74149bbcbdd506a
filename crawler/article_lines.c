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
#define SOURCE_CHARS_MAX 16 /* behind a date with a time of day */
#define BEFORE_MINUTE_MAX 16 /* characters in front of a date with a time of day */
#define LABEL_CHARS_MAX 8
#define TITLE_LABEL_CHARS_MAX 4
#define SUBTITLE_CHARS_MAX 60
#define BYLINE_CHARS_MAX 30
#define LINES_BELOW_HEADLINE 2 /* subtitle and byline */
#define FIELD_BYTES_MAX ((size_t)2048)
#define LABEL_NODES_MAX 30
#define LINE_TEXTS_MAX 60 /* further ones are taken for another line */
#define LABEL_BYTES_MAX ((size_t)64)

int article_block_of(const struct page *p, int i)
{
	for (i = page_node(p, i)->parent; i > 0; i = page_node(p, i)->parent) {
		const struct page_node *node = page_node(p, i);
		if (node->is_block || node->tag == PAGE_CELL)
			return i;
	}
	return 0;
}

bool article_is_one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_is(s, *words))
			return true;
	return false;
}

bool article_is_day(const struct article *a, struct str s)
{
	static const char *const opens[] = {"(", "（", "[", "【", NULL};
	static const char *const closes[] = {")", "）", "]", "】", NULL};
	struct date_found d;

	s = str_trim(s);
	for (size_t i = 0; opens[i]; i++)
		if (str_has_prefix(s, opens[i]) && str_has_suffix(s, closes[i]))
			s = str_trim(str_sub(s, strlen(opens[i]), s.n - strlen(closes[i])));
	return date_find(s, 0, a->in->now, a->in->zone, &d) && d.start == 0 && d.end == s.n &&
	       d.has_year && !d.is_relative;
}

/* ---- lines ---- */

/* The next shown text with a character at or behind i; page_count(p) when there is none. */
int article_next_text(const struct page *p, int i)
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
int article_end_of_line(const struct page *p, int i)
{
	int block = article_block_of(p, i);

	for (int n = 0, next; n < LINE_TEXTS_MAX; n++, i = next) {
		next = article_next_text(p, i + 1);
		if (next >= page_count(p) || article_block_of(p, next) != block ||
			has_break(p, i, next))
			break;
	}
	return i + 1;
}

/* Does a letter or digit of the text before meet a digit of text i, of another element of
 * the line? */
static bool meets_number(const struct page *p, int before, int i)
{
	struct str x = page_node(p, before)->text, y = page_node(p, i)->text;

	return x.n && y.n && str_is_alnum((unsigned char)x.p[x.n - 1]) &&
	       str_is_digit((unsigned char)y.p[0]) &&
	       page_node(p, before)->parent != page_node(p, i)->parent &&
	       article_block_of(p, before) == article_block_of(p, i) && !has_break(p, before, i);
}

void article_add_text(const struct page *p, int from, int to, struct buf *out)
{
	int before = -1;

	for (int i = from; i < to; i++) {
		if (page_node(p, i)->tag != PAGE_TEXT)
			continue;
		if (before >= 0 && meets_number(p, before, i)) {
			page_add_text_range(p, from, i, out);
			buf_add_char(out, ' ');
			from = i;
		}
		before = i;
	}
	page_add_text_range(p, from, to, out);
}

/* ---- which of them are heads ---- */

static bool holds(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_find(s, *words, 0) < s.n)
			return true;
	return false;
}

/* A character of a font of icons, as of a clock in front of the time. */
static struct str without_icon(struct str s)
{
	size_t len = 0;
	uint32_t cp = s.n ? utf8_decode(s.p, s.n, &len) : 0;

	return cp >= 0xE000 && cp <= 0xF8FF ? str_trim(str_sub(s, len, s.n)) : s;
}

/* "http://www.example.com 2026年11月20日": where it stood, in front of when. */
static struct str without_address(struct str s)
{
	size_t n = 0;

	if (!str_has_prefix(s, "http://") && !str_has_prefix(s, "https://") &&
		!str_has_prefix(s, "www."))
		return s;
	while (n < s.n && s.p[n] > ' ' && s.p[n] <= '~')
		n++;
	return str_trim(str_sub(s, n, s.n));
}

static struct str without_opening(struct str s)
{
	static const char *const marks[] = {"【", "［", "（", "[", "(", NULL};

	for (size_t i = 0; marks[i]; i++)
		if (str_has_prefix(s, marks[i]))
			return str_trim(str_sub(s, strlen(marks[i]), s.n));
	return s;
}

/* "来源", "信息发布时间" */
static bool is_label(struct str s)
{
	static const char *const words[] = {"来源", "时间", "日期", "作者", "发布", "发布人",
		"稿源", "发布单位", "发布机构", "供稿", "Date", "date", NULL};

	if (s.n == 0 || utf8_count(s.p, s.n) > LABEL_CHARS_MAX)
		return false;
	for (size_t i = 0; words[i]; i++)
		if (str_has_suffix(s, words[i]))
			return true;
	return false;
}

/* The label of a line, without the colon behind it; *value: what follows. */
static struct str label_of(struct str s, struct str *value)
{
	size_t wide = str_find(s, "：", 0), narrow = str_find(s, ":", 0);
	size_t at = wide < narrow ? wide : narrow;

	*value = str_trim(str_sub(s, at + (at == wide ? 3 : 1), s.n));
	return str_trim(str_sub(s, 0, at));
}

/* "来源：…", "发布时间2026年11月20日" */
static bool begins_with_label(const struct article *a, struct str s, bool in_cell)
{
	struct str value, label = label_of(s, &value);
	struct date_found d;

	/* A label in a cell of its own has its value in the next: a table of fields. */
	if (label.n < s.n)
		return is_label(label) && (value.n || !in_cell);
	return date_find(s, 0, a->in->now, a->in->zone, &d) && d.has_year &&
	       is_label(str_trim(str_sub(s, 0, d.start)));
}

/* Who tells it may stand in a line over the date, or behind it. */
bool article_is_name_of_source(struct str s)
{
	static const char *const ends[] = {"报", "网", "中心", "局", "社", "台", "办公室", "委员会",
		"政府", "发布", "头条", "在线", "客户端", NULL};

	for (size_t i = 0; ends[i]; i++)
		if (str_has_suffix(s, ends[i]))
			return true;
	return false;
}

/* rest: the text behind the date, a source behind the minute left out. */
static bool begins_with_date(const struct article *a, struct str s, struct str *rest)
{
	struct date_found d;

	if (utf8_count(s.p, s.n) > DATED_CHARS_MAX ||
		!date_find(s, 0, a->in->now, a->in->zone, &d) || d.start != 0 || !d.has_year ||
		d.is_relative)
		return false;
	*rest = str_trim(str_sub(s, d.end, s.n));
	/* "2026-11-20 09:30 某县广播电视台": the minute is none of the matter's. */
	if ((d.has_time || article_is_name_of_source(*rest)) &&
		utf8_count(rest->p, rest->n) <= SOURCE_CHARS_MAX)
		*rest = (struct str){"", 0};
	return true;
}

/* A cell behind another one of its row: a value, where a date tells of what the first says. */
static bool is_value_cell(const struct page *p, int block)
{
	int row = page_node(p, block)->parent;

	return page_node(p, block)->tag == PAGE_CELL && row >= 0 &&
	       page_find(p, row, row, PAGE_CELL) < block;
}

/* "某县第一中学 2026-11-20 15:32 阅读526次" */
static bool holds_date_and_count(const struct article *a, struct str s)
{
	static const char *const words[] = {"来源", "作者", "点击", "浏览", "阅读", "访问", "字体",
		"字号", "发布时间", "发布日期", "发表时间", NULL};
	struct date_found d;

	return holds(s, words) && str_find(s, "，", 0) == s.n &&
	       date_find(s, 0, a->in->now, a->in->zone, &d) && (d.has_year || d.has_time) &&
	       !d.is_relative;
}

/* "系统公告 | 2026-11-20 15:32": a word or two and the minute, no row of links. */
static bool ends_with_minute(const struct article *a, struct str s, int block)
{
	struct date_found d;

	return page_node(a->page, block)->linked == 0 && utf8_count(s.p, s.n) <= DATED_CHARS_MAX &&
	       str_find(s, "，", 0) == s.n && date_find(s, 0, a->in->now, a->in->zone, &d) &&
	       d.has_year && d.has_time && d.end == s.n &&
	       utf8_count(s.p, d.start) <= BEFORE_MINUTE_MAX;
}

static enum article_head head_of(const struct article *a, int text, struct str line)
{
	static const char *const others[] = {
		"。", "今天", "今日", "欢迎", "星期", "当前时间", "现在时间", NULL};
	struct str behind = without_address(without_icon(line)), s = without_opening(behind), rest;
	int block = article_block_of(a->page, text);
	bool in_cell = page_node(a->page, block)->tag == PAGE_CELL;

	if (utf8_count(s.p, s.n) > HEAD_CHARS_MAX || holds(s, others))
		return ARTICLE_NO_HEAD;
	if (holds_date_and_count(a, s))
		return ARTICLE_DATED;
	if (begins_with_label(a, s, in_cell))
		return ARTICLE_LABELLED;
	if (is_value_cell(a->page, block))
		return ARTICLE_NO_HEAD;
	if (ends_with_minute(a, s, block))
		return ARTICLE_DATED;
	if (!begins_with_date(a, s, &rest))
		return ARTICLE_NO_HEAD;
	/* No sentence begins with an address. */
	return rest.n && behind.n == without_icon(line).n ? ARTICLE_LABELLED : ARTICLE_DATED;
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
	for (int i = article_next_text(p, 0), end; i < page_count(p) && !rc;
		i = article_next_text(p, end)) {
		end = article_end_of_line(p, i);
		buf_clear(&line);
		article_add_text(p, i, end, &line);
		rc = buf_check(&line, _("a line of a page"), e);
		struct str text = str_trim((struct str){buf_str(&line), line.len});
		heads[i] = rc ? ARTICLE_NO_HEAD : (char)head_of(a, i, text);
	}
	buf_fini(&line);
	a->heads = heads;
	return rc;
}

int article_end_of_first_line(const struct article *a, int node)
{
	int end = page_node(a->page, node)->end, i = article_next_text(a->page, node);

	if (i >= end || article_block_of(a->page, i) != node)
		return end;
	while ((i = article_next_text(a->page, i + 1)) < end)
		if (article_block_of(a->page, i) != node)
			return i;
	return end;
}

int article_head_inside(const struct article *a, int node)
{
	int end = page_node(a->page, node)->end;

	for (int i = article_next_text(a->page, node);
		(i = article_next_text(a->page, i + 1)) < end;)
		if (a->heads[i] && article_block_of(a->page, i) == node)
			return i;
	return -1;
}

bool article_head_behind(const struct article *a, int node, int *from, int *to)
{
	*from = article_head_inside(a, node);
	if (*from < 0)
		*from = article_next_text(a->page, page_node(a->page, node)->end);
	if (*from >= page_count(a->page) || !a->heads[*from])
		return false;
	*to = article_end_of_line(a->page, *from);
	return true;
}

static bool is_shown_text(const struct page *p, int i)
{
	return page_node(p, i)->tag == PAGE_TEXT && page_node(p, i)->chars;
}

static void add_unspaced(struct str s, struct buf *out)
{
	for (size_t len; s.n; s = str_sub(s, len, s.n)) {
		uint32_t cp = utf8_decode(s.p, s.n, &len);
		if (!utf8_is_space(cp))
			utf8_add(out, cp);
	}
}

/* The line before the node, without white space. */
static void add_line_before(const struct page *p, int node, struct buf *out)
{
	int to = node, from, block;

	while (to > 0 && !is_shown_text(p, to - 1))
		to--;
	if (to == 0)
		return;
	block = article_block_of(p, to - 1);
	for (from = to; from > 0 && to - from < LABEL_NODES_MAX; from--)
		if (page_node(p, from - 1)->tag == PAGE_BR ||
			(is_shown_text(p, from - 1) && article_block_of(p, from - 1) != block))
			break;
	for (; from < to; from++)
		if (is_shown_text(p, from))
			add_unspaced(page_node(p, from)->text, out);
}

/* "信件标题", "公告标题"; "标　题" is written with blanks, to be as wide as the labels below
 * it. A paper's headline in another one is something else. */
static bool is_title_label(struct str s)
{
	static const char *const named[] = {"信件主题", "来信主题", "诉求主题", "邮件主题",
		"信息名称", "文件名称", "公文名称", NULL};
	static const char *const others[] = {"副标题", "小标题", "原标题", NULL};
	struct buf own;
	bool is;

	if (s.n == 0 || s.n > LABEL_BYTES_MAX)
		return false;
	buf_init(&own, LABEL_BYTES_MAX);
	add_unspaced(s, &own);
	struct str label = {buf_str(&own), own.len};
	is = str_has_suffix(label, "标题") && !holds(label, others) &&
	     utf8_count(label.p, label.n) <= TITLE_LABEL_CHARS_MAX;
	is = is || article_is_one_of(label, named);
	buf_fini(&own);
	return is;
}

/* "咨询人：李某": a field of a letter, no headline. */
static bool is_field(struct str s)
{
	static const char *const ends[] = {"人", "号", "单位", "部门", "类型", "类别", "状态",
		"电话", "时间", "日期", "内容", "姓名", "机构", "来源", "分类", "关键词", NULL};
	struct str value, label = label_of(s, &value);

	if (label.n == s.n || utf8_count(label.p, label.n) > LABEL_CHARS_MAX)
		return false;
	for (size_t i = 0; ends[i]; i++)
		if (str_has_suffix(label, ends[i]))
			return true;
	return false;
}

bool article_is_field(const char *line)
{
	return is_field(str_of(line));
}

/* Is the next line behind the node a field? */
static bool has_field_behind(const struct article *a, int node)
{
	int from = article_next_text(a->page, page_node(a->page, node)->end);
	struct buf line;
	bool field;

	if (from >= page_count(a->page))
		return false;
	buf_init(&line, FIELD_BYTES_MAX);
	page_add_text_range(a->page, from, article_end_of_line(a->page, from), &line);
	field = is_field(str_trim((struct str){buf_str(&line), line.len}));
	buf_fini(&line);
	return field;
}

/* The line before the node without a colon at its end; *colon: was there one? */
static struct str label_before(const struct article *a, int node, struct buf *line, bool *colon)
{
	struct str value, label;

	add_line_before(a->page, node, line);
	label = label_of((struct str){buf_str(line), line->len}, &value);
	*colon = label.n < line->len && value.n == 0;
	return value.n ? (struct str){buf_str(line), line->len} : label;
}

bool article_is_field_value(const struct article *a, int node)
{
	struct buf line;
	bool colon;

	buf_init(&line, LABEL_BYTES_MAX);
	struct str label = label_before(a, node, &line, &colon);
	colon = colon && !line.fault && label.n && utf8_count(label.p, label.n) <= LABEL_CHARS_MAX;
	buf_fini(&line);
	return colon;
}

bool article_is_labelled_title(const struct article *a, int node)
{
	static const char *const fields[] = {"主题", "题目", "名称", NULL};
	struct buf line;
	bool is, colon;

	buf_init(&line, LABEL_BYTES_MAX);
	struct str label = label_before(a, node, &line, &colon);
	is = !line.fault && (is_title_label(label) || (article_is_one_of(label, fields) &&
							      has_field_behind(a, node)));
	buf_fini(&line);
	return is;
}

const char *article_without_title_label(const char *line)
{
	struct str value, label = label_of(str_of(line), &value);

	return label.n < strlen(line) && is_title_label(label) ? value.p : line;
}

bool article_is_byline(struct str s)
{
	static const char *const names[] = {"本报记者", "本刊记者", "本网记者", "本台记者",
		"特约记者", "实习记者", "见习记者", "通讯员", "本报通讯员", NULL};
	struct str rest = s;

	if (utf8_count(s.p, s.n) > BYLINE_CHARS_MAX)
		return false;
	for (size_t i = 0; names[i]; i++)
		if (str_has_prefix(s, names[i]))
			return true;
	/* "记者节…" is none. */
	if (str_has_prefix(s, "记者") || str_has_prefix(s, "作者"))
		rest = str_sub(s, strlen("记者"), s.n);
	return rest.n < s.n && (str_has_prefix(rest, " ") || str_has_prefix(rest, ":") ||
				       str_has_prefix(rest, "：") || str_has_prefix(rest, "　"));
}

/* A subtitle "——…", or who wrote it, between headline and head. */
static bool is_below_headline(const struct article *a, int text)
{
	struct str s = str_trim(page_node(a->page, text)->text);

	return str_has_prefix(s, "—") || article_is_byline(s);
}

static int count_chars(const struct page *p, int from, int to)
{
	int chars = 0;

	for (int i = from; i < to; i++)
		chars += page_node(p, i)->tag == PAGE_TEXT ? page_node(p, i)->chars : 0;
	return chars;
}

/* As article_lines_to_head(); *from: where the head begins. */
static int find_head(const struct article *a, int node, int *from)
{
	const struct page *p = a->page;
	int to;

	if (article_head_behind(a, node, from, &to))
		return 1;
	for (int lines = 0; *from < page_count(p) && lines <= LINES_BELOW_HEADLINE; lines++) {
		bool below = is_below_headline(a, *from);
		to = article_end_of_line(p, *from);
		if (count_chars(p, *from, to) > SUBTITLE_CHARS_MAX)
			return 0;
		*from = article_next_text(p, to);
		if (*from < page_count(p) && a->heads[*from])
			return below ? 1 : lines ? 0 : 2;
		if (!below)
			return 0;
	}
	return 0;
}

int article_lines_to_head(const struct article *a, int node)
{
	int from;

	return find_head(a, node, &from);
}

bool article_head_of_title(const struct article *a, int *from, int *to)
{
	if (a->title_node < 0 || find_head(a, a->title_node, from) != 1)
		return false;
	*to = article_end_of_line(a->page, *from);
	return true;
}

/* "时间：2026-11-20 09:30" and nothing else; an invitation goes on with its place. */
static bool is_labelled_date(const struct article *a, int from, int to)
{
	static const char *const places[] = {"地点", "地址", "会议", "参会", "对象", "方式", NULL};
	static const char *const labels[] = {"时间", "日期", "发布时间", "发布日期", "发表时间",
		"发文日期", "更新时间", "Date", NULL};
	int next = article_next_text(a->page, to);
	struct date_found d;
	struct buf line;
	bool is = false;

	buf_init(&line, FIELD_BYTES_MAX);
	page_add_text_range(a->page, from, to, &line);
	struct str value, s = str_trim((struct str){buf_str(&line), line.len});
	if (article_is_one_of(label_of(s, &value), labels))
		is = date_find(value, 0, a->in->now, a->in->zone, &d) && d.start == 0 &&
		     d.end == value.n && d.has_year && !line.fault;
	for (size_t i = 0; is && next < page_count(a->page) && places[i]; i++)
		is = !str_has_prefix(str_trim(page_node(a->page, next)->text), places[i]);
	buf_fini(&line);
	return is;
}

bool article_line_of_date(const struct article *a, int *from, int *to)
{
	if (a->title_node < 0 || !find_head(a, a->title_node, from))
		return false;
	*to = article_end_of_line(a->page, *from);
	return a->heads[*from] == ARTICLE_DATED || is_labelled_date(a, *from, *to);
}
