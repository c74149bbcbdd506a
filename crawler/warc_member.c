/*
 * warc_member.c - gzip members into a buffer and from there into a file.
 */
#include "crawler/warc_member.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/deflate.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/str.h"

#define OUT_SIZE ((size_t)64 << 10) /* and so a stored block is never longer than 65,535 */
#define BLOCK_HEAD ((size_t)5) /* RFC 1951 §3.2.4 */
#define TRAILER ((size_t)8)
#define START_STEP ((uint64_t)1 << 20)

struct warc_members {
	int fd;
	const char *path;
	uint64_t written;
	uint64_t flushed; /* of it, when it was flushed last */
	uint64_t started; /* of it, on its way from memory to the disk */
	struct deflate *deflate;
	bool stored;
	uint32_t crc, size; /* of a stored member so far, as its end tells them */
	size_t block; /* where the head of its open block stands in out */
	size_t len;
	unsigned char out[OUT_SIZE];
};

struct warc_members *warc_members_new(void)
{
	struct warc_members *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	m->fd = -1;
	m->deflate = deflate_new();
	if (m->deflate)
		return m;
	free(m);
	return NULL;
}

void warc_members_free(struct warc_members *m)
{
	if (m)
		deflate_free(m->deflate);
	free(m);
}

void warc_members_to(struct warc_members *m, int fd, const char *path)
{
	m->fd = fd;
	m->path = path;
	m->written = m->flushed = m->started = 0;
	m->len = 0;
}

static enum err_code write_out(struct warc_members *m, struct err *e)
{
	const unsigned char *p = m->out;

	while (m->len) {
		ssize_t put = write(m->fd, p, m->len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_errno(e, errno, _("cannot write %s"), m->path);
		p += put;
		m->len -= (size_t)put;
		m->written += (uint64_t)put;
	}
	return ERR_OK;
}

/* The disk begins with what will not be cut any more, or fsync() would have to wait for all
 * of the file at its end. A hint: where it fails, fsync() tells. */
static void start_disk(struct warc_members *m)
{
	if (m->flushed < m->started + START_STEP)
		return;
	(void)sync_file_range(
		m->fd, (off_t)m->started, (off_t)(m->flushed - m->started), SYNC_FILE_RANGE_WRITE);
	m->started = m->flushed;
}

enum err_code warc_members_flush(struct warc_members *m, struct err *e)
{
	enum err_code rc = write_out(m, e);

	if (rc)
		return rc;
	m->flushed = m->written;
	start_disk(m);
	return ERR_OK;
}

uint64_t warc_members_size(const struct warc_members *m)
{
	return m->written + m->len;
}

enum err_code warc_members_cut(struct warc_members *m, struct err *e)
{
	m->len = 0;
	m->written = m->flushed;
	if (ftruncate(m->fd, (off_t)m->flushed) != 0 || lseek(m->fd, 0, SEEK_END) < 0)
		return err_errno(e, errno, _("cannot cut %s"), m->path);
	return ERR_OK;
}

/* ---- stored ------------------------------------------------------------- */

static void put16(unsigned char *p, uint32_t v)
{
	p[0] = (unsigned char)(v & 0xff);
	p[1] = (unsigned char)(v >> 8 & 0xff);
}

static void put32(unsigned char *p, uint32_t v)
{
	put16(p, v);
	put16(p + 2, v >> 16);
}

static void open_block(struct warc_members *m)
{
	m->block = m->len;
	m->len += BLOCK_HEAD;
}

static void close_block(struct warc_members *m, bool last)
{
	uint32_t n = (uint32_t)(m->len - m->block - BLOCK_HEAD);
	unsigned char *head = m->out + m->block;

	head[0] = last;
	put16(head + 1, n);
	put16(head + 3, ~n);
}

static enum err_code next_block(struct warc_members *m, struct err *e)
{
	enum err_code rc;

	close_block(m, false);
	rc = write_out(m, e);
	open_block(m);
	return rc;
}

static enum err_code begin_stored(struct warc_members *m, struct err *e)
{
	static const unsigned char head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff};
	enum err_code rc = ERR_OK;

	m->crc = m->size = 0;
	if (m->len + sizeof head + BLOCK_HEAD > OUT_SIZE)
		rc = write_out(m, e);
	if (rc)
		return rc;
	memcpy(m->out + m->len, head, sizeof head);
	m->len += sizeof head;
	open_block(m);
	return ERR_OK;
}

static enum err_code add_stored(
	struct warc_members *m, const unsigned char *p, size_t n, struct err *e)
{
	enum err_code rc = ERR_OK;

	m->crc = hash_crc32(m->crc, p, n);
	m->size += (uint32_t)n;
	while (n && !rc) {
		size_t room = OUT_SIZE - m->len, some = n < room ? n : room;
		memcpy(m->out + m->len, p, some);
		m->len += some;
		p += some;
		n -= some;
		if (n)
			rc = next_block(m, e);
	}
	return rc;
}

static enum err_code end_stored(struct warc_members *m, struct err *e)
{
	enum err_code rc = ERR_OK;

	close_block(m, true);
	if (m->len + TRAILER > OUT_SIZE)
		rc = write_out(m, e);
	if (rc)
		return rc;
	put32(m->out + m->len, m->crc);
	put32(m->out + m->len + 4, m->size);
	m->len += TRAILER;
	return ERR_OK;
}

/* ---- packed ------------------------------------------------------------- */

static enum err_code add_packed(struct warc_members *m, struct str text, bool last, struct err *e)
{
	enum err_code rc = ERR_OK;
	bool more = true;

	while (more && !rc) {
		size_t room = OUT_SIZE - m->len;
		size_t made = deflate_add(m->deflate, &text, last, m->out + m->len, room);
		m->len += made;
		more = made == room;
		if (more)
			rc = write_out(m, e);
	}
	return rc;
}

/* ---- either ------------------------------------------------------------- */

enum err_code warc_member_begin(struct warc_members *m, bool stored, struct err *e)
{
	m->stored = stored;
	if (stored)
		return begin_stored(m, e);
	deflate_begin(m->deflate);
	return ERR_OK;
}

enum err_code warc_member_add(struct warc_members *m, const void *data, size_t n, struct err *e)
{
	if (m->stored)
		return add_stored(m, data, n, e);
	return add_packed(m, (struct str){data, n}, false, e);
}

enum err_code warc_member_end(struct warc_members *m, struct err *e)
{
	if (m->stored)
		return end_stored(m, e);
	return add_packed(m, (struct str){NULL, 0}, true, e);
}
