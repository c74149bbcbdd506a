/*
 * db_file.c - the database as a whole: hash of a table, SQLite's own check, a copy.
 */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/path.h"
#include "ledger/db_private.h"

static void hash_size(struct hash_state *h, uint64_t n)
{
	unsigned char b[8];

	for (int i = 7; i >= 0; i--, n >>= 8)
		b[i] = (unsigned char)n;
	hash_add(h, b, sizeof b);
}

/* Type, length, bytes: no two different rows look alike. */
static void hash_column(struct hash_state *h, sqlite3_stmt *s, int column)
{
	int type = sqlite3_column_type(s, column);
	unsigned char letter = (unsigned char)type;
	const void *data = type == SQLITE_BLOB ? sqlite3_column_blob(s, column)
					       : (const void *)sqlite3_column_text(s, column);
	size_t n = (size_t)sqlite3_column_bytes(s, column);

	hash_add(h, &letter, 1);
	hash_size(h, n);
	if (n)
		hash_add(h, data, n);
}

enum err_code db_hash_table(struct db *db, const char *table, const char *order, struct hash *out,
	int64_t *rows, struct err *e)
{
	char sql[256];
	struct hash_state *h;
	void *p;
	int rc = SQLITE_ROW,
	    n = snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" ORDER BY %s", table, order);
	enum err_code code;

	*rows = 0;
	if (n < 0 || (size_t)n >= sizeof sql)
		return err_set(e, ERR_LIMIT, "%s", table);
	code = db_prepare(db, sql, table, &p, e);
	if (code)
		return code;
	h = hash_new();
	if (!h) {
		sqlite3_finalize(p);
		return err_nomem(e);
	}
	while ((rc = sqlite3_step(p)) == SQLITE_ROW) {
		int columns = sqlite3_column_count(p);
		hash_size(h, (uint64_t)columns);
		for (int i = 0; i < columns; i++)
			hash_column(h, p, i);
		++*rows;
	}
	*out = hash_end(h);
	code = rc == SQLITE_DONE ? ERR_OK : db_error(db, rc, table, e);
	sqlite3_finalize(p);
	return code;
}

enum err_code db_check_file(struct db *db, bool quick, struct err *e)
{
	void *p;
	int rc = SQLITE_ROW;
	enum err_code code = db_prepare(db,
		quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)", _("ledger"), &p, e);

	if (code)
		return code;
	if ((rc = sqlite3_step(p)) == SQLITE_ROW) {
		const char *said = (const char *)sqlite3_column_text(p, 0);
		if (!said || strcmp(said, "ok") != 0)
			code = err_set(e, ERR_INTEGRITY, _("the ledger's file is damaged: %s"),
				said ? said : "?");
	} else {
		code = db_error(db, rc, _("checking the ledger"), e);
	}
	sqlite3_finalize(p);
	if (!code && !quick) {
		code = db_prepare(db, "PRAGMA foreign_key_check", _("ledger"), &p, e);
		if (!code && sqlite3_step(p) == SQLITE_ROW)
			code = err_set(e, ERR_INTEGRITY,
				_("the ledger's table %s refers to a row that is not there"),
				(const char *)sqlite3_column_text(p, 0));
		sqlite3_finalize(p);
	}
	return code;
}

enum err_code db_overwrite_deleted(struct db *db, struct err *e)
{
	return db_exec_sql(db, "PRAGMA secure_delete = ON", _("ledger"), e);
}

enum err_code db_empty_log(struct db *db, bool *whole, struct err *e)
{
	int rc =
		sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

	*whole = rc == SQLITE_OK;
	if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY)
		return ERR_OK;
	return db_error(db, rc, _("emptying the ledger's log"), e);
}

static enum err_code sync_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	enum err_code rc = ERR_OK;

	if (fd < 0)
		return err_errno(e, errno, _("cannot open %s"), path);
	if (fsync(fd) != 0)
		rc = err_errno(e, errno, _("cannot save %s"), path);
	close(fd);
	return rc;
}

static enum err_code copy_pages(struct db *db, sqlite3 *to, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", db->handle, "main");
	int rc;

	if (!b)
		return err_set(e, ERR_IO, _("copying the ledger: %s"), sqlite3_errmsg(to));
	/* In one step: the source is read from one snapshot. */
	do
		rc = sqlite3_backup_step(b, -1);
	while (rc == SQLITE_OK);
	sqlite3_backup_finish(b);
	if (rc == SQLITE_DONE)
		return ERR_OK;
	return err_set(e, (rc & 0xff) == SQLITE_BUSY ? ERR_BUSY : ERR_IO,
		_("copying the ledger: %s"), sqlite3_errstr(rc));
}

