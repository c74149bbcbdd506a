/*
 * notify_rules.c - reads [notify] and the leaders on duty.
 */
#include "office/notify_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/conf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "office/ladder.h"
#include "office/namelist.h"
#include "office/units.h"

#define LEADER "leader "
#define ACK_WITHIN 900
#define DAY_MINUTES 1440
#define DAY INT64_C(86400)

const struct conf_key notify_keys[] = {
	{"first", false},
	{"second", false},
	{"leader", false},
	{"supervisor", false},
	{"ack_within", false},
	{"quiet", false},
	{"digest", false},
	{"alive", false},
	{"detail", false},
	{NULL, false},
};

static const struct conf_key leader_keys[] = {{"target", true}, {NULL, false}};

struct reading {
	struct conf *conf;
	struct arena *arena;
	struct notify_rules *out;
	struct err *err;
};

static enum err_code bad(
	const struct reading *r, const struct conf_section *s, const char *key, const char *why)
{
	const struct conf_value *v = conf_find(s, key);

	return conf_error(r->conf, v ? v->line : s->line, v ? v->column : 1, r->err, "%s", why);
}

static enum err_code read_target(
	const struct reading *r, const struct conf_section *s, const char *key, const char **out)
{
	const char *name = conf_get(s, key, NULL);

	if (!name || !*name)
		return ERR_OK;
	if (!targets_find(r->out->targets, name))
		return bad(r, s, key, _("there is no [target] of this name"));
	*out = arena_strdup(r->arena, name);
	return *out ? ERR_OK : err_nomem(r->err);
}

/* "08:30" of a day in minutes. */
static bool read_time(const char *s, int *out)
{
	struct str rest = str_of(s);
	struct str hour = str_split(&rest, ':');
	int64_t h, m;

	if (!rest.p || rest.n != 2 || hour.n < 1 || hour.n > 2 || !str_to_int(hour, 0, 23, &h) ||
		!str_to_int(rest, 0, 59, &m))
		return false;
	*out = (int)(h * 60 + m);
	return true;
}

static enum err_code read_times(const struct reading *r, const struct conf_section *s,
	const char *key, struct notify_times *out)
{
	struct namelist list;

	if (!namelist_split(r->arena, conf_get(s, key, NULL), &list))
		return arena_failed(r->arena) ? err_nomem(r->err)
					      : bad(r, s, key, _("too many times"));
	if (list.count > NOTIFY_TIMES_MAX)
		return bad(r, s, key, _("too many times"));
	for (size_t i = 0; i < list.count; i++)
		if (!read_time(list.names[i], &out->minutes[out->count++]))
			return bad(r, s, key, _("expected times of the day: 08:30、17:30"));
	return ERR_OK;
}

static enum err_code read_notify(const struct reading *r, const struct conf_section *s)
{
	static const char *const stages[] = {NULL, "first", "second", "leader"};
	const char *quiet = conf_get(s, "quiet", "");
	const char *detail = conf_get(s, "detail", "id");
	enum err_code rc = conf_check(r->conf, s, notify_keys, r->err);

	for (size_t i = 1; !rc && i <= NOTIFY_STAGES; i++)
		rc = read_target(r, s, stages[i], &r->out->stage[i]);
	if (!rc)
		rc = conf_get_span(
			r->conf, s, "ack_within", ACK_WITHIN, &r->out->ack_within, r->err);
	if (!rc)
		rc = read_target(r, s, "supervisor", &r->out->supervisor);
	if (!rc && *quiet && !night_parse(quiet, &r->out->quiet))
		rc = bad(r, s, "quiet", _("expected hours of the day: 22:00-07:00"));
	if (!rc && *quiet && r->out->quiet.from == 0 && r->out->quiet.to == DAY_MINUTES)
		rc = bad(r, s, "quiet", _("these hours leave none to send anything in"));
	r->out->has_quiet = *quiet != '\0';
	if (!rc)
		rc = read_times(r, s, "digest", &r->out->digest);
	if (!rc)
		rc = read_times(r, s, "alive", &r->out->alive);
	if (!rc && strcmp(detail, "id") != 0 && strcmp(detail, "title") != 0)
		rc = bad(r, s, "detail", _("expected id or title"));
	r->out->titles = strcmp(detail, "title") == 0;
	return rc;
}

