/*
 * show_case.c - `huiying show` of a case, response, commitment or piece of evidence.
 * JSON is written by show_case_json.c.
 */
#include "cli/show_case.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/share.h"
#include "base/str.h"
#include "base/time.h"
#include "cli/check_lines.h"
#include "cli/evidence_view.h"
#include "cli/output.h"
#include "cli/found.h"
#include "cli/promise.h"
#include "cli/seen.h"
#include "cli/show_case_json.h"
#include "cli/show_clock.h"
#include "cli/words.h"
#include "ledger/events.h"
#include "ledger/records.h"
#include "ledger/texts.h"
#include "office/due.h"
#include "office/responses.h"

#define SHOW_MEMORY ((size_t)128 << 20)

static const char *local(const struct show *s, int64_t t, char out[TIME_TEXT_SIZE])
{
	if (t == TIME_NONE)
		return "-";
	time_format_local(t, s->office->settings.zone, out);
	return out;
}

/* --- parts of a case --- */

static void print_units(const struct show *s, const struct case_unit *list, size_t count)
{
	char since[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];

	for (size_t i = 0; i < count; i++) {
		if (list[i].until != TIME_NONE && !s->why)
			continue;
		output_label(stdout, list[i].lead ? _("lead") : _("with"));
		local(s, list[i].since, since);
		if (!s->why)
			output_line(stdout, "%s", list[i].unit);
		else if (list[i].until == TIME_NONE)
			output_line(stdout, _("%s  since %s"), list[i].unit, since);
		else
			output_line(stdout, _("%s  %s to %s"), list[i].unit, since,
				local(s, list[i].until, until));
	}
}

static void print_response_line(const struct show *s, const struct response_record *r)
{
	char at[TIME_TEXT_SIZE];

	output_line(stdout, "%s  %s  %s  %s  %s%s%s", r->id, r->unit, words_of("kind", r->kind),
		local(s, r->published_at, at), words_of("response", r->state),
		r->checks[0] ? "  ! " : "", r->checks);
}

static void print_promise_line(const struct show *s, const struct commitment_record *c)
{
	struct buf outcome;

	buf_init(&outcome, 256);
	promise_add_outcome(&outcome, c, office_now(s->office));
	output_line(stdout, "%s  %s  %s  %s  %s", c->id, *c->due_date ? c->due_date : "-",
		buf_str(&outcome), c->unit, words_or_erased(c->quote));
	buf_fini(&outcome);
}

/* Nobody has to decide about what a rejected answer promises. */
static const char *found_state(const struct promise_record *p, bool rejected)
{
	bool open = strcmp(p->state, "open") == 0;

	return words_of("promise", open && rejected ? "void" : p->state);
}

/* Found in an answer: of a case (state NULL) those that wait for a decision, of an answer in
 * this state all. */
static void print_found(
	const struct show *s, const struct promise_record *list, size_t count, const char *state)
{
	bool rejected = state && strcmp(state, "rejected") == 0;
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < count; i++) {
		bool bare = list[i].phrase_count == 0; /* else its phrases tell who took them */
		buf_clear(&b);
		if (!state)
			buf_addf(&b, "%s  ", list[i].response);
		found_add_line(&b, s->office, &list[i]);
		output_label(stdout, _("promise"));
		output_line(stdout, "%s  (%s%s%s)", buf_str(&b), found_state(&list[i], rejected),
			bare && *list[i].commitment ? " " : "", bare ? list[i].commitment : "");
		output_fact(stdout, "", list[i].reason);
	}
	buf_fini(&b);
}

void show_evidence_line(const struct show *s, const struct evidence_record *x)
{
	char at[TIME_TEXT_SIZE];

	output_line(stdout, "%s  %s  %s  %s  %s", x->id, words_of("evidence", x->kind),
		words_of("evidence", x->state), local(s, x->captured_at, at),
		x->url    ? x->url
		: x->file ? x->file
			  : "");
	evidence_view_print(x, s->office->settings.zone);
}

