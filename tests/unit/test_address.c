/*
 * test_address.c - every special block: first, last and both neighbours.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <sys/un.h>

#include "crawler/address.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* Each block's first and last address; the neighbours are public when said so. */
static const struct {
	const char *first, *last;
	bool before_public, after_public;
} blocks4[] = {
	{"0.0.0.0", "0.255.255.255", false, true},
	{"10.0.0.0", "10.255.255.255", true, true},
	{"100.64.0.0", "100.127.255.255", true, true},
	{"127.0.0.0", "127.255.255.255", true, true},
	{"169.254.0.0", "169.254.255.255", true, true},
	{"172.16.0.0", "172.31.255.255", true, true},
	{"192.0.0.0", "192.0.0.255", true, true},
	{"192.0.2.0", "192.0.2.255", true, true},
	{"192.31.196.0", "192.31.196.255", true, true},
	{"192.52.193.0", "192.52.193.255", true, true},
	{"192.88.99.0", "192.88.99.255", true, true},
	{"192.168.0.0", "192.168.255.255", true, true},
	{"192.175.48.0", "192.175.48.255", true, true},
	{"198.18.0.0", "198.19.255.255", true, true},
	{"198.51.100.0", "198.51.100.255", true, true},
	{"203.0.113.0", "203.0.113.255", true, true},
	{"224.0.0.0", "255.255.255.255", true, false},
};

static uint32_t ip4(const char *text)
{
	struct in_addr a;

	assert_int_equal(inet_pton(AF_INET, text, &a), 1);
	return ntohl(a.s_addr);
}

static void test_v4_blocks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(blocks4); i++) {
		uint32_t first = ip4(blocks4[i].first), last = ip4(blocks4[i].last);
		uint32_t middle = first + (last - first) / 2;
		assert_non_null(address_block_v4(first));
		assert_non_null(address_block_v4(middle));
		assert_non_null(address_block_v4(last));
		if (blocks4[i].before_public)
			assert_null(address_block_v4(first - 1));
		if (blocks4[i].after_public)
			assert_null(address_block_v4(last + 1));
	}
}

static const char *const public6[] = {
	"2000::", "2400:3200::1", "2606:4700:4700::1111", "2a00:1450::1",
	"2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::", "2620:4f:7fff:ffff::",
	"2620:4f:8001::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	"3fff:1000::", "::ffff:8.8.4.4", "64:ff9b::8.8.4.4", "2002:808:404::1",
	"2001:0:808:404:0:0:f7f7:fbfb", /* server and client 8.8.4.4 */
};

static const char *const special6[] = {
	"::",
	"::1",
	"::2",
	"::8.8.4.4",
	"::ffff:0.0.0.0",
	"::ffff:10.0.0.1",
	"::ffff:127.0.0.1",
	"::ffff:169.254.169.254",
	"::ffff:255.255.255.255",
	"::fffe:ffff:ffff",
	"::1:0:0:0",
	"64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff",
	"64:ff9b::127.0.0.1",
	"64:ff9b::192.168.1.1",
	"64:ff9b:0:0:0:1::",
	"64:ff9b:1::",
	"100::",
	"1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	"2001:0:7f00:1::",
	"2001:0:808:404:0:0:80ff:fffe", /* client 127.0.0.1 */
	"2001:1::1",
	"2001:2::",
	"2001:10::",
	"2001:20::",
	"2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
	"2001:db8::",
	"2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
	"2002:7f00:1::",
	"2002:a00:1::",
	"2002:c0a8:101::",
	"2620:4f:8000::",
	"2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
	"3fff::",
	"3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
	"4000::",
	"5f00::",
	"fbff:ffff::",
	"fc00::",
	"fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	"fe00::",
	"fe80::",
	"febf:ffff::",
	"fec0::",
	"ff00::",
	"ff02::1",
	"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
};

static void test_v6(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(public6); i++)
		if (address_block_text(public6[i]))
			fail_msg("%s is %s", public6[i], address_block_text(public6[i]));
	for (size_t i = 0; i < COUNT(special6); i++)
		if (!address_block_text(special6[i]))
			fail_msg("%s is taken for public", special6[i]);
}

static void test_sockaddr(void **state)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	struct sockaddr_un local = {.sun_family = AF_UNIX};

	(void)state;
	v4.sin_addr.s_addr = htonl(ip4("8.8.4.4"));
	assert_null(address_block((struct sockaddr *)&v4));
	v4.sin_addr.s_addr = htonl(ip4("127.0.0.1"));
	assert_string_equal(address_block((struct sockaddr *)&v4), "loopback");
	assert_string_equal(address_block((struct sockaddr *)&v6), "unspecified");
	assert_int_equal(inet_pton(AF_INET6, "2400:3200::1", &v6.sin6_addr), 1);
	assert_null(address_block((struct sockaddr *)&v6));
	assert_non_null(address_block((struct sockaddr *)&local));
	assert_non_null(address_block(NULL));
	assert_non_null(address_block_text(NULL));
	assert_non_null(address_block_text("localhost"));
	assert_true(address_is_literal("10.0.0.1"));
	assert_true(address_is_literal("fe80::1"));
	assert_false(address_is_literal("localhost"));
	assert_false(address_is_literal(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_v4_blocks),
		cmocka_unit_test(test_v6),
		cmocka_unit_test(test_sockaddr),
	};

	return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
