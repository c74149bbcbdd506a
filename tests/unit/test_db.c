/*
 * Opening (what is refused, and that nothing is touched then), transactions, values.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/time.h"
#include "ledger/db.h"
#include "ledger/migrations.h"

struct place {
	char dir[64], path[96], other[96];
	struct err e;
};

static int setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);

	strcpy(p->dir, "/tmp/huiying-db.XXXXXX");
	if (!mkdtemp(p->dir))
		return -1;
	snprintf(p->path, sizeof p->path, "%s/ledger.db", p->dir);
	snprintf(p->other, sizeof p->other, "%s/other.db", p->dir);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	static const char *const names[] = {"ledger.db", "ledger.db-wal", "ledger.db-shm",
		"ledger.db-wait", "other.db", "other.db-wal", "other.db-shm"};
	char path[160];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", p->dir, names[i]);
		unlink(path);
	}
	rmdir(p->dir);
	free(p);
	return 0;
}

static struct db *create(struct place *p)
{
	struct db *db = NULL;

	if (db_open(p->path, DB_CREATE, &db, &p->e) != ERR_OK)
		fail_msg("%s", p->e.text);
	return db;
}

static void raw_sql(const char *path, const char *sql)
{
	sqlite3 *s;

	assert_int_equal(sqlite3_open(path, &s), SQLITE_OK);
	assert_int_equal(sqlite3_exec(s, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(s);
}

static void write_bytes(const char *path, const char *text, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, n), (ssize_t)n);
	close(fd);
}

static void test_create_and_open(void **state)
{
	struct place *p = *state;
	struct db *db = NULL;
	struct stat st;
	mode_t old = umask(0007);

	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_NOT_FOUND);
	assert_null(db);
	assert_int_equal(access(p->path, F_OK), -1);
	db = create(p);
	assert_int_equal(db_schema_version(db), migration_count);
	db_close(db);
	umask(old);
	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_OK);
	assert_int_equal(db_check_file(db, false, &p->e), ERR_OK);
	db_close(db);
	db_close(create(p)); /* again: nothing is lost */
}

static int page_bytes(const char *path)
{
	unsigned char head[18];
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	assert_int_equal(fread(head, 1, sizeof head, f), sizeof head);
	fclose(f);
	return head[16] << 8 | head[17];
}

/* A ledger of before has smaller pages, and goes on with them. */
static void test_pages(void **state)
{
	struct place *p = *state;
	struct db *db;

	db_close(create(p));
	assert_int_equal(page_bytes(p->path), 8192);
	raw_sql(p->path, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM");
	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_OK);
	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(1)), &p->e), ERR_OK);
	assert_int_equal(db_commit(db, &p->e), ERR_OK);
	assert_int_equal(db_check_file(db, false, &p->e), ERR_OK);
	assert_int_equal(db_copy_to(db, p->other, &p->e), ERR_OK);
	db_close(db);
	assert_int_equal(page_bytes(p->path), 4096);
	assert_int_equal(db_open(p->other, DB_OPEN, &db, &p->e), ERR_OK);
	assert_int_equal(db_check_file(db, false, &p->e), ERR_OK);
	db_close(db);
}

static void test_newer_schema_is_refused(void **state)
{
	struct place *p = *state;
	struct hash before, after;
	struct db *db;

	db_close(create(p));
	raw_sql(p->path, "PRAGMA user_version = 999; PRAGMA journal_mode = DELETE");
	assert_int_equal(hash_file(p->path, &before, &p->e), ERR_OK);
	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_IO);
	assert_non_null(strstr(p->e.text, "999"));
	assert_int_equal(hash_file(p->path, &after, &p->e), ERR_OK);
	assert_true(hash_eq(&before, &after));
}

static void test_foreign_files_are_refused(void **state)
{
	struct place *p = *state;
	struct db *db;

	raw_sql(p->other, "CREATE TABLE notes (t TEXT)");
	assert_int_equal(db_open(p->other, DB_OPEN, &db, &p->e), ERR_IO);
	assert_int_equal(db_open(p->other, DB_CREATE, &db, &p->e), ERR_IO);
	write_bytes(p->path, "this is a letter, not a database, and it is long enough to tell", 63);
	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_INTEGRITY);
	assert_int_equal(db_open(p->path, DB_CREATE, &db, &p->e), ERR_INTEGRITY);
	write_bytes(p->path, "", 0);
	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_INTEGRITY);
	assert_int_equal(db_open(p->dir, DB_OPEN, &db, &p->e), ERR_IO);
}

static void test_a_link_is_refused(void **state)
{
	struct place *p = *state;
	struct db *db;

	db_close(create(p));
	assert_int_equal(symlink(p->path, p->other), 0);
	assert_int_equal(db_open(p->other, DB_OPEN, &db, &p->e), ERR_IO);
	assert_non_null(strstr(p->e.text, "symbolic link"));
}

