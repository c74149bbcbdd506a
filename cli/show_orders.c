/*
 * show_orders.c - how orders look.
 */
#include "cli/show_orders.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/when.h"
#include "cli/words.h"
#include "ledger/evidence.h"

#define TITLE_CHARACTERS 40

/* Title, or the content's first words. */
static void add_title(struct buf *out, const struct order_record *r)
{
	const char *s = r->title ? r->title : r->content ? r->content : "";
	size_t n = strlen(s);

	buf_add(out, s, r->title ? n : utf8_offset(s, n, TITLE_CHARACTERS));
}

static void format_due(const struct office *o, const struct order_record *r, char out[WHEN_SIZE])
{
	out[0] = '\0';
	if (r->due == TIME_NONE || r->finished != TIME_NONE)
		return;
	if (r->stands)
		snprintf(out, WHEN_SIZE, "%s", _("stands still"));
	else
		when_format_limit(orders_due(r), orders_tentative(r), office_now(o), out);
}

static void add_row(const struct office *o, struct table *t, const struct order_record *r)
{
	char due[WHEN_SIZE];
	struct buf title;

	format_due(o, r, due);
	buf_init(&title, 1 << 20);
	add_title(&title, r);
	table_cell(t, r->number);
	table_cell(t, r->limit ? r->limit : "");
	table_cell(t, r->finished != TIME_NONE ? _("finished") : due);
	table_cell(t, r->unit ? r->unit : "");
	if (r->story)
		table_cellf(t, "S%lld", (long long)r->story);
	else
		table_cell(t, "");
	table_cell(t, r->place ? r->place : "");
	table_cell(t, buf_str(&title));
	table_end_row(t);
	buf_fini(&title);
}

