/*
 * bench_end_to_end.c - from WARC files in the spool to items and alerts in the ledger,
 * and the parsing and the matching of the same texts on their own.
 *
 * Every round has a new instance in a temporary directory, with the shipped rules of
 * ./rules (or $HUIYING_SHIPPED); where these have no keywords.conf, with a small one.
 */

#include "base/hash.h"
#include "base/path.h"
#include "crawler/document.h"
#include "crawler/warc.h"
#include "matcher/match.h"
#include "office/ingest.h"
#include "office/office.h"
#include "tests/bench/corpus.h"
#include "tests/bench/scratch.h"

#define SOURCES 10
#define FEEDS 200
#define FEED_ITEMS 50
#define ITEMS ((size_t)FEEDS * FEED_ITEMS)
#define DATE 1795481781 /* 2026-11-24T00:16:21Z, behind the items' own dates */
#define NOW "2026-11-24T01:00:00Z"

static const char small_rules[] =
	"[地域]\n凯里 | 某市 | 某县\n\n"
	"[欠薪欠资]\n代码 = wage-arrears\n牵头 = 市人社局\n地域 = 不限\n"
	"阈值 = 3\n级别 = 一般3 较大6 重大10\n"
	"拖欠工资 | 欠薪 | 讨薪        3分\n农民工 工资                2分\n"
	"拖欠 ~12 (工程款 | 血汗钱)     2分\n/拖了.{0,4}年/             1分\n\n"
	"[市政设施]\n代码 = facilities\n牵头 = 市住建局\n地域 = 必须\n"
	"阈值 = 3\n级别 = 一般3 较大6 重大10\n"
	"(路灯 | 电梯 | 道路) ~12 (坏 | 停运 | 塌陷)  3分\n"
	"没有人修 | 至今没有答复      1分\n!(球员 | 俱乐部)\n";

struct round {
	struct corpus_time ingest, parse, match;
	struct ingest_result result;
	size_t topics, matched;
	bool shipped; /* keywords.conf is the shipped one */
};

/* Of a source, or of the feed of that number: SOURCES is even. */
static bool is_local(size_t number)
{
	return number % 2 == 1;
}

/* --- an instance --- */

static enum err_code write_sources(const char *dir, struct err *e)
{
	char *path = path_join(dir, "sources.conf");
	struct buf b;
	enum err_code rc;

	buf_init(&b, 65536);
	for (int i = 0; i < SOURCES; i++)
		buf_addf(&b,
			"[s%d]\nname = 某报%d\nkind = feed\n"
			"url = https://www.example.gov.cn/%d/rss.xml\nlocal = %s\n\n",
			i, i, i, is_local((size_t)i) ? "yes" : "no");
	rc = path ? path_write_atomic(path, buf_str(&b), b.len, 0600, e) : err_nomem(e);
	buf_fini(&b);
	free(path);
	return rc;
}

static enum err_code write_rules(
	const struct path_home *home, const char *dir, struct round *r, struct err *e)
{
	char *shipped = path_join(home->shipped, "keywords.conf");
	char *path = path_join(dir, "keywords.conf");
	enum err_code rc = shipped && path ? ERR_OK : err_nomem(e);

	r->shipped = !rc && path_exists(shipped);
	if (!rc && !r->shipped)
		rc = path_write_atomic(path, small_rules, sizeof small_rules - 1, 0600, e);
	free(shipped);
	free(path);
	return rc;
}

static enum err_code make_instance(
	const struct path_home *home, const char *dir, struct round *r, struct err *e)
{
	bool fresh;
	enum err_code rc = office_create(home, dir, true, &fresh, e);

	if (!rc)
		rc = write_sources(dir, e);
	return rc ? rc : write_rules(home, dir, r, e);
}

/* --- WARC files --- */

static enum err_code add_answer(struct warc_writer *w, const struct buf *feed, int i, struct err *e)
{
	static const char headers[] =
		"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n";
	static const char request[] = "GET /rss.xml HTTP/1.1\r\nHost: www.example.gov.cn\r\n\r\n";
	struct warc_exchange x;
	char url[64], source[16];

