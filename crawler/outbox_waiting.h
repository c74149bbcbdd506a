/*
 * outbox_waiting.h - what waits in the outbox, in the order in which it is sent: what is urgent
 * first, then by number.
 */
#ifndef CRAWLER_OUTBOX_WAITING_H
#define CRAWLER_OUTBOX_WAITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "crawler/message.h"
#include "crawler/target.h"

struct outbox_waiting {
	char name[MESSAGE_NAME_SIZE];
	int64_t id, tries;
	int64_t expires; /* TIME_NONE: never */
	const struct target *target; /* NULL: huiying.conf has none of this name */
	size_t size; /* of its words, in bytes */
	bool urgent, done;
	enum err_code rc; /* not ERR_OK: it cannot be read */
	char why[256];
};

/* *out: free(). Files that cannot be read are in it too. */
enum err_code outbox_waiting_list(const char *dir, const struct targets *targets,
	struct outbox_waiting **out, size_t *count, struct err *e);

#endif
