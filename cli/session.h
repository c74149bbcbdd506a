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

/* --actor --role --for --post --how --document are taken from the call. A
 * demonstration says so on standard error. Who has none of the roles that the verb declares
 * is refused (ERR_DENIED), and the refusal recorded. Close with office_close(). */
enum err_code session_open(
	const struct call *call, bool read_only, struct office **out, struct err *e);

#endif
