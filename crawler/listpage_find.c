/*
 * listpage_find.c - which links of a page are the titles of its list.
 *
 * Links that stand alike - same names of elements on the way down - are candidates for
 * one column of titles. The row of such a link is the largest element around it that
 * holds no other of its kind, its container the element around that. Rows whose
 * containers have the same names and classes belong together, however many tables or
 * lists they are spread over. The heaviest such group is the list: long titles, a date
 * in each row, outside of navigation, footers and hot-lists.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "crawler/listpage_private.h"
#include "crawler/pagedate.h"

#define TITLE_WEIGHT_MAX 40
#define TITLE_TOO_LONG 80 /* characters: a summary, not a title */
#define ROWS_MANY 10
#define LINKS_OF_ROW_MAX 6
#define FRAME_LINKS 2 /* long links that a page without a list may have */
#define FRAME_WEIGHT 0.3 /* of a place in the frame of the page, at most */
#define DATED_ROWS 3 /* of a container, that make a dated list */
#define SIBLINGS_MAX 40 /* that a row takes with it */

struct row {
	struct listpage_row row;
	uint64_t group;
	struct listpage_link *link;
	int node, container;
	bool dated;
};

struct search {
	struct listpage *l;
	struct listpage_links links;
	struct row *rows; /* in the arena, room for every link */
	size_t count;
	char *seen; /* of an id */
};

/* ---- rows ---- */

static bool is_long(const struct listpage_link *k)
{
	return k->length >= LISTPAGE_TITLE_LONG;
}

static int by_kind(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->link->kind != y->link->kind)
		return x->link->kind < y->link->kind ? -1 : 1;
	return (x->link->node > y->link->node) - (x->link->node < y->link->node);
}

