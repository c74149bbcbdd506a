/*
 * deadlines.c - reads deadlines.conf and finds the limit for a clock, a grade, a kind.
 */
#include "office/deadlines.h"

#include <string.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/conf_object.h"
#include "base/i18n.h"
#include "base/str.h"
#include "matcher/match.h"

#define DEADLINES_MEMORY ((size_t)4 << 20)

struct deadlines {
	struct arena *arena;
	struct deadline *list;
	size_t count;
	int remind;
};

static const struct conf_key deadline_keys[] = {
	{"clock", true},
	{"grades", false},
	{"categories", false},
	{"types", false},
	{"kinds", false},
	{"limit", true},
	{"at_least", false},
	{"extension", false},
	{"pauses", false},
	{"start", true},
	{"roll", false},
	{"basis", true},
	{NULL, false},
};

/* [remind] is no rule. */
static const struct conf_key remind_keys[] = {
	{"share", true},
	{NULL, false},
};

/* A clock can only run from a moment that is known when it starts. */
static const struct {
	const char *name, *starts;
	bool many; /* rules of different starts or limits stand beside each other */
	bool natural; /* reckoned once, without the list of holidays */
} clocks[DEADLINE_CLOCKS] = {
	[DEADLINE_TRIAGE] = {"triage", "raised", false, true},
	[DEADLINE_RESPONSE] = {"response", "discovered published", false, false},
	[DEADLINE_PRESS] = {"press", "discovered published", false, false},
	[DEADLINE_UNDATED] = {"undated", "published", false, true},
	[DEADLINE_SIGN] = {"sign", "assigned", false, false},
	[DEADLINE_RETURN] = {"return", "assigned signed", false, false},
	[DEADLINE_VERIFY] = {"verify", "claimed done", false, false},
	[DEADLINE_INSTRUCT] = {"instruct", "instructed", false, false},
	[DEADLINE_REPORT] = {"report", "done", false, false},
	[DEADLINE_CONSULT] = {"consult", "consulted", false, false},
	[DEADLINE_ORDER] = {"order", "accepted", false, false},
	[DEADLINE_TASK] = {"task", "made trigger", true, false},
	[DEADLINE_PROGRESS] = {"progress", "period", false, false},
	[DEADLINE_FEEDBACK] = {"feedback", "ordered", false, false},
	[DEADLINE_LOOKBACK] = {"lookback", "closed", true, true},
	[DEADLINE_OBJECTION] = {"objection", "closed raised", true, false},
	[DEADLINE_INFORM] = {"inform", "accepted", false, false},
	[DEADLINE_NOTICE] = {"notice", "closed decided", true, false},
};

const char *deadline_clock_name(enum deadline_clock clock)
{
	return clocks[clock].name;
}

void deadline_add_limit(struct buf *b, const struct calendar_limit *limit)
{
	if (limit->unit == CALENDAR_YEAR_END)
		buf_add_str(b, calendar_unit_name(limit->unit));
	else
		buf_addf(b, "%d %s", limit->amount, calendar_unit_name(limit->unit));
}

struct reading {
	struct deadlines *deadlines;
	const struct conf *conf;
	const struct conf_section *section;
};

static enum err_code bad_value(
	const struct reading *r, const char *key, const char *why, struct err *e)
{
	const struct conf_value *v = conf_find(r->section, key);

	return conf_error(r->conf, v ? v->line : r->section->line, v ? v->column : 1, e, "%s", why);
}

static enum err_code read_clock(const struct reading *r, struct deadline *d, struct err *e)
{
	const char *value = conf_get(r->section, "clock", "");
	struct buf names;
	enum err_code rc;

	buf_init(&names, ERR_TEXT_MAX / 2);
	for (int i = 0; i < DEADLINE_CLOCKS; i++) {
		if (strcmp(value, clocks[i].name) == 0) {
			d->clock = (enum deadline_clock)i;
			buf_fini(&names);
			return ERR_OK;
		}
		buf_addf(&names, "%s%s", i ? ", " : "", clocks[i].name);
	}
	rc = conf_find(r->section, "clock")
		     ? conf_error(r->conf, conf_find(r->section, "clock")->line,
			       conf_find(r->section, "clock")->column, e, _("expected one of: %s"),
			       buf_str(&names))
		     : ERR_CONFIG;
	buf_fini(&names);
	return rc;
}

static enum err_code read_start(const struct reading *r, struct deadline *d, struct err *e)
{
	const struct conf_value *v = conf_find(r->section, "start");
	struct str rest = str_of(clocks[d->clock].starts);

	while (rest.n) {
		struct str word = str_split(&rest, ' ');
		if (str_is(word, v->value)) {
			d->start = arena_strndup(r->deadlines->arena, word.p, word.n);
			return d->start ? ERR_OK : err_nomem(e);
		}
	}
	return conf_error(r->conf, v->line, v->column, e, _("this clock starts at: %s"),
		clocks[d->clock].starts);
}

