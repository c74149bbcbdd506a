/*
 * probe.c - a fetch into a temporary spool, and its records.
 */
#include "cli/probe.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "cli/fetcher.h"
#include "crawler/document.h"

static enum err_code make_dir(struct probe *p, struct err *e)
{
	const char *base = getenv("TMPDIR");
	char *dir = path_join(base && *base ? base : "/tmp", "huiying-test-XXXXXX");

	if (!dir)
		return err_nomem(e);
	if (!mkdtemp(dir)) {
		enum err_code rc = err_errno(e, errno, _("cannot make %s"), dir);
		free(dir);
		return rc;
	}
	p->dir = dir;
	p->state = path_join(dir, "fetch.json");
	p->wanted = path_join(dir, "wanted.jsonl");
	return p->state && p->wanted ? ERR_OK : err_nomem(e);
}

static void remove_dir(const char *dir)
{
	DIR *d = dir ? opendir(dir) : NULL;
	struct dirent *entry;

	while (d && (entry = readdir(d)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlinkat(dirfd(d), entry->d_name, 0);
	if (d)
		closedir(d);
	if (dir)
		rmdir(dir);
}

static enum err_code write_wanted(const struct probe *p, struct err *e)
{
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, 65536);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_str(&w, "id", "test");
	json_put_str(&w, "url", p->url);
	json_put_str(&w, "kind", "page");
	json_end_object(&w);
	buf_add_char(&b, '\n');
	rc = buf_check(&b, "JSON", e);
	if (!rc)
		rc = path_write_atomic(p->wanted, b.data, b.len, 0600, e);
	buf_fini(&b);
	return rc;
}

static enum err_code run_fetcher(const struct probe *p, struct err *e)
{
	const char *args[16];
	size_t n = 0;

	args[n++] = "--quiet";
	args[n++] = "--spool";
	args[n++] = p->dir;
	args[n++] = "--state";
	args[n++] = p->state;
	if (p->call->home_option) {
		args[n++] = "--home";
		args[n++] = p->call->home_option;
	}
	if (p->source) {
		args[n++] = "--source";
		args[n++] = p->source->id;
		args[n++] = "--no-wanted";
	} else {
		args[n++] = "--wanted";
		args[n++] = p->wanted;
		args[n++] = "--wanted-only";
	}
	return fetcher_run(args, n, NULL, NULL, NULL, e);
}

static enum err_code note_failure(struct probe *p, const char *text, struct err *e)
{
	free(p->failure);
	p->failure = strdup(text);
	return p->failure ? ERR_OK : err_nomem(e);
}

static bool is_foreign_fault(enum err_code rc)
{
	return rc == ERR_INPUT || rc == ERR_LIMIT;
}

static enum err_code tell_answer(
	struct probe *p, const struct warc_record *rec, const struct warc_http *http, struct err *e)
{
	struct probe_answer a = {.status = http->status, .url = rec->target_uri, .date = rec->date};
	struct buf body, type;
	enum err_code rc = ERR_OK;

	buf_init(&body, DOCUMENT_BYTES_MAX);
	buf_init(&type, 4096);
	a.good = !p->meta.error && !rec->truncated && http->status >= 200 && http->status < 300;
	if (warc_http_header(http, "Content-Type", &type) && type.len)
		a.content_type = buf_str(&type);
	if (a.good)
		rc = warc_http_body(http, &body, e);
	a.body = buf_str(&body);
	a.size = body.len;
	if (!rc)
		rc = p->on_answer(p->data, &a, e);
	buf_fini(&body);
	buf_fini(&type);
	return rc;
}

static enum err_code take_answer(struct probe *p, const struct warc_record *rec, struct err *e)
{
	struct err why = {ERR_OK, ""};
	struct warc_http http;
	enum err_code rc;

	if (!warc_http_parse(rec, &http))
		return note_failure(p, _("the answer is no HTTP"), e);
	p->answers++;
	rc = tell_answer(p, rec, &http, &why);
	if (is_foreign_fault(rc))
		return note_failure(p, why.text, e);
	if (rc && e)
		*e = why;
	return rc;
}

static bool is_robots(const struct warc_metadata *m)
{
	return !m->kind || strcmp(m->kind, "robots") == 0;
}

static enum err_code take_metadata(struct probe *p, const struct warc_record *rec, struct err *e)
{
	struct buf text;
	enum err_code rc = warc_metadata_parse(rec, p->arena, &p->meta, e);

	if (rc || is_robots(&p->meta))
		return rc;
	free(p->failure);
	p->failure = NULL;
	if (!p->meta.error)
		return ERR_OK;
	buf_init(&text, 8192);
	buf_addf(&text, "%s: %s", p->meta.error, p->meta.detail ? p->meta.detail : "");
	rc = note_failure(p, buf_str(&text), e);
	buf_fini(&text);
	return rc;
}

static enum err_code read_warc(struct probe *p, const char *path, struct err *e)
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	enum err_code rc = warc_reader_open(path, &r, e);

	while (!rc) {
		rc = warc_reader_next(r, &rec, e);
		if (!rc && rec.type == WARC_METADATA)
			rc = take_metadata(p, &rec, e);
		else if (!rc && rec.type == WARC_RESPONSE && !is_robots(&p->meta))
			rc = take_answer(p, &rec, e);
	}
	warc_reader_close(r);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err_code read_spool(struct probe *p, struct err *e)
{
	DIR *d = opendir(p->dir);
	struct dirent *entry;
	enum err_code rc = ERR_OK;

	if (!d)
		return err_errno(e, errno, _("cannot read %s"), p->dir);
	while (!rc && (entry = readdir(d)) != NULL) {
		char *path;
		if (!str_has_suffix(str_of(entry->d_name), ".warc.gz"))
			continue;
		path = path_join(p->dir, entry->d_name);
		rc = path ? read_warc(p, path, e) : err_nomem(e);
		free(path);
	}
	closedir(d);
	return rc;
}

enum err_code probe_run(struct probe *p, struct err *e)
{
	enum err_code rc;

	p->arena = arena_new(ARENA_MAX_DEFAULT);
	rc = p->arena ? make_dir(p, e) : err_nomem(e);
	if (!rc && !p->source)
		rc = write_wanted(p, e);
	if (!rc)
		rc = run_fetcher(p, e);
	if (!rc)
		rc = read_spool(p, e);
	if (!rc && p->failure)
		rc = err_set(e, ERR_NET, "%s: %s", p->source ? p->source->id : p->url, p->failure);
	return rc;
}

void probe_fini(struct probe *p)
{
	remove_dir(p->dir);
	free(p->dir);
	free(p->state);
	free(p->wanted);
	free(p->failure);
	arena_free(p->arena);
}
