/*
 * list.c - doubling arrays in an arena; what was left behind dies with it.
 */
#include "ledger/list.h"

#include <string.h>

void list_init(struct list *l, struct arena *a, size_t element_size)
{
	*l = (struct list){.arena = a, .size = element_size};
}

void *list_add(struct list *l)
{
	if (l->count == l->room) {
		size_t room = l->room ? l->room * 2 : 8;
		void *items = arena_array(l->arena, room, l->size);
		if (!items)
			return NULL;
		if (l->count)
			memcpy(items, l->items, l->count * l->size);
		l->items = items;
		l->room = room;
	}
	return (char *)l->items + l->size * l->count++;
}

enum err_code list_strings(struct db_rows *q, enum err_code rc, struct arena *a, const char ***out,
	size_t *count, struct err *e)
{
	struct list l;

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(q)) {
		const char **string = list_add(&l);
		if (!string)
			rc = err_nomem(e);
		else
			*string = arena_strdup(a, db_text(q, 0));
	}
	*out = l.items;
	*count = l.count;
	rc = db_end(q, rc, e);
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}
