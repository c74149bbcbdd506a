/*
 * feed_strict.c - the strict reading of XML, by libxml2's SAX parser.
 *
 * SAX 1 events give names as written; namespaces are resolved in feed_build.c,
 * the same way for both readers. Declared entities are never stored: the
 * declaration hook is empty, and every reference but the five of XML is given a
 * harmless stand-in, so that nothing can expand and nothing outside is opened.
 */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "crawler/feed_read.h"

#define ATTRS_MAX 64 /* of one tag */

struct strict {
	struct feed_build *build;
	xmlParserCtxtPtr ctxt;
	xmlEntity stand_in;
	bool has_doctype; /* it may declare the names it uses */
	bool has_reference; /* to a name beyond XML's five */
};

static struct str view(const xmlChar *s)
{
	return str_of((const char *)s);
}

/* Without substitution libxml2 leaves &#38; for '&' in attributes. In place: the
 * value is ours until the handler returns. */
static struct str decode_ampersands(xmlChar *value)
{
	char *s = (char *)value, *to;
	char *at = strstr(s, "&#38;");

	if (!at)
		return str_of(s);
	for (to = at; *at;) {
		*to++ = *at;
		at += strncmp(at, "&#38;", 5) == 0 ? 5 : 1;
	}
	*to = '\0';
	return str_of(s);
}

static void on_start(void *data, const xmlChar *name, const xmlChar **attrs)
{
	struct strict *x = data;
	struct feed_attr list[ATTRS_MAX];
	size_t n = 0;

	for (; attrs && attrs[0] && n < ATTRS_MAX; attrs += 2)
		if (attrs[1])
			list[n++] = (struct feed_attr){
				view(attrs[0]), decode_ampersands((xmlChar *)attrs[1])};
	feed_build_start(x->build, view(name), list, n);
	if (feed_build_failed(x->build))
		xmlStopParser(x->ctxt);
}

static void on_end(void *data, const xmlChar *name)
{
	struct strict *x = data;

	(void)name;
	feed_build_end(x->build);
}

static void on_text(void *data, const xmlChar *s, int n)
{
	struct strict *x = data;

	if (n > 0)
		feed_build_text(x->build, (const char *)s, (size_t)n);
}

/* Entity declarations are ignored, and parsing goes on. */
static void on_entity_declaration(void *data, const xmlChar *name, int type,
	const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
	(void)data;
	(void)name;
	(void)type;
	(void)public_id;
	(void)system_id;
	(void)content;
}

static xmlEntityPtr on_entity(void *data, const xmlChar *name)
{
	struct strict *x = data;
	xmlEntityPtr own = xmlGetPredefinedEntity(name);

	if (own)
		return own;
	x->has_reference = true;
	return &x->stand_in;
}

static xmlEntityPtr on_parameter_entity(void *data, const xmlChar *name)
{
	(void)data;
	(void)name;
	return NULL;
}

static void on_doctype(
	void *data, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
	struct strict *x = data;

	(void)name;
	(void)external_id;
	(void)system_id;
	x->has_doctype = true;
}

/* The first fault ends the reading; libxml2 itself would go on within a tag. */
__attribute__((format(printf, 2, 3))) static void on_error(void *data, const char *format, ...)
{
	struct strict *x = data;

	(void)format;
	if (x->ctxt->lastError.level == XML_ERR_FATAL)
		xmlStopParser(x->ctxt);
}

static xmlParserInputPtr refuse_external(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
	(void)url;
	(void)id;
	(void)ctxt;
	return NULL;
}

/* The encoding is settled: an XML declaration could only contradict it. */
static size_t declaration_length(struct str s)
{
	size_t end = str_find(s, "?>", 5);

	if (!str_has_prefix(s, "<?xml") || s.n < 6 || !str_is_space((unsigned char)s.p[5]))
		return 0;
	return end < s.n ? end + 2 : 0;
}

/* What stands before the root element and means nothing to us is not shown to
 * libxml2: a document type declaration least of all. */
