/*
 * csv_out.h - writing CSV (RFC 4180) that a spreadsheet opens as it is: UTF-8 with a byte
 * order mark, and no cell that it would take for a formula.
 *
 * A cell that begins - after blanks - with = + - @, a tab or a line break, or with the
 * full-width forms of the first four, gets an apostrophe in front. Numbers are written as
 * they are.
 */
#ifndef CLI_CSV_OUT_H
#define CLI_CSV_OUT_H

#include <stdint.h>

#include "base/buf.h"

#define CSV_OUT_BOM "\xEF\xBB\xBF"

struct csv_out {
	struct buf *out;
	int column; /* of the current record */
};

void csv_out_text(struct csv_out *c, const char *s); /* NULL: an empty cell */
void csv_out_int(struct csv_out *c, int64_t v);
void csv_out_end(struct csv_out *c); /* of the record */

#endif
