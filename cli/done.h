/*
 * done.h - how acts are confirmed: one clear line (or one JSON object) on standard
 * output, then on standard error the commands that may come next.
 */
#ifndef CLI_DONE_H
#define CLI_DONE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "cli/command.h"
#include "office/office.h"

/* With --json the object {"id":id} (and what `more` adds when not NULL), else the line. */
enum err_code done_line(const struct call *call, const char *id,
	void (*more)(struct json_writer *w, const void *data), const void *data, struct err *e,
	const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* "next: huiying …" unless -q or --json; parts are joined with " · ". */
void done_next(const struct call *call, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A remark on standard error, unless -q. */
void done_note(const struct call *call, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* All values of a flag that may be repeated, into out (at most max); ERR_USAGE beyond. */
enum err_code done_flags(const struct call *call, const char *name, const char **out, size_t max,
	size_t *count, struct err *e);
/* The words of an act: --text T or --file F ("-": standard input), valid UTF-8, trimmed at
 * the end; "" when none were given. */
enum err_code done_words(const struct call *call, struct buf *out, struct err *e);
/* --name as a whole number >= 1; 0 when absent. */
enum err_code done_number(const struct call *call, const char *name, int64_t *out, struct err *e);
/* --name as a moment in the office's zone; TIME_NONE when absent. */
enum err_code done_time(const struct call *call, const struct office *o, const char *name,
	int64_t *out, struct err *e);

#endif
