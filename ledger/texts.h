/*
 * texts.h - free text that events refer to by a salted SHA-256, so that the words
 * can be erased by order of law while the chain still verifies (DESIGN §6.1).
 *
 * digest = SHA-256("huiying-text-1" || salt (16 random bytes) || body), in hex. The
 * same words stored twice have two digests: nobody can test a guess after erasure.
 */
#ifndef LEDGER_TEXTS_H
#define LEDGER_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "ledger/db.h"

#define TEXTS_BODY_MAX ((size_t)4 << 20)

/* Inside db_begin_write(), before events_append(). body is valid UTF-8. */
enum err_code texts_put(
	struct db *db, const char *body, size_t n, char digest[HASH_HEX_SIZE], struct err *e);
/* Of a text that has been erased what stands in its place (ledger/redactions.h); *body is
 * NULL, with ERR_OK, when nothing does. A digest that is not
 * there is ERR_INTEGRITY; NULL or "" as digest gives NULL. */
enum err_code texts_get(
	struct db *db, const char *digest, struct arena *a, const char **body, struct err *e);
/* The same; *digest becomes that of the text which stands there now. */
enum err_code texts_follow(
	struct db *db, const char **digest, struct arena *a, const char **body, struct err *e);
/* Every stored body still has its digest; *erased counts the erased ones. ERR_INTEGRITY
 * names the first that has not. */
enum err_code texts_verify(struct db *db, int64_t *count, int64_t *erased, struct err *e);
/* Inside db_begin_write(): its salt and body are gone for good. */
enum err_code texts_erase(struct db *db, const char *digest, struct err *e);
/* The digest is there (erased or not); else ERR_INTEGRITY. */
enum err_code texts_expect(struct db *db, const char *digest, struct err *e);

#endif
