/*
 * bench_end_to_end.c - from WARC files in the spool to items and alerts in the ledger,
 * and the parsing and the matching of the same texts on their own.
 *
 * Items are of 1.3 kB and come in feeds of 20. Every round has a new instance in a temporary
 * directory, once with the first RULES lines of the shipped rules of ./rules (or
 * $HUIYING_SHIPPED; where these have no keywords.conf, a small one), and, where these are
 * fewer, made ones: words of the texts, and regexes about such words; once with all that are
 * shipped. "A core" counts the processor time of all threads together.
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

#define SOURCES 50
#define FEEDS 1000
#define FEED_ITEMS 20
#define ITEMS ((size_t)FEEDS * FEED_ITEMS)
#define ITEM_BYTES 1000 /* at least: lines put together make 1.3 kB */
#define LINES (ITEMS * 10)
#define RULES ((size_t)500) /* lines */
#define TOPIC_LINES 10
#define GOAL 20000.0 /* new items a second a core, ... */
#define GOAL_MATCH 20.0 /* of whose time matching takes so much, in % */
#define DATE 1795481781 /* 2026-11-24T00:16:21Z, behind the items' own dates */

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
	size_t most; /* lines of rules that are read of what is shipped */
	size_t topics, lines, made, matched; /* made: of the lines */
};

/* Of a source, or of the feed of that number: SOURCES is a multiple of five. */
static bool is_local(size_t number)
{
	return number % 5 == 1;
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

static size_t random_of(uint64_t *seed, size_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*seed >> 33) % n;
}

/* Characters out of a text. */
static void add_part(struct buf *b, const struct corpus *c, uint64_t *seed, size_t count)
{
	size_t line = random_of(seed, c->count), size = c->size[line], found = 0;
	const char *s = corpus_line(c, line);

	for (size_t pos = utf8_offset(s, size, random_of(seed, size / 4)), len;
		pos < size && found < count; pos += len) {
		uint32_t cp = utf8_decode(s + pos, size - pos, &len);
		if (utf8_is_han(cp)) {
			buf_add(b, s + pos, len);
			found++;
		}
	}
	if (!found)
		buf_add_str(b, "某事");
}

/* Two to six characters; made texts have so few words that two of them are taken for one. */
static void add_word(struct buf *b, const struct corpus *c, uint64_t *seed)
{
	size_t count = 2 + random_of(seed, 5);
	bool is_made = strcmp(c->from, "generated") == 0;

	add_part(b, c, seed, is_made ? 2 : count);
	if (is_made)
		add_part(b, c, seed, 2);
}

/* %: a word. Of 100 lines 85 are words, the rest regexes. */
static const char *pattern_of(size_t line)
{
	size_t k = line % 100;

	if (k < 7)
		return "/%.{0,20}%/";
	if (k < 12)
		return "/(?:%|%)[^，。！？]{0,12}%/";
	return k < 15 ? "/[0-9０-９]+[个名起].{0,6}%/" : "%";
}

/* Up to RULES lines; what single words say raises no alert, as in the shipped topics. */
static void add_made_rules(struct buf *b, const struct corpus *c, size_t lines)
{
	uint64_t seed = 20261126;

	for (size_t i = lines; i < RULES; i++) {
		if (i == lines || i % TOPIC_LINES == 0)
			buf_addf(b, "\n[题%zu]\n牵头 = 市政府办\n地域 = 不限\n阈值 = 3\n", i);
		for (const char *p = pattern_of(i); *p; p++)
			if (*p == '%')
				add_word(b, c, &seed);
			else
				buf_add_char(b, *p);
		buf_add_char(b, '\n');
	}
}

static bool begins(const char *s, size_t n, const char *with)
{
	return n >= strlen(with) && memcmp(s, with, strlen(with)) == 0;
}

/* No remark, no heading, no setting, no test. */
static bool is_rule(const char *s, size_t n)
{
	return n > 0 && *s != '#' && *s != '[' && !memmem(s, n, " = ", 3) &&
	       !begins(s, n, "应中") && !begins(s, n, "不中");
}

/* What stands behind so many rules goes; how many are left. */
static size_t cut_rules(struct buf *b, size_t most)
{
	const char *s = buf_str(b), *end;
	size_t count = 0;

	for (; *s && count < most; s = *end ? end + 1 : end) {
		end = strchrnul(s, '\n');
		count += is_rule(s, (size_t)(end - s));
	}
	buf_truncate(b, (size_t)(s - buf_str(b)));
	return count;
}

static enum err_code write_rules(const struct path_home *home, const char *dir,
	const struct corpus *c, struct round *r, struct err *e)
{
	char *shipped = path_join(home->shipped, "keywords.conf");
	char *path = path_join(dir, "keywords.conf");
	struct buf b;
	enum err_code rc = shipped && path ? ERR_OK : err_nomem(e);

	buf_init(&b, BUF_MAX_DEFAULT);
	if (!rc && path_exists(shipped))
		rc = path_read(shipped, &b, e);
	else
		buf_add_str(&b, small_rules);
	r->lines = cut_rules(&b, r->most);
	r->made = r->lines < RULES ? RULES - r->lines : 0;
	add_made_rules(&b, c, r->lines);
	r->lines += r->made;
	if (!rc)
		rc = path_write_atomic(path, buf_str(&b), b.len, 0600, e);
	buf_fini(&b);
	free(shipped);
	free(path);
	return rc;
}

