/*
 * answers.c - what was said: names and tables.
 */
#include "office/answers.h"

#include <string.h>

#include "base/csvline.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "crawler/charset.h"

/* ---- names -------------------------------------------------------------- */

static enum err_code check_name(const char *name, struct err *e)
{
	size_t n = strlen(name);

	if (n == 0)
		return err_set(e, ERR_USAGE, _("a name is empty"));
	if (!utf8_is_valid(name, n) || utf8_count(name, n) > ANSWERS_NAME_CHARS)
		return err_set(e, ERR_USAGE, _("“%s” is no name (at most %d characters)"), name,
			ANSWERS_NAME_CHARS);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)name[i] < 0x20 || strchr("[]=#\"\\\x7f", name[i]))
			return err_set(e, ERR_USAGE, _("“%s” holds a sign that no name has"), name);
	return ERR_OK;
}

enum err_code answers_set_city(struct answers *w, struct arena *a, const char *city, struct err *e)
{
	enum err_code rc = check_name(city, e);

	if (rc)
		return rc;
	w->city = arena_strdup(a, city);
	return w->city ? ERR_OK : err_nomem(e);
}

/* Bytes of a separator at s, 0: none. No Chinese name holds a blank, so a blank before a
 * character that is not ASCII ends one; "A B" stays whole. */
static size_t separator(struct str s)
{
	static const char *const marks[] = {
		"、", ",", "，", "|", "；", ";", "\n", "\t", "\xe3\x80\x80"};

	if (s.n > 1 && s.p[0] == ' ' && (unsigned char)s.p[1] >= 0x80)
		return 1;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_has_prefix(s, marks[i]))
			return strlen(marks[i]);
	return 0;
}

static struct str next_name(struct str *rest)
{
	struct str name = *rest;
	size_t i = 0, n = 0;

	while (i < rest->n && (n = separator(str_sub(*rest, i, rest->n))) == 0)
		i++;
	name = str_sub(*rest, 0, i);
	*rest = str_sub(*rest, i + n, rest->n);
	return str_trim(name);
}

/* Calls add for each name of the text; lines that begin with # are remarks. */
static enum err_code each_name(struct answers *w, struct arena *a, const char *text,
	enum err_code (*add)(struct answers *w, struct arena *a, const char *name, struct err *e),
	struct err *e)
{
	struct str rest = str_of(text);
	enum err_code rc = ERR_OK;

	while (!rc && rest.n) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (str_has_prefix(line, "#"))
			continue;
		while (!rc && line.n) {
			struct str name = next_name(&line);
			char *copy = name.n ? arena_strndup(a, name.p, name.n) : NULL;
			if (name.n)
				rc = copy ? add(w, a, copy, e) : err_nomem(e);
		}
	}
	return rc;
}

static enum err_code add_town(struct answers *w, struct arena *a, const char *name, struct err *e)
{
	enum err_code rc = check_name(name, e);

	if (rc)
		return rc;
	for (size_t i = 0; i < w->town_count; i++)
		if (strcmp(w->towns[i], name) == 0)
			return ERR_OK;
	if (!w->towns)
		w->towns = arena_array(a, ANSWERS_NAMES_MAX, sizeof *w->towns);
	if (!w->towns)
		return err_nomem(e);
	if (w->town_count == ANSWERS_NAMES_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d names"), ANSWERS_NAMES_MAX);
	w->towns[w->town_count++] = name;
	return ERR_OK;
}

enum err_code answers_add_towns(struct answers *w, struct arena *a, const char *text, struct err *e)
{
	return each_name(w, a, text, add_town, e);
}

/* ---- units -------------------------------------------------------------- */

static enum err_code new_unit(struct answers *w, struct arena *a, const char *name,
	struct answers_unit **out, struct err *e)
{
	enum err_code rc = check_name(name, e);

	if (rc)
		return rc;
	for (size_t i = 0; i < w->unit_count; i++)
		if (strcmp(w->units[i].name, name) == 0)
			return err_set(e, ERR_USAGE, _("the unit “%s” stands there twice"), name);
	if (!w->units)
		w->units = arena_array(a, ANSWERS_NAMES_MAX, sizeof *w->units);
	if (!w->units)
		return err_nomem(e);
	if (w->unit_count == ANSWERS_NAMES_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d names"), ANSWERS_NAMES_MAX);
	*out = &w->units[w->unit_count++];
	(*out)->name = name;
	return ERR_OK;
}

static enum err_code add_unit(struct answers *w, struct arena *a, const char *name, struct err *e)
{
	struct answers_unit *u;

