/*
 * import_mapping.c - saved mappings: found by name, written when they were told.
 */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "office/import_private.h"

#define NAME_MAX_BYTES 64

/* Letters, digits, - and _, and anything beyond ASCII: no path. */
static bool is_name(const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)name[i];
		if (c < 0x80 && !str_is_alnum(c) && c != '-' && c != '_')
			return false;
	}
	return n > 0 && n <= NAME_MAX_BYTES && utf8_is_valid(name, n);
}

/* The office's own, else along the order of configuration files. */
static enum err_code find(struct import_job *j, char **out, struct err *e)
{
	char *name = arena_printf(j->arena, "mappings/%s.conf", j->opt->mapping);
	enum err_code rc;

	*out = name ? office_path(j->office, name) : NULL;
	if (!*out)
		return err_nomem(e);
	if (path_exists(*out))
		return ERR_OK;
	free(*out);
	rc = path_find(j->office->home, name, out, e);
	if (rc == ERR_NOT_FOUND && j->opt->map_count)
		return ERR_OK; /* it is being made */
	return rc;
}

static enum err_code read_file(struct import_job *j, const char *path, struct err *e)
{
	struct buf text;
	enum err_code rc;

	buf_init(&text, CONF_FILE_MAX);
	rc = path_read(path, &text, e);
	if (!rc)
		rc = table_mapping_parse(path, buf_str(&text), text.len, j->arena, &j->mapping, e);
	buf_fini(&text);
	return rc;
}

enum err_code import_mapping_load(struct import_job *j, struct err *e)
{
	char *path = NULL;
	enum err_code rc = ERR_OK;

	if (j->opt->mapping && !is_name(j->opt->mapping))
		return err_set(e, ERR_USAGE,
			_("“%s” is no name of a mapping: letters, digits, - and _"),
			j->opt->mapping);
	if (j->opt->mapping)
		rc = find(j, &path, e);
	if (!rc && path)
		rc = read_file(j, path, e);
	free(path);
	for (size_t i = 0; !rc && i < j->opt->map_count; i++)
		rc = table_mapping_add(&j->mapping, j->arena, j->opt->maps[i], e);
	if (j->opt->sheet)
		j->mapping.sheet = j->opt->sheet;
	return rc;
}

enum err_code import_mapping_save(struct import_job *j, struct err *e)
{
	char *dir, *path;
	struct buf text;
	enum err_code rc;

	if (!j->opt->mapping || !j->opt->map_count || j->opt->dry_run)
		return ERR_OK;
	dir = office_path(j->office, "mappings");
	path = dir ? arena_printf(j->arena, "%s/%s.conf", dir, j->opt->mapping) : NULL;
	buf_init(&text, CONF_FILE_MAX);
	table_mapping_write(&j->mapping, &text);
	rc = path ? buf_check(&text, _("a mapping"), e) : err_nomem(e);
	if (!rc)
		rc = path_make_dirs(dir, 02770, e);
	if (!rc)
		rc = path_write_atomic(path, buf_str(&text), text.len, 0660, e);
	j->out->mapping_saved = !rc;
	buf_fini(&text);
	free(dir);
	return rc;
}