enum err_code db_copy_to(struct db *db, const char *path, struct err *e)
{
	sqlite3 *to = NULL;
	enum err_code rc = ERR_OK;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0660);

	if (fd < 0)
		return err_errno(e, errno, _("cannot make %s"), path);
	close(fd);
	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
		SQLITE_OK)
		rc = err_set(e, ERR_IO, _("cannot make %s: %s"), path, sqlite3_errmsg(to));
	if (!rc) { /* else there may be no handle at all */
		sqlite3_busy_timeout(to, DB_BUSY_MS);
		rc = copy_pages(db, to, e);
	}
	if (sqlite3_close(to) != SQLITE_OK && !rc)
		rc = err_set(e, ERR_IO, _("cannot save %s"), path);
	if (!rc)
		rc = sync_file(path, e);
	if (rc)
		unlink(path);
	return rc;
}

/* --- another one in its place --- */

/* Alone on it: in WAL mode this is refused while anybody merely has it open. */
static int take_alone(sqlite3 *s)
{
	static const char sql[] = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;"
				  "PRAGMA journal_mode = DELETE";

	sqlite3_busy_timeout(s, 2000);
	return sqlite3_exec(s, sql, NULL, NULL, NULL);
}

static bool is_damage(int rc)
{
	rc &= 0xff;
	return rc == SQLITE_NOTADB || rc == SQLITE_CORRUPT;
}

static enum err_code exchange(
	const char *path, const char *fresh, const char *retired, struct err *e)
{
	if (renameat2(AT_FDCWD, fresh, AT_FDCWD, path, RENAME_EXCHANGE) != 0)
		return err_errno(e, errno, _("cannot put %s in the place of %s"), fresh, path);
	return path_move(fresh, retired, e);
}

/* Who opened the old file before and waits for its lock sees the mark, and stops. */
static enum err_code mark_retired(sqlite3 *s, struct err *e)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA application_id = %d", DB_RETIRED_ID);
	if (sqlite3_exec(s, sql, NULL, NULL, NULL) == SQLITE_OK)
		return ERR_OK;
	return err_set(e, ERR_IO, _("cannot retire the old ledger: %s"), sqlite3_errmsg(s));
}

/* Alone on the old ledger: did anybody write into it since it was read? Then it stays as it was.
 * One that cannot be read is damaged: nobody wrote. */
static enum err_code need_same_end(sqlite3 *s, int64_t last, struct err *e)
{
	sqlite3_stmt *q = NULL;
	int64_t now = last;

	if (last == 0)
		return ERR_OK;
	if (sqlite3_prepare_v2(s, "SELECT max(seq) FROM events", -1, &q, NULL) == SQLITE_OK &&
		sqlite3_step(q) == SQLITE_ROW)
		now = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	if (now == last)
		return ERR_OK;
	(void)sqlite3_exec(s, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	return err_set(e, ERR_BUSY,
		_("something was entered into the ledger meanwhile: end what works on it (services "
		  "too) and restore again"));
}

enum err_code db_replace(
	const char *path, const char *fresh, const char *retired, int64_t last, struct err *e)
{
	sqlite3 *s = NULL;
	struct stat st;
	int rc;
	enum err_code code = ERR_OK;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? path_move(fresh, path, e)
				       : err_errno(e, errno, _("cannot open %s"), path);
	rc = sqlite3_open_v2(path, &s, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, NULL);
	if (rc == SQLITE_OK)
		rc = take_alone(s);
	if ((rc & 0xff) == SQLITE_BUSY)
		code = err_set(e, ERR_BUSY,
			_("a program has the ledger open: end it (services too) and restore "
			  "again"));
	else if (rc != SQLITE_OK && !is_damage(rc))
		code = err_set(e, ERR_IO, _("cannot retire the old ledger: %s"), sqlite3_errmsg(s));
	if (!code && rc == SQLITE_OK)
		code = need_same_end(s, last, e);
	if (!code)
		code = exchange(path, fresh, retired, e);
	if (!code && rc == SQLITE_OK)
		code = mark_retired(s, e);
	sqlite3_close(s);
	return code;
}
