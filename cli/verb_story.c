/*
 * verb_story.c - `huiying story split`: an item is another matter; `story reopen`: a row that
 * was decided wrongly.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "ledger/ids.h"
#include "office/queue.h"
#include "office/split.h"

static void put_split(struct json_writer *w, const void *data)
{
	const struct split_result *r = data;

	json_put_int(w, "item", r->item);
	json_put_int(w, "from", r->from);
	if (r->to)
		json_put_int(w, "story", r->to);
	json_put_int(w, "alerts", r->alerts);
}

static enum err_code tell(const struct call *call, const struct split_result *r, struct err *e)
{
	char id[IDS_SIZE];
	enum err_code rc;

	ids_format(IDS_ITEM, 0, r->item, id);
	if (!r->to)
		return done_line(call, id, put_split, r, e,
			_("I%lld left S%lld; it alerts on nothing"), (long long)r->item,
			(long long)r->from);
	rc = done_line(call, id, put_split, r, e, _("I%lld left S%lld and is S%lld now"),
		(long long)r->item, (long long)r->from, (long long)r->to);
	if (!rc)
		done_next(call, "show S%lld --why · case open S%lld · dismiss S%lld",
			(long long)r->to, (long long)r->to, (long long)r->to);
	return rc;
}

static enum err_code run_story_split(struct call *call, struct err *e)
{
	struct office *o = NULL;
	struct split_result r;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_split(o, call->argv[0], call_flag(call, "reason"), &r, e);
	if (!rc)
		rc = tell(call, &r, e);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"reason", N_("WORDS"), N_("why it is another matter")},
	{NULL, NULL, NULL},
};

const struct command command_story_split = {
	.verb = "story split",
	.args = N_("ITEM --reason WORDS"),
	.summary = N_("take an item out of a story that it does not belong to"),
	.help = N_("ITEM is I12, as `show S…` lists its items. It becomes a story of its own with "
		   "its alerts, open, or no story when it alerts on nothing; it is not joined to "
		   "the old one again. Decision and case of the old story stand. The item that a "
		   "story was raised for cannot be taken out of it."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_story_split,
};

static enum err_code run_story_reopen(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	int64_t story = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_queue_reopen(o, call->argv[0], call_flag(call, "reason"), &story, e);
	ids_format(IDS_STORY, 0, story, id);
	if (!rc)
		rc = done_line(call, id, NULL, NULL, e, _("%s is open again"), id);
	if (!rc)
		done_next(call, "show %s --why · take %s · case open %s · dismiss %s", id, id, id,
			id);
	office_close(o);
	return rc;
}

static const struct command_flag reopen_flags[] = {
	{"reason", N_("WORDS"), N_("why it was decided wrongly")},
	{NULL, NULL, NULL},
};

const struct command command_story_reopen = {
	.verb = "story reopen",
	.args = N_("ROW --reason WORDS"),
	.summary = N_("open a row again that was decided wrongly"),
	.help = N_("ROW is a story (S12 or 12) or one of its alerts (A40). What was decided stays "
		   "on record with who opened it again and why; the review limit counts from now, "
		   "but a case that comes of it still counts from when the matter was found. A row "
		   "of a case stays with its case. Rows dismissed by line go back with `dismiss "
		   "--undo`."),
	.flags = reopen_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_story_reopen,
};
