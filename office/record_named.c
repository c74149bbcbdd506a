/*
 * record_named.c - finding a record of any type.
 */
#include "office/record_named.h"

#include "base/i18n.h"
#include "ledger/alerts.h"
#include "ledger/items.h"
#include "ledger/records.h"

static void find_counted(struct act *a, const struct ids *in, bool items, char id[IDS_SIZE])
{
	struct item_record item;
	struct alert alert;
	int64_t one;

	ids_format(in->type, 0, in->number, id);
	if (in->type == IDS_ALERT) {
		a->rc = alerts_get(a->db, in->number, a->arena, &alert, a->err);
	} else if (in->type == IDS_STORY) {
		a->rc = db_get_int(
			a->db, ST_STORY_EXISTS, DB_ARGS(DB_INT(in->number)), &one, a->err);
		if (a->rc == ERR_NOT_FOUND)
			a->rc = err_set(a->err, ERR_NOT_FOUND, _("there is no story %s"), id);
	} else if (items) {
		a->rc = items_get(a->db, in->number, a->arena, &item, a->err);
	} else {
		act_fail(a, ERR_USAGE,
			_("%s is what was read in, no record of account: name the alert or case"),
			id);
	}
}

void act_record_named(struct act *a, const char *typed, bool items, char id[IDS_SIZE])
{
	struct ids in;

	id[0] = '\0';
	if (a->rc)
		return;
	if (!ids_parse(typed, &in))
		act_fail(a, ERR_USAGE, _("“%s” is no id of a record"), typed);
	else if (in.type == IDS_ALERT || in.type == IDS_STORY || in.type == IDS_ITEM)
		find_counted(a, &in, items, id);
	else
		a->rc = records_find(
			a->db, in.type == IDS_PLAIN ? IDS_CASE : in.type, typed, id, a->err);
}
