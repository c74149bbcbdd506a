/*
 * session.c - opening the instance for a command.
 */
#include "cli/session.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "cli/output.h"

void session_options(const struct call *call, bool read_only, struct office_options *out)
{
	*out = (struct office_options){
		.home = &call->home,
		.log = &call->log,
		.actor = call_flag(call, "actor"),
		.role = call_flag(call, "role"),
		.unit = call_flag(call, "for"),
		.post = call_flag(call, "post"),
		.how = call_flag(call, "how"),
		.document = call_flag(call, "document"),
		.read_only = read_only,
	};
	umask(0007);
}

enum err_code session_open(
	const struct call *call, bool read_only, struct office **out, struct err *e)
{
	struct office_options opt;
	enum err_code rc;

	session_options(call, read_only, &opt);
	rc = office_open(&opt, out, e);
	if (!rc && (*out)->demo)
		output_printf(stderr, "%s\n", _("DEMO - a demonstration, not a real ledger"));
	return rc;
}
