/*
 * manual.h - the manual page and the shell completions, made from the command table.
 */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include <stdio.h>

#include "base/err.h"

/* huiying(1) in man(7) roff, in the language of the messages. */
enum err_code manual_print_man(FILE *out, struct err *e);
/* shell: "bash", "zsh" or "fish"; ERR_USAGE for others. */
enum err_code manual_print_completion(FILE *out, const char *shell, struct err *e);

#endif
