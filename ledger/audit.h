/*
 * audit.h - is the record of account still the one that was written?
 *
 * Verification goes over the events as stored; an anchor (`count hash`, as `audit head`
 * prints it and the public site shows it) kept elsewhere also finds a cut tail and a
 * chain that was rewritten as a whole.
 */
#ifndef LEDGER_AUDIT_H
#define LEDGER_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/sign.h"
#include "ledger/db.h"

struct audit_anchor {
	int64_t count;
	struct hash head; /* hash of event number `count` */
	int64_t at; /* when it was made; TIME_NONE: it does not say */
	bool is_signed;
	char key[SIGN_KEY_HEX]; /* that signed it */
};

struct audit_result {
	int64_t events;
	struct hash head;
	int64_t texts, erased;
	int64_t anchored; /* events that the anchor vouches for; 0 without one */
	/* The anchor is of a chain that was lost: the ledger was put back to what a backup held,
	 * and says so itself. 0: it was not. */
	int64_t restored; /* events that were kept */
	int64_t restored_at;
	char restored_by[128]; /* login, cut where it is longer */
};

/* Chain, kinds, texts, archived rules, and with anchor (may be NULL) the place that it names;
 * a signed one must be signed by a key of ours. ERR_INTEGRITY names the first event that is
 * wrong. An anchor made before the ledger was restored, of events that are lost since, is
 * ERR_OK with out->restored set. */
enum err_code audit_verify(
	struct db *db, const struct audit_anchor *anchor, struct audit_result *out, struct err *e);

/* Reads what `audit head` printed, plain or JSON. ERR_INPUT when it is neither,
 * ERR_INTEGRITY when its signature is not that of its key. */
enum err_code audit_read_anchor(const char *path, struct audit_anchor *out, struct err *e);

/* Applies all events to an empty ledger and compares every projection table with ours.
 * ERR_INTEGRITY names each table that differs. *tables: how many were compared. */
enum err_code audit_rebuild(struct db *db, int64_t *tables, struct err *e);

#endif
