/*
 * conf_object.h - a file of configuration as one object, which lives in an arena of its own.
 *
 * The object's first member is `struct arena *arena`; the rest begins as zeros. All that it
 * holds lies in that arena and goes with it.
 */
#ifndef BASE_CONF_OBJECT_H
#define BASE_CONF_OBJECT_H

#include <stddef.h>

#include "base/conf.h"
#include "base/err.h"
#include "base/path.h"

struct conf_object {
	size_t size; /* of the object */
	size_t memory; /* the most that its arena may take, bytes */
	enum err_code (*read)(const struct conf *c, void *object, struct err *e);
};

/* From a text, a file, or the first file of this name along the look-up order (path.h). *out is
 * the caller's, to free with conf_object_free(), or NULL when it fails. */
enum err_code conf_object_parse(const struct conf_object *kind, const char *name, const char *text,
	size_t n, void **out, struct err *e);
enum err_code conf_object_read(
	const struct conf_object *kind, const char *path, void **out, struct err *e);
enum err_code conf_object_load(const struct conf_object *kind, const struct path_home *home,
	const char *name, void **out, struct err *e);
void conf_object_free(void *object); /* NULL is fine */

#endif
