/*
 * prints_filed.c - pages of entries in the ledger: a page begins at a tag and ends where
 * the next begins. A full one is split between tags.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/prints.h"

#define PAGE_MAX 336 /* entries: the row still fits a page of the database */
#define PAGE_FILL 168 /* in each part of a page that was split */
#define TAG_SIZE 4
#define GROUP 16 /* tags that are looked at together */
#define ITEM_SIZE 8
#define ENTRY_SIZE (TAG_SIZE + ITEM_SIZE)

/* --- the form of a page --- */

static uint32_t tag_at(const unsigned char *page, size_t i)
{
	const unsigned char *p = page + i * TAG_SIZE;

	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static int64_t item_at(const unsigned char *page, size_t count, size_t i)
{
	const unsigned char *p = page + count * TAG_SIZE + i * ITEM_SIZE;
	uint64_t v = 0;

	for (size_t k = ITEM_SIZE; k-- > 0;)
		v = v << 8 | p[k];
	return (int64_t)v;
}

static void write_le(unsigned char *p, uint64_t v, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		p[i] = (unsigned char)(v >> (8 * i));
}

static void write_page(unsigned char *out, const struct print_entry *x, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		write_le(out + i * TAG_SIZE, x[i].tag, TAG_SIZE);
		write_le(out + count * TAG_SIZE + i * ITEM_SIZE, (uint64_t)x[i].item, ITEM_SIZE);
	}
}

static enum err_code entries_of(
	struct db_rows *q, const unsigned char **page, size_t *count, struct err *e)
{
	size_t size = db_size(q, 1);

	*page = db_blob(q, 1);
	*count = size / ENTRY_SIZE;
	return size % ENTRY_SIZE == 0
		       ? ERR_OK
		       : err_set(e, ERR_INTEGRITY, _("the index of texts has a page of %zu bytes"),
				 size);
}

/* --- finding --- */

/* Whether one of GROUP tags is this one: nearly never. */
static bool holds_tag(const unsigned char *tags, uint32_t tag)
{
	uint32_t of[GROUP], same = 0, wanted = htole32(tag);

	memcpy(of, tags, sizeof of);
	for (size_t i = 0; i < GROUP; i++)
		same |= of[i] == wanted;
	return same;
}

/* From the end: the newest first. */
static void find_on_page(
	const unsigned char *page, size_t n, uint32_t tag, int64_t but, struct print_items *out)
{
	for (size_t i = n; i > 0 && out->count < out->max; i--) {
		while (i >= GROUP && !holds_tag(page + (i - GROUP) * TAG_SIZE, tag))
			i -= GROUP;
		if (i == 0)
			break;
		if (tag_at(page, i - 1) != tag)
			continue;
		int64_t item = item_at(page, n, i - 1);
		if (item != but)
			out->item[out->count++] = item;
	}
}

enum err_code prints_filed_find(
	struct db *db, uint32_t tag, int64_t but, struct print_items *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	const unsigned char *page;
	size_t n = 0;
	enum err_code rc = db_query(db, ST_FILED_PAGE, DB_ARGS(DB_INT(tag)), &q, e);

	if (!rc && db_next(&q))
		rc = entries_of(&q, &page, &n, e);
	if (!rc)
		find_on_page(page, n, tag, but, out);
	return db_end(&q, rc, e);
}

enum err_code prints_filed_tags(
	struct db *db, bool (*each)(void *data, uint32_t tag), void *data, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	const unsigned char *page;
	size_t n = 0;
	bool go_on = true;
	enum err_code rc = db_query(db, ST_FILED_ALL, DB_NO_ARGS, &q, e);

	while (!rc && go_on && db_next(&q)) {
		rc = entries_of(&q, &page, &n, e);
		for (size_t i = 0; !rc && go_on && i < n; i++)
			go_on = each(data, tag_at(page, i));
	}
	return db_end(&q, rc, e);
}

/* --- filing --- */

struct filing {
	struct db *db;
	size_t sharers;
	struct print_entry *page, *spare; /* the page at work; of `room` entries each */
	size_t count, room;
	unsigned char *bytes; /* of a page, as it is written */
	size_t bytes_room;
	int64_t *living; /* items of the index, ascending; NULL: not read yet */
	size_t living_count;
};

/* Ascending by tag; entries of one tag stay in their order. */
static void sort_by_tag(struct print_entry *x, struct print_entry *spare, size_t n)
{
	for (int shift = 0; shift < 32; shift += 8) { /* an even number of passes ends in x */
		size_t at[256] = {0}, sum = 0;
		for (size_t i = 0; i < n; i++)
			at[x[i].tag >> shift & 0xff]++;
		for (size_t k = 0; k < 256; k++) {
			size_t here = at[k];
			at[k] = sum;
			sum += here;
		}
		for (size_t i = 0; i < n; i++)
			spare[at[x[i].tag >> shift & 0xff]++] = x[i];
		struct print_entry *other = x;
		x = spare;
		spare = other;
	}
}

static enum err_code make_room(struct filing *f, size_t room, struct err *e)
{
	struct print_entry *page, *spare;

