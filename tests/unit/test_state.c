/*
 * test_state.c - what is remembered between runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"
#include "crawler/state.h"

static bool is_a(const char *id, const void *arg)
{
	(void)arg;
	return strcmp(id, "a") == 0;
}

static void temp_path(char path[64])
{
	strcpy(path, "/tmp/huiying-state-XXXXXX");
	assert_int_not_equal(close(mkstemp(path)), -1);
}

static void test_round_trip(void **state)
{
	char path[64];
	struct state *s = NULL;
	struct state_source *a;
	struct state_robots *r;
	struct err e = {ERR_OK, ""};
	bool damaged;

	(void)state;
	temp_path(path);
	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	assert_int_equal(state_set_validators(
				 a, "http://a.cn/", "W/\"1\"", "Mon, 23 Nov 2026 00:00:00 GMT", &e),
		ERR_OK);
	assert_int_equal(state_set_outcome(a, "http://a.cn/", 1000, 900, NULL, 0, &e), ERR_OK);
	assert_non_null(state_source(s, "gone"));
	r = state_robots(s, "http://a.cn:80");
	r->fetched = 900;
	r->verdict = STATE_ROBOTS_RULES;
	r->text = strdup("user-agent: *\n");
	r->size = strlen(r->text);
	state_robots(s, "http://b.cn:80")->verdict = STATE_ROBOTS_DENY;
	r = state_robots(s, "http://c.cn:80");
	r->verdict = STATE_ROBOTS_ALLOW;
	r->fetched = 900;
	r = state_robots(s, "http://old.cn:80");
	r->verdict = STATE_ROBOTS_ALLOW;
	r->fetched = 1000 - STATE_ROBOTS_KEPT - 1;
	assert_int_equal(state_save(s, path, 1000, is_a, NULL, &e), ERR_OK);
	state_free(s);

	assert_int_equal(state_load(path, &s, &damaged, &e), ERR_OK);
	assert_false(damaged);
	a = state_source(s, "a");
	assert_string_equal(a->etag, "W/\"1\"");
	assert_string_equal(a->last_modified, "Mon, 23 Nov 2026 00:00:00 GMT");
	assert_string_equal(a->url, "http://a.cn/");
	assert_int_equal(a->next, 1900);
	assert_int_equal(a->succeeded, 1000);
	assert_int_equal(a->streak, 0);
	assert_int_equal(state_source(s, "gone")->checked, 0);
	r = state_robots(s, "http://a.cn:80");
	assert_int_equal(r->verdict, STATE_ROBOTS_RULES);
	assert_string_equal(r->text, "user-agent: *\n");
	assert_int_equal(state_robots(s, "http://b.cn:80")->verdict, STATE_ROBOTS_UNKNOWN);
	assert_int_equal(state_robots(s, "http://c.cn:80")->verdict, STATE_ROBOTS_ALLOW);
	assert_int_equal(state_robots(s, "http://old.cn:80")->verdict, STATE_ROBOTS_UNKNOWN);
	state_free(s);
	unlink(path);
}

static void test_missing_and_damaged(void **state)
{
	static const char *const bad[] = {
		"", "{", "[]", "{\"sources\":{\"a\":{\"etag\":1}}", "\xff"};
	char path[64];
	struct state *s = NULL;
	struct err e = {ERR_OK, ""};
	bool damaged;

	(void)state;
	temp_path(path);
	unlink(path);
	assert_int_equal(state_load(path, &s, &damaged, &e), ERR_OK);
	assert_false(damaged);
	state_free(s);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(path_write_atomic(path, bad[i], strlen(bad[i]), 0600, &e), ERR_OK);
		assert_int_equal(state_load(path, &s, &damaged, &e), ERR_OK);
		assert_true(damaged);
		state_free(s);
	}
	unlink(path);
}

/* A validator is a header of the next request: nothing may end its line. */
static void test_validators(void **state)
{
	char longer[STATE_VALIDATOR_MAX + 2];
	struct state *s = NULL;
	struct state_source *a;
	struct err e = {ERR_OK, ""};

	(void)state;
	memset(longer, 'e', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	assert_int_equal(state_set_validators(a, "u", "\"1\"\r\nX: y", "\x01", &e), ERR_OK);
	assert_null(a->etag);
	assert_null(a->last_modified);
	assert_int_equal(state_set_validators(a, "u", longer, "ok", &e), ERR_OK);
	assert_null(a->etag);
	assert_string_equal(a->last_modified, "ok");
	/* the pair of one answer: what it lacks is forgotten */
	assert_int_equal(state_set_validators(a, "u", "\"2\"", NULL, &e), ERR_OK);
	assert_string_equal(a->etag, "\"2\"");
	assert_null(a->last_modified);
	state_free(s);
}

static void test_backoff(void **state)
{
	struct state *s = NULL;
	struct state_source *a;
	struct err e = {ERR_OK, ""};
	int64_t want[] = {900, 1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400};

	(void)state;
	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		assert_int_equal(
			state_set_outcome(a, "http://a.cn/", 0, 900, "dns", 0, &e), ERR_OK);
		assert_int_equal(a->next, want[i]);
	}
	assert_string_equal(a->error, "dns");
	assert_int_equal(a->retry_after, 0);
	assert_int_equal(state_set_outcome(a, "http://a.cn/", 5, 900, NULL, 0, &e), ERR_OK);
	assert_int_equal(a->next, 905);
	assert_null(a->error);
	assert_int_equal(state_set_outcome(a, "http://a.cn/", 10, 900, "http", 3600, &e), ERR_OK);
	assert_int_equal(a->next, 3610);
	assert_int_equal(a->retry_after, 3610);
	assert_int_equal(
		state_set_outcome(a, "http://a.cn/", 0, 900, "http", 999999999, &e), ERR_OK);
	assert_int_equal(a->retry_after, STATE_BACKOFF_MAX);
	/* a source polled less often than daily is not polled more often for failing */
	a->streak = 0;
	assert_int_equal(state_set_outcome(a, "http://a.cn/", 0, 7 * 86400, "http", 0, &e), ERR_OK);
	assert_int_equal(a->next, 7 * 86400);
	state_free(s);
}

