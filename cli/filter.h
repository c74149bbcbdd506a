/*
 * filter.h - what the plumbing commands share: lines in, one answer each, and a bad line
 * is told by its number while the others go on.
 */
#ifndef CLI_FILTER_H
#define CLI_FILTER_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "cli/command.h"

#define FILTER_LINE_MAX ((size_t)64 << 20) /* bytes of a line that holds a row */

struct filter {
	const struct call *call;
	/* Takes a line, trimmed and not empty. ERR_INPUT and ERR_LIMIT are the line's fault. */
	enum err_code (*take)(void *data, const char *s, size_t n, struct err *e);
	void *data;
	const char *path; /* NULL or "-": standard input */
	size_t line; /* the last one read, from 1 */
	size_t bad; /* lines at fault */
};

/* The file or standard input to its end. ERR_INPUT when lines were at fault: they are told already.
 */
enum err_code filter_lines(struct filter *f, struct err *e);

/* A line that must be a JSON object; *row is json_free()d by the caller, on error too. */
enum err_code filter_read_row(const char *s, size_t n, struct json **row, struct err *e);
/* The row's "id" comes back as it came: a text, a number, or not at all. */
void filter_put_id(struct json_writer *w, const struct json *row);
/* What was written, to standard output. */
enum err_code filter_print(const struct buf *out, struct err *e);

#endif
