/*
 * conf.h - the configuration reader of DESIGN §5.3: `[section]`, `key = value`,
 * full-line `#` comments; BOM and CRLF accepted; UTF-8 only. Unknown or duplicate
 * keys and sections are refused with file:line:column.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/path.h"

struct conf;

/* One row a key that a section may have; a table ends with key NULL. */
struct conf_key {
	const char *key;
	bool required;
};

struct conf_value {
	const char *key, *value; /* value trimmed, may be "" */
	int line, column; /* of the value, 1-based, in characters */
	int key_column;
};

struct conf_section {
	const char *name; /* "" for keys before the first section */
	int line;
	const struct conf_value *values;
	size_t count;
};

#define CONF_FILE_MAX ((size_t)4 << 20)
#define CONF_SECTIONS_MAX 10000
#define CONF_KEYS_MAX 2000 /* in one section */

/* `name` is used in messages. text need not be NUL-terminated. */
enum err_code conf_parse(
	const char *name, const char *text, size_t n, struct conf **out, struct err *e);
enum err_code conf_load(const char *path, struct conf **out, struct err *e);
/* The first file of this name along the look-up order (path.h). */
enum err_code conf_load_named(
	const struct path_home *home, const char *name, struct conf **out, struct err *e);
void conf_free(struct conf *c);

const char *conf_name(const struct conf *c);
size_t conf_section_count(const struct conf *c);
const struct conf_section *conf_section_at(const struct conf *c, size_t i);
const struct conf_section *conf_section_find(const struct conf *c, const char *name);

/* Every key of the section is in the table, required ones are present. The
 * message names the nearest known key ("did you mean"). */
enum err_code conf_check(const struct conf *c, const struct conf_section *s,
	const struct conf_key *table, struct err *e);
/* In the look-ups s may be NULL: a section that is absent has no keys. */
const struct conf_value *conf_find(const struct conf_section *s, const char *key);
const char *conf_get(const struct conf_section *s, const char *key, const char *fallback);
/* yes/no/true/false/是/否; error with position otherwise. */
enum err_code conf_get_bool(const struct conf *c, const struct conf_section *s, const char *key,
	bool fallback, bool *out, struct err *e);
enum err_code conf_get_int(const struct conf *c, const struct conf_section *s, const char *key,
	int64_t min, int64_t max, int64_t fallback, int64_t *out, struct err *e);
/* "15m" "2h" "1d" in seconds. */
enum err_code conf_get_span(const struct conf *c, const struct conf_section *s, const char *key,
	int64_t fallback, int64_t *out, struct err *e);
/* Fills e with "file:line:column: text". */
enum err_code conf_error(const struct conf *c, int line, int column, struct err *e, const char *fmt,
	...) __attribute__((format(printf, 5, 6)));

#endif
