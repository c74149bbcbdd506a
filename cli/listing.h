/*
 * listing.h - commands that list records of one kind: a table, or with --json an object a
 * line. The record's own part is a struct listing; what is around it is the same for all.
 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/output.h"
#include "office/office.h"

/* Records in the arena; inside a read transaction. */
struct listing_records {
	void *items;
	size_t count;
};

struct listing {
	const struct table_column *columns;
	size_t column_count;
	size_t size; /* of a record */
	const char *none; /* N_(): what is said when there is none */
	enum err_code (*read)(const struct call *call, struct office *o, struct arena *a,
		struct listing_records *out, struct err *e);
	/* The cells of a row. */
	void (*add)(struct table *t, struct office *o, const void *record);
	/* The members of an object; put_more() does it where the ledger is asked for them. */
	void (*put)(struct json_writer *w, const void *record);
	enum err_code (*put_more)(struct json_writer *w, struct office *o, struct arena *a,
		const void *record, struct err *e);
};

enum err_code listing_run(const struct call *call, const struct listing *l, struct err *e);

#endif