static enum err_code read_amount(
	const struct reading *r, const char *key, struct calendar_limit *out, struct err *e)
{
	const char *value = conf_get(r->section, key, NULL);
	struct err why;

	if (value && calendar_parse_limit(value, out, &why) != ERR_OK)
		return bad_value(r, key, why.text, e);
	return ERR_OK;
}

static enum err_code read_limit(const struct reading *r, struct deadline *d, struct err *e)
{
	const char *roll = conf_get(r->section, "roll", "none");
	bool next = strcmp(roll, "next-workday") == 0;
	enum err_code rc = read_amount(r, "limit", &d->limit, e);

	if (!rc)
		rc = read_amount(r, "at_least", &d->at_least, e);
	if (!rc)
		rc = read_amount(r, "extension", &d->extension, e);
	if (!rc)
		rc = conf_get_bool(r->conf, r->section, "pauses", false, &d->pauses, e);
	if (rc)
		return rc;
	if (clocks[d->clock].natural && (next || d->limit.unit == CALENDAR_WORKING_DAYS))
		return bad_value(r, next ? "roll" : "limit",
			_("this clock runs in natural time: minutes, hours or days"), e);
	if (!next && strcmp(roll, "none") != 0)
		return bad_value(r, "roll", _("expected none or next-workday"), e);
	if (next && d->limit.unit != CALENDAR_DAYS)
		return bad_value(r, "roll", _("next-workday holds for limits in days"), e);
	if (d->at_least.amount &&
		(d->at_least.unit != d->limit.unit || d->at_least.amount > d->limit.amount))
		return bad_value(
			r, "at_least", _("expected the unit of the limit, and no more than it"), e);
	if (d->extension.amount && d->extension.unit != d->limit.unit)
		return bad_value(r, "extension", _("expected the unit of the limit"), e);
	d->roll = next ? CALENDAR_NEXT_WORKDAY : CALENDAR_NO_ROLL;
	return ERR_OK;
}

static enum err_code read_names(
	const struct reading *r, const char *key, struct namelist *out, struct err *e)
{
	struct arena *a = r->deadlines->arena;

	if (namelist_split(a, conf_get(r->section, key, NULL), out))
		return ERR_OK;
	return arena_failed(a) ? err_nomem(e) : bad_value(r, key, _("too many names"), e);
}

static enum err_code read_grades(const struct reading *r, struct deadline *d, struct err *e)
{
	enum match_grade ignored;
	enum err_code rc = read_names(r, "grades", &d->grades, e);

	for (size_t i = 0; !rc && i < d->grades.count; i++) {
		if (!match_grade_from_name(d->grades.names[i], &ignored) || !*d->grades.names[i])
			return bad_value(
				r, "grades", _("expected 一般, 较大, 重大 or 特别重大"), e);
	}
	return rc;
}

static enum err_code read_categories(const struct reading *r, struct deadline *d, struct err *e)
{
	enum err_code rc = read_names(r, "categories", &d->categories, e);

	for (size_t i = 0; !rc && i < d->categories.count; i++) {
		const char *name = d->categories.names[i];
		if (strlen(name) != 1 || name[0] < 'a' || name[0] > 'f')
			return bad_value(r, "categories", _("expected codes a to f"), e);
	}
	return rc;
}

static enum err_code read_selectors(const struct reading *r, struct deadline *d, struct err *e)
{
	enum err_code rc = read_grades(r, d, e);

	if (!rc)
		rc = read_categories(r, d, e);
	if (!rc)
		rc = read_names(r, "types", &d->types, e);
	return rc ? rc : read_names(r, "kinds", &d->kinds, e);
}

static bool is_rule_name(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++) {
		if (!(*s >= 'a' && *s <= 'z') && !str_is_digit((unsigned char)*s) && *s != '-')
			return false;
	}
	return true;
}

/* Both leave it open, or both name one and the same. */
static bool overlap(const struct namelist *x, const struct namelist *y)
{
	for (size_t i = 0; i < y->count; i++)
		if (namelist_has(x, y->names[i]))
			return true;
	return !x->count && !y->count;
}

/* Two rules would answer the same question alike. */
static bool clash(const struct deadline *x, const struct deadline *y)
{
	if (x->clock != y->clock)
		return false;
	if (clocks[x->clock].many &&
		(strcmp(x->start, y->start) != 0 || x->limit.amount != y->limit.amount ||
			x->limit.unit != y->limit.unit))
		return false;
	return overlap(&x->grades, &y->grades) && overlap(&x->categories, &y->categories) &&
	       overlap(&x->types, &y->types) && overlap(&x->kinds, &y->kinds);
}

static enum err_code check_unique(const struct reading *r, const struct deadline *d, struct err *e)
{
	for (const struct deadline *o = r->deadlines->list; o != d; o++) {
		if (clash(o, d))
			return conf_error(r->conf, r->section->line, 1, e,
				_("[%s] on line %d already sets this clock for the same grade, "
				  "kind or type"),
				o->rule, o->line);
	}
	return ERR_OK;
}

