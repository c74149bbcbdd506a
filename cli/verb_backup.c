/*
 * verb_backup.c - `huiying backup`: a verified copy of the running instance.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/backup.h"
#include "office/backup_set.h"

static enum err_code print_json(
	const struct backup_set *made, bool set, const char *hex, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, set ? "set" : "file", made->path);
	json_put_int(w, "count", made->ledger.events);
	json_put_str(w, "hash", hex);
	if (set) {
		json_put_int(w, "files", made->files);
		json_put_int(w, "bytes", made->bytes);
		json_put_int(w, "pruned", made->pruned);
	}
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code print_made(
	const struct call *call, const struct backup_set *made, bool set, struct err *e)
{
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&made->ledger.head, hex);
	if (call->json)
		return print_json(made, set, hex, e);
	if (call->quiet)
		return ERR_OK;
	output_printf(stdout,
		n_("%s: %lld event, verified, head %s\n", "%s: %lld events, verified, head %s\n",
			made->ledger.events),
		made->path, (long long)made->ledger.events, hex);
	if (set)
		output_printf(stdout, _("%lld files, %lld KiB; older backups removed: %lld\n"),
			(long long)made->files, (long long)(made->bytes + 1023) / 1024,
			(long long)made->pruned);
	if (set)
		done_note(call,
			_("the key that signs the head is not in it: keep keys/head.key apart"));
	return ERR_OK;
}

static enum err_code run_backup(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct backup_set made;
	struct office *o = NULL;
	struct stat st;
	int64_t keep = 0;
	bool set = stat(call->argv[0], &st) == 0 && S_ISDIR(st.st_mode);
	enum err_code rc = a ? done_number(call, "keep", &keep, e) : err_nomem(e);

	memset(&made, 0, sizeof made);
	if (!rc && keep && !set)
		rc = err_set(e, ERR_USAGE, _("--keep is for a directory of backups"));
	if (!rc)
		rc = session_open(call, true, &o, e);
	if (!rc && set)
		rc = backup_set_make(o, call->argv[0], keep, a, &made, e);
	else if (!rc)
		rc = backup_make(o->db, made.path = call->argv[0], &made.ledger, e);
	if (!rc)
		rc = print_made(call, &made, set, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"keep", N_("N"), N_("of the backups in DIR only the N newest stay")},
	{NULL, NULL, NULL},
};

const struct command command_backup = {
	.verb = "backup",
	.args = N_("DIR|FILE"),
	.summary = N_("copy the instance while it is in use, and verify the copy"),
	.help = N_(
		"In a directory it makes a set: the ledger with every version of the rules, the "
		"evidence, the configuration, the public key and the list of erasures, with a "
		"manifest of all of them. It has its name only when it is whole. The key that "
		"signs "
		"the head is not in it. FILE is a copy of the ledger alone.\n\n"
		"Never overwrites. The copy holds everything that was acknowledged before it "
		"began; its chain is verified before it gets its name. Copying ledger.db by hand "
		"loses rows. The archive of what was fetched is no part of it. “restore” makes an "
		"instance of a set again."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_backup,
};
