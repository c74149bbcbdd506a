/*
 * copy_file.h - copying files for backups and restores, with their SHA-256.
 */
#ifndef OFFICE_COPY_FILE_H
#define OFFICE_COPY_FILE_H

#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/hash.h"

/* To a new file (ERR_IO when it is there), fsynced; of what was read. No link is followed. */
enum err_code copy_file(const char *from, const char *to, mode_t mode, struct hash *digest,
	int64_t *size, struct err *e);

#endif
