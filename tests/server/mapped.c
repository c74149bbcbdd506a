/*
 * mapped.c - huiying-fetch with public addresses of the test's choice.
 *
 * build/fetch-mapped is huiying-fetch, object for object, but for the address guard's
 * two functions, which the linker wraps (--wrap). An address is judged by the real
 * guard first; one that passed and is listed in $HUIYING_TEST_MAP,
 *   "8.8.4.4:80=127.0.0.1:41234 8.8.4.5:80=127.0.0.1:41235",
 * is then connected to the place behind the "=", as the socket callback of libcurl may
 * order. So everything that a real host on the Internet can do is done to the real
 * fetcher without a network, and its guard still stands in the way of every other
 * address. The program that is installed holds nothing of this.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "crawler/address.h"

const char *__real_address_block(const struct sockaddr *sa);
const char *__wrap_address_block(const struct sockaddr *sa);
const char *__real_address_block_text(const char *ip);
const char *__wrap_address_block_text(const char *ip);

static int read_place(struct str s, struct sockaddr_in *out)
{
	size_t colon = str_find(s, ":", 0);
	char ip[INET_ADDRSTRLEN];
	int64_t port;

	if (colon >= sizeof ip || !str_to_int(str_sub(s, colon + 1, s.n), 1, 65535, &port))
		return 0;
	memcpy(ip, s.p, colon);
	ip[colon] = '\0';
	out->sin_port = htons((uint16_t)port);
	return inet_pton(AF_INET, ip, &out->sin_addr) == 1;
}

static void map(struct sockaddr_in *a)
{
	struct str rest = str_of(getenv("HUIYING_TEST_MAP"));

	while (rest.p && rest.n) {
		struct str row = str_split(&rest, ' ');
		size_t equals = str_find(row, "=", 0);
		struct sockaddr_in from, to;
		if (!read_place(str_sub(row, 0, equals), &from) ||
			!read_place(str_sub(row, equals + 1, row.n), &to) ||
			from.sin_addr.s_addr != a->sin_addr.s_addr || from.sin_port != a->sin_port)
			continue;
		a->sin_addr = to.sin_addr;
		a->sin_port = to.sin_port;
		return;
	}
}

const char *__wrap_address_block(const struct sockaddr *sa)
{
	const char *block = __real_address_block(sa);

	/* libcurl hands its own copy to the callback, to be changed if need be. */
	if (!block && sa->sa_family == AF_INET)
		map((struct sockaddr_in *)(uintptr_t)sa);
	return block;
}

/* The peer of a connection that the guard let through: loopback, because mapped. */
const char *__wrap_address_block_text(const char *ip)
{
	return strcmp(ip, "127.0.0.1") == 0 ? NULL : __real_address_block_text(ip);
}
