/*
 * tally_csv.c - the figures of a period as CSV, one figure a record with its definition; or
 * the list of promises that were not kept.
 */
#include <stdio.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "cli/csv_out.h"
#include "cli/tally_print.h"
#include "cli/words.h"

#define CSV_MAX ((size_t)64 << 20)

static void add_heads(struct csv_out *c, const char *const *heads, size_t n)
{
	for (size_t i = 0; i < n; i++)
		csv_out_text(c, _(heads[i]));
	csv_out_end(c);
}

static void add_figure(
	struct csv_out *c, const struct tally_print *p, const struct tally_row *r, size_t k)
{
	const struct tally_column *column = &r->table->columns[k];
	bool rate = column->form == TALLY_RATE;
	char cell[TALLY_CELL_SIZE];

	tally_cell(r, k, cell);
	csv_out_text(c, r->table->code);
	csv_out_text(c, _(r->table->title));
	csv_out_text(c, tally_label(p, r));
	csv_out_text(c, _(column->title));
	csv_out_text(c, cell);
	if (rate) {
		csv_out_int(c, r->v[column->n]);
		csv_out_int(c, r->v[column->of]);
	} else {
		csv_out_text(c, NULL);
		csv_out_text(c, NULL);
	}
	csv_out_text(c, _(column->definition));
	csv_out_end(c);
}

static void add_figures(struct csv_out *c, const struct tally_print *p)
{
	static const char *const heads[] = {N_("TABLE"), N_("TITLE"), N_("ROW"), N_("FIGURE"),
		N_("VALUE"), N_("COUNT"), N_("OF"), N_("DEFINITION")};

	add_heads(c, heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < p->tally->row_count; i++)
		for (size_t k = 0; k < p->tally->rows[i].table->count; k++)
			add_figure(c, p, &p->tally->rows[i], k);
}

static void add_broken(struct csv_out *c, const struct tally_print *p)
{
	static const char *const heads[] = {N_("ID"), N_("UNIT"), N_("PROMISED"), N_("DUE"),
		N_("DAYS LATE"), N_("EXTENSIONS"), N_("IN TIME"), N_("LINK")};
	char due[11];

	add_heads(c, heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < p->tally->late_count; i++) {
		const struct tally_late *l = &p->tally->late[i];
		if (!l->promise)
			continue;
		calendar_date_of(l->due_at, p->office->settings.zone, due);
		csv_out_text(c, l->id);
		csv_out_text(c, l->unit);
		csv_out_text(c, words_or_erased(l->words));
		csv_out_text(c, due);
		csv_out_int(c, l->days);
		csv_out_int(c, l->extensions);
		csv_out_int(c, l->counting);
		csv_out_text(c, l->link);
		csv_out_end(c);
	}
}

enum err_code tally_print_csv(const struct tally_print *p, struct err *e)
{
	struct buf b;
	struct csv_out c = {&b, 0};
	enum err_code rc;

	buf_init(&b, CSV_MAX);
	buf_add_str(&b, CSV_OUT_BOM);
	if (p->broken)
		add_broken(&c, p);
	else
		add_figures(&c, p);
	rc = buf_check(&b, "CSV", e);
	if (!rc && fwrite(b.data, 1, b.len, stdout) != b.len)
		rc = err_set(e, ERR_IO, _("cannot write to standard output"));
	buf_fini(&b);
	return rc;
}
