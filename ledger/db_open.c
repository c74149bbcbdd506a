/*
 * db_open.c - opening the ledger's file: what it must be, how SQLite is set up, and
 * the steps that bring an older schema up to date.
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
#include "ledger/migrations.h"
#include "ledger/search_words.h"
#include "ledger/title_key.h"

/* --- the file --- */

/* The directory with every link resolved, and the last part as given: SQLite's
 * NOFOLLOW then refuses a link only where the ledger itself should be. */
static enum err_code real_path(const char *path, char **dir, char **full, struct err *e)
{
	const char *slash = strrchr(path, '/');
	char *above =
		slash ? strndup(path, slash > path ? (size_t)(slash - path) : 1) : strdup(".");
	enum err_code rc = ERR_OK;

	*full = NULL;
	*dir = above ? realpath(above, NULL) : NULL;
	if (!above)
		rc = err_nomem(e);
	else if (!*dir && errno == ENOENT)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no ledger %s; “huiying init” makes one"),
			path);
	else if (!*dir)
		rc = err_errno(e, errno, _("cannot open the ledger %s"), path);
	free(above);
	if (rc)
		return rc;
	*full = path_join(*dir, slash ? slash + 1 : path);
	return *full ? ERR_OK : err_nomem(e);
}

static enum err_code look_at_file(const char *path, enum db_mode mode, struct err *e)
{
	struct stat st;

	if (lstat(path, &st) != 0) {
		if (errno == ENOENT && mode == DB_CREATE)
			return ERR_OK;
		if (errno == ENOENT)
			return err_set(e, ERR_NOT_FOUND,
				_("there is no ledger %s; “huiying init” makes one"), path);
		return err_errno(e, errno, _("cannot open the ledger %s"), path);
	}
	if (S_ISLNK(st.st_mode))
		return err_set(e, ERR_IO, _("the ledger %s is a symbolic link; refused"), path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_IO, _("the ledger %s is not a file"), path);
	if (st.st_size == 0 && mode != DB_CREATE)
		return err_set(e, ERR_INTEGRITY,
			_("the ledger %s is empty; restore a backup, or make a new one with "
			  "“huiying init”"),
			path);
	return ERR_OK;
}

/* SQLite would make it readable for everybody. */
static enum err_code make_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0660);

	if (fd < 0)
		return err_errno(e, errno, _("cannot make the ledger %s"), path);
	close(fd);
	return ERR_OK;
}

/* --- the connection --- */

/* SQLite's own 2 MiB are too few for the indexes that every new item goes into, and its
 * 1,000 pages of log make it wait for the disk twice after every few documents. Of its pages
 * of 4 KiB every other item leaves a part empty: a ledger of 8 KiB is an eighth smaller, and
 * writing it takes an eighth less. (A ledger keeps what it was made with.) None of it changes
 * what is safe: every commit still reaches the disk before it returns.
 *
 * A row of an item is 2 KB and a page of the index of texts 4: with so much room laid aside for
 * short use, statements take both without asking the allocator. */
#define PAGE_BYTES "8192"
#define CACHE_KIB "-65536" /* negative: KiB */
#define WAL_PAGES "4000" /* 32 MB */
#define ASIDE_BYTES 8192 /* of a piece, */
#define ASIDE_PIECES 64 /* and how many */

static enum err_code configure(struct db *db, struct err *e)
{
	enum err_code code;
	static const struct {
		int option, value;
	} options[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1},
		{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
		{SQLITE_DBCONFIG_DQS_DML, 0},
		{SQLITE_DBCONFIG_DQS_DDL, 0},
	};
	int rc = sqlite3_extended_result_codes(db->handle, 1);

	if (rc == SQLITE_OK)
		rc = sqlite3_db_config(
			db->handle, SQLITE_DBCONFIG_LOOKASIDE, NULL, ASIDE_BYTES, ASIDE_PIECES);
	if (rc == SQLITE_OK)
		rc = sqlite3_busy_handler(db->handle, db_wait_ask_again, db);
	for (size_t i = 0; rc == SQLITE_OK && i < sizeof options / sizeof *options; i++)
		rc = sqlite3_db_config(db->handle, options[i].option, options[i].value, NULL);
	if (rc != SQLITE_OK)
		return db_error(db, rc, _("ledger"), e);
	code = search_words_register(db, e);
	if (!code)
		code = title_key_register(db, e);
	if (code)
		return code;
	return db_exec_sql(db,
		"PRAGMA page_size = " PAGE_BYTES
		"; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;"
		" PRAGMA temp_store = MEMORY; PRAGMA cache_size = " CACHE_KIB
		"; PRAGMA wal_autocheckpoint = " WAL_PAGES,
		_("ledger"), e);
}

static enum err_code pragma_int(struct db *db, const char *sql, int64_t *out, struct err *e)
{
	void *p;
	enum err_code rc = db_prepare(db, sql, _("ledger"), &p, e);
	sqlite3_stmt *s = p;

	if (rc)
		return rc;
	int step = sqlite3_step(s);
	if (step == SQLITE_ROW)
		*out = sqlite3_column_int64(s, 0);
	else
		rc = db_error(db, step, _("ledger"), e);
	sqlite3_finalize(s);
	return rc;
}

static enum err_code use_wal(struct db *db, struct err *e)
{
	void *p;
	enum err_code rc = db_prepare(db, "PRAGMA journal_mode = WAL", _("ledger"), &p, e);
	sqlite3_stmt *s = p;

