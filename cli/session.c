/*
 * session.c - opening the instance for a command.
 */
#include "cli/session.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "cli/output.h"
#include "office/refusal.h"

/* The acts ask again, each for itself: they are the authority. Here a verb holds what its
 * row and its help declare. */
static enum err_code may_use(const struct office *o, const struct command *c, struct err *e)
{
	char what[128];

	if (c->roles == COMMAND_ANYBODY)
		return ERR_OK;
	snprintf(what, sizeof what, _("use “huiying %s”"), c->verb);
	return c->personal ? people_require_personal(&o->person, c->roles, what, e)
			   : people_require(&o->person, c->roles, what, e);
}

enum err_code session_open(
	const struct call *call, bool read_only, struct office **out, struct err *e)
{
	struct office_options opt = {
		.home = &call->home,
		.log = &call->log,
		.actor = call_flag(call, "actor"),
		.role = call_flag(call, "role"),
		.unit = call_flag(call, "for"),
		.post = call_flag(call, "post"),
		.how = call_flag(call, "how"),
		.document = call_flag(call, "document"),
		.verb = call->command->verb,
		.read_only = read_only && call->command->roles == COMMAND_ANYBODY,
	};
	enum err_code rc;

	umask(0007);
	rc = office_open(&opt, out, e);
	if (!rc && (*out)->demo)
		output_printf(stderr, "%s\n", _("DEMO - a demonstration, not a real ledger"));
	if (!rc && (rc = may_use(*out, call->command, e)) != ERR_OK) {
		refusal_record(*out, "", e->text);
		office_close(*out);
		*out = NULL;
	}
	return rc;
}
