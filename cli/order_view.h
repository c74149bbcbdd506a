/*
 * order_view.h - an order of supervision before people: its row, its JSON, its paper
 * (督查催办通知).
 */
#ifndef CLI_ORDER_VIEW_H
#define CLI_ORDER_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "cli/command.h"
#include "ledger/supervision.h"
#include "office/office.h"
#include "office/supervision.h"

/* Whom it is for, in words. */
const char *order_unit(const char *unit);
/* Members of an object: id, subject, level … */
void order_put(struct json_writer *w, const struct supervision_order *x, int64_t now);
/* The member "lines" of one that has several. */
enum err_code order_put_lines(struct json_writer *w, struct office *o, struct arena *a,
	const struct supervision_order *x, struct err *e);
/* "YQ-2026-000001", "RW-2026-000001 and 12 more". */
#define ORDER_SUBJECT_SIZE 96
void order_format_subject(const char *subject, int64_t lines, char out[ORDER_SUBJECT_SIZE]);
/* What an act did: members of its object; of one that went out, the line and what may come next. */
void order_put_told(struct json_writer *w, const void *ordered);
enum err_code order_tell_issued(
	const struct call *call, struct office *o, const struct office_ordered *x, struct err *e);
/* One line: what it is, how it stands. */
void order_print_line(struct office *o, const struct supervision_order *x);
/* The paper that goes to the unit; its language is the office's own. */
enum err_code order_print_paper(
	struct office *o, struct arena *a, const struct supervision_order *x, struct err *e);

#endif
