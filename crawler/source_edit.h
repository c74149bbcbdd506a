/*
 * source_edit.h - changing the text of sources.conf: a section added at its end, one
 * line of a section set. Everything else - comments, order, blank lines, line ends, a
 * byte order mark - stays as the office wrote it.
 *
 * Pure text work; files are opened and written by the caller. The result is not checked
 * here: the caller parses it before it is written.
 */
#ifndef CRAWLER_SOURCE_EDIT_H
#define CRAWLER_SOURCE_EDIT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "crawler/source.h"

#define SOURCE_EDIT_ID_MAX 48 /* of a proposed id */

/* A source to be written; NULL and 0 leave a key out. Strings are UTF-8 and are made
 * one line here. */
struct source_new {
	const char *id, *url;
	const char *name, *charset, *article, *comment;
	enum document_type kind;
	int64_t every; /* seconds; 0: not written */
	bool local, off, allow_private;
};

/* Appends a section (behind a blank line) in the file's own line ends. */
void source_edit_add(struct buf *text, const struct source_new *s);
/* Sets one key of the section [id]: its line is replaced, or a line is put behind the
 * section's last key. ERR_NOT_FOUND (as ERR_USAGE) when there is no such section. */
enum err_code source_edit_set(
	struct buf *text, const char *id, const char *key, const char *value, struct err *e);
/* An id for the URL, from host and path: https://www.example.gov.cn/zwgk/tzgg/ becomes
 * example-zwgk-tzgg; with -2, -3 … when `is_taken` (may be NULL) says so. Appended to
 * out. */
void source_edit_propose_id(const char *url, bool (*is_taken)(const char *id, const void *arg),
	const void *arg, struct buf *out);
/* The source whose URL is canonically the same, or NULL; url need not be canonical. */
enum err_code source_edit_find_url(
	const struct sources *s, const char *url, const struct source **out, struct err *e);

#endif
