/*
 * verb_warc_show.c - `huiying warc show`: one record of a WARC file, for people or, with
 * --raw, byte for byte.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/url.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/warc_row.h"
#include "crawler/charset.h"

#define LOOKED_AT 4096 /* bytes, to tell text from a picture */
#define TEXT_MAX ((size_t)64 << 20)
#define HEADER_MAX ((size_t)64 << 10)

/* ---- finding ------------------------------------------------------------ */

static bool is_same_url(const char *url, const char *wanted, const char *canonical)
{
	char *own = NULL;
	bool same = strcmp(url, wanted) == 0;

	if (!same && canonical && url_canonical(url, NULL, &own, NULL) == ERR_OK)
		same = strcmp(own, canonical) == 0;
	free(own);
	return same;
}

/* The first answer of a URL; what cannot be read on the way is not it. */
static enum err_code find_url(
	struct warc_reader *r, const char *url, struct warc_record *rec, struct err *e)
{
	char *canonical = NULL;
	enum err_code rc;

	(void)url_canonical(url, NULL, &canonical, NULL);
	for (;;) {
		rc = warc_reader_next(r, rec, e);
		if (rc == ERR_INPUT || rc == ERR_LIMIT)
			continue;
		if (rc == ERR_NOT_FOUND)
			rc = err_set(e, ERR_NOT_FOUND, _("no answer of %s is in it"), url);
		if (rc)
			break;
		if ((rec->type == WARC_RESPONSE || rec->type == WARC_RESOURCE ||
			    rec->type == WARC_REVISIT) &&
			rec->target_uri && is_same_url(rec->target_uri, url, canonical))
			break;
	}
	free(canonical);
	return rc;
}

static enum err_code find_record(
	struct warc_reader *r, const char *what, struct warc_record *rec, struct err *e)
{
	uint64_t offset;
	enum err_code rc;

	if (!warc_offset_parse(what, &offset))
		return find_url(r, what, rec, e);
	rc = warc_reader_seek(r, offset, e);
	if (!rc)
		rc = warc_reader_next(r, rec, e);
	if (rc == ERR_NOT_FOUND)
		rc = err_set(e, ERR_NOT_FOUND, _("no record begins at byte %s"), what);
	return rc;
}

/* ---- printing ----------------------------------------------------------- */

static struct str payload_of(const struct warc_row *row)
{
	struct str payload = {row->rec->block, row->rec->block_size};

	if (row->is_http) {
		payload.p = row->http.body;
		payload.n = row->http.body_size;
	}
	return payload;
}

static enum err_code print_raw(const struct warc_row *row, struct err *e)
{
	struct str payload = payload_of(row);

	if (isatty(STDOUT_FILENO))
		return err_set(e, ERR_USAGE,
			_("--raw is not written to a terminal; redirect it into a file"));
	if (payload.n)
		fwrite(payload.p, 1, payload.n, stdout);
	return output_flush(stdout, e);
}

static void print_safe(const char *s, size_t n)
{
	struct buf b;

	buf_init(&b, 8 * TEXT_MAX);
	text_add_safe(&b, s, n, TEXT_KEEP_LINES);
	fwrite(buf_str(&b), 1, b.len, stdout);
	buf_fini(&b);
}

/* Header lines without the carriage returns that every one of them ends in. */
static void print_head(const char *s, size_t n)
{
	struct buf b;

	buf_init(&b, 2 * HEADER_MAX);
	for (size_t i = 0; i < n; i++)
		if (s[i] != '\r')
			buf_add_char(&b, s[i]);
	print_safe(buf_str(&b), b.len);
	buf_fini(&b);
}

/* Text of any charset but UTF-16 and 32, which say by their mark what they are, holds no
 * zero byte, and control characters but here and there. */
static bool is_text(struct str s)
{
	size_t n = s.n < LOOKED_AT ? s.n : LOOKED_AT, controls = 0;

	if (str_has_prefix(s, "\xFF\xFE") || str_has_prefix(s, "\xFE\xFF"))
		return true;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\0')
			return false;
		controls += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
	}
	return controls * 50 <= n;
}

