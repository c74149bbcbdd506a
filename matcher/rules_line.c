/*
 * rules_line.c - one rule line: sign, field, expression, points and grade; and the
 * words and regexes it is made of.
 */
#include <string.h>

#include "base/i18n.h"
#include "matcher/regex_fault.h"
#include "matcher/rulefile.h"
#include "matcher/rules_reader.h"

#define POINTS_MAX 99

void reader_fault(struct reader *d, size_t pos, const char *text, const char *hint)
{
	d->place.column = lexer_column(d->whole, pos);
	report_error(d->report, d->place, "%s", text);
	report_hint(d->report, "%s", hint);
}

/* Byte of the whole line at which a part of it begins. */
size_t reader_offset(const struct reader *d, struct str part)
{
	return part.p ? (size_t)(part.p - d->whole.p) : d->whole.n;
}

/* White space of any width off both ends. */
struct str reader_trim(struct str s)
{
	size_t start = 0, end = 0, pos = 0;
	bool any = false;

	while (pos < s.n) {
		size_t at = pos;
		uint32_t cp = lexer_next_cp(s, &pos);
		if (cp == ' ' || cp == '\t' || cp == '\r')
			continue;
		if (!any)
			start = at;
		any = true;
		end = pos;
	}
	return any ? str_sub(s, start, end) : str_sub(s, s.n, s.n);
}

const char *reader_keep(struct reader *d, struct str s)
{
	return arena_strndup(d->r->arena, s.p, s.n);
}

/* `name:` at *pos, white space before the colon allowed. */
bool reader_label(struct str line, const char *name, size_t *pos)
{
	size_t next = *pos + strlen(name);
	uint32_t cp = ' ';

	if (!str_has_prefix(str_sub(line, *pos, line.n), name))
		return false;
	while (next < line.n && (cp == ' ' || cp == '\t'))
		cp = lexer_next_cp(line, &next);
	if (cp != ':')
		return false;
	*pos = next;
	return true;
}

/* --- leaves ------------------------------------------------------------------ */

/* Latin letters and digits before a final *, in any width. */
static bool add_bare(struct expr *node, const struct lexer_token *t)
{
	size_t pos = 0;
	uint32_t cp = 0, before = 0;

	while (pos < t->text.n) {
		before = cp;
		cp = lexer_next_cp(t->text, &pos);
	}
	node->longer = t->kind == LEXER_WORD && cp == '*' && before < 0x80 &&
		       str_is_alnum((unsigned char)before);
	return t->text.n > 0;
}

static bool add_word(
	void *ctx, struct expr *node, const struct lexer_token *t, struct report_place at)
{
	struct reader *d = ctx;
	struct shadow s;
	struct err e = {ERR_OK, ""};
	size_t n;

	if (d->bare)
		return add_bare(node, t);
	if (normalise_text(d->r->table, t->text.p, t->text.n, d->r->arena, &s, &e)) {
		report_error(d->report, at, "%s", e.text);
		return false;
	}
	n = s.b_count;
	if (t->kind == LEXER_WORD && n >= 2 && s.b_cp[n - 1] == '*' &&
		normalise_is_word(s.b_cp[n - 2])) {
		node->longer = true;
		n--;
	}
	if (n == 0) {
		report_error(d->report, at, _("this word is empty"));
		report_hint(d->report, "%s",
			_("nothing of it can be looked for; take it away, or write the word"));
		return false;
	}
	if (literals_add(d->r->literals, s.b_cp, n, node->longer ? LITERALS_LONGER : LITERALS_WHOLE,
		    &node->id, &e)) {
		report_error(d->report, at, "%s", e.text);
		report_hint(d->report,
			_("one word has at most %d characters; a part of it is "
			  "enough to find it"),
			LITERALS_LENGTH_MAX);
		return false;
	}
	return true;
}

static bool add_words(struct reader *d, const struct regex_words *words, struct ruleset_words *out)
{
	out->id = arena_array(d->r->arena, words->count + 1, sizeof *out->id);
	for (size_t i = 0; out->id && i < words->count; i++)
		if (literals_add(d->r->literals, words->word[i].cp, words->word[i].n,
			    LITERALS_LONGER, &out->id[i], NULL))
			return false;
	out->count = words->count;
	return out->id != NULL;
}

