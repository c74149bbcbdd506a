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
 *   T  200 with {"errcode":130101}, too often        R  a redirect to itself
 *   h  200 with an error that repeats the address    u  200 with an error of 600 bytes
 *   k  400 with {"code":19021}                       B  takes it, 300 KB of answer
 * LOG gets a line for each message that was taken: the mode and the body.
 */
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/server/loopback.h"

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
	{'T', false, 0,
		"HTTP/1.1 200 OK\r\nContent-Length: 43\r\n\r\n"
		"{\"errcode\":130101,\"errmsg\":\"send too fast\"}"},
	{'R', true, 0, "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"},
	{'k', false, 0,
		"HTTP/1.1 400 Bad Request\r\nContent-Length: 38\r\n\r\n"
		"{\"code\":19021,\"msg\":\"sign match fail\"}"},
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

static void say(int fd, const char *text)
{
	(void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

/* Answers that are made of what was asked, or too long to stand in the table. */
static void answer_oddly(int fd, char mode, const char *request)
{
	char text[4096];
	int path = (int)strcspn(request + 5, " "); /* behind "POST " */

	say(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	if (mode == 'h') {
		snprintf(text, sizeof text, "{\"errcode\":300001,\"errmsg\":\"no %.*s here\"}",
			path, request + 5);
		say(fd, text);
	} else if (mode == 'u') {
		say(fd, "{\"errcode\":310000,\"errmsg\":\"x");
		for (int i = 0; i < 200; i++)
			say(fd, "长");
		say(fd, "\"}");
	}
	memset(text, ' ', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	for (int i = 0; mode == 'B' && i < 75; i++)
		say(fd, text);
}

static void treat(int fd, char mode, FILE *log)
{
	static char request[REQUEST_MAX];
	size_t body;

	if (mode == 'b')
		return;
	body = read_request(fd, request, sizeof request);
	if (body && strchr("huB", mode)) {
		if (mode == 'B') {
			fprintf(log, "%c %s\n", mode, request + body);
			fflush(log);
		}
		answer_oddly(fd, mode, request);
		/* What is unread when it closes would reset the connection. */
		shutdown(fd, SHUT_WR);
		(void)!recv(fd, request, sizeof request, 0);
		return;
	}
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

int main(int argc, char **argv)
{
	return argc == 3 ? loopback_serve(argv[1], argv[2], treat) : 2;
}
