/*
 * warc_read.c - reading WARC files, our own and anybody's, and going on behind damage.
 *
 * The file is a row of "members": gzip members, or one plain text to its end. Bytes
 * of the current member are taken through take(); a record that fills its member
 * exactly is known by the member's place in the file. A gzip member that lies in the
 * window as a whole is inflated at once (base/inflate.h), any other by and by with zlib.
 * After damage the reader looks for the next gzip member that begins with "WARC/" (damaged
 * compression), or for the next line that does (damaged record).
 */
#include "crawler/warc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/i18n.h"
#include "base/inflate.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/warc_parts.h"

#define HEAD_MAX ((size_t)64 << 10)
#define IN_SIZE ((size_t)256 << 10)
#define OUT_SIZE ((size_t)256 << 10)

enum resync { RESYNC_NONE, RESYNC_LINE, RESYNC_MEMBER };

struct warc_reader {
	int fd;
	char *path;
	unsigned char *in, *out; /* IN_SIZE and OUT_SIZE: as in the file, as inflated */
	size_t in_pos, in_len;
	uint64_t in_base; /* place of in[0] in the file */
	size_t out_pos, out_len;
	uint64_t plain_pos; /* inflated bytes taken since the file's begin */
	uint64_t member_start; /* of the current member in the file */
	bool in_member, gzip, member_over;
	bool skim; /* answers are not compared with their digests */
	bool seen_gzip; /* then a member that does not begin like one is damaged */
	struct inflate_short *quick;
	z_stream z; /* one for all members */
	bool z_open;
	enum resync resync;
	struct buf head, block, text;
	struct buf raw; /* the last record's header lines as read, for copies */
};

/* ---- bytes -------------------------------------------------------------- */

/* Reads on behind what is in the window. */
static enum err_code read_on(struct warc_reader *r, struct err *e)
{
	off_t place = (off_t)(r->in_base + r->in_len);
	ssize_t got;

