/*
 * verb_channels.c - `huiying channels`: the registered channels and whether they are kept
 * up.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/when.h"
#include "office/upkeep.h"

static const char *state_word(enum upkeep_state s)
{
	static const char *const words[] = {
		[UPKEEP_KEPT] = "kept", [UPKEEP_STALE] = "stale", [UPKEEP_UNSEEN] = "unseen"};

	return words[s];
}

static const char *state_text(const struct upkeep *u)
{
	switch (u->state) {
	case UPKEEP_KEPT:
		return u->channel->upkeep ? _("kept up") : "-";
	case UPKEEP_STALE:
		return _("not updated in time");
	case UPKEEP_UNSEEN:
		return u->sources ? _("nothing read yet") : _("nothing reads it");
	}
	return "-";
}

static enum err_code print_table(
	struct office *o, const struct upkeep *list, size_t count, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("CHANNEL"), TABLE_CUT, 0},
		{N_("CLASS"), TABLE_LEFT, 2},
		{N_("UNIT"), TABLE_CUT, 0},
		{N_("LAST NEWS"), TABLE_LEFT, 0},
		{N_("AT MOST"), TABLE_RIGHT, 1},
		{N_("STATE"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < count; i++) {
		const struct upkeep *u = &list[i];
		char at[TIME_TEXT_SIZE] = "-";
		if (u->newest != TIME_NONE)
			time_format_local(u->newest, o->settings.zone, at);
		table_cell(t, u->channel->name);
		table_cell(t, channel_class_name(u->channel->class));
		table_cell(t, u->channel->unit);
		table_cell(t, at);
		if (u->channel->upkeep)
			table_cellf(t, _("%lld d"), (long long)(u->channel->upkeep / 86400));
		else
			table_cell(t, "-");
		table_cell(t, state_text(u));
		table_end_row(t);
	}
	if (!rc)
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_json(const struct upkeep *u, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "channel", u->channel->name);
	json_put_str(w, "class", channel_class_name(u->channel->class));
	json_put_str(w, "unit", u->channel->unit);
	json_put_str(w, "page", u->channel->page);
	json_put_time(w, "newest", u->newest);
	if (u->channel->upkeep)
		json_put_int(w, "upkeep", u->channel->upkeep);
	json_put_int(w, "sources", (int64_t)u->sources);
	json_put_str(w, "state", state_word(u->state));
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_channels(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct upkeep *list = NULL;
	struct office *o = NULL;
	size_t count = 0, stale = 0;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc)
		rc = upkeep_list(o, a, &list, &count, e);
	for (size_t i = 0; !rc && i < count; i++) {
		stale += list[i].state == UPKEEP_STALE;
		if (call->json)
			rc = print_json(&list[i], e);
	}
	if (!rc && !call->json)
		rc = print_table(o, list, count, e);
	if (!rc && call_has(call, "check") && stale)
		rc = err_set(e, ERR_NO,
			n_("%zu channel was not updated in time",
				"%zu channels were not updated in time", stale),
			stale);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"check", NULL, N_("exit 1 when a channel was not updated in time")},
	{NULL, NULL, NULL},
};

const struct command command_channels = {
	.verb = "channels",
	.args = "",
	.summary = N_("the registered channels and whether they are kept up"),
	.help = N_("A channel of channels.conf with a feed or a list page is read like a source. "
		   "What is published there is compared with the open cases and promises (see "
		   "“huiying proposals”), and a channel that stands longer without news than its "
		   "upkeep allows is reported here and by “huiying status --check”."),
	.flags = flags,
	.roles = COMMAND_ANYBODY,
	.run = run_channels,
};
