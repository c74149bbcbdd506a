/*
 * send_pace.h - how much may be sent to a target now.
 *
 * At most the target's a_minute requests in any 60 seconds, whatever the run: dingtalk and
 * wecom silence a robot beyond 20. A target that says "too often" rests as long as it says;
 * one that twice in a row gave no answer at all rests for a minute, so that a dead one does
 * not hold up the others. Kept in outbox/.pace; without it, or with one that cannot be
 * read, everybody begins anew. A clock that was set back ends rests. Pure but for load and
 * save: the moment is passed in, in seconds.
 */
#ifndef CRAWLER_SEND_PACE_H
#define CRAWLER_SEND_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "crawler/message.h"
#include "crawler/target.h"

#define SEND_PACE_WINDOW 60 /* seconds */
#define SEND_PACE_REST 60 /* of a target that gives no answer */
#define SEND_PACE_REST_MAX 3600 /* whatever it asks for: the ledger waits longer by itself */

struct send_pace;

enum err_code send_pace_load(const char *dir, struct send_pace **out, struct err *e);
void send_pace_free(struct send_pace *p);
enum err_code send_pace_save(
	const struct send_pace *p, const char *dir, int64_t now, struct err *e);

/* How many requests it may get now. */
int64_t send_pace_room(struct send_pace *p, const struct target *t, int64_t now);
/* When it may get the next one: now, or later. */
int64_t send_pace_ready(struct send_pace *p, const struct target *t, int64_t now);
/* A request goes out; ERR_NOMEM. */
enum err_code send_pace_count(
	struct send_pace *p, const struct target *t, int64_t now, struct err *e);
/* What became of it. */
void send_pace_note(
	struct send_pace *p, const struct target *t, int64_t now, const struct receipt *r);

#endif
