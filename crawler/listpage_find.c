/*
 * listpage_find.c - which links of a page are its list.
 *
 * A *head* is a child of an element below which exactly one article link stands; a row
 * runs from a head to the next one. Rows of elements with the same path of names and
 * classes belong together, however many tables or lists they are spread over. The
 * heaviest such run is the list.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "crawler/listpage_private.h"

#define TITLE_LONG 5 /* characters; shorter ones rather name a column or a button */
#define TITLE_WEIGHT_MAX 40
#define LINKS_MAX 50000

struct link {
	int node;
	const char *address, *title;
	int id; /* equal for equal addresses */
	size_t length; /* of the title, in characters */
};

/* What stands below a node: the article links, by id. */
struct below {
	int long_lo, long_hi; /* ids of long links: equal when there is one address */
	int any_lo, any_hi;
	uint64_t path; /* names and classes from the root down to here */
};

struct run { /* one row, found */
	struct listpage_row row;
	uint64_t path;
	int id, node, order;
	double weight;
	bool dated;
};

struct search {
	struct listpage *l;
	struct link *links;
	int count;
	int *link_at; /* of a node: index of the link, -1 none */
	struct below *below;
	struct run *runs;
	size_t run_count, run_room;
	enum err_code rc;
};

/* ---- links ---- */

static bool is_button(const char *title)
{
	static const char *const words[] = {"更多", "更多>>", "更多>", "more", "more>>", "MORE",
		"详细", "查看", "查看详情", "详情", "[详细]", "阅读全文", "查看全文", "点击查看",
		"首页", "上一页", "下一页", "尾页", "末页", "返回", "返回首页", "返回顶部", "登录",
		"注册", "搜索", "设为首页", "加入收藏", "网站地图", "联系我们", "关于我们", NULL};

	for (size_t i = 0; words[i]; i++)
		if (strcmp(words[i], title) == 0)
			return true;
	return false;
}

static bool is_hidden_above(const struct page *p, int i)
{
	return page_node(p, i)->hidden;
}

static enum err_code collect_links(struct search *s, struct err *e)
{
	struct page *p = s->l->page;
	int n = page_count(p), links = 0;

	for (int i = 0; i < n; i++)
		links += page_node(p, i)->tag == PAGE_A;
	if (links > LINKS_MAX)
		return err_set(e, ERR_LIMIT, _("the page has more than %d links"), LINKS_MAX);
	s->links = arena_array(s->l->arena, (size_t)links + 1, sizeof *s->links);
	s->link_at = arena_array(s->l->arena, (size_t)n, sizeof *s->link_at);
	s->below = arena_array(s->l->arena, (size_t)n, sizeof *s->below);
	if (!s->links || !s->link_at || !s->below)
		return err_nomem(e);
	for (int i = 0; i < n; i++) {
		struct link *k = &s->links[s->count];
		s->link_at[i] = -1;
		if (page_node(p, i)->tag != PAGE_A || is_hidden_above(p, i))
			continue;
		k->node = i;
		k->address = pagelink_address(p, i, s->l->base, s->l->arena);
		if (!k->address)
			continue;
		k->title = pagelink_title(p, i, s->l->in, s->l->arena);
		if (!k->title)
			return err_nomem(e);
		k->length = utf8_count(k->title, strlen(k->title));
		if (k->length == 0 || is_button(k->title))
			continue;
		s->link_at[i] = s->count++;
	}
	return ERR_OK;
}

static int by_address(const void *a, const void *b)
{
	return strcmp((*(struct link *const *)a)->address, (*(struct link *const *)b)->address);
}

static enum err_code number_links(struct search *s, struct err *e)
{
	struct link **sorted = arena_array(s->l->arena, (size_t)s->count + 1, sizeof *sorted);
	int id = 0;

	if (!sorted)
		return err_nomem(e);
	for (int i = 0; i < s->count; i++)
		sorted[i] = &s->links[i];
	qsort(sorted, (size_t)s->count, sizeof *sorted, by_address);
	for (int i = 0; i < s->count; i++) {
		if (i && strcmp(sorted[i]->address, sorted[i - 1]->address) != 0)
			id++;
		sorted[i]->id = id;
	}
	return ERR_OK;
}

/* ---- what is below each node ---- */

static void widen(int *lo, int *hi, int from, int to)
{
	if (from < *lo)
		*lo = from;
	if (to > *hi)
		*hi = to;
}

static uint64_t mix(uint64_t h, const char *s)
{
	/* FNV-1a, 64 bit */
	for (; s && *s; s++)
		h = (h ^ (unsigned char)(str_is_digit((unsigned char)*s) ? '0' : *s)) *
		    0x100000001B3u;
	return (h ^ 0xFF) * 0x100000001B3u;
}

