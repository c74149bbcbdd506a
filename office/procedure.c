/*
 * procedure.c - reads procedure.conf: a row a section, with its keys and who takes them.
 */
#include "office/procedure.h"

#include <string.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/conf_object.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "matcher/match.h"

#define PROCEDURE_MEMORY ((size_t)1 << 20)

struct reading {
	struct procedure *p;
	const struct conf *conf;
	const struct conf_section *section;
};

static const struct conf_key together_keys[] = {
	{"grades", true},
	{"classes", true},
	{"basis", true},
	{NULL, false},
};
static const struct conf_key directs_keys[] = {
	{"grades", true},
	{"who", true},
	{"basis", true},
	{NULL, false},
};
static const struct conf_key final_keys[] = {
	{"returns", true},
	{"basis", true},
	{NULL, false},
};
static const struct conf_key early_keys[] = {
	{"days", true},
	{"basis", true},
	{NULL, false},
};
static const struct conf_key calendar_keys[] = {
	{"listed_by", true},
	{"basis", true},
	{NULL, false},
};

static enum err_code bad_value(
	const struct reading *r, const char *key, const char *why, struct err *e)
{
	const struct conf_value *v = conf_find(r->section, key);

	return conf_error(r->conf, v->line, v->column, e, "%s", why);
}

static enum err_code read_names(
	const struct reading *r, const char *key, struct namelist *out, struct err *e)
{
	if (namelist_split(r->p->arena, conf_get(r->section, key, ""), out))
		return ERR_OK;
	return arena_failed(r->p->arena) ? err_nomem(e) : bad_value(r, key, _("too many names"), e);
}

static enum err_code read_grades(const struct reading *r, struct namelist *out, struct err *e)
{
	enum match_grade ignored;
	enum err_code rc = read_names(r, "grades", out, e);

	for (size_t i = 0; !rc && i < out->count; i++)
		if (!match_grade_from_name(out->names[i], &ignored))
			rc = bad_value(r, "grades", _("expected 一般, 较大, 重大 or 特别重大"), e);
	return rc;
}

static enum err_code read_together(const struct reading *r, struct err *e)
{
	struct namelist names = {0};
	enum channel_class class;
	enum err_code rc = read_grades(r, &r->p->together, e);

	if (!rc)
		rc = read_names(r, "classes", &names, e);
	for (size_t i = 0; !rc && i < names.count; i++) {
		if (!channel_class_from_name(names.names[i], &class))
			return bad_value(r, "classes",
				_("expected 政府网站, 政务新媒体, 新闻媒体 or 商业网站"), e);
		r->p->class[class] = true;
	}
	return rc;
}

static enum err_code read_directs(const struct reading *r, struct err *e)
{
	r->p->who = arena_strdup(r->p->arena, conf_get(r->section, "who", ""));
	return r->p->who ? read_grades(r, &r->p->directs, e) : err_nomem(e);
}

static enum err_code read_count(
	const struct reading *r, const char *key, int max, int *out, struct err *e)
{
	int64_t n = 0;
	enum err_code rc = conf_get_int(r->conf, r->section, key, 1, max, 1, &n, e);

	*out = (int)n;
	return rc;
}

static enum err_code read_final(const struct reading *r, struct err *e)
{
	return read_count(r, "returns", 99, &r->p->returns, e);
}

static enum err_code read_early(const struct reading *r, struct err *e)
{
	return read_count(r, "days", 3650, &r->p->early_days, e);
}

/* A day that every year has. */
static enum err_code read_calendar(const struct reading *r, struct err *e)
{
	struct str rest = str_of(conf_get(r->section, "listed_by", ""));
	struct str month = str_split(&rest, '-');
	int64_t m = 0, d = 0;
	int year, back_month, back_day;

	if (month.n != 2 || rest.n != 2 || !str_to_int(month, 1, 12, &m) ||
		!str_to_int(rest, 1, 31, &d))
		return bad_value(r, "listed_by", _("expected a day as MM-DD"), e);
	time_civil_from_days(
		time_days_from_civil(2001, (int)m, (int)d), &year, &back_month, &back_day);
	if (back_day != (int)d)
		return bad_value(r, "listed_by", _("expected a day as MM-DD"), e);
	r->p->listed_month = (int)m;
	r->p->listed_day = (int)d;
	return ERR_OK;
}

static const struct {
	const char *name;
	const struct conf_key *keys;
	enum err_code (*read)(const struct reading *r, struct err *e);
} sections[] = {
	{"together", together_keys, read_together},
	{"directs", directs_keys, read_directs},
	{"final", final_keys, read_final},
	{"early", early_keys, read_early},
	{"holidays", calendar_keys, read_calendar},
};

#define SECTIONS (sizeof sections / sizeof *sections)

static enum err_code check_names(const struct conf *conf, struct err *e)
{
	for (size_t i = 0; i < conf_section_count(conf); i++) {
		const struct conf_section *s = conf_section_at(conf, i);
		bool known = !*s->name && !s->count;
		for (size_t k = 0; k < SECTIONS; k++)
			known = known || strcmp(s->name, sections[k].name) == 0;
		if (!known)
			return conf_error(conf, s->line, 1, e,
				_("expected [together], [directs], [final], [early] or "
				  "[holidays]"));
	}
	return ERR_OK;
}

static enum err_code read_all(const struct conf *conf, void *out, struct err *e)
{
	struct reading r = {out, conf, NULL};
	enum err_code rc = check_names(conf, e);

	for (size_t i = 0; !rc && i < SECTIONS; i++) {
		r.section = conf_section_find(conf, sections[i].name);
		if (!r.section)
			return err_set(e, ERR_CONFIG, _("%s has no [%s]"), conf_name(conf),
				sections[i].name);
		rc = conf_check(conf, r.section, sections[i].keys, e);
		if (!rc)
			rc = sections[i].read(&r, e);
	}
	return rc;
}

static const struct conf_object object = {sizeof(struct procedure), PROCEDURE_MEMORY, read_all};

enum err_code procedure_parse(
	const char *name, const char *text, size_t n, struct procedure **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_parse(&object, name, text, n, &made, e);

	*out = made;
	return rc;
}

enum err_code procedure_load(const struct path_home *home, struct procedure **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_load(&object, home, PROCEDURE_FILE, &made, e);

	*out = made;
	return rc;
}

void procedure_free(struct procedure *p)
{
	conf_object_free(p);
}

size_t procedure_classes_missing(
	const struct procedure *p, const char *grade, const bool reached[CHANNEL_CLASSES])
{
	size_t missing = 0;

	for (int i = 0; namelist_has(&p->together, grade) && i < CHANNEL_CLASSES; i++)
		missing += p->class[i] && !reached[i];
	return missing;
}

size_t procedure_classes(const struct procedure *p, const char *grade)
{
	const bool none[CHANNEL_CLASSES] = {false};

	return procedure_classes_missing(p, grade, none);
}
