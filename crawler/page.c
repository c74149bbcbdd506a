/*
 * page.c - libxml2's tree laid out as one array.
 */
#include "crawler/page.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crawler/htmltext.h"
#include "crawler/page_private.h"

#define NODE_TEXT_MAX ((size_t)8 << 20)

/* ---- what an element is ---- */

/* clang-format off */
static const struct {
	const char *name;
	enum page_tag tag;
} tags[] = {
	{"a", PAGE_A}, {"base", PAGE_BASE}, {"br", PAGE_BR}, {"dd", PAGE_DD}, {"dl", PAGE_LIST},
	{"dt", PAGE_DT}, {"h1", PAGE_HEADING}, {"h2", PAGE_HEADING}, {"h3", PAGE_HEADING},
	{"h4", PAGE_HEADING}, {"h5", PAGE_HEADING}, {"h6", PAGE_HEADING}, {"img", PAGE_IMG},
	{"li", PAGE_LI}, {"link", PAGE_LINK}, {"meta", PAGE_META}, {"ol", PAGE_LIST},
	{"p", PAGE_P}, {"script", PAGE_SCRIPT}, {"select", PAGE_SELECT}, {"table", PAGE_TABLE},
	{"td", PAGE_CELL}, {"th", PAGE_CELL}, {"time", PAGE_TIME}, {"title", PAGE_TITLE},
	{"tr", PAGE_ROW}, {"ul", PAGE_LIST},
};
/* clang-format on */

static const char *const unseen[] = {"script", "style", "noscript", "template", "title", "iframe",
	"object", "applet", "select", "textarea", "datalist", "noframes", "noembed", NULL};

static enum page_tag tag_of(const char *name)
{
	size_t lo = 0, hi = sizeof tags / sizeof *tags;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = strcmp(tags[mid].name, name);
		if (d == 0)
			return tags[mid].tag;
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return PAGE_OTHER;
}

static const char *attribute(xmlNodePtr node, const char *name)
{
	for (xmlAttrPtr a = node->properties; a; a = a->next)
		if (strcmp((const char *)a->name, name) == 0)
			return a->children && a->children->content
				       ? (const char *)a->children->content
				       : "";
	return NULL;
}

/* Not shown, or far outside of the screen, however the style is spaced. visibility and
 * opacity do not count: pages wait with them for their scripts. */
static bool style_hides(const char *style)
{
	static const char *const signs[] = {"display:none", "left:-9", "top:-9", "text-indent:-9",
		"font-size:0", "left:-1000", "top:-1000", "height:0;overflow:hidden",
		"height:0px;overflow:hidden", "overflow:hidden;height:0",
		"width:0;overflow:hidden"};
	char tight[512];
	size_t n = 0;

	for (; *style && n + 1 < sizeof tight; style++)
		if (!str_is_space((unsigned char)*style))
			tight[n++] = str_lower(*style);
	tight[n] = '\0';
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		const char *at = strstr(tight, signs[i]);
		/* "font-size:0.8em" is small, not hidden. */
		if (at && at[strlen(signs[i])] != '.')
			return true;
	}
	return false;
}

static bool is_unseen(xmlNodePtr node, const char *name)
{
	const char *style = attribute(node, "style");

	for (size_t i = 0; unseen[i]; i++)
		if (strcmp(unseen[i], name) == 0)
			return true;
	if (strcmp(name, "body") == 0 || strcmp(name, "html") == 0)
		return false;
	return attribute(node, "hidden") || (style && style_hides(style));
}

/* ---- laying out ---- */

