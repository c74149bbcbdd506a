/*
 * show_supervision.c - `huiying show` of an order, a round, an objection, and what
 * supervision adds to a case.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/json_out.h"
#include "cli/order_view.h"
#include "cli/output.h"
#include "cli/round_view.h"
#include "cli/show_case_json.h"
#include "cli/show_clock.h"
#include "cli/supervision_json.h"
#include "cli/words.h"

static enum err_code print_clocks(const struct show *s, const char *id, struct err *e)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_of(s->office->db, id, s->arena, &list, &count, e);

	for (size_t i = 0; !rc && i < count; i++)
		rc = show_clock(s, &list[i], e);
	return rc;
}

/* --- an order --- */

/* The words of the file, each as it is called. */
static void print_told(const struct show *s, const char *told)
{
	struct str rest = str_of(told);
	const char *all = "";

	while (all && rest.n) {
		size_t end = str_find(rest, "、", 0);
		const char *word = arena_strndup(s->arena, rest.p, end);
		if (word)
			all = arena_printf(
				s->arena, "%s%s%s", all, *all ? "、" : "", words_of("told", word));
		rest = end < rest.n ? str_sub(rest, end + strlen("、"), rest.n)
				    : str_sub(rest, rest.n, rest.n);
	}
	output_fact(stdout, _("told"), all);
}

static void print_order(const struct show *s, const struct supervision_order *x)
{
	const struct time_zone *z = s->office->settings.zone;
	char about[ORDER_SUBJECT_SIZE];

	output_line(stdout, "%s  %s  %s", x->id, x->level, words_of("order", x->state));
	order_format_subject(x->subject, x->lines, about);
	output_fact(stdout, _("about"), about);
	output_fact(stdout, _("case"), *x->case_id ? x->case_id : NULL);
	output_fact(stdout, _("limit"), *x->clock ? words_of("clock", x->clock) : NULL);
	output_fact_time(stdout, _("was due"), x->matter_due, z);
	output_fact(stdout, "", x->matter_tentative ? _("tentative (暂定)") : NULL);
	output_fact(stdout, _("unit"), order_unit(x->unit));
	print_told(s, x->told);
	output_fact(stdout, _("reason"), x->reason);
	output_fact(stdout, _("basis"), x->basis);
	output_fact_time(stdout, _("issued"), x->issued_at, z);
	output_fact(stdout, _("issued by"), *x->issued_name ? x->issued_name : NULL);
	output_fact_time(stdout, _("feedback at"), x->answered_at, z);
	output_fact(stdout, _("feedback"), x->answer);
	output_fact_time(stdout, _("ended"), x->ended_at, z);
	output_fact(stdout, _("ended by"), *x->ended_name ? x->ended_name : NULL);
	output_fact(stdout, _("result"), *x->result ? words_of("order", x->result) : NULL);
	output_fact(stdout, _("note"), x->note);
}

static enum err_code print_lines(
	const struct show *s, const struct supervision_order *x, struct err *e)
{
	struct supervision_matter *list = NULL;
	char due[TIME_TEXT_SIZE];
	size_t count = 0;
	enum err_code rc = supervision_lines(s->office->db, x->id, s->arena, &list, &count, e);

	for (size_t i = 0; !rc && i < count; i++) {
		time_format_local(list[i].due, s->office->settings.zone, due);
		output_line(stdout, _("  %zu. %s %s, due %s"), i + 1, list[i].subject, list[i].ref,
			due);
	}
	return rc;
}

enum err_code show_one_order(const struct show *s, const char *id, struct err *e)
{
	struct supervision_order x;
	struct json_out out;
	enum err_code rc = supervision_get(s->office->db, id, s->arena, &x, e);

	if (rc)
		return rc;
	if (s->call->json) {
		struct json_writer *w = json_out_begin(&out);
		order_put(w, &x, office_now(s->office));
		rc = order_put_lines(w, s->office, s->arena, &x, e);
		return json_out_end(&out, rc, e);
	}
	print_order(s, &x);
	rc = x.lines > 1 ? print_lines(s, &x, e) : ERR_OK;
	return rc ? rc : print_clocks(s, id, e);
}

/* --- an objection --- */

enum err_code show_one_objection(const struct show *s, const char *id, struct err *e)
{
	struct objection_record x;
	struct json_out out;
	enum err_code rc = objections_get(s->office->db, id, s->arena, &x, e);

