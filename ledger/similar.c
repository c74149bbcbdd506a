/*
 * similar.c - sketches, the prints of their items, and counting who shares them.
 */
#include "ledger/similar.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/prints.h"

#define CACHE_LINE 64 /* bytes; a guess that is wrong costs time only */
#define TALLY_MIN 64 /* places; a power of two, as is SHARERS_MAX */
#define SHARERS_MAX ((size_t)SIMILAR_PRINTS_MAX * SIMILAR_PRINT_SHARERS)
#define KEPT 16384 /* sketches in memory: those of the newest items, and who was looked at */

struct similar {
	struct db *db;
	struct prints_recent *recent;
	struct prints_filter *filter; /* of the pages */
	size_t items; /* in it, at least */
	struct similar_row *kept; /* KEPT of them, an item's by its number; size 0: none */
	bool loaded;
	bool filed; /* there are pages */
	int64_t filed_to; /* items above it are remembered without a row of prints_recent */
	int64_t undone, transaction, version; /* of the ledger, when it was loaded */
};

enum err_code similar_open(struct db *db, struct similar **out, struct err *e)
{
	struct similar *s = calloc(1, sizeof *s);

	*out = NULL;
	if (!s)
		return err_nomem(e);
	s->db = db;
	s->recent = prints_recent_new();
	s->filter = prints_filter_new();
	s->kept = calloc(KEPT, sizeof *s->kept);
	if (!s->recent || !s->filter || !s->kept) {
		similar_close(s);
		return err_nomem(e);
	}
	*out = s;
	return ERR_OK;
}

void similar_close(struct similar *s)
{
	if (!s)
		return;
	prints_recent_free(s->recent);
	prints_filter_free(s->filter);
	free(s->kept);
	free(s);
}

/* --- what is remembered --- */

static struct similar_row *place_of(struct similar *s, int64_t item)
{
	return &s->kept[(uint64_t)item % KEPT];
}

static void keep_sketch(struct similar *s, const struct similar_row *row)
{
	struct similar_row *place = place_of(s, row->item);

	place->item = row->item;
	place->at = row->at;
	place->size = row->size;
	memcpy(place->sketch, row->sketch, row->size);
}

static enum err_code remember(
	struct similar *s, int64_t item, const uint64_t *prints, size_t count, struct err *e)
{
	for (size_t i = 0; i < count; i++)
		if (!prints_recent_add(s->recent, (struct print_entry){print_tag(prints[i]), item}))
			return err_nomem(e);
	s->items++;
	return ERR_OK;
}

/* Of bytes that are a sketch or its beginning: how many. */
static size_t prints_of(const unsigned char *p, size_t size, uint64_t prints[SIMILAR_PRINTS])
{
	size_t count = size / SIMILAR_PRINT_SIZE;

	if (count > SIMILAR_PRINTS)
		count = SIMILAR_PRINTS;
	for (size_t i = 0; i < count; i++, p += SIMILAR_PRINT_SIZE) {
		prints[i] = 0;
		for (size_t k = SIMILAR_PRINT_SIZE; k-- > 0;)
			prints[i] = prints[i] << 8 | p[k];
	}
	return count;
}

static enum err_code unpack(
	struct db_rows *q, uint64_t prints[SIMILAR_PRINTS], size_t *count, struct err *e)
{
	size_t size = db_size(q, 1);

	if (size % SIMILAR_PRINT_SIZE || size > SIMILAR_PRINTS * SIMILAR_PRINT_SIZE)
		return err_set(e, ERR_INTEGRITY, _("the prints of I%lld have %zu bytes"),
			(long long)db_int(q, 0), size);
	*count = prints_of(db_blob(q, 1), size, prints);
	return ERR_OK;
}

/* All that is remembered goes to its pages. */
static enum err_code file_all(struct similar *s, int64_t last, struct err *e)
{
	size_t count;
	struct print_entry *list = prints_recent_list(s->recent, &count);
	enum err_code rc = list ? prints_filed_add(s->db, list, count, SIMILAR_PRINT_SHARERS, e)
				: err_nomem(e);

	if (!rc)
		prints_filter_add(s->filter, list, count);
	free(list);
	if (!rc)
		rc = db_run(s->db, ST_RECENT_FILED, DB_ARGS(DB_INT(last)), e);
	if (!rc)
		rc = db_run(s->db, ST_FILED_MARK, DB_ARGS(DB_INT(last)), e);
	if (!rc)
		rc = db_get_int(s->db, ST_FILED_UP_TO, DB_NO_ARGS, &s->filed_to, e);
	prints_recent_clear(s->recent);
	s->items = 0;
	s->filed = true;
	return rc;
}

static enum err_code load_some(struct similar *s, int64_t *last, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	uint64_t prints[SIMILAR_PRINTS];
	size_t count = 0;
	/* Only who writes can file them. */
	int64_t limit = db_is_writing(s->db) ? SIMILAR_FILE_AT : -1;
	enum err_code rc = db_query(s->db, ST_RECENT_ALL, DB_ARGS(DB_INT(limit)), &q, e);

	while (!rc && db_next(&q)) {
		*last = db_int(&q, 0);
		rc = unpack(&q, prints, &count, e);
		if (!rc)
			rc = remember(s, *last, prints, count, e);
	}
	return db_end(&q, rc, e);
}