static int by_group(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

static int by_place(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return (x->node > y->node) - (x->node < y->node);
}

/* The deepest element around both. */
static int common_element(const struct search *s, int a, int b)
{
	const struct page *p = s->l->page;

	while (a != b) {
		if (s->links.depth[a] >= s->links.depth[b])
			a = page_node(p, a)->parent;
		else
			b = page_node(p, b)->parent;
	}
	return a;
}

/* No other of its kind on the page: the largest element around it without another title. */
static int lonely_container(const struct search *s, const struct listpage_link *k)
{
	const struct page *p = s->l->page;
	int up = page_node(p, k->node)->parent;

	while (page_node(p, up)->parent > 0 && s->links.lo[up] >= s->links.hi[up])
		up = page_node(p, up)->parent;
	return up;
}

static void place_row(
	struct search *s, struct row *r, const struct row *before, const struct row *behind)
{
	const struct page *p = s->l->page;
	int up = -1, other;

	if (before)
		up = common_element(s, r->link->node, before->link->node);
	if (behind) {
		other = common_element(s, r->link->node, behind->link->node);
		if (up < 0 || s->links.depth[other] > s->links.depth[up])
			up = other;
	}
	r->container = up >= 0 ? up : lonely_container(s, r->link);
	r->node = r->link->node;
	while (page_node(p, r->node)->parent != r->container)
		r->node = page_node(p, r->node)->parent;
	r->group = s->links.path[r->container] * 31 + r->link->kind;
}

static void place_rows(struct search *s)
{
	struct row *rows = s->rows;

	qsort(rows, s->count, sizeof *rows, by_kind);
	for (size_t i = 0; i < s->count; i++) {
		bool follows = i && rows[i - 1].link->kind == rows[i].link->kind;
		bool leads = i + 1 < s->count && rows[i + 1].link->kind == rows[i].link->kind;
		place_row(s, &rows[i], follows ? &rows[i - 1] : NULL, leads ? &rows[i + 1] : NULL);
	}
}

/* One candidate for each link; neighbours with the same address are one. */
static void take_candidates(struct search *s, bool long_only)
{
	struct row *rows = s->rows;
	size_t n = 0;

	s->count = 0;
	for (int i = 0; i < s->links.count; i++)
		if (is_long(&s->links.at[i]) || !long_only)
			rows[n++].link = &s->links.at[i];
	qsort(rows, n, sizeof *rows, by_kind);
	for (size_t i = 0; i < n; i++)
		if (s->count == 0 || rows[s->count - 1].link->kind != rows[i].link->kind ||
			rows[s->count - 1].link->id != rows[i].link->id)
			rows[s->count++] = rows[i];
}

/* ---- dates ---- */

static bool holds_other_title(const struct search *s, int node, int id)
{
	return s->links.lo[node] <= s->links.hi[node] &&
	       (s->links.lo[node] != id || s->links.hi[node] != id);
}

/* Behind the last node of the row: what follows it in its container, up to the next
 * title. */
static int end_of_row(const struct search *s, const struct row *r)
{
	const struct page *p = s->l->page;
	int end = page_node(p, r->container)->end, i = page_node(p, r->node)->end;

	for (int n = 0; n < SIBLINGS_MAX && i < end && !holds_other_title(s, i, r->link->id); n++)
		i = page_node(p, i)->end;
	return i;
}

/* The sibling before a child of the container, or the container itself. */
static int sibling_before(const struct page *p, int container, int child)
{
	int i = child - 1;

	while (i > container && page_node(p, i)->parent != container)
		i = page_node(p, i)->parent;
	return i;
}

/* The first node of a row whose date stands before its title. */
static int start_of_row(const struct search *s, const struct row *r)
{
	const struct page *p = s->l->page;
	int start = r->node;

	for (int n = 0; n < SIBLINGS_MAX; n++) {
		int i = sibling_before(p, r->container, start);
		if (i <= r->container || holds_other_title(s, i, r->link->id))
			break;
		start = i;
	}
	return start;
}

/* ---- several links in one row ---- */

/* An element that holds one article as a rule. */
static bool is_item(const struct page_node *node)
{
	return node->tag == PAGE_ROW || node->tag == PAGE_LI || node->tag == PAGE_DD ||
	       node->tag == PAGE_DT || node->tag == PAGE_P;
}

/* Two titles in one item: +1 when they share one date, so that one of them names a
 * column or an office, -1 when each has its own, as in a table of two columns. */
static int shares_date(const struct search *s, const struct row *a, const struct row *b)
{
	const struct document_input *in = s->l->in;
	struct date_found d;

	if (a->container != b->container || !is_item(page_node(s->l->page, a->container)))
		return 0;
	bool first = pagedate_find(s->l->page, a->node, end_of_row(s, a), a->link->node, in, &d);
	bool second = pagedate_find(s->l->page, b->node, end_of_row(s, b), b->link->node, in, &d);
	return first != second ? 1 : first ? -1 : 0;
}

static uint64_t place_in_item(const struct search *s, const struct row *r)
{
	uint64_t n = 1;

	for (int i = r->container + 1; i < r->node && n < LINKS_OF_ROW_MAX;
		i = page_node(s->l->page, i)->end)
		n += page_node(s->l->page, i)->tag != PAGE_TEXT;
	return n;
}

/* Where links of one kind share their rows, each place in the row is a kind of its own. */
static bool split_kinds(struct search *s)
{
	bool any = false;

	for (size_t from = 0, to; from < s->count; from = to) {
		uint64_t kind = s->rows[from].link->kind;
		int votes = 0;
		for (to = from; to < s->count && s->rows[to].link->kind == kind; to++)
			votes += to > from ? shares_date(s, &s->rows[to - 1], &s->rows[to]) : 0;
		for (size_t i = from; i < to && votes > 0; i++)
			s->rows[i].link->kind = kind * 31 + place_in_item(s, &s->rows[i]);
		any = any || votes > 0;
	}
	return any;
}

static void make_rows(struct search *s, bool long_only)
{
	take_candidates(s, long_only);
	place_rows(s);
	if (split_kinds(s))
		place_rows(s);
	qsort(s->rows, s->count, sizeof *s->rows, by_group);
}

/* A link around a whole card holds the date as a text of its own: "11月20日". */
static bool find_date_alone(const struct search *s, int from, int to, struct date_found *d)
{
	for (int i = from; i < to; i++) {
		const struct page_node *node = page_node(s->l->page, i);
		struct str text = str_trim(node->text);
		if (node->tag == PAGE_TEXT && node->chars &&
			date_find(text, 0, s->l->in->now, s->l->in->zone, d) && d->start == 0 &&
			d->end == text.n)
			return true;
	}
	return false;
}

static void date_row(const struct search *s, struct row *r, int from, int to)
{
	const struct document_input *in = s->l->in;
	int title = r->link->node, title_end = page_node(s->l->page, title)->end;
	struct date_found d;
	int64_t by_url;
	bool in_url = date_in_url(r->link->address, in->now, in->zone, &by_url);

	r->row.published = in_url ? by_url : TIME_NONE;
	r->dated = pagedate_find(s->l->page, from, to, title, in, &d) ||
		   (pagedate_find(s->l->page, title, title_end, -1, in, &d) && d.has_year) ||
		   find_date_alone(s, title, title_end, &d);
	if (r->dated)
		r->row.published = in_url && !d.has_year
					   ? date_in_year_of(d.moment, by_url, in->zone)
					   : d.moment;
}

static size_t date_rows(const struct search *s, struct row *rows, size_t n, bool date_leads)
{
	size_t dated = 0;

	for (size_t i = 0; i < n; i++) {
		int from = date_leads ? start_of_row(s, &rows[i]) : rows[i].node;
		int to = date_leads ? page_node(s->l->page, rows[i].node)->end
				    : end_of_row(s, &rows[i]);
		date_row(s, &rows[i], from, to);
		dated += rows[i].dated;
	}
	return dated;
}

/* Dates stand behind the titles, or before them if that explains more rows. */
static void date_group(const struct search *s, struct row *rows, size_t n)
{
	size_t behind = date_rows(s, rows, n, false);

	if (behind < n && date_rows(s, rows, n, true) <= behind)
		date_rows(s, rows, n, false);
}

/* ---- weights ---- */

static double place_weight(const struct page *p, int i)
{
	static const char *const frame[] = {"nav", "menu", "foot", "crumb", "position", "friend",
		"copyright", "toolbar", "topbar", "yqlj", "daohang", NULL};
	static const char *const aside[] = {"side", "hot", "rank", "recommend", "relate", "tuijian",
		"remen", "paihang", "slide", "banner", "focus", "swiper", NULL};
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
			weight *= 0.3;
		else if (page_is_named(p, i, aside))
			weight *= 0.5;
		if (weight < 0.2)
			return 0.2;
	}
	return weight;
}

