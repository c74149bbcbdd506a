/*
 * child.c - posix_spawn and waitpid.
 */
#include "cli/child.h"

#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>

#include "base/i18n.h"

extern char **environ;

int child_start(const char *program, char **argv, const sigset_t *defaults, pid_t *pid)
{
	posix_spawnattr_t attr;
	sigset_t none;
	int rc = posix_spawnattr_init(&attr);

	if (rc)
		return rc;
	sigemptyset(&none);
	rc = posix_spawnattr_setsigmask(&attr, &none);
	if (!rc)
		rc = posix_spawnattr_setsigdefault(&attr, defaults);
	if (!rc)
		rc = posix_spawnattr_setflags(
			&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	if (!rc)
		rc = posix_spawnp(pid, program, NULL, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	return rc;
}

enum err_code child_wait(pid_t pid, const char *name, int *status, struct err *e)
{
	pid_t got;

	do {
		got = waitpid(pid, status, 0);
	} while (got < 0 && errno == EINTR);
	return got < 0 ? err_errno(e, errno, _("cannot wait for %s"), name) : ERR_OK;
}
