/*
 * supervision_json.c - writes what supervision keeps as JSON.
 */
#include "cli/supervision_json.h"

#include <string.h>

#include "base/time.h"
#include "cli/json_out.h"

void supervision_put_objection(struct json_writer *w, const struct objection_record *x)
{
	json_put_str(w, "id", x->id);
	json_put_str(w, "case", x->case_id);
	json_put_str(w, "from", x->source);
	json_put_str(w, "unit", json_out_or_null(x->unit));
	json_put_str(w, "state", x->state);
	json_put_str(w, "text", x->body);
	json_put_time(w, "raised", x->raised_at);
	json_put_str(w, "raised_by", x->raised_name);
	json_put_time(w, "decide_due", x->decide_due);
	json_put_time(w, "decided", x->decided_at);
	json_put_str(w, "decided_by", json_out_or_null(x->decided_name));
	json_put_str(w, "reason", x->reason);
	if (x->decide_due != TIME_NONE)
		json_put_bool(w, "tentative", x->decide_tentative != 0);
}

void supervision_put_lookback(struct json_writer *w, const struct lookback *x)
{
	json_put_int(w, "n", x->n);
	json_put_str(w, "rule", x->rule);
	json_put_str(w, "state", x->state);
	json_put_time(w, "due", x->due_at);
	json_put_time(w, "done", x->done_at);
	json_put_str(w, "done_by", json_out_or_null(x->done_name));
	json_put_str(w, "result", json_out_or_null(x->result));
	json_put_str(w, "note", x->note);
	json_put_str(w, "new_case", json_out_or_null(x->new_case));
}

void supervision_put_link(struct json_writer *w, const struct case_link *x)
{
	json_put_str(w, "case", x->case_id);
	json_put_str(w, "follows", x->to);
	json_put_str(w, "why", x->why);
}

void supervision_put_round(struct json_writer *w, const struct round_record *x)
{
	json_put_str(w, "id", x->id);
	json_put_str(w, "name", x->name);
	json_put_time(w, "opened", x->opened_at);
	json_put_str(w, "opened_by", x->opened_name);
	json_put_int(w, "total", x->lines);
	json_put_int(w, "blank", x->blank);
	json_put_time(w, "closed", x->closed_at);
	json_put_str(w, "closed_by", json_out_or_null(x->closed_name));
}

static void put_line(struct json_writer *w, const struct round_line *x)
{
	json_begin_object(w);
	json_put_int(w, "line", x->n);
	json_put_str(w, "subject", x->subject);
	json_put_str(w, "unit", x->unit);
	json_put_str(w, "due", json_out_or_null(x->due_date));
	json_put_str(w, "result", x->result ? json_out_or_null(x->result) : NULL);
	if (*x->due_date)
		json_put_bool(w, "tentative", x->tentative != 0);
	json_put_str(w, "note", x->note);
	json_end_object(w);
}

void supervision_put_lines(struct json_writer *w, const struct round_line *list, size_t count)
{
	json_key(w, "lines");
	json_begin_array(w);
	for (size_t i = 0; i < count; i++)
		put_line(w, &list[i]);
	json_end_array(w);
}
