/*
 * test_sig.c - signals as something to ask for. The process sends them to itself:
 * a blocked signal is pending when kill() returns, so nothing is waited for.
 */
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/sig.h"

static void each_stop_signal_is_seen(void **state)
{
	static const int stops[] = {SIGINT, SIGTERM, SIGHUP};

	(void)state;
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
		struct sig s = SIG_NONE;
		struct pollfd p;
		assert_int_equal(sig_open(&s, NULL), ERR_OK);
		assert_false(sig_stop_asked(&s));
		kill(getpid(), stops[i]);
		p = (struct pollfd){.fd = s.fd, .events = POLLIN};
		assert_int_equal(poll(&p, 1, 0), 1);
		assert_true(sig_stop_asked(&s));
		assert_int_equal(s.received, stops[i]);
		assert_true(sig_stop_asked(&s));
		sig_close(&s);
		assert_true(sig_stop_asked(&s));
	}
}

static void the_first_signal_is_the_one_kept(void **state)
{
	struct sig s = SIG_NONE;

	(void)state;
	assert_int_equal(sig_open(&s, NULL), ERR_OK);
	kill(getpid(), SIGTERM);
	assert_true(sig_stop_asked(&s));
	kill(getpid(), SIGINT);
	assert_true(sig_stop_asked(&s));
	assert_int_equal(s.received, SIGTERM);
	sig_close(&s);
}

/* A signal nobody has asked about yet must not kill the process at close. */
static void close_restores_the_mask_and_survives(void **state)
{
	struct sig s = SIG_NONE;
	sigset_t before, after;
	struct sigaction pipe_before, pipe_after;

	(void)state;
	sigprocmask(SIG_SETMASK, NULL, &before);
	sigaction(SIGPIPE, NULL, &pipe_before);
	assert_int_equal(sig_open(&s, NULL), ERR_OK);
	kill(getpid(), SIGTERM);
	sig_close(&s);
	assert_int_equal(s.received, SIGTERM);
	assert_int_equal(s.fd, -1);
	sig_close(&s);
	sig_close(NULL);
	sigprocmask(SIG_SETMASK, NULL, &after);
	sigaction(SIGPIPE, NULL, &pipe_after);
	assert_int_equal(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
	assert_true(pipe_before.sa_handler == pipe_after.sa_handler);
}

static void a_broken_pipe_is_an_error_not_a_death(void **state)
{
	struct sig s = SIG_NONE;
	int fd[2];

	(void)state;
	assert_int_equal(sig_open(&s, NULL), ERR_OK);
	assert_int_equal(pipe(fd), 0);
	close(fd[0]);
	assert_int_equal(write(fd[1], "x", 1), -1);
	assert_int_equal(errno, EPIPE);
	close(fd[1]);
	assert_false(sig_stop_asked(&s));
	sig_close(&s);
}

static void a_file_at_its_limit_is_an_error_not_a_death(void **state)
{
	struct rlimit before, small;
	FILE *f = tmpfile();

	(void)state;
	assert_non_null(f);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 4;
	sig_ignore_file_size();
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(write(fileno(f), "four", 4), 4);
	assert_int_equal(write(fileno(f), "more", 4), -1);
	assert_int_equal(errno, EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	fclose(f);
}

static void nothing_open_nothing_asked(void **state)
{
	struct sig s = SIG_NONE;

	(void)state;
	assert_false(sig_stop_asked(&s));
	assert_false(sig_stop_asked(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_stop_signal_is_seen),
		cmocka_unit_test(the_first_signal_is_the_one_kept),
		cmocka_unit_test(close_restores_the_mask_and_survives),
		cmocka_unit_test(a_broken_pipe_is_an_error_not_a_death),
		cmocka_unit_test(a_file_at_its_limit_is_an_error_not_a_death),
		cmocka_unit_test(nothing_open_nothing_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