static void test_transactions(void **state)
{
	struct place *p = *state;
	struct db *db = create(p);
	int64_t n = 0;

	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(7)), &p->e), ERR_IO);
	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_true(db_is_writing(db));
	assert_int_equal(db_begin_write(db, &p->e), ERR_IO);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(7)), &p->e), ERR_OK);
	db_rollback(db);
	assert_false(db_is_writing(db));
	assert_int_equal(db_get_int(db, ST_ID_LAST, DB_ARGS(DB_TEXT("X"), DB_INT(0)), &n, &p->e),
		ERR_NOT_FOUND);
	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(8)), &p->e), ERR_OK);
	assert_int_equal(db_commit(db, &p->e), ERR_OK);
	assert_int_equal(
		db_get_int(db, ST_ID_LAST, DB_ARGS(DB_TEXT("X"), DB_INT(0)), &n, &p->e), ERR_OK);
	assert_int_equal(n, 8);
	assert_int_equal(db_commit(db, &p->e), ERR_IO);
	db_close(db);
}

static void test_types_are_checked(void **state)
{
	struct place *p = *state;
	struct db *db = create(p);
	struct db_rows q;

	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_INT(1), DB_INT(0), DB_INT(7)), &p->e), ERR_IO);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_NULL, DB_INT(0), DB_INT(7)), &p->e), ERR_IO);
	assert_int_equal(db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X")), &p->e), ERR_IO);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(7)), &p->e), ERR_OK);
	assert_int_equal(
		db_query(db, ST_ID_LAST, DB_ARGS(DB_TEXT("X"), DB_INT(0)), &q, &p->e), ERR_OK);
	assert_true(db_next(&q));
	assert_null(db_text(&q, 0)); /* an integer column read as text */
	assert_int_equal(db_end(&q, ERR_OK, &p->e), ERR_INTEGRITY);
	db_close(db);
}

static void test_a_query_inside_a_query(void **state)
{
	struct place *p = *state;
	struct db *db = create(p);
	struct db_rows a, b;

	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(7)), &p->e), ERR_OK);
	assert_int_equal(db_query(db, ST_ID_LAST, DB_ARGS(DB_TEXT("X"), DB_INT(0)), &a, &p->e), 0);
	assert_true(db_next(&a));
	assert_int_equal(db_query(db, ST_ID_LAST, DB_ARGS(DB_TEXT("X"), DB_INT(0)), &b, &p->e), 0);
	assert_true(db_next(&b));
	assert_int_equal(db_int(&a, 0), 7);
	assert_int_equal(db_int(&b, 0), 7);
	assert_int_equal(db_end(&b, ERR_OK, &p->e), ERR_OK);
	assert_false(db_next(&a));
	assert_int_equal(db_end(&a, ERR_OK, &p->e), ERR_OK);
	db_close(db);
}

static void test_read_only(void **state)
{
	struct place *p = *state;
	struct db *db;

	db_close(create(p));
	assert_int_equal(db_open(p->path, DB_OPEN_READ, &db, &p->e), ERR_OK);
	assert_int_equal(db_begin_read(db, &p->e), ERR_OK);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(7)), &p->e), ERR_IO);
	db_rollback(db);
	assert_int_not_equal(db_begin_write(db, &p->e), ERR_OK);
	db_close(db);
}

static void test_a_second_writer_waits_then_says_busy(void **state)
{
	struct place *p = *state;
	struct db *one = create(p), *two;

	assert_int_equal(db_open(p->path, DB_OPEN, &two, &p->e), ERR_OK);
	assert_int_equal(db_begin_write(one, &p->e), ERR_OK);
	/* A reader is never in the way. */
	assert_int_equal(db_begin_read(two, &p->e), ERR_OK);
	assert_int_equal(db_commit(two, &p->e), ERR_OK);
	assert_int_equal(db_commit(one, &p->e), ERR_OK);
	assert_int_equal(db_begin_write(two, &p->e), ERR_OK);
	db_close(two);
	db_close(one);
}

static void test_copy(void **state)
{
	struct place *p = *state;
	struct db *db = create(p), *copy;
	struct hash a, b;
	int64_t rows;

	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_int_equal(
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(7)), &p->e), ERR_OK);
	assert_int_equal(db_commit(db, &p->e), ERR_OK);
	assert_int_equal(db_copy_to(db, p->other, &p->e), ERR_OK);
	assert_int_not_equal(db_copy_to(db, p->other, &p->e), ERR_OK); /* never overwrites */
	assert_int_equal(db_open(p->other, DB_OPEN, &copy, &p->e), ERR_OK);
	assert_int_equal(db_hash_table(db, "ids", "prefix, year", &a, &rows, &p->e), ERR_OK);
	assert_int_equal(rows, 1);
	assert_int_equal(db_hash_table(copy, "ids", "prefix, year", &b, &rows, &p->e), ERR_OK);
	assert_true(hash_eq(&a, &b));
	db_close(copy);
	db_close(db);
}