static void print_case_head(const struct show *s, const struct show_case_parts *p)
{
	const struct case_record *c = &p->c;

	output_line(stdout, "%s  %s  %s  (%s %lld)", c->id, c->grade, words_of("case", c->state),
		_("version"), (long long)c->version);
	output_fact(stdout, _("title"), words_or_erased(c->title));
	output_fact(stdout, _("topics"), c->topics);
	output_fact(stdout, _("place"), c->place);
	output_fact(stdout, _("category"), c->category);
	print_units(s, p->units, p->unit_count);
	output_fact_time(stdout, _("published"), c->published_at, s->office->settings.zone);
	output_fact_time(stdout, _("raised"), c->raised_at, s->office->settings.zone);
	output_fact_time(stdout, _("found"), c->discovered_at, s->office->settings.zone);
	output_fact_time(stdout, _("clock"), c->clock_start, s->office->settings.zone);
	output_fact_time(stdout, _("opened"), c->opened_at, s->office->settings.zone);
	output_fact_time(stdout, _("finished"), c->finished_at, s->office->settings.zone);
	output_fact_time(stdout, _("closed"), c->closed_at, s->office->settings.zone);
	if (!s->why)
		return;
	output_line(stdout, "%s", _("grades:"));
	for (size_t i = 0; i < p->grade_count; i++) {
		char at[TIME_TEXT_SIZE];
		output_line(stdout, "  %s  %s  %s%s%s", p->grades[i].grade,
			local(s, p->grades[i].at, at), p->grades[i].by_name,
			p->grades[i].reason ? "  " : "",
			p->grades[i].reason ? p->grades[i].reason : "");
	}
}

/* Without --why: what still tells something. To give a case back is no duty. */
static bool is_told(const struct clock_record *c)
{
	return strcmp(c->state, "replaced") != 0 && strcmp(c->state, "void") != 0 &&
	       strcmp(c->clock, "return") != 0;
}

static enum err_code print_clocks(
	const struct show *s, const struct show_case_parts *p, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < p->clock_count; i++) {
		if (s->why || is_told(&p->clocks[i]))
			rc = show_clock(s, &p->clocks[i], e);
	}
	return rc;
}

static void print_case(const struct show *s, const struct show_case_parts *p)
{
	if (p->story_count)
		output_label(stdout, _("rows"));
	for (size_t i = 0; i < p->story_count; i++)
		printf("%sS%lld", i ? "  " : "", (long long)p->stories[i]);
	if (p->story_count)
		fputc('\n', stdout);
	for (size_t i = 0; i < p->response_count; i++)
		print_response_line(s, &p->responses[i]);
	for (size_t i = 0; i < p->commitment_count; i++)
		print_promise_line(s, &p->commitments[i]);
	print_found(s, p->promises, p->promise_count, NULL);
	for (size_t i = 0; i < p->evidence_count; i++)
		show_evidence_line(s, &p->evidence[i]);
}

static enum err_code read_case(
	const struct show *s, const char *id, struct show_case_parts *p, struct err *e)
{
	struct db *db = s->office->db;
	enum err_code rc = cases_get(db, id, s->arena, &p->c, e);

	if (!rc)
		rc = cases_units(db, id, s->arena, &p->units, &p->unit_count, e);
	if (!rc)
		rc = cases_grades(db, id, s->arena, &p->grades, &p->grade_count, e);
	if (!rc)
		rc = cases_stories(db, id, s->arena, &p->stories, &p->story_count, e);
	if (!rc)
		rc = clocks_of(db, id, s->arena, &p->clocks, &p->clock_count, e);
	if (!rc)
		rc = responses_of(db, id, s->arena, &p->responses, &p->response_count, e);
	if (!rc)
		rc = commitments_of(db, id, s->arena, &p->commitments, &p->commitment_count, e);
	if (!rc)
		rc = promises_open(db, id, s->arena, &p->promises, &p->promise_count, e);
	return rc ? rc : evidence_of(db, id, s->arena, &p->evidence, &p->evidence_count, e);
}

/* The case was shown, and its promises. */
static enum err_code note_case(const struct show *s, const struct show_case_parts *p, struct err *e)
{
	struct office_shown *list = arena_array(s->arena, p->commitment_count + 1, sizeof *list);

	if (!list)
		return err_nomem(e);
	list[0] = (struct office_shown){p->c.id, p->c.version};
	for (size_t i = 0; i < p->commitment_count; i++)
		list[i + 1] =
			(struct office_shown){p->commitments[i].id, p->commitments[i].version};
	seen_note(s->office, list, p->commitment_count + 1);
	return ERR_OK;
}

enum err_code show_one_case(const struct show *s, const char *id, struct err *e)
{
	struct show_case_parts p = {0};
	enum err_code rc = read_case(s, id, &p, e);

