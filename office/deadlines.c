/*
 * deadlines.c - reads deadlines.conf and finds the limit for a clock and a grade.
 */
#include "office/deadlines.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "matcher/match.h"

#define DEADLINES_MEMORY ((size_t)4 << 20)

struct deadlines {
	struct arena *arena;
	struct deadline *list;
	size_t count;
};

static const struct conf_key deadline_keys[] = {
	{"clock", true},
	{"grades", false},
	{"limit", true},
	{"start", true},
	{"roll", false},
	{"basis", true},
	{NULL, false},
};

static const char *const clock_names[DEADLINE_CLOCKS] = {"triage", "response", "press", "undated"};
static const char *const start_names[] = {"raised", "discovered", "published"};

const char *deadline_clock_name(enum deadline_clock clock)
{
	return clock_names[clock];
}

void deadline_add_limit(struct buf *b, const struct calendar_limit *limit)
{
	static const char *const units[] = {"hours", "minutes", "days", "working days"};

	buf_addf(b, "%d %s", limit->amount, units[limit->unit]);
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

	for (int i = 0; i < DEADLINE_CLOCKS; i++) {
		if (strcmp(value, clock_names[i]) == 0) {
			d->clock = (enum deadline_clock)i;
			return ERR_OK;
		}
	}
	return bad_value(r, "clock", _("expected triage, response, press or undated"), e);
}

/* A clock can only run from a moment that is known when it starts. */
static enum err_code read_start(const struct reading *r, struct deadline *d, struct err *e)
{
	static const char *const allowed[DEADLINE_CLOCKS] = {
		"raised", "discovered published", "discovered published", "published"};
	const char *value = conf_get(r->section, "start", "");

	for (size_t i = 0; i < sizeof start_names / sizeof *start_names; i++) {
		if (strcmp(value, start_names[i]) == 0 && strstr(allowed[d->clock], value)) {
			d->start = start_names[i];
			return ERR_OK;
		}
	}
	if (d->clock == DEADLINE_TRIAGE)
		return bad_value(r, "start", _("this clock starts at: raised"), e);
	if (d->clock == DEADLINE_UNDATED)
		return bad_value(r, "start", _("this clock starts at: published"), e);
	return bad_value(r, "start", _("this clock starts at: discovered or published"), e);
}

static enum err_code read_limit(const struct reading *r, struct deadline *d, struct err *e)
{
	const char *roll = conf_get(r->section, "roll", "none");
	struct err why;

	if (calendar_parse_limit(conf_get(r->section, "limit", ""), &d->limit, &why) != ERR_OK)
		return bad_value(r, "limit", why.text, e);
	if (d->limit.unit == CALENDAR_WORKING_DAYS)
		return bad_value(r, "limit", _("limits in working days are not yet supported"), e);
	if (strcmp(roll, "next-workday") == 0)
		return bad_value(r, "roll", _("next-workday is not yet supported"), e);
	if (strcmp(roll, "none") != 0)
		return bad_value(r, "roll", _("expected none"), e);
	return ERR_OK;
}

static enum err_code read_grades(const struct reading *r, struct deadline *d, struct err *e)
{
	struct arena *a = r->deadlines->arena;
	enum match_grade ignored;

	if (!namelist_split(a, conf_get(r->section, "grades", NULL), &d->grades))
		return arena_failed(a) ? err_nomem(e)
				       : bad_value(r, "grades", _("too many names"), e);
	for (size_t i = 0; i < d->grades.count; i++) {
		if (!match_grade_from_name(d->grades.names[i], &ignored) || !*d->grades.names[i])
			return bad_value(
				r, "grades", _("expected 一般, 较大, 重大 or 特别重大"), e);
	}
	return ERR_OK;
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

/* Two rules may not both answer for one clock and grade. */
static enum err_code check_unique(const struct reading *r, const struct deadline *d, struct err *e)
{
	for (const struct deadline *o = r->deadlines->list; o != d; o++) {
		bool both = o->clock == d->clock;
		bool same = !o->grades.count && !d->grades.count;
		for (size_t i = 0; both && i < d->grades.count; i++)
			same = same || namelist_has(&o->grades, d->grades.names[i]);
		if (both && same)
			return conf_error(r->conf, r->section->line, 1, e,
				_("[%s] on line %d already sets this clock for the same grade"),
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
		rc = read_grades(r, d, e);
	return rc ? rc : check_unique(r, d, e);
}

static enum err_code read_all(const struct conf *conf, struct deadlines *d, struct err *e)
{
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
		rc = read_deadline(&r, &d->list[d->count], e);
		d->count++;
	}
	return rc;
}

static enum err_code from_conf(const struct conf *conf, struct deadlines **out, struct err *e)
{
	struct deadlines *d = calloc(1, sizeof *d);
	enum err_code rc;

	*out = NULL;
	if (d)
		d->arena = arena_new(DEADLINES_MEMORY);
	rc = d && d->arena ? read_all(conf, d, e) : err_nomem(e);
	if (rc)
		deadlines_free(d);
	else
		*out = d;
	return rc;
}

enum err_code deadlines_parse(
	const char *name, const char *text, size_t n, struct deadlines **out, struct err *e)
{
	struct conf *conf = NULL;
	enum err_code rc = conf_parse(name, text, n, &conf, e);

	*out = NULL;
	if (!rc)
		rc = from_conf(conf, out, e);
	conf_free(conf);
	return rc;
}

enum err_code deadlines_load(const struct path_home *home, struct deadlines **out, struct err *e)
{
	struct conf *conf = NULL;
	char *path = NULL;
	enum err_code rc = path_find(home, "deadlines.conf", &path, e);

	*out = NULL;
	if (!rc)
		rc = conf_load(path, &conf, e);
	if (!rc)
		rc = from_conf(conf, out, e);
	conf_free(conf);
	free(path);
	return rc;
}

void deadlines_free(struct deadlines *d)
{
	if (!d)
		return;
	arena_free(d->arena);
	free(d);
}

size_t deadlines_count(const struct deadlines *d)
{
	return d->count;
}

const struct deadline *deadlines_at(const struct deadlines *d, size_t i)
{
	return &d->list[i];
}

const struct deadline *deadlines_find(
	const struct deadlines *d, enum deadline_clock clock, const char *grade)
{
	const struct deadline *any = NULL;

	for (size_t i = 0; i < d->count; i++) {
		const struct deadline *at = &d->list[i];
		if (at->clock != clock)
			continue;
		if (!at->grades.count)
			any = at;
		else if (grade && namelist_has(&at->grades, grade))
			return at;
	}
	return any;
}
