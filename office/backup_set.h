/*
 * backup_set.h - all that a lost machine is made again from, in one directory:
 *
 *	huiying-20261126T183000Z/
 *	    ledger.db        copied online and verified; the rules of every version are in it
 *	    evidence/        every file that the copied ledger knows of
 *	    conf/            *.conf and local.d/ of the office
 *	    head.pub         the public key; the secret is kept apart
 *	    redacted.jsonl   the list of erasures, which `restore` applies
 *	    MANIFEST.json    written last: name, size and SHA-256 of each of them
 *
 * It is made under a name that begins with ".part-" and gets its own when everything is
 * on the disk: a set that has its name is whole. The archive of WARC files is no part of it.
 */
#ifndef OFFICE_BACKUP_SET_H
#define OFFICE_BACKUP_SET_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/audit.h"
#include "office/office.h"

#define BACKUP_SET_PREFIX "huiying-"
#define BACKUP_SET_MANIFEST "MANIFEST.json"

struct backup_set {
	const char *path; /* lives in the arena */
	struct audit_result ledger;
	int64_t files, bytes; /* of all */
	int64_t pruned; /* older sets removed */
};

/* Into the directory `dir`, which exists. keep: only so many sets stay there, the newest;
 * 0: all. ERR_BUSY when another backup into it runs. */
enum err_code backup_set_make(struct office *o, const char *dir, int64_t keep, struct arena *a,
	struct backup_set *out, struct err *e);

/* When the last one was made, by state/backup.json; TIME_NONE: never. */
enum err_code backup_set_last(
	struct office *o, struct arena *a, int64_t *at, const char **path, struct err *e);

struct backup_file {
	const char *name; /* below the set: "evidence/ZJ-2026-000001.pdf" */
	int64_t size;
	const char *sha256;
};

struct backup_manifest {
	int64_t made, count;
	const char *hash;
	struct backup_file *files;
	size_t file_count;
};

/* Reads it, and compares every file with it: ERR_INTEGRITY names the first that is missing,
 * or another one. */
enum err_code backup_set_check(
	const char *set, struct arena *a, struct backup_manifest *out, struct err *e);

#endif
