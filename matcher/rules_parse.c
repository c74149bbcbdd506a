/*
 * rules_parse.c - the lines of one rule file: section heads, settings, macros,
 * tests and rule lines. What spans files (macros, overlays) is settled in
 * rules_link.c.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/rulefile.h"
#include "matcher/ruleset.h"

#define POINTS_MAX 99
#define SECTION_NONE UINT32_MAX

struct reader {
	struct rules *r;
	struct report *report;
	uint32_t file;
	struct report_place place;
	struct str line; /* the line without comment and surrounding white space */
	struct str whole; /* the line as it stands, for columns */
	uint32_t section;
	unsigned seen; /* settings met since the section head */
	bool no_memory, complained;
};

bool ruleset_reserve(struct arena *a, void *array, size_t *cap, size_t count, size_t size)
{
	void **slot = array, *grown;
	size_t want = *cap ? *cap * 2 : 16;

	if (count < *cap)
		return true;
	grown = arena_array(a, want, size);
	if (!grown)
		return false;
	if (count)
		memcpy(grown, *slot, count * size);
	*slot = grown;
	*cap = want;
	return true;
}

struct report_place ruleset_place(const struct rules *r, uint32_t file, int line, int column)
{
	return (struct report_place){r->file[file], line, column};
}

static void fault(struct reader *d, size_t pos, const char *text)
{
	d->place.column = lexer_column(d->whole, pos);
	report_error(d->report, d->place, "%s", text);
}

/* Byte of the whole line at which a part of it begins. */
static size_t offset_of(const struct reader *d, struct str part)
{
	return part.p ? (size_t)(part.p - d->whole.p) : d->whole.n;
}

/* White space of any width off both ends. */
static struct str trim(struct str s)
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

static const char *keep(struct reader *d, struct str s)
{
	return arena_strndup(d->r->arena, s.p, s.n);
}

/* --- sections ---------------------------------------------------------------- */

static enum ruleset_kind kind_of(struct str name)
{
	if (str_is(name, "定义"))
		return RULESET_DEFINE;
	if (str_is(name, "地域"))
		return RULESET_REGION;
	if (str_is(name, "全局排除"))
		return RULESET_EXCLUDE;
	if (str_is(name, "全局扣分"))
		return RULESET_WEAKEN;
	return RULESET_TOPIC;
}

static uint32_t find_section(const struct rules *r, struct str name)
{
	for (size_t i = 0; i < r->section_count; i++)
		if (str_is(name, r->section[i].name))
			return (uint32_t)i;
	return SECTION_NONE;
}

static uint32_t new_section(struct reader *d, struct str name)
{
	struct rules *r = d->r;
	struct ruleset_section *s;

	if (!ruleset_reserve(
		    r->arena, &r->section, &r->section_cap, r->section_count, sizeof *r->section)) {
		d->no_memory = true;
		return SECTION_NONE;
	}
	s = &r->section[r->section_count];
	memset(s, 0, sizeof *s);
	s->kind = kind_of(name);
	s->name = keep(d, name);
	s->threshold = 1;
	return (uint32_t)r->section_count++;
}

/* `[name]`: a new section, or one that an earlier file began. */
static void read_head(struct reader *d)
{
	size_t pos = 0, end = 0;
	uint32_t cp = 0;
	struct str name;

	(void)lexer_next_cp(d->line, &pos);
	name.p = d->line.p + pos;
	while (pos < d->line.n && cp != ']') {
		end = pos;
		cp = lexer_next_cp(d->line, &pos);
	}
	d->section = SECTION_NONE;
	d->complained = true; /* lines below a bad head say nothing more */
	d->seen = 0;
	if (cp != ']') {
		fault(d, offset_of(d, d->line), _("a section name ends with ]"));
		return;
	}
	if (pos < d->line.n) {
		fault(d, offset_of(d, d->line) + pos, _("nothing may stand behind [section]"));
		return;
	}
	name = trim((struct str){name.p, (size_t)(d->line.p + end - name.p)});
	if (name.n == 0) {
		fault(d, offset_of(d, d->line), _("the section has no name"));
		return;
	}
	d->section = find_section(d->r, name);
	if (d->section == SECTION_NONE)
		d->section = new_section(d, name);
	else if (d->r->section[d->section].file == d->file) {
		struct ruleset_section *s = &d->r->section[d->section];
		d->place.column = lexer_column(d->whole, offset_of(d, name));
		report_error(d->report, d->place,
			_("section [%s] stands here twice (first on line %d)"), s->name, s->number);
	}
	if (d->section != SECTION_NONE) {
		d->r->section[d->section].file = d->file;
		d->r->section[d->section].number = d->place.line;
	}
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
	r->regex[r->regex_count++] = x;
	return true;
}

