/*
 * due.c - gathers what falls due and puts it in order.
 */
#include "office/due.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"

enum due_kind { DUE_KIND_LIMIT, DUE_KIND_CLOCK, DUE_KIND_WAITING, DUE_KINDS };

static const struct {
	enum err_code (*find)(struct due *d);
	enum due_kind kind;
} sources[] = {
#define DUE_LIMIT(name) {due_##name, DUE_KIND_LIMIT},
#define DUE_CLOCK(name) {due_##name, DUE_KIND_CLOCK},
#define DUE_WAITING(name) {due_##name, DUE_KIND_WAITING},
#include "office/due.def"
#undef DUE_LIMIT
#undef DUE_CLOCK
#undef DUE_WAITING
};

enum err_code due_add(struct due *d, struct due_entry entry)
{
	struct due_entry *at = list_add(&d->list);

	if (!at)
		return err_nomem(d->err);
	*at = entry;
	return ERR_OK;
}

static enum err_code gather(struct due *d, enum due_kind kind)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sizeof sources / sizeof *sources; i++)
		if (sources[i].kind == kind)
			rc = sources[i].find(d);
	return rc;
}

enum err_code due_limits(struct due *d)
{
	list_init(&d->list, d->arena, sizeof(struct due_entry));
	return gather(d, DUE_KIND_LIMIT);
}

static int by_due(const void *x, const void *y)
{
	const struct due_entry *a = x, *b = y;
	bool a_waits = a->due_at == TIME_NONE, b_waits = b->due_at == TIME_NONE;

	if (a_waits != b_waits)
		return a_waits ? 1 : -1;
	if (a->due_at != b->due_at)
		return a->due_at < b->due_at ? -1 : 1;
	return strcmp(a->subject, b->subject);
}

enum err_code office_due(struct office *o, int64_t until, struct arena *a, struct due_entry **out,
	size_t *count, struct err *e)
{
	struct due d = {.office = o, .db = o->db, .arena = a, .until = until, .err = e};
	enum err_code rc = db_begin_read(o->db, e);

	if (!rc)
		rc = due_limits(&d);
	for (int kind = DUE_KIND_CLOCK; !rc && kind < DUE_KINDS; kind++)
		rc = gather(&d, (enum due_kind)kind);
	if (!rc && d.list.count)
		qsort(d.list.items, d.list.count, sizeof **out, by_due);
	*out = rc ? NULL : d.list.items;
	*count = rc ? 0 : d.list.count;
	db_rollback(o->db);
	return rc;
}
