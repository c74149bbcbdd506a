/*
 * db_wait.c - the file by which a writer learns that others wait.
 */
#include "ledger/db_wait.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "ledger/db_private.h"

#define YIELD_MS 200 /* so long does db_yield() stand back at the most */
#define STEP_MS 2

static void pause_ms(int ms)
{
	const struct timespec t = {0, ms * 1000000L};

	(void)nanosleep(&t, NULL);
}

/* -1: not to be had. A temporary ledger has no file and nobody else. */
static int wait_file(struct db *db)
{
	char *path = NULL;

	if (db->wait.fd)
		return db->wait.fd;
	db->wait.fd = -1;
	if (!db->path[0] || asprintf(&path, "%s-wait", db->path) < 0)
		return -1;
	db->wait.fd = open(path, O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0660);
	free(path);
	return db->wait.fd;
}

/* Never blocks: a stopped process that holds the lock must not stop us. */
static void tell_that_we_wait(struct db *db)
{
	int fd = db->wait.told ? -1 : wait_file(db);

	if (fd >= 0)
		db->wait.told = flock(fd, LOCK_SH | LOCK_NB) == 0;
}

int db_wait_ask_again(void *data, int tries)
{
	struct db *db = data;
	int64_t now = time_monotonic_ms();

	if (tries == 0)
		db->wait.since = now;
	if (now - db->wait.since >= DB_BUSY_MS)
		return 0;
	if (db->wait.wants_write)
		tell_that_we_wait(db);
	/* Not all at the same moment. */
	pause_ms(STEP_MS + tries % 4);
	return 1;
}

void db_wait_end(struct db_wait *w)
{
	w->wants_write = false;
	if (w->told)
		(void)flock(w->fd, LOCK_UN);
	w->told = false;
}

void db_wait_close(struct db_wait *w)
{
	if (w->fd > 0)
		close(w->fd);
	w->fd = -1;
}

bool db_is_waited_for(struct db *db)
{
	int fd = wait_file(db);

	if (fd < 0)
		return true;
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		return true;
	(void)flock(fd, LOCK_UN);
	return false;
}

void db_yield(struct db *db)
{
	int64_t since = time_monotonic_ms();
	int fd = wait_file(db);

	if (fd < 0 || db->in_transaction)
		return;
	while (flock(fd, LOCK_EX | LOCK_NB) != 0 && time_monotonic_ms() - since < YIELD_MS)
		pause_ms(STEP_MS);
	(void)flock(fd, LOCK_UN);
}
