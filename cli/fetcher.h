/*
 * fetcher.h - starting huiying-fetch, the only program that huiying ever starts.
 *
 * It stands beside the running huiying. It gets a fixed argument list, no shell is
 * involved, and huiying itself opens no socket.
 */
#ifndef CLI_FETCHER_H
#define CLI_FETCHER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/sig.h"

#define FETCHER_ARGS_MAX 64

/* One finished fetch; source and error may be NULL. */
struct fetcher_progress {
	int64_t done, total;
	const char *source, *error;
};

/* Runs huiying-fetch with these arguments (count, without the program's name) and
 * waits for it. on_progress may be NULL. A signal seen by sig (may be NULL) is passed
 * on. Its messages go to our standard error. The error has its exit status:
 * ERR_CONFIG for 2, ERR_STOPPED when a signal ended it, else ERR_NET. */
enum err_code fetcher_run(const char *const *args, size_t count, struct sig *sig,
	void (*on_progress)(const struct fetcher_progress *p, void *arg), void *arg, struct err *e);

#endif
