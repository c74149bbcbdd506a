/*
 * verb_evidence_check.c - `huiying evidence check`: are the files that prove still what was
 * taken in, are the published pages still there.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/evidence_view.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/words.h"
#include "office/evidence_check.h"

static void add_row(struct office *o, struct table *t, const struct evidence_record *x,
	const char *of, const char *state, int64_t since)
{
	if (!*state)
		return;
	table_cell(t, x->id);
	table_cell(t, words_of(of, state));
	table_cell_time(t, since, o->settings.zone);
	table_cell(t, x->subject);
	table_cell(t, x->url ? x->url : x->file ? x->file : "");
	table_end_row(t);
}

static enum err_code print_wrong(struct office *o, const struct evidence_checkup *c, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("EVIDENCE"), TABLE_LEFT, 0},
		{N_("WHAT"), TABLE_CUT, 0},
		{N_("SINCE"), TABLE_LEFT, 1},
		{N_("OF"), TABLE_LEFT, 0},
		{N_("PAGE OR FILE"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < c->wrong_count; i++) {
		const struct evidence_record *x = &c->wrong[i];
		add_row(o, t, x, "copy", x->file_state, x->file_since);
		add_row(o, t, x, "link", x->link_state, x->link_since);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_words(
	const struct call *call, struct office *o, const struct evidence_checkup *c, struct err *e)
{
	printf(n_("%lld file: ", "%lld files: ", c->files), (long long)c->files);
	printf(_("%lld as they were, %lld altered, %lld missing\n"), (long long)c->same,
		(long long)c->changed, (long long)c->missing);
	if (c->queued)
		printf(n_("%lld page is queued: capture pending\n",
			       "%lld pages are queued: capture pending\n", c->queued),
			(long long)c->queued);
	if (c->nameless)
		done_note(call,
			n_("%lld file was erased by order of law and not looked at",
				"%lld files were erased by order of law and not looked at",
				c->nameless),
			(long long)c->nameless);
	if (c->queued)
		done_next(call, "crawl · due");
	return c->wrong_count ? print_wrong(o, c, e) : ERR_OK;
}

static void put_wrong(struct json_writer *w, const struct evidence_record *x)
{
	json_begin_object(w);
	json_put_str(w, "id", x->id);
	json_put_str(w, "subject", x->subject);
	json_put_str(w, "url", x->url);
	json_put_str(w, "file", x->file);
	evidence_view_put(w, x);
	json_end_object(w);
}

static enum err_code print_json(const struct evidence_checkup *c, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_int(w, "queued", c->queued);
	json_put_int(w, "files", c->files);
	json_put_int(w, "same", c->same);
	json_put_int(w, "changed", c->changed);
	json_put_int(w, "missing", c->missing);
	json_put_int(w, "unread", c->unread);
	json_put_int(w, "nameless", c->nameless);
	json_key(w, "wrong");
	json_begin_array(w);
	for (size_t i = 0; i < c->wrong_count; i++)
		put_wrong(w, &c->wrong[i]);
	json_end_array(w);
	return json_out_end(&out, ERR_OK, e);
}

/* What was kept is not what it was: as grave as a broken chain. */
static enum err_code judge(const struct evidence_checkup *c, struct err *e)
{
	int64_t bad = c->changed + c->missing;

	if (bad)
		return err_set(e, ERR_INTEGRITY,
			n_("%lld evidence file is not what was taken in",
				"%lld evidence files are not what was taken in", bad),
			(long long)bad);
	if (c->unread)
		return err_set(e, ERR_IO,
			n_("%lld evidence file could not be read: %s",
				"%lld evidence files could not be read, the first: %s", c->unread),
			(long long)c->unread, c->why);
	return ERR_OK;
}

static enum err_code run_check(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	struct evidence_checkup c;
	enum err_code rc = a ? session_open(call, false, &o, e) : err_nomem(e);

	if (!rc)
		rc = office_evidence_check(o, call->argv, (size_t)call->argc, a, &c, e);
	if (!rc)
		rc = call->json ? print_json(&c, e) : print_words(call, o, &c, e);
	if (!rc)
		rc = judge(&c, e);
	office_close(o);
	arena_free(a);
	return rc;
}

const struct command command_evidence_check = {
	.verb = "evidence check",
	.args = N_("[EVIDENCE…]"),
	.summary = N_("look at evidence again: files against their SHA-256, published pages on the "
		      "web"),
	.help = N_(
		"Without EVIDENCE all of it. Every file in evidence/ is hashed at once: one that "
		"was altered or is missing ends the command with 4, stands in `due` and holds up "
		"closing. Every published page is queued for the fetcher; what it brings is told "
		"by `show` and `due`: the page is as it was, its text has changed, a promise that "
		"was on it is gone, or the link is dead (after three tries). What was captured "
		"first stands, and so does a promise that was kept. huiying-evidence-check.timer "
		"does it every week."),
	.min_args = 0,
	.max_args = -1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_check,
};
