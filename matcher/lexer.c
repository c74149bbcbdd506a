/*
 * lexer.c - tokens of a rule line. What a token means, and in which order they
 * may come, is decided in expr.c and rules_parse.c.
 */
#include "matcher/lexer.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"

#define QUOTE_OPEN 0x201Cu
#define QUOTE_CLOSE 0x201Du
#define QUOTE_WIDE 0xFF02u
#define SLASH_WIDE 0xFF0Fu
#define DISTANCE_MAX 999

uint32_t lexer_fold(uint32_t cp)
{
	static const struct {
		uint32_t from, to;
	} signs[] = {
		{0x201C, '"'},
		{0x201D, '"'},
		{0x3000, ' '},
		{0x3010, '['},
		{0x3011, ']'},
		{0xFF01, '!'},
		{0xFF02, '"'},
		{0xFF03, '#'},
		{0xFF08, '('},
		{0xFF09, ')'},
		{0xFF0A, '*'},
		{0xFF0B, '+'},
		{0xFF0D, '-'},
		{0xFF0F, '/'},
		{0xFF1A, ':'},
		{0xFF1D, '='},
		{0xFF20, '@'},
		{0xFF3B, '['},
		{0xFF3D, ']'},
		{0xFF5C, '|'},
		{0xFF5E, '~'},
	};

	if (cp < 0x80 || (cp >= 0x4E00 && cp <= 0x9FFF)) /* ASCII and Han, nearly all there is */
		return cp;
	if (cp >= 0xFF10 && cp <= 0xFF19)
		return cp - 0xFF10 + '0';
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (signs[i].from == cp)
			return signs[i].to;
	return utf8_is_space(cp) ? ' ' : cp;
}

static uint32_t raw_cp(struct str s, size_t *pos)
{
	size_t len;
	uint32_t cp = utf8_decode(s.p + *pos, s.n - *pos, &len);

	*pos += len;
	return cp;
}

uint32_t lexer_next_cp(struct str s, size_t *pos)
{
	return lexer_fold(raw_cp(s, pos));
}

int lexer_column(struct str s, size_t pos)
{
	return (int)utf8_count(s.p, pos < s.n ? pos : s.n) + 1;
}

static bool ends_word(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '|' || c == '(' || c == ')' || c == '~';
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t';
}

static bool closes_quote(uint32_t open, uint32_t cp)
{
	if (open == '"')
		return cp == '"';
	return cp == '"' || cp == QUOTE_WIDE || cp == QUOTE_CLOSE ||
	       (cp == QUOTE_OPEN && open == QUOTE_CLOSE);
}

static bool closes_regex(uint32_t open, uint32_t cp)
{
	return cp == '/' || (open == SLASH_WIDE && cp == SLASH_WIDE);
}

/* Moves *pos, which stands behind the opening sign, behind the closing one;
 * *end is where the content ends. False when nothing closes it. */
static bool find_closing(struct str line, uint32_t open, bool quote, size_t *pos, size_t *end)
{
	while (*pos < line.n) {
		size_t at = *pos;
		uint32_t cp = raw_cp(line, pos);
		if (cp == '\\' && *pos < line.n) {
			(void)raw_cp(line, pos);
		} else if (quote ? closes_quote(open, cp) : closes_regex(open, cp)) {
			*end = at;
			return true;
		}
	}
	return false;
}

size_t lexer_comment_start(struct str line, bool prose)
{
	size_t pos = 0, end;
	bool fresh = true, blank = true; /* at a token's beginning; behind white space */

	while (pos < line.n) {
		size_t at = pos;
		uint32_t open = raw_cp(line, &pos), c = lexer_fold(open);
		if (c == '#' && blank) {
			size_t next = pos;
			if (!prose || pos == line.n || is_blank(lexer_next_cp(line, &next)))
				return at;
		}
		if (!prose && fresh && (c == '"' || c == '/')) {
			size_t behind = pos;
			if (find_closing(line, open, c == '"', &behind, &end))
				pos = behind;
		}
		blank = is_blank(c);
		/* A sign or a field in front may be followed by a quote at once. */
		fresh = ends_word(c) || c == ':' || (at == 0 && (c == '-' || c == '+' || c == '!'));
	}
	return line.n;
}

/* --- tokens ------------------------------------------------------------------ */

struct lexer {
	struct str line;
	size_t pos;
	struct arena *arena;
	struct report *report;
	struct report_place place;
	struct lexer_token *token;
	size_t count, cap;
	size_t counted; /* bytes in front of the token added last, for the next one's column */
	bool failed;
};

static void fault(struct lexer *l, size_t pos, const char *text, const char *hint)
{
	l->place.column = lexer_column(l->line, pos);
	report_error(l->report, l->place, "%s", text);
	report_hint(l->report, "%s", hint);
	l->failed = true;
}

/* The column of pos, from that of the token before it: tokens come in order, and a long
 * line would otherwise be counted from its start for each of its words. */
static int next_column(struct lexer *l, size_t pos)
{
	int before = l->count ? l->token[l->count - 1].column : 1;
	size_t more = utf8_count(l->line.p + l->counted, pos - l->counted);

	l->counted = pos;
	return before + (int)more;
}

static struct lexer_token *add_token(struct lexer *l, enum lexer_kind kind, size_t pos, bool space)
{
	struct lexer_token *t;

