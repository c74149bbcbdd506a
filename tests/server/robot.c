/*
 * robot.c - a robot of a chat program that is as bad as networks are, for tests.
 *
 *   robot MODES LOG
 *
 * Listens on a loopback port that the kernel picks, prints "PORT n" and serves until
 * standard input closes. The n-th connection is treated as the n-th letter of MODES says,
 * over and over:
 *   o  takes the message, answers {"errcode":0}      r  refuses it with 400
 *   e  answers 200 with {"errcode":310000}           t  429 with Retry-After: 1
 *   b  closes before it has read anything            a  takes it, then closes without a word
 *   d  takes it and answers too late (1.3 s)           g  takes it, answers rubbish
 *   w  takes it and answers twice                    x  takes it, answers 502
 *   l  answers late (0.2 s) but in time
 * LOG gets a line for each message that was taken: the mode and the body.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_MAX 65536

static const struct {
	char mode;
	bool takes;
	int wait_ms;
	const char *answer; /* NULL: none */
} ways[] = {
	{'o', true, 0, "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}"},
	{'l', true, 200, "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}"},
	{'r', false, 0, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"},
	{'e', false, 0, "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"errcode\":310000}"},
	{'t', false, 0, "HTTP/1.1 429 Too Many\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"},
	{'a', true, 0, NULL},
	{'d', true, 1300, "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}"},
	{'g', true, 0, "I am no robot\r\n\r\n"},
	{'w', true, 0,
		"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}"
		"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}"},
	{'x', true, 0, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"},
};

/* The whole request; where its body begins. 0: it did not come. */
static size_t read_request(int fd, char *out, size_t size)
{
	size_t n = 0;

	for (;;) {
		ssize_t got = recv(fd, out + n, size - 1 - n, 0);
		const char *body, *length;
		if (got <= 0)
			return 0;
		n += (size_t)got;
		out[n] = '\0';
		body = strstr(out, "\r\n\r\n");
		length = strstr(out, "Content-Length: ");
		if (body && length &&
			n - (size_t)(body + 4 - out) >= strtoul(length + 16, NULL, 10))
			return (size_t)(body + 4 - out);
	}
}

static void treat(int fd, char mode, FILE *log)
{
	static char request[REQUEST_MAX];
	size_t body;

	if (mode == 'b')
		return;
	body = read_request(fd, request, sizeof request);
	for (size_t i = 0; body && i < sizeof ways / sizeof *ways; i++) {
		if (ways[i].mode != mode)
			continue;
		if (ways[i].takes) {
			fprintf(log, "%c %s\n", mode, request + body);
			fflush(log);
		}
		poll(NULL, 0, ways[i].wait_ms);
		if (ways[i].answer)
			(void)!send(fd, ways[i].answer, strlen(ways[i].answer), MSG_NOSIGNAL);
	}
}

static int listen_anywhere(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(fd, 64) != 0 ||
		getsockname(fd, (struct sockaddr *)&a, &size) != 0)
		return -1;
	printf("PORT %d\n", ntohs(a.sin_port));
	fflush(stdout);
	return fd;
}

int main(int argc, char **argv)
{
	FILE *log = argc == 3 ? fopen(argv[2], "a") : NULL;
	int fd = log ? listen_anywhere() : -1;
	struct pollfd p[2] = {{fd, POLLIN, 0}, {0, POLLIN, 0}};

	if (fd < 0 || !argv[1][0])
		return 2;
	for (size_t n = 0; poll(p, 2, -1) > 0 && !p[1].revents;) {
		int peer = accept(fd, NULL, NULL);
		if (peer < 0)
			continue;
		treat(peer, argv[1][n++ % strlen(argv[1])], log);
		close(peer);
	}
	fclose(log);
	return 0;
}