static enum err_code load(struct similar *s, struct err *e)
{
	int64_t first, last = 0;
	enum err_code rc;

	prints_recent_clear(s->recent);
	prints_filter_clear(s->filter);
	s->items = 0;
	for (size_t i = 0; i < KEPT; i++)
		s->kept[i].size = 0;
	rc = db_get_int(s->db, ST_FILED_AFTER, DB_ARGS(DB_INT(-1)), &first, e);
	s->filed = rc == ERR_OK;
	if (!rc || rc == ERR_NOT_FOUND)
		rc = db_get_int(s->db, ST_FILED_UP_TO, DB_NO_ARGS, &s->filed_to, e);
	if (!rc)
		rc = load_some(s, &last, e);
	while (!rc && s->items >= SIMILAR_FILE_AT && db_is_writing(s->db)) {
		rc = file_all(s, last, e);
		if (!rc)
			rc = load_some(s, &last, e);
	}
	return rc;
}

/* What is remembered is what the ledger says. */
static enum err_code look_around(struct similar *s, struct err *e)
{
	int64_t version = s->version;
	enum err_code rc = ERR_OK;

	if (s->loaded && db_undone(s->db) == s->undone && db_transactions(s->db) == s->transaction)
		return ERR_OK;
	rc = db_data_version(s->db, &version, e);
	if (!rc && (!s->loaded || db_undone(s->db) != s->undone || version != s->version))
		rc = load(s, e);
	s->loaded = !rc;
	s->undone = db_undone(s->db);
	s->transaction = db_transactions(s->db);
	s->version = version;
	return rc;
}

/* --- storing --- */

/* An item that was filed is read from a row of its own until the next filing. */
static enum err_code put_again(
	struct similar *s, const struct similar_row *row, size_t prints, struct err *e)
{
	if (row->item > s->filed_to)
		return ERR_OK;
	return db_run(s->db, ST_RECENT_PUT,
		DB_ARGS(DB_INT(row->item), DB_BLOB(row->sketch, prints * SIMILAR_PRINT_SIZE)), e);
}

enum err_code similar_put(struct similar *s, const struct similar_row *row, struct err *e)
{
	uint64_t prints[SIMILAR_PRINTS];
	size_t count = prints_of(row->sketch, row->size, prints);
	enum err_code rc = look_around(s, e);

	if (!rc)
		rc = db_run(s->db, ST_SKETCH_PUT,
			DB_ARGS(DB_INT(row->item), DB_INT(row->at),
				DB_BLOB(row->sketch, row->size)),
			e);
	if (!rc)
		rc = put_again(s, row, count, e);
	if (!rc)
		rc = remember(s, row->item, prints, count, e);
	if (!rc)
		keep_sketch(s, row);
	if (!rc && s->items >= SIMILAR_FILE_AT)
		rc = file_all(s, INT64_MAX, e);
	return rc;
}

enum err_code similar_drop(struct similar *s, const struct similar_row *row, struct err *e)
{
	uint64_t prints[SIMILAR_PRINTS];
	size_t count = prints_of(row->sketch, row->size, prints);
	enum err_code rc = look_around(s, e);

	if (!rc)
		rc = db_run(s->db, ST_SKETCH_DROP, DB_ARGS(DB_INT(row->item)), e);
	if (!rc)
		rc = db_run(s->db, ST_RECENT_DROP, DB_ARGS(DB_INT(row->item)), e);
	place_of(s, row->item)->size = 0;
	for (size_t i = 0; !rc && i < count; i++)
		prints_recent_remove(
			s->recent, (struct print_entry){print_tag(prints[i]), row->item});
	return rc;
}

static enum err_code read_sketch(struct db_rows *q, struct similar_row *out, struct err *e)
{
	const void *sketch = db_blob(q, 1);

	out->size = db_size(q, 1);
	if (out->size > sizeof out->sketch)
		return err_set(e, ERR_INTEGRITY, _("the sketch of I%lld has %zu bytes"),
			(long long)out->item, out->size);
	if (out->size)
		memcpy(out->sketch, sketch, out->size);
	return ERR_OK;
}

