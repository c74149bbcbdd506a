/*
 * sources_file.c - opening, checking and writing sources.conf.
 */
#include "cli/sources_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/conf.h"
#include "base/i18n.h"
#include "cli/session.h"
#include "office/sources_change.h"

#define NAME "sources.conf"
#define MODE_NEW 0660

/* Where it is written, and the file it begins with. */
static enum err_code choose(
	const struct path_home *home, struct sources_file *f, char **from, struct err *e)
{
	const char *slash;
	enum err_code rc = path_find(home, NAME, from, e);

	if (rc)
		return rc;
	if (home->home) {
		f->path = path_join(home->home, NAME);
	} else if (path_is_below(*from, home->shipped)) {
		return err_set(e, ERR_REFUSED,
			_("%s came with the program and is not changed; name an instance with "
			  "--home"),
			*from);
	} else {
		f->path = strdup(*from);
	}
	f->path = path_behind_links(f->path);
	slash = f->path ? strrchr(f->path, '/') : NULL;
	if (slash)
		f->dir = strndup(f->path, slash > f->path ? (size_t)(slash - f->path) : 1);
	else if (f->path)
		f->dir = strdup(".");
	return f->dir ? ERR_OK : err_nomem(e);
}

static enum err_code lock_dir(struct sources_file *f, struct err *e)
{
	f->lock = open(f->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f->lock < 0)
		return err_errno(e, errno, _("cannot open %s"), f->dir);
	while (flock(f->lock, LOCK_EX) != 0)
		if (errno != EINTR)
			return err_errno(e, errno, _("cannot lock %s"), f->dir);
	return ERR_OK;
}

enum err_code sources_file_open(const struct path_home *home, struct sources_file *f, struct err *e)
{
	struct stat st;
	char *from = NULL;
	enum err_code rc;

	memset(f, 0, sizeof *f);
	f->lock = -1;
	f->mode = MODE_NEW;
	buf_init(&f->text, CONF_FILE_MAX);
	rc = choose(home, f, &from, e);
	if (!rc)
		rc = lock_dir(f, e);
	/* What the lock was waited for may have made the file. */
	if (!rc && stat(f->path, &st) == 0)
		f->mode = st.st_mode & 0777;
	if (!rc)
		rc = path_read(path_exists(f->path) ? f->path : from, &f->text, e);
	if (!rc)
		rc = sources_parse(f->path, buf_str(&f->text), f->text.len, &f->sources, e);
	f->before = hash_of(buf_str(&f->text), f->text.len);
	free(from);
	return rc;
}

enum err_code sources_file_check(const struct sources_file *f, struct err *e)
{
	struct sources *s = NULL;
	enum err_code rc = buf_check(&f->text, NAME, e);

	if (!rc)
		rc = sources_parse(f->path, buf_str(&f->text), f->text.len, &s, e);
	sources_free(s);
	return rc;
}

/* Before there is a ledger a file is a file. */
static enum err_code change(const struct call *call, struct office *o, const struct sources_file *f,
	const struct sources *after, const char *how, struct err *e)
{
	const struct sources_change in = {
		how, f->sources, after, f->before, f->path, &f->text, f->mode};
	char *ledger = path_join(call->home.data, "ledger.db");
	struct office *own = NULL;
	enum err_code rc = ledger ? ERR_OK : err_nomem(e);

	if (!rc && !o && !path_exists(ledger))
		rc = path_write_atomic(f->path, buf_str(&f->text), f->text.len, f->mode, e);
	else if (!rc && !o)
		rc = session_open(call, false, &own, e);
	if (!rc && (o || own))
		rc = office_sources_change(o ? o : own, &in, e);
	office_close(own);
	free(ledger);
	return rc;
}

enum err_code sources_file_save(const struct call *call, struct office *o,
	const struct sources_file *f, const char *how, struct err *e)
{
	struct sources *after = NULL;
	enum err_code rc = buf_check(&f->text, NAME, e);

	if (!rc)
		rc = sources_parse(f->path, buf_str(&f->text), f->text.len, &after, e);
	if (!rc)
		rc = change(call, o, f, after, how, e);
	sources_free(after);
	return rc;
}

void sources_file_close(struct sources_file *f)
{
	sources_free(f->sources);
	buf_fini(&f->text);
	free(f->path);
	free(f->dir);
	if (f->lock >= 0)
		close(f->lock);
	f->lock = -1;
}

bool sources_file_has_id(const char *id, const void *arg)
{
	return sources_find(arg, id) != NULL;
}
