/*
 * bench_similar.c - figures: how long a new item's text is looked up among stored ones.
 *
 * STORED (1000000) sketches are made from a fixed seed, one in a hundred of their prints
 * from a small pool, as boilerplate makes them; among them stand REAL items with texts. Then
 * items come in that are copies of these, and items that are not. Figures only, no verdict.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/items.h"
#include "ledger/similar.h"
#include "matcher/neardup.h"
#include "office/copies.h"
#include "office/draft.h"
#include "office/office.h"
#include "tests/bench/scratch.h"

#define REAL 1000
#define LOOK_UPS 10000
#define FIRST_MADE 1000000 /* numbers of made items begin here */
#define POOL 64 /* boilerplate prints */
#define AT 1795400000
#define WORDS 30
#define SPACE (UINT64_C(1) << 40)

static const char *const words[] = {"今天", "全市", "会议", "早晨", "阅读", "春天", "朋友", "工作",
	"发展", "摄影", "展览", "图书", "花卉", "电影", "节目", "球队", "茶叶", "农村", "产业",
	"旅游", "文化", "活动", "服务", "丰收", "调研", "推进", "落实", "城市", "水果", "音乐"};

static uint64_t next(uint64_t *seed)
{
	uint64_t z = (*seed += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static double clock_ms(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double now_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

/* Time by the wall and of the processor: on a busy machine the second says more. */
struct watch {
	double wall, cpu; /* when it was started */
	double wall_sum, cpu_sum, worst;
};

static void watch_start(struct watch *w)
{
	w->wall = now_ms();
	w->cpu = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

static void watch_stop(struct watch *w)
{
	double wall = now_ms() - w->wall;

	w->cpu_sum += clock_ms(CLOCK_PROCESS_CPUTIME_ID) - w->cpu;
	w->wall_sum += wall;
	w->worst = wall > w->worst ? wall : w->worst;
}

static void watch_print(const struct watch *w, const char *what, int count)
{
	printf("%s: %.3f ms each, %.3f ms of processor, %.1f ms at worst", what,
		w->wall_sum / count, w->cpu_sum / count, w->worst);
}

/* The smallest values of a text of 300 to 1300 runs. */
static void make_sketch(uint64_t *seed, struct neardup_sketch *s)
{
	uint64_t step = SPACE / (300 + next(seed) % 1000), at = 0;

	for (s->count = 0; s->count < NEARDUP_SKETCH_MAX; s->count++) {
		at += 1 + next(seed) % (2 * step);
		s->value[s->count] = at;
	}
	if (next(seed) % 6 == 0)
		s->value[0] = 1 + next(seed) % POOL;
}

/* Commits now and then, so that the journal stays small. */
static enum err_code step(struct db *db, int64_t i, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (i % 1000)
		return ERR_OK;
	if (i)
		rc = db_commit(db, e);
	return rc ? rc : db_begin_write(db, e);
}

static enum err_code fill(struct office *o, int64_t stored, struct err *e)
{
	struct similar *index = NULL;
	struct neardup_sketch s;
	struct similar_row row = {.at = AT};
	struct watch w = {0};
	uint64_t seed = 1;
	double start = now_ms();
	enum err_code rc = office_similar(o, &index, e);

	for (int64_t i = 0; !rc && i < stored; i++) {
		rc = step(o->db, i, e);
		make_sketch(&seed, &s);
		row.item = FIRST_MADE + i;
		row.size = neardup_sketch_write(&s, row.sketch);
		watch_start(&w);
		if (!rc)
			rc = similar_put(index, &row, e);
		watch_stop(&w);
	}
	if (!rc)
		rc = db_commit(o->db, e);
	printf("index: %lld texts stored in %.0f s; ", (long long)stored, (now_ms() - start) / 1e3);
	watch_print(&w, "each", (int)stored);
	printf("\n");
	fflush(stdout);
	return rc;
}

/* --- real items --- */

static void add_text(struct buf *b, uint64_t seed, int sentences)
{
	for (int i = 0; i < sentences; i++) {
		for (int k = 0; k < 12; k++)
			buf_add_str(b, words[next(&seed) % WORDS]);
		buf_add_str(b, "。");
	}
}

struct incoming {
	struct office *office;
	struct arena *arena;
	struct buf text;
	struct watch watch;
};

/* One item with text `seed` comes in; its copies are looked for. */
static enum err_code take(struct incoming *w, int64_t n, uint64_t seed, int sentences, bool find,
	struct copies *out, struct err *e)
{
	struct intake in = {.office = w->office,
		.source_id = "a",
		.warc = "x",
		.fetched = AT,
		.arena = w->arena};
	struct draft d = {.record = {.source = "a",
				  .published = TIME_NONE,
				  .updated = TIME_NONE,
				  .fetched = AT,
				  .at = AT,
				  .rules_hash = "",
				  .verdict = "",
				  .warc = "x"}};
	struct draft_tools *tools;
	enum err_code rc = office_tools(w->office, &tools, e);

	arena_reset(w->arena);
	buf_clear(&w->text);
	add_text(&w->text, seed, sentences);
	d.record.identity = arena_printf(w->arena, "g:%lld", (long long)n);
	d.record.content = d.judged.text = buf_str(&w->text);
	if (!rc)
		rc = items_digest(&d.record, &d.digest, e);
	if (!rc)
		rc = items_add(w->office->db, &d.record, &d.digest, e);
	watch_start(&w->watch);
	if (!rc)
		rc = copies_sketch(tools, NULL, d.judged.text, &d.sketch, e);
	if (!rc)
		rc = copies_take(&in, &d, COPIES_NEW | (find ? COPIES_FIND : 0), out, e);
	watch_stop(&w->watch);
	return rc;
}

static enum err_code take_many(struct incoming *w, const char *what, int64_t first, uint64_t seed,
	int sentences, bool find, struct err *e)
{
	struct copies c;
	size_t found = 0;
	enum err_code rc = db_begin_write(w->office->db, e);

	memset(&w->watch, 0, sizeof w->watch);
	for (int i = 0; !rc && i < REAL; i++) {
		rc = take(w, first + i, seed + (uint64_t)i * 1000, sentences, find, &c, e);
		found += c.count > 0;
	}
	if (!rc)
		rc = db_commit(w->office->db, e);
	watch_print(&w->watch, what, REAL);
	printf(", %zu of %d with copies\n", found, REAL);
	fflush(stdout);
	return rc;
}

/* --- the look-up alone --- */

static enum err_code look_up(
	struct similar *index, const struct neardup_sketch *s, size_t *likely, struct err *e)
{
	struct similar_candidate c[24];
	struct neardup_sketch other;
	struct similar_row row;
	size_t n = 0;
	enum err_code rc = similar_find(index, 0, s->value, NEARDUP_PRINTS, c, 24, &n, e);

	for (size_t i = 0; !rc && i < n; i++) {
		rc = similar_get(index, c[i].item, &row, e);
		if (!rc && neardup_sketch_read(row.sketch, row.size, &other))
			*likely += neardup_sketch_contained(s, &other) >= NEARDUP_SKETCH_LIKELY;
	}
	return rc;
}

/* `seed` 1: the texts that are stored, spread over all of them; else new ones. */
static enum err_code look_up_many(
	struct office *o, const char *what, uint64_t seed, int64_t every, struct err *e)
{
	struct neardup_sketch s;
	struct watch w = {0};
	struct similar *index = NULL;
	size_t likely = 0;
	enum err_code rc = office_similar(o, &index, e);

	for (int64_t i = 0; !rc && i < LOOK_UPS; i++) {
		for (int64_t k = 0; k < every; k++)
			make_sketch(&seed, &s);
		watch_start(&w);
		rc = look_up(index, &s, &likely, e);
		watch_stop(&w);
	}
	watch_print(&w, what, LOOK_UPS);
	printf(", %zu likely in %d\n", likely, LOOK_UPS);
	fflush(stdout);
	return rc;
}

static enum err_code bench(const char *dir, int64_t stored, struct err *e)
{
	struct path_home home = {0};
	struct office_options opt = {.home = &home};
	struct incoming w = {.arena = arena_new(ARENA_MAX_DEFAULT)};
	bool fresh;
	enum err_code rc = w.arena ? path_home_init(&home, dir, e) : err_nomem(e);

	buf_init(&w.text, BUF_MAX_DEFAULT);
	if (!rc)
		rc = office_create(&home, dir, true, &fresh, e);
	if (!rc)
		rc = office_open(&opt, &w.office, e);
	if (!rc)
		rc = fill(w.office, stored, e);
	if (!rc)
		rc = look_up_many(w.office, "new texts", 99, 1, e);
	if (!rc)
		rc = look_up_many(w.office, "stored texts", 1, stored / LOOK_UPS, e);
	if (!rc)
		rc = take_many(&w, "taken in and stored", 0, 7, 30, false, e);
	if (!rc)
		rc = take_many(&w, "copies taken in, looked up, compared", REAL, 7, 20, true, e);
	if (!rc)
		rc = take_many(&w, "others taken in, looked up", 2 * REAL, 77777777, 30, true, e);
	office_close(w.office);
	arena_free(w.arena);
	buf_fini(&w.text);
	path_home_fini(&home);
	return rc;
}

int main(void)
{
	char dir[] = "/tmp/huiying-bench.XXXXXX";
	const char *given = getenv("STORED");
	struct err e = {ERR_OK, ""};
	int64_t stored = 1000000;
	enum err_code rc = hash_init(&e);

	if (given && !str_to_int(str_of(given), LOOK_UPS, 100000000, &stored)) {
		fprintf(stderr, "STORED: wanted is a number of at least %d\n", LOOK_UPS);
		return 2;
	}
	if (!rc && !mkdtemp(dir))
		rc = err_errno(&e, errno, "mkdtemp");
	if (!rc)
		rc = bench(dir, stored, &e);
	if (rc)
		fprintf(stderr, "bench_similar: %s\n", e.text);
	fflush(stdout);
	scratch_remove(dir);
	return err_exit_code(rc);
}
