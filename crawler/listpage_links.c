/*
 * listpage_links.c - the links of a page that may be titles, and where they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "crawler/listpage_private.h"

#define LINKS_MAX 50000
#define FNV_START 0xCBF29CE484222325u
#define FNV_PRIME 0x100000001B3u

/* ---- which links ---- */

static bool is_button(const char *title)
{
	static const char *const words[] = {"更多", "更多>>", "更多>", "更多 >", "更多+", "more",
		"more>>", "MORE", "More", "详细", "查看", "查看详情", "查看更多", "查看全部",
		"详情", "[详细]", "[详情]", "[查看全文]", "阅读全文", "查看全文", "点击查看",
		"继续阅读", "阅读更多", "阅读原文", "了解更多", "首页", "上一页", "下一页", "尾页",
		"末页", "返回", "返回首页", "返回顶部", "登录", "注册", "搜索", "设为首页",
		"加入收藏", "网站地图", "联系我们", "关于我们", "网站首页", NULL};

	for (size_t i = 0; words[i]; i++)
		if (strcmp(words[i], title) == 0)
			return true;
	return false;
}

/* The registrations that every page of a site links to in its footer. */
static bool is_registration(const char *address)
{
	static const char *const hosts[] = {"://beian.miit.gov.cn", "://www.beian.gov.cn",
		"://beian.mps.gov.cn", "://www.miitbeian.gov.cn", "://bszs.conac.cn", NULL};

	for (size_t i = 0; hosts[i]; i++)
		if (strstr(address, hosts[i]))
			return true;
	return false;
}

/* The last (or first) shown character of a text node, 0 when it has none. */
static uint32_t edge_of(struct str s, bool last)
{
	uint32_t found = 0;

	for (size_t i = 0, len; i < s.n; i += len) {
		uint32_t cp = utf8_decode(s.p + i, s.n - i, &len);
		if (utf8_is_space(cp))
			continue;
		found = cp;
		if (!last)
			break;
	}
	return found;
}

static bool opens(uint32_t cp)
{
	return cp == '[' || cp == 0x3010 || cp == 0xFF3B; /* 【 ［ */
}

/* "[人社局] 标题": the link in brackets names the column, the one behind it the article. */
static bool is_column_name(const struct page *p, const struct listpage_link *k)
{
	int before = k->node - 1;
	struct str title = str_of(k->title);
	bool bracketed = opens(edge_of(title, false)) &&
			 (str_has_suffix(title, "]") || str_has_suffix(title, "】") ||
				 str_has_suffix(title, "］"));

	while (before >= 0 && page_node(p, before)->tag == PAGE_TEXT &&
		edge_of(page_node(p, before)->text, true) == 0)
		before--;
	if (!bracketed && before >= 0 && page_node(p, before)->tag == PAGE_TEXT)
		bracketed = opens(edge_of(page_node(p, before)->text, true));
	return bracketed && k->length <= 16;
}

static enum err_code take_link(
	struct listpage *l, struct listpage_links *s, int node, struct err *e)
{
	struct listpage_link *k = &s->at[s->count];

	memset(k, 0, sizeof *k);
	k->node = node;
	k->address = pagelink_address(l->page, node, l->base, l->arena);
	if (!k->address || is_registration(k->address))
		return ERR_OK;
	k->title = pagelink_title(l->page, node, l->in, l->arena);
	if (!k->title)
		return err_nomem(e);
	k->length = utf8_count(k->title, strlen(k->title));
	if (k->length == 0 || is_button(k->title) || is_column_name(l->page, k))
		return ERR_OK;
	s->at_node[node] = s->count++;
	return ERR_OK;
}

static bool has_han(const char *s)
{
	for (size_t n = strlen(s), len; n; s += len, n -= len)
		if (utf8_is_han(utf8_decode(s, n, &len)))
			return true;
	return false;
}

/* "HX2026112400017": the number of a letter, not its title. */
static bool is_number(const char *s)
{
	size_t digits = 0, all = strlen(s);

	for (size_t i = 0; i < all; i++)
		digits += str_is_digit((unsigned char)s[i]);
	return digits * 2 > all && !has_han(s);
}

/* Among the links to one address, a number takes the title of another. */
static void name_numbers(struct listpage_link **same, size_t n)
{
	const struct listpage_link *named = NULL;

	for (size_t i = 0; i < n && !named; i++)
		if (has_han(same[i]->title))
			named = same[i];
	for (size_t i = 0; i < n && named; i++) {
		if (is_number(same[i]->title)) {
			same[i]->title = named->title;
			same[i]->length = named->length;
		}
	}
}

static int by_address(const void *a, const void *b)
{
	const struct listpage_link *x = *(struct listpage_link *const *)a;
	const struct listpage_link *y = *(struct listpage_link *const *)b;

	return strcmp(x->address, y->address);
}

