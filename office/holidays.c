/*
 * holidays.c - reads holidays.conf into the days that are not as their weekday says.
 */
#include "office/holidays.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/conf_object.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/list.h"
#include "office/namelist.h"

#define HOLIDAYS_MEMORY ((size_t)8 << 20)
#define SPAN_MAX 31 /* days in one span */
#define LOCAL_MAX 31 /* days that a prefecture may give off every year */
#define BEFORE_MAX 31 /* days before its year that a notice may name */

struct special {
	int64_t day;
	enum holidays_kind kind;
	bool local;
	const char *name; /* NULL: none was written */
};

struct yearly {
	int month, day;
	const char *name;
};

struct notice {
	int year;
	const char *basis;
};

struct holidays {
	struct arena *arena;
	struct special *days; /* by day */
	struct yearly *yearly;
	struct notice *notices; /* by year */
	int *years;
	size_t day_count, yearly_count, year_count;
	struct calendar_workdays workdays;
	char hash[HOLIDAYS_HASH_SIZE];
};

static const struct conf_key holidays_keys[] = {
	{"basis", true},
	{"off", false},
	{"work", false},
	{NULL, false},
};

/* --- reading --- */

struct reading {
	struct holidays *h;
	const struct conf *conf;
	const struct conf_section *section;
	struct list days, yearly, notices;
	int year; /* 0: every year */
	bool local;
};

static enum err_code bad(
	const struct reading *r, const char *key, const char *part, const char *why, struct err *e)
{
	const struct conf_value *v = conf_find(r->section, key);

	return conf_error(r->conf, v->line, v->column, e, _("“%s”: %s"), part, why);
}

/* One date off the front: MM-DD or YYYY-MM-DD. */
static bool read_date(const struct reading *r, struct str *s, int *y, int *m, int *d)
{
	int64_t year = r->year, month, day;
	size_t from = 0;

	if (s->n >= 10 && s->p[4] == '-') {
		if (!r->year || !str_to_int(str_sub(*s, 0, 4), 1, 9999, &year))
			return false;
		from = 5;
	}
	if (s->n < from + 5 || s->p[from + 2] != '-' ||
		!str_to_int(str_sub(*s, from, from + 2), 1, 12, &month) ||
		!str_to_int(str_sub(*s, from + 3, from + 5), 1, 31, &day))
		return false;
	*y = (int)year;
	*m = (int)month;
	*d = (int)day;
	*s = str_sub(*s, from + 5, s->n);
	/* A year of 366 days stands for every year. */
	return time_is_date(year ? (int)year : 2000, *m, *d);
}

struct span {
	int64_t first, last;
	const char *name;
};

static int64_t day_number(int y, int m, int d)
{
	return time_days_from_civil(y ? y : 2000, m, d);
}

/* "10-01..10-07 国庆节". */
static enum err_code read_span(
	const struct reading *r, const char *key, const char *part, struct span *out, struct err *e)
{
	struct str s = str_trim(str_of(part));
	int y, m, d;

	if (!read_date(r, &s, &y, &m, &d))
		return bad(r, key, part, _("expected a date MM-DD or YYYY-MM-DD"), e);
	out->first = out->last = day_number(y, m, d);
	if (s.n > 2 && memcmp(s.p, "..", 2) == 0) {
		s = str_sub(s, 2, s.n);
		if (!read_date(r, &s, &y, &m, &d))
			return bad(r, key, part, _("expected a date behind .."), e);
		out->last = day_number(y, m, d);
	}
	if (out->last < out->first || out->last - out->first >= SPAN_MAX)
		return bad(r, key, part, _("a span runs forward, 31 days at most"), e);
	if (s.n && s.p[0] != ' ')
		return bad(r, key, part, _("expected a space before the name"), e);
	s = str_trim(s);
	out->name = s.n ? arena_strndup(r->h->arena, s.p, s.n) : NULL;
	return s.n && !out->name ? err_nomem(e) : ERR_OK;
}

