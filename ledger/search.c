/*
 * search.c - the index of words in the ledger.
 */
#include "ledger/search.h"

enum err_code search_forget_all(struct db *db, struct err *e)
{
	enum err_code rc = db_run(db, ST_SEARCH_DROP_WORDS, DB_NO_ARGS, e);

	if (!rc)
		rc = db_run(db, ST_SEARCH_DROP_DOCS, DB_NO_ARGS, e);
	if (!rc)
		rc = db_run(db, ST_SEARCH_DROP_DIRTY, DB_NO_ARGS, e);
	if (!rc)
		rc = db_run(db, ST_SEARCH_MARKS,
			DB_ARGS(DB_INT(SEARCH_VERSION), DB_INT(0), DB_INT(0), DB_INT(0)), e);
	return rc;
}
