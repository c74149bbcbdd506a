/*
 * json.h - reading and writing JSON (RFC 8259) over jansson, whose header stays
 * in json.c.
 *
 * Reading: a tree of `struct json` borrowed from its root; free the root only.
 * json_read() is strict; json_read_foreign() first repairs what real documents
 * carry (json_repair.h: BOM, raw control characters, lone surrogates, invalid
 * UTF-8; a number that neither int64 nor double can hold becomes a string of its
 * digits). Both refuse more than 64 levels and trees of more than 128 MiB with
 * ERR_LIMIT. Members keep the document's order; of duplicate keys the last wins.
 * Writing: a forward writer into a buf; the caller is responsible for valid
 * UTF-8 (invalid parts are written as U+FFFD). Compact, one line; characters that
 * a terminal would obey or hide are written as \uXXXX. At most 63 levels, beyond
 * which the buffer is at fault with ERR_LIMIT.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct json;

enum json_type {
	JSON_IS_NULL,
	JSON_IS_BOOL,
	JSON_IS_INT,
	JSON_IS_REAL,
	JSON_IS_STRING,
	JSON_IS_ARRAY,
	JSON_IS_OBJECT
};

#define JSON_DEPTH_MAX 64

/* For main(), before threads: from here on a want of memory in here ends the program
 * (base/memory.h). */
void json_init(void);

enum err_code json_read(const char *s, size_t n, struct json **out, struct err *e);
enum err_code json_read_foreign(
	const char *s, size_t n, struct json **out, bool *repaired, struct err *e);
void json_free(struct json *root);

enum json_type json_type_of(const struct json *j); /* NULL is JSON_IS_NULL */
const struct json *json_get(const struct json *obj, const char *key); /* NULL if absent */
const struct json *json_at(const struct json *arr, size_t i);
size_t json_size(const struct json *j); /* of an array or object, else 0 */
/* Iterates an object in document order; start with *iter NULL. */
const char *json_next(const struct json *obj, void **iter, const struct json **value);
const char *json_str(const struct json *j); /* NULL unless a string; no NUL inside */
bool json_int(const struct json *j, int64_t *out);
bool json_num(const struct json *j, double *out); /* an int or a real */
bool json_is_true(const struct json *j);
/* The text of a string or number, appended: integers exactly as they stood, of any
 * length; reals in their shortest form. False for anything else. */
bool json_as_text(const struct json *j, struct buf *out);
/* JSON Pointer, RFC 6901. */
const struct json *json_pointer(const struct json *root, const char *pointer);
/* Shorthand: string member of an object, NULL if absent or no string. */
const char *json_get_str(const struct json *obj, const char *key);
bool json_get_int(const struct json *obj, const char *key, int64_t *out);

/* An object made member by member, free it as a root. NULL as text sets nothing; invalid
 * UTF-8 becomes U+FFFD, as where text is written. False: no memory. */
struct json *json_new_object(void); /* NULL: no memory */
bool json_set_str(struct json *obj, const char *key, const char *s);
bool json_set_int(struct json *obj, const char *key, int64_t v);

/* Compact with sorted keys (the form of event payloads). */
void json_add_sorted(struct buf *b, const struct json *j);

/* The shortest decimal that reads back as v, a real ("3.0"); "null" when not finite. */
#define JSON_REAL_SIZE 32
void json_format_real(double v, char out[JSON_REAL_SIZE]);

/* --- writer --- */
struct json_writer {
	struct buf *out;
	int depth;
	uint64_t has_member; /* one bit a depth */
	bool after_key;
};

void json_writer_init(struct json_writer *w, struct buf *out);
void json_begin_object(struct json_writer *w);
void json_end_object(struct json_writer *w);
void json_begin_array(struct json_writer *w);
void json_end_array(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);
void json_add_str(struct json_writer *w, const char *s); /* NULL writes null */
void json_add_strn(struct json_writer *w, const char *s, size_t n);
void json_add_int(struct json_writer *w, int64_t v);
void json_add_real(struct json_writer *w, double v);
void json_add_bool(struct json_writer *w, bool v);
void json_add_null(struct json_writer *w);
/* Splices already serialised JSON as a value. */
void json_add_raw(struct json_writer *w, const char *json);
/* Members: key and value in one; the str, time forms write nothing for NULL / TIME_NONE
 * ("an absent field is absent"). time is RFC 3339 UTC. */
void json_put_str(struct json_writer *w, const char *key, const char *s);
void json_put_int(struct json_writer *w, const char *key, int64_t v);
void json_put_bool(struct json_writer *w, const char *key, bool v);
void json_put_time(struct json_writer *w, const char *key, int64_t t);
/* An array of numbers, [] for none. */
void json_put_ints(struct json_writer *w, const char *key, const int64_t *v, size_t count);

#endif
