/*
 * table_part.c - the parts of a workbook: libzip gives the bytes in blocks, libxml2's
 * push parser reads them as they come. What is inflated is counted, whatever the ZIP
 * directory says about sizes.
 */
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "crawler/table_private.h"

#define BLOCK ((size_t)32 << 10)
#define ENTRIES_MAX 20000
#define ATTRS_MAX 64 /* of one tag; libxml2 compares each with all others */
#define DEPTH_MAX 64

struct table_zip {
	zip_t *zip;
	size_t inflated; /* of all parts so far */
};

struct part {
	const struct table_part_handler *h;
	xmlParserCtxtPtr ctxt;
	const char *name;
	size_t equals; /* within the current tag */
	bool in_tag;
	int depth;
	enum err_code rc;
	struct err *e;
};

/* --- the ZIP file --- */

static enum err_code zip_fault(zip_error_t *error, struct err *e)
{
	enum err_code rc =
		err_set(e, ERR_INPUT, _("the workbook is damaged: %s"), zip_error_strerror(error));

	zip_error_fini(error);
	return rc;
}

enum err_code table_zip_open(const char *data, size_t n, struct table_zip **out, struct err *e)
{
	struct table_zip *z = calloc(1, sizeof *z);
	zip_source_t *source;
	zip_error_t error;

	*out = NULL;
	if (!z)
		return err_nomem(e);
	zip_error_init(&error);
	source = zip_source_buffer_create(data, n, 0, &error);
	z->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (!z->zip) {
		if (source)
			zip_source_free(source);
		free(z);
		return zip_fault(&error, e);
	}
	zip_error_fini(&error);
	*out = z;
	if (zip_get_num_entries(z->zip, 0) > ENTRIES_MAX)
		return err_set(
			e, ERR_LIMIT, _("the workbook holds more than %d parts"), ENTRIES_MAX);
	return ERR_OK;
}

void table_zip_close(struct table_zip *z)
{
	if (!z)
		return;
	zip_discard(z->zip);
	free(z);
}

bool table_zip_has(struct table_zip *z, const char *name)
{
	return zip_name_locate(z->zip, name, ZIP_FL_NOCASE) >= 0;
}

/* --- attributes --- */

struct str table_attr_view(const struct table_attr *attrs, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(attrs[i].name, name))
			return attrs[i].value;
	return (struct str){NULL, 0};
}

/* Without substitution libxml2 leaves &#38; for '&'. */
const char *table_attr_get(
	struct arena *a, const struct table_attr *attrs, size_t n, const char *name)
{
	struct str v = table_attr_view(attrs, n, name);
	char *copy = v.p ? arena_strndup(a, v.p, v.n) : NULL, *at, *to;

	at = to = copy;
	while (at && *at) {
		bool amp = strncmp(at, "&#38;", 5) == 0;
		*to++ = *at;
		at += amp ? 5 : 1;
	}
	if (to)
		*to = '\0';
	return copy;
}

/* --- SAX --- */

static void stop(struct part *p)
{
	xmlStopParser(p->ctxt);
}

static void fail(struct part *p, enum err_code code, const char *why)
{
	if (!p->rc)
		p->rc = err_set(p->e, code, "%s: %s", p->name, why);
	stop(p);
}

static void after(struct part *p)
{
	if (p->h->failed && *p->h->failed)
		stop(p);
}

static void on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
	int spaces, const xmlChar **ns, int count, int defaulted, const xmlChar **raw)
{
	struct part *p = data;
	struct table_attr attrs[ATTRS_MAX];
	size_t n = 0;

	(void)prefix;
	(void)uri;
	(void)spaces;
	(void)ns;
	(void)defaulted;
	if (++p->depth > DEPTH_MAX) {
		fail(p, ERR_LIMIT, _("elements are nested too deep"));
		return;
	}
	for (; count > 0 && n < ATTRS_MAX; count--, raw += 5)
		attrs[n++] = (struct table_attr){str_of((const char *)raw[0]),
			str_of((const char *)raw[2]),
			{(const char *)raw[3], (size_t)(raw[4] - raw[3])}};
	if (p->h->start)
		p->h->start(p->h->data, (const char *)local, attrs, n);
	after(p);
}

static void on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct part *p = data;

	(void)prefix;
	(void)uri;
	p->depth--;
	if (p->h->end)
		p->h->end(p->h->data, (const char *)local);
	after(p);
}

