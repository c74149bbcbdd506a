/*
 * warc.h - the seam between the network and the ledger: WARC/1.1 (ISO 28500:2017)
 * files, one gzip member a record.
 *
 * Writer: UTC-host-pid-n.warc.gz.open in the spool, locked; renamed to .warc.gz at
 * 64 MiB or close, after fsync of file and directory. Each try is a group: the
 * metadata record FIRST (so that a reader knows source and want before it meets the
 * answer), then request, then response or revisit. The metadata's
 * WARC-Concurrent-To names the response; a metadata record without it stands alone:
 * the try gave no answer. A group cut by a crash is dropped by warc_salvage().
 * Reader: any WARC/1.0 or 1.1, gzip by record or whole or not at all; a damaged
 * record is reported with its offset and the reader goes on behind it when it can.
 */
#ifndef CRAWLER_WARC_H
#define CRAWLER_WARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* ---- reading ---- */
enum warc_type {
	WARC_WARCINFO,
	WARC_REQUEST,
	WARC_RESPONSE,
	WARC_REVISIT,
	WARC_METADATA,
	WARC_RESOURCE,
	WARC_OTHER
};

#define WARC_OFFSET_INNER ((uint64_t)1 << 62)
#define WARC_BLOCK_MAX ((size_t)64 << 20)
#define WARC_FILE_MAX ((uint64_t)64 << 20) /* a new file is begun behind this */

struct warc_record {
	enum warc_type type;
	uint64_t offset; /* of the record's first byte (gzip: of its member) in the
			  * file; a record inside a longer gzip member has
			  * WARC_OFFSET_INNER and its place in the inflated text */
	const char *id; /* WARC-Record-ID, without <> */
	const char *concurrent_to; /* without <>, or NULL */
	const char *target_uri; /* or NULL */
	const char *content_type; /* of the block, or NULL */
	const char *truncated; /* WARC-Truncated, or NULL */
	const char *type_name; /* as written; "" when there is none */
	const char *block_digest; /* "sha256:…", "sha1:…", or NULL; agrees when known */
	const char *payload_digest; /* not checked by the reader; or NULL */
	bool ended; /* the two line ends behind the block are there */
	int64_t date; /* WARC-Date; TIME_NONE if unreadable */
	const char *block; /* the whole block */
	size_t block_size;
};

struct warc_reader;

enum err_code warc_reader_open(const char *path, struct warc_reader **out, struct err *e);
/* A first look over a file that will be read again: the digests of responses, which are
 * most of it, are not compared until then. */
void warc_reader_skim(struct warc_reader *r, bool on);
void warc_reader_close(struct warc_reader *r);
/* ERR_OK: *rec is valid until the next call. ERR_NOT_FOUND: clean end of file.
 * ERR_INPUT: a bad record (e says file and offset); call again to go on.
 * ERR_LIMIT: a block over 64 MiB, skipped; call again. */
enum err_code warc_reader_next(struct warc_reader *r, struct warc_record *rec, struct err *e);
/* Positions at a record's offset (as given by warc_record.offset). */
enum err_code warc_reader_seek(struct warc_reader *r, uint64_t offset, struct err *e);
/* The header lines of the record just read, with the blank line, as they stand. */
void warc_reader_add_head(const struct warc_reader *r, struct buf *out);

/* The HTTP message inside a response block. Views into rec->block. */
struct warc_http {
	int status;
	const char *headers; /* after the status line, to the blank line */
	size_t headers_size;
	const char *body; /* as archived, undecoded */
	size_t body_size;
};

bool warc_http_parse(const struct warc_record *rec, struct warc_http *out);
/* 2xx but 206: nobody here asks for a range, so a part is one that a broken cache took
 * for the whole, or somebody else's. */
bool warc_http_is_whole(int status);
/* Value of the first header `name`, trimmed, appended to out; false if absent. */
bool warc_http_header(const struct warc_http *h, const char *name, struct buf *out);
/* The body without the chunks of its transfer coding; as it is when it has none. */
enum err_code warc_http_unchunked(const struct warc_http *h, struct buf *out, struct err *e);
/* The body decoded (gzip and deflate by its Content-Encoding) under out->max:
 * ERR_LIMIT beyond it, ERR_INPUT for damaged or unknown encodings. */
enum err_code warc_http_body(const struct warc_http *h, struct buf *out, struct err *e);

/* ---- our metadata record, DESIGN §5.4 ---- */
struct warc_metadata {
	const char *source; /* source id or NULL */
	const char *want; /* wanted row id or NULL */
	const char *kind; /* a source's poll: "feed", "list", "json", "sitemap", "table"; a
			   * wanted row: "article", "page", "evidence"; "robots": a robots.txt
			   * (source is then whose turn it was; no item comes of it) */
	const char *error; /* NULL for 2xx, 304 and a redirect that is followed; else dns,
			    * connect, tls, timeout, address, too-large, broken (cut in the
			    * middle), redirect, robots, http (status >= 400), url */
	const char *detail; /* for people */
	int hop;
	int64_t ms;
	int64_t cert_expires; /* end of the host's certificate, a moment; when it was not asked
			       * for TIME_NONE, or 0 in what is to be written */
};

/* Parses the block of a metadata record; strings live in the arena. */
struct arena;
enum err_code warc_metadata_parse(
	const struct warc_record *rec, struct arena *a, struct warc_metadata *out, struct err *e);

/* ---- writing ---- */
struct warc_writer;

struct warc_exchange { /* one try; the writer makes ids and links the records */
	const char *url;
	int64_t date;
	const char *request;
	size_t request_size; /* NULL: none was sent */
	const char *headers;
	size_t headers_size; /* status line + headers as received */
	int body_fd;
	const char *body;
	size_t body_size; /* body in memory, or in body_fd (>= 0) */
	const char *truncated; /* WARC-Truncated: "length", "time", "disconnect"; or NULL */
	bool not_modified; /* a 304: revisit record */
	const char *ip; /* WARC-IP-Address or NULL */
	struct warc_metadata meta;
};

enum err_code warc_writer_open(
	const char *spool_dir, const char *software, struct warc_writer **out, struct err *e);
/* From here on a thread packs and writes what is added. An error of it is told late, at the
 * latest by warc_writer_finish(), and then the groups before it are in the spool all the same. */
enum err_code warc_writer_behind(struct warc_writer *w, struct err *e);
enum err_code warc_writer_add(struct warc_writer *w, const struct warc_exchange *x, struct err *e);
/* Until everything added stands in the file. */
enum err_code warc_writer_wait(struct warc_writer *w, struct err *e);
/* fsync and rename; after it everything added is safely in the spool. An empty file is removed. */
enum err_code warc_writer_finish(struct warc_writer *w, struct err *e);
void warc_writer_close(struct warc_writer *w); /* frees; unfinished files stay .open */

/* Finishes the .open files of dead writers in a spool: cut behind the last whole
 * group and renamed; removed when nothing whole is in them. Files that are locked are
 * left alone. *count is the number of files finished. */
enum err_code warc_salvage(const char *spool_dir, size_t *count, struct err *e);

/* Copies the records with the given offset range of one file, behind its warcinfo, to a new
 * .warc.gz (evidence/ID.warc.gz), fsynced, atomically. `offsets` are record offsets of `from`. */
enum err_code warc_copy_records(
	const char *from, const uint64_t *offsets, size_t count, const char *to, struct err *e);

#endif
