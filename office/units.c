/*
 * units.c - reads units.conf and says which unit a name means on a day.
 */
#include "office/units.h"

#include <string.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/conf_object.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"

#define UNITS_MEMORY ((size_t)16 << 20)

struct units {
	struct arena *arena;
	struct unit *list;
	size_t count;
};

static const struct conf_key unit_keys[] = {
	{"full", false},
	{"also", false},
	{"formerly", false},
	{"groups", false},
	{"leads", false},
	{"places", false},
	{"coordinates", false},
	{"level", false},
	{"vertical", false},
	{"superior", false},
	{"supervisor", false},
	{"until", false},
	{"successor", false},
	{NULL, false},
};

static const char *const unit_levels[] = {"国", "省", "州", "市", "镇街"};

/* What is being read; one argument instead of four. */
struct reading {
	struct units *units;
	const struct conf *conf;
	const struct conf_section *section;
};

static enum err_code bad_value(
	const struct reading *r, const char *key, const char *why, struct err *e)
{
	const struct conf_value *v = conf_find(r->section, key);

	return conf_error(r->conf, v ? v->line : r->section->line, v ? v->column : 1, e, "%s", why);
}

static bool is_date(const char *s)
{
	int64_t ignored;

	return strlen(s) == 10 && time_parse_option(s, NULL, &ignored);
}

static enum err_code read_list(
	const struct reading *r, const char *key, struct namelist *out, struct err *e)
{
	if (!namelist_split(r->units->arena, conf_get(r->section, key, NULL), out)) {
		if (arena_failed(r->units->arena))
			return err_nomem(e);
		return bad_value(r, key, _("too many names"), e);
	}
	return ERR_OK;
}

/* "某局 until 2019-03-31" */
static enum err_code read_one_former(
	const struct reading *r, const char *text, struct unit_former *out, struct err *e)
{
	struct str s = str_of(text);
	size_t at = str_find(s, " until ", 0);
	struct str name = str_trim(str_sub(s, 0, at));
	struct str day = str_trim(str_sub(s, at + strlen(" until "), s.n));

	out->name = arena_strndup(r->units->arena, name.p, name.n);
	out->until = day.n ? arena_strndup(r->units->arena, day.p, day.n) : "";
	if (!out->name || !out->until)
		return err_nomem(e);
	if (!name.n || !is_date(out->until))
		return bad_value(r, "formerly", _("expected NAME until YYYY-MM-DD"), e);
	return ERR_OK;
}

static enum err_code read_former(const struct reading *r, struct unit *u, struct err *e)
{
	struct namelist list;
	struct unit_former *former;
	enum err_code rc = read_list(r, "formerly", &list, e);

	if (rc || !list.count)
		return rc;
	former = arena_array(r->units->arena, list.count, sizeof *former);
	if (!former)
		return err_nomem(e);
	for (size_t i = 0; i < list.count && !rc; i++)
		rc = read_one_former(r, list.names[i], &former[i], e);
	u->former = former;
	u->former_count = list.count;
	return rc;
}

static enum err_code copy(const struct reading *r, const char *key, const char **out, struct err *e)
{
	const char *value = conf_get(r->section, key, NULL);

	*out = value && *value ? arena_strdup(r->units->arena, value) : NULL;
	return value && *value && !*out ? err_nomem(e) : ERR_OK;
}

static enum err_code read_level(const struct reading *r, struct unit *u, struct err *e)
{
	enum err_code rc = copy(r, "level", &u->level, e);

	if (rc)
		return rc;
	if (!u->level)
		u->level = "市";
	for (size_t i = 0; i < sizeof unit_levels / sizeof *unit_levels; i++) {
		if (strcmp(u->level, unit_levels[i]) == 0)
			return ERR_OK;
	}
	return bad_value(r, "level", _("expected 国, 省, 州, 市 or 镇街"), e);
}

static enum err_code read_lists(const struct reading *r, struct unit *u, struct err *e)
{
	enum err_code rc = read_list(r, "also", &u->also, e);

	if (!rc)
		rc = read_list(r, "groups", &u->groups, e);
	if (!rc)
		rc = read_list(r, "leads", &u->leads, e);
	if (!rc)
		rc = read_list(r, "places", &u->places, e);
	return rc ? rc : read_former(r, u, e);
}

static enum err_code read_unit(const struct reading *r, struct unit *u, struct err *e)
{
	enum err_code rc = conf_check(r->conf, r->section, unit_keys, e);

	u->line = r->section->line;
	u->name = arena_strdup(r->units->arena, r->section->name);
	if (!rc && !u->name)
		rc = err_nomem(e);
	if (!rc)
		rc = copy(r, "full", &u->full, e);
	if (!rc)
		rc = read_level(r, u, e);
	if (!rc)
		rc = copy(r, "superior", &u->superior, e);
	if (!rc)
		rc = copy(r, "supervisor", &u->supervisor, e);
	if (!rc)
		rc = copy(r, "until", &u->until, e);
	if (!rc)
		rc = copy(r, "successor", &u->successor, e);
	if (!rc && u->until && !is_date(u->until))
		rc = bad_value(r, "until", _("expected YYYY-MM-DD"), e);
	if (!rc)
		rc = conf_get_bool(r->conf, r->section, "vertical", false, &u->vertical, e);
	if (!rc)
		rc = conf_get_bool(r->conf, r->section, "coordinates", false, &u->coordinates, e);
	return rc ? rc : read_lists(r, u, e);
}

