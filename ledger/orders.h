/*
 * orders.h - orders of hotlines and mailboxes (12345, 市长信箱), keyed by source and
 * number, as their sheets tell them.
 *
 * Not part of the record of account (see 0004_orders.sql). That an import happened is:
 * orders.imported/1 {source, file_text, digest, rows, added, revised, unchanged, refused};
 * that the limit of one was counted again by another list of holidays:
 * orders.recounted/1 {source, number, due_at, old_due_at, calendar, tentative}. They change
 * no projection.
 */
#ifndef LEDGER_ORDERS_H
#define LEDGER_ORDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "ledger/db.h"

struct order_record { /* strings may be NULL where the column may; times TIME_NONE */
	int64_t id, revision;
	const char *source, *number;
	const char *type, *title, *content, *place, *unit, *channel, *state, *result, *satisfaction,
		*link;
	int64_t published, accepted, finished;
	const char *limit; /* as the sheet writes it */
	int64_t due;
	int64_t limit_amount; /* what `due` was counted of; 0: the sheet gave a day, or none */
	const char *limit_unit, *limit_roll; /* "working days", "none": words of calendar.h */
	const char *limit_rule; /* of deadlines.conf; "": the sheet's own limit */
	const char *calendar; /* hash of the list of holidays; "": not needed */
	int64_t tentative; /* 暂定: the first year not listed; 0: none */
	int64_t case_due; /* where its case's limit was extended or paused; TIME_NONE */
	int64_t case_tentative; /* of case_due, as tentative */
	bool stands; /* the limit of its case stands still: a third party is asked */
	int64_t at; /* published, else accepted, else imported */
	const char *title_key, *place_key, *codes; /* "" when none */
	int64_t grade, score;
	const char *rules_hash;
	int64_t story; /* 0: none */
	int64_t imported;
	const char *file;
	int64_t row;
};

enum order_change { ORDER_NEW, ORDER_CHANGED, ORDER_SAME };

/* What the sheet says of it. */
enum err_code orders_digest(const struct order_record *o, struct hash *out, struct err *e);
/* What taking it in would change; o->story becomes the stored one. */
enum err_code orders_compare(struct db *db, struct order_record *o, const struct hash *digest,
	enum order_change *out, struct err *e);
/* Of an order whose words were erased by order of law what the ledger has stands, whatever its
 * sheet says: title, text, place, result, link. The mark alone when it has nothing. */
enum err_code orders_keep_erased(
	struct db *db, struct order_record *o, struct arena *a, struct err *e);
/* Inside db_begin_write(): takes it in. *out says what that changed. */
enum err_code orders_put(struct db *db, struct order_record *o, const struct hash *digest,
	enum order_change *out, struct err *e);
/* Inside db_begin_write(): o->due, digest, calendar and so on, counted again. */
enum err_code orders_set_due(struct db *db, const struct order_record *o, struct err *e);
/* The later of its own limit and that of its case; TIME_NONE: it has none. */
int64_t orders_due(const struct order_record *o);
/* 暂定: the first year not listed that orders_due() runs into; 0: none. */
int64_t orders_tentative(const struct order_record *o);
/* Open ones whose limit was counted by another list of holidays than this. */
enum err_code orders_of_other_calendar(struct db *db, const char *calendar, struct arena *a,
	struct order_record **out, size_t *count, struct err *e);
/* Open ones that no case has a limit for, due at or before `until`; news: of those only what
 * was not written down as reached. */
enum err_code orders_waiting(struct db *db, int64_t until, bool news, struct arena *a,
	struct order_record **out, size_t *count, struct err *e);
enum err_code orders_count_tentative(struct db *db, int64_t *count, struct err *e);
/* Inside db_begin_write(). */
enum err_code orders_set_story(
	struct db *db, const char *source, const char *number, int64_t story, struct err *e);

/* By number, of one source or ("") of all; count 0 when there is none. */
enum err_code orders_get(struct db *db, const char *source, const char *number, struct arena *a,
	struct order_record **out, size_t *count, struct err *e);
enum err_code orders_of_story(struct db *db, int64_t story, struct arena *a,
	struct order_record **out, size_t *count, struct err *e);
/* Rows of open cases with orders that no limit runs for, although they have a kind and a time
 * that it could run from. */
struct orders_joined {
	const char *case_id;
	int64_t story;
};
enum err_code orders_joined(
	struct db *db, struct arena *a, struct orders_joined **out, size_t *count, struct err *e);
/* source "": all; late_at: only what is open and was due then (TIME_NONE: not asked);
 * all: finished ones too. */
enum err_code orders_list(struct db *db, const char *source, int64_t late_at, bool all,
	struct arena *a, struct order_record **out, size_t *count, struct err *e);
/* With source, number, at, keys, codes, grade, score and story only. */
enum err_code orders_window(struct db *db, int64_t from, int64_t to, struct arena *a,
	struct order_record **out, size_t *count, struct err *e);

#endif