static double row_weight(const struct row *r)
{
	size_t length = r->link->length;
	double weight = length < TITLE_WEIGHT_MAX ? (double)length : TITLE_WEIGHT_MAX;

	if (length > TITLE_TOO_LONG || !is_long(r->link))
		weight *= 0.3;
	return weight * (r->dated ? 3 : r->row.published != TIME_NONE ? 2 : 1);
}

/* Repeated addresses are one row; a single row is hardly a list; from ROWS_MANY on a row
 * counts a quarter. */
static double group_weight(const struct search *s, const struct row *rows, size_t n)
{
	double sum = 0, place = 1;
	size_t articles = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || rows[i].container != rows[i - 1].container)
			place = place_weight(
				s->l->page, n == 1 ? rows[i].link->node : rows[i].container);
		sum += row_weight(&rows[i]) * place;
		articles += !s->seen[rows[i].link->id];
		s->seen[rows[i].link->id] = 1;
	}
	for (size_t i = 0; i < n; i++)
		s->seen[rows[i].link->id] = 0;
	sum *= (double)articles / (double)n;
	if (n > ROWS_MANY)
		sum *= (ROWS_MANY + (double)(n - ROWS_MANY) / 4) / (double)n;
	return articles == 1 ? sum * 0.3 : sum;
}

static bool is_dated(const struct search *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (s->rows[i].dated)
			return true;
	return false;
}

/* The heaviest group [best_from, best_to) and its weight. */
static double choose(struct search *s, size_t *best_from, size_t *best_to)
{
	double best = 0;

	*best_from = *best_to = 0;
	for (size_t from = 0, to; from < s->count; from = to) {
		for (to = from; to < s->count && s->rows[to].group == s->rows[from].group; to++)
			;
		date_group(s, s->rows + from, to - from);
		double weight = group_weight(s, s->rows + from, to - from);
		if (weight > best * 1.001) {
			best = weight;
			*best_from = from;
			*best_to = to;
		}
	}
	return best;
}

/* ---- rows that look otherwise ---- */

/* The best title below a node, NULL when it holds none or a list of its own. */
static struct listpage_link *title_below(const struct search *s, int node)
{
	struct listpage_link *best = NULL;
	int links = 0;

	for (int i = node; i < page_node(s->l->page, node)->end; i++) {
		struct listpage_link *k =
			s->links.at_node[i] >= 0 ? &s->links.at[s->links.at_node[i]] : NULL;
		if (!k)
			continue;
		if (++links > LINKS_OF_ROW_MAX)
			return NULL;
		if (!best || k->length > best->length)
			best = k;
	}
	return best;
}

/* A row of the same element in the same container whose title is short, or marked up in
 * another way than the others'. */
static bool take_other(const struct search *s, const struct row *like, int node, struct row *out)
{
	struct listpage_link *k = title_below(s, node);

	if (!k)
		return false;
	*out = (struct row){.link = k, .node = node, .container = like->container};
	date_row(s, out, node, end_of_row(s, out));
	return out->dated || (!like->dated && is_long(k));
}

/* The rows [from, to) and the others of their containers, in the page's order. */
static size_t complete(const struct search *s, size_t from, size_t to, struct row *out)
{
	const struct page *p = s->l->page;
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		const struct row *r = &s->rows[i];
		bool first = i == from || s->rows[i - 1].container != r->container;
		int at = first ? r->container + 1 : page_node(p, s->rows[i - 1].node)->end;
		bool last = i + 1 == to || s->rows[i + 1].container != r->container;
		int end = last ? page_node(p, r->container)->end : r->node + 1;
		for (; at < end; at = page_node(p, at)->end) {
			if (at == r->node)
				out[n++] = *r;
			else if (page_node(p, at)->tag != PAGE_TEXT && !page_node(p, at)->hidden &&
				 strcmp(page_node(p, at)->name, page_node(p, r->node)->name) == 0)
				n += take_other(s, r, at, &out[n]);
		}
	}
	return n;
}

