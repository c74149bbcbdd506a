/*
 * explain.h - a decision read back in plain words, for people.
 *
 * What is explained is JSON: the "why" of match_add_why_json() and the "grounds" made here.
 * Both are kept with an alert, so that it says the same after the rules changed; a text that
 * is judged now goes the same way. Rules are read back from their own words, not from the
 * rules in use. Texts are translated; words of rules and items are added raw (the printer
 * makes them safe), with line ends as blanks.
 *
 * Grounds are an object:
 *   "threshold": points from which the topic alerts
 *   "grade": {"by": "score", "from": N} | {"by": "line", REF} | {"by": "none"}
 *   "region": {"by": "any"} not asked for | "taken" | "local" | "none" |
 *             {"by": "line" | "undecided", "lines": [{REF, "spans"}]}
 *   "undecided": [{REF, "topic", "why"}] lines of the topic, and of sections for all topics
 *   "out": {"by": REASON, REF, "spans"} why the topic does not alert
 *   "too_long": 1 in place of all else but the threshold
 *   "others": [{"topic", "score", "threshold", "by": REASON, REF, "spans"}] topics of the same
 *             text that do not; "others_left": how many more
 * REF is "file" (not of the main file), "line" and "rule"; REASON as in DESIGN §7.
 */
#ifndef MATCHER_EXPLAIN_H
#define MATCHER_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "matcher/match.h"

struct json;

/* --- grounds ----------------------------------------------------------------- */

struct explain_grounds; /* of one text after the other, and what the rules made of it */

struct explain_grounds *explain_grounds_new(const struct rules *r); /* NULL: no memory */
/* Borrows both until the next. */
enum err_code explain_grounds_begin(struct explain_grounds *g, const struct match_input *in,
	const struct match_result *m, struct err *e);
void explain_grounds_free(struct explain_grounds *g);
/* Into an empty buffer: the object for a topic of the result, with or without the others, or
 * for one that does not alert. Past the buffer's maximum it is {"threshold", "too_long": 1},
 * which the words tell. */
enum err_code explain_add_grounds(struct explain_grounds *g, const struct match_topic *t,
	bool others, struct buf *out, struct err *e);
enum err_code explain_add_out_grounds(struct explain_grounds *g, const struct match_suppressed *s,
	struct buf *out, struct err *e);
/* "region" and "undecided" alone, for a text without any topic. */
enum err_code explain_add_no_grounds(struct explain_grounds *g, struct buf *out, struct err *e);

/* --- words ------------------------------------------------------------------- */

/* What an explanation quotes; NULL: not there (erased, or never was). main_file is how the
 * first rule file is called; NULL: keywords.conf. */
struct explain_text {
	const char *title, *text, *source, *main_file;
};

struct explain_topic {
	const char *topic, *grade_name;
	int64_t score;
	const struct json *why; /* array */
	const struct json *grounds; /* object; NULL: none were kept */
};

/* Several lines: the head, the region, each line with the running score and the places in
 * the text, the sum, the grade, what stayed undecided and what else does not alert. */
void explain_add_topic(
	struct buf *out, const struct explain_text *t, const struct explain_topic *x);
/* The same without a head. */
void explain_add_reasons(
	struct buf *out, const struct explain_text *t, const struct explain_topic *x);
/* All topics of a verdict as `huiying match` writes it (DESIGN §7), which has no grounds. */
void explain_add_verdict(struct buf *out, const struct explain_text *t, const struct json *verdict);
/* What a line asks for, from its own words: “any of “欠薪”, “讨薪””. It is added as it
 * stands when it cannot be read. */
void explain_add_rule(struct buf *out, const char *rule);

/* Why a topic does not alert: "score 2 is below the threshold 3". */
void explain_add_reason(struct buf *out, const struct match_suppressed *s);

#endif
