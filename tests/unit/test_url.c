/*
 * test_url.c - canonical form, resolution, and URLs made to name two hosts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/url.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct row {
	const char *in, *want; /* want NULL: refused */
};

static void check_canonical(const char *in, const char *base, const char *want)
{
	char *out = NULL, *again = NULL;
	struct err e = {0};
	enum err_code rc = url_canonical(in, base, &out, &e);

	if (want == NULL) {
		if (rc != ERR_INPUT || out != NULL || e.text[0] == '\0')
			fail_msg("\"%s\" gave %s (%d %s)", in, out ? out : "-", (int)rc, e.text);
		return;
	}
	if (rc != ERR_OK || strcmp(out, want) != 0)
		fail_msg("\"%s\": want %s, got %s", in, want, rc != ERR_OK ? e.text : out);
	/* The form is a fixed point. */
	assert_int_equal(url_canonical(out, NULL, &again, &e), ERR_OK);
	assert_string_equal(again, out);
	free(again);
	free(out);
}

static const struct row canonical_rows[] = {
	{"http://example.gov.cn", "http://example.gov.cn/"},
	{"HTTP://Example.GOV.cn/", "http://example.gov.cn/"},
	{"hTTps://EXAMPLE.gov.cn/Path", "https://example.gov.cn/Path"},
	{"http://example.gov.cn?x=1", "http://example.gov.cn/?x=1"},
	{"http://example.gov.cn#top", "http://example.gov.cn/"},
	{"http://example.gov.cn/#!/a", "http://example.gov.cn/"},
	/* ports */
	{"http://example.gov.cn:80/", "http://example.gov.cn/"},
	{"https://example.gov.cn:443/", "https://example.gov.cn/"},
	{"https://example.gov.cn:80/", "https://example.gov.cn:80/"},
	{"http://example.gov.cn:443/", "http://example.gov.cn:443/"},
	{"http://example.gov.cn:/", "http://example.gov.cn/"},
	{"http://example.gov.cn:0080/", "http://example.gov.cn/"},
	{"http://example.gov.cn:65535/", "http://example.gov.cn:65535/"},
	/* percent-encoding, path */
	{"http://a/%7Euser/%2D%2e_x", "http://a/~user/-._x"},
	{"http://a/%c3%a4%2f%3a", "http://a/%C3%A4%2F%3A"},
	{"http://a/%41%7a%30", "http://a/Az0"},
	{"http://a/\"<>^`{|}", "http://a/%22%3C%3E%5E%60%7B%7C%7D"},
	{"http://a/!$&'()*+,;=:@", "http://a/!$&'()*+,;=:@"},
	{"http://a/%", "http://a/%25"},
	{"http://a/%zz%4", "http://a/%25zz%254"},
	{"http://a/%00%0d%0A", "http://a/%00%0D%0A"},
	{"http://a/路径", "http://a/%E8%B7%AF%E5%BE%84"},
	{"http://a/%e8%b7%af径", "http://a/%E8%B7%AF%E5%BE%84"},
	{"http://a/%252e%252e/b", "http://a/%252e%252e/b"},
	/* percent-encoding, query */
	{"http://a/?", "http://a/"},
	{"http://a/x?#y", "http://a/x"},
	{"http://a/?q=%7e%c3%a4+b%2B", "http://a/?q=~%C3%A4+b%2B"},
	{"http://a/?查=询", "http://a/?%E6%9F%A5=%E8%AF%A2"},
	{"http://a/?a[]=1|2", "http://a/?a%5B%5D=1%7C2"},
	{"http://a/?u=http://b/c?d", "http://a/?u=http://b/c?d"},
	{"http://a/?b=2&a=1&&c", "http://a/?b=2&a=1&&c"},
	{"http://a/?x=/../y", "http://a/?x=/../y"},
	/* dot segments */
	{"http://a/b/./c/../d", "http://a/b/d"},
	{"http://a/../../b", "http://a/b"},
	{"http://a/b/..", "http://a/"},
	{"http://a/b/.", "http://a/b/"},
	{"http://a/b/%2e%2E/c", "http://a/c"},
	{"http://a/b//../c", "http://a/b/c"},
	{"http://a//b///c", "http://a//b///c"},
	{"http://a/...", "http://a/..."},
	{"http://a/.x/..y", "http://a/.x/..y"},
	/* hosts */
	{"http://xn--fiqs8s/", "http://xn--fiqs8s/"},
	{"http://MÜNCHEN.example/", "http://xn--mnchen-3ya.example/"},
	{"http://中国/路", "http://xn--fiqs8s/%E8%B7%AF"},
	{"http://ｅｘａｍｐｌｅ．gov。cn/", "http://example.gov.cn/"},
	{"http://ex%61mple.gov.cn/", "http://example.gov.cn/"},
	{"http://example.gov.cn./", "http://example.gov.cn./"},
	{"http://a_b-c.example/", "http://a_b-c.example/"},
	{"http://192.0.2.1/", "http://192.0.2.1/"},
	{"http://1.example/", "http://1.example/"},
	{"http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"},
	{"http://[::FFFF:192.0.2.1]:8080/", "http://[::ffff:192.0.2.1]:8080/"},
	/* blanks in real links */
	{"http://a/x y.html", "http://a/x%20y.html"},
	{"http://a/x?q=1 2", "http://a/x?q=1%202"},
};

