/*
 * db.h - the one door to the ledger's database.
 *
 * SQLite in WAL mode with synchronous=FULL: what db_commit() acknowledged survives
 * a power cut. STRICT tables, foreign keys on, trusted_schema off, defensive,
 * cell_size_check on. A file of another program, a newer schema, a symbolic link
 * and a network file system are refused; a damaged file gives ERR_INTEGRITY and is
 * never re-created. Failures: busy for 10 s ERR_BUSY, full disk and I/O ERR_IO,
 * corruption ERR_INTEGRITY.
 *
 * A write is db_begin_write() … db_commit(), with db_rollback() on every other way
 * out (it does nothing when no transaction is open, so it may stand behind `out:`):
 *
 *	rc = db_begin_write(db, e);
 *	if (!rc)
 *		rc = db_run(db, ST_ITEM_ADD, DB_ARGS(DB_TEXT(id), DB_INT(n)), e);
 *	if (!rc)
 *		rc = db_commit(db, e);
 *	db_rollback(db);
 *
 * A query ends on every path with db_end(), which hands on a failure of the loop:
 *
 *	struct db_rows q = DB_ROWS_NONE;
 *	rc = db_query(db, ST_ITEMS, DB_ARGS(DB_INT(since)), &q, e);
 *	while (!rc && db_next(&q))
 *		rc = show(db_int(&q, 0), db_text(&q, 1), e);
 *	return db_end(&q, rc, e);
 */
#ifndef LEDGER_DB_H
#define LEDGER_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "ledger/statements.h"

struct db;

#define DB_APPLICATION_ID 0x48594C47 /* "HYLG" */
#define DB_RETIRED_ID 0x48594C4F /* "HYLO": another ledger took its place (db_replace) */
#define DB_BUSY_MS 10000

enum db_mode {
	DB_OPEN, /* must exist; an older schema is migrated */
	DB_OPEN_READ, /* as DB_OPEN, then every write is refused */
	DB_CREATE, /* made when absent, mode 0660 less the umask */
};

enum err_code db_open(const char *path, enum db_mode mode, struct db **out, struct err *e);
/* An empty ledger of `version` (0: the newest) that vanishes when closed: rebuilds, tests. */
enum err_code db_open_temporary(int version, struct db **out, struct err *e);
void db_close(struct db *db); /* NULL is fine; rolls back what is open */
/* Brings an opened temporary ledger up to date (db_open does it for files). */
enum err_code db_migrate(struct db *db, struct err *e);
int db_schema_version(struct db *db);
const char *db_path(const struct db *db); /* "" for a temporary one */

enum err_code db_begin_write(struct db *db, struct err *e);
enum err_code db_begin_read(struct db *db, struct err *e); /* one snapshot for several queries */
enum err_code db_commit(struct db *db, struct err *e); /* ends either kind */
void db_rollback(struct db *db);
bool db_is_writing(const struct db *db); /* inside db_begin_write() */
/* Between two transactions of one who writes many: when somebody waits for a turn to write,
 * waits until they have it, 200 ms at the most; else costs one system call. */
void db_yield(struct db *db);
/* Within a transaction: somebody waits for a turn to write, or it cannot be known. Costs two
 * system calls. */
bool db_is_waited_for(struct db *db);

/* What is remembered of the ledger outside of it is stale when one of these has changed. */
int64_t db_undone(const struct db *db); /* how often something was rolled back */
int64_t db_transactions(const struct db *db); /* how many were begun */
/* Changes when another connection has committed; asked inside a transaction. */
enum err_code db_data_version(struct db *db, int64_t *out, struct err *e);

enum db_type { DB_IS_NULL, DB_IS_INT, DB_IS_TEXT, DB_IS_BLOB };

struct db_value {
	enum db_type type;
	int64_t number;
	const void *data; /* borrowed until the call returns; of a query, until db_end() */
	size_t size;
};

struct db_value db_value_int(int64_t v);
struct db_value db_value_int_or_null(int64_t v); /* TIME_NONE (INT64_MIN) is NULL */
struct db_value db_value_text(const char *s); /* NULL is NULL */
struct db_value db_value_textn(const char *s, size_t n);
struct db_value db_value_blob(const void *p, size_t n);