static void look_below(struct search *s)
{
	const struct page *p = s->l->page;
	int n = page_count(p);

	for (int i = 0; i < n; i++) {
		struct below *b = &s->below[i];
		const struct page_node *node = page_node(p, i);
		b->long_lo = b->any_lo = INT32_MAX;
		b->long_hi = b->any_hi = -1;
		b->path = node->parent >= 0 ? s->below[node->parent].path : 0xCBF29CE484222325u;
		if (node->tag != PAGE_TEXT)
			b->path = mix(mix(b->path, node->name), page_attr(p, i, "class"));
	}
	for (int i = n - 1; i >= 0; i--) {
		struct below *b = &s->below[i];
		int parent = page_node(p, i)->parent;
		if (s->link_at[i] >= 0) {
			const struct link *k = &s->links[s->link_at[i]];
			widen(&b->any_lo, &b->any_hi, k->id, k->id);
			if (k->length >= TITLE_LONG)
				widen(&b->long_lo, &b->long_hi, k->id, k->id);
		}
		if (parent < 0)
			continue;
		struct below *up = &s->below[parent];
		widen(&up->any_lo, &up->any_hi, b->any_lo, b->any_hi);
		widen(&up->long_lo, &up->long_hi, b->long_lo, b->long_hi);
	}
}

/* The one article that stands below node i: its id, or -1. A long link counts before short
 * ones (the column's name beside the title); short ones alone count if they are one. */
static int article_below(const struct search *s, int i)
{
	const struct below *b = &s->below[i];

	if (b->long_hi >= 0)
		return b->long_lo == b->long_hi ? b->long_lo : -1;
	return b->any_hi >= 0 && b->any_lo == b->any_hi ? b->any_lo : -1;
}

static bool has_several(const struct search *s, int i)
{
	const struct below *b = &s->below[i];

	return b->long_hi >= 0 && b->long_lo != b->long_hi;
}

/* ---- where a list is unlikely ---- */

static double place_weight(const struct page *p, int i)
{
	static const char *const frame[] = {"nav", "menu", "foot", "crumb", "position", "friend",
		"copyright", "toolbar", "topbar", "yqlj", "daohang", NULL};
	static const char *const aside[] = {"side", "hot", "rank", "recommend", "relate", "tuijian",
		"remen", "paihang", "right", "slide", "banner", "focus", "swiper", NULL};
	double weight = 1;

	for (; i >= 0; i = page_node(p, i)->parent) {
		const char *name = page_node(p, i)->name;
		if (strcmp(name, "nav") == 0 || strcmp(name, "footer") == 0 ||
			strcmp(name, "header") == 0)
			weight *= 0.2;
		else if (strcmp(name, "aside") == 0)
			weight *= 0.4;
		else if (strcmp(name, "body") == 0 || strcmp(name, "html") == 0)
			break;
		else if (page_is_named(p, i, frame))
			weight *= 0.4;
		else if (page_is_named(p, i, aside))
			weight *= 0.6;
		if (weight < 0.2)
			return 0.2;
	}
	return weight;
}

/* ---- rows ---- */

/* The link of an article in [from, to) whose words say most. */
static const struct link *best_link(const struct search *s, int from, int to, int id)
{
	const struct link *best = NULL;

	for (int i = from; i < to; i++) {
		const struct link *k = s->link_at[i] >= 0 ? &s->links[s->link_at[i]] : NULL;
		if (k && k->id == id && (!best || k->length > best->length))
			best = k;
	}
	return best;
}

static void weigh(struct run *r, const struct link *k, bool url_dated)
{
	double length = k->length < TITLE_WEIGHT_MAX ? (double)k->length : TITLE_WEIGHT_MAX;

	r->weight = length * (r->dated ? 3 : url_dated ? 2 : 1);
	if (k->length < TITLE_LONG)
		r->weight *= 0.3;
}

static bool add_run(struct search *s, const struct run *r)
{
	if (s->run_count == s->run_room) {
		size_t room = s->run_room ? 2 * s->run_room : 256;
		struct run *runs = realloc(s->runs, room * sizeof *runs);
		if (!runs)
			return false;
		s->runs = runs;
		s->run_room = room;
	}
	s->runs[s->run_count] = *r;
	s->runs[s->run_count].order = (int)s->run_count;
	s->run_count++;
	return true;
}

/* A date without a year takes the address's year when that names the same day. */
static void date_row(const struct search *s, struct run *r, int from, int to, int except)
{
	const struct document_input *in = s->l->in;
	struct date_found d;
	int64_t by_url;
	bool in_url = date_in_url(r->row.link, in->now, in->zone, &by_url);

	r->dated = pagelink_date(s->l->page, from, to, except, in, &d);
	if (!r->dated)
		r->dated = pagelink_date(s->l->page, except, page_node(s->l->page, except)->end, -1,
				   in, &d) &&
			   d.has_year;
	if (!r->dated) {
		r->row.published = in_url ? by_url : TIME_NONE;
		return;
	}
	r->row.published = d.moment;
	if (in_url && !d.has_year) {
		struct time_civil shown, named;
		time_to_civil(d.moment, in->zone, &shown);
		time_to_civil(by_url, in->zone, &named);
		if (shown.month == named.month && shown.day == named.day) {
			shown.year = named.year;
			time_from_civil(&shown, in->zone, &r->row.published);
		}
	}
}

