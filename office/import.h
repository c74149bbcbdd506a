/*
 * import.h - tables that an office gets as files: orders of hotlines and mailboxes
 * (12345, 市长信箱), items of sources that only export, tasks of plans, answers of units.
 *
 * Orders are keyed by source and order number and updated when they come again. They do
 * not flood the queue: the rules run on them, but a queue row appears only when at least
 * IMPORT_ORDERS_MIN orders concern one matter (office/import_matter.h) or the suggested
 * grade is 较大 or above. An interrupted import is simply run again.
 *
 * Every row is accounted for: rows = added + changed + unchanged + refused.
 */
#ifndef OFFICE_IMPORT_H
#define OFFICE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mask.h"
#include "base/sig.h"
#include "crawler/document.h"
#include "office/office.h"

#define IMPORT_ORDERS_MIN 3
#define IMPORT_SOURCE "12345" /* of orders, when none is named */

struct import_options {
	const char *path; /* "-": standard input */
	const char *source; /* id; NULL: IMPORT_SOURCE; items need one */
	const char *sheet, *charset; /* NULL: found */
	const char *mapping; /* a saved mapping's name; NULL: none */
	const char *const *maps; /* "FIELD=HEAD"; with `mapping` they are saved under its name */
	size_t map_count;
	bool dry_run; /* nothing is kept */
	struct sig *sig; /* may be NULL; ERR_STOPPED, what was taken in is kept */
	void (*on_progress)(void *data, size_t done, size_t total); /* may be NULL */
	void *data;
};

struct import_column {
	const char *head;
	const char *field; /* "number" …; NULL: not taken */
	bool is_private; /* about a person: never taken */
};

struct import_row { /* what appears in the queue, or joins what is there */
	int64_t story;
	bool is_new; /* a row that was not there */
	const char *title, *grade; /* of the gravest order */
	const char *numbers; /* order numbers, "、" between */
	size_t orders; /* that concern the matter */
};

struct import_answer {
	size_t row;
	const char *id; /* NULL: a dry run */
	const char *case_id, *kind, *checks; /* as struct office_recorded */
};

struct import_result { /* everything lives in `arena` */
	struct arena *arena;
	const char *file, *source, *sheet; /* sheet NULL: CSV */
	size_t head_row;
	struct import_column *columns;
	size_t column_count;
	size_t rows, added, changed, same;
	struct document_note *refused, *remarks; /* by row */
	size_t refused_count, remark_count;
	struct mask_counts masked;
	struct import_row *queue;
	size_t queue_count;
	int64_t alerts; /* of items */
	bool mapping_saved;
	const char *plan, *made_on; /* of tasks */
	struct import_answer *answers; /* that were entered, by row */
	size_t answer_count;
	size_t lines; /* units that a task was opened to, all together */
};

/* Needs the role watch or supervisor. ERR_INPUT: no table, no head, no column of numbers,
 * or every row was refused (*out tells them all the same). Call import_result_fini() in
 * any case. */
enum err_code office_import_orders(struct office *o, const struct import_options *opt,
	struct import_result *out, struct err *e);
enum err_code office_import_items(struct office *o, const struct import_options *opt,
	struct import_result *out, struct err *e);
/* A plan's tasks (office/task_sheet.h). plan: its name, NULL: the file's; made: its day,
 * "YYYY-MM-DD", NULL: the one that stands above the table. Known by plan and item: what comes
 * again is unchanged or changed, never doubled. A file that is not there is looked for along
 * the home's order. All or nothing but rows that are refused. */
enum err_code office_import_tasks(struct office *o, const struct import_options *opt,
	const char *plan, const char *made, struct import_result *out, struct err *e);
/* Answers of units: number is the case, unit, result the words, finished (else published) when it
 * was published, link its addresses, type its kind. Each row is entered as office_respond()
 * does, all in one act but those that are refused; the same words of the same unit to the same
 * case are unchanged. */
enum err_code office_import_responses(struct office *o, const struct import_options *opt,
	struct import_result *out, struct err *e);
void import_result_fini(struct import_result *r);

#endif