/* What a text must hold for the regex to match there, as words to look for. */
static bool add_need(struct reader *d, struct ruleset_regex *r)
{
	const struct regex_need *need = regex_need(r->regex);

	r->texts = need->texts;
	return add_words(d, &need->words, &r->need) && add_words(d, &need->also, &r->also);
}

static void tell_regex(struct reader *d, const struct lexer_token *t, struct report_place at,
	size_t fault_at, const struct err *e)
{
	struct regex_fault f;
	bool found = regex_fault_find(t->text.p, t->text.n, &f);

	at.column += lexer_column(t->text, found ? f.at : fault_at);
	report_error(d->report, at, "%s", found ? f.text.text : e->text);
	if (found && f.hint[0])
		report_hint(d->report, "%s", f.hint);
}

static bool add_regex(
	void *ctx, struct expr *node, const struct lexer_token *t, struct report_place at)
{
	struct reader *d = ctx;
	struct rules *r = d->r;
	struct regex *x = NULL;
	struct err e = {ERR_OK, ""};
	size_t fault_at = 0;

	if (d->bare)
		return true;
	if (!ruleset_reserve(
		    r->arena, &r->regex, &r->regex_cap, r->regex_count, sizeof *r->regex)) {
		d->no_memory = true;
		return false;
	}
	if (regex_compile(t->text.p, t->text.n, &x, &fault_at, &e)) {
		tell_regex(d, t, at, fault_at, &e);
		return false;
	}
	node->id = (uint32_t)r->regex_count;
	r->regex[r->regex_count++].regex = x;
	d->no_memory = !add_need(d, &r->regex[node->id]);
	return !d->no_memory;
}

struct expr *reader_expr(struct reader *d, const struct lexer_token *token, size_t count)
{
	struct expr_leaves leaves = {d, add_word, add_regex};

	return expr_parse(token, count, &leaves, d->r->arena, d->report, d->place);
}

/* --- rule lines -------------------------------------------------------------- */

static const struct {
	const char *name;
	unsigned fields;
} fields[] = {
	{"标题", RULESET_IN_TITLE},
	{"正文", RULESET_IN_TEXT},
	{"来源", RULESET_IN_SOURCE},
};

static void read_sign(struct reader *d, struct ruleset_line *l, size_t *pos)
{
	size_t next = *pos;
	uint32_t c;

	if (next >= d->line.n)
		return;
	c = lexer_next_cp(d->line, &next);
	if (c != '-' && c != '+' && c != '!')
		return;
	l->sign = c == '-' ? RULESET_MINUS : c == '+' ? RULESET_PLUS : RULESET_NOT;
	*pos = next;
}

static void read_field(struct reader *d, struct ruleset_line *l, size_t *pos)
{
	struct str rest = reader_trim(str_sub(d->line, *pos, d->line.n));
	size_t at = 0;

	l->fields = RULESET_IN_ANY;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (reader_label(rest, fields[i].name, &at)) {
			l->fields = fields[i].fields;
			*pos = (size_t)(rest.p - d->line.p) + at;
			return;
		}
}

/* “标题: -欠薪”: the sign would be a part of the word. */
static bool late_sign(struct reader *d, size_t pos)
{
	struct str rest = reader_trim(str_sub(d->line, pos, d->line.n));
	size_t next = 0;
	uint32_t c = rest.n ? lexer_next_cp(rest, &next) : 0;

	if (c != '-' && c != '+' && c != '!')
		return false;
	reader_fault(d, reader_offset(d, rest), _("the sign stands before the field"),
		_("write -标题: 欠薪; put the word in quotes when the sign belongs to it"));
	return true;
}

/* "3分" in any width: 0 when t is something else, else 1 and the value. */
static bool is_points(const struct lexer_token *t, int *value)
{
	size_t pos = 0;
	int v = 0;
	bool digits = false;

	if (t->kind != LEXER_WORD)
		return false;
	while (pos < t->text.n) {
		size_t next = pos;
		uint32_t c = lexer_next_cp(t->text, &next);
		if (c < '0' || c > '9')
			break;
		v = v <= POINTS_MAX ? v * 10 + (int)(c - '0') : v;
		digits = true;
		pos = next;
	}
	*value = v;
	return digits && str_is(str_sub(t->text, pos, t->text.n), "分");
}