static bool has_current_name(const struct unit *u, const char *name)
{
	return strcmp(u->name, name) == 0 || (u->full && strcmp(u->full, name) == 0) ||
	       namelist_has(&u->also, name);
}

static const struct unit *find_section(const struct units *u, const char *name)
{
	for (size_t i = 0; i < u->count; i++) {
		if (strcmp(u->list[i].name, name) == 0)
			return &u->list[i];
	}
	return NULL;
}

/* One name must not mean two units, and a successor must be a section. */
static enum err_code check_unit(const struct reading *r, size_t at, struct err *e)
{
	const struct unit *u = &r->units->list[at];

	if (u->successor && !find_section(r->units, u->successor))
		return bad_value(r, "successor", _("there is no section of that name"), e);
	for (size_t i = 0; i < r->units->count; i++) {
		const struct unit *other = &r->units->list[i];
		if (i == at)
			continue;
		for (size_t k = 0; k < u->also.count; k++) {
			if (!other->until && has_current_name(other, u->also.names[k]))
				return bad_value(
					r, "also", _("this name already means another unit"), e);
		}
	}
	return ERR_OK;
}

static enum err_code read_all(const struct conf *conf, void *out, struct err *e)
{
	struct units *u = out;
	struct reading r = {u, conf, NULL};
	size_t sections = conf_section_count(conf);
	enum err_code rc = ERR_OK;

	u->list = arena_array(u->arena, sections ? sections : 1, sizeof *u->list);
	if (!u->list)
		return err_nomem(e);
	for (size_t i = 0; i < sections && !rc; i++) {
		r.section = conf_section_at(conf, i);
		if (!*r.section->name) {
			if (!r.section->count)
				continue;
			return conf_error(conf, r.section->values[0].line, 1, e,
				_("a key before the first [unit]"));
		}
		rc = read_unit(&r, &u->list[u->count++], e);
	}
	for (size_t i = 0, at = 0; i < sections && !rc; i++) {
		r.section = conf_section_at(conf, i);
		if (*r.section->name)
			rc = check_unit(&r, at++, e);
	}
	return rc;
}

static const struct conf_object object = {sizeof(struct units), UNITS_MEMORY, read_all};

enum err_code units_parse(
	const char *name, const char *text, size_t n, struct units **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_parse(&object, name, text, n, &made, e);

	*out = made;
	return rc;
}

enum err_code units_load(const struct path_home *home, struct units **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_load(&object, home, "units.conf", &made, e);

	*out = made;
	return rc;
}

void units_free(struct units *u)
{
	conf_object_free(u);
}

size_t units_count(const struct units *u)
{
	return u->count;
}

const struct unit *units_at(const struct units *u, size_t i)
{
	return &u->list[i];
}

/* Characters that both names have, however often: enough to find a typing slip. */
static size_t likeness(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b), same = 0, len;

	for (size_t i = 0; i < na; i += len) {
		utf8_decode(a + i, na - i, &len);
		if (memmem(b, nb, a + i, len))
			same++;
	}
	return same;
}

static enum err_code unknown_unit(const struct units *u, const char *name, struct err *e)
{
	const struct unit *best = NULL;
	size_t most = 1, half = utf8_count(name, utf8_valid_prefix(name, strlen(name))) / 2;

	for (size_t i = 0; i < u->count; i++) {
		size_t same = likeness(name, u->list[i].name);
		if (same > most && same >= half) {
			most = same;
			best = &u->list[i];
		}
	}
	if (best)
		return err_set(e, ERR_USAGE, _("no unit “%s” in units.conf; did you mean %s?"),
			name, best->name);
	return err_set(e, ERR_USAGE, _("no unit “%s” in units.conf"), name);
}

static enum err_code still_there(
	const struct unit *u, const char *date, const struct unit **out, struct err *e)
{
	if (u->until && strcmp(date, u->until) > 0) {
		if (u->successor)
			return err_set(e, ERR_REFUSED,
				_("%s existed until %s; its successor is %s"), u->name, u->until,
				u->successor);
		return err_set(e, ERR_REFUSED, _("%s existed until %s"), u->name, u->until);
	}
	*out = u;
	return ERR_OK;
}

enum err_code units_resolve(const struct units *u, const char *name, const char *date,
	const struct unit **out, struct err *e)
{
	const struct unit *ended = NULL;

	*out = NULL;
	for (size_t i = 0; i < u->count; i++) {
		if (!has_current_name(&u->list[i], name))
			continue;
		if (still_there(&u->list[i], date, out, NULL) == ERR_OK)
			return ERR_OK;
		ended = &u->list[i];
	}
	if (ended)
		return still_there(ended, date, out, e);
	for (size_t i = 0; i < u->count; i++) {
		const struct unit *unit = &u->list[i];
		for (size_t k = 0; k < unit->former_count; k++) {
			if (strcmp(unit->former[k].name, name) != 0)
				continue;
			if (strcmp(date, unit->former[k].until) > 0)
				return err_set(e, ERR_REFUSED,
					_("“%s” was the name until %s; the unit is now called %s"),
					name, unit->former[k].until, unit->name);
			return still_there(unit, date, out, e);
		}
	}
	return unknown_unit(u, name, e);
}

const struct unit *units_leading(const struct units *u, const char *topic)
{
	for (size_t i = 0; i < u->count; i++) {
		if (!u->list[i].until && namelist_has(&u->list[i].leads, topic))
			return &u->list[i];
	}
	return NULL;
}
