/*
 * evidence_copy.c - finding and reading what was kept.
 */
#include "office/evidence_copy.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/hash.h"
#include "crawler/document.h"
#include "crawler/warc.h"
#include "office/evidence_add.h"

static bool is_page(const struct evidence_record *x)
{
	return strcmp(x->kind, "page") == 0;
}

/* "ID.txt" of a file, by its id alone: the name that it came with may have been erased, the
 * same one of other files by the same order. "ID" when there is none. */
static enum err_code path_of_file(
	const char *dir, const struct evidence_record *x, char **out, struct err *e)
{
	size_t n = strlen(x->id);
	DIR *d = opendir(dir);
	const char *name = x->id;

	if (!d && errno != ENOENT)
		return err_errno(e, errno, _("cannot read %s"), dir);
	for (const struct dirent *f; d && name == x->id && (f = readdir(d));)
		if (strncmp(f->d_name, x->id, n) == 0 && f->d_name[n] == '.')
			name = f->d_name;
	*out = path_join(dir, name);
	if (d)
		closedir(d);
	return *out ? ERR_OK : err_nomem(e);
}

enum err_code evidence_copy_path(const struct office *o, const struct evidence_record *x,
	const char *what, char **out, struct err *e)
{
	char *dir = office_path(o, "evidence");
	char name[IDS_SIZE + 64];
	enum err_code rc = dir ? ERR_OK : err_nomem(e);

	*out = NULL;
	snprintf(name, sizeof name, "%s%s.warc.gz", x->id, what);
	if (!rc && !is_page(x))
		rc = path_of_file(dir, x, out, e);
	else if (!rc && !(*out = path_join(dir, name)))
		rc = err_nomem(e);
	free(dir);
	return rc;
}

void evidence_copy_records(struct act *a, const struct evidence_record *x, const char *what,
	const struct evidence_capture *c)
{
	char *dir = office_path(a->office, "evidence"), *to = NULL;

	if (!a->rc)
		a->rc = dir ? path_make_dirs(dir, 02770, a->err) : err_nomem(a->err);
	if (!a->rc)
		a->rc = evidence_copy_path(a->office, x, what, &to, a->err);
	if (!a->rc)
		a->rc = warc_copy_records(
			c->warc_path, c->offsets, (size_t)c->offset_count, to, a->err);
	free(to);
	free(dir);
}

static bool has_digest(const struct evidence_record *x, const struct hash *h)
{
	char hex[HASH_HEX_SIZE];

	hash_to_hex(h, hex);
	return strcmp(hex, x->sha256) == 0;
}

/* The response whose body is the one that the ledger knows; ERR_NOT_FOUND. What cannot be read
 * is not it. */
static enum err_code find_response(struct warc_reader *r, const struct evidence_record *x,
	struct warc_http *out, struct err *e)
{
	struct warc_record rec;
	struct hash h;
	enum err_code rc;

	while ((rc = warc_reader_next(r, &rec, e)) != ERR_NOT_FOUND) {
		if (rc == ERR_INPUT || rc == ERR_LIMIT)
			continue;
		if (rc)
			return rc;
		if (rec.type != WARC_RESPONSE || !warc_http_parse(&rec, out))
			continue;
		h = hash_of(out->body, out->body_size);
		if (has_digest(x, &h))
			return ERR_OK;
	}
	return ERR_NOT_FOUND;
}

static enum err_code look_at_page(const char *path, const struct evidence_record *x,
	enum evidence_copy_state *out, struct err *e)
{
	struct warc_reader *r = NULL;
	struct warc_http http;
	enum err_code rc = warc_reader_open(path, &r, e);

	if (!rc)
		rc = find_response(r, x, &http, e);
	warc_reader_close(r);
	*out = rc ? EVIDENCE_COPY_CHANGED : EVIDENCE_COPY_SAME;
	return rc == ERR_NOT_FOUND || rc == ERR_INPUT ? ERR_OK : rc;
}

static enum err_code look_at_file(const char *path, const struct evidence_record *x,
	enum evidence_copy_state *out, struct err *e)
{
	struct hash h;
	enum err_code rc = hash_file(path, &h, e);

	*out = !rc && has_digest(x, &h) ? EVIDENCE_COPY_SAME : EVIDENCE_COPY_CHANGED;
	return rc;
}

enum err_code evidence_copy_look(const struct office *o, const struct evidence_record *x,
	enum evidence_copy_state *out, struct err *e)
{
	char *path;
	struct stat st;
	enum err_code rc = evidence_copy_path(o, x, "", &path, e);

	*out = EVIDENCE_COPY_MISSING;
	if (!rc && stat(path, &st) != 0)
		rc = errno == ENOENT ? ERR_OK : err_errno(e, errno, _("cannot read %s"), path);
	else if (!rc)
		rc = is_page(x) ? look_at_page(path, x, out, e) : look_at_file(path, x, out, e);
	free(path);
	return rc;
}

static enum err_code take_page(const char *path, const struct evidence_record *x, struct buf *body,
	struct buf *content_type, bool *found, struct err *e)
{
	struct warc_reader *r = NULL;
	struct warc_http http;
	struct err why = {ERR_OK, ""};
	enum err_code rc = warc_reader_open(path, &r, &why);

	if (!rc)
		rc = find_response(r, x, &http, &why);
	if (!rc)
		rc = warc_http_body(&http, body, &why);
	if (!rc)
		warc_http_header(&http, "Content-Type", content_type);
	warc_reader_close(r);
	*found = !rc;
	if (!rc || rc == ERR_NOT_FOUND || rc == ERR_INPUT || rc == ERR_LIMIT)
		return ERR_OK;
	return err_set(e, rc, "%s", why.text);
}

enum err_code evidence_copy_page(const struct office *o, const struct evidence_record *x,
	struct buf *body, struct buf *content_type, bool *found, struct err *e)
{
	char *path;
	enum err_code rc = evidence_copy_path(o, x, "", &path, e);

	buf_init(body, DOCUMENT_BYTES_MAX);
	buf_init(content_type, 4096);
	*found = false;
	if (!rc && path_exists(path))
		rc = take_page(path, x, body, content_type, found, e);
	free(path);
	return rc;
}
