/*
 * status_backup.c - when the last backup was made; whether something was left half done.
 */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/status_parts.h"
#include "ledger/instance.h"
#include "office/backup_set.h"
#include "office/file_list.h"
#include "office/restore.h"

#define BACKUP_FRESH (INT64_C(2) * 86400)
#define BACKUP_AHEAD 3600 /* a clock may be corrected by so much */

static bool is_there(const struct office *o, const char *name)
{
	char *path = office_path(o, name);
	bool is = path && path_exists(path);

	free(path);
	return is;
}

/* An instance that is younger than a backup would be needs none. */
static enum err_code judge_age(struct status_part *p, int64_t at, struct err *e)
{
	int64_t now = office_now(p->office);
	struct instance in;
	enum err_code rc = instance_get(p->office->db, p->arena, &in, e);

	if (rc)
		return rc;
	if (at != TIME_NONE && at > now + BACKUP_AHEAD)
		buf_addf(p->wrong, "%s\n",
			_("the last backup is of a day to come: the clock was wrong, then or "
			  "now"));
	else if (at != TIME_NONE && at < now - BACKUP_FRESH)
		buf_addf(p->wrong, "%s\n",
			_("the last backup is older than 2 days: does huiying-backup run?"));
	else if (at == TIME_NONE && !in.demo && in.created_at < now - BACKUP_FRESH)
		buf_addf(p->wrong, "%s\n", _("no backup was made yet: huiying backup DIR"));
	return ERR_OK;
}

/* What restores left lies there until somebody removes it. */
static enum err_code tell_retired(struct status_part *p, struct err *e)
{
	struct list l;
	enum err_code rc;

	list_init(&l, p->arena, sizeof(char *));
	rc = restore_retired(p->office, &l, e);
	for (size_t i = 0; !rc && i < l.count; i++)
		buf_addf(p->told, _("retired   %s, the ledger before a restore\n"),
			file_list_at(&l, i));
	return rc;
}

enum err_code status_backup(struct status_part *p, struct err *e)
{
	char when[TIME_TEXT_SIZE];
	const char *path;
	int64_t at;
	enum err_code rc = backup_set_last(p->office, p->arena, &at, &path, e);

	if (rc)
		return rc;
	if (at != TIME_NONE) {
		time_format_local(at, p->office->settings.zone, when);
		buf_addf(p->told, _("backup    %s %s\n"), when, path ? path : "");
	}
	if (is_there(p->office, "state/restore.pending"))
		buf_addf(
			p->wrong, "%s\n", _("a restore was cut short: huiying restore --continue"));
	if (is_there(p->office, "state/erase.pending"))
		buf_addf(p->wrong, "%s\n",
			_("erased words are still in the ledger's log: end the programs that read "
			  "it, then huiying tick"));
	rc = tell_retired(p, e);
	return rc ? rc : judge_age(p, at, e);
}
