/*
 * warc_bytes.h - the bytes of a WARC file, inflated, member by member; for warc_read.c only.
 *
 * The file is a row of "members": gzip members, or one plain text to its end. Bytes of the
 * current member are taken through warc_bytes_take(). A gzip member that lies in the window
 * as a whole is inflated at once (base/inflate.h), any other by and by with zlib.
 * After damage the next gzip member that begins with "WARC/" is looked for (damaged
 * compression), or the next line that does (damaged record).
 */
#ifndef CRAWLER_WARC_BYTES_H
#define CRAWLER_WARC_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/inflate.h"
#include "crawler/warc.h"

#define WARC_IN_SIZE ((size_t)256 << 10)
#define WARC_OUT_SIZE ((size_t)256 << 10)

enum resync { RESYNC_NONE, RESYNC_LINE, RESYNC_MEMBER };

struct z_stream_s;

struct warc_reader {
	int fd;
	char *path;
	unsigned char *in, *out; /* WARC_IN_SIZE and WARC_OUT_SIZE: as in the file, as inflated */
	size_t in_pos, in_len;
	uint64_t in_base; /* place of in[0] in the file */
	size_t out_pos, out_len;
	uint64_t plain_pos; /* inflated bytes taken since the file's begin */
	uint64_t member_start; /* of the current member in the file */
	bool in_member, gzip, member_over;
	bool skim; /* answers are not compared with their digests */
	bool seen_gzip; /* then a member that does not begin like one is damaged */
	struct inflate_short *quick;
	struct z_stream_s *z; /* zlib's, one for all members; NULL until there is one */
	enum resync resync;
	struct buf head, block, text;
	struct buf raw; /* the last record's header lines as read, for copies */
};

/* The place in the file of the next byte of the window. */
uint64_t warc_bytes_file_pos(const struct warc_reader *r);
/* Reading goes on there; the window is empty. */
void warc_bytes_go_to(struct warc_reader *r, uint64_t place);
void warc_bytes_end_member(struct warc_reader *r);
/* ERR_NOT_FOUND at the end of the file. */
enum err_code warc_bytes_begin_member(struct warc_reader *r, struct err *e);
/* Sets the error that the file ends in the middle. */
enum err_code warc_bytes_cut_short(struct warc_reader *r, struct err *e);
/* Points at the next bytes of the current member; *n 0 at its end. */
enum err_code warc_bytes_peek(
	struct warc_reader *r, const unsigned char **p, size_t *n, struct err *e);
void warc_bytes_consume(struct warc_reader *r, size_t n);
/* Exactly n bytes into `into` (NULL: dropped). */
enum err_code warc_bytes_take(struct warc_reader *r, uint64_t n, struct buf *into, struct err *e);
/* One line with its end, appended to into. An empty result is the member's end. */
enum err_code warc_bytes_take_line(struct warc_reader *r, struct buf *into, struct err *e);
/* The next gzip member behind the damaged one. */
enum err_code warc_bytes_resync_member(struct warc_reader *r, struct err *e);
/* What does not begin like a record and is not compressed may be a gzip member whose
 * first byte is damaged, or a text with something before its first record. */
enum err_code warc_bytes_choose_resync(struct warc_reader *r, struct err *e);
/* The next line that begins with "WARC/1.", left in `head`. */
enum err_code warc_bytes_resync_line(struct warc_reader *r, struct err *e);

/* Frees what inflating took. */
void warc_bytes_end(struct warc_reader *r);

#endif
