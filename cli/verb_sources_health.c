/*
 * verb_sources_health.c - `huiying sources health`: which source is not as usual, and
 * what to do about it.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/health.h"
#include "office/refusal.h"

struct health {
	struct call *call;
	struct office *office;
	struct arena *arena;
	struct health_report *reports;
	size_t count;
	const char *id; /* NULL: all */
};

static bool is_meant(const struct health *h, const struct health_report *r)
{
	return !h->id || strcmp(r->source->id, h->id) == 0;
}

/* --- JSON --- */

static void put_states(struct json_writer *w, const struct health *h, const struct health_report *r)
{
	struct buf b;

	json_key(w, "states");
	json_begin_array(w);
	for (size_t i = 0; i < r->count; i++) {
		const struct health_state *s = &r->states[i];
		buf_init(&b, 65536);
		health_add_what(&b, s, h->office->settings.zone);
		json_begin_object(w);
		json_put_str(w, "state", health_name(s->kind));
		json_put_time(w, s->kind == HEALTH_CERTIFICATE ? "ends" : "since", s->since);
		json_put_str(w, "detail", s->detail[0] ? s->detail : NULL);
		json_put_str(w, "what", buf_str(&b));
		json_put_str(w, "advice", health_advice(r, s));
		json_end_object(w);
		buf_fini(&b);
	}
	json_end_array(w);
}

static void put_habit(struct json_writer *w, const struct health_habit *habit)
{
	int64_t limit = health_silence_limit(habit);

	json_put_int(w, "answers", habit->answers);
	json_put_int(w, "quiet_answers", habit->quiet);
	json_put_int(w, "usual_entries", habit->rows_usual / HEALTH_ROWS_SCALE);
	json_put_int(w, "usual_gap", habit->dated_gap ? habit->dated_gap : habit->gap);
	if (limit)
		json_put_int(w, "silence_limit", limit);
	json_put_time(w, "newest", habit->newest);
	json_put_str(w, "charset", habit->charset[0] ? habit->charset : NULL);
	json_put_time(w, "cert_expires", habit->cert_expires);
}

static enum err_code print_json(const struct health *h, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < h->count; i++) {
		const struct health_report *r = &h->reports[i];
		struct json_writer *w;
		struct json_out out;
		if (!is_meant(h, r))
			continue;
		w = json_out_begin(&out);
		json_put_str(w, "id", r->source->id);
		json_put_str(w, "name", r->source->name);
		json_put_bool(w, "enabled", r->source->enabled);
		put_states(w, h, r);
		if (r->log) {
			json_put_time(w, "last_try", r->log->last_try);
			json_put_time(w, "last_ok", r->log->last_ok);
			json_put_time(w, "last_new", r->log->last_new);
			json_put_int(w, "failures", r->log->failures);
		}
		if (r->habit)
			put_habit(w, r->habit);
		rc = json_out_end(&out, ERR_OK, e);
	}
	return rc;
}

/* --- for people --- */

static const char *state_word(const struct health_report *r)
{
	if (!r->source->enabled)
		return _("off");
	if (r->count)
		return health_word(r->states[0].kind);
	if (!r->log)
		return _("not yet");
	return r->log->error[0] ? r->log->error : _("good");
}

static void cell_usual(struct table *t, const struct health_habit *habit)
{
	if (habit && habit->rows_answers)
		table_cellf(t, "%lld", (long long)(habit->rows_usual / HEALTH_ROWS_SCALE));
	else
		table_cell(t, NULL);
}

