/*
 * Six ways to tamper with the record, at every place: all are found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/audit.h"
#include "ledger/backup.h"
#include "ledger/db.h"
#include "ledger/events.h"
#include "ledger/instance.h"

#define ACTOR "{\"login\":\"huiying\",\"role\":\"system\"}"
#define ALERTS 20

struct place {
	char dir[64], path[96], copy[96], anchor_path[96];
	struct audit_anchor anchor;
	struct err e;
};

static void fill(struct place *p)
{
	struct event_draft by = {1000, ACTOR, "", NULL, NULL, NULL};
	struct db *db;

	assert_int_equal(db_open(p->path, DB_CREATE, &db, &p->e), ERR_OK);
	assert_int_equal(db_begin_write(db, &p->e), ERR_OK);
	assert_int_equal(instance_create(db, &by, true, "", &p->e), ERR_OK);
	for (int i = 0; i < ALERTS; i++) {
		struct alert_snapshot s = {.item = i,
			.title = "标题",
			.source = "s",
			.published = TIME_NONE,
			.fetched = 1,
			.topic = "欠薪欠资",
			.code = "wage",
			.score = i,
			.grade = 1,
			.grade_name = "一般",
			.why = "[]",
			.review_due = 9};
		by.at++;
		assert_int_equal(alerts_raise(db, &by, &s, &p->e), ERR_OK);
	}
	assert_int_equal(db_commit(db, &p->e), ERR_OK);
	assert_int_equal(events_head(db, &p->anchor.count, &p->anchor.head, &p->e), ERR_OK);
	db_close(db);
}

static int setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);

	strcpy(p->dir, "/tmp/huiying-audit.XXXXXX");
	if (!mkdtemp(p->dir))
		return -1;
	snprintf(p->path, sizeof p->path, "%s/ledger.db", p->dir);
	snprintf(p->copy, sizeof p->copy, "%s/copy.db", p->dir);
	snprintf(p->anchor_path, sizeof p->anchor_path, "%s/anchor", p->dir);
	fill(p);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;

	unlink(p->path);
	unlink(p->copy);
	unlink(p->anchor_path);
	rmdir(p->dir);
	free(p);
	return 0;
}

/* Who owns the file can drop the triggers. */
static void tamper(struct place *p, const char *sql)
{
	struct db *db;
	sqlite3 *s;
	char *why = NULL;

	unlink(p->copy);
	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_OK);
	assert_int_equal(db_copy_to(db, p->copy, &p->e), ERR_OK);
	db_close(db);
	assert_int_equal(sqlite3_open(p->copy, &s), SQLITE_OK);
	assert_int_equal(sqlite3_exec(s,
				 "DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete;"
				 "DROP TRIGGER events_in_order; DROP TRIGGER texts_only_erase;"
				 "DROP TRIGGER texts_no_delete",
				 NULL, NULL, NULL),
		SQLITE_OK);
	if (sqlite3_exec(s, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(s);
}

static enum err_code verify(struct place *p, bool anchored)
{
	struct audit_result r;
	struct db *db;
	enum err_code rc;

	assert_int_equal(db_open(p->copy, DB_OPEN, &db, &p->e), ERR_OK);
	rc = audit_verify(db, anchored ? &p->anchor : NULL, &r, &p->e);
	db_close(db);
	return rc;
}

static void test_whole(void **state)
{
	struct place *p = *state;
	struct audit_result r;
	struct db *db;
	int64_t tables;

	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_OK);
	assert_int_equal(audit_verify(db, NULL, &r, &p->e), ERR_OK);
	assert_int_equal(r.events, ALERTS + 1);
	assert_int_equal(r.texts, ALERTS);
	assert_int_equal(r.anchored, 0);
	assert_int_equal(audit_verify(db, &p->anchor, &r, &p->e), ERR_OK);
	assert_int_equal(r.anchored, ALERTS + 1);
	assert_int_equal(audit_rebuild(db, &tables, &p->e), ERR_OK);
	db_close(db);
}