static enum err_code make_instance(const struct path_home *home, const char *dir,
	const struct corpus *c, struct round *r, struct err *e)
{
	bool fresh;
	enum err_code rc = office_create(home, dir, false, &fresh, e);

	if (!rc)
		rc = write_sources(dir, e);
	return rc ? rc : write_rules(home, dir, c, r, e);
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

static void run_round(const struct buf *feeds, const struct corpus *c, struct round *r)
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
		rc = make_instance(&home, dir, c, r, &e);
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

static void report(const char *what, const struct corpus_time *m)
{
	printf("  %-12s %9.0f items/s a core  %7.1f us/item cpu  %7.1f us/item wall\n", what,
		(double)ITEMS / m->cpu, m->cpu / (double)ITEMS * 1e6,
		m->wall / (double)ITEMS * 1e6);
}

static void tell_ratios(const struct corpus_time *all, const struct corpus_time *match)
{
	double speed = (double)ITEMS / all->cpu / GOAL, part = 100 * match->cpu / all->cpu;
	char goal[64];

	printf("  %-56s %8.2fx\n", "new items a second a core / 20,000", speed);
	corpus_goal(">= 1x", speed >= 1);
	printf("  %-56s %8.1f %%\n", "of it matching", part);
	(void)snprintf(goal, sizeof goal, "<= %.0f %%", GOAL_MATCH);
	corpus_goal(goal, part <= GOAL_MATCH);
}

static void run(const struct buf *feeds, const struct corpus *c, size_t most)
{
	struct corpus_time ingest[CORPUS_ROUNDS], parse[CORPUS_ROUNDS], match[CORPUS_ROUNDS], m[3];
	struct round r;

	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		memset(&r, 0, sizeof r);
		r.most = most;
		run_round(feeds, c, &r);
		ingest[i] = r.ingest;
		parse[i] = r.parse;
		match[i] = r.match;
	}
	m[0] = corpus_median(ingest);
	m[1] = corpus_median(parse);
	m[2] = corpus_median(match);
	printf("  %zu lines of rules (%zu of them made) in %zu topics; %zu items match; "
	       "%lld alerts\n",
		r.lines, r.made, r.topics, r.matched, (long long)r.result.counts.alerts);
	report("end to end", &m[0]);
	report("parse only", &m[1]);
	report("match only", &m[2]);
	if (most == RULES)
		tell_ratios(&m[0], &m[2]);
}

/* Nothing of the user's own configuration counts. */
static void set_environment(void)
{
	char *rules = realpath("rules", NULL);

	if (rules)
		setenv("HUIYING_SHIPPED", rules, 0);
	setenv("HOME", "/nonexistent", 1);
	unsetenv("HUIYING_HOME");
	unsetenv("HUIYING_NOW");
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	free(rules);
}

/* Lines put together until they are as long as news. */
static void make_news(struct corpus *news)
{
	struct corpus c;
	struct buf b;

	corpus_init(&c, LINES);
	memset(news, 0, sizeof *news);
	news->from = c.from;
	news->max = ITEMS;
	buf_init(&news->text, (size_t)256 << 20);
	buf_init(&b, ITEM_BYTES + CORPUS_LINE_MAX + 1);
	news->start = calloc(ITEMS, sizeof *news->start);
	news->size = calloc(ITEMS, sizeof *news->size);
	if (!news->start || !news->size)
		corpus_die("texts", "no memory");
	for (size_t i = 0; i < c.count && news->count < ITEMS; i++) {
		buf_add(&b, corpus_line(&c, i), c.size[i]);
		if (b.len < ITEM_BYTES)
			continue;
		corpus_add(news, buf_str(&b), b.len);
		buf_clear(&b);
	}
	buf_fini(&b);
	corpus_fini(&c);
	if (!news->count)
		corpus_die(news->from, "too little text");
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
	make_news(&c);
	printf("end to end: %d feeds of %d new items in WARC, %d sources; %zu texts of %zu bytes "
	       "(%s); median of %d\n",
		FEEDS, FEED_ITEMS, SOURCES, c.count, c.text.len / c.count, c.from, CORPUS_ROUNDS);
	for (size_t i = 0; i < FEEDS; i++) {
		buf_init(&feeds[i], DOCUMENT_BYTES_MAX);
		corpus_add_feed(&feeds[i], &c, i * FEED_ITEMS, FEED_ITEMS);
	}
	run(feeds, &c, RULES);
	run(feeds, &c, SIZE_MAX);
	for (size_t i = 0; i < FEEDS; i++)
		buf_fini(&feeds[i]);
	free(feeds);
	corpus_fini(&c);
	return 0;
}
