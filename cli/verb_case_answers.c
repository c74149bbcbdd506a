/*
 * verb_case_answers.c - `huiying case answers`: what the units of a case answered, side by
 * side.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/check_lines.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/when.h"
#include "cli/words.h"
#include "office/unit_answers.h"

#define SIDE_BY_SIDE 100 /* columns of a terminal from which units stand beside each other */

struct view {
	struct call *call;
	struct office *office;
	struct arena *arena;
	char case_id[IDS_SIZE];
	struct unit_answer *units;
	size_t count;
};

/* --- one fact of one unit: NULL or "" when there is none --- */

static const char *answer_id(const struct view *v, const struct unit_answer *u)
{
	if (!u->answer)
		return _("nothing yet");
	return u->count < 2 ? u->answer->id
			    : arena_printf(v->arena, _("%s (of %lld)"), u->answer->id,
				      (long long)u->count);
}

static const char *role(const struct view *v, const struct unit_answer *u)
{
	(void)v;
	return !*u->role ? "" : strcmp(u->role, "lead") == 0 ? _("lead") : _("with");
}

static const char *published(const struct view *v, const struct unit_answer *u)
{
	char *at = u->answer ? arena_alloc(v->arena, TIME_TEXT_SIZE) : NULL;

	if (at)
		time_format_local(u->answer->published_at, v->office->settings.zone, at);
	return at;
}

static const char *state(const struct view *v, const struct unit_answer *u)
{
	(void)v;
	return u->answer ? words_of("response", u->answer->state) : "";
}

static const char *late(const struct view *v, const struct unit_answer *u)
{
	char *span = arena_alloc(v->arena, WHEN_SIZE);

	if (!span || u->late == TIME_NONE)
		return "";
	if (!u->late)
		return u->answer ? _("in time") : "";
	when_format_span(u->late, span);
	return arena_printf(v->arena, _("late %s"), span);
}

static const char *kind(const struct view *v, const struct unit_answer *u)
{
	(void)v;
	return u->answer ? words_of("kind", u->answer->kind) : "";
}

static const char *figures(const struct view *v, const struct unit_answer *u)
{
	(void)v;
	return u->figures;
}

static const char *dates(const struct view *v, const struct unit_answer *u)
{
	(void)v;
	return u->dates_told;
}

static const char *channels(const struct view *v, const struct unit_answer *u)
{
	(void)v;
	return u->channels;
}

static const char *checks(const struct view *v, const struct unit_answer *u)
{
	(void)v;
	return u->answer ? u->answer->checks : "";
}

static const struct {
	const char *label;
	const char *(*of)(const struct view *v, const struct unit_answer *u);
} facts[] = {
	{N_("answer"), answer_id},
	{N_("role"), role},
	{N_("published"), published},
	{N_("state"), state},
	{N_("limit"), late},
	{N_("kind"), kind},
	{N_("figures"), figures},
	{N_("promises"), dates},
	{N_("channels"), channels},
	{N_("check"), checks},
};
#define FACTS (sizeof facts / sizeof *facts)

/* --- showing --- */

static enum err_code print_columns(const struct view *v, struct err *e)
{
	struct table_column *columns = arena_array(v->arena, v->count + 1, sizeof *columns);
	struct table *t;
	enum err_code rc;

	if (!columns)
		return err_nomem(e);
	columns[0] = (struct table_column){v->case_id, TABLE_LEFT, 0};
	for (size_t i = 0; i < v->count; i++)
		columns[i + 1] = (struct table_column){v->units[i].unit, TABLE_CUT, 0};
	t = table_new(columns, v->count + 1);
	if (!t)
		return err_nomem(e);
	for (size_t f = 0; f < FACTS; f++) {
		table_cell(t, _(facts[f].label));
		for (size_t i = 0; i < v->count; i++) {
			const char *cell = facts[f].of(v, &v->units[i]);
			table_cell(t, cell ? cell : "");
		}
		table_end_row(t);
	}
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static void print_block(const struct view *v, const struct unit_answer *u)
{
	output_line(stdout, "%s", u->unit);
	for (size_t f = 0; f < FACTS; f++) {
		const char *value = facts[f].of(v, u);
		if (value && *value)
			output_fact(stdout, _(facts[f].label), value);
	}
}

/* What the checks rest on, most of all where one unit contradicts another. */
static void print_check(const void *data, const char *check, const char *words)
{
	(void)check;
	output_line(stdout, "! %s  %s", (const char *)data, words);
}

static enum err_code print_words(const struct view *v, struct err *e)
{
	size_t width = output_width(stdout);
	enum err_code rc = ERR_OK;

	if (!width || width >= SIDE_BY_SIDE)
		rc = print_columns(v, e);
	for (size_t i = 0; width && width < SIDE_BY_SIDE && i < v->count; i++) {
		if (i)
			fputc('\n', stdout);
		print_block(v, &v->units[i]);
	}
	for (size_t i = 0; !rc && i < v->count; i++) {
		const struct response_record *r = v->units[i].answer;
		if (r && strcmp(r->state, "rejected") != 0)
			check_lines_each(r->checks, r->found, print_check, r->id);
	}
	if (!rc)
		done_next(v->call, "show r… · respond accept r… · respond reject r… --reason TEXT");
	return rc;
}

static enum err_code print_json(const struct view *v, const struct unit_answer *u, struct err *e)
{
	const struct response_record *r = u->answer;
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "case", v->case_id);
	json_put_str(w, "unit", u->unit);
	json_put_str(w, "role", json_out_or_null(u->role));
	json_put_str(w, "answer", r ? r->id : NULL);
	json_put_int(w, "answers", u->count);
	if (r) {
		json_put_time(w, "published", r->published_at);
		json_put_str(w, "state", r->state);
		json_put_str(w, "response_kind", r->kind);
		json_put_str(w, "checks", json_out_or_null(r->checks));
		check_lines_put(w, r->checks, r->found);
	}
	if (u->late != TIME_NONE)
		json_put_int(w, "late", u->late);
	json_put_str(w, "figures", json_out_or_null(u->figures));
	json_put_str(w, "dates", json_out_or_null(u->dates));
	json_put_str(w, "channels", json_out_or_null(u->channels));
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_answers(struct call *call, struct err *e)
{
	struct view v = {.call = call, .arena = arena_new(ARENA_MAX_DEFAULT)};
	enum err_code rc = v.arena ? session_open(call, true, &v.office, e) : err_nomem(e);

	if (!rc)
		rc = unit_answers_of(
			v.office, call->argv[0], v.arena, v.case_id, &v.units, &v.count, e);
	for (size_t i = 0; !rc && call->json && i < v.count; i++)
		rc = print_json(&v, &v.units[i], e);
	if (!rc && !call->json)
		rc = print_words(&v, e);
	office_close(v.office);
	arena_free(v.arena);
	return rc;
}

const struct command command_case_answers = {
	.verb = "case answers",
	.args = N_("CASE"),
	.summary = N_("what the units of a case answered, side by side"),
	.help = N_("Of each unit its last answer that was not rejected: when and where it was "
		   "published, how it stands to the limit, the figures it names and the dates it "
		   "promises; then what was noticed about it, such as a figure that another unit "
		   "gives otherwise. A terminal of less than 100 columns shows one unit below the "
		   "other."),
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_answers,
};
