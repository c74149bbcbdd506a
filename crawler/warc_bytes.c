/*
 * warc_bytes.c - members of a WARC file, and going on behind damage.
 */
#include "crawler/warc_bytes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/i18n.h"
#include "base/str.h"

/* ---- bytes -------------------------------------------------------------- */

/* Reads on behind what is in the window. */
static enum err_code read_on(struct warc_reader *r, struct err *e)
{
	off_t place = (off_t)(r->in_base + r->in_len);
	ssize_t got;

	do {
		got = pread(r->fd, r->in + r->in_len, WARC_IN_SIZE - r->in_len, place);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_errno(e, errno, _("cannot read %s"), r->path);
	r->in_len += (size_t)got;
	return ERR_OK;
}

static enum err_code fill_in(struct warc_reader *r, struct err *e)
{
	if (r->in_pos < r->in_len)
		return ERR_OK;
	r->in_base += r->in_len;
	r->in_pos = r->in_len = 0;
	return read_on(r, e);
}

/* What is left in the window, moved to its front, and more behind it. */
static enum err_code fill_up(struct warc_reader *r, struct err *e)
{
	r->in_base += r->in_pos;
	r->in_len -= r->in_pos;
	memmove(r->in, r->in + r->in_pos, r->in_len);
	r->in_pos = 0;
	return read_on(r, e);
}

uint64_t warc_bytes_file_pos(const struct warc_reader *r)
{
	return r->in_base + r->in_pos;
}

void warc_bytes_go_to(struct warc_reader *r, uint64_t place)
{
	if (place >= r->in_base && place <= r->in_base + r->in_len) {
		r->in_pos = (size_t)(place - r->in_base);
		return;
	}
	r->in_base = place;
	r->in_pos = r->in_len = 0;
}

void warc_bytes_end_member(struct warc_reader *r)
{
	r->in_member = false;
	r->out_pos = r->out_len = 0;
	r->member_over = false;
}

static bool inflate_at_once(struct warc_reader *r)
{
	struct str in = {(const char *)r->in + r->in_pos, r->in_len - r->in_pos};

	r->out_len = inflate_short(r->quick, &in, r->out, WARC_OUT_SIZE);
	if (r->out_len == 0)
		return false;
	r->in_pos = r->in_len - in.n;
	r->member_over = true;
	return true;
}

static bool start_inflating(struct warc_reader *r)
{
	if (r->z)
		return inflateReset(r->z) == Z_OK;
	r->z = calloc(1, sizeof *r->z);
	if (r->z && inflateInit2(r->z, 15 + 16) == Z_OK)
		return true;
	free(r->z);
	r->z = NULL;
	return false;
}

void warc_bytes_end(struct warc_reader *r)
{
	if (r->z)
		inflateEnd(r->z);
	free(r->z);
	r->z = NULL;
}

/* Tried with what is in the window, and once more with a full one. */
static enum err_code begin_gzip(struct warc_reader *r, struct err *e)
{
	enum err_code rc = ERR_OK;
	bool whole = inflate_at_once(r);

	if (!whole && r->in_len - r->in_pos < WARC_IN_SIZE / 2) {
		rc = fill_up(r, e);
		whole = !rc && inflate_at_once(r);
	}
	if (rc || whole)
		return rc;
	if (!start_inflating(r))
		return err_nomem(e);
	return ERR_OK;
}

/* ERR_NOT_FOUND at the end of the file. */
enum err_code warc_bytes_begin_member(struct warc_reader *r, struct err *e)
{
	enum err_code rc = fill_in(r, e);

	warc_bytes_end_member(r);
	if (rc)
		return rc;
	if (r->in_len == 0)
		return ERR_NOT_FOUND;
	r->member_start = warc_bytes_file_pos(r);
	r->gzip = r->in[r->in_pos] == 0x1f || r->seen_gzip;
	r->seen_gzip = r->gzip;
	if (r->gzip)
		rc = begin_gzip(r, e);
	r->in_member = !rc;
	return rc;
}

static enum err_code bad_gzip(struct warc_reader *r, struct err *e)
{
	r->resync = RESYNC_MEMBER;
	return err_set(e, ERR_INPUT, _("%s: damaged compression in the record at byte %llu"),
		r->path, (unsigned long long)r->member_start);
}

enum err_code warc_bytes_cut_short(struct warc_reader *r, struct err *e)
{
	r->resync = r->gzip ? RESYNC_MEMBER : RESYNC_LINE;
	return err_set(e, ERR_INPUT,
		_("%s: the file ends in the middle of the record at byte %llu"), r->path,
		(unsigned long long)r->member_start);
}

static enum err_code inflate_more(struct warc_reader *r, struct err *e)
{
	while (r->out_len == 0) {
		int z;
		enum err_code rc = fill_in(r, e);
		if (rc)
			return rc;
		if (r->in_len == 0)
			return warc_bytes_cut_short(r, e);
		r->z->next_in = r->in + r->in_pos;
		r->z->avail_in = (uInt)(r->in_len - r->in_pos);
		r->z->next_out = r->out;
		r->z->avail_out = (uInt)WARC_OUT_SIZE;
		z = inflate(r->z, Z_NO_FLUSH);
		r->in_pos = r->in_len - r->z->avail_in;
		r->out_len = WARC_OUT_SIZE - r->z->avail_out;
		if (z == Z_MEM_ERROR)
			return err_nomem(e);
		if (z != Z_OK && z != Z_STREAM_END && z != Z_BUF_ERROR)
			return bad_gzip(r, e);
		if (z == Z_STREAM_END) {
			r->member_over = true;
			break;
		}
	}
	return ERR_OK;
}

/* Points at the next bytes of the current member; *n 0 at its end. */
enum err_code warc_bytes_peek(
	struct warc_reader *r, const unsigned char **p, size_t *n, struct err *e)
{
	enum err_code rc;

