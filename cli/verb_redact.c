/*
 * verb_redact.c - `huiying redact`: words erased by order of law, by two persons.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/listing.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/redact.h"

/* --- listing --- */

static const char *state_word(const char *state)
{
	return str_is(str_of(state), "asked")  ? _("waits")
	       : str_is(str_of(state), "done") ? _("done")
					       : _("refused");
}

static void put_row(struct json_writer *w, const void *record)
{
	const struct redaction *r = record;

	json_put_int(w, "erasure", r->seq);
	json_put_str(w, "id", r->subject);
	json_put_str(w, "field", json_out_or_null(r->field));
	json_put_int(w, "start", r->span_start);
	json_put_int(w, "end", r->span_end);
	json_put_str(w, "state", r->state);
	json_put_str(w, "reason", r->reason);
	json_put_str(w, "document", json_out_or_null(r->document));
	json_put_time(w, "asked", r->asked_at);
	json_put_str(w, "asked_by", r->asked_name);
	json_put_time(w, "ended", r->done_at);
	json_put_str(w, "ended_by", json_out_or_null(r->done_name));
}

static const struct table_column columns[] = {
	{N_("NO."), TABLE_RIGHT, 0},
	{N_("ID"), TABLE_LEFT, 0},
	{N_("FIELD"), TABLE_LEFT, 0},
	{N_("STATE"), TABLE_LEFT, 0},
	{N_("ASKED"), TABLE_LEFT, 2},
	{N_("BY"), TABLE_LEFT, 3},
	{N_("DOCUMENT"), TABLE_LEFT, 1},
	{N_("REASON"), TABLE_CUT, 0},
};

static void add_row(struct table *t, struct office *o, const void *record)
{
	const struct redaction *x = record;

	table_cellf(t, "%lld", (long long)x->seq);
	table_cell(t, x->subject);
	table_cell(t, x->field[0] ? x->field : _("(all)"));
	table_cell(t, state_word(x->state));
	table_cell_time(t, x->asked_at, o->settings.zone);
	table_cell(t, x->asked_name);
	table_cell(t, x->document);
	table_cell(t, x->reason);
}

static enum err_code read_all(const struct call *call, struct office *o, struct arena *a,
	struct listing_records *out, struct err *e)
{
	struct redaction *list = NULL;
	enum err_code rc = redactions_list(o->db, false, a, &list, &out->count, e);

	(void)call;
	out->items = list;
	return rc;
}

static const struct listing all = {
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns,
	.size = sizeof(struct redaction),
	.none = N_("nobody asked for an erasure yet"),
	.read = read_all,
	.add = add_row,
	.put = put_row,
};

/* --- acting --- */

struct told {
	int64_t seq;
	const struct redact_counts *counts;
	bool done;
};

static void put_counts(struct json_writer *w, const void *data)
{
	const struct told *t = data;
	const struct redact_counts *c = t->counts;

	json_put_int(w, "erasure", t->seq);
	json_put_int(w, "texts", c->texts);
	json_put_int(w, "items", c->items);
	json_put_int(w, "orders", c->orders);
	if (!t->done)
		return;
	json_put_int(w, "records", c->records);
	json_put_int(w, "files", c->files);
	json_put_int(w, "left", c->left);
	json_put_int(w, "retired", c->retired);
	json_put_bool(w, "in_log", c->in_log);
	json_put_str(w, "evidence", c->evidence.len ? buf_str(&c->evidence) : NULL);
}

/* What a person must know about what was not done. */
static void note_rest(const struct call *call, const struct redact_counts *c)
{
	if (c->unlooked)
		done_note(call,
			_("the words are too short to be looked for elsewhere; only the named text "
			  "goes"));
	if (c->evidence.len)
		done_note(call,
			_("evidence that shows the words stays as it is: %s (redact ID --field "
			  "file)"),
			buf_str(&c->evidence));
	if (c->left)
		done_note(call,
			n_("%lld record of a WARC file that we did not write could not be blanked: "
			   "remove the file from archive/",
				"%lld records of WARC files that we did not write could not be "
				"blanked: remove the files from archive/",
				c->left),
			(long long)c->left);
	if (c->retired)
		done_note(call,
			n_("%lld ledger that a restore left (ledger.db.before-…) may hold the "
			   "words still: remove it",
				"%lld ledgers that restores left (ledger.db.before-…) may hold the "
				"words still: remove them",
				c->retired),
			(long long)c->retired);
	if (c->in_log)
		done_note(call,
			_("a program still reads the ledger: the old words leave its log with the "
			  "next tick after that"));
}

