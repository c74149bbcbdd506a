/*
 * verb_ingest.c - `huiying ingest`: WARC files into the ledger.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/taken.h"
#include "office/ingest.h"

static void on_file(void *data, size_t done, size_t total, const char *name)
{
	progress_update(data, done, total, name);
}

static enum err_code ingest_named(struct office *o, const struct call *call,
	const struct ingest_options *opt, struct ingest_result *r, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (int i = 0; !rc && i < call->argc; i++) {
		on_file(opt->data, (size_t)i, (size_t)call->argc, call->argv[i]);
		rc = ingest_file(o, call->argv[i], opt, r, e);
	}
	return rc ? rc : ingest_write_wanted(o, false, e);
}

static enum err_code print_result(
	const struct call *call, const struct ingest_result *r, struct err *e)
{
	struct json_writer *w;
	struct json_out out;

	if (!call->json) {
		if (!call->quiet)
			taken_print(r);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	taken_put_json(w, r);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_ingest(struct call *call, struct err *e)
{
	struct progress bar;
	struct sig sig = SIG_NONE;
	struct ingest_options opt = {
		.source = call_flag(call, "source"),
		.again = call_has(call, "again"),
		.sig = &sig,
		.on_file = on_file,
		.data = &bar,
	};
	struct ingest_result r = {0};
	struct office *o = NULL;
	int lock = -1;
	enum err_code rc;

	if (opt.again && call->argc == 0)
		return err_set(e, ERR_USAGE, _("ingest --again needs the files to read again"));
	progress_init(&bar, _("reading"), call->quiet);
	rc = session_open(call, false, &o, e);
	if (!rc)
		rc = ingest_lock(o, &lock, e);
	if (!rc)
		rc = sig_open(&sig, e);
	if (!rc)
		rc = call->argc ? ingest_named(o, call, &opt, &r, e) : ingest_spool(o, &opt, &r, e);
	progress_end(&bar);
	if (!rc)
		rc = print_result(call, &r, e);
	sig_close(&sig);
	if (lock >= 0)
		close(lock);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"source", N_("ID"), N_("the source of records that name none")},
	{"again", NULL, N_("read files again that were read before; adds revisions only")},
	{NULL, NULL, NULL},
};

const struct command command_ingest = {
	.verb = "ingest",
	.args = N_("[FILE…]"),
	.summary = N_("take WARC files into the ledger: parse, match, raise alerts"),
	.help = N_("Reads the WARC files named, or every finished one of the spool. Each record is "
		   "one transaction: an interrupted ingest is simply run again. A file is known by "
		   "its content and read once; those of the spool move to archive/YYYY/MM.\n\nA "
		   "record that cannot be read is noted (see “huiying status”) and the rest go on. "
		   "Records of foreign files belong to --source, else to the source whose URL they "
		   "begin with, else to “import”."),
	.flags = flags,
	.max_args = -1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_ingest,
};
