/*
 * verb_backup.c - `huiying backup`: a verified copy of the running ledger.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/backup.h"

/* FILE, or DIR/ledger-20261123T010203Z.db. */
static char *target(const struct office *o, const char *given)
{
	struct time_civil c;
	struct stat st;
	char name[64];

	if (stat(given, &st) != 0 || !S_ISDIR(st.st_mode))
		return strdup(given);
	time_to_civil(office_now(o), NULL, &c);
	snprintf(name, sizeof name, "ledger-%04d%02d%02dT%02d%02d%02dZ.db", c.year, c.month, c.day,
		c.hour, c.minute, c.second);
	return path_join(given, name);
}

static enum err_code print_made(
	const struct call *call, const char *path, const struct audit_result *r, struct err *e)
{
	struct json_writer *w;
	struct json_out out;
	char hex[HASH_HEX_SIZE];
	enum err_code rc = ERR_OK;

	hash_to_hex(&r->head, hex);
	if (call->json) {
		w = json_out_begin(&out);
		json_put_str(w, "file", path);
		json_put_int(w, "count", r->events);
		json_put_str(w, "hash", hex);
		rc = json_out_end(&out, ERR_OK, e);
	} else if (!call->quiet) {
		output_printf(stdout,
			n_("%s: %lld event, verified, head %s\n",
				"%s: %lld events, verified, head %s\n", r->events),
			path, (long long)r->events, hex);
	}
	return rc;
}

static enum err_code run_backup(struct call *call, struct err *e)
{
	struct office *o = NULL;
	struct audit_result r;
	char *path = NULL;
	enum err_code rc = session_open(call, true, &o, e);

	if (!rc && !(path = target(o, call->argv[0])))
		rc = err_nomem(e);
	if (!rc)
		rc = backup_make(o->db, path, &r, e);
	if (!rc)
		rc = print_made(call, path, &r, e);
	free(path);
	office_close(o);
	return rc;
}

const struct command command_backup = {
	.verb = "backup",
	.args = N_("FILE|DIR"),
	.summary = N_("copy the ledger while it is in use, and verify the copy"),
	.help = N_(
		"Never overwrites. The copy holds everything that was acknowledged before it "
		"began; its chain is verified before it gets its name. Copying ledger.db by hand "
		"loses rows."),
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_backup,
};
