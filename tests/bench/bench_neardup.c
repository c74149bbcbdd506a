/*
 * bench_neardup.c - figures: what looking for copies of a text costs, step by step.
 *
 * TEXTS texts of about TEXT_SIZE bytes, put together from lines of $CORPUS (corpus.h), are
 * read and sketched, and compared with a copy made as sites make them (another headline, a
 * sentence dropped, a source line), with the same text set anew, with itself, and with the
 * next text. Microseconds, for each text the best of ROUNDS; no verdict.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/neardup.h"
#include "tests/bench/corpus.h"

#define TEXTS 1000
#define ROUNDS 15
#define TEXT_SIZE 1900 /* bytes */
#define LINES_MAX 60000

struct sample {
	struct buf text, copy, reset;
	struct neardup_sketch sketch;
	unsigned char bytes[NEARDUP_BYTES_MAX];
	size_t size;
	double best; /* seconds of what is measured now */
};

struct bench {
	struct normalise_table *table;
	struct neardup_look *look;
	const struct neardup_text *text; /* the one taken */
	struct arena *arena;
	struct sample *sample;
	double sum; /* of what was measured: nothing is optimised away */
};

/* --- texts --- */

/* Without its third quarter; a headline before it, a source line behind. */
static void make_copy(struct buf *out, const char *s, size_t n)
{
	size_t half = utf8_floor(s, n / 2), rest = utf8_floor(s, n / 4 * 3);

	buf_add_str(out, "据某报报道：今日要闻\n");
	buf_add(out, s, half);
	buf_add(out, s + rest, n - rest);
	buf_add_str(out, "\n来源：某报 责任编辑：某某");
}

/* Blanks between paragraphs as another site sets them. */
static void make_reset(struct buf *out, const char *s, size_t n)
{
	buf_add_str(out, "　　");
	buf_add(out, s, n);
	buf_add_str(out, "\n\n");
}

static void make_samples(struct bench *b, const struct corpus *c)
{
	size_t line = 0;

	for (size_t i = 0; i < TEXTS; i++) {
		struct sample *s = &b->sample[i];
		buf_init(&s->text, CORPUS_LINE_MAX * 2);
		buf_init(&s->copy, CORPUS_LINE_MAX * 3);
		buf_init(&s->reset, CORPUS_LINE_MAX * 3);
		while (s->text.len < TEXT_SIZE - CORPUS_LINE_MIN) {
			size_t at = line++ % c->count, n = c->size[at];
			if (n > TEXT_SIZE - s->text.len)
				n = utf8_floor(corpus_line(c, at), TEXT_SIZE - s->text.len);
			buf_add(&s->text, corpus_line(c, at), n);
			buf_add_char(&s->text, '\n');
		}
		make_copy(&s->copy, buf_str(&s->text), s->text.len);
		make_reset(&s->reset, buf_str(&s->text), s->text.len);
	}
}

/* --- what is measured, each for sample i --- */

static void take(struct bench *b, size_t i)
{
	const struct buf *s = &b->sample[i].text;
	struct err e;

	corpus_check(neardup_look_take(b->look, buf_str(s), s->len, &b->text, &e), &e);
}

static void compare(struct bench *b, const struct buf *s)
{
	double similarity;
	struct err e;

	corpus_check(neardup_look_compare(b->look, buf_str(s), s->len, &similarity, &e), &e);
	b->sum += similarity;
}

static void normalise_one(struct bench *b, size_t i)
{
	const struct buf *s = &b->sample[i].text;
	struct shadow shadow;
	struct err e;

	arena_reset(b->arena);
	corpus_check(normalise_text(b->table, buf_str(s), s->len, b->arena, &shadow, &e), &e);
	b->sum += (double)shadow.count;
}

static void sketch_one(struct bench *b, size_t i)
{
	struct sample *s = &b->sample[i];

	neardup_sketch(b->text, &s->sketch);
	s->size = neardup_sketch_write(&s->sketch, s->bytes);
}

static void compare_same(struct bench *b, size_t i)
{
	compare(b, &b->sample[i].text);
}

static void compare_reset(struct bench *b, size_t i)
{
	compare(b, &b->sample[i].reset);
}

static void compare_copy(struct bench *b, size_t i)
{
	compare(b, &b->sample[i].copy);
}

static void compare_next(struct bench *b, size_t i)
{
	compare(b, &b->sample[(i + 1) % TEXTS].text);
}

#define SKETCHES 24 /* as many candidates as one look-up has */

static void contained_one(struct bench *b, size_t i)
{
	for (size_t k = 0; k < SKETCHES; k++)
		b->sum += neardup_sketch_contained(
			&b->sample[i].sketch, &b->sample[(i + k) % TEXTS].sketch);
}

static void read_one(struct bench *b, size_t i)
{
	struct neardup_sketch s;

	for (size_t k = 0; k < SKETCHES; k++) {
		const struct sample *at = &b->sample[(i + k) % TEXTS];
		b->sum += neardup_sketch_read(at->bytes, at->size, &s);
	}
}

/* Microseconds of one step, in the middle of all samples. Every round goes through all of
 * them: the processor must not learn one by heart. */
static double measure(struct bench *b, void (*one)(struct bench *, size_t))
{
	double sum = 0;

	for (int k = 0; k < ROUNDS; k++)
		for (size_t i = 0; i < TEXTS; i++) {
			double from, time;
			take(b, i);
			from = corpus_clock(CLOCK_MONOTONIC);
			one(b, i);
			time = corpus_clock(CLOCK_MONOTONIC) - from;
			if (k == 0 || time < b->sample[i].best)
				b->sample[i].best = time;
		}
	for (size_t i = 0; i < TEXTS; i++)
		sum += b->sample[i].best;
	return sum / TEXTS * 1e6;
}

static void run(struct bench *b)
{
	double normalise = measure(b, normalise_one), taken = measure(b, take);

	printf("near-duplicates, texts of %d bytes, us each\n", TEXT_SIZE);
	printf("  normalise a text        %6.2f\n", normalise);
	printf("  normalise, into tokens  %6.2f\n", taken);
	printf("  sketch the tokens       %6.2f\n", measure(b, sketch_one));
	printf("  read a stored sketch    %6.3f\n", measure(b, read_one) / SKETCHES);
	printf("  contained in another    %6.3f\n", measure(b, contained_one) / SKETCHES);
	printf("compare with, the other text read anew\n");
	printf("  the same bytes          %6.2f\n", measure(b, compare_same));
	printf("  the same, set anew      %6.2f\n", measure(b, compare_reset));
	printf("  an edited copy          %6.2f\n", measure(b, compare_copy));
	printf("  another text            %6.2f\n", measure(b, compare_next));
}

int main(void)
{
	struct bench b = {.table = normalise_table_new(),
		.arena = arena_new(ARENA_MAX_DEFAULT),
		.sample = calloc(TEXTS, sizeof *b.sample)};
	struct corpus c;

	b.look = neardup_look_new(b.table);
	if (!b.table || !b.arena || !b.sample || !b.look)
		corpus_die("texts", "no memory");
	corpus_init(&c, LINES_MAX);
	make_samples(&b, &c);
	printf("texts from %s\n", c.from);
	run(&b);
	for (size_t i = 0; i < TEXTS; i++) {
		buf_fini(&b.sample[i].text);
		buf_fini(&b.sample[i].copy);
		buf_fini(&b.sample[i].reset);
	}
	corpus_fini(&c);
	free(b.sample);
	neardup_look_free(b.look);
	arena_free(b.arena);
	normalise_table_free(b.table);
	return b.sum > 0 ? 0 : 1;
}
