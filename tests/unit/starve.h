/*
 * starve.h - what becomes of a program that gets no memory: for what has to end then.
 */
#ifndef STARVE_H
#define STARVE_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define STARVE_LARGE ((size_t)64 << 20) /* bytes: more than there is */

/* Does it in a process of its own, which must end with exit 3 and `said` on stderr. What it reads
 * is there before. */
static void starve(void (*act)(void *data), void *data, const char *said)
{
	const struct rlimit none = {1 << 20, 1 << 20};
	char heard[200] = "";
	int ends[2], status = 0;
	pid_t pid;

	if (getenv("SANITIZED")) {
		print_message("# not run: sanitizers have a malloc of their own\n");
		return;
	}
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (dup2(ends[1], STDERR_FILENO) < 0 || setrlimit(RLIMIT_AS, &none))
			_exit(101);
		act(data);
		_exit(102);
	}
	close(ends[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
	assert_true(read(ends[0], heard, sizeof heard - 1) > 0);
	assert_string_equal(heard, said);
	close(ends[0]);
}

#endif
