/*
 * split.h - taking an item out of a story that it was joined to wrongly.
 */
#ifndef OFFICE_SPLIT_H
#define OFFICE_SPLIT_H

#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

struct split_result {
	int64_t item, from;
	int64_t to; /* its own story; 0 when it alerts on nothing */
	int64_t alerts; /* that it has there */
};

/* Watch staff and supervisors; a reason is needed. The item that a story was raised for
 * cannot be taken out of it. Alerts that only this item gives reason for follow it, those
 * that others give reason for as well stay, weighed by what is left. A decision or case of
 * the old story stands; the new story is open. The item is never joined to the old story
 * again. */
enum err_code office_split(struct office *o, const char *typed, const char *reason,
	struct split_result *out, struct err *e);

#endif
