/*
 * match.h - which topics a text belongs to, and why (DESIGN §5.2).
 *
 * The rules are immutable once loaded; match_text() is a pure function of rules
 * and text. How literals and regexes are found is hidden behind this header.
 * Offsets are code points of the input field, [start, end).
 */
#ifndef MATCHER_MATCH_H
#define MATCHER_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/path.h"

struct normalise_table;
struct rules; /* one loaded set: keywords.conf and its local.d overlays */

/* One file of the set; text as read from disk (BOM, CRLF, GB18030 allowed). */
struct rules_file {
	const char *name; /* for messages and "line" of explanations */
	const char *text;
	size_t size;
};

/* All errors are found and listed: e holds the first, `report` (may be NULL)
 * one "file:line:column: text" line each. Nothing is loaded on any error. Notices
 * (an encoding, a line to switch off that is not there) are listed on success too. */
enum err_code rules_compile(const struct rules_file *files, size_t count, struct rules **out,
	struct buf *report, struct err *e);
/* keywords.conf along the home's order, then the files of the first local.d of that
 * order that holds a *.conf, sorted by name: an office's own local.d replaces the
 * shipped one. With `file` ("-": standard input), that file alone. */
enum err_code rules_load(const struct path_home *home, const char *file, struct rules **out,
	struct buf *report, struct err *e);
/* The rules of the home as they would be with one overlay more, where its name stands. */
enum err_code rules_load_with(const struct path_home *home, const struct rules_file *more,
	struct rules **out, struct err *e);
void rules_free(struct rules *r);

/* SHA-256 (hex) over the length-prefixed files: identifies the set for ever. */
const char *rules_hash(const struct rules *r);
/* What the rules read texts with; lives as long as they do. */
const struct normalise_table *rules_shadows(const struct rules *r);
size_t rules_topic_count(const struct rules *r);

struct rules_topic {
	const char *name, *code, *lead; /* lead NULL when not set */
	bool region_required;
	int threshold;
};
void rules_topic_at(const struct rules *r, size_t i, struct rules_topic *out);
bool rules_topic_find(const struct rules *r, const char *name_or_code, struct rules_topic *out);

enum match_grade { GRADE_NONE, GRADE_GENERAL, GRADE_LARGER, GRADE_MAJOR, GRADE_EXTREME };
/* 一般 较大 重大 特别重大; "" for none. */
const char *match_grade_name(enum match_grade g);
bool match_grade_from_name(const char *name, enum match_grade *out);

struct match_input {
	const char *title, *text, *source; /* valid UTF-8; NULL is empty */
	size_t title_size, text_size, source_size;
	bool local; /* from a source that is ours */
	bool no_region; /* take every region test as met */
};

enum match_field { MATCH_TITLE, MATCH_TEXT, MATCH_SOURCE };

struct match_span {
	enum match_field field;
	uint32_t start, end;
};

struct match_hit { /* one line that hit */
	const char *file;
	bool overlay; /* not the main file: the JSON names it */
	int line;
	const char *rule; /* the line as written, trimmed */
	int points; /* signed */
	const struct match_span *spans; /* at most 32, sorted by field and place */
	size_t span_count;
};

struct match_topic {
	struct rules_topic topic;
	int score;
	enum match_grade grade;
	const struct match_hit *hits;
	size_t hit_count;
};

enum match_reason { MATCH_GLOBAL, MATCH_EXCLUDE, MATCH_REGION, MATCH_THRESHOLD, MATCH_REQUIRED };

struct match_suppressed { /* a topic with a hit that does not alert */
	struct match_topic match;
	enum match_reason reason;
	const char *file; /* NULL when no line decided */
	bool overlay;
	int line; /* the excluding line; 0 when none decided */
};

struct match_undecided { /* a regex that reached its limits */
	const char *file, *topic, *why;
	bool overlay;
	int line;
};

struct match_result { /* arrays live in the arena */
	const struct match_topic *topics;
	size_t topic_count;
	const struct match_suppressed *suppressed;
	size_t suppressed_count;
	const struct match_undecided *undecided;
	size_t undecided_count;
};

enum err_code match_text(const struct rules *r, const struct match_input *in, struct arena *a,
	struct match_result *out, struct err *e);

/* The same with memory that is kept from text to text: for who judges many. One at a
 * time, and only while r lives. The result lives in the arena as well. */
struct match_work;
struct match_work *match_work_new(const struct rules *r); /* NULL: no memory */
void match_work_free(struct match_work *w);
struct shadow;
/* How the field of the last item was read; good until the next. */
const struct shadow *match_work_read(const struct match_work *w, enum match_field field);
enum err_code match_text_with(struct match_work *w, const struct match_input *in, struct arena *a,
	struct match_result *out, struct err *e);

/* The JSON of DESIGN §7's `huiying match`: the object without "id", and the "why" array alone
 * (stored with an alert). */
void match_add_json(struct buf *out, const char *id, const struct match_result *r);
void match_add_why_json(struct buf *out, const struct match_topic *t);

/* Lower case simplified NFKC shadow of a title, for "same story" by title
 * (shadow A without white space and punctuation). Appends to out. The table (of
 * rules_shadows(); may be NULL) makes it faster and no other. */
enum err_code match_title_key(const struct normalise_table *t, struct buf *out, const char *title,
	size_t n, struct err *e);
/* The same of a title that was read already. */
void match_add_title_key(const struct shadow *title, struct buf *out);

#endif
