/*
 * verb_restore.c - `huiying restore`: an instance made of a backup again.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/restore.h"

static enum err_code print_json(const struct restore_told *t, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_int(w, "count", t->count);
	json_put_time(w, "made", t->made);
	json_put_int(w, "lost", t->lost ? t->lost : TIME_NONE);
	json_put_str(w, "retired", t->retired);
	json_put_int(w, "erased", t->erased);
	json_put_int(w, "evidence", t->evidence);
	json_put_int(w, "evidence_kept", t->kept);
	json_put_int(w, "files", t->read.files);
	json_put_int(w, "items", t->read.counts.items);
	json_put_int(w, "alerts", t->read.counts.alerts);
	return json_out_end(&out, ERR_OK, e);
}

static void print_words(const struct call *call, const struct restore_told *t)
{
	char when[TIME_TEXT_SIZE];

	time_format_rfc3339(t->made, when);
	if (t->count)
		output_printf(stdout, _("restored at %lld events, as of %s\n"), (long long)t->count,
			when);
	if (t->lost)
		output_printf(stdout,
			_("lost: events %lld to %lld; what was entered then must be entered "
			  "again\n"),
			(long long)t->count + 1, (long long)t->lost);
	if (t->erased)
		output_printf(stdout, _("erased again by order of law: %lld texts\n"),
			(long long)t->erased);
	output_printf(stdout,
		_("put back: %lld files of evidence; read again: %lld files with %lld items, %lld "
		  "alerts\n"),
		(long long)t->evidence, (long long)t->read.files, (long long)t->read.counts.items,
		(long long)t->read.counts.alerts);
	if (t->kept)
		done_note(call,
			n_("%lld file of evidence here is another than in the backup; it was left: "
			   "audit verify",
				"%lld files of evidence here are others than in the backup; they "
				"were left: audit verify",
				t->kept),
			(long long)t->kept);
	if (t->retired)
		done_note(call, _("the ledger that was here is %s, retired"), t->retired);
}

static enum err_code run_restore(struct call *call, struct err *e)
{
	struct restore_ask ask = {
		.anchor = call_flag(call, "anchor"), .note = call_flag(call, "note")};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	bool on = call_has(call, "continue");
	struct office_options options;
	struct restore_told told;
	struct err why = {ERR_OK, ""};
	enum err_code rc = a ? done_number(call, "skip-numbers", &ask.skip, e) : err_nomem(e);

	ask.set = call->argc ? call->argv[0] : NULL;
	if (!rc && on == (call->argc > 0))
		rc = err_set(e, ERR_USAGE, _("either a backup or --continue"));
	session_options(call, false, &options);
	/* The ledger may be broken: that is why it is restored. Who may is asked again there. */
	if (!rc && session_may(call, &why) == ERR_DENIED)
		rc = err_set(e, ERR_DENIED, "%s", why.text);
	if (!rc)
		rc = on ? restore_continue(&options, a, &told, e)
			: restore_set(&options, &ask, a, &told, e);
	if (!rc && call->json)
		rc = print_json(&told, e);
	else if (!rc) {
		print_words(call, &told);
		done_next(call, "audit verify · audit rebuild · status --check");
	}
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"anchor", N_("FILE"),
		N_("the last signed head that was published: numbers go on beyond it")},
	{"skip-numbers", N_("N"),
		N_("without it, and without the old ledger: leave out N numbers of each kind")},
	{"note", N_("TEXT"), N_("what had happened")},
	{"continue", NULL, N_("finish one that was cut short")},
	{NULL, NULL, NULL},
};

const struct command command_restore = {
	.verb = "restore",
	.args = N_("SET | --continue"),
	.summary = N_("make this instance what a backup holds, and read in what was fetched since"),
	.help = N_(
		"Every file of the set is compared with its manifest, the chain verified, and what "
		"was erased by order of law since is erased in it. Then it takes the place of the "
		"ledger, which stays beside it, retired; nobody may have it open. The event of the "
		"restoring says how far the lost ledger is known to have gone: an anchor of the "
		"lost part reads “restored at N”, not “tampered”, and ids are never given "
		"twice.\n\n"
		"Then evidence is put back, the fetcher forgets what it need not fetch again, and "
		"all of archive/ and spool/ that the restored ledger does not know is read in. "
		"Configuration that is there stays as it is. An admin does it; the services must "
		"be stopped."),
	.flags = flags,
	.max_args = 1,
	.roles = PEOPLE_ADMIN,
	.run = run_restore,
};
