/*
 * time_zone.c - zones from TZif files, with their POSIX TZ footer.
 *
 * The process-wide TZ variable and tzset() are not used: a server keeps UTC,
 * the office has its zone, and tests want several at once. $TZDIR is not
 * honoured either, for a zone file is foreign data that a caller must not pick.
 */
#include "base/time_zone.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/path.h"

#define ZONE_DIR "/usr/share/zoneinfo"
#define DAY 86400
#define OFFSET_MIN (-89999) /* RFC 8536 §3.2: more than -25 h, less than 26 h */
#define OFFSET_MAX 93599

/* When daylight time begins or ends (POSIX TZ, with RFC 8536 §3.3.1 hours). */
struct change {
	enum { CHANGE_JULIAN, CHANGE_DAY, CHANGE_WEEKDAY } kind;
	int month, week, day; /* day alone for the first two kinds */
	int time; /* seconds after local midnight, may be negative */
};

struct footer {
	bool present, has_dst;
	int std, dst; /* seconds east of UTC */
	struct change start, end;
};

struct time_zone {
	char name[TIME_ZONE_NAME_MAX];
	size_t count;
	int64_t *at; /* ascending */
	int *offset; /* from at[i] on */
	int before; /* until at[0] */
	struct footer footer;
};

/* --- the footer ---------------------------------------------------------- */

/* A cursor over text that need not end in NUL. */
struct scan {
	const char *p, *end;
};

static bool take(struct scan *s, char c)
{
	if (s->p < s->end && *s->p == c) {
		s->p++;
		return true;
	}
	return false;
}

