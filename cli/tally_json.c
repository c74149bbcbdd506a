/*
 * tally_json.c - the figures of a period as one JSON object.
 */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/json_out.h"
#include "cli/tally_print.h"

static void put_figure(struct json_writer *w, const struct tally_row *r, size_t k)
{
	const struct tally_column *c = &r->table->columns[k];
	int64_t v = c->form == TALLY_RATE ? tally_rate(r, c) : r->v[k];

	json_key(w, c->code);
	if (c->form == TALLY_COUNT)
		json_add_int(w, v);
	else if (v < 0)
		json_add_null(w);
	else
		json_add_real(w, (double)v / 10);
}

static void put_row(struct json_writer *w, const struct tally_print *p, const struct tally_row *r)
{
	json_begin_object(w);
	json_put_str(w, "row", r->label);
	if (!r->table->about)
		json_put_str(w, "period", tally_label(p, r));
	for (size_t k = 0; k < r->table->count; k++)
		put_figure(w, r, k);
	json_end_object(w);
}

static void put_table(
	struct json_writer *w, const struct tally_print *p, const struct tally_table *of)
{
	json_key(w, of->code);
	json_begin_array(w);
	for (size_t i = 0; i < p->tally->row_count; i++)
		if (p->tally->rows[i].table == of)
			put_row(w, p, &p->tally->rows[i]);
	json_end_array(w);
}

static void put_late(struct json_writer *w, const struct tally_print *p, const struct tally_late *l)
{
	char due[11];

	calendar_date_of(l->due_at, p->office->settings.zone, due);
	json_begin_object(w);
	json_put_str(w, "id", l->id);
	json_put_str(w, "unit", l->unit);
	json_put_str(w, "role", l->role);
	json_put_str(w, "words", l->words);
	json_put_time(w, "due", l->due_at);
	json_put_str(w, "due_date", due);
	json_put_int(w, "days_late", l->days);
	json_put_bool(w, "open", !l->settled);
	json_put_bool(w, "tentative", l->tentative != 0);
	if (l->promise) {
		json_put_int(w, "extensions", l->extensions);
		json_put_int(w, "extensions_in_time", l->counting);
		json_put_str(w, "link", l->link);
	}
	json_end_object(w);
}

static void put_definitions(struct json_writer *w)
{
	const struct tally_table *of;
	char key[64];

	json_key(w, "definitions");
	json_begin_object(w);
	for (size_t i = 0; (of = tally_table_at(i)) != NULL; i++)
		for (size_t k = 0; k < of->count; k++) {
			snprintf(key, sizeof key, "%s.%s", of->code, of->columns[k].code);
			json_put_str(w, key, _(of->columns[k].definition));
		}
	json_end_object(w);
}

enum err_code tally_print_json(const struct tally_print *p, struct err *e)
{
	const struct term *d = &p->tally->period;
	const struct tally_table *of;
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	char first[11], last[11];

	calendar_date_of(d->from, p->office->settings.zone, first);
	calendar_date_of(d->to - 1, p->office->settings.zone, last);
	json_put_str(w, "period", d->name);
	json_put_str(w, "first", first);
	json_put_str(w, "last", last);
	json_put_time(w, "asof", p->tally->asof);
	json_key(w, "tables");
	json_begin_object(w);
	for (size_t i = 0; (of = tally_table_at(i)) != NULL; i++)
		if (!p->broken || strncmp(of->code, "T7", 2) == 0)
			put_table(w, p, of);
	json_end_object(w);
	json_key(w, "late");
	json_begin_array(w);
	for (size_t i = 0; i < p->tally->late_count; i++)
		if (!p->broken || p->tally->late[i].promise)
			put_late(w, p, &p->tally->late[i]);
	json_end_array(w);
	put_definitions(w);
	return json_out_end(&out, ERR_OK, e);
}