bool page_has_content(const struct _xmlNode *node)
{
	return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

static void lay_node(struct page *p, int i, xmlNodePtr x, int parent)
{
	struct page_node *node = &p->nodes[i];

	p->tree[i] = x;
	x->_private = node;
	node->parent = parent;
	node->name = "";
	node->hidden = parent >= 0 && p->nodes[parent].hidden;
	if (page_has_content(x)) {
		node->tag = PAGE_TEXT;
		node->text = str_of((const char *)x->content);
		return;
	}
	node->name = (const char *)x->name;
	node->tag = tag_of(node->name);
	node->is_block = htmltext_is_block(node->name, strlen(node->name));
	node->hidden = node->hidden || is_unseen(x, node->name);
}

/* Document order, without recursion; libxml2's tree has what it takes to go back. */
static void lay_out(struct page *p, xmlNodePtr root)
{
	xmlNodePtr x = root;
	int open = -1;

	while (x && p->count < PAGE_NODES_MAX) {
		bool kept = x->type == XML_ELEMENT_NODE || page_has_content(x);
		if (kept) {
			lay_node(p, p->count, x, open);
			if (x->type == XML_ELEMENT_NODE && x->children) {
				open = p->count++;
				x = x->children;
				continue;
			}
			p->nodes[p->count].end = p->count + 1;
			p->count++;
		}
		while (x && x != root && !x->next) {
			x = x->parent;
			if (open >= 0 && p->tree[open] == x) {
				p->nodes[open].end = p->count;
				open = p->nodes[open].parent;
			}
		}
		x = x == root ? NULL : x->next;
	}
	for (; open >= 0; open = p->nodes[open].parent)
		p->nodes[open].end = p->count;
}

static bool is_stop(uint32_t cp)
{
	static const uint32_t stops[] = {0xFF0C, 0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0x3001, ',', '.',
		'!', '?', ';', 0x201C, 0x201D, 0xFF1A};

	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
		if (stops[i] == cp)
			return true;
	return false;
}

static void count_text(struct page_node *node)
{
	for (size_t i = 0, len; i < node->text.n; i += len) {
		uint32_t cp = utf8_decode(node->text.p + i, node->text.n - i, &len);
		if (utf8_is_space(cp) || cp < ' ')
			continue;
		node->chars++;
		node->stops += is_stop(cp);
	}
}

/* From the last node to the first, each gives its sums to its parent. */
static void sum_up(struct page *p)
{
	for (int i = p->count - 1; i >= 0; i--) {
		struct page_node *node = &p->nodes[i];
		if (node->tag == PAGE_TEXT && !node->hidden)
			count_text(node);
		if (node->tag == PAGE_A)
			node->linked = node->chars;
		if (node->parent < 0)
			continue;
		struct page_node *up = &p->nodes[node->parent];
		up->chars += node->chars;
		up->linked += node->linked;
		up->stops += node->stops;
	}
}

static int count_tree(xmlNodePtr root)
{
	xmlNodePtr x = root;
	int n = 0;

	while (x) {
		n++;
		if (x->type == XML_ELEMENT_NODE && x->children) {
			x = x->children;
			continue;
		}
		while (x != root && !x->next)
			x = x->parent;
		x = x == root ? NULL : x->next;
	}
	return n;
}

enum err_code page_parse(const char *text, size_t n, struct page **out, struct err *e)
{
	struct page *p = calloc(1, sizeof *p);
	xmlNodePtr root;
	enum err_code rc;

	*out = NULL;
	if (!p)
		return err_nomem(e);
	rc = page_read_tree(text, n, &p->doc, e);
	if (!rc) {
		root = xmlDocGetRootElement(p->doc);
		int total = count_tree(root);
		p->arena = arena_new(ARENA_MAX_DEFAULT);
		p->nodes = calloc((size_t)total, sizeof *p->nodes);
		p->tree = calloc((size_t)total, sizeof *p->tree);
		if (!p->arena || !p->nodes || !p->tree)
			rc = err_nomem(e);
		else
			lay_out(p, root);
	}
	if (rc) {
		page_free(p);
		return rc;
	}
	sum_up(p);
	*out = p;
	return ERR_OK;
}

void page_free(struct page *p)
{
	if (!p)
		return;
	if (p->xpath)
		xmlXPathFreeContext(p->xpath);
	if (p->doc)
		xmlFreeDoc(p->doc);
	free(p->nodes);
	free(p->tree);
	arena_free(p->arena);
	free(p);
}

/* ---- asking ---- */

int page_count(const struct page *p)
{
	return p->count;
}

const struct page_node *page_node(const struct page *p, int i)
{
	return &p->nodes[i];
}

const char *page_attr(const struct page *p, int i, const char *name)
{
	if (p->nodes[i].tag == PAGE_TEXT)
		return NULL;
	return attribute(p->tree[i], name);
}

int page_find(const struct page *p, int top, int from, enum page_tag tag)
{
	for (int i = from > top ? from : top; i < p->nodes[top].end; i++)
		if (p->nodes[i].tag == tag)
			return i;
	return -1;
}

/* "no-footer": what it is without. */
static bool is_denied(const char *value, const char *at)
{
	return at - value >= 3 && strncasecmp(at - 3, "no-", 3) == 0 &&
	       (at - value == 3 || at[-4] == ' ');
}

static bool holds_word(const char *value, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = value; *at; at++)
		if (str_lower(*at) == *word && strncasecmp(at, word, n) == 0 &&
			!is_denied(value, at))
			return true;
	return false;
}

