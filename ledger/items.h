/*
 * items.h - what was taken in: one row a (source, identity), revisions kept.
 *
 * Not part of the record of account: items come from WARC files and can be made again.
 * No author is stored.
 */
#ifndef LEDGER_ITEMS_H
#define LEDGER_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "ledger/db.h"

#define ITEMS_IDENTITY_MAX 512 /* longer ones are stored as their hash */
#define ITEMS_STORY_HOURS 72

struct item_record { /* strings may be NULL; times TIME_NONE */
	int64_t id;
	const char *source;
	const char *identity; /* item_add_identity() */
	const char *link, *title, *summary, *content;
	const char *url; /* url_add_article_key(): what all addresses of the article share */
	int64_t published, updated, fetched;
	const char *title_key; /* title_key.h; NULL when the title is shorter than 8 characters */
	int64_t at; /* published if known and not after fetched, else fetched */
	const char *rules_hash, *verdict;
	int64_t topics;
	const char *warc;
	uint64_t warc_offset;
	int64_t revision;
	int64_t story; /* 0: none */
};

/* What is shown of it: title, summary, content, link, published. */
enum err_code items_digest(const struct item_record *it, struct hash *out, struct err *e);

struct item_known {
	int64_t id, revision, fetched;
	struct hash digest;
};

/* Its words were erased by order (ledger/erase.h): it is not taken in again. */
enum err_code items_is_erased(
	struct db *db, const struct item_record *it, bool *out, struct err *e);
/* Whether any item was, so that not each of many has to be looked for. */
enum err_code items_any_erased(struct db *db, bool *out, struct err *e);
/* ERR_NOT_FOUND when it is new. */
enum err_code items_find(
	struct db *db, const struct item_record *it, struct item_known *out, struct err *e);
/* Inside db_begin_write(). Sets it->id. */
enum err_code items_add(
	struct db *db, struct item_record *it, const struct hash *digest, struct err *e);
/* Keeps what the item said and stores the new words as its next revision. */
enum err_code items_revise(
	struct db *db, const struct item_record *it, const struct hash *digest, struct err *e);
/* What the rules say of it now. */
enum err_code items_judged(struct db *db, const struct item_record *it, struct err *e);
/* A revision with this digest was there before: an old copy has come round again. */
enum err_code items_had(
	struct db *db, int64_t id, const struct hash *digest, bool *out, struct err *e);

enum err_code items_get(
	struct db *db, int64_t id, struct arena *a, struct item_record *out, struct err *e);
enum err_code items_of_story(struct db *db, int64_t story, struct arena *a,
	struct item_record **out, size_t *count, struct err *e);
/* Of one source, not older than `since` by item.at. */
enum err_code items_of_source(struct db *db, const char *source, int64_t since, struct arena *a,
	struct item_record **out, size_t *count, struct err *e);
/* In order of id, from the first above `after`, at most `limit`. */
enum err_code items_list(struct db *db, int64_t after, int64_t limit, struct arena *a,
	struct item_record **out, size_t *count, struct err *e);

/* The story of an earlier item with the same canonical URL, or with the same title key
 * within ITEMS_STORY_HOURS; 0 when there is none. it->id itself does not count. */
enum err_code items_find_story(
	struct db *db, const struct item_record *it, int64_t *story, struct err *e);
/* The item, and every copy of it that has no story yet, belong to the story now. */
enum err_code items_join_story(
	struct db *db, const struct item_record *it, int64_t story, struct err *e);
enum err_code items_set_story(struct db *db, int64_t id, int64_t story, struct err *e);

/* Count, and SHA-256 over source, identity and digest of all items in order: equal for
 * two ledgers that took in the same things, whenever and however often interrupted. */
enum err_code items_summary(struct db *db, int64_t *count, struct hash *digest, struct err *e);

#endif
