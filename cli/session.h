/*
 * session.h - how a command opens the instance it works on: flags of the call to
 * office options, the DEMO mark, the umask of everything that is written.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <stdbool.h>

#include "base/err.h"
#include "cli/command.h"
#include "office/office.h"

/* What session_open() opens with, for those that open it themselves. Sets the umask. */
void session_options(const struct call *call, bool read_only, struct office_options *out);
/* --actor --role --for --post --how --by-phone --document --seen are taken from the call. A
 * demonstration says so on standard error. Who has none of the roles that the verb declares
 * is refused (ERR_DENIED), and the refusal recorded. Close with office_close(). */
enum err_code session_open(
	const struct call *call, bool read_only, struct office **out, struct err *e);
/* For verbs that change files of an instance and not its ledger: may this person? Where there
 * is no ledger yet nobody has a role, and the permissions of the files decide. */
enum err_code session_may(const struct call *call, struct err *e);

#endif
