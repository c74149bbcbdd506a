/*
 * advice_marks.c - marks and words that other programs give a meaning, and that are looked
 * for here as they stand: 欠薪3分, 欠薪 AND 讨薪, 工*资, 作者: 某某.
 */
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/advice_private.h"
#include "matcher/lexer.h"

static bool is_number(const struct expr *x)
{
	return x->kind == EXPR_LITERAL && x->name[0] &&
	       x->name[strspn(x->name, "0123456789")] == '\0';
}

static bool is_word(const struct expr *x, const char *name)
{
	return x->kind == EXPR_LITERAL && strcmp(x->name, name) == 0;
}

static bool is_one_of(const struct expr *x, const char *const *names, size_t count)
{
	for (size_t i = 0; x->kind == EXPR_LITERAL && !x->quoted && i < count; i++)
		if (strcasecmp(x->name, names[i]) == 0)
			return true;
	return false;
}
#define IS_ONE_OF(x, list) is_one_of(x, list, sizeof(list) / sizeof *(list))

/* --- points --- */

/* "…3分": the byte where the number begins; the length of the word when it is none. */
static size_t points_at(struct str s)
{
	size_t n = s.n, pos, start;
	bool digit = false;

	if (!str_has_suffix(s, "分"))
		return n;
	s.n -= strlen("分");
	for (start = pos = 0; pos < s.n;) {
		size_t at = pos;
		uint32_t c = lexer_next_cp(s, &pos);
		bool is_digit = c >= '0' && c <= '9';
		if (is_digit && !digit)
			start = at;
		digit = is_digit;
	}
	return digit ? start : n;
}

/* The word without a mark that ends a sentence. */
static struct str without_stop(struct str s)
{
	static const char *const stops[] = {"。", "；", ";", "，", ",", "."};

	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
		if (str_has_suffix(s, stops[i])) {
			s.n -= strlen(stops[i]);
			break;
		}
	return s;
}

static void advise_points(struct advice *a, struct advice_spot at, const struct expr *x)
{
	struct str s = without_stop(str_of(x->name));
	size_t from = points_at(s);

	if (from == s.n)
		return;
	if (s.n < strlen(x->name))
		advice_note(a, at.file, at.line, x->column,
			_("end the line with the points: 欠薪 3分; put the word in quotes when it "
			  "is meant"),
			_("“%s” is a word: a mark stands behind the points"), x->name);
	else if (from == 0)
		advice_note(a, at.file, at.line, x->column,
			_("move them to the end of the line; put them in quotes when the text is "
			  "meant: \"3分\""),
			_("points count only at the end of a line; here they are a word"));
	else
		advice_note(a, at.file, at.line, x->column,
			_("put a blank before the number: 欠薪 3分; put the word in quotes when it "
			  "is meant"),
			_("“%s” is one word; points stand behind a blank"), x->name);
}

/* “3 分” and “级别 = 重大” at the end of a line are words there. */
static void advise_tail(struct advice *a, struct advice_spot at, const struct expr *x)
{
	for (size_t i = 1; x->kind == EXPR_AND && i < x->count; i++)
		if (is_number(x->child[i - 1]) && is_word(x->child[i], "分"))
			advice_note(a, at.file, at.line, x->child[i - 1]->column, _("write 3分"),
				_("points are written without a blank: 3分; here they are words"));
		else if (is_word(x->child[i], "=") || is_word(x->child[i], "＝"))
			advice_note(a, at.file, at.line, x->child[i]->column, _("write 级别=重大"),
				_("级别=重大 is written without blanks; here it is words"));
}

/* --- signs and fields --- */

/* The word begins with one of these and a colon. */
static bool begins_with_field(struct str s, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t pos = strlen(names[i]);
		if (str_has_prefix(s, names[i]) && pos < s.n && lexer_next_cp(s, &pos) == ':')
			return true;
	}
	return false;
}

static void advise_field(struct advice *a, struct advice_spot at, const struct expr *x)
{
	static const char *const fields[] = {"标题", "正文", "来源"};
	static const char *const none[] = {"题目", "内容", "全文", "摘要", "作者", "发布者", "媒体",
		"平台", "网站", "链接", "网址", "栏目", "标签", "时间", "日期", "地区", "title",
		"content", "text", "source", "intitle", "author", "site", "inurl"};
	struct str s = str_of(x->name);

	if (begins_with_field(s, fields, sizeof fields / sizeof *fields))
		advice_note(a, at.file, at.line, x->column,
			_("make a line of its own of it, 标题: first"),
			_("a field counts only at the beginning of a line; here it is part of the "
			  "word"));
	else if (begins_with_field(s, none, sizeof none / sizeof *none))
		advice_note(a, at.file, at.line, x->column,
			_("the fields are 标题: 正文: 来源: at the beginning of a line; put the "
			  "text "
			  "in quotes when it is meant"),
			_("“%s” is looked for as a word: there is no such field"), x->name);
}

