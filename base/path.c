/*
 * path.c - finding, reading and writing files.
 *
 * Writing is atomic and durable: who reads a file sees the old or the new
 * content, whole, also after a power cut. Where the machine keeps a file is
 * decided in path_home.c.
 */
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/i18n.h"

#define TEMP ".huiying-" /* and six characters */
#define TEMP_SIZE (sizeof TEMP - 1 + 6)
#define READ_MIN ((size_t)16 << 10)
#define READ_MAX ((size_t)1 << 20)

char *path_join(const char *dir, const char *name)
{
	size_t n = strlen(dir), m = strlen(name);
	bool slash = n == 0 || dir[n - 1] != '/';
	char *out = malloc(n + m + 2);

	if (out != NULL)
		(void)snprintf(out, n + m + 2, "%s%s%s", dir, slash ? "/" : "", name);
	return out;
}

bool path_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool path_is_below(const char *path, const char *dir)
{
	size_t n = dir ? strlen(dir) : 0;

	return path && n > 0 && strncmp(path, dir, n) == 0 && path[n] == '/';
}

char *path_behind_links(char *path)
{
	char *real = path ? realpath(path, NULL) : NULL;

	if (!real)
		return path;
	free(path);
	return real;
}

/* The directory that holds path, malloc'd; "." for a bare name. */
static char *parent_of(const char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n > 0 && path[n - 1] != '/')
		n--;
	if (n == 0)
		return strdup(".");
	while (n > 1 && path[n - 1] == '/')
		n--;
	return strndup(path, n);
}

static enum err_code make_dir(const char *path, mode_t mode, struct err *e)
{
	struct stat st;

	if (mkdir(path, mode & 0777) == 0) {
		/* The set-group-id bit comes from the directory above, or else with chmod().
		 * It is not asked for needlessly: our services may not (RestrictSUIDSGID=). */
		if ((mode & 07000) != 0 && (stat(path, &st) != 0 || (st.st_mode & 07777) != mode) &&
			chmod(path, mode) != 0)
			return err_errno(e, errno, _("cannot set the mode of %s"), path);
		return ERR_OK;
	}
	int errnum = errno;
	if (stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return ERR_OK;
		errnum = ENOTDIR;
	}
	return err_errno(e, errnum, _("cannot make the directory %s"), path);
}

enum err_code path_make_dirs(const char *path, mode_t mode, struct err *e)
{
	char *part = strdup(path);
	enum err_code rc = ERR_OK;

	if (part == NULL)
		return err_nomem(e);
	for (size_t i = 1; rc == ERR_OK && part[i - 1] != '\0'; i++) {
		if (part[i] != '/' && part[i] != '\0')
			continue;
		char kept = part[i];
		part[i] = '\0';
		rc = make_dir(part, mode, e);
		part[i] = kept;
	}
	free(part);
	return rc;
}

/* --- reading ------------------------------------------------------------- */

/* As much again as is there, and not more than may be; 0: it is full. */
static size_t next_size(const struct buf *b)
{
	size_t n = b->len < READ_MIN ? READ_MIN : b->len < READ_MAX ? b->len : READ_MAX;

	return n < b->max - b->len ? n : b->max - b->len;
}

/* Straight into the buffer. Behind a full one a byte more is asked for: the end, or too
 * much. */
static enum err_code read_all(int fd, const char *path, struct buf *out, struct err *e)
{
	for (;;) {
		char more;
		size_t size = next_size(out);
		char *to = size ? buf_room(out, size) : &more;
		if (!to)
			return buf_check(out, path, e);
		ssize_t n = read(fd, to, size ? size : 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, errno, _("cannot read %s"), path);
		if (n == 0)
			return buf_check(out, path, e);
		if (size)
			buf_grow(out, (size_t)n);
		else
			buf_add(out, &more, 1);
	}
}

enum err_code path_read(const char *path, struct buf *out, struct err *e)
{
	struct stat st;
	enum err_code rc;

