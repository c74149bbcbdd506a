/*
 * ask.h - questions to the person at the terminal.
 *
 * Only asked when standard input and standard error are both terminals and neither -q nor
 * --json was given: a script never hangs on a question. The question goes to stderr.
 */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/command.h"

bool ask_is_possible(const struct call *call);
/* One line, trimmed, into *out (cleared first); the end of input is an empty answer. */
enum err_code ask_line(const char *question, struct buf *out, struct err *e);
/* Yes or no; an empty answer is `fallback`. Asked again when it is neither. */
enum err_code ask_yes(const char *question, bool fallback, bool *out, struct err *e);

#endif
