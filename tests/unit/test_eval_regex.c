/*
 * test_eval_regex.c - a regex that is run only near its words finds what it finds in the
 * whole text: the same matches, and it is undecided where that is. With JIT and without.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/str.h"
#include "base/utf8.h"
#include "matcher/eval.h"
#include "tests/unit/jit.h"
#include "tests/unit/patterns.h"

/* Few words in much else, so that there is something to leave out. */
static void add_words(struct buf *text, uint64_t *seed)
{
	static const char *const words[] = {"薪", "工", "哈薪", "薪工", "工薪哈", "1薪", "x工"};
	struct buf with;
	uint32_t n = patterns_random(seed) % 4;

	buf_init(&with, 1 << 16);
	while (n-- > 0) {
		size_t at = text->len ? patterns_random(seed) % text->len : 0;
		at = utf8_floor(buf_str(text), at);
		buf_clear(&with);
		buf_add(&with, buf_str(text), at);
		buf_add_str(&with, PATTERNS_PICK(seed, words));
		buf_add(&with, buf_str(text) + at, text->len - at);
		buf_clear(text);
		buf_add(text, buf_str(&with), with.len);
	}
	buf_fini(&with);
}

static struct rules *load(const struct buf *pattern)
{
	struct rules *r = NULL;
	struct rules_file file = {"rules", NULL, 0};
	struct buf b;

	buf_init(&b, 1 << 16);
	buf_addf(&b, "[甲]\n/%s/\n", buf_str(pattern));
	file.text = buf_str(&b);
	file.size = b.len;
	(void)rules_compile(&file, 1, &r, NULL, NULL);
	buf_fini(&b);
	return r;
}

/* The long way: the whole text from its beginning, as bytes. */
static void same_as_whole(
	const struct rules *r, const struct shadow *s, const struct eval_matches *m)
{
	const struct regex_need *need = regex_need(r->regex[0].regex);
	struct regex_work *w = regex_work_new();
	enum regex_verdict verdict;
	size_t count = 0, from = 0, start, end;
	const char *why;

	assert_non_null(w);
	while ((verdict = regex_next(r->regex[0].regex, w, s->bytes, s->size, from, &start, &end,
			&why)) == REGEX_YES) {
		assert_true(count < m->count);
		assert_true(!need->begins ||
			    regex_set_has(&need->first, s->cp[utf8_count(s->bytes, start)]));
		assert_int_equal(m->span[2 * count], utf8_count(s->bytes, start));
		assert_int_equal(m->span[2 * count + 1], utf8_count(s->bytes, end));
		from = end;
		count++;
	}
	assert_int_equal(m->count, count);
	assert_int_equal(m->undecided, verdict == REGEX_UNDECIDED);
	regex_work_free(w);
}

static void try_text(const struct rules *r, struct eval *v, const struct buf *text)
{
	struct match_input in = {.text = buf_str(text), .text_size = text->len};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);

	assert_int_equal(eval_begin(v, &in, a, NULL), ERR_OK);
	const struct eval_matches *m = eval_matches_of(v, 0, MATCH_TEXT);
	assert_true(normalise_make_bytes(&v->field[MATCH_TEXT]));
	same_as_whole(r, &v->field[MATCH_TEXT], m);
	arena_free(a);
}

/* Whether it was a pattern of which only a part of the text is looked at. */
static bool try_pattern(const struct buf *pattern, uint64_t *seed, struct buf *text)
{
	static const char *const without[] = {"哈", "薪", "薪", "工", "工", ""};
	struct rules *r = load(pattern);
	struct eval v;
	bool near;

	if (!r)
		return false;
	near = regex_need(r->regex[0].regex)->near;
	assert_int_equal(eval_init(&v, r, NULL), ERR_OK);
	for (int i = 0; i < 6 && near; i++) {
		patterns_add_runs(text, seed, PATTERNS_PICK(seed, without));
		add_words(text, seed);
		try_text(r, &v, text);
	}
	eval_fini(&v);
	rules_free(r);
	return near;
}

static void try_many(bool refuse_jit, int64_t rounds)
{
	uint64_t seed = 20261126;
	int64_t near = 0;
	struct buf pattern, text;

	jit_is_refused = refuse_jit;
	buf_init(&pattern, 1 << 16);
	buf_init(&text, 1 << 16);
	for (int64_t i = 0; i < rounds; i++) {
		buf_clear(&pattern);
		patterns_add_part(&pattern, &seed, 3);
		near += try_pattern(&pattern, &seed, &text);
	}
	assert_true(near > rounds / 20);
	buf_fini(&pattern);
	buf_fini(&text);
	jit_is_refused = false;
}

