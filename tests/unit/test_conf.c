/*
 * test_conf.c - the configuration reader: forms it reads, mistakes it places.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/conf.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static struct conf *parse_or_fail(const char *text)
{
	struct conf *c = NULL;
	struct err e = {0};

	if (conf_parse("x.conf", text, strlen(text), &c, &e) != ERR_OK)
		fail_msg("%s", e.text);
	return c;
}

static void test_forms(void **state)
{
	struct conf *c = parse_or_fail("\xEF\xBB\xBFname = 某市网信办\r\n"
				       "# comment = no\r\n"
				       "\r\n"
				       "[kaili-gov]\r\n"
				       "  url   =  http://example.gov.cn/?a=b#c  \r\n"
				       "\t# indented comment\r\n"
				       "empty =\r\n"
				       "[ 督查 ]\n"
				       "级别 = 一般 # not a comment\n"
				       "last=1");
	const struct conf_section *s = conf_section_at(c, 1);

	(void)state;
	assert_string_equal(conf_name(c), "x.conf");
	assert_int_equal(conf_section_count(c), 3);
	assert_string_equal(conf_get(conf_section_find(c, ""), "name", NULL), "某市网信办");
	assert_string_equal(s->name, "kaili-gov");
	assert_int_equal(s->line, 4);
	assert_int_equal(s->count, 2);
	const struct conf_value *v = conf_find(s, "url");
	assert_string_equal(v->value, "http://example.gov.cn/?a=b#c");
	assert_int_equal(v->line, 5);
	assert_int_equal(v->key_column, 3);
	assert_int_equal(v->column, 12);
	assert_string_equal(conf_get(s, "empty", "x"), "");
	assert_string_equal(conf_get(s, "absent", "x"), "x");
	s = conf_section_find(c, "督查");
	assert_string_equal(conf_get(s, "级别", NULL), "一般 # not a comment");
	assert_string_equal(conf_get(s, "last", NULL), "1");
	assert_int_equal(conf_find(s, "级别")->column, 6); /* in characters */
	assert_null(conf_section_find(c, "nope"));
	assert_null(conf_section_at(c, 3));
	assert_null(conf_find(NULL, "x"));
	assert_string_equal(conf_get(NULL, "x", "y"), "y");
	conf_free(c);
	c = parse_or_fail("");
	assert_int_equal(conf_section_count(c), 0);
	conf_free(c);
	conf_free(NULL);
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"[a", "x.conf:1:3: the section's name does not end"},
		{"\n[a] b", "x.conf:2:4: nothing may follow"},
		{"[a] # c", "x.conf:1:4: nothing may follow"},
		{"[]", "x.conf:1:1: the section has no name"},
		{"[ ]", "x.conf:1:1: the section has no name"},
		{"[a]\nx = 1\n[b]\n[a]\n", "x.conf:4:1: section [a] again; it was first on line 1"},
		{"[a]\nx = 1\ny = 2\n x = 3\n",
			"x.conf:4:2: key \"x\" again; it was first on line 2"},
		{"x = 1\nx = 2", "x.conf:2:1: key \"x\" again"},
		{"[a]\nword", "x.conf:2:1: expected [section] or key = value"},
		{"[a]\n = 1", "x.conf:2:2: there is no key"},
		{"[a]\n名称＝某", "x.conf:2:1: expected [section] or key = value; the sign \"＝\""},
		{"【a】", "x.conf:1:1: expected [section] or key = value; write the section's"},
		{"[a]\n某某 = \xC4\xE3", "x.conf:2:6: this is not UTF-8"},
		{"\xff\xfe[", "x.conf:1:1: this is not UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct conf *c = NULL;
		struct err e = {0};
		assert_int_equal(conf_parse("x.conf", rows[i].text, strlen(rows[i].text), &c, &e),
			ERR_CONFIG);
		assert_null(c);
		if (strncmp(e.text, rows[i].want, strlen(rows[i].want)) != 0)
			fail_msg("want %s, got %s", rows[i].want, e.text);
	}
	struct conf *c = NULL;
	struct err e = {0};
	assert_int_equal(conf_parse("x.conf", "[a]\nb = \0c", 10, &c, &e), ERR_CONFIG);
	assert_string_equal(e.text, "x.conf:2:5: a NUL byte in the text");
}

