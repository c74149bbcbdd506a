/*
 * answers.h - what a new office says of itself when an instance is made: its city, its
 * towns, its units; and the files that are written from it.
 *
 *   local.d/region.conf   the [地域] of the rules; names that many counties have count only
 *                         beside the city's own
 *   units.conf            one section a unit
 *   huiying.conf          the shipped one with the office's name
 *
 * Everything is checked by the loaders that will read it before anything is written; a
 * file that exists is never overwritten.
 */
#ifndef OFFICE_ANSWERS_H
#define OFFICE_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/path.h"

#define ANSWERS_FILE_MAX ((size_t)4 << 20)
#define ANSWERS_NAMES_MAX 2000 /* towns; units */
#define ANSWERS_NAME_CHARS 40

/* One unit; NULL for what was not said. The keys of units.conf. */
struct answers_unit {
	const char *name, *full, *also, *groups, *leads, *level, *vertical, *superior, *supervisor;
};

struct answers {
	const char *city; /* NULL: not said */
	const char **towns;
	size_t town_count;
	struct answers_unit *units;
	size_t unit_count;
	const char *ignored; /* columns of the units' file that mean nothing here, or NULL */
};

/* All below: ERR_USAGE for a name that cannot be one (empty, too long, control characters,
 * brackets), with the name; strings go into the arena. */
enum err_code answers_set_city(struct answers *w, struct arena *a, const char *city, struct err *e);
/* Names between 、 , ， | or on lines of their own; # begins a comment line. */
enum err_code answers_add_towns(
	struct answers *w, struct arena *a, const char *text, struct err *e);
enum err_code answers_add_unit_names(
	struct answers *w, struct arena *a, const char *text, struct err *e);
/* CSV with a header: 名称 全称 简称 分组 牵头 层级 垂直管理 上级 督办单位, or the keys of
 * units.conf; other columns (people, telephones) are left out and named in w->ignored. */
enum err_code answers_add_unit_table(
	struct answers *w, struct arena *a, const char *text, size_t n, struct err *e);
/* A file in UTF-8 or GB18030. ERR_INPUT for a spreadsheet. */
enum err_code answers_read_file(const char *path, struct buf *out, struct err *e);

/* The files' texts. */
void answers_add_region(const struct answers *w, struct buf *out);
void answers_add_units(const struct answers *w, struct buf *out);
/* home: where the shipped files are found; dir: the new instance, which exists. Nothing is
 * written when anything is wrong: ERR_CONFIG with the place in the text that was made. *kept
 * names the files that were there already and stay (appended, blank-separated). */
enum err_code answers_write(const struct answers *w, const struct path_home *home, const char *dir,
	struct buf *kept, struct err *e);

#endif