static enum err_code check_place(const struct reading *r, const char *key, const char *part,
	const struct span *s, bool work, struct err *e)
{
	int64_t first = time_days_from_civil(r->year, 1, 1) - (r->local ? 0 : BEFORE_MAX);

	if (!r->year && work)
		return bad(r, key, part,
			_("[local] has no days worked: write them into [local YYYY]"), e);
	if (r->year && (s->first < first || s->last > time_days_from_civil(r->year, 12, 31)))
		return bad(r, key, part, _("this day is of another year"), e);
	if (work && !s->name)
		return ERR_OK;
	if (!work && !s->name)
		return bad(r, key, part, _("a day off needs the name of its holiday"), e);
	return ERR_OK;
}

static enum err_code add_yearly(struct reading *r, const struct span *s, struct err *e)
{
	for (int64_t day = s->first; day <= s->last; day++) {
		struct yearly *y = list_add(&r->yearly);
		int year;
		if (!y)
			return err_nomem(e);
		time_civil_from_days(day, &year, &y->month, &y->day);
		y->name = s->name;
	}
	return ERR_OK;
}

static bool is_weekend(int64_t day)
{
	return !calendar_is_workday(NULL, day);
}

static enum err_code add_days(struct reading *r, const char *key, const char *part,
	const struct span *s, bool work, struct err *e)
{
	for (int64_t day = s->first; day <= s->last; day++) {
		struct special *x;
		if (work && !r->local && !is_weekend(day))
			return bad(
				r, key, part, _("only a Saturday or Sunday is worked instead"), e);
		x = list_add(&r->days);
		if (!x)
			return err_nomem(e);
		*x = (struct special){day,
			work       ? HOLIDAYS_WORK
			: r->local ? HOLIDAYS_LOCAL
				   : HOLIDAYS_OFF,
			r->local, s->name};
	}
	return ERR_OK;
}

static enum err_code read_key(struct reading *r, const char *key, bool work, struct err *e)
{
	struct namelist parts;
	enum err_code rc = ERR_OK;

	if (!namelist_split(r->h->arena, conf_get(r->section, key, NULL), &parts))
		return arena_failed(r->h->arena) ? err_nomem(e)
						 : bad(r, key, "…", _("too many days"), e);
	for (size_t i = 0; !rc && i < parts.count; i++) {
		struct span s = {0};
		rc = read_span(r, key, parts.names[i], &s, e);
		if (!rc)
			rc = check_place(r, key, parts.names[i], &s, work, e);
		if (!rc)
			rc = r->year ? add_days(r, key, parts.names[i], &s, work, e)
				     : add_yearly(r, &s, e);
	}
	return rc;
}

static enum err_code read_name(struct reading *r, struct err *e)
{
	struct str s = str_of(r->section->name);
	int64_t year = 0;

	r->local = s.n >= 5 && memcmp(s.p, "local", 5) == 0;
	if (r->local)
		s = str_trim(str_sub(s, 5, s.n));
	if (!(r->local && !s.n) && !(s.n == 4 && str_to_int(s, 1900, 9000, &year)))
		return conf_error(r->conf, r->section->line, 1, e,
			_("expected [YYYY], [local] or [local YYYY]"));
	r->year = (int)year;
	return ERR_OK;
}

static enum err_code read_section(struct reading *r, struct err *e)
{
	struct notice *n;
	enum err_code rc = read_name(r, e);

	if (!rc)
		rc = conf_check(r->conf, r->section, holidays_keys, e);
	if (!rc && r->year && !r->local) {
		n = list_add(&r->notices);
		if (!n)
			return err_nomem(e);
		n->year = r->year;
		n->basis = arena_strdup(r->h->arena, conf_get(r->section, "basis", ""));
		rc = n->basis ? ERR_OK : err_nomem(e);
	}
	if (!rc)
		rc = read_key(r, "off", false, e);
	return rc ? rc : read_key(r, "work", true, e);
}

/* --- putting in order, and what contradicts --- */