static bool scan_number(struct scan *s, int max, int *out)
{
	int v = 0;
	const char *from = s->p;

	while (s->p < s->end && str_is_digit((unsigned char)*s->p)) {
		v = v * 10 + (*s->p - '0');
		if (v > max)
			return false;
		s->p++;
	}
	*out = v;
	return s->p > from;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool scan_clock(struct scan *s, int max_hours, int *out)
{
	int sign = take(s, '-') ? -1 : 1;
	int h = 0, m = 0, sec = 0;

	if (sign == 1)
		(void)take(s, '+');
	if (!scan_number(s, max_hours, &h))
		return false;
	if (take(s, ':') && !scan_number(s, 59, &m))
		return false;
	if (take(s, ':') && !scan_number(s, 59, &sec))
		return false;
	*out = sign * (h * 3600 + m * 60 + sec);
	return true;
}

/* "CST" or "<+1030>". */
static bool skip_designation(struct scan *s)
{
	const char *from = s->p;

	if (take(s, '<')) {
		while (s->p < s->end && *s->p != '>')
			s->p++;
		return take(s, '>') && s->p - from > 3;
	}
	while (s->p < s->end && str_is_alpha((unsigned char)*s->p))
		s->p++;
	return s->p - from >= 3;
}

static bool scan_change(struct scan *s, struct change *c)
{
	*c = (struct change){.kind = CHANGE_DAY, .time = 2 * 3600};
	if (take(s, 'M')) {
		c->kind = CHANGE_WEEKDAY;
		if (!scan_number(s, 12, &c->month) || c->month == 0 || !take(s, '.') ||
			!scan_number(s, 5, &c->week) || c->week == 0 || !take(s, '.') ||
			!scan_number(s, 6, &c->day))
			return false;
	} else if (take(s, 'J')) {
		c->kind = CHANGE_JULIAN;
		if (!scan_number(s, 365, &c->day) || c->day == 0)
			return false;
	} else if (!scan_number(s, 365, &c->day)) {
		return false;
	}
	return !take(s, '/') || scan_clock(s, 167, &c->time);
}

static bool parse_footer(const char *p, size_t n, struct footer *f)
{
	struct scan s = {p, p + n};
	int west = 0;

	*f = (struct footer){0};
	if (n == 0)
		return true;
	if (!skip_designation(&s) || !scan_clock(&s, 24, &west))
		return false;
	f->present = true;
	f->std = -west;
	if (s.p == s.end)
		return true;
	if (!skip_designation(&s))
		return false;
	f->has_dst = true;
	f->dst = f->std + 3600;
	if (s.p < s.end && *s.p != ',') {
		if (!scan_clock(&s, 24, &west))
			return false;
		f->dst = -west;
	}
	return take(&s, ',') && scan_change(&s, &f->start) && take(&s, ',') &&
	       scan_change(&s, &f->end) && s.p == s.end;
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Local seconds at which a change happens in a year. */
static int64_t change_in_year(const struct change *c, int year)
{
	int64_t days = time_days_from_civil(year, 1, 1);

	if (c->kind == CHANGE_DAY) {
		days += c->day;
	} else if (c->kind == CHANGE_JULIAN) {
		days += c->day - 1 + (is_leap(year) && c->day > 59 ? 1 : 0);
	} else {
		int next_year = c->month == 12 ? year + 1 : year;
		int64_t end = time_days_from_civil(next_year, c->month % 12 + 1, 1);
		days = time_days_from_civil(year, c->month, 1);
		days += (c->day - time_weekday(days) + 7) % 7 + (c->week - 1) * 7;
		while (days >= end)
			days -= 7;
	}
	return days * DAY + c->time;
}

static int footer_offset(const struct footer *f, int64_t t)
{
	struct time_civil c;

	if (!f->has_dst)
		return f->std;
	time_to_civil(t + f->std, NULL, &c);
	int64_t start = change_in_year(&f->start, c.year) - f->std;
	int64_t end = change_in_year(&f->end, c.year) - f->dst;
	bool dst = start < end ? t >= start && t < end : t >= start || t < end;
	return dst ? f->dst : f->std;
}

/* --- the file ------------------------------------------------------------ */

struct counts {
	size_t isut, isstd, leap, time, type, chars;
};

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be_time(const unsigned char *p, size_t width)
{
	if (width == 4)
		return (int32_t)be32(p);
	return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static bool read_header(const unsigned char *p, size_t n, struct counts *c)
{
	if (n < 44 || memcmp(p, "TZif", 4) != 0)
		return false;
	c->isut = be32(p + 20);
	c->isstd = be32(p + 24);
	c->leap = be32(p + 28);
	c->time = be32(p + 32);
	c->type = be32(p + 36);
	c->chars = be32(p + 40);
	/* Each count is below the file's size, so that the sum cannot overflow. */
	return c->isut <= TIME_ZONE_FILE_MAX && c->isstd <= TIME_ZONE_FILE_MAX &&
	       c->leap <= TIME_ZONE_FILE_MAX && c->time <= TIME_ZONE_FILE_MAX && c->type <= 256 &&
	       c->chars <= TIME_ZONE_FILE_MAX;
}

static size_t block_size(const struct counts *c, size_t width)
{
	return c->time * width + c->time + c->type * 6 + c->chars + c->leap * (width + 4) +
	       c->isstd + c->isut;
}

/* One data block, whose size has been checked. */
static enum err_code read_block(struct time_zone *z, const unsigned char *p, const struct counts *c,
	size_t width, struct err *e)
{
	const unsigned char *index = p + c->time * width, *types = index + c->time;
	int offsets[256] = {0};

	if (c->type == 0 || c->leap != 0)
		return err_set(e, ERR_INPUT, _("time zone %s: the file is damaged"), z->name);
	for (size_t i = 0; i < c->type; i++) {
		int32_t v = (int32_t)be32(types + i * 6);
		if (v < OFFSET_MIN || v > OFFSET_MAX)
			return err_set(
				e, ERR_INPUT, _("time zone %s: the file is damaged"), z->name);
		offsets[i] = v;
	}
	z->before = offsets[0];
	z->count = c->time;
	if (c->time == 0)
		return ERR_OK;
	z->at = calloc(c->time, sizeof *z->at);
	z->offset = calloc(c->time, sizeof *z->offset);
	if (z->at == NULL || z->offset == NULL)
		return err_nomem(e);
	for (size_t i = 0; i < c->time; i++) {
		z->at[i] = be_time(p + i * width, width);
		if (index[i] >= c->type || (i > 0 && z->at[i] <= z->at[i - 1]))
			return err_set(
				e, ERR_INPUT, _("time zone %s: the file is damaged"), z->name);
		z->offset[i] = offsets[index[i]];
	}
	return ERR_OK;
}

/* Finds the block to read: the second one from version 2 on. */
static bool locate_block(
	const unsigned char *p, size_t n, struct counts *c, size_t *width, size_t *at)
{
	if (!read_header(p, n, c))
		return false;
	*width = 4;
	*at = 44;
	if (p[4] >= '2') {
		size_t skip = 44 + block_size(c, 4);
		if (skip > n || !read_header(p + skip, n - skip, c))
			return false;
		*width = 8;
		*at = skip + 44;
	}
	return block_size(c, *width) <= n - *at;
}

static bool read_footer(const unsigned char *p, size_t n, struct footer *f)
{
	const char *s = (const char *)p;

	if (n < 2 || s[0] != '\n')
		return false;
	const char *end = memchr(s + 1, '\n', n - 1);
	return end != NULL && parse_footer(s + 1, (size_t)(end - s - 1), f);
}

static struct time_zone *new_zone(const char *name)
{
	struct time_zone *z = calloc(1, sizeof *z);

	if (z != NULL)
		(void)snprintf(z->name, sizeof z->name, "%s", name);
	return z;
}

enum err_code time_zone_parse(
	const char *name, const void *data, size_t n, struct time_zone **out, struct err *e)
{
	const unsigned char *p = data;
	struct counts c = {0};
	size_t width = 0, at = 0;
	struct time_zone *z = new_zone(name);
	enum err_code rc = z == NULL ? err_nomem(e) : ERR_OK;

	*out = NULL;
	if (rc == ERR_OK && (n > TIME_ZONE_FILE_MAX || !locate_block(p, n, &c, &width, &at)))
		rc = err_set(e, ERR_INPUT, _("time zone %s: not a time zone file"), name);
	if (rc == ERR_OK)
		rc = read_block(z, p + at, &c, width, e);
	if (rc == ERR_OK && width == 8) {
		size_t used = at + block_size(&c, width);
		if (!read_footer(p + used, n - used, &z->footer))
			rc = err_set(e, ERR_INPUT, _("time zone %s: the file is damaged"), name);
	}
	if (rc != ERR_OK) {
		time_zone_close(z);
		return rc;
	}
	*out = z;
	return ERR_OK;
}

/* --- opening ------------------------------------------------------------- */

/* "+08:00" or "-0530". */
static bool parse_fixed(const char *name, int *offset)
{
	struct str s = str_of(name);
	int64_t h = 0, m = 0;

	if (s.n < 5 || s.n > 6 || (s.p[0] != '+' && s.p[0] != '-') || (s.n == 6 && s.p[3] != ':') ||
		!str_is_digit((unsigned char)s.p[1]) || !str_is_digit((unsigned char)s.p[s.n - 2]))
		return false;
	if (!str_to_int(str_sub(s, 1, 3), 0, 23, &h) ||
		!str_to_int(str_sub(s, s.n - 2, s.n), 0, 59, &m))
		return false;
	*offset = (int)(h * 3600 + m * 60) * (s.p[0] == '-' ? -1 : 1);
	return true;
}

/* Names of the database have no dot; that also rules out "..". */
static bool is_zone_name(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n >= TIME_ZONE_NAME_MAX || name[0] == '/' || name[n - 1] == '/')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!str_is_alnum((unsigned char)name[i]) && strchr("_+-/", name[i]) == NULL)
			return false;
	}
	return true;
}

