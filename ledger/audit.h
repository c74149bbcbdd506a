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
#include "ledger/db.h"

struct audit_anchor {
	int64_t count;
	struct hash head; /* hash of event number `count` */
};

struct audit_result {
	int64_t events;
	struct hash head;
	int64_t texts, erased;
	int64_t anchored; /* events that the anchor vouches for; 0 without one */
};

/* Chain, kinds, texts, archived rules, and with anchor (may be NULL) the place that it names.
 * ERR_INTEGRITY names the first event that is wrong. */
enum err_code audit_verify(
	struct db *db, const struct audit_anchor *anchor, struct audit_result *out, struct err *e);

/* Reads what `audit head` printed, plain or JSON. ERR_INPUT when it is neither. */
enum err_code audit_read_anchor(const char *path, struct audit_anchor *out, struct err *e);

/* Applies all events to an empty ledger and compares every projection table with ours.
 * ERR_INTEGRITY names each table that differs. *tables: how many were compared. */
enum err_code audit_rebuild(struct db *db, int64_t *tables, struct err *e);

#endif
