/*
 * verb_audit.c - `huiying audit verify | head | key | rebuild`.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "ledger/audit.h"
#include "ledger/events.h"
#include "office/evidence_files.h"
#include "office/head_key.h"

static void put_head(struct json_writer *w, int64_t count, const struct hash *head)
{
	char hex[HASH_HEX_SIZE];

	hash_to_hex(head, hex);
	json_put_int(w, "count", count);
	json_put_str(w, "hash", hex);
}

/* --- head --- */

/* The signed head is one JSON object, with --json or without: what is published. */
static enum err_code print_signed(struct office *o, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, (size_t)1 << 20);
	rc = office_head_sign(o, &b, e);
	if (!rc)
		printf("%s\n", buf_str(&b));
	buf_fini(&b);
	return rc;
}

static enum err_code run_head(struct call *call, struct err *e)
{
	struct office *o = NULL;
	struct json_writer *w;
	struct hash head;
	struct json_out out;
	char hex[HASH_HEX_SIZE];
	int64_t count;
	enum err_code rc = session_open(call, true, &o, e);

	if (!rc && call_has(call, "sign"))
		rc = print_signed(o, e);
	else if (!rc)
		rc = events_head(o->db, &count, &head, e);
	office_close(o);
	if (rc || call_has(call, "sign"))
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

static const struct command_flag head_flags[] = {
	{"sign", NULL, N_("as a JSON object with the counters of ids, signed by the office's key")},
	{NULL, NULL, NULL},
};

const struct command command_audit_head = {
	.verb = "audit head",
	.args = "",
	.summary = N_("print the number of events and the hash of the last one"),
	.help = N_("The line is an anchor: keep it outside this machine (the public site shows "
		   "it), and “huiying audit verify --anchor FILE” finds a chain that was cut or "
		   "rewritten since. A signed one also proves who made it, and tells a restored "
		   "ledger how far its numbers had gone."),
	.flags = head_flags,
	.roles = COMMAND_ANYBODY,
	.run = run_head,
};

/* --- key --- */

static void put_key(struct json_writer *w, const void *data)
{
	const struct head_key *k = data;

	json_put_str(w, "key", k->key);
	json_put_time(w, "since", k->since);
	json_put_str(w, "by", k->by_name);
}

static enum err_code run_key(struct call *call, struct err *e)
{
	bool new = call_has(call, "new");
	char when[TIME_TEXT_SIZE];
	struct office *o = NULL;
	struct head_key k;
	enum err_code rc = session_open(call, !new, &o, e);

	if (!rc)
		rc = new ? office_head_key_new(o, &k, e) : office_head_key(o, &k, e);
	if (!rc) {
		time_format_local(k.since, o->settings.zone, when);
		rc = done_line(call, NULL, put_key, &k, e, _("%s since %s, made by %s"), k.key,
			when, k.by_name);
	}
	if (!rc && new)
		done_next(call, "audit head --sign");
	office_close(o);
	return rc;
}

static const struct command_flag key_flags[] = {
	{"new", NULL, N_("make another one (admin); what the old one signed can still be checked")},
	{NULL, NULL, NULL},
};

const struct command command_audit_key = {
	.verb = "audit key",
	.args = "",
	.summary = N_("print the public key that the head is signed with"),
	.help = N_(
		"Publish the key where the head is published. Its secret is keys/head.key, which "
		"only its owner can read and which no backup holds; "
		"$CREDENTIALS_DIRECTORY/head.key "
		"comes before it. “init” makes the first one."),
	.flags = key_flags,
	.roles = PEOPLE_ADMIN,
	.run = run_key,
};

/* --- verify --- */

static void print_restored(const struct audit_result *r, const struct time_zone *zone)
{
	char when[TIME_TEXT_SIZE];

	time_format_local(r->restored_at, zone, when);
	output_printf(stdout,
		_("restored at %lld by %s on %s: the events behind it that the anchor vouches for "
		  "were lost then\n"),
		(long long)r->restored, r->restored_by, when);
}

static void put_restored(struct json_writer *w, const struct audit_result *r)
{
	if (!r->restored)
		return;
	json_key(w, "restored");
	json_begin_object(w);
	json_put_int(w, "count", r->restored);
	json_put_time(w, "at", r->restored_at);
	json_put_str(w, "by", r->restored_by);
	json_end_object(w);
}

static void print_files(const struct evidence_files *f)
{
	if (!f)
		return;
	printf(n_("%lld file of evidence is what it was, %lld erased by order of law\n",
		       "%lld files of evidence are what they were, %lld erased by order of law\n",
		       f->same),
		(long long)f->same, (long long)f->erased);
}

/* files: NULL when they were left out. */
static enum err_code print_verified(const struct call *call, const struct audit_result *r,
	const struct evidence_files *files, const struct time_zone *zone, struct err *e)
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
		print_files(files);
		if (r->restored)
			print_restored(r, zone);
		else if (r->anchored < r->events)
			printf(_("unanchored since %lld: a cut end would not show behind it\n"),
				(long long)r->anchored);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	put_head(w, r->events, &r->head);
	json_put_int(w, "texts", r->texts);
	json_put_int(w, "erased", r->erased);
	if (files) {
		json_put_int(w, "files", files->same);
		json_put_int(w, "files_erased", files->erased);
	}
	json_put_int(w, "anchored", r->anchored);
	put_restored(w, r);
	json_put_bool(w, "ok", !r->restored);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_verify(struct call *call, struct err *e)
{
	const char *path = call_flag(call, "anchor");
	bool no_files = call_has(call, "no-files");
	struct evidence_files files = {0};
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
	if (!rc && !no_files)
		rc = evidence_files_verify(o, &files, e);
	if (!rc && !no_files)
		rc = evidence_files_judge(&files, e);
	if (!rc)
		rc = print_verified(call, &r, no_files ? NULL : &files, o->settings.zone, e);
	if (!rc && r.restored)
		rc = ERR_NO;
	evidence_files_fini(&files);
	office_close(o);
	return rc;
}

static const struct command_flag verify_flags[] = {
	{"anchor", N_("FILE"),
		N_("a line that “audit head” printed earlier (“-”: standard input)")},
	{"no-files", NULL, N_("the ledger alone: its evidence is kept elsewhere")},
	{NULL, NULL, NULL},
};

const struct command command_audit_verify = {
	.verb = "audit verify",
	.args = "",
	.summary = N_("check that no event or text was changed, taken out or put in"),
	.help = N_(
		"Recomputes the hash of every event and text, and of every file of evidence. Exit "
		"status 4 and the first event "
		"that is wrong when the record does not verify, or the evidence that is gone or "
		"another. Without an anchor a chain whose "
		"end was cut off looks whole, so it is reported as unanchored. Of a signed anchor "
		"the signature is checked too. Exit status 1 when the anchor is of events that "
		"were lost when the ledger was restored from a backup."),
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
