/*
 * address.c - the special-purpose blocks as tables, first match wins.
 */
#include "crawler/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

struct block4 {
	uint32_t base;
	int bits;
	const char *what;
};

/* iana-ipv4-special-registry, and multicast. Blocks marked globally reachable there
 * (AS112, AMT) are kept: nobody publishes news on them. */
static const struct block4 blocks4[] = {
	{0x00000000, 8, "this network"},
	{0x0a000000, 8, "private use"},
	{0x64400000, 10, "carrier-grade NAT"},
	{0x7f000000, 8, "loopback"},
	{0xa9fe0000, 16, "link-local"},
	{0xac100000, 12, "private use"},
	{0xc0000000, 24, "protocol assignments"},
	{0xc0000200, 24, "documentation"},
	{0xc01fc400, 24, "AS112"},
	{0xc034c100, 24, "AMT"},
	{0xc0586300, 24, "6to4 relay"},
	{0xc0a80000, 16, "private use"},
	{0xc0af3000, 24, "AS112"},
	{0xc6120000, 15, "benchmarking"},
	{0xc6336400, 24, "documentation"},
	{0xcb007100, 24, "documentation"},
	{0xe0000000, 4, "multicast"},
	{0xf0000000, 4, "reserved"},
};

enum embedded { EMBEDDED_NONE, EMBEDDED_LAST, EMBEDDED_6TO4, EMBEDDED_TEREDO };

struct block6 {
	unsigned char base[16];
	int bits;
	const char *what;
	enum embedded embedded; /* where the IPv4 address that decides stands */
};

/* iana-ipv6-special-registry. The first four carry an IPv4 address. */
static const struct block6 blocks6[] = {
	{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, NULL, EMBEDDED_LAST},
	{{0x00, 0x64, 0xff, 0x9b}, 96, NULL, EMBEDDED_LAST},
	{{0x20, 0x02}, 16, NULL, EMBEDDED_6TO4},
	{{0x20, 0x01, 0x00, 0x00}, 32, NULL, EMBEDDED_TEREDO},
	{{0x20, 0x01}, 23, "protocol assignments", EMBEDDED_NONE},
	{{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation", EMBEDDED_NONE},
	{{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48, "AS112", EMBEDDED_NONE},
	{{0x3f, 0xff}, 20, "documentation", EMBEDDED_NONE},
};

const char *address_block_v4(uint32_t ip)
{
	for (size_t i = 0; i < sizeof blocks4 / sizeof *blocks4; i++)
		if ((ip ^ blocks4[i].base) >> (32 - blocks4[i].bits) == 0)
			return blocks4[i].what;
	return NULL;
}

static bool in_block6(const unsigned char *ip, const struct block6 *b)
{
	int whole = b->bits / 8, rest = b->bits % 8;

	if (memcmp(ip, b->base, (size_t)whole) != 0)
		return false;
	return rest == 0 || (ip[whole] ^ b->base[whole]) >> (8 - rest) == 0;
}

static uint32_t four(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static const char *judge_embedded(const unsigned char *ip, enum embedded where)
{
	const char *what;

	switch (where) {
	case EMBEDDED_6TO4:
		return address_block_v4(four(ip + 2));
	case EMBEDDED_TEREDO: /* RFC 4380 §4: the server, and the client inverted */
		what = address_block_v4(four(ip + 4));
		return what ? what : address_block_v4(~four(ip + 12));
	case EMBEDDED_LAST:
	case EMBEDDED_NONE:
		break;
	}
	return address_block_v4(four(ip + 12));
}

const char *address_block_v6(const unsigned char ip[16])
{
	static const unsigned char zero[15];

	for (size_t i = 0; i < sizeof blocks6 / sizeof *blocks6; i++) {
		if (!in_block6(ip, &blocks6[i]))
			continue;
		if (blocks6[i].embedded == EMBEDDED_NONE)
			return blocks6[i].what;
		return judge_embedded(ip, blocks6[i].embedded);
	}
	if (memcmp(ip, zero, 15) == 0 && ip[15] <= 1)
		return ip[15] ? "loopback" : "unspecified";
	if (ip[0] == 0xfe && (ip[1] & 0xc0) == 0x80)
		return "link-local";
	if ((ip[0] & 0xfe) == 0xfc)
		return "private use";
	if (ip[0] == 0xff)
		return "multicast";
	return (ip[0] & 0xe0) == 0x20 ? NULL : "not global unicast";
}

const char *address_block(const struct sockaddr *sa)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (sa && sa->sa_family == AF_INET) {
		memcpy(&v4, sa, sizeof v4);
		return address_block_v4(ntohl(v4.sin_addr.s_addr));
	}
	if (sa && sa->sa_family == AF_INET6) {
		memcpy(&v6, sa, sizeof v6);
		return address_block_v6(v6.sin6_addr.s6_addr);
	}
	return "no Internet address";
}

bool address_is_literal(const char *host)
{
	unsigned char ip[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, host, ip) == 1 || inet_pton(AF_INET6, host, ip) == 1;
}

const char *address_block_text(const char *ip)
{
	struct in_addr v4;
	struct in6_addr v6;

	if (ip && inet_pton(AF_INET, ip, &v4) == 1)
		return address_block_v4(ntohl(v4.s_addr));
	if (ip && inet_pton(AF_INET6, ip, &v6) == 1)
		return address_block_v6(v6.s6_addr);
	return "no Internet address";
}