static void test_canonical(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(canonical_rows); i++)
		check_canonical(canonical_rows[i].in, NULL, canonical_rows[i].want);
}

static const struct row hostile_rows[] = {
	/* user information and what hides it */
	{"http://user@a/", NULL},
	{"http://user:pass@a/", NULL},
	{"http://@a/", NULL},
	{"http://:@a/", NULL},
	{"http://in:1\\@pub/", NULL},
	{"http://pub\\@in/", NULL},
	{"http://pub\\.in/", NULL},
	{"http://pub#@in/", "http://pub/"},
	{"http://pub?@in/", "http://pub/?@in/"},
	{"http://pub/@in/", "http://pub/@in/"},
	{"http://pub%40in/", NULL},
	{"http://pub%2fin/", NULL},
	{"http://pub%23in/", NULL},
	{"http://pub%5cin/", NULL},
	{"http://pub%00in/", NULL},
	{"http://pub%20in/", NULL},
	{"http://pub;in/", NULL},
	{"http://pub,in/", NULL},
	{"http://pub&@in/", NULL},
	{"http://foo@evil:80@pub/", NULL},
	{"http:\\\\pub/", NULL},
	{"http:/\\pub/", NULL},
	/* control characters and blanks */
	{"http://pub\t.in/", NULL},
	{"http://pub\n/", NULL},
	{"http://pub/\r\nHost: in", NULL},
	{"http://pub/\x7f", NULL},
	{"http://pub/\x01", NULL},
	{" http://pub/", NULL},
	{"http://pub/ ", NULL},
	{"http://pub /", NULL},
	{"http ://pub/", NULL},
	/* slashes, empty hosts */
	{"http:///pub/", NULL},
	{"http:////pub/", NULL},
	{"http:/pub/", NULL},
	{"http:pub/", NULL},
	{"http://", NULL},
	{"http:///", NULL},
	{"http://?x", NULL},
	{"http://#x", NULL},
	{"http://:80/", NULL},
	{"http://./", NULL},
	{"http://../", NULL},
	{"http://a..b/", NULL},
	{"http://.a/", NULL},
	/* ports */
	{"http://pub:0/", NULL},
	{"http://pub:65536/", NULL},
	{"http://pub:99999999999999999999/", NULL},
	{"http://pub:-1/", NULL},
	{"http://pub:+80/", NULL},
	{"http://pub:80:80/", NULL},
	{"http://pub:8a/", NULL},
	{"http://pub:%38%30/", NULL},
	{"http://pub:８０/", NULL},
	/* every way to write 127.0.0.1 */
	{"http://2130706433/", "http://127.0.0.1/"},
	{"http://0x7f000001/", "http://127.0.0.1/"},
	{"http://017700000001/", "http://127.0.0.1/"},
	{"http://0x7f.1/", "http://127.0.0.1/"},
	{"http://127.1/", "http://127.0.0.1/"},
	{"http://0177.0.0.01/", "http://127.0.0.1/"},
	{"http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"},
	{"http://１２７．０．０．１/", "http://127.0.0.1/"},
	{"http://%31%32%37.0.0.1/", "http://127.0.0.1/"},
	{"http://0/", "http://0.0.0.0/"},
	{"http://127.0.0.1./", NULL},
	{"http://127.0.0.1.1/", NULL},
	{"http://256.0.0.1/", NULL},
	{"http://4294967296/", NULL},
	{"http://0x100000000/", NULL},
	{"http://127.0.0.09/", NULL},
	{"http://127..1/", NULL},
	{"http://a.0x7f/", NULL},
	/* IPv6 */
	{"http://[::1]/", "http://[::1]/"},
	{"http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"},
	{"http://[::ffff:7f00:1]/", "http://[::ffff:127.0.0.1]/"},
	{"http://[fe80::1%25eth0]/", NULL},
	{"http://[fe80::1%eth0]/", NULL},
	{"http://[::1]pub/", NULL},
	{"http://pub[::1]/", NULL},
	{"http://[::1/", NULL},
	{"http://::1/", NULL},
	{"http://[]/", NULL},
	{"http://[::g]/", NULL},
	{"http://[v1.x]/", NULL},
	{"http://[127.0.0.1]/", NULL},
	/* names that hide or reorder */
	{"http://pub\u202Eni/", NULL},
	{"http://\u200B/", NULL},
	{"http://\uFFFD.example/", NULL},
	{"http://pub\xff/", NULL},
	{"http://pub/\xff", NULL},
	{"http://pub/\xc0\xaf", NULL},
	{"http://pub/?\xed\xa0\x80", NULL},
	/* other schemes, and none */
	{"ftp://a/", NULL},
	{"file:///etc/passwd", NULL},
	{"gopher://a/", NULL},
	{"javascript:alert(1)", NULL},
	{"data:text/html,x", NULL},
	{"httpx://a/", NULL},
	{"http", NULL},
	{"http:", NULL},
	{"//a/b", NULL},
	{"/a", NULL},
	{"a.example/b", NULL},
	{"-x", NULL},
	{"", NULL},
	{"-", NULL},
	{"://a/", NULL},
};

