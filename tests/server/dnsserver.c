/*
 * dnsserver.c - a name server that changes its mind, for tests in a network namespace.
 *
 *   dnsserver --address IP --port N NAME=ANSWER[/ANSWER…] …
 *
 * An ANSWER is one or more IPv4 addresses with commas between them; each query for the
 * name takes the next answer, the last one is followed by the first. TTL 0. Other names
 * do not exist; other types have no answer. Prints "READY" and serves until standard
 * input closes.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"

#define NAMES_MAX 32
#define PACKET_MAX 512
#define HEADER 12
#define TYPE_A 1
#define NXDOMAIN 3

struct name {
	struct str name;
	struct str answers; /* "a,b/c" */
	struct str next; /* what is left of them */
};

struct server {
	struct name names[NAMES_MAX];
	size_t count;
	int fd;
};

/* The dotted name of the question; its end in *end, 0 when the packet is none. */
static void read_question(const unsigned char *p, size_t n, char name[256], size_t *end)
{
	size_t at = HEADER, out = 0;

	*end = 0;
	while (at < n && p[at]) {
		size_t label = p[at++];
		if (label > 63 || at + label > n || out + label + 2 > 256)
			return;
		memcpy(name + out, p + at, label);
		out += label;
		name[out++] = '.';
		at += label;
	}
	name[out ? out - 1 : 0] = '\0';
	if (at + 5 <= n)
		*end = at + 5;
}

static struct name *find(struct server *s, const char *name)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_is_nocase(s->names[i].name, name))
			return &s->names[i];
	return NULL;
}

/* One record: a pointer to the question's name, A, IN, TTL 0, the address. */
static size_t add_address(unsigned char *out, struct str ip)
{
	static const unsigned char head[] = {0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4};
	char text[INET_ADDRSTRLEN] = "";

	if (ip.n >= sizeof text)
		return 0;
	memcpy(text, ip.p, ip.n);
	memcpy(out, head, sizeof head);
	return inet_pton(AF_INET, text, out + sizeof head) == 1 ? sizeof head + 4 : 0;
}

static size_t add_answers(struct name *name, unsigned char *out, size_t *count)
{
	struct str list;
	size_t size = 0;

	if (!name->next.p)
		name->next = name->answers;
	list = str_split(&name->next, '/');
	while (list.p && size < PACKET_MAX / 2) {
		size_t n = add_address(out + size, str_split(&list, ','));
		size += n;
		*count += n > 0;
	}
	return size;
}

static void answer(struct server *s)
{
	unsigned char p[2 * PACKET_MAX];
	struct sockaddr_storage from;
	socklen_t from_size = sizeof from;
	ssize_t got = recvfrom(s->fd, p, PACKET_MAX, 0, (struct sockaddr *)&from, &from_size);
	char name[256];
	size_t end = 0, count = 0;
	struct name *row;

	if (got > HEADER)
		read_question(p, (size_t)got, name, &end);
	if (!end)
		return;
	row = find(s, name);
	p[2] = 0x84; /* an answer, authoritative */
	p[3] = row ? 0 : NXDOMAIN;
	if (row && p[end - 4] == 0 && p[end - 3] == TYPE_A)
		end += add_answers(row, p + end, &count);
	p[6] = 0;
	p[7] = (unsigned char)count;
	memset(p + 8, 0, 4);
	(void)sendto(s->fd, p, end, 0, (struct sockaddr *)&from, from_size);
}

static bool listen_on(struct server *s, const char *address, int64_t port)
{
	struct sockaddr_in a;

	memset(&a, 0, sizeof a);
	a.sin_family = AF_INET;
	a.sin_port = htons((uint16_t)port);
	s->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	return s->fd >= 0 && inet_pton(AF_INET, address, &a.sin_addr) == 1 &&
	       bind(s->fd, (struct sockaddr *)&a, sizeof a) == 0;
}

int main(int argc, char **argv)
{
	struct server s = {.fd = -1};
	const char *address = "127.0.0.1";
	int64_t port = 53;
	char byte;

	for (int i = 1; i < argc; i++) {
		struct str word = str_of(argv[i]);
		size_t equals = str_find(word, "=", 0);
		if (strcmp(argv[i], "--address") == 0 && i + 1 < argc) {
			address = argv[++i];
		} else if (strcmp(argv[i], "--port") == 0 && i + 1 < argc) {
			(void)str_to_int(str_of(argv[++i]), 1, 65535, &port);
		} else if (equals < word.n && s.count < NAMES_MAX) {
			s.names[s.count].name = str_sub(word, 0, equals);
			s.names[s.count++].answers = str_sub(word, equals + 1, word.n);
		}
	}
	if (!listen_on(&s, address, port))
		return 3;
	puts("READY");
	fflush(stdout);
	for (;;) {
		struct pollfd p[2] = {{STDIN_FILENO, POLLIN, 0}, {s.fd, POLLIN, 0}};
		if (poll(p, 2, -1) < 0)
			return 3;
		if (p[0].revents && read(STDIN_FILENO, &byte, 1) <= 0)
			return 0;
		if (p[1].revents)
			answer(&s);
	}
}
