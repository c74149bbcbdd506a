/*
 * events.h - the record of account: every act and every alert, one after the other,
 * each bound to the one before by SHA-256 (DESIGN §6.1).
 *
 * hash = SHA-256 over "huiying-event-1" and, each with its length as 8 bytes big
 * endian in front, the fields as stored: seq and at (decimal), actor, for, kind,
 * subject, payload, prev_hash (32 bytes, zero for the first event). The chain is
 * checked over what is stored, never over a re-serialisation.
 *
 * An event carries every value that came from clock, configuration, files or
 * randomness: ids, due times, the rule that gave them. Its payload is one flat
 * JSON object, compact, keys sorted and of [a-z_]+, values integers and strings; a
 * list is JSON text in a string. Free text - from outside or typed - is not in it:
 * it goes through texts_put() and a key that ends in `_text` holds the digest.
 */
#ifndef LEDGER_EVENTS_H
#define LEDGER_EVENTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/json.h"
#include "ledger/db.h"

#define EVENTS_PAYLOAD_MAX ((size_t)1 << 20)

struct event_draft {
	int64_t at;
	const char *actor; /* JSON object, people_actor_json(); flat as the payload */
	const char *for_whom; /* JSON object {"document","how","post","unit"} or "" */
	const char *kind; /* "case.opened/1" */
	const char *subject; /* "A12", "YQ-2026-000123", "" for the instance */
	const char *payload; /* a JSON object in any key order; stored sorted */
};

#define EVENTS_SYSTEM "system" /* the actor_key of what the program does by itself */

struct event { /* as stored, and as handed to apply functions */
	int64_t seq, at;
	const char *actor, *for_whom, *kind, *subject, *payload;
	struct hash prev_hash, hash;
	/* Read out of the above for convenience: */
	const struct json *data; /* the payload */
	const char *actor_key; /* who: "uid:1000", "demo:<name>", "system"; one person = one key */
	const char *actor_name; /* login or demo name */
	const char *actor_role; /* "watch" "unit" "supervisor" "admin" "system" */
	const char *unit; /* of for_whom, NULL when absent */
};

/* Inside db_begin_write(): checks the draft, inserts, hashes and applies the event to
 * the projections (projection.h). *seq may be NULL. */
enum err_code events_append(
	struct db *db, const struct event_draft *d, int64_t *seq, struct err *e);
/* The same with a payload that is no text yet; d->payload is not looked at. */
enum err_code events_append_tree(struct db *db, const struct event_draft *d,
	const struct json *payload, int64_t *seq, struct err *e);

/* Payload members with an error for what is absent or of another type: an event that
 * apply cannot read is ERR_INTEGRITY. */
enum err_code events_need_str(
	const struct event *ev, const char *key, const char **out, struct err *e);
enum err_code events_need_int(const struct event *ev, const char *key, int64_t *out, struct err *e);
/* NULL / TIME_NONE when absent. */
const char *events_str(const struct event *ev, const char *key);
int64_t events_int(const struct event *ev, const char *key);

/* Reads event `seq`; strings live in the arena. ERR_NOT_FOUND when there is none. */
enum err_code events_get(
	struct db *db, int64_t seq, struct arena *a, struct event *out, struct err *e);
/* Calls `each` for the events whose subject is `subject` (NULL: all), in order; stops
 * at the first error, which is returned. The event lives during the call only. */
enum err_code events_each(struct db *db, const char *subject,
	enum err_code (*each)(void *data, const struct event *ev, struct err *e), void *data,
	struct err *e);
/* Number of events and hash of the last one (all zero when there is none). */
enum err_code events_head(struct db *db, int64_t *count, struct hash *head, struct err *e);
/* The latest time that an event carries; TIME_NONE when there is none. */
enum err_code events_last_at(struct db *db, int64_t *at, struct err *e);
/* The hash that an event should have; ERR_NOMEM alone can fail it. */
enum err_code events_hash(const struct event *ev, struct hash *out, struct err *e);

#endif
