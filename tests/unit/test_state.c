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

static enum err_code outcome(struct state_source *row, int64_t now, int64_t every,
	const char *error, int64_t retry_after, struct err *e)
{
	struct state_outcome o = {.now = now,
		.terms = {"http://a.cn/", "r", {every, every / 2, 4 * every}},
		.error = error,
		.retry_after = retry_after};

	return state_set_outcome(row, &o, e);
}

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

/* A source that answered, one that is not asked any more, robots.txt of four hosts. */
static void save_state(const char *path)
{
	struct state *s = NULL;
	struct state_source *a;
	struct state_robots *r;
	struct err e = {ERR_OK, ""};

	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	assert_int_equal(state_set_validators(
				 a, "http://a.cn/", "W/\"1\"", "Mon, 23 Nov 2026 00:00:00 GMT", &e),
		ERR_OK);
	assert_int_equal(outcome(a, 1000, 900, NULL, 0, &e), ERR_OK);
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
	save_state(path);
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
	static const char *const bad[] = {"", "{", "[]", "{\"sources\":{\"a\":{\"etag\":1}}",
		"\xff", "{\"sources\":{\"a\":{\"next\":7},\"b\":{\"next\":7",
		"{\"sources\":{\"a\":{\"next\":7},\"b\":7.}}",
		"{\"sources\":{\"a\":{\"next\":7}},\"hosts\":[7]}"};
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
		assert_null(state_source_find(s, "a"));
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
		assert_int_equal(outcome(a, 0, 900, "dns", 0, &e), ERR_OK);
		assert_int_equal(a->next, want[i]);
	}
	assert_string_equal(a->error, "dns");
	assert_int_equal(a->retry_after, 0);
	assert_int_equal(outcome(a, 5, 900, NULL, 0, &e), ERR_OK);
	assert_int_equal(a->next, 905);
	assert_null(a->error);
	assert_int_equal(outcome(a, 10, 900, "http", 3600, &e), ERR_OK);
	assert_int_equal(a->next, 3610);
	assert_int_equal(a->retry_after, 3610);
	assert_int_equal(outcome(a, 0, 900, "http", 999999999, &e), ERR_OK);
	assert_int_equal(a->retry_after, STATE_BACKOFF_MAX);
	/* a source polled less often than daily is not polled more often for failing */
	a->streak = 0;
	assert_int_equal(outcome(a, 0, 7 * 86400, "http", 0, &e), ERR_OK);
	assert_int_equal(a->next, 7 * 86400);
	state_free(s);
}

/* A 304 and an unchanged body slow a source down; both times and counts are kept. */
/* Saved and loaded again. */
static struct state *reloaded(struct state *s)
{
	char path[64];
	struct state *out = NULL;
	struct err e = {ERR_OK, ""};
	bool damaged;

	temp_path(path);
	assert_int_equal(state_save(s, path, 1000, NULL, NULL, &e), ERR_OK);
	state_free(s);
	assert_int_equal(state_load(path, &out, &damaged, &e), ERR_OK);
	assert_false(damaged);
	unlink(path);
	return out;
}

static void test_adaptive(void **state)
{
	struct state *s = NULL;
	struct state_source *a;
	struct err e = {ERR_OK, ""};
	struct state_outcome o = {
		.now = 1000, .terms = {"http://a.cn/", "r", {900, 450, 3600}}, .unchanged = true};

	(void)state;
	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	for (int i = 0; i < 4; i++)
		assert_int_equal(state_set_outcome(a, &o, &e), ERR_OK);
	assert_int_equal(a->interval, 1406);
	assert_int_equal(a->next, 2406);
	assert_int_equal(a->quiet, 4);
	assert_true(a->steady);
	a->body = strdup("abc");
	s = reloaded(s);
	a = state_source(s, "a");
	assert_int_equal(a->interval, 1406);
	assert_int_equal(a->quiet, 4);
	assert_true(a->steady);
	assert_string_equal(a->body, "abc");
	state_free(s);
}

static void test_failure_and_freshness(void **state)
{
	struct state *s = NULL;
	struct state_source *a;
	struct err e = {ERR_OK, ""};
	struct state_outcome o = {
		.now = 1000, .terms = {"http://a.cn/", "r", {900, 450, 3600}}, .unchanged = true};

	(void)state;
	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	for (int i = 0; i < 4; i++)
		assert_int_equal(state_set_outcome(a, &o, &e), ERR_OK);
	/* a failure says nothing about how lively it is */
	assert_int_equal(outcome(a, 2000, 900, "dns", 0, &e), ERR_OK);
	assert_int_equal(a->interval, 1406);
	assert_int_equal(a->quiet, 4);
	assert_int_equal(a->next, 2900);
	/* what the server calls fresh is not asked for again, within the slowest pace */
	o.fresh = 3000;
	assert_int_equal(state_set_outcome(a, &o, &e), ERR_OK);
	assert_int_equal(a->next, 4000);
	o.fresh = 999999;
	assert_int_equal(state_set_outcome(a, &o, &e), ERR_OK);
	assert_int_equal(a->next, 4600);
	o.fresh = 0;
	o.unchanged = false;
	assert_int_equal(state_set_outcome(a, &o, &e), ERR_OK);
	assert_int_equal(a->interval, 900);
	assert_int_equal(a->quiet, 0);
	assert_null(state_source_find(s, "b"));
	assert_ptr_equal(state_source_find(s, "a"), a);
	state_free(s);
}

