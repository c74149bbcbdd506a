/*
 * test_robots.c - RFC 9309 case by case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crawler/robots.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct row {
	const char *robots, *agent, *url;
	bool allowed;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (robots_is_allowed(rows[i].robots, strlen(rows[i].robots), rows[i].agent,
			    rows[i].url) != rows[i].allowed)
			fail_msg("row %zu: %s of %s should be %s under\n%s", i, rows[i].url,
				rows[i].agent, rows[i].allowed ? "allowed" : "forbidden",
				rows[i].robots);
}

#define X "http://www.example.gov.cn/x/page.html"
#define Y "http://www.example.gov.cn/y/page.html"

static void test_groups(void **state)
{
	static const char merged[] = "user-agent: Hui\nallow: /x/\nuser-agent: *\ndisallow: /\n"
				     "user-agent: HUI\nallow: /y/\n";
	static const char shared[] = "user-agent: a\nuser-agent: b\ndisallow: /x/\n"
				     "user-agent: c\ndisallow: /\n";
	const struct row rows[] = {
		{"", "hui", X, true},
		{"disallow: /\n", "hui", X, true}, /* no group yet */
		{"user-agent: *\ndisallow:\n", "hui", X, true},
		{"user-agent: *\ndisallow: /\n", "hui", X, false},
		{"user-agent: other\ndisallow: /\n", "hui", X, true},
		{merged, "hui", X, true},
		{merged, "Hui", Y, true},
		{merged, "hui", "http://www.example.gov.cn/z",
			true}, /* its group has no rule for it */
		{merged, "other", X, false},
		{shared, "a", X, false},
		{shared, "b", X, false},
		{shared, "a", Y, true},
		{shared, "c", Y, false},
		/* a group of its own silences the one of everybody */
		{"user-agent: *\ndisallow: /\nuser-agent: hui\ndisallow: /y/\n", "hui", X, true},
		{"user-agent: hui\ncrawl-delay: 5\nuser-agent: b\ndisallow: /x/\n", "hui", X,
			false},
		{"user-agent: hui\nsitemap: http://a/b\ndisallow: /x/\n", "hui", X, false},
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void test_lines(void **state)
{
	const struct row rows[] = {
		{"user-agent: hui\rdisallow: /x/\r", "hui", X, false},
		{"user-agent: hui\r\ndisallow: /x/\r\n\r\n", "hui", X, false},
		{"user-agent : hui\n disallow\t:\t/x/ # all of it\n", "hui", X, false},
		{"USER-AGENT: hui\nDISALLOW: /x/", "hui", X, false},
		{"user-agent hui\ndisallow /x/\n", "hui", X, false},
		{"user-agent: hui\ndisallow /x/ now\n", "hui", X, true},
		{"user-agent: hui\ndissallow: /x/\n", "hui", X, false},
		{"user-agent: hui\ndisalow: /x/\n", "hui", X, false},
		{"useragent: hui\ndisallow: /x/\n", "hui", X, false},
		{"\xef\xbb\xbfuser-agent: hui\ndisallow: /x/\n", "hui", X, false},
		{"\xef\xbbuser-agent: hui\ndisallow: /x/\n", "hui", X, false},
		{"x\xef\xbb\xbfuser-agent: hui\ndisallow: /x/\n", "hui", X, true},
		{"user-agent: hui\nnonsense\n:\n: /x/\ndisallow: /x/\n", "hui", X, false},
		{"user-agent: #hui\ndisallow: /\n", "hui", X, true},
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void test_agents(void **state)
{
	const struct row rows[] = {
		{"user-agent: hui bot\ndisallow: /\n", "hui", X, false},
		{"user-agent: hui/2.1\ndisallow: /\n", "hui", X, false},
		{"user-agent: hui\ndisallow: /\n", "hui/0.1", X, false},
		{"user-agent: huiying\ndisallow: /\n", "hui", X, true},
		{"user-agent: hui\ndisallow: /\n", "huiying", X, true},
		{"user-agent: hui-ying_a\ndisallow: /\n", "hui-ying_a", X, false},
		{"user-agent: * hui\ndisallow: /\n", "other", X, false},
		{"user-agent: *hui\ndisallow: /\n", "other", X, true},
		{"user-agent: *\ndisallow: /\nuser-agent: hui bot\nallow: /x/\n", "hui bot", X,
			false},
		{"user-agent: 360Spider\ndisallow: /\n", "360spider", X, false},
		{"user-agent: E2Bot/1.0\ndisallow: /\n", "E2Bot", X, false},
		{"user-agent: E2Bots\ndisallow: /\n", "E2Bot", X, true},
		{"user-agent:\ndisallow: /\n", "hui", X, true},
		{"user-agent: hui\ndisallow: /\n", "", X, true},
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void test_longest_match(void **state)
{
	const struct row rows[] = {
		{"user-agent: hui\ndisallow: /x/page.html\nallow: /x/\n", "hui", X, false},
		{"user-agent: hui\nallow: /x/page.html\ndisallow: /x/\n", "hui", X, true},
		{"user-agent: hui\ndisallow: /x/\nallow: /x/\n", "hui", X, true},
		{"user-agent: hui\ndisallow: \nallow: \n", "hui", X, true},
		{"user-agent: hui\ndisallow: /x/*.html\nallow: /x/\n", "hui", X, false},
		{"user-agent: hui\nallow: /p\ndisallow: /\n", "hui", "http://a.cn/page", true},
		{"user-agent: hui\nallow: /folder\ndisallow: /folder\n", "hui",
			"http://a.cn/folder/page", true},
		{"user-agent: hui\nallow: /page\ndisallow: /*.htm\n", "hui", "http://a.cn/page.htm",
			false},
		{"user-agent: hui\nallow: /$\ndisallow: /\n", "hui", "http://a.cn/", true},
		{"user-agent: hui\nallow: /$\ndisallow: /\n", "hui", "http://a.cn/page", false},
		{"user-agent: hui\nallow: /x/index.html\ndisallow: /\n", "hui", "http://a.cn/x/",
			true},
		{"user-agent: hui\nallow: /x/index.html\ndisallow: /\n", "hui", "http://a.cn/x/b",
			false},
	};

	(void)state;
	check(rows, COUNT(rows));
}

static const struct {
	const char *pattern, *path;
	bool matches;
} patterns_rows[] = {
	{"/fish", "/fish", true},
	{"/fish", "/fish.html", true},
	{"/fish", "/fishheads/yummy", true},
	{"/fish", "/Fish", false},
	{"/fish", "/catfish", false},
	{"/fish*", "/fish/salmon", true},
	{"/fish/", "/fish", false},
	{"/fish/", "/fish/?id=1", true},
	{"/*.php", "/index.php", true},
	{"/*.php", "/folder/x.php?a", true},
	{"/*.php", "/windows.PHP", false},
	{"/*.php$", "/x.php", true},
	{"/*.php$", "/x.php?p", false},
	{"/*.php$", "/x.php/", false},
	{"/fish*.php", "/fishheads/cat.php?p", true},
	{"/fish*.php", "/Fish.php", false},
	{"*a*b$", "/aXbXb", true},
	{"/a$b", "/a$b", true},
	{"/a$b", "/a", false},
	{"$", "/", false},
	{"/**x", "/yx", true},
	{"/ab*b$", "/ab", false},
	{"/a%3cd", "/a%3Cd", true},
	{"/a%3Cd", "/a%3cd", true},
	{"/a%2fb", "/a/b", false},
	{"/a%2fb", "/a%2Fb", true},
	{"/%7Ejoe", "/~joe", true},
	{"/~joe", "/%7ejoe", true},
	{"/\xe5\x87\xaf", "/%E5%87%AF", true},
	{"/%E5%87%AF", "/\xe5\x87\xaf", true},
	{"/a%2A", "/a*", true},
	{"/a%2Ab", "/axb", false},
	{"/a%24", "/a$x", true},
	/* raw in robots.txt, escaped in the canonical URL that is fetched */
	{"/*?f[", "/x?f%5B0%5D=1", true},
	{"/*?f%5b", "/x?f[0]=1", true},
	{"/a|b", "/a%7Cb", true},
	{"/a{\"b\"}", "/a%7B%22b%22%7D", true},
	{"/a%3Cd", "/a<d", true},
	{"/100%", "/100%25", true},
	{"/100%25", "/100%", true},
};

static void test_patterns(void **state)
{
	char text[200], url[200];

	(void)state;
	for (size_t i = 0; i < COUNT(patterns_rows); i++) {
		snprintf(text, sizeof text, "user-agent: *\ndisallow: %s\n",
			patterns_rows[i].pattern);
		snprintf(url, sizeof url, "https://www.example.gov.cn%s", patterns_rows[i].path);
		if (robots_is_allowed(text, strlen(text), "hui", url) == patterns_rows[i].matches)
			fail_msg("%s against %s", patterns_rows[i].pattern, patterns_rows[i].path);
	}
}

static void test_urls(void **state)
{
	const char *all = "user-agent: *\ndisallow: /\n";
	const char *query = "user-agent: *\ndisallow: /?q\n";
	const struct row rows[] = {
		{all, "hui", "http://a.cn", false},
		{all, "hui", "http://a.cn/robots.txt", true},
		{all, "hui", "/robots.txt", true},
		{all, "hui", "/robots.txt?x", false},
		{query, "hui", "http://a.cn?q=1", false},
		{query, "hui", "http://a.cn/?q=1", false},
		{query, "hui", "http://a.cn/#?q=1", true},
		{"user-agent: *\ndisallow: /a\n", "hui", "http://a.cn/a#b", false},
		{"user-agent: *\ndisallow: /a\n", "hui", "//a.cn/a", false},
		{"user-agent: *\ndisallow: /a?u=http://\n", "hui", "http://a.cn/a?u=http://b.cn/",
			false},
	};

	(void)state;
	check(rows, COUNT(rows));
}

/* 16,663 bytes of a line count, as with the crawlers that people test against. */
static void test_line_cut(void **state)
{
	static const char head[] = "user-agent: *\n";
	static const char rule[] = "disallow: /";
	const size_t start = sizeof head - 1, kept = 16663, path = kept - (sizeof rule - 2);
	char *text = malloc(start + kept + 2), *url = malloc(path + 2);

	(void)state;
	assert_non_null(text);
	assert_non_null(url);
	memcpy(text, head, sizeof head);
	memset(text + start, 'a', kept + 2);
	memcpy(text + start, rule, sizeof rule - 1);
	text[start + kept] = 'b'; /* behind the cut */
	memset(url, 'a', path + 2);
	url[0] = '/';
	url[path + 1] = '\0';
	assert_false(robots_is_allowed(text, start + kept + 1, "hui", url));
	text[start + kept - 1] = 'b'; /* the last byte that counts */
	assert_true(robots_is_allowed(text, start + kept + 1, "hui", url));
	free(text);
	free(url);
}

/* Long lines are cut, long files too, and nothing takes quadratic time. */
static void test_limits(void **state)
{
	size_t n = 600 << 10;
	char *text = malloc(n + 100), *url = malloc(60001);

	(void)state;
	assert_non_null(text);
	assert_non_null(url);
	memset(text, '#', n);
	memcpy(text, "user-agent: *\n", 14);
	memcpy(text + n - 14, "\ndisallow: /x\n", 14);
	assert_true(robots_is_allowed(text, n, "hui", "http://a.cn/x"));
	memcpy(text + (400 << 10), "\ndisallow: /x\n", 14);
	assert_false(robots_is_allowed(text, n, "hui", "http://a.cn/x"));

	memset(url, 'a', 60000);
	memcpy(url, "http://a.cn/", 12);
	url[60000] = '\0';
	for (size_t i = 14; i + 16000 < ROBOTS_TEXT_MAX; i += 16000) {
		memcpy(text + i, "\ndisallow: /", 12);
		for (size_t k = 12; k < 16000; k++)
			text[i + k] = k % 2 ? 'a' : '*';
		text[i + 15999] = 'b';
	}
	assert_true(robots_is_allowed(text, n, "hui", url));
	free(text);
	free(url);
}

static void test_crawl_delay(void **state)
{
	static const struct {
		const char *robots;
		int64_t ms;
	} rows[] = {
		{"", 0},
		{"user-agent: *\ncrawl-delay: 10\n", 10000},
		{"user-agent: *\ndisallow: /x\nCrawl-Delay : 2.5 # seconds\n", 2500},
		{"user-agent: *\ncrawl-delay: 0.25s\n", 250},
		{"user-agent: *\ncrawl-delay: 0.0001\n", 0},
		{"user-agent: *\ncrawl-delay: 86400\n", ROBOTS_DELAY_MAX_MS},
		{"user-agent: *\ncrawl-delay: 99999999999999999999999\n", ROBOTS_DELAY_MAX_MS},
		{"user-agent: *\ncrawl-delay: -5\n", 0},
		{"user-agent: *\ncrawl-delay: soon\n", 0},
		{"crawl-delay: 5\n", 0}, /* no group yet */
		{"user-agent: other\ncrawl-delay: 5\n", 0},
		/* its own group silences the one of everybody */
		{"user-agent: *\ncrawl-delay: 5\nuser-agent: hui\ncrawl-delay: 3\n", 3000},
		{"user-agent: *\ncrawl-delay: 5\nuser-agent: hui\ndisallow: /x\n", 0},
		/* groups of one agent are one group; the larger delay is the safer one */
		{"user-agent: hui\ncrawl-delay: 2\nuser-agent: hui\ncrawl-delay: 7\n", 7000},
		{"user-agent: hui\ncrawl-delay: 7\nuser-agent: hui\ncrawl-delay: 2\n", 7000},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (robots_crawl_delay_ms(rows[i].robots, strlen(rows[i].robots), "hui/0.1") !=
			rows[i].ms)
			fail_msg("%s", rows[i].robots);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_agents),
		cmocka_unit_test(test_longest_match),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_line_cut),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_crawl_delay),
	};

	return cmocka_run_group_tests_name("robots", tests, NULL, NULL);
}
