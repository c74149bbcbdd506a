/*
 * dismiss_line.h - the forms of `huiying dismiss` that decide many rows: --line and --undo.
 */
#ifndef CLI_DISMISS_LINE_H
#define CLI_DISMISS_LINE_H

#include "base/err.h"
#include "cli/command.h"

enum err_code dismiss_line_run(struct call *call, struct err *e);
enum err_code dismiss_line_undo(struct call *call, struct err *e);

#endif
