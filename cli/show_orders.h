/*
 * show_orders.h - orders of hotlines as tables and JSON, for `orders`, `show S…`.
 */
#ifndef CLI_SHOW_ORDERS_H
#define CLI_SHOW_ORDERS_H

#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "cli/command.h"
#include "ledger/orders.h"
#include "office/office.h"

/* A table: number, limit, when it is due, unit, state, place, title. */
enum err_code show_orders_table(
	const struct office *o, const struct order_record *orders, size_t n, struct err *e);
/* One order whole: the members of an object. */
void show_orders_put(struct json_writer *w, const struct order_record *r);
/* One order whole, or as an object with --json. */
enum err_code show_orders_one(const struct call *call, const struct office *o,
	const struct order_record *r, struct err *e);

/* What belongs to a queue row besides its items: orders, evidence. */
enum err_code show_orders_of_story(struct office *o, int64_t story, struct arena *a, struct err *e);
enum err_code show_orders_put_story(
	struct json_writer *w, struct office *o, int64_t story, struct arena *a, struct err *e);

#endif
