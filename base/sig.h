/*
 * sig.h - SIGINT, SIGTERM and SIGHUP as something to ask for, through signalfd:
 * no handler runs, no global flag exists. SIGPIPE is ignored (writes say EPIPE).
 */
#ifndef BASE_SIG_H
#define BASE_SIG_H

#include <signal.h>
#include <stdbool.h>

#include "base/err.h"

struct sig {
	int fd; /* for poll(); -1 when not open */
	int received; /* first signal seen, 0 for none */
	sigset_t old_mask; /* what sig_close puts back */
	struct sigaction old_pipe;
};

#define SIG_NONE                                                                                   \
	{                                                                                          \
		.fd = -1                                                                           \
	}

/* First thing in main(): a file that reaches its size limit (ulimit -f, LimitFSIZE=) is
 * a write that fails with EFBIG and is reported like a full disk, not a silent death. */
void sig_ignore_file_size(void);
enum err_code sig_open(struct sig *s, struct err *e); /* blocks the signals */
void sig_close(struct sig *s); /* and restores the mask */
bool sig_stop_asked(struct sig *s); /* never blocks; NULL is false */
/* In a child between fork/posix_spawn: the mask to restore. Use
 * posix_spawnattr_setsigmask with an empty set. */

#endif
