/*
 * warc_http.c - the HTTP message inside a response block: status, headers, and the
 * body with its transfer and content codings undone under a cap.
 */
#include "crawler/warc.h"

#include <string.h>

#include "base/i18n.h"
#include "base/inflate.h"
#include "base/str.h"

#define HEADER_VALUE_MAX 8192
#define CODINGS_MAX 2 /* "gzip, gzip" exists; deeper nesting is an attack */

/* The next line without its end; false at the blank line or the end of the text. */
static bool next_line(struct str *rest, struct str *line)
{
	size_t end;

	if (rest->n == 0)
		return false;
	end = str_find(*rest, "\n", 0);
	*line = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end < rest->n ? end + 1 : end, rest->n);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return line->n > 0;
}

bool warc_http_parse(const struct warc_record *rec, struct warc_http *out)
{
	struct str rest = {rec->block, rec->block_size};
	struct str line = {NULL, 0}, status;
	size_t blank;
	int64_t code;

	memset(out, 0, sizeof *out);
	if (!rec->block || !next_line(&rest, &line) || !str_has_prefix(line, "HTTP/"))
		return false;
	blank = str_find(line, " ", 0);
	status = str_trim(str_sub(line, blank, line.n));
	status.n = status.n > 3 ? 3 : status.n;
	if (!str_to_int(status, 100, 999, &code))
		return false;
	out->status = (int)code;
	out->headers = rest.p;
	while (next_line(&rest, &line))
		;
	out->headers_size = rest.p ? (size_t)(rest.p - out->headers) : 0;
	out->body = rest.p;
	out->body_size = rest.n;
	return true;
}

/* The first header `name`; obsolete folding (RFC 9112 §5.2) is read as a blank. */
bool warc_http_is_whole(int status)
{
	return status >= 200 && status < 300 && status != 206;
}

bool warc_http_header(const struct warc_http *h, const char *name, struct buf *out)
{
	struct str rest = {h->headers, h->headers_size};
	struct str line = {NULL, 0};
	bool found = false;

	while (next_line(&rest, &line)) {
		size_t colon = str_find(line, ":", 0);
		if (found && (line.p[0] == ' ' || line.p[0] == '\t')) {
			struct str more = str_trim(line);
			buf_add_char(out, ' ');
			buf_add(out, more.p, more.n);
			continue;
		}
		if (found)
			break;
		if (line.p[0] == ' ' || line.p[0] == '\t' || colon == line.n)
			continue;
		if (!str_is_nocase(str_trim(str_sub(line, 0, colon)), name))
			continue;
		struct str value = str_trim(str_sub(line, colon + 1, line.n));
		buf_add(out, value.p, value.n);
		found = true;
	}
	return found;
}

/* RFC 9112 §7.1: archives of others keep the chunks. */
static enum err_code unchunk(struct str in, struct buf *out, struct err *e)
{
	for (;;) {
		struct str line;
		size_t size = 0, digits = 0, end = str_find(in, "\n", 0);
		if (end == in.n)
			return err_set(e, ERR_INPUT, _("the chunked body is damaged"));
		line = str_trim(str_sub(in, 0, end));
		in = str_sub(in, end + 1, in.n);
		for (; digits < line.n && digits < 8; digits++) {
			char c = str_lower(line.p[digits]);
			if (str_is_digit((unsigned char)c))
				size = size << 4 | (size_t)(c - '0');
			else if (c >= 'a' && c <= 'f')
				size = size << 4 | (size_t)(c - 'a' + 10);
			else
				break;
		}
		if (digits == 0 || (digits < line.n && line.p[digits] != ';' &&
					   !str_is_space((unsigned char)line.p[digits])))
			return err_set(e, ERR_INPUT, _("the chunked body is damaged"));
		if (size == 0)
			return buf_check(out, N_("the body"), e);
		if (size > in.n)
			return err_set(e, ERR_INPUT, _("the chunked body ends too early"));
		buf_add(out, in.p, size);
		in = str_sub(in, size, in.n);
		end = str_find(in, "\n", 0);
		in = str_sub(in, end < in.n ? end + 1 : end, in.n);
	}
}

