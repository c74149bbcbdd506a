/*
 * test_source_channels.c - rows of channels.conf as sources.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "crawler/source_channels.h"

struct reading {
	struct conf *conf;
	struct arena *arena;
	struct source source;
	bool polled;
	struct err err;
	enum err_code rc;
};

static struct reading read_one(const char *text)
{
	struct reading r = {.arena = arena_new(ARENA_MAX_DEFAULT)};

	assert_int_equal(conf_parse("channels.conf", text, strlen(text), &r.conf, &r.err), ERR_OK);
	r.rc = source_from_channel(
		r.conf, conf_section_at(r.conf, 0), r.arena, &r.source, &r.polled, &r.err);
	return r;
}

static void end(struct reading *r)
{
	conf_free(r->conf);
	arena_free(r->arena);
}

static void test_list(void **state)
{
	struct reading r =
		read_one("[市政府网站]\nclass = 政府网站\nlist = http://www.example.gov.cn/a/\n"
			 "items = //li\nevery = 2h\n");

	(void)state;
	assert_int_equal(r.rc, ERR_OK);
	assert_true(r.polled);
	assert_int_equal(r.source.kind, DOCUMENT_LIST);
	assert_string_equal(r.source.channel, "市政府网站");
	assert_string_equal(r.source.items, "//li");
	assert_int_equal(r.source.every, 7200);
	assert_true(r.source.enabled && r.source.robots && !r.source.allow_private);
	assert_int_equal(strlen(r.source.id), strlen("channel-") + 8);
	assert_string_equal(r.source.id, source_channel_id("市政府网站", r.arena));
	assert_string_not_equal(r.source.id, source_channel_id("州政府网站", r.arena));
	end(&r);
}

static void test_feed_and_none(void **state)
{
	struct reading r = read_one("[a]\nfeed = https://www.example.gov.cn/rss.xml\n");

	(void)state;
	assert_true(r.polled);
	assert_int_equal(r.source.kind, DOCUMENT_FEED);
	assert_int_equal(r.source.every, 3600);
	end(&r);
	r = read_one("[a]\nhost = www.example.gov.cn\n");
	assert_int_equal(r.rc, ERR_OK);
	assert_false(r.polled);
	end(&r);
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *text, *place;
	} rows[] = {
		{"[a]\nfeed = http://x.example/\nlist = http://y.example/\n",
			"channels.conf:3:1: "},
		{"[a]\nlist = ftp://x.example/\n", "channels.conf:2:8: "},
		{"[a]\nlist = http://x.example/\nevery = 5s\n", "channels.conf:3:9: "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reading r = read_one(rows[i].text);
		assert_int_equal(r.rc, ERR_CONFIG);
		assert_int_equal(strncmp(r.err.text, rows[i].place, strlen(rows[i].place)), 0);
		end(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_feed_and_none),
		cmocka_unit_test(test_mistakes),
	};

	return cmocka_run_group_tests_name("source_channels", tests, NULL, NULL);
}
