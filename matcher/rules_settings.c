/*
 * rules_settings.c - the settings of a topic: 代码 牵头 地域 阈值 级别.
 */
#include <string.h>

#include "base/i18n.h"
#include "matcher/ruleset.h"

#define THRESHOLD_MAX 9999
#define CODE_MAX 64

struct context {
	struct rules *r;
	struct ruleset_section *section;
	struct str value;
	struct report *report;
	struct report_place at; /* of the value */
};

/* A fault of the value, and how to mend it. */
static void fault(struct context *c, const char *text, const char *hint)
{
	report_error(c->report, c->at, "%s", text);
	report_hint(c->report, "%s", hint);
}

static void set_code(struct context *c)
{
	bool ok = c->value.n > 0 && c->value.n <= CODE_MAX;

	for (size_t i = 0; ok && i < c->value.n; i++) {
		char ch = c->value.p[i];
		ok = (ch >= 'a' && ch <= 'z') || str_is_digit((unsigned char)ch) || ch == '-';
	}
	if (!ok)
		fault(c, _("代码 is made of a-z, 0-9 and -, at most 64 of them"),
			_("write a short English name that stays for ever: wage-arrears"));
	c->section->code = arena_strndup(c->r->arena, c->value.p, c->value.n);
}

static void set_lead(struct context *c)
{
	if (c->value.n == 0)
		fault(c, _("the name of a unit is missing"),
			_("write who usually answers, or take the line away: 牵头 = 市人社局"));
	c->section->lead = arena_strndup(c->r->arena, c->value.p, c->value.n);
}

static void set_region(struct context *c)
{
	if (str_is(c->value, "必须"))
		c->section->region_required = true;
	else if (str_is(c->value, "不限"))
		c->section->region_required = false;
	else
		fault(c, _("地域 is 必须 or 不限"),
			_("必须: only texts about our places alert; 不限: texts from anywhere"));
}

/* A number in half or full width at *pos. */
static bool read_number(struct str s, size_t *pos, int *out)
{
	int value = 0;
	bool any = false;

	while (*pos < s.n) {
		size_t next = *pos;
		uint32_t cp = lexer_next_cp(s, &next);
		if (cp < '0' || cp > '9')
			break;
		if (value <= THRESHOLD_MAX)
			value = value * 10 + (int)(cp - '0');
		any = true;
		*pos = next;
	}
	*out = value;
	return any && value >= 1 && value <= THRESHOLD_MAX;
}

static void set_threshold(struct context *c)
{
	size_t pos = 0;
	int value;

	if (!read_number(c->value, &pos, &value) || pos != c->value.n)
		fault(c, _("阈值 is a number from 1 to 9999"),
			_("write the points from which the topic alerts: 阈值 = 3"));
	else
		c->section->threshold = value;
}

static bool skip_separators(struct str s, size_t *pos)
{
	while (*pos < s.n) {
		size_t next = *pos;
		uint32_t cp = lexer_next_cp(s, &next);
		if (cp != ' ' && cp != '\t' && cp != ',' && cp != 0x3001 && cp != 0xFF0C)
			return true;
		*pos = next;
	}
	return false;
}

/* The longest name first: 特别重大 begins like no other, but ends like 重大. */
static bool read_grade(struct str s, size_t *pos, enum match_grade *out)
{
	for (int g = GRADE_EXTREME; g >= GRADE_GENERAL; g--)
		if (str_has_prefix(str_sub(s, *pos, s.n), match_grade_name((enum match_grade)g))) {
			*pos += strlen(match_grade_name((enum match_grade)g));
			*out = (enum match_grade)g;
			return true;
		}
	return false;
}

static const char *check_grades(const struct ruleset_section *s)
{
	int last = 0;

	for (int g = GRADE_GENERAL; g <= GRADE_EXTREME; g++) {
		if (s->grade_at[g] && s->grade_at[g] <= last)
			return _("a higher grade needs a higher score");
		if (s->grade_at[g])
			last = s->grade_at[g];
	}
	return NULL;
}

static void set_grades(struct context *c)
{
	size_t pos = 0;
	const char *wrong = NULL;

	memset(c->section->grade_at, 0, sizeof c->section->grade_at);
	c->section->grades_file = c->section->file;
	c->section->grades_line = c->at.line;
	c->section->grades_column = c->at.column;
	while (!wrong && skip_separators(c->value, &pos)) {
		enum match_grade g;
		int score;
		if (!read_grade(c->value, &pos, &g))
			wrong = _("a grade is 一般, 较大, 重大 or 特别重大, then its score");
		else if (skip_separators(c->value, &pos), !read_number(c->value, &pos, &score))
			wrong = _("the score of the grade is missing");
		else if (c->section->grade_at[g])
			wrong = _("this grade is given twice");
		else
			c->section->grade_at[g] = score;
	}
	if (!wrong)
		wrong = check_grades(c->section);
	if (!wrong && c->value.n == 0)
		wrong = _("grades are missing");
	if (wrong)
		fault(c, wrong,
			_("write each grade with the score it begins at, the lowest first: "
			  "级别 = 一般3 较大6 重大10"));
}

static const struct {
	const char *key;
	void (*set)(struct context *c);
} settings[] = {
	{"代码", set_code},
	{"牵头", set_lead},
	{"地域", set_region},
	{"阈值", set_threshold},
	{"级别", set_grades},
};

void rules_set(struct rules *r, struct ruleset_section *s, const struct rules_setting *set,
	struct report *report, struct report_place at)
{
	struct context c = {r, s, set->value, report, at};

	at.column = set->key_column;
	c.at.column = set->value_column;
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		if (!str_is(set->key, settings[i].key))
			continue;
		if (*set->seen >> i & 1) {
			report_error(
				report, at, _("%s is set twice in this topic"), settings[i].key);
			report_hint(report, "%s", _("keep one of the two lines"));
		}
		*set->seen |= 1u << i;
		settings[i].set(&c);
		return;
	}
	report_error(report, at, _("no setting is called “%.*s”"), (int)set->key.n, set->key.p);
	report_hint(report, "%s",
		_("settings are 代码 牵头 地域 阈值 级别; a word with = in it belongs in quotes: "
		  "\"a=b\""));
}
