/*
 * test_match.c - the golden cases of tests/data/matcher/: rules, items and what comes
 * of them. A case is added without writing C:
 *
 *     === name
 *     --- rules            (a second "--- rules" makes an overlay)
 *     --- items            one JSON row a line, or
 *     --- errors           "LINE:COLUMN part of the text", every fault in order
 *     --- want             one line an item, as describe() below writes it
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "matcher/match.h"
#include "matcher/report.h"
#include "matcher/normalise.h"

#define RULES_MAX 3

struct test_case {
	struct str name;
	struct str rules[RULES_MAX], items, want, errors;
	size_t rule_files;
};

/* --- what comes of an item, on one line ---------------------------------------- */

static void add_words(struct buf *b, const struct match_input *in, const struct match_span *s)
{
	const char *t = s->field == MATCH_TITLE  ? in->title
			: s->field == MATCH_TEXT ? in->text
						 : in->source;
	size_t n = s->field == MATCH_TITLE  ? in->title_size
		   : s->field == MATCH_TEXT ? in->text_size
					    : in->source_size;
	size_t from = utf8_offset(t, n, s->start), to = utf8_offset(t, n, s->end);

	buf_addf(b, "%c%u-%u:", "txs"[s->field], s -> start, s -> end);
	buf_add(b, t + from, to - from);
}

static void add_hits(struct buf *b, const struct match_input *in, const struct match_topic *t)
{
	for (size_t i = 0; i < t->hit_count; i++) {
		const struct match_hit *h = &t->hits[i];
		buf_addf(b, " %s%d:%+d[", h->overlay ? h->file : "", h->line, h->points);
		for (size_t k = 0; k < h->span_count; k++) {
			buf_add_str(b, k ? " " : "");
			add_words(b, in, &h->spans[k]);
		}
		buf_add_char(b, ']');
	}
}

/* "甲=4 一般 3:+3[x0-2:欠薪] | 乙 out threshold … | ?5" */
static void describe(struct buf *b, const struct match_input *in, const struct match_result *m)
{
	static const char *const reasons[] = {
		"global", "exclude", "region", "threshold", "required"};
	const char *joint = "";

	for (size_t i = 0; i < m->topic_count; i++, joint = " | ") {
		const struct match_topic *t = &m->topics[i];
		buf_addf(b, "%s%s=%d %s", joint, t->topic.name, t->score,
			match_grade_name(t->grade));
		add_hits(b, in, t);
	}
	for (size_t i = 0; i < m->suppressed_count; i++, joint = " | ") {
		const struct match_suppressed *s = &m->suppressed[i];
		buf_addf(b, "%s%s=%d out %s", joint, s->match.topic.name, s->match.score,
			reasons[s->reason]);
		if (s->line)
			buf_addf(b, " %d", s->line);
	}
	for (size_t i = 0; i < m->undecided_count; i++, joint = " | ")
		buf_addf(b, "%s?%d %s %s", joint, m->undecided[i].line, m->undecided[i].topic,
			m->undecided[i].why);
	if (!*joint)
		buf_add_char(b, '-');
	buf_add_char(b, '\n');
}

/* Judged again in memory that has seen the items before. */
static void same_with_kept_memory(
	struct match_work *w, const struct match_input *in, const struct match_result *want)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct match_result m;
	struct buf x, y;

	buf_init(&x, 1 << 20);
	buf_init(&y, 1 << 20);
	assert_int_equal(match_text_with(w, in, a, &m, NULL), ERR_OK);
	match_add_json(&x, NULL, &m);
	match_add_json(&y, NULL, want);
	assert_string_equal(buf_str(&x), buf_str(&y));
	buf_fini(&x);
	buf_fini(&y);
	arena_free(a);
}

static void describe_row(
	struct buf *b, const struct rules *r, struct match_work *w, struct str line)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct match_input in;
	struct match_result m;
	struct json *row = NULL;
	struct err e = {ERR_OK, ""};

	memset(&in, 0, sizeof in);
	if (json_read(line.p, line.n, &row, &e) != ERR_OK)
		fail_msg("%.*s: %s", (int)line.n, line.p, e.text);
	in.title = json_get_str(row, "title");
	in.text = json_get_str(row, "text");
	in.source = json_get_str(row, "source");
	in.title_size = in.title ? strlen(in.title) : 0;
	in.text_size = in.text ? strlen(in.text) : 0;
	in.source_size = in.source ? strlen(in.source) : 0;
	in.local = json_is_true(json_get(row, "local"));
	in.no_region = json_is_true(json_get(row, "no_region"));
	assert_int_equal(match_text(r, &in, a, &m, &e), ERR_OK);
	describe(b, &in, &m);
	same_with_kept_memory(w, &in, &m);
	json_free(row);
	arena_free(a);
}