static enum err_code open_file(const char *name, struct time_zone **out, struct err *e)
{
	struct buf content;
	char *path = path_join(ZONE_DIR, name);
	enum err_code rc;

	if (path == NULL)
		return err_nomem(e);
	buf_init(&content, TIME_ZONE_FILE_MAX);
	rc = path_read(path, &content, NULL);
	if (rc == ERR_NOMEM)
		rc = err_nomem(e);
	else if (rc != ERR_OK)
		rc = err_set(e, ERR_CONFIG, _("unknown time zone \"%s\""), name);
	else
		rc = time_zone_parse(name, content.data, content.len, out, e);
	buf_fini(&content);
	free(path);
	return rc;
}

enum err_code time_zone_open(const char *name, struct time_zone **out, struct err *e)
{
	int offset = 0;

	*out = NULL;
	if (strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0 || parse_fixed(name, &offset)) {
		struct time_zone *z = new_zone(name);
		if (z == NULL)
			return err_nomem(e);
		z->before = offset;
		*out = z;
		return ERR_OK;
	}
	if (!is_zone_name(name))
		return err_set(e, ERR_CONFIG, _("unknown time zone \"%s\""), name);
	return open_file(name, out, e);
}

void time_zone_close(struct time_zone *z)
{
	if (z == NULL)
		return;
	free(z->at);
	free(z->offset);
	free(z);
}

const char *time_zone_name(const struct time_zone *z)
{
	return z == NULL ? "UTC" : z->name;
}

/* --- asking -------------------------------------------------------------- */

int time_zone_offset(const struct time_zone *z, int64_t t)
{
	if (z == NULL)
		return 0;
	if (z->footer.present && (z->count == 0 || t >= z->at[z->count - 1]))
		return footer_offset(&z->footer, t);
	if (z->count == 0 || t < z->at[0])
		return z->before;
	size_t low = 0, high = z->count; /* at[low] <= t < at[high] */
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;
		if (z->at[mid] <= t)
			low = mid;
		else
			high = mid;
	}
	return z->offset[low];
}

int64_t time_zone_from_local(const struct time_zone *z, int64_t local)
{
	/* A day on either side brackets every change that can concern this reading. */
	int before = time_zone_offset(z, local - DAY);
	int after = time_zone_offset(z, local + DAY);
	const int tries[] = {before, after, time_zone_offset(z, local - before),
		time_zone_offset(z, local - after)};
	int64_t best = INT64_MAX;

	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		int64_t t = local - tries[i];
		if (t + time_zone_offset(z, t) == local && t < best)
			best = t;
	}
	return best != INT64_MAX ? best : local - before;
}
