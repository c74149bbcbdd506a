/*
 * json.c - reading JSON: a tree of jansson's under our names.
 *
 * A `struct json` is a jansson value and nothing else; it is never defined, so
 * that callers can only pass it around. Before jansson sees a text, one scan
 * bounds its depth and the memory its tree will take. Writing is in json_write.c,
 * the repair of foreign documents in json_repair.c.
 */
#include <jansson.h>
#undef json_is_true /* ours is a function */

#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json_repair.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/utf8.h"

static const json_t *tree(const struct json *j)
{
	return (const json_t *)(const void *)j;
}

static const struct json *ours(const json_t *j)
{
	return (const struct json *)(const void *)j;
}

/* Jansson's reader loses a byte for which it gets no memory, and looks for a lost quotation
 * mark beyond the end. */
void json_init(void)
{
	json_set_alloc_funcs(memory_get, free);
}

static enum err_code load(const char *s, size_t n, struct json **out, struct err *e)
{
	json_error_t fault;
	json_t *root = json_loadb(s, n, JSON_DECODE_ANY, &fault);

	if (!root)
		return err_set(e, ERR_INPUT, _("not JSON: line %d, column %d: %s"), fault.line,
			fault.column, fault.text);
	*out = (struct json *)(void *)root;
	return ERR_OK;
}

enum err_code json_read(const char *s, size_t n, struct json **out, struct err *e)
{
	enum err_code rc = json_check_bounds(s, n, e);

	*out = NULL;
	return rc != ERR_OK ? rc : load(s, n, out, e);
}

enum err_code json_read_foreign(
	const char *s, size_t n, struct json **out, bool *repaired, struct err *e)
{
	struct buf b;
	bool changed = false;
	enum err_code rc = json_check_bounds(s, n, e);

	*out = NULL;
	/* The longest repair of one byte takes six. */
	buf_init(&b, n * 6 + 16);
	if (rc == ERR_OK) {
		json_add_repaired(&b, s, n, &changed);
		rc = buf_check(&b, _("the JSON document"), e);
	}
	if (rc == ERR_OK)
		rc = load(buf_str(&b), b.len, out, e);
	if (repaired != NULL)
		*repaired = changed;
	buf_fini(&b);
	return rc;
}

void json_free(struct json *root)
{
	json_decref((json_t *)(void *)root);
}

enum json_type json_type_of(const struct json *j)
{
	if (j == NULL)
		return JSON_IS_NULL;
	switch (json_typeof(tree(j))) {
	case JSON_OBJECT:
		return JSON_IS_OBJECT;
	case JSON_ARRAY:
		return JSON_IS_ARRAY;
	case JSON_STRING:
		return JSON_IS_STRING;
	case JSON_INTEGER:
		return JSON_IS_INT;
	case JSON_REAL:
		return JSON_IS_REAL;
	case JSON_TRUE:
	case JSON_FALSE:
		return JSON_IS_BOOL;
	case JSON_NULL:
		break;
	}
	return JSON_IS_NULL;
}

const struct json *json_get(const struct json *obj, const char *key)
{
	return ours(json_object_get(tree(obj), key));
}

const struct json *json_at(const struct json *arr, size_t i)
{
	return ours(json_array_get(tree(arr), i));
}

size_t json_size(const struct json *j)
{
	const json_t *t = tree(j);

	return json_is_object(t) ? json_object_size(t) : json_array_size(t);
}

const char *json_next(const struct json *obj, void **iter, const struct json **value)
{
	json_t *o = (json_t *)(void *)(uintptr_t)obj;

	*iter = *iter == NULL ? json_object_iter(o) : json_object_iter_next(o, *iter);
	*value = *iter == NULL ? NULL : ours(json_object_iter_value(*iter));
	return *iter == NULL ? NULL : json_object_iter_key(*iter);
}

const char *json_str(const struct json *j)
{
	return json_string_value(tree(j));
}

bool json_int(const struct json *j, int64_t *out)
{
	if (!json_is_integer(tree(j)))
		return false;
	*out = (int64_t)json_integer_value(tree(j));
	return true;
}

