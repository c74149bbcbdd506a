/*
 * task_view.h - a task and what is due of it, as listings and `show` write it.
 */
#ifndef CLI_TASK_VIEW_H
#define CLI_TASK_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "ledger/tasks.h"
#include "office/office.h"

struct task_view {
	struct task_record t;
	struct task_occasion o; /* lines 0 and ref "": of a task that nothing is due of yet */
	struct task_line *lines;
	size_t line_count;
	size_t waiting; /* units that must still act; they lag behind when it is late */
	bool late;
};

enum err_code task_view_fill(struct office *o, struct arena *a, struct task_view *v, struct err *e);
/* Those that show something: what is open, else the last. one: that task's, all of them. */
enum err_code task_view_each(struct office *o, const struct task_record *t, bool every,
	struct arena *a, struct task_view **out, size_t *count, struct err *e);

/* "2021-10-10", "2021-12-31 (look at)" or "-"; 暂定 is said. */
void task_view_add_due(struct buf *b, const struct task_view *v, const struct time_zone *zone);
/* "38/45"; "-" when nothing is due yet. */
void task_view_add_done(struct buf *b, const struct task_view *v);
/* Names of the lines that wait, "、" between; at most `max`, then how many all are. */
void task_view_add_waiting(struct buf *b, const struct task_view *v, size_t max);
/* Members of an open object. */
void task_view_put(struct json_writer *w, const struct task_view *v);

#endif
