/*
 * outbox_waiting.c - reads the outbox.
 */
#include "crawler/outbox_waiting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	const char *dir;
	const struct targets *targets;
	struct outbox_waiting *list;
	size_t count;
};

static enum err_code add(void *data, const char *name, struct err *e)
{
	struct reading *r = data;
	struct outbox_waiting *more = realloc(r->list, (r->count + 1) * sizeof *more);
	struct err why = {ERR_OK, ""};
	struct outbox_waiting *w;
	struct message m;

	if (!more)
		return err_nomem(e);
	r->list = more;
	w = &more[r->count++];
	memset(w, 0, sizeof *w);
	snprintf(w->name, sizeof w->name, "%s", name);
	message_name_read(name, &w->id, &w->tries);
	w->rc = message_load(r->dir, name, &m, &why);
	message_copy(w->why, sizeof w->why, why.text);
	if (w->rc)
		return w->rc == ERR_NOMEM ? err_nomem(e) : ERR_OK;
	w->target = targets_find(r->targets, m.target);
	w->urgent = m.urgent;
	w->expires = m.expires;
	w->size = strlen(m.title) + strlen(m.text) + (m.link ? strlen(m.link) : 0);
	if (m.to)
		w->size = MESSAGE_FILE_MAX; /* goes out by itself: nobody else's receivers get it */
	message_fini(&m);
	return ERR_OK;
}

static int in_order(const void *a, const void *b)
{
	const struct outbox_waiting *x = a, *y = b;

	if (x->urgent != y->urgent)
		return x->urgent ? -1 : 1;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x->tries > y->tries) - (x->tries < y->tries);
}

enum err_code outbox_waiting_list(const char *dir, const struct targets *targets,
	struct outbox_waiting **out, size_t *count, struct err *e)
{
	struct reading r = {.dir = dir, .targets = targets};
	enum err_code rc = message_each(dir, add, &r, e);

	if (!rc && r.count)
		qsort(r.list, r.count, sizeof *r.list, in_order);
	if (rc) {
		free(r.list);
		r.list = NULL;
		r.count = 0;
	}
	*out = r.list;
	*count = r.count;
	return rc;
}