static enum err_code read_leader(const struct reading *r, const struct conf_section *s)
{
	struct notify_leader *l = &r->out->leaders[r->out->leader_count++];
	struct str span = str_of(s->name + sizeof LEADER - 1);
	size_t dots = str_find(span, "..", 0);
	struct str from = str_sub(span, 0, dots), to = str_sub(span, dots + 2, span.n);
	int64_t ignored;
	enum err_code rc = conf_check(r->conf, s, leader_keys, r->err);

	if (!rc && (dots == span.n || from.n != 10 || to.n != 10))
		rc = conf_error(
			r->conf, s->line, 1, r->err, _("expected [leader 2026-11-23..2026-11-29]"));
	if (rc)
		return rc;
	snprintf(l->from, sizeof l->from, "%.*s", (int)from.n, from.p);
	snprintf(l->to, sizeof l->to, "%.*s", (int)to.n, to.p);
	if (calendar_end_of_date(l->from, NULL, &ignored, NULL) != ERR_OK ||
		calendar_end_of_date(l->to, NULL, &ignored, NULL) != ERR_OK ||
		strcmp(l->from, l->to) > 0)
		return conf_error(
			r->conf, s->line, 1, r->err, _("expected [leader 2026-11-23..2026-11-29]"));
	return read_target(r, s, "target", &l->target);
}

static enum err_code read_all(const struct reading *r)
{
	size_t sections = conf_section_count(r->conf);
	enum err_code rc = ERR_OK;

	r->out->leaders = arena_array(r->arena, sections ? sections : 1, sizeof *r->out->leaders);
	if (!r->out->leaders)
		return err_nomem(r->err);
	for (size_t i = 0; i < sections && !rc; i++) {
		const struct conf_section *s = conf_section_at(r->conf, i);
		if (strcmp(s->name, "notify") == 0)
			rc = read_notify(r, s);
		else if (strncmp(s->name, LEADER, sizeof LEADER - 1) == 0)
			rc = read_leader(r, s);
	}
	return rc;
}

/* --- the units of targets --- */

static enum err_code bad_unit(
	const struct reading *r, const struct target *t, const char *name, const char *why)
{
	char section[256];
	int n = snprintf(section, sizeof section, "target %s", t->name);
	const struct conf_section *s =
		n > 0 && (size_t)n < sizeof section ? conf_section_find(r->conf, section) : NULL;

	return s ? bad(r, s, "units", why)
		 : err_set(r->err, ERR_CONFIG, "[target %s] %s: %s", t->name, name, why);
}

static enum err_code add_unit(const struct reading *r, const struct units *all,
	const struct target *t, const char *name, const char *today)
{
	const struct unit *u = NULL;
	struct err why = {ERR_OK, ""};
	struct notify_unit *x = &r->out->units[r->out->unit_count++];

	if (units_resolve(all, name, today, &u, &why) != ERR_OK)
		return bad_unit(r, t, name, why.text);
	x->name = arena_strdup(r->arena, u->name);
	x->target = t->name;
	return x->name ? ERR_OK : err_nomem(r->err);
}

static enum err_code add_units(
	const struct reading *r, const struct units *all, const struct target *t, const char *today)
{
	struct notify_unit *old = r->out->units;
	size_t n = r->out->unit_count;
	struct namelist names;
	enum err_code rc = ERR_OK;

	if (!namelist_split(r->arena, t->units, &names))
		return arena_failed(r->arena) ? err_nomem(r->err)
					      : bad_unit(r, t, t->units, _("too many names"));
	r->out->units = arena_array(r->arena, n + names.count + 1, sizeof *r->out->units);
	if (!r->out->units)
		return err_nomem(r->err);
	for (size_t i = 0; i < n; i++)
		r->out->units[i] = old[i];
	for (size_t i = 0; !rc && i < names.count; i++)
		rc = add_unit(r, all, t, names.names[i], today);
	return rc;
}

