/*
 * wanted.h - spool/wanted.jsonl: what ingest and the staff want fetched besides the
 * sources. One JSON object a line: {"id","url","source"?,"kind":"article|page|evidence"}.
 *
 * A missing file is an empty list. A bad line is counted and skipped: one bad row must
 * not keep the others from being fetched. At most WANTED_MAX rows are taken in one run.
 */
#ifndef CRAWLER_WANTED_H
#define CRAWLER_WANTED_H

#include <stddef.h>

#include "base/err.h"

#define WANTED_MAX 20000
#define WANTED_FILE_MAX ((size_t)64 << 20)

struct wanted {
	const char *id, *url, *kind;
	const char *source; /* NULL: none */
};

struct wanted_list;

enum err_code wanted_load(const char *path, struct wanted_list **out, struct err *e);
void wanted_free(struct wanted_list *l);
size_t wanted_count(const struct wanted_list *l);
const struct wanted *wanted_at(const struct wanted_list *l, size_t i);
size_t wanted_bad(const struct wanted_list *l); /* lines skipped */
size_t wanted_left(const struct wanted_list *l); /* rows beyond WANTED_MAX */

#endif
