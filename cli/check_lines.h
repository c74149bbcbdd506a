/*
 * check_lines.h - the checks of an answer, shown one by one.
 */
#ifndef CLI_CHECK_LINES_H
#define CLI_CHECK_LINES_H

#include "base/json.h"

/* Calls for each of `checks` with its meaning and reason in words; found: what they rest on,
 * or NULL. */
void check_lines_each(const char *checks, const char *found,
	void (*each)(const void *data, const char *check, const char *words), const void *data);
/* "found": [{"check", "reason"} …], those that have a reason. */
void check_lines_put(struct json_writer *w, const char *checks, const char *found);

#endif
