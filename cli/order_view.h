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
#include "ledger/supervision.h"
#include "office/office.h"

/* Whom it is for, in words. */
const char *order_unit(const char *unit);
/* Members of an object: id, subject, level … */
void order_put(struct json_writer *w, const struct supervision_order *x, int64_t now);
/* One line: what it is, how it stands. */
void order_print_line(struct office *o, const struct supervision_order *x);
/* The paper that goes to the unit; its language is the office's own. */
enum err_code order_print_paper(
	struct office *o, struct arena *a, const struct supervision_order *x, struct err *e);

#endif
