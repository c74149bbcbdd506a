/*
 * report.h - what is wrong with rule files: every fault found is listed, one line
 * each, "file:line:column: text" (columns in characters, from 1), followed by a line
 * that says how to mend it, "    hint: text". The first fault is kept in the caller's
 * struct err too. Warnings and notices are listed the same way ("file:line:column:
 * warning: text") but do not stop anything. After REPORT_MAX faults the rest are only
 * counted. report_read() takes such a list apart again.
 */
#ifndef MATCHER_REPORT_H
#define MATCHER_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define REPORT_MAX 200

struct report {
	struct buf *out; /* may be NULL */
	struct err *e; /* may be NULL */
	size_t errors, notices;
	size_t max; /* of either that are listed; 0: REPORT_MAX */
	bool hidden; /* what was told last is past REPORT_MAX, and so is its hint */
};

struct report_place {
	const char *file;
	int line, column; /* column 0: of the whole line; line 0: of the whole file */
};

void report_error(struct report *r, struct report_place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void report_notice(struct report *r, struct report_place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void report_warning(struct report *r, struct report_place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* How to mend what was told last. */
void report_hint(struct report *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Puts the list in the order of lines; files keep the order in which they came. What was
 * in the buffer before byte `from` stays. False when memory ends. */
bool report_sort(struct report *r, size_t from);
/* ERR_OK, or ERR_CONFIG with e filled (adding how many more there are). */
enum err_code report_end(struct report *r);

enum report_kind { REPORT_ERROR, REPORT_WARNING, REPORT_NOTICE };

struct report_entry { /* views into the list */
	enum report_kind kind;
	struct str file, text, hint; /* hint.n 0: none */
	int line, column; /* 0: not said */
};

/* The next entry of a list, in the language that it was written in; false at its end. */
bool report_read(struct str *rest, struct report_entry *out);

#endif
