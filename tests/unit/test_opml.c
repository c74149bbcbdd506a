/* Subscription lists as they are found, hostile ones, and our own back in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "crawler/opml.h"

static struct arena *arena;

static enum err_code parse(const char *text, struct opml *out, struct err *e)
{
	return opml_parse(text, strlen(text), arena, out, e);
}

static void test_nested(void **state)
{
	static const char text[] =
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head>"
		"<title>mine</title></head><body>\n"
		"<outline text=\"政府\"><outline text='市直 &amp; 镇街'>\n"
		"<outline type=\"rss\" text=\"某某网\" "
		"xmlUrl=\"https://a.example.cn/?x=1&amp;y=2\"/>\n"
		"</outline></outline>\n"
		"<outline title=\"b\" XMLURL=\"https://b.example.cn/a?x=1&y=2&copy=3\" />\n"
		"<outline type=\"link\" text=\"c\" url=\"https://c.example.cn/\" "
		"huiying:kind=\"list\" huiying:local=\"yes\" huiying:enabled=\"no\"/>\n"
		"<outline type=\"rss\" text=\"no address\"/>\n"
		"<!-- <outline xmlUrl=\"https://commented.example.cn/\"/> -->\n"
		"<outline text=\"d\" xmlUrl=\"https://d.example.cn/\"><outline text=\"below d\" "
		"xmlUrl=\"https://e.example.cn/\"/></outline>\n"
		"</body></opml>\n";
	struct err e = {ERR_OK, ""};
	struct opml o;

	(void)state;
	assert_int_equal(parse(text, &o, &e), ERR_OK);
	assert_true(o.complete);
	assert_int_equal(o.count, 6);
	assert_string_equal(o.entries[0].url, "https://a.example.cn/?x=1&y=2");
	assert_string_equal(o.entries[0].category, "政府 / 市直 & 镇街");
	assert_string_equal(o.entries[0].title, "某某网");
	assert_int_equal(o.entries[0].line, 5);
	/* A stray & stays one, and &copy= is no copyright sign. */
	assert_string_equal(o.entries[1].url, "https://b.example.cn/a?x=1&y=2&copy=3");
	assert_string_equal(o.entries[1].category, "");
	assert_string_equal(o.entries[2].kind, "list");
	assert_true(o.entries[2].local && o.entries[2].off);
	assert_null(o.entries[3].url);
	assert_string_equal(o.entries[3].title, "no address");
	assert_int_equal(o.entries[3].line, 9);
	assert_string_equal(o.entries[5].category, "d");
}

static void test_damaged(void **state)
{
	struct err e = {ERR_OK, ""};
	struct opml o;

	(void)state;
	assert_int_equal(
		parse("<opml><body><outline text=a xmlUrl=https://a.example.cn/ /><outline "
		      "text='cut' xmlUrl='https://b.ex",
			&o, &e),
		ERR_OK);
	assert_false(o.complete);
	assert_int_equal(o.count, 2);
	assert_int_equal(parse("<opml version=\"1.0\"><body></body></opml>", &o, &e), ERR_OK);
	assert_true(o.complete);
	assert_int_equal(o.count, 0);
	assert_int_equal(parse("<html><body>no</body></html>", &o, &e), ERR_INPUT);
	assert_int_equal(parse("", &o, &e), ERR_INPUT);
	assert_int_equal(parse("</outline></outline></opml>", &o, &e), ERR_OK);
	assert_int_equal(o.count, 0);
}

static void test_entities(void **state)
{
	static const char text[] =
		"<!DOCTYPE opml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
		"<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
		"<opml><body><outline text=\"&b;&x;\" "
		"xmlUrl=\"https://a.example.cn/&x;\"/></body></opml>";
	struct err e = {ERR_OK, ""};
	struct opml o;

	(void)state;
	assert_int_equal(parse(text, &o, &e), ERR_OK);
	assert_int_equal(o.count, 1);
	assert_string_equal(o.entries[0].title, "&b;&x;");
	assert_string_equal(o.entries[0].url, "https://a.example.cn/&x;");
}