/* The body as text: codings undone, in UTF-8. */
static enum err_code decode(const struct warc_row *row, struct buf *text, struct err *e)
{
	struct buf body, type;
	struct charset_hints hints;
	struct charset_result found;
	enum err_code rc = ERR_OK;

	buf_init(&body, TEXT_MAX);
	buf_init(&type, HEADER_MAX);
	memset(&hints, 0, sizeof hints);
	if (row->is_http) {
		rc = warc_http_body(&row->http, &body, e);
		if (warc_http_header(&row->http, "Content-Type", &type))
			hints.content_type = buf_str(&type);
	} else {
		buf_add(&body, row->rec->block, row->rec->block_size);
		rc = buf_check(&body, _("the body"), e);
	}
	if (!rc && !is_text((struct str){buf_str(&body), body.len}))
		rc = err_set(e, ERR_INPUT, _("it is no text (%zu bytes)"), body.len);
	if (!rc)
		rc = charset_to_utf8(buf_str(&body), body.len, &hints, text, &found, e);
	buf_fini(&body);
	buf_fini(&type);
	return rc;
}

static void print_headers(const struct warc_reader *r, const struct warc_row *row)
{
	struct buf head;

	buf_init(&head, 4 * HEADER_MAX);
	warc_reader_add_head(r, &head);
	print_head(buf_str(&head), head.len);
	buf_fini(&head);
	if (row->is_http) {
		size_t n = (size_t)(row->http.body - row->rec->block);
		print_head(row->rec->block, n);
	}
}

static enum err_code print_json(
	const struct call *call, const struct warc_row *row, const struct buf *text, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	warc_row_put_json(w, call->argv[0], row);
	json_key(w, "text");
	json_add_strn(w, buf_str(text), text->len);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code print_record(
	struct call *call, const struct warc_reader *r, const struct warc_row *row, struct err *e)
{
	struct err why = {ERR_OK, ""};
	struct buf text;
	enum err_code rc = ERR_OK, got;

	buf_init(&text, 2 * TEXT_MAX);
	got = decode(row, &text, &why);
	if (got == ERR_NOMEM)
		rc = err_nomem(e);
	if (!rc && call->json)
		rc = print_json(call, row, &text, e);
	if (!rc && !call->json) {
		print_headers(r, row);
		print_safe(buf_str(&text), text.len);
		if (text.len && buf_str(&text)[text.len - 1] != '\n')
			putchar('\n');
	}
	if (!rc && got)
		log_notice(&call->log, _("the body is not shown: %s; --raw writes it as it is"),
			why.text);
	buf_fini(&text);
	return rc ? rc : output_flush(stdout, e);
}

static enum err_code run_show(struct call *call, struct err *e)
{
	struct warc_reader *r = NULL;
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct warc_record rec;
	struct warc_row row;
	enum err_code rc = a ? warc_reader_open(call->argv[0], &r, e) : err_nomem(e);

	if (!rc)
		rc = find_record(r, call->argv[1], &rec, e);
	if (!rc) {
		warc_row_read(&rec, a, &row);
		rc = call_has(call, "raw") ? print_raw(&row, e) : print_record(call, r, &row, e);
	}
	warc_reader_close(r);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"raw", NULL, N_("write the body's bytes as they were archived")},
	{NULL, NULL, NULL},
};

const struct command command_warc_show = {
	.verb = "warc show",
	.args = N_("FILE OFFSET|URL [--raw]"),
	.summary = N_("show one record of a WARC file"),
	.help = N_("The record that begins at OFFSET, as “warc list” gives it, or the first "
		   "answer of URL: its headers, and its body as text that is safe for a "
		   "terminal, whatever its compression and character set. With --raw the bytes "
		   "of the body as they came (of the block, when it is no HTTP answer)."),
	.flags = flags,
	.min_args = 2,
	.max_args = 2,
	.roles = COMMAND_ANYBODY,
	.run = run_show,
};