	if (strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, _("standard input"), out, e);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_errno(e, errno, _("cannot open %s"), path);
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		rc = err_errno(e, EISDIR, _("cannot read %s"), path);
	else
		rc = read_all(fd, path, out, e);
	(void)close(fd);
	return rc;
}

/* --- writing ------------------------------------------------------------- */

static bool write_all(int fd, const char *data, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, data, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		data += done;
		n -= (size_t)done;
	}
	return true;
}

enum err_code path_sync_dir(const char *dir, struct err *e)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int errnum = 0;

	if (fd < 0)
		return err_errno(e, errno, _("cannot open %s"), dir);
	/* Some file systems cannot sync a directory and say EINVAL. */
	if (fsync(fd) != 0 && errno != EINVAL)
		errnum = errno;
	(void)close(fd);
	return errnum == 0 ? ERR_OK : err_errno(e, errnum, _("cannot sync %s"), dir);
}

/* Fills the open temporary file and closes it. */
static enum err_code fill_file(
	int fd, const char *path, const void *data, size_t n, mode_t mode, struct err *e)
{
	int errnum = 0;

	if (fchmod(fd, mode) != 0 || !write_all(fd, data, n) || fsync(fd) != 0)
		errnum = errno;
	if (close(fd) != 0 && errnum == 0)
		errnum = errno;
	return errnum == 0 ? ERR_OK : err_errno(e, errnum, _("cannot write %s"), path);
}

enum err_code path_write_atomic(
	const char *path, const void *data, size_t n, mode_t mode, struct err *e)
{
	char *dir = parent_of(path);
	char *temp = dir == NULL ? NULL : path_join(dir, TEMP "XXXXXX");
	enum err_code rc = ERR_OK;
	bool made = false;

	if (temp == NULL) {
		rc = err_nomem(e);
		goto out;
	}
	int fd = mkostemp(temp, O_CLOEXEC);
	if (fd < 0) {
		rc = err_errno(e, errno, _("cannot write %s"), path);
		goto out;
	}
	made = true;
	(void)flock(fd, LOCK_EX | LOCK_NB); /* alive, for path_sweep() */
	rc = fill_file(fd, path, data, n, mode, e);
	if (rc == ERR_OK && rename(temp, path) != 0)
		rc = err_errno(e, errno, _("cannot write %s"), path);
	else if (rc == ERR_OK)
		made = false;
	if (rc == ERR_OK)
		rc = path_sync_dir(dir, e);
out:
	if (made)
		(void)unlink(temp);
	free(temp);
	free(dir);
	return rc;
}

void path_put_back(const char *path, const struct str *was, mode_t mode)
{
	if (was)
		(void)path_write_atomic(path, was->p, was->n, mode, NULL);
	else
		(void)unlink(path);
}

/* The lock is held while the file goes, so that it is nobody's. */
static enum err_code sweep_one(const char *path, int64_t now, int64_t *removed, struct err *e)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	enum err_code rc = ERR_OK;
	struct stat st;

	if (fd < 0)
		return ERR_OK;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
		(int64_t)st.st_mtime <= now - PATH_SWEEP_AFTER &&
		flock(fd, LOCK_EX | LOCK_NB) == 0) {
		if (unlink(path) == 0)
			++*removed;
		else if (errno != ENOENT)
			rc = err_errno(e, errno, _("cannot remove %s"), path);
	}
	(void)close(fd);
	return rc;
}

enum err_code path_sweep(const char *dir, int64_t now, int64_t *removed, struct err *e)
{
	DIR *d = opendir(dir);
	const struct dirent *one;
	enum err_code rc = ERR_OK;

