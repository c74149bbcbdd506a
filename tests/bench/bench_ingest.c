/*
 * bench_ingest.c - figures: feeds parsed a second, and items a second from the WARC file
 * to the stored item (read, inflate, parse, match, store, one transaction a feed).
 *
 * The text is made here, from a fixed seed; about one item in a hundred raises an alert.
 * ITEMS sets how many (20000). Figures only, no verdict.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/document.h"
#include "crawler/warc.h"
#include "office/ingest.h"
#include "office/office.h"
#include "tests/bench/scratch.h"

#define PER_FEED 20
#define WORDS 30

static const char *const words[] = {"今天", "全市", "会议", "早晨", "阅读", "春天", "朋友", "工作",
	"发展", "摄影", "展览", "图书", "花卉", "电影", "节目", "球队", "茶叶", "农村", "产业",
	"旅游", "文化", "活动", "服务", "丰收", "调研", "推进", "落实", "城市", "水果", "音乐"};
static const char *const marks[] = {"，", "。", "，", "；", "。"};

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void add_text(struct buf *b, uint32_t *seed, size_t bytes, bool hit)
{
	size_t end = b->len + bytes;

	if (hit)
		buf_add_str(b, "某项目部拖欠农民工工资，工人到现场讨薪。");
	while (b->len < end) {
		for (int i = 0; i < 6; i++)
			buf_add_str(b, words[next(seed) % WORDS]);
		buf_add_str(b, marks[next(seed) % 5]);
	}
}

static void make_feed(struct buf *b, uint32_t *seed, int number)
{
	buf_add_str(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel>"
		       "<title>某报</title>");
	for (int i = 0; i < PER_FEED; i++) {
		buf_addf(b,
			"<item><guid>%d-%d</guid><link>https://news.example.gov.cn/%d/%d</"
			"link><title>",
			number, i, number, i);
		add_text(b, seed, 60, false);
		buf_addf(b,
			"%d-%d</title><pubDate>Mon, 23 Nov 2026 01:00:00 "
			"GMT</pubDate><description>",
			number, i);
		add_text(b, seed, 1200, next(seed) % 100 == 0);
		buf_add_str(b, "</description></item>");
	}
	buf_add_str(b, "</channel></rss>");
}

static double seconds_since(int64_t start_ms)
{
	return (double)(time_monotonic_ms() - start_ms) / 1000.0 + 1e-9;
}

static enum err_code bench_parse(int feeds, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	uint32_t seed = 1;
	size_t items = 0, bytes = 0;
	double spent = 0;
	struct buf b;
	enum err_code rc = a ? ERR_OK : err_nomem(e);

	buf_init(&b, BUF_MAX_DEFAULT);
	for (int i = 0; !rc && i < feeds; i++) {
		struct document doc = {0};
		buf_clear(&b);
		make_feed(&b, &seed, i);
		struct document_input in = {.data = buf_str(&b),
			.size = b.len,
			.type = DOCUMENT_AUTO,
			.url = "https://news.example.gov.cn/feed.xml"};
		arena_reset(a);
		int64_t start = time_monotonic_ms();
		/* Parsed twenty times: one feed alone is below the clock's step. */
		for (int k = 0; !rc && k < 20; k++) {
			arena_reset(a);
			rc = document_parse(&in, a, &doc, e);
		}
		spent += seconds_since(start);
		items += doc.count * 20;
		bytes += b.len * 20;
	}
	if (!rc)
		printf("feed parse: %.0f items/s, %.1f MB/s (%zu items)\n", (double)items / spent,
			(double)bytes / spent / 1e6, items);
	buf_fini(&b);
	arena_free(a);
	return rc;
}

static enum err_code write_spool(const char *spool, int feeds, struct err *e)
{
	static const char headers[] =
		"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n";
	static const char request[] = "GET /feed.xml HTTP/1.1\r\nHost: news.example.gov.cn\r\n\r\n";
	struct warc_writer *w = NULL;
	uint32_t seed = 7;
	struct buf b;
	enum err_code rc = warc_writer_open(spool, "bench", &w, e);