	return new_unit(w, a, name, &u, e);
}

enum err_code answers_add_unit_names(
	struct answers *w, struct arena *a, const char *text, struct err *e)
{
	return each_name(w, a, text, add_unit, e);
}

/* What a column may be called. */
static const struct {
	const char *title;
	size_t field; /* offset in struct answers_unit */
} columns[] = {
	{"name", offsetof(struct answers_unit, name)},
	{"名称", offsetof(struct answers_unit, name)},
	{"单位", offsetof(struct answers_unit, name)},
	{"单位名称", offsetof(struct answers_unit, name)},
	{"full", offsetof(struct answers_unit, full)},
	{"全称", offsetof(struct answers_unit, full)},
	{"单位全称", offsetof(struct answers_unit, full)},
	{"also", offsetof(struct answers_unit, also)},
	{"简称", offsetof(struct answers_unit, also)},
	{"别名", offsetof(struct answers_unit, also)},
	{"groups", offsetof(struct answers_unit, groups)},
	{"分组", offsetof(struct answers_unit, groups)},
	{"leads", offsetof(struct answers_unit, leads)},
	{"牵头", offsetof(struct answers_unit, leads)},
	{"牵头主题", offsetof(struct answers_unit, leads)},
	{"level", offsetof(struct answers_unit, level)},
	{"层级", offsetof(struct answers_unit, level)},
	{"级别", offsetof(struct answers_unit, level)},
	{"vertical", offsetof(struct answers_unit, vertical)},
	{"垂直管理", offsetof(struct answers_unit, vertical)},
	{"superior", offsetof(struct answers_unit, superior)},
	{"上级", offsetof(struct answers_unit, superior)},
	{"supervisor", offsetof(struct answers_unit, supervisor)},
	{"督办单位", offsetof(struct answers_unit, supervisor)},
};

#define NO_COLUMN ((size_t)-1)

static size_t column_of(const char *title)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (strcmp(columns[i].title, title) == 0)
			return columns[i].field;
	return NO_COLUMN;
}

static const char **member(struct answers_unit *u, size_t field)
{
	return (const char **)(void *)((char *)u + field);
}

static enum err_code read_header(
	struct answers *w, const struct csvline *c, struct arena *a, size_t *fields, struct err *e)
{
	bool has_name = false;

	for (size_t i = 0; i < c->count; i++) {
		fields[i] = column_of(c->fields[i]);
		has_name = has_name || fields[i] == offsetof(struct answers_unit, name);
		if (fields[i] != NO_COLUMN || !*c->fields[i])
			continue;
		w->ignored = arena_printf(a, "%s%s%s", w->ignored ? w->ignored : "",
			w->ignored ? "、" : "", c->fields[i]);
		if (!w->ignored)
			return err_nomem(e);
	}
	return has_name ? ERR_OK
			: err_set(e, ERR_USAGE,
				  _("line %d: no column is called 名称 (or name); the first line "
				    "of the table names its columns"),
				  c->line);
}

/* A value stands on one line of units.conf. */
static const char *one_line(struct arena *a, const char *value)
{
	char *copy = arena_strdup(a, value);

	for (char *p = copy; p && *p; p++)
		if ((unsigned char)*p < 0x20)
			*p = ' ';
	return copy;
}

static enum err_code read_unit(struct answers *w, const struct csvline *c, struct arena *a,
	const size_t *fields, size_t count, struct err *e)
{
	struct answers_unit row = {.name = NULL}, *u = NULL;
	enum err_code rc;

	for (size_t i = 0; i < c->count && i < count; i++)
		if (fields[i] != NO_COLUMN && *c->fields[i])
			*member(&row, fields[i]) = one_line(a, c->fields[i]);
	rc = new_unit(w, a, row.name ? row.name : "", &u, e);
	if (rc == ERR_USAGE)
		return err_prefix(e, _("line %d: "), c->line);
	if (!rc)
		*u = row;
	return rc;
}

enum err_code answers_add_unit_table(
	struct answers *w, struct arena *a, const char *text, size_t n, struct err *e)
{
	size_t fields[CSVLINE_FIELDS_MAX];
	struct csvline *c = arena_alloc(a, sizeof *c);
	size_t count;
	enum err_code rc;

	if (!c)
		return err_nomem(e);
	csvline_init(c, text, n, a);
	rc = csvline_next(c, e);
	if (rc == ERR_NOT_FOUND)
		return err_set(e, ERR_USAGE, _("the table is empty"));
	if (!rc)
		rc = read_header(w, c, a, fields, e);
	count = c->count;
	while (!rc && (rc = csvline_next(c, e)) == ERR_OK)
		rc = read_unit(w, c, a, fields, count, e);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* ---- files -------------------------------------------------------------- */

enum err_code answers_read_file(const char *path, struct buf *out, struct err *e)
{
	const struct charset_hints hints = {.override = NULL};
	struct charset_result found;
	struct buf raw;
	enum err_code rc;

	buf_init(&raw, ANSWERS_FILE_MAX);
	rc = path_read(path, &raw, e);
	if (!rc && raw.len > 4 &&
		(memcmp(raw.data, "PK\x03\x04", 4) == 0 ||
			memcmp(raw.data, "\xd0\xcf\x11\xe0", 4) == 0))
		rc = err_set(e, ERR_INPUT, _("%s is a spreadsheet: save it as CSV"), path);
	if (!rc)
		rc = charset_to_utf8(buf_str(&raw), raw.len, &hints, out, &found, e);
	if (!rc)
		rc = buf_check(out, path, e);
	buf_fini(&raw);
	return rc;
}
