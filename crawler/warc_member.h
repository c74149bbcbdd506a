/*
 * warc_member.h - the gzip members of a WARC file on their way into it: packed, or only
 * wrapped when they are packed already or too small to gain. For warc_behind.c only.
 *
 * What is made waits in a buffer of 64 KiB and goes to the file when that is full, or
 * flushed.
 */
#ifndef CRAWLER_WARC_MEMBER_H
#define CRAWLER_WARC_MEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct warc_members;

struct warc_members *warc_members_new(void); /* NULL: no memory */
void warc_members_free(struct warc_members *m); /* NULL is fine */

/* The file to write to, which stays the caller's, and its name for errors; what waited
 * for another is forgotten. */
void warc_members_to(struct warc_members *m, int fd, const char *path);

enum err_code warc_member_begin(struct warc_members *m, bool stored, struct err *e);
enum err_code warc_member_add(struct warc_members *m, const void *data, size_t n, struct err *e);
enum err_code warc_member_end(struct warc_members *m, struct err *e);

enum err_code warc_members_flush(struct warc_members *m, struct err *e);
/* Bytes made since warc_members_to(), written or waiting. */
uint64_t warc_members_size(const struct warc_members *m);
/* The file ends again where the last flush left it. */
enum err_code warc_members_cut(struct warc_members *m, struct err *e);

#endif
