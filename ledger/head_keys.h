/*
 * head_keys.h - the public keys by which this office signs the head of its chain.
 *
 * Kind (subject ""): key.made/1 {key, replaces}; instance.created/1 of an instance that was
 * made with a key names it too. Table: head_keys. The secret is no part of the ledger.
 */
#ifndef LEDGER_HEAD_KEYS_H
#define LEDGER_HEAD_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/sign.h"
#include "ledger/db.h"

struct head_key {
	char key[SIGN_KEY_HEX];
	int64_t since;
	char by_name[128]; /* login, cut where it is longer */
};

/* The newest; ERR_NOT_FOUND (e untouched) when there is none. */
enum err_code head_keys_last(struct db *db, struct head_key *out, struct err *e);
/* The key is or was ours. */
enum err_code head_keys_known(struct db *db, const char *key, bool *out, struct err *e);

#endif
