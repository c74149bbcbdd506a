/*
 * thread.h - a thread beside the main one, for work that shares nothing but what is handed
 * over. Signals stay with the thread that starts it: it is the one that stops in good order.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

#include "base/err.h"

/* ERR_IO, ERR_NOMEM: there is none. Ended by pthread_join(). */
enum err_code thread_start(pthread_t *out, void *(*run)(void *data), void *data, struct err *e);

#endif