/* "级别=G" in any width; *grade is GRADE_NONE for an unknown one. */
static bool is_grade(const struct lexer_token *t, enum match_grade *grade)
{
	const char *key = "级别";
	size_t pos = strlen(key);
	char name[32];
	struct str rest;

	*grade = GRADE_NONE;
	if (t->kind != LEXER_WORD || !str_has_prefix(t->text, key) || pos >= t->text.n ||
		lexer_next_cp(t->text, &pos) != '=')
		return false;
	rest = str_sub(t->text, pos, t->text.n);
	if (rest.n < sizeof name) {
		memcpy(name, rest.p, rest.n);
		name[rest.n] = '\0';
		(void)match_grade_from_name(name, grade);
	}
	return true;
}

static void token_fault(
	struct reader *d, const struct lexer_token *t, const char *text, const char *hint)
{
	d->place.column = t->column;
	report_error(d->report, d->place, "%s", text);
	report_hint(d->report, "%s", hint);
}

static bool take_points(
	struct reader *d, struct ruleset_line *l, const struct lexer_token *t, int value)
{
	if (value < 1 || value > POINTS_MAX)
		token_fault(d, t, _("points are 1 to 99"), _("write a number from 1 to 99: 3分"));
	else if (l->points)
		token_fault(d, t, _("this line has its points twice"), _("keep one of them"));
	else if (l->sign == RULESET_NOT)
		token_fault(d, t, _("a line with ! takes no points"),
			_("take them away: the topic is out when it hits; a line with - "
			  "subtracts"));
	else {
		l->points = value;
		return true;
	}
	return false;
}

static bool take_grade(struct reader *d, struct ruleset_line *l, const struct lexer_token *t,
	enum match_grade grade)
{
	if (grade == GRADE_NONE)
		token_fault(d, t, _("a grade is 一般, 较大, 重大 or 特别重大"),
			_("write one of them right behind the sign: 级别=重大"));
	else if (l->grade)
		token_fault(d, t, _("this line has its grade twice"), _("keep one of them"));
	else if (l->sign == RULESET_NOT || l->sign == RULESET_MINUS)
		token_fault(d, t, _("only a plain line or one with + suggests a grade"),
			_("take 级别= away, or the sign at the beginning of the line"));
	else {
		l->grade = (unsigned char)grade;
		return true;
	}
	return false;
}

/* In the middle a grade is a mistake; points there are words (check.c warns). */
static bool check_middle(struct reader *d, const struct lexer_token *token, size_t count)
{
	enum match_grade grade;

	for (size_t i = 0; i < count; i++)
		if (is_grade(&token[i], &grade)) {
			token_fault(d, &token[i], _("级别= stands only at the end of a line"),
				_("move it to the end, or put it in quotes when the text is "
				  "meant"));
			return false;
		}
	return true;
}

/* Takes N分 and 级别= off the end of the tokens. */
static bool read_tail(
	struct reader *d, struct ruleset_line *l, const struct lexer_token *token, size_t *count)
{
	while (*count > 0) {
		const struct lexer_token *t = &token[*count - 1];
		enum match_grade grade;
		int value;
		bool points = is_points(t, &value);

		if (!points && !is_grade(t, &grade))
			break;
		if (!t->space) {
			token_fault(d, t, _("white space is missing before this"),
				_("put a blank before it"));
			return false;
		}
		if (points ? !take_points(d, l, t, value) : !take_grade(d, l, t, grade))
			return false;
		--*count;
	}
	return check_middle(d, token, *count);
}

/* What kind of line the section takes. */
static bool check_place(struct reader *d, struct ruleset_line *l)
{
	enum ruleset_kind kind = d->r->section[d->section].kind;

	if (kind == RULESET_TOPIC)
		return true;
	if (l->sign != RULESET_PLAIN)
		reader_fault(d, reader_offset(d, d->line),
			_("-, + and ! have a meaning only in a topic"),
			_("take the sign away, or put the word in quotes when it belongs to it"));
	else if (l->grade)
		reader_fault(d, reader_offset(d, d->line), _("级别= has a meaning only in a topic"),
			_("take it away, or move the line to the topic that it is about"));
	else if (l->points && kind != RULESET_WEAKEN)
		reader_fault(d, reader_offset(d, d->line),
			_("a line of this section takes no points"),
			_("take them away: one hit is enough here"));
	else
		return true;
	return false;
}

