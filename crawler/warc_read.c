/*
 * warc_read.c - reading the records of WARC files, our own and anybody's. A record that fills
 * its member exactly is known by the member's place in the file.
 */
#include "crawler/warc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/warc_bytes.h"
#include "crawler/warc_parts.h"

#define HEAD_MAX ((size_t)64 << 10)

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
			rc = warc_bytes_begin_member(r, e);
			if (rc)
				return rc;
			fresh = true;
		}
		before = r->plain_pos;
		buf_clear(&r->head);
		/* known before the line is read: it may be what is damaged */
		if (!r->gzip)
			*offset = warc_bytes_file_pos(r);
		else
			*offset = fresh ? r->member_start : before | WARC_OFFSET_INNER;
		rc = warc_bytes_take_line(r, &r->head, e);
		if (rc)
			return rc;
		if (r->head.len == 0 && !r->head.fault) {
			if (!r->gzip)
				return ERR_NOT_FOUND;
			warc_bytes_end_member(r);
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
		rc = warc_bytes_take_line(r, &r->head, e);
		if (rc)
			return rc;
		if (r->head.len == 0 && !r->head.fault)
			return warc_bytes_cut_short(r, e);
		total += r->head.len;
		buf_add(&r->raw, buf_str(&r->head), r->head.len);
		if (r->raw.fault == ERR_NOMEM)
			return err_nomem(e);
		line = str_trim((struct str){buf_str(&r->head), r->head.len});
		if (r->head.fault)
			break;
		if (line.n == 0)
			return f->has_length ? buf_check(&r->text, N_("a WARC header"), e)
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
		enum err_code rc = warc_bytes_peek(r, &p, &have, e);
		if (rc || have == 0 || p[0] != (unsigned char)end[i])
			return rc;
		warc_bytes_consume(r, 1);
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
		rc = warc_bytes_take(r, (uint64_t)f->length, NULL, e);
		return rc ? rc
			  : err_set(e, ERR_LIMIT,
				    _("%s: the record at byte %llu is larger than 64 MiB"), r->path,
				    (unsigned long long)(rec->offset & ~WARC_OFFSET_INNER));
	}
	rc = warc_bytes_take(r, (uint64_t)f->length, &r->block, e);
	if (!rc)
		rc = take_end(r, &rec->ended, e);
	/* Looking one byte further makes zlib check the member's CRC. */
	if (!rc && r->gzip)
		rc = warc_bytes_peek(r, &p, &n, e);
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
		rc = warc_bytes_resync_member(r, e);
	else if (r->resync == RESYNC_LINE && !r->gzip && r->in_member)
		rc = warc_bytes_choose_resync(r, e);
	if (!rc && r->resync == RESYNC_LINE) {
		rc = warc_bytes_resync_line(r, e);
		rec->offset = r->gzip ? (r->plain_pos - r->head.len) | WARC_OFFSET_INNER
				      : warc_bytes_file_pos(r) - r->head.len;
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
	r->in = malloc(WARC_IN_SIZE);
	r->out = malloc(WARC_OUT_SIZE);
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
	warc_bytes_end_member(r);
	warc_bytes_end(r);
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

	warc_bytes_end_member(r);
	r->resync = RESYNC_NONE;
	warc_bytes_go_to(r, offset & WARC_OFFSET_INNER ? 0 : offset);
	r->plain_pos = 0;
	if (!(offset & WARC_OFFSET_INNER))
		return ERR_OK;
	while (!rc && r->plain_pos < inner) {
		const unsigned char *p;
		size_t n = 0;
		if (!r->in_member)
			rc = warc_bytes_begin_member(r, e);
		if (!rc)
			rc = warc_bytes_peek(r, &p, &n, e);
		if (rc == ERR_NOT_FOUND)
			return err_set(e, ERR_INPUT, _("%s: no record at byte %llu"), r->path,
				(unsigned long long)inner);
		if (!rc && n == 0)
			warc_bytes_end_member(r);
		else if (!rc)
			warc_bytes_consume(
				r, n < inner - r->plain_pos ? n : (size_t)(inner - r->plain_pos));
	}
	return rc;
}

void warc_reader_add_head(const struct warc_reader *r, struct buf *out)
{
	buf_add(out, buf_str(&r->raw), r->raw.len);
}
