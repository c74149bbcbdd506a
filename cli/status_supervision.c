/*
 * status_supervision.c - how supervision is doing: orders that nobody confirmed, answers
 * that did not come, objections and looks back that wait.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/status_parts.h"
#include "ledger/lookbacks.h"
#include "ledger/objections.h"
#include "ledger/supervision.h"

struct counts {
	size_t open, proposed, answered, overdue; /* orders */
	size_t objections, objections_late;
	size_t lookbacks; /* due */
};

static void count_orders(
	struct counts *n, const struct supervision_order *list, size_t count, int64_t now)
{
	for (size_t i = 0; i < count; i++) {
		bool issued = strcmp(list[i].state, "issued") == 0;
		n->proposed += strcmp(list[i].state, "proposed") == 0;
		n->answered += strcmp(list[i].state, "answered") == 0;
		n->overdue +=
			issued && list[i].feedback_due != TIME_NONE && list[i].feedback_due < now;
	}
	n->open = count;
}

static enum err_code count_all(struct status_part *p, struct counts *n, struct err *e)
{
	struct supervision_order *orders = NULL;
	struct objection_record *objections = NULL;
	struct lookback *lookbacks = NULL;
	int64_t now = office_now(p->office);
	struct db *db = p->office->db;
	size_t count = 0;
	enum err_code rc = supervision_list(db, true, p->arena, &orders, &count, e);

	if (!rc)
		count_orders(n, orders, count, now);
	if (!rc)
		rc = objections_list(db, true, p->arena, &objections, &n->objections, e);
	for (size_t i = 0; !rc && i < n->objections; i++)
		n->objections_late +=
			objections[i].decide_due != TIME_NONE && objections[i].decide_due < now;
	return rc ? rc : lookbacks_due(db, now - 1, p->arena, &lookbacks, &n->lookbacks, e);
}

enum err_code status_supervision(struct status_part *p, struct err *e)
{
	struct counts n = {0, 0, 0, 0, 0, 0, 0};
	enum err_code rc = count_all(p, &n, e);

	if (rc)
		return rc;
	if (n.open)
		buf_addf(p->told,
			n_("orders    %zu order of supervision open\n",
				"orders    %zu orders of supervision open\n", n.open),
			n.open);
	if (n.objections)
		buf_addf(p->told, n_("objection %zu open\n", "objection %zu open\n", n.objections),
			n.objections);
	if (n.proposed)
		buf_addf(p->wrong,
			n_("%zu order is proposed: huiying order list, then order confirm or "
			   "withdraw\n",
				"%zu orders are proposed: huiying order list, then order confirm "
				"or withdraw\n",
				n.proposed),
			n.proposed);
	if (n.overdue)
		buf_addf(p->wrong,
			n_("%zu order is not answered in time: huiying order list\n",
				"%zu orders are not answered in time: huiying order list\n",
				n.overdue),
			n.overdue);
	if (n.objections_late)
		buf_addf(p->wrong,
			n_("%zu objection is not decided in time: huiying objection list\n",
				"%zu objections are not decided in time: huiying objection list\n",
				n.objections_late),
			n.objections_late);
	if (n.lookbacks)
		buf_addf(p->wrong,
			n_("%zu look-back is due: huiying due, then case lookback\n",
				"%zu look-backs are due: huiying due, then case lookback\n",
				n.lookbacks),
			n.lookbacks);
	return ERR_OK;
}
