/*
 * status_duty.c - what `status` says of the duty desk.
 */
#include "base/i18n.h"
#include "base/time.h"
#include "cli/status_parts.h"
#include "ledger/duty.h"
#include "office/desk.h"

#define UNCONFIRMED 1800 /* seconds in which the successor takes note */

static void tell(struct status_part *p, const struct duty_shift *list, size_t count)
{
	char since[TIME_TEXT_SIZE];
	struct buf names;

	buf_init(&names, 1 << 16);
	for (size_t i = 0; i < count; i++) {
		time_format_local(list[i].started_at, p->office->settings.zone, since);
		buf_addf(&names, _("%s%s%s%s since %s"), i ? ", " : "", list[i].name,
			*list[i].post ? " " : "", list[i].post, since);
	}
	buf_addf(p->told, _("duty      %s\n"), count ? buf_str(&names) : _("nobody"));
	buf_fini(&names);
}

static void complain(struct status_part *p, const struct duty_shift *s)
{
	char at[TIME_TEXT_SIZE];

	if (office_now(p->office) - s->ended_at <= UNCONFIRMED)
		return;
	time_format_local(s->ended_at, p->office->settings.zone, at);
	buf_addf(p->wrong,
		_("nobody has taken note of the hand-over of %s, %s: huiying duty confirm\n"),
		s->name, at);
}

enum err_code status_duty(struct status_part *p, struct err *e)
{
	struct duty_shift *on = NULL, *waiting = NULL;
	size_t on_count = 0, count = 0;
	struct desk desk;
	enum err_code rc = desk_load(p->office, &desk, e);

	if (!rc)
		rc = duty_list(p->office->db, DUTY_ON, p->arena, &on, &on_count, e);
	if (!rc)
		rc = duty_list(p->office->db, DUTY_WAITING, p->arena, &waiting, &count, e);
	if (rc)
		return rc;
	if (on_count || desk.duty)
		tell(p, on, on_count);
	if (desk.duty && !on_count)
		buf_add_str(p->wrong, _("nobody is on duty: huiying duty on\n"));
	for (size_t i = 0; i < count; i++)
		complain(p, &waiting[i]);
	return ERR_OK;
}
