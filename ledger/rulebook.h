/*
 * rulebook.h - what the rules said at any time, and who changed them.
 *
 * The texts of rule files are archived by their SHA-256, and with every set (what
 * rules_hash() names) which files it is made of: the rules of an alert can be read for
 * ever. Neither is a projection; both are only added to, and verified with the chain.
 * Kind (subject ""): rules.installed/1 {how, file, file_before, file_after, rules_before,
 * rules_after, lines_added, lines_removed, days, items, alerts_before, alerts_after, gained,
 * lost}; alerts are those of the back-test over the last `days`. Table: rule_installs.
 * rules.applied/1 is a record only: the stored items were judged anew.
 */
#ifndef LEDGER_RULEBOOK_H
#define LEDGER_RULEBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"
#include "ledger/db.h"

struct rulebook_file {
	const char *name; /* "keywords.conf", "local.d/city.conf" */
	const char *text;
	size_t size;
};

/* Inside db_begin_write(). *hex becomes the text's SHA-256. What is there already stays. */
enum err_code rulebook_keep_file(
	struct db *db, const char *text, size_t n, char hex[HASH_HEX_SIZE], struct err *e);
/* The files of the set `hash`, in the order of loading. */
enum err_code rulebook_keep_set(struct db *db, const char *hash, const struct rulebook_file *files,
	size_t count, struct err *e);
enum err_code rulebook_has_set(struct db *db, const char *hash, bool *out, struct err *e);

/* ERR_NOT_FOUND; both live in the arena. */
enum err_code rulebook_file_get(
	struct db *db, const char *hash, struct arena *a, struct str *text, struct err *e);
enum err_code rulebook_set_get(struct db *db, const char *hash, struct arena *a,
	struct rulebook_file **out, size_t *count, struct err *e);

#define RULEBOOK_PREFIX_MIN 4
/* The whole hash that begins with `prefix` (at least RULEBOOK_PREFIX_MIN hex digits, any case).
 * ERR_NOT_FOUND, or ERR_REFUSED when several do. *is_set: it names a set, else a file. */
enum err_code rulebook_find(
	struct db *db, const char *prefix, char hash[HASH_HEX_SIZE], bool *is_set, struct err *e);
/* The set that a version of a file came with; ERR_NOT_FOUND. */
enum err_code rulebook_set_of_file(
	struct db *db, const char *file_hash, char hash[HASH_HEX_SIZE], struct err *e);

struct rulebook_install {
	int64_t seq, at;
	const char *by_name, *how; /* "edit" "revert" */
	const char *name;
	const char *file_before, *file_after; /* before "": there was no such file */
	const char *rules_before, *rules_after; /* before "": could not be loaded */
	int64_t added, removed, gained, lost;
};

/* The newest first; name NULL: of all files. */
enum err_code rulebook_installs(struct db *db, const char *name, struct arena *a,
	struct rulebook_install **out, size_t *count, struct err *e);

/* Every archived text still has its hash; ERR_INTEGRITY names the first that has not. */
enum err_code rulebook_verify(struct db *db, struct err *e);

#endif
