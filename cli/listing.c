/*
 * listing.c - opens the ledger, reads, prints.
 */
#include "cli/listing.h"

#include <stdio.h>

#include "base/i18n.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/session.h"

static const void *record_at(
	const struct listing *l, const struct listing_records *records, size_t i)
{
	return (const char *)records->items + i * l->size;
}

static enum err_code print_table(const struct listing *l, struct office *o,
	const struct listing_records *records, struct err *e)
{
	struct table *t = table_new(l->columns, l->column_count);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < records->count; i++) {
		l->add(t, o, record_at(l, records, i));
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code put(const struct listing *l, struct json_writer *w, struct office *o,
	struct arena *a, const void *record, struct err *e)
{
	if (l->put_more)
		return l->put_more(w, o, a, record, e);
	l->put(w, record);
	return ERR_OK;
}

static enum err_code print_json(const struct listing *l, struct office *o, struct arena *a,
	const struct listing_records *records, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < records->count; i++) {
		struct json_out out;
		rc = put(l, json_out_begin(&out), o, a, record_at(l, records, i), e);
		rc = json_out_end(&out, rc, e);
	}
	return rc;
}

enum err_code listing_run(const struct call *call, const struct listing *l, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct listing_records records = {NULL, 0};
	struct office *o = NULL;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = l->read(call, o, a, &records, e);
	if (!rc && call->json)
		rc = print_json(l, o, a, &records, e);
	else if (!rc && records.count)
		rc = print_table(l, o, &records, e);
	else if (!rc)
		done_note(call, "%s", _(l->none));
	office_close(o);
	arena_free(a);
	return rc;
}
