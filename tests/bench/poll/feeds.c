/*
 * feeds.c - the feeds that poll.sh serves: DIR/0000.xml, DIR/0001.xml …, and a few large
 * files of the same items for the parsers alone.
 *
 * usage: feeds DIR COUNT ITEMS BIG BIG_ITEMS - COUNT feeds of ITEMS items, then BIG files
 * big-0.xml … of BIG_ITEMS items each. Items have about 1.1 kB of text, as many lines of
 * the corpus as that takes, and never the same link or guid twice.
 */
#include "base/str.h"
#include "tests/bench/corpus.h"

#define TEXT_MIN ((size_t)1100)
#define FEED_MAX ((size_t)64 << 20)
#define LINES_MAX ((size_t)200000)

/* Joins lines until every text of the new corpus has TEXT_MIN bytes. */
static void join_lines(const struct corpus *from, struct corpus *to, size_t count)
{
	size_t line = 0;

	memset(to, 0, sizeof *to);
	buf_init(&to->text, (size_t)256 << 20);
	to->max = count;
	to->start = calloc(count, sizeof *to->start);
	to->size = calloc(count, sizeof *to->size);
	if (!to->start || !to->size)
		corpus_die("texts", "no memory");
	for (; to->count < count; to->count++) {
		size_t start = to->text.len;
		for (; to->text.len - start < TEXT_MIN; line++)
			buf_add(&to->text, corpus_line(from, line % from->count),
				from->size[line % from->count]);
		to->start[to->count] = start;
		to->size[to->count] = to->text.len - start;
	}
	if (to->text.fault)
		corpus_die("texts", "too much");
}

static void write_feed(const char *dir, const char *name, const struct buf *feed)
{
	char path[4096];
	FILE *f;
	int n = snprintf(path, sizeof path, "%s/%s", dir, name);

	if (n < 0 || (size_t)n >= sizeof path)
		corpus_die(dir, "too long");
	f = fopen(path, "w");
	if (!f || fwrite(feed->data, 1, feed->len, f) != feed->len || fclose(f))
		corpus_die(path, "cannot be written");
}

static void write_feeds(
	const char *dir, const char *format, const struct corpus *c, size_t count, size_t items)
{
	struct buf feed;
	char name[64];

	buf_init(&feed, FEED_MAX);
	for (size_t i = 0; i < count; i++) {
		buf_clear(&feed);
		corpus_add_feed(&feed, c, i * items, items);
		snprintf(name, sizeof name, "%s%04zu.xml", format, i);
		write_feed(dir, name, &feed);
	}
	buf_fini(&feed);
}

int main(int argc, char **argv)
{
	int64_t n[4];
	struct corpus lines, texts;

	if (argc != 6)
		corpus_die("usage", "feeds DIR COUNT ITEMS BIG BIG_ITEMS");
	for (int i = 0; i < 4; i++)
		if (!str_to_int(str_of(argv[i + 2]), 1, 1000000, &n[i]))
			corpus_die(argv[i + 2], "no number");
	corpus_init(&lines, LINES_MAX);
	join_lines(&lines, &texts, (size_t)(n[0] * n[1]));
	write_feeds(argv[1], "", &texts, (size_t)n[0], (size_t)n[1]);
	write_feeds(argv[1], "big-", &texts, (size_t)n[2], (size_t)n[3]);
	printf("%zu texts (%s)\n", texts.count, lines.from);
	corpus_fini(&lines);
	corpus_fini(&texts);
	return 0;
}
