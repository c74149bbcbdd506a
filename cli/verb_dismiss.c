/*
 * verb_dismiss.c - `huiying dismiss`: a queue row that becomes no case, and why. Many rows
 * at once: dismiss_line.c.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/dismiss_line.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/queue.h"

static enum err_code dismiss_row(struct call *call, struct err *e)
{
	struct queue_dismissal d = {
		.outcome = call_flag(call, "outcome"),
		.reason = call_flag(call, "reason"),
		.unit = call_flag(call, "to"),
		.note = call_flag(call, "note"),
	};
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	int64_t story = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_queue_dismiss(o, call->argv[0], &d, &story, e);
	snprintf(id, sizeof id, "S%lld", (long long)story);
	if (!rc)
		rc = done_line(call, id, NULL, NULL, e, "%s: %s%s%s", id, d.outcome,
			d.reason ? ", " : "", d.reason ? office_queue_reason(d.reason) : "");
	if (!rc)
		done_next(call, "alerts");
	office_close(o);
	return rc;
}

static enum err_code refuse(struct call *call, struct err *e)
{
	static const char *const alone[] = {"line", "undo", "since", "dry-run", "yes"};

	for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
		if (call_has(call, alone[i]))
			return err_set(e, ERR_USAGE, _("--%s does not go with a row"), alone[i]);
	return err_set(e, ERR_USAGE,
		_("dismiss: which row? S12, or --line for all of a rule line, or --undo"));
}

static enum err_code run_dismiss(struct call *call, struct err *e)
{
	bool line = call_has(call, "line"), undo = call_has(call, "undo");

	if (call->argc == 0 && line && !undo)
		return dismiss_line_run(call, e);
	if (call->argc == 0 && undo && !line)
		return dismiss_line_undo(call, e);
	if (call->argc == 0 || line || undo || call_has(call, "since") ||
		call_has(call, "dry-run") || call_has(call, "yes"))
		return refuse(call, e);
	return dismiss_row(call, e);
}

static const struct command_flag flags[] = {
	{"outcome", N_("OUTCOME"), N_("转报, 线索移交, 知悉 or 误报")},
	{"reason", N_("KIND"),
		N_("of 误报: 广告 (advert), 文艺 (fiction), 外地 (other-place), 重名 (homonym), "
		   "宣传 (propaganda), 已解决 (resolved) or 规则 (rule-error)")},
	{"to", N_("UNIT"), N_("who it was handed to (转报, 线索移交)")},
	{"note", N_("TEXT"), N_("why, in your own words")},
	{"line", N_("LINE"),
		N_("all rows that are there because of this rule line alone: keywords.conf:57, "
		   "local.d/NAME.conf:12, or 57")},
	{"since", N_("TIME"), N_("with --line: raised since then: 2h, 1d or a date")},
	{"dry-run", NULL, N_("with --line: only say what would go and what would stay")},
	{"yes", NULL, N_("with --line: do not ask")},
	{"undo", N_("NUMBER"), N_("take the dismissal of a line back, by its number")},
	{NULL, NULL, NULL},
};

const struct command command_dismiss = {
	.verb = "dismiss",
	.args = N_(
		"ROW --outcome OUTCOME | --line LINE --since TIME --reason KIND | --undo NUMBER"),
	.summary = N_("decide that a queue row becomes no case"),
	.help = N_(
		"转报: another level answers. 线索移交: the police or another body takes it over. "
		"知悉: no answer is needed, with a note. 误报: not our matter, with its kind; only "
		"these count against the rules.\n\n"
		"--line dismisses as 误报, in one event, every open row raised since TIME that "
		"would not be there had that rule line not hit: its score would be below the "
		"threshold, or no other line hit. Rows for which other lines suffice, that came "
		"back, that a person entered or has taken, or that orders stand behind stay, and "
		"are listed. At a terminal it asks first; scripts say --yes. --undo opens again "
		"the rows that nobody has touched since, once."),
	.flags = flags,
	.min_args = 0,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_dismiss,
};