static int by_day(const void *x, const void *y)
{
	const struct special *a = x, *b = y;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return (int)a->local - (int)b->local;
}

static int by_year(const void *x, const void *y)
{
	return ((const struct notice *)x)->year - ((const struct notice *)y)->year;
}

static const struct yearly *yearly_of(const struct holidays *h, int64_t day)
{
	int y, m, d;

	if (!h->yearly_count)
		return NULL;
	time_civil_from_days(day, &y, &m, &d);
	for (size_t i = 0; i < h->yearly_count; i++)
		if (h->yearly[i].month == m && h->yearly[i].day == d)
			return &h->yearly[i];
	return NULL;
}

static enum err_code contradicts(const struct reading *r, int64_t day, struct err *e)
{
	int y, m, d;

	time_civil_from_days(day, &y, &m, &d);
	return err_set(e, ERR_CONFIG,
		_("%s: %04d-%02d-%02d stands twice or is both off and worked"), conf_name(r->conf),
		y, m, d);
}

/* A day of the prefecture that is off by the notice anyway says the same. A national day
 * worked is worked everywhere; a local one may undo [local] or need a weekend. */
static enum err_code check_days(const struct reading *r, struct err *e)
{
	const struct holidays *h = r->h;

	for (size_t i = 0; i < h->day_count; i++) {
		const struct special *x = &h->days[i], *before = i ? x - 1 : NULL;
		bool yearly = yearly_of(h, x->day) != NULL;
		bool same_day = before && before->day == x->day;
		if (same_day && (before->local == x->local || before->kind == HOLIDAYS_WORK ||
					x->kind == HOLIDAYS_WORK))
			return contradicts(r, x->day, e);
		if (x->kind == HOLIDAYS_WORK &&
			(x->local ? !yearly && !is_weekend(x->day) : yearly))
			return contradicts(r, x->day, e);
	}
	return ERR_OK;
}

static enum err_code put_in_order(struct reading *r, struct err *e)
{
	struct holidays *h = r->h;

	h->days = r->days.items;
	h->day_count = r->days.count;
	h->yearly = r->yearly.items;
	h->yearly_count = r->yearly.count;
	h->notices = r->notices.items;
	h->year_count = r->notices.count;
	h->years = arena_array(h->arena, h->year_count + 1, sizeof *h->years);
	if (!h->years)
		return err_nomem(e);
	if (h->yearly_count > LOCAL_MAX)
		return err_set(e, ERR_CONFIG, _("%s: [local] gives more than %d days off"),
			conf_name(r->conf), LOCAL_MAX);
	if (h->day_count)
		qsort(h->days, h->day_count, sizeof *h->days, by_day);
	if (h->year_count)
		qsort(h->notices, h->year_count, sizeof *h->notices, by_year);
	for (size_t i = 0; i < h->year_count; i++)
		h->years[i] = h->notices[i].year;
	return check_days(r, e);
}

/* Comments and the order of lines change nothing. */
static enum err_code set_hash(struct holidays *h, struct err *e)
{
	char hex[HASH_HEX_SIZE];
	struct hash hash;
	struct buf b;
	enum err_code rc;

	buf_init(&b, HOLIDAYS_MEMORY);
	for (size_t i = 0; i < h->year_count; i++)
		buf_addf(&b, "%d\n", h->years[i]);
	for (size_t i = 0; i < h->yearly_count; i++)
		buf_addf(&b, "%d-%d\n", h->yearly[i].month, h->yearly[i].day);
	for (size_t i = 0; i < h->day_count; i++)
		buf_addf(&b, "%lld %d\n", (long long)h->days[i].day, (int)h->days[i].kind);
	rc = buf_check(&b, HOLIDAYS_FILE, e);
	hash = hash_of(b.data, b.len);
	hash_to_hex(&hash, hex);
	memcpy(h->hash, hex, HOLIDAYS_HASH_SIZE - 1);
	buf_fini(&b);
	return rc;
}

