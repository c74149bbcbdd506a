/*
 * outbox_run.h - one run over the outbox: takes each message once, sends it, leaves a
 * receipt. What is urgent goes first, also what comes in while the run is at work.
 *
 * A message is moved to sending/ before it is sent and removed after its receipt is safe.
 * What a killed run left in sending/ may have arrived: its receipt says unknown - unless the
 * target is repeat_safe, then it is sent again. Expired ones are refused.
 *
 * A target gets what its pace admits (send_pace.h). When more waits, chat robots, mail and
 * ntfy get several messages in one; the rest waits for the run's patience, then for the next
 * run. A message that cannot be read or moved takes no other with it: the run goes on and
 * ends with its error. Only what cannot be recorded any more ends the run at once.
 */
#ifndef CRAWLER_OUTBOX_RUN_H
#define CRAWLER_OUTBOX_RUN_H

#include <stddef.h>
#include <stdint.h>

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
	int64_t patience; /* seconds that the run waits for targets */
	size_t sent, failed, left;
};

/* Holds outbox/.lock meanwhile; ERR_BUSY when another run does. */
enum err_code outbox_run(struct outbox_run *r, struct err *e);

#endif
