/*
 * answer.h - one record of a WARC file on its way into the ledger: all that can be known of
 * it without the ledger, which is why another thread may do it (office/ahead.h).
 *
 * What costs time - decoding the body, parsing the document - is done once, by
 * answer_prepare() or when it is first asked for, and its failure is remembered with it.
 */
#ifndef OFFICE_ANSWER_H
#define OFFICE_ANSWER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "crawler/document.h"
#include "crawler/source.h"
#include "crawler/warc.h"
#include "ledger/wants.h"
#include "office/draft.h"
#include "office/exchanges.h"

struct answer_settings { /* borrowed, and not changed while answers are made */
	struct office *office; /* with its sources loaded; not its ledger */
	const struct sources *sources;
	const char *source; /* for records that name none; NULL: by URL */
	const char *file; /* the name of the WARC file */
	bool again; /* --again */
};

struct answer {
	struct arena *arena; /* of all that is made of the record */
	struct warc_record rec;
	const struct exchange *exchange; /* or NULL */
	const struct warc_metadata *meta; /* NULL in foreign files */
	const struct source *source; /* NULL: none of ours */
	const char *source_id;
	bool has_http;
	struct warc_http http; /* of a response that has_http */
	struct buf body, content_type;
	struct want want; /* the ledger's, when `wanted` */
	bool wanted;
	/* What was done, and how it went. */
	bool is_decoded, is_parsed;
	enum err_code decoded, parsed;
	struct err decoding, parsing;
	enum document_type type; /* that it was parsed as */
	struct document doc;
	struct draft *drafts; /* of its items; NULL: not made ahead */
};

void answer_init(struct answer *a, struct arena *arena);
void answer_fini(struct answer *a);
/* For another record; `rec` and `exchange` are borrowed until the next. */
void answer_begin(struct answer *a, const struct warc_record *rec, const struct exchange *exchange,
	const struct answer_settings *s);

bool answer_is_robots(const struct answer *a);
/* Whole and without a failure: there is a body to read. */
bool answer_is_whole(const struct answer *a);
/* A source's document is decoded and parsed; what a wanted row waits for is left, because
 * only the ledger knows what it is. */
void answer_prepare(struct answer *a, const struct answer_settings *s);
/* The items of a source's document, judged with tools that no other thread uses: for who
 * expects most of them to be new. */
void answer_draft(struct answer *a, const struct answer_settings *s, struct draft_tools *t);
/* Where its items come from. */
struct intake answer_intake(const struct answer *a, const struct answer_settings *s);
/* a->body. ERR_INPUT, ERR_LIMIT: foreign data that cannot be read. */
enum err_code answer_decode(struct answer *a, struct err *e);
/* a->doc, after answer_decode(). */
enum err_code answer_parse(
	struct answer *a, const struct answer_settings *s, enum document_type type, struct err *e);
/* As what a source's answer is parsed. */
enum document_type answer_type(const struct answer *a);

#endif
