/*
 * file_list.h - the files below a directory, by name.
 */
#ifndef OFFICE_FILE_LIST_H
#define OFFICE_FILE_LIST_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/list.h"

/* Adds the path of every regular file of dir (to `depth` directories below it) whose name
 * ends in `suffix` and does not begin with a dot, as const char * in the list's arena; in
 * order of their names. A directory that is not there holds none. */
enum err_code file_list(
	const char *dir, const char *suffix, int depth, struct list *out, struct err *e);
/* Whatever lies in the directory itself and has a name that begins so, hidden ones too. */
enum err_code file_list_named(const char *dir, const char *prefix, struct list *out, struct err *e);
/* The path of element i. */
const char *file_list_at(const struct list *l, size_t i);

#endif
