/*
 * warc_write.c - WARC/1.1 files as the fetcher leaves them in the spool.
 *
 * One gzip member a record. What is packed waits in a buffer and goes to the file by the
 * group (metadata, request, response). A group that cannot be written whole is cut off
 * again, so that a full disk leaves whole groups only.
 */
#include "crawler/warc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/warc_parts.h"

#define HEAD_MAX ((size_t)64 << 10)
#define CHUNK ((size_t)64 << 10)
#define HOST_MAX 64
#define ID_SIZE 48
#define ID_BYTES 16
#define IDS_DRAWN 64
#define TRIES_MAX 1000
#define GZIP 16 /* added to the bits of a window */
#define TINY_MAX ((size_t)1 << 10)
#define SMALL_MAX ((size_t)4 << 10)

/* How a record is packed. Level 6 would make a file of feeds 5 % smaller and take more
 * than twice the time, which is most of the time of a run. What comes compressed already
 * is only wrapped, and so is what is tiny: a 304 with its request and metadata would be a
 * fifth smaller for half of its time. */
enum packing { PACK_FAST, PACK_SMALL, PACK_STORE, PACKINGS };
static const struct {
	int level, window, memory, strategy; /* memory is wiped for every record */
} packings[PACKINGS] = {
	[PACK_FAST] = {1, 15, 9, Z_DEFAULT_STRATEGY},
	[PACK_SMALL] = {1, 13, 5, Z_DEFAULT_STRATEGY},
	[PACK_STORE] = {0, 13, 5, Z_DEFAULT_STRATEGY},
};

struct packer { /* one for each packing, used again for every record */
	z_stream z;
	bool open;
};

struct warc_writer {
	char *dir, *software;
	char *open_path, *final_path; /* NULL: no file open */
	int fd;
	uint64_t size;
	int serial;
	struct packer packers[PACKINGS];
	unsigned char *out; /* CHUNK bytes, packed and not yet in the file */
	size_t out_len;
	unsigned char ids[IDS_DRAWN][ID_BYTES]; /* random bytes of ids to come */
	size_t ids_left;
};

/* The parts of one record's block, in order; the last may stand in a file. */
struct block {
	struct str part[2];
	int fd; /* -1: none */
	size_t fd_size;
};

/* ---- small pieces ------------------------------------------------------- */

/* RFC 9562, version 4. Random bytes are drawn for many ids at a time: each draw is a
 * call of the kernel. */
static void make_id(struct warc_writer *w, char out[ID_SIZE])
{
	static const char digits[] = "0123456789abcdef", form[] = "urn:uuid:";
	unsigned char *b;

	if (w->ids_left == 0) {
		hash_random(w->ids, sizeof w->ids);
		w->ids_left = IDS_DRAWN;
	}
	b = w->ids[--w->ids_left];
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	memcpy(out, form, sizeof form - 1);
	out += sizeof form - 1;
	for (int i = 0; i < ID_BYTES; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*out++ = '-';
		*out++ = digits[b[i] >> 4];
		*out++ = digits[b[i] & 15];
	}
	*out = '\0';
}

static enum err_code read_part(int fd, off_t at, unsigned char *into, size_t n, struct err *e)
{
	while (n) {
		ssize_t got = pread(fd, into, n, at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(e, errno, _("cannot read back a temporary file"));
		if (got == 0)
			return err_set(e, ERR_IO, _("a temporary file is shorter than written"));
		into += got;
		n -= (size_t)got;
		at += got;
	}
	return ERR_OK;
}

static size_t block_size(const struct block *b)
{
	return b->part[0].n + b->part[1].n + b->fd_size;
}

static enum err_code block_digest(const struct block *b, struct hash *out, struct err *e)
{
	struct hash_state *s = hash_new();
	unsigned char *chunk = b->fd >= 0 ? malloc(CHUNK) : NULL;
	enum err_code rc = !s || (b->fd >= 0 && !chunk) ? err_nomem(e) : ERR_OK;

