/*
 * warc_blank.c - gzip members of blanks, of any wanted length.
 */
#include "crawler/warc_blank.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"

/* RFC 1952 §2.3, RFC 1951 §3.2.4. */
#define GZIP_HEAD ((size_t)10)
#define GZIP_TAIL ((size_t)8)
#define BLOCK_HEAD ((size_t)5)
#define BLOCK_MAX ((size_t)65535)

/* The length is of fixed width, so that the head is. */
#define RECORD_HEAD                                                                                \
	"WARC/1.1\r\nWARC-Type: erased\r\nWARC-Record-ID: <%s>\r\n"                                \
	"WARC-Date: 1970-01-01T00:00:00Z\r\nContent-Length: %020zu\r\n\r\n"
#define RECORD_END "\r\n\r\n"

static size_t least(const char *id)
{
	int head = snprintf(NULL, 0, RECORD_HEAD, id, (size_t)0);

	return (size_t)head + sizeof RECORD_END - 1;
}

/* How many stored blocks the member has, and of what length their content is together. */
static bool lay_out(size_t length, size_t needed, size_t *blocks, size_t *content)
{
	for (*blocks = 1;; ++*blocks) {
		size_t around = GZIP_HEAD + GZIP_TAIL + *blocks * BLOCK_HEAD;
		if (length < around + needed)
			return false;
		*content = length - around;
		if (*content <= *blocks * BLOCK_MAX)
			return true;
	}
}

static void add_number(struct buf *out, size_t value, int bytes)
{
	for (int i = 0; i < bytes; i++, value >>= 8)
		buf_add_char(out, (char)(value & 0xFF));
}

static void add_record(struct buf *out, const char *id, size_t size)
{
	size_t blanks = size - least(id);
	char *room;

	buf_addf(out, RECORD_HEAD, id, blanks);
	room = buf_room(out, blanks);
	if (room) {
		memset(room, ' ', blanks);
		buf_grow(out, blanks);
	}
	buf_add_str(out, RECORD_END);
}

static void add_blocks(struct buf *out, const struct buf *content, size_t blocks)
{
	size_t at = 0;

	for (size_t i = 0; i < blocks; i++) {
		size_t n = content->len - at < BLOCK_MAX ? content->len - at : BLOCK_MAX;
		buf_add_char(out, i + 1 == blocks);
		add_number(out, n, 2);
		add_number(out, ~n & 0xFFFF, 2);
		buf_add(out, content->data + at, n);
		at += n;
	}
}

static enum err_code make_member(const struct warc_span *s, struct buf *out, struct err *e)
{
	static const char head[] = {0x1F, (char)0x8B, 8, 0, 0, 0, 0, 0, 0, 3};
	size_t length = (size_t)(s->end - s->start), blocks, size;
	struct buf content;
	enum err_code rc;

	if (!lay_out(length, least(s->id), &blocks, &size))
		return err_set(e, ERR_LIMIT, _("a record of %zu bytes is too short to be blanked"),
			length);
	buf_init(&content, size + 1);
	add_record(&content, s->id, size);
	rc = buf_check(&content, N_("a blank record"), e);
	if (!rc) {
		buf_add(out, head, sizeof head);
		add_blocks(out, &content, blocks);
		add_number(out, hash_crc32(0, content.data, content.len), 4);
		add_number(out, content.len, 4);
		rc = buf_check(out, N_("a blank record"), e);
	}
	buf_fini(&content);
	return rc;
}

static bool is_member(int fd, const struct warc_span *s)
{
	unsigned char magic[2];

	return s->end > s->start && pread(fd, magic, 2, (off_t)s->start) == 2 && magic[0] == 0x1F &&
	       magic[1] == 0x8B;
}

static enum err_code write_at(
	int fd, const char *path, const struct buf *b, uint64_t at, struct err *e)
{
	size_t done = 0;

	while (done < b->len) {
		ssize_t n = pwrite(fd, b->data + done, b->len - done, (off_t)(at + done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, errno, _("cannot write %s"), path);
		done += (size_t)n;
	}
	return ERR_OK;
}

/* Without `write` only whether it can be done. */
static enum err_code blank_one(
	int fd, const char *path, const struct warc_span *s, bool write, struct err *e)
{
	struct buf b;
	enum err_code rc = ERR_OK;

	if (!is_member(fd, s))
		return err_set(e, ERR_INPUT, _("%s: no record of its own begins at %llu"), path,
			(unsigned long long)s->start);
	buf_init(&b, (size_t)(s->end - s->start) + 64);
	rc = make_member(s, &b, e);
	if (!rc && write)
		rc = write_at(fd, path, &b, s->start, e);
	buf_fini(&b);
	return rc;
}

/* Evidence is read-only for those who own it, too. */
static int open_writable(const char *path, mode_t *was, bool *opened_up)
{
	int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC;
	int fd = open(path, flags);
	struct stat st;

	*opened_up = false;
	if (fd >= 0 || errno != EACCES || lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return fd;
	*was = st.st_mode & 07777;
	*opened_up = chmod(path, *was | S_IWUSR) == 0;
	return open(path, flags);
}

enum err_code warc_blank(
	const char *path, const struct warc_span *spans, size_t count, struct err *e)
{
	mode_t was = 0;
	bool opened_up;
	int fd = open_writable(path, &was, &opened_up);
	enum err_code rc = fd < 0 ? err_errno(e, errno, _("cannot open %s"), path) : ERR_OK;

	for (size_t i = 0; !rc && i < count; i++)
		rc = blank_one(fd, path, &spans[i], false, e);
	for (size_t i = 0; !rc && i < count; i++)
		rc = blank_one(fd, path, &spans[i], true, e);
	if (!rc && fsync(fd) != 0)
		rc = err_errno(e, errno, _("cannot save %s"), path);
	if (fd >= 0 && close(fd) != 0 && !rc)
		rc = err_errno(e, errno, _("cannot save %s"), path);
	if (opened_up && chmod(path, was) != 0 && !rc)
		rc = err_errno(e, errno, _("cannot save %s"), path);
	return rc;
}
