/*
 * page.c - libxml2's tree laid out as one array.
 */
#include "crawler/page.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crawler/htmltext.h"

#define XPATH_STEPS_MAX 5000000
#define NODE_TEXT_MAX ((size_t)8 << 20)
#define MATCHES_MAX 100000

struct page {
	htmlDocPtr doc;
	struct page_node *nodes;
	xmlNodePtr *tree; /* of each node */
	int count;
	struct arena *arena;
	xmlXPathContextPtr xpath;
};

/* ---- tags with too many attributes ----
 * libxml2 compares each attribute of a tag with all before it, so that one tag of a
 * hostile page can take minutes. Attributes are counted here the way its HTML parser
 * reads them; what stands in scripts and comments is no tag. */

static size_t past_blanks(struct str s, size_t at)
{
	while (at < s.n && str_is_space((unsigned char)s.p[at]))
		at++;
	return at;
}

/* Behind a value at `at`, quoted or not. */
static size_t past_value(struct str s, size_t at)
{
	if (at < s.n && (s.p[at] == '"' || s.p[at] == '\'')) {
		const char *end = memchr(s.p + at + 1, s.p[at], s.n - at - 1);
		return end ? (size_t)(end - s.p) + 1 : s.n;
	}
	while (at < s.n && s.p[at] != '>' && !str_is_space((unsigned char)s.p[at]))
		at++;
	return at;
}

/* Behind the tag whose name ends at `at`; *count: its attributes. */
static size_t past_tag(struct str s, size_t at, size_t *count)
{
	*count = 0;
	while ((at = past_blanks(s, at)) < s.n && s.p[at] != '>') {
		size_t from = at;
		while (at < s.n && !strchr("=> \t\r\n/", s.p[at]))
			at++;
		++*count;
		size_t equals = past_blanks(s, at);
		if (equals < s.n && s.p[equals] == '=')
			at = past_value(s, past_blanks(s, equals + 1));
		else if (at == from)
			at++;
	}
	return at < s.n ? at + 1 : at;
}

/* Behind "</script", or the end: a script holds no tags. */
static size_t past_raw(struct str s, size_t at, const char *close)
{
	size_t n = strlen(close);

	for (const char *lt; at < s.n && (lt = memchr(s.p + at, '<', s.n - at)); at++) {
		at = (size_t)(lt - s.p);
		if (str_is_nocase(str_sub(s, at, at + n), close))
			return at;
	}
	return s.n;
}

static bool is_overloaded(struct str s)
{
	const char *lt;

	for (size_t at = 0; at < s.n && (lt = memchr(s.p + at, '<', s.n - at));) {
		size_t name = (size_t)(lt - s.p) + 1, count;
		at = name;
		if (str_has_prefix(str_sub(s, name, s.n), "!--")) {
			at = str_find(s, "-->", name + 3);
			continue;
		}
		if (at >= s.n || !str_is_alpha((unsigned char)s.p[at]))
			continue;
		while (at < s.n && str_is_alnum((unsigned char)s.p[at]))
			at++;
		struct str tag = str_sub(s, name, at);
		at = past_tag(s, at, &count);
		if (count > PAGE_ATTRIBUTES_MAX)
			return true;
		if (str_is_nocase(tag, "script"))
			at = past_raw(s, at, "</script");
		else if (str_is_nocase(tag, "style"))
			at = past_raw(s, at, "</style");
	}
	return false;
}

/* ---- reading ---- */

/* What the parser's context carries of ours: the limits. */
struct reading {
	int nodes;
	const char *problem; /* NULL: none */
	startElementSAXFunc start;
	charactersSAXFunc characters;
};

static void stop(xmlParserCtxtPtr ctxt, struct reading *r, const char *problem)
{
	r->problem = problem;
	xmlStopParser(ctxt);
}

static bool take_node(xmlParserCtxtPtr ctxt)
{
	struct reading *r = ctxt->_private;

	if (++r->nodes > PAGE_NODES_MAX)
		stop(ctxt, r, N_("the page has too many elements"));
	else if (ctxt->nodeNr > PAGE_DEPTH_MAX)
		stop(ctxt, r, N_("the page nests too deep"));
	return !r->problem;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	xmlParserCtxtPtr ctxt = ctx;
	struct reading *r = ctxt->_private;

	if (take_node(ctxt))
		r->start(ctx, name, attributes);
}

