/*
 * evidence_files.c - comparing evidence/ with the ledger.
 */
#include "office/evidence_files.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/str.h"
#include "crawler/warc.h"
#include "ledger/list.h"
#include "ledger/redactions.h"
#include "office/file_list.h"

#define WRONG_MAX ((size_t)1400) /* what an error's text has room for */

struct expected {
	const char *id, *sha256;
	bool page;
};

struct look {
	struct office *o;
	struct arena *arena;
	struct list files; /* in order of their names */
	struct list expected;
	struct buf wrong;
	int64_t wrong_count;
	struct evidence_files *out;
};

static enum err_code read_expected(struct look *l, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(l->o->db, ST_EVIDENCE_DIGESTS, DB_NO_ARGS, &q, e);

	while (!rc && db_next(&q)) {
		struct expected *x = list_add(&l->expected);
		if (x) {
			x->id = arena_strdup(l->arena, db_text(&q, 0));
			x->page = strcmp(db_text(&q, 1), "page") == 0;
			x->sha256 = arena_strdup(l->arena, db_text(&q, 2));
		}
		if (arena_failed(l->arena))
			rc = err_nomem(e);
	}
	return db_end(&q, rc, e);
}

static const char *name_at(const struct look *l, size_t i)
{
	return strrchr(file_list_at(&l->files, i), '/') + 1;
}

/* The first file whose name is not before the id. */
static size_t first_from(const struct look *l, const char *id)
{
	size_t low = 0;

	for (size_t high = l->files.count; low < high;) {
		size_t at = low + (high - low) / 2;
		if (strcmp(name_at(l, at), id) < 0)
			low = at + 1;
		else
			high = at;
	}
	return low;
}

/* "ZJ-2026-000001.jpg" of "ZJ-2026-000001"; of a page "ZJ-2026-000001.warc.gz" and not what it
 * became later, ".2.warc.gz". NULL: there is none. */
static const char *find_file(const struct look *l, const struct expected *x)
{
	size_t n = strlen(x->id);

	for (size_t i = first_from(l, x->id); i < l->files.count; i++) {
		const char *name = name_at(l, i);
		if (strncmp(name, x->id, n) != 0)
			break;
		if (x->page ? strcmp(name + n, ".warc.gz") == 0 : name[n] == '.' || !name[n])
			return file_list_at(&l->files, i);
	}
	return NULL;
}

static bool digest_is(const struct hash *h, const char *sha256)
{
	char hex[HASH_HEX_SIZE];

	hash_to_hex(h, hex);
	return strcmp(hex, sha256) == 0;
}

/* One of the answers in it has the body that was captured. */
static enum err_code page_is(const char *path, const char *sha256, bool *same, struct err *e)
{
	struct warc_reader *r = NULL;
	struct warc_record rec;
	struct warc_http http;
	enum err_code rc = warc_reader_open(path, &r, e), got = ERR_OK;

	*same = false;
	while (!rc && !*same && (got = warc_reader_next(r, &rec, NULL)) != ERR_NOT_FOUND) {
		struct hash h;
		if (got == ERR_INPUT || got == ERR_LIMIT)
			continue;
		if (got)
			rc = err_set(e, got, _("cannot read %s"), path);
		if (rc || rec.type != WARC_RESPONSE || !warc_http_parse(&rec, &http))
			continue;
		h = hash_of(http.body, http.body_size);
		*same = digest_is(&h, sha256);
	}
	warc_reader_close(r);
	return rc == ERR_INPUT ? ERR_OK : rc;
}

static enum err_code file_is(const char *path, const char *sha256, bool *same, struct err *e)
{
	struct hash h;
	enum err_code rc = hash_file(path, &h, e);

	*same = !rc && digest_is(&h, sha256);
	return rc;
}

static void tell(struct look *l, const struct expected *x, const char *what)
{
	l->wrong_count++;
	if (l->wrong.len < WRONG_MAX)
		buf_addf(&l->wrong, "%s%s %s", l->wrong.len ? ", " : "", x->id, what);
}

static enum err_code look_at(struct look *l, const struct expected *x, struct err *e)
{
	const char *path = find_file(l, x);
	bool erased = false, same = false;
	enum err_code rc = redactions_of_file(l->o->db, x->id, &erased, e);

	if (rc || erased) {
		l->out->erased += erased;
		return rc;
	}
	if (path)
		rc = x->page ? page_is(path, x->sha256, &same, e)
			     : file_is(path, x->sha256, &same, e);
	if (rc)
		return rc;
	if (!path)
		tell(l, x, _("is gone"));
	else if (!same)
		tell(l, x, _("has been changed"));
	else
		l->out->same++;
	return ERR_OK;
}

static enum err_code verdict(const struct look *l, struct err *e)
{
	if (!l->wrong_count)
		return ERR_OK;
	return err_set(e, ERR_INTEGRITY,
		n_("%lld file of evidence is not what it was: %s",
			"%lld files of evidence are not what they were: %s", l->wrong_count),
		(long long)l->wrong_count, buf_str(&l->wrong));
}

enum err_code evidence_files_verify(struct office *o, struct evidence_files *out, struct err *e)
{
	struct look l = {.o = o, .out = out, .arena = arena_new(ARENA_MAX_DEFAULT)};
	char *dir = office_path(o, "evidence");
	enum err_code rc = l.arena && dir ? ERR_OK : err_nomem(e);

	memset(out, 0, sizeof *out);
	buf_init(&l.wrong, 2 * WRONG_MAX);
	list_init(&l.files, l.arena, sizeof(char *));
	list_init(&l.expected, l.arena, sizeof(struct expected));
	if (!rc)
		rc = file_list(dir, "", 0, &l.files, e);
	if (!rc)
		rc = read_expected(&l, e);
	for (size_t i = 0; !rc && i < l.expected.count; i++)
		rc = look_at(&l, (const struct expected *)l.expected.items + i, e);
	if (!rc)
		rc = verdict(&l, e);
	buf_fini(&l.wrong);
	arena_free(l.arena);
	free(dir);
	return rc;
}
