/*
 * ingest_spool.c - all finished files of the spool, their way into the archive, and the
 * wanted list for the next fetch.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/wants.h"
#include "office/ingest.h"

#define SUFFIX ".warc.gz"
#define WANTED_BYTES_MAX ((size_t)64 << 20)

struct names {
	char **at;
	size_t count, room;
};

static void free_names(struct names *n)
{
	for (size_t i = 0; i < n->count; i++)
		free(n->at[i]);
	free(n->at);
}

static enum err_code add_name(struct names *n, const char *name, struct err *e)
{
	if (n->count == n->room) {
		size_t room = n->room ? n->room * 2 : 64;
		char **at = reallocarray(n->at, room, sizeof *at);
		if (!at)
			return err_nomem(e);
		n->at = at;
		n->room = room;
	}
	n->at[n->count] = strdup(name);
	if (!n->at[n->count])
		return err_nomem(e);
	n->count++;
	return ERR_OK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum err_code list_spool(const char *spool, struct names *out, struct err *e)
{
	DIR *d = opendir(spool);
	const struct dirent *entry;
	enum err_code rc = ERR_OK;

	if (!d)
		return err_errno(e, errno, _("cannot read the spool %s"), spool);
	while (!rc && (errno = 0, entry = readdir(d)) != NULL) {
		size_t n = strlen(entry->d_name), s = sizeof SUFFIX - 1;
		if (entry->d_name[0] != '.' && n > s && strcmp(entry->d_name + n - s, SUFFIX) == 0)
			rc = add_name(out, entry->d_name, e);
	}
	if (!rc && errno)
		rc = err_errno(e, errno, _("cannot read the spool %s"), spool);
	closedir(d);
	if (!rc && out->count)
		qsort(out->at, out->count, sizeof *out->at, by_name);
	return rc;
}

/* archive/YYYY/MM/name, by the day on which it is read; *dir is the directory. */
static enum err_code archive_path(
	struct office *o, const char *name, char **dir, char **path, struct err *e)
{
	struct time_civil c;
	char month[32];
	char *base = office_path(o, "archive");

	time_to_civil(office_now(o), NULL, &c);
	snprintf(month, sizeof month, "%04d/%02d", c.year, c.month);
	*dir = base ? path_join(base, month) : NULL;
	*path = *dir ? path_join(*dir, name) : NULL;
	free(base);
	return *path ? ERR_OK : err_nomem(e);
}

static enum err_code archive(struct office *o, const char *path, const char *name, struct err *e)
{
	char *dir = NULL, *to = NULL;
	enum err_code rc = archive_path(o, name, &dir, &to, e);

	if (!rc)
		rc = path_make_dirs(dir, 02770, e);
	if (!rc)
		rc = path_move(path, to, e);
	free(dir);
	free(to);
	return rc;
}

/* Records are found again by the name of their file. Two files of one name, as two
 * machines may send them, must not lie on each other: the later one gets the begin of
 * its SHA-256 into its name before it is read. *path and *name are replaced then. */
static enum err_code avoid_clash(struct office *o, char **path, char **name, struct err *e)
{
	struct hash ours, theirs;
	char hex[HASH_HEX_SIZE];
	char *dir = NULL, *there = NULL, *fresh = NULL;
	const char *slash = strrchr(*path, '/');
	enum err_code rc = archive_path(o, *name, &dir, &there, e);

	if (rc || !path_exists(there))
		goto out;
	rc = hash_file(there, &theirs, e);
	if (!rc)
		rc = hash_file(*path, &ours, e);
	if (rc || memcmp(ours.byte, theirs.byte, HASH_SIZE) == 0)
		goto out;
	hash_to_hex(&ours, hex);
	if (asprintf(&fresh, "%.*s%.*s-%.8s" SUFFIX, (int)(slash + 1 - *path), *path,
		    (int)(strlen(*name) - strlen(SUFFIX)), *name, hex) < 0) {
		fresh = NULL;
		rc = err_nomem(e);
		goto out;
	}
	rc = path_move(*path, fresh, e);
	if (rc)
		goto out;
	free(*path);
	free(*name);
	*path = fresh;
	fresh = NULL;
	*name = strdup(strrchr(*path, '/') + 1);
	if (!*name)
		rc = err_nomem(e);
out:
	free(dir);
	free(there);
	free(fresh);
	return rc;
}

