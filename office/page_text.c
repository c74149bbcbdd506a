/*
 * page_text.c - reading and comparing the words of pages.
 */
#include "office/page_text.h"

#include <string.h>

#include "base/buf.h"
#include "base/time.h"
#include "crawler/charset.h"
#include "crawler/document.h"
#include "crawler/htmltext.h"
#include "matcher/normalise.h"

#define SENTENCE_MIN 8 /* code points: fewer stand on any page */

static enum err_code squeeze(
	const char *s, size_t n, struct arena *a, struct page_words *out, struct err *e)
{
	struct shadow b;
	uint32_t *cp;
	enum err_code rc = normalise_text(NULL, s, n, a, &b, e);

	*out = (struct page_words){NULL, 0};
	if (rc)
		return rc;
	cp = arena_array(a, b.b_count + 1, sizeof *cp);
	if (!cp)
		return err_nomem(e);
	for (size_t i = 0; i < b.b_count; i++)
		if (b.b_cp[i] > ' ')
			cp[out->count++] = b.b_cp[i];
	out->cp = cp;
	return ERR_OK;
}

static enum err_code read_whole(const char *data, size_t size, const char *content_type,
	struct arena *a, struct page_words *out, struct err *e)
{
	struct charset_hints hints = {.content_type = content_type};
	struct charset_result found;
	struct buf decoded, text;
	enum err_code rc;

	buf_init(&decoded, 3 * DOCUMENT_BYTES_MAX + 64);
	buf_init(&text, 9 * DOCUMENT_BYTES_MAX + 64);
	rc = charset_to_utf8(data, size, &hints, &decoded, &found, e);
	if (!rc)
		htmltext_add(&text, decoded.data, decoded.len, HTMLTEXT_MARKUP);
	if (!rc)
		rc = buf_check(&text, "HTML", e);
	if (!rc)
		rc = squeeze(buf_str(&text), text.len, a, out, e);
	buf_fini(&decoded);
	buf_fini(&text);
	return rc;
}

/* "" when there is no article in it. */
static enum err_code read_main(
	const struct document_input *in, struct arena *a, struct page_words *out, struct err *e)
{
	const struct item *item;
	struct document doc;
	const char *text = "";
	struct err why = {ERR_OK, ""};
	enum err_code rc = document_parse(in, a, &doc, &why);

	if (rc && rc != ERR_INPUT && rc != ERR_LIMIT)
		return err_set(e, rc, "%s", why.text);
	item = !rc && doc.count ? &doc.items[0] : NULL;
	if (item && item->content)
		text = arena_printf(a, "%s\n%s", item->title ? item->title : "", item->content);
	return text ? squeeze(text, strlen(text), a, out, e) : err_nomem(e);
}

enum err_code page_text_read(const char *data, size_t size, const char *content_type,
	const char *url, struct arena *a, struct page_text *out, struct err *e)
{
	struct document_input in = {
		.data = data,
		.size = size,
		.type = DOCUMENT_ARTICLE,
		.url = url,
		.content_type = content_type,
		.now = TIME_NONE,
	};
	enum err_code rc = read_whole(data, size, content_type, a, &out->whole, e);

	if (!rc)
		rc = read_main(&in, a, &out->main, e);
	if (!rc && !out->main.count)
		out->main = out->whole;
	return rc;
}

bool page_text_equal(const struct page_words *a, const struct page_words *b)
{
	return a->count == b->count &&
	       (!a->count || memcmp(a->cp, b->cp, a->count * sizeof *a->cp) == 0);
}

/* 。 . ! ? ; as the shadow has them. */
static bool ends_sentence(uint32_t cp)
{
	return cp == 0x3002 || cp == '.' || cp == '!' || cp == '?' || cp == ';';
}

enum err_code page_text_has(const struct page_words *page, const char *sentence, struct arena *a,
	bool *out, struct err *e)
{
	struct page_words s;
	enum err_code rc = squeeze(sentence, strlen(sentence), a, &s, e);

	*out = false;
	if (rc)
		return rc;
	while (s.count && ends_sentence(s.cp[s.count - 1]))
		s.count--;
	for (size_t i = 0; s.count >= SENTENCE_MIN && i + s.count <= page->count && !*out; i++)
		*out = memcmp(page->cp + i, s.cp, s.count * sizeof *s.cp) == 0;
	return ERR_OK;
}
