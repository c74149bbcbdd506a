/*
 * redact_files.c - looking for words in WARC files and blanking what holds them.
 */
#include "office/redact_files.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "crawler/warc.h"
#include "crawler/warc_blank.h"
#include "office/file_list.h"

#define BODY_MAX ((size_t)64 << 20)
#define LIST_MAX ((size_t)256 << 20)
#define FORMS 3 /* of a word: UTF-8, GB18030, \uXXXX */

struct needle {
	char *text;
	size_t size;
};

struct search {
	struct arena *arena;
	struct needle *needles;
	size_t needle_count;
	struct buf body;
	struct list spans; /* struct warc_span of the file being looked through */
	int64_t inner; /* of it: records that have no member of their own */
};

/* --- the words --- */

static bool to_gb18030(const char *s, struct needle *out)
{
	iconv_t cd = iconv_open("GB18030", "UTF-8");
	char *in = (char *)(uintptr_t)s, *to = out->text;
	size_t in_left = strlen(s), left = 4 * in_left + 1, room = left;
	bool ok = cd != (iconv_t)-1 && iconv(cd, &in, &in_left, &to, &left) != (size_t)-1;

	out->size = room - left;
	if (cd != (iconv_t)-1)
		iconv_close(cd);
	return ok;
}

static void to_escapes(const char *s, struct needle *out)
{
	size_t n = strlen(s), at = 0, len;
	char *to = out->text;

	while (at < n) {
		uint32_t cp = utf8_decode(s + at, n - at, &len);
		at += len;
		if (cp < 0x80)
			*to++ = (char)cp;
		else if (cp < 0x10000)
			to += sprintf(to, "\\u%04x", (unsigned)cp);
		else
			to += sprintf(to, "\\u%04x\\u%04x",
				0xD800 + (unsigned)((cp - 0x10000) >> 10),
				0xDC00 + (unsigned)((cp - 0x10000) & 0x3FF));
	}
	out->size = (size_t)(to - out->text);
}

static enum err_code make_needles(
	struct search *s, const char *const *words, size_t count, struct err *e)
{
	s->needles = arena_array(s->arena, count * FORMS + 1, sizeof *s->needles);
	if (!s->needles)
		return err_nomem(e);
	for (size_t i = 0; i < count; i++) {
		struct needle *n = &s->needles[s->needle_count];
		for (size_t f = 0; f < FORMS; f++)
			if (!(n[f].text = arena_alloc(s->arena, 6 * strlen(words[i]) + 16)))
				return err_nomem(e);
		n[0].size = strlen(words[i]);
		memcpy(n[0].text, words[i], n[0].size);
		to_escapes(words[i], &n[1]);
		s->needle_count += 2 + to_gb18030(words[i], &n[2]);
	}
	return ERR_OK;
}

/* --- one file --- */

static bool holds(const struct search *s, const char *p, size_t n)
{
	for (size_t i = 0; i < s->needle_count; i++)
		if (s->needles[i].size && memmem(p, n, s->needles[i].text, s->needles[i].size))
			return true;
	return false;
}

/* A body that cannot be decoded is looked at as it is. */
static bool record_holds(struct search *s, const struct warc_record *rec)
{
	struct warc_http http;

	if (rec->type != WARC_RESPONSE && rec->type != WARC_RESOURCE)
		return false;
	if (holds(s, rec->block, rec->block_size))
		return true;
	buf_clear(&s->body);
	return warc_http_parse(rec, &http) && warc_http_body(&http, &s->body, NULL) == ERR_OK &&
	       holds(s, buf_str(&s->body), s->body.len);
}

static enum err_code note(struct search *s, const struct warc_record *rec, struct err *e)
{
	struct warc_span *span;

	if (rec->offset & WARC_OFFSET_INNER) {
		s->inner++;
		return ERR_OK;
	}
	span = list_add(&s->spans);
	if (!span)
		return err_nomem(e);
	span->start = rec->offset;
	span->id = arena_strdup(s->arena, rec->id ? rec->id : "");
	return span->id ? ERR_OK : err_nomem(e);
}

/* A record's member ends where the next one begins. */
static void end_last(struct search *s, uint64_t at)
{
	struct warc_span *last =
		s->spans.count ? (struct warc_span *)s->spans.items + s->spans.count - 1 : NULL;

	if (last && !last->end && at > last->start)
		last->end = at;
}

