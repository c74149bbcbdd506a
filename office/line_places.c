/*
 * line_places.c - an index of the lines of a rule set by topic and text.
 */
#include "office/line_places.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/name_index.h"
#include "office/line_hits.h"

#define KEY_MAX ((size_t)1 << 20)

struct line_places {
	struct arena *arena;
	struct rule_line *line;
	const char **key; /* of each line */
	size_t count;
	struct name_index index;
};

static const char *key_of(const void *table, size_t row)
{
	const struct line_places *p = table;

	return p->key[row];
}

static bool add_line(struct line_places *p, const struct rules *rules, size_t i, struct buf *key)
{
	rule_lines_at(rules, i, &p->line[i]);
	line_hits_key(key, p->line[i].code, p->line[i].rule);
	p->key[i] = key->fault ? NULL : arena_strdup(p->arena, buf_str(key));
	if (!p->key[i])
		return false;
	if (name_index_find(&p->index, p->key[i], key_of, p) != NAME_INDEX_NONE)
		return true;
	return name_index_add(&p->index, i, key_of, p);
}

enum err_code line_places_new(const struct rules *rules, struct line_places **out, struct err *e)
{
	struct line_places *p = calloc(1, sizeof *p);
	bool fine = p && (p->arena = arena_new(ARENA_MAX_DEFAULT)) != NULL;
	struct buf key;

	*out = NULL;
	buf_init(&key, KEY_MAX);
	if (fine) {
		p->count = rule_lines_count(rules);
		p->line = arena_array(p->arena, p->count + 1, sizeof *p->line);
		p->key = arena_array(p->arena, p->count + 1, sizeof *p->key);
		fine = p->line && p->key;
	}
	for (size_t i = 0; fine && i < p->count; i++)
		fine = add_line(p, rules, i, &key);
	buf_fini(&key);
	if (fine)
		*out = p;
	else
		line_places_free(p);
	return fine ? ERR_OK : err_nomem(e);
}

void line_places_free(struct line_places *p)
{
	if (!p)
		return;
	name_index_fini(&p->index);
	arena_free(p->arena);
	free(p);
}

size_t line_places_count(const struct line_places *p)
{
	return p->count;
}

const struct rule_line *line_places_at(const struct line_places *p, size_t i)
{
	return &p->line[i];
}

static const struct rule_line *find(
	const struct line_places *p, const char *code, const char *rule, struct buf *key)
{
	size_t row = NAME_INDEX_NONE;

	line_hits_key(key, code, rule);
	if (!key->fault)
		row = name_index_find(&p->index, buf_str(key), key_of, p);
	return row == NAME_INDEX_NONE ? NULL : &p->line[row];
}

const struct rule_line *line_places_find(
	const struct line_places *p, const char *code, const char *rule)
{
	const struct rule_line *l;
	struct buf key;

	if (!p)
		return NULL;
	buf_init(&key, KEY_MAX);
	l = find(p, code, rule, &key);
	if (!l)
		l = find(p, RULE_LINES_WEAKEN, rule, &key);
	buf_fini(&key);
	return l;
}

const struct rule_line *line_places_by_number(
	const struct line_places *p, const char *file, long long line)
{
	for (size_t i = 0; p && i < p->count; i++)
		if (p->line[i].line == line && strcmp(p->line[i].file, file) == 0)
			return &p->line[i];
	return NULL;
}
