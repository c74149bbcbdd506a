/*
 * rules_parse.c - the lines of one rule file: section heads, settings, macros,
 * tests and rule lines. What spans files (macros, overlays) is settled in
 * rules_link.c.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/rulefile.h"
#include "matcher/rules_reader.h"

#define SECTION_NONE UINT32_MAX

bool ruleset_reserve(struct arena *a, void *array, size_t *cap, size_t count, size_t size)
{
	void *old, *grown;
	size_t want = *cap ? *cap * 2 : 16;

	if (count < *cap)
		return true;
	grown = arena_array(a, want, size);
	if (!grown)
		return false;
	memcpy(&old, array, sizeof old);
	if (count)
		memcpy(grown, old, count * size);
	memcpy(array, &grown, sizeof grown);
	*cap = want;
	return true;
}

struct report_place ruleset_place(const struct rules *r, uint32_t file, int line, int column)
{
	return (struct report_place){r->file[file], line, column};
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

static const char *section_name(const void *sections, size_t i)
{
	return ((const struct ruleset_section *)sections)[i].name;
}

static uint32_t find_section(const struct rules *r, const char *name)
{
	size_t i = name_index_find(&r->sections, name, section_name, r->section);

	return i == NAME_INDEX_NONE ? SECTION_NONE : (uint32_t)i;
}

static uint32_t new_section(struct reader *d, const char *name)
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
	s->kind = kind_of(str_of(name));
	s->name = name;
	s->threshold = 1;
	if (!name_index_add(&r->sections, r->section_count, section_name, r->section)) {
		d->no_memory = true;
		return SECTION_NONE;
	}
	return (uint32_t)r->section_count++;
}

/* The text between the brackets; false after a fault. */
static bool head_name(struct reader *d, struct str *name)
{
	size_t pos = 0, start, end = 0;
	uint32_t cp = 0;

	(void)lexer_next_cp(d->line, &pos);
	start = pos;
	while (pos < d->line.n && cp != ']') {
		end = pos;
		cp = lexer_next_cp(d->line, &pos);
	}
	*name = reader_trim(str_sub(d->line, start, end));
	if (cp != ']')
		reader_fault(d, reader_offset(d, d->line), _("a section name ends with ]"),
			_("put a ] behind the name: [欠薪欠资]"));
	else if (pos < d->line.n)
		reader_fault(d, reader_offset(d, d->line) + pos,
			_("nothing may stand behind [section]"),
			_("put it on the next line; a comment begins with a blank and #"));
	else if (name->n == 0)
		reader_fault(d, reader_offset(d, d->line), _("the section has no name"),
			_("write the topic's name between the brackets: [欠薪欠资]"));
	else
		return true;
	return false;
}

static void tell_twice(struct reader *d, struct str name)
{
	const struct ruleset_section *s = &d->r->section[d->section];

	d->place.column = lexer_column(d->whole, reader_offset(d, name));
	report_error(d->report, d->place, _("section [%s] stands here twice (first on line %d)"),
		s->name, s->number);
	report_hint(d->report, _("move these lines to line %d, or give the section another name"),
		s->number);
}

/* `[name]`: a new section, or one that an earlier file began. */
static void read_head(struct reader *d)
{
	struct str name;
	const char *kept;

	d->section = SECTION_NONE;
	d->complained = true; /* lines below a bad head say nothing more */
	d->seen = 0;
	if (!head_name(d, &name))
		return;
	kept = reader_keep(d, name);
	if (!kept) {
		d->no_memory = true;
		return;
	}
	d->section = find_section(d->r, kept);
	if (d->section == SECTION_NONE)
		d->section = new_section(d, kept);
	else if (d->r->section[d->section].file == d->file)
		tell_twice(d, name);
	if (d->section != SECTION_NONE) {
		d->r->section[d->section].file = d->file;
		d->r->section[d->section].number = d->place.line;
	}
}

/* --- tests, settings, macros ------------------------------------------------- */