/* One host, and the same one as at the socket, or no URL at all. */
static void test_hostile(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(hostile_rows); i++)
		check_canonical(hostile_rows[i].in, NULL, hostile_rows[i].want);
}

static const struct row resolution_rows[] = {
	{"g:h", NULL},
	{"g", "http://a/b/c/g"},
	{"./g", "http://a/b/c/g"},
	{"g/", "http://a/b/c/g/"},
	{"/g", "http://a/g"},
	{"//g", "http://g"},
	{"?y", "http://a/b/c/d;p?y"},
	{"g?y", "http://a/b/c/g?y"},
	{"#s", "http://a/b/c/d;p?q#s"},
	{"g#s", "http://a/b/c/g#s"},
	{"g?y#s", "http://a/b/c/g?y#s"},
	{";x", "http://a/b/c/;x"},
	{"g;x", "http://a/b/c/g;x"},
	{"g;x?y#s", "http://a/b/c/g;x?y#s"},
	{"", "http://a/b/c/d;p?q"},
	{".", "http://a/b/c/"},
	{"./", "http://a/b/c/"},
	{"..", "http://a/b/"},
	{"../", "http://a/b/"},
	{"../g", "http://a/b/g"},
	{"../..", "http://a/"},
	{"../../", "http://a/"},
	{"../../g", "http://a/g"},
	/* abnormal examples */
	{"../../../g", "http://a/g"},
	{"../../../../g", "http://a/g"},
	{"/./g", "http://a/g"},
	{"/../g", "http://a/g"},
	{"g.", "http://a/b/c/g."},
	{".g", "http://a/b/c/.g"},
	{"g..", "http://a/b/c/g.."},
	{"..g", "http://a/b/c/..g"},
	{"./../g", "http://a/b/g"},
	{"./g/.", "http://a/b/c/g/"},
	{"g/./h", "http://a/b/c/g/h"},
	{"g/../h", "http://a/b/c/h"},
	{"g;x=1/./y", "http://a/b/c/g;x=1/y"},
	{"g;x=1/../y", "http://a/b/c/y"},
	{"g?y/./x", "http://a/b/c/g?y/./x"},
	{"g?y/../x", "http://a/b/c/g?y/../x"},
	{"g#s/./x", "http://a/b/c/g#s/./x"},
	{"g#s/../x", "http://a/b/c/g#s/../x"},
	{"http:g", NULL},
};

/* RFC 3986 §5.4, the base with our scheme; what is no URL for us is refused. */
static void test_resolution(void **state)
{
	static const char base[] = "http://a/b/c/d;p?q";

	(void)state;
	for (size_t i = 0; i < COUNT(resolution_rows); i++) {
		char *out = NULL;
		struct err e = {0};
		enum err_code rc = url_resolve(resolution_rows[i].in, base, &out, &e);
		if (resolution_rows[i].want == NULL)
			assert_int_equal(rc, ERR_INPUT);
		else if (rc != ERR_OK || strcmp(out, resolution_rows[i].want) != 0)
			fail_msg("\"%s\": want %s, got %s", resolution_rows[i].in,
				resolution_rows[i].want, rc != ERR_OK ? e.text : out);
		free(out);
	}
}

