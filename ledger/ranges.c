/*
 * ranges.c - writing and reading lists of from/to pairs.
 */
#include "ledger/ranges.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

static void add_pair(struct json_writer *w, int64_t from, int64_t to)
{
	json_begin_array(w);
	json_add_int(w, from);
	json_add_int(w, to);
	json_end_array(w);
}

void ranges_add(struct buf *out, const int64_t *numbers, size_t count)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_begin_array(&w);
	for (size_t i = 0, last; i < count; i = last + 1) {
		for (last = i; last + 1 < count && numbers[last + 1] == numbers[last] + 1;)
			last++;
		add_pair(&w, numbers[i], numbers[last]);
	}
	json_end_array(&w);
}

/* The i-th pair; `after` is what it must lie above. */
static bool read_pair(const struct json *all, size_t i, int64_t after, int64_t *from, int64_t *to)
{
	const struct json *pair = json_at(all, i);

	return json_size(pair) == 2 && json_int(json_at(pair, 0), from) &&
	       json_int(json_at(pair, 1), to) && *from > after && *to >= *from &&
	       *to - *from < RANGES_MAX;
}

static bool count_all(const struct json *all, size_t *count)
{
	int64_t from, to = 0;

	*count = 0;
	for (size_t i = 0; i < json_size(all); i++) {
		if (!read_pair(all, i, to, &from, &to))
			return false;
		*count += (size_t)(to - from) + 1;
		if (*count > RANGES_MAX)
			return false;
	}
	return json_type_of(all) == JSON_IS_ARRAY;
}

static void fill(const struct json *all, int64_t *out)
{
	int64_t from, to = 0;

	for (size_t i = 0; i < json_size(all); i++)
		if (read_pair(all, i, to, &from, &to))
			for (int64_t n = from; n <= to; n++)
				*out++ = n;
}

enum err_code ranges_read(
	const char *text, struct arena *a, int64_t **out, size_t *count, struct err *e)
{
	struct json *all = NULL;
	enum err_code rc = json_read(text, strlen(text), &all, e);

	*out = NULL;
	*count = 0;
	if (!rc && !count_all(all, count))
		rc = err_set(e, ERR_INPUT, _("“%.60s” is no list of from/to numbers"), text);
	if (!rc && !(*out = arena_array(a, *count + 1, sizeof **out)))
		rc = err_nomem(e);
	if (!rc)
		fill(all, *out);
	json_free(all);
	return rc;
}

int ranges_order(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}
