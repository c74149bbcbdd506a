/*
 * backup_set.c - making a set, and looking whether one is whole.
 */
#include "office/backup_set.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/backup.h"
#include "ledger/head.h"
#include "ledger/list.h"
#include "office/copy_file.h"
#include "office/file_list.h"
#include "office/redact_files.h"

#define PART ".part-"
#define LAST "state/backup.json"
#define MANIFEST_MAX ((size_t)128 << 20)
#define MANIFEST_VERSION 1

struct making {
	struct office *o;
	struct arena *arena;
	const char *part; /* the directory while it is made */
	struct list files; /* struct backup_file */
	struct backup_set *out;
	struct err *e;
};

/* --- directories --- */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static enum err_code remove_tree(const char *path, struct err *e)
{
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) == 0 || errno == ENOENT)
		return ERR_OK;
	return err_errno(e, errno, _("cannot remove %s"), path);
}

static enum err_code lock_dir(const char *dir, int *fd, struct err *e)
{
	*fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd < 0)
		return err_errno(e, errno, _("cannot open %s"), dir);
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return ERR_OK;
	return errno == EWOULDBLOCK
		       ? err_set(e, ERR_BUSY, _("another backup into %s is running"), dir)
		       : err_errno(e, errno, _("cannot lock %s"), dir);
}

/* What was cut short. Nobody works on it: we have the lock. */
static enum err_code remove_parts(const char *dir, struct arena *a, struct err *e)
{
	struct list l;
	enum err_code rc;

	list_init(&l, a, sizeof(char *));
	rc = file_list_named(dir, PART, &l, e);
	for (size_t i = 0; !rc && i < l.count; i++)
		rc = remove_tree(file_list_at(&l, i), e);
	return rc;
}

/* --- what goes in --- */

static enum err_code note_file(
	struct making *m, const char *name, const struct hash *digest, int64_t size)
{
	struct backup_file *f = list_add(&m->files);
	char *hex = arena_alloc(m->arena, HASH_HEX_SIZE);

	if (!f || !hex)
		return err_nomem(m->e);
	hash_to_hex(digest, hex);
	f->name = name;
	f->size = size;
	f->sha256 = hex;
	m->out->files++;
	m->out->bytes += size;
	return ERR_OK;
}

static enum err_code put_file(struct making *m, const char *from, const char *name)
{
	const char *to = arena_printf(m->arena, "%s/%s", m->part, name);
	struct hash digest;
	int64_t size;
	enum err_code rc = to && name ? ERR_OK : err_nomem(m->e);

	if (!rc)
		rc = copy_file(from, to, 0440, &digest, &size, m->e);
	return rc ? rc : note_file(m, name, &digest, size);
}

static enum err_code note_made(struct making *m, const char *name)
{
	const char *path = arena_printf(m->arena, "%s/%s", m->part, name);
	struct hash digest;
	struct stat st;
	enum err_code rc = path ? hash_file(path, &digest, m->e) : err_nomem(m->e);

	if (!rc && stat(path, &st) != 0)
		rc = err_errno(m->e, errno, _("cannot read %s"), path);
	return rc ? rc : note_file(m, name, &digest, (int64_t)st.st_size);
}

static enum err_code put_ledger(struct making *m)
{
	const char *to = arena_printf(m->arena, "%s/ledger.db", m->part);
	enum err_code rc = to ? backup_make(m->o->db, to, &m->out->ledger, m->e) : err_nomem(m->e);

	return rc ? rc : note_made(m, "ledger.db");
}

static enum err_code make_dir(struct making *m, const char *name)
{
	const char *path = arena_printf(m->arena, "%s/%s", m->part, name);

	if (!path)
		return err_nomem(m->e);
	return mkdir(path, 0750) == 0 || errno == EEXIST
		       ? ERR_OK
		       : err_errno(m->e, errno, _("cannot make %s"), path);
}

/* All files of a directory whose names end so; one that the set has already stays: the
 * place that is looked at first comes first. */
static enum err_code put_dir(
	struct making *m, const char *from, const char *suffix, const char *below)
{
	struct list l;
	enum err_code rc = make_dir(m, below);

