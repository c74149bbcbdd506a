/*
 * raw.h - the half of the test server that no proper server would be: plain sockets.
 *
 *   /endless-headers                 header lines without end
 *   /loris                           header lines, a byte a second
 *   /reset?after=N                   N bytes of a body of 100000, then a reset
 *   /short?after=N&length=M          N bytes of M, then the end
 *   /cut/FILE?after=N                a file of the directory as a proper server sends it,
 *   /cut/FILE?after=N&how=reset      but only N bytes of its body
 *   /half-chunk/FILE?after=N         the same, chunked, without its last chunk
 *   /silent                          nothing at all
 *   /garbage                         no HTTP
 */
#ifndef TESTS_SERVER_RAW_H
#define TESTS_SERVER_RAW_H

#include <stdbool.h>

struct raw {
	int fd; /* listening */
	const char *dir; /* or NULL */
	void (*log)(void *arg, const char *request);
	void *log_arg;
};

/* A thread accepts for ever; r must live as long as the process. */
bool raw_start(struct raw *r);

#endif
