/*
 * purge.c - letting go of what is older than its time.
 */
#include "office/purge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/conf.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/erase.h"
#include "ledger/list.h"
#include "office/act.h"
#include "office/file_list.h"
#include "office/ingest.h"

#define BATCH 500 /* rows in a transaction: whoever waits to write gets in between */
#define DAY INT64_C(86400)

enum rule { ITEMS, ARCHIVE, ORDERS };

static const struct {
	const char *name;
	int64_t keep; /* when the file does not say */
} rules[PURGE_RULES] = {
	[ITEMS] = {"items", 180 * DAY},
	[ARCHIVE] = {"archive", 180 * DAY},
	[ORDERS] = {"orders", 0},
};

/* --- settings --- */

static enum err_code read_keep(
	const struct conf *c, const struct conf_section *s, size_t i, int64_t *out, struct err *e)
{
	*out = rules[i].keep;
	if (!s)
		return ERR_OK;
	if (strcmp(conf_get(s, rules[i].name, ""), "0") == 0) {
		*out = 0;
		return ERR_OK;
	}
	return conf_get_span(c, s, rules[i].name, rules[i].keep, out, e);
}

static enum err_code read_settings(
	struct office *o, int64_t now, struct purge_row out[PURGE_RULES], struct err *e)
{
	static const struct conf_key keys[] = {
		{"items", false}, {"archive", false}, {"orders", false}, {NULL, false}};
	const struct conf_section *s;
	struct conf *c = NULL;
	enum err_code rc = conf_load(o->settings.path, &c, e);

	s = rc ? NULL : conf_section_find(c, "retention");
	if (!rc && s)
		rc = conf_check(c, s, keys, e);
	for (size_t i = 0; !rc && i < PURGE_RULES; i++) {
		out[i] = (struct purge_row){.rule = rules[i].name, .oldest = TIME_NONE};
		rc = read_keep(c, s, i, &out[i].keep, e);
		out[i].before = out[i].keep ? now - out[i].keep : TIME_NONE;
	}
	conf_free(c);
	return rc;
}

/* --- rows --- */

static enum err_code count_rows(
	struct office *o, enum statement which, struct purge_row *row, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(o->db, which, DB_ARGS(DB_INT(row->before)), &q, e);

	if (!rc && db_next(&q)) {
		row->rows = db_int(&q, 0);
		row->oldest = db_int(&q, 1);
	}
	return db_end(&q, rc, e);
}

static enum err_code find_batch(struct office *o, enum statement which, int64_t before,
	int64_t *ids, size_t *n, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(o->db, which, DB_ARGS(DB_INT(before), DB_INT(BATCH)), &q, e);

	*n = 0;
	while (!rc && *n < BATCH && db_next(&q))
		ids[(*n)++] = db_int(&q, 0);
	return db_end(&q, rc, e);
}

static enum err_code drop_order(struct office *o, int64_t id, struct err *e)
{
	return db_run(o->db, ST_ORDER_DROP, DB_ARGS(DB_INT(id)), e);
}

static enum err_code drop_item(struct office *o, int64_t id, struct err *e)
{
	return erase_purge_item(o->db, id, office_now(o), e);
}

/* What goes is entered in the transaction in which it goes. */
static void append_purged(struct act *a, const struct purge_row *row, int64_t rows, int64_t files)
{
	act_event(a);
	act_str(a, "rule", row->rule);
	act_int(a, "rows", rows);
	act_int(a, "files", files);
	act_int(a, "before", row->before);
	act_append(a, "retention.purged/1", "");
}

/* Found anew for each batch: a story may have come to an item in between. */
static enum err_code drop_batch(struct office *o, enum statement which,
	enum err_code (*drop)(struct office *o, int64_t id, struct err *e), struct purge_row *row,
	size_t *n, struct err *e)
{
	int64_t ids[BATCH];
	struct act a;
	enum err_code rc;

	act_begin_system(&a, o, false, e);
	if (!a.rc)
		a.rc = find_batch(o, which, row->before, ids, n, a.err);
	for (size_t i = 0; !a.rc && i < *n; i++)
		a.rc = drop(o, ids[i], a.err);
	if (!a.rc && *n)
		append_purged(&a, row, (int64_t)*n, 0);
	rc = act_end(&a);
	row->rows += rc ? 0 : (int64_t)*n;
	return rc;
}

static enum err_code drop_rows(struct office *o, enum statement which,
	enum err_code (*drop)(struct office *o, int64_t id, struct err *e), struct purge_row *row,
	struct err *e)
{
	size_t n = BATCH;
	enum err_code rc = ERR_OK;

	row->rows = 0;
	while (!rc && n == BATCH)
		rc = drop_batch(o, which, drop, row, &n, e);
	return rc;
}

