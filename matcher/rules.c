/*
 * rules.c - making and freeing a rule set, and what it says about itself. Reading
 * lines is in rules_parse.c, tying them together in rules_link.c.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "matcher/rulefile.h"
#include "matcher/ruleset.h"

static const char *const grade_names[] = {"", "一般", "较大", "重大", "特别重大"};

const char *match_grade_name(enum match_grade g)
{
	return grade_names[g];
}

bool match_grade_from_name(const char *name, enum match_grade *out)
{
	for (int g = GRADE_GENERAL; g <= GRADE_EXTREME; g++)
		if (strcmp(name, grade_names[g]) == 0) {
			*out = (enum match_grade)g;
			return true;
		}
	return false;
}

/* SHA-256 over each file's length (8 bytes, big-endian) and content. */
static enum err_code hash_files(
	const struct rules_file *files, size_t count, char *hex, struct err *e)
{
	struct hash_state *s = hash_new();
	struct hash h;

	if (!s)
		return err_nomem(e);
	for (size_t i = 0; i < count; i++) {
		unsigned char length[8];
		for (int b = 0; b < 8; b++)
			length[b] = (unsigned char)((uint64_t)files[i].size >> (56 - 8 * b));
		hash_add(s, length, sizeof length);
		hash_add(s, files[i].text, files[i].size);
	}
	h = hash_end(s);
	hash_to_hex(&h, hex);
	return ERR_OK;
}

static struct rules *new_rules(const struct rules_file *files, size_t count)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct rules *r = a ? calloc(1, sizeof *r) : NULL;

	if (!r) {
		arena_free(a);
		return NULL;
	}
	r->arena = a;
	r->table = normalise_table_new();
	r->literals = literals_new();
	r->file = arena_array(a, count + 1, sizeof *r->file);
	for (size_t i = 0; r->file && i < count; i++)
		r->file[i] = arena_strdup(a, files[i].name);
	r->file_count = count;
	if (!r->table || !r->literals || arena_failed(a)) {
		rules_free(r);
		return NULL;
	}
	return r;
}

enum err_code rules_compile(const struct rules_file *files, size_t count, struct rules **out,
	struct buf *report, struct err *e)
{
	struct report rep = {.out = report, .e = e};
	struct rules *r = new_rules(files, count);
	size_t before = report ? report->len : 0;
	bool memory = r != NULL;
	enum err_code rc;

	*out = NULL;
	for (size_t i = 0; memory && i < count; i++) {
		struct str text;
		if (rulefile_decode(
			    r->file[i], files[i].text, files[i].size, r->arena, &rep, &text))
			memory = rules_parse_file(r, (uint32_t)i, text, &rep);
	}
	memory = memory && rules_link(r, &rep) && report_sort(&rep, before);
	rc = memory ? report_end(&rep) : err_nomem(e);
	if (!rc)
		rc = hash_files(files, count, r->hash, e);
	if (!rc) {
		*out = r;
		r = NULL;
	}
	rules_free(r);
	return rc;
}

void rules_free(struct rules *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->regex_count; i++)
		regex_free(r->regex[i].regex);
	name_index_fini(&r->sections);
	name_index_fini(&r->macros);
	literals_free(r->literals);
	normalise_table_free(r->table);
	arena_free(r->arena);
	free(r);
}

const char *rules_hash(const struct rules *r)
{
	return r->hash;
}

const struct normalise_table *rules_shadows(const struct rules *r)
{
	return r->table;
}

size_t rules_topic_count(const struct rules *r)
{
	return r->topic_count;
}

void rules_topic_at(const struct rules *r, size_t i, struct rules_topic *out)
{
	const struct ruleset_section *s = &r->section[r->topic[i]];

	out->name = s->name;
	out->code = s->code;
	out->lead = s->lead;
	out->region_required = s->region_required;
	out->threshold = s->threshold;
}

bool rules_topic_find(const struct rules *r, const char *name_or_code, struct rules_topic *out)
{
	for (size_t i = 0; i < r->topic_count; i++) {
		rules_topic_at(r, i, out);
		if (strcmp(out->name, name_or_code) == 0 || strcmp(out->code, name_or_code) == 0)
			return true;
	}
	return false;
}
