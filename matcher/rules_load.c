/*
 * rules_load.c - which files make up the rule set, and reading them: keywords.conf
 * along the home's order, then the first local.d of that order that holds a
 * *.conf (so that an office's own region replaces the shipped one), sorted by name.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "matcher/match.h"
#include "matcher/rulefile.h"

#define FILES_MAX 64

struct loader {
	char *path[FILES_MAX];
	char *name[FILES_MAX]; /* as messages call it */
	struct buf text[FILES_MAX];
	size_t count;
};

static enum err_code add_file(struct loader *l, const char *path, const char *name, struct err *e)
{
	struct buf *b = &l->text[l->count];

	if (l->count == FILES_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d rule files"), FILES_MAX);
	l->path[l->count] = strdup(path);
	l->name[l->count] = strdup(name);
	buf_init(b, RULEFILE_MAX + 1);
	l->count++;
	if (!l->path[l->count - 1] || !l->name[l->count - 1])
		return err_nomem(e);
	return path_read(path, b, e);
}

static int is_conf(const struct dirent *d)
{
	struct str name = str_of(d->d_name);

	return d->d_name[0] != '.' && str_has_suffix(name, ".conf");
}

/* Byte order of names, whatever the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static enum err_code add_named(struct loader *l, const char *dir, const char *file, struct err *e)
{
	char *path = path_join(dir, file), *name = path_join("local.d", file);
	enum err_code rc = path && name ? add_file(l, path, name, e) : err_nomem(e);

	free(path);
	free(name);
	return rc;
}

/* *any tells whether the directory holds an overlay at all. */
static enum err_code add_directory(struct loader *l, const char *dir, bool *any, struct err *e)
{
	struct dirent **list = NULL;
	int n = scandir(dir, &list, is_conf, by_name);
	enum err_code rc = ERR_OK;

	*any = n > 0;
	if (n < 0 && errno != ENOENT && errno != ENOTDIR)
		rc = err_errno(e, errno, "%s", dir);
	for (int i = 0; i < n; i++) {
		if (!rc)
			rc = add_named(l, dir, list[i]->d_name, e);
		free(list[i]);
	}
	free(list);
	return rc;
}

static enum err_code add_overlays(struct loader *l, const struct path_home *home, struct err *e)
{
	const char *place[] = {home->home, home->user, home->system, home->shipped};
	enum err_code rc = ERR_OK;
	bool found = false;

	for (size_t i = 0; !rc && !found && i < sizeof place / sizeof *place; i++) {
		char *dir;
		if (!place[i])
			continue;
		dir = path_join(place[i], "local.d");
		rc = dir ? add_directory(l, dir, &found, e) : err_nomem(e);
		free(dir);
	}
	return rc;
}

static enum err_code add_all(
	struct loader *l, const struct path_home *home, const char *file, struct err *e)
{
	char *main_path = NULL;
	enum err_code rc;

	if (file)
		return add_file(l, file, strcmp(file, "-") == 0 ? _("(standard input)") : file, e);
	rc = path_find(home, "keywords.conf", &main_path, e);
	if (!rc)
		rc = add_file(l, main_path, "keywords.conf", e);
	if (!rc)
		rc = add_overlays(l, home, e);
	free(main_path);
	return rc;
}

static enum err_code load(const struct path_home *home, const char *file,
	const struct rules_file *more, struct rules **out, struct buf *report, struct err *e)
{
	struct loader l = {.count = 0};
	struct rules_file files[FILES_MAX + 1];
	enum err_code rc = add_all(&l, home, file, e);

	*out = NULL;
	for (size_t i = 0; i < l.count; i++)
		files[i] = (struct rules_file){l.name[i], buf_str(&l.text[i]), l.text[i].len};
	if (more)
		files[l.count] = *more;
	if (!rc)
		rc = rules_compile(files, l.count + (more != NULL), out, report, e);
	for (size_t i = 0; i < l.count; i++) {
		free(l.path[i]);
		free(l.name[i]);
		buf_fini(&l.text[i]);
	}
	return rc;
}

enum err_code rules_load(const struct path_home *home, const char *file, struct rules **out,
	struct buf *report, struct err *e)
{
	return load(home, file, NULL, out, report, e);
}

enum err_code rules_load_with(const struct path_home *home, const struct rules_file *more,
	struct rules **out, struct err *e)
{
	return load(home, NULL, more, out, NULL, e);
}
