/*
 * warc_salvage.c - what a killed fetcher left behind, and copies of single records.
 */
#include "crawler/warc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"

#define CHUNK ((size_t)64 << 10)
#define SUFFIX ".warc.gz.open"

/* Ends of gzip members are found by inflating: *end is where the member that begins
 * at `start` ends, 0 when it does not end within the file or is damaged. */
static enum err_code member_end(int fd, uint64_t start, uint64_t *end, struct err *e)
{
	unsigned char *in = malloc(2 * CHUNK);
	uint64_t at = start;
	int z = Z_OK;
	z_stream s;
	enum err_code rc = ERR_OK;

	*end = 0;
	memset(&s, 0, sizeof s);
	if (!in || inflateInit2(&s, 15 + 16) != Z_OK) {
		free(in);
		return err_nomem(e);
	}
	while (z == Z_OK || z == Z_BUF_ERROR) {
		if (s.avail_in == 0) {
			ssize_t got = pread(fd, in, CHUNK, (off_t)at);
			if (got < 0)
				rc = err_errno(e, errno, _("cannot read a WARC file"));
			if (got <= 0)
				break;
			s.next_in = in;
			s.avail_in = (uInt)got;
			at += (uint64_t)got;
		}
		s.next_out = in + CHUNK;
		s.avail_out = (uInt)CHUNK;
		z = inflate(&s, Z_NO_FLUSH);
	}
	if (z == Z_STREAM_END)
		*end = at - s.avail_in;
	inflateEnd(&s);
	free(in);
	return rc;
}

/* A group is whole behind a response or revisit, and behind a metadata record that
 * promises no answer. */
static bool ends_group(const struct warc_record *rec)
{
	if (rec->type == WARC_METADATA)
		return rec->concurrent_to == NULL;
	return rec->type == WARC_RESPONSE || rec->type == WARC_REVISIT;
}

/* *keep: the length of the whole groups; 0 when there is none. */
static enum err_code whole_length(const char *path, int fd, uint64_t *keep, struct err *e)
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	enum err_code rc = warc_reader_open(path, &r, e);

	*keep = 0;
	while (!rc) {
		rc = warc_reader_next(r, &rec, e);
		if (!rc && ends_group(&rec))
			rc = member_end(fd, rec.offset, keep, e);
	}
	warc_reader_close(r);
	/* The first record that cannot be read is where the writer was killed. */
	return rc == ERR_NOT_FOUND || rc == ERR_INPUT || rc == ERR_LIMIT ? ERR_OK : rc;
}

static enum err_code finish_file(
	const char *path, int fd, const char *final, bool *kept, struct err *e)
{
	uint64_t keep = 0;
	enum err_code rc = whole_length(path, fd, &keep, e);

	*kept = false;
	if (rc)
		return rc;
	if (keep == 0) {
		if (unlink(path) != 0)
			return err_errno(e, errno, _("cannot remove %s"), path);
		return ERR_OK;
	}
	if (ftruncate(fd, (off_t)keep) != 0 || fsync(fd) != 0)
		return err_errno(e, errno, _("cannot cut %s"), path);
	if (path_exists(final))
		return err_set(e, ERR_IO, _("%s exists beside %s"), final, path);
	if (rename(path, final) != 0)
		return err_errno(e, errno, _("cannot rename %s"), path);
	*kept = true;
	return ERR_OK;
}

static enum err_code salvage_one(const char *dir, const char *name, size_t *count, struct err *e)
{
	char *path = path_join(dir, name);
	char *final = path_join(dir, name);
	bool kept = false;
	enum err_code rc = ERR_OK;
	int fd = -1;

	if (!path || !final) {
		rc = err_nomem(e);
		goto out;
	}
	final[strlen(final) - strlen(".open")] = '\0';
	fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0) {
		rc = errno == ENOENT ? ERR_OK : err_errno(e, errno, _("cannot open %s"), path);
		goto out;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		goto out; /* its writer lives */
	rc = finish_file(path, fd, final, &kept, e);
	*count += kept;
out:
	if (fd >= 0)
		close(fd);
	free(path);
	free(final);
	return rc;
}

enum err_code warc_salvage(const char *spool_dir, size_t *count, struct err *e)
{
	DIR *d = opendir(spool_dir);
	struct dirent *entry;
	enum err_code rc = ERR_OK;

	*count = 0;
	if (!d)
		return err_errno(e, errno, _("cannot read %s"), spool_dir);
	while (!rc && (entry = readdir(d)) != NULL)
		if (str_has_suffix(str_of(entry->d_name), SUFFIX))
			rc = salvage_one(spool_dir, entry->d_name, count, e);
	closedir(d);
	if (!rc && *count)
		rc = path_sync_dir(spool_dir, e);
	return rc;
}

