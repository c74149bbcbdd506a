/*
 * rows.h - the entries that a document gave, shown to a person: date, title, link.
 */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include "base/err.h"
#include "base/time.h"
#include "crawler/document.h"

#define ROWS_SHOWN 20

/* Safe text on stdout; at most ROWS_SHOWN of them, and how many more there are. */
void rows_print(const struct document *d, const struct time_zone *zone);
/* The feed (if any) and its items as lines of JSON, as `parse` does. source may be NULL. */
enum err_code rows_print_json(struct document *d, const char *source, struct err *e);

#endif