static enum err_code print_table(const struct health *h, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("SOURCE"), TABLE_LEFT, 0},
		{N_("STATE"), TABLE_LEFT, 0},
		{N_("LAST GOOD"), TABLE_LEFT, 1},
		{N_("LAST NEW"), TABLE_LEFT, 0},
		{N_("ITEMS"), TABLE_RIGHT, 2},
		{N_("USUAL"), TABLE_RIGHT, 3},
		{N_("CERTIFICATE UNTIL"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc;

	if (!t)
		return err_nomem(e);
	for (size_t i = 0; i < h->count; i++) {
		const struct health_report *r = &h->reports[i];
		if (!is_meant(h, r))
			continue;
		table_cell(t, r->source->id);
		table_cell(t, state_word(r));
		table_cell_time(t, r->log ? r->log->last_ok : TIME_NONE, h->office->settings.zone);
		table_cell_time(t, r->log ? r->log->last_new : TIME_NONE, h->office->settings.zone);
		table_cellf(t, "%lld", r->log ? (long long)r->log->items : 0LL);
		cell_usual(t, r->habit);
		table_cell_time(
			t, r->habit ? r->habit->cert_expires : TIME_NONE, h->office->settings.zone);
		table_end_row(t);
	}
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_states(const struct health *h, struct err *e)
{
	size_t shown = 0;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < h->count; i++) {
		const struct health_report *r = &h->reports[i];
		for (size_t k = 0; !rc && is_meant(h, r) && k < r->count; k++) {
			struct buf b;
			buf_init(&b, 65536);
			health_add_what(&b, &r->states[k], h->office->settings.zone);
			rc = buf_check(&b, "health", e);
			output_printf(stdout, "%s%s: %s\n    → %s\n", shown++ ? "" : "\n",
				r->source->id, buf_str(&b), health_advice(r, &r->states[k]));
			buf_fini(&b);
		}
	}
	return rc;
}

/* --- the verb --- */

static enum err_code check_id(const struct health *h, struct err *e)
{
	for (size_t i = 0; i < h->count; i++)
		if (is_meant(h, &h->reports[i]))
			return ERR_OK;
	return h->id ? err_set(e, ERR_USAGE, _("sources.conf has no source “%s”"), h->id) : ERR_OK;
}

static enum err_code accept(const struct health *h, struct err *e)
{
	struct db *db = h->office->db;
	enum err_code rc;

	if (!h->id)
		return err_set(e, ERR_USAGE, _("--accept needs the source's id"));
	rc = people_require(&h->office->person,
		PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN | PEOPLE_SYSTEM,
		_("say what is usual of a source"), e);
	if (rc == ERR_DENIED)
		refusal_record(h->office, "", e->text);
	if (!rc)
		rc = db_begin_write(db, e);
	if (!rc)
		rc = health_forget(db, h->id, e);
	if (!rc)
		rc = db_commit(db, e);
	db_rollback(db);
	if (!rc && !h->call->quiet)
		output_printf(stdout, _("%s: what it gives from now on is what is usual\n"), h->id);
	return rc;
}

static enum err_code show(const struct health *h, struct err *e)
{
	enum err_code rc;

	if (h->call->json)
		return print_json(h, e);
	rc = print_table(h, e);
	return rc ? rc : print_states(h, e);
}

static enum err_code run_health(struct call *call, struct err *e)
{
	struct health h = {.call = call, .id = call->argc ? call->argv[0] : NULL};
	bool accepts = call_has(call, "accept");
	enum err_code rc;

	h.arena = arena_new(ARENA_MAX_DEFAULT);
	rc = h.arena ? session_open(call, !accepts, &h.office, e) : err_nomem(e);
	if (!rc)
		rc = db_begin_read(h.office->db, e);
	if (!rc)
		rc = health_reports(h.office, h.arena, &h.reports, &h.count, e);
	if (h.office)
		db_rollback(h.office->db);
	if (!rc)
		rc = check_id(&h, e);
	if (!rc)
		rc = accepts ? accept(&h, e) : show(&h, e);
	office_close(h.office);
	arena_free(h.arena);
	return rc;
}

static const struct command_flag flags[] = {
	{"accept", NULL, N_("what the source gives from now on is right; forget what was usual")},
	{NULL, NULL, NULL},
};

const struct command command_sources_health = {
	.verb = "sources health",
	.args = N_("[ID]"),
	.summary = N_("which sources are not as usual, and what to do"),
	.help = N_("A source that answers can still be dead: silent far longer than its habit, "
		   "its list empty or all titles alike after a redesign, a wall of an anti-bot "
		   "service in place of the page, another character set, a certificate that is "
		   "about to end, failures in a row. Each is shown with what to do next.\n\n"
		   "“status --check” says the same and exits 1, for a timer or a monitor."),
	.flags = flags,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_health,
};
