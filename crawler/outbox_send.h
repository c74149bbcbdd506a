/*
 * outbox_send.h - one request for one message, or for several to the same target, and the
 * files that tell of it.
 *
 * Every file goes outbox/ → sending/ before the request and gets its receipt after it; only
 * forward, so that whoever looks in that order misses none. What fails before the request
 * gives the receipt "retry": it was surely not sent. A receipt that cannot be written leaves
 * its message in sending/, where the next run finds it (outbox_run.h).
 */
#ifndef CRAWLER_OUTBOX_SEND_H
#define CRAWLER_OUTBOX_SEND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/log.h"
#include "crawler/message.h"
#include "crawler/send.h"
#include "crawler/target.h"

#define OUTBOX_BATCH_MAX 100 /* messages in one request */

struct outbox_places {
	const char *dir, *sending, *receipts, *refused;
};

struct outbox_sender {
	struct outbox_places at;
	const struct send_settings *settings;
	const struct log *log;
	size_t sent, failed; /* messages */
};

/* `name` of a file in sending/ gets this receipt and goes. */
enum err_code outbox_settle(
	struct outbox_sender *s, const char *name, struct receipt *r, struct err *e);
/* `name` of a file in sending/ has its receipt: it only goes. */
enum err_code outbox_forget(struct outbox_sender *s, const char *name, struct err *e);
/* Moves the n files of outbox/ and sends them as one; *r is what became of the request. An
 * error: nothing was sent, or (*settled false) it is not on record what was. */
enum err_code outbox_send(struct outbox_sender *s, const char *const *names, size_t n,
	const struct target *t, struct receipt *r, bool *settled, struct err *e);
/* Sends a file that lies in sending/: to a target that knows what comes twice. */
enum err_code outbox_resend(struct outbox_sender *s, const char *name, const struct target *t,
	struct receipt *r, struct err *e);
/* Not sent at all, for a reason that trying again does not change. */
enum err_code outbox_refuse(
	struct outbox_sender *s, const char *name, const char *why, struct err *e);
/* No message at all: put aside, so that it is neither lost nor met again. */
enum err_code outbox_put_aside(
	struct outbox_sender *s, const char *name, const char *why, struct err *e);

#endif
