/*
 * conf.c - the configuration reader: sections, keys, values, and where they stand.
 *
 * The text is copied once and cut into pieces in place. Which keys a section may
 * have is the caller's table (conf_check); this file knows only the form.
 */
#include "base/conf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/name_index.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"

struct conf {
	char *name;
	char *text; /* all names, keys and values point into it */
	struct conf_section *sections;
	struct name_index by_name; /* a file of sources has thousands of sections */
	size_t count, cap;
	size_t value_cap; /* of the last section */
};

/* The line being read. */
struct line {
	char *p; /* NUL-terminated, without the line end */
	size_t n;
	int number;
};

static int column_of(const struct line *l, const char *at)
{
	return (int)utf8_count(l->p, (size_t)(at - l->p)) + 1;
}

enum err_code conf_error(
	const struct conf *c, int line, int column, struct err *e, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return err_set(e, ERR_CONFIG, "%s:%d:%d: %s", c->name, line, column, text);
}

/* --- growing ------------------------------------------------------------- */

static const char *name_of(const void *table, size_t row)
{
	const struct conf *c = table;

	return c->sections[row].name;
}

static enum err_code add_section(struct conf *c, const char *name, int line, struct err *e)
{
	if (c->count == CONF_SECTIONS_MAX)
		return err_set(e, ERR_LIMIT, _("%s:%d: more than %d sections"), c->name, line,
			CONF_SECTIONS_MAX);
	if (c->count == c->cap) {
		size_t cap = c->cap == 0 ? 16 : c->cap * 2;
		void *grown = realloc(c->sections, cap * sizeof *c->sections);
		if (grown == NULL)
			return err_nomem(e);
		c->sections = grown;
		c->cap = cap;
	}
	c->sections[c->count] = (struct conf_section){.name = name, .line = line};
	if (!name_index_add(&c->by_name, c->count, name_of, c))
		return err_nomem(e);
	c->count++;
	c->value_cap = 0;
	return ERR_OK;
}

static enum err_code add_value(struct conf *c, const struct conf_value *v, struct err *e)
{
	struct conf_section *s = &c->sections[c->count - 1];

	if (s->count == CONF_KEYS_MAX)
		return err_set(e, ERR_LIMIT, _("%s:%d: more than %d keys in a section"), c->name,
			v->line, CONF_KEYS_MAX);
	struct conf_value *values = (struct conf_value *)s->values;
	if (s->count == c->value_cap) {
		size_t cap = c->value_cap == 0 ? 8 : c->value_cap * 2;
		values = realloc(values, cap * sizeof *values);
		if (values == NULL)
			return err_nomem(e);
		s->values = values;
		c->value_cap = cap;
	}
	values[s->count++] = *v;
	return ERR_OK;
}

/* --- lines --------------------------------------------------------------- */

/* Cuts white space off both ends in place; the new start. */
static char *trim(char *from, char *to)
{
	while (from < to && str_is_space((unsigned char)*from))
		from++;
	while (to > from && str_is_space((unsigned char)to[-1]))
		to--;
	*to = '\0';
	return from;
}

static enum err_code read_section(struct conf *c, const struct line *l, char *at, struct err *e)
{
	char *end = strchr(at, ']');

	if (end == NULL)
		return conf_error(c, l->number, column_of(l, l->p + l->n), e,
			_("the section's name does not end in \"]\""));
	char *rest = end + 1;
	if (*rest != '\0')
		return conf_error(c, l->number, column_of(l, rest), e,
			_("nothing may follow the section's name"));
	int column = column_of(l, at);
	char *name = trim(at + 1, end);
	if (*name == '\0')
		return conf_error(c, l->number, column, e, _("the section has no name"));
	const struct conf_section *first = conf_section_find(c, name);
	if (first != NULL)
		return conf_error(c, l->number, column, e,
			_("section [%s] again; it was first on line %d"), name, first->line);
	return add_section(c, name, l->number, e);
}

/* A word on what was probably meant by a line that is neither. */
static const char *hint_for(const char *s)
{
	if (strstr(s, "＝") != NULL)
		return _("; the sign \"＝\" is full-width, write \"=\"");
	if (strncmp(s, "【", 3) == 0 || strncmp(s, "［", 3) == 0)
		return _("; write the section's name in \"[\" and \"]\"");
	return "";
}

static enum err_code read_value(struct conf *c, const struct line *l, char *at, struct err *e)
{
	char *equals = strchr(at, '=');
	int column = column_of(l, at);

