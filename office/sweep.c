/*
 * sweep.c - the places of an instance in which files are written whole.
 */
#include "office/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/log.h"
#include "base/path.h"
#include "base/time.h"

/* By the clock of the machine, as the times of files are. */
static enum err_code sweep_dir(struct office *o, const char *dir, int64_t *removed, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc = path_sweep(dir, time_now(), removed, &why);

	if (rc == ERR_NOMEM)
		return err_nomem(e);
	if (rc)
		log_warning(&o->log, "%s", why.text);
	return ERR_OK;
}

/* Of the instance itself. */
static enum err_code sweep_data(struct office *o, int64_t *removed, struct err *e)
{
	static const char *const places[] = {"spool", "state", "evidence", "keys", "local.d",
		"outbox", "outbox/sending", "outbox/receipts", "outbox/refused"};
	enum err_code rc = sweep_dir(o, o->home->data, removed, e);

	for (size_t i = 0; !rc && i < sizeof places / sizeof *places; i++) {
		char *dir = office_path(o, places[i]);
		rc = dir ? sweep_dir(o, dir, removed, e) : err_nomem(e);
		free(dir);
	}
	return rc;
}

/* Where its configuration lies, when that is elsewhere. */
static enum err_code sweep_conf(struct office *o, int64_t *removed, struct err *e)
{
	const char *const homes[] = {o->home->home, o->home->user, o->home->system};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sizeof homes / sizeof *homes; i++) {
		char *local = homes[i] ? path_join(homes[i], "local.d") : NULL;
		if (!homes[i] || strcmp(homes[i], o->home->data) == 0)
			rc = ERR_OK;
		else if (!local)
			rc = err_nomem(e);
		else if ((rc = sweep_dir(o, homes[i], removed, e)) == ERR_OK)
			rc = sweep_dir(o, local, removed, e);
		free(local);
	}
	return rc;
}

enum err_code office_sweep(struct office *o, struct err *e)
{
	int64_t removed = 0;
	enum err_code rc = sweep_data(o, &removed, e);

	if (!rc)
		rc = sweep_conf(o, &removed, e);
	if (removed)
		log_notice(&o->log,
			n_("%lld temporary file that a killed program had left was removed",
				"%lld temporary files that killed programs had left were removed",
				removed),
			(long long)removed);
	return rc;
}
