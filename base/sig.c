/*
 * sig.c - the signals that ask for an orderly end, read from a signalfd(2).
 */
#include "base/sig.h"

#include <errno.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/i18n.h"

void sig_ignore_file_size(void)
{
	struct sigaction ignore;

	memset(&ignore, 0, sizeof ignore);
	ignore.sa_handler = SIG_IGN;
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGXFSZ, &ignore, NULL); /* fails for no valid signal */
}

enum err_code sig_open(struct sig *s, struct err *e)
{
	struct sigaction ignore;
	sigset_t stops;

	memset(s, 0, sizeof *s);
	s->fd = -1;
	memset(&ignore, 0, sizeof ignore);
	ignore.sa_handler = SIG_IGN;
	sigemptyset(&ignore.sa_mask);
	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &stops, &s->old_mask) != 0)
		return err_errno(e, errno, "%s", _("cannot block signals"));
	s->fd = signalfd(-1, &stops, SFD_NONBLOCK | SFD_CLOEXEC);
	if (s->fd < 0 || sigaction(SIGPIPE, &ignore, &s->old_pipe) != 0) {
		int why = errno;
		if (s->fd >= 0)
			close(s->fd);
		s->fd = -1;
		sigprocmask(SIG_SETMASK, &s->old_mask, NULL);
		return err_errno(e, why, "%s", _("cannot watch for signals"));
	}
	return ERR_OK;
}

void sig_close(struct sig *s)
{
	if (!s || s->fd < 0)
		return;
	/* What is pending has been asked of us already; it must not kill us when
	 * the mask goes back. */
	sig_stop_asked(s);
	close(s->fd);
	s->fd = -1;
	sigaction(SIGPIPE, &s->old_pipe, NULL);
	sigprocmask(SIG_SETMASK, &s->old_mask, NULL);
}

bool sig_stop_asked(struct sig *s)
{
	struct signalfd_siginfo info;
	ssize_t n;

	if (!s)
		return false;
	while (s->fd >= 0) {
		n = read(s->fd, &info, sizeof info);
		if (n < 0 && errno == EINTR)
			continue;
		if (n != (ssize_t)sizeof info)
			break;
		if (!s->received)
			s->received = (int)info.ssi_signo;
	}
	return s->received != 0;
}
