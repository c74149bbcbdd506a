/*
 * session.c - opening the instance for a command.
 */
#include "cli/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/path.h"
#include "cli/done.h"
#include "cli/output.h"
#include "cli/seen.h"
#include "office/refusal.h"
#include "office/register.h"

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

/* --by-phone POST is --post POST --how phone. */
static enum err_code by_phone(const struct call *call, struct office_options *opt, struct err *e)
{
	const char *post = call_flag(call, "by-phone");

	if (!post)
		return ERR_OK;
	if (opt->post || opt->how)
		return err_set(e, ERR_USAGE, _("either --by-phone or --post and --how"));
	opt->post = post;
	opt->how = "phone";
	return office_register_check_post(post, e);
}

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
		.verb = call->command->verb,
		.read_only = read_only,
	};
	umask(0007);
}

static enum err_code open_once(const struct call *call, const struct office_options *opt,
	bool *said, struct office **out, struct err *e)
{
	enum err_code rc = office_open(opt, out, e);

	if (!rc && (*out)->demo && !*said)
		output_printf(stderr, "%s\n", _("DEMO - a demonstration, not a real ledger"));
	*said = *said || !rc;
	if (rc || (rc = may_use(*out, call->command, e)) == ERR_OK)
		return rc;
	if (!opt->read_only)
		refusal_record(*out, "", e->text);
	office_close(*out);
	*out = NULL;
	return rc;
}

/* said: that it is a demonstration was told, or need not be. */
static enum err_code open_session(
	const struct call *call, bool read_only, bool said, struct office **out, struct err *e)
{
	struct office_options opt;
	enum err_code rc;

	*out = NULL;
	session_options(call, read_only, &opt);
	rc = by_phone(call, &opt, e);
	if (!rc)
		rc = done_number(call, "seen", &opt.seen, e);
	if (!rc)
		rc = open_once(call, &opt, &said, out, e);
	if (rc == ERR_DENIED && opt.read_only && call->command->roles != COMMAND_ANYBODY) {
		opt.read_only = false; /* the refusal is written down */
		rc = open_once(call, &opt, &said, out, e);
	}
	if (rc)
		return rc;
	(*out)->overwrites = call->command->overwrites;
	rc = seen_attach(*out, e);
	if (rc) {
		office_close(*out);
		*out = NULL;
	}
	return rc;
}

enum err_code session_open(
	const struct call *call, bool read_only, struct office **out, struct err *e)
{
	return open_session(call, read_only, false, out, e);
}

enum err_code session_may(const struct call *call, struct err *e)
{
	char *ledger = path_join(call->home.data, "ledger.db");
	struct office *o = NULL;
	enum err_code rc = ledger ? ERR_OK : err_nomem(e);

	if (!rc && path_exists(ledger))
		rc = open_session(call, true, true, &o, e);
	office_close(o);
	free(ledger);
	return rc;
}