/* Deep, wide and long ones end soon and are bounded. */
static void test_hostile(void **state)
{
	struct err e = {ERR_OK, ""};
	struct opml o;
	struct buf b;
	clock_t from = clock();

	(void)state;
	buf_init(&b, OPML_BYTES_MAX + 100);
	buf_add_str(&b, "<opml><body>");
	for (int i = 0; i < 100000; i++)
		buf_add_str(&b, "<outline text='x'>");
	buf_add_str(&b, "<outline xmlUrl='https://deep.example.cn/'/>");
	assert_int_equal(opml_parse(b.data, b.len, arena, &o, &e), ERR_OK);
	assert_int_equal(o.count, 1);
	buf_clear(&b);
	buf_add_str(&b, "<opml><outline ");
	while (b.len < OPML_BYTES_MAX - 100)
		buf_add_str(&b, "a=b ");
	assert_int_equal(opml_parse(b.data, b.len, arena, &o, &e), ERR_OK);
	buf_clear(&b);
	buf_add_str(&b, "<opml>");
	while (b.len < OPML_BYTES_MAX - 100)
		buf_add_str(&b, "<outline url='u'/>");
	assert_int_equal(opml_parse(b.data, b.len, arena, &o, &e), ERR_LIMIT);
	buf_clear(&b);
	buf_add_str(&b, "<opml><outline text='");
	while (b.len < ((size_t)1 << 20))
		buf_add_str(&b, "xxxxxxxxxxxxxxxx");
	buf_add_str(&b, "'/></opml>");
	assert_int_equal(opml_parse(b.data, b.len, arena, &o, &e), ERR_LIMIT);
	while (b.len <= OPML_BYTES_MAX)
		buf_add_str(&b, "<<<<<<<<<<<<<<<<");
	assert_int_equal(opml_parse(b.data, b.len, arena, &o, &e), ERR_LIMIT);
	buf_fini(&b);
	assert_true((clock() - from) / CLOCKS_PER_SEC < 20);
}

static void test_written(void **state)
{
	static const char conf[] =
		"[a]\nname = 某 \"网\" & <b>\nurl = https://a.example.cn/?x=1&y=2\nevery = 2h\n"
		"local = yes\n[b]\nkind = list\nurl = https://b.example.cn/\nenabled = no\n";
	struct sources *s = NULL;
	struct err e = {ERR_OK, ""};
	struct opml o;
	struct buf b;

	(void)state;
	assert_int_equal(sources_parse("s", conf, sizeof conf - 1, &s, &e), ERR_OK);
	buf_init(&b, 1 << 20);
	assert_int_equal(opml_write(s, "t & u", 1795392000, false, &b, &e), ERR_OK);
	assert_non_null(strstr(b.data, "<opml version=\"2.0\""));
	assert_non_null(strstr(b.data, "<dateCreated>Mon, 23 Nov 2026 00:00:00 GMT"));
	assert_int_equal(opml_parse(b.data, b.len, arena, &o, &e), ERR_OK);
	assert_int_equal(o.count, 2);
	assert_string_equal(o.entries[0].title, "某 \"网\" & <b>");
	assert_string_equal(o.entries[0].url, "https://a.example.cn/?x=1&y=2");
	assert_string_equal(o.entries[0].id, "a");
	assert_string_equal(o.entries[0].every, "7200s");
	assert_true(o.entries[0].local);
	assert_string_equal(o.entries[1].kind, "list");
	assert_true(o.entries[1].off);
	buf_clear(&b);
	assert_int_equal(opml_write(s, "t", 0, true, &b, &e), ERR_OK);
	assert_non_null(strstr(b.data, "<opml version=\"1.0\">"));
	assert_null(strstr(b.data, "huiying:"));
	buf_fini(&b);
	sources_free(s);
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new(ARENA_MAX_DEFAULT);
	return arena ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_entities),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_written),
	};

	return cmocka_run_group_tests_name("opml", tests, setup, teardown);
}
