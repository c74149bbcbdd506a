/*
 * bench_match.c - normalising beside utf8proc, and judging texts by 50, 500 and 5,000
 * made rules beside Vectorscan and PCRE2, in one run so that the ratios mean something.
 * Ends with a fault when two ways do not find the same number of hits, with 1 when one of
 * them could not be run.
 *
 * Ours reads each text as it came and makes a result with places, scores and reasons; the
 * others read texts that were normalised before (match_peers.h). So what normalising costs
 * is added to theirs, and the ratio without it stands beside.
 */
#include <utf8proc.h>

#include "base/hash.h"
#include "base/path.h"
#include "matcher/normalise.h"
#include "tests/bench/match_peers.h"

#define LINES ((size_t)20000)
#define ITEM_BYTES 1300 /* at least: lines put together make 1.9 kB, an ordinary item of news */
#define STUFFED ((size_t)1000)
#define LOOP_SECONDS 1.5
#define HOSTILE ((size_t)100)
#define HOSTILE_BYTES 9000

/* --- normalising --- */

struct speeds { /* of normalising, in MB/s */
	double points, bytes;
};

/* To code points: that is all that judging a text takes, unless a regex has to be run on the
 * whole of it. Then bytes are made as well, which is what utf8proc_map gives. */
static void normalise_all(const struct normalise_table *table, const struct texts *t, bool bytes)
{
	struct shadow s;
	struct err e = {ERR_OK, ""};

	normalise_shadow_init(&s);
	for (size_t i = 0; i < t->count; i++) {
		struct str text = texts_at(t, i);
		corpus_check(normalise_read(table, text.p, text.n, &s, &e), &e);
		if (bytes && !normalise_make_bytes(&s))
			corpus_die("normalise", "no memory");
	}
	normalise_shadow_fini(&s);
}

static char *map(struct str text)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
					  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map(
		(const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n, &out, options);

	if (n < 0)
		corpus_die("utf8proc", utf8proc_errmsg(n));
	return (char *)out;
}

static void map_all(const struct texts *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(map(texts_at(t, i)));
}

static void add_simplified(struct buf *out, const char *s)
{
	size_t n = strlen(s), len;

	for (size_t i = 0; i < n; i += len)
		utf8_add(out, t2s_char(utf8_decode(s + i, n - i, &len)));
}

/* Texts of which utf8proc, and then traditional to simplified, makes something else. */
static size_t count_different(const struct normalise_table *table, const struct texts *t)
{
	struct shadow s;
	struct err e = {ERR_OK, ""};
	struct buf theirs;
	size_t different = 0;

	normalise_shadow_init(&s);
	buf_init(&theirs, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < t->count; i++) {
		struct str text = texts_at(t, i);
		char *mapped = map(text);
		buf_clear(&theirs);
		add_simplified(&theirs, mapped);
		corpus_check(normalise_read(table, text.p, text.n, &s, &e), &e);
		if (!normalise_make_bytes(&s))
			corpus_die("normalise", "no memory");
		different += s.size != theirs.len || memcmp(s.bytes, theirs.data, s.size) != 0;
		free(mapped);
	}
	buf_fini(&theirs);
	normalise_shadow_fini(&s);
	return different;
}

static void tell_speed(const char *what, double ours, double theirs)
{
	printf("  %-27s %6.0f MB/s; utf8proc_map %.0f MB/s: %.1fx\n", what, ours, theirs,
		ours / theirs);
}

static struct speeds bench_normalise(const struct texts *t)
{
	struct normalise_table *table = normalise_table_new();
	struct corpus_time read[CORPUS_ROUNDS], bytes[CORPUS_ROUNDS], mapped[CORPUS_ROUNDS];
	double size = texts_megabytes(t, t->count);
	struct speeds speed;

	if (!table)
		corpus_die("table", "no memory");
	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		struct corpus_time from = corpus_now();
		normalise_all(table, t, false);
		read[i] = corpus_since(from);
		from = corpus_now();
		normalise_all(table, t, true);
		bytes[i] = corpus_since(from);
		from = corpus_now();
		map_all(t);
		mapped[i] = corpus_since(from);
	}
	speed.points = size / corpus_median(read).cpu;
	speed.bytes = size / corpus_median(bytes).cpu;
	tell_speed("normalise, as matching does", speed.points, size / corpus_median(mapped).cpu);
	tell_speed("normalise, with UTF-8 too", speed.bytes, size / corpus_median(mapped).cpu);
	printf("    of %zu texts utf8proc_map and traditional to simplified make %zu different\n",
		t->count, count_different(table, t));
	normalise_table_free(table);
	return speed;
}

/* --- judging --- */

struct judged {
	size_t hits, undecided;
};

static void count_hits(const struct match_result *m, struct judged *j)
{
	for (size_t i = 0; i < m->topic_count; i++)
		j->hits += m->topics[i].hit_count;
	for (size_t i = 0; i < m->suppressed_count; i++)
		j->hits += m->suppressed[i].match.hit_count;
	j->undecided += m->undecided_count;
}

/* The first `count` texts. With a title, the first words of the text, as news have it, or
 * as text alone. */
