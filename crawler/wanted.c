/*
 * wanted.c - the wanted list, read once at the start of a run.
 */
#include "crawler/wanted.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"

struct wanted_list {
	struct arena *arena;
	struct wanted *rows;
	size_t count, room, bad, left;
};

static const char *known_kind(const char *kind)
{
	static const char *const kinds[] = {"article", "page", "evidence"};

	for (size_t i = 0; kind && i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kind, kinds[i]) == 0)
			return kinds[i];
	return NULL;
}

static enum err_code add_row(struct wanted_list *l, const struct wanted *row, struct err *e)
{
	if (l->count == WANTED_MAX) {
		l->left++;
		return ERR_OK;
	}
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 256;
		struct wanted *rows = realloc(l->rows, room * sizeof *rows);
		if (!rows)
			return err_nomem(e);
		l->rows = rows;
		l->room = room;
	}
	l->rows[l->count].id = arena_strdup(l->arena, row->id);
	l->rows[l->count].url = arena_strdup(l->arena, row->url);
	l->rows[l->count].source = arena_strdup(l->arena, row->source);
	l->rows[l->count].kind = row->kind;
	l->count++;
	return arena_failed(l->arena) ? err_nomem(e) : ERR_OK;
}

/* An id may be a number or a string. */
static const char *id_of(const struct json *root, struct arena *a)
{
	int64_t n;

	if (json_get_int(root, "id", &n))
		return arena_printf(a, "%lld", (long long)n);
	return json_get_str(root, "id");
}

static enum err_code add_line(struct wanted_list *l, struct str line, struct err *e)
{
	struct json *root = NULL;
	struct wanted row;
	enum err_code rc;

	line = str_trim(line);
	if (line.n == 0)
		return ERR_OK;
	rc = json_read(line.p, line.n, &root, NULL);
	if (rc == ERR_NOMEM)
		return err_nomem(e);
	row.id = id_of(root, l->arena);
	row.url = json_get_str(root, "url");
	row.source = json_get_str(root, "source");
	row.kind = known_kind(json_get_str(root, "kind"));
	rc = ERR_OK;
	if (row.id && *row.id && row.url && row.kind)
		rc = add_row(l, &row, e);
	else
		l->bad++;
	json_free(root);
	return rc;
}

enum err_code wanted_load(const char *path, struct wanted_list **out, struct err *e)
{
	struct wanted_list *l = calloc(1, sizeof *l);
	struct buf b;
	struct str rest;
	enum err_code rc;

	*out = NULL;
	if (!l || !(l->arena = arena_new(ARENA_MAX_DEFAULT))) {
		free(l);
		return err_nomem(e);
	}
	buf_init(&b, WANTED_FILE_MAX);
	rc = path_read(path, &b, e);
	if (rc == ERR_NOT_FOUND)
		rc = ERR_OK;
	rest.p = buf_str(&b);
	rest.n = b.len;
	while (!rc && rest.p)
		rc = add_line(l, str_split(&rest, '\n'), e);
	buf_fini(&b);
	if (rc)
		wanted_free(l);
	else
		*out = l;
	return rc;
}

void wanted_free(struct wanted_list *l)
{
	if (!l)
		return;
	arena_free(l->arena);
	free(l->rows);
	free(l);
}

size_t wanted_count(const struct wanted_list *l)
{
	return l->count;
}

const struct wanted *wanted_at(const struct wanted_list *l, size_t i)
{
	return i < l->count ? &l->rows[i] : NULL;
}

size_t wanted_bad(const struct wanted_list *l)
{
	return l->bad;
}

size_t wanted_left(const struct wanted_list *l)
{
	return l->left;
}
