/*
 * instance.h - what this ledger is: a real one, or a demonstration in which anybody
 * may act as anybody. Said by its first event, instance.created/1.
 */
#ifndef LEDGER_INSTANCE_H
#define LEDGER_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "ledger/events.h"

struct instance {
	bool demo;
	const char *office; /* name when it was made, may be "" */
	int64_t created_at;
};

/* Inside db_begin_write(), as the first event. by: at, actor, for_whom. */
enum err_code instance_create(
	struct db *db, const struct event_draft *by, bool demo, const char *office, struct err *e);
/* The same, with the public key that signs its head (ledger/head_keys.h; NULL: none). */
enum err_code instance_create_with_key(struct db *db, const struct event_draft *by, bool demo,
	const char *office, const char *key, struct err *e);
/* ERR_NOT_FOUND (e untouched): no first event yet. */
enum err_code instance_get(struct db *db, struct arena *a, struct instance *out, struct err *e);

#endif