/* --- cases --------------------------------------------------------------------- */

/* Says what differs; the other cases go on. */
static bool differs(const struct test_case *c, struct str got, struct str want)
{
	print_error("%.*s\n--- got\n%.*s\n--- want\n%.*s\n", (int)c->name.n, c->name.p, (int)got.n,
		got.p, (int)want.n, want.p);
	return false;
}

/* Wanted lines are "LINE:COLUMN: part of the text" and, where the hint matters, one with
 * "    part of the hint" behind it. Every error has a hint. */
static bool check_errors(const struct test_case *c, const struct buf *report)
{
	struct str got = {buf_str(report), report->len}, want = c->errors;
	struct report_entry g = {.kind = REPORT_ERROR};
	bool ok = true;

	while (want.n > 0) {
		struct str w = str_split(&want, '\n'), whole = w;
		char place[32];
		if (w.n == 0)
			continue;
		if (str_has_prefix(w, "    ")) {
			w = str_sub(w, 4, w.n);
			ok &= memmem(g.hint.p, g.hint.n, w.p, w.n) || differs(c, g.hint, w);
			continue;
		}
		ok &= report_read(&got, &g) || differs(c, got, whole);
		snprintf(place, sizeof place, "%d:%d: ", g.line, g.column);
		w = str_sub(w, strlen(place) - (w.n < strlen(place)), w.n);
		if (!str_has_prefix(whole, place) || g.kind != REPORT_ERROR || !g.hint.n ||
			!str_is(g.file, "rules") || (w.n && !memmem(g.text.p, g.text.n, w.p, w.n)))
			ok = differs(c, g.text, whole);
	}
	return got.n > 0 ? differs(c, got, (struct str){"", 0}) : ok;
}

static bool check_items(const struct test_case *c, const struct rules *r)
{
	struct match_work *w = match_work_new(r);
	struct str items = c->items, all;
	struct buf got;
	bool ok;

	buf_init(&got, 1 << 20);
	assert_non_null(w);
	while (items.n > 0) {
		struct str line = str_split(&items, '\n');
		if (line.n)
			describe_row(&got, r, w, line);
	}
	match_work_free(w);
	all = (struct str){buf_str(&got), got.len};
	ok = str_eq(all, c->want) || differs(c, all, c->want);
	buf_fini(&got);
	return ok;
}

static bool run_case(const struct test_case *c)
{
	struct rules_file files[RULES_MAX];
	struct rules *r = NULL;
	struct buf report;
	enum err_code rc;
	bool ok;

	for (size_t i = 0; i < c->rule_files; i++)
		files[i] = (struct rules_file){i ? "over:" : "rules", c->rules[i].p, c->rules[i].n};
	buf_init(&report, 1 << 20);
	rc = rules_compile(files, c->rule_files, &r, &report, NULL);
	if (c->errors.p)
		ok = rc == ERR_CONFIG && check_errors(c, &report);
	else if (rc)
		ok = differs(c, (struct str){buf_str(&report), report.len}, c->want);
	else
		ok = check_items(c, r);
	rules_free(r);
	buf_fini(&report);
	return ok;
}

/* The text up to the next line that begins with "===" or "---"; empty lines before such a
 * line belong to nobody. */
static struct str take_block(struct str *rest)
{
	struct str block = {rest->p, 0};

	while (rest->n > 0 && !str_has_prefix(*rest, "===") && !str_has_prefix(*rest, "---")) {
		struct str line = str_split(rest, '\n');
		block.n = (size_t)(line.p + line.n - block.p);
		if (block.p + block.n < (rest->p ? rest->p : block.p + block.n))
			block.n++;
	}
	while (block.n > 1 && block.p[block.n - 1] == '\n' && block.p[block.n - 2] == '\n')
		block.n--;
	return block;
}