static enum err_code fetch_sketch(
	struct similar *s, int64_t item, struct similar_row *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(s->db, ST_SKETCH_GET, DB_ARGS(DB_INT(item)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		out->item = item;
		out->at = db_int(&q, 0);
		rc = read_sketch(&q, out, e);
	}
	rc = db_end(&q, rc, e);
	return rc ? rc : found ? ERR_OK : ERR_NOT_FOUND;
}

enum err_code similar_look(
	struct similar *s, int64_t item, const struct similar_row **out, struct err *e)
{
	struct similar_row *kept = place_of(s, item);
	enum err_code rc = look_around(s, e);

	*out = kept;
	if (rc || (kept->size && kept->item == item))
		return rc;
	rc = fetch_sketch(s, item, kept, e);
	if (rc)
		kept->size = 0;
	return rc;
}

enum err_code similar_get(struct similar *s, int64_t item, struct similar_row *out, struct err *e)
{
	const struct similar_row *kept;
	enum err_code rc = similar_look(s, item, &kept, e);

	if (!rc)
		memcpy(out, kept, offsetof(struct similar_row, sketch) + kept->size);
	return rc;
}

/* --- finding --- */

struct sharer {
	int64_t item;
	size_t print;
};

struct sharers {
	struct sharer *of;
	size_t count;
};

static enum err_code add_sharers(struct similar *s, int64_t item, uint64_t print, size_t number,
	struct sharers *out, struct err *e)
{
	int64_t found[SIMILAR_PRINT_SHARERS];
	struct print_items items = {found, 0, SIMILAR_PRINT_SHARERS};
	uint32_t tag = print_tag(print);
	enum err_code rc = ERR_OK;

	prints_recent_find(s->recent, tag, item, &items);
	if (s->filed && prints_filter_may(s->filter, tag))
		rc = prints_filed_find(s->db, tag, item, &items, e);
	for (size_t i = 0; !rc && i < items.count; i++)
		out->of[out->count++] = (struct sharer){found[i], number};
	return rc;
}

/* How many prints an item shares; item 0: nobody, a free place. */
struct tally {
	int64_t item;
	int shared; /* prints */
	size_t last; /* the print that was counted last */
};

/* What came print by print is counted in a hash table: a text of many copies has hundreds of
 * sharers. An item that was stored again may come twice with one print. */
static void count_sharers(const struct sharers *s, struct tally *table, size_t places)
{
	memset(table, 0, places * sizeof *table);
	for (size_t i = 0; i < s->count; i++) {
		const struct sharer *x = &s->of[i];
		size_t at = print_tag((uint64_t)x->item) & (places - 1);
		while (table[at].item && table[at].item != x->item)
			at = (at + 1) & (places - 1);
		if (!table[at].item || table[at].last != x->print)
			table[at].shared++;
		table[at].item = x->item;
		table[at].last = x->print;
	}
}

static bool is_better(struct similar_candidate a, struct similar_candidate b)
{
	return a.shared != b.shared ? a.shared > b.shared : a.item < b.item;
}

/* Keeps the best `max`, the most shared first, then the oldest. */
static size_t insert(
	struct similar_candidate *out, size_t n, size_t max, struct similar_candidate c)
{
	size_t at = n;

	while (at > 0 && is_better(c, out[at - 1]))
		at--;
	if (at == max)
		return n;
	n = n < max ? n + 1 : max;
	memmove(out + at + 1, out + at, (n - at - 1) * sizeof *out);
	out[at] = c;
	return n;
}

static size_t best(const struct sharers *s, struct similar_candidate *out, size_t max)
{
	struct tally table[2 * SHARERS_MAX];
	size_t places = TALLY_MIN, found = 0;

	while (places < 2 * s->count)
		places *= 2;
	count_sharers(s, table, places);
	for (size_t at = 0; at < places; at++)
		if (table[at].item)
			found = insert(out, found, max,
				(struct similar_candidate){table[at].item, table[at].shared});
	return found;
}

/* Their sketches are looked at next, and lie far from each other. */
static void expect_sketches(struct similar *s, const struct similar_candidate *c, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *place = (const char *)place_of(s, c[i].item);
		for (size_t at = 0; at < sizeof(struct similar_row); at += CACHE_LINE)
			__builtin_prefetch(place + at);
	}
}

enum err_code similar_find(struct similar *s, int64_t item, const uint64_t *prints, size_t count,
	struct similar_candidate *out, size_t max, size_t *found, struct err *e)
{
	struct sharer of[SHARERS_MAX];
	struct sharers all = {of, 0};
	enum err_code rc = look_around(s, e);

	*found = 0;
	if (!rc && count > SIMILAR_PRINTS_MAX)
		rc = err_set(e, ERR_LIMIT, _("I%lld: %zu prints"), (long long)item, count);
	if (!rc && s->filed)
		rc = prints_filter_look(s->filter, s->db, e);
	if (!rc)
		prints_recent_expect(s->recent, prints, count);
	for (size_t i = 0; !rc && i < count; i++)
		rc = add_sharers(s, item, prints[i], i, &all, e);
	if (!rc)
		*found = best(&all, out, max);
	expect_sketches(s, out, *found);
	return rc;
}

enum err_code similar_oldest(struct similar *s, int64_t at, struct similar_row *out, size_t max,
	size_t *found, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(s->db, ST_SKETCH_OLDEST, DB_ARGS(DB_INT(at), DB_INT((int64_t)max)), &q, e);

	*found = 0;
	while (!rc && *found < max && db_next(&q)) {
		out[*found].item = db_int(&q, 0);
		rc = read_sketch(&q, &out[*found], e);
		++*found;
	}
	return db_end(&q, rc, e);
}
