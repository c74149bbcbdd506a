/*
 * report.h - what is wrong with rule files: every fault found is listed, one line
 * each, "file:line:column: text" (columns in characters, from 1). The first fault
 * is kept in the caller's struct err too. Notices are listed the same way but
 * do not stop anything. After REPORT_MAX faults the rest are only counted.
 */
#ifndef MATCHER_REPORT_H
#define MATCHER_REPORT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define REPORT_MAX 200

struct report {
	struct buf *out; /* may be NULL */
	struct err *e; /* may be NULL */
	size_t errors, notices;
};

struct report_place {
	const char *file;
	int line, column; /* column 0: of the whole line; line 0: of the whole file */
};

void report_error(struct report *r, struct report_place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void report_notice(struct report *r, struct report_place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* ERR_OK, or ERR_CONFIG with e filled (adding how many more there are). */
enum err_code report_end(struct report *r);

#endif