/* Cases of a file; *bad counts those that fail. */
static size_t run_file(struct str rest, size_t *bad)
{
	size_t count = 0;

	while (rest.n > 0) {
		struct str line = str_split(&rest, '\n');
		struct test_case c;
		if (!str_has_prefix(line, "=== "))
			continue;
		memset(&c, 0, sizeof c);
		c.name = str_sub(line, 4, line.n);
		while (rest.n > 0 && str_has_prefix(rest, "---")) {
			struct str head = str_split(&rest, '\n'), block = take_block(&rest);
			if (str_is(head, "--- rules")) {
				assert_true(c.rule_files < RULES_MAX);
				c.rules[c.rule_files++] = block;
			} else if (str_is(head, "--- items"))
				c.items = block;
			else if (str_is(head, "--- want"))
				c.want = block;
			else if (str_is(head, "--- errors"))
				c.errors = block;
			else
				fail_msg("%.*s", (int)head.n, head.p);
		}
		*bad += !run_case(&c);
		count++;
	}
	return count;
}

static void test_goldens(void **state)
{
	const char *dir = "tests/data/matcher";
	struct dirent **list = NULL;
	int n = scandir(dir, &list, NULL, alphasort);
	size_t cases = 0, bad = 0;

	(void)state;
	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		struct buf text;
		char *path = path_join(dir, list[i]->d_name);
		if (str_has_suffix(str_of(list[i]->d_name), ".case")) {
			buf_init(&text, 1 << 20);
			assert_int_equal(path_read(path, &text, NULL), ERR_OK);
			cases += run_file((struct str){buf_str(&text), text.len}, &bad);
			buf_fini(&text);
		}
		free(path);
		free(list[i]);
	}
	free(list);
	assert_true(cases >= 35);
	assert_int_equal(bad, 0);
}

/* --- beyond goldens -------------------------------------------------------------- */

static struct rules *compile(const char *text)
{
	struct rules_file f = {"rules", text, strlen(text)};
	struct rules *r = NULL;
	struct err e = {ERR_OK, ""};

	if (rules_compile(&f, 1, &r, NULL, &e) != ERR_OK)
		fail_msg("%s", e.text);
	return r;
}

static void test_big_text(void **state)
{
	struct rules *r = compile("[甲]\n欠薪 ~5 工地 3分\n/[^。]*欠薪[^，]*结束/ 2分\n哈 ~9 嘿\n");
	struct arena *a = arena_new((size_t)1 << 30);
	struct match_input in = {.title = NULL};
	struct match_result m;
	struct buf b;
	struct err e = {ERR_OK, ""};

	(void)state;
	buf_init(&b, (size_t)8 << 20);
	for (int i = 0; i < 1000000; i++)
		buf_add_str(&b, "哈");
	buf_add_str(&b, "工地欠薪");
	in.text = buf_str(&b);
	in.text_size = b.len;
	assert_int_equal(match_text(r, &in, a, &m, &e), ERR_OK);
	assert_int_equal(m.topic_count, 1);
	assert_int_equal(m.topics[0].score, 3);
	assert_int_equal(m.topics[0].hits[0].spans[0].start, 1000000);
	buf_fini(&b);
	arena_free(a);
	rules_free(r);
}

/* (甲|甲甲|… `n` times) */
static void add_run_words(struct buf *b, const char *word, int n)
{
	for (int i = 1; i <= n; i++) {
		buf_add_str(b, i == 1 ? "(" : "|");
		for (int k = 0; k < i; k++)
			buf_add_str(b, word);
	}
	buf_add_str(b, ")");
}

static void add_times(struct buf *b, const char *piece, int n)
{
	for (int i = 0; i < n; i++)
		buf_add_str(b, piece);
}

struct dense {
	struct arena *arena;
	struct buf rules, text;
	struct rules *r;
	struct match_result result;
};

static void dense_init(struct dense *d)
{
	d->arena = arena_new((size_t)1 << 30);
	buf_init(&d->rules, 1 << 20);
	buf_init(&d->text, (size_t)8 << 20);
	buf_add_str(&d->rules, "[甲]\n");
}

static void dense_judge(struct dense *d)
{
	struct match_input in = {.text = buf_str(&d->text), .text_size = d->text.len};
	struct err e = {ERR_OK, ""};

	d->r = compile(buf_str(&d->rules));
	assert_int_equal(match_text(d->r, &in, d->arena, &d->result, &e), ERR_OK);
	assert_int_equal(d->result.topic_count, 1);
}