	snprintf(source, sizeof source, "s%d", i % SOURCES);
	snprintf(url, sizeof url, "https://www.example.gov.cn/%d/rss.xml", i % SOURCES);
	memset(&x, 0, sizeof x);
	x.url = url;
	x.date = DATE;
	x.request = request;
	x.request_size = sizeof request - 1;
	x.headers = headers;
	x.headers_size = sizeof headers - 1;
	x.body_fd = -1;
	x.body = buf_str(feed);
	x.body_size = feed->len;
	x.meta.source = source;
	x.meta.kind = "feed";
	x.meta.ms = 12;
	return warc_writer_add(w, &x, e);
}

static enum err_code write_spool(const char *dir, const struct buf *feeds, struct err *e)
{
	char *spool = path_join(dir, "spool");
	struct warc_writer *w = NULL;
	enum err_code rc = spool ? warc_writer_open(spool, "bench", &w, e) : err_nomem(e);

	for (int i = 0; !rc && i < FEEDS; i++)
		rc = add_answer(w, &feeds[i], i, e);
	if (!rc)
		rc = warc_writer_finish(w, e);
	warc_writer_close(w);
	free(spool);
	return rc;
}

/* --- what is measured --- */

static enum err_code measure_ingest(const struct path_home *home, struct round *r, struct err *e)
{
	struct office_options opt = {.home = home};
	struct ingest_options how = {0};
	struct office *o = NULL;
	const struct rules *rules;
	struct corpus_time from;
	enum err_code rc = office_open(&opt, &o, e);

	if (!rc) /* loaded before the clock runs */
		rc = office_rules(o, &rules, e);
	from = corpus_now();
	if (!rc)
		rc = ingest_spool(o, &how, &r->result, e);
	r->ingest = corpus_since(from);
	office_close(o);
	if (!rc && (r->result.counts.items != (int64_t)ITEMS || r->result.problems))
		rc = err_set(e, ERR_INPUT, "%lld items and %lld problems came of %zu items",
			(long long)r->result.counts.items, (long long)r->result.problems, ITEMS);
	return rc;
}

static enum err_code match_document(const struct rules *rules, const struct document *doc,
	bool local, struct arena *a, struct round *r, struct err *e)
{
	struct match_result result;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < doc->count; i++) {
		const struct item *it = &doc->items[i];
		struct match_input in = {.title = it->title, .text = it->summary, .source = "某报"};
		/* A text at a time: more would measure the allocator giving pages back. */
		arena_reset(a);
		in.local = local;
		in.title_size = it->title ? strlen(it->title) : 0;
		in.text_size = it->summary ? strlen(it->summary) : 0;
		in.source_size = strlen(in.source);
		rc = match_text(rules, &in, a, &result, e);
		r->matched += !rc && result.topic_count > 0;
	}
	return rc;
}

static enum err_code measure_parts(const struct rules *rules, const struct buf *feeds,
	struct arena *texts, struct arena *a, struct round *r, struct err *e)
{
	struct document_input in = {.type = DOCUMENT_FEED,
		.url = "https://www.example.gov.cn/rss.xml",
		.content_type = "text/xml; charset=utf-8",
		.now = DATE};
	struct document *docs = calloc(FEEDS, sizeof *docs);
	struct corpus_time from = corpus_now();
	enum err_code rc = docs ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < FEEDS; i++) {
		in.data = buf_str(&feeds[i]);
		in.size = feeds[i].len;
		rc = document_parse(&in, texts, &docs[i], e);
	}
	r->parse = corpus_since(from);
	from = corpus_now();
	for (size_t i = 0; !rc && i < FEEDS; i++)
		rc = match_document(rules, &docs[i], is_local(i), a, r, e);
	r->match = corpus_since(from);
	free(docs);
	return rc;
}

