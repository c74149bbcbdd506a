/*
 * bench_match.c - normalising beside utf8proc, and judging texts by 50, 500 and 5,000
 * made rules and by the shipped ones, in one run so that the ratios mean something.
 *
 * Of the made rules 85 % are words of the texts, the rest regexes: two words near each
 * other in either order, one of two words before a third in a clause, and a number before
 * a word. Without $CORPUS the texts are formulas, so their words are cut from two places.
 */
#include <utf8proc.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/path.h"
#include "matcher/match.h"
#include "matcher/normalise.h"
#include "tests/bench/corpus.h"

#define LINES ((size_t)20000)
#define ITEM_BYTES 1300 /* at least: lines put together make 1.9 kB, an ordinary item of news */
#define SAMPLE ((size_t)1000) /* lines that tell common words: rules are written in rarer ones */
#define TOPIC_LINES 10
#define STUFFED ((size_t)5000)

struct texts {
	struct buf text;
	size_t *start, count;
};

static void texts_init(struct texts *t, size_t max)
{
	buf_init(&t->text, (size_t)256 << 20);
	t->start = calloc(max + 1, sizeof *t->start);
	t->count = 0;
	if (!t->start)
		corpus_die("texts", "no memory");
}

static void texts_fini(struct texts *t)
{
	buf_fini(&t->text);
	free(t->start);
}

static void texts_end_one(struct texts *t)
{
	t->start[++t->count] = t->text.len;
	if (t->text.fault)
		corpus_die("texts", "too much");
}

/* Lines put together until they are as long as news. */
static void add_lines(struct texts *t, const struct corpus *c, size_t at_least)
{
	for (size_t i = 0; i < c->count; i++) {
		buf_add(&t->text, corpus_line(c, i), c->size[i]);
		if (t->text.len - t->start[t->count] >= at_least)
			texts_end_one(t);
	}
}

/* --- normalising --- */

static double megabytes(const struct texts *t)
{
	return (double)t->start[t->count] / 1e6;
}

/* To code points, which is what words are looked for in; or to bytes as well. */
static size_t normalise_all(
	const struct normalise_table *table, const struct texts *t, bool to_bytes)
{
	struct shadow s;
	struct err e = {ERR_OK, ""};
	size_t sum = 0;

	normalise_shadow_init(&s);
	for (size_t i = 0; i < t->count; i++) {
		corpus_check(normalise_read(table, buf_str(&t->text) + t->start[i],
				     t->start[i + 1] - t->start[i], &s, &e),
			&e);
		if (to_bytes && !normalise_make_bytes(&s))
			corpus_die("normalise", "no memory");
		sum += to_bytes ? s.size : s.count;
	}
	normalise_shadow_fini(&s);
	return sum;
}

static size_t map_all(const struct texts *t)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
					  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	size_t sum = 0;

	for (size_t i = 0; i < t->count; i++) {
		utf8proc_uint8_t *out = NULL;
		utf8proc_ssize_t n =
			utf8proc_map((const utf8proc_uint8_t *)buf_str(&t->text) + t->start[i],
				(utf8proc_ssize_t)(t->start[i + 1] - t->start[i]), &out, options);
		if (n < 0)
			corpus_die("utf8proc", utf8proc_errmsg(n));
		sum += (size_t)n;
		free(out);
	}
	return sum;
}

static void tell_speed(const char *what, const struct texts *t,
	const struct corpus_time ours[CORPUS_ROUNDS], const struct corpus_time map[CORPUS_ROUNDS])
{
	double a = megabytes(t) / corpus_median(ours).cpu;
	double b = megabytes(t) / corpus_median(map).cpu;

	printf("  %-26s %6.0f MB/s; utf8proc_map %.0f MB/s: %.1fx\n", what, a, b, a / b);
}

static void bench_normalise(const struct texts *t)
{
	struct normalise_table *table = normalise_table_new();
	struct corpus_time read[CORPUS_ROUNDS], bytes[CORPUS_ROUNDS], map[CORPUS_ROUNDS];
	size_t ours = 0, theirs = 0;

	if (!table)
		corpus_die("table", "no memory");
	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		struct corpus_time from = corpus_now();
		(void)normalise_all(table, t, false);
		read[i] = corpus_since(from);
		from = corpus_now();
		ours = normalise_all(table, t, true);
		bytes[i] = corpus_since(from);
		from = corpus_now();
		theirs = map_all(t);
		map[i] = corpus_since(from);
	}
	tell_speed("normalise to code points", t, read, map);
	tell_speed("normalise to UTF-8", t, bytes, map);
	printf("    %zu and %zu bytes (traditional characters become simplified ones in ours)\n",
		ours, theirs);
	normalise_table_free(table);
}