static void test_every_edit_is_found(void **state)
{
	static const char *const fields[] = {"at = at + 1", "actor = actor || ' '",
		"\"for\" = '{}'", "kind = 'alert.raised/2'", "subject = subject || '0'",
		"payload = replace(payload, 'A', 'B') || ' '", "prev_hash = randomblob(32)",
		"hash = zeroblob(32)"};
	struct place *p = *state;
	char sql[256];

	for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
		for (int seq = 1; seq <= ALERTS + 1; seq += 4) {
			snprintf(sql, sizeof sql, "UPDATE events SET %s WHERE seq = %d", fields[f],
				seq);
			tamper(p, sql);
			if (verify(p, false) != ERR_INTEGRITY)
				fail_msg("not found: %s", sql);
		}
}

static void test_deletion_insertion_reordering(void **state)
{
	struct place *p = *state;
	char sql[512];

	for (int seq = 1; seq <= ALERTS; seq += 3) {
		snprintf(sql, sizeof sql, "DELETE FROM events WHERE seq = %d", seq);
		tamper(p, sql);
		assert_int_equal(verify(p, false), ERR_INTEGRITY);
		/* … and the rest moved up to hide the gap. */
		snprintf(sql, sizeof sql,
			"CREATE TABLE t AS SELECT * FROM events WHERE seq > %d; DELETE FROM events "
			"WHERE "
			"seq >= %d; INSERT INTO events SELECT seq - 1, at, actor, \"for\", kind, "
			"subject, "
			"payload, prev_hash, hash FROM t; DROP TABLE t",
			seq, seq);
		tamper(p, sql);
		assert_int_equal(verify(p, false), ERR_INTEGRITY);
		snprintf(sql, sizeof sql,
			"CREATE TABLE t AS SELECT * FROM events WHERE seq IN (%d, %d); DELETE FROM "
			"events "
			"WHERE seq IN (%d, %d); INSERT INTO events SELECT %d - seq, at, actor, "
			"\"for\", "
			"kind, subject, payload, prev_hash, hash FROM t; DROP TABLE t",
			seq, seq + 1, seq, seq + 1, 2 * seq + 1);
		tamper(p, sql);
		assert_int_equal(verify(p, false), ERR_INTEGRITY);
	}
	tamper(p, "INSERT INTO events SELECT seq + 1, at, actor, \"for\", kind, subject, payload, "
		  "prev_hash, hash FROM events ORDER BY seq DESC LIMIT 1");
	assert_int_equal(verify(p, false), ERR_INTEGRITY);
}

static void test_a_cut_tail_needs_the_anchor(void **state)
{
	struct place *p = *state;

	tamper(p, "DELETE FROM events WHERE seq > 15");
	assert_int_equal(verify(p, false), ERR_OK); /* reported as unanchored */
	assert_int_equal(verify(p, true), ERR_INTEGRITY);
	tamper(p, "DELETE FROM events");
	assert_int_equal(verify(p, true), ERR_INTEGRITY);
}

/* The owner writes another chain that is sound in itself. */
static void test_a_rewrite_needs_the_anchor(void **state)
{
	struct place *p = *state, other;

	memcpy(&other, p, sizeof other);
	strcpy(other.path, p->copy);
	unlink(p->copy);
	fill(&other); /* other salts: other hashes */
	assert_int_equal(verify(p, false), ERR_OK);
	assert_int_equal(verify(p, true), ERR_INTEGRITY);
}

