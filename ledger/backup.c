/*
 * backup.c - copy, verify, name.
 */
#include "ledger/backup.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/path.h"

/* Opening leaves no -wal behind: closing the last connection folds it in. */
static enum err_code verify_copy(const char *path, struct audit_result *out, struct err *e)
{
	struct db *copy = NULL;
	enum err_code rc = db_open(path, DB_OPEN, &copy, e);

	if (!rc)
		rc = db_check_file(copy, false, e);
	if (!rc)
		rc = audit_verify(copy, NULL, out, e);
	db_close(copy);
	if (rc)
		err_prefix(e, _("the backup was not kept: "));
	return rc;
}

enum err_code backup_make(struct db *db, const char *to, struct audit_result *out, struct err *e)
{
	struct buf part;
	enum err_code rc;

	if (path_exists(to))
		return err_set(e, ERR_USAGE, _("%s exists already; a backup never overwrites"), to);
	buf_init(&part, 8192);
	buf_addf(&part, "%s.part-%ld", to, (long)getpid());
	rc = buf_check(&part, _("a path"), e);
	if (!rc)
		rc = db_copy_to(db, buf_str(&part), e);
	if (!rc)
		rc = verify_copy(buf_str(&part), out, e);
	if (!rc)
		rc = path_move(buf_str(&part), to, e);
	if (rc && part.data)
		unlink(part.data);
	buf_fini(&part);
	return rc;
}