/* --- rules --- */

/* n Han characters in a row that stand in the texts at or behind a place. */
static bool cut_han(const struct corpus *c, size_t line, size_t from, size_t n, struct buf *out)
{
	const char *s = corpus_line(c, line % c->count);
	size_t size = c->size[line % c->count], pos = utf8_offset(s, size, from), len, found = 0;

	for (size_t start = pos; pos < size && found < n; pos += len) {
		uint32_t cp = utf8_decode(s + pos, size - pos, &len);
		found = utf8_is_han(cp) ? found + 1 : 0;
		if (found == 0)
			start = pos + len;
		if (found == n)
			buf_add(out, s + start, pos + len - start);
	}
	return found == n;
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static bool is_common(const struct corpus *c, const struct buf *word)
{
	size_t last = (c->count < SAMPLE ? c->count : SAMPLE) - 1;

	return memmem(buf_str(&c->text), c->start[last] + c->size[last], buf_str(word),
		       word->len) != NULL;
}

static size_t random_line(const struct corpus *c, uint64_t *seed)
{
	size_t line = next_random(seed) % c->count;

	return line < SAMPLE && c->count > 2 * SAMPLE ? line + SAMPLE : line;
}

static bool cut_word(const struct corpus *c, uint64_t *seed, bool whole, struct buf *word)
{
	const size_t lengths[] = {2, 3, 3, 4, 4, 4, 5, 6};
	size_t n = lengths[next_random(seed) % 8], first = whole ? n : n / 2;

	buf_clear(word);
	return cut_han(c, random_line(c, seed), next_random(seed) % 40, first, word) &&
	       (whole || cut_han(c, random_line(c, seed), next_random(seed) % 40, n - first, word));
}

static void add_word(const struct corpus *c, uint64_t *seed, struct buf *out)
{
	const bool whole = strcmp(c->from, "generated") != 0;
	struct buf word;

	buf_init(&word, 1000);
	while (!cut_word(c, seed, whole, &word) || is_common(c, &word))
		;
	buf_add(out, buf_str(&word), word.len);
	buf_fini(&word);
}

/* %: a word; \1, \2: the first and the second word of the line again. */
static void add_line(const struct corpus *c, uint64_t *seed, const char *pattern, struct buf *out)
{
	struct buf word[3];
	int n = 0;

	for (int i = 0; i < 3; i++) {
		buf_init(&word[i], 1000);
		add_word(c, seed, &word[i]);
	}
	for (; *pattern; pattern++) {
		if (*pattern == '%')
			buf_add_str(out, buf_str(&word[n++]));
		else if (*pattern == '\1' || *pattern == '\2')
			buf_add_str(out, buf_str(&word[*pattern - '\1']));
		else
			buf_add_char(out, *pattern);
	}
	buf_add_char(out, '\n');
	for (int i = 0; i < 3; i++)
		buf_fini(&word[i]);
}

static const char *pattern_of(size_t line)
{
	size_t k = line % 100;

	if (k % 15 == 7) /* 7 of 100 */
		return "/%.{0,20}%|\2.{0,20}\1/";
	if (k % 20 == 3) /* 5 of 100 */
		return "/(?:%|%)[^，。！？]{0,12}%/";
	if (k == 10 || k == 40 || k == 80)
		return "/([0-9０-９]+|[一二三四五六七八九十]+)[个名起].{0,6}%/";
	return "%";
}

static struct rules *make_rules(const struct corpus *c, size_t lines, struct buf *text)
{
	struct rules_file file = {"rules", NULL, 0};
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};
	uint64_t seed = 20261126;

	buf_init(text, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < lines; i++) {
		if (i % TOPIC_LINES == 0)
			buf_addf(text, "[题%zu]\n", i / TOPIC_LINES);
		add_line(c, &seed, pattern_of(i), text);
	}
	file.text = buf_str(text);
	file.size = text->len;
	corpus_check(rules_compile(&file, 1, &r, NULL, &e), &e);
	return r;
}

/* Items of nothing but the words of a rule file: the worst that a text can do. */
static void stuff(struct texts *t, const struct buf *rules)
{
	const char *s = buf_str(rules);
	size_t size = rules->len, len, pos = 0;
	uint64_t seed = 7;

	while (t->count < STUFFED) {
		pos = utf8_offset(s, size, next_random(&seed) % (uint32_t)(size / 4));
		for (int n = 0; n < 30 && pos < size; pos += len) {
			uint32_t cp = utf8_decode(s + pos, size - pos, &len);
			if (utf8_is_han(cp))
				buf_add(&t->text, s + pos, len);
			n += !utf8_is_han(cp);
		}
		texts_end_one(t);
	}
}

