/*
 * bench_ledger.c - figures of the ledger beside their goals: open rows of a long queue,
 * items stored beside a bare loop, events checked and applied anew.
 *
 * ALERTS sets how many rows the queue has (1000000), all of them open.
 */
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/audit.h"
#include "ledger/instance.h"
#include "ledger/items.h"
#include "ledger/texts.h"
#include "tests/bench/corpus.h"
#include "tests/bench/scratch.h"

#define ACTOR "{\"login\":\"huiying\",\"role\":\"system\"}"
#define PAGE 24 /* rows of a terminal */
#define PAGES 2000
#define ITEMS 50000
#define BATCH 256 /* as ingest commits them */
#define EVENTS 50000
#define AT 1795400000

struct bench {
	char dir[64];
	struct corpus texts;
	char **line; /* of texts, as strings */
	struct err e;
};

static const char *line_of(const struct bench *b, int64_t i)
{
	return b->line[(size_t)i % b->texts.count];
}

static void read_lines(struct bench *b)
{
	corpus_init(&b->texts, 20000);
	b->line = calloc(b->texts.count, sizeof *b->line);
	for (size_t i = 0; b->line && i < b->texts.count; i++)
		b->line[i] = strndup(corpus_line(&b->texts, i), b->texts.size[i]);
	if (!b->line || !b->line[b->texts.count - 1])
		corpus_die("memory", "none");
}

static void free_lines(struct bench *b)
{
	for (size_t i = 0; i < b->texts.count; i++)
		free(b->line[i]);
	free(b->line);
	corpus_fini(&b->texts);
}

static struct db *new_ledger(struct bench *b, const char *name)
{
	struct db *db = NULL;
	char *path = path_join(b->dir, name);

	if (!path)
		corpus_die("memory", "none");
	corpus_check(db_open(path, DB_CREATE, &db, &b->e), &b->e);
	free(path);
	return db;
}

/* Every 256 rows, as ingest does. */
static void step(struct bench *b, struct db *db, int64_t i)
{
	if (i % BATCH)
		return;
	if (i)
		corpus_check(db_commit(db, &b->e), &b->e);
	corpus_check(db_begin_write(db, &b->e), &b->e);
}

/* --- the queue --- */

static void add_row(struct bench *b, struct db *db, int64_t id)
{
	struct err *e = &b->e;
	char title[HASH_HEX_SIZE];
	static const int64_t limits[] = {900, 3600, 3600, 14400, 14400, 14400, 14400};
	int64_t due = AT + id * 60 + limits[id % 7]; /* a row a minute */

	corpus_check(texts_put(db, line_of(b, id), 60, title, e), e);
	corpus_check(db_run(db, ST_STORY_ADD,
			     DB_ARGS(DB_INT(id), DB_INT(id), DB_INT(AT), DB_INT(due), DB_INT(1),
				     DB_INT(5)),
			     e),
		e);
	corpus_check(
		db_run(db, ST_ALERT_ADD,
			DB_ARGS(DB_INT(id), DB_INT(id), DB_INT(id), DB_INT(id), DB_INT(AT),
				DB_TEXT(title), DB_TEXT(""), DB_TEXT(""), DB_TEXT("a"),
				DB_TEXT("某报"), DB_INT(AT), DB_INT(AT), DB_TEXT("欠薪欠资"),
				DB_TEXT("wage"), DB_TEXT(""), DB_INT(5), DB_INT(1), DB_TEXT("一般"),
				DB_TEXT("[]"), DB_TEXT(""), DB_TEXT(""), DB_INT(0), DB_INT(due),
				DB_TEXT("triage-general 4 hours"), DB_INT(3)),
			e),
		e);
}

/* On a busy machine the clock measures the others. */
static int by_cpu(const void *x, const void *y)
{
	const struct corpus_time *a = x, *b = y;

	return (a->cpu > b->cpu) - (a->cpu < b->cpu);
}

/* The pages behind rows drawn at random, the rows first, then the time. */
static void read_pages(struct bench *b, struct db *db, int64_t rows, struct corpus_time ms[PAGES])
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct story after, *list;
	uint32_t seed = 7;
	size_t n;

	for (int i = 0; i < PAGES; i++) {
		struct alerts_page page = {.limit = PAGE, .after = &after};
		seed = seed * 1103515245u + 12345;
		corpus_check(alerts_get_story(
				     db, 1 + (int64_t)(seed % (uint32_t)rows), a, &after, &b->e),
			&b->e);
		struct corpus_time start = corpus_now();
		corpus_check(alerts_queue(db, &page, a, &list, &n, &b->e), &b->e);
		ms[i] = corpus_since(start);
		arena_reset(a);
	}
	arena_free(a);
	qsort(ms, PAGES, sizeof *ms, by_cpu);
}