static void test_texts(void **state)
{
	struct place *p = *state;

	tamper(p, "UPDATE texts SET body = body || '！' WHERE digest = (SELECT min(digest) FROM "
		  "texts)");
	assert_int_equal(verify(p, false), ERR_INTEGRITY);
	tamper(p, "DELETE FROM texts WHERE digest = (SELECT min(digest) FROM texts)");
	assert_int_equal(verify(p, false), ERR_INTEGRITY);
	/* Erased by order of law: the chain still holds. By nobody's order: found. */
	tamper(p, "UPDATE texts SET body = NULL, salt = NULL; INSERT INTO erased_texts SELECT "
		  "digest, '', 1, 1 FROM texts");
	assert_int_equal(verify(p, true), ERR_OK);
	tamper(p, "UPDATE texts SET body = NULL, salt = NULL WHERE digest = (SELECT max(digest) "
		  "FROM texts)");
	assert_int_equal(verify(p, true), ERR_INTEGRITY);
	tamper(p, "INSERT INTO erased_texts SELECT max(digest), '', 1, 1 FROM texts");
	assert_int_equal(verify(p, true), ERR_INTEGRITY);
}

static void test_rebuild_finds_edited_projections(void **state)
{
	static const char *const edits[] = {"UPDATE alerts SET score = 99 WHERE id = 3",
		"UPDATE stories SET review_due = review_due + 1 WHERE id = 2",
		"UPDATE ids SET number = 1 WHERE prefix = 'A'", "UPDATE instance SET demo = 0"};
	struct place *p = *state;

	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		struct db *db;
		int64_t tables;
		tamper(p, edits[i]);
		assert_int_equal(verify(p, true), ERR_OK);
		assert_int_equal(db_open(p->copy, DB_OPEN, &db, &p->e), ERR_OK);
		assert_int_equal(audit_rebuild(db, &tables, &p->e), ERR_INTEGRITY);
		db_close(db);
	}
}

static void write_anchor(struct place *p, const char *text)
{
	assert_int_equal(
		path_write_atomic(p->anchor_path, text, strlen(text), 0600, &p->e), ERR_OK);
}

static void test_anchor_files(void **state)
{
	struct place *p = *state;
	struct audit_anchor a;
	char hex[HASH_HEX_SIZE], text[256];

	hash_to_hex(&p->anchor.head, hex);
	snprintf(text, sizeof text, "21 %s\n", hex);
	write_anchor(p, text);
	assert_int_equal(audit_read_anchor(p->anchor_path, &a, &p->e), ERR_OK);
	assert_int_equal(a.count, 21);
	assert_true(hash_eq(&a.head, &p->anchor.head));
	snprintf(text, sizeof text, "{\"count\":21,\"hash\":\"%s\"}\n", hex);
	write_anchor(p, text);
	assert_int_equal(audit_read_anchor(p->anchor_path, &a, &p->e), ERR_OK);
	write_anchor(p, "");
	assert_int_equal(audit_read_anchor(p->anchor_path, &a, &p->e), ERR_INPUT);
	write_anchor(p, "21 abc");
	assert_int_equal(audit_read_anchor(p->anchor_path, &a, &p->e), ERR_INPUT);
}

static void test_backup(void **state)
{
	struct place *p = *state;
	struct audit_result r;
	struct db *db;

	assert_int_equal(db_open(p->path, DB_OPEN, &db, &p->e), ERR_OK);
	assert_int_equal(backup_make(db, p->copy, &r, &p->e), ERR_OK);
	assert_int_equal(r.events, ALERTS + 1);
	assert_true(hash_eq(&r.head, &p->anchor.head));
	assert_int_equal(backup_make(db, p->copy, &r, &p->e), ERR_USAGE);
	db_close(db);
	/* A ledger that does not verify gives no backup that looks good. */
	tamper(p, "UPDATE events SET at = 0 WHERE seq = 4");
	assert_int_equal(db_open(p->copy, DB_OPEN, &db, &p->e), ERR_OK);
	assert_int_equal(backup_make(db, p->anchor_path, &r, &p->e), ERR_INTEGRITY);
	assert_false(path_exists(p->anchor_path));
	db_close(db);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_whole),
		T(test_every_edit_is_found),
		T(test_deletion_insertion_reordering),
		T(test_a_cut_tail_needs_the_anchor),
		T(test_a_rewrite_needs_the_anchor),
		T(test_texts),
		T(test_rebuild_finds_edited_projections),
		T(test_anchor_files),
		T(test_backup),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