	if (rc)
		return rc;
	if (s->call->json) {
		supervision_put_objection(json_out_begin(&out), &x);
		return json_out_end(&out, ERR_OK, e);
	}
	output_line(stdout, "%s  %s  %s", x.id, x.case_id, words_of("objection", x.state));
	output_fact(stdout, _("from"), *x.unit ? x.unit : words_of("objection", x.source));
	output_fact(stdout, _("text"), words_or_erased(x.body));
	output_fact_time(stdout, _("raised"), x.raised_at, s->office->settings.zone);
	output_fact(stdout, _("entered by"), x.raised_name);
	output_fact_time(stdout, _("decided"), x.decided_at, s->office->settings.zone);
	output_fact(stdout, _("decided by"), *x.decided_name ? x.decided_name : NULL);
	output_fact(stdout, _("reason"), x.reason);
	return print_clocks(s, id, e);
}

enum err_code show_one_round(const struct show *s, const char *id, struct err *e)
{
	return round_view(s->office, s->arena, id, false, s->call->json, e);
}

/* --- what a case has of all this --- */

struct parts {
	struct supervision_order *orders;
	struct objection_record *objections;
	struct lookback *lookbacks;
	struct case_link *links;
	size_t order_count, objection_count, lookback_count, link_count;
};

static enum err_code read_parts(
	const struct show *s, const char *id, struct parts *p, struct err *e)
{
	struct db *db = s->office->db;
	enum err_code rc = supervision_of_case(db, id, s->arena, &p->orders, &p->order_count, e);

	if (!rc)
		rc = objections_of(db, id, s->arena, &p->objections, &p->objection_count, e);
	if (!rc)
		rc = lookbacks_of(db, id, s->arena, &p->lookbacks, &p->lookback_count, e);
	return rc ? rc : lookbacks_links(db, id, s->arena, &p->links, &p->link_count, e);
}

#define PUT_LIST(key, list, count, put)                                                            \
	do {                                                                                       \
		json_key(w, key);                                                                  \
		json_begin_array(w);                                                               \
		for (size_t i = 0; i < (count); i++) {                                             \
			json_begin_object(w);                                                      \
			put;                                                                       \
			json_end_object(w);                                                        \
		}                                                                                  \
		json_end_array(w);                                                                 \
	} while (0)

static void put_parts(const struct show *s, const struct parts *p, struct json_writer *w)
{
	PUT_LIST("orders", p->orders, p->order_count,
		order_put(w, &p->orders[i], office_now(s->office)));
	PUT_LIST("objections", p->objections, p->objection_count,
		supervision_put_objection(w, &p->objections[i]));
	PUT_LIST("lookbacks", p->lookbacks, p->lookback_count,
		supervision_put_lookback(w, &p->lookbacks[i]));
	PUT_LIST("links", p->links, p->link_count, supervision_put_link(w, &p->links[i]));
}

static void print_lookback(const struct show *s, const struct lookback *x)
{
	char at[TIME_TEXT_SIZE];

	if (strcmp(x->state, "done") == 0) {
		time_format_local(x->done_at, s->office->settings.zone, at);
		output_line(stdout, _("look-back %lld: %s on %s by %s  %s"), (long long)x->n,
			x->result, at, x->done_name, x->note ? x->note : "");
		return;
	}
	time_format_local(x->due_at, s->office->settings.zone, at);
	output_line(stdout,
		strcmp(x->state, "void") == 0 ? _("look-back %lld due %s: not needed any more")
					      : _("look-back %lld due %s"),
		(long long)x->n, at);
}

static void print_link(const struct case_record *c, const struct case_link *x)
{
	bool later = strcmp(x->case_id, c->id) == 0;

	output_line(stdout, later ? _("follows %s (%s)") : _("followed by %s (%s)"),
		later ? x->to : x->case_id, words_of("link", x->why));
}

static void print_parts(const struct show *s, const struct case_record *c, const struct parts *p)
{
	for (size_t i = 0; i < p->link_count; i++)
		print_link(c, &p->links[i]);
	for (size_t i = 0; i < p->order_count; i++)
		order_print_line(s->office, &p->orders[i]);
	for (size_t i = 0; i < p->objection_count; i++)
		output_line(stdout, "%s  %s  %s  %s", p->objections[i].id,
			words_of("objection", p->objections[i].state),
			*p->objections[i].unit ? p->objections[i].unit
					       : words_of("objection", p->objections[i].source),
			words_or_erased(p->objections[i].body));
	for (size_t i = 0; i < p->lookback_count; i++)
		print_lookback(s, &p->lookbacks[i]);
}

enum err_code show_supervision(
	const struct show *s, const struct case_record *c, struct json_writer *w, struct err *e)
{
	struct parts p = {NULL, NULL, NULL, NULL, 0, 0, 0, 0};
	enum err_code rc = read_parts(s, c->id, &p, e);

	if (!rc && w)
		put_parts(s, &p, w);
	else if (!rc)
		print_parts(s, c, &p);
	return rc;
}
