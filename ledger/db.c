/*
 * db.c - statements, rows and transactions over SQLite. Opening and migrating are in
 * db_open.c, copies and checks of the whole file in db_file.c.
 */
#include "ledger/db.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/db_private.h"

enum err_code db_error(const struct db *db, int rc, const char *what, struct err *e)
{
	const char *text = db && db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(rc);

	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, ERR_BUSY, _("%s: the ledger is in use by another program (%s)"),
			what, text);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(
			e, ERR_INTEGRITY, _("%s: the ledger's file is damaged (%s)"), what, text);
	case SQLITE_NOMEM:
		return err_nomem(e);
	case SQLITE_FULL:
		return err_set(e, ERR_IO, _("%s: the disk is full"), what);
	case SQLITE_CONSTRAINT:
		return err_set(e, ERR_INTEGRITY, _("%s: the ledger refuses it (%s)"), what, text);
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		return err_set(e, ERR_IO, _("%s: the ledger cannot be written or opened (%s)"),
			what, text);
	default:
		return err_set(e, ERR_IO, _("%s: %s"), what, text);
	}
}

enum err_code db_exec_sql(struct db *db, const char *sql, const char *what, struct err *e)
{
	int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? ERR_OK : db_error(db, rc, what, e);
}

/* --- values --- */

struct db_value db_value_int(int64_t v)
{
	return (struct db_value){DB_IS_INT, v, NULL, 0};
}

struct db_value db_value_int_or_null(int64_t v)
{
	return v == TIME_NONE ? DB_NULL : db_value_int(v);
}

struct db_value db_value_text(const char *s)
{
	return s ? db_value_textn(s, strlen(s)) : DB_NULL;
}

struct db_value db_value_textn(const char *s, size_t n)
{
	return (struct db_value){DB_IS_TEXT, 0, s, n};
}

struct db_value db_value_blob(const void *p, size_t n)
{
	return (struct db_value){DB_IS_BLOB, 0, p, n};
}

static bool value_fits(char letter, enum db_type type)
{
	switch (letter) {
	case 'i':
		return type == DB_IS_INT;
	case 'I':
		return type == DB_IS_INT || type == DB_IS_NULL;
	case 't':
		return type == DB_IS_TEXT;
	case 'T':
		return type == DB_IS_TEXT || type == DB_IS_NULL;
	case 'b':
		return type == DB_IS_BLOB;
	case 'B':
		return type == DB_IS_BLOB || type == DB_IS_NULL;
	default:
		return false;
	}
}

static int bind_one(sqlite3_stmt *s, int at, const struct db_value *v)
{
	static const char empty[1] = "";
	const void *data = v->data ? v->data : empty;

	switch (v->type) {
	case DB_IS_INT:
		return sqlite3_bind_int64(s, at, v->number);
	case DB_IS_TEXT:
		return sqlite3_bind_text64(s, at, data, v->size, SQLITE_STATIC, SQLITE_UTF8);
	case DB_IS_BLOB:
		return sqlite3_bind_blob64(s, at, data, v->size, SQLITE_STATIC);
	case DB_IS_NULL:
	default:
		return sqlite3_bind_null(s, at);
	}
}

static enum err_code bind_all(struct db *db, enum statement id, sqlite3_stmt *s,
	const struct db_value *args, size_t n, struct err *e)
{
	const struct statement_text *t = statement_text(id);

	if (n != strlen(t->params))
		return err_set(e, ERR_IO, "%s: %zu values for %zu parameters", t->name, n,
			strlen(t->params));
	for (size_t i = 0; i < n; i++) {
		if (!value_fits(t->params[i], args[i].type))
			return err_set(e, ERR_IO, "%s: value %zu is not of type %c", t->name, i + 1,
				t->params[i]);
		int rc = bind_one(s, (int)i + 1, &args[i]);
		if (rc != SQLITE_OK)
			return db_error(db, rc, t->name, e);
	}
	return ERR_OK;
}

/* --- statements --- */

enum err_code db_prepare(
	struct db *db, const char *sql, const char *what, void **out, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);

	*out = s;
	return rc == SQLITE_OK ? ERR_OK : db_error(db, rc, what, e);
}

static enum err_code take_statement(
	struct db *db, enum statement id, struct db_rows *q, struct err *e)
{
	const struct statement_text *t = statement_text(id);
	enum err_code rc = ERR_OK;