#define DB_INT(v) db_value_int(v)
#define DB_TIME(v) db_value_int_or_null(v)
#define DB_TEXT(s) db_value_text(s)
#define DB_TEXTN(s, n) db_value_textn(s, n)
#define DB_BLOB(p, n) db_value_blob(p, n)
#define DB_NULL ((struct db_value){DB_IS_NULL, 0, NULL, 0})
/* The two arguments "values, count" of the functions below. */
#define DB_ARGS(...)                                                                               \
	(const struct db_value[]){__VA_ARGS__},                                                    \
		sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define DB_NO_ARGS NULL, 0

/* A statement without rows. Writing outside db_begin_write() is refused. */
enum err_code db_run(
	struct db *db, enum statement id, const struct db_value *args, size_t n, struct err *e);
/* Rows that the last db_run() changed, and the rowid of its INSERT. */
int64_t db_changes(struct db *db);
int64_t db_last_id(struct db *db);

struct db_rows {
	struct db *db;
	void *stmt;
	enum statement id;
	bool own; /* prepared for this query alone: the cached one was in use */
	int rc;
	bool bad_value;
};

#define DB_ROWS_NONE                                                                               \
	{                                                                                          \
		NULL, NULL, STATEMENT_COUNT, false, 0, false                                       \
	}

enum err_code db_query(struct db *db, enum statement id, const struct db_value *args, size_t n,
	struct db_rows *out, struct err *e);
bool db_next(struct db_rows *q);
/* Ends the query; returns rc when it is a failure already, else the query's own. */
enum err_code db_end(struct db_rows *q, enum err_code rc, struct err *e);

/* Column `column` from 0. Texts and blobs are valid until the next db_next() or
 * db_end(). NULL: TIME_NONE, NULL. */
int64_t db_int(struct db_rows *q, int column);
const char *db_text(struct db_rows *q, int column);
size_t db_size(struct db_rows *q, int column); /* bytes of the text or blob */
const void *db_blob(struct db_rows *q, int column);
bool db_is_null(struct db_rows *q, int column);

/* First column of the first row; ERR_NOT_FOUND (e untouched) when there is no row. */
enum err_code db_get_int(struct db *db, enum statement id, const struct db_value *args, size_t n,
	int64_t *out, struct err *e);
/* As db_get_int; *out is malloc'd, NULL for NULL. */
enum err_code db_get_text(struct db *db, enum statement id, const struct db_value *args, size_t n,
	char **out, struct err *e);

/* Prepares and plans a statement: what the test of the table calls. Says the number
 * of parameters and columns that SQLite sees. */
enum err_code db_check_statement(struct db *db, enum statement id, struct err *e);
/* SHA-256 of a whole table in the given order (SQL names from our own tables only):
 * every value with its type and length. */
enum err_code db_hash_table(struct db *db, const char *table, const char *order, struct hash *out,
	int64_t *rows, struct err *e);
/* SQLite's own check of the file; ERR_INTEGRITY with what it found. `quick` leaves
 * the indexes out. */
enum err_code db_check_file(struct db *db, bool quick, struct err *e);
/* `fresh`, a closed ledger in the same directory, takes the place of `path` in one step, and
 * what was there is moved to `retired` and marked (application id DB_RETIRED_ID), so that no
 * program goes on with it. ERR_BUSY while anybody has the ledger open, and when its last event is
 * another than `last` (0: it could not be read before): what was entered meanwhile would be lost
 * untold. Without a ledger at `path`, or with one that is damaged, nobody can have. */
enum err_code db_replace(
	const char *path, const char *fresh, const char *retired, int64_t last, struct err *e);
/* Bytes of what this connection deletes or changes from now on are overwritten in the file. */
enum err_code db_overwrite_deleted(struct db *db, struct err *e);
/* Outside of a transaction: the pages of the log go into the file and the log is emptied.
 * *whole is false when somebody still reads what was before: ask again later. */
enum err_code db_empty_log(struct db *db, bool *whole, struct err *e);
/* A consistent copy of the whole ledger into a new file (sqlite3_backup), fsynced. */
enum err_code db_copy_to(struct db *db, const char *path, struct err *e);

#endif
