/*
 * test_memory.c - memory, or the end of the program.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

#define LARGE ((size_t)64 << 20)

static void test_there_is_some(void **state)
{
	char *p = memory_copy("abc");

	(void)state;
	assert_string_equal(p, "abc");
	p = memory_resize(p, 1000);
	assert_string_equal(p, "abc");
	free(memory_resize(p, 0));
	p = memory_get(0);
	assert_non_null(p);
	free(p);
}

/* In a process of its own: asks for what there is not. */
static void ask(int errors, int which)
{
	const struct rlimit none = {1 << 20, 1 << 20};
	char *text = malloc(LARGE);

	if (!text || dup2(errors, STDERR_FILENO) < 0)
		_exit(100);
	memset(text, 'a', LARGE - 1);
	text[LARGE - 1] = '\0';
	if (setrlimit(RLIMIT_AS, &none))
		_exit(101);
	if (which == 0)
		free(memory_get(LARGE));
	else if (which == 1)
		text = memory_resize(text, 2 * LARGE);
	else
		free(memory_copy(text));
	free(text);
	_exit(102);
}

static void test_there_is_none(void **state)
{
	(void)state;
	if (getenv("SANITIZED")) {
		print_message("# not run: sanitizers have a malloc of their own\n");
		return;
	}
	for (int which = 0; which < 3; which++) {
		char said[200] = "";
		int ends[2], status = 0;
		pid_t pid;

		assert_int_equal(pipe(ends), 0);
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			ask(ends[1], which);
		close(ends[1]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 3);
		assert_true(read(ends[0], said, sizeof said - 1) > 0);
		assert_string_equal(said, "test_memory: out of memory\n");
		close(ends[0]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_is_some),
		cmocka_unit_test(test_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
