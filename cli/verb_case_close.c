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
		rc = office_case_close(o, call->argv[0], call_flag(call, "fewer-channels"), a, id,
			&missing, &count, e);
	/* The list is data; the reason for exit 1 is still the refusal. */
	if (rc == ERR_REFUSED && count)
		print_missing(call, id, missing, count, &ignored);
	if (!rc)
		rc = done_line(call, id, put_closed, NULL, e, _("%s closed (销号)"), id);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"fewer-channels", N_("REASON"),
		N_("approve a major case answered on fewer than four classes of channels")},
	{NULL, NULL, NULL},
};

const struct command command_case_close = {
	.verb = "case close",
	.args = N_("CASE"),
	.summary = N_("close a case (销号) when every promise is publicly kept"),
	.help = N_("Refuses with exit 1 and lists everything that is missing at once: an accepted "
		   "answer with a measure or result on a government site, four classes of channels "
		   "for major cases, every promise verified with evidence and its fulfilment "
		   "captured (or given up with a published reason), two persons."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_close,
};