static enum err_code run_confirm(struct call *call, int64_t seq, struct err *e)
{
	struct redact_counts c;
	struct told t = {seq, &c, true};
	struct progress bar;
	struct office *o = NULL;
	char id[REDACT_ID_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	redact_counts_init(&c);
	progress_init(&bar, _("looking through the archive"), call->quiet || call->json);
	if (!rc)
		rc = office_redact_confirm(o, seq, id, &c, progress_count, &bar, e);
	progress_end(&bar);
	if (!rc)
		rc = done_line(call, id, put_counts, &t, e,
			_("%s: erased by order of law: %lld texts, %lld items, %lld orders, %lld "
			  "archived answers"),
			id, (long long)c.texts, (long long)c.items, (long long)c.orders,
			(long long)c.records);
	if (!rc) {
		note_rest(call, &c);
		done_next(call, "show %s · audit verify · backup DIR", id);
	}
	redact_counts_fini(&c);
	office_close(o);
	return rc;
}

static enum err_code run_refuse(struct call *call, int64_t seq, struct err *e)
{
	struct office *o = NULL;
	char id[REDACT_ID_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_redact_refuse(o, seq, call_flag(call, "reason"), id, e);
	if (!rc)
		rc = done_line(call, id, NULL, NULL, e, _("erasure %lld of %s refused"),
			(long long)seq, id);
	office_close(o);
	return rc;
}

static enum err_code read_span(const struct call *call, struct redact_ask *in, struct err *e)
{
	struct str rest = str_of(call_flag(call, "span")), from = str_split(&rest, '-');

	in->start = in->end = TIME_NONE;
	if (!call_has(call, "span"))
		return ERR_OK;
	if (str_to_int(from, 0, INT32_MAX, &in->start) && str_to_int(rest, 1, INT32_MAX, &in->end))
		return ERR_OK;
	return err_set(e, ERR_USAGE, _("--span is FROM-TO in characters, counted from 0"));
}

static enum err_code run_ask(struct call *call, struct err *e)
{
	struct redact_ask in = {.subject = call->argv[0],
		.hotline = call_flag(call, "source"),
		.field = call_flag(call, "field"),
		.words = call_flag(call, "words"),
		.reason = call_flag(call, "reason"),
		.document = call_flag(call, "document"),
		.only_here = call_has(call, "only-here")};
	struct redact_counts c;
	struct told t = {0, &c, false};
	struct office *o = NULL;
	char id[REDACT_ID_SIZE] = "";
	enum err_code rc = read_span(call, &in, e);

	redact_counts_init(&c);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = office_redact_ask(o, &in, id, &t.seq, &c, e);
	if (!rc)
		rc = done_line(call, id, put_counts, &t, e,
			_("erasure %lld of %s asked for: %lld texts, %lld items and %lld orders "
			  "hold it"),
			(long long)t.seq, id, (long long)c.texts, (long long)c.items,
			(long long)c.orders);
	if (!rc) {
		note_rest(call, &c);
		done_next(call, _("redact --confirm %lld (another person)"), (long long)t.seq);
	}
	redact_counts_fini(&c);
	office_close(o);
	return rc;
}

static enum err_code run(struct call *call, struct err *e)
{
	int64_t confirm = 0, refuse = 0;
	enum err_code rc = done_number(call, "confirm", &confirm, e);

	if (!rc)
		rc = done_number(call, "refuse", &refuse, e);
	if (!rc && (confirm != 0) + (refuse != 0) + (call->argc != 0) > 1)
		rc = err_set(e, ERR_USAGE,
			_("one of ID, --confirm and --refuse; they exclude each other"));
	if (rc)
		return rc;
	if (confirm)
		return run_confirm(call, confirm, e);
	if (refuse)
		return run_refuse(call, refuse, e);
	return call->argc ? run_ask(call, e) : listing_run(call, &all, e);
}

static const struct command_flag flags[] = {
	{"field", N_("NAME"),
		N_("one field: title, body, excerpt, quote, reason, note, url …; of evidence also "
		   "“file”. Default: all that the record says")},
	{"words", N_("TEXT"), N_("only these words of the field; they are not stored")},
	{"span", N_("FROM-TO"), N_("or these characters of it, counted from 0")},
	{"reason", N_("TEXT"), N_("by what order, without the words themselves")},
	{"source", N_("ID"), N_("ID is the number of an order (工单) of this hotline or mailbox")},
	{"only-here", NULL, N_("do not look for the same words elsewhere")},
	{"confirm", N_("NO."), N_("carry out what another person asked for")},
	{"refuse", N_("NO."), N_("do not (with --reason)")},
	{NULL, NULL, NULL},
};

const struct command command_redact = {
	.verb = "redact",
	.args = N_("[ID | --confirm NO. | --refuse NO.]"),
	.summary = N_("erase words by order of law: one person asks, another confirms"),
	.help = N_(
		"What is erased is gone from the ledger, from the search index, from items with "
		"their revisions and pages, from orders of hotlines and from the archived answers; "
		"the chain still verifies, “audit verify” counts it as erased by order of law, and "
		"reading files again does not bring it back. An item (I12) can be named too, and "
		"an order of a hotline (工单) by its own number: it has the fields title, content, "
		"place, result and link.\n\n"
		"The same words are looked for everywhere when they are long enough (4 characters "
		"with --words or --span, 8 for a whole field); addresses are not. Evidence that "
		"shows them is named and stays until it is erased itself. Without arguments: what "
		"was asked for. Backups: the next “backup” carries the list of erasures, and "
		"“restore” applies it to older ones."),
	.flags = flags,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run,
};