static struct judged judge(const struct rules *r, const struct texts *t, size_t count, bool title)
{
	struct match_work *w = match_work_new(r);
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct match_result m;
	struct err e = {ERR_OK, ""};
	struct judged j = {0, 0};

	if (!w || !a)
		corpus_die("rules", "no memory");
	for (size_t i = 0; i < count; i++) {
		struct str s = texts_at(t, i);
		struct match_input in = {.title = s.p, .text = s.p, .text_size = s.n};
		in.title_size = title ? utf8_offset(s.p, in.text_size, 28) : 0;
		arena_reset(a);
		corpus_check(match_text_with(w, &in, a, &m, &e), &e);
		count_hits(&m, &j);
	}
	arena_free(a);
	match_work_free(w);
	return j;
}

/* MB/s. */
static double bench_judge(const char *what, const struct rules *r, const struct texts *t,
	bool title, struct judged *j)
{
	struct corpus_time time[CORPUS_ROUNDS];
	double cpu, n = (double)t->count, size = texts_megabytes(t, t->count);

	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		struct corpus_time from = corpus_now();
		*j = judge(r, t, t->count, title);
		time[i] = corpus_since(from);
	}
	cpu = corpus_median(time).cpu;
	printf("  %-12s %6.0f MB/s, %6.2f us an item of %.0f bytes; %.2f lines hit an item\n", what,
		size / cpu, cpu / n * 1e6, size * 1e6 / n, (double)j->hits / n);
	fflush(stdout);
	return size / cpu;
}

static void demand_same(const char *what, size_t ours, size_t theirs)
{
	char text[100];

	if (ours == theirs)
		return;
	(void)snprintf(text, sizeof text, "%zu hits where ours has %zu", theirs, ours);
	corpus_die(what, text);
}

static void bench_loop(
	const struct peers *p, const struct rules *r, const struct texts *t, double ours)
{
	size_t items, hits;
	struct corpus_time from = corpus_now();
	double speed;

	hits = peers_loop(p, LOOP_SECONDS, &items);
	speed = texts_megabytes(t, items) / corpus_since(from).cpu;
	demand_same("PCRE2", judge(r, t, items, false).hits, hits);
	printf("    PCRE2 rule by rule %.3g MB/s (%zu items): ours %.0fx\n", speed, items,
		ours / speed);
	fflush(stdout);
}

#ifdef BENCH_HS
static const bool has_vectorscan = true;

/* Speeds in MB/s; what is done with texts that must be normalised first. */
static double both(double a, double b)
{
	return 1 / (1 / a + 1 / b);
}

static void bench_vectorscan(const struct peers *p, struct speeds normal, double ours, size_t hits)
{
	struct corpus_time time[CORPUS_ROUNDS], from = corpus_now();
	hs_database_t *db = peers_compile_words(p);
	hs_scratch_t *scratch = NULL;
	double load = corpus_since(from).cpu, speed;

	if (hs_alloc_scratch(db, &scratch) != HS_SUCCESS)
		corpus_die("Vectorscan", "no memory");
	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		from = corpus_now();
		demand_same("Vectorscan", hits, peers_scan_all(p, db, scratch));
		time[i] = corpus_since(from);
	}
	speed = texts_megabytes(&p->b, p->b.count) / corpus_median(time).cpu;
	printf("    Vectorscan's literals + PCRE2 %.0f MB/s, with normalising %.0f MB/s: ours "
	       "%.2fx (its words load in %.0f ms)\n",
		speed, both(speed, normal.bytes), ours / both(speed, normal.bytes), load * 1e3);
	/* Measured apart, so on a busy machine it may come out as nothing. */
	if (1 / ours > 1 / normal.points)
		printf("    beside it ours without normalising: %.2fx\n",
			1 / (1 / ours - 1 / normal.points) / speed);
	else
		printf("    beside it ours without normalising: nothing is left to compare\n");
	fflush(stdout);
	hs_free_scratch(scratch);
	hs_free_database(db);
}
#else
static const bool has_vectorscan = false;

static void bench_vectorscan(const struct peers *p, struct speeds normal, double ours, size_t hits)
{
	(void)p;
	(void)normal;
	(void)ours;
	(void)hits;
	printf("    Vectorscan: not run: built without libvectorscan-dev\n");
}
#endif

/* Items of the words of all rules, as long as the others. */
static void make_stuffed(struct texts *t, const struct texts_rules *made)
{
	uint64_t seed = 7;

	texts_init(t, STUFFED);
	while (t->count < STUFFED)
		texts_add_stuffed(t, made->word, made->word_count, 1800, &seed);
}

/* As many words as the rules that are used have: all of the item's words hit. */
static size_t words_of(size_t rules)
{
	size_t words = 0;

	for (size_t i = 0; i < rules; i++)
		words += (size_t)texts_shape_of(i)->words;
	return words;
}

