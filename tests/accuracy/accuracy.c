/*
 * accuracy.c - how well the shipped rules find the topics of labelled texts:
 * `make accuracy DEV=FILE`. A row is {"title","text","topics":[…],"also_mentions":[…]};
 * an extra topic that is in also_mentions counts as neither right nor wrong. The
 * region test is taken as met. Prints per topic what was found, precision, recall,
 * F1, then which topic was said instead of which. With -v the errors, row by row.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "matcher/match.h"

#define TOPICS_MAX 32

struct tally {
	const struct rules *rules;
	size_t topics;
	struct rules_topic topic[TOPICS_MAX];
	size_t right[TOPICS_MAX], wrong[TOPICS_MAX], missed[TOPICS_MAX];
	/* [wanted][found]; the last row and column stand for "none". */
	size_t confusion[TOPICS_MAX + 1][TOPICS_MAX + 1];
	size_t rows;
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

static void count_row(struct tally *t, const struct json *row, const struct match_result *m)
{
	const struct json *topics = json_get(row, "topics"), *also = json_get(row, "also_mentions");
	bool none_wanted = json_size(topics) == 0, none_found = m->topic_count == 0;

	for (size_t i = 0; i < t->topics; i++) {
		const char *name = t->topic[i].name;
		bool want = holds(topics, name), got = found(m, name);
		t->right[i] += want && got;
		t->missed[i] += want && !got;
		t->wrong[i] += !want && got && !holds(also, name);
		if (t->verbose && want && !got)
			print_error(row, m, "missed", name);
		if (t->verbose && !want && got && !holds(also, name))
			print_error(row, m, "wrong ", name);
		if (want && none_found)
			t->confusion[i][t->topics]++;
		if (got && none_wanted && !holds(also, name))
			t->confusion[t->topics][i]++;
		for (size_t k = 0; want && k < t->topics; k++)
			if (found(m, t->topic[k].name) &&
				(k == i || !holds(topics, t->topic[k].name)))
				t->confusion[i][k]++;
	}
	t->confusion[t->topics][t->topics] += none_wanted && none_found;
	t->rows++;
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
	rc = match_text(t->rules, &in, a, &m, e);
	if (!rc)
		count_row(t, row, &m);
	json_free(row);
	return rc;
}

static double ratio(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

static void print_name(const char *name, size_t columns)
{
	size_t width = utf8_width(name, strlen(name));

	printf("%s%*s", name, (int)(columns > width ? columns - width : 0), "");
}

static void print_scores(const struct tally *t)
{
	double sum = 0;

	print_name("topic", 20);
	printf("%6s %6s %6s   %9s %6s %6s\n", "right", "wrong", "missed", "precision", "recall",
		"F1");
	for (size_t i = 0; i < t->topics; i++) {
		size_t r = t->right[i];
		double f = ratio(2 * r, 2 * r + t->wrong[i] + t->missed[i]);
		print_name(t->topic[i].name, 20);
		printf("%6zu %6zu %6zu   %9.3f %6.3f %6.3f\n", r, t->wrong[i], t->missed[i],
			ratio(r, r + t->wrong[i]), ratio(r, r + t->missed[i]), f);
		sum += f;
	}
	printf("macro-F1 %.4f over %zu texts\n", t->topics ? sum / (double)t->topics : 0, t->rows);
}

static void print_confusion(const struct tally *t)
{
	printf("\nwanted (down) and found (across), by the topics' numbers:\n    ");
	for (size_t k = 0; k <= t->topics; k++)
		k < t->topics ? printf("%5zu", k + 1) : printf("%5s", "none");
	printf("\n");
	for (size_t i = 0; i <= t->topics; i++) {
		i < t->topics ? printf("%4zu", i + 1) : printf("none");
		for (size_t k = 0; k <= t->topics; k++)
			printf("%5zu", t->confusion[i][k]);
		printf("  %s\n", i < t->topics ? t->topic[i].name : "");
	}
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

int main(int argc, char **argv)
{
	struct tally t = {.verbose = argc > 2 && strcmp(argv[1], "-v") == 0};
	struct err e = {ERR_OK, ""};
	struct path_home home;
	struct rules *rules = NULL;
	const char *own = getenv("RULES"); /* another rule file to try */
	enum err_code rc;

	memset(&home, 0, sizeof home);
	home.shipped = (char *)(size_t) "rules";
	if (argc < 2) {
		fprintf(stderr, "usage: accuracy [-v] FILE.jsonl (make accuracy DEV=FILE.jsonl)\n");
		return 2;
	}
	rc = hash_init(&e);
	if (!rc)
		rc = rules_load(&home, own, &rules, NULL, &e);
	t.rules = rules;
	t.topics = rc ? 0 : rules_topic_count(rules);
	if (t.topics > TOPICS_MAX)
		rc = err_set(&e, ERR_LIMIT, "more than %d topics", TOPICS_MAX);
	for (size_t i = 0; !rc && i < t.topics; i++)
		rules_topic_at(rules, i, &t.topic[i]);
	if (!rc)
		rc = run(&t, argv[argc - 1], &e);
	if (rc) {
		fprintf(stderr, "accuracy: %s\n", e.text);
	} else {
		print_scores(&t);
		print_confusion(&t);
	}
	rules_free(rules);
	return err_exit_code(rc);
}
