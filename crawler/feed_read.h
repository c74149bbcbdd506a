/*
 * feed_read.h - the readers that turn XML into the events of feed_build.h.
 */
#ifndef CRAWLER_FEED_READ_H
#define CRAWLER_FEED_READ_H

#include "crawler/feed_build.h"

struct feed_reading {
	bool well_formed;
	bool complete; /* every reference could be resolved: no second reading needed */
};

/* The short way. False: not a document for it, or no well-formed one; what was built is
 * worth nothing then. True: as feed_read_strict() would have read it, well-formed and
 * complete, but for prefixes that nothing declares. */
bool feed_read_usual(struct feed_build *b, const char *text, size_t n);

/* libxml2. Stops at the first fault. */
void feed_read_strict(
	struct feed_build *b, const char *text, size_t n, struct feed_reading *result);

/* Reads anything: undeclared names, stray & and <, unclosed and wrongly closed
 * elements, control characters, a cut end. */
void feed_read_lenient(struct feed_build *b, const char *text, size_t n);

/* Some tag has more attributes than any document needs: libxml2 compares each with all
 * others. */
bool feed_is_overloaded(struct str s);
/* Bytes before the root element that mean nothing to us: declarations, comments,
 * instructions. *has_doctype: a document type declaration is among them. */
size_t feed_prolog_length(struct str s, bool *has_doctype);
/* Bytes of a document type declaration at the front of s; its internal subset in
 * [ ] belongs to it. */
size_t feed_doctype_length(struct str s);

#endif