static void test_check(void **state)
{
	static const struct conf_key table[] = {
		{"kind", true},
		{"url", true},
		{"every", false},
		{"article", false},
		{"名称", false},
		{NULL, false},
	};
	static const struct {
		const char *text, *want; /* want NULL: fine */
	} rows[] = {
		{"[s]\nkind = feed\nurl = x\nevery = 15m", NULL},
		{"[s]\nkind = feed\nurl = x\n名称 = y", NULL},
		{"[s]\nkind = feed\n  evry = 15m",
			"x.conf:3:3: unknown key \"evry\" in [s]; did you mean \"every\"?"},
		{"[s]\nkid = feed",
			"x.conf:2:1: unknown key \"kid\" in [s]; did you mean \"kind\"?"},
		{"[s]\nUrl = x", "x.conf:2:1: unknown key \"Url\" in [s]; did you mean \"url\"?"},
		{"[s]\narticel = x",
			"x.conf:2:1: unknown key \"articel\" in [s]; did you mean \"article\"?"},
		{"[s]\ncompletely = x", "x.conf:2:1: unknown key \"completely\" in [s]"},
		{"[s]\n名字 = x",
			"x.conf:2:1: unknown key \"名字\" in [s]; did you mean \"名称\"?"},
		{"\n[s]\nkind = feed", "x.conf:2:1: [s] needs the key \"url\""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct conf *c = parse_or_fail(rows[i].text);
		struct err e = {0};
		enum err_code rc = conf_check(c, conf_section_at(c, 0), table, &e);
		assert_int_equal(rc, rows[i].want == NULL ? ERR_OK : ERR_CONFIG);
		assert_string_equal(e.text, rows[i].want == NULL ? "" : rows[i].want);
		conf_free(c);
	}
}

static void test_typed(void **state)
{
	struct conf *c = parse_or_fail("[s]\ny = yes\nn = No\nt = TRUE\nf = false\nz = 是\n"
				       "o = 否\nbad = maybe\ni = 42\nneg = -7\nspan = 15m\n");
	const struct conf_section *s = conf_section_at(c, 0);
	struct err e = {0};
	bool b = false;
	int64_t v = 0;

	(void)state;
	assert_int_equal(conf_get_bool(c, s, "y", false, &b, &e), ERR_OK);
	assert_true(b);
	assert_int_equal(conf_get_bool(c, s, "n", true, &b, &e), ERR_OK);
	assert_false(b);
	assert_int_equal(conf_get_bool(c, s, "t", false, &b, &e), ERR_OK);
	assert_true(b);
	assert_int_equal(conf_get_bool(c, s, "f", true, &b, &e), ERR_OK);
	assert_false(b);
	assert_int_equal(conf_get_bool(c, s, "z", false, &b, &e), ERR_OK);
	assert_true(b);
	assert_int_equal(conf_get_bool(c, s, "o", true, &b, &e), ERR_OK);
	assert_false(b);
	assert_int_equal(conf_get_bool(c, s, "absent", true, &b, &e), ERR_OK);
	assert_true(b);
	assert_int_equal(conf_get_bool(c, s, "bad", true, &b, &e), ERR_CONFIG);
	assert_string_equal(e.text, "x.conf:8:7: bad must be yes or no, not \"maybe\"");
	assert_int_equal(conf_get_int(c, s, "i", 0, 42, 1, &v, &e), ERR_OK);
	assert_int_equal(v, 42);
	assert_int_equal(conf_get_int(c, s, "neg", -7, 0, 1, &v, &e), ERR_OK);
	assert_int_equal(v, -7);
	assert_int_equal(conf_get_int(c, NULL, "i", 0, 9, 5, &v, &e), ERR_OK);
	assert_int_equal(v, 5);
	assert_int_equal(conf_get_int(c, s, "i", 0, 41, 1, &v, &e), ERR_CONFIG);
	assert_string_equal(
		e.text, "x.conf:9:5: i must be a whole number from 0 to 41, not \"42\"");
	assert_int_equal(conf_get_int(c, s, "span", 0, 41, 1, &v, &e), ERR_CONFIG);
	assert_int_equal(conf_get_span(c, s, "span", 0, &v, &e), ERR_OK);
	assert_int_equal(v, 900);
	assert_int_equal(conf_get_span(c, s, "absent", 60, &v, &e), ERR_OK);
	assert_int_equal(v, 60);
	assert_int_equal(conf_get_span(c, s, "i", 0, &v, &e), ERR_CONFIG);
	conf_free(c);
}

static void test_limits(void **state)
{
	struct buf b;
	struct conf *c = NULL;
	struct err e = {0};

	(void)state;
	buf_init(&b, BUF_MAX_DEFAULT);
	for (int i = 0; i <= CONF_KEYS_MAX; i++)
		buf_addf(&b, "k%d = 1\n", i);
	assert_int_equal(conf_parse("x", b.data, b.len, &c, &e), ERR_LIMIT);
	buf_clear(&b);
	for (int i = 0; i <= CONF_SECTIONS_MAX; i++)
		buf_addf(&b, "[s%d]\n", i);
	assert_int_equal(conf_parse("x", b.data, b.len, &c, &e), ERR_LIMIT);
	buf_clear(&b);
	while (b.len <= CONF_FILE_MAX)
		buf_add_str(&b, "# a line of comment that is long enough to be quick\n");
	assert_int_equal(conf_parse("x", b.data, b.len, &c, &e), ERR_LIMIT);
	buf_fini(&b);
	assert_int_equal(conf_load("/nonexistent/x.conf", &c, &e), ERR_NOT_FOUND);
	assert_int_equal(conf_load("/", &c, &e), ERR_IO);
	assert_null(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests_name("conf", tests, NULL, NULL);
}
