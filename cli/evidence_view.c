/*
 * evidence_view.c - showing what became of evidence.
 */
#include "cli/evidence_view.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/words.h"
#include "ledger/evidence_checks.h"

static void print_state(
	const char *of, const char *state, int64_t since, const struct time_zone *zone)
{
	char at[TIME_TEXT_SIZE];

	if (!*state)
		return;
	time_format_local(since, zone, at);
	output_label(stdout, "");
	output_line(stdout, _("! %s since %s"), words_of(of, state), at);
}

void evidence_view_print(const struct evidence_record *x, const struct time_zone *zone)
{
	print_state("link", x->link_state, x->link_since, zone);
	print_state("copy", x->file_state, x->file_since, zone);
}

void evidence_view_put(struct json_writer *w, const struct evidence_record *x)
{
	json_put_time(w, "checked", x->checked_at);
	json_put_str(w, "link_state", json_out_or_null(x->link_state));
	json_put_time(w, "link_since", x->link_since);
	json_put_str(w, "file_state", json_out_or_null(x->file_state));
	json_put_time(w, "file_since", x->file_since);
}

static void print_check(const struct evidence_check *c, const struct time_zone *zone)
{
	const char *of = strcmp(c->of, "file") == 0 ? "copy" : "link";
	bool same = strcmp(c->result, EVIDENCE_SAME) == 0;
	char at[TIME_TEXT_SIZE];

	time_format_local(c->at, zone, at);
	output_label(stdout, _("looked at"));
	output_line(stdout, "%s  %s%s%s%s%s", at, same ? _("as it was") : words_of(of, c->result),
		*c->error ? "  " : "", c->error, *c->warc ? "  evidence/" : "", c->warc);
}

enum err_code evidence_view_checks(
	const struct office *o, const char *id, struct arena *a, struct err *e)
{
	struct evidence_check *list = NULL;
	size_t count = 0;
	enum err_code rc = evidence_checks_of(o->db, id, a, &list, &count, e);

	for (size_t i = 0; !rc && i < count; i++)
		print_check(&list[i], o->settings.zone);
	return rc;
}

static void put_check(struct json_writer *w, const struct evidence_check *c)
{
	json_begin_object(w);
	json_put_time(w, "at", c->at);
	json_put_str(w, "of", c->of);
	json_put_str(w, "result", c->result);
	if (c->status != TIME_NONE)
		json_put_int(w, "status", c->status);
	json_put_str(w, "sha256", json_out_or_null(c->sha256));
	json_put_str(w, "warc", json_out_or_null(c->warc));
	json_put_str(w, "error", json_out_or_null(c->error));
	json_put_int(w, "event", c->seq);
	json_end_object(w);
}

enum err_code evidence_view_put_checks(struct json_writer *w, const struct office *o,
	const char *id, struct arena *a, struct err *e)
{
	struct evidence_check *list = NULL;
	size_t count = 0;
	enum err_code rc = evidence_checks_of(o->db, id, a, &list, &count, e);

	json_key(w, "checks");
	json_begin_array(w);
	for (size_t i = 0; !rc && i < count; i++)
		put_check(w, &list[i]);
	json_end_array(w);
	return rc;
}