static void read_test(struct reader *d, size_t pos, bool want)
{
	struct rules *r = d->r;
	struct str text = reader_trim(str_sub(d->line, pos, d->line.n));
	struct ruleset_test *t;

	if (text.n == 0) {
		reader_fault(d, reader_offset(d, d->line), _("the text of the test is missing"),
			_("write a sentence behind the colon that must hit (应中) or must not "
			  "(不中)"));
		return;
	}
	if (r->section[d->section].kind == RULESET_DEFINE) {
		reader_fault(d, reader_offset(d, d->line), _("[定义] has no tests"),
			_("move the test to the topic that uses the list"));
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
	t->column = lexer_column(d->whole, reader_offset(d, d->line));
	t->text = reader_keep(d, text);
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

/* NULL: no memory. */
static struct ruleset_macro *new_macro(struct reader *d, const char *name)
{
	struct rules *r = d->r;
	struct ruleset_macro *m = NULL;

	if (ruleset_reserve(r->arena, &r->macro, &r->macro_cap, r->macro_count, sizeof *m)) {
		m = &r->macro[r->macro_count];
		m->name = name;
	}
	d->no_memory =
		!m || !name_index_add(&r->macros, r->macro_count, ruleset_macro_name, r->macro);
	if (d->no_memory)
		return NULL;
	r->macro_count++;
	return m;
}

static void read_macro(struct reader *d, struct str name, size_t pos)
{
	struct rules *r = d->r;
	const char *kept = reader_keep(d, name);
	struct ruleset_macro *m = kept ? ruleset_find_macro(r, kept) : NULL;
	const struct lexer_token *token;
	struct str upto = {d->whole.p, reader_offset(d, d->line) + d->line.n};
	size_t count = 0;
	struct expr *x;

	token = lexer_tokens(
		upto, reader_offset(d, d->line) + pos, r->arena, d->report, d->place, &count);
	x = token ? reader_expr(d, token, count) : NULL;
	if (m && m->file == d->file) {
		d->place.column = lexer_column(d->whole, reader_offset(d, name));
		report_error(d->report, d->place, _("@%s is defined twice (first on line %d)"),
			m->name, m->number);
		report_hint(d->report, "%s",
			_("put the words together in one line, or use another name"));
		return;
	}
	d->no_memory |= !kept;
	if (!kept || (!m && !(m = new_macro(d, kept))))
		return;
	m->file = d->file; /* an overlay's list replaces the one before */
	m->number = d->place.line;
	m->expr = x;
}

static void read_setting(struct reader *d, struct str key, size_t pos)
{
	struct ruleset_section *s = &d->r->section[d->section];
	struct rules_setting set = {.key = key, .seen = &d->seen};

	if (key.n == 0) {
		reader_fault(d, reader_offset(d, d->line), _("a name is missing before ="),
			_("write NAME = value; a word with = in it belongs in quotes"));
		return;
	}
	if (s->kind == RULESET_DEFINE) {
		read_macro(d, key, pos);
		return;
	}
	if (s->kind != RULESET_TOPIC) {
		reader_fault(d, reader_offset(d, key), _("this section has no settings"),
			_("move it to a topic; a word with = in it belongs in quotes: \"a=b\""));
		return;
	}
	set.value = reader_trim(str_sub(d->line, pos, d->line.n));
	set.key_column = lexer_column(d->whole, reader_offset(d, key));
	set.value_column = lexer_column(d->whole,
		set.value.n ? reader_offset(d, set.value) : reader_offset(d, d->line) + pos);
	rules_set(d->r, s, &set, d->report, d->place);
}

/* --- lines ------------------------------------------------------------------- */

static bool is_test_line(struct str line)
{
	size_t pos = 0;

	return reader_label(line, "应中", &pos) || reader_label(line, "不中", &pos);
}

static void read_content(struct reader *d)
{
	size_t pos = 0;
	struct str key;

	if (d->section == SECTION_NONE) {
		if (!d->complained)
			reader_fault(d, reader_offset(d, d->line), _("a [section] must come first"),
				_("write the name of a topic in brackets above this line: "
				  "[欠薪欠资]"));
		d->complained = true;
		return;
	}
	if (reader_label(d->line, "应中", &pos))
		read_test(d, pos, true);
	else if (reader_label(d->line, "不中", &pos))
		read_test(d, pos, false);
	else if (split_setting(d->line, &key, &pos))
		read_setting(d, key, pos);
	else if (d->r->section[d->section].kind == RULESET_DEFINE)
		reader_fault(d, reader_offset(d, d->line), _("a line here is NAME = words"),
			_("write the list's name and = before the words: 诉求 = 求助 | 投诉"));
	else if (reader_label(d->line, "停用", &pos)) {
		struct str rest = reader_trim(str_sub(d->line, pos, d->line.n));
		reader_rule(d, rest.p ? (size_t)(rest.p - d->line.p) : d->line.n, true);
	} else
		reader_rule(d, 0, false);
}

static void read_line(struct reader *d, struct str whole)
{
	struct str line = reader_trim(whole);
	size_t pos = 0;

	d->whole = whole;
	d->line = line;
	if (line.n == 0)
		return;
	if (whole.n > RULEFILE_LINE_MAX) {
		reader_fault(
			d, 0, _("this line is too long"), _("spread its words over several lines"));
		return;
	}
	d->line = reader_trim(str_sub(line, 0, lexer_comment_start(line, is_test_line(line))));
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
