/*
 * output.h - what commands print: aligned tables, safe text, progress.
 *
 * A table is collected, then printed with columns as wide as their widest cell
 * (display columns). On a terminal a row is one line whatever its width: the last column is
 * cut; where it would have no room, columns of prose give way, then columns without a cell
 * are left out and others as the table says. In a file or a pipe everything stands. Cells from
 * outside are made safe here, so callers pass them raw.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/time.h"

struct table;

enum table_align {
	TABLE_LEFT,
	TABLE_RIGHT,
	TABLE_CUT, /* as TABLE_LEFT; prose that may be cut where a terminal is too narrow */
};

struct table_column {
	const char *title; /* N_() */
	enum table_align align;
	int leave; /* 1: left out first where a terminal is too narrow; 0: always there */
};

/* With headings; the columns are borrowed for as long as the table lives. NULL: no memory */
struct table *table_new(const struct table_column *columns, size_t count);
/* Without headings, all TABLE_LEFT. */
struct table *table_new_bare(size_t columns);
void table_free(struct table *t);
/* Cells of the current row, left to right; a missing cell is empty. NULL prints "-". */
void table_cell(struct table *t, const char *text);
void table_cellf(struct table *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Local time; TIME_NONE prints "-". */
void table_cell_time(struct table *t, int64_t at, const struct time_zone *zone);
void table_end_row(struct table *t);
size_t table_rows(const struct table *t);
/* ERR_IO when stdout refuses. width 0: no limit. */
enum err_code table_print(const struct table *t, FILE *out, size_t width, struct err *e);

/* Columns of the terminal on f, 0 when it is none. */
size_t output_width(FILE *f);
/* Prints safe text (one line kept as is, newlines kept). */
void output_safe(FILE *f, const char *s);
void output_safe_line(FILE *f, const char *s);
/* The label of a fact, padded so that the facts below one another stand in a column
 * whatever the language. */
void output_label(FILE *f, const char *label);
/* Label and value on one line, however foreign; nothing when there is no value. */
void output_fact(FILE *f, const char *label, const char *value);
/* The same of a moment, in local time; nothing when it is TIME_NONE. */
void output_fact_time(FILE *f, const char *label, int64_t at, const struct time_zone *zone);
void output_printf(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* One line and its end, whatever is in it: a foreign text must not look like another
 * line of ours. */
void output_line(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The lines of a text, each made safe. */
void output_lines(FILE *f, const struct buf *text);
/* The same, cut to the terminal on f, if it is one. */
void output_line_cut(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Flushes stdout; ERR_IO when anything written to it was lost. */
enum err_code output_flush(FILE *f, struct err *e);

/* A progress bar on stderr when it is a terminal, else silent. */
struct progress {
	FILE *out; /* NULL: silent */
	const char *label;
	int64_t last_ms;
	bool shown;
};

void progress_init(struct progress *p, const char *label, bool quiet);
void progress_update(struct progress *p, size_t done, size_t total, const char *note);
void progress_count(void *progress, size_t done, size_t total); /* the same, as a callback */
void progress_end(struct progress *p); /* clears the line */

#endif
