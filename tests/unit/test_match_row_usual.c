/*
 * test_match_row_usual.c - the short way to read a row against the tree: where it does not
 * give up, both say the same. Random rows, whole and damaged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/match_row.h"

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

#define PICK(seed, list) (list)[next_random(seed) % (sizeof(list) / sizeof *(list))]

static void add_string(struct buf *b, uint64_t *seed)
{
	static const char *const pieces[] = {"拖欠工资", "某小区", "，", "。", "a", "1", " ", "é",
		"😀", "\\n", "\\\"", "\\\\", "\\/", "\\t", "\\u62d6", "\\u0000", "\\ud800", "\\x",
		"\x01", "\xff", "\xe4\xb8", "\x7f", "\xc2\xa0", "\xef\xbb\xbf"};

	buf_add_char(b, '"');
	for (uint32_t n = next_random(seed) % 12; n > 0; n--)
		buf_add_str(b, next_random(seed) % 20 ? pieces[next_random(seed) % 14]
						      : PICK(seed, pieces));
	buf_add_char(b, '"');
}

static void add_value(struct buf *b, uint64_t *seed)
{
	static const char *const others[] = {"null", "true", "false", "12", "-7", "0", "-0", "007",
		"1.5", "1e3", "9223372036854775807", "99999999999999999999", "NaN", "[]",
		"{\"a\":1}", "nul", "\"", ""};

	if (next_random(seed) % 4)
		add_string(b, seed);
	else
		buf_add_str(b,
			next_random(seed) % 4 ? others[next_random(seed) % 6] : PICK(seed, others));
}

static void add_row(struct buf *b, uint64_t *seed)
{
	static const char *const keys[] = {"id", "title", "text", "content", "summary", "source",
		"kind", "local", "url", "", "ti\\u0074le"};
	static const char *const spaces[] = {"", "", "", "", " ", "\t", "\n"};
	uint32_t n = next_random(seed) % 7;

	buf_add_str(b, "{");
	for (uint32_t i = 0; i < n; i++) {
		buf_addf(b, "%s%s\"%s\"%s:%s", i ? "," : "", PICK(seed, spaces), PICK(seed, keys),
			PICK(seed, spaces), PICK(seed, spaces));
		add_value(b, seed);
		buf_add_str(b, PICK(seed, spaces));
	}
	buf_add_str(b, next_random(seed) % 20 ? "}" : "} ");
}

static void same_str(const struct buf *row, const char *a, const char *b)
{
	if ((a == NULL) != (b == NULL) || (a && strcmp(a, b) != 0))
		fail_msg("%s: “%s” and “%s”", buf_str(row), a ? a : "(none)", b ? b : "(none)");
}

/* Whether the short way took it. */
static bool compare(const struct buf *row, struct arena *a)
{
	struct match_row_members short_way, long_way;
	struct json *root = NULL;

	if (!match_row_read_usual(row->data, row->len, a, &short_way))
		return false;
	if (match_row_read_tree(row->data, row->len, a, &long_way, &root, NULL) != ERR_OK)
		fail_msg("%s is no row", buf_str(row));
	for (int k = 0; k < MATCH_ROW_KEYS; k++)
		/* Of a row with a text the tree's way does not look at the others. */
		if (!long_way.str[MATCH_ROW_TEXT] ||
			(k != MATCH_ROW_CONTENT && k != MATCH_ROW_SUMMARY))
			same_str(row, short_way.str[k], long_way.str[k]);
	assert_int_equal(short_way.local, long_way.local);
	json_free(root);
	return true;
}

static void test_against_tree(void **state)
{
	uint64_t seed = 20261126;
	int taken = 0;
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct buf row;

	(void)state;
	buf_init(&row, 1 << 16);
	for (int i = 0; i < 60000; i++) {
		buf_clear(&row);
		arena_reset(a);
		add_row(&row, &seed);
		if (next_random(&seed) % 8 == 0 && row.len)
			row.len = next_random(&seed) % row.len;
		taken += compare(&row, a);
	}
	if (taken < 3000)
		fail_msg("the short way took only %d rows", taken);
	buf_fini(&row);
	arena_free(a);
}

/* What nearly all rows are must not need the tree. */
static void test_usual(void **state)
{
	static const char *const rows[] = {
		"{\"id\":\"1\",\"title\":\"讨薪\",\"text\":\"拖欠 3 个月\\n没人管\"}",
		"{\"id\":12,\"title\":null,\"text\":\"😀\",\"local\":true,\"source\":\"某报\"}",
		"{\"url\":\"https://example.gov.cn/1\", \"content\": \"村\", \"summary\":\"某\"}"};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct match_row_members m;
		assert_true(match_row_read_usual(rows[i], strlen(rows[i]), a, &m));
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_tree),
		cmocka_unit_test(test_usual),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
