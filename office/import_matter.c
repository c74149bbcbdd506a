/*
 * import_matter.c - likeness of orders, and the groups that it makes.
 */
#include "office/import_matter.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "matcher/match.h"

#define CONTENT_WORDS 60 /* characters of a content that stand for a title */
#define AREA_WITHIN 10 /* characters: an area's name is not longer */
#define KEY_MAX ((size_t)64 << 10)

/* --- keys --- */

enum err_code matter_title_key(
	struct buf *out, const char *title, const char *content, struct err *e)
{
	const char *s = title && *title ? title : content ? content : "";
	size_t n = strlen(s), from = out->len;
	enum err_code rc;

	n = title && *title ? n : utf8_offset(s, n, CONTENT_WORDS);
	rc = match_title_key(out, s, n, e);
	if (!rc && utf8_count(buf_str(out) + from, out->len - from) < MATTER_TITLE_MIN)
		buf_truncate(out, from);
	return rc;
}

/* Bytes of "…省" at the front, 0 when there is none. 菜市场, 县医院 are no areas. */
static size_t area_length(struct str s, const char *end)
{
	static const char *const not_behind[] = {"场", "政", "中", "医", "民", "委", "人"};
	size_t at = str_find(s, end, 1), behind = at + strlen(end);

	if (at >= s.n || utf8_count(s.p, at) > AREA_WITHIN || utf8_count(s.p, at) < 2)
		return 0;
	for (size_t i = 0; i < sizeof not_behind / sizeof *not_behind; i++)
		if (str_has_prefix(str_sub(s, behind, s.n), not_behind[i]))
			return 0;
	return behind;
}

enum err_code matter_place_key(struct buf *out, const char *place, struct err *e)
{
	static const char *const ends[] = {"省", "自治州", "州", "市", "县"};
	struct buf key;
	struct str s;
	enum err_code rc;

	if (!place || !*place)
		return ERR_OK;
	buf_init(&key, KEY_MAX);
	rc = match_title_key(&key, place, strlen(place), e);
	s = (struct str){buf_str(&key), key.len};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		s = str_sub(s, area_length(s, ends[i]), s.n);
	if (!rc && utf8_count(s.p, s.n) >= MATTER_PLACE_MIN)
		buf_add(out, s.p, s.n);
	buf_fini(&key);
	return rc;
}

/* --- likeness --- */

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool make_pairs(const char *key, struct arena *a, struct matter_pairs *out)
{
	size_t n = strlen(key), len;
	uint32_t last = 0;

	out->count = 0;
	out->at = arena_array(a, utf8_count(key, n) + 1, sizeof *out->at);
	if (!out->at)
		return false;
	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = utf8_decode(key + i, n - i, &len);
		if (last)
			out->at[out->count++] = (uint64_t)last << 32 | cp;
		last = cp;
	}
	qsort(out->at, out->count, sizeof *out->at, by_value);
	return true;
}

bool matter_view_make(const struct matter *m, struct arena *a, struct matter_view *out)
{
	out->m = m;
	return make_pairs(m->title_key, a, &out->title) && make_pairs(m->place_key, a, &out->place);
}

/* Dice's measure in per cent. */
static size_t likeness(const struct matter_pairs *x, const struct matter_pairs *y)
{
	size_t i = 0, k = 0, same = 0;

	while (i < x->count && k < y->count) {
		if (x->at[i] == y->at[k]) {
			same++;
			i++;
			k++;
		} else if (x->at[i] < y->at[k]) {
			i++;
		} else {
			k++;
		}
	}
	return x->count + y->count ? same * 200 / (x->count + y->count) : 0;
}

static bool has_like_titles(const struct matter_view *x, const struct matter_view *y)
{
	if (!x->m->title_key[0] || !y->m->title_key[0])
		return false;
	return strcmp(x->m->title_key, y->m->title_key) == 0 ||
	       likeness(&x->title, &y->title) >= MATTER_ALIKE;
}

/* One place lies in the other, or they differ in little. */
static bool has_like_places(const struct matter_view *x, const struct matter_view *y)
{
	const char *a = x->m->place_key, *b = y->m->place_key;

	if (!a[0] || !b[0])
		return false;
	return strstr(a, b) || strstr(b, a) || likeness(&x->place, &y->place) >= MATTER_ALIKE;
}

