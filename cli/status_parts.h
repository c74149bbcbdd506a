/*
 * status_parts.h - what the parts of the program add to `huiying status`: a line that
 * tells how they are, and a line for whatever needs a person (with --check: exit 1).
 * A part is a line in status.def. It runs outside of any transaction.
 */
#ifndef CLI_STATUS_PARTS_H
#define CLI_STATUS_PARTS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "office/office.h"

struct status_part {
	struct office *office;
	struct arena *arena;
	struct buf *told; /* "calendar  2021-2026\n": a word of up to 9 columns, then the text */
	struct buf *wrong; /* one line each, with what to do */
};

#define STATUS_PART(name) enum err_code status_##name(struct status_part *p, struct err *e);
#include "cli/status.def"
#undef STATUS_PART

#endif