/* Do all stand in navigation, footers and hot-lists? */
static bool is_frame(const struct search *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (place_weight(s->l->page, s->rows[i].link->node) > FRAME_WEIGHT)
			return false;
	return true;
}

static bool is_dated_list(const struct search *s, size_t from, size_t to)
{
	return is_dated(s, from, to) && !is_frame(s, from, to);
}

/* Rows of long titles; or of short ones too ("停水通知") where only these are dated: a long
 * link or two in the frame of the page are no list. */
static enum err_code find_group(struct search *s, size_t *from, size_t *to, struct err *e)
{
	size_t links = (size_t)s->links.count;
	uint64_t *kinds = arena_array(s->l->arena, links + 1, sizeof *kinds);

	if (!kinds)
		return err_nomem(e);
	for (size_t i = 0; i < links; i++)
		kinds[i] = s->links.at[i].kind;
	make_rows(s, true);
	double by_long = choose(s, from, to);
	if (*to - *from > FRAME_LINKS || is_dated_list(s, *from, *to))
		return ERR_OK;
	make_rows(s, false);
	double by_all = choose(s, from, to);
	if (by_long > 0 && (by_all <= by_long || !is_dated_list(s, *from, *to))) {
		for (size_t i = 0; i < links; i++)
			s->links.at[i].kind = kinds[i];
		make_rows(s, true);
		choose(s, from, to);
	}
	/* What an empty list leaves. */
	if (is_frame(s, *from, *to) && (*to - *from == 1 || !is_dated(s, *from, *to)))
		*to = *from;
	return ERR_OK;
}

/* ---- giving ---- */

static size_t count_dated(const struct row *rows, size_t n)
{
	size_t dated = 0;

	for (size_t i = 0; i < n; i++)
		dated += rows[i].dated;
	return dated;
}

/* Where the rows of one container have their dates, those of another that has none are no
 * rows of the list: a column of hints in the same old tables. */
static size_t drop_undated(struct row *rows, size_t n)
{
	size_t kept = 0;
	bool any = false;

	for (size_t from = 0, to; from < n && !any; from = to) {
		for (to = from; to < n && rows[to].container == rows[from].container; to++)
			;
		any = to - from >= DATED_ROWS && count_dated(rows + from, to - from) == to - from;
	}
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from; to < n && rows[to].container == rows[from].container; to++)
			;
		if (any && to - from > 1 && count_dated(rows + from, to - from) == 0)
			continue;
		memmove(rows + kept, rows + from, (to - from) * sizeof *rows);
		kept += to - from;
	}
	return kept;
}

/* Rows of a dated list that have no date of their own are no rows of it. */
static enum err_code give_rows(struct search *s, struct row *rows, size_t n, struct err *e)
{
	enum err_code rc = listpage_make_room(s->l, n, e);

	n = drop_undated(rows, n);
	bool all_dated = count_dated(rows, n) * 10 >= n * 7;
	for (size_t i = 0; i < n && !rc; i++) {
		struct row *r = &rows[i];
		if (s->seen[r->link->id] || (all_dated && !r->dated))
			continue;
		s->seen[r->link->id] = 1;
		r->row.link = r->link->address;
		r->row.title = r->link->title;
		rc = listpage_make_item(s->l, &r->row, e);
	}
	return rc;
}

static enum err_code give_group(struct search *s, size_t from, size_t to, struct err *e)
{
	struct row *rows =
		arena_array(s->l->arena, to - from + (size_t)s->links.count + 1, sizeof *rows);
	size_t n;

	if (!rows)
		return err_nomem(e);
	n = complete(s, from, to, rows);
	if (n > DOCUMENT_ITEMS_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d items"), DOCUMENT_ITEMS_MAX);
	qsort(rows, n, sizeof *rows, by_place);
	return give_rows(s, rows, n, e);
}

enum err_code listpage_find_rows(struct listpage *l, struct err *e)
{
	struct search s = {.l = l};
	size_t from = 0, to = 0;
	enum err_code rc = listpage_take_links(l, &s.links, e);

	if (rc)
		return rc;
	s.rows = arena_array(l->arena, (size_t)s.links.count + 1, sizeof *s.rows);
	s.seen = arena_alloc(l->arena, (size_t)s.links.count + 1);
	if (!s.rows || !s.seen)
		return err_nomem(e);
	rc = find_group(&s, &from, &to, e);
	if (!rc && to == from)
		rc = err_set(e, ERR_INPUT, _("no list of articles is found in this page"));
	return rc ? rc : give_group(&s, from, to, e);
}