static struct expr *parse_expr(struct reader *d, const struct lexer_token *token, size_t count)
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

/* `name:` at *pos, white space before the colon allowed. */
static bool read_label(struct str line, const char *name, size_t *pos)
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
	struct str rest = trim(str_sub(d->line, *pos, d->line.n));
	size_t at = 0;

	l->fields = RULESET_IN_ANY;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (read_label(rest, fields[i].name, &at)) {
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
		l->grade = grade;
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
		fault(d, offset_of(d, d->line), _("-, + and ! have a meaning only in a topic"));
	else if (l->grade)
		fault(d, offset_of(d, d->line), _("级别= has a meaning only in a topic"));
	else if (l->points && kind != RULESET_WEAKEN)
		fault(d, offset_of(d, d->line), _("a line of this section takes no points"));
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

/* A rule line from byte `pos` of d->line. `off` is one behind 停用: */
static void read_rule(struct reader *d, size_t pos, bool off)
{
	struct ruleset_line l = {.file = d->file, .section = d->section, .off = off};
	const struct lexer_token *token;
	size_t count = 0;
	struct str upto = {d->whole.p, offset_of(d, d->line) + d->line.n};

	l.number = d->place.line;
	read_sign(d, &l, &pos);
	read_field(d, &l, &pos);
	token = lexer_tokens(
		upto, offset_of(d, d->line) + pos, d->r->arena, d->report, d->place, &count);
	if (!token)
		return;
	l.column = token[0].column;
	l.key = line_key(d, &l, token, count);
	l.text = keep(d, d->line);
	if (!read_tail(d, &l, token, &count) || !check_place(d, &l))
		return;
	if (count == 0) {
		fault(d, offset_of(d, d->line), _("this line has no words"));
		return;
	}
	default_points(d, &l);
	/* The tail's tokens lie behind: the parser is told where to stop. */
	l.expr = parse_expr(d, token, count);
	if (l.expr || off)
		store_line(d, &l);
}

/* --- tests, settings, macros ------------------------------------------------- */

static void read_test(struct reader *d, size_t pos, bool want)
{
	struct rules *r = d->r;
	struct str text = trim(str_sub(d->line, pos, d->line.n));
	struct ruleset_test *t;

	if (text.n == 0) {
		fault(d, offset_of(d, d->line), _("the text of the test is missing"));
		return;
	}
	if (r->section[d->section].kind == RULESET_DEFINE) {
		fault(d, offset_of(d, d->line), _("[定义] has no tests"));
		return;
	}
	if (!ruleset_reserve(r->arena, &r->test, &r->test_cap, r->test_count, sizeof *r->test)) {
		d->no_memory = true;
		return;
	}
	t = &r->test[r->test_count++];
	t->file = d->file;
	t->section = d->section;
	t->number = d->place.line;
	t->text = keep(d, text);
	t->want = want;
}

/* Characters that no setting's name holds. */
static bool ends_key(uint32_t c)
{
	return c == '|' || c == '(' || c == ')' || c == '~' || c == '"' || c == '/' || c == '#' ||
	       c == ':';
}

static bool is_sign(uint32_t c)
{
	return c == '-' || c == '+' || c == '!' || c == '@';
}

/* `KEY = …`: the key, and where the value begins. */
static bool split_setting(struct str line, struct str *key, size_t *value)
{
	size_t pos = 0, end = 0;
	bool space = false;

	while (pos < line.n) {
		size_t at = pos;
		uint32_t c = lexer_next_cp(line, &pos);
		if (c == '=') {
			*key = str_sub(line, 0, end);
			*value = pos;
			return true;
		}
		if (c == ' ' || c == '\t') {
			space = true;
			continue;
		}
		if (space || ends_key(c) || (at == 0 && is_sign(c)))
			return false;
		end = pos;
	}
	return false;
}

static void read_macro(struct reader *d, struct str name, size_t pos)
{
	struct rules *r = d->r;
	struct ruleset_macro *m = NULL;
	const struct lexer_token *token;
	struct str upto = {d->whole.p, offset_of(d, d->line) + d->line.n};
	size_t count = 0;
	struct expr *x;

	token = lexer_tokens(
		upto, offset_of(d, d->line) + pos, r->arena, d->report, d->place, &count);
	x = token ? parse_expr(d, token, count) : NULL;
	for (size_t i = 0; i < r->macro_count; i++)
		if (str_is(name, r->macro[i].name))
			m = &r->macro[i];
	if (m && m->file == d->file) {
		fault(d, offset_of(d, name), _("this name is defined twice"));
		return;
	}
	if (!m) {
		if (!ruleset_reserve(
			    r->arena, &r->macro, &r->macro_cap, r->macro_count, sizeof *r->macro)) {
			d->no_memory = true;
			return;
		}
		m = &r->macro[r->macro_count++];
		m->name = keep(d, name);
	}
	m->file = d->file; /* an overlay's list replaces the one before */
	m->number = d->place.line;
	m->expr = x;
}

static void read_setting(struct reader *d, struct str key, size_t pos)
{
	struct ruleset_section *s = &d->r->section[d->section];
	struct rules_setting set = {.key = key, .seen = &d->seen};

	if (key.n == 0) {
		fault(d, offset_of(d, d->line), _("a name is missing before ="));
		return;
	}
	if (s->kind == RULESET_DEFINE) {
		read_macro(d, key, pos);
		return;
	}
	if (s->kind != RULESET_TOPIC) {
		fault(d, offset_of(d, key),
			_("this section has no settings; a word with = in it belongs in quotes"));
		return;
	}
	set.value = trim(str_sub(d->line, pos, d->line.n));
	set.key_column = lexer_column(d->whole, offset_of(d, key));
	set.value_column = lexer_column(
		d->whole, set.value.n ? offset_of(d, set.value) : offset_of(d, d->line) + pos);
	rules_set(d->r, s, &set, d->report, d->place);
}

/* --- lines ------------------------------------------------------------------- */

static bool is_test_line(struct str line)
{
	size_t pos = 0;

	return read_label(line, "应中", &pos) || read_label(line, "不中", &pos);
}

static void read_content(struct reader *d)
{
	size_t pos = 0;
	struct str key;

	if (d->section == SECTION_NONE) {
		if (!d->complained)
			fault(d, offset_of(d, d->line), _("a [section] must come first"));
		d->complained = true;
		return;
	}
	if (read_label(d->line, "应中", &pos))
		read_test(d, pos, true);
	else if (read_label(d->line, "不中", &pos))
		read_test(d, pos, false);
	else if (split_setting(d->line, &key, &pos))
		read_setting(d, key, pos);
	else if (d->r->section[d->section].kind == RULESET_DEFINE)
		fault(d, offset_of(d, d->line), _("a line here is NAME = words"));
	else if (read_label(d->line, "停用", &pos)) {
		struct str rest = trim(str_sub(d->line, pos, d->line.n));
		read_rule(d, rest.p ? (size_t)(rest.p - d->line.p) : d->line.n, true);
	} else
		read_rule(d, 0, false);
}

static void read_line(struct reader *d, struct str whole)
{
	struct str line = trim(whole);
	size_t pos = 0;

	d->whole = whole;
	d->line = line;
	if (line.n == 0)
		return;
	if (whole.n > RULEFILE_LINE_MAX) {
		fault(d, 0, _("this line is too long"));
		return;
	}
	d->line = trim(str_sub(line, 0, lexer_comment_start(line, is_test_line(line))));
	if (d->line.n == 0)
		return;
	if (lexer_next_cp(d->line, &pos) == '[')
		read_head(d);
	else
		read_content(d);
}

bool rules_parse_file(struct rules *r, uint32_t file, struct str text, struct report *report)
{
	struct reader d = {.r = r, .report = report, .file = file, .section = SECTION_NONE};
	size_t pos = 0;

	d.place.file = r->file[file];
	while (pos < text.n && !d.no_memory) {
		size_t end = str_find(text, "\n", pos);
		d.place.line++;
		read_line(&d, str_sub(text, pos, end));
		pos = end + 1;
	}
	return !d.no_memory && !arena_failed(r->arena);
}
