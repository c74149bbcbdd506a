/*
 * show_talk.c - consultations, questions, instructions and leads of a case.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/output.h"
#include "cli/show_case_json.h"
#include "cli/words.h"
#include "ledger/case_talk.h"

struct talk {
	struct case_consultation *met;
	struct case_question *asked;
	struct case_instruction *told;
	struct case_lead_handed *handed;
	size_t met_count, asked_count, told_count, handed_count;
};

static enum err_code read_talk(const struct show *s, const char *id, struct talk *t, struct err *e)
{
	struct db *db = s->office->db;
	enum err_code rc = case_consultations(db, id, s->arena, &t->met, &t->met_count, e);

	if (!rc)
		rc = case_questions(db, id, s->arena, &t->asked, &t->asked_count, e);
	if (!rc)
		rc = case_instructions(db, id, s->arena, &t->told, &t->told_count, e);
	return rc ? rc : case_leads_handed(db, id, s->arena, &t->handed, &t->handed_count, e);
}

static const char *local(const struct show *s, int64_t at, char out[TIME_TEXT_SIZE])
{
	time_format_local(at, s->office->settings.zone, out);
	return out;
}

/* --- words --- */

/* "市人社局、市公安局" of a JSON list. */
static void add_names(struct buf *b, const char *list)
{
	struct json *names = NULL;

	if (json_read(list, strlen(list), &names, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < json_size(names); i++)
		buf_addf(b, "%s%s", i ? "、" : "", json_str(json_at(names, i)));
	json_free(names);
}

static void print_met(const struct show *s, const struct case_consultation *x)
{
	char at[TIME_TEXT_SIZE];
	struct buf names;

	buf_init(&names, 65536);
	add_names(&names, x->units);
	output_label(stdout, _("consulted"));
	output_line(stdout, "%s  %s  %s", local(s, x->held_at, at), buf_str(&names),
		words_or_erased(x->conclusion));
	output_fact(stdout, _("wording"), x->wording);
	buf_fini(&names);
}

static void print_asked(const struct show *s, const struct case_question *x)
{
	char at[TIME_TEXT_SIZE], then[TIME_TEXT_SIZE];

	output_label(stdout, _("asked"));
	output_line(stdout, "%lld  %s  %s  %s", (long long)x->n, local(s, x->asked_at, at),
		words_or_erased(x->third_party), words_or_erased(x->question));
	if (x->answered_at == TIME_NONE) {
		output_fact(stdout, "", _("no answer yet"));
		return;
	}
	output_label(stdout, "");
	output_line(stdout, _("answered %s: %s"), local(s, x->answered_at, then),
		words_or_erased(x->answer));
}

static void print_told(const struct show *s, const struct case_instruction *x)
{
	char at[TIME_TEXT_SIZE];

	output_label(stdout, _("instructed"));
	output_line(stdout, "%lld  %s  %s  %s  %s  %s", (long long)x->n, local(s, x->given_at, at),
		x->post, x->kind, x->unit, words_or_erased(x->words));
	if (!*x->done_on)
		return;
	output_label(stdout, "");
	output_line(stdout, _("done on %s%s  %s"), x->done_on,
		x->reported_at == TIME_NONE ? "" : _(" (reported to the leader)"),
		x->report ? x->report : "");
}

static void print_handed(const struct case_lead_handed *x)
{
	output_label(stdout, _("lead to"));
	output_line(stdout, "%s  %s%s%s%s%s", x->unit, x->on_date, *x->document ? "  " : "",
		x->document, x->note ? "  " : "", x->note ? x->note : "");
}

static void print_talk(const struct show *s, const struct talk *t)
{
	for (size_t i = 0; i < t->met_count; i++)
		print_met(s, &t->met[i]);
	for (size_t i = 0; i < t->asked_count; i++)
		print_asked(s, &t->asked[i]);
	for (size_t i = 0; i < t->told_count; i++)
		print_told(s, &t->told[i]);
	for (size_t i = 0; i < t->handed_count; i++)
		print_handed(&t->handed[i]);
}

/* --- JSON --- */

static void begin_list(struct json_writer *w, const char *key)
{
	json_key(w, key);
	json_begin_array(w);
}

static void put_met(struct json_writer *w, const struct case_consultation *x)
{
	struct json *names = NULL;

	json_begin_object(w);
	json_put_int(w, "n", x->n);
	json_put_time(w, "held", x->held_at);
	begin_list(w, "units");
	if (json_read(x->units, strlen(x->units), &names, NULL) == ERR_OK)
		for (size_t i = 0; i < json_size(names); i++)
			json_add_str(w, json_str(json_at(names, i)));
	json_free(names);
	json_end_array(w);
	json_put_str(w, "conclusion", x->conclusion);
	json_put_str(w, "wording", x->wording);
	json_put_str(w, "grade", *x->grade ? x->grade : NULL);
	json_put_str(w, "lead", *x->lead ? x->lead : NULL);
	json_put_str(w, "by", x->by_name);
	json_end_object(w);
}

static void put_asked(struct json_writer *w, const struct case_question *x)
{
	json_begin_object(w);
	json_put_int(w, "n", x->n);
	json_put_time(w, "asked", x->asked_at);
	json_put_str(w, "third_party", x->third_party);
	json_put_str(w, "question", x->question);
	json_put_time(w, "answered", x->answered_at);
	json_put_str(w, "answer", x->answer);
	json_put_str(w, "by", x->by_name);
	json_end_object(w);
}

static void put_told(struct json_writer *w, const struct case_instruction *x)
{
	json_begin_object(w);
	json_put_int(w, "n", x->n);
	json_put_time(w, "given", x->given_at);
	json_put_str(w, "post", x->post);
	json_put_str(w, "kind", x->kind);
	json_put_str(w, "unit", x->unit);
	json_put_str(w, "words", x->words);
	json_put_str(w, "done_on", *x->done_on ? x->done_on : NULL);
	json_put_str(w, "report", x->report);
	json_put_time(w, "reported", x->reported_at);
	json_put_str(w, "by", x->by_name);
	json_end_object(w);
}

static void put_handed(struct json_writer *w, const struct case_lead_handed *x)
{
	json_begin_object(w);
	json_put_str(w, "unit", x->unit);
	json_put_str(w, "on", x->on_date);
	json_put_str(w, "document", *x->document ? x->document : NULL);
	json_put_str(w, "note", x->note);
	json_put_str(w, "by", x->by_name);
	json_end_object(w);
}

static void put_talk(struct json_writer *w, const struct talk *t)
{
	begin_list(w, "consultations");
	for (size_t i = 0; i < t->met_count; i++)
		put_met(w, &t->met[i]);
	json_end_array(w);
	begin_list(w, "questions");
	for (size_t i = 0; i < t->asked_count; i++)
		put_asked(w, &t->asked[i]);
	json_end_array(w);
	begin_list(w, "instructions");
	for (size_t i = 0; i < t->told_count; i++)
		put_told(w, &t->told[i]);
	json_end_array(w);
	begin_list(w, "leads_handed");
	for (size_t i = 0; i < t->handed_count; i++)
		put_handed(w, &t->handed[i]);
	json_end_array(w);
}

enum err_code show_talk(
	const struct show *s, const struct case_record *c, struct json_writer *w, struct err *e)
{
	struct talk t = {0};
	enum err_code rc = read_talk(s, c->id, &t, e);

	if (!rc && w)
		put_talk(w, &t);
	else if (!rc)
		print_talk(s, &t);
	return rc;
}
