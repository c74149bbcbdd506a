/*
 * ladder.c - reads supervision.conf and finds the level that a limit has reached.
 */
#include "office/ladder.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/conf.h"
#include "base/conf_object.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "office/duties.h"

#define LADDER_MEMORY ((size_t)1 << 20)
#define CLOSING "closing"

struct ladder {
	struct arena *arena;
	struct ladder_level *list;
	size_t count;
	struct calendar_rule display; /* amount 0: none */
};

static const struct conf_key level_keys[] = {
	{"of", true},
	{"when", true},
	{"issue", true},
	{"told", false},
	{"feedback", true},
	{"roll", false},
	{"settle", false},
	{"basis", true},
	{NULL, false},
};

static const struct conf_key closing_keys[] = {
	{"display", true},
	{"roll", false},
	{"basis", true},
	{NULL, false},
};

struct reading {
	struct ladder *ladder;
	const struct conf *conf;
	const struct conf_section *section;
};

static enum err_code bad_value(
	const struct reading *r, const char *key, const char *why, struct err *e)
{
	const struct conf_value *v = conf_find(r->section, key);

	return conf_error(r->conf, v ? v->line : r->section->line, v ? v->column : 1, e, "%s", why);
}

/* One of two words. */
static enum err_code read_choice(const struct reading *r, const char *key, const char *no,
	const char *yes, bool *out, struct err *e)
{
	const char *value = conf_get(r->section, key, no);
	char why[ERR_TEXT_MAX];

	*out = strcmp(value, yes) == 0;
	if (*out || strcmp(value, no) == 0)
		return ERR_OK;
	snprintf(why, sizeof why, _("expected %s or %s"), no, yes);
	return bad_value(r, key, why, e);
}

static enum err_code read_rule(
	const struct reading *r, const char *key, struct calendar_rule *out, struct err *e)
{
	bool next = false;
	struct err why;
	enum err_code rc = read_choice(r, "roll", "none", "next-workday", &next, e);

	if (rc)
		return rc;
	if (calendar_parse_limit(conf_get(r->section, key, ""), &out->limit, &why) != ERR_OK)
		return bad_value(r, key, why.text, e);
	if (next && out->limit.unit != CALENDAR_DAYS)
		return bad_value(r, "roll", _("next-workday holds for limits in days"), e);
	out->roll = next ? CALENDAR_NEXT_WORKDAY : CALENDAR_NO_ROLL;
	return ERR_OK;
}

/* --- when --- */

static enum err_code read_of(const struct reading *r, struct ladder_level *x, struct err *e)
{
	struct arena *a = r->ladder->arena;
	char why[ERR_TEXT_MAX];

	if (!namelist_split(a, conf_get(r->section, "of", NULL), &x->of))
		return arena_failed(a) ? err_nomem(e) : bad_value(r, "of", _("too many names"), e);
	for (size_t i = 0; i < x->of.count; i++) {
		const struct duty *d = duties_find(x->of.names[i]);
		if (d && !d->elsewhere)
			continue;
		if (d)
			snprintf(why, sizeof why, "“%s”: %s", d->of, _(d->elsewhere));
		else
			snprintf(why, sizeof why,
				_("“%s” is neither promise nor a clock of deadlines.conf"),
				x->of.names[i]);
		return bad_value(r, "of", why, e);
	}
	return x->of.count ? ERR_OK : bad_value(r, "of", _("expected a name"), e);
}

/* "20%" */
static bool read_share(struct str s, int *out)
{
	int64_t n;

	if (!s.n || s.p[s.n - 1] != '%' || !str_to_int(str_sub(s, 0, s.n - 1), 1, 99, &n))
		return false;
	*out = (int)n;
	return true;
}

static bool read_shift(const struct reading *r, struct str s, struct ladder_level *x)
{
	char *text = arena_strndup(r->ladder->arena, s.p, s.n);
	struct err ignored;

	return text && calendar_parse_limit(text, &x->shift, &ignored) == ERR_OK &&
	       x->shift.unit != CALENDAR_YEAR_END &&
	       (x->when == LADDER_AFTER || x->shift.unit != CALENDAR_WORKING_DAYS);
}

