/*
 * evidence_copy.c - finding and reading what was kept.
 */
#include "office/evidence_copy.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
static char *path_of_file(const char *dir, const struct evidence_record *x)
{
	size_t n = strlen(x->id);
	DIR *d = opendir(dir);
	char *found = NULL;

	for (struct dirent *f; d && !found && (f = readdir(d));)
		if (strncmp(f->d_name, x->id, n) == 0 && f->d_name[n] == '.')
			found = path_join(dir, f->d_name);
	if (d)
		closedir(d);
	return found ? found : path_join(dir, x->id);
}

char *evidence_copy_path(const struct office *o, const struct evidence_record *x, const char *what)
{
	char *dir = office_path(o, "evidence"), *path = NULL;
	char name[IDS_SIZE + 64];

	snprintf(name, sizeof name, "%s%s.warc.gz", x->id, what);
	if (dir)
		path = is_page(x) ? path_join(dir, name) : path_of_file(dir, x);
	free(dir);
	return path;
}

void evidence_copy_records(struct act *a, const struct evidence_record *x, const char *what,
	const struct evidence_capture *c)
{
	char *dir = office_path(a->office, "evidence"),
	     *to = evidence_copy_path(a->office, x, what);

	if (!a->rc)
		a->rc = dir && to ? path_make_dirs(dir, 02770, a->err) : err_nomem(a->err);
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
	char *path = evidence_copy_path(o, x, "");
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	*out = EVIDENCE_COPY_MISSING;
	if (!rc && path_exists(path))
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
	char *path = evidence_copy_path(o, x, "");
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	buf_init(body, DOCUMENT_BYTES_MAX);
	buf_init(content_type, 4096);
	*found = false;
	if (!rc && path_exists(path))
		rc = take_page(path, x, body, content_type, found, e);
	free(path);
	return rc;
}
