/*
 * tally_text.c - the figures of a period as a page.
 */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/output.h"
#include "cli/tally_print.h"
#include "cli/words.h"
#include "office/due.h"

void tally_cell(const struct tally_row *r, size_t column, char out[TALLY_CELL_SIZE])
{
	const struct tally_column *c = &r->table->columns[column];
	int64_t v = c->form == TALLY_RATE ? tally_rate(r, c) : r->v[column];

	if (c->form == TALLY_COUNT)
		snprintf(out, TALLY_CELL_SIZE, "%lld", (long long)v);
	else if (v < 0)
		snprintf(out, TALLY_CELL_SIZE, "—");
	else
		snprintf(out, TALLY_CELL_SIZE, "%lld.%lld%s", (long long)(v / 10),
			(long long)(v % 10), c->form == TALLY_RATE ? "%" : "");
}

const char *tally_label(const struct tally_print *p, const struct tally_row *r)
{
	static const char *const labels[] = {"this", "previous", "year-before"};

	for (size_t i = 0; !r->table->about && i < 3; i++)
		if (strcmp(r->label, labels[i]) == 0)
			return p->names[i];
	if (*r->label)
		return r->label;
	return strcmp(r->table->code, "T3") == 0 ? _("(no lead then)") : _("(not said)");
}

static void print_head(const struct tally_print *p)
{
	const struct term *d = &p->tally->period;
	char first[11], last[11], asof[TIME_TEXT_SIZE];

	calendar_date_of(d->from, p->office->settings.zone, first);
	calendar_date_of(d->to - 1, p->office->settings.zone, last);
	time_format_local(p->tally->asof, p->office->settings.zone, asof);
	output_line(stdout,
		p->broken ? _("Promises not kept, %s (%s to %s), as of %s")
			  : _("Figures of %s (%s to %s), as of %s"),
		d->name, first, last, asof);
}

/* --- tables of periods: a figure a line, with its definition --- */

static size_t rows_of(const struct tally *t, const struct tally_table *table, size_t *first)
{
	size_t n = 0;

	for (size_t i = 0; i < t->row_count; i++) {
		if (t->rows[i].table != table)
			continue;
		if (!n++)
			*first = i;
	}
	return n;
}