static enum err_code read_when(const struct reading *r, struct ladder_level *x, struct err *e)
{
	struct str s = str_of(conf_get(r->section, "when", ""));
	bool before = str_has_suffix(s, " before"), after = str_has_suffix(s, " after"), good;

	if (before || after)
		s = str_sub(s, 0, s.n - strlen(before ? " before" : " after"));
	x->when = before ? LADDER_BEFORE : after ? LADDER_AFTER : LADDER_AT;
	if (before && read_share(s, &x->share)) {
		x->when = LADDER_SHARE_BEFORE;
		return ERR_OK;
	}
	good = before || after ? read_shift(r, s, x) : str_is(s, "at");
	return good ? ERR_OK
		    : bad_value(r, "when",
			      _("expected at, “20% before”, “1 days before” or “1 working days "
				"after”"),
			      e);
}

/* Minutes by which a level lies behind the due time, as well as one can say it. */
static int64_t rank(const struct ladder_level *x)
{
	static const int64_t minutes[CALENDAR_UNITS] = {[CALENDAR_HOURS] = 60,
		[CALENDAR_MINUTES] = 1,
		[CALENDAR_DAYS] = 1440,
		[CALENDAR_WORKING_DAYS] = 1440};
	int64_t shift = x->shift.amount * minutes[x->shift.unit];

	return x->when == LADDER_AT ? 0 : x->when == LADDER_AFTER ? shift : -shift;
}

/* Shares and lengths before the due time cannot be compared: they stand as they are written. */
static bool rises(const struct ladder_level *x, const struct ladder_level *y)
{
	bool x_share = x->when == LADDER_SHARE_BEFORE, y_share = y->when == LADDER_SHARE_BEFORE;

	if (x_share && y_share)
		return x->share > y->share;
	if (x_share || y_share)
		return x->when <= LADDER_BEFORE;
	return rank(x) < rank(y);
}

/* --- told --- */

static enum err_code read_told(const struct reading *r, struct ladder_level *x, struct err *e)
{
	const char *value = conf_get(r->section, "told", LADDER_TOLD_UNIT);
	struct arena *a = r->ladder->arena;
	struct namelist names;

	x->told = arena_strdup(a, value);
	if (!x->told || !namelist_split(a, value, &names))
		return arena_failed(a) ? err_nomem(e)
				       : bad_value(r, "told", _("too many names"), e);
	for (size_t i = 0; i < names.count; i++)
		if (strcmp(names.names[i], LADDER_TOLD_UNIT) != 0 &&
			strcmp(names.names[i], LADDER_TOLD_SUPERVISOR) != 0 &&
			strcmp(names.names[i], LADDER_TOLD_LEADER) != 0)
			return bad_value(r, "told", _("expected unit, supervisor or leader"), e);
	return names.count ? ERR_OK : bad_value(r, "told", _("expected a name"), e);
}

/* --- sections --- */

static enum err_code read_level(const struct reading *r, struct ladder_level *x, struct err *e)
{
	struct arena *a = r->ladder->arena;
	enum err_code rc = conf_check(r->conf, r->section, level_keys, e);

	if (rc)
		return rc;
	x->line = r->section->line;
	x->name = arena_strdup(a, r->section->name);
	x->basis = arena_strdup(a, conf_get(r->section, "basis", ""));
	x->when_text = arena_strdup(a, conf_get(r->section, "when", ""));
	x->feedback_text = arena_strdup(a, conf_get(r->section, "feedback", ""));
	if (!x->name || !x->basis || !x->when_text || !x->feedback_text)
		return err_nomem(e);
	rc = read_of(r, x, e);
	if (!rc)
		rc = read_told(r, x, e);
	if (!rc)
		rc = read_when(r, x, e);
	if (!rc)
		rc = read_rule(r, "feedback", &x->feedback, e);
	if (!rc)
		rc = read_choice(r, "issue", "auto", "person", &x->by_person, e);
	if (!rc)
		rc = read_choice(r, "settle", "person", "auto", &x->settles_auto, e);
	if (!rc && x != r->ladder->list && !rises(x - 1, x))
		rc = bad_value(r, "when", _("it does not lie behind that of the level above"), e);
	return rc;
}

static enum err_code read_closing(const struct reading *r, struct err *e)
{
	enum err_code rc = conf_check(r->conf, r->section, closing_keys, e);