/* --- judging --- */

struct judged {
	size_t hits, topics, undecided;
};

static void count_hits(const struct match_result *m, struct judged *j)
{
	for (size_t i = 0; i < m->topic_count; i++)
		j->hits += m->topics[i].hit_count;
	for (size_t i = 0; i < m->suppressed_count; i++)
		j->hits += m->suppressed[i].match.hit_count;
	j->topics += m->topic_count;
	j->undecided += m->undecided_count;
}

/* With a title, the first words of the text, as news have it, or as text alone. */
static void judge_all(const struct rules *r, const struct texts *t, bool title, struct judged *j)
{
	struct match_work *w = match_work_new(r);
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct match_result m;
	struct err e = {ERR_OK, ""};

	if (!w || !a)
		corpus_die("rules", "no memory");
	memset(j, 0, sizeof *j);
	for (size_t i = 0; i < t->count; i++) {
		const char *s = buf_str(&t->text) + t->start[i];
		struct match_input in = {
			.title = s, .text = s, .text_size = t->start[i + 1] - t->start[i]};
		in.title_size = title ? utf8_offset(s, in.text_size, 28) : 0;
		arena_reset(a);
		corpus_check(match_text_with(w, &in, a, &m, &e), &e);
		count_hits(&m, j);
	}
	arena_free(a);
	match_work_free(w);
}

static double bench_judge(
	const char *what, const struct rules *r, const struct texts *t, bool title)
{
	struct corpus_time time[CORPUS_ROUNDS];
	struct judged j;
	double cpu, n = (double)t->count;

	for (int i = 0; i < CORPUS_ROUNDS; i++) {
		struct corpus_time from = corpus_now();
		judge_all(r, t, title, &j);
		time[i] = corpus_since(from);
	}
	cpu = corpus_median(time).cpu;
	printf("  %-12s %6.0f MB/s, %6.2f us an item of %.0f bytes; %.2f lines hit an item\n", what,
		megabytes(t) / cpu, cpu / n * 1e6, megabytes(t) * 1e6 / n, (double)j.hits / n);
	fflush(stdout);
	return megabytes(t) / cpu;
}

static void bench_made(const struct corpus *c, const struct texts *news)
{
	static const struct {
		size_t count;
		const char *plain, *stuffed;
	} sizes[] = {{50, "50 rules", "  stuffed"}, {500, "500 rules", "  stuffed"},
		{5000, "5000 rules", "  stuffed"}};
	double speed[3];

	for (int i = 0; i < 3; i++) {
		struct texts stuffed;
		struct buf text;
		struct rules *r = make_rules(c, sizes[i].count, &text);
		double full;

		texts_init(&stuffed, STUFFED);
		stuff(&stuffed, &text);
		speed[i] = bench_judge(sizes[i].plain, r, news, false);
		full = bench_judge(sizes[i].stuffed, r, &stuffed, false);
		printf("    stuffed against plain text: %.2fx\n", full / speed[i]);
		texts_fini(&stuffed);
		buf_fini(&text);
		rules_free(r);
	}
	printf("  5000 rules against 50: %.2fx\n", speed[2] / speed[0]);
}

static void bench_shipped(const struct texts *news)
{
	struct path_home home;
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};
	char *dir = realpath("rules", NULL);

	memset(&home, 0, sizeof home);
	if (dir)
		setenv("HUIYING_SHIPPED", dir, 0);
	free(dir);
	corpus_check(path_home_init(&home, NULL, &e), &e);
	if (rules_load(&home, NULL, &r, NULL, &e))
		printf("  shipped rules: not run (%s)\n", e.text);
	else
		bench_judge("shipped", r, news, true);
	rules_free(r);
	path_home_fini(&home);
}

int main(void)
{
	struct corpus c;
	struct texts news;
	struct err e = {ERR_OK, ""};

	corpus_check(hash_init(&e), &e);
	corpus_init(&c, LINES);
	texts_init(&news, c.count);
	add_lines(&news, &c, ITEM_BYTES);
	printf("matching: %zu lines (%s) in %zu items, CPU time, median of %d\n", c.count, c.from,
		news.count, CORPUS_ROUNDS);
	bench_normalise(&news);
	bench_made(&c, &news);
	bench_shipped(&news);
	texts_fini(&news);
	corpus_fini(&c);
	return 0;
}