bool json_num(const struct json *j, double *out)
{
	if (!json_is_number(tree(j)))
		return false;
	*out = json_number_value(tree(j));
	return true;
}

bool json_is_true(const struct json *j)
{
	return j != NULL && json_typeof(tree(j)) == JSON_TRUE;
}

bool json_as_text(const struct json *j, struct buf *out)
{
	const json_t *t = tree(j);
	char text[JSON_REAL_SIZE];

	if (json_is_string(t)) {
		buf_add(out, json_string_value(t), json_string_length(t));
	} else if (json_is_integer(t)) {
		buf_addf(out, "%lld", (long long)json_integer_value(t));
	} else if (json_is_real(t)) {
		json_format_real(json_real_value(t), text);
		buf_add_str(out, text);
	} else {
		return false;
	}
	return true;
}

void json_format_real(double v, char out[JSON_REAL_SIZE])
{
	if (!isfinite(v)) {
		(void)snprintf(out, JSON_REAL_SIZE, "null");
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		(void)snprintf(out, JSON_REAL_SIZE, "%.*g", digits, v);
		if (strtod(out, NULL) == v)
			break;
	}
	if (strpbrk(out, ".e") == NULL)
		(void)strcat(out, ".0"); /* so that it is read back as a real */
}

const char *json_get_str(const struct json *obj, const char *key)
{
	return json_str(json_get(obj, key));
}

bool json_get_int(const struct json *obj, const char *key, int64_t *out)
{
	return json_int(json_get(obj, key), out);
}

/* --- an object of our own ------------------------------------------------- */

struct json *json_new_object(void)
{
	return (struct json *)(void *)json_object();
}

static json_t *repaired_string(const char *s)
{
	size_t n = strlen(s);
	struct buf b;
	json_t *made;

	buf_init(&b, n * 3 + 1);
	utf8_add_repaired(&b, s, n);
	made = b.fault ? NULL : json_string(buf_str(&b));
	buf_fini(&b);
	return made;
}

bool json_set_str(struct json *obj, const char *key, const char *s)
{
	json_t *made;

	if (s == NULL)
		return true;
	made = json_string(s); /* NULL also when it is no UTF-8 */
	if (made == NULL)
		made = repaired_string(s);
	return json_object_set_new((json_t *)(void *)obj, key, made) == 0;
}

bool json_set_int(struct json *obj, const char *key, int64_t v)
{
	return json_object_set_new((json_t *)(void *)obj, key, json_integer(v)) == 0;
}

/* --- JSON Pointer -------------------------------------------------------- */

/* One reference token with ~1 and ~0 resolved. */
static bool unescape_token(struct str token, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < token.n; i++) {
		char c = token.p[i];
		if (c == '~') {
			i++;
			if (i == token.n || (token.p[i] != '0' && token.p[i] != '1'))
				return false;
			c = token.p[i] == '0' ? '~' : '/';
		}
		buf_add_char(out, c);
	}
	return out->fault == ERR_OK;
}

static const struct json *step(const struct json *at, const char *token)
{
	struct str s = str_of(token);
	int64_t i = 0;

	if (json_type_of(at) == JSON_IS_OBJECT)
		return json_get(at, token);
	/* "01" and "+1" are no indexes (RFC 6901 §4). */
	if (json_type_of(at) != JSON_IS_ARRAY || s.n == 0 || !str_is_digit((unsigned char)s.p[0]) ||
		(s.n > 1 && s.p[0] == '0') || !str_to_int(s, 0, INT32_MAX, &i))
		return NULL;
	return json_at(at, (size_t)i);
}

const struct json *json_pointer(const struct json *root, const char *pointer)
{
	struct str rest = str_of(pointer);
	struct buf token;

	if (rest.n == 0)
		return root;
	if (pointer[0] != '/')
		return NULL;
	rest = str_sub(rest, 1, rest.n);
	buf_init(&token, 65536);
	while (root != NULL && rest.p != NULL) {
		struct str part = str_split(&rest, '/');
		root = unescape_token(part, &token) ? step(root, buf_str(&token)) : NULL;
	}
	buf_fini(&token);
	return root;
}