	list_init(&l, m->arena, sizeof(char *));
	if (!rc)
		rc = file_list(from, suffix, 0, &l, m->e);
	for (size_t i = 0; !rc && i < l.count; i++) {
		const char *path = file_list_at(&l, i);
		const char *name = arena_printf(m->arena, "%s/%s", below, strrchr(path, '/') + 1);
		const char *to = name ? arena_printf(m->arena, "%s/%s", m->part, name) : NULL;
		if (!to)
			rc = err_nomem(m->e);
		else if (!path_exists(to))
			rc = put_file(m, path, name);
	}
	return rc;
}

/* After the ledger: a file of evidence is there before its event is. */
static enum err_code put_evidence(struct making *m)
{
	char *dir = office_path(m->o, "evidence");
	enum err_code rc = dir ? put_dir(m, dir, "", "evidence") : err_nomem(m->e);

	free(dir);
	return rc;
}

static enum err_code put_conf(struct making *m)
{
	const struct path_home *h = m->o->home;
	const char *const dirs[] = {h->data, h->home, h->user, h->system};
	enum err_code rc = make_dir(m, "conf");

	for (size_t i = 0; !rc && i < sizeof dirs / sizeof *dirs; i++) {
		const char *local = dirs[i] ? arena_printf(m->arena, "%s/local.d", dirs[i]) : NULL;
		if (!dirs[i])
			continue;
		rc = local ? put_dir(m, dirs[i], ".conf", "conf") : err_nomem(m->e);
		if (!rc)
			rc = put_dir(m, local, ".conf", "conf/local.d");
	}
	return rc;
}

static enum err_code put_rest(struct making *m)
{
	char *key = office_path(m->o, "head.pub");
	const char *list = arena_printf(m->arena, "%s/redacted.jsonl", m->part);
	enum err_code rc = key && list ? ERR_OK : err_nomem(m->e);

	if (!rc && path_exists(key))
		rc = put_file(m, key, "head.pub");
	if (!rc)
		rc = redact_write_list(m->o, list, m->e);
	if (!rc)
		rc = note_made(m, "redacted.jsonl");
	free(key);
	return rc;
}

/* --- the manifest --- */

static void write_manifest(struct making *m, const struct head *h, struct buf *out)
{
	const struct backup_file *f = m->files.items;
	struct json_writer w;
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&m->out->ledger.head, hex);
	json_writer_init(&w, out);
	json_begin_object(&w);
	json_put_int(&w, "v", MANIFEST_VERSION);
	json_put_time(&w, "made", office_now(m->o));
	json_put_str(&w, "program", HUIYING_VERSION);
	json_put_int(&w, "schema", db_schema_version(m->o->db));
	json_put_int(&w, "count", m->out->ledger.events);
	json_put_str(&w, "hash", hex);
	json_key(&w, "ids");
	head_put_ids(&w, h->ids, h->id_count);
	json_key(&w, "files");
	json_begin_array(&w);
	for (size_t i = 0; i < m->files.count; i++) {
		json_begin_object(&w);
		json_put_str(&w, "name", f[i].name);
		json_put_int(&w, "size", f[i].size);
		json_put_str(&w, "sha256", f[i].sha256);
		json_end_object(&w);
	}
	json_end_array(&w);
	json_end_object(&w);
	buf_add_char(out, '\n');
}

static enum err_code put_manifest(struct making *m)
{
	const char *path = arena_printf(m->arena, "%s/" BACKUP_SET_MANIFEST, m->part);
	struct head h;
	struct buf b;
	enum err_code rc = path ? head_of(m->o->db, 0, m->arena, &h, m->e) : err_nomem(m->e);

	buf_init(&b, MANIFEST_MAX);
	if (!rc) {
		write_manifest(m, &h, &b);
		rc = buf_check(&b, N_("the manifest"), m->e);
	}
	if (!rc)
		rc = path_write_atomic(path, buf_str(&b), b.len, 0440, m->e);
	buf_fini(&b);
	return rc;
}

