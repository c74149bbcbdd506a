/*
 * rules_line.c - one rule line: sign, field, expression, points and grade; and the
 * words and regexes it is made of.
 */
#include <string.h>

#include "base/i18n.h"
#include "matcher/rulefile.h"
#include "matcher/rules_reader.h"

#define POINTS_MAX 99

void reader_fault(struct reader *d, size_t pos, const char *text)
{
	d->place.column = lexer_column(d->whole, pos);
	report_error(d->report, d->place, "%s", text);
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

static bool add_word(
	void *ctx, struct expr *node, const struct lexer_token *t, struct report_place at)
{
	struct reader *d = ctx;
	struct shadow s;
	struct err e = {ERR_OK, ""};
	size_t n;

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
		return false;
	}
	if (literals_add(d->r->literals, s.b_cp, n, node->longer ? LITERALS_LONGER : LITERALS_WHOLE,
		    &node->id, &e)) {
		report_error(d->report, at, "%s", e.text);
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

static bool add_regex(
	void *ctx, struct expr *node, const struct lexer_token *t, struct report_place at)
{
	struct reader *d = ctx;
	struct rules *r = d->r;
	struct regex *x = NULL;
	struct err e = {ERR_OK, ""};
	size_t fault_at = 0;

	if (!ruleset_reserve(
		    r->arena, &r->regex, &r->regex_cap, r->regex_count, sizeof *r->regex)) {
		d->no_memory = true;
		return false;
	}
	if (regex_compile(t->text.p, t->text.n, &x, &fault_at, &e)) {
		at.column += lexer_column(t->text, fault_at);
		report_error(d->report, at, "%s", e.text);
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

static void token_fault(struct reader *d, const struct lexer_token *t, const char *text)
{
	d->place.column = t->column;
	report_error(d->report, d->place, "%s", text);
}

static bool take_points(
	struct reader *d, struct ruleset_line *l, const struct lexer_token *t, int value)
{
	if (value < 1 || value > POINTS_MAX)
		token_fault(d, t, _("points are 1 to 99: 3分"));
	else if (l->points)
		token_fault(d, t, _("this line has its points twice"));
	else if (l->sign == RULESET_NOT)
		token_fault(d, t, _("a line with ! takes no points"));
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
		token_fault(d, t, _("a grade is 一般, 较大, 重大 or 特别重大"));
	else if (l->grade)
		token_fault(d, t, _("this line has its grade twice"));
	else if (l->sign == RULESET_NOT || l->sign == RULESET_MINUS)
		token_fault(d, t, _("only a plain line or one with + suggests a grade"));
	else {
		l->grade = (unsigned char)grade;
		return true;
	}
	return false;
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
			token_fault(d, t, _("white space is missing before this"));
			return false;
		}
		if (points ? !take_points(d, l, t, value) : !take_grade(d, l, t, grade))
			return false;
		--*count;
	}
	for (size_t i = 0; i < *count; i++) {
		enum match_grade grade;
		if (is_grade(&token[i], &grade)) {
			token_fault(d, &token[i], _("级别= stands only at the end of a line"));
			return false;
		}
	}
	return true;
}

/* What kind of line the section takes. */
static bool check_place(struct reader *d, struct ruleset_line *l)
{
	enum ruleset_kind kind = d->r->section[d->section].kind;

	if (kind == RULESET_TOPIC)
		return true;
	if (l->sign != RULESET_PLAIN)
		reader_fault(d, reader_offset(d, d->line),
			_("-, + and ! have a meaning only in a topic"));
	else if (l->grade)
		reader_fault(
			d, reader_offset(d, d->line), _("级别= has a meaning only in a topic"));
	else if (l->points && kind != RULESET_WEAKEN)
		reader_fault(
			d, reader_offset(d, d->line), _("a line of this section takes no points"));
	else
		return true;
	return false;
}

/* The tokens in one spelling, so that an overlay can name a line of another file. */
static const char *line_key(struct reader *d, const struct ruleset_line *l,
	const struct lexer_token *token, size_t count)
{
	struct buf b;
	const char *key;

	buf_init(&b, RULEFILE_LINE_MAX * 2);
	buf_addf(&b, "%d %u", (int)l->sign, l->fields);
	for (size_t i = 0; i < count; i++) {
		buf_addf(&b, "\n%d %u ", (int)token[i].kind, (unsigned)token[i].distance);
		buf_add(&b, token[i].text.p, token[i].text.n);
	}
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
	token = lexer_tokens(
		upto, reader_offset(d, d->line) + pos, d->r->arena, d->report, d->place, &count);
	if (!token)
		return;
	l.column = token[0].column;
	l.key = line_key(d, &l, token, count);
	l.text = reader_keep(d, d->line);
	if (!read_tail(d, &l, token, &count) || !check_place(d, &l))
		return;
	if (count == 0) {
		reader_fault(d, reader_offset(d, d->line), _("this line has no words"));
		return;
	}
	default_points(d, &l);
	/* The tail's tokens lie behind: the parser is told where to stop. */
	l.expr = reader_expr(d, token, count);
	if (l.expr || off)
		store_line(d, &l);
}