static void test_due(void **state)
{
	struct state *s = NULL;
	struct state_source *a;
	struct err e = {ERR_OK, ""};
	const char *url = "http://a.cn/";

	(void)state;
	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	assert_true(state_is_due(a, url, 900, 1000)); /* never asked */
	assert_int_equal(state_set_outcome(a, url, 1000, 900, NULL, 0, &e), ERR_OK);
	assert_false(state_is_due(a, url, 900, 1899));
	assert_true(state_is_due(a, url, 900, 1900));
	assert_true(state_is_due(a, url, 900, 999)); /* the clock was set back */
	/* sources.conf changed in the meantime */
	assert_false(state_is_due(a, url, 300, 1299));
	assert_true(state_is_due(a, url, 300, 1300));
	assert_true(state_is_due(a, "http://a.cn/new", 900, 1001));
	for (int i = 0; i < 30; i++)
		assert_int_equal(state_set_outcome(a, url, 1000, 900, "dns", 0, &e), ERR_OK);
	assert_false(state_is_due(a, url, 300, 1000 + STATE_BACKOFF_MAX - 1));
	assert_true(state_is_due(a, "http://a.cn/new", 900, 1001));
	a->next = INT64_MAX; /* a damaged file */
	assert_true(state_is_due(a, url, 900, 1000 + STATE_BACKOFF_MAX));
	/* a 410, which waits longer than its `every` */
	a->next = 1000 + 86400;
	assert_false(state_is_due(a, url, 900, 2000));
	state_free(s);
}

/* One name server can invent hosts without number, each with a large robots.txt. */
static void test_many_robots(void **state)
{
	enum { ROWS = 1200, SIZE = 60000 };
	char path[64], origin[64];
	struct state *s = NULL;
	struct err e = {ERR_OK, ""};
	struct stat st;

	(void)state;
	temp_path(path);
	assert_int_equal(state_new(&s, &e), ERR_OK);
	for (int i = 0; i < ROWS; i++) {
		snprintf(origin, sizeof origin, "http://h%d.cn:80", i);
		struct state_robots *r = state_robots(s, origin);
		assert_non_null(r);
		r->fetched = 900;
		r->verdict = STATE_ROBOTS_RULES;
		r->size = SIZE;
		r->text = malloc(SIZE + 1);
		assert_non_null(r->text);
		memset(r->text, '\1', SIZE); /* the longest to write */
		r->text[SIZE] = '\0';
	}
	assert_int_equal(state_save(s, path, 1000, NULL, NULL, &e), ERR_OK);
	state_free(s);
	assert_int_equal(stat(path, &st), 0);
	assert_in_range(st.st_size, 8 << 20, 64 << 20);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_missing_and_damaged),
		cmocka_unit_test(test_validators),
		cmocka_unit_test(test_backoff),
		cmocka_unit_test(test_due),
		cmocka_unit_test(test_many_robots),
	};

	return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}
