/*
 * rules_files.c - finding, reading and holding the files of a rule set.
 */
#include "matcher/rules_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "matcher/rulefile.h"

/* Room for one more at `at`; both texts are copied. */
static enum err_code insert(struct rules_files *f, size_t at, const char *name, const char *path,
	struct rules_files_one **out, struct err *e)
{
	struct rules_files_one *one = &f->file[at];

	if (f->count == RULES_FILES_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d rule files"), RULES_FILES_MAX);
	memmove(one + 1, one, (f->count - at) * sizeof *one);
	f->count++;
	memset(one, 0, sizeof *one);
	buf_init(&one->text, RULEFILE_MAX + 1);
	one->name = strdup(name);
	one->path = path ? strdup(path) : NULL;
	*out = one;
	return one->name && (one->path || !path) ? ERR_OK : err_nomem(e);
}

static enum err_code add_file(
	struct rules_files *f, const char *path, const char *name, struct err *e)
{
	struct rules_files_one *one;
	enum err_code rc = insert(f, f->count, name, path, &one, e);

	return rc ? rc : path_read(path, &one->text, e);
}

static int is_conf(const struct dirent *d)
{
	return d->d_name[0] != '.' && str_has_suffix(str_of(d->d_name), ".conf");
}

/* Byte order of names, whatever the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static enum err_code add_named(
	struct rules_files *f, const char *dir, const char *file, struct err *e)
{
	char *path = path_join(dir, file), *name = path_join(RULES_FILES_OVERLAYS, file);
	enum err_code rc = path && name ? add_file(f, path, name, e) : err_nomem(e);

	free(path);
	free(name);
	return rc;
}

/* *any tells whether the directory holds an overlay at all. */
static enum err_code add_directory(struct rules_files *f, const char *dir, bool *any, struct err *e)
{
	struct dirent **list = NULL;
	int n = scandir(dir, &list, is_conf, by_name);
	enum err_code rc = ERR_OK;

	*any = n > 0;
	if (n < 0 && errno != ENOENT && errno != ENOTDIR)
		rc = err_errno(e, errno, "%s", dir);
	for (int i = 0; i < n; i++) {
		if (!rc)
			rc = add_named(f, dir, list[i]->d_name, e);
		free(list[i]);
	}
	free(list);
	return rc;
}

static enum err_code add_overlays(
	struct rules_files *f, const struct path_home *home, struct err *e)
{
	const char *place[] = {home->home, home->user, home->system, home->shipped};
	enum err_code rc = ERR_OK;
	bool found = false;

	for (size_t i = 0; !rc && !found && i < sizeof place / sizeof *place; i++) {
		char *dir;
		if (!place[i])
			continue;
		dir = path_join(place[i], RULES_FILES_OVERLAYS);
		rc = dir ? add_directory(f, dir, &found, e) : err_nomem(e);
		free(dir);
	}
	return rc;
}

enum err_code rules_files_read(
	const struct path_home *home, const char *file, struct rules_files *out, struct err *e)
{
	char *main_path = NULL;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	if (file)
		return add_file(
			out, file, strcmp(file, "-") == 0 ? _("(standard input)") : file, e);
	rc = path_find(home, RULES_FILES_MAIN, &main_path, e);
	if (!rc)
		rc = add_file(out, main_path, RULES_FILES_MAIN, e);
	if (!rc)
		rc = add_overlays(out, home, e);
	free(main_path);
	return rc;
}

void rules_files_fini(struct rules_files *f)
{
	for (size_t i = 0; i < f->count; i++) {
		free(f->file[i].path);
		free(f->file[i].name);
		buf_fini(&f->file[i].text);
	}
	f->count = 0;
}

const struct rules_files_one *rules_files_find(const struct rules_files *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->file[i].name, name) == 0)
			return &f->file[i];
	return NULL;
}

/* The main file first, then the overlays by name. */
static size_t place_of(const struct rules_files *f, const char *name)
{
	size_t i = strcmp(name, RULES_FILES_MAIN) == 0 ? 0 : f->count;

	while (i > 1 && strcmp(f->file[i - 1].name, name) > 0)
		i--;
	return i;
}

enum err_code rules_files_put(struct rules_files *f, const char *name, const char *path,
	const char *text, size_t n, struct err *e)
{
	struct rules_files_one *one = NULL;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; i < f->count && !one; i++)
		if (strcmp(f->file[i].name, name) == 0)
			one = &f->file[i];
	if (!one)
		rc = insert(f, place_of(f, name), name, path, &one, e);
	if (rc)
		return rc;
	buf_clear(&one->text);
	buf_add(&one->text, text, n);
	return buf_check(&one->text, name, e);
}

enum err_code rules_files_compile(
	const struct rules_files *f, struct rules **out, struct buf *report, struct err *e)
{
	struct rules_file files[RULES_FILES_MAX];

	for (size_t i = 0; i < f->count; i++)
		files[i] = (struct rules_file){
			f->file[i].name, buf_str(&f->file[i].text), f->file[i].text.len};
	return rules_compile(files, f->count, out, report, e);
}