/* every: all answers, whatever they hold. */
static enum err_code look_through(struct search *s, const char *path, bool every, struct err *e)
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	struct stat st;
	enum err_code rc = warc_reader_open(path, &r, e), got = ERR_OK;

	list_init(&s->spans, s->arena, sizeof(struct warc_span));
	s->inner = 0;
	while (!rc && (got = warc_reader_next(r, &rec, e)) != ERR_NOT_FOUND) {
		if (got == ERR_INPUT || got == ERR_LIMIT)
			continue;
		rc = got;
		if (rc)
			break;
		end_last(s, rec.offset & ~WARC_OFFSET_INNER);
		if (every ? rec.type == WARC_RESPONSE : record_holds(s, &rec))
			rc = note(s, &rec, e);
	}
	warc_reader_close(r);
	if (!rc && stat(path, &st) != 0)
		rc = err_errno(e, errno, _("cannot read %s"), path);
	if (!rc)
		end_last(s, (uint64_t)st.st_size);
	return rc;
}

/* A file that was read is known by its SHA-256; it still is the same one. */
static enum err_code rehash(
	struct office *o, const char *path, const struct hash *was, struct err *e)
{
	struct hash now;
	enum err_code rc = hash_file(path, &now, e);

	if (!rc)
		rc = db_begin_write(o->db, e);
	if (!rc)
		rc = db_run(o->db, ST_INGESTED_REHASH,
			DB_ARGS(DB_BLOB(was->byte, HASH_SIZE), DB_BLOB(now.byte, HASH_SIZE)), e);
	if (!rc)
		rc = db_commit(o->db, e);
	db_rollback(o->db);
	return rc;
}

static enum err_code blank_found(struct office *o, struct search *s, const char *path,
	struct redact_counts *counts, struct err *e)
{
	struct hash was;
	enum err_code rc = ERR_OK;

	counts->left += s->inner;
	if (!s->spans.count)
		return ERR_OK;
	rc = hash_file(path, &was, e);
	if (!rc)
		rc = warc_blank(path, s->spans.items, s->spans.count, e);
	if (!rc)
		rc = rehash(o, path, &was, e);
	counts->records += (int64_t)s->spans.count;
	counts->files++;
	return rc;
}

/* ".warc.gz" and what is before it: the evidence's id. */
static void name_evidence(struct redact_counts *counts, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	size_t n = strcspn(name, ".");

	buf_addf(&counts->evidence, "%s%.*s", counts->evidence.len ? " " : "", (int)n, name);
}

static enum err_code open_search(struct search *s, struct err *e)
{
	memset(s, 0, sizeof *s);
	buf_init(&s->body, BODY_MAX);
	s->arena = arena_new(ARENA_MAX_DEFAULT);
	return s->arena ? ERR_OK : err_nomem(e);
}

static void close_search(struct search *s)
{
	buf_fini(&s->body);
	arena_free(s->arena);
}

enum err_code redact_files(struct office *o, const char *const *words, size_t count,
	struct redact_counts *counts, void (*progress)(void *data, size_t done, size_t total),
	void *data, struct err *e)
{
	static const char *const dirs[] = {"archive", "spool", "evidence"};
	struct search s;
	struct list files;
	size_t evidence_from = 0;
	enum err_code rc = open_search(&s, e);

	list_init(&files, s.arena, sizeof(char *));
	if (!rc)
		rc = make_needles(&s, words, count, e);
	for (size_t i = 0; !rc && i < sizeof dirs / sizeof *dirs; i++) {
		char *dir = office_path(o, dirs[i]);
		evidence_from = files.count;
		rc = dir ? file_list(dir, ".warc.gz", 3, &files, e) : err_nomem(e);
		free(dir);
	}
	for (size_t i = 0; !rc && count && i < files.count; i++) {
		const char *path = file_list_at(&files, i);
		if (progress)
			progress(data, i, files.count);
		rc = look_through(&s, path, false, e);
		if (!rc && i < evidence_from)
			rc = blank_found(o, &s, path, counts, e);
		else if (!rc && (s.spans.count || s.inner))
			name_evidence(counts, path);
	}
	close_search(&s);
	return rc;
}

/* --- evidence --- */