/* Kind, distance and words of one token. Most are a word, with no distance: those go
 * without printf, which took a seventh of the time of loading a large file. */
static void add_token_key(struct buf *b, const struct lexer_token *t)
{
	char plain[] = "\n0 0 ";

	plain[1] = (char)('0' + t->kind);
	if (t->kind < 10 && t->distance == 0)
		buf_add(b, plain, sizeof plain - 1);
	else
		buf_addf(b, "\n%d %u ", (int)t->kind, (unsigned)t->distance);
	buf_add(b, t->text.p, t->text.n);
}

/* Sign, field and words in one spelling, so that an overlay can name a line of another
 * file, whatever points it has there. */
static const char *line_key(struct reader *d, const struct ruleset_line *l,
	const struct lexer_token *token, size_t count)
{
	struct buf b;
	const char *key;

	buf_init(&b, RULEFILE_LINE_MAX * 2);
	buf_addf(&b, "%d %u", (int)l->sign, l->fields);
	for (size_t i = 0; i < count; i++)
		add_token_key(&b, &token[i]);
	key = arena_strndup(d->r->arena, buf_str(&b), b.len);
	buf_fini(&b);
	return key;
}

static void store_line(struct reader *d, const struct ruleset_line *l)
{
	struct rules *r = d->r;

	if (!ruleset_reserve(r->arena, &r->line, &r->line_cap, r->line_count, sizeof *r->line)) {
		d->no_memory = true;
		return;
	}
	r->line[r->line_count++] = *l;
}

static void default_points(const struct reader *d, struct ruleset_line *l)
{
	enum ruleset_kind kind = d->r->section[d->section].kind;

	if (l->points == 0 && (kind == RULESET_TOPIC || kind == RULESET_WEAKEN) &&
		(l->sign == RULESET_PLAIN || l->sign == RULESET_MINUS))
		l->points = 1;
}

void reader_rule(struct reader *d, size_t pos, bool off)
{
	struct ruleset_line l = {.file = d->file, .section = d->section, .off = off};
	const struct lexer_token *token;
	size_t count = 0;
	struct str upto = {d->whole.p, reader_offset(d, d->line) + d->line.n};

	l.number = d->place.line;
	read_sign(d, &l, &pos);
	read_field(d, &l, &pos);
	if (l.fields != RULESET_IN_ANY && late_sign(d, pos))
		return;
	token = lexer_tokens(
		upto, reader_offset(d, d->line) + pos, d->r->arena, d->report, d->place, &count);
	if (!token)
		return;
	l.column = token[0].column;
	l.text = reader_keep(d, d->line);
	if (!read_tail(d, &l, token, &count) || !check_place(d, &l))
		return;
	if (count == 0) {
		reader_fault(d, reader_offset(d, d->line), _("this line has no words"),
			_("write what it looks for: 欠薪 | 讨薪  3分"));
		return;
	}
	l.key = line_key(d, &l, token, count);
	default_points(d, &l);
	/* The tail's tokens lie behind: the parser is told where to stop. */
	l.expr = reader_expr(d, token, count);
	if (l.expr || off)
		store_line(d, &l);
}

bool rules_read_line(const char *text, struct arena *a, struct ruleset_line *out)
{
	struct rules none = {.arena = a};
	struct report silent = {.out = NULL};
	struct reader d = {.r = &none, .report = &silent, .bare = true, .place = {.file = ""}};
	const struct lexer_token *token;
	size_t pos = 0, count = 0;

	memset(out, 0, sizeof *out);
	d.whole = d.line = reader_trim(str_of(text));
	read_sign(&d, out, &pos);
	read_field(&d, out, &pos);
	token = lexer_tokens(d.whole, pos, a, &silent, d.place, &count);
	if (!token || !read_tail(&d, out, token, &count) || count == 0)
		return false;
	out->expr = reader_expr(&d, token, count);
	return out->expr != NULL;
}