	*q = (struct db_rows)DB_ROWS_NONE;
	if (!db->cache[id].stmt)
		rc = db_prepare(db, t->sql, t->name, &db->cache[id].stmt, e);
	if (rc)
		return rc;
	q->db = db;
	q->id = id;
	if (!db->cache[id].busy) {
		q->stmt = db->cache[id].stmt;
		db->cache[id].busy = true;
		return ERR_OK;
	}
	q->own = true;
	rc = db_prepare(db, t->sql, t->name, &q->stmt, e);
	if (rc)
		*q = (struct db_rows)DB_ROWS_NONE;
	return rc;
}

static void give_back(struct db_rows *q)
{
	if (!q->stmt)
		return;
	if (q->own) {
		sqlite3_finalize(q->stmt);
	} else {
		sqlite3_reset(q->stmt);
		sqlite3_clear_bindings(q->stmt);
		q->db->cache[q->id].busy = false;
	}
	*q = (struct db_rows)DB_ROWS_NONE;
}

/* --- transactions --- */

/* BEGIN, COMMIT and the like, once for many items: prepared, as all statements are. */
static enum err_code control(struct db *db, enum statement id, const char *what, struct err *e)
{
	struct db_rows q;
	enum err_code rc = take_statement(db, id, &q, e);
	int step = rc ? SQLITE_DONE : sqlite3_step(q.stmt);

	if (step != SQLITE_DONE)
		rc = db_error(db, step, what, e);
	give_back(&q);
	return rc;
}

static enum err_code begin(struct db *db, enum statement id, bool writing, struct err *e)
{
	enum err_code rc;

	if (db->in_transaction)
		return err_set(e, ERR_IO, _("ledger: a transaction is open already"));
	rc = control(db, id, _("ledger"), e);
	if (!rc) {
		db->in_transaction = true;
		db->writing = writing;
		db->begun++;
	}
	return rc;
}

enum err_code db_begin_write(struct db *db, struct err *e)
{
	return begin(db, ST_BEGIN_WRITE, true, e);
}

enum err_code db_begin_read(struct db *db, struct err *e)
{
	return begin(db, ST_BEGIN_READ, false, e);
}

enum err_code db_commit(struct db *db, struct err *e)
{
	enum err_code rc;

	if (!db->in_transaction)
		return err_set(e, ERR_IO, _("ledger: no transaction is open"));
	rc = control(db, ST_COMMIT, _("saving to the ledger"), e);
	if (rc) {
		db_rollback(db);
		return rc;
	}
	db->in_transaction = false;
	db->writing = false;
	return ERR_OK;
}

void db_rollback(struct db *db)
{
	if (!db || !db->in_transaction)
		return;
	/* After some errors SQLite has rolled back by itself; then there is nothing to do. */
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	db->in_transaction = false;
	db->writing = false;
	db->undone++;
}

bool db_is_writing(const struct db *db)
{
	return db->writing;
}

int64_t db_undone(const struct db *db)
{
	return db->undone;
}

int64_t db_transactions(const struct db *db)
{
	return db->begun;
}

enum err_code db_data_version(struct db *db, int64_t *out, struct err *e)
{
	return db_get_int(db, ST_DATA_VERSION, DB_NO_ARGS, out, e);
}

/* --- running them --- */

enum err_code db_query(struct db *db, enum statement id, const struct db_value *args, size_t n,
	struct db_rows *out, struct err *e)
{
	enum err_code rc = take_statement(db, id, out, e);

	if (!rc && !sqlite3_stmt_readonly(out->stmt) && !db->writing)
		rc = err_set(e, ERR_IO, "%s: writes outside a write transaction",
			statement_text(id)->name);
	if (!rc)
		rc = bind_all(db, id, out->stmt, args, n, e);
	if (rc)
		give_back(out);
	return rc;
}

bool db_next(struct db_rows *q)
{
	if (!q->stmt || q->bad_value || (q->rc != 0 && q->rc != SQLITE_ROW))
		return false;
	q->rc = sqlite3_step(q->stmt);
	return q->rc == SQLITE_ROW;
}

