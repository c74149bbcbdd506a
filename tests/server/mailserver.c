/*
 * mailserver.c - a mail server (RFC 5321) with the moods that mail servers have, for tests.
 *
 *   mailserver MODES LOG
 *
 * Listens on a loopback port that the kernel picks, prints "PORT n" and serves until
 * standard input closes. The n-th connection is treated as the n-th letter of MODES says,
 * over and over:
 *   o  takes the mail                     g  450 to every receiver (greylisting)
 *   p  550 to receivers named gone@       n  550 to every receiver
 *   G  450 to receivers named later@      r  both: 450 to later@, 550 to gone@
 *   l  451 after the mail                 f  554 after the mail
 *   d  closes after the mail, unanswered  D  closes when the mail is to begin
 *   q  takes it and closes at once        e  knows HELO only
 *   a  asks for AUTH and takes it         A  asks for AUTH and refuses it
 *   t  offers STARTTLS, then speaks no TLS
 *   s  offers STARTTLS, then hands everything on to the TLS server at $TLS_PORT
 * LOG gets every line that came in, with its mode.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/server/loopback.h"

struct talk {
	FILE *in, *log;
	int fd;
	char mode;
	bool mail, login, over;
};

static void say(struct talk *t, const char *text)
{
	(void)!send(t->fd, text, strlen(text), MSG_NOSIGNAL);
}

static bool is(const char *line, const char *verb)
{
	return strncasecmp(line, verb, strlen(verb)) == 0;
}

static void greet(struct talk *t, const char *line)
{
	if (t->mode == 'e' && is(line, "EHLO"))
		say(t, "502 what?\r\n");
	else if (strchr("ts", t->mode))
		say(t, "250-mx\r\n250 STARTTLS\r\n");
	else if (strchr("aA", t->mode))
		say(t, "250-mx\r\n250 AUTH PLAIN\r\n");
	else
		say(t, "250-mx\r\n250 8BITMIME\r\n");
}

static void answer_receiver(struct talk *t, const char *line)
{
	if (t->mode == 'g' || (strchr("Gr", t->mode) && strstr(line, "<later@")))
		say(t, "450 4.2.0 later\r\n");
	else if (t->mode == 'n' || (strchr("pr", t->mode) && strstr(line, "<gone@")))
		say(t, "550 5.1.1 nobody of that name\r\n");
	else
		say(t, "250 fine\r\n");
}

/* The mail is whole. */
static void answer_mail(struct talk *t)
{
	t->mail = false;
	t->over = strchr("dq", t->mode) != NULL;
	if (t->mode == 'l')
		say(t, "451 4.3.0 later\r\n");
	else if (t->mode == 'f')
		say(t, "554 5.7.1 never\r\n");
	else if (t->mode != 'd')
		say(t, "250 taken\r\n");
}

static bool pass_on(int from, int to)
{
	char bytes[4096];
	ssize_t n = recv(from, bytes, sizeof bytes, 0);

	return n > 0 && send(to, bytes, (size_t)n, MSG_NOSIGNAL) == n;
}

static void relay(int fd)
{
	const char *port = getenv("TLS_PORT");
	struct sockaddr_in a = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)(port ? atoi(port) : 0))};
	int to = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct pollfd p[2] = {{fd, POLLIN, 0}, {to, POLLIN, 0}};

	if (to < 0)
		return;
	if (connect(to, (struct sockaddr *)&a, sizeof a) == 0)
		while (poll(p, 2, -1) > 0)
			if ((p[0].revents && !pass_on(fd, to)) ||
				(p[1].revents && !pass_on(to, fd)))
				break;
	close(to);
}

static void answer(struct talk *t, const char *line)
{
	if (t->login) {
		t->login = false;
		say(t, t->mode == 'A' ? "535 5.7.8 no\r\n" : "235 welcome\r\n");
	} else if (is(line, "EHLO") || is(line, "HELO")) {
		greet(t, line);
	} else if (is(line, "STARTTLS") && t->mode == 's') {
		say(t, "220 go ahead\r\n");
		relay(t->fd);
		t->over = true;
	} else if (is(line, "STARTTLS")) {
		say(t, "220 go ahead\r\n");
		say(t, "this is no TLS at all, and long enough to be sure of that\r\n");
	} else if (is(line, "AUTH")) {
		t->login = true;
		say(t, "334 \r\n");
	} else if (is(line, "RCPT")) {
		answer_receiver(t, line);
	} else if (is(line, "DATA")) {
		t->mail = true;
		t->over = t->mode == 'D';
		say(t, "354 go on\r\n");
	} else if (is(line, "QUIT")) {
		t->over = true;
		say(t, "221 bye\r\n");
	} else {
		say(t, "250 fine\r\n");
	}
}

static void serve(int fd, char mode, FILE *log)
{
	struct talk t = {fdopen(dup(fd), "r"), log, fd, mode, false, false, false};
	char line[4096];

	if (!t.in)
		return;
	say(&t, "220 mx.example.gov.cn\r\n");
	while (!t.over && fgets(line, sizeof line, t.in)) {
		line[strcspn(line, "\r\n")] = '\0';
		fprintf(log, "%c %s\n", mode, line);
		fflush(log);
		if (t.mail && strcmp(line, ".") == 0)
			answer_mail(&t);
		else if (!t.mail)
			answer(&t, line);
	}
	fclose(t.in);
}

int main(int argc, char **argv)
{
	return argc == 3 ? loopback_serve(argv[1], argv[2], serve) : 2;
}
