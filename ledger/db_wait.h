/*
 * db_wait.h - turns among those who write: part of db.c, for no one else.
 *
 * SQLite lets one write at a time and the others ask again, each after a longer pause, so
 * that a program that begins again as soon as it has committed keeps them out for seconds.
 * Here whoever waits holds a shared lock on the file LEDGER-wait and asks every few
 * milliseconds; db_yield() sees that lock and stands back. A process that dies leaves no
 * lock behind. Where the file cannot be had everything works, with less courtesy.
 */
#ifndef LEDGER_DB_WAIT_H
#define LEDGER_DB_WAIT_H

#include <stdbool.h>
#include <stdint.h>

struct db_wait {
	int64_t since; /* of this wait, in milliseconds of the monotonic clock */
	int fd; /* of the file; 0: not opened yet, -1: cannot be had */
	bool wants_write; /* what is being waited for is the turn to write */
	bool told; /* the shared lock is held */
};

/* SQLite's busy handler; `data` is a struct db. Gives up after DB_BUSY_MS. */
int db_wait_ask_again(void *data, int tries);
/* The turn came, or was given up. */
void db_wait_end(struct db_wait *w);
void db_wait_close(struct db_wait *w);

#endif
