/*
 * seen.c - the file of what was shown.
 */
#include "cli/seen.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"

#define FILE_MAX 65536
#define LINES_MAX 500

struct seen {
	struct office_memory memory;
	const struct log *log;
	char *dir, *path;
};

/* "ID VERSION"; false: another's line. */
static bool line_is(struct str line, const char *id, int64_t *version)
{
	struct str name = str_split(&line, ' ');

	return str_is(name, id) && str_to_int(line, 1, INT64_MAX, version);
}

static void read_file(const struct seen *s, struct buf *b)
{
	struct err why = {ERR_OK, ""};

	buf_init(b, FILE_MAX);
	if (path_exists(s->path) && path_read(s->path, b, &why) != ERR_OK) {
		log_debug(s->log, "%s", why.text);
		buf_clear(b);
	}
}

static int64_t recall(void *data, const char *id)
{
	const struct seen *s = data;
	struct buf b;
	struct str rest;
	int64_t version = 0;

	read_file(s, &b);
	for (rest = (struct str){b.data, b.len}; rest.p && rest.n;) {
		struct str line = str_split(&rest, '\n');
		if (line_is(line, id, &version))
			break;
	}
	buf_fini(&b);
	return version;
}

static size_t count_lines(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

static bool is_among(struct str line, const struct office_shown *list, size_t count)
{
	int64_t ignored;

	for (size_t i = 0; i < count; i++)
		if (line_is(line, list[i].id, &ignored))
			return true;
	return false;
}

/* The oldest go, and the lines of records that are shown again. */
static void keep_others(
	struct str text, const struct office_shown *list, size_t count, struct buf *out)
{
	size_t lines = count_lines(text) + count;
	size_t over = lines > LINES_MAX ? lines - LINES_MAX : 0;

	while (text.p && text.n) {
		struct str line = str_split(&text, '\n');
		if (over > 0)
			over--;
		else if (!is_among(line, list, count))
			buf_addf(out, "%.*s\n", (int)line.n, line.p);
	}
}

static void note(void *data, const struct office_shown *list, size_t count)
{
	const struct seen *s = data;
	struct err why = {ERR_OK, ""};
	struct buf before, after;
	enum err_code rc;

	read_file(s, &before);
	buf_init(&after, FILE_MAX);
	count = count > LINES_MAX ? LINES_MAX : count;
	keep_others((struct str){before.data, before.len}, list, count, &after);
	for (size_t i = 0; i < count; i++)
		buf_addf(&after, "%s %lld\n", list[i].id, (long long)list[i].version);
	rc = buf_check(&after, s->path, &why);
	if (!rc)
		rc = path_make_dirs(s->dir, 0700, &why);
	if (!rc)
		rc = path_write_atomic(s->path, buf_str(&after), after.len, 0600, &why);
	if (rc)
		log_debug(s->log, _("what was shown is not remembered: %s"), why.text);
	buf_fini(&before);
	buf_fini(&after);
}

static void end(void *data)
{
	struct seen *s = data;

	free(s->dir);
	free(s->path);
	free(s);
}

/* An instance is its directory, a person its key: a demonstration has several. */
static char *file_name(const struct office *o)
{
	char *real = realpath(o->home->data, NULL), *key = people_key(&o->person), *out = NULL;
	char hex[HASH_HEX_SIZE];
	struct hash h;
	struct buf b;

	buf_init(&b, 2 * PATH_MAX);
	if (real && key) {
		buf_addf(&b, "%s\n%s", real, key);
		h = hash_of(buf_str(&b), b.len);
		hash_to_hex(&h, hex);
		hex[16] = '\0';
		buf_clear(&b);
		buf_addf(&b, "seen-%s", hex);
		out = buf_detach(&b);
	}
	buf_fini(&b);
	free(real);
	free(key);
	return out;
}

enum err_code seen_attach(struct office *o, struct err *e)
{
	struct seen *s;
	char *name, *dir = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) ? path_state_dir() : NULL;

	if (!dir)
		return ERR_OK;
	s = calloc(1, sizeof *s);
	name = s ? file_name(o) : NULL;
	if (s)
		*s = (struct seen){
			{s, recall, note, end}, &o->log, dir, name ? path_join(dir, name) : NULL};
	free(name);
	if (!s || !s->path) {
		if (s)
			end(s);
		else
			free(dir);
		return err_nomem(e);
	}
	o->memory = &s->memory;
	return ERR_OK;
}

void seen_note(struct office *o, const struct office_shown *list, size_t count)
{
	if (o->memory && count)
		o->memory->note(o->memory->data, list, count);
}
