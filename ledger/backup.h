/*
 * backup.h - a verified copy of the ledger beside a running one.
 *
 * The copy is made by SQLite's backup interface from one snapshot, its chain is verified
 * in the copy, and only then does it get its name. An interrupted backup leaves what was
 * there before. (Copying the file of a live ledger by hand loses acknowledged rows.)
 */
#ifndef LEDGER_BACKUP_H
#define LEDGER_BACKUP_H

#include "base/err.h"
#include "ledger/audit.h"
#include "ledger/db.h"

/* to must not exist. *out says what the copy holds. */
enum err_code backup_make(struct db *db, const char *to, struct audit_result *out, struct err *e);

#endif