static void test_null_times(void **state)
{
	(void)state;
	assert_int_equal(DB_TIME(TIME_NONE).type, DB_IS_NULL);
	assert_int_equal(DB_TIME(0).type, DB_IS_INT);
	assert_int_equal(DB_TEXT(NULL).type, DB_IS_NULL);
	assert_int_equal(DB_TEXT("").type, DB_IS_TEXT);
}

/* One flipped byte anywhere: either the file is refused, or what is read is right. Never a crash.
 */
static void test_damage_never_crashes(void **state)
{
	struct place *p = *state;
	struct db *db = create(p);
	struct buf b;
	uint32_t seed = 12345;

	db_close(db);
	buf_init(&b, (size_t)16 << 20);
	assert_int_equal(path_read(p->path, &b, &p->e), ERR_OK);
	for (int i = 0; i < 300; i++) {
		size_t at;
		seed = seed * 1664525u + 1013904223u;
		at = seed % b.len;
		b.data[at] = (char)(b.data[at] ^ (1 << (seed >> 29)));
		write_bytes(p->other, b.data, b.len);
		b.data[at] = (char)(b.data[at] ^ (1 << (seed >> 29)));
		db = NULL;
		if (db_open(p->other, DB_OPEN, &db, &p->e) == ERR_OK) {
			struct hash h;
			int64_t rows;
			(void)db_check_file(db, false, &p->e);
			(void)db_hash_table(db, "events", "seq", &h, &rows, &p->e);
		} else {
			assert_non_null(p->e.text);
			assert_true(p->e.text[0] != '\0');
		}
		db_close(db);
		unlink(p->other);
	}
	buf_fini(&b);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* --- turns --- */

/* Another program: waits for its turn to write, once, after a byte came from `go`. Made
 * before the ledger is opened: SQLite must not be carried over a fork. */
static pid_t fork_writer(const char *path, int go)
{
	struct err e;
	struct db *db = NULL;
	pid_t child = fork();
	char c;

	if (child != 0)
		return child;
	if (read(go, &c, 1) != 1 || db_open(path, DB_OPEN, &db, &e) != ERR_OK ||
		db_begin_write(db, &e) != ERR_OK ||
		db_run(db, ST_ID_USED, DB_ARGS(DB_TEXT("X"), DB_INT(0), DB_INT(7)), &e) != ERR_OK ||
		db_commit(db, &e) != ERR_OK)
		_exit(1);
	db_close(db);
	_exit(0);
}

/* Until the lock of one who waits is seen on the file. */
static void see_one_waiting(const struct place *p)
{
	char path[128];
	int fd = -1;

	snprintf(path, sizeof path, "%s-wait", p->path);
	while (fd < 0)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	while (flock(fd, LOCK_EX | LOCK_NB) == 0)
		flock(fd, LOCK_UN);
	close(fd);
}

/* Without db_yield() the one that begins again at once is nearly always the first. */
static void test_one_who_waits_gets_a_turn(void **state)
{
	struct place *p = *state;
	int64_t n = 0;
	int go[2], rounds = 0, status = -1;
	pid_t child = pipe(go) == 0 ? fork_writer(p->path, go[0]) : -1;
	struct db *db = create(p);

	assert_true(child >= 0);
	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_false(db_is_waited_for(db));
	assert_int_equal(write(go[1], "", 1), 1);
	see_one_waiting(p);
	while (!db_is_waited_for(db)) /* we may have been in its way */
		;
	for (; n != 7 && rounds < 100; rounds++) {
		assert_int_equal(db_commit(db, &p->e), ERR_OK);
		db_yield(db);
		assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
		(void)db_get_int(db, ST_ID_LAST, DB_ARGS(DB_TEXT("X"), DB_INT(0)), &n, &p->e);
	}
	db_rollback(db);
	assert_true(rounds <= 3);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(go[0]);
	close(go[1]);
	db_close(db);
}

/* One that was stopped while it waited holds nobody up for ever; neither does a file that
 * cannot be had. */
static void test_yield_ends(void **state)
{
	struct place *p = *state;
	struct db *db = create(p);
	char path[128];
	int fd;

	snprintf(path, sizeof path, "%s-wait", p->path);
	fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(flock(fd, LOCK_SH), 0);
	db_yield(db);
	close(fd);
	db_close(db);
	unlink(path);
	assert_int_equal(symlink("/nowhere", path), 0);
	db = create(p);
	db_yield(db);
	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_int_equal(db_commit(db, &p->e), ERR_OK);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_one_who_waits_gets_a_turn),
		T(test_yield_ends),
		T(test_create_and_open),
		T(test_pages),
		T(test_newer_schema_is_refused),
		T(test_foreign_files_are_refused),
		T(test_a_link_is_refused),
		T(test_transactions),
		T(test_types_are_checked),
		T(test_a_query_inside_a_query),
		T(test_read_only),
		T(test_a_second_writer_waits_then_says_busy),
		T(test_copy),
		T(test_damage_never_crashes),
		cmocka_unit_test(test_null_times),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