static void on_characters(void *ctx, const xmlChar *s, int n)
{
	xmlParserCtxtPtr ctxt = ctx;
	struct reading *r = ctxt->_private;

	if (take_node(ctxt))
		r->characters(ctx, s, n);
}

static void set_handlers(htmlParserCtxtPtr ctxt, struct reading *r)
{
	memset(r, 0, sizeof *r);
	r->start = ctxt->sax->startElement;
	r->characters = ctxt->sax->characters;
	ctxt->_private = r;
	ctxt->sax->startElement = on_start;
	ctxt->sax->characters = on_characters;
	ctxt->sax->ignorableWhitespace = on_characters;
	ctxt->sax->comment = NULL;
	ctxt->sax->processingInstruction = NULL;
	ctxt->sax->internalSubset = NULL;
	ctxt->sax->externalSubset = NULL;
}

/* The bytes are UTF-8, whatever the page says of itself. */
static bool say_utf8(htmlParserCtxtPtr ctxt)
{
	xmlCharEncodingHandlerPtr utf8 = xmlFindCharEncodingHandler("UTF-8");

	if (!utf8 || xmlSwitchToEncoding(ctxt, utf8) != 0)
		return false;
	if (!ctxt->input->encoding)
		ctxt->input->encoding = xmlStrdup((const xmlChar *)"UTF-8");
	return ctxt->input->encoding != NULL;
}

static enum err_code read_tree(const char *text, size_t n, htmlDocPtr *out, struct err *e)
{
	htmlParserCtxtPtr ctxt;
	struct reading r;
	enum err_code rc = ERR_OK;