enum err_code show_orders_table(
	const struct office *o, const struct order_record *orders, size_t n, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("ORDER"), TABLE_LEFT, 0},
		{N_("LIMIT"), TABLE_LEFT, 1},
		{N_("DUE"), TABLE_LEFT, 0},
		{N_("UNIT"), TABLE_CUT, 0},
		{N_("STORY"), TABLE_LEFT, 0},
		{N_("PLACE"), TABLE_CUT, 2},
		{N_("TITLE"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; t && i < n; i++)
		add_row(o, t, &orders[i]);
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

/* "|a|b|" as ["a","b"]. */
static void put_topics(struct json_writer *w, const char *codes)
{
	struct str rest = str_of(codes);

	json_key(w, "topics");
	json_begin_array(w);
	while (rest.p && rest.n) {
		struct str code = str_split(&rest, '|');
		if (code.n)
			json_add_strn(w, code.p, code.n);
	}
	json_end_array(w);
}

void show_orders_put(struct json_writer *w, const struct order_record *r)
{
	json_put_str(w, "kind", "order");
	json_put_str(w, "source", r->source);
	json_put_str(w, "number", r->number);
	json_put_int(w, "revision", r->revision);
	json_put_str(w, "type", r->type);
	json_put_str(w, "title", r->title);
	json_put_str(w, "content", r->content);
	json_put_str(w, "place", r->place);
	json_put_str(w, "unit", r->unit);
	json_put_str(w, "channel", r->channel);
	json_put_str(w, "state", r->state);
	json_put_str(w, "result", r->result);
	json_put_str(w, "satisfaction", r->satisfaction);
	json_put_str(w, "link", r->link);
	json_put_time(w, "published", r->published);
	json_put_time(w, "accepted", r->accepted);
	json_put_time(w, "finished", r->finished);
	json_put_str(w, "limit", r->limit);
	json_put_time(w, "due", r->due == TIME_NONE ? TIME_NONE : orders_due(r));
	json_put_bool(w, "tentative", orders_tentative(r) != 0);
	json_put_bool(w, "stands_still", r->stands);
	json_put_int(w, "grade", r->grade);
	put_topics(w, r->codes);
	if (r->story)
		json_put_int(w, "story", r->story);
	json_put_time(w, "imported", r->imported);
	json_put_str(w, "file", r->file);
	json_put_int(w, "row", r->row);
}

static void print_whole(const struct office *o, const struct order_record *r)
{
	char due[WHEN_SIZE];

	format_due(o, r, due);
	output_printf(stdout, "%s  %s", r->number, r->source);
	if (r->story)
		output_printf(stdout, "  S%lld", (long long)r->story);
	output_printf(stdout, _("  revision %lld\n"), (long long)r->revision);
	output_fact(stdout, _("title"), r->title);
	output_fact(stdout, _("type"), r->type);
	output_fact(stdout, _("place"), r->place);
	output_fact(stdout, _("unit"), r->unit);
	output_fact(stdout, _("channel"), r->channel);
	output_fact(stdout, _("state"), r->state);
	output_fact(stdout, _("link"), r->link);
	output_fact_time(stdout, _("published"), r->published, o->settings.zone);
	output_fact_time(stdout, _("acceptance"), r->accepted, o->settings.zone);
	output_fact(stdout, _("limit"), r->limit);
	output_fact_time(
		stdout, _("due"), r->due == TIME_NONE ? r->due : orders_due(r), o->settings.zone);
	output_fact(stdout, "", due);
	output_fact_time(stdout, _("finished"), r->finished, o->settings.zone);
	output_fact(stdout, _("rating"), r->satisfaction);
	output_printf(stdout, _("row %lld of %s\n"), (long long)r->row, r->file);
	if (r->content)
		output_printf(stdout, "\n%s\n", r->content);
	if (r->result)
		output_printf(stdout, "\n%s\n%s\n", _("answer:"), r->result);
}

enum err_code show_orders_one(const struct call *call, const struct office *o,
	const struct order_record *r, struct err *e)
{
	struct json_out out;

	if (!call->json) {
		print_whole(o, r);
		return ERR_OK;
	}
	show_orders_put(json_out_begin(&out), r);
	return json_out_end(&out, ERR_OK, e);
}

/* --- a queue row's --- */

struct of_story {
	struct order_record *orders;
	size_t order_count;
	struct evidence_record *evidence;
	size_t evidence_count;
};

static enum err_code read_story(
	struct office *o, int64_t story, struct arena *a, struct of_story *out, struct err *e)
{
	char *subject = arena_printf(a, "S%lld", (long long)story);
	enum err_code rc = subject ? ERR_OK : err_nomem(e);

	if (!rc)
		rc = orders_of_story(o->db, story, a, &out->orders, &out->order_count, e);
	if (!rc)
		rc = evidence_of(o->db, subject, a, &out->evidence, &out->evidence_count, e);
	return rc;
}

enum err_code show_orders_of_story(struct office *o, int64_t story, struct arena *a, struct err *e)
{
	struct of_story s = {NULL, 0, NULL, 0};
	enum err_code rc = read_story(o, story, a, &s, e);

	if (!rc && s.evidence_count)
		output_printf(stdout, "\n%s\n", _("evidence:"));
	for (size_t i = 0; !rc && i < s.evidence_count; i++)
		output_printf(stdout, "  %s  %s  %s  %s\n", s.evidence[i].id,
			words_of("evidence", s.evidence[i].state),
			s.evidence[i].file ? s.evidence[i].file : "", s.evidence[i].sha256);
	if (rc || !s.order_count)
		return rc;
	output_printf(stdout, "\n%s\n", _("orders:"));
	return show_orders_table(o, s.orders, s.order_count, e);
}

enum err_code show_orders_put_story(
	struct json_writer *w, struct office *o, int64_t story, struct arena *a, struct err *e)
{
	struct of_story s = {NULL, 0, NULL, 0};
	enum err_code rc = read_story(o, story, a, &s, e);

	if (rc)
		return rc;
	json_key(w, "orders");
	json_begin_array(w);
	for (size_t i = 0; i < s.order_count; i++) {
		json_begin_object(w);
		show_orders_put(w, &s.orders[i]);
		json_end_object(w);
	}
	json_end_array(w);
	json_key(w, "evidence");
	json_begin_array(w);
	for (size_t i = 0; i < s.evidence_count; i++)
		json_add_str(w, s.evidence[i].id);
	json_end_array(w);
	return ERR_OK;
}