	return rc ? rc : read_rule(r, "display", &r->ladder->display, e);
}

static enum err_code read_all(const struct conf *conf, void *out, struct err *e)
{
	struct ladder *l = out;
	struct reading r = {l, conf, NULL};
	size_t sections = conf_section_count(conf);
	enum err_code rc = ERR_OK;

	l->list = arena_array(l->arena, sections ? sections : 1, sizeof *l->list);
	if (!l->list)
		return err_nomem(e);
	for (size_t i = 0; i < sections && !rc; i++) {
		r.section = conf_section_at(conf, i);
		if (!*r.section->name && !r.section->count)
			continue;
		if (strcmp(r.section->name, CLOSING) == 0) {
			rc = read_closing(&r, e);
			continue;
		}
		rc = read_level(&r, &l->list[l->count], e);
		l->count++;
	}
	return rc;
}

static const struct conf_object object = {sizeof(struct ladder), LADDER_MEMORY, read_all};

enum err_code ladder_parse(
	const char *name, const char *text, size_t n, struct ladder **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_parse(&object, name, text, n, &made, e);

	*out = made;
	return rc;
}

enum err_code ladder_read(const char *path, struct ladder **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_read(&object, path, &made, e);

	*out = made;
	return rc;
}

enum err_code ladder_load(const struct path_home *home, struct ladder **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_load(&object, home, LADDER_FILE, &made, e);

	*out = made;
	return rc;
}

void ladder_free(struct ladder *l)
{
	conf_object_free(l);
}

/* --- asking --- */

size_t ladder_count(const struct ladder *l)
{
	return l->count;
}

const struct ladder_level *ladder_at(const struct ladder *l, size_t i)
{
	return i < l->count ? &l->list[i] : NULL;
}

const struct ladder_level *ladder_find(const struct ladder *l, const char *name)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->list[i].name, name) == 0)
			return &l->list[i];
	return NULL;
}

const char *ladder_names(const struct ladder *l, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; all && i < l->count; i++)
		all = arena_printf(a, "%s%s%s", all, i ? ", " : "", l->list[i].name);
	return all;
}

const struct calendar_rule *ladder_display(const struct ladder *l)
{
	return l->display.limit.amount ? &l->display : NULL;
}

/* So much before the due time; natural time only. */
static int64_t before(const struct ladder_level *x, int64_t due)
{
	static const int64_t seconds[CALENDAR_UNITS] = {
		[CALENDAR_HOURS] = 3600, [CALENDAR_MINUTES] = 60, [CALENDAR_DAYS] = 86400};

	return due - x->shift.amount * seconds[x->shift.unit];
}

enum err_code ladder_moment(const struct ladder_level *x, const struct ladder_limit *limit,
	const struct calendar *with, int64_t *out, struct err *e)
{
	const struct calendar_rule after = {x->shift, CALENDAR_NO_ROLL};
	bool spans = limit->start != TIME_NONE && limit->start < limit->due;
	struct calendar_result r = {.due = limit->due};
	enum err_code rc = ERR_OK;

	*out = TIME_NONE;
	if (!namelist_has(&x->of, limit->of))
		return ERR_OK;
	if (x->when == LADDER_SHARE_BEFORE && !spans)
		return ERR_OK;
	if (x->when == LADDER_SHARE_BEFORE)
		r.due = limit->due - (limit->due - limit->start) * x->share / 100;
	else if (x->when == LADDER_BEFORE)
		r.due = before(x, limit->due);
	else if (x->when == LADDER_AFTER)
		rc = calendar_reckon(limit->due, &after, with, &r, e);
	if (!rc)
		*out = r.due;
	return rc;
}

enum err_code ladder_reached(const struct ladder *l, const struct ladder_limit *limit, int64_t now,
	const struct calendar *with, const struct ladder_level **out, struct err *e)
{
	enum err_code rc = ERR_OK;

	*out = NULL;
	for (size_t i = l->count; !rc && !*out && i-- > 0;) {
		int64_t moment;
		rc = ladder_moment(&l->list[i], limit, with, &moment, e);
		if (!rc && moment != TIME_NONE && now > moment)
			*out = &l->list[i];
	}
	return rc;
}