	if (equals == NULL)
		return conf_error(c, l->number, column, e, _("expected [section] or key = value%s"),
			hint_for(at));
	char *end = l->p + l->n;
	char *value = equals + 1;
	while (value < end && str_is_space((unsigned char)*value))
		value++;
	struct conf_value v = {
		.line = l->number, .column = column_of(l, value), .key_column = column};
	v.key = trim(at, equals);
	v.value = trim(value, end);
	if (*v.key == '\0')
		return conf_error(c, l->number, column, e, _("there is no key before \"=\""));
	if (c->count == 0) {
		enum err_code rc = add_section(c, "", l->number, e);
		if (rc != ERR_OK)
			return rc;
	}
	const struct conf_value *first = conf_find(&c->sections[c->count - 1], v.key);
	if (first != NULL)
		return conf_error(c, l->number, column, e,
			_("key \"%s\" again; it was first on line %d"), v.key, first->line);
	return add_value(c, &v, e);
}

static enum err_code read_line(struct conf *c, struct line *l, struct err *e)
{
	size_t valid = utf8_valid_prefix(l->p, l->n);

	if (valid < l->n)
		return conf_error(c, l->number, column_of(l, l->p + valid), e,
			_("this is not UTF-8; save the file as UTF-8"));
	const char *nul = memchr(l->p, '\0', l->n);
	if (nul != NULL)
		return conf_error(c, l->number, column_of(l, nul), e, _("a NUL byte in the text"));
	char *at = l->p;
	while (str_is_space((unsigned char)*at))
		at++;
	while (l->n > 0 && l->p + l->n > at && str_is_space((unsigned char)l->p[l->n - 1]))
		l->p[--l->n] = '\0';
	if (*at == '\0' || *at == '#')
		return ERR_OK;
	return *at == '[' ? read_section(c, l, at, e) : read_value(c, l, at, e);
}

static enum err_code read_lines(struct conf *c, size_t n, struct err *e)
{
	enum err_code rc = ERR_OK;
	char *at = c->text, *end = c->text + n;
	struct line l = {0};

	if (n >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
		at += 3;
	while (rc == ERR_OK && at < end) {
		char *stop = memchr(at, '\n', (size_t)(end - at));
		if (stop == NULL)
			stop = end;
		l = (struct line){at, (size_t)(stop - at), l.number + 1};
		*stop = '\0';
		rc = read_line(c, &l, e);
		at = stop + 1;
	}
	return rc;
}

enum err_code conf_parse(
	const char *name, const char *text, size_t n, struct conf **out, struct err *e)
{
	struct conf *c = calloc(1, sizeof *c);
	enum err_code rc = ERR_OK;

	*out = NULL;
	if (c == NULL)
		return err_nomem(e);
	if (n > CONF_FILE_MAX) {
		rc = err_set(e, ERR_LIMIT, _("%s: larger than %zu bytes"), name, CONF_FILE_MAX);
		goto out;
	}
	c->name = strdup(name);
	c->text = malloc(n + 1);
	if (c->name == NULL || c->text == NULL) {
		rc = err_nomem(e);
		goto out;
	}
	if (n > 0)
		memcpy(c->text, text, n);
	c->text[n] = '\0';
	rc = read_lines(c, n, e);
out:
	if (rc != ERR_OK)
		conf_free(c);
	else
		*out = c;
	return rc;
}

enum err_code conf_load(const char *path, struct conf **out, struct err *e)
{
	struct buf content;
	enum err_code rc;

	*out = NULL;
	buf_init(&content, CONF_FILE_MAX);
	rc = path_read(path, &content, e);
	if (rc == ERR_OK)
		rc = conf_parse(path, buf_str(&content), content.len, out, e);
	buf_fini(&content);
	return rc;
}

enum err_code conf_load_named(
	const struct path_home *home, const char *name, struct conf **out, struct err *e)
{
	char *path = NULL;
	enum err_code rc = path_find(home, name, &path, e);

	*out = NULL;
	if (!rc)
		rc = conf_load(path, out, e);
	free(path);
	return rc;
}

void conf_free(struct conf *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->count; i++)
		free((void *)c->sections[i].values);
	free(c->sections);
	name_index_fini(&c->by_name);
	free(c->text);
	free(c->name);
	free(c);
}

/* --- asking -------------------------------------------------------------- */

const char *conf_name(const struct conf *c)
{
	return c->name;
}

size_t conf_section_count(const struct conf *c)
{
	return c->count;
}

const struct conf_section *conf_section_at(const struct conf *c, size_t i)
{
	return i < c->count ? &c->sections[i] : NULL;
}

