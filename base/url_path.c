/*
 * url_path.c - dot segments and percent-encoding.
 */
#include "base/url_path.h"

#include <string.h>

#include "base/i18n.h"
#include "base/url.h"

static int hex_value(char c)
{
	c = str_lower(c);
	if (str_is_digit((unsigned char)c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_unreserved(unsigned char c)
{
	return str_is_alnum(c) || (c != '\0' && strchr("-._~", c) != NULL);
}

static void add_escape(struct buf *b, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";

	buf_add_char(b, '%');
	buf_add_char(b, digits[c >> 4]);
	buf_add_char(b, digits[c & 15]);
}

/* `allowed` holds the reserved characters that stand for themselves here. */
static void add_normal_escapes(struct buf *b, const char *s, const char *allowed)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '%' && hex_value(s[1]) >= 0 && hex_value(s[2]) >= 0) {
			c = (unsigned char)(hex_value(s[1]) * 16 + hex_value(s[2]));
			s += 2;
			if (is_unreserved(c))
				buf_add_char(b, (char)c);
			else
				add_escape(b, c);
		} else if (is_unreserved(c) || strchr(allowed, c) != NULL) {
			buf_add_char(b, (char)c);
		} else {
			add_escape(b, c); /* a lone "%" too: servers read it as %25 */
		}
	}
}

/* Appends path with "." and ".." segments resolved (RFC 3986 §5.2.4). `b` may hold
 * text in front, which ".." cannot reach. */
static void add_without_dots(struct buf *b, struct str path)
{
	size_t start = b->len;

	while (path.n > 0) {
		size_t next = str_find(path, "/", 1); /* of the segment with its "/" */
		struct str segment = str_sub(path, 0, next);
		bool last = next == path.n;
		path = str_sub(path, next, path.n);
		if (str_is(segment, "/.") || str_is(segment, "/..")) {
			size_t keep = b->len;
			if (segment.n == 3) {
				while (keep > start && b->data[keep - 1] != '/')
					keep--;
				keep -= keep > start ? 1 : 0;
			}
			buf_truncate(b, keep);
			if (last)
				buf_add_char(b, '/');
			continue;
		}
		buf_add(b, segment.p, segment.n);
	}
}

void url_add_merged_path(struct buf *b, const char *base, struct str ref)
{
	struct buf merged;
	size_t keep = strlen(base);

	buf_init(&merged, 3 * URL_MAX);
	if (ref.p[0] != '/') {
		while (keep > 0 && base[keep - 1] != '/')
			keep--;
		buf_add(&merged, base, keep);
		if (keep == 0)
			buf_add_char(&merged, '/');
	}
	buf_add(&merged, ref.p, ref.n);
	add_without_dots(b, str_of(buf_str(&merged)));
	if (merged.fault != ERR_OK)
		b->fault = merged.fault;
	buf_fini(&merged);
}

enum err_code url_add_canonical_path(struct buf *b, const char *path, struct err *e)
{
	struct buf escaped;
	enum err_code rc;

	buf_init(&escaped, 3 * URL_MAX);
	if (path[0] != '/')
		buf_add_char(&escaped, '/');
	add_normal_escapes(&escaped, path, "!$&'()*+,;=:@/");
	rc = buf_check(&escaped, _("a URL"), e);
	if (rc == ERR_OK)
		add_without_dots(b, str_of(buf_str(&escaped)));
	buf_fini(&escaped);
	return rc;
}

void url_add_canonical_query(struct buf *b, const char *query)
{
	add_normal_escapes(b, query, "!$&'()*+,;=:@/?");
}