	*out = NULL;
	if (n == 0)
		return err_set(e, ERR_INPUT, _("the page is empty"));
	if (n >= INT_MAX)
		return err_set(e, ERR_LIMIT, _("the page is too large"));
	if (is_overloaded((struct str){text, n}))
		return err_set(e, ERR_LIMIT, _("a tag has too many attributes"));
	ctxt = htmlCreateMemoryParserCtxt(text, (int)n);
	if (!ctxt)
		return err_nomem(e);
	htmlCtxtUseOptions(ctxt, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
					 HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	set_handlers(ctxt, &r);
	if (say_utf8(ctxt))
		htmlParseDocument(ctxt);
	*out = ctxt->myDoc;
	if (r.problem)
		rc = err_set(e, ERR_LIMIT, "%s", _(r.problem));
	else if (!*out || !xmlDocGetRootElement(*out))
		rc = err_set(e, ERR_INPUT, _("the page has no element"));
	htmlFreeParserCtxt(ctxt);
	if (rc && *out) {
		xmlFreeDoc(*out);
		*out = NULL;
	}
	return rc;
}

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

static const char *const unseen[] = {"script", "style", "noscript", "template", "head", "iframe",
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
		"font-size:0", "left:-1000", "top:-1000"};
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

static bool has_content(xmlNodePtr node)
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
	if (has_content(x)) {
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
		bool kept = x->type == XML_ELEMENT_NODE || has_content(x);
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
	rc = read_tree(text, n, &p->doc, e);
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

static bool holds_word(const char *value, const char *word)
{
	size_t n = strlen(word);

	for (; *value; value++)
		if (str_lower(*value) == *word && strncasecmp(value, word, n) == 0)
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

/* ---- text ---- */

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
		else if (node->is_block)
			buf_add_char(&raw, '\n');
		if (node->is_block && node->end > i + 1 && depth <= PAGE_DEPTH_MAX)
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

/* ---- XPath ---- */

/* The parser's own word goes into the error; nothing is printed. */
static void hear(void *data, xmlErrorPtr error)
{
	struct err *why = data;

	if (error && error->message && !why->text[0])
		err_set(why, ERR_CONFIG, "%.*s", (int)strcspn(error->message, "\n"),
			error->message);
}

static bool add_text_match(struct page *p, struct page_matches *out, const xmlChar *s)
{
	out->at[out->count].node = -1;
	out->at[out->count].text = s ? arena_strdup(p->arena, (const char *)s) : "";
	return out->at[out->count++].text != NULL;
}

static bool add_node_match(struct page *p, struct page_matches *out, xmlNodePtr x)
{
	xmlChar *text;
	bool ok;

	if (x->type == XML_ELEMENT_NODE && x->_private) {
		out->at[out->count].node = (int)((struct page_node *)x->_private - p->nodes);
		out->at[out->count++].text = NULL;
		return true;
	}
	if (x->type != XML_ATTRIBUTE_NODE && !has_content(x))
		return true;
	text = xmlNodeGetContent(x);
	ok = text && add_text_match(p, out, text);
	xmlFree(text);
	return ok;
}

static enum err_code take_matches(
	struct page *p, xmlXPathObjectPtr found, struct page_matches *out, struct err *e)
{
	xmlNodeSetPtr set = found->type == XPATH_NODESET ? found->nodesetval : NULL;
	size_t n = set && set->nodeNr > 0 ? (size_t)set->nodeNr : 0;
	bool ok = true;

	if (n > MATCHES_MAX)
		return err_set(e, ERR_LIMIT, _("the XPath finds more than %d nodes"), MATCHES_MAX);
	out->at = arena_array(p->arena, n + 1, sizeof *out->at);
	if (!out->at)
		return err_nomem(e);
	if (found->type == XPATH_NODESET) {
		if (set)
			xmlXPathNodeSetSort(set);
		for (size_t i = 0; i < n && ok; i++)
			ok = add_node_match(p, out, set->nodeTab[i]);
	} else {
		xmlChar *text = xmlXPathCastToString(found);
		ok = text && add_text_match(p, out, text);
		xmlFree(text);
	}
	return ok ? ERR_OK : err_nomem(e);
}

static enum err_code open_xpath(struct page *p, struct err *e)
{
	if (p->xpath)
		return ERR_OK;
	p->xpath = xmlXPathNewContext(p->doc);
	if (!p->xpath)
		return err_nomem(e);
	p->xpath->error = hear;
	return ERR_OK;
}

static enum err_code xpath_error(const char *xpath, const struct err *why, struct err *e)
{
	return err_set(e, ERR_CONFIG, _("XPath %s: %s"), xpath,
		why->text[0] ? why->text : _("it cannot be read"));
}

enum err_code page_select(
	struct page *p, int context, const char *xpath, struct page_matches *out, struct err *e)
{
	struct err why = {ERR_OK, ""};
	xmlXPathCompExprPtr compiled;
	xmlXPathObjectPtr found = NULL;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = open_xpath(p, e);
	if (rc)
		return rc;
	p->xpath->userData = &why;
	p->xpath->opLimit = XPATH_STEPS_MAX;
	p->xpath->opCount = 0;
	p->xpath->node = context < 0 ? (xmlNodePtr)p->doc : p->tree[context];
	compiled = xmlXPathCtxtCompile(p->xpath, (const xmlChar *)xpath);
	if (compiled)
		found = xmlXPathCompiledEval(compiled, p->xpath);
	if (found)
		rc = take_matches(p, found, out, e);
	else if (p->xpath->opCount >= XPATH_STEPS_MAX)
		rc = err_set(e, ERR_LIMIT, _("XPath %s: it takes too long on this page"), xpath);
	else
		rc = xpath_error(xpath, &why, e);
	xmlXPathFreeObject(found);
	xmlXPathFreeCompExpr(compiled);
	p->xpath->userData = NULL;
	return rc;
}

enum err_code page_check_xpath(const char *xpath, struct err *e)
{
	struct err why = {ERR_OK, ""};
	xmlXPathContextPtr context = xmlXPathNewContext(NULL);
	xmlXPathCompExprPtr compiled;
	enum err_code rc = ERR_OK;

	if (!context)
		return err_nomem(e);
	context->error = hear;
	context->userData = &why;
	compiled = xmlXPathCtxtCompile(context, (const xmlChar *)xpath);
	if (!compiled)
		rc = xpath_error(xpath, &why, e);
	xmlXPathFreeCompExpr(compiled);
	xmlXPathFreeContext(context);
	return rc;
}
