/*
 * test_tamper.c - six ways to tamper with the record, each at TAMPER random places (30; in
 * `make check-all` 1,000): all are found with the anchor. Whoever owns the file can drop its
 * triggers and compute hashes, so half of the edits, deletions, insertions and reorderings
 * make the rest of the chain fit again: then only the anchor finds them.
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
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/audit.h"
#include "ledger/db.h"
#include "ledger/events.h"
#include "ledger/instance.h"
#include "ledger/texts.h"

#define ACTOR "{\"login\":\"huiying\",\"role\":\"system\"}"
#define EVENTS 400
#define ROUNDS 30
#define FIELDS 8

struct world {
	struct db *db; /* whole */
	sqlite3 *tampered; /* the copy, new in each round */
	char dir[64], path[96], copy[96];
	struct audit_anchor anchor;
	uint64_t seed;
	struct err e;
};

static uint32_t roll(struct world *w, uint32_t below)
{
	w->seed = w->seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)((w->seed >> 33) % below);
}

/* --- a ledger --- */

static void raise_one(struct world *w, struct event_draft *by, int i)
{
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

	assert_int_equal(alerts_raise(w->db, by, &s, &w->e), ERR_OK);
}

static void append(struct world *w, struct event_draft by, const char *kind, const char *subject,
	const char *payload)
{
	by.kind = kind;
	by.subject = subject;
	by.payload = payload;
	assert_int_equal(events_append(w->db, &by, NULL, &w->e), ERR_OK);
}

static void withhold_one(struct world *w, struct event_draft *by, int i)
{
	char digest[HASH_HEX_SIZE], payload[160], subject[32];

	assert_int_equal(texts_put(w->db, "理由", 6, digest, &w->e), ERR_OK);
	snprintf(payload, sizeof payload, "{\"reason_text\":\"%s\"}", digest);
	snprintf(subject, sizeof subject, "A%d", i);
	append(w, *by, "record.withheld/1", subject, payload);
}

static void fill(struct world *w)
{
	struct event_draft by = {1000, ACTOR, "", NULL, NULL, NULL};

	assert_int_equal(db_begin_write(w->db, &w->e), ERR_OK);
	assert_int_equal(instance_create(w->db, &by, true, "", &w->e), ERR_OK);
	for (int i = 1; i < EVENTS; i++) {
		by.at++;
		if (i % 7 == 0)
			withhold_one(w, &by, i);
		else
			raise_one(w, &by, i);
	}
	assert_int_equal(db_commit(w->db, &w->e), ERR_OK);
	assert_int_equal(events_head(w->db, &w->anchor.count, &w->anchor.head, &w->e), ERR_OK);
	assert_int_equal(w->anchor.count, EVENTS);
	w->anchor.at = TIME_NONE;
}

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	const char *seed = getenv("SEED");

	strcpy(w->dir, "/dev/shm/huiying-tamper.XXXXXX");
	if (!mkdtemp(w->dir)) {
		strcpy(w->dir, "/tmp/huiying-tamper.XXXXXX");
		if (!mkdtemp(w->dir))
			return -1;
	}
	snprintf(w->path, sizeof w->path, "%s/ledger.db", w->dir);
	snprintf(w->copy, sizeof w->copy, "%s/copy.db", w->dir);
	w->seed = seed ? strtoull(seed, NULL, 10) : (uint64_t)time_now();
	print_message("SEED=%llu\n", (unsigned long long)w->seed);
	assert_int_equal(db_open(w->path, DB_CREATE, &w->db, &w->e), ERR_OK);
	fill(w);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	db_close(w->db);
	unlink(w->path);
	unlink(w->copy);
	rmdir(w->dir);
	free(w);
	return 0;
}

/* --- tampering --- */

