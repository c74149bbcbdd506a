/*
 * copy_file.c - reading and writing in one go.
 */
#include "office/copy_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/i18n.h"

#define STEP ((size_t)64 << 10)

static enum err_code write_all(int fd, const char *p, size_t n, const char *path, struct err *e)
{
	while (n) {
		ssize_t put = write(fd, p, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_errno(e, errno, _("cannot write %s"), path);
		p += put;
		n -= (size_t)put;
	}
	return ERR_OK;
}

static enum err_code pump(int from, int to, const char *from_path, const char *to_path,
	struct hash_state *h, int64_t *size, struct err *e)
{
	char step[STEP];
	ssize_t n = 1;
	enum err_code rc = ERR_OK;

	while (!rc && n != 0) {
		n = read(from, step, sizeof step);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, errno, _("cannot read %s"), from_path);
		hash_add(h, step, (size_t)n);
		*size += n;
		rc = write_all(to, step, (size_t)n, to_path, e);
	}
	return rc;
}

enum err_code copy_file(const char *from, const char *to, mode_t mode, struct hash *digest,
	int64_t *size, struct err *e)
{
	int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	int out = -1;
	struct hash_state *h = hash_new();
	enum err_code rc = h ? ERR_OK : err_nomem(e);

	*size = 0;
	if (!rc && in < 0)
		rc = err_errno(e, errno, _("cannot open %s"), from);
	if (!rc && (out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)) < 0)
		rc = err_errno(e, errno, _("cannot make %s"), to);
	if (!rc)
		rc = pump(in, out, from, to, h, size, e);
	if (!rc && fsync(out) != 0)
		rc = err_errno(e, errno, _("cannot save %s"), to);
	if (out >= 0 && close(out) != 0 && !rc)
		rc = err_errno(e, errno, _("cannot save %s"), to);
	if (in >= 0)
		close(in);
	if (rc)
		hash_discard(h);
	else
		*digest = hash_end(h);
	if (rc && out >= 0)
		unlink(to);
	return rc;
}