	if (rc)
		return rc;
	rc = note_case(s, &p, e);
	if (rc)
		return rc;
	if (s->call->json)
		return show_json_case(s, &p, e);
	print_case_head(s, &p);
	rc = print_clocks(s, &p, e);
	if (rc)
		return rc;
	print_case(s, &p);
	return show_parts(s, &p.c, NULL, e);
}

/* --- response --- */

static void print_link(const struct response_link *l)
{
	output_label(stdout, _("link"));
	output_line(stdout, "%s  %s  %s", words_or_erased(l->url),
		l->channel[0] ? l->channel : _("not registered"), l->class);
}

static void print_check(const void *data, const char *check, const char *words)
{
	(void)data;
	(void)check;
	output_fact(stdout, _("check"), words);
}

static void print_response(const struct show *s, const struct show_response_parts *p)
{
	const struct response_record *r = &p->r;

	print_response_line(s, r);
	check_lines_each(r->checks, r->found, print_check, NULL);
	output_fact(stdout, _("case"), r->case_id);
	output_fact(stdout, _("entered"), r->recorded_name);
	output_fact(stdout, _("decided"), r->decided_name);
	output_fact(stdout, _("reason"), r->reason);
	show_withdrawals_print(s, p->withdrawals, p->withdrawal_count);
	for (size_t i = 0; i < p->link_count; i++)
		print_link(&p->links[i]);
	print_found(s, p->promises, p->promise_count, r->state);
	for (size_t i = 0; i < p->evidence_count; i++)
		show_evidence_line(s, &p->evidence[i]);
	output_printf(stdout, "\n%s\n", words_or_erased(r->body));
}

enum err_code show_one_response(const struct show *s, const char *id, struct err *e)
{
	struct show_response_parts p = {0};
	struct db *db = s->office->db;
	enum err_code rc = responses_get(db, id, s->arena, &p.r, e);

	if (!rc)
		rc = responses_links(db, id, s->arena, &p.links, &p.link_count, e);
	if (!rc)
		rc = promises_of(db, id, s->arena, &p.promises, &p.promise_count, e);
	if (!rc)
		rc = responses_withdrawals(
			db, id, s->arena, &p.withdrawals, &p.withdrawal_count, e);
	if (!rc)
		rc = evidence_of(db, id, s->arena, &p.evidence, &p.evidence_count, e);
	if (rc)
		return rc;
	if (s->call->json)
		return show_json_response(s, &p, e);
	print_response(s, &p);
	return ERR_OK;
}

/* --- commitment --- */

static void print_fate(const struct show *s, const struct commitment_record *c)
{
	char at[TIME_TEXT_SIZE];

	if (c->claimed_at != TIME_NONE) {
		output_label(stdout, _("claimed"));
		output_line(stdout, _("done on %s, by %s, entered by %s at %s"), c->claimed_done_on,
			c->claimed_unit, c->claimed_name, local(s, c->claimed_at, at));
	}
	if (c->verified_at != TIME_NONE) {
		output_label(stdout, _("verified"));
		output_line(stdout, _("done on %s, by %s at %s"), c->verified_done_on,
			c->verified_name, local(s, c->verified_at, at));
	}
	output_label(stdout, _("public"));
	if (c->published_at != TIME_NONE)
		output_line(stdout, "%s  %s  %s", promise_public(c), c->publish_evidence,
			local(s, c->published_at, at));
	else if (*c->told)
		output_line(stdout, "%s  %s", promise_public(c),
			c->cannot_at == TIME_NONE ? c->publish_evidence : c->cannot_evidence);
	else
		output_line(stdout, "%s", promise_public(c));
	if (c->cannot_at != TIME_NONE) {
		output_label(stdout, _("cannot"));
		output_line(stdout, _("%s, by %s at %s"), words_or_erased(c->cannot),
			c->cannot_name, local(s, c->cannot_at, at));
	}
}

/* Of a promise or of a line of a task; ref: the period of a task, else NULL. */
static enum err_code print_refused_claim(void *data, const struct event *ev, struct err *e)
{
	struct show *s = data;
	const char *reason = NULL, *ref = events_str(ev, "ref");
	char at[TIME_TEXT_SIZE];
	enum err_code rc;

