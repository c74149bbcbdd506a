/*
 * page_read.c - the HTML parser with limits of ours.
 */
#include <limits.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/i18n.h"
#include "crawler/page_private.h"

/* ---- too many attributes, in a tag or in all ----
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
	size_t total = 0;
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
		total += count;
		if (count > PAGE_ATTRIBUTES_MAX || total > PAGE_NODES_MAX)
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

enum err_code page_read_tree(const char *text, size_t n, struct _xmlDoc **out, struct err *e)
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
	/* Without it libxml2 would cut the page off at 256 levels and say nothing; ours is
	 * the limit. */
	ctxt->options |= XML_PARSE_HUGE;
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