static void bench_stuffed(const struct rules *r, const struct texts_rules *made, size_t count,
	const struct texts *stuffed, double plain)
{
	struct texts own;
	struct judged j;
	uint64_t seed = 7;
	double speed = bench_judge("  stuffed", r, stuffed, false, &j);

	printf("    stuffed against plain text: %.2fx\n", speed / plain);
	texts_init(&own, STUFFED);
	while (own.count < STUFFED)
		texts_add_stuffed(&own, made->word, words_of(count), 1800, &seed);
	speed = bench_judge("  worst", r, &own, false, &j);
	printf("    stuffed with nothing but words of these rules: %.2fx\n", speed / plain);
	texts_fini(&own);
}

static void bench_made(
	const struct texts_rules *made, const struct texts *news, struct speeds normal)
{
	static const size_t counts[] = {50, 500, TEXTS_RULES_MAX};
	struct peers *peers = peers_new(made, news);
	struct texts stuffed;
	struct judged j;
	double speed[3];

	make_stuffed(&stuffed, made);
	for (int i = 0; i < 3; i++) {
		struct rules *r = texts_compile(made, counts[i]);
		char what[40];
		(void)snprintf(what, sizeof what, "%zu rules", counts[i]);
		speed[i] = bench_judge(what, r, news, false, &j);
		peers->count = counts[i];
		bench_vectorscan(peers, normal, speed[i], j.hits);
		bench_loop(peers, r, news, speed[i]);
		bench_stuffed(r, made, counts[i], &stuffed, speed[i]);
		rules_free(r);
	}
	printf("  5000 rules against 50: %.2fx\n", speed[2] / speed[0]);
	texts_fini(&stuffed);
	peers_free(peers);
}

/* --- loading, hostile rules, the shipped ones --- */

static void bench_load(const struct texts_rules *made)
{
	struct corpus_time time[CORPUS_ROUNDS];

	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		struct corpus_time from = corpus_now();
		struct rules *r = texts_compile(made, made->count);
		time[i] = corpus_since(from);
		rules_free(r);
	}
	printf("  loading %zu rules: %.1f ms\n", made->count, corpus_median(time).cpu * 1e3);
}

/* Texts of one letter, and at their end all that a pattern may ask for there. */
static void make_hostile(struct texts *t, const char *letter)
{
	texts_init(t, HOSTILE);
	while (t->count < HOSTILE) {
		while (t->text.len - t->start[t->count] < HOSTILE_BYTES)
			buf_add_str(&t->text, letter);
		buf_add_str(&t->text, "，！笑x。");
		texts_end_one(t);
	}
}

static void bench_hostile_rule(const char *pattern, const char *letter)
{
	struct rules *r = NULL;
	struct texts t;
	struct buf text;
	struct rules_file file = {"rules", NULL, 0};
	struct err e = {ERR_OK, ""};
	struct corpus_time from;
	struct judged j;

	make_hostile(&t, letter);
	buf_init(&text, 10000);
	buf_addf(&text, "[题]\n/%s/\n", pattern);
	file.text = buf_str(&text);
	file.size = text.len;
	corpus_check(rules_compile(&file, 1, &r, NULL, &e), &e);
	from = corpus_now();
	j = judge(r, &t, t.count, false);
	printf("  hostile rule /%s/: %.2f ms an item of %d bytes, undecided in %zu of %zu\n",
		pattern, corpus_since(from).cpu * 1e3 / (double)t.count, HOSTILE_BYTES, j.undecided,
		t.count);
	buf_fini(&text);
	texts_fini(&t);
	rules_free(r);
}

static void bench_hostile(void)
{
	bench_hostile_rule("(?:哈+)+！", "哈");
	bench_hostile_rule("(a+)+$", "a");
	bench_hostile_rule("(哈.*)*(.*)*笑！", "哈");
	bench_hostile_rule("(哈|哈哈)+[笑]", "哈");
}

static void bench_shipped(const struct texts *news)
{
	struct path_home home;
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};
	char *dir = realpath("rules", NULL);
	struct judged j;

	memset(&home, 0, sizeof home);
	if (dir)
		setenv("HUIYING_SHIPPED", dir, 0);
	free(dir);
	corpus_check(path_home_init(&home, NULL, &e), &e);
	corpus_check(rules_load(&home, NULL, &r, NULL, &e), &e);
	(void)bench_judge("shipped", r, news, true, &j);
	rules_free(r);
	path_home_fini(&home);
}

int main(void)
{
	struct corpus c;
	struct texts news;
	struct texts_rules *made;
	struct err e = {ERR_OK, ""};
	struct speeds normal;

	corpus_check(hash_init(&e), &e);
	corpus_init(&c, LINES);
	texts_init(&news, c.count);
	texts_add_lines(&news, &c, ITEM_BYTES);
	printf("matching: %zu lines (%s) in %zu items, CPU time, median of %d\n", c.count, c.from,
		news.count, CORPUS_ROUNDS);
	normal = bench_normalise(&news);
	made = texts_make_rules(&c);
	bench_made(made, &news, normal);
	bench_load(made);
	bench_hostile();
	bench_shipped(&news);
	texts_free_rules(made);
	texts_fini(&news);
	corpus_fini(&c);
	return has_vectorscan ? 0 : 1;
}