size_t feed_prolog_length(struct str s, bool *has_doctype)
{
	size_t at = declaration_length(s);

	*has_doctype = false;
	while (at < s.n) {
		struct str rest = str_sub(s, at, s.n);
		size_t end = rest.n;
		if (str_is_space((unsigned char)rest.p[0])) {
			at++;
			continue;
		}
		if (str_has_prefix(rest, "<!--"))
			end = str_find(rest, "-->", 4) + 3;
		else if (str_has_prefix(rest, "<?") && !str_has_prefix(rest, "<?xml "))
			end = str_find(rest, "?>", 2) + 2;
		else if (str_has_prefix(rest, "<!DOCTYPE"))
			end = feed_doctype_length(rest);
		else
			break;
		*has_doctype = *has_doctype || rest.p[2] == 'D';
		if (end >= rest.n)
			break;
		at += end;
	}
	return at;
}

/* Quoted values hold no '<' in well-formed XML, so a tag ends at '>' outside quotes.
 * Returns the bytes of the tag at the front of s. */
static size_t tag_length(struct str s, size_t *equals)
{
	char quote = '\0';
	size_t i = 1;

	*equals = 0;
	for (; i < s.n && s.p[i] != '<'; i++) {
		char c = s.p[i];
		if (quote) {
			quote = c == quote ? '\0' : quote;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '=') {
			++*equals;
		} else if (c == '>') {
			return i + 1;
		}
	}
	return i;
}

/* libxml2 compares each attribute of a tag with all others: beyond a number no
 * feed has, the lenient reader (which stops counting) is the safe one. */
bool feed_is_overloaded(struct str s)
{
	const char *lt;

	for (size_t at = 0; at < s.n && (lt = memchr(s.p + at, '<', s.n - at));) {
		struct str rest = str_sub(s, (size_t)(lt - s.p), s.n);
		size_t equals = 0, length;
		if (str_has_prefix(rest, "<!--"))
			length = str_find(rest, "-->", 4);
		else if (str_has_prefix(rest, "<![CDATA["))
			length = str_find(rest, "]]>", 9);
		else
			length = tag_length(rest, &equals);
		if (equals > ATTRS_MAX)
			return true;
		at = (size_t)(lt - s.p) + length;
	}
	return false;
}

void feed_read_strict(struct feed_build *b, const char *text, size_t n, struct feed_reading *result)
{
	static const xmlChar stand_in_text[] = "?";
	xmlSAXHandler sax;
	struct strict x = {.build = b};

	result->well_formed = result->complete = false;
	size_t skip = feed_prolog_length((struct str){text, n}, &x.has_doctype);
	if (feed_is_overloaded((struct str){text + skip, n - skip}))
		return;
	memset(&sax, 0, sizeof sax);
	sax.startElement = on_start;
	sax.endElement = on_end;
	sax.characters = on_text;
	sax.ignorableWhitespace = on_text;
	sax.cdataBlock = on_text;
	sax.entityDecl = on_entity_declaration;
	sax.getEntity = on_entity;
	sax.getParameterEntity = on_parameter_entity;
	sax.internalSubset = on_doctype;
	sax.error = on_error;
	x.stand_in.type = XML_ENTITY_DECL;
	x.stand_in.etype = XML_INTERNAL_PREDEFINED_ENTITY;
	x.stand_in.content = x.stand_in.orig = (xmlChar *)stand_in_text;
	x.stand_in.name = stand_in_text;
	x.stand_in.length = 1;
	xmlSetExternalEntityLoader(refuse_external);
	x.ctxt = xmlCreateMemoryParserCtxt(text + skip, (int)(n - skip));
	if (!x.ctxt)
		return;
	xmlSAXHandlerPtr own = x.ctxt->sax;
	x.ctxt->sax = &sax;
	x.ctxt->userData = &x;
	xmlCtxtUseOptions(x.ctxt, XML_PARSE_NONET | XML_PARSE_NOWARNING | XML_PARSE_SAX1);
	xmlParseDocument(x.ctxt);
	feed_build_end_all(b); /* the names are libxml2's */
	result->well_formed = x.ctxt->wellFormed && (!x.has_reference || x.has_doctype) &&
			      !feed_build_has_undeclared(b);
	result->complete = x.ctxt->wellFormed && !x.has_reference;
	x.ctxt->sax = own;
	if (x.ctxt->myDoc)
		xmlFreeDoc(x.ctxt->myDoc);
	x.ctxt->myDoc = NULL;
	xmlFreeParserCtxt(x.ctxt);
}
