/*
 * feed.c - a feed in XML: the strict reading, the lenient one, and which counts.
 */
#include "crawler/feed.h"

#include <string.h>

#include "base/i18n.h"
#include "crawler/feed_read.h"

static enum err_code read_once(const struct document_input *in, const char *text, size_t n,
	bool lenient, struct arena *arena, struct document *out, struct feed_reading *reading,
	struct err *e)
{
	struct feed_build *b = feed_build_new(in, arena, lenient);
	enum err_code rc;

	if (!b)
		return err_nomem(e);
	if (lenient)
		feed_read_lenient(b, text, n);
	else
		feed_read_strict(b, text, n, reading);
	rc = feed_build_finish(b, out, e);
	feed_build_free(b);
	return rc;
}

enum err_code feed_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e)
{
	struct feed_reading reading = {false, false};
	struct document again;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = read_once(in, text, n, false, arena, out, &reading, e);
	if (rc && rc != ERR_INPUT)
		return rc;
	out->feed.malformed = !reading.well_formed;
	if (reading.complete)
		return rc;
	memset(&again, 0, sizeof again);
	enum err_code rc2 = read_once(in, text, n, true, arena, &again, &reading, e);
	if (rc2 && rc2 != ERR_INPUT)
		return rc2;
	if (!rc2 && (rc || again.count >= out->count)) {
		*out = again;
		rc = ERR_OK;
	}
	if (!rc)
		err_clear(e); /* what the other reading said */
	out->feed.malformed = !reading.well_formed;
	return rc;
}

/* ---- a first look ---- */

/* Behind declarations, comments and junk: the first start tag. */
static struct str first_element(struct str s)
{
	size_t i = 0;

	while ((i = str_find(s, "<", i)) < s.n) {
		struct str rest = str_sub(s, i, s.n);
		if (str_has_prefix(rest, "<!--")) {
			i += str_find(rest, "-->", 4);
		} else if (rest.n > 1 && str_is_alpha((unsigned char)rest.p[1])) {
			size_t end = 1;
			while (end < rest.n && !strchr(" \t\r\n/>", rest.p[end]))
				end++;
			return str_sub(rest, 1, end);
		}
		i++;
	}
	return (struct str){"", 0};
}

bool feed_is_likely(const char *text, size_t n)
{
	static const char *const roots[] = {"rss", "rdf", "feed", "channel", "entry", "item"};
	struct str name = first_element((struct str){text, n});
	size_t colon = str_find(name, ":", 0);

	if (colon < name.n)
		name = str_sub(name, colon + 1, name.n);
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (str_is_nocase(name, roots[i]))
			return true;
	return false;
}
