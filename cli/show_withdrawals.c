/*
 * show_withdrawals.c - acceptances and rejections of answers that were taken back: of an answer,
 * and of all of a case.
 */
#include "base/i18n.h"
#include "base/time.h"
#include "cli/output.h"
#include "cli/show_case_json.h"
#include "cli/words.h"

void show_withdrawals_print(
	const struct show *s, const struct response_withdrawal *list, size_t count)
{
	char decided[TIME_TEXT_SIZE], at[TIME_TEXT_SIZE];

	for (size_t i = 0; i < count; i++) {
		const struct response_withdrawal *x = &list[i];
		time_format_local(x->decided_at, s->office->settings.zone, decided);
		time_format_local(x->at, s->office->settings.zone, at);
		output_label(stdout, _("withdrawn"));
		output_line(stdout, _("%s %s by %s at %s; taken back by %s at %s: %s"), x->response,
			words_of("response", x->decision), x->decided_name, decided, x->by_name, at,
			words_or_erased(x->reason));
	}
}

void show_withdrawals_put(
	struct json_writer *w, const struct response_withdrawal *list, size_t count)
{
	json_key(w, "withdrawn");
	json_begin_array(w);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(w);
		json_put_str(w, "response", list[i].response);
		json_put_str(w, "decision", list[i].decision);
		json_put_time(w, "decided", list[i].decided_at);
		json_put_str(w, "decided_by", list[i].decided_name);
		json_put_str(w, "note", list[i].note);
		json_put_time(w, "at", list[i].at);
		json_put_str(w, "by", list[i].by_name);
		json_put_str(w, "reason", list[i].reason);
		json_put_int(w, "event", list[i].seq);
		json_end_object(w);
	}
	json_end_array(w);
}

enum err_code show_withdrawals(
	const struct show *s, const struct case_record *c, struct json_writer *w, struct err *e)
{
	struct response_withdrawal *list = NULL;
	size_t count = 0;
	enum err_code rc = ERR_OK;

	if (w || s->why)
		rc = responses_withdrawals_of_case(
			s->office->db, c->id, s->arena, &list, &count, e);
	if (rc || !count)
		return rc;
	if (w)
		show_withdrawals_put(w, list, count);
	else
		show_withdrawals_print(s, list, count);
	return ERR_OK;
}