/* "deflate" means zlib, but many servers send the bare stream. */
static enum err_code undo_deflate(struct str in, struct buf *out, struct err *e)
{
	enum err_code rc = inflate_add(out, in, INFLATE_ZLIB, e);

	if (rc != ERR_INPUT)
		return rc;
	buf_clear(out);
	return inflate_add(out, in, INFLATE_BARE, e);
}

static enum err_code undo_coding(struct str name, struct str in, struct buf *out, struct err *e)
{
	if (in.n == 0)
		return ERR_OK;
	if (str_is_nocase(name, "gzip") || str_is_nocase(name, "x-gzip"))
		return inflate_add(out, in, INFLATE_GZIP, e);
	if (str_is_nocase(name, "deflate"))
		return undo_deflate(in, out, e);
	if (!str_is_nocase(name, "identity"))
		return err_set(e, ERR_INPUT,
			_("its content coding “%.*s” is not read; only gzip and deflate are"),
			(int)(name.n > 40 ? 40 : name.n), name.p);
	buf_add(out, in.p, in.n);
	return buf_check(out, N_("the body"), e);
}

/* Codings were applied from left to right, so they are undone from the right. */
static enum err_code undo_codings(struct str list, struct str in, struct buf *out, struct err *e)
{
	struct str names[CODINGS_MAX];
	size_t count = 0;
	struct buf step;
	enum err_code rc = ERR_OK;

	while (list.p) {
		struct str name = str_trim(str_split(&list, ','));
		if (name.n == 0)
			continue;
		if (count == CODINGS_MAX)
			return err_set(
				e, ERR_INPUT, _("more than %d content codings"), CODINGS_MAX);
		names[count++] = name;
	}
	if (count == 0) {
		buf_add(out, in.p, in.n);
		return buf_check(out, N_("the body"), e);
	}
	if (count == 1)
		return undo_coding(names[0], in, out, e);
	buf_init(&step, out->max);
	rc = undo_coding(names[1], in, &step, e);
	if (!rc) {
		struct str inner = {buf_str(&step), step.len};
		rc = undo_coding(names[0], inner, out, e);
	}
	buf_fini(&step);
	return rc;
}

static bool is_chunked(const struct warc_http *h)
{
	struct buf coding;
	bool chunked;

	buf_init(&coding, HEADER_VALUE_MAX);
	chunked = warc_http_header(h, "Transfer-Encoding", &coding) &&
		  str_is_nocase(str_of(buf_str(&coding)), "chunked");
	buf_fini(&coding);
	return chunked;
}

enum err_code warc_http_unchunked(const struct warc_http *h, struct buf *out, struct err *e)
{
	struct str body = {h->body, h->body_size};

	if (is_chunked(h))
		return unchunk(body, out, e);
	buf_add(out, body.p, body.n);
	return buf_check(out, N_("the body"), e);
}

enum err_code warc_http_body(const struct warc_http *h, struct buf *out, struct err *e)
{
	struct str body = {h->body, h->body_size};
	struct buf coding, plain;
	enum err_code rc = ERR_OK;

	buf_init(&coding, HEADER_VALUE_MAX);
	buf_init(&plain, WARC_BLOCK_MAX);
	if (is_chunked(h)) {
		rc = unchunk(body, &plain, e);
		body.p = buf_str(&plain);
		body.n = plain.len;
	}
	if (!rc) {
		struct str list = {NULL, 0};
		if (warc_http_header(h, "Content-Encoding", &coding)) {
			list.p = buf_str(&coding);
			list.n = coding.len;
		}
		rc = buf_check(&coding, "Content-Encoding", e);
		if (!rc)
			rc = undo_codings(list, body, out, e);
	}
	buf_fini(&coding);
	buf_fini(&plain);
	return rc;
}