static enum err_code measure_alone(
	const struct path_home *home, const struct buf *feeds, struct round *r, struct err *e)
{
	struct arena *texts = arena_new(ARENA_MAX_DEFAULT), *a = arena_new(ARENA_MAX_DEFAULT);
	struct rules *rules = NULL;
	enum err_code rc = texts && a ? rules_load(home, NULL, &rules, NULL, e) : err_nomem(e);

	if (!rc) {
		r->topics = rules_topic_count(rules);
		rc = measure_parts(rules, feeds, texts, a, r, e);
	}
	rules_free(rules);
	arena_free(texts);
	arena_free(a);
	return rc;
}

static void run_round(const struct buf *feeds, struct round *r)
{
	const char *tmp = getenv("TMPDIR");
	struct path_home home;
	struct err e = {ERR_OK, ""};
	char dir[512];
	enum err_code rc;

	memset(&home, 0, sizeof home);
	snprintf(dir, sizeof dir, "%s/huiying-bench.XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	if (!mkdtemp(dir))
		corpus_die(dir, "cannot make it");
	rc = path_home_init(&home, dir, &e);
	if (!rc)
		rc = make_instance(&home, dir, r, &e);
	if (!rc)
		rc = write_spool(dir, feeds, &e);
	if (!rc)
		rc = measure_ingest(&home, r, &e);
	if (!rc)
		rc = measure_alone(&home, feeds, r, &e);
	path_home_fini(&home);
	if (scratch_remove(dir))
		fprintf(stderr, "bench: cannot remove all of %s\n", dir);
	corpus_check(rc, &e);
}

/* --- and told --- */

static void report(const char *what, const struct corpus_time t[CORPUS_ROUNDS])
{
	struct corpus_time m = corpus_median(t);

	printf("  %-12s %9.0f items/s  %7.1f us/item wall  %7.1f us/item cpu\n", what,
		(double)ITEMS / m.wall, m.wall / (double)ITEMS * 1e6, m.cpu / (double)ITEMS * 1e6);
}

static void run(const struct buf *feeds)
{
	struct corpus_time ingest[CORPUS_ROUNDS], parse[CORPUS_ROUNDS], match[CORPUS_ROUNDS];
	struct round r;

	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		memset(&r, 0, sizeof r);
		run_round(feeds, &r);
		ingest[i] = r.ingest;
		parse[i] = r.parse;
		match[i] = r.match;
	}
	printf("  %zu topics (%s rules); %zu items match; %lld alerts\n", r.topics,
		r.shipped ? "shipped" : "small", r.matched, (long long)r.result.counts.alerts);
	report("end to end", ingest);
	report("parse only", parse);
	report("match only", match);
}

/* Nothing of the user's own configuration counts, and time stands still. */
static void set_environment(void)
{
	char *rules = realpath("rules", NULL);

	if (rules)
		setenv("HUIYING_SHIPPED", rules, 0);
	setenv("HUIYING_NOW", NOW, 1);
	setenv("HOME", "/nonexistent", 1);
	unsetenv("HUIYING_HOME");
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	free(rules);
}

int main(void)
{
	struct buf *feeds = calloc(FEEDS, sizeof *feeds);
	struct err e = {ERR_OK, ""};
	struct corpus c;

	if (!feeds)
		corpus_die("feeds", "no memory");
	corpus_check(hash_init(&e), &e);
	set_environment();
	corpus_init(&c, ITEMS);
	printf("end to end: %d feeds of %d new items in WARC, %d sources; %zu texts (%s); "
	       "median of %d\n",
		FEEDS, FEED_ITEMS, SOURCES, c.count, c.from, CORPUS_ROUNDS);
	for (size_t i = 0; i < FEEDS; i++) {
		buf_init(&feeds[i], DOCUMENT_BYTES_MAX);
		corpus_add_feed(&feeds[i], &c, i * FEED_ITEMS, FEED_ITEMS);
	}
	run(feeds);
	for (size_t i = 0; i < FEEDS; i++)
		buf_fini(&feeds[i]);
	free(feeds);
	corpus_fini(&c);
	return 0;
}
