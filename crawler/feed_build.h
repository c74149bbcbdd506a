/*
 * feed_build.h - from the events of an XML reader (strict or lenient) to a feed.
 *
 * Events come as names as written ("dc:date") and attribute values with references
 * resolved; all views must live as long as the reading. Depth is bounded: deeper
 * elements are counted and their text dropped.
 */
#ifndef CRAWLER_FEED_BUILD_H
#define CRAWLER_FEED_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "crawler/document.h"

#define FEED_BUILD_DEPTH 300

struct feed_attr {
	struct str name, value;
};

struct feed_build;

/* NULL: no memory. in and arena must outlive it. lenient: elements that were not
 * closed are closed when their successor begins. */
struct feed_build *feed_build_new(
	const struct document_input *in, struct arena *arena, bool lenient);
void feed_build_free(struct feed_build *b);

void feed_build_start(
	struct feed_build *b, struct str name, const struct feed_attr *attrs, size_t count);
void feed_build_text(struct feed_build *b, const char *s, size_t n);
/* Closes the innermost element. */
void feed_build_end(struct feed_build *b);
/* Closes up to the element with that name; nothing when none is open. */
void feed_build_end_named(struct feed_build *b, struct str name);
/* Closes everything that is open; names given so far may die afterwards. */
void feed_build_end_all(struct feed_build *b);
/* The innermost open element belongs to a field: unknown markup may be text. */
bool feed_build_in_field(const struct feed_build *b);
/* The name of the innermost open element, empty outside. */
struct str feed_build_innermost(const struct feed_build *b);

/* A prefix was used that nothing declares: not well-formed by the namespace rules. */
bool feed_build_has_undeclared(const struct feed_build *b);
/* ERR_INPUT when the document was no feed. Ends all that is open. */
enum err_code feed_build_finish(struct feed_build *b, struct document *out, struct err *e);
/* After ERR_OK or not: an error that stops the reading (memory, limits). */
bool feed_build_failed(const struct feed_build *b);

#endif
