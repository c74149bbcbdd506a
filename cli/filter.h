/*
 * filter.h - what the plumbing commands share: lines in, one answer each, and a bad line
 * is told by its number while the others go on.
 */
#ifndef CLI_FILTER_H
#define CLI_FILTER_H

#include <stddef.h>

#include "base/err.h"
#include "cli/command.h"

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

#endif