static const struct {
	const char *in, *base, *want;
} resolve_as_published_rows[] = {
	{"http://Example.gov.cn:80/%7Ea/../b#c", NULL, "http://Example.gov.cn:80/%7Ea/../b#c"},
	{"http://example.gov.cn", NULL, "http://example.gov.cn"},
	{"https://example.gov.cn/附件 1.doc", NULL, "https://example.gov.cn/附件%201.doc"},
	{"附件 2.doc", "https://example.gov.cn/a/b", "https://example.gov.cn/a/附件%202.doc"},
	{"../x", "https://EXAMPLE.gov.cn:8443/a/b/c", "https://example.gov.cn:8443/a/x"},
	{"x", "http://example.gov.cn", "http://example.gov.cn/x"},
	{"?p=2", "http://example.gov.cn", "http://example.gov.cn/?p=2"},
	{"?p=2", "http://example.gov.cn/l?p=1#f", "http://example.gov.cn/l?p=2"},
	{"//b.example/x", "https://a.example/", "https://b.example/x"},
	{"x", "http://[::1]:8080/a/", "http://[::1]:8080/a/x"},
	{"a:b", "http://a/", NULL},
	{"./a:b", "http://a/", "http://a/a:b"},
	{"http://a b/", NULL, NULL},
	{"http://u@a/", NULL, NULL},
	{"//u@a/", "http://b/", NULL},
	{"///x", "http://b/", NULL},
	{"x\ty", "http://b/", NULL},
	{"x", NULL, NULL},
	{"x", "ftp://b/", NULL},
	{"x", "http://u@b/", NULL},
	{"x", "", NULL},
};

static void test_resolve_as_published(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(resolve_as_published_rows); i++) {
		char *out = NULL;
		struct err e = {0};
		enum err_code rc = url_resolve(resolve_as_published_rows[i].in,
			resolve_as_published_rows[i].base, &out, &e);
		if (resolve_as_published_rows[i].want == NULL)
			assert_int_equal(rc, ERR_INPUT);
		else if (rc != ERR_OK || strcmp(out, resolve_as_published_rows[i].want) != 0)
			fail_msg("\"%s\": want %s, got %s", resolve_as_published_rows[i].in,
				resolve_as_published_rows[i].want, rc != ERR_OK ? e.text : out);
		free(out);
	}
	check_canonical("../%7ex?", "http://Example.gov.cn/a/b", "http://example.gov.cn/~x");
	check_canonical("", "http://Example.gov.cn/a#b", "http://example.gov.cn/a");
}

static void test_split(void **state)
{
	struct url_parts p;
	struct err e = {0};

	(void)state;
	assert_int_equal(url_split("HTTPS://Example.gov.cn/a/../b?c=%41#d", &p, &e), ERR_OK);
	assert_string_equal(p.scheme, "https");
	assert_string_equal(p.host, "example.gov.cn");
	assert_int_equal(p.port, 443);
	assert_string_equal(p.path, "/a/../b");
	assert_string_equal(p.query, "c=%41");
	url_parts_fini(&p);
	assert_int_equal(url_split("http://[2001:DB8::1]:8080", &p, &e), ERR_OK);
	assert_string_equal(p.host, "2001:db8::1");
	assert_int_equal(p.port, 8080);
	assert_string_equal(p.path, "/");
	assert_null(p.query);
	url_parts_fini(&p);
	assert_int_equal(url_split("http://0x7f.1/", &p, &e), ERR_OK);
	assert_string_equal(p.host, "127.0.0.1");
	url_parts_fini(&p);
	assert_int_equal(url_split("http://u@a/", &p, &e), ERR_INPUT);
	assert_null(p.host);
	assert_true(url_is_http("HTTPS://a"));
	assert_false(url_is_http("https:/a"));
	assert_false(url_is_http("ftp://a"));
	assert_false(url_is_http(""));
}

static void test_limits(void **state)
{
	static const char front[] = "http://a/";
	char *url = malloc(URL_MAX + 2), *out = NULL;
	struct err e = {0};

	(void)state;
	assert_non_null(url);
	memset(url, 'x', URL_MAX + 1);
	url[URL_MAX + 1] = '\0';
	memcpy(url, front, sizeof front - 1);
	assert_int_equal(url_canonical(url, NULL, &out, &e), ERR_LIMIT);
	url[URL_MAX] = '\0';
	assert_int_equal(url_canonical(url, NULL, &out, &e), ERR_OK);
	assert_string_equal(out, url);
	free(out);
	url[100] = '"'; /* grows past the limit when escaped */
	assert_int_equal(url_canonical(url, NULL, &out, &e), ERR_LIMIT);
	url[100] = ' ';
	assert_int_equal(url_resolve(url, NULL, &out, &e), ERR_LIMIT);
	/* a host of more than 253 characters is no host */
	memset(url + 7, 'h', 300);
	assert_int_equal(url_canonical(url, NULL, &out, &e), ERR_INPUT);
	/* as many dot segments as fit */
	for (size_t i = 8; i + 3 <= URL_MAX; i += 3)
		memcpy(url + i, "/..", 3);
	memcpy(url, "http://a", 8);
	url[8 + (URL_MAX - 8) / 3 * 3] = '\0';
	assert_int_equal(url_canonical(url, NULL, &out, &e), ERR_OK);
	assert_string_equal(out, "http://a/");
	free(out);
	free(url);
}

