/*
 * feed_private.h - shared by feed_build.c and feed_field.c only: a feed while it
 * is being built.
 */
#ifndef CRAWLER_FEED_PRIVATE_H
#define CRAWLER_FEED_PRIVATE_H

#include "crawler/feed_build.h"
#include "crawler/feed_names.h"
#include "crawler/feedtext.h"

#define FEED_BINDINGS 128

struct feed_binding {
	struct str prefix;
	enum feed_ns ns;
};

enum feed_frame_kind { FEED_FRAME_PASS, FEED_FRAME_FEED, FEED_FRAME_ITEM, FEED_FRAME_WRAP };

struct feed_frame {
	struct str name;
	uint32_t hash; /* of the name without prefix and case */
	enum feed_frame_kind kind;
	const char *base; /* what to go back to at its end */
	int ns_count, current;
};

/* One slot: the best value so far and how good it is. */
struct feed_value {
	const char *text; /* NULL: none */
	int64_t time;
	int rank, depth; /* smaller is better */
};

/* An item, or the feed itself, before the last decisions. */
struct feed_draft {
	bool seen;
	struct feed_value slot[FEED_SLOT_COUNT];
	const char *guid_link; /* the guid says that it is the address */
};

struct feed_field {
	struct buf text;
	int depth; /* of the element that is the field; 0: none open */
	struct feed_meaning meaning;
	enum feed_ns ns;
	bool html; /* the text is HTML */
	bool markup; /* elements were found: the buffer is HTML */
	bool literal; /* text/plain: its line ends count */
	bool atom; /* said by Atom, whose plain text is never HTML */
	bool base64, unreadable, permalink, is_permalink_said, second;
};

struct feed_build {
	const struct document_input *in;
	struct arena *arena;
	bool lenient, undeclared;
	enum feed_format format;
	unsigned seen_ns;
	struct feed_frame stack[FEED_BUILD_DEPTH];
	int depth;
	size_t too_deep;
	struct feed_binding bindings[FEED_BINDINGS];
	int ns_count;
	const char *base; /* NULL: unknown */
	const char *language; /* xml:lang of the root */
	struct feed_draft feed, *items;
	size_t count, room;
	int current; /* the open item, -1: the feed */
	struct feed_field field;
	struct feedtext words;
	struct err err;
};

struct feed_draft *feed_current(struct feed_build *b);
bool feed_is_atom(const struct feed_build *b);
struct str feed_attr_value(const struct feed_attr *attrs, size_t count, const char *name);

void feed_field_read_attrs(struct feed_build *b, const struct feed_attr *attrs, size_t count);
void feed_field_item_attrs(struct feed_build *b, const struct feed_attr *attrs, size_t count);
void feed_field_feed_attrs(
	struct feed_build *b, const struct feed_attr *attrs, size_t count, bool is_feed);
/* An element of an item that is no field: CDF's <A HREF>. */
void feed_field_other(
	struct feed_build *b, struct str local, const struct feed_attr *attrs, size_t count);
void feed_field_take(struct feed_build *b);
enum err_code feed_field_finish(struct feed_build *b, struct document *out);

#endif