	if (room <= f->room)
		return ERR_OK;
	room += PAGE_MAX;
	page = realloc(f->page, room * sizeof *page);
	f->page = page ? page : f->page;
	spare = realloc(f->spare, room * sizeof *spare);
	f->spare = spare ? spare : f->spare;
	if (!page || !spare)
		return err_nomem(e);
	f->room = room;
	return ERR_OK;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static enum err_code read_living(struct filing *f, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	size_t room = 0;
	enum err_code rc = db_query(f->db, ST_SKETCH_ITEMS, DB_NO_ARGS, &q, e);

	while (!rc && db_next(&q)) {
		if (f->living_count == room) {
			size_t more = room ? 2 * room : 4096;
			int64_t *bigger = realloc(f->living, more * sizeof *bigger);
			if (!bigger) {
				rc = err_nomem(e);
				break;
			}
			f->living = bigger;
			room = more;
		}
		f->living[f->living_count++] = db_int(&q, 0);
	}
	if (f->living_count)
		qsort(f->living, f->living_count, sizeof *f->living, by_number);
	return db_end(&q, rc, e);
}

/* Items that left the index leave the page. */
static enum err_code drop_dead(struct filing *f, struct err *e)
{
	size_t n = 0;
	enum err_code rc = f->living ? ERR_OK : read_living(f, e);

	for (size_t i = 0; !rc && i < f->count; i++)
		if (f->living && bsearch(&f->page[i].item, f->living, f->living_count,
					 sizeof *f->living, by_number))
			f->page[n++] = f->page[i];
	f->count = rc ? f->count : n;
	return rc;
}

static enum err_code read_page(
	struct filing *f, uint32_t tag, int64_t *first, int64_t *next, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	const unsigned char *page = NULL;
	size_t n = 0;
	enum err_code rc = db_query(f->db, ST_FILED_PAGE, DB_ARGS(DB_INT(tag)), &q, e);

	*first = 0;
	if (!rc && db_next(&q)) {
		*first = db_int(&q, 0);
		rc = entries_of(&q, &page, &n, e);
	}
	if (!rc)
		rc = make_room(f, n, e);
	for (size_t i = 0; !rc && i < n; i++)
		f->page[i] = (struct print_entry){tag_at(page, i), item_at(page, n, i)};
	f->count = n;
	rc = db_end(&q, rc, e);
	*next = INT64_MAX;
	if (rc)
		return rc;
	rc = db_get_int(f->db, ST_FILED_AFTER, DB_ARGS(DB_INT(*first)), next, e);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err_code put_page(
	struct filing *f, int64_t first, const struct print_entry *x, size_t n, struct err *e)
{
	size_t size = n * ENTRY_SIZE;

	if (size > f->bytes_room) {
		unsigned char *bytes = realloc(f->bytes, 2 * size);
		if (!bytes)
			return err_nomem(e);
		f->bytes = bytes;
		f->bytes_room = 2 * size;
	}
	write_page(f->bytes, x, n);
	return db_run(f->db, ST_FILED_PUT, DB_ARGS(DB_INT(first), DB_BLOB(f->bytes, size)), e);
}

/* How many entries from x on have its tag. */
static size_t run_of(const struct print_entry *x, size_t n)
{
	size_t run = 1;

	while (run < n && x[run].tag == x[0].tag)
		run++;
	return run;
}

/* In order of tags, and of what too many share the newest. */
static void put_in_order(struct filing *f)
{
	size_t n = 0;

	sort_by_tag(f->page, f->spare, f->count);
	for (size_t i = 0, run; i < f->count; i += run) {
		run = run_of(f->page + i, f->count - i);
		size_t kept = run < f->sharers ? run : f->sharers;
		memmove(f->page + n, f->page + i + run - kept, kept * sizeof *f->page);
		n += kept;
	}
	f->count = n;
}

static enum err_code split_page(struct filing *f, int64_t first, struct err *e)
{
	enum err_code rc = ERR_OK;

	put_in_order(f);
	for (size_t i = 0, n; !rc && i < f->count; i += n) {
		for (n = 0; i + n < f->count && n < PAGE_FILL;)
			n += run_of(f->page + i + n, f->count - i - n);
		rc = put_page(f, i ? f->page[i].tag : first, f->page + i, n, e);
	}
	return rc;
}

/* The entries that belong on the page of the first of them. */
static enum err_code file_some(struct filing *f, const struct print_entry *list, size_t count,
	size_t *taken, struct err *e)
{
	int64_t first, next;
	size_t n = 0;
	enum err_code rc = read_page(f, list[0].tag, &first, &next, e);

	while (n < count && list[n].tag < next)
		n++;
	if (!rc && f->count && f->count + n > PAGE_MAX)
		rc = drop_dead(f, e);
	if (!rc)
		rc = make_room(f, f->count + n, e);
	if (rc)
		return rc;
	memcpy(f->page + f->count, list, n * sizeof *list);
	f->count += n;
	*taken = n;
	return f->count > PAGE_MAX ? split_page(f, first, e)
				   : put_page(f, first, f->page, f->count, e);
}

static size_t without_removed(struct print_entry *list, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (list[i].item != PRINT_NOBODY)
			list[n++] = list[i];
	return n;
}

enum err_code prints_filed_add(
	struct db *db, struct print_entry *list, size_t count, size_t sharers, struct err *e)
{
	struct filing f = {.db = db, .sharers = sharers};
	size_t taken = 0;
	enum err_code rc = make_room(&f, count, e);

	count = without_removed(list, count);
	if (!rc)
		sort_by_tag(list, f.spare, count);
	for (size_t i = 0; !rc && i < count; i += taken)
		rc = file_some(&f, list + i, count - i, &taken, e);
	free(f.page);
	free(f.spare);
	free(f.bytes);
	free(f.living);
	return rc;
}
