/*
 * warc_write.c - WARC/1.1 files as the fetcher leaves them in the spool.
 *
 * One gzip member a record. What is packed goes to the file by the group (metadata,
 * request, response). A group that cannot be written whole is cut off again, so that a
 * full disk leaves whole groups only.
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

#include "base/hash.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/warc_behind.h"
#include "crawler/warc_parts.h"

#define HEAD_MAX ((size_t)64 << 10)
#define CHUNK ((size_t)64 << 10)
#define HOST_MAX 64
#define ID_SIZE 48
#define ID_BYTES 16
#define IDS_DRAWN 64
#define TRIES_MAX 1000
#define TINY_MAX ((size_t)1 << 10)

struct warc_writer {
	char *dir, *software;
	char *open_path, *final_path; /* NULL: no file open */
	int fd;
	int serial;
	struct warc_behind *behind;
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

/* ---- one record --------------------------------------------------------- */

static enum err_code add_block(struct warc_behind *w, const struct block *b, struct err *e)
{
	enum err_code rc = ERR_OK;
	unsigned char *chunk = b->fd >= 0 ? malloc(CHUNK) : NULL;

	if (b->fd >= 0 && !chunk)
		return err_nomem(e);
	for (int i = 0; i < 2 && !rc; i++)
		if (b->part[i].n)
			rc = warc_behind_add(w, b->part[i].p, b->part[i].n, e);
	for (size_t at = 0; !rc && at < b->fd_size; at += CHUNK) {
		size_t n = b->fd_size - at < CHUNK ? b->fd_size - at : CHUNK;
		rc = read_part(b->fd, (off_t)at, chunk, n, e);
		if (!rc)
			rc = warc_behind_add(w, chunk, n, e);
	}
	free(chunk);
	return rc;
}

/* What comes compressed already is only wrapped, and so is what is tiny: a 304 with its
 * request and metadata would be a fifth smaller for half of its time. By the first bytes
 * of what comes last in it: the body, where there is one. */
static bool is_stored(const struct block *b)
{
	struct str last = b->part[1];
	unsigned char magic[2] = {0, 0};

	if (b->fd >= 0)
		(void)read_part(b->fd, 0, magic, b->fd_size < 2 ? b->fd_size : 2, NULL);
	else if (last.n >= 2)
		memcpy(magic, last.p, 2);
	return (magic[0] == 0x1f && magic[1] == 0x8b) || block_size(b) <= TINY_MAX;
}

static enum err_code put_in_pieces(
	struct warc_writer *w, struct buf *head, const struct block *b, struct err *e)
{
	struct hash digest;
	enum err_code rc = block_digest(b, &digest, e);

	if (!rc) {
		warc_head_end(head, &digest, block_size(b));
		rc = buf_check(head, "WARC header", e);
	}
	if (!rc)
		rc = warc_behind_begin(w->behind, is_stored(b), e);
	if (!rc)
		rc = warc_behind_add(w->behind, head->data, head->len, e);
	if (!rc)
		rc = add_block(w->behind, b, e);
	if (!rc)
		rc = warc_behind_add(w->behind, WARC_RECORD_END, strlen(WARC_RECORD_END), e);
	return rc ? rc : warc_behind_end(w->behind, e);
}

/* head holds the record's own header lines; the digest, Content-Length and the blank line
 * are added to them, behind our back where that goes: a digest takes longer than all else
 * that is done for an ordinary answer here. */
static enum err_code put_record(
	struct warc_writer *w, struct buf *head, const struct block *b, struct err *e)
{
	struct str lines = {buf_str(head), head->len};
	enum err_code rc = buf_check(head, "WARC header", e);

	if (rc)
		return rc;
	if (block_size(b) > WARC_BLOCK_MAX)
		return err_set(
			e, ERR_LIMIT, _("a WARC block is larger than %zu bytes"), WARC_BLOCK_MAX);
	if (b->fd < 0 && warc_behind_takes(w->behind, lines.n + block_size(b)))
		return warc_behind_record(w->behind, is_stored(b), lines, b->part, e);
	return put_in_pieces(w, head, b, e);
}

