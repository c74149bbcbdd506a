/*
 * show_corrections.c - of a case, what its place and category were before somebody corrected
 * them: read from the events, which hold what was there.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/output.h"
#include "cli/show_case_json.h"
#include "cli/words.h"
#include "ledger/events.h"
#include "ledger/texts.h"

struct telling {
	const struct show *s;
	struct json_writer *w; /* NULL: in words */
	bool begun; /* of the list */
};

static void put_json(struct telling *t, const struct event *ev, const char *reason)
{
	static const char *const keys[] = {"from_place", "place", "from_category", "category"};

	if (!t->begun) {
		json_key(t->w, "corrections");
		json_begin_array(t->w);
		t->begun = true;
	}
	json_begin_object(t->w);
	json_put_time(t->w, "at", ev->at);
	json_put_str(t->w, "by", ev->actor_name);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		json_put_str(t->w, keys[i], events_str(ev, keys[i]));
	json_put_str(t->w, "reason", reason);
	json_end_object(t->w);
}

static const char *or_none(const char *s)
{
	return s && *s ? s : _("(none)");
}

static void put_words(const struct telling *t, const struct event *ev, const char *reason)
{
	char at[TIME_TEXT_SIZE];

	time_format_local(ev->at, t->s->office->settings.zone, at);
	if (events_str(ev, "place")) {
		output_label(stdout, _("place"));
		output_line(stdout, _("%s instead of %s, by %s at %s: %s"), events_str(ev, "place"),
			or_none(events_str(ev, "from_place")), ev->actor_name, at, reason);
	}
	if (events_str(ev, "category")) {
		output_label(stdout, _("category"));
		output_line(stdout, _("%s instead of %s, by %s at %s: %s"),
			events_str(ev, "category"), or_none(events_str(ev, "from_category")),
			ev->actor_name, at, reason);
	}
}

static enum err_code tell(void *data, const struct event *ev, struct err *e)
{
	struct telling *t = data;
	const char *reason = NULL;
	enum err_code rc;

	if (strcmp(ev->kind, "case.corrected/1") != 0)
		return ERR_OK;
	rc = texts_get(t->s->office->db, events_str(ev, "reason_text"), t->s->arena, &reason, e);
	if (rc)
		return rc;
	if (t->w)
		put_json(t, ev, reason);
	else
		put_words(t, ev, words_or_erased(reason));
	return ERR_OK;
}

enum err_code show_corrections(
	const struct show *s, const struct case_record *c, struct json_writer *w, struct err *e)
{
	struct telling t = {.s = s, .w = w};
	enum err_code rc = w || s->why ? events_each(s->office->db, c->id, tell, &t, e) : ERR_OK;

	if (t.begun)
		json_end_array(w);
	return rc;
}