	if (d == NULL)
		return errno == ENOENT || errno == EACCES
			       ? ERR_OK
			       : err_errno(e, errno, _("cannot read %s"), dir);
	while (rc == ERR_OK && (one = readdir(d)) != NULL) {
		char *path;
		if (strlen(one->d_name) != TEMP_SIZE ||
			strncmp(one->d_name, TEMP, sizeof TEMP - 1) != 0)
			continue;
		path = path_join(dir, one->d_name);
		rc = path != NULL ? sweep_one(path, now, removed, e) : err_nomem(e);
		free(path);
	}
	(void)closedir(d);
	return rc;
}

enum err_code path_lock(const char *path, int *fd, struct err *e)
{
	int fault;

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
	if (*fd < 0)
		return err_errno(e, errno, _("cannot open %s"), path);
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return ERR_OK;
	if (errno == EWOULDBLOCK)
		return ERR_BUSY;
	fault = errno;
	close(*fd);
	*fd = -1;
	return err_errno(e, fault, _("cannot lock %s"), path);
}

enum err_code path_move(const char *from, const char *to, struct err *e)
{
	char *old_dir = parent_of(from), *new_dir = parent_of(to);
	enum err_code rc;

	if (old_dir == NULL || new_dir == NULL)
		rc = err_nomem(e);
	else if (rename(from, to) != 0)
		rc = err_errno(e, errno, _("cannot move %s to %s"), from, to);
	else
		rc = path_sync_dir(new_dir, e);
	if (rc == ERR_OK && strcmp(old_dir, new_dir) != 0)
		rc = path_sync_dir(old_dir, e);
	free(old_dir);
	free(new_dir);
	return rc;
}

/* --- the file system below ----------------------------------------------- */

static const struct {
	uint32_t magic; /* statfs(2) f_type */
	const char *name;
} network_fs[] = {
	{0x00006969, "NFS"},
	{0xFF534D42, "CIFS"},
	{0xFE534D42, "SMB2"},
	{0x0000517B, "SMB"},
	{0x01021997, "9P"},
	{0x65735546, "FUSE"}, /* virtiofs, sshfs and glusterfs too */
	{0x5346414F, "AFS"},
	{0x6B414653, "AFS"},
	{0x73757245, "Coda"},
	{0x00C36400, "Ceph"},
	{0x0BD00BD0, "Lustre"},
	{0x47504653, "GPFS"},
	{0x01161970, "GFS2"},
	{0x7461636F, "OCFS2"},
	{0x0000564C, "NCP"},
	{0x786F4256, "vboxsf"},
};

/* statfs of path, or of the nearest directory above it that exists. */
static enum err_code stat_fs(const char *path, struct statfs *out, struct err *e)
{
	char *at = strdup(path);
	enum err_code rc = ERR_OK;

	while (at != NULL && statfs(at, out) != 0) {
		int errnum = errno;
		char *up = errnum == ENOENT ? parent_of(at) : NULL;
		if (errnum != ENOENT || (up != NULL && strcmp(up, at) == 0)) {
			rc = err_errno(e, errnum, _("cannot examine the file system of %s"), path);
			free(up);
			break;
		}
		free(at);
		at = up;
	}
	if (at == NULL)
		rc = err_nomem(e);
	free(at);
	return rc;
}

enum err_code path_refuse_network_fs(const char *path, struct err *e)
{
	struct statfs fs;
	enum err_code rc = stat_fs(path, &fs, e);

	if (rc != ERR_OK)
		return rc;
	for (size_t i = 0; i < sizeof network_fs / sizeof network_fs[0]; i++) {
		if ((uint32_t)fs.f_type == network_fs[i].magic)
			return err_set(e, ERR_IO,
				_("%s lies on a network file system (%s), which the ledger cannot "
				  "use safely; choose a local disk"),
				path, network_fs[i].name);
	}
	return ERR_OK;
}

enum err_code path_free_bytes(const char *path, unsigned long long *out, struct err *e)
{
	struct statvfs vfs;

	if (statvfs(path, &vfs) != 0)
		return err_errno(e, errno, _("cannot examine the file system of %s"), path);
	*out = (unsigned long long)vfs.f_bavail * vfs.f_frsize;
	return ERR_OK;
}
