/*
 * accuracy.c - how well the shipped rules find the topics of labelled texts:
 * `make accuracy DEV=FILE.jsonl`. A row is
 * {"id","title","text","topics":[…],"also_mentions":[…],"kind":"…"}; an extra topic that is
 * in also_mentions counts as neither right nor wrong. The region test is taken as met.
 *
 * Prints per topic what was found, precision, recall and F1, the same for each kind of text
 * over all topics, and which topic was said where another was wanted. With -v the errors
 * too, row by row, with the lines that decided; with -m N it exits 1 when the macro-F1 is
 * below N or a topic with texts is below 0.7.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "matcher/match.h"

#define TOPICS_MAX 32
#define KINDS_MAX 16
#define NAME_COLUMNS 20
#define KIND_SIZE 32
#define TOPIC_LEAST 0.7

struct score {
	size_t right, wrong, missed;
};

struct kind {
	char name[KIND_SIZE];
	size_t rows;
	struct score score;
};

struct tally {
	const struct rules *rules;
	struct match_work *work;
	size_t topics, kinds, rows;
	struct rules_topic topic[TOPICS_MAX];
	struct score score[TOPICS_MAX];
	struct kind kind[KINDS_MAX]; /* the last takes what is too many */
	/* [wanted][found]; the last row and column stand for "none". */
	size_t confusion[TOPICS_MAX + 1][TOPICS_MAX + 1];
	bool verbose;
};

static bool holds(const struct json *list, const char *name)
{
	for (size_t i = 0; i < json_size(list); i++) {
		const char *s = json_str(json_at(list, i));
		if (s && strcmp(s, name) == 0)
			return true;
	}
	return false;
}

static bool found(const struct match_result *m, const char *name)
{
	for (size_t i = 0; i < m->topic_count; i++)
		if (strcmp(m->topics[i].topic.name, name) == 0)
			return true;
	return false;
}

static struct kind *kind_of(struct tally *t, const struct json *row)
{
	const char *name = json_get_str(row, "kind");
	size_t i = 0;

	if (!name)
		name = "-";
	while (i < t->kinds && strcmp(t->kind[i].name, name) != 0)
		i++;
	if (i < t->kinds)
		return &t->kind[i];
	if (t->kinds == KINDS_MAX)
		return &t->kind[KINDS_MAX - 1];
	t->kinds++;
	snprintf(t->kind[i].name, KIND_SIZE, "%s", t->kinds == KINDS_MAX ? "(others)" : name);
	return &t->kind[i];
}

static void print_error(
	const struct json *row, const struct match_result *m, const char *kind, const char *topic)
{
	const char *title = json_get_str(row, "title"), *id = json_get_str(row, "id");

	printf("%s %s %s %s", kind, topic, id ? id : "-", title ? title : "");
	for (size_t i = 0; i < m->topic_count; i++) {
		if (strcmp(m->topics[i].topic.name, topic) != 0)
			continue;
		for (size_t k = 0; k < m->topics[i].hit_count; k++)
			printf(" %d:%+d", m->topics[i].hits[k].line, m->topics[i].hits[k].points);
	}
	printf("\n");
}

static void add(struct score *s, bool want, bool got, bool neither)
{
	s->right += want && got;
	s->missed += want && !got;
	s->wrong += !want && got && !neither;
}

/* What was found where topic i was wanted; neither the other wanted ones nor mentions. */
static void count_confusion(
	struct tally *t, size_t i, const struct json *row, const struct match_result *m)
{
	const struct json *topics = json_get(row, "topics"), *also = json_get(row, "also_mentions");

	if (!holds(topics, t->topic[i].name))
		return;
	t->confusion[i][t->topics] += m->topic_count == 0;
	for (size_t k = 0; k < t->topics; k++) {
		const char *name = t->topic[k].name;
		if (found(m, name) && (k == i || (!holds(topics, name) && !holds(also, name))))
			t->confusion[i][k]++;
	}
}