static enum err_code read_deadline(const struct reading *r, struct deadline *d, struct err *e)
{
	struct arena *a = r->deadlines->arena;
	enum err_code rc;

	d->line = r->section->line;
	if (!is_rule_name(r->section->name))
		return conf_error(
			r->conf, d->line, 1, e, _("a rule's name is made of a-z, 0-9 and -"));
	rc = conf_check(r->conf, r->section, deadline_keys, e);
	if (rc)
		return rc;
	d->rule = arena_strdup(a, r->section->name);
	d->basis = arena_strdup(a, conf_get(r->section, "basis", ""));
	if (!d->rule || !d->basis)
		return err_nomem(e);
	rc = read_clock(r, d, e);
	if (!rc)
		rc = read_start(r, d, e);
	if (!rc)
		rc = read_limit(r, d, e);
	if (!rc)
		rc = read_selectors(r, d, e);
	return rc ? rc : check_unique(r, d, e);
}

static enum err_code read_remind(const struct reading *r, struct err *e)
{
	int64_t share = 0;
	enum err_code rc = conf_check(r->conf, r->section, remind_keys, e);

	if (!rc)
		rc = conf_get_int(r->conf, r->section, "share", 0, 90, 0, &share, e);
	r->deadlines->remind = (int)share;
	return rc;
}

static enum err_code read_all(const struct conf *conf, void *out, struct err *e)
{
	struct deadlines *d = out;
	struct reading r = {d, conf, NULL};
	size_t sections = conf_section_count(conf);
	enum err_code rc = ERR_OK;

	d->list = arena_array(d->arena, sections ? sections : 1, sizeof *d->list);
	if (!d->list)
		return err_nomem(e);
	for (size_t i = 0; i < sections && !rc; i++) {
		r.section = conf_section_at(conf, i);
		if (!*r.section->name && !r.section->count)
			continue;
		if (strcmp(r.section->name, "remind") == 0) {
			rc = read_remind(&r, e);
			continue;
		}
		rc = read_deadline(&r, &d->list[d->count], e);
		d->count++;
	}
	return rc;
}

static const struct conf_object object = {sizeof(struct deadlines), DEADLINES_MEMORY, read_all};

enum err_code deadlines_parse(
	const char *name, const char *text, size_t n, struct deadlines **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_parse(&object, name, text, n, &made, e);

	*out = made;
	return rc;
}

enum err_code deadlines_load(const struct path_home *home, struct deadlines **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_load(&object, home, "deadlines.conf", &made, e);

	*out = made;
	return rc;
}

void deadlines_free(struct deadlines *d)
{
	conf_object_free(d);
}

size_t deadlines_count(const struct deadlines *d)
{
	return d->count;
}

const struct deadline *deadlines_at(const struct deadlines *d, size_t i)
{
	return &d->list[i];
}

/* One of the words of `asked` is among the names: 1; the rule leaves it open: 0; else -1. */
static int fits(const struct namelist *names, const char *asked)
{
	struct str rest = str_of(asked ? asked : "");

	if (!names->count)
		return 0;
	while (rest.n) {
		struct str word = str_trim(str_split(&rest, ','));
		for (size_t i = 0; i < names->count; i++)
			if (str_is(word, names->names[i]))
				return 1;
	}
	return -1;
}

/* How many of the things asked the rule names; -1 when it does not fit. */
static int score(const struct deadline *d, const struct deadline_query *q)
{
	const int parts[] = {fits(&d->types, q->type), fits(&d->kinds, q->kind),
		fits(&d->grades, q->grade), fits(&d->categories, q->category)};
	int sum = 0;

	if (q->start && *q->start && strcmp(q->start, d->start) != 0)
		return -1;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i] < 0)
			return -1;
		sum = sum * 2 + parts[i]; /* what stands further left says more */
	}
	return sum;
}

const struct deadline *deadlines_pick(const struct deadlines *d, const struct deadline_query *q)
{
	const struct deadline *best = NULL;
	int best_score = -1;

	for (size_t i = 0; i < d->count; i++) {
		int s = d->list[i].clock == q->clock ? score(&d->list[i], q) : -1;
		if (s > best_score) {
			best = &d->list[i];
			best_score = s;
		}
	}
	return best;
}

const struct deadline *deadlines_find(
	const struct deadlines *d, enum deadline_clock clock, const char *grade)
{
	const struct deadline_query q = {.clock = clock, .grade = grade};

	return deadlines_pick(d, &q);
}

const struct deadline *deadlines_named(const struct deadlines *d, const char *rule)
{
	for (size_t i = 0; i < d->count; i++)
		if (strcmp(d->list[i].rule, rule) == 0)
			return &d->list[i];
	return NULL;
}

int deadlines_remind(const struct deadlines *d)
{
	return d->remind;
}