	if (strcmp(ev->kind, "commitment.claim_refused/1") != 0 &&
		strcmp(ev->kind, "task.claim_refused/1") != 0)
		return ERR_OK;
	rc = texts_get(s->office->db, events_str(ev, "reason_text"), s->arena, &reason, e);
	if (rc)
		return rc;
	output_label(stdout, _("sent back"));
	if (ref && *ref) {
		output_safe(stdout, ref);
		output_safe(stdout, "  ");
	}
	output_line(stdout, _("done on %s, claimed by %s; refused by %s at %s: %s"),
		events_str(ev, "done_on"), events_str(ev, "unit"), ev->actor_name,
		local(s, ev->at, at), words_or_erased(reason));
	return ERR_OK;
}

enum err_code show_refused_claims(const struct show *s, const char *id, struct err *e)
{
	struct show reader = *s;

	return events_each(s->office->db, id, print_refused_claim, &reader, e);
}

/* What waits for a second person. */
static void print_proposal(const struct show *s, const struct commitment_proposal *x)
{
	const char *reason = words_or_erased(x->reason);
	char at[TIME_TEXT_SIZE];

	if (!*x->what)
		return;
	output_label(stdout, _("to approve"));
	if (*x->new_date)
		output_line(stdout, _("to extend it to %s, by %s at %s: %s; waits for approval"),
			x->new_date, x->by_name, local(s, x->at, at), reason);
	else
		output_line(stdout,
			_("to give it up (无法兑现), by %s at %s: %s; waits for approval"),
			x->by_name, local(s, x->at, at), reason);
}

/* The forced date of a promise without one; once somebody looked and named another, that
 * one counts (and stands in the line above). */
static enum err_code print_review_clock(const struct show *s, const struct commitment_record *c,
	const struct clock_record *clock, struct err *e)
{
	struct clock_record past = *clock;

	if (strcmp(c->review_rule, clock->rule) != 0)
		past.state = "replaced";
	return show_clock(s, &past, e);
}

/* How its dates came about. */
static enum err_code print_dates(
	const struct show *s, const struct show_commitment_parts *p, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < p->clock_count; i++)
		rc = print_review_clock(s, &p->c, &p->clocks[i], e);
	return rc || !*p->c.due_date ? rc : show_clock_promise(s, &p->c, e);
}

/* Whether it counts, or when it will. */
static const char *extension_state(const struct commitment_extension *x)
{
	if (x->counts)
		return "";
	if (strcmp(x->evidence_state, "pending") == 0)
		return _(" (counts once it is captured in time)");
	return _(" (does not count)");
}

static void print_extension(const struct commitment_extension *x)
{
	output_label(stdout, _("extended"));
	output_line(stdout, _("%s to %s by %s: %s%s"), x->old_date, x->new_date, x->approved_name,
		words_or_erased(x->reason), extension_state(x));
}

static void print_progress(const struct show *s, const struct show_commitment_parts *p)
{
	char share[SHARE_SIZE];

	output_fact(stdout, _("progress"), commitments_progress_name(&p->c));
	for (size_t i = 0; i < p->progress_count; i++) {
		const struct commitment_progress *g = &p->progress[i];
		share_format(&(struct share){g->share_done, g->share_of}, share);
		output_label(stdout, "");
		output_line(stdout, "%s  %s%s%s%s%s%s%s", g->on_date, share, *share ? "  " : "",
			g->note ? g->note : "", *g->evidence ? "  " : "", g->evidence,
			s->why ? "  " : "", s->why ? g->by_name : "");
	}
}

/* What it would be by the later date; the original one decides. */
static void print_by_extension(const struct show *s, const struct commitment_record *c)
{
	struct buf b;

	if (!*c->extended_date)
		return;
	buf_init(&b, 256);
	promise_add_extended(&b, c, office_now(s->office));
	output_label(stdout, "");
	output_line(stdout, _("by the later date: %s; the original date decides"), buf_str(&b));
	buf_fini(&b);
}