static enum err_code sync_dirs(struct making *m)
{
	static const char *const names[] = {"evidence", "conf/local.d", "conf", "."};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sizeof names / sizeof *names; i++) {
		const char *path = arena_printf(m->arena, "%s/%s", m->part, names[i]);
		rc = path ? path_sync_dir(path, m->e) : err_nomem(m->e);
	}
	return rc;
}

static enum err_code fill(struct making *m)
{
	enum err_code rc = mkdir(m->part, 0750) == 0
				   ? ERR_OK
				   : err_errno(m->e, errno, _("cannot make %s"), m->part);

	if (!rc)
		rc = put_ledger(m);
	if (!rc)
		rc = put_evidence(m);
	if (!rc)
		rc = put_conf(m);
	if (!rc)
		rc = put_rest(m);
	if (!rc)
		rc = sync_dirs(m);
	return rc ? rc : put_manifest(m);
}

/* --- the rest --- */

/* In the order in which they go. The name tells when a set was made, by the clock of then: one
 * that is named later than the set just made had a clock that ran ahead, and goes first. */
static const char *oldest(const struct list *l, const char *made, size_t n)
{
	size_t ahead = 0;

	while (ahead < l->count && strcmp(file_list_at(l, l->count - 1 - ahead), made) > 0)
		ahead++;
	return file_list_at(l, n < ahead ? l->count - ahead + n : n - ahead);
}

/* The set that was just made stays in any case. */
static enum err_code prune(const char *dir, int64_t keep, const char *made, struct arena *a,
	int64_t *pruned, struct err *e)
{
	struct list l;
	enum err_code rc;

	list_init(&l, a, sizeof(char *));
	rc = file_list_named(dir, BACKUP_SET_PREFIX, &l, e);
	for (size_t i = 0; !rc && keep > 0 && i + (size_t)keep < l.count; i++) {
		rc = remove_tree(oldest(&l, made, i), e);
		*pruned += !rc;
	}
	return rc;
}

static enum err_code remember(struct making *m)
{
	char *path = office_path(m->o, LAST);
	struct json_writer w;
	struct buf b;
	enum err_code rc = path ? ERR_OK : err_nomem(m->e);

	buf_init(&b, 65536);
	json_writer_init(&w, &b);
	json_begin_object(&w);
	json_put_time(&w, "at", office_now(m->o));
	json_put_str(&w, "path", m->out->path);
	json_end_object(&w);
	if (!rc)
		rc = path_write_atomic(path, buf_str(&b), b.len, 0660, m->e);
	buf_fini(&b);
	free(path);
	return rc;
}

static enum err_code name_set(struct making *m, const char *dir)
{
	struct time_civil c;

	time_to_civil(office_now(m->o), NULL, &c);
	m->out->path = arena_printf(m->arena, "%s/" BACKUP_SET_PREFIX "%04d%02d%02dT%02d%02d%02dZ",
		dir, c.year, c.month, c.day, c.hour, c.minute, c.second);
	m->part = arena_printf(m->arena, "%s/" PART "%ld", dir, (long)getpid());
	if (!m->out->path || !m->part)
		return err_nomem(m->e);
	return path_exists(m->out->path)
		       ? err_set(m->e, ERR_USAGE, _("%s exists already; a backup never overwrites"),
				 m->out->path)
		       : ERR_OK;
}

enum err_code backup_set_make(struct office *o, const char *dir, int64_t keep, struct arena *a,
	struct backup_set *out, struct err *e)
{
	struct making m = {.o = o, .arena = a, .out = out, .e = e};
	int lock = -1;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	list_init(&m.files, a, sizeof(struct backup_file));
	rc = lock_dir(dir, &lock, e);
	if (!rc)
		rc = remove_parts(dir, a, e);
	if (!rc)
		rc = name_set(&m, dir);
	if (!rc) {
		rc = fill(&m);
		if (!rc)
			rc = path_move(m.part, out->path, e);
		if (rc)
			(void)remove_tree(m.part, NULL);
	}
	if (!rc)
		rc = prune(dir, keep, out->path, a, &out->pruned, e);
	if (!rc)
		rc = remember(&m);
	if (lock >= 0)
		close(lock);
	return rc;
}