bool page_is_named(const struct page *p, int i, const char *const *words)
{
	const char *names[] = {page_attr(p, i, "class"), page_attr(p, i, "id")};

	for (size_t k = 0; k < 2; k++)
		for (size_t w = 0; names[k] && words[w]; w++)
			if (holds_word(names[k], words[w]))
				return true;
	return false;
}

static bool is_one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_is_nocase(s, *words))
			return true;
	return false;
}

bool page_is_called(const struct page *p, int i, const char *const *words)
{
	const char *names[] = {page_attr(p, i, "class"), page_attr(p, i, "id")};

	for (size_t k = 0; k < 2; k++) {
		struct str rest = str_of(names[k]);
		while (rest.p && rest.n)
			if (is_one_of(str_split(&rest, ' '), words))
				return true;
	}
	return false;
}

/* ---- text ---- */

#define CELL_CHARS_MAX 40 /* of a cell whose paragraph is no line of its own */

/* A paragraph that is all of a short cell, as word processors write tables. */
static bool is_whole_cell(const struct page *p, int i)
{
	int chars = p->nodes[i].chars, up = p->nodes[i].parent;

	if (chars > CELL_CHARS_MAX || p->nodes[i].tag == PAGE_ROW)
		return false;
	while (up >= 0 && p->nodes[up].tag != PAGE_CELL && p->nodes[up].chars == chars)
		up = p->nodes[up].parent;
	return up >= 0 && p->nodes[up].tag == PAGE_CELL && p->nodes[up].chars == chars;
}

/* White space of the source is a blank, whatever it is made of. */
static void add_flat(struct buf *out, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\n' && s.p[i] != '\r')
			continue;
		buf_add(out, s.p + from, i - from);
		buf_add_char(out, ' ');
		from = i + 1;
	}
	buf_add(out, s.p + from, s.n - from);
}

void page_add_text_range(const struct page *p, int from, int to, struct buf *out)
{
	struct buf raw;
	int open[PAGE_DEPTH_MAX + 2]; /* blocks whose end is a break */
	int depth = 0;

	buf_init(&raw, NODE_TEXT_MAX * 2);
	for (int i = from; i < to; i++) {
		const struct page_node *node = &p->nodes[i];
		for (; depth && p->nodes[open[depth - 1]].end <= i; depth--)
			buf_add_char(&raw, '\n');
		if (node->hidden) {
			i = node->end - 1;
			continue;
		}
		if (node->tag == PAGE_TEXT)
			add_flat(&raw, node->text);
		else if (node->tag == PAGE_CELL)
			buf_add_char(&raw, ' ');
		else if (node->is_block && !is_whole_cell(p, i))
			buf_add_char(&raw, '\n');
		if (node->is_block && !is_whole_cell(p, i) && node->end > i + 1 &&
			depth <= PAGE_DEPTH_MAX)
			open[depth++] = i;
	}
	text_add_collapsed(out, buf_str(&raw), raw.len, true);
	if (raw.fault)
		out->fault = raw.fault;
	buf_fini(&raw);
}

void page_add_text(const struct page *p, int i, struct buf *out)
{
	page_add_text_range(p, i, p->nodes[i].end, out);
}