	for (int i = 0; i < 2 && !rc; i++)
		if (b->part[i].n)
			hash_add(s, b->part[i].p, b->part[i].n);
	for (size_t at = 0; !rc && at < b->fd_size; at += CHUNK) {
		size_t n = b->fd_size - at < CHUNK ? b->fd_size - at : CHUNK;
		rc = read_part(b->fd, (off_t)at, chunk, n, e);
		if (!rc)
			hash_add(s, chunk, n);
	}
	free(chunk);
	if (rc)
		hash_discard(s);
	else
		*out = hash_end(s);
	return rc;
}

/* ---- one gzip member ---------------------------------------------------- */

static enum err_code flush_out(struct warc_writer *w, struct err *e)
{
	const unsigned char *p = w->out;

	while (w->out_len) {
		ssize_t put = write(w->fd, p, w->out_len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_errno(e, errno, _("cannot write %s"), w->open_path);
		p += put;
		w->out_len -= (size_t)put;
	}
	return ERR_OK;
}

static enum err_code member_begin(
	struct warc_writer *w, enum packing packing, z_stream **out, struct err *e)
{
	struct packer *p = &w->packers[packing];
	int z = p->open ? deflateReset(&p->z)
			: deflateInit2(&p->z, packings[packing].level, Z_DEFLATED,
				  packings[packing].window + GZIP, packings[packing].memory,
				  packings[packing].strategy);

	*out = &p->z;
	p->open = p->open || z == Z_OK;
	if (z != Z_OK || (!w->out && !(w->out = malloc(CHUNK))))
		return err_nomem(e);
	return ERR_OK;
}

/* n fits into uInt: callers pass at most WARC_BLOCK_MAX. */
static enum err_code member_add(
	struct warc_writer *w, z_stream *z, const void *data, size_t n, int flush, struct err *e)
{
	static const unsigned char nothing = 0;
	enum err_code rc = ERR_OK;
	bool more = true;

	z->next_in = n ? (z_const Bytef *)data : (z_const Bytef *)&nothing;
	z->avail_in = (uInt)n;
	while (!rc && more) {
		int result;
		z->next_out = w->out + w->out_len;
		z->avail_out = (uInt)(CHUNK - w->out_len);
		result = deflate(z, flush);
		if (result == Z_STREAM_ERROR)
			return err_set(e, ERR_IO, _("zlib refuses to deflate"));
		w->out_len = CHUNK - z->avail_out;
		more = z->avail_out == 0 || (flush == Z_FINISH && result != Z_STREAM_END);
		if (z->avail_out == 0)
			rc = flush_out(w, e);
	}
	return rc;
}

static enum err_code add_block(
	struct warc_writer *w, z_stream *z, const struct block *b, struct err *e)
{
	enum err_code rc = ERR_OK;
	unsigned char *chunk = b->fd >= 0 ? malloc(CHUNK) : NULL;

	if (b->fd >= 0 && !chunk)
		return err_nomem(e);
	for (int i = 0; i < 2 && !rc; i++)
		if (b->part[i].n)
			rc = member_add(w, z, b->part[i].p, b->part[i].n, Z_NO_FLUSH, e);
	for (size_t at = 0; !rc && at < b->fd_size; at += CHUNK) {
		size_t n = b->fd_size - at < CHUNK ? b->fd_size - at : CHUNK;
		rc = read_part(b->fd, (off_t)at, chunk, n, e);
		if (!rc)
			rc = member_add(w, z, chunk, n, Z_NO_FLUSH, e);
	}
	free(chunk);
	return rc;
}

/* By the first bytes of what comes last in it: the body, where there is one. */
static enum packing packing_of(const struct block *b)
{
	struct str last = b->part[1];
	unsigned char magic[2] = {0, 0};