static bool take_run(struct search *s, int container, int from, int head_end, int to, double place)
{
	int id = article_below(s, from);
	const struct link *k = best_link(s, from, head_end, id);
	struct run r;

	if (!k)
		return true;
	memset(&r, 0, sizeof r);
	r.row.link = k->address;
	r.row.title = k->title;
	r.row.published = TIME_NONE;
	r.path = s->below[container].path;
	r.id = id;
	r.node = container;
	date_row(s, &r, from, to, k->node);
	weigh(&r, k, r.row.published != TIME_NONE);
	r.weight *= place;
	return add_run(s, &r);
}

/* The rows of one element. */
static bool take_container(struct search *s, int container)
{
	const struct page *p = s->l->page;
	int end = page_node(p, container)->end, head = -1, heads = 0;
	double place = 0;
	bool ok = true;

	for (int i = container + 1; i < end; i = page_node(p, i)->end)
		heads += article_below(s, i) >= 0;
	if (heads == 0)
		return true;
	place = place_weight(p, container);
	for (int i = container + 1; i <= end && ok; i = i < end ? page_node(p, i)->end : end + 1) {
		bool is_head = i < end && article_below(s, i) >= 0;
		if (head >= 0 && (i == end || is_head || has_several(s, i))) {
			ok = take_run(s, container, head, page_node(p, head)->end, i, place);
			head = -1;
		}
		if (is_head)
			head = i;
	}
	return ok;
}

/* ---- the choice ---- */

static int by_path(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	if (x->path != y->path)
		return x->path < y->path ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static int by_id(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Different addresses among the runs [from, to). */
static size_t count_articles(struct search *s, size_t from, size_t to)
{
	int *ids = arena_array(s->l->arena, to - from + 1, sizeof *ids);
	size_t n = 0;

	if (!ids) {
		s->rc = ERR_NOMEM;
		return 0;
	}
	for (size_t i = from; i < to; i++)
		ids[i - from] = s->runs[i].id;
	qsort(ids, to - from, sizeof *ids, by_id);
	for (size_t i = 0; i < to - from; i++)
		n += i == 0 || ids[i] != ids[i - 1];
	return n;
}

static double weigh_group(struct search *s, size_t from, size_t to)
{
	size_t articles = count_articles(s, from, to);
	double sum = 0;

	for (size_t i = from; i < to; i++)
		sum += s->runs[i].weight;
	/* Repeated addresses are one row; a single row is hardly a list. */
	sum *= (double)articles / (double)(to - from);
	return articles == 1 ? sum * 0.3 : sum;
}

static void choose(struct search *s, size_t *best_from, size_t *best_to)
{
	double best = 0;

	qsort(s->runs, s->run_count, sizeof *s->runs, by_path);
	*best_from = *best_to = 0;
	for (size_t from = 0, to; from < s->run_count; from = to) {
		for (to = from; to < s->run_count && s->runs[to].path == s->runs[from].path; to++)
			;
		double weight = weigh_group(s, from, to);
		if (weight > best * 1.001) {
			best = weight;
			*best_from = from;
			*best_to = to;
		}
	}
}

/* Rows of a dated list that have no date of their own are no rows of it: the column's
 * name, a button. */
static enum err_code give_rows(struct search *s, size_t from, size_t to, struct err *e)
{
	size_t dated = 0;
	char *seen = arena_alloc(s->l->arena, (size_t)s->count + 1);
	enum err_code rc = listpage_make_room(s->l, to - from, e);

	if (!rc && !seen)
		rc = err_nomem(e);
	for (size_t i = from; i < to; i++)
		dated += s->runs[i].dated;
	bool all_dated = dated * 10 >= (to - from) * 7;
	for (size_t i = from; i < to && !rc; i++) {
		const struct run *r = &s->runs[i];
		if (seen[r->id] || (all_dated && !r->dated))
			continue;
		seen[r->id] = 1;
		rc = listpage_make_item(s->l, &r->row, e);
	}
	return rc;
}

enum err_code listpage_find_rows(struct listpage *l, struct err *e)
{
	struct search s = {.l = l};
	size_t from = 0, to = 0;
	enum err_code rc = collect_links(&s, e);

	if (!rc)
		rc = number_links(&s, e);
	if (!rc) {
		look_below(&s);
		for (int i = 0; i < page_count(l->page) && !rc; i++)
			if (page_node(l->page, i)->tag != PAGE_TEXT && s.below[i].any_hi >= 0 &&
				!take_container(&s, i))
				rc = err_nomem(e);
	}
	if (!rc && s.run_count)
		choose(&s, &from, &to);
	if (!rc && s.rc)
		rc = err_nomem(e);
	if (!rc && to == from)
		rc = err_set(e, ERR_INPUT, _("no list of articles is found in this page"));
	if (!rc && to - from > DOCUMENT_ITEMS_MAX)
		rc = err_set(e, ERR_LIMIT, _("more than %d items"), DOCUMENT_ITEMS_MAX);
	if (!rc)
		rc = give_rows(&s, from, to, e);
	free(s.runs);
	return rc;
}
