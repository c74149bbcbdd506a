/*
 * loopback.c - listens on loopback and hands connections on.
 */
#include "tests/server/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

int loopback_serve(const char *modes, const char *path, void (*treat)(int fd, char mode, FILE *log))
{
	FILE *log = fopen(path, "a");
	int fd = log ? listen_anywhere() : -1;
	struct pollfd p[2] = {{fd, POLLIN, 0}, {0, POLLIN, 0}};

	if (fd < 0 || !*modes)
		return 2;
	for (size_t n = 0; poll(p, 2, -1) > 0 && !p[1].revents;) {
		int peer = accept(fd, NULL, NULL);
		if (peer < 0)
			continue;
		treat(peer, modes[n++ % strlen(modes)], log);
		close(peer);
	}
	fclose(log);
	return 0;
}