/* ---- copies ------------------------------------------------------------- */

static enum err_code add_bytes(
	int from, uint64_t start, uint64_t end, struct buf *out, const char *path, struct err *e)
{
	unsigned char chunk[8192];

	while (start < end) {
		size_t want = end - start < sizeof chunk ? (size_t)(end - start) : sizeof chunk;
		ssize_t got = pread(from, chunk, want, (off_t)start);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(e, errno, _("cannot read %s"), path);
		if (got == 0)
			return err_set(e, ERR_INPUT, _("%s ends too early"), path);
		buf_add(out, chunk, (size_t)got);
		start += (uint64_t)got;
	}
	return buf_check(out, path, e);
}

static enum err_code add_member(const char *data, size_t n, struct buf *out, struct err *e)
{
	unsigned char chunk[8192];
	z_stream z;
	int rc;

	memset(&z, 0, sizeof z);
	if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return err_nomem(e);
	z.next_in = (z_const Bytef *)data;
	z.avail_in = (uInt)n;
	do {
		z.next_out = chunk;
		z.avail_out = sizeof chunk;
		rc = deflate(&z, Z_FINISH);
		buf_add(out, chunk, sizeof chunk - z.avail_out);
	} while (rc == Z_OK && !out->fault);
	deflateEnd(&z);
	return buf_check(out, "WARC", e);
}

static bool is_gzip_at(int fd, uint64_t place)
{
	unsigned char b[2];

	return pread(fd, b, 2, (off_t)place) == 2 && b[0] == 0x1f && b[1] == 0x8b;
}

/* A record inside a longer member or a plain file is written anew from its text. */
static enum err_code add_plain(
	struct warc_reader *r, uint64_t offset, struct buf *out, struct err *e)
{
	struct warc_record rec;
	struct buf text;
	enum err_code rc = warc_reader_seek(r, offset, e);

	buf_init(&text, 2 * WARC_BLOCK_MAX);
	if (!rc)
		rc = warc_reader_next(r, &rec, e);
	if (!rc) {
		warc_reader_add_head(r, &text);
		buf_add(&text, rec.block, rec.block_size);
		buf_add_str(&text, "\r\n\r\n");
		rc = buf_check(&text, "WARC", e);
	}
	if (!rc)
		rc = add_member(text.data, text.len, out, e);
	buf_fini(&text);
	return rc;
}

static enum err_code add_record(struct warc_reader *r, int fd, const char *from, uint64_t offset,
	struct buf *out, struct err *e)
{
	uint64_t end = 0;
	enum err_code rc;

	if (offset & WARC_OFFSET_INNER || !is_gzip_at(fd, offset))
		return add_plain(r, offset, out, e);
	rc = member_end(fd, offset, &end, e);
	if (!rc && end == 0)
		rc = err_set(e, ERR_INPUT, _("%s: damaged compression in the record at byte %llu"),
			from, (unsigned long long)offset);
	return rc ? rc : add_bytes(fd, offset, end, out, from, e);
}

/* The file's own first record, which says what program made its records. A foreign file
 * may have none. */
static enum err_code add_warcinfo(
	struct warc_reader *r, int fd, const char *from, struct buf *out, struct err *e)
{
	struct warc_record rec;
	struct err why = {ERR_OK, ""};

	memset(&rec, 0, sizeof rec);
	if (warc_reader_next(r, &rec, &why) || rec.type != WARC_WARCINFO)
		return ERR_OK;
	return add_record(r, fd, from, rec.offset, out, e);
}

enum err_code warc_copy_records(
	const char *from, const uint64_t *offsets, size_t count, const char *to, struct err *e)
{
	struct warc_reader *r = NULL;
	struct buf out;
	int fd = open(from, O_RDONLY | O_CLOEXEC);
	enum err_code rc;

	buf_init(&out, 4 * WARC_BLOCK_MAX);
	if (fd < 0)
		rc = err_errno(e, errno, _("cannot open %s"), from);
	else
		rc = warc_reader_open(from, &r, e);
	if (!rc)
		rc = add_warcinfo(r, fd, from, &out, e);
	for (size_t i = 0; i < count && !rc; i++)
		rc = add_record(r, fd, from, offsets[i], &out, e);
	if (rc == ERR_NOT_FOUND)
		rc = err_set(e, ERR_INPUT, _("%s ends before the record that is wanted"), from);
	if (!rc)
		rc = path_write_atomic(to, buf_str(&out), out.len, 0440, e);
	warc_reader_close(r);
	if (fd >= 0)
		close(fd);
	buf_fini(&out);
	return rc;
}