static void count_row(struct tally *t, const struct json *row, const struct match_result *m)
{
	const struct json *topics = json_get(row, "topics"), *also = json_get(row, "also_mentions");
	struct kind *kind = kind_of(t, row);
	bool none_wanted = json_size(topics) == 0;

	for (size_t i = 0; i < t->topics; i++) {
		const char *name = t->topic[i].name;
		bool want = holds(topics, name), got = found(m, name), neither = holds(also, name);

		add(&t->score[i], want, got, neither);
		add(&kind->score, want, got, neither);
		count_confusion(t, i, row, m);
		t->confusion[t->topics][i] += none_wanted && got && !neither;
		if (t->verbose && want && !got)
			print_error(row, m, "missed", name);
		if (t->verbose && !want && got && !neither)
			print_error(row, m, "wrong ", name);
	}
	t->confusion[t->topics][t->topics] += none_wanted && m->topic_count == 0;
	t->rows++;
	kind->rows++;
}

static enum err_code read_row(struct tally *t, struct str line, struct arena *a, struct err *e)
{
	struct match_input in = {.no_region = true};
	struct match_result m;
	struct json *row = NULL;
	bool repaired;
	enum err_code rc = json_read_foreign(line.p, line.n, &row, &repaired, e);

	if (rc)
		return rc;
	arena_reset(a);
	in.title = json_get_str(row, "title");
	in.title_size = in.title ? strlen(in.title) : 0;
	in.text = json_get_str(row, "text");
	in.text_size = in.text ? strlen(in.text) : 0;
	rc = match_text_with(t->work, &in, a, &m, e);
	if (!rc)
		count_row(t, row, &m);
	json_free(row);
	return rc;
}

static double ratio(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

static double f1(const struct score *s)
{
	return ratio(2 * s->right, 2 * s->right + s->wrong + s->missed);
}

static double macro_f1(const struct tally *t)
{
	double sum = 0;

	for (size_t i = 0; i < t->topics; i++)
		sum += f1(&t->score[i]);
	return t->topics ? sum / (double)t->topics : 0;
}

static void print_name(const char *name, size_t columns)
{
	size_t width = utf8_width(name, strlen(name));

	printf("%s%*s", name, (int)(columns > width ? columns - width : 0), "");
}

static void print_score(const char *name, const struct score *s)
{
	print_name(name, NAME_COLUMNS);
	printf("%6zu %6zu %6zu   %9.3f %6.3f %6.3f", s->right, s->wrong, s->missed,
		ratio(s->right, s->right + s->wrong), ratio(s->right, s->right + s->missed), f1(s));
}

static void print_scores(const struct tally *t)
{
	print_name("topic", NAME_COLUMNS);
	printf("%6s %6s %6s   %9s %6s %6s\n", "right", "wrong", "missed", "precision", "recall",
		"F1");
	for (size_t i = 0; i < t->topics; i++) {
		print_score(t->topic[i].name, &t->score[i]);
		printf("\n");
	}
	printf("macro-F1 %.4f over %zu texts\n", macro_f1(t), t->rows);
}

/* Over all topics: each label counts alike. */
static void print_kinds(const struct tally *t)
{
	printf("\n");
	print_name("kind of text", NAME_COLUMNS);
	printf("%6s %6s %6s   %9s %6s %6s %6s\n", "right", "wrong", "missed", "precision", "recall",
		"F1", "texts");
	for (size_t i = 0; i < t->kinds; i++) {
		print_score(t->kind[i].name, &t->kind[i].score);
		printf(" %6zu\n", t->kind[i].rows);
	}
}

static void print_confusion_row(const struct tally *t, size_t i)
{
	if (i < t->topics) {
		printf("%3zu ", i + 1);
		print_name(t->topic[i].name, NAME_COLUMNS - 4);
	} else {
		print_name("  - none", NAME_COLUMNS);
	}
	for (size_t k = 0; k <= t->topics; k++)
		t->confusion[i][k] ? printf("%5zu", t->confusion[i][k]) : printf("%5s", ".");
	printf("\n");
}

static void print_confusion(const struct tally *t)
{
	printf("\n");
	print_name("wanted \\ found", NAME_COLUMNS);
	for (size_t k = 0; k < t->topics; k++)
		printf("%5zu", k + 1);
	printf("%5s\n", "none");
	for (size_t i = 0; i <= t->topics; i++)
		print_confusion_row(t, i);
}

static enum err_code run(struct tally *t, const char *path, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct buf text;
	struct str rest;
	enum err_code rc;

	buf_init(&text, (size_t)256 << 20);
	rc = a ? path_read(path, &text, e) : err_nomem(e);
	rest = (struct str){buf_str(&text), text.len};
	while (!rc && rest.n > 0) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (line.n)
			rc = read_row(t, line, a, e);
	}
	buf_fini(&text);
	arena_free(a);
	return rc;
}