	if (b->fd >= 0)
		(void)read_part(b->fd, 0, magic, b->fd_size < 2 ? b->fd_size : 2, NULL);
	else if (last.n >= 2)
		memcpy(magic, last.p, 2);
	if ((magic[0] == 0x1f && magic[1] == 0x8b) || block_size(b) <= TINY_MAX)
		return PACK_STORE;
	return block_size(b) <= SMALL_MAX ? PACK_SMALL : PACK_FAST;
}

/* head holds the record's own header lines; Content-Length, the digest and the blank
 * line are added here. */
static enum err_code put_record(
	struct warc_writer *w, struct buf *head, const struct block *b, struct err *e)
{
	struct hash digest;
	z_stream *z = NULL;
	enum err_code rc;

	if (block_size(b) > WARC_BLOCK_MAX)
		return err_set(
			e, ERR_LIMIT, _("a WARC block is larger than %zu bytes"), WARC_BLOCK_MAX);
	rc = block_digest(b, &digest, e);
	if (!rc) {
		warc_digest_add(head, "WARC-Block-Digest", &digest);
		buf_addf(head, "Content-Length: %zu\r\n\r\n", block_size(b));
		rc = buf_check(head, "WARC header", e);
	}
	if (!rc)
		rc = member_begin(w, packing_of(b), &z, e);
	if (!rc)
		rc = member_add(w, z, head->data, head->len, Z_NO_FLUSH, e);
	if (!rc)
		rc = add_block(w, z, b, e);
	if (!rc)
		rc = member_add(w, z, "\r\n\r\n", 4, Z_FINISH, e);
	if (!rc)
		w->size += z->total_out;
	return rc;
}

static void begin_head(struct buf *head, const char *type, const char *id, int64_t date)
{
	char text[TIME_TEXT_SIZE];

	time_format_rfc3339(date, text);
	buf_clear(head);
	buf_addf(head, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <%s>\r\nWARC-Date: %s\r\n",
		type, id, text);
}

/* ---- files -------------------------------------------------------------- */

static void host_name(char out[HOST_MAX])
{
	if (gethostname(out, HOST_MAX) != 0)
		strcpy(out, "host");
	out[HOST_MAX - 1] = '\0';
	for (char *p = out; *p; p++)
		if (!str_is_alnum((unsigned char)*p) && *p != '.')
			*p = '-';
	if (!*out || *out == '.')
		*out = 'h';
}

static enum err_code make_names(struct warc_writer *w, int64_t now, struct err *e)
{
	char host[HOST_MAX], name[HOST_MAX + 80];
	struct time_civil t;

	host_name(host);
	time_to_civil(now, NULL, &t);
	snprintf(name, sizeof name, "%04d%02d%02dT%02d%02d%02dZ-%s-%ld-%d.warc.gz", t.year, t.month,
		t.day, t.hour, t.minute, t.second, host, (long)getpid(), w->serial++);
	free(w->final_path);
	w->final_path = path_join(w->dir, name);
	strcat(name, ".open");
	free(w->open_path);
	w->open_path = path_join(w->dir, name);
	return w->final_path && w->open_path ? ERR_OK : err_nomem(e);
}

/* Opened and locked at once, and only if neither name is taken. */
static enum err_code create_file(struct warc_writer *w, struct err *e)
{
	for (int i = 0; i < TRIES_MAX; i++) {
		enum err_code rc = make_names(w, time_now(), e);
		if (rc)
			return rc;
		if (path_exists(w->final_path))
			continue;
		w->fd = open(
			w->open_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0660);
		if (w->fd >= 0)
			break;
		if (errno != EEXIST)
			return err_errno(e, errno, _("cannot create %s"), w->open_path);
	}
	if (w->fd < 0)
		return err_set(e, ERR_IO, _("no free WARC file name in %s"), w->dir);
	if (flock(w->fd, LOCK_EX | LOCK_NB) != 0)
		return err_errno(e, errno, _("cannot lock %s"), w->open_path);
	return ERR_OK;
}

static enum err_code write_warcinfo(struct warc_writer *w, struct err *e)
{
	char id[ID_SIZE], host[HOST_MAX];
	struct buf head, body;
	struct block b = {{{NULL, 0}, {NULL, 0}}, -1, 0};
	enum err_code rc;