static int64_t rounds_wanted(void)
{
	const char *wanted = getenv("FUZZ_ROUNDS");
	int64_t rounds = 8000;

	if (wanted)
		assert_true(str_to_int(str_of(wanted), 1, 100000000, &rounds));
	return rounds / 10 + 1; /* each takes ten times what others' rounds take */
}

static void test_near_is_whole(void **state)
{
	(void)state;
	try_many(false, rounds_wanted());
}

static void test_without_jit(void **state)
{
	(void)state;
	try_many(true, rounds_wanted() / 4);
}

/* The three shapes that are run near their words; others are not. */
static void test_which(void **state)
{
	static const struct {
		const char *pattern;
		bool near;
	} rows[] = {{"拖欠.{0,20}工资|工资.{0,20}拖欠", true},
		{"(?:污水|臭水)[^，。！？]{0,12}排放", true},
		{"([0-9０-９]+|[一二三四五六七八九十]+)[个名起].{0,6}工人", true},
		{"(?<![·•])凯里(?![·•]?(欧文|穆里根))", true}, {"\\b拖欠$", true}, {"^拖欠", true},
		{"[^，]*拖欠", false}, {"拖欠(.{1,3}了)+", false}, {"a.{0,3}b", false}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf b;
		struct rules *r;
		buf_init(&b, 1000);
		buf_add_str(&b, rows[i].pattern);
		r = load(&b);
		assert_non_null(r);
		if (regex_need(r->regex[0].regex)->near != rows[i].near)
			fail_msg("/%s/ is run %s its words", rows[i].pattern,
				rows[i].near ? "not only near" : "near");
		rules_free(r);
		buf_fini(&b);
	}
}

/* --- what all regexes of an item may cost together --- */

#define WIDE 400 /* rules, a topic each */

static struct rules *load_wide(void)
{
	struct rules_file file = {"rules", NULL, 0};
	struct rules *r = NULL;
	struct buf b;

	buf_init(&b, 1 << 20);
	for (int i = 0; i < WIDE; i++)
		buf_addf(&b, "[t%d]\n/欠.{0,%d}薪\\d/\n", i, 200 - i % 100);
	file.text = buf_str(&b);
	file.size = b.len;
	assert_int_equal(rules_compile(&file, 1, &r, NULL, NULL), ERR_OK);
	buf_fini(&b);
	return r;
}

/* Of a text of so many of these words: how many lines are undecided. Those that asked first
 * are not. */
static size_t undecided_of(struct match_work *w, const char *word, size_t times)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct match_result m;
	struct match_input in = {.text = ""};
	struct buf text;
	size_t count;

	buf_init(&text, 1 << 20);
	for (size_t i = 0; i < times; i++)
		buf_add_str(&text, word);
	buf_add_str(&text, "欠薪1");
	in.text = buf_str(&text);
	in.text_size = text.len;
	assert_int_equal(match_text_with(w, &in, a, &m, NULL), ERR_OK);
	count = m.undecided_count;
	assert_int_equal(count + m.topic_count, WIDE);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(m.undecided[i].why, "match-limit");
		assert_int_equal(m.undecided[i].line, 2 * (WIDE - count + i) + 2);
	}
	arena_free(a);
	buf_fini(&text);
	return count;
}

/* Each is bounded; so is what they cost together, the same with JIT and without. */
static void test_sum(void **state)
{
	size_t undecided[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct rules *r;
		struct match_work *w;
		jit_is_refused = i == 1;
		r = load_wide();
		w = match_work_new(r);
		assert_non_null(w);
		undecided[i] = undecided_of(w, "欠薪", 1000);
		/* The next item has all of it again, and few words cost little in a long text. */
		assert_int_equal(undecided_of(w, "欠薪", 10), 0);
		assert_int_equal(undecided_of(w, "一二三四五六七八", 1000), 0);
		match_work_free(w);
		rules_free(r);
	}
	jit_is_refused = false;
	assert_true(undecided[0] > 0 && undecided[0] < WIDE);
	assert_int_equal(undecided[0], undecided[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sum),
		cmocka_unit_test(test_which),
		cmocka_unit_test(test_near_is_whole),
		cmocka_unit_test(test_without_jit),
	};

	if (hash_init(NULL) != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
