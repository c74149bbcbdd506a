/*
 * verb_audit.c - `huiying audit verify | head | rebuild`.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/audit.h"
#include "ledger/events.h"

static void put_head(struct json_writer *w, int64_t count, const struct hash *head)
{
	char hex[HASH_HEX_SIZE];

	hash_to_hex(head, hex);
	json_put_int(w, "count", count);
	json_put_str(w, "hash", hex);
}

/* --- head --- */

static enum err_code run_head(struct call *call, struct err *e)
{
	struct office *o = NULL;
	struct json_writer *w;
	struct hash head;
	struct json_out out;
	char hex[HASH_HEX_SIZE];
	int64_t count;
	enum err_code rc = session_open(call, true, &o, e);

	if (!rc)
		rc = events_head(o->db, &count, &head, e);
	office_close(o);
	if (rc)
		return rc;
	if (!call->json) {
		hash_to_hex(&head, hex);
		printf("%lld %s\n", (long long)count, hex);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	put_head(w, count, &head);
	return json_out_end(&out, ERR_OK, e);
}

const struct command command_audit_head = {
	.verb = "audit head",
	.args = "",
	.summary = N_("print the number of events and the hash of the last one"),
	.help = N_("The line is an anchor: keep it outside this machine (the public site shows "
		   "it), and “huiying audit verify --anchor FILE” finds a chain that was cut or "
		   "rewritten since."),
	.roles = COMMAND_ANYBODY,
	.run = run_head,
};

/* --- verify --- */

static enum err_code print_verified(
	const struct call *call, const struct audit_result *r, struct err *e)
{
	struct json_writer *w;
	struct json_out out;

	if (!call->json) {
		printf(n_("%lld event is unchanged\n",
			       "%lld events follow from one another and are unchanged\n",
			       r->events),
			(long long)r->events);
		printf(n_("%lld text is unchanged, %lld erased by order of law\n",
			       "%lld texts are unchanged, %lld erased by order of law\n",
			       r->texts - r->erased),
			(long long)(r->texts - r->erased), (long long)r->erased);
		if (r->anchored < r->events)
			printf(_("unanchored since %lld: a cut end would not show behind it\n"),
				(long long)r->anchored);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	put_head(w, r->events, &r->head);
	json_put_int(w, "texts", r->texts);
	json_put_int(w, "erased", r->erased);
	json_put_int(w, "anchored", r->anchored);
	json_put_bool(w, "ok", true);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_verify(struct call *call, struct err *e)
{
	const char *path = call_flag(call, "anchor");
	struct audit_anchor anchor;
	struct audit_result r;
	struct office *o = NULL;
	enum err_code rc = ERR_OK;

	if (path)
		rc = audit_read_anchor(path, &anchor, e);
	if (!rc)
		rc = session_open(call, true, &o, e);
	if (!rc)
		rc = db_check_file(o->db, false, e);
	if (!rc)
		rc = audit_verify(o->db, path ? &anchor : NULL, &r, e);
	if (!rc)
		rc = print_verified(call, &r, e);
	office_close(o);
	return rc;
}

static const struct command_flag verify_flags[] = {
	{"anchor", N_("FILE"),
		N_("a line that “audit head” printed earlier (“-”: standard input)")},
	{NULL, NULL, NULL},
};

const struct command command_audit_verify = {
	.verb = "audit verify",
	.args = "",
	.summary = N_("check that no event or text was changed, taken out or put in"),
	.help = N_("Recomputes the hash of every event and text. Exit status 4 and the first event "
		   "that is wrong when the record does not verify. Without an anchor a chain whose "
		   "end was cut off looks whole, so it is reported as unanchored."),
	.flags = verify_flags,
	.roles = COMMAND_ANYBODY,
	.run = run_verify,
};

/* --- rebuild --- */

static enum err_code run_rebuild(struct call *call, struct err *e)
{
	struct office *o = NULL;
	int64_t tables = 0, count;
	struct hash head;
	enum err_code rc = session_open(call, true, &o, e);

	if (!rc)
		rc = audit_rebuild(o->db, &tables, e);
	if (!rc)
		rc = events_head(o->db, &count, &head, e);
	if (!rc && call->json)
		printf("{\"ok\":true,\"events\":%lld,\"tables\":%lld}\n", (long long)count,
			(long long)tables);
	else if (!rc)
		printf(n_("%lld event gives the same %lld tables\n",
			       "%lld events give the same %lld tables\n", count),
			(long long)count, (long long)tables);
	office_close(o);
	return rc;
}

const struct command command_audit_rebuild = {
	.verb = "audit rebuild",
	.args = "",
	.summary = N_("compute every table anew from the events and compare"),
	.help = N_(
		"Nothing is changed. Exit status 4 names the tables that are not what the events "
		"say."),
	.roles = COMMAND_ANYBODY,
	.run = run_rebuild,
};