	do {
		got = pread(r->fd, r->in + r->in_len, IN_SIZE - r->in_len, place);
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

static uint64_t file_pos(const struct warc_reader *r)
{
	return r->in_base + r->in_pos;
}

static void go_to(struct warc_reader *r, uint64_t place)
{
	if (place >= r->in_base && place <= r->in_base + r->in_len) {
		r->in_pos = (size_t)(place - r->in_base);
		return;
	}
	r->in_base = place;
	r->in_pos = r->in_len = 0;
}

static void end_member(struct warc_reader *r)
{
	r->in_member = false;
	r->out_pos = r->out_len = 0;
	r->member_over = false;
}

static bool inflate_at_once(struct warc_reader *r)
{
	struct str in = {(const char *)r->in + r->in_pos, r->in_len - r->in_pos};

	r->out_len = inflate_short(r->quick, &in, r->out, OUT_SIZE);
	if (r->out_len == 0)
		return false;
	r->in_pos = r->in_len - in.n;
	r->member_over = true;
	return true;
}

/* Tried with what is in the window, and once more with a full one. */
static enum err_code begin_gzip(struct warc_reader *r, struct err *e)
{
	enum err_code rc = ERR_OK;
	bool whole = inflate_at_once(r);

	if (!whole && r->in_len - r->in_pos < IN_SIZE / 2) {
		rc = fill_up(r, e);
		whole = !rc && inflate_at_once(r);
	}
	if (rc || whole)
		return rc;
	if ((r->z_open ? inflateReset(&r->z) : inflateInit2(&r->z, 15 + 16)) != Z_OK)
		return err_nomem(e);
	r->z_open = true;
	return ERR_OK;
}

/* ERR_NOT_FOUND at the end of the file. */
static enum err_code begin_member(struct warc_reader *r, struct err *e)
{
	enum err_code rc = fill_in(r, e);

	end_member(r);
	if (rc)
		return rc;
	if (r->in_len == 0)
		return ERR_NOT_FOUND;
	r->member_start = file_pos(r);
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

static enum err_code cut_short(struct warc_reader *r, struct err *e)
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
			return cut_short(r, e);
		r->z.next_in = r->in + r->in_pos;
		r->z.avail_in = (uInt)(r->in_len - r->in_pos);
		r->z.next_out = r->out;
		r->z.avail_out = (uInt)OUT_SIZE;
		z = inflate(&r->z, Z_NO_FLUSH);
		r->in_pos = r->in_len - r->z.avail_in;
		r->out_len = OUT_SIZE - r->z.avail_out;
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
static enum err_code peek(struct warc_reader *r, const unsigned char **p, size_t *n, struct err *e)
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

static void consume(struct warc_reader *r, size_t n)
{
	if (r->gzip)
		r->out_pos += n;
	else
		r->in_pos += n;
	r->plain_pos += n;
}

/* Exactly n bytes into `into` (NULL: dropped). */
static enum err_code take(struct warc_reader *r, uint64_t n, struct buf *into, struct err *e)
{
	while (n) {
		const unsigned char *p;
		size_t have;
		enum err_code rc = peek(r, &p, &have, e);
		if (rc)
			return rc;
		if (have == 0)
			return cut_short(r, e);
		if (have > n)
			have = (size_t)n;
		if (into)
			buf_add(into, p, have);
		consume(r, have);
		n -= have;
	}
	return into ? buf_check(into, _("a WARC block"), e) : ERR_OK;
}

/* One line with its end, appended to into. An empty result is the member's end. */
static enum err_code take_line(struct warc_reader *r, struct buf *into, struct err *e)
{
	for (;;) {
		const unsigned char *p, *nl;
		size_t have;
		enum err_code rc = peek(r, &p, &have, e);
		if (rc || have == 0)
			return rc;
		nl = memchr(p, '\n', have);
		if (nl)
			have = (size_t)(nl - p) + 1;
		buf_add(into, p, have);
		consume(r, have);
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
static enum err_code resync_member(struct warc_reader *r, struct err *e)
{
	uint64_t place = r->member_start + 1;

	end_member(r);
	for (;; place++) {
		const unsigned char *hit;
		enum err_code rc;
		go_to(r, place);
		rc = fill_in(r, e);
		if (rc)
			return rc;
		if (r->in_len == 0)
			return ERR_NOT_FOUND;
		hit = memchr(r->in + r->in_pos, 0x1f, r->in_len - r->in_pos);
		if (!hit) {
			r->in_pos = r->in_len;
			place = file_pos(r) - 1;
			continue;
		}
		place = r->in_base + (uint64_t)(hit - r->in);
		/* the second byte of the magic, when it is in the window, spares a look */
		if (hit + 1 < r->in + r->in_len && hit[1] != 0x8b)
			continue;
		if (is_record_at(r, place))
			break;
	}
	go_to(r, place);
	r->resync = RESYNC_NONE;
	return ERR_OK;
}

/* What does not begin like a record and is not compressed may be a gzip member whose
 * first byte is damaged, or a text with something before its first record. */
static enum err_code choose_resync(struct warc_reader *r, struct err *e)
{
	uint64_t here = file_pos(r), start = r->member_start;
	enum err_code rc = resync_member(r, e);

	if (rc != ERR_NOT_FOUND)
		return rc;
	go_to(r, here);
	r->in_member = true;
	r->member_start = start;
	r->resync = RESYNC_LINE;
	return ERR_OK;
}

/* The next line that begins with "WARC/1.", left in `head`. */
static enum err_code resync_line(struct warc_reader *r, struct err *e)
{
	for (;;) {
		enum err_code rc = r->in_member ? ERR_OK : begin_member(r, e);
		if (rc)
			return rc;
		buf_clear(&r->head);
		rc = take_line(r, &r->head, e);
		if (rc)
			return rc;
		if (r->head.len == 0 && !r->head.fault)
			end_member(r);
		if (!r->head.fault && r->head.len > 7 && memcmp(r->head.data, "WARC/1.", 7) == 0)
			break;
	}
	r->resync = RESYNC_NONE;
	return ERR_OK;
}

/* ---- records ------------------------------------------------------------ */

static enum err_code bad_record(
	struct warc_reader *r, uint64_t offset, struct err *e, const char *why)
{
	if (r->resync == RESYNC_NONE)
		r->resync = RESYNC_LINE;
	return err_set(e, ERR_INPUT, _("%s: the record at byte %llu %s"), r->path,
		(unsigned long long)(offset & ~WARC_OFFSET_INNER), why);
}

/* Stands before the first line of a record: skips blank lines and member ends.
 * Leaves the version line in head. */
static enum err_code find_version(struct warc_reader *r, uint64_t *offset, struct err *e)
{
	for (;;) {
		bool fresh = false;
		uint64_t before;
		enum err_code rc;
		if (!r->in_member) {
			rc = begin_member(r, e);
			if (rc)
				return rc;
			fresh = true;
		}
		before = r->plain_pos;
		buf_clear(&r->head);
		/* known before the line is read: it may be what is damaged */
		if (!r->gzip)
			*offset = file_pos(r);
		else
			*offset = fresh ? r->member_start : before | WARC_OFFSET_INNER;
		rc = take_line(r, &r->head, e);
		if (rc)
			return rc;
		if (r->head.len == 0 && !r->head.fault) {
			if (!r->gzip)
				return ERR_NOT_FOUND;
			end_member(r);
			continue;
		}
		if (r->head.fault || str_trim(str_of(r->head.data)).n)
			return ERR_OK;
	}
}

static enum warc_type type_of(struct str name)
{
	static const struct {
		const char *name;
		enum warc_type type;
	} types[] = {
		{"warcinfo", WARC_WARCINFO},
		{"request", WARC_REQUEST},
		{"response", WARC_RESPONSE},
		{"revisit", WARC_REVISIT},
		{"metadata", WARC_METADATA},
		{"resource", WARC_RESOURCE},
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is_nocase(name, types[i].name))
			return types[i].type;
	return WARC_OTHER;
}

/* Header values are kept in r->text, each NUL-terminated; rec holds offsets + 1
 * into it until all are there, because text may move while it grows. */
struct fields {
	size_t id, concurrent_to, target_uri, content_type, truncated, digest, payload, type;
	bool has_length;
	int64_t length;
};

static size_t keep(struct warc_reader *r, struct str value)
{
	size_t at = r->text.len + 1;

	if (value.n > 1 && value.p[0] == '<' && value.p[value.n - 1] == '>')
		value = str_sub(value, 1, value.n - 1);
	/* A NUL inside would end the string early: such a value is left out. */
	if (value.n == 0 || memchr(value.p, '\0', value.n))
		return 0;
	buf_add(&r->text, value.p, value.n);
	buf_add(&r->text, "", 1);
	return at;
}

static void read_field(struct warc_reader *r, struct str name, struct str value,
	struct warc_record *rec, struct fields *f)
{
	if (str_is_nocase(name, "WARC-Type")) {
		rec->type = type_of(value);
		f->type = keep(r, value);
	} else if (str_is_nocase(name, "WARC-Record-ID"))
		f->id = keep(r, value);
	else if (str_is_nocase(name, "WARC-Concurrent-To") && !f->concurrent_to)
		f->concurrent_to = keep(r, value);
	else if (str_is_nocase(name, "WARC-Target-URI"))
		f->target_uri = keep(r, value);
	else if (str_is_nocase(name, "Content-Type"))
		f->content_type = keep(r, value);
	else if (str_is_nocase(name, "WARC-Truncated"))
		f->truncated = keep(r, value);
	else if (str_is_nocase(name, "WARC-Block-Digest"))
		f->digest = keep(r, value);
	else if (str_is_nocase(name, "WARC-Payload-Digest"))
		f->payload = keep(r, value);
	else if (str_is_nocase(name, "WARC-Date") && !time_parse_rfc3339(value, &rec->date))
		rec->date = TIME_NONE;
	else if (str_is_nocase(name, "Content-Length"))
		f->has_length = str_to_int(value, 0, INT64_MAX / 4, &f->length);
}

static const char *kept(const struct warc_reader *r, size_t at)
{
	return at ? r->text.data + at - 1 : NULL;
}

/* The version line is in head already; reads to the blank line. */
static enum err_code read_head(
	struct warc_reader *r, struct warc_record *rec, struct fields *f, struct err *e)
{
	struct str version = str_trim(str_of(buf_str(&r->head)));

	if (r->head.fault || !(str_is(version, "WARC/1.0") || str_is(version, "WARC/1.1")))
		return bad_record(r, rec->offset, e, _("does not begin with WARC/1.0 or WARC/1.1"));
	buf_clear(&r->raw);
	buf_add(&r->raw, r->head.data, r->head.len);
	for (size_t total = 0; total < HEAD_MAX;) {
		struct str line;
		size_t colon;
		enum err_code rc;
		buf_clear(&r->head);
		rc = take_line(r, &r->head, e);
		if (rc)
			return rc;
		if (r->head.len == 0 && !r->head.fault)
			return cut_short(r, e);
		total += r->head.len;
		buf_add(&r->raw, buf_str(&r->head), r->head.len);
		line = str_trim((struct str){buf_str(&r->head), r->head.len});
		if (r->head.fault)
			break;
		if (line.n == 0)
			return f->has_length ? buf_check(&r->text, _("a WARC header"), e)
					     : bad_record(r, rec->offset, e,
						       _("has no valid Content-Length"));
		colon = str_find(line, ":", 0);
		read_field(r, str_trim(str_sub(line, 0, colon)),
			str_trim(str_sub(line, colon + 1, line.n)), rec, f);
	}
	return bad_record(r, rec->offset, e, _("has a header of more than 64 KiB"));
}

/* CRLF CRLF. A plain file of others may end without; what else stands there belongs to
 * whatever comes next. */
static enum err_code take_end(struct warc_reader *r, bool *ended, struct err *e)
{
	static const char end[] = "\r\n\r\n";

	*ended = false;
	for (int i = 0; i < 4; i++) {
		const unsigned char *p;
		size_t have;
		enum err_code rc = peek(r, &p, &have, e);
		if (rc || have == 0 || p[0] != (unsigned char)end[i])
			return rc;
		consume(r, 1);
	}
	*ended = true;
	return ERR_OK;
}

static enum err_code read_block(
	struct warc_reader *r, struct warc_record *rec, const struct fields *f, struct err *e)
{
	const unsigned char *p;
	size_t n;
	enum err_code rc;

	buf_clear(&r->block);
	if ((uint64_t)f->length > WARC_BLOCK_MAX) {
		rc = take(r, (uint64_t)f->length, NULL, e);
		return rc ? rc
			  : err_set(e, ERR_LIMIT,
				    _("%s: the record at byte %llu is larger than 64 MiB"), r->path,
				    (unsigned long long)(rec->offset & ~WARC_OFFSET_INNER));
	}
	rc = take(r, (uint64_t)f->length, &r->block, e);
	if (!rc)
		rc = take_end(r, &rec->ended, e);
	/* Looking one byte further makes zlib check the member's CRC. */
	if (!rc && r->gzip)
		rc = peek(r, &p, &n, e);
	if (!rc && !(r->skim && rec->type == WARC_RESPONSE) &&
		!warc_digest_agrees(kept(r, f->digest), buf_str(&r->block), r->block.len))
		rc = bad_record(r, rec->offset, e, _("does not agree with its digest"));
	return rc;
}

enum err_code warc_reader_next(struct warc_reader *r, struct warc_record *rec, struct err *e)
{
	struct fields f;
	enum err_code rc = ERR_OK;

	memset(rec, 0, sizeof *rec);
	memset(&f, 0, sizeof f);
	rec->type = WARC_OTHER;
	rec->date = TIME_NONE;
	buf_clear(&r->text);
	if (r->resync == RESYNC_MEMBER)
		rc = resync_member(r, e);
	else if (r->resync == RESYNC_LINE && !r->gzip && r->in_member)
		rc = choose_resync(r, e);
	if (!rc && r->resync == RESYNC_LINE) {
		rc = resync_line(r, e);
		rec->offset = r->gzip ? (r->plain_pos - r->head.len) | WARC_OFFSET_INNER
				      : file_pos(r) - r->head.len;
		if (!rc && r->gzip && r->out_pos == r->head.len)
			rec->offset = r->member_start;
	} else if (!rc) {
		rc = find_version(r, &rec->offset, e);
	}
	if (!rc)
		rc = read_head(r, rec, &f, e);
	if (!rc)
		rc = read_block(r, rec, &f, e);
	if (rc)
		return rc;
	rec->id = f.id ? kept(r, f.id) : "";
	rec->concurrent_to = kept(r, f.concurrent_to);
	rec->target_uri = kept(r, f.target_uri);
	rec->content_type = kept(r, f.content_type);
	rec->truncated = kept(r, f.truncated);
	rec->type_name = f.type ? kept(r, f.type) : "";
	rec->block_digest = kept(r, f.digest);
	rec->payload_digest = kept(r, f.payload);
	rec->block = buf_str(&r->block);
	rec->block_size = r->block.len;
	return ERR_OK;
}

enum err_code warc_reader_open(const char *path, struct warc_reader **out, struct err *e)
{
	struct warc_reader *r = calloc(1, sizeof *r);
	enum err_code rc = ERR_OK;

	*out = NULL;
	if (!r)
		return err_nomem(e);
	buf_init(&r->head, HEAD_MAX);
	buf_init(&r->text, 2 * HEAD_MAX);
	buf_init(&r->raw, 3 * HEAD_MAX);
	buf_init(&r->block, WARC_BLOCK_MAX);
	r->path = strdup(path);
	r->in = malloc(IN_SIZE);
	r->out = malloc(OUT_SIZE);
	r->quick = inflate_short_new();
	r->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (r->fd < 0)
		rc = err_errno(e, errno, _("cannot open %s"), path);
	else if (!r->path || !r->in || !r->out || !r->quick)
		rc = err_nomem(e);
	if (rc) {
		warc_reader_close(r);
		return rc;
	}
	*out = r;
	return ERR_OK;
}

void warc_reader_skim(struct warc_reader *r, bool on)
{
	r->skim = on;
}

void warc_reader_close(struct warc_reader *r)
{
	if (!r)
		return;
	end_member(r);
	if (r->z_open)
		inflateEnd(&r->z);
	inflate_short_free(r->quick);
	if (r->fd >= 0)
		close(r->fd);
	buf_fini(&r->head);
	buf_fini(&r->text);
	buf_fini(&r->raw);
	buf_fini(&r->block);
	free(r->path);
	free(r->in);
	free(r->out);
	free(r);
}

enum err_code warc_reader_seek(struct warc_reader *r, uint64_t offset, struct err *e)
{
	uint64_t inner = offset & ~WARC_OFFSET_INNER;
	enum err_code rc = ERR_OK;

	end_member(r);
	r->resync = RESYNC_NONE;
	go_to(r, offset & WARC_OFFSET_INNER ? 0 : offset);
	r->plain_pos = 0;
	if (!(offset & WARC_OFFSET_INNER))
		return ERR_OK;
	while (!rc && r->plain_pos < inner) {
		const unsigned char *p;
		size_t n = 0;
		if (!r->in_member)
			rc = begin_member(r, e);
		if (!rc)
			rc = peek(r, &p, &n, e);
		if (rc == ERR_NOT_FOUND)
			return err_set(e, ERR_INPUT, _("%s: no record at byte %llu"), r->path,
				(unsigned long long)inner);
		if (!rc && n == 0)
			end_member(r);
		else if (!rc)
			consume(r, n < inner - r->plain_pos ? n : (size_t)(inner - r->plain_pos));
	}
	return rc;
}

void warc_reader_add_head(const struct warc_reader *r, struct buf *out)
{
	buf_add(out, buf_str(&r->raw), r->raw.len);
}
