/*
 * outbox_run.h - one run over the outbox: takes each message once, sends it, leaves a
 * receipt.
 *
 * A message is moved to sending/ before it is sent and removed after its receipt is safe.
 * What a killed run left in sending/ may have arrived: its receipt says unknown - unless the
 * target is repeat_safe, then it is sent again. Expired ones are refused. A target gets
 * at most its a_minute messages in a minute; the rest wait for the next run.
 */
#ifndef CRAWLER_OUTBOX_RUN_H
#define CRAWLER_OUTBOX_RUN_H

#include <stddef.h>

#include "base/err.h"
#include "base/log.h"
#include "base/sig.h"
#include "crawler/send.h"
#include "crawler/target.h"

struct outbox_run {
	const char *dir; /* outbox/ */
	const struct targets *targets;
	const struct send_settings *settings;
	const struct log *log;
	struct sig *sig; /* asked between messages */
	size_t sent, failed, left;
};

/* Holds outbox/.lock meanwhile; ERR_BUSY when another run does. */
enum err_code outbox_run(struct outbox_run *r, struct err *e);

#endif
