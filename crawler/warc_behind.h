/*
 * warc_behind.h - the records of a WARC file on their way to warc_member.h: at once, or
 * behind the caller's back in a thread that packs and writes while the caller fetches.
 * For warc_write.c only.
 *
 * The caller copies pieces into batches of 256 KiB; eight of them exist, and who finds none
 * free waits. Before that happens the thread packs no more: until it has caught up, members
 * are stored as they are. One thread only calls this. An error behind its back is told by the next
 * call that ends a group or waits, and by all after it: nothing is written any more until the next
 * file. Either way a group that fails is cut off, and whole groups stay.
 */
#ifndef CRAWLER_WARC_BEHIND_H
#define CRAWLER_WARC_BEHIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct warc_behind;

struct warc_behind *warc_behind_new(void); /* NULL: no memory */
/* From here on in the thread. */
enum err_code warc_behind_start(struct warc_behind *b, struct err *e);
/* What was ended is still written. NULL is fine. */
void warc_behind_free(struct warc_behind *b);

/* The file to write to, which stays the caller's, and its name for errors; both must last
 * until warc_behind_wait(). */
void warc_behind_to(struct warc_behind *b, int fd, const char *path);

/* A whole record: its header lines, to which the block's digest, its length and the blank
 * line are added, and its block in two parts. Such as warc_behind_takes() only. */
bool warc_behind_takes(const struct warc_behind *b, size_t size);
enum err_code warc_behind_record(struct warc_behind *b, bool stored, struct str head,
	const struct str block[2], struct err *e);
/* Or in pieces, by who has made the digest. */
enum err_code warc_behind_begin(struct warc_behind *b, bool stored, struct err *e);
enum err_code warc_behind_add(struct warc_behind *b, const void *data, size_t n, struct err *e);
enum err_code warc_behind_end(struct warc_behind *b, struct err *e);
/* What was added since the last group belongs together. */
enum err_code warc_behind_end_group(struct warc_behind *b, struct err *e);
/* What was added since the last group shall not be. */
enum err_code warc_behind_drop_group(struct warc_behind *b, struct err *e);

/* Until all groups stand in the file. */
enum err_code warc_behind_wait(struct warc_behind *b, struct err *e);
/* Of the file; what is behind the caller's back may not be counted yet. */
uint64_t warc_behind_size(struct warc_behind *b);

#endif
