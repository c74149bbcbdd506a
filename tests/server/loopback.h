/*
 * loopback.h - a server of a test: a loopback port that the kernel picks, one connection at a
 * time, each treated as the next letter of a word says, over and over.
 */
#ifndef TESTS_SERVER_LOOPBACK_H
#define TESTS_SERVER_LOOPBACK_H

#include <stdio.h>

/* Prints "PORT n" and serves until standard input closes; log: a file that is added to. Closes
 * what `treat` leaves open. The exit code of the program. */
int loopback_serve(const char *modes, const char *log, void (*treat)(int fd, char mode, FILE *log));

#endif