static void run(struct world *w, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(w->tampered, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
}

__attribute__((format(printf, 2, 3))) static void runf(struct world *w, const char *fmt, ...)
{
	char sql[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sql, sizeof sql, fmt, ap);
	va_end(ap);
	run(w, sql);
}

static void open_copy(struct world *w)
{
	unlink(w->copy);
	assert_int_equal(db_copy_to(w->db, w->copy, &w->e), ERR_OK);
	assert_int_equal(sqlite3_open(w->copy, &w->tampered), SQLITE_OK);
	run(w, "PRAGMA synchronous = OFF; DROP TRIGGER events_no_update;"
	       "DROP TRIGGER events_no_delete; DROP TRIGGER events_in_order; BEGIN");
}

static const char *text(sqlite3_stmt *s, int column)
{
	return (const char *)sqlite3_column_text(s, column);
}

static void set_hash(struct world *w, int64_t seq, const struct hash *prev, const struct hash *own)
{
	sqlite3_stmt *s;

	assert_int_equal(
		sqlite3_prepare_v2(w->tampered,
			"UPDATE events SET prev_hash = ?2, hash = ?3 WHERE seq = ?1", -1, &s, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(s, 1, seq);
	sqlite3_bind_blob(s, 2, prev->byte, HASH_SIZE, SQLITE_STATIC);
	sqlite3_bind_blob(s, 3, own->byte, HASH_SIZE, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	sqlite3_finalize(s);
}

/* Numbers and hashes are made to fit again, as somebody who knows the format would. */
static void mend(struct world *w)
{
	struct hash prev = {{0}};
	sqlite3_stmt *s;

	run(w, "CREATE TABLE t AS SELECT row_number() OVER (ORDER BY seq) AS n, * FROM events;"
	       "DELETE FROM events; INSERT INTO events SELECT n, at, actor, \"for\", kind, subject,"
	       " payload, prev_hash, hash FROM t; DROP TABLE t");
	assert_int_equal(sqlite3_prepare_v2(w->tampered,
				 "SELECT seq, at, actor, \"for\", kind, subject, payload FROM "
				 "events ORDER BY seq",
				 -1, &s, NULL),
		SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct event ev = {.seq = sqlite3_column_int64(s, 0),
			.at = sqlite3_column_int64(s, 1),
			.actor = text(s, 2),
			.for_whom = text(s, 3),
			.kind = text(s, 4),
			.subject = text(s, 5),
			.payload = text(s, 6),
			.prev_hash = prev};
		assert_int_equal(events_hash(&ev, &ev.hash, NULL), ERR_OK);
		set_hash(w, ev.seq, &prev, &ev.hash);
		prev = ev.hash;
	}
	sqlite3_finalize(s);
}

/* A byte of any field; texts stay texts, hashes keep their size. */
static bool edit(struct world *w)
{
	static const char *const columns[FIELDS] = {
		"at", "actor", "\"for\"", "kind", "subject", "payload", "prev_hash", "hash"};
	uint32_t field = roll(w, FIELDS), seq = 1 + roll(w, EVENTS);
	const char *c = columns[field];

	if (field == 0)
		runf(w, "UPDATE events SET at = at + %u WHERE seq = %u", 1 + roll(w, 1000), seq);
	else if (field >= 6)
		runf(w, "UPDATE events SET %s = randomblob(32) WHERE seq = %u", c, seq);
	else
		runf(w,
			"UPDATE events SET %s = substr(%s, 1, %u %% (length(%s) + 1)) || '%c' || "
			"substr(%s, 2 + %u %% (length(%s) + 1)) WHERE seq = %u",
			c, c, roll(w, 200), c, 'a' + (int)roll(w, 26), c, roll(w, 200), c, seq);
	return field < 6;
}

static bool delete_middle(struct world *w)
{
	uint32_t from = 1 + roll(w, EVENTS - 1), n = 1 + roll(w, 3);

	runf(w, "DELETE FROM events WHERE seq >= %u AND seq < %u", from,
		from + n < EVENTS ? from + n : EVENTS);
	return true;
}

static bool reorder(struct world *w)
{
	uint32_t a = 1 + roll(w, EVENTS), b = 1 + roll(w, EVENTS - 1);

	b += b >= a;
	runf(w, "UPDATE events SET seq = 1000000 WHERE seq = %u", a);
	runf(w, "UPDATE events SET seq = %u WHERE seq = %u", a, b);
	runf(w, "UPDATE events SET seq = %u WHERE seq = 1000000", b);
	return true;
}

static bool insert(struct world *w)
{
	uint32_t at = 1 + roll(w, EVENTS), of = 1 + roll(w, EVENTS);

	runf(w, "CREATE TABLE t AS SELECT * FROM events WHERE seq = %u", of);
	runf(w, "UPDATE events SET seq = seq + 1000000 WHERE seq >= %u", at);
	run(w, "UPDATE events SET seq = seq - 999999 WHERE seq >= 1000000");
	runf(w,
		"INSERT INTO events SELECT %u, at, actor, \"for\", kind, subject, payload, "
		"prev_hash, hash FROM t",
		at);
	run(w, "DROP TABLE t");
	return true;
}

static bool cut_tail(struct world *w)
{
	runf(w, "DELETE FROM events WHERE seq > %u", roll(w, EVENTS));
	return false;
}

/* All behind a place is written anew, sound in itself: as if it had been so. */
static bool rewrite(struct world *w)
{
	uint32_t from = 1 + roll(w, EVENTS);

	runf(w, "UPDATE events SET at = at + %u WHERE seq >= %u", 1 + roll(w, 100), from);
	mend(w);
	return false;
}

/* --- judging --- */

static enum err_code verify(struct world *w, const struct audit_anchor *anchor)
{
	struct audit_result r;
	struct db *db;
	enum err_code rc = db_open(w->copy, DB_OPEN, &db, &w->e);

	assert_int_equal(rc, ERR_OK);
	rc = audit_verify(db, anchor, &r, &w->e);
	db_close(db);
	return rc;
}

static bool is_same(struct world *w)
{
	int64_t differ = -1;
	sqlite3_stmt *s;

	runf(w, "ATTACH '%s' AS whole", w->path);
	assert_int_equal(sqlite3_prepare_v2(w->tampered,
				 "SELECT (SELECT count(*) FROM (SELECT * FROM events EXCEPT SELECT "
				 "* FROM whole.events)) + (SELECT count(*) FROM (SELECT * FROM "
				 "whole.events EXCEPT SELECT * FROM events))",
				 -1, &s, NULL),
		SQLITE_OK);
	if (sqlite3_step(s) == SQLITE_ROW)
		differ = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	run(w, "DETACH whole");
	return differ == 0;
}

static void one_kind(struct world *w, const char *name, bool (*tamper)(struct world *w))
{
	const char *given = getenv("TAMPER");
	int rounds = given ? atoi(given) : ROUNDS, done = 0;

	while (done < rounds) {
		bool mendable, same;
		open_copy(w);
		mendable = tamper(w);
		if (mendable && done % 2)
			mend(w);
		run(w, "COMMIT");
		same = is_same(w); /* a letter in the place of itself is no edit */
		sqlite3_close(w->tampered);
		if (same)
			continue;
		done++;
		if (verify(w, &w->anchor) != ERR_INTEGRITY)
			fail_msg("%s, round %d: not found", name, done);
	}
	print_message("%s: %d of %d found\n", name, done, rounds);
}

static void test_six_kinds(void **state)
{
	static const struct {
		const char *name;
		bool (*tamper)(struct world *w);
	} kinds[] = {{"edit", edit}, {"delete middle", delete_middle}, {"reorder", reorder},
		{"insert", insert}, {"cut tail", cut_tail}, {"rewrite", rewrite}};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		one_kind(*state, kinds[i].name, kinds[i].tamper);
}

/* The untouched copy is whole: what is found above is found for its reason. */
static void test_untouched(void **state)
{
	struct world *w = *state;

	open_copy(w);
	run(w, "COMMIT");
	assert_true(is_same(w));
	sqlite3_close(w->tampered);
	assert_int_equal(verify(w, &w->anchor), ERR_OK);
	open_copy(w);
	mend(w);
	run(w, "COMMIT");
	assert_true(is_same(w));
	sqlite3_close(w->tampered);
	assert_int_equal(verify(w, &w->anchor), ERR_OK);
}

/* A cut end alone shows by the anchor only; without one it is told as unanchored. */
static void test_cut_without_anchor(void **state)
{
	struct world *w = *state;

	open_copy(w);
	run(w, "DELETE FROM events WHERE seq > 300; COMMIT");
	sqlite3_close(w->tampered);
	assert_int_equal(verify(w, NULL), ERR_OK);
	assert_int_equal(verify(w, &w->anchor), ERR_INTEGRITY);
	assert_non_null(strstr(w->e.text, "300"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_untouched, setup, teardown),
		cmocka_unit_test_setup_teardown(test_six_kinds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_cut_without_anchor, setup, teardown),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