static enum err_code print_commitment(
	const struct show *s, const struct show_commitment_parts *p, struct err *e)
{
	const struct commitment_record *c = &p->c;
	enum err_code rc;

	print_promise_line(s, c);
	output_label(stdout, _("case"));
	output_line(stdout, "%s  %s", c->case_id, c->response);
	output_fact_time(stdout, _("made"), c->made_at, s->office->settings.zone);
	output_fact(stdout, _("criterion"), c->criterion);
	output_label(stdout, _("due"));
	output_line(stdout, "%s%s", *c->due_date ? c->due_date : _("not said (未明确时限)"),
		due_mark(c->tentative));
	if (*c->review_date) {
		output_label(stdout, _("look at"));
		output_line(stdout, "%s  (%s)", c->review_date,
			strcmp(c->review_rule, "given") == 0 ? _("given") : c->review_rule);
	}
	rc = s->why ? print_dates(s, p, e) : ERR_OK;
	if (rc)
		return rc;
	for (size_t i = 0; i < p->extension_count; i++)
		print_extension(&p->extensions[i]);
	print_by_extension(s, c);
	print_progress(s, p);
	rc = show_refused_claims(s, c->id, e);
	if (rc)
		return rc;
	print_fate(s, c);
	print_proposal(s, &p->proposal);
	for (size_t i = 0; i < p->evidence_count; i++)
		show_evidence_line(s, &p->evidence[i]);
	return ERR_OK;
}

enum err_code show_one_commitment(const struct show *s, const char *id, struct err *e)
{
	struct show_commitment_parts p = {0};
	struct db *db = s->office->db;
	enum err_code rc = commitments_get(db, id, s->arena, &p.c, e);

	if (!rc)
		rc = clocks_of(db, id, s->arena, &p.clocks, &p.clock_count, e);
	if (!rc)
		rc = commitments_extensions(db, id, s->arena, &p.extensions, &p.extension_count, e);
	if (!rc)
		rc = commitments_progress(db, id, s->arena, &p.progress, &p.progress_count, e);
	if (!rc)
		rc = evidence_of(db, id, s->arena, &p.evidence, &p.evidence_count, e);
	if (!rc)
		rc = commitment_proposals_get(db, id, s->arena, &p.proposal, e);
	if (rc)
		return rc;
	seen_note(s->office, &(struct office_shown){p.c.id, p.c.version}, 1);
	if (s->call->json)
		return show_json_commitment(s, &p, e);
	return print_commitment(s, &p, e);
}

/* --- evidence --- */

enum err_code show_one_evidence(const struct show *s, const char *id, struct err *e)
{
	struct evidence_record x;
	enum err_code rc = evidence_get(s->office->db, id, s->arena, &x, e);

	if (rc)
		return rc;
	if (s->call->json)
		return show_json_evidence(s, &x, e);
	show_evidence_line(s, &x);
	output_fact(stdout, _("of"), x.subject);
	output_fact(stdout, _("purpose"), words_of("purpose", x.purpose));
	output_fact(stdout, _("channel"), x.channel);
	output_fact(stdout, _("file"), x.file);
	output_fact(stdout, _("note"), x.note);
	output_fact(stdout, _("sha-256"), x.sha256);
	output_fact(stdout, _("added by"), x.added_name);
	output_fact(stdout, _("confirmed"), x.confirmed_name);
	output_fact(stdout, _("error"), x.error);
	if (*x.warc)
		output_line(stdout, _("WARC record %s at %lld"), x.warc, (long long)x.warc_offset);
	return evidence_view_checks(s->office, id, s->arena, e);
}

static const struct {
	enum ids_type type;
	enum err_code (*show)(const struct show *s, const char *id, struct err *e);
} shown[] = {
#define SHOW_ID(type, name) {type, show_one_##name},
#include "cli/show_ids.def"
#undef SHOW_ID
};

static enum err_code show_by_type(
	const struct show *s, enum ids_type type, const char *id, struct err *e)
{
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		if (shown[i].type == type)
			return shown[i].show(s, id, e);
	return err_set(e, ERR_NOT_FOUND, _("there is no %s of number %s"), ids_prefix(type), id);
}

enum err_code show_case(
	struct call *call, struct office *o, const struct ids *id, bool why, struct err *e)
{
	struct show s = {call, o, arena_new(SHOW_MEMORY), why};
	enum ids_type type = id->type == IDS_PLAIN ? IDS_CASE : id->type;
	char typed[IDS_SIZE], found[IDS_SIZE];
	enum err_code rc = s.arena ? ERR_OK : err_nomem(e);

	if (id->year)
		snprintf(typed, sizeof typed, "%d-%lld", id->year, (long long)id->number);
	else
		snprintf(typed, sizeof typed, "%lld", (long long)id->number);
	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = records_find(o->db, type, typed, found, e);
	if (!rc)
		rc = show_by_type(&s, type, found, e);
	db_rollback(o->db);
	arena_free(s.arena);
	return rc;
}