	buf_init(&head, HEAD_MAX);
	buf_init(&body, HEAD_MAX);
	make_id(w, id);
	host_name(host);
	begin_head(&head, "warcinfo", id, time_now());
	buf_addf(&head, "WARC-Filename: %s\r\nContent-Type: application/warc-fields\r\n",
		strrchr(w->final_path, '/') + 1);
	buf_addf(&body,
		"software: %s\r\nformat: WARC File Format 1.1\r\n"
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/"
		"warc-format/warc-1.1/\r\nhostname: %s\r\nrobots: classic\r\n",
		w->software, host);
	b.part[0].p = buf_str(&body);
	b.part[0].n = body.len;
	rc = buf_check(&body, "warcinfo", e);
	if (!rc)
		rc = put_record(w, &head, &b, e);
	buf_fini(&head);
	buf_fini(&body);
	return rc;
}

static void drop_file(struct warc_writer *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
	w->size = 0;
	w->out_len = 0;
	free(w->open_path);
	free(w->final_path);
	w->open_path = w->final_path = NULL;
}

static enum err_code begin_file(struct warc_writer *w, struct err *e)
{
	enum err_code rc;

	w->size = 0;
	rc = create_file(w, e);
	if (!rc)
		rc = write_warcinfo(w, e);
	if (!rc)
		rc = flush_out(w, e);
	if (rc) {
		if (w->fd >= 0)
			unlink(w->open_path);
		drop_file(w);
	}
	return rc;
}

enum err_code warc_writer_open(
	const char *spool_dir, const char *software, struct warc_writer **out, struct err *e)
{
	struct warc_writer *w = calloc(1, sizeof *w);

	*out = NULL;
	if (!w)
		return err_nomem(e);
	w->fd = -1;
	w->dir = strdup(spool_dir);
	w->software = strdup(software);
	if (!w->dir || !w->software) {
		warc_writer_close(w);
		return err_nomem(e);
	}
	if (access(spool_dir, W_OK | X_OK) != 0) {
		enum err_code rc = err_errno(e, errno, _("cannot write to %s"), spool_dir);
		warc_writer_close(w);
		return rc;
	}
	*out = w;
	return ERR_OK;
}

enum err_code warc_writer_finish(struct warc_writer *w, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (w->fd < 0)
		return ERR_OK;
	if (fsync(w->fd) != 0)
		rc = err_errno(e, errno, _("cannot write %s"), w->open_path);
	if (!rc && rename(w->open_path, w->final_path) != 0)
		rc = err_errno(e, errno, _("cannot rename %s"), w->open_path);
	if (!rc)
		rc = path_sync_dir(w->dir, e);
	drop_file(w);
	return rc;
}

void warc_writer_close(struct warc_writer *w)
{
	if (!w)
		return;
	drop_file(w);
	for (int i = 0; i < PACKINGS; i++)
		if (w->packers[i].open)
			deflateEnd(&w->packers[i].z);
	free(w->out);
	free(w->dir);
	free(w->software);
	free(w);
}

/* ---- one try ------------------------------------------------------------ */

static void add_target(struct buf *head, const struct warc_exchange *x)
{
	/* A URL with a control character was never fetched; it must not end the line. */
	buf_add_str(head, "WARC-Target-URI: ");
	for (const char *p = x->url; *p; p++) {
		if ((unsigned char)*p <= 0x20 || *p == 0x7f)
			buf_addf(head, "%%%02X", (unsigned int)(unsigned char)*p);
		else
			buf_add_char(head, *p);
	}
	buf_add_str(head, "\r\n");
	if (x->ip)
		buf_addf(head, "WARC-IP-Address: %s\r\n", x->ip);
}

static enum err_code put_metadata(struct warc_writer *w, const struct warc_exchange *x,
	struct buf *head, const char *response_id, struct err *e)
{
	char id[ID_SIZE];
	struct buf body;
	struct block b = {{{NULL, 0}, {NULL, 0}}, -1, 0};
	enum err_code rc;

