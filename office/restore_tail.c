/*
 * restore_tail.c - evidence, the fetcher's memory, what was fetched since.
 */
#include "office/restore_tail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/state.h"
#include "ledger/list.h"
#include "ledger/redactions.h"
#include "office/backup_set.h"
#include "office/copy_file.h"
#include "office/file_list.h"
#include "office/redact_files.h"

#define PENDING "state/restore.pending"

/* --- locks --- */

static enum err_code lock_file(
	const char *home, const char *name, const char *busy, int *fd, struct err *e)
{
	char *path = path_join(home, name);
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	if (!rc && (*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660)) < 0)
		rc = err_errno(e, errno, _("cannot open %s"), path);
	if (!rc && flock(*fd, LOCK_EX | LOCK_NB) != 0)
		rc = errno == EWOULDBLOCK ? err_set(e, ERR_BUSY, "%s", busy)
					  : err_errno(e, errno, _("cannot lock %s"), path);
	free(path);
	return rc;
}

enum err_code restore_lock(const char *home, struct restore_locks *out, struct err *e)
{
	enum err_code rc = lock_file(home, "state/ingest.lock",
		_("another ingest is running in this instance"), &out->ingest, e);

	if (!rc)
		rc = lock_file(home, "spool/.lock",
			_("the fetcher is running in this instance: end it, or wait"), &out->spool,
			e);
	return rc;
}

void restore_unlock(struct restore_locks *l)
{
	if (l->ingest >= 0)
		close(l->ingest);
	if (l->spool >= 0)
		close(l->spool);
	l->ingest = l->spool = -1;
}

/* --- the mark --- */

enum err_code restore_tail_mark(const char *home, const char *set, struct arena *a, struct err *e)
{
	const char *path = arena_printf(a, "%s/" PENDING, home);
	char *full = realpath(set, NULL);
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	if (!rc && !full)
		rc = err_errno(e, errno, _("cannot open %s"), set);
	if (!rc)
		rc = path_write_atomic(path, full, strlen(full), 0660, e);
	free(full);
	return rc;
}

void restore_tail_unmark(const char *home, struct arena *a)
{
	const char *path = arena_printf(a, "%s/" PENDING, home);

	if (path)
		(void)unlink(path);
}

static enum err_code read_mark(const char *path, struct arena *a, const char **set, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, 65536);
	if (!path_exists(path))
		return err_set(e, ERR_NOT_FOUND, _("no restore was cut short here"));
	rc = path_read(path, &b, e);
	*set = rc ? NULL : arena_strndup(a, buf_str(&b), b.len);
	buf_fini(&b);
	return rc || *set ? rc : err_nomem(e);
}

/* --- the steps --- */

static enum err_code put_one(struct office *o, const char *set, const struct backup_file *f,
	struct arena *a, struct restore_told *out, struct err *e)
{
	const char *base = strchr(f->name, '/') + 1;
	const char *from = arena_printf(a, "%s/%s", set, f->name);
	const char *to = arena_printf(a, "%s/%s", o->home->data, f->name);
	const char *id = arena_strndup(a, base, strcspn(base, "."));
	char hex[HASH_HEX_SIZE];
	struct hash h;
	int64_t size;
	bool erased = false;
	enum err_code rc =
		from && to && id ? redactions_of_file(o->db, id, &erased, e) : err_nomem(e);

	if (rc || erased)
		return rc;
	if (!path_exists(to)) {
		rc = copy_file(from, to, 0440, &h, &size, e);
		out->evidence += !rc;
		return rc;
	}
	rc = hash_file(to, &h, e);
	if (rc)
		return rc;
	hash_to_hex(&h, hex);
	out->kept += strcmp(hex, f->sha256) != 0;
	return ERR_OK;
}

/* A crash before the ledger was replaced leaves the mark, too: then all is to be done anew. */
static enum err_code is_in_place(struct office *o, const char *hash, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(o->db, ST_RESTORE_IS, DB_ARGS(DB_TEXT(hash)), &one, e);

	return rc != ERR_NOT_FOUND
		       ? rc
		       : err_set(e, ERR_NOT_FOUND,
				 _("the restore was cut short before it changed anything: restore "
				   "the backup again"));
}

static enum err_code put_evidence(
	struct office *o, const char *set, struct arena *a, struct restore_told *out, struct err *e)
{
	struct backup_manifest m;
	enum err_code rc = backup_set_check(set, a, &m, e);

	out->made = rc ? TIME_NONE : m.made;
	if (!rc)
		rc = is_in_place(o, m.hash, e);
	for (size_t i = 0; !rc && i < m.file_count; i++)
		if (str_has_prefix(str_of(m.files[i].name), "evidence/"))
			rc = put_one(o, set, &m.files[i], a, out, e);
	return rc;
}

static bool keep_all(const char *id, const void *arg)
{
	(void)id;
	(void)arg;
	return true;
}

static enum err_code forget_answers(struct office *o, struct err *e)
{
	char *path = office_path(o, "state/fetch.json");
	struct state *s = NULL;
	bool damaged = false;
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	if (!rc && path_exists(path)) {
		rc = state_load(path, &s, &damaged, e);
		if (!rc) {
			state_forget_answers(s);
			rc = state_save(s, path, office_now(o), keep_all, NULL, e);
		}
		state_free(s);
	}
	free(path);
	return rc;
}

/* The archive first: it is older. Files that the ledger knows are passed over. */
static enum err_code read_again(struct office *o, struct restore_told *out, struct err *e)
{
	struct ingest_options opt = {.source = NULL};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	char *dir = office_path(o, "archive");
	struct list files;
	enum err_code rc = dir && a ? ERR_OK : err_nomem(e);

	list_init(&files, a, sizeof(char *));
	if (!rc)
		rc = file_list(dir, ".warc.gz", 3, &files, e);
	for (size_t i = 0; !rc && i < files.count; i++) {
		rc = ingest_file(o, file_list_at(&files, i), &opt, &out->read, e);
		if (rc == ERR_INPUT) {
			log_warning(&o->log, _("not read: %s: %s"), file_list_at(&files, i),
				e ? e->text : "");
			rc = ERR_OK;
		}
	}
	if (!rc)
		rc = ingest_spool(o, &opt, &out->read, e);
	free(dir);
	arena_free(a);
	return rc;
}

static enum err_code write_list(struct office *o, struct err *e)
{
	char *path = office_path(o, "redacted.jsonl");
	enum err_code rc = path ? redact_write_list(o, path, e) : err_nomem(e);

	free(path);
	return rc;
}

enum err_code restore_tail(const struct office_options *options, struct arena *a,
	struct restore_told *out, struct err *e)
{
	struct office_options own = *options;
	const char *path = arena_printf(a, "%s/" PENDING, options->home->data), *set = NULL;
	struct office *o = NULL;
	enum err_code rc = path ? read_mark(path, a, &set, e) : err_nomem(e);

	own.read_only = false;
	if (!rc)
		rc = office_open(&own, &o, e);
	if (!rc)
		rc = people_require(&o->person, PEOPLE_ADMIN, _("restore a backup"), e);
	if (!rc)
		rc = put_evidence(o, set, a, out, e);
	if (!rc)
		rc = write_list(o, e);
	if (!rc)
		rc = forget_answers(o, e);
	if (!rc)
		rc = read_again(o, out, e);
	office_close(o);
	if (!rc && unlink(path) != 0 && errno != ENOENT)
		rc = err_errno(e, errno, _("cannot remove %s"), path);
	return rc;
}
