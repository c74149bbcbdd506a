/*
 * redact_order.c - orders of hotlines as what an erasure is about.
 */
#include "office/redact_order.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "ledger/erase.h"
#include "ledger/events.h"
#include "ledger/items.h"
#include "office/import_orders.h"

static const struct {
	const char *name;
	size_t member; /* of order_record, a const char * */
	bool own;
} fields[REDACT_ORDER_FIELDS] = {
	{"title", offsetof(struct order_record, title), true},
	{"content", offsetof(struct order_record, content), true},
	{"place", offsetof(struct order_record, place), false},
	{"result", offsetof(struct order_record, result), true},
	{"link", offsetof(struct order_record, link), false},
};

const char *redact_order_field(size_t i)
{
	return i < REDACT_ORDER_FIELDS ? fields[i].name : NULL;
}

const char *redact_order_body(const struct order_record *o, size_t i)
{
	const char *body;

	memcpy(&body, (const char *)o + fields[i].member, sizeof body);
	return body && *body && strcmp(body, ERASE_MARK) != 0 ? body : NULL;
}

bool redact_order_is_own(size_t i)
{
	return fields[i].own;
}

const struct order_record *redact_order_find(struct act *a, const char *hotline, const char *number)
{
	struct order_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = orders_get(
			a->db, hotline ? hotline : "", number, a->arena, &list, &count, a->err);
	if (!a->rc && !count)
		act_fail(a, ERR_NOT_FOUND, _("no order has the number %s"), number);
	if (!a->rc && count > 1)
		act_fail(a, ERR_USAGE,
			_("several hotlines have an order %s: say which, --source %s or --source "
			  "%s"),
			number, list[0].source, list[1].source);
	return a->rc ? NULL : list;
}

/* What is left of one that was purged. */
static const struct order_record *order_gone(struct act *a, const char *hotline, const char *number)
{
	struct order_record *o = arena_array(a->arena, 1, sizeof *o);

	if (!o) {
		a->rc = err_nomem(a->err);
		return NULL;
	}
	o->source = arena_strdup(a->arena, hotline);
	o->number = arena_strdup(a->arena, number);
	return o;
}

void redact_order_asked(struct act *a, int64_t seq, struct redact_order *out)
{
	struct order_record *list = NULL;
	struct json *payload = NULL;
	const char *hotline;
	struct event ev;
	size_t count = 0;
	int64_t revision = 0;

	*out = (struct redact_order){.order = NULL};
	if (!a->rc)
		a->rc = events_get(a->db, seq, a->arena, &ev, a->err);
	if (!a->rc)
		a->rc = json_read(ev.payload, strlen(ev.payload), &payload, a->err);
	hotline = a->rc ? NULL : json_get_str(payload, "source");
	if (hotline)
		a->rc = orders_get(a->db, hotline, ev.subject, a->arena, &list, &count, a->err);
	if (hotline && !a->rc) {
		out->gone = !count;
		out->order = count ? list : order_gone(a, hotline, ev.subject);
		out->changed = count && json_get_int(payload, "revision", &revision) &&
			       revision != list->revision;
	}
	json_free(payload);
}

int64_t redact_order_item(struct act *a, const struct order_record *o)
{
	struct item_record it = {.source = o->source};
	struct item_known known = {.id = 0};
	enum err_code rc;

	it.identity = a->rc ? NULL : arena_printf(a->arena, "g:" IMPORT_ORDER_ITEM "%s", o->number);
	if (!a->rc && !it.identity)
		a->rc = err_nomem(a->err);
	if (a->rc)
		return 0;
	rc = items_find(a->db, &it, &known, a->err);
	if (rc && rc != ERR_NOT_FOUND)
		a->rc = rc;
	return rc ? 0 : known.id;
}