static void dense_fini(struct dense *d)
{
	rules_free(d->r);
	buf_fini(&d->rules);
	buf_fini(&d->text);
	arena_free(d->arena);
}

/* A text that says nothing but words of rules: lines of words alone are sure, a chain beside
 * which there are too many places is undecided, and no item ends a run for want of memory. */
static void test_many_places(void **state)
{
	struct dense d;

	(void)state;
	dense_init(&d);
	add_run_words(&d.rules, "甲", 60);
	buf_add_str(&d.rules, " ~3 乙 5分\n甲");
	add_times(&d.rules, " ~999 甲", 199);
	buf_add_str(&d.rules, " 7分\n乙 2分\n/甲乙丙/ 3分\n甲乙 ~0 丙 4分\n");
	add_times(&d.text, "甲", 300000);
	buf_add_str(&d.text, "乙丙");
	dense_judge(&d);
	/* Of a word that none was kept of yet, the first place is. */
	assert_int_equal(d.result.topics[0].score, 2 + 3 + 4);
	assert_int_equal(d.result.undecided_count, 2);
	for (size_t i = 0; i < d.result.undecided_count; i++)
		assert_string_equal(d.result.undecided[i].why, "too-many-places");
	dense_fini(&d);
}

/* Many places of several lengths, none near another: each is looked at once. Pair by pair this
 * would take minutes. */
static void test_dense_chain(void **state)
{
	struct dense d;

	(void)state;
	dense_init(&d);
	add_run_words(&d.rules, "甲", 30);
	buf_add_str(&d.rules, " ~999 ");
	add_run_words(&d.rules, "丙", 30);
	buf_add_str(&d.rules, " 3分\n");
	for (int i = 0; i < 150; i++) {
		add_times(&d.text, "甲", 100);
		buf_add_str(&d.text, "。");
		add_times(&d.text, "丙", 100);
		buf_add_str(&d.text, "。");
	}
	buf_add_str(&d.text, "丙丁甲");
	dense_judge(&d);
	assert_int_equal(d.result.undecided_count, 0);
	assert_int_equal(d.result.topics[0].hits[0].span_count, 2);
	dense_fini(&d);
}

static void test_field_limit(void **state)
{
	struct rules *r = compile("[甲]\n欠薪\n");
	struct arena *a = arena_new((size_t)1 << 30);
	size_t n = ((size_t)16 << 20) + 1;
	char *text = malloc(n);
	struct match_input in = {.text = text, .text_size = n};
	struct match_result m;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_non_null(text);
	memset(text, 'a', n);
	assert_int_equal(match_text(r, &in, a, &m, &e), ERR_LIMIT);
	free(text);
	arena_free(a);
	rules_free(r);
}

static void test_title_key(void **state)
{
	struct normalise_table *table = normalise_table_new();
	struct buf a, b;

	(void)state;
	assert_non_null(table);
	buf_init(&a, 1000);
	buf_init(&b, 1000);
	assert_int_equal(match_title_key(NULL, &a, "【求助】工地拖欠工資！",
				 strlen("【求助】工地拖欠工資！"), NULL),
		ERR_OK);
	assert_int_equal(match_title_key(table, &b, "求助 工地，拖欠工资",
				 strlen("求助 工地，拖欠工资"), NULL),
		ERR_OK);
	assert_string_equal(buf_str(&a), "求助工地拖欠工资");
	/* With and without the table. */
	assert_string_equal(buf_str(&a), buf_str(&b));
	buf_fini(&a);
	buf_fini(&b);
	normalise_table_free(table);
}

/* The hash names the content, not the file's name. */
static void test_hash(void **state)
{
	struct rules *a = compile("[甲]\n欠薪\n"), *b = compile("[甲]\n欠薪\n"),
		     *c = compile("[甲]\n欠钱\n");

	(void)state;
	assert_int_equal(strlen(rules_hash(a)), 64);
	assert_string_equal(rules_hash(a), rules_hash(b));
	assert_string_not_equal(rules_hash(a), rules_hash(c));
	rules_free(a);
	rules_free(b);
	rules_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_goldens),
		cmocka_unit_test(test_big_text),
		cmocka_unit_test(test_many_places),
		cmocka_unit_test(test_dense_chain),
		cmocka_unit_test(test_field_limit),
		cmocka_unit_test(test_title_key),
		cmocka_unit_test(test_hash),
	};

	if (hash_init(NULL) != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
