/*
 * health.h - how the sources do, beyond "the last fetch worked": a source that fell
 * silent, a page whose layout changed, a wall answered with 200, a certificate about to
 * run out. Silence must never look like calm.
 *
 * Each answer is looked at when it is taken in; what only time brings is computed when
 * health_reports() is asked. Limits, all of them here:
 *   failing      3 failures in a row
 *   silent       nothing new for 8 times the source's own rhythm (the newer half of the dates in
 *                its last answer, else the mean of what was seen), but at least a day for
 *                one that usually has news within 2 hours, 5 days for the others (weekends),
 *                at most 180 days; of unknown rhythm: 200 answers and 14 days
 *   fewer        an answer with a fifth of the usual entries or less (5 and more are usual)
 *   empty        no entry at all, or no longer readable, where there used to be some
 *   same         4 or more entries and all titles alike
 *   charset      another character set than before, shown for 7 days
 *   certificate  ends within 14 days
 *   challenge    see crawler/challenge.h
 */
#ifndef OFFICE_HEALTH_H
#define OFFICE_HEALTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "crawler/document.h"
#include "crawler/warc.h"
#include "ledger/health.h"
#include "ledger/intake_log.h"
#include "office/office.h"

enum health_kind {
	HEALTH_FAILING,
	HEALTH_CHALLENGE,
	HEALTH_EMPTY,
	HEALTH_SAME,
	HEALTH_FEWER,
	HEALTH_CHARSET,
	HEALTH_SILENT,
	HEALTH_CERTIFICATE,
	HEALTH_KINDS
};

struct health_state {
	enum health_kind kind;
	int64_t since; /* when it began; of a certificate: when it ends */
	int64_t number; /* failures; seconds of the usual rhythm; answers that showed it */
	const char *detail; /* "" when there is none */
};

struct health_report {
	const struct source *source;
	const struct source_health *log; /* NULL: never tried */
	const struct health_habit *habit; /* NULL: never read */
	struct health_state states[HEALTH_KINDS];
	size_t count; /* 0: nothing is wrong */
};

/* One answer of a source that is being taken in. */
struct health_answer {
	const char *source_id;
	int64_t date;
	const char *data; /* the body, decoded */
	size_t size;
	const char *content_type, *charset; /* may be NULL */
	const struct document *doc; /* NULL: it cannot be read */
	const char *why; /* then: why not */
};

/* Inside db_begin_write(). *wall is true when the answer is a wall: nothing of it may
 * be stored, and `detail` (in the arena) says whose. */
enum err_code health_look(struct office *o, const struct health_answer *answer, struct arena *a,
	bool *wall, const char **detail, struct err *e);
/* Inside db_begin_write(): what the try says of the host's certificate, if it does. */
enum err_code health_note_certificate(struct office *o, const struct warc_metadata *meta,
	const char *url, int64_t date, struct err *e);

/* One report for each source of sources.conf, in its order; sources that are off have
 * no states. All of it lives in the arena, save sources and strings of sources.conf. */
enum err_code health_reports(struct office *o, struct arena *a, struct health_report **out,
	size_t *count, struct err *e);

/* How long the source may be silent, in seconds; 0: nobody can tell yet. */
int64_t health_silence_limit(const struct health_habit *h);

const char *health_name(enum health_kind kind); /* "silent": for JSON */
const char *health_word(enum health_kind kind); /* for people, translated */
/* One sentence each, translated: what is the matter, and what to do next. */
void health_add_what(struct buf *b, const struct health_state *s, const struct time_zone *zone);
const char *health_advice(const struct health_report *r, const struct health_state *s);

#endif
