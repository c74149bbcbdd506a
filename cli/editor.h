/*
 * editor.h - the person's own editor, started on one file.
 *
 * $VISUAL, else $EDITOR, else the first of sensible-editor, nano and vi that is there. The
 * variables may hold arguments, parted by blanks; the words are the child's argument list as
 * they are, no shell sees them or the file's name. With huiying-fetch this is the only
 * program that huiying starts.
 */
#ifndef CLI_EDITOR_H
#define CLI_EDITOR_H

#include <stdbool.h>

#include "base/err.h"

/* Somebody said which; without a terminal nothing else is started. */
bool editor_is_named(void);
/* Waits for its end; a Ctrl-C meanwhile is the editor's. An exit code other than 0 is ERR_IO. */
enum err_code editor_run(const char *path, struct err *e);

#endif
