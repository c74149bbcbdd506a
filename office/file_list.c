/*
 * file_list.c - walking through directories.
 */
#include "office/file_list.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/str.h"

const char *file_list_at(const struct list *l, size_t i)
{
	return ((const char *const *)l->items)[i];
}

static enum err_code take(
	const char *path, const char *suffix, int depth, struct list *out, struct err *e)
{
	struct stat st;
	const char **slot;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? ERR_OK : err_errno(e, errno, _("cannot read %s"), path);
	if (S_ISDIR(st.st_mode))
		return depth > 0 ? file_list(path, suffix, depth - 1, out, e) : ERR_OK;
	if (!S_ISREG(st.st_mode) || !str_has_suffix(str_of(path), suffix))
		return ERR_OK;
	slot = list_add(out);
	if (!slot)
		return err_nomem(e);
	*slot = path;
	return ERR_OK;
}

static int not_hidden(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

enum err_code file_list(
	const char *dir, const char *suffix, int depth, struct list *out, struct err *e)
{
	struct dirent **names = NULL;
	int count = scandir(dir, &names, not_hidden, alphasort);
	enum err_code rc = ERR_OK;

	if (count < 0)
		return errno == ENOENT ? ERR_OK : err_errno(e, errno, _("cannot read %s"), dir);
	for (int i = 0; i < count; i++) {
		const char *path = arena_printf(out->arena, "%s/%s", dir, names[i]->d_name);
		if (!rc)
			rc = path ? take(path, suffix, depth, out, e) : err_nomem(e);
		free(names[i]);
	}
	free(names);
	return rc;
}

enum err_code file_list_named(const char *dir, const char *prefix, struct list *out, struct err *e)
{
	struct dirent **names = NULL;
	int count = scandir(dir, &names, NULL, alphasort);
	enum err_code rc = ERR_OK;

	if (count < 0)
		return errno == ENOENT ? ERR_OK : err_errno(e, errno, _("cannot read %s"), dir);
	for (int i = 0; i < count; i++) {
		if (!rc && str_has_prefix(str_of(names[i]->d_name), prefix)) {
			const char **slot = list_add(out);
			if (slot)
				*slot = arena_printf(out->arena, "%s/%s", dir, names[i]->d_name);
			if (!slot || !*slot)
				rc = err_nomem(e);
		}
		free(names[i]);
	}
	free(names);
	return rc;
}
