/*
 * import.c - reading the file, keeping account of its rows, and the import of items.
 */
#include "office/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/path.h"
#include "office/import_private.h"
#include "office/intake.h"

#define BATCH 100 /* items in one transaction */

void import_result_fini(struct import_result *r)
{
	arena_free(r->arena);
	memset(r, 0, sizeof *r);
}

/* --- rows --- */

static enum err_code note(struct import_job *j, struct document_note **list, size_t *count,
	size_t *room, size_t row, const char *why, struct err *e)
{
	if (*count == *room) {
		size_t more = *room ? *room * 2 : 32;
		struct document_note *bigger = arena_array(j->arena, more, sizeof *bigger);
		if (!bigger)
			return err_nomem(e);
		if (*count)
			memcpy(bigger, *list, *count * sizeof *bigger);
		*list = bigger;
		*room = more;
	}
	if (!why)
		return err_nomem(e);
	(*list)[(*count)++] = (struct document_note){row, why};
	return ERR_OK;
}

enum err_code import_refuse(struct import_job *j, size_t row, const char *why, struct err *e)
{
	return note(j, &j->out->refused, &j->out->refused_count, &j->refused_room, row, why, e);
}

enum err_code import_remark(struct import_job *j, size_t row, const char *why, struct err *e)
{
	return note(j, &j->out->remarks, &j->out->remark_count, &j->remark_room, row, why, e);
}

static int by_row(const void *a, const void *b)
{
	const struct document_note *x = a, *y = b;

	return (x->row > y->row) - (x->row < y->row);
}

static void sort_notes(struct document_note *list, size_t count)
{
	if (count)
		qsort(list, count, sizeof *list, by_row);
}

bool import_has_clock(const char *s)
{
	return strchr(s, ':') || strstr(s, "：") || strstr(s, "时") || strstr(s, "点");
}

/* --- transactions --- */

enum err_code import_write(struct import_job *j, struct err *e)
{
	if (db_is_writing(j->office->db)) /* a dry run's */
		return ERR_OK;
	return db_begin_write(j->office->db, e);
}

enum err_code import_commit(struct import_job *j, struct err *e)
{
	return j->opt->dry_run ? ERR_OK : db_commit(j->office->db, e);
}

enum err_code import_step(struct import_job *j, size_t done, size_t total, struct err *e)
{
	if (j->opt->on_progress)
		j->opt->on_progress(j->opt->data, done, total);
	if (sig_stop_asked(j->opt->sig))
		return err_set(e, ERR_STOPPED,
			j->whole ? _("stopped; nothing was kept")
				 : _("stopped; what was taken in is kept, run the import again"));
	return ERR_OK;
}

/* --- beginning and end --- */

enum err_code import_read_sheet(struct import_job *j, struct err *e)
{
	const struct table_options opt = {.sheet = j->mapping.sheet, .charset = j->opt->charset};
	struct buf data;
	enum err_code rc;

	buf_init(&data, TABLE_BYTES_MAX);
	rc = path_read(j->opt->path, &data, e);
	if (!rc) {
		j->sha256 = hash_of(buf_str(&data), data.len);
		rc = table_read(buf_str(&data), data.len, &opt, j->arena, &j->sheet, e);
		if (rc)
			(void)err_prefix(e, "%s: ", j->opt->path);
	}
	buf_fini(&data);
	return rc;
}

static enum err_code tell_columns(struct import_job *j, struct err *e)
{
	struct import_result *r = j->out;

	r->head_row = j->sheet.rows[j->map.header].number;
	r->columns = arena_array(j->arena, j->map.columns + 1, sizeof *r->columns);
	if (!r->columns)
		return err_nomem(e);
	for (size_t k = 0; k < j->map.columns; k++) {
		struct import_column *c = &r->columns[r->column_count];
		if (!j->map.head[k])
			continue;
		c->head = j->map.head[k];
		c->is_private = j->map.kind[k] == TABLE_COLUMN_PRIVATE;
		for (size_t f = 0; f < TABLE_FIELDS; f++)
			if (j->map.column[f] == (int)k)
				c->field = table_field_name((enum table_field)f);
		r->column_count++;
	}
	return ERR_OK;
}

static enum err_code take_notes(struct import_job *j, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < j->rows.refused_count; i++)
		rc = import_refuse(j, j->rows.refused[i].row, j->rows.refused[i].why, e);
	for (size_t i = 0; !rc && i < j->rows.remark_count; i++)
		rc = import_remark(j, j->rows.remarks[i].row, j->rows.remarks[i].why, e);
	return rc;
}

static enum err_code read_rows(struct import_job *j, struct err *e)
{
	const struct table_rows_options how = {.zone = j->office->settings.zone,
		.now = j->now,
		.mapping = &j->mapping,
		.answers = j->answers};
	enum err_code rc = import_mapping_load(j, e);