	*n = 0;
	if (!r->gzip) {
		rc = fill_in(r, e);
		*p = r->in + r->in_pos;
		*n = r->in_len - r->in_pos;
		return rc;
	}
	if (r->out_pos == r->out_len && !r->member_over) {
		r->out_pos = r->out_len = 0;
		rc = inflate_more(r, e);
		if (rc)
			return rc;
	}
	*p = r->out + r->out_pos;
	*n = r->out_len - r->out_pos;
	return ERR_OK;
}

void warc_bytes_consume(struct warc_reader *r, size_t n)
{
	if (r->gzip)
		r->out_pos += n;
	else
		r->in_pos += n;
	r->plain_pos += n;
}

/* Exactly n bytes into `into` (NULL: dropped). */
enum err_code warc_bytes_take(struct warc_reader *r, uint64_t n, struct buf *into, struct err *e)
{
	while (n) {
		const unsigned char *p;
		size_t have;
		enum err_code rc = warc_bytes_peek(r, &p, &have, e);
		if (rc)
			return rc;
		if (have == 0)
			return warc_bytes_cut_short(r, e);
		if (have > n)
			have = (size_t)n;
		if (into)
			buf_add(into, p, have);
		warc_bytes_consume(r, have);
		n -= have;
	}
	return into ? buf_check(into, N_("a WARC block"), e) : ERR_OK;
}

/* One line with its end, appended to into; one that is too long leaves into's fault. An empty
 * result is the member's end. */
enum err_code warc_bytes_take_line(struct warc_reader *r, struct buf *into, struct err *e)
{
	for (;;) {
		const unsigned char *p, *nl;
		size_t have;
		enum err_code rc = warc_bytes_peek(r, &p, &have, e);
		if (rc || have == 0)
			return rc;
		nl = memchr(p, '\n', have);
		if (nl)
			have = (size_t)(nl - p) + 1;
		buf_add(into, p, have);
		warc_bytes_consume(r, have);
		if (into->fault == ERR_NOMEM)
			return err_nomem(e);
		if (nl || into->fault)
			return ERR_OK;
	}
}

/* ---- after damage ------------------------------------------------------- */

/* Does a gzip member that begins a record stand at `place`? */
static bool is_record_at(struct warc_reader *r, uint64_t place)
{
	unsigned char raw[512], text[8];
	ssize_t got = pread(r->fd, raw, sizeof raw, (off_t)place);
	z_stream z;
	bool yes = false;

	if (got < 18)
		return false;
	memset(&z, 0, sizeof z);
	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return false;
	z.next_in = raw;
	z.avail_in = (uInt)got;
	z.next_out = text;
	z.avail_out = sizeof text;
	inflate(&z, Z_SYNC_FLUSH);
	yes = z.avail_out < 4 && memcmp(text, "WARC/", 5) == 0;
	inflateEnd(&z);
	return yes;
}

/* The next gzip member behind the damaged one. */
enum err_code warc_bytes_resync_member(struct warc_reader *r, struct err *e)
{
	uint64_t place = r->member_start + 1;

	warc_bytes_end_member(r);
	for (;; place++) {
		const unsigned char *hit;
		enum err_code rc;
		warc_bytes_go_to(r, place);
		rc = fill_in(r, e);
		if (rc)
			return rc;
		if (r->in_len == 0)
			return ERR_NOT_FOUND;
		hit = memchr(r->in + r->in_pos, 0x1f, r->in_len - r->in_pos);
		if (!hit) {
			r->in_pos = r->in_len;
			place = warc_bytes_file_pos(r) - 1;
			continue;
		}
		place = r->in_base + (uint64_t)(hit - r->in);
		/* the second byte of the magic, when it is in the window, spares a look */
		if (hit + 1 < r->in + r->in_len && hit[1] != 0x8b)
			continue;
		if (is_record_at(r, place))
			break;
	}
	warc_bytes_go_to(r, place);
	r->resync = RESYNC_NONE;
	return ERR_OK;
}

/* What does not begin like a record and is not compressed may be a gzip member whose
 * first byte is damaged, or a text with something before its first record. */
enum err_code warc_bytes_choose_resync(struct warc_reader *r, struct err *e)
{
	uint64_t here = warc_bytes_file_pos(r), start = r->member_start;
	enum err_code rc = warc_bytes_resync_member(r, e);

	if (rc != ERR_NOT_FOUND)
		return rc;
	warc_bytes_go_to(r, here);
	r->in_member = true;
	r->member_start = start;
	r->resync = RESYNC_LINE;
	return ERR_OK;
}

/* The next line that begins with "WARC/1.", left in `head`. */
enum err_code warc_bytes_resync_line(struct warc_reader *r, struct err *e)
{
	for (;;) {
		enum err_code rc = r->in_member ? ERR_OK : warc_bytes_begin_member(r, e);
		if (rc)
			return rc;
		buf_clear(&r->head);
		rc = warc_bytes_take_line(r, &r->head, e);
		if (rc)
			return rc;
		if (r->head.len == 0 && !r->head.fault)
			warc_bytes_end_member(r);
		if (!r->head.fault && r->head.len > 7 && memcmp(r->head.data, "WARC/1.", 7) == 0)
			break;
	}
	r->resync = RESYNC_NONE;
	return ERR_OK;
}
