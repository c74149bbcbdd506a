/*
 * listing.c - listing records.
 */
#include "cli/listing.h"

#include "base/i18n.h"
#include "cli/done.h"
#include "cli/session.h"

enum err_code listing_run(struct call *call, const struct listing *l, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	void *list = NULL;
	size_t count = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = l->read(o, a, &list, &count, e);
	for (size_t i = 0; !rc && call->json && i < count; i++)
		rc = l->put((const char *)list + i * l->size, e);
	if (!rc && !call->json && count)
		rc = l->print(list, count, o, e);
	else if (!rc && !call->json)
		done_note(call, "%s", _(l->empty));
	office_close(o);
	arena_free(a);
	return rc;
}
