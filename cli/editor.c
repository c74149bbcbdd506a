/*
 * editor.c - choosing and running an editor.
 */
#include "cli/editor.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/i18n.h"
#include "base/str.h"
#include "cli/child.h"

#define WORDS_MAX 32

static const char *named(void)
{
	static const char *const variables[] = {"VISUAL", "EDITOR"};

	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		if (value && str_trim(str_of(value)).n)
			return value;
	}
	return NULL;
}

bool editor_is_named(void)
{
	return named() != NULL;
}

/* Ctrl-C and Ctrl-\ reach every program at the terminal: the editor alone obeys. */
struct quiet {
	struct sigaction interrupt, quit;
};

static void be_quiet(struct quiet *q)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigaction(SIGINT, &ignore, &q->interrupt);
	sigaction(SIGQUIT, &ignore, &q->quit);
}

static void be_heard(const struct quiet *q)
{
	sigaction(SIGINT, &q->interrupt, NULL);
	sigaction(SIGQUIT, &q->quit, NULL);
}

/* Undoes what is ours: be_quiet(), and what main() and sig_open() ignore. */
static int spawn(char **argv, pid_t *pid)
{
	sigset_t ours;

	sigemptyset(&ours);
	sigaddset(&ours, SIGINT);
	sigaddset(&ours, SIGQUIT);
	sigaddset(&ours, SIGPIPE);
	sigaddset(&ours, SIGXFSZ);
	return child_start(argv[0], argv, &ours, pid);
}

static enum err_code wait_for(pid_t pid, const char *program, struct err *e)
{
	int status = 0;
	enum err_code rc = child_wait(pid, program, &status, e);

	if (rc)
		return rc;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return ERR_OK;
	if (WIFSIGNALED(status))
		return err_set(
			e, ERR_IO, _("%s was ended by signal %d"), program, WTERMSIG(status));
	return err_set(e, ERR_IO, _("%s ended with exit code %d"), program, WEXITSTATUS(status));
}

/* *why is errno when it could not be started. */
static enum err_code run(char **argv, int *why, struct err *e)
{
	struct quiet q;
	pid_t pid;
	enum err_code rc = ERR_OK;

	be_quiet(&q);
	*why = spawn(argv, &pid);
	if (!*why)
		rc = wait_for(pid, argv[0], e);
	be_heard(&q);
	return rc;
}

static enum err_code run_named(char *line, const char *path, struct err *e)
{
	char *argv[WORDS_MAX + 2], *rest = NULL;
	size_t n = 0;
	int why = 0;
	enum err_code rc;

	for (char *w = strtok_r(line, " \t\n", &rest); w; w = strtok_r(NULL, " \t\n", &rest)) {
		if (n == WORDS_MAX)
			return err_set(e, ERR_LIMIT, _("more than %d words in $EDITOR"), WORDS_MAX);
		argv[n++] = w;
	}
	argv[n++] = (char *)(uintptr_t)path;
	argv[n] = NULL;
	rc = run(argv, &why, e);
	return why ? err_errno(e, why, _("cannot start the editor %s"), argv[0]) : rc;
}

static enum err_code run_usual(const char *path, struct err *e)
{
	static const char *const usual[] = {"sensible-editor", "nano", "vi"};

	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
		char *argv[] = {(char *)(uintptr_t)usual[i], (char *)(uintptr_t)path, NULL};
		int why = 0;
		enum err_code rc = run(argv, &why, e);
		if (!why)
			return rc;
		if (why != ENOENT)
			return err_errno(e, why, _("cannot start the editor %s"), usual[i]);
	}
	return err_set(e, ERR_NOT_FOUND, _("there is no editor: set $EDITOR"));
}

enum err_code editor_run(const char *path, struct err *e)
{
	const char *value = named();
	char *line;
	enum err_code rc;

	if (!value)
		return run_usual(path, e);
	line = strdup(value);
	rc = line ? run_named(line, path, e) : err_nomem(e);
	free(line);
	return rc;
}