static void add_field(struct buf *head, const char *name, const char *value)
{
	buf_add_str(head, name);
	buf_add_str(head, ": ");
	buf_add_str(head, value);
	buf_add_str(head, "\r\n");
}

static void add_id(struct buf *head, const char *name, const char *id)
{
	buf_add_str(head, name);
	buf_add_str(head, ": <");
	buf_add_str(head, id);
	buf_add_str(head, ">\r\n");
}

static void add_date(struct buf *head, int64_t date)
{
	char text[TIME_TEXT_SIZE];

	time_format_rfc3339(date, text);
	add_field(head, "WARC-Date", text);
}

static void begin_head(struct buf *head, const char *type, const char *id)
{
	buf_clear(head);
	buf_add_str(head, "WARC/1.1\r\n");
	add_field(head, "WARC-Type", type);
	add_id(head, "WARC-Record-ID", id);
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
	begin_head(&head, "warcinfo", id);
	add_date(&head, time_now());
	add_field(&head, "WARC-Filename", strrchr(w->final_path, '/') + 1);
	add_field(&head, "Content-Type", "application/warc-fields");
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
	free(w->open_path);
	free(w->final_path);
	w->open_path = w->final_path = NULL;
}

static enum err_code begin_file(struct warc_writer *w, struct err *e)
{
	enum err_code rc = create_file(w, e);

