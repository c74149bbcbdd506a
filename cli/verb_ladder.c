/*
 * verb_ladder.c - `huiying ladder check`: the levels of supervision.conf, and everything that
 * has a limit with the levels that watch it. No ledger is needed.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/words.h"
#include "office/duties.h"
#include "office/ladder.h"

#define LEVELS_MEMORY ((size_t)1 << 20)

static const char *issued_by(const struct ladder_level *x)
{
	return x->by_person ? "person" : "auto";
}

static const struct {
	const char *code, *words;
} whose[] = {
	[DUTY_HOLDER] = {"holder", N_("the unit")},
	[DUTY_THIRD_PARTY] = {"third party", N_("the unit, for a third party")},
	[DUTY_OFFICE] = {"office", N_("the office")},
	[DUTY_NOBODY] = {"nobody", N_("nobody")},
};

/* The levels that name it, joined with 、; NULL: no memory. */
static const char *levels_of(const struct ladder *l, const struct duty *d, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; all && i < ladder_count(l); i++) {
		const struct ladder_level *x = ladder_at(l, i);
		if (namelist_has(&x->of, d->of))
			all = arena_printf(a, "%s%s%s", all, *all ? "、" : "", x->name);
	}
	return all;
}

/* --- tables --- */

static enum err_code print_levels(const struct ladder *l, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("LEVEL"), TABLE_LEFT, 0},
		{N_("WHEN"), TABLE_LEFT, 0},
		{N_("ISSUED"), TABLE_LEFT, 0},
		{N_("TOLD"), TABLE_LEFT, 1},
		{N_("FEEDBACK"), TABLE_LEFT, 0},
		{N_("BASIS"), TABLE_CUT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < ladder_count(l); i++) {
		const struct ladder_level *x = ladder_at(l, i);
		table_cell(t, x->name);
		table_cell(t, x->when_text);
		table_cell(t, issued_by(x));
		table_cell(t, x->told);
		table_cell(t, x->feedback_text);
		table_cell(t, x->basis);
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_duties(const struct ladder *l, struct arena *a, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("NAME"), TABLE_LEFT, 0},
		{N_("LIMIT"), TABLE_LEFT, 0},
		{N_("WHOSE"), TABLE_LEFT, 0},
		{N_("LEVELS"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && duties_at(i); i++) {
		const struct duty *d = duties_at(i);
		const char *levels = levels_of(l, d, a);
		if (!levels)
			rc = err_nomem(e);
		table_cell(t, d->of);
		table_cell(t, words_of("clock", d->of));
		table_cell(t, _(whose[d->whose].words));
		table_cell(t, d->elsewhere ? _(d->elsewhere) : levels);
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

/* --- JSON --- */

static void put_level(struct json_writer *w, const struct ladder_level *x)
{
	json_begin_object(w);
	json_put_str(w, "level", x->name);
	json_put_str(w, "when", x->when_text);
	json_put_str(w, "issue", issued_by(x));
	json_put_str(w, "told", x->told);
	json_put_str(w, "feedback", x->feedback_text);
	json_put_str(w, "settle", x->settles_auto ? "auto" : "person");
	json_put_str(w, "basis", x->basis);
	json_end_object(w);
}

static void put_duty(struct json_writer *w, const struct ladder *l, const struct duty *d)
{
	json_begin_object(w);
	json_put_str(w, "of", d->of);
	json_put_str(w, "whose", whose[d->whose].code);
	json_put_bool(w, "watched", !d->elsewhere);
	json_key(w, "levels");
	json_begin_array(w);
	for (size_t i = 0; i < ladder_count(l); i++)
		if (namelist_has(&ladder_at(l, i)->of, d->of))
			json_add_str(w, ladder_at(l, i)->name);
	json_end_array(w);
	json_end_object(w);
}

static enum err_code print_json(const struct ladder *l, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_key(w, "levels");
	json_begin_array(w);
	for (size_t i = 0; i < ladder_count(l); i++)
		put_level(w, ladder_at(l, i));
	json_end_array(w);
	json_key(w, "limits");
	json_begin_array(w);
	for (size_t i = 0; duties_at(i); i++)
		put_duty(w, l, duties_at(i));
	json_end_array(w);
	return json_out_end(&out, ERR_OK, e);
}

/* --- the command --- */

static enum err_code print_tables(const struct ladder *l, struct err *e)
{
	struct arena *a = arena_new(LEVELS_MEMORY);
	enum err_code rc = a ? print_levels(l, e) : err_nomem(e);

	if (!rc)
		puts("");
	if (!rc)
		rc = print_duties(l, a, e);
	arena_free(a);
	return rc;
}

static enum err_code run_check(struct call *call, struct err *e)
{
	struct ladder *l = NULL;
	enum err_code rc =
		call->argc ? ladder_read(call->argv[0], &l, e) : ladder_load(&call->home, &l, e);

	if (!rc)
		rc = call->json ? print_json(l, e) : print_tables(l, e);
	ladder_free(l);
	return rc;
}

const struct command command_ladder_check = {
	.verb = "ladder check",
	.args = N_("[FILE]"),
	.summary = N_("check supervision.conf: its levels, and which limits they watch"),
	.help = N_("FILE is checked instead of the supervision.conf of the instance. The second "
		   "table lists everything that has a limit and whose duty it is: these names may "
		   "stand in “of”."),
	.min_args = 0,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_check,
};
