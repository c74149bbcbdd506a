/*
 * prints_filter.c - a bit for each filed tag; most tags that are looked for are not filed.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/prints.h"

#define LOOKS_MIN 256 /* look-ups before the pages are read for the first time */
#define WORTH 1024 /* entries that are read as fast as one look-up is made */
#define BITS_ENTRY 16 /* at least: then 6 of 100 tags that are not there seem to be */
#define BITS_MIN ((size_t)1 << 16)
#define BITS_MAX ((size_t)1 << 27) /* 16 MiB */

struct prints_filter {
	uint64_t *word;
	size_t bits; /* a power of two; 0: nothing is known */
	size_t entries; /* that it was made of */
	size_t looks, next; /* since it was cleared; at which it is made */
};

struct prints_filter *prints_filter_new(void)
{
	struct prints_filter *f = calloc(1, sizeof *f);

	if (f)
		f->next = LOOKS_MIN;
	return f;
}

void prints_filter_free(struct prints_filter *f)
{
	if (!f)
		return;
	free(f->word);
	free(f);
}

void prints_filter_clear(struct prints_filter *f)
{
	free(f->word);
	*f = (struct prints_filter){.next = LOOKS_MIN};
}

static void set(struct prints_filter *f, uint32_t tag)
{
	f->word[(tag & (f->bits - 1)) / 64] |= UINT64_C(1) << tag % 64;
}

bool prints_filter_may(const struct prints_filter *f, uint32_t tag)
{
	return !f->bits || (f->word[(tag & (f->bits - 1)) / 64] >> tag % 64 & 1);
}

void prints_filter_add(struct prints_filter *f, const struct print_entry *list, size_t count)
{
	if (!f->bits)
		return;
	f->entries += count;
	if (f->bits < BITS_MAX && f->entries > f->bits / BITS_ENTRY) {
		prints_filter_clear(f); /* made anew, larger */
		return;
	}
	for (size_t i = 0; i < count; i++)
		set(f, list[i].tag);
}

/* Room for so many entries; without memory for it nothing is known, which costs time only. */
static void make_room(struct prints_filter *f, size_t entries)
{
	size_t bits = BITS_MIN;

	while (bits < BITS_MAX && bits / BITS_ENTRY < entries)
		bits *= 2;
	f->word = calloc(bits / 64, sizeof *f->word);
	f->bits = f->word ? bits : 0;
}

static void forget(struct prints_filter *f)
{
	free(f->word);
	f->word = NULL;
	f->bits = f->entries = 0;
}

struct making {
	struct prints_filter *filter;
	size_t most; /* entries */
};

static bool take(void *data, uint32_t tag)
{
	struct making *m = data;

	set(m->filter, tag);
	return ++m->filter->entries <= m->most;
}

enum err_code prints_filter_look(struct prints_filter *f, struct db *db, struct err *e)
{
	struct making m = {f, f->next * WORTH};
	enum err_code rc;

	if (f->bits || ++f->looks < f->next)
		return ERR_OK;
	f->next *= 2;
	make_room(f, m.most);
	if (!f->bits)
		return ERR_OK;
	rc = prints_filed_tags(db, take, &m, e);
	if (rc || f->entries > m.most)
		forget(f);
	return rc;
}