/* --- files --- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of WARC files that something still refers to. */
static enum err_code read_named(struct office *o, struct list *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(o->db, ST_WARC_NAMED, DB_NO_ARGS, &q, e);

	while (!rc && db_next(&q)) {
		const char **slot = list_add(out);
		if (slot)
			*slot = arena_strdup(out->arena, db_text(&q, 0));
		if (arena_failed(out->arena))
			rc = err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	if (!rc && out->count)
		qsort(out->items, out->count, sizeof(char *), by_name);
	return rc;
}

static bool is_named(const struct list *named, const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	return named->count &&
	       bsearch(&name, named->items, named->count, sizeof(char *), by_name) != NULL;
}

static enum err_code find_archived(const char *path, const struct list *named,
	struct purge_row *row, struct list *old, struct err *e)
{
	struct stat st;
	const char **slot;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? ERR_OK : err_errno(e, errno, _("cannot read %s"), path);
	if ((int64_t)st.st_mtime >= row->before || is_named(named, path))
		return ERR_OK;
	slot = list_add(old);
	if (!slot)
		return err_nomem(e);
	*slot = path;
	row->files++;
	row->bytes += (int64_t)st.st_size;
	if (row->oldest == TIME_NONE || (int64_t)st.st_mtime < row->oldest)
		row->oldest = (int64_t)st.st_mtime;
	return ERR_OK;
}

/* Entered first: what is gone without a word is worse than what goes with the next purge. */
static enum err_code remove_files(
	struct office *o, const struct purge_row *row, const struct list *old, struct err *e)
{
	struct act a;
	enum err_code rc;

	if (!old->count)
		return ERR_OK;
	act_begin_system(&a, o, false, e);
	append_purged(&a, row, 0, row->files);
	rc = act_end(&a);
	for (size_t i = 0; !rc && i < old->count; i++)
		if (unlink(file_list_at(old, i)) != 0 && errno != ENOENT)
			rc = err_errno(e, errno, _("cannot remove %s"), file_list_at(old, i));
	return rc;
}

static enum err_code purge_archive(struct office *o, bool dry, struct purge_row *row, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	char *dir = office_path(o, "archive");
	struct list files, named, old;
	enum err_code rc = a && dir ? ERR_OK : err_nomem(e);

	list_init(&files, a, sizeof(char *));
	list_init(&named, a, sizeof(char *));
	list_init(&old, a, sizeof(char *));
	if (!rc)
		rc = file_list(dir, ".warc.gz", 3, &files, e);
	if (!rc)
		rc = read_named(o, &named, e);
	for (size_t i = 0; !rc && i < files.count; i++)
		rc = find_archived(file_list_at(&files, i), &named, row, &old, e);
	if (!rc && !dry)
		rc = remove_files(o, row, &old, e);
	free(dir);
	arena_free(a);
	return rc;
}

/* --- all of it --- */

static enum err_code purge_rule(
	struct office *o, enum rule rule, bool dry, struct purge_row *row, struct err *e)
{
	enum err_code rc;

	if (row->before == TIME_NONE)
		return ERR_OK;
	if (rule == ARCHIVE)
		return purge_archive(o, dry, row, e);
	rc = count_rows(o, rule == ITEMS ? ST_ITEM_OLD_COUNT : ST_ORDER_OLD_COUNT, row, e);
	if (rc || dry)
		return rc;
	return rule == ITEMS ? drop_rows(o, ST_ITEM_OLD, drop_item, row, e)
			     : drop_rows(o, ST_ORDER_OLD, drop_order, row, e);
}

static enum err_code check_clock(
	struct office *o, const struct purge_wish *wish, struct purge_clock *clock, struct err *e)
{
	char text[ERR_TEXT_MAX];
	enum err_code rc = purge_clock_judge(o, clock, e);

	if (!rc && wish->clock_is_right && !wish->dry)
		rc = purge_clock_confirm(o, clock, e);
	if (rc || clock->doubt == PURGE_CLOCK_GOOD || wish->dry)
		return rc;
	purge_clock_text(o, clock, text, sizeof text);
	return err_set(e, ERR_REFUSED, "%s", text);
}

/* With the ingest lock: nobody reads what goes. */
enum err_code office_purge(struct office *o, const struct purge_wish *wish,
	struct purge_row out[PURGE_RULES], struct purge_clock *clock, struct err *e)
{
	const bool dry = wish->dry;
	int lock = -1;
	bool whole;
	enum err_code rc = read_settings(o, office_now(o), out, e);

	if (!rc && !dry)
		rc = ingest_lock(o, &lock, e);
	if (!rc)
		rc = check_clock(o, wish, clock, e);
	if (!rc && !dry)
		rc = db_overwrite_deleted(o->db, e);
	for (size_t i = 0; !rc && i < PURGE_RULES; i++)
		rc = purge_rule(o, (enum rule)i, dry, &out[i], e);
	if (!rc && !dry)
		rc = db_empty_log(o->db, &whole, e);
	if (lock >= 0)
		close(lock);
	return rc;
}