static void test_hosts(void **state)
{
	char path[64];
	struct state *s = NULL;
	struct state_host *h;
	struct err e = {ERR_OK, ""};
	bool damaged;

	(void)state;
	temp_path(path);
	assert_int_equal(state_new(&s, &e), ERR_OK);
	h = state_host(s, "a.cn");
	state_set_rest(h, 1000, 0, 0);
	assert_int_equal(h->rest, 1060);
	state_set_rest(h, 1000, 0, 0);
	assert_int_equal(h->rest, 1120);
	state_set_rest(h, 1000, 0, UINT32_MAX);
	assert_in_range(h->rest, 1240 + 59, 1240 + 60);
	state_set_rest(h, 1000, 300, 0);
	assert_int_equal(h->rest, 1300);
	state_set_rest(h, 1000, INT64_MAX / 2, 0);
	assert_int_equal(h->rest, 1000 + STATE_BACKOFF_MAX);
	assert_int_equal(h->streak, 5);
	state_host(s, "soon.cn")->ready = 1010;
	state_host(s, "past.cn")->ready = 1000;
	state_host(s, "old.cn")->streak = 3;
	assert_int_equal(state_save(s, path, 1000, is_a, NULL, &e), ERR_OK);
	state_free(s);
	assert_int_equal(state_load(path, &s, &damaged, &e), ERR_OK);
	assert_int_equal(state_host(s, "a.cn")->rest, 1000 + STATE_BACKOFF_MAX);
	assert_int_equal(state_host(s, "a.cn")->streak, 5);
	assert_int_equal(state_host(s, "soon.cn")->ready, 1010);
	assert_int_equal(state_host(s, "past.cn")->ready, 0);
	state_free(s);
	unlink(path);
}

/* RFC 9110 §15.4.5: what a 304 carries is the validator of today. */
static void test_freshen(void **state)
{
	static const struct {
		const char *etag, *modified, *want_etag, *want_modified;
	} rows[] = {
		{NULL, NULL, "\"1\"", "Mon"},
		{"\"1\"", NULL, "\"1\"", "Mon"},
		{"\"1\"", "Tue", "\"1\"", "Tue"},
		{"\"2\"", NULL, "\"2\"", NULL},
		{"\"2\"", "Tue", "\"2\"", "Tue"},
		{NULL, "Tue", "\"1\"", "Tue"},
		{"\"2\"\r\nX: y", NULL, "\"1\"", "Mon"},
	};
	struct state *s = NULL;
	struct state_source *a;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(state_set_validators(a, "u", "\"1\"", "Mon", &e), ERR_OK);
		assert_int_equal(
			state_freshen_validators(a, rows[i].etag, rows[i].modified, &e), ERR_OK);
		assert_string_equal(a->etag, rows[i].want_etag);
		if (rows[i].want_modified)
			assert_string_equal(a->last_modified, rows[i].want_modified);
		else
			assert_null(a->last_modified);
	}
	state_free(s);
}

static bool is_due(const struct state_source *row, const char *url, int64_t every, int64_t now)
{
	struct state_terms terms = {url, "r", {every, every / 2, 4 * every}};

	return state_is_due(row, &terms, 0, now);
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
	assert_true(is_due(a, url, 900, 1000)); /* never asked */
	assert_int_equal(outcome(a, 1000, 900, NULL, 0, &e), ERR_OK);
	assert_false(is_due(a, url, 900, 1899));
	assert_true(is_due(a, url, 900, 1900));
	assert_true(is_due(a, url, 900, 999)); /* the clock was set back */
	/* sources.conf changed in the meantime */
	assert_false(is_due(a, url, 300, 1299));
	assert_true(is_due(a, url, 300, 1300));
	assert_true(is_due(a, "http://a.cn/new", 900, 1001));
	for (int i = 0; i < 30; i++)
		assert_int_equal(outcome(a, 1000, 900, "dns", 0, &e), ERR_OK);
	assert_false(is_due(a, url, 300, 1000 + STATE_BACKOFF_MAX - 1));
	assert_true(is_due(a, "http://a.cn/new", 900, 1001));
	a->next = INT64_MAX; /* a damaged file */
	assert_true(is_due(a, url, 900, 1000 + STATE_BACKOFF_MAX));
	/* a 410, which waits longer than its `every` */
	a->next = 1000 + 86400;
	assert_false(is_due(a, url, 900, 2000));
	assert_int_equal(outcome(a, 1000, 900, NULL, 0, &e), ERR_OK);
	/* as a quiet one, at its slowest pace; but not when `every` was changed */
	a->next = 1000 + 3600;
	assert_false(is_due(a, url, 900, 4599));
	assert_true(is_due(a, url, 900, 4600));
	assert_true(is_due(a, url, 1200, 2200));
	a->next = INT64_MAX;
	assert_true(is_due(a, url, 900, 4600));
	state_free(s);
}

