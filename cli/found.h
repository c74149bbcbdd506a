/*
 * found.h - promises found in an answer, as `respond` and `show` write them.
 */
#ifndef CLI_FOUND_H
#define CLI_FOUND_H

#include <stddef.h>

#include "base/buf.h"
#include "base/json.h"
#include "ledger/promises.h"
#include "office/office.h"

/* "sentence 2  2026-09-30 (9月底前)  某局将…": where, until when, the words. */
void found_add_line(struct buf *b, struct office *o, const struct promise_record *p);
/* A member of an open object: "promises":[{"response","sentence","quote","state",
 * "phrases":[{"phrase","due","due_kind","tentative"}]}], the last of
 * working days alone. */
void found_put(
	struct json_writer *w, struct office *o, const struct promise_record *list, size_t count);

#endif
