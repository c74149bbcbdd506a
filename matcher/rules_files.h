/*
 * rules_files.h - the files that make up a rule set, as read from disk: to load them,
 * to keep them by their hash, and to try a set with one of them changed.
 *
 * keywords.conf is looked for along the home's order; then come the files of the first
 * local.d of that order that holds a *.conf, sorted by name: an office's own local.d
 * replaces the shipped one. Files whose name begins with a dot are drafts and the like.
 */
#ifndef MATCHER_RULES_FILES_H
#define MATCHER_RULES_FILES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/path.h"
#include "matcher/match.h"

#define RULES_FILES_MAX 64
#define RULES_FILES_MAIN "keywords.conf"
#define RULES_FILES_OVERLAYS "local.d"

struct rules_files_one {
	char *path; /* NULL: from no file */
	char *name; /* "keywords.conf", "local.d/city.conf" */
	struct buf text; /* at most RULEFILE_MAX + 1 bytes */
};

struct rules_files {
	struct rules_files_one file[RULES_FILES_MAX];
	size_t count;
};

/* With `file` ("-": standard input), that file alone. *out is always fit for _fini. */
enum err_code rules_files_read(
	const struct path_home *home, const char *file, struct rules_files *out, struct err *e);
void rules_files_fini(struct rules_files *f);

/* The file is replaced, or goes where its name stands; path may be NULL. `text` is copied. */
enum err_code rules_files_put(struct rules_files *f, const char *name, const char *path,
	const char *text, size_t n, struct err *e);
/* NULL when there is none. */
const struct rules_files_one *rules_files_find(const struct rules_files *f, const char *name);

/* rules_compile() of them. */
enum err_code rules_files_compile(
	const struct rules_files *f, struct rules **out, struct buf *report, struct err *e);

#endif