	if (l->count == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 32;
		struct lexer_token *grown = arena_array(l->arena, cap, sizeof *grown);
		if (!grown || cap > LEXER_TOKENS_MAX) {
			fault(l, pos, _("this line has too many words"),
				_("spread them over several lines, or make a list of them in "
				  "[定义]"));
			return NULL;
		}
		if (l->count)
			memcpy(grown, l->token, l->count * sizeof *grown);
		l->token = grown;
		l->cap = cap;
	}
	t = &l->token[l->count];
	t->kind = kind;
	t->column = next_column(l, pos);
	l->count++;
	t->space = space;
	return t;
}

/* \" and \\ undone; any other backslash stays. */
static struct str unescape(struct lexer *l, struct str s)
{
	char *out = arena_alloc(l->arena, s.n + 1);
	size_t n = 0;

	if (!out)
		return s;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n && (s.p[i + 1] == '"' || s.p[i + 1] == '\\'))
			i++;
		out[n++] = s.p[i];
	}
	return (struct str){out, n};
}

static void lex_delimited(struct lexer *l, size_t start, uint32_t open, bool quote, bool space)
{
	size_t content = l->pos, end = 0;
	struct lexer_token *t;
	size_t next;

	if (!find_closing(l->line, open, quote, &l->pos, &end)) {
		fault(l, start,
			quote ? _("this quote is not closed")
			      : _("this regex is not closed: a / is missing at its end"),
			quote ? _("put a \" behind the last word of the quote")
			      : _("put a / behind it; a word that begins with / belongs in quotes: "
				  "\"/word\""));
		return;
	}
	t = add_token(l, quote ? LEXER_QUOTED : LEXER_REGEX, start, space);
	if (!t)
		return;
	t->text = str_sub(l->line, content, end);
	if (quote)
		t->text = unescape(l, t->text);
	next = l->pos;
	if (l->pos < l->line.n && !ends_word(lexer_next_cp(l->line, &next)))
		fault(l, l->pos,
			quote ? _("white space is missing behind the quote")
			      : _("white space is missing behind the regex"),
			quote ? _("put a blank or | behind the quote; a \" inside it is written "
				  "\\\"")
			      : _("put a blank or | behind the last /; it takes no flags, upper "
				  "and "
				  "lower case are the same already; a / inside it is written \\/"));
}

static void lex_near(struct lexer *l, size_t start, bool space)
{
	struct lexer_token *t;
	uint32_t value = 0;
	size_t digits = 0;

	while (l->pos < l->line.n) {
		size_t next = l->pos;
		uint32_t c = lexer_next_cp(l->line, &next);
		if (c < '0' || c > '9')
			break;
		if (value <= DISTANCE_MAX)
			value = value * 10 + (c - '0');
		digits++;
		l->pos = next;
	}
	if (digits == 0 || value > DISTANCE_MAX) {
		fault(l, start, _("~ needs a number right behind it, 0 to 999"),
			_("write how many characters may stand between: 拖欠 ~12 工程款"));
		return;
	}
	t = add_token(l, LEXER_NEAR, start, space);
	if (t)
		t->distance = value;
}

static void lex_word(struct lexer *l, size_t start, bool macro, bool space)
{
	struct lexer_token *t;
	size_t begin = macro ? l->pos : start;

	while (l->pos < l->line.n) {
		size_t next = l->pos;
		uint32_t raw = raw_cp(l->line, &next);
		if (ends_word(lexer_fold(raw)))
			break;
		if (raw == 0x3001 || raw == 0xFF0C) {
			fault(l, l->pos, _("“、” and “，” do not separate words; did you mean |?"),
				_("write | between words of which any will do: 欠薪 | 讨薪; put "
				  "the "
				  "text in quotes if the mark belongs to it"));
			return;
		}
		l->pos = next;
	}
	t = add_token(l, macro ? LEXER_MACRO : LEXER_WORD, start, space);
	if (t)
		t->text = str_sub(l->line, begin, l->pos);
	if (t && macro && t->text.n == 0)
		fault(l, start, _("a name is missing behind @"),
			_("write the name of a list from [定义]: @诉求; a text with @ belongs in "
			  "quotes"));
}

static void lex_one(struct lexer *l, size_t start, uint32_t open, bool space)
{
	uint32_t c = lexer_fold(open);

	switch (c) {
	case '|':
		add_token(l, LEXER_BAR, start, space);
		break;
	case '(':
		add_token(l, LEXER_OPEN, start, space);
		break;
	case ')':
		add_token(l, LEXER_CLOSE, start, space);
		break;
	case '~':
		lex_near(l, start, space);
		break;
	case '"':
	case '/':
		lex_delimited(l, start, open, c == '"', space);
		break;
	default:
		if (c != '@')
			l->pos = start;
		lex_word(l, start, c == '@', space);
	}
}

const struct lexer_token *lexer_tokens(struct str line, size_t from, struct arena *a,
	struct report *r, struct report_place at, size_t *count)
{
	struct lexer l = {.line = line, .pos = from, .arena = a, .report = r, .place = at};
	bool space = true;

	while (l.pos < line.n && !l.failed) {
		size_t start = l.pos;
		uint32_t cp = raw_cp(line, &l.pos);
		if (is_blank(lexer_fold(cp))) {
			space = true;
			continue;
		}
		lex_one(&l, start, cp, space);
		space = false;
	}
	if (!l.failed)
		add_token(&l, LEXER_END, line.n, space);
	if (l.failed)
		return NULL;
	*count = l.count - 1;
	return l.token;
}