static enum err_code open_rules(struct tally *t, struct rules **rules, struct err *e)
{
	const char *own = getenv("RULES"); /* another rule file to try */
	struct path_home home;
	enum err_code rc = hash_init(e);

	memset(&home, 0, sizeof home);
	home.shipped = (char *)(size_t) "rules";
	if (!rc)
		rc = rules_load(&home, own, rules, NULL, e);
	if (rc)
		return rc;
	t->rules = *rules;
	t->topics = rules_topic_count(*rules);
	if (t->topics > TOPICS_MAX)
		return err_set(e, ERR_LIMIT, "more than %d topics", TOPICS_MAX);
	for (size_t i = 0; i < t->topics; i++)
		rules_topic_at(*rules, i, &t->topic[i]);
	t->work = match_work_new(*rules);
	return t->work ? ERR_OK : err_nomem(e);
}

/* 1 and a line for each that is too low. */
static int judge(const struct tally *t, double least)
{
	int bad = macro_f1(t) < least;

	if (bad)
		printf("\nmacro-F1 %.4f is below %.4f\n", macro_f1(t), least);
	for (size_t i = 0; i < t->topics; i++) {
		const struct score *s = &t->score[i];
		if (s->right + s->missed == 0 || f1(s) >= TOPIC_LEAST)
			continue;
		printf("%s: F1 %.3f is below %.2f\n", t->topic[i].name, f1(s), TOPIC_LEAST);
		bad = 1;
	}
	return bad;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: accuracy [-v] [-m LEAST] FILE.jsonl (make accuracy DEV=FILE.jsonl)\n"
		"A row: "
		"{\"title\":\"…\",\"text\":\"…\",\"topics\":[\"欠薪欠资\"],\"kind\":\"appeal\"}\n"
		"Labelled rows of our own: tests/data/lexicon/labelled.jsonl\n");
	return 2;
}

int main(int argc, char **argv)
{
	struct tally t = {.verbose = false};
	struct err e = {ERR_OK, ""};
	struct rules *rules = NULL;
	double least = -1;
	int option, bad = 0;
	enum err_code rc;

	while ((option = getopt(argc, argv, "vm:")) != -1) {
		if (option == '?')
			return usage();
		t.verbose = t.verbose || option == 'v';
		least = option == 'm' ? strtod(optarg, NULL) : least;
	}
	if (optind + 1 != argc)
		return usage();
	rc = open_rules(&t, &rules, &e);
	if (!rc)
		rc = run(&t, argv[optind], &e);
	if (rc) {
		fprintf(stderr, "accuracy: %s\n", e.text);
	} else {
		print_scores(&t);
		print_kinds(&t);
		print_confusion(&t);
		bad = least >= 0 ? judge(&t, least) : 0;
	}
	match_work_free(t.work);
	rules_free(rules);
	return rc ? err_exit_code(rc) : bad;
}
