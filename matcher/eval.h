/*
 * eval.h - does an expression hold for one item, and where (DESIGN §5.2 "Meaning").
 *
 * Three answers: yes, no, undecided (a regex on which the answer depends reached
 * its limits, or the words beside a ~ stand in more places than are looked at). Places of words are
 * found once for the item; regexes run when an expression asks for them, once a field; sentences
 * and bytes are made for the first that needs them. One struct eval serves one item after the
 * other.
 */
#ifndef MATCHER_EVAL_H
#define MATCHER_EVAL_H

#include "matcher/ruleset.h"

#define EVAL_FIELDS 3
#define EVAL_MATCHES_MAX 10000 /* of one regex in one field; past it: undecided */
#define EVAL_PLACES_MAX                                                                            \
	1000000 /* of the operands of one ~ chain in a field; past it: undecided                   \
		 */
/* Steps of all regexes of an item together; past them those that ask for more are undecided.
 * Places where a match may begin are only counted when all places would take more than are
 * free. */
#define EVAL_STEPS_FREE ((uint64_t)4000000)
#define EVAL_STEPS_MAX ((uint64_t)50000000) /* and for each character of the item: */
#define EVAL_STEPS_PER_CHARACTER 500
#define EVAL_SPANS_MAX 32 /* reported for one line */

enum eval_answer { EVAL_NO, EVAL_YES, EVAL_UNDECIDED };

struct eval_matches { /* of a regex in a field */
	bool done;
	bool undecided;
	const char *why;
	uint32_t *span; /* pairs of indexes in shadow A */
	size_t count, cap;
};

struct eval {
	const struct rules *rules;
	struct arena *arena; /* of the item */
	struct shadow field[EVAL_FIELDS];
	enum regex_texts texts[EVAL_FIELDS]; /* what kind of text a field is */
	unsigned filled; /* a bit for each field that is not empty */
	struct literals_hits hits;
	struct eval_matches *matches; /* EVAL_FIELDS of each regex */
	uint32_t *run; /* which of these hold something */
	size_t run_count;
	struct regex_work *work;
	uint64_t steps_free, steps_left; /* that regexes may take yet */
	struct arena *scratch; /* of one ~ chain in one field */
	size_t places; /* in scratch */
	const char *why; /* of the last undecided answer */
	bool no_memory;
};

struct eval_spans {
	struct match_span *span; /* room for EVAL_SPANS_MAX */
	size_t count;
};

enum err_code eval_init(struct eval *v, const struct rules *r, struct err *e);
void eval_fini(struct eval *v);
/* Reads an item; what is found for it lives in the arena. */
enum err_code eval_begin(
	struct eval *v, const struct match_input *in, struct arena *a, struct err *e);

enum eval_answer eval_expr(struct eval *v, const struct expr *x, unsigned fields);
/* The places that make x hold, in the original's code points, sorted, each once;
 * the first EVAL_SPANS_MAX found. */
void eval_collect(struct eval *v, const struct expr *x, unsigned fields, struct eval_spans *out);
/* Those of a word. */
void eval_collect_word(const struct eval *v, uint32_t id, unsigned fields, struct eval_spans *out);

/* eval_regex.c: false: a word that the regex needs is not there, so it matches nowhere in
 * the field. */
bool eval_may_match(const struct eval *v, uint32_t id, unsigned field);
/* Its matches, found when they are first asked for; one that is undecided sets v->why. */
const struct eval_matches *eval_matches_of(struct eval *v, uint32_t id, unsigned field);

/* eval_near.c: the answer for EXPR_NEAR in one field; out may be NULL. */
enum eval_answer eval_near(
	struct eval *v, const struct expr *x, unsigned field, struct eval_spans *out);

/* Spans [start, end) of an operand in shadow B of a field. */
struct eval_place {
	uint32_t start, end;
	bool reached; /* scratch of eval_near.c */
};

struct eval_places {
	struct eval_place *place;
	size_t count, cap;
	bool incomplete; /* a regex was undecided, or there are too many */
};

/* False: x certainly has no place in the field. *runs is set when a regex would have to be
 * run to know. */
bool eval_may_stand(const struct eval *v, const struct expr *x, unsigned field, bool *runs);
void eval_places_of(struct eval *v, const struct expr *x, unsigned field, struct eval_places *out);
void eval_add_span(struct eval_spans *s, enum match_field field, uint32_t start, uint32_t end);

#endif
