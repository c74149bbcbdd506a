/*
 * listing.h - the frame of a verb that lists records: opens the instance to read, prints a
 * JSON object a row or one table, or says that there is nothing.
 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "cli/command.h"
#include "office/office.h"

struct listing {
	/* The records, in the arena. */
	enum err_code (*read)(
		struct office *o, struct arena *a, void **list, size_t *count, struct err *e);
	size_t size; /* of a record */
	enum err_code (*put)(const void *record, struct err *e); /* as JSON */
	enum err_code (*print)(
		const void *list, size_t count, const struct office *o, struct err *e);
	const char *empty; /* N_() */
};

enum err_code listing_run(struct call *call, const struct listing *l, struct err *e);

#endif
