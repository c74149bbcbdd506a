/*
 * promises.c - how well commitments and their deadline phrases are found in labelled
 * sentences: `make accuracy PROMISES=FILE`. A row is {"sentence","has_commitment",
 * "deadlines":["9月底前", …]}; with "deadlines_open":true its phrases are not counted.
 * "made":"2026-11-27" is the day of publication (else 2019-01-01), "due" holds the date of
 * each deadline in their order: "YYYY-MM-DD", "" for none, "*" where either will do.
 * A phrase is exact when it is the labelled one, and right by overlap when one holds the
 * other. Words without a date that are told for want of a better (尽快, 下一步) are not
 * labelled and count as neither. With -v (V=-v) the errors, row by row.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "matcher/promise.h"

struct tally {
	struct promise_finder *finder;
	struct arena *arena;
	size_t rows, right, wrong, missed;
	size_t labelled, exact, overlap, extra;
	size_t dates, dates_right; /* of the phrases found that say their date */
	bool verbose;
};

/* What one row was found to hold. */
struct found {
	struct promise_sentence *sentences;
	size_t count;
};

static bool is_weak(const char *phrase)
{
	static const char *const weak[] = {"尽快", "尽早", "早日", "及早", "适时", "择机", "逐步",
		"第一时间", "下一步", "下步", "下阶段", "下一阶段", "条件成熟", "条件具备"};

	for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
		if (strstr(phrase, weak[i]))
			return true;
	return false;
}

static bool is_commitment(const struct found *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->sentences[i].commitment)
			return true;
	return false;
}

static int closeness(const char *found, const char *phrase)
{
	if (strcmp(found, phrase) == 0)
		return 2;
	return strstr(found, phrase) || strstr(phrase, found) ? 1 : 0;
}

/* 2: word for word, 1: one holds the other, 0: not there. */
static int look_for(const struct found *f, const char *phrase, const struct promise **which)
{
	int best = 0;

	*which = NULL;
	for (size_t i = 0; i < f->count; i++)
		for (size_t k = 0; k < f->sentences[i].count; k++) {
			const struct promise *p = &f->sentences[i].promises[k];
			int how = closeness(p->phrase, phrase);
			if (how > best) {
				best = how;
				*which = p;
			}
		}
	return best;
}

static bool is_labelled(const struct json *labels, const char *phrase)
{
	for (size_t i = 0; i < json_size(labels); i++) {
		const char *s = json_str(json_at(labels, i));
		if (s && (strstr(s, phrase) || strstr(phrase, s)))
			return true;
	}
	return false;
}

static void tell(const struct tally *t, const char *what, const char *phrase, const char *sentence)
{
	if (t->verbose)
		printf("%s %s %s\n", what, phrase, sentence);
}

static void count_date(
	struct tally *t, const char *due, const struct promise *p, const char *sentence)
{
	if (!due || !p || strcmp(due, "*") == 0)
		return;
	t->dates++;
	t->dates_right += strcmp(due, p->due) == 0;
	if (strcmp(due, p->due) != 0) {
		tell(t, "date, should be  ", *due ? due : "none", p->due);
		tell(t, "             of  ", p->phrase, sentence);
	}
}

static void count_phrases(
	struct tally *t, const struct json *row, const struct found *f, const char *sentence)
{
	const struct json *labels = json_get(row, "deadlines");

	for (size_t i = 0; i < json_size(labels); i++) {
		const struct promise *p = NULL;
		const char *label = json_str(json_at(labels, i));
		int how = label ? look_for(f, label, &p) : 0;
		count_date(t, json_str(json_at(json_get(row, "due"), i)), p, sentence);
		t->labelled++;
		t->exact += how == 2;
		t->overlap += how > 0;
		if (how < 2)
			tell(t, how ? "phrase other than" : "phrase missed    ",
				label ? label : "-", sentence);
	}
	for (size_t i = 0; i < f->count; i++)
		for (size_t k = 0; k < f->sentences[i].count; k++) {
			const char *p = f->sentences[i].promises[k].phrase;
			if (is_weak(p) || is_labelled(labels, p))
				continue;
			t->extra++;
			tell(t, "phrase too many  ", p, sentence);
		}
}

/* The day of publication: what the row says, else a day that those who labelled old answers
 * did without. */
static int64_t made_of(const struct json *row)
{
	const char *made = json_get_str(row, "made");
	int64_t t;

	if (made && time_parse_option(made, NULL, &t))
		return t / 86400;
	return time_days_from_civil(2019, 1, 1);
}

static enum err_code read_row(struct tally *t, struct str line, struct err *e)
{
	struct json *row = NULL;
	struct found f = {NULL, 0};
	bool repaired, want, got, open;
	const char *s;
	enum err_code rc = json_read_foreign(line.p, line.n, &row, &repaired, e);

	if (rc)
		return rc;
	arena_reset(t->arena);
	s = json_get_str(row, "sentence");
	rc = promise_read(
		t->finder, str_of(s), made_of(row), NULL, t->arena, &f.sentences, &f.count, e);
	want = json_is_true(json_get(row, "has_commitment"));
	open = json_is_true(json_get(row, "deadlines_open"));
	got = !rc && is_commitment(&f);
	t->rows++;
	t->right += want && got;
	t->wrong += !want && got;
	t->missed += want && !got;
	if (want != got)
		tell(t, want ? "missed" : "wrong ", "", s ? s : "");
	if (!rc && !open)
		count_phrases(t, row, &f, s ? s : "");
	json_free(row);
	return rc;
}

static enum err_code run(struct tally *t, const char *path, struct err *e)
{
	struct buf text;
	struct str rest;
	enum err_code rc;

	buf_init(&text, (size_t)256 << 20);
	rc = t->finder && t->arena ? path_read(path, &text, e) : err_nomem(e);
	rest = (struct str){buf_str(&text), text.len};
	while (!rc && rest.n > 0) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (line.n)
			rc = read_row(t, line, e);
	}
	buf_fini(&text);
	return rc;
}

static double ratio(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

static void print_scores(const struct tally *t)
{
	size_t r = t->right;

	printf("commitments: %zu of %zu sentences right, %zu wrong, %zu missed\n", r, t->rows,
		t->wrong, t->missed);
	printf("precision %.3f  recall %.3f  F1 %.3f\n", ratio(r, r + t->wrong),
		ratio(r, r + t->missed), ratio(2 * r, 2 * r + t->wrong + t->missed));
	printf("deadline phrases: %zu labelled, exact %.3f, by overlap %.3f, %zu too many\n",
		t->labelled, ratio(t->exact, t->labelled), ratio(t->overlap, t->labelled),
		t->extra);
	if (t->dates)
		printf("dates: %zu, right %.3f\n", t->dates, ratio(t->dates_right, t->dates));
}

int main(int argc, char **argv)
{
	struct tally t = {.verbose = argc > 2 && strcmp(argv[1], "-v") == 0};
	struct err e = {ERR_OK, ""};
	enum err_code rc;

	if (argc < 2) {
		fprintf(stderr, "usage: promises [-v] FILE.jsonl "
				"(make accuracy PROMISES=FILE.jsonl [V=-v])\n");
		return 2;
	}
	t.finder = promise_finder_new();
	t.arena = arena_new(ARENA_MAX_DEFAULT);
	rc = run(&t, argv[argc - 1], &e);
	if (rc)
		fprintf(stderr, "promises: %s\n", e.text);
	else
		print_scores(&t);
	arena_free(t.arena);
	promise_finder_free(t.finder);
	return err_exit_code(rc);
}
