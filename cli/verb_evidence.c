/*
 * verb_evidence.c - `huiying evidence add`, `evidence confirm`.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/evidence_add.h"

static void put_pending(struct json_writer *w, const void *data)
{
	json_put_str(w, "state", *(const bool *)data ? "pending" : "captured");
}

static enum err_code run_add(struct call *call, struct err *e)
{
	struct office_evidence in = {
		.subject = call->argv[0],
		.url = call->argc > 1 ? call->argv[1] : NULL,
		.file = call_flag(call, "file"),
		.note = call_flag(call, "note"),
	};
	struct office *o = NULL;
	char id[IDS_SIZE] = "", subject[IDS_SIZE] = "";
	bool pending = false;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_evidence_add(o, &in, id, subject, &pending, e);
	if (!rc)
		rc = done_line(call, id, put_pending, &pending, e,
			pending ? _("%s added to %s: capture pending") : _("%s added to %s"), id,
			subject);
	if (!rc && pending)
		done_next(call, "crawl · show %s", id);
	office_close(o);
	return rc;
}

static const struct command_flag add_flags[] = {
	{"file", N_("FILE"), N_("a document or photo; it is copied and its SHA-256 kept")},
	{"note", N_("TEXT"), N_("what it shows")},
	{NULL, NULL, NULL},
};

const struct command command_evidence_add = {
	.verb = "evidence add",
	.args = N_("CASE|COMMITMENT URL | --file FILE"),
	.summary = N_("add proof: a page to capture, or a file"),
	.flags = add_flags,
	.min_args = 1,
	.max_args = 2,
	.roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR,
	.run = run_add,
};

static enum err_code run_confirm(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_evidence_confirm(o, call->argv[0], id, e);
	if (!rc)
		rc = done_line(call, id, NULL, NULL, e, _("%s confirmed"), id);
	office_close(o);
	return rc;
}

const struct command command_evidence_confirm = {
	.verb = "evidence confirm",
	.args = N_("EVIDENCE"),
	.summary = N_("a second person confirms what a screenshot shows"),
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_confirm,
};