/* A sign of the line itself is no part of the expression: what begins it is a second one. */
static void advise_sign(struct advice *a, struct advice_spot at, const struct expr *x)
{
	size_t pos = 0;
	uint32_t c = lexer_next_cp(str_of(x->name), &pos);

	if (at.column && x->column >= at.column && pos < strlen(x->name) &&
		(c == '-' || c == '+' || c == '!'))
		advice_note(a, at.file, at.line, x->column,
			_("make a line of its own of it; put the word in quotes when the sign "
			  "belongs to it"),
			_("a sign counts only at the beginning of a line; here it is part of the "
			  "word"));
}

/* --- what other programs know --- */

static void advise_operator(struct advice *a, struct advice_spot at, const struct expr *x)
{
	static const char *const any[] = {"or", "或", "或者"};
	static const char *const both[] = {"and", "和", "与", "且", "并且", "以及", "&", "&&", "+"};
	static const char *const none[] = {"not", "非", "不含", "排除", "-", "!"};
	const char *hint =
		IS_ONE_OF(x, any)    ? _("write | between words of which any will do")
		: IS_ONE_OF(x, both) ? _("take it away: a blank alone asks for all of them")
		: IS_ONE_OF(x, none)
			? _("write a line of its own: - in front takes points, ! keeps the "
			    "topic out")
			: NULL;

	if (hint)
		advice_note(a, at.file, at.line, x->column, hint,
			_("“%s” is looked for as a word here"), x->name);
}

static size_t count_han(struct str s)
{
	size_t count = 0;

	for (size_t pos = 0; pos < s.n;)
		count += utf8_is_han(lexer_next_cp(s, &pos));
	return count;
}

/* 工*资; go* is a Latin word and longer ones. */
static void advise_star(struct advice *a, struct advice_spot at, const struct expr *x)
{
	size_t n = strlen(x->name) - (x->longer ? 1 : 0);

	for (size_t pos = 0; pos < n;)
		if (lexer_next_cp((struct str){x->name, n}, &pos) == '*') {
			advice_note(a, at.file, at.line, x->column,
				_("a Chinese word is found inside longer ones anyway; for words "
				  "apart write 拖欠 ~5 工资"),
				_("“%s”: * means “and longer” only behind a Latin word"), x->name);
			return;
		}
}

/* 讨薪/欠薪 is looked for as 讨薪欠薪; 拆/迁 is a way to hide a word, and meant so. */
static void advise_slash(struct advice *a, struct advice_spot at, const struct expr *x)
{
	const char *slash = strchr(x->name, '/');
	struct str before, after;

	if (!slash)
		return;
	before = (struct str){x->name, (size_t)(slash - x->name)};
	after = str_of(slash + 1);
	if (count_han(before) >= 2 && count_han(after) >= 2)
		advice_note(a, at.file, at.line, x->column,
			_("write | between words of which any will do; put the text in quotes when "
			  "it is one"),
			_("“%s” is one word: / does not separate words"), x->name);
}

static void advise_semicolon(struct advice *a, struct advice_spot at, const struct expr *x)
{
	struct str s = str_of(x->name);

	for (size_t pos = 0; pos < s.n;) {
		uint32_t c = lexer_next_cp(s, &pos);
		if (c != ';' && c != 0xFF1B)
			continue;
		if (points_at(without_stop(s)) == without_stop(s).n)
			advice_note(a, at.file, at.line, x->column,
				_("write | between words of which any will do; put the text in "
				  "quotes when the mark belongs to it"),
				_("“%s” is one word: ; does not separate words"), x->name);
		return;
	}
}

/* --- a line --- */

static void advise_word(struct advice *a, struct advice_spot at, const struct expr *x)
{
	static void (*const advise[])(
		struct advice * a, struct advice_spot at, const struct expr *x) = {advise_sign,
		advise_field, advise_points, advise_star, advise_slash, advise_semicolon};

	for (size_t i = 0; !x->quoted && i < sizeof advise / sizeof *advise; i++)
		advise[i](a, at, x);
}

void advice_marks(struct advice *a, struct advice_spot at, const struct expr *x)
{
	if (x->kind == EXPR_MACRO)
		return;
	if (x->kind == EXPR_LITERAL)
		advise_word(a, at, x);
	advise_tail(a, at, x);
	for (size_t i = 0; i < x->count; i++) {
		if (x->kind == EXPR_AND)
			advise_operator(a, at, x->child[i]);
		advice_marks(a, at, x->child[i]);
	}
}