	buf_init(&body, HEAD_MAX);
	warc_metadata_add(&body, &x->meta);
	b.part[0].p = buf_str(&body);
	b.part[0].n = body.len;
	make_id(w, id);
	begin_head(head, "metadata", id, x->date);
	add_target(head, x);
	if (response_id)
		buf_addf(head, "WARC-Concurrent-To: <%s>\r\n", response_id);
	buf_add_str(head, "Content-Type: application/json\r\n");
	rc = buf_check(&body, "metadata", e);
	if (!rc)
		rc = put_record(w, head, &b, e);
	buf_fini(&body);
	return rc;
}

static enum err_code put_request(struct warc_writer *w, const struct warc_exchange *x,
	struct buf *head, const char *response_id, struct err *e)
{
	char id[ID_SIZE];
	struct block b = {{{x->request, x->request_size}, {NULL, 0}}, -1, 0};

	make_id(w, id);
	begin_head(head, "request", id, x->date);
	add_target(head, x);
	buf_addf(head,
		"WARC-Concurrent-To: <%s>\r\nContent-Type: application/http;msgtype=request\r\n",
		response_id);
	return put_record(w, head, &b, e);
}

static enum err_code put_response(struct warc_writer *w, const struct warc_exchange *x,
	struct buf *head, const char *id, struct err *e)
{
	struct block b = {{{x->headers, x->headers_size}, {NULL, 0}}, -1, 0};

	begin_head(head, x->not_modified ? "revisit" : "response", id, x->date);
	add_target(head, x);
	if (x->not_modified)
		buf_add_str(head, "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/"
				  "server-not-modified\r\n");
	if (x->truncated)
		buf_addf(head, "WARC-Truncated: %s\r\n", x->truncated);
	buf_add_str(head, "Content-Type: application/http;msgtype=response\r\n");
	if (x->body_fd >= 0) {
		b.fd = x->body_fd;
		b.fd_size = x->body_size;
	} else {
		b.part[1].p = x->body;
		b.part[1].n = x->body_size;
	}
	return put_record(w, head, &b, e);
}

static enum err_code put_group(struct warc_writer *w, const struct warc_exchange *x, struct err *e)
{
	char id[ID_SIZE];
	bool answered = x->headers_size > 0;
	struct buf head;
	enum err_code rc;

	buf_init(&head, HEAD_MAX);
	make_id(w, id);
	rc = put_metadata(w, x, &head, answered ? id : NULL, e);
	if (!rc && answered && x->request_size)
		rc = put_request(w, x, &head, id, e);
	if (!rc && answered)
		rc = put_response(w, x, &head, id, e);
	buf_fini(&head);
	return rc;
}

enum err_code warc_writer_add(struct warc_writer *w, const struct warc_exchange *x, struct err *e)
{
	uint64_t before;
	enum err_code rc = ERR_OK;

	if (w->fd >= 0 && w->size >= WARC_FILE_MAX)
		rc = warc_writer_finish(w, e);
	if (!rc && w->fd < 0)
		rc = begin_file(w, e);
	if (rc)
		return rc;
	before = w->size;
	rc = put_group(w, x, e);
	if (!rc)
		rc = flush_out(w, e);
	if (rc)
		w->out_len = 0;
	if (rc && (ftruncate(w->fd, (off_t)before) != 0 || lseek(w->fd, 0, SEEK_END) < 0))
		return err_prefix(e, "%s", _("and it cannot be cut back"));
	if (rc)
		w->size = before;
	return rc;
}
