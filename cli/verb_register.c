/*
 * verb_register.c - `huiying register`: a matter that came by phone, paper or a link.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/register.h"

static enum err_code run_register(struct call *call, struct err *e)
{
	struct office_registration in = {
		.url = strcmp(call->argv[0], "-") == 0 ? NULL : call->argv[0],
		.title = call_flag(call, "title"),
		.place = call_flag(call, "place"),
		.told_by = call_flag(call, "told-by"),
		.grade = call_flag(call, "grade"),
		.topic = call_flag(call, "topic"),
	};
	struct office *o = NULL;
	char id[32] = "";
	int64_t story = 0, alert = 0;
	struct buf text;
	enum err_code rc = done_words(call, &text, e);

	in.text = buf_str(&text);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = done_time(call, o, "published", &in.published_at, e);
	if (!rc)
		rc = office_register(o, &in, &story, &alert, e);
	snprintf(id, sizeof id, "S%lld", (long long)story);
	if (!rc)
		rc = done_line(
			call, id, NULL, NULL, e, _("%s registered (A%lld)"), id, (long long)alert);
	if (!rc)
		done_next(call, "take %s · case open %s --grade G --lead U", id, id);
	office_close(o);
	buf_fini(&text);
	return rc;
}

static const struct command_flag flags[] = {
	{"title", N_("TEXT"), N_("what it is about, in one line")},
	{"text", N_("TEXT"), N_("what was said or written")},
	{"file", N_("FILE"), N_("the same from a file (- for standard input)")},
	{"place", N_("PLACE"), N_("the town or street")},
	{"told-by", N_("POST"), N_("the post that told it; no names of private persons")},
	{"grade", N_("GRADE"), N_("suggest this grade instead of the rules'")},
	{"topic", N_("TOPIC"), N_("this topic (name or code) instead of the rules'")},
	{"published", N_("TIME"), N_("when it was published")},
	{NULL, NULL, NULL},
};

const struct command command_register = {
	.verb = "register",
	.args = N_("URL|- --title TEXT"),
	.summary = N_("enter a matter that no source brings (人工登记)"),
	.help = N_(
		"URL is its page, - when there is none: a call, a letter. It joins the queue and "
		"counts as discovered now."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.run = run_register,
};
