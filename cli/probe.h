/*
 * probe.h - one fetch outside of the crawl: a source, or an address before it is one.
 *
 * huiying-fetch does it exactly as a crawl would (robots.txt, address guard, limits), into
 * a directory of its own that is gone afterwards; nothing is stored.
 */
#ifndef CLI_PROBE_H
#define CLI_PROBE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "cli/command.h"
#include "crawler/source.h"
#include "crawler/warc.h"

/* An answer of the host, good or not. Valid during the call. */
struct probe_answer {
	int status;
	const char *url;
	const char *content_type; /* NULL: none */
	const char *body; /* decoded; "" unless it is good */
	size_t size;
	int64_t date;
	bool good; /* 2xx and whole */
};

struct probe {
	const struct call *call;
	const struct source *source; /* NULL: url */
	const char *url;
	/* ERR_INPUT and ERR_LIMIT become the failure, other errors end the probe. */
	enum err_code (*on_answer)(void *data, const struct probe_answer *a, struct err *e);
	void *data;
	/* What came out: */
	char *failure; /* of the last exchange, malloc'd; NULL: it was good */
	size_t answers;
	/* Own: */
	struct arena *arena;
	struct warc_metadata meta; /* of the exchange that is being read */
	char *dir, *state, *wanted;
};

/* The first six members are set by the caller, the rest is zero. ERR_NET with the
 * failure when the last exchange was none that could be used. */
enum err_code probe_run(struct probe *p, struct err *e);
void probe_fini(struct probe *p);

#endif
