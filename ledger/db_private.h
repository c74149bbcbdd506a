/*
 * db_private.h - what db.c, db_open.c and db_file.c share; for no one else.
 */
#ifndef LEDGER_DB_PRIVATE_H
#define LEDGER_DB_PRIVATE_H

#include <stdbool.h>

#include "base/err.h"
#include "ledger/db.h"

struct sqlite3;

struct db {
	struct sqlite3 *handle;
	char *path; /* "" for a temporary one */
	bool in_transaction, writing;
	int64_t begun, undone; /* transactions; roll-backs */
	struct {
		void *stmt; /* sqlite3_stmt, prepared at first use */
		bool busy;
	} cache[STATEMENT_COUNT];
};

/* Turns an SQLite result code into our error; `what` says what was tried. */
enum err_code db_error(const struct db *db, int rc, const char *what, struct err *e);
enum err_code db_exec_sql(struct db *db, const char *sql, const char *what, struct err *e);
/* *out is an sqlite3_stmt. */
enum err_code db_prepare(
	struct db *db, const char *sql, const char *what, void **out, struct err *e);

#endif
