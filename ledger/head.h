/*
 * head.h - the head of the chain as it is shown to the world: how many events, the hash of
 * the last one, and the counters of ids, signed.
 *
 * One JSON object on one line:
 *	{"at":"2026-11-26T10:30:00Z","count":812,"demo":false,"hash":"…","ids":{"A":40,
 *	 "YQ-2026":123},"key":"…","v":1,"signature":"…"}
 * `key` is the Ed25519 public key, `signature` is over "huiying-head-1\n" and the object
 * without its signature, compact, keys sorted; both in hex. `ids` are the highest numbers
 * given out: whoever restores an older ledger goes on beyond them (DESIGN §6.1). Kept
 * elsewhere it is an anchor; the plain line `count hash` is one too, without a signature.
 */
#ifndef LEDGER_HEAD_H
#define LEDGER_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/sign.h"
#include "ledger/db.h"

struct head_id {
	char prefix[8]; /* "YQ" */
	int year; /* 0: a counter without years */
	int64_t number;
};

struct head {
	int64_t count;
	struct hash hash;
	int64_t at; /* TIME_NONE: the anchor does not say */
	bool is_signed; /* and the signature is that of its key */
	char key[SIGN_KEY_HEX]; /* "" without a signature */
	struct head_id *ids; /* in the arena */
	size_t id_count;
};

/* The head of the ledger as it is now. */
enum err_code head_of(struct db *db, int64_t at, struct arena *a, struct head *out, struct err *e);
/* Appends the signed object, without a newline. */
enum err_code head_sign(const struct head *h, bool demo, const struct sign_seed *seed,
	struct buf *out, struct err *e);
/* What head_sign() wrote, a JSON object with count and hash, or `count hash`. ERR_INPUT when
 * it is none of these, ERR_INTEGRITY when its signature is not that of its key. */
enum err_code head_read(
	const char *text, size_t n, struct arena *a, struct head *out, struct err *e);
/* The same of a file ("-": standard input). */
enum err_code head_load(const char *path, struct arena *a, struct head *out, struct err *e);

/* {"A":40,"YQ-2026":123}, as a member `ids` or as a text of its own. */
void head_put_ids(struct json_writer *w, const struct head_id *ids, size_t count);
/* ERR_INPUT for anything else. Appends nothing to what stood in *ids. */
enum err_code head_ids_of(const struct json *object, struct arena *a, struct head_id **ids,
	size_t *count, struct err *e);

#endif