static bool is_workday(const void *data, int64_t day)
{
	enum holidays_kind kind = holidays_of(data, day, NULL);

	return kind == HOLIDAYS_WORK || (kind == HOLIDAYS_PLAIN && !is_weekend(day));
}

static bool is_listed(const void *data, int64_t day)
{
	int y, m, d;

	time_civil_from_days(day, &y, &m, &d);
	return holidays_lists(data, y);
}

static enum err_code read_all(const struct conf *conf, void *out, struct err *e)
{
	struct holidays *h = out;
	struct reading r = {.h = h, .conf = conf};
	size_t sections = conf_section_count(conf);
	enum err_code rc = ERR_OK;

	list_init(&r.days, h->arena, sizeof(struct special));
	list_init(&r.yearly, h->arena, sizeof(struct yearly));
	list_init(&r.notices, h->arena, sizeof(struct notice));
	for (size_t i = 0; i < sections && !rc; i++) {
		r.section = conf_section_at(conf, i);
		if (*r.section->name || r.section->count)
			rc = read_section(&r, e);
	}
	if (!rc)
		rc = put_in_order(&r, e);
	h->workdays = (struct calendar_workdays){is_workday, h, is_listed};
	return rc ? rc : set_hash(h, e);
}

static const struct conf_object object = {sizeof(struct holidays), HOLIDAYS_MEMORY, read_all};

enum err_code holidays_parse(
	const char *name, const char *text, size_t n, struct holidays **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_parse(&object, name, text, n, &made, e);

	*out = made;
	return rc;
}

enum err_code holidays_read(const char *path, struct holidays **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_read(&object, path, &made, e);

	*out = made;
	return rc;
}

enum err_code holidays_load(const struct path_home *home, struct holidays **out, struct err *e)
{
	void *made;
	enum err_code rc = conf_object_load(&object, home, HOLIDAYS_FILE, &made, e);

	*out = made;
	return rc;
}

void holidays_free(struct holidays *h)
{
	conf_object_free(h);
}

/* --- asking --- */

static const struct special *special_of(const struct holidays *h, int64_t day)
{
	size_t low = 0, high = h->day_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (h->days[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low < h->day_count && h->days[low].day == day ? &h->days[low] : NULL;
}

enum holidays_kind holidays_of(const struct holidays *h, int64_t day, const char **name)
{
	const struct special *x = special_of(h, day);
	const struct yearly *y = x ? NULL : yearly_of(h, day);

	if (name)
		*name = x ? x->name : y ? y->name : NULL;
	if (x)
		return x->kind;
	return y ? HOLIDAYS_LOCAL : HOLIDAYS_PLAIN;
}

const struct calendar_workdays *holidays_workdays(const struct holidays *h)
{
	return &h->workdays;
}

bool holidays_lists(const struct holidays *h, int year)
{
	for (size_t i = 0; i < h->year_count; i++)
		if (h->years[i] == year)
			return true;
	return false;
}

size_t holidays_years(const struct holidays *h, const int **years)
{
	*years = h->years;
	return h->year_count;
}

void holidays_add_years(struct buf *b, const struct holidays *h)
{
	for (size_t i = 0; i < h->year_count; i++) {
		size_t first = i;
		while (i + 1 < h->year_count && h->years[i + 1] == h->years[i] + 1)
			i++;
		buf_addf(b, "%s%d", first ? " " : "", h->years[first]);
		if (i > first)
			buf_addf(b, "-%d", h->years[i]);
	}
}

const char *holidays_hash(const struct holidays *h)
{
	return h->hash;
}

const char *holidays_basis(const struct holidays *h, int year)
{
	for (size_t i = 0; i < h->year_count; i++)
		if (h->notices[i].year == year)
			return h->notices[i].basis;
	return NULL;
}

int holidays_count_workdays(const struct holidays *h, int year)
{
	int64_t last = time_days_from_civil(year, 12, 31);
	int count = 0;

	for (int64_t day = time_days_from_civil(year, 1, 1); day <= last; day++)
		count += is_workday(h, day);
	return count;
}