static void on_text(void *data, const xmlChar *s, int n)
{
	struct part *p = data;

	if (n > 0 && p->h->text)
		p->h->text(p->h->data, (const char *)s, (size_t)n);
	after(p);
}

/* No workbook has a document type; entity bombs do. */
static void on_doctype(
	void *data, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
	(void)name;
	(void)external_id;
	(void)system_id;
	fail(data, ERR_INPUT,
		_("a workbook has no document type declaration; this one is refused"));
}

static xmlParserInputPtr refuse_external(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
	(void)url;
	(void)id;
	(void)ctxt;
	return NULL;
}

static void ignore_error(void *data, xmlErrorPtr error)
{
	(void)data;
	(void)error;
}

/* --- reading a part --- */

/* Tags with more attributes than any workbook has never reach the parser. */
static bool is_overloaded(struct part *p, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '<') {
			p->in_tag = true;
			p->equals = 0;
		} else if (s[i] == '>') {
			p->in_tag = false;
		} else if (p->in_tag && s[i] == '=' && ++p->equals > ATTRS_MAX) {
			return true;
		}
	}
	return false;
}

static bool is_done(const struct part *p)
{
	return p->rc || (p->h->failed && *p->h->failed);
}

static void feed_block(struct part *p, struct table_zip *z, const char *block, size_t n)
{
	z->inflated += n;
	if (z->inflated > TABLE_INFLATED_MAX) {
		fail(p, ERR_LIMIT, _("the workbook unpacks to more than 256 MiB; it is not read"));
		return;
	}
	if (is_overloaded(p, block, n)) {
		fail(p, ERR_LIMIT, _("a tag has too many attributes"));
		return;
	}
	if (xmlParseChunk(p->ctxt, block, (int)n, 0) != 0 && !is_done(p))
		fail(p, ERR_INPUT, _("this part of the workbook is damaged"));
}

static void feed_all(struct part *p, struct table_zip *z, zip_file_t *file)
{
	char block[BLOCK];
	zip_int64_t got;

	while (!is_done(p) && (got = zip_fread(file, block, sizeof block)) != 0) {
		if (got < 0)
			fail(p, ERR_INPUT, zip_error_strerror(zip_file_get_error(file)));
		else
			feed_block(p, z, block, (size_t)got);
	}
	if (!is_done(p) && xmlParseChunk(p->ctxt, NULL, 0, 1) != 0)
		fail(p, ERR_INPUT, _("this part of the workbook is damaged"));
}

static void set_sax(xmlSAXHandler *sax)
{
	memset(sax, 0, sizeof *sax);
	sax->initialized = XML_SAX2_MAGIC;
	sax->startElementNs = on_start;
	sax->endElementNs = on_end;
	sax->characters = on_text;
	sax->ignorableWhitespace = on_text;
	sax->cdataBlock = on_text;
	sax->internalSubset = on_doctype;
	sax->serror = ignore_error;
}

static enum err_code open_part(
	struct table_zip *z, const char *name, zip_file_t **out, struct err *e)
{
	zip_int64_t at = zip_name_locate(z->zip, name, ZIP_FL_NOCASE);
	zip_stat_t st;

	if (at < 0)
		return ERR_NOT_FOUND;
	if (zip_stat_index(z->zip, (zip_uint64_t)at, 0, &st) == 0 &&
		(st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return err_set(e, ERR_INPUT, _("the workbook is locked by a password"));
	*out = zip_fopen_index(z->zip, (zip_uint64_t)at, 0);
	if (!*out)
		return err_set(e, ERR_INPUT, "%s: %s", name, zip_strerror(z->zip));
	return ERR_OK;
}

enum err_code table_zip_parse(
	struct table_zip *z, const char *name, const struct table_part_handler *h, struct err *e)
{
	struct part p = {.h = h, .name = name, .e = e};
	zip_file_t *file = NULL;
	xmlSAXHandler sax;
	enum err_code rc = open_part(z, name, &file, e);

	if (rc)
		return rc;
	set_sax(&sax);
	xmlSetExternalEntityLoader(refuse_external);
	p.ctxt = xmlCreatePushParserCtxt(&sax, &p, NULL, 0, NULL);
	if (p.ctxt) {
		xmlCtxtUseOptions(
			p.ctxt, XML_PARSE_NONET | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
		feed_all(&p, z, file);
		if (p.ctxt->myDoc)
			xmlFreeDoc(p.ctxt->myDoc);
		xmlFreeParserCtxt(p.ctxt);
	} else {
		p.rc = err_nomem(e);
	}
	zip_fclose(file);
	return p.rc;
}