/* xorshift32 */
static uint32_t next(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Four numbers or thereabouts, and perhaps a port. */
static void add_address(uint32_t *seed, char *out)
{
	static const char *const numbers[] = {
		"1", "0", "10", "127", "255", "256", "01", "00", "0x1", "", "1a"};
	static const char *const ports[] = {"", ":80", ":443", ":8080", ":1", ":65535", ":65536",
		":0", ":080", ":", ":8a", ":+8", ":8:8", ":8@h"};
	size_t parts = next(seed) % 8 ? 4 : 1 + next(seed) % 5;

	for (size_t i = 0; i < parts; i++) {
		strcat(out, i ? "." : "");
		strcat(out, numbers[next(seed) % (next(seed) % 4 ? 5 : COUNT(numbers))]);
	}
	strcat(out, ports[next(seed) % COUNT(ports)]);
}

/* URLs put together from pieces of which some are fine and some are not. */
static void make_url(uint32_t *seed, char out[256])
{
	static const char *const fronts[] = {"http://", "https://", "http://", "https://",
		"HTTP://", "http:/", "http:///", "ftp://", ""};
	static const char *const hosts[] = {"www", "example", "gov", "cn", ".", ".", ".", "-", "a",
		"1", "0x7f", "127", "xn--fiq228c", "A", "_", ":80", ":8080", ":", "@", "[::1]",
		"%41", "\xE4\xB8\xAD", "local", "m"};
	static const char *const paths[] = {"/", "/", "/", ".", "..", "./", "a", "index_1", ".html",
		"t20201127_1", "?", "id=1", "&", "=", "-", "_", "~", "%", "%41", "%e4", "%2F", "#",
		" ", "\\", "\xE4\xB8\xAD", "+", ";", ":", "@", "//", "A"};
	size_t parts = 1 + next(seed) % 6;
	bool address = next(seed) % 4 == 0;

	strcpy(out, fronts[next(seed) % COUNT(fronts)]);
	if (address)
		add_address(seed, out);
	for (size_t i = 0; i < parts && !address; i++)
		strcat(out, hosts[next(seed) % (next(seed) % 3 ? 7 : COUNT(hosts))]);
	parts = next(seed) % 9;
	for (size_t i = 0; i < parts; i++)
		strcat(out, paths[next(seed) % (next(seed) % 3 ? 16 : COUNT(paths))]);
}

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void split_both(const char *url, const char *longer)
{
	struct url_parts a, b;
	enum err_code rc = url_split(url, &a, NULL), want = url_split(longer, &b, NULL);

	if (rc != want || a.port != b.port || !is_same(a.scheme, b.scheme) ||
		!is_same(a.host, b.host) || !is_same(a.path, b.path) || !is_same(a.query, b.query))
		fail_msg("\"%s\" is taken apart in two ways", url);
	url_parts_fini(&a);
	url_parts_fini(&b);
}

/* A fragment is dropped, and with one no URL takes the short way: both must agree. */
static void test_short_way(void **state)
{
	const char *wanted = getenv("FUZZ_ROUNDS");
	long rounds = wanted ? 5 * atol(wanted) : 20000;
	uint32_t seed = 20261126;
	size_t good = 0;

	(void)state;
	for (long i = 0; i < rounds; i++) {
		char url[256], longer[260], *a = NULL, *b = NULL;
		struct err e = {0}, f = {0};
		make_url(&seed, url);
		strcpy(longer, url);
		strcat(longer, "#x");
		enum err_code rc = url_canonical(url, NULL, &a, &e);
		enum err_code want = url_canonical(longer, NULL, &b, &f);
		if (rc != want || (!rc && strcmp(a, b) != 0))
			fail_msg("\"%s\" gave %s, by the long way %s", url, a ? a : e.text,
				b ? b : f.text);
		split_both(url, longer);
		good += !rc && strcmp(a, url) == 0;
		free(a);
		free(b);
	}
	assert_true(good > (size_t)rounds / 50); /* some were canonical as they stood */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_resolution),
		cmocka_unit_test(test_resolve_as_published),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_short_way),
	};

	return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
