/*
 * loopback.h - a listening socket of a test's server: a loopback port that the kernel picks.
 */
#ifndef TESTS_SERVER_LOOPBACK_H
#define TESTS_SERVER_LOOPBACK_H

/* Prints "PORT n"; -1 when it cannot be had. */
int loopback_listen(void);

#endif
