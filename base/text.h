/*
 * text.h - sentences, white space and text that is safe to show.
 *
 * Safe text (terminals, logs): every C0 and C1 control, DEL, all 12 Bidi_Control
 * characters, zero-width and other default-ignorable characters, and tag
 * characters (U+E0000 block) are shown as visible marks - `^[` for C0 and DEL,
 * `<U+202E>` for the rest - so that nothing read from outside can move the
 * cursor, hide or reorder what staff see. Line and paragraph separators, format
 * characters and unassigned code points are shown the same way. A variation
 * selector 15 or 16 right behind an emoji (or 0-9 # *) is dropped: terminals disagree about its
 * width and it only chooses between two pictures of the same thing. At most 4
 * combining marks in a row are kept, further ones are shown as <U+…>. Invalid
 * UTF-8 becomes U+FFFD. The marks are ASCII, so their width is their length, and
 * safe text stays as it is when it is made safe again.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

enum text_lines {
	TEXT_ONE_LINE, /* \n and \t are made visible too */
	TEXT_KEEP_LINES, /* \n and \t pass */
};

/* Between the blocks of one stream; zeroed at its start. A block must not end
 * within a character (utf8_open_tail). */
struct text_safe {
	int marks; /* combining marks since the last character with a width */
	bool pictograph; /* the last one takes a variation selector */
};

void text_add_safe_block(
	struct buf *b, struct text_safe *state, const char *s, size_t n, enum text_lines lines);
void text_add_safe(struct buf *b, const char *s, size_t n, enum text_lines lines);
/* Convenience: text_add_safe of a NUL-terminated string on one line. */
void text_add_safe_str(struct buf *b, const char *s);
/* Safe, cut to `columns` display columns with "…" when longer, and padded with
 * blanks to exactly `columns`. */
void text_add_column(struct buf *b, const char *s, size_t n, size_t columns);

/* Sentences of DESIGN §5.2: end at \n 。 ! ? ; … (and their full-width and
 * half-width twins ！？；．｡), and at '.' between two Han characters. Iterates:
 * start with *pos = 0; returns false at the end. The view includes the closing
 * marks (several in a row, and a closing quotation mark behind them: “……！”) but
 * no \n and no white space at its ends; a sentence without anything but such marks
 * is skipped. *pos is then where the search for the next one starts. */
bool text_next_sentence(struct str text, size_t *pos, struct str *sentence);

/* Appends s with each run of Unicode white space turned into one blank, none at
 * the ends; with keep_breaks a run holding \n becomes one \n. */
void text_add_collapsed(struct buf *b, const char *s, size_t n, bool keep_breaks);

#endif
