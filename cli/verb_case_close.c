/*
 * verb_case_close.c - `huiying case close`: 销号, or everything that is missing.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/closing.h"

#define CLOSE_MEMORY ((size_t)64 << 20)

static enum err_code print_missing(const struct call *call, const char *id,
	const struct closing_missing *list, size_t count, struct err *e)
{
	struct json_writer *w;
	struct json_out out;

	if (!call->json) {
		for (size_t i = 0; i < count; i++)
			output_printf(stdout, "%s  %s\n", list[i].subject, list[i].text);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	json_put_str(w, "id", id);
	json_put_bool(w, "closed", false);
	json_key(w, "missing");
	json_begin_array(w);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(w);
		json_put_str(w, "code", list[i].code);
		json_put_str(w, "subject", list[i].subject);
		json_put_str(w, "text", list[i].text);
		json_end_object(w);
	}
	json_end_array(w);
	return json_out_end(&out, ERR_OK, e);
}

static void put_closed(struct json_writer *w, const void *data)
{
	(void)data;
	json_put_bool(w, "closed", true);
}

/* --check: looks only. */
static enum err_code act(const struct call *call, struct office *o, struct arena *a,
	char id[IDS_SIZE], const struct closing_missing **missing, size_t *count, struct err *e)
{
	const char *typed = call->argv[0], *fewer = call_flag(call, "fewer-channels");

	if (call_has(call, "check"))
		return office_case_check(o, typed, fewer, a, id, missing, count, e);
	return office_case_close(o, typed, fewer, a, id, missing, count, e);
}

static void put_open(struct json_writer *w, const void *data)
{
	(void)data;
	json_put_bool(w, "closed", false);
	json_key(w, "missing");
	json_begin_array(w);
	json_end_array(w);
}

static enum err_code confirm(const struct call *call, const char *id, struct err *e)
{
	enum err_code rc;

	if (call_has(call, "check")) {
		rc = done_line(
			call, id, put_open, NULL, e, _("nothing is missing: %s can be closed"), id);
		if (!rc)
			done_next(call, "case close %s", id);
		return rc;
	}
	rc = done_line(call, id, put_closed, NULL, e, _("%s closed (销号)"), id);
	if (!rc)
		done_next(call,
			"show %s · due --within 30d · case lookback %s --result 巩固|反弹 --note T "
			"(回头看)",
			id, id);
	return rc;
}

static enum err_code run_close(struct call *call, struct err *e)
{
	struct arena *a = arena_new(CLOSE_MEMORY);
	const struct closing_missing *missing = NULL;
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	size_t count = 0;
	struct err ignored;
	enum err_code rc = a ? session_open(call, false, &o, e) : err_nomem(e);

	if (!rc)
		rc = act(call, o, a, id, &missing, &count, e);
	/* The list is data; the reason for exit 1 is still the refusal. */
	if (rc == ERR_REFUSED && count)
		print_missing(call, id, missing, count, &ignored);
	if (!rc)
		rc = confirm(call, id, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"fewer-channels", N_("REASON"),
		N_("approve a major case answered on fewer than four classes of channels")},
	{"check", NULL, N_("only look what is missing; exit 1 when something is")},
	{"seen", N_("VERSION"), N_("refuse when the case is no longer at this version")},
	{NULL, NULL, NULL},
};

const struct command command_case_close = {
	.verb = "case close",
	.args = N_("CASE"),
	.summary = N_("close a case (销号) when every promise is publicly kept"),
	.help = N_("Refuses with exit 1 and lists everything that is missing at once: an accepted "
		   "answer with a measure or result on a government site, four classes of channels "
		   "for major cases, every promise verified with evidence and its fulfilment "
		   "captured (or given up with a published reason), two persons, no open "
		   "order of supervision or objection. Closing plans the look-backs (回头看) of "
		   "deadlines.conf."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.overwrites = true,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_close,
};