/* Overwritten before it goes: what is only unlinked can be read from the disk. */
static enum err_code shred(const char *path, struct err *e)
{
	static const char zeros[65536];
	struct stat st;
	int fd;
	enum err_code rc = ERR_OK;

	if (chmod(path, 0600) != 0)
		return err_errno(e, errno, _("cannot open %s"), path);
	fd = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		rc = err_errno(e, errno, _("cannot open %s"), path);
	for (off_t at = 0; !rc && at < st.st_size;) {
		size_t n = st.st_size - at < (off_t)sizeof zeros ? (size_t)(st.st_size - at)
								 : sizeof zeros;
		ssize_t put = pwrite(fd, zeros, n, at);
		if (put < 0 && errno != EINTR)
			rc = err_errno(e, errno, _("cannot write %s"), path);
		else if (put > 0)
			at += put;
	}
	if (!rc && fsync(fd) != 0)
		rc = err_errno(e, errno, _("cannot save %s"), path);
	if (fd >= 0)
		close(fd);
	if (!rc && unlink(path) != 0)
		rc = err_errno(e, errno, _("cannot remove %s"), path);
	return rc;
}

static enum err_code erase_file(struct office *o, struct search *s, const char *path,
	struct redact_counts *counts, struct err *e)
{
	enum err_code rc;

	if (!str_has_suffix(str_of(path), ".warc.gz")) {
		counts->files++;
		return shred(path, e);
	}
	rc = look_through(s, path, true, e);
	return rc ? rc : blank_found(o, s, path, counts, e);
}

enum err_code redact_evidence_file(
	struct office *o, const char *id, struct redact_counts *counts, struct err *e)
{
	char *dir = office_path(o, "evidence");
	size_t n = strlen(id);
	struct search s;
	struct list files;
	enum err_code rc = open_search(&s, e);

	list_init(&files, s.arena, sizeof(char *));
	if (!rc)
		rc = dir ? file_list(dir, "", 0, &files, e) : err_nomem(e);
	for (size_t i = 0; !rc && i < files.count; i++) {
		const char *path = file_list_at(&files, i), *name = strrchr(path, '/') + 1;
		if (strncmp(name, id, n) == 0 && (name[n] == '.' || !name[n]))
			rc = erase_file(o, &s, path, counts, e);
	}
	close_search(&s);
	free(dir);
	return rc;
}

/* --- the list --- */

static void add_line(struct buf *out, const char *key, const char *value, const char *key2,
	const char *value2, int64_t at)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_begin_object(&w);
	json_put_str(&w, key, value);
	json_put_str(&w, key2, value2);
	json_put_time(&w, "at", at);
	json_end_object(&w);
	buf_add_char(out, '\n');
}

static enum err_code add_lines(struct db *db, struct buf *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_ERASED_ALL, DB_NO_ARGS, &q, e);

	while (!rc && db_next(&q))
		add_line(out, "digest", db_text(&q, 0), "", NULL, db_int(&q, 1));
	rc = db_end(&q, rc, e);
	if (!rc)
		rc = db_query(db, ST_TOMBSTONE_ALL, DB_NO_ARGS, &q, e);
	while (!rc && db_next(&q))
		add_line(out, "source", db_text(&q, 0), "identity", db_text(&q, 1), db_int(&q, 2));
	rc = db_end(&q, rc, e);
	if (!rc)
		rc = db_query(db, ST_ERASED_FILES, DB_NO_ARGS, &q, e);
	while (!rc && db_next(&q))
		add_line(out, "evidence", db_text(&q, 0), "", NULL, db_int(&q, 1));
	rc = db_end(&q, rc, e);
	if (!rc)
		rc = db_query(db, ST_ORDER_BURIED_ALL, DB_NO_ARGS, &q, e);
	while (!rc && db_next(&q))
		add_line(out, "hotline", db_text(&q, 0), "number", db_text(&q, 1), db_int(&q, 2));
	return db_end(&q, rc, e);
}

enum err_code redact_write_list(struct office *o, const char *path, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, LIST_MAX);
	rc = add_lines(o->db, &b, e);
	if (!rc)
		rc = buf_check(&b, N_("the list of erasures"), e);
	if (!rc)
		rc = path_write_atomic(path, buf_str(&b), b.len, 0660, e);
	buf_fini(&b);
	return rc;
}
