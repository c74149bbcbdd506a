/*
 * feed.c - a feed in XML: the short way, the strict reading, the lenient one, and which
 * counts.
 */
#include "crawler/feed.h"

#include <string.h>

#include "base/i18n.h"
#include "crawler/feed_read.h"

enum reader { USUAL, STRICT, LENIENT };

static void run_reader(enum reader which, struct feed_build *b, struct str text,
	struct feed_reading *reading, bool *given_up)
{
	switch (which) {
	case USUAL:
		*given_up = !feed_read_usual(b, text.p, text.n);
		reading->complete = true;
		reading->well_formed = !feed_build_has_undeclared(b);
		break;
	case STRICT:
		feed_read_strict(b, text.p, text.n, reading);
		break;
	case LENIENT:
		feed_read_lenient(b, text.p, text.n);
		break;
	}
}

/* *given_up: nothing was read, another reader has to. */
static enum err_code read_once(enum reader which, const struct document_input *in, struct str text,
	struct arena *arena, struct document *out, struct feed_reading *reading, bool *given_up,
	struct err *e)
{
	struct feed_build *b = feed_build_new(in, arena, which == LENIENT);
	enum err_code rc = ERR_OK;

	*given_up = false;
	if (!b)
		return err_nomem(e);
	run_reader(which, b, text, reading, given_up);
	if (!*given_up)
		rc = feed_build_finish(b, out, e);
	feed_build_free(b);
	return rc;
}

/* What libxml2 makes of it, by the short way where that leads to the same. */
static enum err_code read_strictly(const struct document_input *in, struct str text,
	struct arena *arena, struct document *out, struct feed_reading *reading, struct err *e)
{
	bool given_up;
	enum err_code rc = read_once(USUAL, in, text, arena, out, reading, &given_up, e);

	if (given_up)
		rc = read_once(STRICT, in, text, arena, out, reading, &given_up, e);
	return rc;
}

enum err_code feed_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e)
{
	struct feed_reading reading = {false, false};
	struct str all = {text, n};
	struct document again;
	enum err_code rc;
	bool given_up;

	memset(out, 0, sizeof *out);
	rc = read_strictly(in, all, arena, out, &reading, e);
	if (rc && rc != ERR_INPUT)
		return rc;
	out->feed.malformed = !reading.well_formed;
	if (reading.complete)
		return rc;
	memset(&again, 0, sizeof again);
	enum err_code rc2 = read_once(LENIENT, in, all, arena, &again, &reading, &given_up, e);
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