/* What a page would take without the index. */
static double read_unindexed(const char *path)
{
	sqlite3 *handle;
	sqlite3_stmt *s = NULL;
	double start;

	if (sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, NULL) ||
		sqlite3_prepare_v2(handle,
			"SELECT id FROM stories NOT INDEXED WHERE state = 'open' ORDER BY "
			"review_due, id LIMIT 24",
			-1, &s, NULL))
		corpus_die(path, "cannot be read");
	start = corpus_now().cpu;
	while (sqlite3_step(s) == SQLITE_ROW)
		;
	start = corpus_now().cpu - start;
	sqlite3_finalize(s);
	sqlite3_close(handle);
	return start * 1e3;
}

static void bench_queue(struct bench *b, int64_t rows)
{
	struct db *db = new_ledger(b, "queue.db");
	struct corpus_time page[PAGES];
	double unindexed, p50, p99;

	for (int64_t i = 0; i < rows; i++) {
		step(b, db, i);
		add_row(b, db, i + 1);
	}
	corpus_check(db_commit(db, &b->e), &b->e);
	read_pages(b, db, rows, page); /* the second time is the one that counts */
	read_pages(b, db, rows, page);
	unindexed = read_unindexed(db_path(db));
	p50 = page[PAGES / 2].cpu * 1e3;
	p99 = page[PAGES * 99 / 100].cpu * 1e3;
	printf("open rows, %d of %lld by deadline: p50 %.2f ms, p99 %.2f ms of processor; without "
	       "the index %.0f ms, ratio %.0f\n",
		PAGE, (long long)rows, p50, p99, unindexed, unindexed / p50);
	corpus_goal("p99 <= 1 ms", p99 <= 1);
	db_close(db);
}

/* --- items beside a bare loop --- */

static void make_item(struct bench *b, int64_t i, char link[64], struct item_record *out)
{
	snprintf(link, 64, "https://a.example.gov.cn/news/%lld.html", (long long)i);
	*out = (struct item_record){
		.source = "a",
		.identity = link,
		.link = link,
		.url = link,
		.title = line_of(b, i),
		.content = line_of(b, i + 1),
		.published = AT + i,
		.updated = TIME_NONE,
		.fetched = AT + i,
		.at = AT + i,
		.title_key = link,
		.rules_hash = "0123456789abcdef",
		.verdict = "",
		.warc = "2026.warc.gz",
		.warc_offset = (uint64_t)i,
	};
}

static double ours(struct bench *b, const char *name)
{
	struct db *db = new_ledger(b, name);
	struct corpus_time from = corpus_now();

	for (int64_t i = 0; i < ITEMS; i++) {
		struct item_record it;
		struct hash digest;
		char link[64];
		step(b, db, i);
		make_item(b, i, link, &it);
		corpus_check(items_digest(&it, &digest, &b->e), &b->e);
		corpus_check(items_add(db, &it, &digest, &b->e), &b->e);
	}
	corpus_check(db_commit(db, &b->e), &b->e);
	from = corpus_since(from);
	db_close(db);
	return ITEMS / from.cpu;
}

static void bind_item(sqlite3_stmt *s, const struct item_record *it)
{
	static const char digest[HASH_SIZE];

	sqlite3_bind_text(s, 1, it->source, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, it->identity, -1, SQLITE_STATIC);
	sqlite3_bind_blob(s, 3, digest, sizeof digest, SQLITE_STATIC);
	sqlite3_bind_text(s, 4, it->link, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 5, it->url, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 6, it->title, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 8, it->content, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 9, it->published);
	sqlite3_bind_int64(s, 11, it->fetched);
	sqlite3_bind_text(s, 12, it->title_key, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 13, it->at);
	sqlite3_bind_text(s, 14, it->rules_hash, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 15, 0);
	sqlite3_bind_text(s, 16, it->verdict, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 17, it->warc, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 18, (int64_t)it->warc_offset);
}

static void bare_exec(sqlite3 *handle, const char *sql)
{
	if (sqlite3_exec(handle, sql, NULL, NULL, NULL))
		corpus_die(sql, sqlite3_errmsg(handle));
}

