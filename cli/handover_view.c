/*
 * handover_view.c - showing a hand-over.
 */
#include "cli/handover_view.h"

#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/balance_view.h"
#include "cli/due_view.h"
#include "cli/output.h"
#include "office/handover.h"

static void print_head(struct office *o, const struct duty_shift *s)
{
	char from[TIME_TEXT_SIZE], to[TIME_TEXT_SIZE] = "-";

	time_format_local(s->started_at, o->settings.zone, from);
	if (s->ended_at != TIME_NONE)
		time_format_local(s->ended_at, o->settings.zone, to);
	output_line(stdout, _("shift %lld: %s%s%s, %s to %s"), (long long)s->number, s->name,
		*s->post ? " " : "", s->post, from, to);
	output_fact(stdout, _("for"), s->to_name);
	output_fact(stdout, _("note"), s->note);
}

enum err_code handover_view_print(
	struct office *o, const struct duty_shift *s, struct arena *a, struct err *e)
{
	struct handover h;
	struct buf line;
	enum err_code rc;

	print_head(o, s);
	if (!s->handover) {
		output_line(stdout, "%s", _("(erased by order of law)"));
		return ERR_OK;
	}
	rc = handover_read(s->handover, a, &h, e);
	if (rc)
		return rc;
	buf_init(&line, 4096);
	balance_view_add(&line, h.carried, h.fresh, h.out, h.open);
	output_fact(stdout, _("queue"), buf_str(&line));
	buf_fini(&line);
	if (h.count)
		rc = due_view_print(o, h.lines, h.count, s->ended_at, e);
	else
		puts(_("nothing falls due within a day, nothing waits"));
	if (h.more)
		printf(n_("and %lld more: huiying due --within 24h\n",
			       "and %lld more: huiying due --within 24h\n", h.more),
			(long long)h.more);
	return rc;
}

static void put_line(struct json_writer *w, const struct due_entry *d)
{
	json_begin_object(w);
	json_put_str(w, "id", d->subject);
	json_put_str(w, "what", d->what);
	json_put_time(w, "due", d->due_at);
	json_put_str(w, "unit", *d->unit ? d->unit : NULL);
	json_put_str(w, "about", *d->about ? d->about : NULL);
	if (d->due_at != TIME_NONE)
		json_put_bool(w, "tentative", d->tentative != 0);
	json_end_object(w);
}

enum err_code handover_view_put(
	struct json_writer *w, const struct duty_shift *s, struct arena *a, struct err *e)
{
	struct handover h;
	enum err_code rc;

	if (!s->handover)
		return ERR_OK;
	rc = handover_read(s->handover, a, &h, e);
	if (rc)
		return rc;
	json_key(w, "handover");
	json_begin_object(w);
	balance_view_put(w, h.carried, h.fresh, h.out, h.open);
	json_key(w, "due");
	json_begin_array(w);
	for (size_t i = 0; i < h.count; i++)
		put_line(w, &h.lines[i]);
	json_end_array(w);
	json_put_int(w, "more", h.more);
	json_end_object(w);
	return ERR_OK;
}