enum err_code ingest_lock(struct office *o, int *fd, struct err *e)
{
	char *path = office_path(o, "state/ingest.lock");
	enum err_code rc;

	*fd = -1;
	rc = path ? path_lock(path, fd, e) : err_nomem(e);
	if (rc == ERR_BUSY) {
		rc = err_set(e, rc, _("another ingest is running in this instance"));
		close(*fd);
		*fd = -1;
	}
	free(path);
	return rc;
}

/* A file that is no WARC must not stop the others, now and for ever. */
static enum err_code set_aside(
	struct office *o, const char *path, const char *why, struct ingest_result *r, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, 8192);
	buf_addf(&b, "%s.bad", path);
	rc = buf_check(&b, _("a path"), e);
	if (!rc)
		rc = path_move(path, buf_str(&b), e);
	if (!rc) {
		r->problems++;
		log_warning(&o->log, _("set aside as %s: %s"), buf_str(&b), why);
	}
	buf_fini(&b);
	return rc;
}

static enum err_code take_file(struct office *o, const char *path, const char *name,
	const struct ingest_options *opt, struct ingest_result *r, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc = ingest_file(o, path, opt, r, &why);

	if (rc == ERR_INPUT)
		return set_aside(o, path, why.text, r, e);
	if (rc)
		return err_set(e, rc, "%s", why.text);
	return archive(o, path, name, e);
}

/* Whether the file can be read at all; if not, it is left where it is and reported, and
 * the others are read. Whoever puts it right has it read by the next run. */
static bool is_readable(struct office *o, const char *path, struct ingest_result *r)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	int why = fd < 0 ? errno : 0;
	bool regular = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);

	if (fd >= 0)
		close(fd);
	if (regular)
		return true;
	r->problems++;
	if (why)
		log_warning(&o->log, _("left in the spool: %s: %s"), path, strerror(why));
	else
		log_warning(&o->log, _("left in the spool: %s: it is not a file"), path);
	return false;
}

static enum err_code take_name(struct office *o, const char *spool, const char *name,
	const struct ingest_options *opt, struct ingest_result *r, struct err *e)
{
	char *path = path_join(spool, name), *own = strdup(name);
	enum err_code rc = path && own ? ERR_OK : err_nomem(e);

	if (!rc && is_readable(o, path, r)) {
		rc = avoid_clash(o, &path, &own, e);
		if (!rc)
			rc = take_file(o, path, own, opt, r, e);
	}
	free(path);
	free(own);
	return rc;
}

enum err_code ingest_spool(
	struct office *o, const struct ingest_options *opt, struct ingest_result *r, struct err *e)
{
	struct names names = {NULL, 0, 0};
	char *spool = office_path(o, "spool");
	enum err_code rc = spool ? list_spool(spool, &names, e) : err_nomem(e);

	for (size_t i = 0; !rc && i < names.count; i++) {
		if (opt->on_file)
			opt->on_file(opt->data, i, names.count, names.at[i]);
		rc = take_name(o, spool, names.at[i], opt, r, e);
	}
	if (!rc)
		rc = ingest_write_wanted(o, opt->untried_only, e);
	free_names(&names);
	free(spool);
	return rc;
}

enum err_code ingest_write_wanted(struct office *o, bool untried_only, struct err *e)
{
	char *path = office_path(o, "spool/wanted.jsonl");
	struct buf b;
	enum err_code rc;

	buf_init(&b, WANTED_BYTES_MAX);
	rc = path ? wants_take_later(o->db, office_now(o), e) : err_nomem(e);
	if (!rc)
		rc = untried_only ? wants_add_untried_lines(o->db, &b, e)
				  : wants_add_lines(o->db, &b, e);
	if (!rc)
		rc = path_write_atomic(path, buf_str(&b), b.len, 0660, e);
	buf_fini(&b);
	free(path);
	return rc;
}
