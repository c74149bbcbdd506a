/*
 * child.h - another program as a child process, without a shell.
 */
#ifndef CLI_CHILD_H
#define CLI_CHILD_H

#include <signal.h>
#include <sys/types.h>

#include "base/err.h"

/* `program` is looked for along $PATH when it has no slash. No signal is blocked in the
 * child, and those of `defaults` are as a program expects them. 0, or an errno. */
int child_start(const char *program, char **argv, const sigset_t *defaults, pid_t *pid);
/* Its end, as waitpid(2) tells it. */
enum err_code child_wait(pid_t pid, const char *name, int *status, struct err *e);

#endif