	warc_behind_to(w->behind, w->fd, w->open_path);
	if (!rc)
		rc = write_warcinfo(w, e);
	if (!rc)
		rc = warc_behind_end_group(w->behind, e);
	if (rc) {
		(void)warc_behind_wait(w->behind, NULL);
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
	w->behind = warc_behind_new();
	if (!w->dir || !w->software || !w->behind) {
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

enum err_code warc_writer_behind(struct warc_writer *w, struct err *e)
{
	return warc_behind_start(w->behind, e);
}

enum err_code warc_writer_wait(struct warc_writer *w, struct err *e)
{
	return warc_behind_wait(w->behind, e);
}

static enum err_code finish_file(struct warc_writer *w, struct err *e)
{
	if (fsync(w->fd) != 0)
		return err_errno(e, errno, _("cannot write %s"), w->open_path);
	if (rename(w->open_path, w->final_path) != 0)
		return err_errno(e, errno, _("cannot rename %s"), w->open_path);
	return path_sync_dir(w->dir, e);
}

/* When a group failed behind our back, those before it are finished all the same. */
enum err_code warc_writer_finish(struct warc_writer *w, struct err *e)
{
	enum err_code rc, late;

	if (w->fd < 0)
		return ERR_OK;
	rc = warc_behind_wait(w->behind, e);
	late = finish_file(w, rc ? NULL : e);
	drop_file(w);
	return rc ? rc : late;
}

void warc_writer_close(struct warc_writer *w)
{
	if (!w)
		return;
	warc_behind_free(w->behind);
	drop_file(w);
	free(w->dir);
	free(w->software);
	free(w);
}

/* ---- one try ------------------------------------------------------------ */

/* The records of a try while they are made. */
struct group {
	struct warc_writer *w;
	const struct warc_exchange *x;
	struct buf common; /* the header lines that all have */
	struct buf head; /* of the present record */
};

/* A URL with a control character was never fetched; it must not end the line. */
static void add_target(struct buf *out, const char *url)
{
	buf_add_str(out, "WARC-Target-URI: ");
	for (const char *p = url; *p; p++) {
		if ((unsigned char)*p <= 0x20 || *p == 0x7f)
			buf_addf(out, "%%%02X", (unsigned int)(unsigned char)*p);
		else
			buf_add_char(out, *p);
	}
	buf_add_str(out, "\r\n");
}

static void begin_record(struct group *g, const char *type, const char *id)
{
	begin_head(&g->head, type, id);
	buf_add(&g->head, buf_str(&g->common), g->common.len);
}

static enum err_code put_metadata(struct group *g, const char *response_id, struct err *e)
{
	char id[ID_SIZE];
	struct buf body;
	struct block b = {{{NULL, 0}, {NULL, 0}}, -1, 0};
	enum err_code rc;

	buf_init(&body, HEAD_MAX);
	warc_metadata_add(&body, &g->x->meta);
	b.part[0].p = buf_str(&body);
	b.part[0].n = body.len;
	make_id(g->w, id);
	begin_record(g, "metadata", id);
	if (response_id)
		add_id(&g->head, "WARC-Concurrent-To", response_id);
	add_field(&g->head, "Content-Type", "application/json");
	rc = buf_check(&body, "metadata", e);
	if (!rc)
		rc = put_record(g->w, &g->head, &b, e);
	buf_fini(&body);
	return rc;
}

static enum err_code put_request(struct group *g, const char *response_id, struct err *e)
{
	char id[ID_SIZE];
	struct block b = {{{g->x->request, g->x->request_size}, {NULL, 0}}, -1, 0};

	make_id(g->w, id);
	begin_record(g, "request", id);
	add_id(&g->head, "WARC-Concurrent-To", response_id);
	add_field(&g->head, "Content-Type", "application/http;msgtype=request");
	return put_record(g->w, &g->head, &b, e);
}

static enum err_code put_response(struct group *g, const char *id, struct err *e)
{
	const struct warc_exchange *x = g->x;
	struct block b = {{{x->headers, x->headers_size}, {NULL, 0}}, -1, 0};

	begin_record(g, x->not_modified ? "revisit" : "response", id);
	if (x->not_modified)
		add_field(&g->head, "WARC-Profile",
			"http://netpreserve.org/warc/1.1/revisit/server-not-modified");
	if (x->truncated)
		add_field(&g->head, "WARC-Truncated", x->truncated);
	add_field(&g->head, "Content-Type", "application/http;msgtype=response");
	if (x->body_fd >= 0) {
		b.fd = x->body_fd;
		b.fd_size = x->body_size;
	} else {
		b.part[1].p = x->body;
		b.part[1].n = x->body_size;
	}
	return put_record(g->w, &g->head, &b, e);
}

static enum err_code put_group(struct warc_writer *w, const struct warc_exchange *x, struct err *e)
{
	char id[ID_SIZE];
	bool answered = x->headers_size > 0;
	struct group g = {.w = w, .x = x};
	enum err_code rc;

	buf_init(&g.common, HEAD_MAX);
	buf_init(&g.head, HEAD_MAX);
	add_date(&g.common, x->date);
	add_target(&g.common, x->url);
	if (x->ip)
		add_field(&g.common, "WARC-IP-Address", x->ip);
	make_id(w, id);
	rc = buf_check(&g.common, "WARC header", e);
	if (!rc)
		rc = put_metadata(&g, answered ? id : NULL, e);
	if (!rc && answered && x->request_size)
		rc = put_request(&g, id, e);
	if (!rc && answered)
		rc = put_response(&g, id, e);
	buf_fini(&g.common);
	buf_fini(&g.head);
	return rc;
}

enum err_code warc_writer_add(struct warc_writer *w, const struct warc_exchange *x, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (w->fd >= 0 && warc_behind_size(w->behind) >= WARC_FILE_MAX)
		rc = warc_writer_finish(w, e);
	if (!rc && w->fd < 0)
		rc = begin_file(w, e);
	if (rc)
		return rc;
	rc = put_group(w, x, e);
	if (!rc)
		rc = warc_behind_end_group(w->behind, e);
	if (rc && warc_behind_drop_group(w->behind, NULL))
		return err_prefix(e, "%s", _("and it cannot be cut back"));
	return rc;
}
