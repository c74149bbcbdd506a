/*
 * conf_object.c - what every file of configuration goes through: read, made an object, forgotten.
 */
#include "base/conf_object.h"

#include "base/arena.h"

/* The object lies in its own arena. */
struct head {
	struct arena *arena;
};

void conf_object_free(void *object)
{
	if (object)
		arena_free(((struct head *)object)->arena);
}

static enum err_code make(
	const struct conf_object *kind, const struct conf *c, void **out, struct err *e)
{
	struct arena *arena = arena_new(kind->memory);
	struct head *object = arena ? arena_alloc(arena, kind->size) : NULL;
	enum err_code rc;

	if (!object) {
		arena_free(arena);
		return err_nomem(e);
	}
	object->arena = arena;
	rc = kind->read(c, object, e);
	if (rc)
		conf_object_free(object);
	else
		*out = object;
	return rc;
}

/* Makes the object of what was read, when it was; takes the conf. */
static enum err_code taken(
	const struct conf_object *kind, struct conf *c, enum err_code rc, void **out, struct err *e)
{
	*out = NULL;
	if (!rc)
		rc = make(kind, c, out, e);
	conf_free(c);
	return rc;
}

enum err_code conf_object_parse(const struct conf_object *kind, const char *name, const char *text,
	size_t n, void **out, struct err *e)
{
	struct conf *c = NULL;
	enum err_code rc = conf_parse(name, text, n, &c, e);

	return taken(kind, c, rc, out, e);
}

enum err_code conf_object_read(
	const struct conf_object *kind, const char *path, void **out, struct err *e)
{
	struct conf *c = NULL;
	enum err_code rc = conf_load(path, &c, e);

	return taken(kind, c, rc, out, e);
}

enum err_code conf_object_load(const struct conf_object *kind, const struct path_home *home,
	const char *name, void **out, struct err *e)
{
	struct conf *c = NULL;
	enum err_code rc = conf_load_named(home, name, &c, e);

	return taken(kind, c, rc, out, e);
}
