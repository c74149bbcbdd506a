/*
 * withhold.c - withheld and released.
 */
#include "office/withhold.h"

#include "base/i18n.h"
#include "ledger/withheld.h"
#include "office/act.h"
#include "office/record_named.h"
#include "office/typed.h"

static enum err_code change(struct office *o, const char *typed, const char *reason, bool hold,
	char id[IDS_SIZE], struct err *e)
{
	struct act a;
	bool held = false;

	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
		hold ? _("withhold a record") : _("release a withheld record"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("say why: --reason"));
	act_record_named(&a, typed, false, id);
	if (!a.rc)
		a.rc = withheld_is(a.db, id, &held, e);
	if (!a.rc && hold == held)
		act_fail(&a, ERR_REFUSED,
			hold ? _("%s is withheld already") : _("%s is not withheld"), id);
	act_event(&a);
	act_text(&a, "reason_text", reason);
	act_append(&a, hold ? "record.withheld/1" : "record.released/1", id);
	return act_end(&a);
}

enum err_code office_withhold(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e)
{
	return change(o, typed, reason, true, id, e);
}

enum err_code office_unwithhold(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e)
{
	return change(o, typed, reason, false, id, e);
}
