/*
 * test_fetch_options.c - the command line of huiying-fetch and its part of huiying.conf.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "crawler/fetch_options.h"

static enum err_code parse(struct fetch_options *o, const char *const *words, struct err *e)
{
	char *argv[16] = {(char *)(uintptr_t) "huiying-fetch"};
	int argc = 1;

	for (; *words; words++)
		argv[argc++] = (char *)(uintptr_t)*words;
	return fetch_options_parse(argc, argv, o, e);
}

static void test_words(void **state)
{
	const char *const words[] = {"--home", "/h", "--source=a", "--source", "b", "-q",
		"--progress-fd=7", "--allow-private", "127.0.0.1:80", "--all", NULL};
	struct fetch_options o;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(parse(&o, words, &e), ERR_OK);
	assert_string_equal(o.home, "/h");
	assert_int_equal(o.source_count, 2);
	assert_string_equal(o.sources[0], "a");
	assert_string_equal(o.sources[1], "b");
	assert_null(o.sources[2]);
	assert_string_equal(o.allow_private[0], "127.0.0.1:80");
	assert_int_equal(o.progress_fd, 7);
	assert_true(o.quiet && o.all);
	assert_false(o.verbose || o.wanted_only || o.help);
}

static void test_refused(void **state)
{
	const char *const bad[][4] = {
		{"--nonsense", NULL},
		{"word", NULL},
		{"--source", NULL},
		{"--progress-fd", "x", NULL},
		{"--progress-fd", "-1", NULL},
		{"--wanted-only", "--no-wanted", NULL},
		{"--wanted-only", "--source", "a", NULL},
	};
	struct fetch_options o;
	struct err e = {ERR_OK, ""};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(parse(&o, bad[i], &e), ERR_USAGE);
}

static enum err_code load(const char *text, struct fetch_config *c, struct err *e)
{
	char dir[] = "/tmp/huiying-options-XXXXXX";
	struct path_home home;
	char *path;
	enum err_code rc;

	assert_non_null(mkdtemp(dir));
	path = path_join(dir, "huiying.conf");
	assert_int_equal(path_write_atomic(path, text, strlen(text), 0600, e), ERR_OK);
	assert_int_equal(path_home_init(&home, dir, e), ERR_OK);
	rc = fetch_config_load(&home, c, e);
	path_home_fini(&home);
	unlink(path);
	rmdir(dir);
	free(path);
	return rc;
}

static void test_config(void **state)
{
	struct fetch_config c;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(load("[office]\nname = x\nzone = Asia/Shanghai\n", &c, &e), ERR_OK);
	assert_int_equal(c.concurrency, 16);
	assert_int_equal(c.host_interval_ms, 1000);
	assert_int_equal(c.connect_timeout, 10);
	assert_int_equal(c.timeout, 60);
	assert_int_equal(c.low_speed_time, 20);
	assert_int_equal(c.free_mib, 256);
	assert_null(c.allow_private);
	fetch_config_fini(&c);
	assert_int_equal(
		load("[office]\ncontact = mailto:a@example.gov.cn\nlanguage = en\n"
		     "[fetch]\nconcurrency = 4\nhost_interval_ms = 0\ntimeout = 2m\n"
		     "deadline = 1h\nfree_mib = 1\nallow_private = 127.0.0.1:1 127.0.0.1:2\n",
			&c, &e),
		ERR_OK);
	assert_string_equal(c.contact, "mailto:a@example.gov.cn");
	assert_string_equal(c.language, "en");
	assert_int_equal(c.concurrency, 4);
	assert_int_equal(c.timeout, 120);
	assert_int_equal(c.deadline, 3600);
	assert_string_equal(c.allow_private, "127.0.0.1:1 127.0.0.1:2");
	assert_int_equal(c.patience, 300);
	assert_true(c.adaptive);
	assert_int_equal(c.night, NIGHT_NORMAL);
	assert_int_equal(c.night_hours.from, 23 * 60);
	assert_int_equal(c.host_count, 0);
	fetch_config_fini(&c);
}

static void test_hosts(void **state)
{
	struct fetch_config c;
	struct err e = {ERR_OK, ""};

	(void)state;
	assert_int_equal(load("[fetch]\nnight = slow\nnight_hours = 22:00-7:00\npatience = 1m\n"
			      "adaptive = no\n[host bbs.example.com]\ninterval_ms = 5000\n"
			      "[host  example.gov.cn]\nnight = only\nnight_hours = 01:00-05:00\n",
				 &c, &e),
		ERR_OK);
	assert_int_equal(c.night, NIGHT_SLOW);
	assert_int_equal(c.night_hours.to, 7 * 60);
	assert_int_equal(c.patience, 60);
	assert_false(c.adaptive);
	assert_int_equal(c.host_count, 2);
	assert_string_equal(c.hosts[0].name, "bbs.example.com");
	assert_int_equal(c.hosts[0].interval_ms, 5000);
	assert_int_equal(c.hosts[0].night, NIGHT_UNSET);
	assert_false(c.hosts[0].has_hours);
	assert_string_equal(c.hosts[1].name, "example.gov.cn");
	assert_int_equal(c.hosts[1].interval_ms, -1);
	assert_int_equal(c.hosts[1].night, NIGHT_ONLY);
	assert_true(c.hosts[1].has_hours);
	fetch_config_fini(&c);
}

static void test_config_refused(void **state)
{
	static const char *const bad[] = {
		"[fetch]\nconcurrency = 0\n",
		"[fetch]\nconcurrency = many\n",
		"[fetch]\ntimeout = 11m\n",
		"[fetch]\ninterval = 1\n",
		"[fetch]\nverify_tls = no\n",
		"[fetch]\nnight = yes\n",
		"[fetch]\nnight_hours = 22-6\n",
		"[host a.cn]\nevery = 5m\n",
		"[host a.cn]\ninterval_ms = 600001\n",
		"\n[host a.cn:80]\ninterval_ms = 1\n",
		"\n[host a.cn/x]\ninterval_ms = 1\n",
	};
	struct fetch_config c;
	struct err e = {ERR_OK, ""};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (load(bad[i], &c, &e) != ERR_CONFIG)
			fail_msg("%s", bad[i]);
		assert_non_null(strstr(e.text, "huiying.conf:2:"));
		fetch_config_fini(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_config),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_config_refused),
	};

	return cmocka_run_group_tests_name("fetch_options", tests, NULL, NULL);
}
