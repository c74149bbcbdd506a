/*
 * thread.c - starting a thread.
 */
#include "base/thread.h"

#include <signal.h>

#include "base/i18n.h"

enum err_code thread_start(pthread_t *out, void *(*run)(void *data), void *data, struct err *e)
{
	sigset_t all, old;
	int why;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	why = pthread_create(out, NULL, run, data);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return why ? err_errno(e, why, _("cannot start a thread")) : ERR_OK;
}
