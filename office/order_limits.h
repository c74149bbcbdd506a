/*
 * order_limits.h - limits of orders (工单, 依申请公开, 信访) as their sheets or deadlines.conf
 * give them: reckoned when they come in, and again when the list of holidays changes.
 */
#ifndef OFFICE_ORDER_LIMITS_H
#define OFFICE_ORDER_LIMITS_H

#include <stdint.h>

#include "base/calendar.h"
#include "ledger/orders.h"
#include "office/deadlines.h"
#include "office/office.h"

/* When it begins: accepted, else told of; TIME_NONE. */
int64_t order_limits_start(const struct order_record *o);
/* Sets due, limit_*, calendar and tentative. rule_name "": the limit stands in the sheet.
 * ERR_CONFIG: the order has no time that it could count from. */
enum err_code order_limits_reckon(struct office *office, struct order_record *o,
	const struct calendar_rule *rule, const char *rule_name, struct err *e);
/* The rule for orders of its type; *out NULL: none. */
enum err_code order_limits_of_type(
	struct office *office, const char *type, const struct deadline **out, struct err *e);

#endif