	if (!rc)
		rc = import_read_sheet(j, e);
	if (!rc) {
		j->out->sheet = j->sheet.name;
		rc = table_map_find(&j->sheet, &j->mapping, &j->map, e);
		if (rc)
			(void)err_prefix(e, "%s: ", j->opt->path);
	}
	if (!rc)
		rc = tell_columns(j, e);
	if (!rc)
		rc = table_rows_make(&j->sheet, &j->map, &how, j->arena, &j->rows, e);
	if (!rc)
		rc = take_notes(j, e);
	return rc;
}

enum err_code import_begin(struct import_job *j, const char *act, struct err *e)
{
	const char *slash = strrchr(j->opt->path, '/');
	enum err_code rc;

	memset(j->out, 0, sizeof *j->out);
	j->out->arena = j->arena = arena_new(ARENA_MAX_DEFAULT * 2);
	if (!j->arena)
		return err_nomem(e);
	j->now = office_now(j->office);
	j->out->file = slash ? slash + 1 : j->opt->path;
	if (!j->answers)
		j->out->source = j->opt->source ? j->opt->source : IMPORT_SOURCE;
	rc = people_require(&j->office->person, PEOPLE_WATCH | PEOPLE_SUPERVISOR, act, e);
	if (!rc)
		rc = read_rows(j, e);
	if (rc)
		return rc;
	j->out->masked = j->rows.masked;
	j->out->rows = j->rows.count + j->rows.refused_count;
	/* A dry run is the same run in one transaction that is not kept; what is one act has it. */
	return j->opt->dry_run && !j->whole ? db_begin_write(j->office->db, e) : ERR_OK;
}

enum err_code import_end(struct import_job *j, struct err *e)
{
	struct import_result *r = j->out;

	sort_notes(r->refused, r->refused_count);
	sort_notes(r->remarks, r->remark_count);
	if (r->rows && r->refused_count == r->rows)
		return err_set(e, ERR_INPUT, _("%s: every row was refused"), j->opt->path);
	return import_mapping_save(j, e);
}

/* --- items --- */

struct items_run {
	struct import_job *job;
	struct arena *arena; /* of one batch */
	const struct source *source;
	struct intake_counts counts;
};

static enum err_code take_batch(struct items_run *r, size_t from, size_t to, struct err *e)
{
	struct import_job *j = r->job;
	struct item *items = arena_array(r->arena, to - from + 1, sizeof *items);
	const struct document doc = {.items = items, .count = to - from};
	const struct intake in = {.office = j->office,
		.source = r->source,
		.source_id = j->out->source,
		.warc = "",
		.fetched = j->now,
		.arena = r->arena};
	enum err_code rc = items ? ERR_OK : err_nomem(e);

	for (size_t i = from; !rc && i < to; i++)
		rc = table_rows_item(&j->map, &j->rows.records[i], r->arena, &items[i - from], e);
	if (!rc && !item_mark_shared_links(items, to - from, r->arena))
		rc = err_nomem(e);
	if (!rc)
		rc = import_write(j, e);
	if (!rc)
		rc = intake_document(&in, &doc, NULL, &r->counts, e);
	return rc ? rc : import_commit(j, e);
}

static enum err_code take_items(struct items_run *r, struct err *e)
{
	size_t n = r->job->rows.count;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < n; i += BATCH) {
		rc = import_step(r->job, i, n, e);
		if (!rc)
			rc = take_batch(r, i, i + BATCH < n ? i + BATCH : n, e);
		arena_reset(r->arena);
	}
	return rc;
}

enum err_code office_import_items(struct office *o, const struct import_options *opt,
	struct import_result *out, struct err *e)
{
	struct import_job *j = calloc(1, sizeof *j);
	struct items_run r = {.job = j, .arena = arena_new(ARENA_MAX_DEFAULT)};
	const struct sources *all;
	enum err_code rc = j && r.arena ? ERR_OK : err_nomem(e);

	memset(out, 0, sizeof *out);
	if (!rc) {
		*j = (struct import_job){.office = o, .opt = opt, .out = out};
		rc = import_begin(j, _("import items"), e);
	}
	if (!rc)
		rc = office_sources(o, &all, e);
	if (!rc) {
		r.source = sources_find(all, out->source);
		rc = take_items(&r, e);
	}
	if (!rc || rc == ERR_STOPPED) {
		out->added = (size_t)r.counts.items;
		out->changed = (size_t)r.counts.revisions;
		out->same = j->rows.count - out->added - out->changed;
		out->alerts = r.counts.alerts;
	}
	if (!rc)
		rc = import_end(j, e);
	db_rollback(o->db);
	arena_free(r.arena);
	free(j);
	return rc;
}