	buf_init(&b, BUF_MAX_DEFAULT);
	for (int i = 0; !rc && i < feeds; i++) {
		struct warc_exchange x;
		buf_clear(&b);
		make_feed(&b, &seed, i);
		memset(&x, 0, sizeof x);
		x.url = "https://news.example.gov.cn/feed.xml";
		x.date = 1795400000 + i;
		x.request = request;
		x.request_size = sizeof request - 1;
		x.headers = headers;
		x.headers_size = sizeof headers - 1;
		x.body_fd = -1;
		x.body = buf_str(&b);
		x.body_size = b.len;
		x.meta.source = "a";
		x.meta.kind = "feed";
		rc = warc_writer_add(w, &x, e);
	}
	if (!rc)
		rc = warc_writer_finish(w, e);
	warc_writer_close(w);
	buf_fini(&b);
	return rc;
}

static enum err_code make_instance(struct path_home *home, const char *dir, struct err *e)
{
	static const char sources[] = "[a]\nname = 某报\nkind = feed\nlocal = yes\n"
				      "url = https://news.example.gov.cn/feed.xml\n";
	bool fresh;
	char *path = NULL;
	enum err_code rc = path_home_init(home, dir, e);

	if (!rc)
		rc = office_create(home, dir, true, &fresh, e);
	path = rc ? NULL : path_join(dir, "sources.conf");
	if (!rc)
		rc = path ? path_write_atomic(path, sources, sizeof sources - 1, 0600, e)
			  : err_nomem(e);
	free(path);
	return rc;
}

static void print_usage_of_memory(void)
{
	struct rusage u;

	if (getrusage(RUSAGE_SELF, &u) == 0)
		printf("peak memory: %ld MB\n", u.ru_maxrss / 1024);
}

static enum err_code ingest_once(struct office *o, int feeds, const char *what, struct err *e)
{
	struct ingest_options opt = {0};
	struct ingest_result r = {0};
	char *spool = office_path(o, "spool");
	int64_t start;
	double spent;
	enum err_code rc = spool ? write_spool(spool, feeds, e) : err_nomem(e);

	start = time_monotonic_ms();
	if (!rc)
		rc = ingest_spool(o, &opt, &r, e);
	spent = seconds_since(start);
	if (!rc)
		printf("%s: %.0f items/s (%lld new items, %lld alerts, %.2f s)\n", what,
			(double)feeds * PER_FEED / spent, (long long)r.counts.items,
			(long long)r.counts.alerts, spent);
	free(spool);
	return rc;
}

static enum err_code bench_ingest(const char *dir, int feeds, struct err *e)
{
	struct path_home home;
	struct office_options opt = {.home = &home};
	struct office *o = NULL;
	enum err_code rc;

	memset(&home, 0, sizeof home);
	rc = make_instance(&home, dir, e);
	if (!rc)
		rc = office_open(&opt, &o, e);
	if (!rc)
		rc = ingest_once(o, feeds, "WARC to ledger, new items", e);
	/* The same words again in another file: nothing is new. */
	if (!rc)
		rc = ingest_once(o, feeds, "WARC to ledger, known items", e);
	office_close(o);
	path_home_fini(&home);
	return rc;
}

int main(void)
{
	char dir[] = "/tmp/huiying-bench.XXXXXX";
	const char *given = getenv("ITEMS");
	struct err e = {ERR_OK, ""};
	int64_t items = 20000;
	enum err_code rc = hash_init(&e);

	if (given && !str_to_int(str_of(given), PER_FEED, 10000000, &items)) {
		fprintf(stderr, "ITEMS: wanted is a number of at least %d\n", PER_FEED);
		return 2;
	}
	if (!rc && !mkdtemp(dir))
		rc = err_errno(&e, errno, "mkdtemp");
	if (!rc)
		rc = bench_parse((int)(items / PER_FEED / 10 + 1), &e);
	if (!rc)
		rc = bench_ingest(dir, (int)(items / PER_FEED), &e);
	print_usage_of_memory();
	if (rc)
		fprintf(stderr, "bench_ingest: %s\n", e.text);
	fflush(stdout);
	scratch_remove(dir);
	return err_exit_code(rc);
}