enum err_code db_end(struct db_rows *q, enum err_code rc, struct err *e)
{
	if (!rc && q->stmt) {
		const char *name = statement_text(q->id)->name;
		if (q->bad_value)
			rc = err_set(e, ERR_INTEGRITY,
				_("%s: the ledger holds a value of the wrong type"), name);
		else if (q->rc != 0 && q->rc != SQLITE_ROW && q->rc != SQLITE_DONE)
			rc = db_error(q->db, q->rc, name, e);
	}
	give_back(q);
	return rc;
}

enum err_code db_run(
	struct db *db, enum statement id, const struct db_value *args, size_t n, struct err *e)
{
	struct db_rows q;
	enum err_code rc = db_query(db, id, args, n, &q, e);

	while (!rc && db_next(&q))
		; /* RETURNING rows, if any, are not wanted */
	return db_end(&q, rc, e);
}

int64_t db_changes(struct db *db)
{
	return sqlite3_changes64(db->handle);
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

/* --- columns --- */

/* The column holds what the table promises; otherwise the file is not ours any more. */
static bool column_is(struct db_rows *q, int column, const char *allowed)
{
	const char *columns = statement_text(q->id)->columns;
	int type = sqlite3_column_type(q->stmt, column);
	char letter = column >= 0 && (size_t)column < strlen(columns) ? columns[column] : '?';
	bool is_null = type == SQLITE_NULL;
	bool fits = letter == 'i'   ? type == SQLITE_INTEGER
		    : letter == 'I' ? type == SQLITE_INTEGER || is_null
		    : letter == 't' ? type == SQLITE_TEXT
		    : letter == 'T' ? type == SQLITE_TEXT || is_null
		    : letter == 'b' ? type == SQLITE_BLOB
		    : letter == 'B' ? type == SQLITE_BLOB || is_null
				    : false;

	if (!fits || !strchr(allowed, letter))
		q->bad_value = true;
	return !q->bad_value && !is_null;
}

int64_t db_int(struct db_rows *q, int column)
{
	return column_is(q, column, "iI") ? sqlite3_column_int64(q->stmt, column) : TIME_NONE;
}

const char *db_text(struct db_rows *q, int column)
{
	if (!column_is(q, column, "tT"))
		return NULL;
	return (const char *)sqlite3_column_text(q->stmt, column);
}

size_t db_size(struct db_rows *q, int column)
{
	return column_is(q, column, "tTbB") ? (size_t)sqlite3_column_bytes(q->stmt, column) : 0;
}

const void *db_blob(struct db_rows *q, int column)
{
	return column_is(q, column, "bB") ? sqlite3_column_blob(q->stmt, column) : NULL;
}

bool db_is_null(struct db_rows *q, int column)
{
	return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

enum err_code db_get_int(struct db *db, enum statement id, const struct db_value *args, size_t n,
	int64_t *out, struct err *e)
{
	struct db_rows q;
	enum err_code rc = db_query(db, id, args, n, &q, e);
	bool found = false;

	if (!rc && db_next(&q)) {
		*out = db_int(&q, 0);
		found = true;
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}

enum err_code db_get_text(struct db *db, enum statement id, const struct db_value *args, size_t n,
	char **out, struct err *e)
{
	struct db_rows q;
	enum err_code rc = db_query(db, id, args, n, &q, e);
	bool found = false;

	*out = NULL;
	if (!rc && db_next(&q)) {
		const char *s = db_text(&q, 0);
		found = true;
		*out = s ? strdup(s) : NULL;
		if (s && !*out)
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}

enum err_code db_check_statement(struct db *db, enum statement id, struct err *e)
{
	const struct statement_text *t = statement_text(id);
	sqlite3_stmt *s = NULL;
	void *p;
	enum err_code rc = db_prepare(db, t->sql, t->name, &p, e);

	s = p;
	if (!rc && sqlite3_bind_parameter_count(s) != (int)strlen(t->params))
		rc = err_set(e, ERR_IO, "%s: %d parameters, %zu letters", t->name,
			sqlite3_bind_parameter_count(s), strlen(t->params));
	if (!rc && sqlite3_column_count(s) != (int)strlen(t->columns))
		rc = err_set(e, ERR_IO, "%s: %d columns, %zu letters", t->name,
			sqlite3_column_count(s), strlen(t->columns));
	if (!rc && (strspn(t->params, "iItTbB") != strlen(t->params) ||
			   strspn(t->columns, "iItTbB") != strlen(t->columns)))
		rc = err_set(e, ERR_IO, "%s: unknown type letter", t->name);
	sqlite3_finalize(s);
	return rc;
}
