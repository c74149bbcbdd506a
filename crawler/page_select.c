/*
 * page_select.c - XPath on a page, with a bound on its work.
 */
#include <string.h>

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "base/i18n.h"
#include "crawler/page_private.h"

#define XPATH_STEPS_MAX 5000000
#define MATCHES_MAX 100000

/* The parser's own word goes into the error; nothing is printed. */
static void hear(void *data, xmlErrorPtr error)
{
	struct err *why = data;

	if (error && error->message && !why->text[0])
		err_set(why, ERR_CONFIG, "%.*s", (int)strcspn(error->message, "\n"),
			error->message);
}

/* What libxml2 would print itself: nothing. */
static void keep_quiet(void *data, const char *format, ...)
{
	(void)data, (void)format;
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
	if (x->type != XML_ATTRIBUTE_NODE && !page_has_content(x))
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
	xmlSetGenericErrorFunc(NULL, keep_quiet);
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