/* units.conf is read when some target names a unit. */
static enum err_code read_units(
	const struct reading *r, const struct path_home *home, const char *today)
{
	struct units *all = NULL;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < targets_count(r->out->targets); i++) {
		const struct target *t = targets_at(r->out->targets, i);
		if (!t->units)
			continue;
		if (!all)
			rc = units_load(home, &all, r->err);
		if (!rc)
			rc = add_units(r, all, t, today);
	}
	units_free(all);
	return rc;
}

enum err_code notify_rules_load(const struct path_home *home, const char *today, struct arena *a,
	struct notify_rules *out, struct err *e)
{
	struct reading r = {.arena = a, .out = out, .err = e};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	out->ack_within = ACK_WITHIN;
	rc = targets_load(home, &out->targets, e);
	if (!rc)
		rc = conf_load_named(home, "huiying.conf", &r.conf, e);
	if (!rc)
		rc = read_all(&r);
	if (!rc)
		rc = read_units(&r, home, today);
	conf_free(r.conf);
	if (rc)
		notify_rules_fini(out);
	return rc;
}

void notify_rules_fini(struct notify_rules *r)
{
	targets_free(r->targets);
	r->targets = NULL;
}

const char *notify_rules_target(const struct notify_rules *r, int64_t stage, const char *today)
{
	if (stage < 1 || stage > NOTIFY_STAGES)
		return NULL;
	for (size_t i = 0; stage == NOTIFY_STAGES && i < r->leader_count; i++)
		if (strcmp(today, r->leaders[i].from) >= 0 && strcmp(today, r->leaders[i].to) <= 0)
			return r->leaders[i].target;
	return r->stage[stage];
}

const char *notify_rules_role(
	const struct notify_rules *r, const char *role, const char *unit, const char *today)
{
	const char *target = NULL;

	if (strcmp(role, LADDER_TOLD_LEADER) == 0)
		target = notify_rules_target(r, NOTIFY_STAGES, today);
	else if (strcmp(role, LADDER_TOLD_SUPERVISOR) == 0)
		target = r->supervisor;
	for (size_t i = 0; !target && i < r->unit_count && strcmp(role, LADDER_TOLD_UNIT) == 0; i++)
		if (strcmp(r->units[i].name, unit) == 0)
			target = r->units[i].target;
	return target ? target : r->stage[1];
}

bool notify_rules_is_quiet(
	const struct notify_rules *r, int64_t now, const struct time_zone *zone, int64_t *until)
{
	struct time_civil c;
	int minute;

	if (!r->has_quiet || !night_is_at(&r->quiet, now, zone))
		return false;
	time_to_civil(now, zone, &c);
	minute = c.hour * 60 + c.minute;
	*until = now - c.second +
		 ((r->quiet.to > minute ? r->quiet.to : r->quiet.to + DAY_MINUTES) - minute) * 60;
	return true;
}

int64_t notify_rules_when(
	const struct notify_rules *r, bool urgent, int64_t now, const struct time_zone *zone)
{
	int64_t until = now;

	if (!urgent && notify_rules_is_quiet(r, now, zone, &until))
		return until;
	return now;
}

int64_t notify_times_last(const struct notify_times *t, int64_t now, const struct time_zone *zone)
{
	int64_t last = TIME_NONE;
	struct time_civil c;

	time_to_civil(now, zone, &c);
	for (size_t i = 0; i < t->count; i++) {
		int64_t at;
		struct time_civil then = c;
		then.hour = t->minutes[i] / 60;
		then.minute = t->minutes[i] % 60;
		then.second = 0;
		if (!time_from_civil(&then, zone, &at))
			continue;
		if (at > now)
			at -= DAY;
		if (last == TIME_NONE || at > last)
			last = at;
	}
	return last;
}