static enum err_code print_periods(
	const struct tally_print *p, const struct tally_row *rows, size_t n, struct err *e)
{
	const struct tally_table *of = rows->table;
	struct table_column columns[5] = {{N_("FIGURE"), TABLE_LEFT, 0}};
	struct table *t;
	enum err_code rc;

	for (size_t i = 0; i < n && i < 3; i++)
		columns[1 + i] = (struct table_column){
			tally_label(p, &rows[i]), TABLE_RIGHT, i ? (int)(4 - i) : 0};
	columns[1 + n] = (struct table_column){N_("DEFINITION"), TABLE_CUT, 0};
	t = table_new(columns, n + 2);
	if (!t)
		return err_nomem(e);
	for (size_t k = 0; k < of->count; k++) {
		table_cell(t, _(of->columns[k].title));
		for (size_t i = 0; i < n; i++) {
			char cell[TALLY_CELL_SIZE];
			tally_cell(&rows[i], k, cell);
			table_cell(t, cell);
		}
		table_cell(t, _(of->columns[k].definition));
		table_end_row(t);
	}
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

/* --- tables by topic, unit …: a row a line, the definitions below --- */

static enum err_code print_rows(
	const struct tally_print *p, const struct tally_row *rows, size_t n, struct err *e)
{
	const struct tally_table *of = rows->table;
	struct table_column columns[TALLY_WIDTH + 1] = {{of->about, TABLE_LEFT, 0}};
	struct table *t;
	enum err_code rc;

	for (size_t k = 0; k < of->count; k++)
		columns[1 + k] = (struct table_column){of->columns[k].title, TABLE_RIGHT, 0};
	t = table_new(columns, of->count + 1);
	if (!t)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		table_cell(t, tally_label(p, &rows[i]));
		for (size_t k = 0; k < of->count; k++) {
			char cell[TALLY_CELL_SIZE];
			tally_cell(&rows[i], k, cell);
			table_cell(t, cell);
		}
		table_end_row(t);
	}
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static void print_definitions(const struct tally_table *of)
{
	for (size_t k = 0; k < of->count; k++)
		output_line(stdout, _("  %s: %s"), _(of->columns[k].title),
			_(of->columns[k].definition));
}

/* Tables of the same figures one after the other are explained once, after the last. */
static enum err_code print_table(const struct tally_print *p, size_t number, struct err *e)
{
	const struct tally_table *of = tally_table_at(number), *next = tally_table_at(number + 1);
	size_t first = 0, n = rows_of(p->tally, of, &first);
	const struct tally_row *rows = p->tally->rows + first;
	enum err_code rc = ERR_OK;

	putchar('\n');
	output_line(stdout, "%s %s", of->code, _(of->title));
	if (!of->about)
		return n ? print_periods(p, rows, n, e) : ERR_OK;
	if (n)
		rc = print_rows(p, rows, n, e);
	else
		output_line(stdout, "%s", _("nothing in this period"));
	if (!rc && (!next || next->columns != of->columns))
		print_definitions(of);
	return rc;
}

/* --- T9 and the page of broken promises --- */

static const char *late_as(const struct tally_late *l)
{
	if (!l->role)
		return _("promise");
	return strcmp(l->role, "lead") == 0 ? _("lead")
	       : strcmp(l->role, "co") == 0 ? _("with")
					    : "";
}

static enum err_code print_late(const struct tally_print *p, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("ID"), TABLE_LEFT, 0},
		{N_("UNIT"), TABLE_LEFT, 0},
		{N_("AS"), TABLE_LEFT, 3},
		{N_("DUE"), TABLE_LEFT, 1},
		{N_("DAYS LATE"), TABLE_RIGHT, 0},
		{N_("SINCE"), TABLE_LEFT, 2},
		{N_("ABOUT"), TABLE_CUT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < p->tally->late_count; i++) {
		const struct tally_late *l = &p->tally->late[i];
		char due[TIME_TEXT_SIZE];
		table_cell(t, l->id);
		table_cell(t, *l->unit ? l->unit : _("(no lead then)"));
		table_cell(t, late_as(l));
		time_format_local(l->due_at, p->office->settings.zone, due);
		table_cellf(t, "%s%s", due, due_mark(l->tentative));
		table_cellf(t, "%lld", (long long)l->days);
		table_cell(t, l->settled ? _("answered") : _("still open"));
		table_cell(t, words_or_erased(l->words));
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static void print_late_definitions(void)
{
	output_line(stdout, "  %s",
		_("a line each: a case of T1 to its lead, or to the office while it had none, when "
		  "nobody answered in time, and to each co-unit (with) without an answer of its "
		  "own in time; a promise that T7 counts as broken"));
	output_line(stdout, "  %s",
		_("days late: from the limit to the answer, or to now; a day begun counts"));
}

static enum err_code print_broken(const struct tally_print *p, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("UNIT"), TABLE_LEFT, 0},
		{N_("PROMISED"), TABLE_CUT, 0},
		{N_("DUE"), TABLE_LEFT, 0},
		{N_("DAYS LATE"), TABLE_RIGHT, 0},
		{N_("EXTENSIONS"), TABLE_LEFT, 2},
		{N_("LINK"), TABLE_LEFT, 1},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	const struct tally_row *figures = tally_find(p->tally, "T7", "this");
	enum err_code rc = t && figures ? print_periods(p, figures, 1, e) : err_nomem(e);

	putchar('\n');
	for (size_t i = 0; !rc && i < p->tally->late_count; i++) {
		const struct tally_late *l = &p->tally->late[i];
		char due[11];
		if (!l->promise)
			continue;
		calendar_date_of(l->due_at, p->office->settings.zone, due);
		table_cell(t, l->unit);
		table_cell(t, words_or_erased(l->words));
		table_cellf(t, "%s%s", due, due_mark(l->tentative));
		table_cellf(t, "%lld", (long long)l->days);
		table_cellf(t, _("%lld (%lld in time)"), (long long)l->extensions,
			(long long)l->counting);
		table_cell(t, l->link ? l->link : "-");
		table_end_row(t);
	}
	if (!rc && table_rows(t))
		rc = table_print(t, stdout, output_width(stdout), e);
	else if (!rc)
		output_line(stdout, "%s", _("no promise that fell due was broken"));
	table_free(t);
	return rc;
}

enum err_code tally_print_text(const struct tally_print *p, struct err *e)
{
	enum err_code rc = ERR_OK;

	print_head(p);
	if (p->broken)
		return print_broken(p, e);
	for (size_t i = 0; !rc && tally_table_at(i); i++)
		rc = print_table(p, i, e);
	if (rc)
		return rc;
	putchar('\n');
	output_line(stdout, "%s", _("T9 late: cases and promises of the period"));
	if (p->tally->late_count)
		rc = print_late(p, e);
	else
		output_line(stdout, "%s", _("nothing in this period"));
	if (!rc)
		print_late_definitions();
	return rc;
}
