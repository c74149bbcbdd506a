/*
 * fetcher.c - huiying-fetch as a child process: posix_spawn, a pipe for its progress.
 */
#include "cli/fetcher.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "cli/child.h"

#define PROGRAM "huiying-fetch"
#define LINE_MAX_BYTES ((size_t)64 << 10)
#define PATH_ROOM 4096

static enum err_code find_program(char **out, struct err *e)
{
	char self[PATH_ROOM], *slash;
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	*out = NULL;
	if (n < 0)
		return err_errno(e, errno, _("cannot find out where huiying stands"));
	self[n] = '\0';
	slash = strrchr(self, '/');
	if (slash)
		*slash = '\0';
	*out = path_join(self, PROGRAM);
	if (!*out)
		return err_nomem(e);
	if (access(*out, X_OK) != 0) {
		enum err_code rc = err_errno(e, errno, _("cannot start %s"), *out);
		free(*out);
		*out = NULL;
		return rc;
	}
	return ERR_OK;
}

/* The child must not inherit our blocked signals nor an ignored SIGPIPE. */
static int spawn(const char *program, char **argv, pid_t *pid)
{
	sigset_t pipe_only;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	return child_start(program, argv, &pipe_only, pid);
}

/* All whole lines in b are told and removed. */
static void tell_lines(
	struct buf *b, void (*on_progress)(const struct fetcher_progress *p, void *arg), void *arg)
{
	struct str rest = {buf_str(b), b->len};
	size_t end;

	while ((end = str_find(rest, "\n", 0)) < rest.n) {
		struct fetcher_progress p = {0, 0, NULL, NULL};
		struct json *root = NULL;
		if (json_read(rest.p, end, &root, NULL) == ERR_OK) {
			json_get_int(root, "done", &p.done);
			json_get_int(root, "total", &p.total);
			p.source = json_get_str(root, "source");
			p.error = json_get_str(root, "error");
			if (on_progress)
				on_progress(&p, arg);
		}
		json_free(root);
		rest = str_sub(rest, end + 1, rest.n);
	}
	memmove(b->data, rest.p, rest.n);
	buf_truncate(b, rest.n);
}

/* Until the child closes its end. */
static void follow(int fd, pid_t pid, struct sig *sig,
	void (*on_progress)(const struct fetcher_progress *p, void *arg), void *arg)
{
	struct buf b;
	char chunk[4096];
	bool passed_on = false;
	ssize_t n = 1;

	buf_init(&b, LINE_MAX_BYTES);
	while (n > 0 || (n < 0 && errno == EINTR)) {
		struct pollfd p[2] = {
			{fd, POLLIN, 0}, {sig && !passed_on ? sig->fd : -1, POLLIN, 0}};
		n = 1;
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			break;
		if (!passed_on && sig_stop_asked(sig)) {
			kill(pid, SIGTERM);
			passed_on = true;
		}
		if (!p[0].revents)
			continue;
		n = read(fd, chunk, sizeof chunk);
		if (n > 0) {
			buf_add(&b, chunk, (size_t)n);
			if (b.fault)
				buf_clear(&b);
			else
				tell_lines(&b, on_progress, arg);
		}
	}
	buf_fini(&b);
}

static enum err_code judge(pid_t pid, struct err *e)
{
	int status = 0;
	enum err_code rc = child_wait(pid, PROGRAM, &status, e);

	if (rc)
		return rc;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return ERR_OK;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
		return err_set(e, ERR_CONFIG, _("%s refused the configuration"), PROGRAM);
	if (WIFSIGNALED(status))
		return err_set(
			e, ERR_STOPPED, _("%s was ended by signal %d"), PROGRAM, WTERMSIG(status));
	return err_set(e, ERR_NET, _("%s could not do its work"), PROGRAM);
}

static enum err_code start(const char *program, const char *const *args, size_t count, int out[2],
	pid_t *pid, struct err *e)
{
	char *argv[FETCHER_ARGS_MAX + 4];
	char fd[16];
	size_t n = 0;
	int why;

	if (count > FETCHER_ARGS_MAX)
		return err_set(e, ERR_LIMIT, _("too many arguments for %s"), PROGRAM);
	if (pipe2(out, O_CLOEXEC) != 0)
		return err_errno(e, errno, _("cannot make a pipe"));
	/* Only the writing end lives on in the child. */
	if (fcntl(out[1], F_SETFD, 0) != 0)
		return err_errno(e, errno, _("cannot make a pipe"));
	snprintf(fd, sizeof fd, "%d", out[1]);
	argv[n++] = (char *)(uintptr_t)PROGRAM;
	for (size_t i = 0; i < count; i++)
		argv[n++] = (char *)(uintptr_t)args[i];
	argv[n++] = (char *)(uintptr_t) "--progress-fd";
	argv[n++] = fd;
	argv[n] = NULL;
	why = spawn(program, argv, pid);
	return why ? err_errno(e, why, _("cannot start %s"), program) : ERR_OK;
}

enum err_code fetcher_run(const char *const *args, size_t count, struct sig *sig,
	void (*on_progress)(const struct fetcher_progress *p, void *arg), void *arg, struct err *e)
{
	char *program = NULL;
	int out[2] = {-1, -1};
	pid_t pid = -1;
	enum err_code rc = find_program(&program, e);

	if (!rc)
		rc = start(program, args, count, out, &pid, e);
	if (out[1] >= 0)
		close(out[1]);
	if (!rc) {
		follow(out[0], pid, sig, on_progress, arg);
		rc = judge(pid, e);
	}
	if (out[0] >= 0)
		close(out[0]);
	free(program);
	return rc;
}
