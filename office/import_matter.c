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
	rc = match_title_key(NULL, out, s, n, e);
	if (!rc && utf8_count(buf_str(out) + from, out->len - from) < MATTER_TITLE_MIN)
		buf_truncate(out, from);
	return rc;
}

static bool ends_with_any(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_has_suffix(s, *words))
			return true;
	return false;
}

/* Bytes of "…省" at the front, 0 when there is none. 菜市场, 超市, 县医院 are no areas. */
static size_t area_length(struct str s, const char *end)
{
	static const char *const behind[] = {"场", "政", "中", "医", "民", "委", "人", NULL};
	static const char *const before[] = {"城", "都", "超", "夜", "集", "菜", "早", "门", NULL};
	size_t at = str_find(s, end, 1), after = at + strlen(end), next;

	if (at >= s.n || utf8_count(s.p, at) > AREA_WITHIN ||
		ends_with_any(str_sub(s, 0, at), before))
		return 0;
	next = after + utf8_offset(s.p + after, s.n - after, 1);
	return ends_with_any(str_sub(s, after, next), behind) ? 0 : after;
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
	rc = match_title_key(NULL, &key, place, strlen(place), e);
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

static bool has_equal_titles(const struct matter_view *x, const struct matter_view *y)
{
	return x->m->title_key[0] && strcmp(x->m->title_key, y->m->title_key) == 0;
}

static bool has_like_titles(const struct matter_view *x, const struct matter_view *y)
{
	bool is_long = x->title.count >= MATTER_LONG && y->title.count >= MATTER_LONG;

	if (!x->m->title_key[0] || !y->m->title_key[0])
		return false;
	return likeness(&x->title, &y->title) >= (is_long ? MATTER_ALIKE_LONG : MATTER_ALIKE);
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
	bool placed = x->m->place_key[0] && y->m->place_key[0], common;

	if (apart > (int64_t)MATTER_DAYS * 86400 || (placed && !has_like_places(x, y)))
		return false;
	if (has_equal_titles(x, y))
		return true;
	common = has_common_topic(x, y);
	if (common && placed)
		return true;
	/* Set phrases make different complaints look alike; their topics tell. */
	return (common || !x->m->codes[0] || !y->m->codes[0]) && has_like_titles(x, y);
}

/* --- groups --- */

#define NONE SIZE_MAX

struct entry { /* one order in one of the lists that it stands in */
	const char *key; /* "" of all, a title key, a topic */
	size_t key_size;
	char list; /* which of the three */
	int64_t at;
	size_t index;
	size_t next; /* the order's next entry, NONE: the last */
};

struct grouping {
	struct matter_view *views;
	size_t *group;
	struct entry *entries;
	size_t count;
	size_t *first; /* each order's first entry */
};

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	size_t n = x->key_size < y->key_size ? x->key_size : y->key_size;
	int c = x->list - y->list;

	if (!c && n)
		c = memcmp(x->key, y->key, n);
	if (c || x->key_size != y->key_size)
		return c ? c : x->key_size < y->key_size ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static bool has_same_key(const struct entry *x, const struct entry *y)
{
	return x->list == y->list && x->key_size == y->key_size &&
	       (!x->key_size || memcmp(x->key, y->key, x->key_size) == 0);
}

/* Those behind the entry in its list that concern the same matter join its order's. */
static void take_near(struct grouping *g, size_t place)
{
	const struct entry *x = &g->entries[place];

	for (size_t k = place + 1; k < g->count && k - place <= MATTER_NEAR; k++) {
		const struct entry *y = &g->entries[k];
		if (!has_same_key(x, y) || y->at - x->at > (int64_t)MATTER_DAYS * 86400)
			break;
		if (g->group[y->index] == NONE &&
			matter_is_same(&g->views[x->index], &g->views[y->index]))
			g->group[y->index] = x->index;
	}
}

static void add_entry(struct grouping *g, char list, struct str key, int64_t at, size_t index)
{
	g->entries[g->count++] = (struct entry){key.p, key.n, list, at, index, NONE};
}

/* By time, by title, by each topic. */
static void list_all(struct grouping *g, const struct matter *m, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str rest = str_of(m[i].codes);
		add_entry(g, 0, (struct str){"", 0}, m[i].at, i);
		if (m[i].title_key[0])
			add_entry(g, 1, str_of(m[i].title_key), m[i].at, i);
		while (rest.p && rest.n) {
			struct str code = str_split(&rest, '|');
			if (code.n)
				add_entry(g, 2, code, m[i].at, i);
		}
		g->first[i] = NONE;
	}
	qsort(g->entries, g->count, sizeof *g->entries, by_key);
	for (size_t k = g->count; k-- > 0;) {
		g->entries[k].next = g->first[g->entries[k].index];
		g->first[g->entries[k].index] = k;
	}
}

/* The first n entries are all orders by time: each that has no matter yet begins one. */
static void assign(struct grouping *g, size_t n)
{
	for (size_t i = 0; i < n; i++)
		g->group[i] = NONE;
	for (size_t t = 0; t < n; t++) {
		size_t i = g->entries[t].index;
		if (g->group[i] != NONE)
			continue;
		g->group[i] = i;
		for (size_t k = g->first[i]; k != NONE; k = g->entries[k].next)
			take_near(g, k);
	}
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
	size_t room = n * 2 + 1;
	bool ok;

	for (size_t i = 0; i < n; i++)
		room += count_bars(m[i].codes);
	g.views = arena_array(a, n + 1, sizeof *g.views);
	g.first = arena_array(a, n + 1, sizeof *g.first);
	g.entries = arena_array(a, room, sizeof *g.entries);
	ok = g.views && g.first && g.entries;
	for (size_t i = 0; i < n && ok; i++)
		ok = matter_view_make(&m[i], a, &g.views[i]);
	if (!ok)
		return err_nomem(e);
	list_all(&g, m, n);
	assign(&g, n);
	return ERR_OK;
}
