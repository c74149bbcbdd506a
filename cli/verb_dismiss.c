/*
 * verb_dismiss.c - `huiying dismiss`: a queue row that becomes no case, and why.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/queue.h"

static enum err_code run_dismiss(struct call *call, struct err *e)
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
			d.reason ? ", " : "", d.reason ? d.reason : "");
	if (!rc)
		done_next(call, "alerts");
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"outcome", N_("OUTCOME"), N_("转报, 线索移交, 知悉 or 误报")},
	{"reason", N_("KIND"), N_("of 误报: 广告, 文艺, 外地, 重名, 宣传, 已解决 or 规则")},
	{"to", N_("UNIT"), N_("who it was handed to (转报, 线索移交)")},
	{"note", N_("TEXT"), N_("why, in your own words")},
	{NULL, NULL, NULL},
};

const struct command command_dismiss = {
	.verb = "dismiss",
	.args = N_("ROW --outcome OUTCOME"),
	.summary = N_("decide that a queue row becomes no case"),
	.help = N_(
		"转报: another level answers. 线索移交: the police or another body takes it over. "
		"知悉: no answer is needed, with a note. 误报: not our matter, with its kind; only "
		"these count against the rules."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.run = run_dismiss,
};