	if (rc)
		return rc;
	int step = sqlite3_step(s);
	const char *mode = step == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
	if (step != SQLITE_ROW)
		rc = db_error(db, step, _("ledger"), e);
	else if (!mode || strcmp(mode, "wal") != 0)
		rc = err_set(e, ERR_IO,
			_("the ledger %s cannot be kept in WAL mode here; use a local disk"),
			db->path);
	sqlite3_finalize(s);
	return rc;
}

/* Whose file is it, and how old? Nothing has been written up to here. */
static enum err_code check_identity(struct db *db, enum db_mode mode, struct err *e)
{
	int64_t id = 0, version = 0, tables = 0;
	enum err_code rc = pragma_int(db, "PRAGMA application_id", &id, e);

	if (!rc)
		rc = pragma_int(db, "PRAGMA user_version", &version, e);
	if (!rc)
		rc = pragma_int(db, "SELECT count(*) FROM sqlite_schema", &tables, e);
	if (rc)
		return rc;
	if (mode == DB_CREATE && id == 0 && version == 0 && tables == 0)
		return ERR_OK;
	if (id == DB_RETIRED_ID)
		return err_set(e, ERR_REFUSED,
			_("the ledger %s is retired: a restored one took its place"), db->path);
	if (id != DB_APPLICATION_ID)
		return err_set(e, ERR_IO, _("%s is not a ledger of Huiying; refused"), db->path);
	if (version > migration_count)
		return err_set(e, ERR_IO,
			_("the ledger %s has schema %lld, made by a newer Huiying; this one knows "
			  "%d; nothing was changed"),
			db->path, (long long)version, migration_count);
	return ERR_OK;
}

/* --- migrations --- */

static enum err_code migrate_one(struct db *db, const struct migration *m, struct err *e)
{
	char pragma[96];
	int64_t version = 0;
	enum err_code rc = db_begin_write(db, e);

	/* Another process may have done it while we waited for the lock. */
	if (!rc)
		rc = pragma_int(db, "PRAGMA user_version", &version, e);
	if (!rc && version >= m->version) {
		db_rollback(db);
		return ERR_OK;
	}
	snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d; PRAGMA application_id = %d",
		m->version, DB_APPLICATION_ID);
	if (!rc)
		rc = db_exec_sql(db, m->sql, m->name, e);
	if (!rc)
		rc = db_exec_sql(db, pragma, m->name, e);
	if (!rc)
		rc = db_commit(db, e);
	db_rollback(db);
	return rc;
}

static enum err_code migrate_to(struct db *db, int target, struct err *e)
{
	int64_t version = 0;
	enum err_code rc = pragma_int(db, "PRAGMA user_version", &version, e);

	for (int i = 0; !rc && i < migration_count && i < target; i++)
		if (migrations[i].version > version)
			rc = migrate_one(db, &migrations[i], e);
	return rc;
}

enum err_code db_migrate(struct db *db, struct err *e)
{
	return migrate_to(db, migration_count, e);
}

int db_schema_version(struct db *db)
{
	int64_t version = 0;

	return pragma_int(db, "PRAGMA user_version", &version, NULL) ? -1 : (int)version;
}

const char *db_path(const struct db *db)
{
	return db->path;
}

/* --- open and close --- */

/* One thread alone uses the ledger (office/ahead.h), and nobody asks how much memory it
 * takes: without locks an item costs a twentieth less. Once SQLite is in use this is
 * refused, and is as it was said first. */
static void configure_library(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum err_code connect_to(struct db *db, const char *path, struct err *e)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX |
		    (path[0] ? 0 : SQLITE_OPEN_CREATE);
	int rc;

	db->path = strdup(path);
	if (!db->path)
		return err_nomem(e);
	configure_library();
	rc = sqlite3_open_v2(path, &db->handle, flags, NULL);
	if (rc != SQLITE_OK)
		return db_error(db, rc, _("cannot open the ledger"), e);
	return configure(db, e);
}

static enum err_code open_file(struct db *db, const char *path, enum db_mode mode, struct err *e)
{
	enum err_code rc = connect_to(db, path, e);

	if (!rc)
		rc = check_identity(db, mode, e);
	if (!rc)
		rc = use_wal(db, e);
	if (!rc)
		rc = db_migrate(db, e);
	if (!rc && mode == DB_OPEN_READ)
		rc = db_exec_sql(db, "PRAGMA query_only = ON", _("ledger"), e);
	return rc;
}

enum err_code db_open(const char *path, enum db_mode mode, struct db **out, struct err *e)
{
	struct db *db = calloc(1, sizeof *db);
	char *dir = NULL, *full = NULL;
	enum err_code rc;

	*out = NULL;
	if (!db)
		return err_nomem(e);
	rc = real_path(path, &dir, &full, e);
	if (!rc)
		rc = look_at_file(full, mode, e);
	if (!rc)
		rc = path_refuse_network_fs(dir, e);
	if (!rc && mode == DB_CREATE)
		rc = make_file(full, e);
	if (!rc)
		rc = open_file(db, full, mode, e);
	free(dir);
	free(full);
	if (rc)
		db_close(db);
	else
		*out = db;
	return rc;
}

enum err_code db_open_temporary(int version, struct db **out, struct err *e)
{
	struct db *db = calloc(1, sizeof *db);
	enum err_code rc;

	*out = NULL;
	if (!db)
		return err_nomem(e);
	/* An empty name is a private file that SQLite removes. */
	rc = connect_to(db, "", e);
	if (!rc)
		rc = migrate_to(db, version > 0 ? version : migration_count, e);
	if (rc)
		db_close(db);
	else
		*out = db;
	return rc;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_rollback(db);
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(db->cache[i].stmt);
	/* Cannot be busy: every statement of ours is finalised. */
	sqlite3_close_v2(db->handle);
	db_wait_close(&db->wait);
	free(db->path);
	free(db);
}