static enum err_code number_links(struct listpage *l, struct listpage_links *s, struct err *e)
{
	struct listpage_link **sorted =
		arena_array(l->arena, (size_t)s->count + 1, sizeof(struct listpage_link *));
	int id = 0;

	if (!sorted)
		return err_nomem(e);
	for (int i = 0; i < s->count; i++)
		sorted[i] = &s->at[i];
	qsort(sorted, (size_t)s->count, sizeof *sorted, by_address);
	for (int i = 0; i < s->count; i++) {
		if (i && strcmp(sorted[i]->address, sorted[i - 1]->address) != 0)
			id++;
		sorted[i]->id = id;
	}
	for (int from = 0, to; from < s->count; from = to) {
		for (to = from; to < s->count && sorted[to]->id == sorted[from]->id; to++)
			;
		name_numbers(sorted + from, (size_t)(to - from));
	}
	return ERR_OK;
}

/* ---- where they stand ---- */

/* FNV-1a */
static uint64_t mix(uint64_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * FNV_PRIME;
	return (h ^ 0xFF) * FNV_PRIME;
}

/* Digits of a class are all alike: item1 and item2. */
static uint64_t mix_class(uint64_t h, const char *s)
{
	for (; s && *s; s++)
		h = (h ^ (unsigned char)(str_is_digit((unsigned char)*s) ? '0' : *s)) * FNV_PRIME;
	return (h ^ 0xFF) * FNV_PRIME;
}

/* names: paths of names alone. */
static void add_paths(const struct page *p, struct listpage_links *s, uint64_t *names)
{
	for (int i = 0; i < page_count(p); i++) {
		const struct page_node *node = page_node(p, i);
		int up = node->parent;
		names[i] = up >= 0 ? names[up] : FNV_START;
		s->path[i] = up >= 0 ? s->path[up] : FNV_START;
		s->depth[i] = up >= 0 ? s->depth[up] + 1 : 0;
		if (node->tag == PAGE_TEXT)
			continue;
		names[i] = mix(names[i], node->name);
		s->path[i] = mix_class(mix(s->path[i], node->name), page_attr(p, i, "class"));
	}
	for (int k = 0; k < s->count; k++)
		s->at[k].kind =
			mix_class(names[s->at[k].node], page_attr(p, s->at[k].node, "class"));
}

static void look_below(const struct page *p, struct listpage_links *s)
{
	int n = page_count(p);

	for (int i = 0; i < n; i++) {
		s->lo[i] = INT32_MAX;
		s->hi[i] = -1;
	}
	for (int i = n - 1; i >= 0; i--) {
		int up = page_node(p, i)->parent;
		const struct listpage_link *k = s->at_node[i] >= 0 ? &s->at[s->at_node[i]] : NULL;
		if (k && k->length >= LISTPAGE_TITLE_LONG) {
			s->lo[i] = k->id < s->lo[i] ? k->id : s->lo[i];
			s->hi[i] = k->id > s->hi[i] ? k->id : s->hi[i];
		}
		if (up >= 0) {
			s->lo[up] = s->lo[i] < s->lo[up] ? s->lo[i] : s->lo[up];
			s->hi[up] = s->hi[i] > s->hi[up] ? s->hi[i] : s->hi[up];
		}
	}
}

static enum err_code make_room(struct listpage *l, struct listpage_links *s, struct err *e)
{
	size_t n = (size_t)page_count(l->page), links = 0;

	memset(s, 0, sizeof *s);
	for (size_t i = 0; i < n; i++)
		links += page_node(l->page, (int)i)->tag == PAGE_A;
	if (links > LINKS_MAX)
		return err_set(e, ERR_LIMIT, _("the page has more than %d links"), LINKS_MAX);
	s->at = arena_array(l->arena, links + 1, sizeof *s->at);
	s->at_node = arena_array(l->arena, n, sizeof *s->at_node);
	s->path = arena_array(l->arena, n, sizeof *s->path);
	s->depth = arena_array(l->arena, n, sizeof *s->depth);
	s->lo = arena_array(l->arena, n, sizeof *s->lo);
	s->hi = arena_array(l->arena, n, sizeof *s->hi);
	return arena_failed(l->arena) ? err_nomem(e) : ERR_OK;
}

enum err_code listpage_take_links(struct listpage *l, struct listpage_links *out, struct err *e)
{
	int n = page_count(l->page);
	uint64_t *names = arena_array(l->arena, (size_t)n, sizeof *names);
	enum err_code rc = names ? make_room(l, out, e) : err_nomem(e);

	for (int i = 0; i < n && !rc; i++) {
		const struct page_node *node = page_node(l->page, i);
		out->at_node[i] = -1;
		if (node->tag == PAGE_A && !node->hidden)
			rc = take_link(l, out, i, e);
	}
	if (!rc)
		rc = number_links(l, out, e);
	if (rc)
		return rc;
	add_paths(l->page, out, names);
	look_below(l->page, out);
	return ERR_OK;
}
