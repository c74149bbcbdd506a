/*
 * round_view.c - prints one round.
 */
#include "cli/round_view.h"

#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/supervision_json.h"
#include "cli/words.h"
#include "ledger/rounds.h"
#include "office/due.h"

/* The blank ones move to the front; how many there are. */
static size_t keep_blank(struct round_line *list, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (!*list[i].result)
			list[n++] = list[i];
	return n;
}

static enum err_code print_lines(const struct round_line *list, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("NO."), TABLE_RIGHT, 0},
		{N_("ABOUT"), TABLE_LEFT, 0},
		{N_("UNIT"), TABLE_CUT, 0},
		{N_("DUE"), TABLE_LEFT, 0},
		{N_("RESULT"), TABLE_LEFT, 0},
		{N_("NOTE"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++) {
		table_cellf(t, "%lld", (long long)list[i].n);
		table_cell(t, list[i].subject);
		table_cell(t, list[i].unit);
		table_cellf(t, "%s%s", *list[i].due_date ? list[i].due_date : "-",
			due_mark(list[i].tentative));
		table_cell(t, *list[i].result ? list[i].result : "-");
		table_cell(t, list[i].note ? list[i].note : "");
		table_end_row(t);
	}
	if (!rc && count)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_words(struct office *o, const struct round_record *r,
	const struct round_line *list, size_t count, struct err *e)
{
	enum err_code rc;

	output_line(stdout, "%s  %s", r->id, words_or_erased(r->name));
	output_fact(stdout, _("opened by"), r->opened_name);
	output_fact_time(stdout, _("opened on"), r->opened_at, o->settings.zone);
	output_fact_time(stdout, _("closed on"), r->closed_at, o->settings.zone);
	rc = print_lines(list, count, e);
	if (!rc && r->bulletin) {
		puts("");
		output_safe(stdout, r->bulletin);
	}
	return rc;
}

enum err_code round_view(
	struct office *o, struct arena *a, const char *id, bool blank, bool json, struct err *e)
{
	struct round_line *list = NULL;
	struct round_record r;
	struct json_writer *w;
	struct json_out out;
	size_t count = 0;
	enum err_code rc = rounds_get(o->db, id, a, &r, e);

	if (!rc)
		rc = rounds_lines(o->db, id, a, &list, &count, e);
	if (rc)
		return rc;
	if (blank)
		count = keep_blank(list, count);
	if (!json)
		return print_words(o, &r, list, count, e);
	w = json_out_begin(&out);
	supervision_put_round(w, &r);
	supervision_put_lines(w, list, count);
	json_put_str(w, "bulletin", r.bulletin);
	return json_out_end(&out, ERR_OK, e);
}