const struct conf_section *conf_section_find(const struct conf *c, const char *name)
{
	size_t row = name_index_find(&c->by_name, name, name_of, c);

	return row == NAME_INDEX_NONE ? NULL : &c->sections[row];
}

const struct conf_value *conf_find(const struct conf_section *s, const char *key)
{
	for (size_t i = 0; s != NULL && i < s->count; i++) {
		if (strcmp(s->values[i].key, key) == 0)
			return &s->values[i];
	}
	return NULL;
}

const char *conf_get(const struct conf_section *s, const char *key, const char *fallback)
{
	const struct conf_value *v = conf_find(s, key);

	return v == NULL ? fallback : v->value;
}

enum err_code conf_get_bool(const struct conf *c, const struct conf_section *s, const char *key,
	bool fallback, bool *out, struct err *e)
{
	const struct conf_value *v = conf_find(s, key);

	*out = fallback;
	if (v == NULL)
		return ERR_OK;
	struct str word = str_of(v->value);
	*out = str_is_nocase(word, "yes") || str_is_nocase(word, "true") || str_is(word, "是");
	if (*out || str_is_nocase(word, "no") || str_is_nocase(word, "false") || str_is(word, "否"))
		return ERR_OK;
	return conf_error(
		c, v->line, v->column, e, _("%s must be yes or no, not \"%s\""), key, v->value);
}

enum err_code conf_get_int(const struct conf *c, const struct conf_section *s, const char *key,
	int64_t min, int64_t max, int64_t fallback, int64_t *out, struct err *e)
{
	const struct conf_value *v = conf_find(s, key);

	*out = fallback;
	if (v == NULL || str_to_int(str_of(v->value), min, max, out))
		return ERR_OK;
	return conf_error(c, v->line, v->column, e,
		_("%s must be a whole number from %lld to %lld, not \"%s\""), key, (long long)min,
		(long long)max, v->value);
}

enum err_code conf_get_span(const struct conf *c, const struct conf_section *s, const char *key,
	int64_t fallback, int64_t *out, struct err *e)
{
	const struct conf_value *v = conf_find(s, key);

	*out = fallback;
	if (v == NULL || time_parse_span(v->value, out))
		return ERR_OK;
	return conf_error(c, v->line, v->column, e,
		_("%s must be a time span such as 30s, 15m, 2h or 7d, not \"%s\""), key, v->value);
}

/* --- checking against a table -------------------------------------------- */

#define WORD_MAX 48

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein distance over bytes; SIZE_MAX for words too long to be typos. */
static size_t edit_distance(const char *a, const char *b)
{
	size_t row[WORD_MAX + 1], n = strlen(a), m = strlen(b);

	if (n > WORD_MAX || m > WORD_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
			diagonal = row[j];
			row[j] = least(change, least(row[j], row[j - 1]) + 1);
		}
	}
	return row[m];
}

static const char *nearest_key(const struct conf_key *table, const char *key)
{
	size_t best = strlen(key) / 3 + 2; /* further away is another word */
	const char *found = NULL;

	for (; table->key != NULL; table++) {
		size_t d = edit_distance(key, table->key);
		if (d < best) {
			best = d;
			found = table->key;
		}
	}
	return found;
}

static bool is_known(const struct conf_key *table, const char *key)
{
	for (; table->key != NULL; table++) {
		if (strcmp(table->key, key) == 0)
			return true;
	}
	return false;
}

static enum err_code unknown_key(const struct conf *c, const struct conf_section *s,
	const struct conf_value *v, const struct conf_key *table, struct err *e)
{
	const char *near = nearest_key(table, v->key);

	if (near != NULL)
		return conf_error(c, v->line, v->key_column, e,
			_("unknown key \"%s\" in [%s]; did you mean \"%s\"?"), v->key, s->name,
			near);
	return conf_error(
		c, v->line, v->key_column, e, _("unknown key \"%s\" in [%s]"), v->key, s->name);
}

enum err_code conf_check(const struct conf *c, const struct conf_section *s,
	const struct conf_key *table, struct err *e)
{
	for (size_t i = 0; i < s->count; i++) {
		if (!is_known(table, s->values[i].key))
			return unknown_key(c, s, &s->values[i], table, e);
	}
	for (; table->key != NULL; table++) {
		if (table->required && conf_find(s, table->key) == NULL)
			return conf_error(c, s->line, 1, e, _("[%s] needs the key \"%s\""), s->name,
				table->key);
	}
	return ERR_OK;
}