static bool has_common_topic(const struct matter_view *x, const struct matter_view *y)
{
	struct str rest = str_of(x->m->codes), other = str_of(y->m->codes);

	while (rest.p && rest.n) {
		struct str code = str_split(&rest, '|');
		for (struct str o = other; code.n && o.p;)
			if (str_eq(str_split(&o, '|'), code))
				return true;
	}
	return false;
}

bool matter_is_same(const struct matter_view *x, const struct matter_view *y)
{
	int64_t apart = x->m->at > y->m->at ? x->m->at - y->m->at : y->m->at - x->m->at;

	if (apart > (int64_t)MATTER_DAYS * 86400)
		return false;
	return has_like_titles(x, y) || (has_common_topic(x, y) && has_like_places(x, y));
}

/* --- groups --- */

struct entry { /* one order in one of the orders it is compared in */
	const char *key; /* "", a title key, a topic */
	size_t key_size;
	int64_t at;
	size_t index;
};

struct grouping {
	struct matter_view *views;
	size_t *group;
	struct entry *entries;
	size_t count;
};

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	size_t n = x->key_size < y->key_size ? x->key_size : y->key_size;
	int c = n ? memcmp(x->key, y->key, n) : 0;

	if (c || x->key_size != y->key_size)
		return c ? c : x->key_size < y->key_size ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static size_t root(struct grouping *g, size_t i)
{
	while (g->group[i] != i)
		i = g->group[i] = g->group[g->group[i]];
	return i;
}

static void join(struct grouping *g, size_t a, size_t b)
{
	a = root(g, a);
	b = root(g, b);
	if (a < b)
		g->group[b] = a;
	else
		g->group[a] = b;
}

static bool has_same_key(const struct entry *x, const struct entry *y)
{
	return x->key_size == y->key_size &&
	       (!x->key_size || memcmp(x->key, y->key, x->key_size) == 0);
}

static void compare_near(struct grouping *g)
{
	qsort(g->entries, g->count, sizeof *g->entries, by_key);
	for (size_t i = 0; i < g->count; i++) {
		const struct entry *x = &g->entries[i];
		for (size_t k = i + 1; k < g->count && k - i <= MATTER_NEAR; k++) {
			const struct entry *y = &g->entries[k];
			if (!has_same_key(x, y) || y->at - x->at > (int64_t)MATTER_DAYS * 86400)
				break;
			if (root(g, x->index) != root(g, y->index) &&
				matter_is_same(&g->views[x->index], &g->views[y->index]))
				join(g, x->index, y->index);
		}
	}
}

static void add_entry(struct grouping *g, struct str key, int64_t at, size_t index)
{
	g->entries[g->count++] = (struct entry){key.p, key.n, at, index};
}

/* By time, by title, by each topic. */
static void compare_all(struct grouping *g, const struct matter *m, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_entry(g, (struct str){"", 0}, m[i].at, i);
	compare_near(g);
	g->count = 0;
	for (size_t i = 0; i < n; i++)
		if (m[i].title_key[0])
			add_entry(g, str_of(m[i].title_key), m[i].at, i);
	compare_near(g);
	g->count = 0;
	for (size_t i = 0; i < n; i++) {
		struct str rest = str_of(m[i].codes);
		while (rest.p && rest.n) {
			struct str code = str_split(&rest, '|');
			if (code.n)
				add_entry(g, code, m[i].at, i);
		}
	}
	compare_near(g);
}

static size_t count_bars(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += *s == '|';
	return n;
}

enum err_code matter_group(
	const struct matter *m, size_t n, struct arena *a, size_t *group, struct err *e)
{
	struct grouping g = {.group = group};
	size_t room = n;
	bool ok = true;

	for (size_t i = 0; i < n; i++)
		room += count_bars(m[i].codes);
	g.views = arena_array(a, n + 1, sizeof *g.views);
	g.entries = arena_array(a, room + 1, sizeof *g.entries);
	if (!g.views || !g.entries)
		return err_nomem(e);
	for (size_t i = 0; i < n && ok; i++) {
		group[i] = i;
		ok = matter_view_make(&m[i], a, &g.views[i]);
	}
	if (!ok)
		return err_nomem(e);
	compare_all(&g, m, n);
	for (size_t i = 0; i < n; i++)
		group[i] = root(&g, i);
	return ERR_OK;
}
