/*
 * search_query.h - what is searched for, as people type it.
 *
 *	欠薪 工地            both, in one text
 *	"三棵树 镇"          as it stands, blanks too; “…” is the same
 *	"称“已办结”"         with the marks “ ” 「」 《》 in it; of those that end a phrase two
 *	"称""已办结"""       stand for one: "" in "…", ”” in “…”
 *	欠薪 OR 讨薪         either; 欠薪|讨薪 is the same
 *	欠薪 -矿山           without; 欠薪 NOT 矿山 is the same
 *	(欠薪 OR 讨薪) 工地   grouped
 *	标题:欠薪 正文:(a b)  in one part only; title: and text: are the same
 *
 * OR binds loosest. Something must be there besides what must not. One tree has two
 * executors, FTS5 and a reading of the text itself, and a test that they agree.
 */
#ifndef OFFICE_SEARCH_QUERY_H
#define OFFICE_SEARCH_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "office/search_text.h"

#define SEARCH_QUERY_MAX ((size_t)4096) /* bytes */
#define SEARCH_WORDS_MAX 64
#define SEARCH_DEPTH_MAX 16 /* brackets in brackets; FTS5's own parser ends near 50 */

enum search_part { SEARCH_TITLE = 1, SEARCH_BODY = 2 };

struct search_query;

/* Lives in the arena. ERR_USAGE says what cannot be read. */
enum err_code search_query_read(const char *typed, const struct normalise_table *t, struct arena *a,
	struct search_query **out, struct err *e);

/* As an expression of FTS5: only quoted strings, whatever was typed. */
void search_query_add_match(const struct search_query *q, struct buf *out);

/* The text holds what is searched for. */
bool search_query_holds(const struct search_query *q, const struct search_text *title,
	const struct search_text *body);

/* The place of one of its words in a body, in bytes of it; false: they stand in the title. */
struct search_place {
	size_t at, n;
};
bool search_query_place(
	const struct search_query *q, const struct search_text *body, struct search_place *out);
/* The same in a text as it stands, of words as they were typed: what is usually enough, and
 * needs no form. */
bool search_query_place_typed(
	const struct search_query *q, const char *body, struct search_place *out);

#endif