static void test_put_off(void **state)
{
	struct state *s = NULL;
	struct state_source *a;
	struct err e = {ERR_OK, ""};
	const struct state_terms slow = {"http://a.cn/", "r", {900, 450, 3600}};

	(void)state;
	assert_int_equal(state_new(&s, &e), ERR_OK);
	a = state_source(s, "a");
	assert_int_equal(outcome(a, 1000, 900, NULL, 0, &e), ERR_OK);
	a->next = 1900;
	assert_false(state_is_due(a, &slow, 2700, 4599));
	assert_true(state_is_due(a, &slow, 2700, 4600));
	assert_int_equal(outcome(a, 1000, 300, NULL, 0, &e), ERR_OK);
	assert_int_equal(a->next, 1300); /* a new `every` begins anew */
	state_free(s);
}

/* Another XPath must see the page: no 304 may stand before it. */
/* It fails: it waits like any other, and is still to be seen whole. */
static void check_failure_of_another_reading(
	struct state_source *a, const char *url, const struct state_terms *other)
{
	struct state_outcome failed = {.now = 1100, .terms = *other, .error = "dns"};
	struct err e = {ERR_OK, ""};

	assert_int_equal(state_set_outcome(a, &failed, &e), ERR_OK);
	assert_false(state_is_due(a, other, 0, 1200));
	assert_null(a->etag);
	assert_null(a->url);
	/* a failure in the same way drops nothing */
	assert_int_equal(state_set_validators(a, url, "\"2\"", NULL, &e), ERR_OK);
	assert_int_equal(state_set_outcome(a, &failed, &e), ERR_OK);
	assert_true(state_may_ask_if_modified(a, url, "s"));
}

static void test_reading(void **state)
{
	char path[64];
	struct state *s = NULL;
	struct state_source *a;
	struct err e = {ERR_OK, ""};
	const char *url = "http://a.cn/";
	struct state_terms now = {url, "r", {900, 450, 3600}}, other = now;
	static const char old[] = "{\"v\":1,\"sources\":{\"a\":{\"url\":\"http://a.cn/\","
				  "\"etag\":\"1\",\"next\":1900,\"checked\":1000}}}";
	bool damaged;

	(void)state;
	other.reading = "s";
	temp_path(path);
	/* of a file that does not say how it was read: one whole answer, at its time */
	assert_int_equal(path_write_atomic(path, old, sizeof old - 1, 0600, &e), ERR_OK);
	assert_int_equal(state_load(path, &s, &damaged, &e), ERR_OK);
	assert_false(damaged);
	a = state_source(s, "a");
	assert_false(state_may_ask_if_modified(a, url, "r"));
	assert_false(state_is_due(a, &now, 0, 1100));
	assert_int_equal(outcome(a, 1000, 900, NULL, 0, &e), ERR_OK);
	assert_int_equal(state_set_validators(a, url, "\"1\"", NULL, &e), ERR_OK);
	s = reloaded(s);
	a = state_source(s, "a");
	assert_true(state_may_ask_if_modified(a, url, "r"));
	assert_false(state_may_ask_if_modified(a, "http://a.cn/b", "r"));
	assert_false(state_may_ask_if_modified(a, url, "s"));
	assert_false(state_is_due(a, &now, 0, 1100));
	assert_true(state_is_due(a, &other, 0, 1100));
	check_failure_of_another_reading(a, url, &other);
	state_free(s);
	unlink(path);
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

/* As many hosts in trouble. */
static void test_many_hosts(void **state)
{
	enum { ROWS = 100000 };
	char path[64], name[300];
	struct state *s = NULL;
	struct err e = {ERR_OK, ""};
	struct stat st;

	(void)state;
	temp_path(path);
	assert_int_equal(state_new(&s, &e), ERR_OK);
	for (int i = 0; i < ROWS; i++) {
		snprintf(name, sizeof name, "%0240d.cn", i);
		assert_non_null(state_host(s, name));
		state_host(s, name)->rest = 2000;
	}
	assert_int_equal(state_save(s, path, 1000, NULL, NULL, &e), ERR_OK);
	state_free(s);
	assert_int_equal(stat(path, &st), 0);
	assert_in_range(st.st_size, 4 << 20, 8 << 20);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_missing_and_damaged),
		cmocka_unit_test(test_validators),
		cmocka_unit_test(test_backoff),
		cmocka_unit_test(test_adaptive),
		cmocka_unit_test(test_failure_and_freshness),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_freshen),
		cmocka_unit_test(test_due),
		cmocka_unit_test(test_put_off),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_many_robots),
		cmocka_unit_test(test_many_hosts),
	};

	return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}
