/*
 * csvline.h - records of a CSV file (RFC 4180), one at a time: quoted fields with "" for
 * a quote, line breaks within quotes, LF or CRLF, a byte order mark.
 *
 * The separator is the one of , ; and tab that stands most in the first line outside of
 * quotes. What follows a closing quote up to the separator is kept as it stands.
 */
#ifndef BASE_CSVLINE_H
#define BASE_CSVLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define CSVLINE_FIELDS_MAX 1024
#define CSVLINE_FIELD_MAX ((size_t)1 << 20) /* bytes of one field */

struct csvline {
	struct str rest;
	struct arena *arena;
	char separator;
	int line; /* on which the current record begins, from 1 */
	int next_line;
	const char *fields[CSVLINE_FIELDS_MAX]; /* white space at both ends gone */
	size_t count;
};

/* text: UTF-8, borrowed. Fields live in the arena. */
void csvline_init(struct csvline *c, const char *text, size_t n, struct arena *a);
/* The next record that is not empty. ERR_NOT_FOUND: there is none (e untouched);
 * ERR_INPUT: a quote that is never closed; ERR_LIMIT: too many fields, or too long. */
enum err_code csvline_next(struct csvline *c, struct err *e);
/* Field i of the current record, "" when there is none. */
const char *csvline_field(const struct csvline *c, size_t i);

#endif
