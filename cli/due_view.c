/*
 * due_view.c - showing what falls due.
 */
#include "cli/due_view.h"

#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/output.h"
#include "cli/when.h"

static void add_row(const struct office *o, struct table *t, const struct due_entry *d, int64_t at)
{
	char left[WHEN_SIZE] = "";

	if (d->due_at != TIME_NONE)
		when_format_limit(d->due_at, d->tentative, at, left);
	table_cell_time(t, d->due_at, o->settings.zone);
	table_cell(t, left);
	table_cell(t, due_word(d->what));
	table_cell(t, d->subject);
	table_cell(t, d->unit);
	table_cell(t, d->about ? d->about : "");
	table_end_row(t);
}

enum err_code due_view_print(const struct office *o, const struct due_entry *list, size_t count,
	int64_t at, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("DUE"), TABLE_LEFT, 1},
		{N_("LEFT"), TABLE_LEFT, 0},
		{N_("WHAT"), TABLE_CUT, 0},
		{N_("ID"), TABLE_LEFT, 0},
		{N_("WHO"), TABLE_CUT, 0},
		{N_("ABOUT"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++)
		add_row(o, t, &list[i], at);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}
