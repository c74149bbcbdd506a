/*
 * due_view.h - the table of what falls due and what waits: `due`, hand-overs.
 */
#ifndef CLI_DUE_VIEW_H
#define CLI_DUE_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "office/due.h"
#include "office/office.h"

/* On standard output; LEFT is measured from `at`. */
enum err_code due_view_print(const struct office *o, const struct due_entry *list, size_t count,
	int64_t at, struct err *e);

#endif
