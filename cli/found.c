/*
 * found.c - a found promise as a line and as JSON.
 */
#include "cli/found.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/json_out.h"
#include "cli/words.h"
#include "office/due.h"
#include "office/promise_dates.h"

static void add_phrase(struct buf *b, struct office *o, const struct promise_phrase_record *p)
{
	const char *phrase = words_or_erased(p->phrase);

	if (*p->due_date)
		buf_addf(b, "%s%s (%s)", p->due_date, due_mark(promise_dates_is_tentative(o, p)),
			phrase);
	else
		buf_addf(b, _("no date (%s)"), phrase);
	if (*p->commitment)
		buf_addf(b, " %s", p->commitment);
}

void found_add_line(struct buf *b, struct office *o, const struct promise_record *p)
{
	buf_addf(b, _("sentence %lld"), (long long)p->sentence);
	buf_add_str(b, "  ");
	for (size_t i = 0; i < p->phrase_count; i++) {
		buf_add_str(b, i ? ", " : "");
		add_phrase(b, o, &p->phrases[i]);
	}
	if (!p->phrase_count)
		buf_add_str(b, _("no date"));
	buf_addf(b, "  %s", words_or_erased(p->quote));
}

static void put_phrases(struct json_writer *w, struct office *o, const struct promise_record *p)
{
	json_key(w, "phrases");
	json_begin_array(w);
	for (size_t i = 0; i < p->phrase_count; i++) {
		json_begin_object(w);
		json_put_str(w, "phrase", p->phrases[i].phrase);
		json_put_str(w, "due", json_out_or_null(p->phrases[i].due_date));
		json_put_str(w, "due_kind", p->phrases[i].due_kind);
		json_put_str(w, "commitment", json_out_or_null(p->phrases[i].commitment));
		if (strcmp(p->phrases[i].due_kind, "workdays") == 0)
			json_put_bool(
				w, "tentative", promise_dates_is_tentative(o, &p->phrases[i]));
		json_end_object(w);
	}
	json_end_array(w);
}

void found_put(
	struct json_writer *w, struct office *o, const struct promise_record *list, size_t count)
{
	json_key(w, "promises");
	json_begin_array(w);
	for (size_t i = 0; i < count; i++) {
		const struct promise_record *p = &list[i];
		json_begin_object(w);
		json_put_str(w, "response", p->response);
		json_put_int(w, "sentence", p->sentence);
		json_put_str(w, "quote", p->quote);
		json_put_str(w, "state", p->state);
		json_put_str(w, "commitment", json_out_or_null(p->commitment));
		json_put_time(w, "refused", p->refused_at);
		json_put_str(w, "refused_by", json_out_or_null(p->refused_name));
		json_put_str(w, "reason", p->reason);
		put_phrases(w, o, p);
		json_end_object(w);
	}
	json_end_array(w);
}
