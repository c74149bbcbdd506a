/*
 * changes.h - why a story came back, in few words: "killed 2→3, town 龙场镇".
 */
#ifndef CLI_CHANGES_H
#define CLI_CHANGES_H

#include "base/buf.h"

/* `changes`: the JSON array of a story's return (ledger/stories.h). What this program does
 * not know is shown by its own name. Translated. */
void changes_add_text(struct buf *out, const char *changes);

#endif
