/*
 * show_clock.h - a limit in words and JSON: when it is due, and with --why the rule, what
 * was counted, and all that happened to it.
 */
#ifndef CLI_SHOW_CLOCK_H
#define CLI_SHOW_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "cli/show_case_json.h"
#include "ledger/alerts.h"

enum err_code show_clock(const struct show *s, const struct clock_record *c, struct err *e);
/* A member "clocks": a list of objects. */
enum err_code show_clock_put_list(const struct show *s, struct json_writer *w,
	const struct clock_record *list, size_t count, struct err *e);

/* How the date of a promise came about. */
enum err_code show_clock_promise(
	const struct show *s, const struct commitment_record *c, struct err *e);
/* Of an alert's review: from when, and the paper of the rule as it is today. */
enum err_code show_clock_review(struct office *o, const struct alert *a, struct err *e);

#endif