enum err_code backup_set_last(
	struct office *o, struct arena *a, int64_t *at, const char **path, struct err *e)
{
	char *file = office_path(o, LAST);
	struct json *j = NULL;
	struct buf b;
	enum err_code rc = file ? ERR_OK : err_nomem(e);

	*at = TIME_NONE;
	*path = NULL;
	buf_init(&b, 65536);
	if (!rc && path_exists(file)) {
		rc = path_read(file, &b, e);
		if (!rc)
			rc = json_read(buf_str(&b), b.len, &j, e);
		if (!rc && time_parse_rfc3339(str_of(json_get_str(j, "at")), at))
			*path = arena_strdup(a, json_get_str(j, "path"));
	}
	json_free(j);
	buf_fini(&b);
	free(file);
	return rc;
}

/* --- checking --- */

/* Only what lies below the set. */
static bool name_is_plain(const char *name)
{
	return name && name[0] && name[0] != '/' && !strstr(name, "..");
}

static enum err_code read_file(
	const struct json *j, struct arena *a, struct backup_file *out, struct err *e)
{
	const char *name = json_get_str(j, "name"), *sha256 = json_get_str(j, "sha256");

	if (!name_is_plain(name) || !sha256 || !json_get_int(j, "size", &out->size))
		return err_set(e, ERR_INPUT, _("the manifest names a file that cannot be of it"));
	out->name = arena_strdup(a, name);
	out->sha256 = arena_strdup(a, sha256);
	return out->name && out->sha256 ? ERR_OK : err_nomem(e);
}

static enum err_code read_manifest(
	const char *path, struct arena *a, struct backup_manifest *out, struct err *e)
{
	const struct json *files;
	struct json *j = NULL;
	int64_t version = 0;
	struct buf b;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	buf_init(&b, MANIFEST_MAX);
	rc = path_read(path, &b, e);
	if (!rc)
		rc = json_read(buf_str(&b), b.len, &j, e);
	if (!rc && (!json_get_int(j, "v", &version) || version != MANIFEST_VERSION ||
			   !json_get_int(j, "count", &out->count) || !json_get_str(j, "hash") ||
			   !time_parse_rfc3339(str_of(json_get_str(j, "made")), &out->made)))
		rc = err_set(e, ERR_INPUT, _("%s is no manifest that this program knows"), path);
	files = json_get(j, "files");
	out->hash = rc ? NULL : arena_strdup(a, json_get_str(j, "hash"));
	out->files = arena_array(a, json_size(files) + 1, sizeof *out->files);
	if (!rc && (!out->files || !out->hash))
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < json_size(files); i++)
		rc = read_file(json_at(files, i), a, &out->files[out->file_count++], e);
	json_free(j);
	buf_fini(&b);
	return rc;
}

static enum err_code check_file(
	const char *set, const struct backup_file *f, struct arena *a, struct err *e)
{
	const char *path = arena_printf(a, "%s/%s", set, f->name);
	char hex[HASH_HEX_SIZE];
	struct hash h;
	enum err_code rc = path ? hash_file(path, &h, e) : err_nomem(e);

	if (rc == ERR_NOT_FOUND)
		return err_set(e, ERR_INTEGRITY, _("the backup lacks %s"), f->name);
	if (rc)
		return rc;
	hash_to_hex(&h, hex);
	return strcmp(hex, f->sha256) == 0
		       ? ERR_OK
		       : err_set(e, ERR_INTEGRITY, _("%s of the backup is not what was saved"),
				 f->name);
}

enum err_code backup_set_check(
	const char *set, struct arena *a, struct backup_manifest *out, struct err *e)
{
	const char *path = arena_printf(a, "%s/" BACKUP_SET_MANIFEST, set);
	enum err_code rc = path ? read_manifest(path, a, out, e) : err_nomem(e);

	if (rc == ERR_NOT_FOUND)
		rc = err_set(e, ERR_NOT_FOUND, _("%s is no backup: it has no MANIFEST.json"), set);
	for (size_t i = 0; !rc && i < out->file_count; i++)
		rc = check_file(set, &out->files[i], a, e);
	return rc;
}