/* The same rows by SQLite alone: a prepared statement, the same schema, log and cache. */
static double bare(struct bench *b, const char *name)
{
	char *path = path_join(b->dir, name);
	struct corpus_time from;
	sqlite3 *handle = NULL;
	sqlite3_stmt *s;

	db_close(new_ledger(b, name));
	if (!path || sqlite3_open(path, &handle))
		corpus_die(name, "cannot be opened");
	bare_exec(handle, "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
			  "PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY");
	if (sqlite3_prepare_v2(handle, statement_text(ST_ITEM_ADD)->sql, -1, &s, NULL))
		corpus_die(name, sqlite3_errmsg(handle));
	from = corpus_now();
	for (int64_t i = 0; i < ITEMS; i++) {
		struct item_record it;
		char link[64];
		if (i % BATCH == 0)
			bare_exec(handle, i ? "COMMIT; BEGIN IMMEDIATE" : "BEGIN IMMEDIATE");
		make_item(b, i, link, &it);
		bind_item(s, &it);
		if (sqlite3_step(s) != SQLITE_DONE)
			corpus_die(name, sqlite3_errmsg(handle));
		sqlite3_reset(s);
	}
	bare_exec(handle, "COMMIT");
	from = corpus_since(from);
	sqlite3_finalize(s);
	sqlite3_close(handle);
	free(path);
	return ITEMS / from.cpu;
}

/* In turn, since others use the machine too. */
static void bench_insert(struct bench *b)
{
	double our[CORPUS_ROUNDS], raw[CORPUS_ROUNDS], a, c;
	char name[32];

	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		snprintf(name, sizeof name, "ours-%d.db", i);
		our[i] = ours(b, name);
		snprintf(name, sizeof name, "bare-%d.db", i);
		raw[i] = bare(b, name);
	}
	a = corpus_middle(our[0], our[1], our[2]);
	c = corpus_middle(raw[0], raw[1], raw[2]);
	printf("items stored: %.0f a second of processor, a bare loop %.0f, ratio %.2f\n", a, c,
		a / c);
	corpus_goal("ratio >= 0.7", a / c >= 0.7);
}

/* --- events --- */

static void raise_one(struct bench *b, struct db *db, int64_t i)
{
	struct event_draft by = {AT + i, ACTOR, "", NULL, NULL, NULL};
	struct alert_snapshot s = {
		.item = i,
		.title = line_of(b, i),
		.link = "https://a.example.gov.cn/1",
		.excerpt = line_of(b, i + 1),
		.source = "a",
		.source_name = "某网",
		.published = AT,
		.fetched = AT,
		.topic = "欠薪欠资",
		.code = "wage",
		.score = 5,
		.grade = 1,
		.grade_name = "一般",
		.why = "[]",
		.review_due = AT + i % 1000,
		.review_rule = "triage-general 4 hours",
	};

	corpus_check(alerts_raise(db, &by, &s, &b->e), &b->e);
}

static void bench_events(struct bench *b)
{
	struct db *db = new_ledger(b, "events.db");
	struct event_draft by = {AT, ACTOR, "", NULL, NULL, NULL};
	struct corpus_time add, check, build;
	struct audit_result r;
	int64_t tables;

	corpus_check(db_begin_write(db, &b->e), &b->e);
	corpus_check(instance_create(db, &by, true, "", &b->e), &b->e);
	corpus_check(db_commit(db, &b->e), &b->e);
	add = corpus_now();
	for (int64_t i = 0; i < EVENTS; i++) {
		step(b, db, i);
		raise_one(b, db, i);
	}
	corpus_check(db_commit(db, &b->e), &b->e);
	add = corpus_since(add);
	check = corpus_now();
	corpus_check(audit_verify(db, NULL, &r, &b->e), &b->e);
	check = corpus_since(check);
	build = corpus_now();
	corpus_check(audit_rebuild(db, &tables, &b->e), &b->e);
	build = corpus_since(build);
	printf("events: %.0f appended, %.0f verified, %.0f applied anew a second of processor "
	       "(%.0f by the clock)\n",
		EVENTS / add.cpu, EVENTS / check.cpu, EVENTS / build.cpu, EVENTS / build.wall);
	corpus_goal("rebuild >= 20,000 a second", EVENTS / build.cpu >= 20000);
	db_close(db);
}

int main(void)
{
	struct bench b = {.dir = "/tmp/huiying-bench.XXXXXX"};
	const char *given = getenv("ALERTS");
	int64_t rows = 1000000;

	corpus_check(hash_init(&b.e), &b.e);
	if (given && !str_to_int(str_of(given), PAGE, 100000000, &rows))
		corpus_die("ALERTS", "wanted is a number of at least 24");
	if (!mkdtemp(b.dir))
		corpus_die(b.dir, "cannot be made");
	read_lines(&b);
	bench_events(&b);
	bench_insert(&b);
	bench_queue(&b, rows);
	free_lines(&b);
	scratch_remove(b.dir);
	return 0;
}
